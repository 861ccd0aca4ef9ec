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
use crate::repo::price_index::{self as index, PriceRow};
use crate::repo::product::ProductRow;

/// The indexer's id.
const INDEXER: &str = "catalog_product_price";

/// Rows by product, website and customer group.
type Rows = HashMap<(i64, i64, i64), PriceRow>;

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
    let ids: Vec<i64> = products.iter().map(|product| product.id).collect();
    let contents = contents(&products, &source, &ids);
    let mut rows: Rows = HashMap::new();
    if !contents.is_empty() {
        for row in index::load(cx.session(), &contents).await? {
            rows.insert((row.product, row.website, row.group), row);
        }
    }
    let required = required_options(cx, &source, &products).await?;
    for kind in ["", "configurable", "bundle", "grouped"] {
        for product in products.iter().filter(|product| order(product) == kind) {
            let made = match kind {
                "configurable" => composite::configurable(&source, product, &rows),
                "bundle" => composite::bundle(&source, product, &rows),
                "grouped" => composite::grouped(&source, product, &required, &rows),
                _ => basic::rows(&source, product),
            };
            rows.extend(
                made.into_iter()
                    .map(|row| ((row.product, row.website, row.group), row)),
            );
        }
    }
    let mut made: Vec<PriceRow> = rows
        .into_values()
        .filter(|row| ids.contains(&row.product))
        .collect();
    made.sort_by_key(|row| (row.product, row.website, row.group));
    if !are_new || ids.len() > 1 {
        index::delete(cx.session(), &ids).await?;
    }
    index::insert(cx.session(), &made).await
}

/// In which turn a product's rows are made.
fn order(product: &ProductRow) -> &str {
    match product.type_id.as_str() {
        "configurable" | "bundle" | "grouped" => &product.type_id,
        _ => "",
    }
}

/// What the products contain and is not made again itself.
fn contents(products: &[ProductRow], source: &Source, made: &[i64]) -> Vec<i64> {
    let contained = products.iter().flat_map(|product| source.children(product.id));
    let ids: BTreeSet<i64> = contained.filter(|id| !made.contains(id)).collect();
    ids.into_iter().collect()
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
