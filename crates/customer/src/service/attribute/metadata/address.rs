//! Attributes of addresses.

use contract::{Cx, Result, operation};

use crate::data::attribute::AttributeMetadata;
use crate::service::entity::ADDRESS;

/// The members of the data object that are attributes.
const MEMBERS: &[&str] = &[
    "id",
    "customer_id",
    "region",
    "region_id",
    "country_id",
    "street",
    "company",
    "telephone",
    "fax",
    "postcode",
    "city",
    "firstname",
    "lastname",
    "middlename",
    "prefix",
    "suffix",
    "vat_id",
    "default_shipping",
    "default_billing",
];

/// Get all attribute metadata.
#[operation("customerAddressMetadataV1", "Attributes of addresses.")]
#[route(GET "/V1/attributeMetadata/customerAddress" => "Magento_Customer::customer")]
pub(crate) async fn get_all_attributes_metadata(cx: &mut Cx<'_>) -> Result<Vec<AttributeMetadata>> {
    super::all(cx, ADDRESS).await
}

/// Retrieve attribute metadata.
#[operation("customerAddressMetadataV1")]
#[route(GET "/V1/attributeMetadata/customerAddress/attribute/:attributeCode" => "Magento_Customer::customer")]
pub(crate) async fn get_attribute_metadata(
    cx: &mut Cx<'_>,
    attribute_code: String,
) -> Result<AttributeMetadata> {
    super::one(cx, ADDRESS, attribute_code).await
}

/// Get custom attributes metadata for the given data interface.
#[operation("customerAddressMetadataV1")]
#[route(GET "/V1/attributeMetadata/customerAddress/custom" => "Magento_Customer::customer")]
pub(crate) async fn get_custom_attributes_metadata(
    cx: &mut Cx<'_>,
    data_interface_name: Option<String>,
) -> Result<Vec<AttributeMetadata>> {
    // Any other interface has no attributes here; Magento loads the class, and fails.
    let _ = data_interface_name;
    super::custom(cx, ADDRESS, MEMBERS).await
}

/// Retrieve all attributes filtered by form code.
#[operation("customerAddressMetadataV1")]
#[route(GET "/V1/attributeMetadata/customerAddress/form/:formCode" => "Magento_Customer::customer")]
pub(crate) async fn get_attributes(cx: &mut Cx<'_>, form_code: String) -> Result<Vec<AttributeMetadata>> {
    super::of_form(cx, ADDRESS, form_code).await
}
