//! Addresses of customers.

use contract::{CustomAttributes, DataObject, Extension};

use crate::data::region::Region;

/// Extension attributes of an address.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("customer-data-address-extension-interface")]
pub struct AddressExtension {}

/// An address of a customer.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("customer-data-address-interface")]
pub struct Address {
    /// Id.
    pub id: Option<i64>,
    /// Customer id.
    pub customer_id: Option<i64>,
    /// Region.
    pub region: Option<Region>,
    /// Region id.
    pub region_id: Option<i64>,
    /// Country code of two letters.
    pub country_id: Option<String>,
    /// Street, line by line.
    pub street: Option<Vec<String>>,
    /// Company.
    pub company: Option<String>,
    /// Telephone number.
    pub telephone: Option<String>,
    /// Fax number.
    pub fax: Option<String>,
    /// Postcode.
    pub postcode: Option<String>,
    /// City.
    pub city: Option<String>,
    /// First name.
    pub firstname: Option<String>,
    /// Last name.
    pub lastname: Option<String>,
    /// Middle name.
    pub middlename: Option<String>,
    /// Prefix.
    pub prefix: Option<String>,
    /// Suffix.
    pub suffix: Option<String>,
    /// VAT number.
    pub vat_id: Option<String>,
    /// Whether it is the default shipping address; left out when it is not.
    pub default_shipping: Option<bool>,
    /// Whether it is the default billing address; left out when it is not.
    pub default_billing: Option<bool>,
    /// Extension attributes.
    pub extension_attributes: Extension<AddressExtension>,
    /// Values of all other attributes.
    pub custom_attributes: CustomAttributes,
}
