//! Attribute sets, their groups, and the places of attributes in them.

use contract::{Error, Result};
use db::search::{Rendered, Search, UnknownField};
use db::{FromRow, Param, Row, Session, dialect, params};

use crate::metadata::{AttributeGroup, AttributeSet};

/// A place of an attribute, as it is copied to another set.
pub(crate) struct PlaceRow {
    pub(crate) group_id: i64,
    pub(crate) attribute_id: i64,
    pub(crate) sort_order: i64,
}

impl FromRow for PlaceRow {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        Ok(Self {
            group_id: row.get(0)?,
            attribute_id: row.get(1)?,
            sort_order: row.get(2)?,
        })
    }
}

/// The set of an entity type with this name, other than `except`.
pub(crate) async fn named(
    session: &mut Session,
    entity_type_id: i64,
    name: &str,
    except: i64,
) -> Result<Option<i64>> {
    let sql = "SELECT attribute_set_id FROM {eav_attribute_set} \
               WHERE attribute_set_name = ? AND entity_type_id = ? AND attribute_set_id <> ?";
    Ok(session
        .fetch_optional(sql, params![name, entity_type_id, except])
        .await?)
}

/// Adds a set; its id.
pub(crate) async fn insert(
    session: &mut Session,
    entity_type_id: i64,
    name: &str,
    sort_order: i64,
) -> Result<i64> {
    let sql =
        "INSERT INTO {eav_attribute_set} (entity_type_id, attribute_set_name, sort_order) VALUES (?, ?, ?)";
    let done = session
        .execute(sql, params![entity_type_id, name, sort_order])
        .await;
    Ok(done.map_err(not_saved)?.last_id)
}

/// Changes a set; what is `None` stays.
pub(crate) async fn update(
    session: &mut Session,
    id: i64,
    name: Option<&str>,
    sort_order: Option<i64>,
) -> Result<()> {
    let sql = "UPDATE {eav_attribute_set} SET attribute_set_name = COALESCE(?, attribute_set_name), \
               sort_order = COALESCE(?, sort_order) WHERE attribute_set_id = ?";
    let done = session.execute(sql, params![name, sort_order, id]).await;
    done.map_err(not_saved)?;
    Ok(())
}

/// Another call was faster with the same name.
fn not_saved(error: db::Error) -> Error {
    match error {
        db::Error::Duplicate { .. } => Error::invalid(
            "The attribute set couldn't be saved due to an error. Verify your information and try again. \
             If the error persists, please try again later.",
        ),
        other => other.into(),
    }
}

/// Removes a set; the database removes its groups and places.
pub(crate) async fn delete(session: &mut Session, id: i64) -> Result<()> {
    let sql = "DELETE FROM {eav_attribute_set} WHERE attribute_set_id = ?";
    session.execute(sql, params![id]).await?;
    Ok(())
}

/// The groups of a set, in order.
pub(crate) async fn groups(session: &mut Session, set_id: i64) -> Result<Vec<AttributeGroup>> {
    let sql = "SELECT attribute_group_id, attribute_set_id, attribute_group_name, attribute_group_code, \
               tab_group_code, sort_order, default_id FROM {eav_attribute_group} WHERE attribute_set_id = ? \
               ORDER BY sort_order, attribute_group_id";
    Ok(session.fetch_all(sql, params![set_id]).await?)
}

/// The places of a set, in order.
pub(crate) async fn places(session: &mut Session, set_id: i64) -> Result<Vec<PlaceRow>> {
    let sql = "SELECT attribute_group_id, attribute_id, sort_order FROM {eav_entity_attribute} \
               WHERE attribute_set_id = ? ORDER BY sort_order, entity_attribute_id";
    Ok(session.fetch_all(sql, params![set_id]).await?)
}

/// The attributes of a set with their sort orders, by the id of their places.
pub(crate) async fn attributes(session: &mut Session, set_id: i64) -> Result<Vec<(i64, i64)>> {
    let sql = "SELECT attribute_id, sort_order FROM {eav_entity_attribute} WHERE attribute_set_id = ? \
               ORDER BY entity_attribute_id";
    Ok(session.fetch_all(sql, params![set_id]).await?)
}

const GROUP: &[&str] = &[
    "attribute_set_id",
    "attribute_group_name",
    "sort_order",
    "default_id",
    "attribute_group_code",
    "tab_group_code",
];

/// Adds copies of groups to a set.
pub(crate) async fn insert_groups(
    session: &mut Session,
    set_id: i64,
    groups: &[AttributeGroup],
) -> Result<()> {
    if groups.is_empty() {
        return Ok(());
    }
    let sql = dialect::insert_rows("eav_attribute_group", GROUP, groups.len());
    let params: Vec<Param> = groups
        .iter()
        .flat_map(|group| {
            [
                Param::from(set_id),
                Param::from(&group.name),
                Param::from(group.sort_order),
                Param::from(group.default_id),
                Param::from(&group.code),
                Param::from(group.tab_code.clone()),
            ]
        })
        .collect();
    session.execute(&sql, &params).await?;
    Ok(())
}

/// Adds a group; its id.
pub(crate) async fn insert_group(session: &mut Session, group: &AttributeGroup) -> Result<i64> {
    let sql = dialect::insert_rows("eav_attribute_group", &GROUP[..5], 1);
    let params = params![
        group.set_id,
        &group.name,
        group.sort_order,
        group.default_id,
        &group.code
    ];
    let done = session.execute(&sql, params).await;
    Ok(done.map_err(group_not_saved)?.last_id)
}

/// Another call was faster with the same name or code.
fn group_not_saved(error: db::Error) -> Error {
    match error {
        db::Error::Duplicate { .. } => Error::invalid("The attributeGroup can't be saved."),
        other => other.into(),
    }
}

/// Changes a group; what is `None` stays.
pub(crate) async fn update_group(
    session: &mut Session,
    id: i64,
    name: Option<&str>,
    code: Option<&str>,
    sort_order: i64,
) -> Result<()> {
    let sql = "UPDATE {eav_attribute_group} SET attribute_group_name = COALESCE(?, attribute_group_name), \
               attribute_group_code = COALESCE(?, attribute_group_code), sort_order = ? \
               WHERE attribute_group_id = ?";
    let done = session.execute(sql, params![name, code, sort_order, id]).await;
    done.map_err(group_not_saved)?;
    Ok(())
}

/// Removes a group; the database removes its places.
pub(crate) async fn delete_group(session: &mut Session, id: i64) -> Result<()> {
    let sql = "DELETE FROM {eav_attribute_group} WHERE attribute_group_id = ?";
    session.execute(sql, params![id]).await?;
    Ok(())
}

/// The group of a set, other than `except`, that has this name or this code.
pub(crate) async fn same_group(
    session: &mut Session,
    set_id: i64,
    name: &str,
    code: &str,
    except: i64,
) -> Result<Option<i64>> {
    let sql = "SELECT attribute_group_id FROM {eav_attribute_group} WHERE attribute_set_id = ? \
               AND (attribute_group_name = ? OR attribute_group_code = ?) AND attribute_group_id <> ?";
    Ok(session
        .fetch_optional(sql, params![set_id, name, code, except])
        .await?)
}

/// The last position of a group in a set.
pub(crate) async fn last_group(session: &mut Session, set_id: i64) -> Result<i64> {
    let sql = "SELECT MAX(sort_order) FROM {eav_attribute_group} WHERE attribute_set_id = ?";
    let last: Option<i64> = session.fetch_one(sql, params![set_id]).await?;
    Ok(last.unwrap_or_default())
}

/// Adds places to a set.
pub(crate) async fn insert_places(
    session: &mut Session,
    entity_type_id: i64,
    set_id: i64,
    places: &[PlaceRow],
) -> Result<()> {
    if places.is_empty() {
        return Ok(());
    }
    let columns = [
        "entity_type_id",
        "attribute_set_id",
        "attribute_group_id",
        "attribute_id",
        "sort_order",
    ];
    let sql = dialect::insert_rows("eav_entity_attribute", &columns, places.len());
    let params: Vec<Param> = places
        .iter()
        .flat_map(|place| {
            [
                entity_type_id,
                set_id,
                place.group_id,
                place.attribute_id,
                place.sort_order,
            ]
            .map(Param::from)
        })
        .collect();
    session.execute(&sql, &params).await?;
    Ok(())
}

/// The place of an attribute in a set.
pub(crate) async fn place(session: &mut Session, set_id: i64, attribute_id: i64) -> Result<Option<i64>> {
    let sql = "SELECT entity_attribute_id FROM {eav_entity_attribute} WHERE attribute_set_id = ? AND attribute_id = ?";
    Ok(session.fetch_optional(sql, params![set_id, attribute_id]).await?)
}

/// Takes an attribute out of a set.
pub(crate) async fn delete_place(session: &mut Session, set_id: i64, attribute_id: i64) -> Result<()> {
    let sql = "DELETE FROM {eav_entity_attribute} WHERE attribute_set_id = ? AND attribute_id = ?";
    session.execute(sql, params![set_id, attribute_id]).await?;
    Ok(())
}

/// The sets that a search finds, and how many there are.
pub(crate) async fn search_sets(
    session: &mut Session,
    search: &Search,
    condition: Option<i64>,
) -> Result<Result<(Vec<AttributeSet>, i64), UnknownField>> {
    use db::search::{Column, Kind};
    const COLUMNS: &[Column] = &[
        Column {
            field: "attribute_set_id",
            sql: "s.attribute_set_id",
            kind: Kind::Number,
        },
        Column {
            field: "entity_type_id",
            sql: "s.entity_type_id",
            kind: Kind::Number,
        },
        Column {
            field: "attribute_set_name",
            sql: "s.attribute_set_name",
            kind: Kind::Text,
        },
        Column {
            field: "sort_order",
            sql: "s.sort_order",
            kind: Kind::Number,
        },
        Column {
            field: "entity_type_code",
            sql: "t.entity_type_code",
            kind: Kind::Text,
        },
    ];
    let mut found = match search.render(session.engine(), COLUMNS) {
        Ok(found) => found,
        Err(unknown) => return Ok(Err(unknown)),
    };
    if let Some(entity_type_id) = condition {
        and(&mut found, "s.entity_type_id = ?", entity_type_id);
    }
    let from = " FROM {eav_attribute_set} s \
                JOIN {eav_entity_type} t ON t.entity_type_id = s.entity_type_id"
        .to_owned()
        + &found.filter;
    let count = "SELECT COUNT(*)".to_owned() + &from;
    let mut sql =
        "SELECT s.attribute_set_id, s.entity_type_id, s.attribute_set_name, s.sort_order".to_owned();
    sql.push_str(&from);
    sql.push_str(&then(&found.order, "s.attribute_set_id"));
    sql.push_str(&found.window);
    let rows = session.fetch_all(&sql, &found.params).await?;
    Ok(Ok((rows, session.fetch_one(&count, &found.params).await?)))
}

/// The groups that a search finds, and how many there are.
pub(crate) async fn search_groups(
    session: &mut Session,
    search: &Search,
) -> Result<Result<(Vec<AttributeGroup>, i64), UnknownField>> {
    use db::search::{Column, Kind};
    const COLUMNS: &[Column] = &[
        Column {
            field: "attribute_group_id",
            sql: "attribute_group_id",
            kind: Kind::Number,
        },
        Column {
            field: "attribute_set_id",
            sql: "attribute_set_id",
            kind: Kind::Number,
        },
        Column {
            field: "attribute_group_name",
            sql: "attribute_group_name",
            kind: Kind::Text,
        },
        Column {
            field: "attribute_group_code",
            sql: "attribute_group_code",
            kind: Kind::Text,
        },
        Column {
            field: "tab_group_code",
            sql: "tab_group_code",
            kind: Kind::Text,
        },
        Column {
            field: "sort_order",
            sql: "sort_order",
            kind: Kind::Number,
        },
        Column {
            field: "default_id",
            sql: "default_id",
            kind: Kind::Number,
        },
    ];
    let found = match search.render(session.engine(), COLUMNS) {
        Ok(found) => found,
        Err(unknown) => return Ok(Err(unknown)),
    };
    // Without an order they stand by their own (`spec/webapi.md §13.8`).
    let order = match found.order.as_str() {
        "" => " ORDER BY sort_order, attribute_group_id".to_owned(),
        order => then(order, "attribute_group_id"),
    };
    let count = "SELECT COUNT(*) FROM {eav_attribute_group}".to_owned() + &found.filter;
    let mut sql = "SELECT attribute_group_id, attribute_set_id, attribute_group_name, attribute_group_code, \
                   tab_group_code, sort_order, default_id FROM {eav_attribute_group}"
        .to_owned();
    sql.push_str(&found.filter);
    sql.push_str(&order);
    sql.push_str(&found.window);
    let rows = session.fetch_all(&sql, &found.params).await?;
    Ok(Ok((rows, session.fetch_one(&count, &found.params).await?)))
}

/// Adds a condition to a search.
pub(crate) fn and(found: &mut Rendered, condition: &str, value: i64) {
    found.filter.push_str(if found.filter.is_empty() {
        " WHERE "
    } else {
        " AND "
    });
    found.filter.push_str(condition);
    found.params.push(value.into());
}

/// Adds a last sort key to an order, so that pages do not overlap.
pub(crate) fn then(order: &str, key: &str) -> String {
    match order {
        "" => format!(" ORDER BY {key}"),
        order => format!("{order}, {key}"),
    }
}
