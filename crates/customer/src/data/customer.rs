//! Customers.

use contract::search::SearchCriteria;
use contract::{CustomAttributes, DataObject, Extension};

use crate::data::address::Address;

/// Extension attributes of a customer.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("customer-data-customer-extension-interface")]
pub struct CustomerExtension {
    /// Whether they are subscribed to the newsletter.
    pub is_subscribed: Option<bool>,
    /// Whether they let support work in their account: 1 no, 2 yes.
    pub assistance_allowed: Option<i64>,
}

/// A customer. In requests, what is absent or null stays as it is.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("customer-data-customer-interface")]
pub struct Customer {
    /// Customer id.
    pub id: Option<i64>,
    /// Group id.
    pub group_id: Option<i64>,
    /// Id of the default billing address.
    pub default_billing: Option<String>,
    /// Id of the default shipping address.
    pub default_shipping: Option<String>,
    /// Key that confirms the account; none once it is confirmed.
    pub confirmation: Option<String>,
    /// Created at, UTC.
    pub created_at: Option<String>,
    /// Updated at, UTC.
    pub updated_at: Option<String>,
    /// Name of the store view in which the account was made.
    pub created_in: Option<String>,
    /// Date of birth.
    pub dob: Option<String>,
    /// E-mail address.
    #[data(required)]
    pub email: Option<String>,
    /// First name.
    #[data(required)]
    pub firstname: Option<String>,
    /// Last name.
    #[data(required)]
    pub lastname: Option<String>,
    /// Middle name.
    pub middlename: Option<String>,
    /// Prefix.
    pub prefix: Option<String>,
    /// Suffix.
    pub suffix: Option<String>,
    /// Gender: the id of an option.
    pub gender: Option<i64>,
    /// Store id.
    pub store_id: Option<i64>,
    /// Tax or VAT number.
    pub taxvat: Option<String>,
    /// Website id.
    pub website_id: Option<i64>,
    /// Addresses.
    pub addresses: Option<Vec<Address>>,
    /// Whether the group stays as it is when the VAT number is checked: 1 or 0.
    pub disable_auto_group_change: Option<i64>,
    /// Extension attributes.
    pub extension_attributes: Extension<CustomerExtension>,
    /// Values of all other attributes.
    pub custom_attributes: CustomAttributes,
}

/// Found customers.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("customer-data-customer-search-results-interface")]
pub struct CustomerSearchResults {
    /// Customers list.
    pub items: Vec<Customer>,
    /// Search criteria.
    pub search_criteria: SearchCriteria,
    /// Total count.
    pub total_count: i64,
}
