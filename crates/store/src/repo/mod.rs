//! The SQL of the store tables.

pub(crate) mod install;

use db::{FromRow, Result, Row, Session, params};

use crate::data::{Group, Website};

/// A row of `store`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StoreRow {
    pub(crate) store_id: i64,
    pub(crate) code: String,
    pub(crate) website_id: i64,
    pub(crate) group_id: i64,
    pub(crate) name: String,
    pub(crate) sort_order: i64,
    pub(crate) is_active: i64,
}

impl FromRow for StoreRow {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            store_id: row.get(0)?,
            code: row.get::<Option<String>>(1)?.unwrap_or_default(),
            website_id: row.get(2)?,
            group_id: row.get(3)?,
            name: row.get(4)?,
            sort_order: row.get(5)?,
            is_active: row.get(6)?,
        })
    }
}

/// A website, and whether it is the default one.
pub(crate) struct WebsiteRow {
    pub(crate) website: Website,
    pub(crate) is_default: bool,
}

impl FromRow for WebsiteRow {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        let website = Website {
            id: row.get(0)?,
            code: row.get::<Option<String>>(1)?.unwrap_or_default(),
            name: row.get::<Option<String>>(2)?.unwrap_or_default(),
            default_group_id: row.get(3)?,
            ..Website::default()
        };
        Ok(Self {
            website,
            is_default: row.get::<Option<i64>>(4)? == Some(1),
        })
    }
}

impl FromRow for Group {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            website_id: row.get(1)?,
            root_category_id: row.get(2)?,
            default_store_id: row.get(3)?,
            name: row.get(4)?,
            code: row.get::<Option<String>>(5)?.unwrap_or_default(),
            ..Self::default()
        })
    }
}

/// A row of `core_config_data`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ConfigRow {
    pub(crate) scope: String,
    pub(crate) scope_id: i64,
    pub(crate) path: String,
    pub(crate) value: Option<String>,
}

impl FromRow for ConfigRow {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            scope: row.get(0)?,
            scope_id: row.get(1)?,
            path: row.get(2)?,
            value: row.get(3)?,
        })
    }
}

/// All websites by id, the admin one (0) included.
pub(crate) async fn websites(session: &mut Session) -> Result<Vec<WebsiteRow>> {
    let sql = "SELECT website_id, code, name, default_group_id, is_default FROM {store_website} ORDER BY website_id";
    session.fetch_all(sql, params![]).await
}

/// All store groups by id.
pub(crate) async fn groups(session: &mut Session) -> Result<Vec<Group>> {
    let sql = "SELECT group_id, website_id, root_category_id, default_store_id, name, code \
               FROM {store_group} ORDER BY group_id";
    session.fetch_all(sql, params![]).await
}

/// All store views by id.
pub(crate) async fn stores(session: &mut Session) -> Result<Vec<StoreRow>> {
    let sql = "SELECT store_id, code, website_id, group_id, name, sort_order, is_active \
               FROM {store} ORDER BY store_id";
    session.fetch_all(sql, params![]).await
}

/// The whole configuration.
pub(crate) async fn configuration(session: &mut Session) -> Result<Vec<ConfigRow>> {
    session
        .fetch_all(
            "SELECT scope, scope_id, path, value FROM {core_config_data}",
            params![],
        )
        .await
}

/// Sets one value in one scope.
pub(crate) async fn set_configuration(
    session: &mut Session,
    scope: &str,
    scope_id: i64,
    path: &str,
    value: &str,
) -> Result<()> {
    let sql = db::dialect::upsert(
        session.engine(),
        "core_config_data",
        &["scope", "scope_id", "path", "value"],
        &["scope", "scope_id", "path"],
        &["value"],
    );
    session
        .execute(&sql, params![scope, scope_id, path, value])
        .await?;
    Ok(())
}
