//! The SQL of the tables of taxes.

pub(crate) mod install;

use db::{Result, Session, params};

/// The tax classes of a type (`PRODUCT`, `CUSTOMER`) by id, with their names.
pub(crate) async fn classes(session: &mut Session, class_type: &str) -> Result<Vec<(i64, String)>> {
    let sql = "SELECT class_id, class_name FROM {tax_class} WHERE class_type = ? ORDER BY class_id";
    session.fetch_all(sql, params![class_type]).await
}

/// The tax classes of customers by id, with their names.
///
/// # Errors
/// The database cannot be read.
pub async fn customer_classes(session: &mut Session) -> Result<Vec<(i64, String)>> {
    classes(session, "CUSTOMER").await
}
