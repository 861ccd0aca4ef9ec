//! Configuration of store views.

use contract::{Cx, Result, operation};

use super::url::{Kind, Urls};
use crate::StaticFiles;
use crate::data::StoreConfig;
use crate::repo::StoreRow;
use crate::scopes::Snapshot;

/// Lists the configuration of the named store views, or of all but the admin one.
#[operation("storeStoreConfigManagerV1", "Configuration of store views.")]
#[route(GET "/V1/store/storeConfigs" => "Magento_Backend::store", allow_insecure)]
pub(crate) async fn get_store_configs(
    cx: &mut Cx<'_>,
    store_codes: Option<Vec<String>>,
) -> Result<Vec<StoreConfig>> {
    let snapshot = super::snapshot(cx)?;
    let files = cx.service::<StaticFiles>()?;
    // Codes are compared as the column's collation does (`spec/scopes.md`, fact 5).
    let codes = store_codes
        .unwrap_or_default()
        .iter()
        .map(|code| code.to_lowercase())
        .collect::<Vec<_>>();
    let wanted = |store: &&StoreRow| {
        store.store_id != 0 && (codes.is_empty() || codes.contains(&store.code.to_lowercase()))
    };
    let mut stores: Vec<&StoreRow> = snapshot.stores.iter().filter(wanted).collect();
    stores.sort_by_key(|store| (store.sort_order, store.name.to_lowercase()));
    Ok(stores
        .into_iter()
        .map(|store| config_of(store, &snapshot, files))
        .collect())
}

fn config_of(store: &StoreRow, snapshot: &Snapshot, files: &StaticFiles) -> StoreConfig {
    let config = |path: &str| {
        let value = snapshot
            .configuration
            .value(path, store.website_id, store.store_id);
        value.map(|value| value.to_string()).unwrap_or_default()
    };
    let plain = Urls {
        config: &config,
        secure: false,
        store_code: &store.code,
        files,
    };
    let secure = Urls {
        secure: true,
        ..plain
    };
    StoreConfig {
        id: store.store_id,
        code: store.code.clone(),
        website_id: store.website_id,
        locale: config("general/locale/code"),
        base_currency_code: config("currency/options/base"),
        default_display_currency_code: config("currency/options/default"),
        timezone: config("general/locale/timezone"),
        weight_unit: config("general/locale/weight_unit"),
        base_url: plain.base(Kind::Web),
        base_link_url: plain.base(Kind::Link),
        base_static_url: plain.base(Kind::Static),
        base_media_url: plain.base(Kind::Media),
        secure_base_url: secure.base(Kind::Web),
        secure_base_link_url: secure.base(Kind::Link),
        secure_base_static_url: secure.base(Kind::Static),
        secure_base_media_url: secure.base(Kind::Media),
        extension_attributes: contract::Extension::default(),
    }
}
