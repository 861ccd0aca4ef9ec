//! The prices by which storefronts sort and filter (`catalog_product_index_price`), kept as Magento's indexer does
//! after saves of products (`spec/scopes.md` facts 18 and 24): one row for each website and customer group, none
//! while the product is disabled or out of stock. Prices of catalog rules are not in it.

mod basic;
mod composite;
mod source;

use std::collections::{BTreeSet, HashMap};

use contract::{Cx, Result};

use self::source::Source;
use crate::repo;
use crate::repo::price_index::{self as index, Key, PriceRow};
use crate::repo::product::ProductRow;

/// The indexer's id.
const INDEXER: &str = "catalog_product_price";

/// Rows by product, website and customer group.
type Rows = HashMap<Key, PriceRow>;

/// Makes the rows of these products again, and of those that contain them. Does nothing while the indexer is on
/// schedule. A fixed number of statements.
///
/// # Errors
/// The database refuses.
pub(crate) async fn refresh(cx: &mut Cx<'_>, ids: &[i64]) -> Result<()> {
    let products = repo::product::by_ids(cx.session(), ids).await?;
    refresh_rows(cx, products, false).await
}

/// As [`refresh`], for products whose own rows are known. `are_new` when they have no prices yet.
///
/// # Errors
/// The database refuses.
pub(crate) async fn refresh_rows(
    cx: &mut Cx<'_>,
    mut products: Vec<ProductRow>,
    are_new: bool,
) -> Result<()> {
    if products.is_empty() {
        return Ok(());
    }
    let Some(source) = Source::load(cx, &mut products).await? else {
        return Ok(());
    };
    let ids: BTreeSet<i64> = products.iter().map(|product| product.id).collect();
    let (before, mut rows) = stored(cx, &source, &products, &ids, are_new).await?;
    let required = required_options(cx, &source, &products).await?;
    let mut made: Vec<PriceRow> = Vec::new();
    for kind in ["", "configurable", "bundle", "grouped"] {
        for product in products.iter().filter(|product| order(product) == kind) {
            let of_product = match kind {
                "configurable" => composite::configurable(&source, product, &rows),
                "bundle" => composite::bundle(&source, product, &rows),
                "grouped" => composite::grouped(&source, product, &required, &rows),
                _ => basic::rows(&source, product),
            };
            let of_product = of_product.into_iter().map(PriceRow::settled);
            for row in of_product {
                rows.insert(row.key(), row.clone());
                made.push(row);
            }
        }
    }
    let gone: Vec<Key> = before
        .keys()
        .filter(|key| !made.iter().any(|row| row.key() == **key))
        .copied()
        .collect();
    index::delete(cx.session(), &gone).await?;
    made.retain(|row| before.get(&row.key()) != Some(row));
    made.sort_by_key(PriceRow::key);
    index::save(cx.session(), &made).await
}

/// The rows that are there: those of the products themselves, and those of what they contain and is not made again.
async fn stored(
    cx: &mut Cx<'_>,
    source: &Source,
    products: &[ProductRow],
    ids: &BTreeSet<i64>,
    are_new: bool,
) -> Result<(Rows, Rows)> {
    let contained = products.iter().flat_map(|product| source.children(product.id));
    let mut wanted: BTreeSet<i64> = contained.filter(|id| !ids.contains(id)).collect();
    if !are_new || ids.len() > 1 {
        wanted.extend(ids);
    }
    let wanted: Vec<i64> = wanted.into_iter().collect();
    let rows = index::load(cx.session(), &wanted).await?;
    let rows = rows.into_iter().map(|row| (row.key(), row));
    Ok(rows.partition(|(_, row)| ids.contains(&row.product)))
}

/// In which turn a product's rows are made.
fn order(product: &ProductRow) -> &str {
    match product.type_id.as_str() {
        "configurable" | "bundle" | "grouped" => &product.type_id,
        _ => "",
    }
}

/// The contents of groups in which something must be chosen: they count as 0 in the group's lowest price.
async fn required_options(
    cx: &mut Cx<'_>,
    source: &Source,
    products: &[ProductRow],
) -> Result<BTreeSet<i64>> {
    let groups = products.iter().filter(|product| product.type_id == "grouped");
    let ids: Vec<i64> = groups.flat_map(|group| source.children(group.id)).collect();
    let rows = repo::product::by_ids(cx.session(), &ids).await?;
    Ok(rows
        .into_iter()
        .filter(|row| row.required_options)
        .map(|row| row.id)
        .collect())
}
