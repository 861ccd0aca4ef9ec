//! Links between products: related, up-sell, cross-sell, grouped.

use db::schema::{Column, ForeignKey, Key, Table};

/// `catalog_product_link_type`.
pub(crate) const CATALOG_PRODUCT_LINK_TYPE: Table = Table::new("catalog_product_link_type", "")
    .columns(&[
        Column::smallint("link_type_id").unsigned().identity(),
        Column::varchar("code", 32).nullable(),
    ])
    .primary_key(&["link_type_id"]);

/// `catalog_product_link`.
pub(crate) const CATALOG_PRODUCT_LINK: Table = Table::new("catalog_product_link", "")
    .columns(&[
        Column::int("link_id").unsigned().identity(),
        Column::int("product_id").unsigned().default("0"),
        Column::int("linked_product_id").unsigned().default("0"),
        Column::smallint("link_type_id").unsigned().default("0"),
    ])
    .primary_key(&["link_id"])
    .unique(&[Key::new(
        "CATALOG_PRODUCT_LINK_LINK_TYPE_ID_PRODUCT_ID_LINKED_PRODUCT_ID",
        &["link_type_id", "product_id", "linked_product_id"],
    )])
    .indexes(&[
        Key::new("CATALOG_PRODUCT_LINK_PRODUCT_ID", &["product_id"]),
        Key::new("CATALOG_PRODUCT_LINK_LINKED_PRODUCT_ID", &["linked_product_id"]),
    ])
    .foreign_keys(&[
        ForeignKey::cascade(
            "CATALOG_PRODUCT_LINK_PRODUCT_ID_CATALOG_PRODUCT_ENTITY_ENTITY_ID",
            "product_id",
            "catalog_product_entity",
            "entity_id",
        ),
        ForeignKey::cascade(
            "CAT_PRD_LNK_LNKED_PRD_ID_CAT_PRD_ENTT_ENTT_ID",
            "linked_product_id",
            "catalog_product_entity",
            "entity_id",
        ),
        ForeignKey::cascade(
            "CAT_PRD_LNK_LNK_TYPE_ID_CAT_PRD_LNK_TYPE_LNK_TYPE_ID",
            "link_type_id",
            "catalog_product_link_type",
            "link_type_id",
        ),
    ]);

/// `catalog_product_link_attribute`.
pub(crate) const CATALOG_PRODUCT_LINK_ATTRIBUTE: Table = Table::new("catalog_product_link_attribute", "")
    .columns(&[
        Column::smallint("product_link_attribute_id")
            .unsigned()
            .identity(),
        Column::smallint("link_type_id").unsigned().default("0"),
        Column::varchar("product_link_attribute_code", 32).nullable(),
        Column::varchar("data_type", 32).nullable(),
    ])
    .primary_key(&["product_link_attribute_id"])
    .indexes(&[Key::new(
        "CATALOG_PRODUCT_LINK_ATTRIBUTE_LINK_TYPE_ID",
        &["link_type_id"],
    )])
    .foreign_keys(&[ForeignKey::cascade(
        "CAT_PRD_LNK_ATTR_LNK_TYPE_ID_CAT_PRD_LNK_TYPE_LNK_TYPE_ID",
        "link_type_id",
        "catalog_product_link_type",
        "link_type_id",
    )]);

/// `catalog_product_link_attribute_decimal`.
pub(crate) const CATALOG_PRODUCT_LINK_ATTRIBUTE_DECIMAL: Table =
    Table::new("catalog_product_link_attribute_decimal", "")
        .columns(&[
            Column::int("value_id").unsigned().identity(),
            Column::smallint("product_link_attribute_id")
                .unsigned()
                .nullable(),
            Column::int("link_id").unsigned(),
            Column::decimal("value", 20, 6).default("0.000000"),
        ])
        .primary_key(&["value_id"])
        .unique(&[Key::new(
            "CAT_PRD_LNK_ATTR_DEC_PRD_LNK_ATTR_ID_LNK_ID",
            &["product_link_attribute_id", "link_id"],
        )])
        .indexes(&[Key::new(
            "CATALOG_PRODUCT_LINK_ATTRIBUTE_DECIMAL_LINK_ID",
            &["link_id"],
        )])
        .foreign_keys(&[
            ForeignKey::cascade(
                "CAT_PRD_LNK_ATTR_DEC_LNK_ID_CAT_PRD_LNK_LNK_ID",
                "link_id",
                "catalog_product_link",
                "link_id",
            ),
            ForeignKey::cascade(
                "FK_AB2EFA9A14F7BCF1D5400056203D14B6",
                "product_link_attribute_id",
                "catalog_product_link_attribute",
                "product_link_attribute_id",
            ),
        ]);

/// `catalog_product_link_attribute_int`.
pub(crate) const CATALOG_PRODUCT_LINK_ATTRIBUTE_INT: Table =
    Table::new("catalog_product_link_attribute_int", "")
        .columns(&[
            Column::int("value_id").unsigned().identity(),
            Column::smallint("product_link_attribute_id")
                .unsigned()
                .nullable(),
            Column::int("link_id").unsigned(),
            Column::int("value").default("0"),
        ])
        .primary_key(&["value_id"])
        .unique(&[Key::new(
            "CAT_PRD_LNK_ATTR_INT_PRD_LNK_ATTR_ID_LNK_ID",
            &["product_link_attribute_id", "link_id"],
        )])
        .indexes(&[Key::new(
            "CATALOG_PRODUCT_LINK_ATTRIBUTE_INT_LINK_ID",
            &["link_id"],
        )])
        .foreign_keys(&[
            ForeignKey::cascade(
                "CAT_PRD_LNK_ATTR_INT_LNK_ID_CAT_PRD_LNK_LNK_ID",
                "link_id",
                "catalog_product_link",
                "link_id",
            ),
            ForeignKey::cascade(
                "FK_D6D878F8BA2A4282F8DDED7E6E3DE35C",
                "product_link_attribute_id",
                "catalog_product_link_attribute",
                "product_link_attribute_id",
            ),
        ]);

/// `catalog_product_link_attribute_varchar`.
pub(crate) const CATALOG_PRODUCT_LINK_ATTRIBUTE_VARCHAR: Table =
    Table::new("catalog_product_link_attribute_varchar", "")
        .columns(&[
            Column::int("value_id").unsigned().identity(),
            Column::smallint("product_link_attribute_id")
                .unsigned()
                .default("0"),
            Column::int("link_id").unsigned(),
            Column::varchar("value", 255).nullable(),
        ])
        .primary_key(&["value_id"])
        .unique(&[Key::new(
            "CAT_PRD_LNK_ATTR_VCHR_PRD_LNK_ATTR_ID_LNK_ID",
            &["product_link_attribute_id", "link_id"],
        )])
        .indexes(&[Key::new(
            "CATALOG_PRODUCT_LINK_ATTRIBUTE_VARCHAR_LINK_ID",
            &["link_id"],
        )])
        .foreign_keys(&[
            ForeignKey::cascade(
                "CAT_PRD_LNK_ATTR_VCHR_LNK_ID_CAT_PRD_LNK_LNK_ID",
                "link_id",
                "catalog_product_link",
                "link_id",
            ),
            ForeignKey::cascade(
                "FK_DEE9C4DA61CFCC01DFCF50F0D79CEA51",
                "product_link_attribute_id",
                "catalog_product_link_attribute",
                "product_link_attribute_id",
            ),
        ]);
