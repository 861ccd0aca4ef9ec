//! Forms that show attributes.

use db::schema::{Column, ForeignKey, Key, OnDelete, Table};

/// `eav_form_type`.
pub(crate) const EAV_FORM_TYPE: Table = Table::new("eav_form_type", "")
    .columns(&[
        Column::smallint("type_id").unsigned().identity(),
        Column::varchar("code", 64),
        Column::varchar("label", 255),
        Column::smallint("is_system").unsigned().default("0"),
        Column::varchar("theme", 64).nullable(),
        Column::smallint("store_id").unsigned(),
    ])
    .primary_key(&["type_id"])
    .unique(&[Key::new(
        "EAV_FORM_TYPE_CODE_THEME_STORE_ID",
        &["code", "theme", "store_id"],
    )])
    .indexes(&[Key::new("EAV_FORM_TYPE_STORE_ID", &["store_id"])])
    .foreign_keys(&[ForeignKey::cascade(
        "EAV_FORM_TYPE_STORE_ID_STORE_STORE_ID",
        "store_id",
        "store",
        "store_id",
    )]);

/// `eav_form_type_entity`.
pub(crate) const EAV_FORM_TYPE_ENTITY: Table = Table::new("eav_form_type_entity", "")
    .columns(&[
        Column::smallint("type_id").unsigned(),
        Column::smallint("entity_type_id").unsigned(),
    ])
    .primary_key(&["type_id", "entity_type_id"])
    .indexes(&[Key::new(
        "EAV_FORM_TYPE_ENTITY_ENTITY_TYPE_ID",
        &["entity_type_id"],
    )])
    .foreign_keys(&[
        ForeignKey::cascade(
            "EAV_FORM_TYPE_ENTITY_TYPE_ID_EAV_FORM_TYPE_TYPE_ID",
            "type_id",
            "eav_form_type",
            "type_id",
        ),
        ForeignKey::cascade(
            "EAV_FORM_TYPE_ENTT_ENTT_TYPE_ID_EAV_ENTT_TYPE_ENTT_TYPE_ID",
            "entity_type_id",
            "eav_entity_type",
            "entity_type_id",
        ),
    ]);

/// `eav_form_fieldset`.
pub(crate) const EAV_FORM_FIELDSET: Table = Table::new("eav_form_fieldset", "")
    .columns(&[
        Column::smallint("fieldset_id").unsigned().identity(),
        Column::smallint("type_id").unsigned(),
        Column::varchar("code", 64),
        Column::int("sort_order").default("0"),
    ])
    .primary_key(&["fieldset_id"])
    .unique(&[Key::new("EAV_FORM_FIELDSET_TYPE_ID_CODE", &["type_id", "code"])])
    .foreign_keys(&[ForeignKey::cascade(
        "EAV_FORM_FIELDSET_TYPE_ID_EAV_FORM_TYPE_TYPE_ID",
        "type_id",
        "eav_form_type",
        "type_id",
    )]);

/// `eav_form_fieldset_label`.
pub(crate) const EAV_FORM_FIELDSET_LABEL: Table = Table::new("eav_form_fieldset_label", "")
    .columns(&[
        Column::smallint("fieldset_id").unsigned(),
        Column::smallint("store_id").unsigned(),
        Column::varchar("label", 255),
    ])
    .primary_key(&["fieldset_id", "store_id"])
    .indexes(&[Key::new("EAV_FORM_FIELDSET_LABEL_STORE_ID", &["store_id"])])
    .foreign_keys(&[
        ForeignKey::cascade(
            "EAV_FORM_FIELDSET_LABEL_STORE_ID_STORE_STORE_ID",
            "store_id",
            "store",
            "store_id",
        ),
        ForeignKey::cascade(
            "EAV_FORM_FSET_LBL_FSET_ID_EAV_FORM_FSET_FSET_ID",
            "fieldset_id",
            "eav_form_fieldset",
            "fieldset_id",
        ),
    ]);

/// `eav_form_element`.
pub(crate) const EAV_FORM_ELEMENT: Table = Table::new("eav_form_element", "")
    .columns(&[
        Column::int("element_id").unsigned().identity(),
        Column::smallint("type_id").unsigned(),
        Column::smallint("fieldset_id").unsigned().nullable(),
        Column::smallint("attribute_id").unsigned(),
        Column::int("sort_order").default("0"),
    ])
    .primary_key(&["element_id"])
    .unique(&[Key::new(
        "EAV_FORM_ELEMENT_TYPE_ID_ATTRIBUTE_ID",
        &["type_id", "attribute_id"],
    )])
    .indexes(&[
        Key::new("EAV_FORM_ELEMENT_FIELDSET_ID", &["fieldset_id"]),
        Key::new("EAV_FORM_ELEMENT_ATTRIBUTE_ID", &["attribute_id"]),
    ])
    .foreign_keys(&[
        ForeignKey::cascade(
            "EAV_FORM_ELEMENT_ATTRIBUTE_ID_EAV_ATTRIBUTE_ATTRIBUTE_ID",
            "attribute_id",
            "eav_attribute",
            "attribute_id",
        ),
        ForeignKey::new(
            "EAV_FORM_ELEMENT_FIELDSET_ID_EAV_FORM_FIELDSET_FIELDSET_ID",
            "fieldset_id",
            "eav_form_fieldset",
            "fieldset_id",
            OnDelete::SetNull,
        ),
        ForeignKey::cascade(
            "EAV_FORM_ELEMENT_TYPE_ID_EAV_FORM_TYPE_TYPE_ID",
            "type_id",
            "eav_form_type",
            "type_id",
        ),
    ]);
