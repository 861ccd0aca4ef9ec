//! The region of an address.

use contract::{DataObject, Extension};

/// Extension attributes of a region.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("customer-data-region-extension-interface")]
pub struct RegionExtension {}

/// The region of an address: one that the country has, or a text.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("customer-data-region-interface")]
pub struct Region {
    /// Region code.
    #[data(required)]
    pub region_code: Option<String>,
    /// Region.
    #[data(required)]
    pub region: Option<String>,
    /// Region id.
    #[data(required)]
    pub region_id: Option<i64>,
    /// Extension attributes.
    pub extension_attributes: Extension<RegionExtension>,
}
