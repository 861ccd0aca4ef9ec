//! Attributes of customers.

use contract::{Cx, Result, operation};

use crate::data::attribute::AttributeMetadata;
use crate::service::entity::CUSTOMER;

/// The members of the data object that are attributes.
const MEMBERS: &[&str] = &[
    "id",
    "group_id",
    "default_billing",
    "default_shipping",
    "confirmation",
    "created_at",
    "updated_at",
    "created_in",
    "dob",
    "email",
    "firstname",
    "lastname",
    "middlename",
    "prefix",
    "suffix",
    "gender",
    "store_id",
    "taxvat",
    "website_id",
    "addresses",
    "disable_auto_group_change",
];

/// Get all attribute metadata.
#[operation("customerCustomerMetadataV1", "Attributes of customers.")]
#[route(GET "/V1/attributeMetadata/customer" => "Magento_Customer::customer")]
pub(crate) async fn get_all_attributes_metadata(cx: &mut Cx<'_>) -> Result<Vec<AttributeMetadata>> {
    super::all(cx, CUSTOMER).await
}

/// Retrieve attribute metadata.
#[operation("customerCustomerMetadataV1")]
#[route(GET "/V1/attributeMetadata/customer/attribute/:attributeCode" => "Magento_Customer::customer")]
pub(crate) async fn get_attribute_metadata(
    cx: &mut Cx<'_>,
    attribute_code: String,
) -> Result<AttributeMetadata> {
    super::one(cx, CUSTOMER, attribute_code).await
}

/// Get custom attributes metadata for the given data interface.
#[operation("customerCustomerMetadataV1")]
#[route(GET "/V1/attributeMetadata/customer/custom" => "Magento_Customer::customer")]
pub(crate) async fn get_custom_attributes_metadata(
    cx: &mut Cx<'_>,
    data_interface_name: Option<String>,
) -> Result<Vec<AttributeMetadata>> {
    // Any other interface has no attributes here; Magento loads the class, and fails.
    let _ = data_interface_name;
    super::custom(cx, CUSTOMER, MEMBERS).await
}

/// Retrieve all attributes filtered by form code.
#[operation("customerCustomerMetadataV1")]
#[route(GET "/V1/attributeMetadata/customer/form/:formCode" => "Magento_Customer::customer")]
pub(crate) async fn get_attributes(cx: &mut Cx<'_>, form_code: String) -> Result<Vec<AttributeMetadata>> {
    super::of_form(cx, CUSTOMER, form_code).await
}
