//! The tables of attributes, as Magento has them.

pub(crate) mod attribute;
pub(crate) mod entity;
pub(crate) mod form;

use db::schema::Table;

/// All tables of this crate.
pub const TABLES: &[&Table] = &[
    &attribute::EAV_ENTITY_TYPE,
    &attribute::EAV_ATTRIBUTE_SET,
    &attribute::EAV_ATTRIBUTE_GROUP,
    &attribute::EAV_ATTRIBUTE,
    &attribute::EAV_ATTRIBUTE_LABEL,
    &attribute::EAV_ATTRIBUTE_OPTION,
    &attribute::EAV_ATTRIBUTE_OPTION_SWATCH,
    &attribute::EAV_ATTRIBUTE_OPTION_VALUE,
    &attribute::EAV_ENTITY_ATTRIBUTE,
    &entity::EAV_ENTITY_STORE,
    &entity::EAV_ENTITY,
    &entity::EAV_ENTITY_DATETIME,
    &entity::EAV_ENTITY_DECIMAL,
    &entity::EAV_ENTITY_INT,
    &entity::EAV_ENTITY_TEXT,
    &entity::EAV_ENTITY_VARCHAR,
    &form::EAV_FORM_TYPE,
    &form::EAV_FORM_TYPE_ENTITY,
    &form::EAV_FORM_FIELDSET,
    &form::EAV_FORM_FIELDSET_LABEL,
    &form::EAV_FORM_ELEMENT,
];
