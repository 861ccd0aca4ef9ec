//! Products with what storefronts show of them.

use std::sync::Arc;

use contract::{DataObject, Extension};
use rust_decimal::Decimal;

/// Extension attributes of a button.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-product-render-button-extension-interface")]
pub struct ButtonExtension {}

/// A button that asks something of the server: add to cart, add to compare.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-product-render-button-interface")]
pub struct Button {
    /// Post data.
    #[data(required)]
    pub post_data: Option<String>,
    /// Url, needed to add product to cart.
    pub url: String,
    /// Flag whether a product has options or not.
    #[data(required)]
    pub required_options: Option<bool>,
    /// Extension attributes.
    pub extension_attributes: Extension<ButtonExtension>,
}

/// Extension attributes of formatted prices.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-product-render-formatted-price-info-extension-interface")]
pub struct FormattedPricesExtension {}

/// Prices as HTML.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-product-render-formatted-price-info-interface")]
pub struct FormattedPrices {
    /// Html with final price.
    pub final_price: String,
    /// Max price of a product.
    pub max_price: String,
    /// The minimal price of the product or variation.
    pub minimal_price: String,
    /// Max regular price.
    pub max_regular_price: String,
    /// Minimal regular price.
    #[data(required)]
    pub minimal_regular_price: Option<String>,
    /// Special price.
    #[data(required)]
    pub special_price: Option<String>,
    /// Price without discounts and special price.
    pub regular_price: String,
    /// Extension attributes.
    pub extension_attributes: Extension<FormattedPricesExtension>,
}

/// Extension attributes of a manufacturer's price.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("msrp-data-product-render-msrp-price-info-extension-interface")]
pub struct MsrpPriceExtension {}

/// The manufacturer's advertised price.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("msrp-data-product-render-msrp-price-info-interface")]
pub struct MsrpPrice {
    /// Price as HTML.
    pub msrp_price: String,
    /// Whether it applies.
    pub is_applicable: String,
    /// Whether the price is shown on a gesture.
    pub is_shown_price_on_gesture: String,
    /// Message.
    pub msrp_message: String,
    /// Explanation.
    pub explanation_message: String,
    /// Extension attributes.
    pub extension_attributes: Extension<MsrpPriceExtension>,
}

/// Extension attributes of a fixed tax.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("weee-data-product-render-weee-adjustment-attribute-extension-interface")]
pub struct WeeeAttributeExtension {}

/// A fixed product tax.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("weee-data-product-render-weee-adjustment-attribute-interface")]
pub struct WeeeAttribute {
    /// Weee attribute amount.
    pub amount: String,
    /// Tax which is calculated to fixed product tax attribute.
    pub tax_amount: String,
    /// Tax amount of weee attribute.
    pub tax_amount_incl_tax: String,
    /// Product amount exclude tax.
    pub amount_excl_tax: String,
    /// Weee attribute code.
    pub attribute_code: String,
    /// Extension attributes.
    #[data(required)]
    pub extension_attributes: Extension<WeeeAttributeExtension>,
}

/// Extension attributes of prices.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-product-render-price-info-extension-interface")]
pub struct PricesExtension {
    /// The manufacturer's advertised price.
    pub msrp: Option<MsrpPrice>,
    /// The prices without tax.
    pub tax_adjustments: Option<Arc<Prices>>,
    /// Fixed product taxes.
    pub weee_attributes: Option<Vec<WeeeAttribute>>,
    /// The final price with fixed product taxes, as HTML.
    pub weee_adjustment: Option<String>,
}

/// Prices, in the currency of the store view.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-product-render-price-info-interface")]
pub struct Prices {
    /// Final price.
    pub final_price: Decimal,
    /// Max price of a product.
    pub max_price: Decimal,
    /// Max regular price.
    pub max_regular_price: Decimal,
    /// Minimal regular price.
    pub minimal_regular_price: Decimal,
    /// Special price.
    #[data(required)]
    pub special_price: Option<Decimal>,
    /// Minimal price.
    pub minimal_price: Decimal,
    /// Regular price.
    pub regular_price: Decimal,
    /// The same as HTML.
    pub formatted_prices: FormattedPrices,
    /// Extension attributes.
    pub extension_attributes: Extension<PricesExtension>,
}

/// Extension attributes of a picture.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-product-render-image-extension-interface")]
pub struct ImageExtension {}

/// A picture at one size.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-product-render-image-interface")]
pub struct Image {
    /// Image url.
    pub url: String,
    /// Image code.
    pub code: String,
    /// Image height.
    pub height: Decimal,
    /// Image width in px.
    pub width: Decimal,
    /// Image label.
    pub label: String,
    /// Resize width.
    pub resized_width: Decimal,
    /// Resize height.
    pub resized_height: Decimal,
    /// Extension attributes.
    pub extension_attributes: Extension<ImageExtension>,
}

/// Extension attributes of a product.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-product-render-extension-interface")]
pub struct ProductRenderExtension {
    /// The summary of reviews, as HTML.
    pub review_html: Option<String>,
    /// Adds the product to the wish list.
    pub wishlist_button: Option<Button>,
}

/// A product with what storefronts show of it.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-product-render-interface")]
pub struct ProductRender {
    /// Adds the product to the cart.
    pub add_to_cart_button: Button,
    /// Adds the product to the comparison.
    pub add_to_compare_button: Button,
    /// Prices.
    pub price_info: Prices,
    /// Enough information, that needed to render image on front.
    pub images: Vec<Image>,
    /// Product url.
    pub url: String,
    /// Product identifier.
    pub id: i64,
    /// Product name.
    pub name: String,
    /// Product type. Such as bundle, grouped, simple, etc...
    pub r#type: String,
    /// Information about product saleability (In Stock).
    pub is_salable: String,
    /// Information about current store id or requested store id.
    pub store_id: i64,
    /// Current or desired currency code to product.
    pub currency_code: String,
    /// Extension attributes.
    #[data(required)]
    pub extension_attributes: Extension<ProductRenderExtension>,
}

/// Products of a page.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-product-render-search-results-interface")]
pub struct ProductRenderSearchResults {
    /// List of products rendered information.
    pub items: Vec<ProductRender>,
}
