//! The rows that a stock Magento has in the store tables, with its ids.

use db::{Result, Session, params};

/// Whether the store tables hold an installation; they must be there.
///
/// # Errors
/// The database cannot be read.
pub async fn is_installed(session: &mut Session) -> Result<bool> {
    Ok(!super::stores(session).await?.is_empty())
}

/// Inserts the stock websites, groups, views and configuration; `base_url` ends with a slash.
///
/// # Errors
/// The database refuses, for example because there are such rows already.
pub async fn install(session: &mut Session, base_url: &str) -> Result<()> {
    let website = "INSERT INTO {store_website} (website_id, code, name, sort_order, default_group_id, is_default) \
                   VALUES (?, ?, ?, 0, ?, ?)";
    session
        .execute(website, params![0, "admin", "Admin", 0, 0])
        .await?;
    session
        .execute(website, params![1, "base", "Main Website", 1, 1])
        .await?;
    let group = "INSERT INTO {store_group} (group_id, website_id, name, root_category_id, default_store_id, code) \
                 VALUES (?, ?, ?, ?, ?, ?)";
    session
        .execute(group, params![0, 0, "Default", 0, 0, "default"])
        .await?;
    session
        .execute(
            group,
            params![1, 1, "Main Website Store", 2, 1, "main_website_store"],
        )
        .await?;
    let store = "INSERT INTO {store} (store_id, code, website_id, group_id, name, sort_order, is_active) \
                 VALUES (?, ?, ?, ?, ?, 0, 1)";
    session.execute(store, params![0, "admin", 0, 0, "Admin"]).await?;
    session
        .execute(store, params![1, "default", 1, 1, "Default Store View"])
        .await?;
    for (path, value) in CONFIGURATION {
        crate::set_configuration(session, crate::ConfigScope::Default, path, value).await?;
    }
    crate::set_configuration(
        session,
        crate::ConfigScope::Default,
        "web/unsecure/base_url",
        base_url,
    )
    .await
}

/// What Magento's installer writes into `core_config_data`, as far as it matters here.
const CONFIGURATION: &[(&str, &str)] = &[
    ("web/seo/use_rewrites", "1"),
    ("general/locale/code", "en_US"),
    ("general/locale/timezone", "UTC"),
    ("currency/options/base", "USD"),
    ("currency/options/default", "USD"),
    ("currency/options/allow", "USD"),
    ("general/region/display_all", "1"),
    (
        "general/region/state_required",
        "AL,AR,AU,BG,BO,BR,BY,CA,CH,CL,CN,CO,CR,CZ,DK,EC,EE,ES,GR,GY,HR,IN,IS,IT,LT,LV,MX,PE,PL,PT,PY,RO,SE,SR,\
         UA,US,UY,VE",
    ),
    ("catalog/category/root_id", "2"),
];
