//! The gallery of one product: what there is, what a save makes of it, and what it writes.
//!
//! Labels, positions and flags belong to the store view that they are written in; with them, every save writes
//! those of the other pictures as they stand (`spec/scopes.md` fact 28). Roles are values of attributes such as
//! `small_image`, `no_selection` for none.

use std::collections::HashMap;
use std::sync::Arc;

use bytes::Bytes;
use contract::{Cx, Error, Result, StoreScope};
use eav::metadata::Attribute;

use super::content;
use crate::data::media::{MediaGalleryEntry, MediaGalleryEntryExtension};
use crate::repo;
use crate::repo::media::ImageRow;
use crate::repo::product::ProductRow;

const VIDEO: &str = "external-video";

/// A role of a product's pictures.
pub(super) struct Role {
    pub(super) attribute: Arc<Attribute>,
    /// The file in the role; its own value or the default one.
    pub(super) file: Option<String>,
    /// Whether the store view has a value of its own.
    pub(super) own: bool,
    /// Whether the default scope has a value.
    pub(super) default: bool,
}

/// The pictures of a product and their roles, as a store view sees them.
pub(super) struct Gallery {
    pub(super) images: Vec<ImageRow>,
    pub(super) roles: Vec<Role>,
}

/// The galleries of the products. One statement.
pub(super) async fn load(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    products: &[ProductRow],
) -> Result<HashMap<i64, Gallery>> {
    let metadata = eav::metadata(cx)?;
    let entity = metadata.entity_type("catalog_product")?;
    let gallery_id = gallery_id(entity)?;
    let is_role = |attribute: &&Arc<Attribute>| attribute.has_input("media_image");
    let role_ids: Vec<i64> = entity
        .attributes()
        .iter()
        .filter(is_role)
        .map(|role| role.id)
        .collect();
    let ids: Vec<i64> = products.iter().map(|product| product.id).collect();
    let (images, rows) = repo::media::load(cx.session(), gallery_id, &role_ids, &ids, scope.store_id).await?;
    let mut sets: HashMap<i64, Vec<Arc<Attribute>>> = HashMap::new();
    for product in products {
        sets.entry(product.attribute_set_id).or_insert_with(|| {
            let set = entity.attributes_of_set(product.attribute_set_id);
            set.into_iter().filter(is_role).cloned().collect()
        });
    }
    let values: HashMap<(i64, i64, bool), Option<String>> = rows
        .into_iter()
        .map(|row| ((row.entity_id, row.attribute_id, row.store_id == 0), row.file))
        .collect();
    let roles = |product: &ProductRow| -> Vec<Role> {
        let set = sets.get(&product.attribute_set_id).into_iter().flatten();
        set.map(|attribute| {
            let default = values.get(&(product.id, attribute.id, true));
            let own = match scope.store_id {
                0 => default,
                _ => values.get(&(product.id, attribute.id, false)),
            };
            Role {
                attribute: attribute.clone(),
                file: own.cloned().flatten().or_else(|| default.cloned().flatten()),
                own: own.is_some(),
                default: default.is_some(),
            }
        })
        .collect()
    };
    let mut galleries: HashMap<i64, Gallery> = products
        .iter()
        .map(|product| {
            let (images, roles) = (Vec::new(), roles(product));
            (product.id, Gallery { images, roles })
        })
        .collect();
    for image in images {
        if let Some(gallery) = galleries.get_mut(&image.entity_id) {
            gallery.images.push(image);
        }
    }
    Ok(galleries)
}

/// The gallery of one product. One statement.
pub(super) async fn load_one(cx: &mut Cx<'_>, scope: &StoreScope, product: &ProductRow) -> Result<Gallery> {
    let mut galleries = load(cx, scope, std::slice::from_ref(product)).await?;
    let none = || Error::internal("no gallery");
    galleries.remove(&product.id).ok_or_else(none)
}

pub(super) fn gallery_id(entity: &eav::metadata::EntityType) -> Result<i64> {
    let missing = || Error::internal("there is no attribute media_gallery");
    Ok(entity.attribute("media_gallery").ok_or_else(missing)?.id)
}

impl Gallery {
    /// The roles of a file.
    fn types_of(&self, file: &str) -> Vec<String> {
        let of_file = |role: &&Role| role.file.as_deref() == Some(file);
        self.roles
            .iter()
            .filter(of_file)
            .map(|role| role.attribute.code.clone())
            .collect()
    }

    /// The codes of all roles.
    pub(super) fn all_types(&self) -> Vec<String> {
        self.roles
            .iter()
            .map(|role| role.attribute.code.clone())
            .collect()
    }

    /// The entries as answers show them.
    pub(super) fn entries(&self) -> Vec<MediaGalleryEntry> {
        self.images.iter().map(|image| self.entry(image)).collect()
    }

    fn entry(&self, image: &ImageRow) -> MediaGalleryEntry {
        let video = image.video.clone().filter(|_| image.media_type == VIDEO);
        MediaGalleryEntry {
            id: Some(image.value_id),
            media_type: Some(image.media_type.clone()),
            label: image.label.clone(),
            position: image.position,
            disabled: Some(image.disabled),
            types: Some(self.types_of(&image.file)),
            file: Some(image.file.clone()),
            content: None,
            extension_attributes: contract::Extension(MediaGalleryEntryExtension { video_content: video }),
        }
    }

    pub(super) fn role_ids(&self) -> Vec<i64> {
        self.roles.iter().map(|role| role.attribute.id).collect()
    }
}

/// A picture as a save leaves it.
pub(super) struct Picture {
    pub(super) row: ImageRow,
    pub(super) types: Vec<String>,
    /// The bytes of a new one.
    pub(super) upload: Option<Bytes>,
    /// Whether a video was sent with it.
    pub(super) has_video: bool,
}

/// A save of a gallery, before it writes.
pub(super) struct Plan {
    pub(super) pictures: Vec<Picture>,
    pub(super) removed: Vec<ImageRow>,
}

impl Plan {
    /// Entries with the id of a picture change it, the others are new; pictures without an entry go. Ids that
    /// the gallery does not have are passed over, unless it is empty: then all entries are new.
    pub(super) fn new(gallery: &Gallery, given: Vec<MediaGalleryEntry>) -> Result<Self> {
        let mut plan = Self {
            pictures: Vec::new(),
            removed: Vec::new(),
        };
        let (known, new): (Vec<_>, Vec<_>) = given
            .into_iter()
            .partition(|entry| entry.id.is_some() && !gallery.images.is_empty());
        for image in &gallery.images {
            match known.iter().rfind(|entry| entry.id == Some(image.value_id)) {
                Some(entry) => plan.pictures.push(changed(gallery, image, entry)),
                None => plan.removed.push(image.clone()),
            }
        }
        for entry in new {
            let last = plan
                .pictures
                .iter()
                .filter_map(|picture| picture.row.position)
                .max();
            plan.pictures.push(added(entry, last.unwrap_or(0) + 1)?);
        }
        Ok(plan)
    }

    /// Which picture, by its place, each role goes to: the last new one that claims it, else the last old one.
    pub(super) fn roles(&self, gallery: &Gallery) -> HashMap<String, usize> {
        let claims = |code: &String| {
            self.pictures
                .iter()
                .rposition(|picture| picture.types.contains(code))
        };
        let codes = gallery.all_types().into_iter();
        codes
            .filter_map(|code| Some((claims(&code)?, code)))
            .map(|(place, code)| (code, place))
            .collect()
    }
}

/// A picture that was there, with what was sent: a label, position or flag of `null` is taken away, types of
/// `null` stay.
fn changed(gallery: &Gallery, image: &ImageRow, entry: &MediaGalleryEntry) -> Picture {
    let video = entry.extension_attributes.0.video_content.clone();
    Picture {
        types: entry
            .types
            .clone()
            .unwrap_or_else(|| gallery.types_of(&image.file)),
        upload: None,
        has_video: video.is_some(),
        row: ImageRow {
            label: entry.label.clone().filter(|label| !label.is_empty()),
            position: entry.position,
            disabled: entry.disabled.unwrap_or_default(),
            video: video.or_else(|| image.video.clone()),
            ..image.clone()
        },
    }
}

/// A new picture; without a flag it is hidden, as Magento has it.
fn added(entry: MediaGalleryEntry, position: i64) -> Result<Picture> {
    let missing = || Error::invalid("The image content is invalid. Verify the content and try again.");
    let upload = entry.content.as_ref().ok_or_else(missing)?;
    let media_type = entry.media_type.unwrap_or_else(|| "image".to_owned());
    if !["image", VIDEO].contains(&media_type.as_str()) {
        return Err(Error::invalid(
            "There is no MediaGalleryEntryConverter for given type",
        ));
    }
    let video = entry.extension_attributes.0.video_content;
    Ok(Picture {
        upload: Some(content::check(upload)?),
        types: entry.types.unwrap_or_default(),
        has_video: video.is_some(),
        row: ImageRow {
            entity_id: 0,
            value_id: 0,
            file: content::file(upload)?,
            media_type,
            label: entry.label.filter(|label| !label.is_empty()),
            position: Some(entry.position.unwrap_or(position)),
            disabled: entry.disabled.unwrap_or(true),
            video,
        },
    })
}
