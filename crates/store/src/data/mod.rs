//! Data objects of the store services; field order is the order on the wire.

use contract::{DataObject, Extension};

/// Extension attributes of a website.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("store-data-website-extension-interface")]
pub(crate) struct WebsiteExtension {}

/// A website: what shares prices, stock and customers.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("store-data-website-interface")]
pub(crate) struct Website {
    /// Website id.
    pub(crate) id: i64,
    /// Code.
    pub(crate) code: String,
    /// Name.
    pub(crate) name: String,
    /// Id of the default store group.
    pub(crate) default_group_id: i64,
    /// Extension attributes.
    pub(crate) extension_attributes: Extension<WebsiteExtension>,
}

/// Extension attributes of a store group.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("store-data-group-extension-interface")]
pub(crate) struct GroupExtension {}

/// A store group: views that share a root category.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("store-data-group-interface")]
pub(crate) struct Group {
    /// Group id.
    pub(crate) id: i64,
    /// Id of its website.
    pub(crate) website_id: i64,
    /// Id of its root category.
    pub(crate) root_category_id: i64,
    /// Id of its default store view.
    pub(crate) default_store_id: i64,
    /// Name.
    pub(crate) name: String,
    /// Code.
    pub(crate) code: String,
    /// Extension attributes.
    pub(crate) extension_attributes: Extension<GroupExtension>,
}

/// Extension attributes of a store view.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("store-data-store-extension-interface")]
pub(crate) struct StoreExtension {}

/// A store view: what has a language and a currency.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("store-data-store-interface")]
pub(crate) struct StoreView {
    /// Store view id.
    pub(crate) id: i64,
    /// Code, as it stands in paths.
    pub(crate) code: String,
    /// Name.
    pub(crate) name: String,
    /// Id of its website.
    pub(crate) website_id: i64,
    /// Id of its group.
    pub(crate) store_group_id: i64,
    /// 1 when it is active.
    pub(crate) is_active: i64,
    /// Extension attributes.
    pub(crate) extension_attributes: Extension<StoreExtension>,
}

/// Extension attributes of a store's configuration.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("store-data-store-config-extension-interface")]
pub(crate) struct StoreConfigExtension {}

/// The configuration of a store view that clients ask for first.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("store-data-store-config-interface")]
pub(crate) struct StoreConfig {
    /// Store view id.
    pub(crate) id: i64,
    /// Store view code.
    pub(crate) code: String,
    /// Website id.
    pub(crate) website_id: i64,
    /// Locale, for example `en_US`.
    pub(crate) locale: String,
    /// Code of the base currency.
    pub(crate) base_currency_code: String,
    /// Code of the currency shown by default.
    pub(crate) default_display_currency_code: String,
    /// Time zone, for example `Europe/Paris`.
    pub(crate) timezone: String,
    /// Unit of weight, `lbs` or `kgs`.
    pub(crate) weight_unit: String,
    /// Base URL.
    pub(crate) base_url: String,
    /// Base URL of links.
    pub(crate) base_link_url: String,
    /// Base URL of static files.
    pub(crate) base_static_url: String,
    /// Base URL of media files.
    pub(crate) base_media_url: String,
    /// Secure base URL.
    pub(crate) secure_base_url: String,
    /// Secure base URL of links.
    pub(crate) secure_base_link_url: String,
    /// Secure base URL of static files.
    pub(crate) secure_base_static_url: String,
    /// Secure base URL of media files.
    pub(crate) secure_base_media_url: String,
    /// Extension attributes.
    pub(crate) extension_attributes: Extension<StoreConfigExtension>,
}
