//! Saves sources.

use contract::{Cx, Error, Given, Result, operation};

use crate::data::source::Source;
use crate::repo;
use crate::service::index;
use crate::service::validation::{Failures, trim};

/// The source that the legacy stock items speak of.
pub(crate) const DEFAULT_SOURCE: &str = "default";

/// Save Source data.
#[operation("inventoryApiSourceRepositoryV1")]
#[route(POST "/V1/inventory/sources" => "Magento_InventoryApi::source_edit")]
#[route(PUT "/V1/inventory/sources/:sourceCode" => "Magento_InventoryApi::source_edit")]
pub(crate) async fn save(cx: &mut Cx<'_>, mut source: Source) -> Result<()> {
    let extension = &mut source.extension_attributes.0;
    if extension.frontend_name.as_deref().unwrap_or_default().is_empty() {
        extension.frontend_name.clone_from(&source.name);
    }
    validate(cx, &source)?;
    let code = source.source_code.clone().unwrap_or_default();
    let was_enabled = repo::sources::is_enabled(cx.session(), &code).await?;
    let enabled = match source.enabled {
        Given::Absent => was_enabled,
        given => Some(given.into_value().unwrap_or_default()),
    };
    let changed = if was_enabled.is_some() && was_enabled != enabled {
        index::stocks_of_source(cx, &code).await?
    } else {
        Vec::new()
    };
    index::prepare(cx, &changed).await?;
    let name = source.name.as_deref().unwrap_or_default();
    if repo::sources::is_name_taken(cx.session(), name, &code).await? {
        return Err(could_not_save());
    }
    let saved = repo::sources::save(cx.session(), &source, was_enabled.is_none()).await;
    saved.map_err(|error| refused(error, could_not_save))?;
    if changed.is_empty() {
        return Ok(());
    }
    index::rebuild(cx, &changed).await
}

fn could_not_save() -> Error {
    Error::invalid("Could not save Source")
}

/// What the database refuses because of the data is told as Magento does.
pub(crate) fn refused(error: db::Error, told: impl FnOnce() -> Error) -> Error {
    match error {
        db::Error::Value { .. } | db::Error::ForeignKey | db::Error::Duplicate { .. } => told(),
        error => error.into(),
    }
}

fn validate(cx: &Cx<'_>, source: &Source) -> Result<()> {
    let mut failures = Failures::default();
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let (code, name) = (text(&source.source_code), text(&source.name));
    failures.not_empty("name", &name);
    failures.no_directive(&name);
    failures.not_empty("source_code", &code);
    failures.no_whitespace("source_code", &code);
    failures.no_directive(&code);
    failures.not_empty("postcode", &text(&source.postcode));
    failures.not_empty("country_id", &text(&source.country_id));
    let is_default = code == DEFAULT_SOURCE;
    if is_default && source.enabled.value() != Some(&true) {
        failures.add("Default source can not be disabled.");
    }
    validate_pickup(source, is_default, &mut failures);
    validate_carriers(cx, source, &mut failures);
    failures.check()
}

/// Where customers pick orders up there must be an address. Magento asks for the city twice, once as the phone.
fn validate_pickup(source: &Source, is_default: bool, failures: &mut Failures) {
    let extension = &source.extension_attributes.0;
    if extension.is_pickup_location_active != Some(true) {
        return;
    }
    let mut need = |field: &'static str, value: &Given<String>| {
        if trim(value.value().map_or("", String::as_str)).is_empty() {
            failures.add_named("\"%field\" can not be empty for Pickup Location.", "field", field);
        }
    };
    need("city", &source.city);
    need("street", &source.street);
    need("phone", &source.city);
    if is_default {
        failures.add("The Default Source can not be used for In-Store Pickup Delivery.");
    }
}

/// Carriers are named only without the global ones, and only those that are there.
fn validate_carriers(cx: &Cx<'_>, source: &Source, failures: &mut Failures) {
    /// Carriers of a stock Magento; others are known by their configuration.
    const CARRIERS: &[&str] = &[
        "dhl",
        "fedex",
        "flatrate",
        "freeshipping",
        "instore",
        "tablerate",
        "ups",
        "usps",
    ];
    let Some(links) = source.carrier_links.as_ref().filter(|links| !links.is_empty()) else {
        return;
    };
    if source.use_default_carrier_config.value() == Some(&true) {
        failures.add_named(
            "You can't configure \"%field\" because you have chosen Global Shipping configuration.",
            "field",
            "carrier_links",
        );
        return;
    }
    for link in links {
        let code = link.carrier_code.clone().unwrap_or_default();
        let known =
            CARRIERS.contains(&code.as_str()) || cx.config(&format!("carriers/{code}/model")).is_some();
        if !known {
            failures.add_named("Carrier with code: \"%carrier\" don't exists.", "carrier", code);
        }
    }
}
