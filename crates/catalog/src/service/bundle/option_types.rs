//! Input types of options.

use contract::{Cx, Result, operation};

use crate::data::bundle::BundleOptionType;

/// Lists the input types that options of bundles can have.
#[operation("bundleProductOptionTypeListV1", "Input types of options of bundles.")]
#[route(GET "/V1/bundle-products/options/types" => "Magento_Catalog::products")]
pub(crate) async fn get_items(_: &mut Cx<'_>) -> Result<Vec<BundleOptionType>> {
    let types = [
        ("Drop-down", "select"),
        ("Radio Buttons", "radio"),
        ("Checkbox", "checkbox"),
        ("Multiple Select", "multi"),
    ];
    Ok(types
        .map(|(label, code)| BundleOptionType {
            label: label.to_owned(),
            code: code.to_owned(),
            ..BundleOptionType::default()
        })
        .into())
}
