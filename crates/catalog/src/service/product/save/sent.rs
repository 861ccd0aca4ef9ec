//! A product as it was sent.

use contract::{BindCx, BindError, CustomAttribute, Sink, Type, Value, WireValue};

use crate::data::product::Product;

/// A product, and which members were sent: the answer leaves out links and tier prices that are empty and were not
/// sent, when the body named the product's SKU (goldens `product.create-simple`, `product.update-price-int`).
#[derive(Debug, Clone, Default)]
pub(crate) struct Sent {
    pub(crate) product: Product,
    /// The SKU, when it is a text.
    sku: Option<String>,
    /// The SKU stands last: in a PUT it may come from the path.
    sku_is_last: bool,
    links: bool,
    tier_prices: bool,
}

impl Sent {
    /// Leaves out of the answer what Magento leaves out. `by_path` when the path named the product too.
    pub(crate) fn trim(&self, answer: &mut Product, by_path: bool) {
        if self.sku.is_none() || self.sku != answer.sku || by_path && self.sku_is_last {
            return;
        }
        if !self.links && answer.product_links.as_ref().is_some_and(Vec::is_empty) {
            answer.product_links = None;
        }
        if !self.tier_prices && answer.tier_prices.as_ref().is_some_and(Vec::is_empty) {
            answer.tier_prices = None;
        }
    }

    /// The value of a custom attribute that is no attribute of products but a wish about the save.
    pub(crate) fn flag(&self, code: &str) -> bool {
        let sent = self.product.custom_attributes.0.iter();
        let mut sent = sent.filter(|attribute| attribute.code == code);
        sent.any(|CustomAttribute { value, .. }| wire::php::to_bool(value))
    }
}

impl WireValue for Sent {
    const TYPE: Type = <Product as WireValue>::TYPE;

    fn bind(value: Value, cx: &BindCx<'_>) -> Result<Self, BindError> {
        let mut sent = Self::default();
        if let Value::Object(members) = &value {
            sent.sku = members.get("sku").and_then(Value::as_str).map(ToOwned::to_owned);
            sent.sku_is_last = members.keys().next_back().is_some_and(|key| key == "sku");
            sent.links = members.contains_key("product_links");
            sent.tier_prices = members.contains_key("tier_prices");
        }
        sent.product = Product::bind(value, cx)?;
        Ok(sent)
    }

    fn write(&self, out: &mut dyn Sink) {
        self.product.write(out);
    }
}
