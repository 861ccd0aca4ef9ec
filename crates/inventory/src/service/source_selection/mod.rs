//! Which sources ship what.

mod sources;

use std::collections::{BTreeMap, HashMap};

use contract::{Cx, Error, Operation, Result, operation};
use rust_decimal::Decimal;

use crate::data::source_selection::{
    Algorithm, InventoryRequest, ItemRequest, SelectionItem, SelectionResult,
};
use crate::repo::source_selection::{Offer, offers};

/// The operations of this folder.
pub(crate) static OPERATIONS: &[&Operation] = &[&EXECUTE, &GET_LIST];

const DISTANCE: &str = "distance";

const PRIORITY: &str = "priority";

/// Lists the ways to select sources.
#[operation(
    "inventorySourceSelectionApiGetSourceSelectionAlgorithmListV1",
    "Ways to select sources."
)]
#[route(GET "/V1/inventory/source-selection-algorithm-list" => "Magento_InventorySourceSelectionApi::source_selection_algorithm")]
pub(crate) async fn get_list(_cx: &mut Cx<'_>) -> Result<Vec<Algorithm>> {
    let algorithm = |code: &str, title: &str, description: &str| Algorithm {
        code: code.to_owned(),
        title: title.to_owned(),
        description: description.to_owned(),
        ..Algorithm::default()
    };
    Ok(vec![
        algorithm(
            DISTANCE,
            "Distance Priority",
            "Algorithm which provides Source Selections based on shipping address distance from the source",
        ),
        algorithm(
            PRIORITY,
            "Source Priority",
            "Algorithm which provides Source Selections based on predefined priority of Source",
        ),
    ])
}

/// Tells which sources of a stock ship what is asked for.
#[operation(
    "inventorySourceSelectionApiSourceSelectionServiceV1",
    "Selections of sources."
)]
#[route(POST "/V1/inventory/source-selection-algorithm-result" => "Magento_InventorySourceSelectionApi::source_selection_algorithm_post")]
pub(crate) async fn execute(
    cx: &mut Cx<'_>,
    inventory_request: InventoryRequest,
    algorithm_code: String,
) -> Result<SelectionResult> {
    let stock_id = inventory_request
        .stock_id
        .ok_or_else(|| Error::required(["stockId"]))?;
    let items = inventory_request
        .items
        .ok_or_else(|| Error::required(["items"]))?;
    let wanted = wanted(items)?;
    let codes = match algorithm_code.as_str() {
        PRIORITY => sources::by_priority(cx, stock_id).await?,
        DISTANCE => {
            let address = inventory_request.extension_attributes.0.destination_address;
            sources::by_distance(cx, stock_id, address).await?
        }
        // Magento answers 500.
        other => {
            return Err(
                Error::invalid("There is no such Source Selection Algorithm implemented: %1")
                    .with_next(other),
            );
        }
    };
    let skus: Vec<&str> = wanted.keys().map(String::as_str).collect();
    let offers = offers(cx.session(), &skus).await?;
    Ok(select(wanted, offers, &codes))
}

/// The quantity of each SKU, in lower case; of an SKU that is named twice the last one counts.
fn wanted(items: Vec<ItemRequest>) -> Result<BTreeMap<String, Decimal>> {
    let mut wanted = BTreeMap::new();
    for item in items {
        // Magento dies of an item that lacks one of them.
        let sku = item.sku.ok_or_else(|| Error::required(["sku"]))?;
        let qty = item.qty.ok_or_else(|| Error::required(["qty"]))?;
        wanted.insert(sku.to_lowercase(), qty);
    }
    Ok(wanted)
}

/// Takes what is offered from the first sources. A source without any is named too.
fn select(mut wanted: BTreeMap<String, Decimal>, offers: Vec<Offer>, codes: &[String]) -> SelectionResult {
    let ranks: HashMap<String, usize> = codes
        .iter()
        .enumerate()
        .map(|(rank, code)| (code.to_lowercase(), rank))
        .collect();
    let mut offers: Vec<(usize, Offer)> = offers
        .into_iter()
        .filter_map(|offer| Some((*ranks.get(&offer.source_code.to_lowercase())?, offer)))
        .collect();
    offers.sort_by_key(|(rank, _)| *rank);
    let mut selected = Vec::new();
    for (_, offer) in offers {
        let Some(open) = wanted.get_mut(&offer.sku.to_lowercase()) else {
            continue;
        };
        let taken = offer.quantity.max(Decimal::ZERO).min(*open);
        *open -= taken;
        selected.push(SelectionItem {
            source_code: offer.source_code,
            sku: offer.sku,
            qty_to_deduct: taken,
            qty_available: offer.quantity,
            ..SelectionItem::default()
        });
    }
    SelectionResult {
        source_selection_items: selected,
        shippable: wanted.values().all(|open| *open <= Decimal::ZERO),
        ..SelectionResult::default()
    }
}

#[cfg(test)]
mod tests;
