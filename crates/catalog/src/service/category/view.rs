//! Categories as data objects.

use std::collections::HashMap;

use contract::{CustomAttribute, CustomAttributes, Cx, Given, Result, Value};
use eav::metadata::{BackendType, EntityType};
use eav::values::{self, Values};

use super::{Attributes, TABLES};
use crate::data::category::Category;
use crate::repo;
use crate::repo::category::CategoryRow;

/// Attributes that are members of the data object, so no custom attributes of it. `path` is both.
pub(super) const MEMBERS: &[&str] = &[
    "name",
    "is_active",
    "position",
    "level",
    "available_sort_by",
    "include_in_menu",
];

/// Categories of one statement: the engines take 32,000 parameters, and values need five for each.
const AT_ONCE: usize = 5_000;

/// The categories as a store view sees them. Two statements, whatever their number is (up to 5,000).
pub(super) async fn load(cx: &mut Cx<'_>, rows: &[CategoryRow], store_id: i64) -> Result<Vec<Category>> {
    let attributes = Attributes::of(cx)?;
    let is_active = attributes.id("is_active")?;
    let mut categories = Vec::with_capacity(rows.len());
    for rows in rows.chunks(AT_ONCE) {
        let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
        let values = values::load(cx.session(), &TABLES, &ids, store_id).await?;
        let pairs = repo::category::active_children(cx.session(), is_active, store_id, rows).await?;
        let mut children: HashMap<i64, Vec<String>> = HashMap::new();
        for (parent, child) in pairs {
            children.entry(parent).or_default().push(child.to_string());
        }
        for row in rows {
            let children = children.remove(&row.id).unwrap_or_default().join(",");
            categories.push(category(attributes.entity()?, row, &values, children));
        }
    }
    Ok(categories)
}

fn category(entity: &EntityType, row: &CategoryRow, values: &Values, children: String) -> Category {
    let value = |code: &str| values.get(row.id, entity.attribute(code)?.id);
    let flag = |code: &str| Given::from(value(code).map(is_set));
    Category {
        id: Some(row.id),
        parent_id: Some(row.parent_id),
        name: Given::from(value("name").map(ToOwned::to_owned)),
        is_active: flag("is_active"),
        position: Some(row.position),
        level: Some(row.level),
        children: Some(children),
        created_at: Some(row.created_at.clone()),
        updated_at: Some(row.updated_at.clone()),
        path: Some(row.path.clone()),
        available_sort_by: value("available_sort_by")
            .filter(|list| !list.is_empty())
            .map(|list| list.split(',').map(ToOwned::to_owned).collect()),
        include_in_menu: flag("include_in_menu"),
        custom_attributes: custom(entity, row, values),
        ..Category::default()
    }
}

/// Whether a stored number counts as true.
pub(super) fn is_set(value: &str) -> bool {
    !matches!(value, "" | "0")
}

/// All other attributes that have a value, by attribute id (golden `get0396`).
fn custom(entity: &EntityType, row: &CategoryRow, values: &Values) -> CustomAttributes {
    let others = entity
        .attributes()
        .iter()
        .filter(|attribute| !MEMBERS.contains(&attribute.code.as_str()));
    let valued = others.filter_map(|attribute| {
        let value = match (attribute.code.as_str(), attribute.backend_type) {
            ("path", BackendType::Static) => row.path.clone(),
            ("children_count", BackendType::Static) => row.children_count.to_string(),
            (_, BackendType::Static) => return None,
            _ => values.get(row.id, attribute.id)?.to_owned(),
        };
        Some(CustomAttribute {
            code: attribute.code.clone(),
            value: Value::from(value),
        })
    });
    CustomAttributes(valued.collect())
}
