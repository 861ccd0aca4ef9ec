//! Places on earth.

use contract::DataObject;
use rust_decimal::Decimal;

/// A place, in degrees.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("inventory-distance-based-source-selection-api-data-lat-lng-interface")]
pub(crate) struct LatLng {
    /// Latitude
    #[data(required)]
    pub(crate) lat: Option<Decimal>,
    /// Longitude
    #[data(required)]
    pub(crate) lng: Option<Decimal>,
}
