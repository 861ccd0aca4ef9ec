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
use crate::repo::price_index::{self as index, PriceRow, source as tables};
use crate::repo::product::ProductRow;

/// The indexer's id.
const INDEXER: &str = "catalog_product_price";

/// How deep products contain each other: a group of bundles or configurables.
const DEPTH: usize = 2;

/// Rows by product, website and customer group.
type Rows = HashMap<(i64, i64, i64), PriceRow>;

/// Makes the rows of these products again, and of those that contain them. Does nothing while the indexer is on
/// schedule. A fixed number of statements.
///
/// # Errors
/// The database refuses.
pub(crate) async fn refresh(cx: &mut Cx<'_>, ids: &[i64]) -> Result<()> {
    if ids.is_empty() || repo::indexer::is_on_schedule(cx.session(), INDEXER).await? {
        return Ok(());
    }
    let (ids, relations) = with_containers(cx, ids).await?;
    let products = repo::product::by_ids(cx.session(), &ids).await?;
    let source = Source::load(cx, &products).await?;
    let contents = contents(&products, &relations, &ids);
    let mut rows: Rows = HashMap::new();
    for row in index::load(cx.session(), &contents).await? {
        rows.insert((row.product, row.website, row.group), row);
    }
    let required = required_options(cx, &relations, &products).await?;
    for kind in ["", "configurable", "bundle", "grouped"] {
        for product in products.iter().filter(|product| order(product) == kind) {
            let children = children(&relations, product.id);
            let made = match kind {
                "configurable" => composite::configurable(&source, product, &children, &rows),
                "bundle" => composite::bundle(&source, product, &rows),
                "grouped" => composite::grouped(&source, product, &children, &required, &rows),
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
    index::replace(cx.session(), &ids, &made).await
}

/// In which turn a product's rows are made.
fn order(product: &ProductRow) -> &str {
    match product.type_id.as_str() {
        "configurable" | "bundle" | "grouped" => &product.type_id,
        _ => "",
    }
}

fn children(relations: &BTreeSet<(i64, i64)>, parent: i64) -> Vec<i64> {
    let of_parent = relations.iter().filter(|(container, _)| *container == parent);
    of_parent.map(|(_, child)| *child).collect()
}

/// The products with those that contain them, and what contains what.
async fn with_containers(cx: &mut Cx<'_>, ids: &[i64]) -> Result<(Vec<i64>, BTreeSet<(i64, i64)>)> {
    let mut all: BTreeSet<i64> = ids.iter().copied().collect();
    let mut relations = BTreeSet::new();
    let mut new: Vec<i64> = all.iter().copied().collect();
    for _ in 0..=DEPTH {
        if new.is_empty() {
            break;
        }
        let found = tables::relations(cx.session(), &new, &new).await?;
        let parents: BTreeSet<i64> = found
            .iter()
            .filter(|(_, child)| all.contains(child))
            .map(|(parent, _)| *parent)
            .collect();
        relations.extend(found);
        new = parents.difference(&all).copied().collect();
        all.extend(&new);
    }
    Ok((all.into_iter().collect(), relations))
}

/// What the products contain and is not made again itself.
fn contents(products: &[ProductRow], relations: &BTreeSet<(i64, i64)>, made: &[i64]) -> Vec<i64> {
    let contained = products
        .iter()
        .flat_map(|product| children(relations, product.id));
    let ids: BTreeSet<i64> = contained.filter(|id| !made.contains(id)).collect();
    ids.into_iter().collect()
}

/// The contents of groups in which something must be chosen: they count as 0 in the group's lowest price.
async fn required_options(
    cx: &mut Cx<'_>,
    relations: &BTreeSet<(i64, i64)>,
    products: &[ProductRow],
) -> Result<BTreeSet<i64>> {
    let groups = products.iter().filter(|product| product.type_id == "grouped");
    let ids: Vec<i64> = groups.flat_map(|group| children(relations, group.id)).collect();
    let rows = repo::product::by_ids(cx.session(), &ids).await?;
    Ok(rows
        .into_iter()
        .filter(|row| row.required_options)
        .map(|row| row.id)
        .collect())
}
