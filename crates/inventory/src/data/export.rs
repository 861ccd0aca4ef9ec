//! The stock of many products.

use contract::search::SearchCriteria;
use contract::{BindCx, BindError, DataObject, DataType, Sink, Type, Value, WireValue, write_object};
use rust_decimal::Decimal;

/// What a stock has of a product.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("inventory-export-stock-api-data-product-stock-index-data-interface")]
pub(crate) struct ProductStock {
    /// Product SKU.
    pub(crate) sku: String,
    /// Product QTY.
    pub(crate) qty: Decimal,
    /// Product is salable flag.
    pub(crate) is_salable: bool,
}

/// An item of a search for stock: Magento's schema does not tell what it has.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Exported(pub(crate) ProductStock);

const EXTENSIBLE: DataType = DataType {
    name: "framework-extensible-data-interface",
    doc: "Interface for entities which can be extended with extension attributes.",
    fields: &[],
};

impl WireValue for Exported {
    const TYPE: Type = Type::Object(|| &EXTENSIBLE);

    fn bind(value: Value, cx: &BindCx<'_>) -> Result<Self, BindError> {
        ProductStock::bind(value, cx).map(Self)
    }

    fn write(&self, out: &mut dyn Sink) {
        write_object(&self.0, out);
    }
}

/// What of the products that a search found can be sold.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("inventory-export-stock-api-data-export-stock-salable-qty-search-result-interface")]
pub(crate) struct SalableQtySearchResult {
    /// Items.
    pub(crate) items: Vec<Exported>,
    /// What was searched.
    pub(crate) search_criteria: SearchCriteria,
    /// How many items there are on this page.
    pub(crate) total_count: i64,
}
