//! Telling whether rows have changed, without reading them: for what a process keeps in memory.

use std::fmt::Write as _;

use crate::{Db, Engine, Result, params};

/// The state of some tables at a moment. Equal ones mean equal rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprint(State);

#[derive(Debug, Clone, PartialEq, Eq)]
enum State {
    /// The counter of the file: any commit changes it, also one to other tables.
    File(i64),
    /// For each table the number of rows and the sum of their checksums.
    Tables(Vec<(i64, String)>),
}

impl Db {
    /// The fingerprint of these tables, as far as the named columns go; one cheap statement on either engine.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn fingerprint(&self, tables: &[(&str, &[&str])]) -> Result<Fingerprint> {
        if let Some(counter) = self.change_counter().await? {
            return Ok(Fingerprint(State::File(counter)));
        }
        debug_assert_eq!(self.engine(), Engine::MySql);
        let state = self.session().fetch_all(&checksums(tables), params![]).await?;
        Ok(Fingerprint(State::Tables(state)))
    }
}

/// A row for each table, in order. The sum is read as text: it may be wider than 64 bits.
fn checksums(tables: &[(&str, &[&str])]) -> String {
    let mut sql = String::new();
    for (index, (table, columns)) in tables.iter().enumerate() {
        let union = if index == 0 { "" } else { " UNION ALL " };
        let values = columns
            .iter()
            .map(|column| format!("COALESCE(`{column}`, '~')"))
            .collect::<Vec<_>>()
            .join(", ");
        let sum = format!("CAST(COALESCE(SUM(CRC32(CONCAT_WS('|', {values}))), 0) AS CHAR)");
        let _ = write!(sql, "{union}SELECT COUNT(*), {sum} FROM {{{table}}}");
    }
    sql
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_statement_covers_all_tables() {
        assert_eq!(
            checksums(&[("store", &["store_id", "code"]), ("flag", &["v"])]),
            "SELECT COUNT(*), CAST(COALESCE(SUM(CRC32(CONCAT_WS('|', COALESCE(`store_id`, '~'), \
             COALESCE(`code`, '~')))), 0) AS CHAR) FROM {store} UNION ALL SELECT COUNT(*), \
             CAST(COALESCE(SUM(CRC32(CONCAT_WS('|', COALESCE(`v`, '~')))), 0) AS CHAR) FROM {flag}"
        );
    }
}
