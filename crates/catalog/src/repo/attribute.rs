//! What the catalog keeps beside attributes.

use contract::Result;
use db::search::{Column, Kind};
use db::{Param, Session, dialect, params};

/// The columns of `catalog_eav_attribute` that searches may name, behind the alias `c`.
pub(crate) const SEARCHED: &[Column] = &[
    Column {
        field: "frontend_input_renderer",
        sql: "c.frontend_input_renderer",
        kind: Kind::Text,
    },
    Column {
        field: "is_global",
        sql: "c.is_global",
        kind: Kind::Number,
    },
    Column {
        field: "is_visible",
        sql: "c.is_visible",
        kind: Kind::Number,
    },
    Column {
        field: "is_searchable",
        sql: "c.is_searchable",
        kind: Kind::Number,
    },
    Column {
        field: "is_filterable",
        sql: "c.is_filterable",
        kind: Kind::Number,
    },
    Column {
        field: "is_comparable",
        sql: "c.is_comparable",
        kind: Kind::Number,
    },
    Column {
        field: "is_visible_on_front",
        sql: "c.is_visible_on_front",
        kind: Kind::Number,
    },
    Column {
        field: "is_html_allowed_on_front",
        sql: "c.is_html_allowed_on_front",
        kind: Kind::Number,
    },
    Column {
        field: "is_used_for_price_rules",
        sql: "c.is_used_for_price_rules",
        kind: Kind::Number,
    },
    Column {
        field: "is_filterable_in_search",
        sql: "c.is_filterable_in_search",
        kind: Kind::Number,
    },
    Column {
        field: "used_in_product_listing",
        sql: "c.used_in_product_listing",
        kind: Kind::Number,
    },
    Column {
        field: "used_for_sort_by",
        sql: "c.used_for_sort_by",
        kind: Kind::Number,
    },
    Column {
        field: "apply_to",
        sql: "c.apply_to",
        kind: Kind::Text,
    },
    Column {
        field: "is_visible_in_advanced_search",
        sql: "c.is_visible_in_advanced_search",
        kind: Kind::Number,
    },
    Column {
        field: "position",
        sql: "c.position",
        kind: Kind::Number,
    },
    Column {
        field: "is_wysiwyg_enabled",
        sql: "c.is_wysiwyg_enabled",
        kind: Kind::Number,
    },
    Column {
        field: "is_used_for_promo_rules",
        sql: "c.is_used_for_promo_rules",
        kind: Kind::Number,
    },
    Column {
        field: "is_required_in_admin_store",
        sql: "c.is_required_in_admin_store",
        kind: Kind::Number,
    },
    Column {
        field: "is_used_in_grid",
        sql: "c.is_used_in_grid",
        kind: Kind::Number,
    },
    Column {
        field: "is_visible_in_grid",
        sql: "c.is_visible_in_grid",
        kind: Kind::Number,
    },
    Column {
        field: "is_filterable_in_grid",
        sql: "c.is_filterable_in_grid",
        kind: Kind::Number,
    },
    Column {
        field: "search_weight",
        sql: "c.search_weight",
        kind: Kind::Number,
    },
    Column {
        field: "is_pagebuilder_enabled",
        sql: "c.is_pagebuilder_enabled",
        kind: Kind::Number,
    },
    Column {
        field: "additional_data",
        sql: "c.additional_data",
        kind: Kind::Text,
    },
];

/// Whether configurable products vary by the attribute: any of them, or those of one set.
pub(crate) async fn varies(session: &mut Session, attribute_id: i64, set_id: Option<i64>) -> Result<bool> {
    let mut sql = "SELECT s.product_id FROM {catalog_product_super_attribute} s".to_owned();
    let mut params = vec![Param::from(attribute_id)];
    match set_id {
        Some(set_id) => {
            sql.push_str(
                " JOIN {catalog_product_entity} e ON e.entity_id = s.product_id \
                 WHERE s.attribute_id = ? AND e.attribute_set_id = ? LIMIT 1",
            );
            params.push(Param::from(set_id));
        }
        None => sql.push_str(" WHERE s.attribute_id = ? LIMIT 1"),
    }
    let found: Option<i64> = session.fetch_optional(&sql, &params).await?;
    Ok(found.is_some())
}

/// Removes the values that products of a set have for an attribute. `backend` is its backend type.
pub(crate) async fn clear(
    session: &mut Session,
    backend: &'static str,
    attribute_id: i64,
    set_id: i64,
) -> Result<()> {
    let mut sql = "DELETE FROM {catalog_product_entity_".to_owned();
    sql.push_str(backend);
    sql.push_str(
        "} WHERE attribute_id = ? AND entity_id IN \
         (SELECT entity_id FROM {catalog_product_entity} WHERE attribute_set_id = ?)",
    );
    session.execute(&sql, params![attribute_id, set_id]).await?;
    Ok(())
}

/// Marks indexers, so that Magento builds their indexes again: also those on schedule, whose change logs do not
/// see attributes.
pub(crate) async fn invalidate(session: &mut Session, indexers: &[&str], now: &str) -> Result<()> {
    if indexers.is_empty() {
        return Ok(());
    }
    let sql = "UPDATE {indexer_state} SET status = 'invalid', updated = ? \
               WHERE status <> 'invalid' AND indexer_id IN ("
        .to_owned()
        + &dialect::placeholders(indexers.len())
        + ")";
    let mut params = vec![Param::from(now)];
    params.extend(indexers.iter().map(|indexer| Param::from(*indexer)));
    session.execute(&sql, &params).await?;
    Ok(())
}
