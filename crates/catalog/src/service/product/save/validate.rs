//! What a product must be to be saved.

use contract::{Cx, Error, Result};
use eav::metadata::{Attribute, BackendType, Metadata};

use super::values::{Plan, applies};
use crate::repo;

/// The longest SKU, characters.
const SKU_LENGTH: usize = 64;

/// The set must be one of products (goldens `product.create.bad-set`, `.missing-set`).
///
/// # Errors
/// `Invalid product data: …`
pub(crate) fn set(metadata: &Metadata, set_id: i64) -> Result<()> {
    let entity = metadata.entity_type("catalog_product")?;
    match metadata.set(set_id) {
        Some(set) if set.entity_type_id == entity.id => Ok(()),
        _ => Err(Error::invalid("Invalid product data: %1").with_next("Invalid attribute set entity type")),
    }
}

/// Checks the SKU, then required attributes, each in the order of ids.
///
/// # Errors
/// The first that is wrong.
pub(crate) fn product(plan: &Plan<'_>, sku: &str) -> Result<()> {
    for attribute in plan.entity.attributes() {
        if attribute.code == "sku" {
            check_sku(sku)?;
        } else if is_required(attribute, plan) && is_missing(attribute, plan) {
            return Err(empty(attribute));
        }
    }
    Ok(())
}

fn check_sku(sku: &str) -> Result<()> {
    if sku.is_empty() {
        return Err(Error::invalid(
            "The \"sku\" attribute value is empty. Set the attribute and try again.",
        ));
    }
    if sku.chars().count() > SKU_LENGTH {
        return Err(Error::invalid("SKU length should be 64 characters maximum."));
    }
    Ok(())
}

fn is_required(attribute: &Attribute, plan: &Plan<'_>) -> bool {
    // Magento saves products without a price (golden `product.create.missing-price`).
    attribute.is_required
        && attribute.code != "price"
        && attribute.backend_type != BackendType::Static
        && attribute.properties.flag("is_visible")
        && attribute.default_value.as_deref().is_none_or(str::is_empty)
        && applies(attribute, plan.type_id, plan.set_id)
}

fn is_missing(attribute: &Attribute, plan: &Plan<'_>) -> bool {
    match plan.sent.get(&attribute.code) {
        Some(Some(value)) => value.is_empty(),
        // In a store view null means the default value.
        Some(None) => plan.is_new || plan.scope.store_id == 0,
        // What other programs left empty does not keep a product from being saved.
        None => plan.is_new,
    }
}

fn empty(attribute: &Attribute) -> Error {
    let label = attribute.frontend_label.as_deref().unwrap_or(&attribute.code);
    Error::invalid(format!(
        "The \"{label}\" attribute value is empty. Set the attribute and try again."
    ))
}

/// Checks the values sent for unique attributes: over all store views (`spec/scopes.md` fact 21).
///
/// # Errors
/// `The value of the "…" attribute isn't unique. …`
pub(crate) async fn unique(cx: &mut Cx<'_>, plan: &Plan<'_>) -> Result<()> {
    let attributes = plan.entity.attributes().iter();
    let sent: Vec<(&Attribute, &str)> = attributes
        .filter(|attribute| {
            attribute.is_unique
                && attribute.backend_type != BackendType::Static
                && applies(attribute, plan.type_id, plan.set_id)
        })
        .filter_map(|attribute| {
            let value = plan.sent.get(&attribute.code)?.as_deref()?;
            (!value.is_empty()).then_some((&**attribute, value))
        })
        .collect();
    let taken = repo::product_save::taken(cx.session(), &sent, plan.entity_id).await?;
    let Some((attribute, _)) = sent.iter().find(|(attribute, _)| taken.contains(&attribute.id)) else {
        return Ok(());
    };
    let label = attribute.frontend_label.as_deref().unwrap_or(&attribute.code);
    Err(Error::invalid(format!(
        "The value of the \"{label}\" attribute isn't unique. Set a unique value and try again."
    )))
}
