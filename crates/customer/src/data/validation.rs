//! What is wrong with a customer.

use contract::DataObject;

/// Whether the given data is valid, and why not.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("customer-data-validation-results-interface")]
pub struct ValidationResults {
    /// If the provided data is valid.
    pub valid: bool,
    /// Error messages, none when it is valid.
    pub messages: Vec<String>,
}
