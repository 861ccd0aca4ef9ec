//! Websites, groups, views and configuration in memory, read again when they have changed.

use std::collections::HashMap;
use std::sync::Arc;

use arc_swap::ArcSwap;
use contract::port::{Refresh, Stores};
use contract::{BoxFuture, StoreScope};
use db::{Db, Fingerprint, Watched};

use crate::configuration::{ConfigScope, Configuration};
use crate::data::{Group, StoreView, Website};
use crate::repo::{self, StoreRow};

/// Tables and columns whose change makes the snapshot stale.
const WATCHED: &[Watched] = &[
    Watched::Rows(
        "store_website",
        &["website_id", "code", "name", "default_group_id", "is_default"],
    ),
    Watched::Rows(
        "store_group",
        &[
            "group_id",
            "website_id",
            "root_category_id",
            "default_store_id",
            "name",
            "code",
        ],
    ),
    Watched::Rows(
        "store",
        &[
            "store_id",
            "code",
            "website_id",
            "group_id",
            "name",
            "sort_order",
            "is_active",
        ],
    ),
    Watched::Rows("core_config_data", &["scope", "scope_id", "path", "value"]),
];

/// The store structure at one moment.
pub(crate) struct Snapshot {
    /// What the database looked like: taken before the rows, so that a change in between is seen the next time.
    fingerprint: Fingerprint,
    pub(crate) websites: Arc<Vec<Website>>,
    pub(crate) groups: Arc<Vec<Group>>,
    /// In the order of the answer to `GET /V1/store/storeViews`.
    pub(crate) views: Arc<Vec<StoreView>>,
    pub(crate) stores: Vec<StoreRow>,
    pub(crate) configuration: Configuration,
    by_code: HashMap<String, (StoreScope, bool)>,
    admin: StoreScope,
    default: StoreScope,
}

/// Gives store views and configuration to the whole process.
pub struct Scopes {
    db: Db,
    current: ArcSwap<Snapshot>,
}

impl Scopes {
    /// Reads everything once.
    ///
    /// # Errors
    /// The database cannot be read, or its store tables are empty.
    pub async fn load(db: &Db) -> contract::Result<Self> {
        let fingerprint = db.fingerprint(WATCHED).await?;
        let snapshot = read(db, fingerprint).await?;
        Ok(Self {
            db: db.clone(),
            current: ArcSwap::from_pointee(snapshot),
        })
    }

    pub(crate) fn snapshot(&self) -> Arc<Snapshot> {
        self.current.load_full()
    }

    /// A value in exactly one scope, as `config:show` prints it; the default scope falls back to Magento's
    /// own defaults.
    pub fn show(&self, path: &str, scope: ConfigScope) -> Option<Arc<str>> {
        let snapshot = self.current.load();
        match scope {
            ConfigScope::Default => snapshot.configuration.default_value(path),
            ConfigScope::Website(id) => snapshot.configuration.website_value(path, id),
            ConfigScope::Store(id) => {
                let website = snapshot
                    .stores
                    .iter()
                    .find(|store| store.store_id == id)?
                    .website_id;
                snapshot.configuration.value(path, website, id)
            }
        }
    }

    /// All values of a scope that are not null, by path.
    pub fn show_all(&self, scope: ConfigScope) -> Vec<(String, Arc<str>)> {
        let snapshot = self.current.load();
        let paths = snapshot.configuration.paths();
        paths
            .into_iter()
            .filter_map(|path| Some((path.to_owned(), self.show(path, scope)?)))
            .collect()
    }

    /// The id of the website or store view with this code.
    pub fn scope_id(&self, scope: &str, code: &str) -> Option<i64> {
        let snapshot = self.current.load();
        match scope {
            "websites" | "website" => snapshot.websites.iter().find(|w| w.code == code).map(|w| w.id),
            "stores" | "store" => snapshot
                .stores
                .iter()
                .find(|s| s.code == code)
                .map(|s| s.store_id),
            _ => None,
        }
    }
}

/// Sets a configuration value; the caller commits.
///
/// # Errors
/// The database refuses.
pub async fn set_configuration(
    session: &mut db::Session,
    scope: ConfigScope,
    path: &str,
    value: &str,
) -> db::Result<()> {
    let (name, id) = scope.columns();
    repo::set_configuration(session, name, id, path, value).await
}

async fn read(db: &Db, fingerprint: Fingerprint) -> contract::Result<Snapshot> {
    let mut session = db.session();
    let websites = repo::websites(&mut session).await?;
    let groups = repo::groups(&mut session).await?;
    let stores = repo::stores(&mut session).await?;
    let configuration = Configuration::new(repo::configuration(&mut session).await?);
    let default_group = websites
        .iter()
        .find(|row| row.is_default)
        .map(|row| row.website.default_group_id);
    let default_id = default_group
        .and_then(|id| groups.iter().find(|group| group.id == id))
        .map(|group| group.default_store_id);
    let websites = websites.into_iter().map(|row| row.website).collect();
    Snapshot::new(fingerprint, websites, groups, stores, configuration, default_id)
        .ok_or_else(|| contract::Error::internal("the store tables have no default or no admin store view"))
}

impl Snapshot {
    fn new(
        fingerprint: Fingerprint,
        websites: Vec<Website>,
        groups: Vec<Group>,
        stores: Vec<StoreRow>,
        configuration: Configuration,
        default_id: Option<i64>,
    ) -> Option<Self> {
        let admin = scope(stores.iter().find(|store| store.store_id == 0)?);
        let default = scope(stores.iter().find(|store| Some(store.store_id) == default_id)?);
        let by_code = stores
            .iter()
            .filter(|store| store.store_id != 0)
            .map(|store| (store.code.clone(), (scope(store), store.is_active == 1)))
            .collect();
        // The default view comes first, the others by id (golden `ms0994`).
        let mut order: Vec<&StoreRow> = stores.iter().collect();
        order.sort_by_key(|store| (Some(store.store_id) != default_id, store.store_id));
        let views = order.into_iter().map(view).collect();
        let (websites, groups, views) = (Arc::new(websites), Arc::new(groups), Arc::new(views));
        Some(Self {
            fingerprint,
            websites,
            groups,
            views,
            stores,
            configuration,
            by_code,
            admin,
            default,
        })
    }
}

pub(crate) fn scope(row: &StoreRow) -> StoreScope {
    StoreScope {
        store_id: row.store_id,
        website_id: row.website_id,
        group_id: row.group_id,
        code: Arc::from(row.code.as_str()),
    }
}

fn view(row: &StoreRow) -> StoreView {
    StoreView {
        id: row.store_id,
        code: row.code.clone(),
        name: row.name.clone(),
        website_id: row.website_id,
        store_group_id: row.group_id,
        is_active: row.is_active,
        ..StoreView::default()
    }
}

impl Stores for Scopes {
    fn by_code(&self, code: &str) -> Option<StoreScope> {
        let snapshot = self.current.load();
        if code == "all" {
            return Some(snapshot.admin.clone());
        }
        snapshot.by_code.get(code).map(|(scope, _)| scope.clone())
    }

    fn by_cookie(&self, code: &str) -> Option<StoreScope> {
        let snapshot = self.current.load();
        snapshot
            .by_code
            .get(code)
            .filter(|(_, active)| *active)
            .map(|(scope, _)| scope.clone())
    }

    fn default_scope(&self) -> StoreScope {
        self.current.load().default.clone()
    }

    fn config(&self, path: &str, scope: &StoreScope) -> Option<Arc<str>> {
        self.current
            .load()
            .configuration
            .value(path, scope.website_id, scope.store_id)
    }

    fn default_config(&self, path: &str) -> Option<Arc<str>> {
        self.current.load().configuration.default_value(path)
    }
}

impl Refresh for Scopes {
    fn name(&self) -> &'static str {
        "stores and configuration"
    }

    fn refresh(&self) -> BoxFuture<'_, contract::Result<()>> {
        Box::pin(async move {
            let fingerprint = self.db.fingerprint(WATCHED).await?;
            if self.current.load().fingerprint != fingerprint {
                self.current.store(Arc::new(read(&self.db, fingerprint).await?));
            }
            Ok(())
        })
    }
}
