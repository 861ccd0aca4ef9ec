//! Attributes of any entity: search, labels, and writing their rows.

use std::collections::HashMap;

use contract::search::SearchCriteria;
use contract::{Cx, Error, Result};
use db::Param;
use db::search::Column;
use std::sync::Arc;
use store::Scopes;

use crate::metadata::EntityType;
use crate::repo;

/// Values of an attribute's row, by column.
#[derive(Debug, Default)]
pub struct AttributeWrite {
    /// Columns of `eav_attribute`.
    pub own: Vec<(&'static str, Param)>,
    /// Columns of the entity's additional table.
    pub additional: Vec<(&'static str, Param)>,
}

/// The attributes that a search finds, as ids in order, of the page that was asked for; and how many there are in
/// all. `columns` are those of the entity's additional table, under the alias `c`. One statement.
///
/// # Errors
/// 400 for a field that is not there.
pub async fn search(
    cx: &mut Cx<'_>,
    entity: &EntityType,
    criteria: &SearchCriteria,
    columns: &[Column],
) -> Result<(Vec<i64>, i64)> {
    let table = entity.additional_table.as_deref().unwrap_or("eav_attribute");
    let search = criteria.to_search();
    let found =
        repo::attribute_search::attributes(cx.session(), entity.id, &search, (table, columns)).await?;
    let mut ids = found.map_err(super::unknown_field)?;
    let total = ids.len();
    if let Some((limit, offset)) = search.window {
        let skip = usize::try_from(offset).unwrap_or_default().min(total);
        ids.drain(..skip);
        ids.truncate(usize::try_from(limit).unwrap_or_default());
    }
    Ok((ids, i64::try_from(total).unwrap_or(i64::MAX)))
}

/// The labels of attributes by store view, without those of the admin. One statement.
///
/// # Errors
/// The database cannot be read.
pub async fn labels(cx: &mut Cx<'_>, ids: &[i64]) -> Result<HashMap<i64, Vec<(i64, String)>>> {
    let mut labels: HashMap<i64, Vec<(i64, String)>> = HashMap::new();
    for (attribute, store, label) in repo::attribute::labels(cx.session(), ids).await? {
        labels
            .entry(attribute)
            .or_default()
            .push((store, label.unwrap_or_default()));
    }
    Ok(labels)
}

/// Replaces the labels of an attribute. Empty ones, and one of the admin store, are left out
/// (`spec/scopes.md` fact 10).
///
/// # Errors
/// 404 for a store view that is not there; Magento answers 500.
pub async fn replace_labels(cx: &mut Cx<'_>, id: i64, mut labels: Vec<(i64, String)>) -> Result<()> {
    labels.retain(|(store, label)| *store != 0 && !label.is_empty());
    let scopes = cx.service::<Arc<Scopes>>()?;
    if labels.iter().any(|(store, _)| scopes.view(*store).is_none()) {
        return Err(Error::not_found(
            "The store that was requested wasn't found. Verify the store and try again.",
        ));
    }
    // Of two labels for one store view the later one counts.
    let mut kept: Vec<(i64, String)> = Vec::with_capacity(labels.len());
    for (store, label) in labels {
        match kept.iter_mut().find(|(other, _)| *other == store) {
            Some(earlier) => earlier.1 = label,
            None => kept.push((store, label)),
        }
    }
    repo::attribute::replace_labels(cx.session(), id, &kept).await
}

/// Adds an attribute to an entity type; its id.
///
/// # Errors
/// 400 when there is one with this code, or a value does not fit its column.
pub async fn insert(cx: &mut Cx<'_>, entity: &EntityType, code: &str, write: AttributeWrite) -> Result<i64> {
    let AttributeWrite {
        mut own,
        mut additional,
    } = write;
    if repo::attribute::exists(cx.session(), entity.id, code).await? {
        return Err(repo::attribute::taken());
    }
    own.push(("entity_type_id", Param::from(entity.id)));
    own.push(("attribute_code", Param::from(code)));
    let id = repo::attribute::insert(cx.session(), "eav_attribute", &own).await?;
    if let Some(table) = &entity.additional_table {
        additional.push(("attribute_id", Param::from(id)));
        repo::attribute::insert(cx.session(), table, &additional).await?;
    }
    crate::changed(cx)?;
    Ok(id)
}

/// Changes an attribute: the columns that are given.
///
/// # Errors
/// 400 when a value does not fit its column.
pub async fn update(cx: &mut Cx<'_>, entity: &EntityType, id: i64, write: &AttributeWrite) -> Result<()> {
    repo::attribute::update(cx.session(), "eav_attribute", id, &write.own).await?;
    if let Some(table) = &entity.additional_table {
        repo::attribute::update(cx.session(), table, id, &write.additional).await?;
    }
    crate::changed(cx)
}

/// Removes an attribute with its options, labels, places and values.
///
/// # Errors
/// The database refuses.
pub async fn delete(cx: &mut Cx<'_>, id: i64) -> Result<()> {
    repo::attribute::delete(cx.session(), id).await?;
    crate::changed(cx)
}
