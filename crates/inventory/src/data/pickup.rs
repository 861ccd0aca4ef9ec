//! Places where customers pick their orders up.

use contract::search::SortOrder;
use contract::{DataObject, Extension};
use rust_decimal::Decimal;

/// A condition on a field.
#[derive(Debug, Clone, PartialEq, DataObject)]
#[data("inventory-in-store-pickup-api-data-search-request-filter-interface")]
pub(crate) struct PickupFilter {
    /// Value.
    #[data(required)]
    pub(crate) value: Option<String>,
    /// Condition Type.
    #[data(required)]
    pub(crate) condition_type: Option<String>,
}

impl Default for PickupFilter {
    fn default() -> Self {
        Self {
            value: None,
            condition_type: Some("eq".to_owned()),
        }
    }
}

/// Conditions, all of which must match.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("inventory-in-store-pickup-api-data-search-request-filters-interface")]
pub(crate) struct PickupFilters {
    /// Country.
    pub(crate) country: Option<PickupFilter>,
    /// Postcode.
    pub(crate) postcode: Option<PickupFilter>,
    /// Region, by name.
    pub(crate) region: Option<PickupFilter>,
    /// Region, by id.
    pub(crate) region_id: Option<PickupFilter>,
    /// City.
    pub(crate) city: Option<PickupFilter>,
    /// Street.
    pub(crate) street: Option<PickupFilter>,
    /// The name that customers see.
    pub(crate) name: Option<PickupFilter>,
    /// Source code.
    pub(crate) pickup_location_code: Option<PickupFilter>,
}

/// Around which place to search.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("inventory-in-store-pickup-api-data-search-request-area-interface")]
pub(crate) struct PickupArea {
    /// Search radius in KM.
    #[data(required)]
    pub(crate) radius: Option<i64>,
    /// Postcode or city, and behind a colon the country.
    #[data(required)]
    pub(crate) search_term: Option<String>,
}

/// Extension attributes of a product that is looked for.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("inventory-in-store-pickup-api-data-search-request-product-info-extension-interface")]
pub(crate) struct ProductInfoExtension {}

/// A product that all places must know.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("inventory-in-store-pickup-api-data-search-request-product-info-interface")]
pub(crate) struct ProductInfo {
    /// Product SKU.
    #[data(required)]
    pub(crate) sku: Option<String>,
    /// Extension attributes.
    pub(crate) extension_attributes: Extension<ProductInfoExtension>,
}

/// Extension attributes of a search.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("inventory-in-store-pickup-api-data-search-request-extension-interface")]
pub(crate) struct PickupSearchExtension {
    /// Products that all places must know.
    pub(crate) products_info: Option<Vec<ProductInfo>>,
}

/// What to search.
#[derive(Debug, Clone, PartialEq, DataObject)]
#[data("inventory-in-store-pickup-api-data-search-request-interface")]
pub(crate) struct PickupSearch {
    /// Where.
    pub(crate) area: Option<PickupArea>,
    /// Conditions.
    pub(crate) filters: Option<PickupFilters>,
    /// Page size.
    pub(crate) page_size: Option<i64>,
    /// Current page.
    #[data(required)]
    pub(crate) current_page: Option<i64>,
    /// Sales Channel Type.
    #[data(required)]
    pub(crate) scope_type: Option<String>,
    /// Sales Channel code.
    #[data(required)]
    pub(crate) scope_code: Option<String>,
    /// Sort Order.
    pub(crate) sort: Option<Vec<SortOrder>>,
    /// Extension attributes.
    pub(crate) extension_attributes: Extension<PickupSearchExtension>,
}

impl Default for PickupSearch {
    fn default() -> Self {
        Self {
            area: None,
            filters: None,
            page_size: None,
            current_page: Some(1),
            scope_type: Some("website".to_owned()),
            scope_code: None,
            sort: None,
            extension_attributes: Extension::default(),
        }
    }
}

/// Extension attributes of a place.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("inventory-in-store-pickup-api-data-pickup-location-extension-interface")]
pub(crate) struct PickupLocationExtension {}

/// A place where customers pick their orders up: a source as they see it.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("inventory-in-store-pickup-api-data-pickup-location-interface")]
pub(crate) struct PickupLocation {
    /// Source code of Pickup Location.
    #[data(required)]
    pub(crate) pickup_location_code: Option<String>,
    /// Pickup Location name.
    pub(crate) name: Option<String>,
    /// Pickup Location contact email.
    pub(crate) email: Option<String>,
    /// Fax contact info.
    pub(crate) fax: Option<String>,
    /// Pickup Location contact name.
    pub(crate) contact_name: Option<String>,
    /// Pickup Location description.
    pub(crate) description: Option<String>,
    /// Pickup Location latitude.
    pub(crate) latitude: Option<Decimal>,
    /// Pickup Location longitude.
    pub(crate) longitude: Option<Decimal>,
    /// Pickup Location country ID.
    pub(crate) country_id: Option<String>,
    /// Pickup Location region ID.
    pub(crate) region_id: Option<i64>,
    /// Pickup Location region.
    pub(crate) region: Option<String>,
    /// Pickup Location city.
    pub(crate) city: Option<String>,
    /// Pickup Location street.
    pub(crate) street: Option<String>,
    /// Pickup Location postcode.
    pub(crate) postcode: Option<String>,
    /// Pickup Location phone.
    pub(crate) phone: Option<String>,
    /// Extension attributes.
    pub(crate) extension_attributes: Extension<PickupLocationExtension>,
}

/// The places that a search found.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("inventory-in-store-pickup-api-data-search-result-interface")]
pub(crate) struct PickupSearchResult {
    /// Items list.
    pub(crate) items: Vec<PickupLocation>,
    /// What was searched.
    pub(crate) search_request: PickupSearch,
    /// How many there are on all pages.
    pub(crate) total_count: i64,
}
