//! Searches of attributes.

use contract::Result;
use db::Session;
use db::search::{Column, Kind, Search, UnknownField};

use crate::repo::set::{and, then};

/// Columns of `eav_attribute`; `attribute_id` and `entity_type_id` stand in other tables of the search too.
const OWN: &[Column] = &[
    Column {
        field: "attribute_id",
        sql: "a.attribute_id",
        kind: Kind::Number,
    },
    Column {
        field: "entity_type_id",
        sql: "a.entity_type_id",
        kind: Kind::Number,
    },
    Column {
        field: "attribute_code",
        sql: "a.attribute_code",
        kind: Kind::Text,
    },
    Column {
        field: "attribute_model",
        sql: "a.attribute_model",
        kind: Kind::Text,
    },
    Column {
        field: "backend_model",
        sql: "a.backend_model",
        kind: Kind::Text,
    },
    Column {
        field: "backend_type",
        sql: "a.backend_type",
        kind: Kind::Text,
    },
    Column {
        field: "backend_table",
        sql: "a.backend_table",
        kind: Kind::Text,
    },
    Column {
        field: "frontend_model",
        sql: "a.frontend_model",
        kind: Kind::Text,
    },
    Column {
        field: "frontend_input",
        sql: "a.frontend_input",
        kind: Kind::Text,
    },
    Column {
        field: "frontend_label",
        sql: "a.frontend_label",
        kind: Kind::Text,
    },
    Column {
        field: "frontend_class",
        sql: "a.frontend_class",
        kind: Kind::Text,
    },
    Column {
        field: "source_model",
        sql: "a.source_model",
        kind: Kind::Text,
    },
    Column {
        field: "is_required",
        sql: "a.is_required",
        kind: Kind::Number,
    },
    Column {
        field: "is_user_defined",
        sql: "a.is_user_defined",
        kind: Kind::Number,
    },
    Column {
        field: "default_value",
        sql: "a.default_value",
        kind: Kind::Text,
    },
    Column {
        field: "is_unique",
        sql: "a.is_unique",
        kind: Kind::Number,
    },
    Column {
        field: "note",
        sql: "a.note",
        kind: Kind::Text,
    },
    Column {
        field: "entity_type_code",
        sql: "t.entity_type_code",
        kind: Kind::Text,
    },
];

/// Columns of the places in sets: an attribute is found when one of its places is.
const PLACES: &[Column] = &[
    Column {
        field: "entity_attribute_id",
        sql: "p.entity_attribute_id",
        kind: Kind::Number,
    },
    Column {
        field: "attribute_set_id",
        sql: "p.attribute_set_id",
        kind: Kind::Number,
    },
    Column {
        field: "attribute_group_id",
        sql: "p.attribute_group_id",
        kind: Kind::Number,
    },
    Column {
        field: "sort_order",
        sql: "p.sort_order",
        kind: Kind::Number,
    },
];

/// The attributes of an entity type that a search finds, all of them in order, each once. `additional` are the
/// table with what the entity adds to attributes, under the alias `c`, and its columns.
pub(crate) async fn attributes(
    session: &mut Session,
    entity_type_id: i64,
    search: &Search,
    additional: (&str, &[Column]),
) -> Result<Result<Vec<i64>, UnknownField>> {
    let columns = [OWN, PLACES, additional.1].concat();
    let whole = Search {
        window: None,
        ..search.clone()
    };
    let mut found = match whole.render(session.engine(), &columns) {
        Ok(found) => found,
        Err(unknown) => return Ok(Err(unknown)),
    };
    and(&mut found, "a.entity_type_id = ?", entity_type_id);
    let mut sql = "SELECT a.attribute_id FROM {eav_attribute} a \
                   JOIN {eav_entity_type} t ON t.entity_type_id = a.entity_type_id JOIN {"
        .to_owned();
    sql.push_str(additional.0);
    sql.push_str("} c ON c.attribute_id = a.attribute_id");
    if places_named(search) {
        sql.push_str(" LEFT JOIN {eav_entity_attribute} p ON p.attribute_id = a.attribute_id");
    }
    sql.push_str(&found.filter);
    sql.push_str(&then(&found.order, "a.attribute_id"));
    let mut ids: Vec<i64> = session.fetch_all(&sql, &found.params).await?;
    let mut seen = std::collections::HashSet::new();
    ids.retain(|id| seen.insert(*id));
    Ok(Ok(ids))
}

fn places_named(search: &Search) -> bool {
    let filters = search
        .groups
        .iter()
        .flat_map(|group| &group.0)
        .map(|filter| &filter.field);
    let mut fields = filters.chain(search.sorts.iter().map(|sort| &sort.field));
    fields.any(|field| {
        PLACES
            .iter()
            .any(|column| column.field.eq_ignore_ascii_case(field))
    })
}
