//! The types of products.

use contract::{Cx, Operation, Result, operation};

use crate::data::product_type::ProductType;

pub(crate) static OPERATIONS: &[&Operation] = &[&GET_PRODUCT_TYPES];

/// Codes and labels, in Magento's order (golden `get2000`).
const TYPES: &[(&str, &str)] = &[
    ("simple", "Simple Product"),
    ("virtual", "Virtual Product"),
    ("downloadable", "Downloadable Product"),
    ("bundle", "Bundle Product"),
    ("grouped", "Grouped Product"),
    ("configurable", "Configurable Product"),
];

/// Lists the types of products.
#[operation("catalogProductTypeListV1", "Types of products.")]
#[route(GET "/V1/products/types" => "Magento_Catalog::products", allow_insecure)]
pub(crate) async fn get_product_types(cx: &mut Cx<'_>) -> Result<Vec<ProductType>> {
    let _ = cx;
    let types = TYPES.iter().map(|(name, label)| ProductType {
        name: (*name).to_owned(),
        label: (*label).to_owned(),
        ..ProductType::default()
    });
    Ok(types.collect())
}
