//! One product as it is shown.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use contract::{Extension, StoreScope, Value};
use eav::metadata::EntityType;
use eav::values::Values;
use rust_decimal::{Decimal, RoundingStrategy};
use store::BaseUrls;
use wire::Sink as _;
use wire::json::JsonSink;

use super::money::Money;
use crate::data::render::{
    Button, FormattedPrices, Image, MsrpPrice, Prices, PricesExtension, ProductRender, ProductRenderExtension,
};
use crate::repo::product::ProductRow;
use crate::repo::render::IndexedPrices;

/// Pictures: code, role, width and height, and the folder of the cache where the Luma theme's storefront keeps
/// that size.
const IMAGES: [(&str, &str, i64, i64, &str); 6] = [
    (
        "recently_viewed_products_grid_content_widget",
        "small_image",
        240,
        300,
        GRID,
    ),
    (
        "recently_viewed_products_list_content_widget",
        "small_image",
        270,
        340,
        LIST,
    ),
    (
        "recently_viewed_products_images_names_widget",
        "small_image",
        75,
        90,
        NAMES,
    ),
    (
        "recently_compared_products_grid_content_widget",
        "small_image",
        240,
        300,
        GRID,
    ),
    (
        "recently_compared_products_list_content_widget",
        "small_image",
        270,
        340,
        LIST,
    ),
    (
        "recently_compared_products_images_names_widget",
        "thumbnail",
        75,
        90,
        NAMES,
    ),
];
const GRID: &str = "1975c40220e9be92452d1513c942058c";
const LIST: &str = "ba2e27239cba7c84b8af7a007a03e67a";
const NAMES: &str = "ffd6ea13f885acf77d7cf8dcf67275c5";

const EXPLANATION: &str = "Our price is lower than the manufacturer&#039;s &quot;minimum advertised price.&quot; \
    As a result, we cannot show you the price in catalog or the product page. <br><br> You have no obligation to \
    purchase the product once you know the price. You can simply remove the item from your cart.";

/// What all products of an answer have in common, and what was read of them.
pub(super) struct View<'a> {
    pub(super) scope: StoreScope,
    pub(super) locale: Arc<str>,
    pub(super) currency_code: String,
    pub(super) money: Money,
    /// From the website's base currency to that of the store view.
    pub(super) rate: Decimal,
    pub(super) urls: BaseUrls,
    /// The address of this answer, for buttons that come back to it.
    pub(super) uenc: String,
    pub(super) entity: &'a EntityType,
    pub(super) values: Values,
    pub(super) prices: Vec<IndexedPrices>,
    pub(super) paths: Vec<(i64, String)>,
}

/// An address as Magento hides it in another one: base64 without the letters that mean something in a URL. Only
/// the host of `base` counts.
pub(super) fn uenc(base: &str, target: &str) -> String {
    let host = base.find("://").map_or(0, |place| place + 3);
    let end = base[host..].find('/').map_or(base.len(), |place| host + place);
    let encoded = STANDARD.encode(format!("{}{target}", &base[..end]));
    encoded.replace('+', "-").replace('/', "_").replace('=', "~")
}

/// What a button posts, and where to.
fn post_data(action: &str, product: Value, uenc: &str) -> String {
    let product = match product {
        Value::String(id) => quoted(&id),
        other => other.to_string(),
    };
    let (action, uenc) = (quoted(action), quoted(uenc));
    format!("{{\"action\":{action},\"data\":{{\"product\":{product},\"uenc\":{uenc}}}}}")
}

/// A text as JSON has it.
fn quoted(text: &str) -> String {
    let mut sink = JsonSink::new();
    sink.str(text);
    String::from_utf8(sink.into_bytes()).unwrap_or_default()
}

impl View<'_> {
    pub(super) fn product(&self, row: &ProductRow) -> ProductRender {
        let url = self.url(row);
        let link = &self.urls.link;
        let cart = format!("{link}checkout/cart/add/uenc/%25uenc%25/product/{}/", row.id);
        let compare = format!("{link}catalog/product_compare/add/");
        let wishlist = format!("{link}wishlist/index/add/");
        ProductRender {
            add_to_cart_button: Button {
                post_data: Some(post_data(&cart, Value::from(row.id.to_string()), "%uenc%")),
                url: cart,
                required_options: Some(row.has_options),
                ..Button::default()
            },
            add_to_compare_button: self.button(&compare, Value::from(row.id.to_string())),
            price_info: self.prices(row),
            images: IMAGES.iter().map(|image| self.image(row, image)).collect(),
            id: row.id,
            name: self.value(row, "name").unwrap_or_default().to_owned(),
            r#type: row.type_id.clone(),
            is_salable: "1".to_owned(),
            store_id: self.scope.store_id,
            currency_code: self.currency_code.clone(),
            extension_attributes: Extension(ProductRenderExtension {
                review_html: Some(review_html(&url)),
                wishlist_button: Some(self.button(&wishlist, Value::from(row.id))),
            }),
            url,
        }
    }

    /// A button whose address is what it posts.
    fn button(&self, action: &str, product: Value) -> Button {
        Button {
            url: post_data(action, product, &self.uenc),
            ..Button::default()
        }
    }

    fn value(&self, row: &ProductRow, code: &str) -> Option<&str> {
        self.values.get(row.id, self.entity.attribute(code)?.id)
    }

    fn url(&self, row: &ProductRow) -> String {
        let path = self.paths.iter().find(|(id, _)| *id == row.id);
        match path {
            Some((_, path)) => format!("{}{path}", self.urls.link),
            None => format!("{}catalog/product/view/id/{}/", self.urls.link, row.id),
        }
    }

    fn image(
        &self,
        row: &ProductRow,
        &(code, role, width, height, cache): &(&str, &str, i64, i64, &str),
    ) -> Image {
        let file = self
            .value(row, role)
            .filter(|file| !matches!(*file, "" | "no_selection"));
        let label = self
            .value(row, &format!("{role}_label"))
            .filter(|label| !label.is_empty());
        let url = match file {
            Some(file) => format!("{}catalog/product/cache/{cache}{file}", self.urls.media),
            None => format!(
                "{}frontend/Magento/luma/{}/Magento_Catalog/images/product/placeholder/{role}.jpg",
                self.urls.static_files, self.locale
            ),
        };
        Image {
            url,
            code: code.to_owned(),
            height: Decimal::from(height),
            width: Decimal::from(width),
            label: label
                .or_else(|| self.value(row, "name"))
                .unwrap_or_default()
                .to_owned(),
            resized_width: Decimal::from(width),
            resized_height: Decimal::from(height),
            ..Image::default()
        }
    }

    /// Without taxes: they come with the tax calculation.
    fn prices(&self, row: &ProductRow) -> Prices {
        let found = self.prices.iter().find(|prices| prices.entity_id == row.id);
        let amount = |price: fn(&IndexedPrices) -> Decimal| match (found, self.rate) {
            (None, _) => Decimal::ZERO,
            (Some(found), rate) if rate == Decimal::ONE => price(found),
            // Only what is converted is rounded (golden `ms1350`).
            (Some(found), rate) => {
                (price(found) * rate).round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
            }
        };
        let is_composite = matches!(row.type_id.as_str(), "configurable" | "bundle" | "grouped");
        let (last, most, regular) = match is_composite {
            true => (amount(|p| p.min), amount(|p| p.max), amount(|p| p.min)),
            false => (
                amount(|p| p.r#final),
                amount(|p| p.r#final),
                amount(|p| p.regular),
            ),
        };
        let html = |amount| self.money.html(amount);
        let plain = Prices {
            final_price: last,
            max_price: most,
            max_regular_price: most,
            minimal_regular_price: last,
            special_price: None,
            minimal_price: last,
            regular_price: regular,
            formatted_prices: FormattedPrices {
                final_price: html(last),
                max_price: html(most),
                minimal_price: html(last),
                max_regular_price: html(most),
                minimal_regular_price: None,
                special_price: None,
                regular_price: html(regular),
                ..FormattedPrices::default()
            },
            ..Prices::default()
        };
        let mut without_tax = plain.clone();
        without_tax.special_price = Some(last);
        without_tax.formatted_prices.special_price = Some(html(last));
        Prices {
            extension_attributes: Extension(PricesExtension {
                msrp: Some(MsrpPrice {
                    msrp_price: html(Decimal::ZERO),
                    explanation_message: EXPLANATION.to_owned(),
                    ..MsrpPrice::default()
                }),
                tax_adjustments: Some(Arc::new(without_tax)),
                weee_attributes: Some(Vec::new()),
                weee_adjustment: Some(html(last)),
            }),
            ..plain
        }
    }
}

fn review_html(url: &str) -> String {
    format!(
        "    <div class=\"product-reviews-summary short empty\">\n        <div class=\"reviews-actions\">\n            \
         <a class=\"action add\" href=\"{url}#review-form\">\n                \
         Be the first to review this product            </a>\n        </div>\n    </div>\n"
    )
}
