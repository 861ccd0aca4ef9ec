//! `indexer_state` and `mview_state`.

use contract::Result;
use db::{Param, Session, dialect};

/// Marks the indexers as invalid, but for those on schedule, whose change log the database's triggers fill
/// (DESIGN §1). Rows that are invalid already stay as they are.
pub(crate) async fn invalidate(session: &mut Session, indexers: &[&str], now: &str) -> Result<()> {
    let sql = "UPDATE {indexer_state} SET status = 'invalid', updated = ? WHERE status <> 'invalid' \
               AND indexer_id IN ("
        .to_owned()
        + &dialect::placeholders(indexers.len())
        + ") AND indexer_id NOT IN (SELECT view_id FROM {mview_state} WHERE mode = 'enabled' AND view_id IS NOT NULL)";
    let mut params = vec![Param::from(now)];
    params.extend(indexers.iter().map(|indexer| Param::from(*indexer)));
    session.execute(&sql, &params).await?;
    Ok(())
}
