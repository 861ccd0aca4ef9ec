//! Tells what is wrong with a customer, without saving.

use contract::{Cx, Result, operation};

use super::draft;
use crate::data::customer::Customer;
use crate::data::validation::ValidationResults;
use crate::service::attribute::{Overrides, View};
use crate::service::entity::CUSTOMER;

/// Validate customer data.
///
/// Only missing values are told, as in Magento: neither e-mail address nor lengths are looked at (golden
/// `customer.validate`).
#[operation("customerAccountManagementV1")]
#[route(PUT "/V1/customers/validate" => "Magento_Customer::manage")]
pub(crate) async fn validate(cx: &mut Cx<'_>, customer: Customer) -> Result<ValidationResults> {
    let metadata = eav::metadata(cx)?;
    let website = cx.scope().website_id;
    let overrides = Overrides::of(cx, website).await?;
    let views = overrides.all(metadata.entity_type(CUSTOMER)?);
    let empty = |text: Option<&str>| text.unwrap_or_default().is_empty();
    let missing = |view: &&View<'_>| {
        view.is_visible()
            && view.is_required()
            && empty(draft::value(&customer, &view.attribute.code).as_deref())
            && empty(view.default_value())
    };
    let message = |view: &View<'_>| {
        let label = view.attribute.frontend_label.as_deref().unwrap_or_default();
        format!("The \"{label}\" attribute value is empty. Set the attribute and try again.")
    };
    let messages: Vec<String> = views.iter().filter(missing).map(message).collect();
    Ok(ValidationResults {
        valid: messages.is_empty(),
        messages,
    })
}
