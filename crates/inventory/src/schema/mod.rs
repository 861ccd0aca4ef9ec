//! The stock tables, as Magento has them.

pub(crate) mod geoname;
pub(crate) mod index;
pub(crate) mod legacy;
pub(crate) mod source;

use db::schema::Table;

/// All tables of this crate.
pub const TABLES: &[&Table] = &[
    &geoname::INVENTORY_GEONAME,
    &legacy::CATALOGINVENTORY_STOCK,
    &legacy::CATALOGINVENTORY_STOCK_ITEM,
    &legacy::CATALOGINVENTORY_STOCK_STATUS,
    &source::INVENTORY_SOURCE,
    &source::INVENTORY_SOURCE_CARRIER_LINK,
    &source::INVENTORY_SOURCE_ITEM,
    &source::INVENTORY_STOCK,
    &source::INVENTORY_SOURCE_STOCK_LINK,
    &source::INVENTORY_STOCK_SALES_CHANNEL,
    &source::INVENTORY_RESERVATION,
    &source::INVENTORY_LOW_STOCK_NOTIFICATION_CONFIGURATION,
];
