//! Searches over one table.

use contract::{Error, Result};
use db::search::{Column, Search};
use db::{FromRow, Session};

/// A table that clients search.
pub(crate) struct Searched {
    /// What is read: a list of columns and the table.
    pub(crate) columns: &'static str,
    /// The table, with its alias if there is one.
    pub(crate) table: &'static str,
    /// What may be filtered and sorted by.
    pub(crate) fields: &'static [Column],
    /// The order of what the sort orders leave open.
    pub(crate) order: &'static str,
}

/// The rows that a search finds, and how many there are on all pages.
pub(crate) async fn search<T: FromRow>(
    session: &mut Session,
    searched: &Searched,
    search: &Search,
) -> Result<(Vec<T>, i64)> {
    // Magento answers 500 to a field that is not there.
    let found = search
        .render(session.engine(), searched.fields)
        .map_err(|unknown| {
            Error::invalid("The \"%1\" attribute name is invalid. Reset the name and try again.")
                .with_next(unknown.0)
        })?;
    let mut from = " FROM ".to_owned();
    from.push_str(searched.table);
    from.push_str(&found.filter);
    let mut sql = "SELECT ".to_owned();
    sql.push_str(searched.columns);
    sql.push_str(&from);
    sql.push_str(if found.order.is_empty() {
        " ORDER BY "
    } else {
        &found.order
    });
    if !found.order.is_empty() {
        sql.push_str(", ");
    }
    sql.push_str(searched.order);
    sql.push_str(&found.window);
    let rows = session.fetch_all(&sql, &found.params).await?;
    let count = session
        .count(&("SELECT COUNT(*)".to_owned() + &from), &found.params)
        .await?;
    Ok((rows, count))
}

/// A column that is searched under its own name.
pub(crate) const fn field(name: &'static str, kind: db::search::Kind) -> Column {
    Column {
        field: name,
        sql: name,
        kind,
    }
}
