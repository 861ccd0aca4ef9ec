//! What sources offer.

use contract::Result;
use db::{FromRow, Param, Row, Session, dialect};
use rust_decimal::Decimal;

/// SKUs that one statement takes.
const AT_ONCE: usize = 10_000;

/// What a source offers of a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Offer {
    pub(crate) source_code: String,
    /// As stored.
    pub(crate) sku: String,
    pub(crate) quantity: Decimal,
}

impl FromRow for Offer {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        Ok(Self {
            source_code: row.get(0)?,
            sku: row.get(1)?,
            quantity: row.get(2)?,
        })
    }
}

/// What all sources offer of products, enabled or not, oldest first.
pub(crate) async fn offers(session: &mut Session, skus: &[&str]) -> Result<Vec<Offer>> {
    let mut offers = Vec::new();
    for skus in skus.chunks(AT_ONCE) {
        let mut sql = "SELECT source_code, sku, quantity FROM {inventory_source_item} \
                       WHERE status = 1 AND sku IN ("
            .to_owned();
        sql.push_str(&dialect::placeholders(skus.len()));
        sql.push_str(") ORDER BY source_item_id");
        let values: Vec<Param> = skus.iter().copied().map(Param::from).collect();
        offers.extend(session.fetch_all::<Offer>(&sql, &values).await?);
    }
    Ok(offers)
}
