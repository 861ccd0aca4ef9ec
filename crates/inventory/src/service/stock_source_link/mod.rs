//! Which sources a stock consists of.

mod delete;
mod get_list;
mod save;

use contract::{Error, Operation, Result};

use crate::data::stock_source_link::StockSourceLink;
use crate::item::DEFAULT_STOCK;
use crate::service::source::save::DEFAULT_SOURCE;

/// The operations of this folder.
pub(crate) static OPERATIONS: &[&Operation] = &[&get_list::EXECUTE, &save::EXECUTE, &delete::EXECUTE];

/// Whether a link is of the default source or the default stock: that one stays as it is.
fn is_default(link: &StockSourceLink) -> bool {
    link.stock_id == Some(DEFAULT_STOCK) || link.source_code.as_deref() == Some(DEFAULT_SOURCE)
}

fn not_empty<T>(list: &[T]) -> Result<()> {
    if list.is_empty() {
        return Err(Error::invalid("Input data is empty"));
    }
    Ok(())
}

/// The stocks of links, each once.
fn stocks_of(links: &[StockSourceLink]) -> Vec<i64> {
    let mut ids: Vec<i64> = links.iter().filter_map(|link| link.stock_id).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
