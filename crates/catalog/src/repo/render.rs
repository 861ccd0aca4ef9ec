//! What storefronts show of products: indexed prices and addresses.

use contract::Result;
use db::{FromRow, Param, Row, Session, dialect, params};
use rust_decimal::Decimal;

/// The indexed prices of a product for guests in a website, in its base currency.
pub(crate) struct IndexedPrices {
    pub(crate) entity_id: i64,
    pub(crate) regular: Decimal,
    pub(crate) r#final: Decimal,
    pub(crate) min: Decimal,
    pub(crate) max: Decimal,
}

impl FromRow for IndexedPrices {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        let number = |index| row.get::<Option<Decimal>>(index).map(Option::unwrap_or_default);
        Ok(Self {
            entity_id: row.get(0)?,
            regular: number(1)?,
            r#final: number(2)?,
            min: number(3)?,
            max: number(4)?,
        })
    }
}

/// The indexed prices of the products. One statement.
pub(crate) async fn prices(
    session: &mut Session,
    website_id: i64,
    ids: &[i64],
) -> Result<Vec<IndexedPrices>> {
    let sql = "SELECT entity_id, price, final_price, min_price, max_price FROM {catalog_product_index_price} \
               WHERE customer_group_id = 0 AND website_id = ? AND entity_id IN ("
        .to_owned()
        + &dialect::placeholders(ids.len()) + ")";
    let mut params = params![website_id].to_vec();
    params.extend(ids.iter().copied().map(Param::from));
    Ok(session.fetch_all(&sql, &params).await?)
}

/// The paths of the products in a store view, outside of categories. One statement.
pub(crate) async fn paths(session: &mut Session, store_id: i64, ids: &[i64]) -> Result<Vec<(i64, String)>> {
    let sql =
        "SELECT entity_id, request_path FROM {url_rewrite} WHERE entity_type = 'product' AND store_id = ? \
               AND redirect_type = 0 AND metadata IS NULL AND entity_id IN ("
            .to_owned()
            + &dialect::placeholders(ids.len())
            + ")";
    let mut params = params![store_id].to_vec();
    params.extend(ids.iter().copied().map(Param::from));
    Ok(session.fetch_all(&sql, &params).await?)
}
