//! What sources hold, by SKU: `inventory_source_item`, `inventory_low_stock_notification_configuration`.

use contract::Result;
use db::{Param, Session, at_scale, dialect, params};
use rust_decimal::Decimal;

use super::source_item::Held;

/// The source that the legacy stock item speaks of.
const DEFAULT_SOURCE: &str = "default";

/// Sets what the default source holds.
pub(crate) async fn save(session: &mut Session, sku: &str, qty: Decimal, in_stock: bool) -> Result<()> {
    let sql = dialect::upsert(
        session.engine(),
        "inventory_source_item",
        &["source_code", "sku", "quantity", "status"],
        &["source_code", "sku"],
        &["quantity", "status"],
    );
    session
        .execute(&sql, params![DEFAULT_SOURCE, sku, at_scale(qty, 4), in_stock])
        .await?;
    Ok(())
}

/// Sets what the default source holds, if it knows the product; whether it does.
pub(crate) async fn update(session: &mut Session, sku: &str, qty: Decimal, in_stock: bool) -> Result<bool> {
    let sql = "UPDATE {inventory_source_item} SET quantity = ?, status = ? WHERE source_code = ? AND sku = ?";
    let executed = session
        .execute(sql, params![qty, in_stock, DEFAULT_SOURCE, sku])
        .await?;
    Ok(executed.rows > 0)
}

/// Sets the quantity below which the default source's stock is low; `None` is the configured one.
pub(crate) async fn set_notify_qty(session: &mut Session, sku: &str, qty: Option<Decimal>) -> Result<()> {
    let sql = dialect::upsert(
        session.engine(),
        "inventory_low_stock_notification_configuration",
        &["source_code", "sku", "notify_stock_qty"],
        &["source_code", "sku"],
        &["notify_stock_qty"],
    );
    session.execute(&sql, params![DEFAULT_SOURCE, sku, qty]).await?;
    Ok(())
}

/// Forgets the quantities below which stock is low, of products in sources.
pub(crate) async fn delete_notify(session: &mut Session, held: &[Held]) -> Result<()> {
    for held in held.chunks(1000) {
        let mut sql = "DELETE FROM {inventory_low_stock_notification_configuration} WHERE ".to_owned();
        sql.push_str(&dialect::row_in(
            session.engine(),
            &["source_code", "sku"],
            held.len(),
        ));
        let values: Vec<Param> = held
            .iter()
            .flat_map(|held| [(&held.source_code).into(), (&held.sku).into()])
            .collect();
        session.execute(&sql, &values).await?;
    }
    Ok(())
}

/// Follows a change of SKU; what is left of an earlier product with the new one goes.
pub(crate) async fn rename(session: &mut Session, from: &str, to: &str) -> Result<()> {
    // The second condition matters when only the letter case changes.
    for sql in [
        "DELETE FROM {inventory_source_item} WHERE sku = ? AND sku <> ?",
        "UPDATE {inventory_source_item} SET sku = ? WHERE sku = ?",
        "DELETE FROM {inventory_low_stock_notification_configuration} WHERE sku = ? AND sku <> ?",
        "UPDATE {inventory_low_stock_notification_configuration} SET sku = ? WHERE sku = ?",
    ] {
        session.execute(sql, params![to, from]).await?;
    }
    Ok(())
}

/// Removes everything about a SKU.
pub(crate) async fn delete(session: &mut Session, sku: &str) -> Result<()> {
    for sql in [
        "DELETE FROM {inventory_source_item} WHERE sku = ?",
        "DELETE FROM {inventory_low_stock_notification_configuration} WHERE sku = ?",
    ] {
        session.execute(sql, params![sku]).await?;
    }
    Ok(())
}
