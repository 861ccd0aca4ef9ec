//! Which sources ship what.

use contract::{DataObject, Extension};
use rust_decimal::Decimal;

/// Where something is shipped from or to.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("inventory-source-selection-api-data-address-interface")]
pub(crate) struct Address {
    /// Shipping country
    #[data(required)]
    pub(crate) country: Option<String>,
    /// Shipping postcode
    #[data(required)]
    pub(crate) postcode: Option<String>,
    /// Shipping street address
    #[data(required)]
    pub(crate) street: Option<String>,
    /// Shipping region
    #[data(required)]
    pub(crate) region: Option<String>,
    /// Shipping city
    #[data(required)]
    pub(crate) city: Option<String>,
}

/// Extension attributes of an item.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("inventory-source-selection-api-data-item-request-extension-interface")]
pub(crate) struct ItemRequestExtension {}

/// A quantity of a product to be shipped.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("inventory-source-selection-api-data-item-request-interface")]
pub(crate) struct ItemRequest {
    /// SKU
    #[data(required)]
    pub(crate) sku: Option<String>,
    /// Product Quantity
    #[data(required)]
    pub(crate) qty: Option<Decimal>,
    /// Extension attributes.
    pub(crate) extension_attributes: Extension<ItemRequestExtension>,
}

/// Extension attributes of a request.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("inventory-source-selection-api-data-inventory-request-extension-interface")]
pub(crate) struct InventoryRequestExtension {
    /// Where the items go.
    pub(crate) destination_address: Option<Address>,
}

/// What is to be shipped from a stock.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("inventory-source-selection-api-data-inventory-request-interface")]
pub(crate) struct InventoryRequest {
    /// Stock Id
    #[data(required)]
    pub(crate) stock_id: Option<i64>,
    /// Items
    #[data(required)]
    pub(crate) items: Option<Vec<ItemRequest>>,
    /// Extension attributes.
    pub(crate) extension_attributes: Extension<InventoryRequestExtension>,
}

/// Extension attributes of a selection.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("inventory-source-selection-api-data-source-selection-item-extension-interface")]
pub(crate) struct SelectionItemExtension {}

/// What a source gives.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("inventory-source-selection-api-data-source-selection-item-interface")]
pub(crate) struct SelectionItem {
    /// Source code
    pub(crate) source_code: String,
    /// Item SKU
    pub(crate) sku: String,
    /// Quantity which will be deducted for this source
    pub(crate) qty_to_deduct: Decimal,
    /// Available quantity for this source
    pub(crate) qty_available: Decimal,
    /// Extension attributes.
    pub(crate) extension_attributes: Extension<SelectionItemExtension>,
}

/// Extension attributes of a result.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("inventory-source-selection-api-data-source-selection-result-extension-interface")]
pub(crate) struct SelectionResultExtension {}

/// Which sources ship what.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("inventory-source-selection-api-data-source-selection-result-interface")]
pub(crate) struct SelectionResult {
    /// What each source gives, best source first.
    pub(crate) source_selection_items: Vec<SelectionItem>,
    /// Whether that is all that is to be shipped.
    pub(crate) shippable: bool,
    /// Extension attributes.
    pub(crate) extension_attributes: Extension<SelectionResultExtension>,
}

/// Extension attributes of an algorithm.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("inventory-source-selection-api-data-source-selection-algorithm-extension-interface")]
pub(crate) struct AlgorithmExtension {}

/// A way to select sources.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("inventory-source-selection-api-data-source-selection-algorithm-interface")]
pub(crate) struct Algorithm {
    /// Its name in requests.
    pub(crate) code: String,
    /// Its name for people.
    pub(crate) title: String,
    /// What it goes by.
    pub(crate) description: String,
    /// Extension attributes.
    pub(crate) extension_attributes: Extension<AlgorithmExtension>,
}
