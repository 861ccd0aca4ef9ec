//! Many rows at a time.

use crate::{Param, Result, Session, dialect};

/// Rows of one statement: enough that its own cost no longer counts, few enough that its text stays in the cache
/// of prepared statements and its parameters below the engines' limit.
const ROWS: usize = 250;

/// Inserts rows: `values` holds them one after the other, each with a value for every column.
///
/// # Errors
/// As [`Session::execute`]; [`crate::Error::Usage`] when the last row is not complete.
pub async fn insert(session: &mut Session, table: &str, columns: &[&str], values: &[Param]) -> Result<()> {
    if columns.is_empty() || !values.len().is_multiple_of(columns.len()) {
        return Err(crate::Error::Usage(format!("rows of {table} are not complete")));
    }
    let mut sql = String::new();
    let mut rows_of_sql = 0;
    for chunk in values.chunks(ROWS * columns.len()) {
        let rows = chunk.len() / columns.len();
        if rows != rows_of_sql {
            sql = dialect::insert_rows(table, columns, rows);
            rows_of_sql = rows;
        }
        session.execute(&sql, chunk).await?;
    }
    Ok(())
}
