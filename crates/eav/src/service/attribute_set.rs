//! Attribute sets of any entity.

use std::sync::Arc;

use contract::search::SearchCriteria;
use contract::{Cx, Error, Result, operation};

use crate::data::attribute_set::{AttributeSet, AttributeSetSearchResults};
use crate::metadata;
use crate::metadata::EntityType;
use crate::port::SetUse;
use crate::repo;
use crate::repo::set::PlaceRow;

fn data(set: &metadata::AttributeSet) -> AttributeSet {
    AttributeSet {
        attribute_set_id: Some(set.id),
        attribute_set_name: Some(set.name.clone()),
        sort_order: Some(set.sort_order),
        entity_type_id: Some(set.entity_type_id),
        ..AttributeSet::default()
    }
}

/// Create attribute set from data.
#[operation("eavAttributeSetManagementV1", "Attribute sets of any entity.")]
#[route(POST "/V1/eav/attribute-sets" => "Magento_Catalog::sets")]
pub(crate) async fn create(
    cx: &mut Cx<'_>,
    entity_type_code: String,
    attribute_set: AttributeSet,
    skeleton_id: i64,
) -> Result<AttributeSet> {
    create_set(cx, &entity_type_code, attribute_set, skeleton_id).await
}

/// Retrieve list of Attribute Sets.
#[operation("eavAttributeSetRepositoryV1", "Attribute sets of any entity.")]
#[route(GET "/V1/eav/attribute-sets/list" => "Magento_Catalog::sets")]
pub(crate) async fn get_list(
    cx: &mut Cx<'_>,
    search_criteria: SearchCriteria,
) -> Result<AttributeSetSearchResults> {
    search(cx, search_criteria, None).await
}

/// Retrieve attribute set information based on given ID.
#[operation("eavAttributeSetRepositoryV1")]
#[route(GET "/V1/eav/attribute-sets/:attributeSetId" => "Magento_Catalog::sets")]
pub(crate) async fn get(
    cx: &mut Cx<'_>,
    /// Attribute set ID.
    attribute_set_id: i64,
) -> Result<AttributeSet> {
    Ok(data(&find(cx, attribute_set_id)?))
}

/// Save attribute set data.
#[operation("eavAttributeSetRepositoryV1")]
#[route(PUT "/V1/eav/attribute-sets/:attributeSetId" => "Magento_Catalog::sets")]
pub(crate) async fn save(cx: &mut Cx<'_>, attribute_set: AttributeSet) -> Result<AttributeSet> {
    save_set(cx, attribute_set).await
}

/// Remove attribute set by given ID.
#[operation("eavAttributeSetRepositoryV1")]
#[route(DELETE "/V1/eav/attribute-sets/:attributeSetId" => "Magento_Catalog::sets")]
pub(crate) async fn delete_by_id(
    cx: &mut Cx<'_>,
    /// Attribute set ID.
    attribute_set_id: i64,
) -> Result<bool> {
    delete_set(cx, attribute_set_id).await
}

/// The set with this id.
///
/// # Errors
/// Magento's 404 when there is none.
pub fn find(cx: &Cx<'_>, id: i64) -> Result<metadata::AttributeSet> {
    let metadata = metadata(cx)?;
    let set = metadata.set(id).cloned();
    set.ok_or_else(|| Error::no_such_entity("id", id))
}

/// The set with this id, as it is answered.
///
/// # Errors
/// As [`find`].
pub fn get_set(cx: &Cx<'_>, id: i64) -> Result<AttributeSet> {
    find(cx, id).map(|set| data(&set))
}

/// The sets that a search finds, of one entity type or of all. Two statements.
///
/// # Errors
/// 400 for a field that is not there, or an entity type that is not.
pub async fn search(
    cx: &mut Cx<'_>,
    search_criteria: SearchCriteria,
    entity_type_id: Option<i64>,
) -> Result<AttributeSetSearchResults> {
    let search = search_criteria.to_search();
    let metadata = metadata(cx)?;
    for filter in search.groups.iter().flat_map(|group| &group.0) {
        let code = filter.value.as_deref().unwrap_or_default();
        if filter.field == "entity_type_code" && metadata.entity_type(code).is_err() {
            return Err(invalid_type(code));
        }
    }
    let found = repo::set::search_sets(cx.session(), &search, entity_type_id).await?;
    let (sets, total_count) = found.map_err(super::unknown_field)?;
    Ok(AttributeSetSearchResults {
        items: sets.iter().map(data).collect(),
        search_criteria,
        total_count,
    })
}

fn invalid_type(code: &str) -> Error {
    Error::invalid("Invalid entity_type specified: %1").with_next(code)
}

/// Makes a set as a copy of another one: its groups, and the attributes in them.
///
/// # Errors
/// 400 when the name is empty or taken, or the new set has an id; 404 when there is nothing to copy.
pub async fn create_set(
    cx: &mut Cx<'_>,
    entity_type_code: &str,
    mut set: AttributeSet,
    skeleton_id: i64,
) -> Result<AttributeSet> {
    if let Some(id) = set.attribute_set_id {
        return Err(super::invalid_value("id", id));
    }
    if skeleton_id == 0 {
        return Err(super::invalid_value("skeletonId", skeleton_id));
    }
    find(cx, skeleton_id)?;
    let metadata = metadata(cx)?;
    // Magento's text is final here: it wraps the message of another error.
    let entity = metadata
        .entity_type(entity_type_code)
        .map_err(|_| Error::invalid(format!("Invalid entity_type specified: {entity_type_code}")))?;
    let name = set.attribute_set_name.clone().unwrap_or_default();
    if name.is_empty() {
        return Err(Error::invalid(
            "The attribute set name is empty. Enter the name and try again.",
        ));
    }
    if repo::set::named(cx.session(), entity.id, name.trim(), 0)
        .await?
        .is_some()
    {
        return Err(Error::invalid(format!(
            "A \"{name}\" attribute set name already exists. Create a new name and try again."
        )));
    }
    let order = set.sort_order.unwrap_or_default();
    let id = repo::set::insert(cx.session(), entity.id, &name, order).await?;
    copy(cx, entity, skeleton_id, id).await?;
    crate::changed(cx)?;
    set.attribute_set_id = Some(id);
    set.entity_type_id = Some(entity.id);
    Ok(set)
}

async fn copy(cx: &mut Cx<'_>, entity: &EntityType, from: i64, to: i64) -> Result<()> {
    let session = cx.session();
    let groups = repo::set::groups(session, from).await?;
    let places = repo::set::places(session, from).await?;
    repo::set::insert_groups(session, to, &groups).await?;
    let copies = repo::set::groups(session, to).await?;
    let mut placed = Vec::with_capacity(places.len());
    // Group by group, as Magento saves them.
    for group in &groups {
        let Some(copy) = copies.iter().find(|copy| copy.code == group.code) else {
            continue;
        };
        placed.extend(
            places
                .iter()
                .filter(|place| place.group_id == group.id)
                .map(|place| PlaceRow {
                    group_id: copy.id,
                    ..*place
                }),
        );
    }
    repo::set::insert_places(session, entity.id, to, &placed).await
}

/// Changes name and position of a set.
///
/// # Errors
/// 404 when there is no such set, 400 when the name is taken.
pub async fn save_set(cx: &mut Cx<'_>, set: AttributeSet) -> Result<AttributeSet> {
    let id = set.attribute_set_id.unwrap_or_default();
    let known = find(cx, id)?;
    let name = set.attribute_set_name.as_deref();
    if let Some(name) = name
        && repo::set::named(cx.session(), known.entity_type_id, name, id)
            .await?
            .is_some()
    {
        return Err(Error::invalid(
            "The attribute set couldn't be saved due to an error. Verify your information and try again. \
             If the error persists, please try again later.",
        ));
    }
    repo::set::update(cx.session(), id, name, set.sort_order).await?;
    crate::changed(cx)?;
    Ok(set)
}

/// Removes a set, with the entities that have it.
///
/// # Errors
/// 404 when there is no such set, 400 when it is the default one of its entity type.
pub async fn delete_set(cx: &mut Cx<'_>, id: i64) -> Result<bool> {
    let set = find(cx, id)?;
    let metadata = metadata(cx)?;
    let default = metadata
        .entity_types()
        .iter()
        .any(|known| known.default_set_id == id);
    if default {
        return Err(Error::invalid("The default attribute set can't be deleted."));
    }
    let uses = cx.service::<Arc<dyn SetUse>>()?.clone();
    uses.set_deleted(cx, &set).await?;
    repo::set::delete(cx.session(), id).await?;
    crate::changed(cx)?;
    Ok(true)
}

/// The attributes of a set, by sort order, as ids; equal ones as MariaDB leaves them for Magento. One statement.
///
/// # Errors
/// The database cannot be read.
pub async fn attributes(cx: &mut Cx<'_>, set_id: i64) -> Result<Vec<i64>> {
    let found = repo::set::attributes(cx.session(), set_id).await?;
    let orders: Vec<i64> = found.iter().map(|(_, order)| *order).collect();
    let positions = crate::order::sorted(&orders);
    Ok(positions.into_iter().map(|position| found[position].0).collect())
}

/// Puts an attribute into a group of a set, or moves it there; the id of its place.
///
/// # Errors
/// The database refuses.
pub async fn place(
    cx: &mut Cx<'_>,
    set: &metadata::AttributeSet,
    group_id: i64,
    attribute_id: i64,
    sort_order: i64,
) -> Result<i64> {
    let place = PlaceRow {
        group_id,
        attribute_id,
        sort_order: if sort_order == 0 { 1 } else { sort_order },
    };
    let session = cx.session();
    repo::set::delete_place(session, set.id, attribute_id).await?;
    repo::set::insert_places(session, set.entity_type_id, set.id, &[place]).await?;
    let id = repo::set::place(session, set.id, attribute_id).await?;
    crate::changed(cx)?;
    Ok(id.unwrap_or_default())
}

/// Takes an attribute out of a set; false when it was not in it.
///
/// # Errors
/// The database refuses.
pub async fn take_out(cx: &mut Cx<'_>, set_id: i64, attribute_id: i64) -> Result<bool> {
    let session = cx.session();
    if repo::set::place(session, set_id, attribute_id).await?.is_none() {
        return Ok(false);
    }
    repo::set::delete_place(session, set_id, attribute_id).await?;
    crate::changed(cx)?;
    Ok(true)
}
