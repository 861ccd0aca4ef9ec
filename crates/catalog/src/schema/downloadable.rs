//! Links and samples of downloadable products.

use db::schema::{Column, ForeignKey, Key, Table};

/// `downloadable_link`.
pub(crate) const DOWNLOADABLE_LINK: Table = Table::new("downloadable_link", "")
    .columns(&[
        Column::int("link_id").unsigned().identity(),
        Column::int("product_id").unsigned().default("0"),
        Column::int("sort_order").unsigned().default("0"),
        Column::int("number_of_downloads").nullable(),
        Column::smallint("is_shareable").unsigned().default("0"),
        Column::varchar("link_url", 255).nullable(),
        Column::varchar("link_file", 255).nullable(),
        Column::varchar("link_type", 20).nullable(),
        Column::varchar("sample_url", 255).nullable(),
        Column::varchar("sample_file", 255).nullable(),
        Column::varchar("sample_type", 20).nullable(),
    ])
    .primary_key(&["link_id"])
    .indexes(&[Key::new(
        "DOWNLOADABLE_LINK_PRODUCT_ID_SORT_ORDER",
        &["product_id", "sort_order"],
    )])
    .foreign_keys(&[ForeignKey::cascade(
        "DOWNLOADABLE_LINK_PRODUCT_ID_CATALOG_PRODUCT_ENTITY_ENTITY_ID",
        "product_id",
        "catalog_product_entity",
        "entity_id",
    )]);

/// `downloadable_link_price`.
pub(crate) const DOWNLOADABLE_LINK_PRICE: Table = Table::new("downloadable_link_price", "")
    .columns(&[
        Column::int("price_id").unsigned().identity(),
        Column::int("link_id").unsigned().default("0"),
        Column::smallint("website_id").unsigned().default("0"),
        Column::decimal("price", 20, 6).default("0.000000"),
    ])
    .primary_key(&["price_id"])
    .indexes(&[
        Key::new("DOWNLOADABLE_LINK_PRICE_LINK_ID", &["link_id"]),
        Key::new("DOWNLOADABLE_LINK_PRICE_WEBSITE_ID", &["website_id"]),
    ])
    .foreign_keys(&[
        ForeignKey::cascade(
            "DOWNLOADABLE_LINK_PRICE_LINK_ID_DOWNLOADABLE_LINK_LINK_ID",
            "link_id",
            "downloadable_link",
            "link_id",
        ),
        ForeignKey::cascade(
            "DOWNLOADABLE_LINK_PRICE_WEBSITE_ID_STORE_WEBSITE_WEBSITE_ID",
            "website_id",
            "store_website",
            "website_id",
        ),
    ]);

/// `downloadable_link_title`.
pub(crate) const DOWNLOADABLE_LINK_TITLE: Table = Table::new("downloadable_link_title", "")
    .columns(&[
        Column::int("title_id").unsigned().identity(),
        Column::int("link_id").unsigned().default("0"),
        Column::smallint("store_id").unsigned().default("0"),
        Column::varchar("title", 255).nullable(),
    ])
    .primary_key(&["title_id"])
    .unique(&[Key::new(
        "DOWNLOADABLE_LINK_TITLE_LINK_ID_STORE_ID",
        &["link_id", "store_id"],
    )])
    .indexes(&[Key::new("DOWNLOADABLE_LINK_TITLE_STORE_ID", &["store_id"])])
    .foreign_keys(&[
        ForeignKey::cascade(
            "DOWNLOADABLE_LINK_TITLE_LINK_ID_DOWNLOADABLE_LINK_LINK_ID",
            "link_id",
            "downloadable_link",
            "link_id",
        ),
        ForeignKey::cascade(
            "DOWNLOADABLE_LINK_TITLE_STORE_ID_STORE_STORE_ID",
            "store_id",
            "store",
            "store_id",
        ),
    ]);

/// `downloadable_sample`.
pub(crate) const DOWNLOADABLE_SAMPLE: Table = Table::new("downloadable_sample", "")
    .columns(&[
        Column::int("sample_id").unsigned().identity(),
        Column::int("product_id").unsigned().default("0"),
        Column::varchar("sample_url", 255).nullable(),
        Column::varchar("sample_file", 255).nullable(),
        Column::varchar("sample_type", 20).nullable(),
        Column::int("sort_order").unsigned().default("0"),
    ])
    .primary_key(&["sample_id"])
    .indexes(&[Key::new("DOWNLOADABLE_SAMPLE_PRODUCT_ID", &["product_id"])])
    .foreign_keys(&[ForeignKey::cascade(
        "DOWNLOADABLE_SAMPLE_PRODUCT_ID_CATALOG_PRODUCT_ENTITY_ENTITY_ID",
        "product_id",
        "catalog_product_entity",
        "entity_id",
    )]);

/// `downloadable_sample_title`.
pub(crate) const DOWNLOADABLE_SAMPLE_TITLE: Table = Table::new("downloadable_sample_title", "")
    .columns(&[
        Column::int("title_id").unsigned().identity(),
        Column::int("sample_id").unsigned().default("0"),
        Column::smallint("store_id").unsigned().default("0"),
        Column::varchar("title", 255).nullable(),
    ])
    .primary_key(&["title_id"])
    .unique(&[Key::new(
        "DOWNLOADABLE_SAMPLE_TITLE_SAMPLE_ID_STORE_ID",
        &["sample_id", "store_id"],
    )])
    .indexes(&[Key::new("DOWNLOADABLE_SAMPLE_TITLE_STORE_ID", &["store_id"])])
    .foreign_keys(&[
        ForeignKey::cascade(
            "DL_SAMPLE_TTL_SAMPLE_ID_DL_SAMPLE_SAMPLE_ID",
            "sample_id",
            "downloadable_sample",
            "sample_id",
        ),
        ForeignKey::cascade(
            "DOWNLOADABLE_SAMPLE_TITLE_STORE_ID_STORE_STORE_ID",
            "store_id",
            "store",
            "store_id",
        ),
    ]);
