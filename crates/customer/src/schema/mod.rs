//! The customer tables, as Magento has them.

pub(crate) mod address;
pub(crate) mod attribute;
pub(crate) mod customer;
pub(crate) mod grid;
pub(crate) mod group;
pub(crate) mod newsletter;
pub(crate) mod security;

use db::schema::Table;

/// All tables of this crate.
pub const TABLES: &[&Table] = &[
    &customer::CUSTOMER_ENTITY,
    &customer::CUSTOMER_ENTITY_DATETIME,
    &customer::CUSTOMER_ENTITY_DECIMAL,
    &customer::CUSTOMER_ENTITY_INT,
    &customer::CUSTOMER_ENTITY_TEXT,
    &customer::CUSTOMER_ENTITY_VARCHAR,
    &customer::CUSTOMER_LOG,
    &customer::CUSTOMER_VISITOR,
    &address::CUSTOMER_ADDRESS_ENTITY,
    &address::CUSTOMER_ADDRESS_ENTITY_DATETIME,
    &address::CUSTOMER_ADDRESS_ENTITY_DECIMAL,
    &address::CUSTOMER_ADDRESS_ENTITY_INT,
    &address::CUSTOMER_ADDRESS_ENTITY_TEXT,
    &address::CUSTOMER_ADDRESS_ENTITY_VARCHAR,
    &attribute::CUSTOMER_EAV_ATTRIBUTE,
    &attribute::CUSTOMER_EAV_ATTRIBUTE_WEBSITE,
    &attribute::CUSTOMER_FORM_ATTRIBUTE,
    &group::CUSTOMER_GROUP,
    &group::CUSTOMER_GROUP_EXCLUDED_WEBSITE,
    &grid::CUSTOMER_GRID_FLAT,
    &newsletter::NEWSLETTER_SUBSCRIBER,
    &security::PASSWORD_RESET_REQUEST_EVENT,
];
