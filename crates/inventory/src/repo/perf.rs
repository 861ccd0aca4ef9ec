//! Rows of stock for measurements.

use contract::Result;
use db::{Param, Session, bulk};
use rust_decimal::Decimal;

pub(crate) async fn insert(session: &mut Session, products: &[(i64, String)]) -> Result<()> {
    let quantity = |id: i64| Param::from(Decimal::new((id * 31).rem_euclid(500) * 10_000, 4));
    let status = |id: i64| Param::from(i64::from((id * 31).rem_euclid(500) > 0));
    let (mut items, mut statuses, mut sources) = (Vec::new(), Vec::new(), Vec::new());
    for (id, sku) in products {
        items.extend([
            Param::from(*id),
            Param::from(1_i64),
            quantity(*id),
            status(*id),
            Param::from(0_i64),
        ]);
        statuses.extend([
            Param::from(*id),
            Param::from(0_i64),
            Param::from(1_i64),
            quantity(*id),
            status(*id),
        ]);
        sources.extend([
            Param::from("default"),
            Param::from(sku),
            quantity(*id),
            status(*id),
        ]);
    }
    let columns = &["product_id", "stock_id", "qty", "is_in_stock", "website_id"];
    bulk::insert(session, "cataloginventory_stock_item", columns, &items).await?;
    let columns = &["product_id", "website_id", "stock_id", "qty", "stock_status"];
    bulk::insert(session, "cataloginventory_stock_status", columns, &statuses).await?;
    let columns = &["source_code", "sku", "quantity", "status"];
    Ok(bulk::insert(session, "inventory_source_item", columns, &sources).await?)
}
