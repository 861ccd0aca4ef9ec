//! Telling whether rows have changed, without reading them: for what a process keeps in memory.

use std::fmt::Write as _;

use crate::{Db, Engine, Result, params};

/// What a fingerprint is taken of: a table, and those of its columns that matter.
#[derive(Debug, Clone, Copy)]
pub enum Watched {
    /// A digest of every row.
    Rows(&'static str, &'static [&'static str]),
    /// The sums of columns of numbers. An order of magnitude cheaper; for large tables whose rows are added or grow,
    /// since changes that cancel each other out are not seen.
    Sums(&'static str, &'static [&'static str]),
}

/// The state of some tables at a moment.
///
/// On SQLite equal ones mean that nothing was committed in between. On MySQL it is a digest: equal ones mean equal
/// rows but for a chance of about 1 in 2^60. It is no defence against somebody who may write these tables and
/// looks for rows that collide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprint(State);

#[derive(Debug, Clone, PartialEq, Eq)]
enum State {
    /// The counter of the file: any commit changes it, also one to other tables.
    File(i64),
    /// For each table the number of rows and the sum of their digests.
    Tables(Vec<(i64, String)>),
}

impl Db {
    /// The fingerprint of these tables, as far as the named columns go. Costs SQLite a look at the file's
    /// counter, MySQL one statement that reads all rows (`docs/adr/0003-memory-follows-the-database.md`).
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn fingerprint(&self, tables: &[Watched]) -> Result<Fingerprint> {
        if let Some(counter) = self.change_counter().await? {
            return Ok(Fingerprint(State::File(counter)));
        }
        debug_assert_eq!(self.engine(), Engine::MySql);
        let state = self.session().fetch_all(&digests(tables), params![]).await?;
        Ok(Fingerprint(State::Tables(state)))
    }
}

/// A row for each table, in order: the number of rows and the sum of 60 bits of the MD5 of each row. Each value has its
/// length in front, so that no value can look like the end of one, and NULL is a mark that no value can be. The sum
/// is read as text: it may be wider than 64 bits.
fn digests(tables: &[Watched]) -> String {
    let mut sql = String::new();
    for (index, watched) in tables.iter().enumerate() {
        let union = if index == 0 { "" } else { " UNION ALL " };
        let (table, sum) = match watched {
            Watched::Rows(table, columns) => (table, digest(columns)),
            Watched::Sums(table, columns) => {
                let sums = columns
                    .iter()
                    .map(|column| format!("SUM(`{column}`)"))
                    .collect::<Vec<_>>();
                (
                    table,
                    format!("COALESCE(CONCAT_WS('|', {}), '')", sums.join(", ")),
                )
            }
        };
        let _ = write!(sql, "{union}SELECT COUNT(*), {sum} FROM {{{table}}}");
    }
    sql
}

fn digest(columns: &[&str]) -> String {
    let values = columns
        .iter()
        .map(|column| format!("COALESCE(CONCAT(CHAR_LENGTH(`{column}`), ':', `{column}`), '-')"))
        .collect::<Vec<_>>()
        .join(", ");
    let digest = format!("CAST(CONV(LEFT(MD5(CONCAT_WS('|', {values})), 15), 16, 10) AS UNSIGNED)");
    format!("CAST(COALESCE(SUM({digest}), 0) AS CHAR)")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_statement_covers_all_tables() {
        assert_eq!(
            digests(&[
                Watched::Rows("store", &["store_id", "code"]),
                Watched::Sums("flag", &["a", "b"])
            ]),
            "SELECT COUNT(*), CAST(COALESCE(SUM(CAST(CONV(LEFT(MD5(CONCAT_WS('|', \
             COALESCE(CONCAT(CHAR_LENGTH(`store_id`), ':', `store_id`), '-'), \
             COALESCE(CONCAT(CHAR_LENGTH(`code`), ':', `code`), '-'))), 15), 16, 10) AS UNSIGNED)), 0) AS CHAR) \
             FROM {store} UNION ALL SELECT COUNT(*), COALESCE(CONCAT_WS('|', SUM(`a`), SUM(`b`)), '') FROM {flag}"
        );
    }
}
