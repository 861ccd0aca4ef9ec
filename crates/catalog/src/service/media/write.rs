//! What a save of a gallery writes: rows, values of roles, files.

use std::collections::HashMap;
use std::sync::Arc;

use contract::{Cx, Result, StoreScope};
use eav::metadata::Attribute;
use eav::values::{ValueTables, Write};
use store::Scopes;

use super::gallery::{Gallery, Picture, Plan, gallery_id};
use crate::data::media::{MediaGalleryEntry, VideoContent};
use crate::media::Changes;
use crate::repo;
use crate::repo::media::{ImageRow, StoreValue};
use crate::repo::product::ProductRow;

/// The value of a role that no picture has.
const NONE: &str = "no_selection";
/// The roles whose pictures' labels are values of attributes too, `image_label` and so on.
const LABELLED: [&str; 3] = ["image", "small_image", "thumbnail"];
const PRODUCT: ValueTables = ValueTables::new("catalog_product_entity");

/// A product in a store view, and whether the save makes it.
pub(super) struct Target<'a> {
    pub(super) scope: &'a StoreScope,
    pub(super) product: &'a ProductRow,
    pub(super) is_new: bool,
}

/// Makes the gallery what was sent; the ids of the new pictures.
pub(super) async fn save(
    cx: &mut Cx<'_>,
    target: &Target<'_>,
    gallery: &Gallery,
    given: Vec<MediaGalleryEntry>,
) -> Result<Vec<i64>> {
    let mut plan = Plan::new(gallery, given)?;
    let roles = plan.roles(gallery);
    if !plan.removed.is_empty() {
        let elsewhere = used_elsewhere(cx, target, gallery).await?;
        let (stay, go) = plan
            .removed
            .into_iter()
            .partition(|image| elsewhere.contains(&image.file));
        plan.removed = go;
        plan.pictures.extend(Vec::into_iter(stay).map(|row| Picture {
            row,
            types: Vec::new(),
            upload: None,
            has_video: false,
        }));
    }
    let changes = Changes::begin(cx)?;
    for picture in &mut plan.pictures {
        if let Some(upload) = &picture.upload {
            picture.row.file = changes.create(&picture.row.file, upload).await?;
        }
    }
    let file = |place: usize| plan.pictures[place].row.file.clone();
    let roles: HashMap<String, String> = roles
        .into_iter()
        .map(|(code, place)| (code, file(place)))
        .collect();
    let ids = write_pictures(cx, target, &mut plan, &changes).await?;
    write_roles(cx, target, gallery, &plan, &roles).await?;
    Ok(ids)
}

/// The files that other store views of the product's websites, or the default scope, have in a role. With one
/// store view only there are no others.
pub(super) async fn used_elsewhere(
    cx: &mut Cx<'_>,
    target: &Target<'_>,
    gallery: &Gallery,
) -> Result<Vec<String>> {
    let scopes = cx.service::<Arc<Scopes>>()?;
    let (id, here) = (target.product.id, target.scope.store_id);
    let websites = repo::media::websites(cx.session(), id).await?;
    let stores: Vec<i64> = websites
        .iter()
        .flat_map(|id| scopes.views_of_website(*id))
        .collect();
    if stores.len() < 2 {
        return Ok(Vec::new());
    }
    let roles = repo::media::roles_everywhere(cx.session(), &gallery.role_ids(), id).await?;
    let counts = |store: &i64| *store != here && (*store == 0 || stores.contains(store));
    let files = roles
        .into_iter()
        .filter(|(store, _)| counts(store))
        .map(|(_, file)| file);
    Ok(files.collect())
}

async fn write_pictures(
    cx: &mut Cx<'_>,
    target: &Target<'_>,
    plan: &mut Plan,
    changes: &Changes,
) -> Result<Vec<i64>> {
    let metadata = eav::metadata(cx)?;
    let gallery_id = gallery_id(metadata.entity_type("catalog_product")?)?;
    let session = cx.session();
    let new = plan.pictures.iter().filter(|picture| picture.upload.is_some());
    let new: Vec<_> = new
        .map(|new| (new.row.file.as_str(), new.row.media_type.as_str()))
        .collect();
    let mut ids = HashMap::new();
    if !new.is_empty() {
        ids = repo::media::insert(session, gallery_id, target.product.id, &new).await?;
    }
    for picture in &mut plan.pictures {
        if let Some(id) = ids.get(&picture.row.file) {
            picture.row.value_id = *id;
        }
    }
    if !plan.removed.is_empty() {
        let gone: Vec<i64> = plan.removed.iter().map(|image| image.value_id).collect();
        let files: Vec<String> = plan.removed.iter().map(|image| image.file.clone()).collect();
        repo::media::delete(session, &gone).await?;
        let used = repo::media::still_used(session, &files).await?;
        files
            .into_iter()
            .filter(|file| !used.contains(file))
            .for_each(|file| changes.remove(file));
    }
    let store_id = target.scope.store_id;
    let values: Vec<StoreValue> = plan
        .pictures
        .iter()
        .flat_map(|picture| store_values(picture, store_id))
        .collect();
    repo::media::replace_values(session, target.product.id, store_id, &values).await?;
    let videos = plan.pictures.iter().filter(|picture| picture.has_video);
    let videos: Vec<(i64, i64, &VideoContent)> = videos
        .flat_map(|picture| video_values(picture, store_id))
        .collect();
    repo::media::save_videos(session, &videos).await?;
    Ok(ids.into_values().collect())
}

/// A new picture gets a row in the default scope too, without a label and not hidden.
fn store_values(picture: &Picture, store_id: i64) -> Vec<StoreValue> {
    let mut values = vec![store_value(&picture.row, store_id)];
    if picture.upload.is_some() && store_id != 0 {
        values.push(StoreValue {
            store_id: 0,
            label: None,
            disabled: false,
            ..store_value(&picture.row, store_id)
        });
    }
    values
}

fn store_value(image: &ImageRow, store_id: i64) -> StoreValue {
    StoreValue {
        value_id: image.value_id,
        store_id,
        label: image.label.clone(),
        position: image.position,
        disabled: image.disabled,
    }
}

fn video_values(picture: &Picture, store_id: i64) -> Vec<(i64, i64, &VideoContent)> {
    let Some(video) = &picture.row.video else {
        return Vec::new();
    };
    let mut values = vec![(picture.row.value_id, store_id, video)];
    if picture.upload.is_some() && store_id != 0 {
        values.push((picture.row.value_id, 0, video));
    }
    values
}

/// With one store view only, values stand in the default scope, and no others are left.
fn is_single(cx: &Cx<'_>) -> Result<bool> {
    Ok(cx.service::<Arc<Scopes>>()?.view_ids().len() == 1)
}

async fn write_roles(
    cx: &mut Cx<'_>,
    target: &Target<'_>,
    gallery: &Gallery,
    plan: &Plan,
    roles: &HashMap<String, String>,
) -> Result<()> {
    let has_images = !plan.pictures.is_empty() || !plan.removed.is_empty();
    let single = is_single(cx)? && has_images;
    let store = if target.is_new || single {
        0
    } else {
        target.scope.store_id
    };
    let metadata = eav::metadata(cx)?;
    let entity = metadata.entity_type("catalog_product")?;
    let mut writes = Vec::new();
    for role in &gallery.roles {
        let code = &role.attribute.code;
        let file = roles.get(code).map_or(NONE, String::as_str);
        writes.push(write(target, &role.attribute, store, Some(file)));
        let Some(label) = entity.attribute(&format!("{code}_label")) else {
            continue;
        };
        if !LABELLED.contains(&code.as_str()) {
            continue;
        }
        let picture = plan.pictures.iter().find(|picture| picture.row.file == file);
        match picture.map(|picture| picture.row.label.as_deref()) {
            Some(Some(text)) => writes.push(write(target, label, store, Some(text))),
            Some(None) => {}
            None if single || target.is_new => {}
            None => writes.push(write(target, label, store, None)),
        }
    }
    if single {
        let views = cx.service::<Arc<Scopes>>()?.view_ids();
        let others: Vec<Write<'_>> = writes
            .iter()
            .map(|kept| Write {
                stores: views.clone(),
                value: None,
                delete: true,
                ..kept.clone()
            })
            .collect();
        writes.extend(others);
    }
    eav::values::save(cx.session(), &PRODUCT, &writes).await
}

/// A value for a store view; none takes its row away.
fn write<'a>(target: &Target<'_>, attribute: &'a Attribute, store: i64, value: Option<&str>) -> Write<'a> {
    Write {
        entity_id: target.product.id,
        attribute,
        stores: vec![store],
        value: value.map(str::to_owned),
        delete: value.is_none(),
    }
}

/// What a save of a product without entries does in a store view: what the pictures' labels, positions and
/// flags are there, they stay (`spec/scopes.md` fact 28). Nothing in the default scope.
pub(super) async fn freeze(cx: &mut Cx<'_>, target: &Target<'_>, gallery: &Gallery) -> Result<()> {
    let store_id = target.scope.store_id;
    if store_id == 0 {
        return Ok(());
    }
    let values: Vec<StoreValue> = gallery
        .images
        .iter()
        .map(|image| store_value(image, store_id))
        .collect();
    repo::media::replace_values(cx.session(), target.product.id, store_id, &values).await
}

/// What the operations do that save a product as they loaded it (links, websites, group prices, options of
/// bundles): beside [`freeze`], its roles become values of the store view. `image`, `small_image` and
/// `thumbnail` always do; others only of simple products that have no default value, as in the recordings.
pub(super) async fn freeze_roles(cx: &mut Cx<'_>, target: &Target<'_>, gallery: &Gallery) -> Result<()> {
    let single = is_single(cx)? && !gallery.images.is_empty();
    let store = if single { 0 } else { target.scope.store_id };
    let metadata = eav::metadata(cx)?;
    let entity = metadata.entity_type("catalog_product")?;
    let mut writes = Vec::new();
    for role in &gallery.roles {
        let code = role.attribute.code.as_str();
        let stored = if store == 0 { role.default } else { role.own };
        let labelled = LABELLED.contains(&code);
        if stored
            || (!labelled
                && (role.default || !matches!(target.product.type_id.as_str(), "simple" | "virtual")))
        {
            continue;
        }
        let file = role.file.as_deref().unwrap_or(NONE);
        writes.push(write(target, &role.attribute, store, Some(file)));
        let image = gallery.images.iter().find(|image| image.file == file);
        let text = image
            .and_then(|image| image.label.as_deref())
            .filter(|_| labelled);
        if let (Some(text), Some(label)) = (text, entity.attribute(&format!("{code}_label"))) {
            writes.push(write(target, label, store, Some(text)));
        }
    }
    eav::values::save(cx.session(), &PRODUCT, &writes).await
}
