//! Media gallery of products.

mod content;
mod gallery;
#[cfg(test)]
mod tests;
mod types;
mod write;

use std::collections::HashMap;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use contract::{
    BindCx, BindError, Cx, Error, Kind, Operation, Result, Sink, StoreScope, Type, Value, WireValue,
    operation,
};

use self::write::Target;
use super::product;
use crate::data::media::{ImageContent, MediaGalleryEntry};
use crate::media::MediaStore;
use crate::repo::product::ProductRow;

pub(crate) static OPERATIONS: &[&Operation] = &[&CREATE, &UPDATE, &REMOVE, &GET, &GET_LIST, &types::GET_LIST];

/// By product. One statement.
pub(crate) async fn load_many(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    products: &[ProductRow],
) -> Result<HashMap<i64, Vec<MediaGalleryEntry>>> {
    let galleries = gallery::load(cx, scope, products).await?;
    Ok(galleries
        .into_iter()
        .filter(|(_, gallery)| !gallery.images.is_empty())
        .map(|(id, gallery)| (id, gallery.entries()))
        .collect())
}

/// What the save of a product with this part does.
pub(crate) async fn replace(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    product: &ProductRow,
    is_new: bool,
    given: Vec<MediaGalleryEntry>,
) -> Result<()> {
    let gallery = gallery::load_one(cx, scope, product).await?;
    let target = Target {
        scope,
        product,
        is_new,
    };
    write::save(cx, &target, &gallery, given).await?;
    Ok(())
}

/// What the save of a product without this part does to it: in a store view its pictures' labels, positions and
/// flags no longer follow the default ones.
pub(crate) async fn carry_over(cx: &mut Cx<'_>, scope: &StoreScope, product: &ProductRow) -> Result<()> {
    if scope.store_id == 0 {
        return Ok(());
    }
    let gallery = gallery::load_one(cx, scope, product).await?;
    let target = Target {
        scope,
        product,
        is_new: false,
    };
    write::freeze(cx, &target, &gallery).await
}

/// What the operations do to the gallery that save a product as they loaded it: those of links, websites, group
/// prices and options of bundles and configurable products.
pub(crate) async fn resave(cx: &mut Cx<'_>, scope: &StoreScope, product: &ProductRow) -> Result<()> {
    let gallery = gallery::load_one(cx, scope, product).await?;
    let target = Target {
        scope,
        product,
        is_new: false,
    };
    write::freeze(cx, &target, &gallery).await?;
    write::freeze_roles(cx, &target, &gallery).await
}

/// Creates a gallery entry and returns its id. The first entry of a product that names no types gets all of
/// them.
#[operation(
    "catalogProductAttributeMediaGalleryManagementV1",
    "Media gallery of products."
)]
#[route(POST "/V1/products/:sku/media" => "Magento_Catalog::catalog")]
pub(crate) async fn create(cx: &mut Cx<'_>, sku: String, mut entry: MediaGalleryEntry) -> Result<EntryId> {
    let missing = || Error::invalid("The image content is invalid. Verify the content and try again.");
    content::check(entry.content.as_ref().ok_or_else(missing)?)?;
    let (scope, product) = (cx.scope().clone(), product::find(cx, &sku).await?);
    let gallery = gallery::load_one(cx, &scope, &product).await?;
    entry.id = None;
    if gallery.images.is_empty() && entry.types.as_ref().is_none_or(Vec::is_empty) {
        entry.types = Some(gallery.all_types());
    }
    let mut entries = gallery.entries();
    entries.push(entry);
    let ids = save(cx, &scope, &product, &gallery, entries).await?;
    let id = ids
        .first()
        .ok_or_else(|| Error::invalid("The new media gallery entry failed to save."))?;
    Ok(EntryId(*id))
}

/// The id of a new entry: a whole number to the schema, a text on the wire (golden `media.create`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct EntryId(i64);

impl WireValue for EntryId {
    const TYPE: Type = Type::Int;

    fn bind(value: Value, cx: &BindCx<'_>) -> Result<Self, BindError> {
        i64::bind(value, cx).map(Self)
    }

    fn write(&self, out: &mut dyn Sink) {
        out.str(&self.0.to_string());
    }
}

/// Updates a gallery entry: the one whose id is in the body. The types that it gets are taken from the others.
#[operation("catalogProductAttributeMediaGalleryManagementV1")]
#[route(PUT "/V1/products/:sku/media/:entryId" => "Magento_Catalog::catalog")]
pub(crate) async fn update(cx: &mut Cx<'_>, sku: String, entry: MediaGalleryEntry) -> Result<bool> {
    let (scope, product) = (cx.scope().clone(), product::find(cx, &sku).await?);
    let gallery = gallery::load_one(cx, &scope, &product).await?;
    let mut entries = gallery.entries();
    for other in &mut entries {
        if let (Some(types), Some(taken)) = (&mut other.types, &entry.types) {
            types.retain(|code| !taken.contains(code));
        }
    }
    let place = entries
        .iter()
        .position(|other| other.id == entry.id)
        .ok_or_else(no_image)?;
    entries[place] = entry;
    save(cx, &scope, &product, &gallery, entries).await?;
    Ok(true)
}

/// Removes a gallery entry, unless another store view has it in a role.
#[operation("catalogProductAttributeMediaGalleryManagementV1")]
#[route(DELETE "/V1/products/:sku/media/:entryId" => "Magento_Catalog::catalog")]
pub(crate) async fn remove(cx: &mut Cx<'_>, sku: String, entry_id: i64) -> Result<bool> {
    let (scope, product) = (cx.scope().clone(), product::find(cx, &sku).await?);
    let gallery = gallery::load_one(cx, &scope, &product).await?;
    let mut entries = gallery.entries();
    let place = entries
        .iter()
        .position(|entry| entry.id == Some(entry_id))
        .ok_or_else(no_image)?;
    let gone = entries.remove(place);
    let target = Target {
        scope: &scope,
        product: &product,
        is_new: false,
    };
    let elsewhere = write::used_elsewhere(cx, &target, &gallery).await?;
    if gone.file.is_some_and(|file| elsewhere.contains(&file)) {
        return Err(Error::invalid(
            "The image cannot be removed as it has been assigned to the other image role",
        ));
    }
    save(cx, &scope, &product, &gallery, entries).await?;
    Ok(true)
}

/// Tells a gallery entry with its file.
#[operation("catalogProductAttributeMediaGalleryManagementV1")]
#[route(GET "/V1/products/:sku/media/:entryId" => "Magento_Catalog::attributes_attributes", allow_insecure)]
pub(crate) async fn get(cx: &mut Cx<'_>, sku: String, entry_id: i64) -> Result<MediaGalleryEntry> {
    let found = product::find(cx, &sku).await.map_err(|error| match error.kind() {
        Kind::NotFound => Error::not_found("The product doesn't exist. Verify and try again."),
        _ => error,
    });
    let (scope, product) = (cx.scope().clone(), found?);
    let gallery = gallery::load_one(cx, &scope, &product).await?;
    let entry = gallery
        .entries()
        .into_iter()
        .find(|entry| entry.id == Some(entry_id));
    let missing = || Error::not_found("The image doesn't exist. Verify and try again.");
    with_content(cx, entry.ok_or_else(missing)?).await
}

/// Lists the gallery entries of a product with their files.
#[operation("catalogProductAttributeMediaGalleryManagementV1")]
#[route(GET "/V1/products/:sku/media" => "Magento_Catalog::catalog", allow_insecure)]
pub(crate) async fn get_list(cx: &mut Cx<'_>, sku: String) -> Result<Vec<MediaGalleryEntry>> {
    let (scope, product) = (cx.scope().clone(), product::find(cx, &sku).await?);
    let gallery = gallery::load_one(cx, &scope, &product).await?;
    cx.session().release();
    let mut entries = Vec::new();
    for entry in gallery.entries() {
        entries.push(with_content(cx, entry).await?);
    }
    Ok(entries)
}

fn no_image() -> Error {
    Error::not_found("No image with the provided ID was found. Verify the ID and try again.")
}

/// The entry with its file; without content when the file is gone.
async fn with_content(cx: &Cx<'_>, mut entry: MediaGalleryEntry) -> Result<MediaGalleryEntry> {
    let file = entry.file.clone().unwrap_or_default();
    let found = cx.service::<Arc<MediaStore>>()?.read(&file).await?;
    entry.content = found.map(|bytes| ImageContent {
        base64_encoded_data: STANDARD.encode(&bytes),
        r#type: content::mime_of(&bytes).to_owned(),
        name: file.rsplit('/').next().unwrap_or_default().to_owned(),
    });
    Ok(entry)
}

/// Saves the gallery; what is wrong with it is told in general terms, as these operations do.
async fn save(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    product: &ProductRow,
    gallery: &gallery::Gallery,
    entries: Vec<MediaGalleryEntry>,
) -> Result<Vec<i64>> {
    let target = Target {
        scope,
        product,
        is_new: false,
    };
    let saved = write::save(cx, &target, gallery, entries)
        .await
        .map_err(|error| match error.kind() {
            Kind::Invalid => Error::invalid("The product can't be saved."),
            _ => error,
        });
    let ids = saved?;
    product::changed(cx, &[product.id]).await?;
    Ok(ids)
}
