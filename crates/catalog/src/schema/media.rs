//! Images and videos of products.

use db::schema::{Column, ForeignKey, Key, Table};

/// `catalog_product_entity_gallery`.
pub(crate) const CATALOG_PRODUCT_ENTITY_GALLERY: Table = Table::new("catalog_product_entity_gallery", "")
    .columns(&[
        Column::int("value_id").identity(),
        Column::smallint("attribute_id").unsigned().default("0"),
        Column::smallint("store_id").unsigned().default("0"),
        Column::int("entity_id").unsigned().default("0"),
        Column::int("position").default("0"),
        Column::varchar("value", 255).nullable(),
    ])
    .primary_key(&["value_id"])
    .unique(&[Key::new(
        "CATALOG_PRODUCT_ENTITY_GALLERY_ENTITY_ID_ATTRIBUTE_ID_STORE_ID",
        &["entity_id", "attribute_id", "store_id"],
    )])
    .indexes(&[
        Key::new("CATALOG_PRODUCT_ENTITY_GALLERY_ENTITY_ID", &["entity_id"]),
        Key::new("CATALOG_PRODUCT_ENTITY_GALLERY_ATTRIBUTE_ID", &["attribute_id"]),
        Key::new("CATALOG_PRODUCT_ENTITY_GALLERY_STORE_ID", &["store_id"]),
    ])
    .foreign_keys(&[
        ForeignKey::cascade(
            "CATALOG_PRODUCT_ENTITY_GALLERY_STORE_ID_STORE_STORE_ID",
            "store_id",
            "store",
            "store_id",
        ),
        ForeignKey::cascade(
            "CAT_PRD_ENTT_GLR_ATTR_ID_EAV_ATTR_ATTR_ID",
            "attribute_id",
            "eav_attribute",
            "attribute_id",
        ),
        ForeignKey::cascade(
            "CAT_PRD_ENTT_GLR_ENTT_ID_CAT_PRD_ENTT_ENTT_ID",
            "entity_id",
            "catalog_product_entity",
            "entity_id",
        ),
    ]);

/// `catalog_product_entity_media_gallery`.
pub(crate) const CATALOG_PRODUCT_ENTITY_MEDIA_GALLERY: Table =
    Table::new("catalog_product_entity_media_gallery", "")
        .columns(&[
            Column::int("value_id").unsigned().identity(),
            Column::smallint("attribute_id").unsigned().default("0"),
            Column::varchar("value", 255).nullable(),
            Column::varchar("media_type", 32).default("image"),
            Column::smallint("disabled").unsigned().default("0"),
        ])
        .primary_key(&["value_id"])
        .indexes(&[Key::new(
            "CATALOG_PRODUCT_ENTITY_MEDIA_GALLERY_ATTRIBUTE_ID",
            &["attribute_id"],
        )])
        .foreign_keys(&[ForeignKey::cascade(
            "CAT_PRD_ENTT_MDA_GLR_ATTR_ID_EAV_ATTR_ATTR_ID",
            "attribute_id",
            "eav_attribute",
            "attribute_id",
        )]);

/// `catalog_product_entity_media_gallery_value`.
pub(crate) const CATALOG_PRODUCT_ENTITY_MEDIA_GALLERY_VALUE: Table =
    Table::new("catalog_product_entity_media_gallery_value", "")
        .columns(&[
            Column::int("value_id").unsigned().default("0"),
            Column::smallint("store_id").unsigned().default("0"),
            Column::int("entity_id").unsigned().default("0"),
            Column::varchar("label", 255).nullable(),
            Column::int("position").unsigned().nullable(),
            Column::smallint("disabled").unsigned().default("0"),
            Column::int("record_id").unsigned().identity(),
        ])
        .primary_key(&["record_id"])
        .indexes(&[
            Key::new(
                "CATALOG_PRODUCT_ENTITY_MEDIA_GALLERY_VALUE_STORE_ID",
                &["store_id"],
            ),
            Key::new(
                "CATALOG_PRODUCT_ENTITY_MEDIA_GALLERY_VALUE_ENTITY_ID",
                &["entity_id"],
            ),
            Key::new(
                "CATALOG_PRODUCT_ENTITY_MEDIA_GALLERY_VALUE_VALUE_ID",
                &["value_id"],
            ),
            Key::new(
                "CAT_PRD_ENTT_MDA_GLR_VAL_ENTT_ID_VAL_ID_STORE_ID",
                &["entity_id", "value_id", "store_id"],
            ),
        ])
        .foreign_keys(&[
            ForeignKey::cascade(
                "CAT_PRD_ENTT_MDA_GLR_VAL_ENTT_ID_CAT_PRD_ENTT_ENTT_ID",
                "entity_id",
                "catalog_product_entity",
                "entity_id",
            ),
            ForeignKey::cascade(
                "CAT_PRD_ENTT_MDA_GLR_VAL_STORE_ID_STORE_STORE_ID",
                "store_id",
                "store",
                "store_id",
            ),
            ForeignKey::cascade(
                "CAT_PRD_ENTT_MDA_GLR_VAL_VAL_ID_CAT_PRD_ENTT_MDA_GLR_VAL_ID",
                "value_id",
                "catalog_product_entity_media_gallery",
                "value_id",
            ),
        ]);

/// `catalog_product_entity_media_gallery_value_to_entity`.
pub(crate) const CATALOG_PRODUCT_ENTITY_MEDIA_GALLERY_VALUE_TO_ENTITY: Table =
    Table::new("catalog_product_entity_media_gallery_value_to_entity", "")
        .columns(&[
            Column::int("value_id").unsigned(),
            Column::int("entity_id").unsigned(),
        ])
        .primary_key(&["value_id", "entity_id"])
        .indexes(&[Key::new(
            "CAT_PRD_ENTT_MDA_GLR_VAL_TO_ENTT_ENTT_ID_CAT_PRD_ENTT_ENTT_ID",
            &["entity_id"],
        )])
        .foreign_keys(&[
            ForeignKey::cascade(
                "CAT_PRD_ENTT_MDA_GLR_VAL_TO_ENTT_ENTT_ID_CAT_PRD_ENTT_ENTT_ID",
                "entity_id",
                "catalog_product_entity",
                "entity_id",
            ),
            ForeignKey::cascade(
                "FK_A6C6C8FAA386736921D3A7C4B50B1185",
                "value_id",
                "catalog_product_entity_media_gallery",
                "value_id",
            ),
        ]);

/// `catalog_product_entity_media_gallery_value_video`.
pub(crate) const CATALOG_PRODUCT_ENTITY_MEDIA_GALLERY_VALUE_VIDEO: Table =
    Table::new("catalog_product_entity_media_gallery_value_video", "")
        .columns(&[
            Column::int("value_id").unsigned(),
            Column::smallint("store_id").unsigned().default("0"),
            Column::varchar("provider", 32).nullable(),
            Column::text("url").nullable(),
            Column::varchar("title", 255).nullable(),
            Column::text("description").nullable(),
            Column::text("metadata").nullable(),
        ])
        .primary_key(&["value_id", "store_id"])
        .indexes(&[Key::new(
            "CAT_PRD_ENTT_MDA_GLR_VAL_VIDEO_STORE_ID_STORE_STORE_ID",
            &["store_id"],
        )])
        .foreign_keys(&[
            ForeignKey::cascade(
                "CAT_PRD_ENTT_MDA_GLR_VAL_VIDEO_STORE_ID_STORE_STORE_ID",
                "store_id",
                "store",
                "store_id",
            ),
            ForeignKey::cascade(
                "FK_6FDF205946906B0E653E60AA769899F8",
                "value_id",
                "catalog_product_entity_media_gallery",
                "value_id",
            ),
        ]);
