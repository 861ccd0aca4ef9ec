//! `customer_group`.

use contract::Result;
use db::{FromRow, Row, Session, params};

/// A customer group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its id; 0 are those who are not logged in.
    pub id: i64,
    /// Its name.
    pub code: String,
}

impl FromRow for Group {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            code: row.get(1)?,
        })
    }
}

/// All customer groups by id. One statement.
///
/// # Errors
/// The database cannot be read.
pub async fn groups(session: &mut Session) -> Result<Vec<Group>> {
    let sql =
        "SELECT customer_group_id, customer_group_code FROM {customer_group} ORDER BY customer_group_id";
    Ok(session.fetch_all(sql, params![]).await?)
}
