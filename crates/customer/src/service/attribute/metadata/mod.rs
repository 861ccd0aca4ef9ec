//! What forms need to know of attributes.

pub(crate) mod address;
pub(crate) mod customer;

use contract::{Cx, Error, Result};

use super::{Overrides, View, convert, options};
use crate::data::attribute::AttributeMetadata;
use crate::repo;

/// All attributes of an entity. As many statements as there are kinds of options, and two.
async fn all(cx: &mut Cx<'_>, entity: &str) -> Result<Vec<AttributeMetadata>> {
    filtered(cx, entity, |_| true).await
}

/// The attributes that are no members of the data object: those that the shop has added.
async fn custom(cx: &mut Cx<'_>, entity: &str, members: &[&str]) -> Result<Vec<AttributeMetadata>> {
    let custom = |view: &View<'_>| {
        !members.contains(&view.attribute.code.as_str()) && !view.attribute.properties.flag("is_system")
    };
    filtered(cx, entity, custom).await
}

async fn filtered(
    cx: &mut Cx<'_>,
    entity: &str,
    wanted: impl Fn(&View<'_>) -> bool,
) -> Result<Vec<AttributeMetadata>> {
    let metadata = eav::metadata(cx)?;
    let website = cx.scope().website_id;
    let overrides = Overrides::of(cx, website).await?;
    let views = overrides.all(metadata.entity_type(entity)?);
    let views: Vec<View<'_>> = views.into_iter().filter(wanted).collect();
    let mut shown = shown(cx, &views).await?;
    for (shown, view) in shown.iter_mut().zip(&views) {
        shown.sort_order = view.position();
    }
    Ok(shown)
}

/// The attribute with this code.
async fn one(cx: &mut Cx<'_>, entity: &'static str, code: String) -> Result<AttributeMetadata> {
    let metadata = eav::metadata(cx)?;
    let Some(attribute) = metadata.entity_type(entity)?.attribute(&code) else {
        return Err(Error::not_found(
            "No such entity with %fieldName = %fieldValue, %field2Name = %field2Value",
        )
        .with("fieldName", "entityType")
        .with("fieldValue", entity)
        .with("field2Name", "attributeCode")
        .with("field2Value", code));
    };
    let website = cx.scope().website_id;
    let overrides = Overrides::of(cx, website).await?;
    let mut found = shown(cx, &[overrides.view(attribute)]).await?;
    Ok(found.pop().unwrap_or_default())
}

/// The attributes of a form, in its order.
async fn of_form(cx: &mut Cx<'_>, entity: &str, form_code: String) -> Result<Vec<AttributeMetadata>> {
    let ids = repo::attribute::of_form(cx.session(), &form_code).await?;
    let metadata = eav::metadata(cx)?;
    let entity = metadata.entity_type(entity)?;
    let mut attributes: Vec<_> = ids
        .into_iter()
        .filter_map(|id| entity.attribute_by_id(id))
        .collect();
    if attributes.is_empty() {
        return Err(Error::no_such_entity("formCode", form_code));
    }
    let website = cx.scope().website_id;
    let overrides = Overrides::of(cx, website).await?;
    attributes.sort_by_key(|attribute| (overrides.view(attribute).number("sort_order"), attribute.id));
    let views: Vec<View<'_>> = attributes
        .into_iter()
        .map(|attribute| overrides.view(attribute))
        .collect();
    shown(cx, &views).await
}

async fn shown(cx: &mut Cx<'_>, views: &[View<'_>]) -> Result<Vec<AttributeMetadata>> {
    let attributes: Vec<_> = views.iter().map(|view| view.attribute).collect();
    let ids: Vec<i64> = attributes.iter().map(|attribute| attribute.id).collect();
    let mut options = options::of(cx, &attributes).await?;
    let labels = if ids.is_empty() {
        Default::default()
    } else {
        eav::service::attribute::labels(cx, &ids).await?
    };
    let store = cx.scope().store_id;
    let label = |id: i64| {
        let mut own = labels.get(&id)?.iter();
        own.find(|(known, _)| *known == store)
            .map(|(_, label)| label.clone())
    };
    let shown = views.iter().map(|view| {
        let id = view.attribute.id;
        convert::metadata(*view, label(id), options.remove(&id).unwrap_or_default())
    });
    Ok(shown.collect())
}
