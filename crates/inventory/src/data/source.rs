//! Sources: places where stock is kept.

use contract::search::SearchCriteria;
use contract::{DataObject, Extension, Given};
use rust_decimal::Decimal;

/// Extension attributes of a link to a carrier.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("inventory-api-data-source-carrier-link-extension-interface")]
pub(crate) struct CarrierLinkExtension {}

/// A carrier that ships from a source.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("inventory-api-data-source-carrier-link-interface")]
pub(crate) struct CarrierLink {
    /// Carrier code.
    pub(crate) carrier_code: Option<String>,
    /// Position.
    pub(crate) position: Option<i64>,
    /// Extension attributes.
    pub(crate) extension_attributes: Extension<CarrierLinkExtension>,
}

/// Extension attributes of a source.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("inventory-api-data-source-extension-interface")]
pub(crate) struct SourceExtension {
    /// Whether customers can pick orders up there.
    pub(crate) is_pickup_location_active: Option<bool>,
    /// Its name for customers.
    pub(crate) frontend_name: Option<String>,
    /// Its description for customers.
    pub(crate) frontend_description: Option<String>,
}

/// A place where stock is kept. In requests every member may be absent.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("inventory-api-data-source-interface")]
pub(crate) struct Source {
    /// Source code.
    pub(crate) source_code: Option<String>,
    /// Source name.
    pub(crate) name: Option<String>,
    /// Source email.
    pub(crate) email: Given<String>,
    /// Source contact name.
    pub(crate) contact_name: Given<String>,
    /// If source is enabled.
    pub(crate) enabled: Given<bool>,
    /// Source description.
    pub(crate) description: Given<String>,
    /// Source latitude, in degrees.
    pub(crate) latitude: Given<Decimal>,
    /// Source longitude, in degrees.
    pub(crate) longitude: Given<Decimal>,
    /// Source country id.
    pub(crate) country_id: Option<String>,
    /// Region id if source has registered region.
    pub(crate) region_id: Given<i64>,
    /// Region title if source has custom region.
    pub(crate) region: Given<String>,
    /// Source city.
    pub(crate) city: Given<String>,
    /// Source street name.
    pub(crate) street: Given<String>,
    /// Source post code.
    pub(crate) postcode: Option<String>,
    /// Source phone number.
    pub(crate) phone: Given<String>,
    /// Source fax.
    pub(crate) fax: Given<String>,
    /// Is need to use default config.
    pub(crate) use_default_carrier_config: Given<bool>,
    /// Carriers that ship from it.
    pub(crate) carrier_links: Option<Vec<CarrierLink>>,
    /// Extension attributes.
    pub(crate) extension_attributes: Extension<SourceExtension>,
}

/// What a search for sources found.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("inventory-api-data-source-search-results-interface")]
pub(crate) struct SourceSearchResults {
    /// Sources.
    pub(crate) items: Vec<Source>,
    /// What was searched.
    pub(crate) search_criteria: SearchCriteria,
    /// How many there are on all pages.
    pub(crate) total_count: i64,
}
