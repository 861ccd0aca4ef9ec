//! Scoped configuration: store view, else website, else default scope, else Magento's own default.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use crate::config_defaults;
use crate::repo::ConfigRow;

/// A scope of `core_config_data`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ConfigScope {
    /// `default`, id 0.
    Default,
    /// `websites`, by website id.
    Website(i64),
    /// `stores`, by store view id.
    Store(i64),
}

impl ConfigScope {
    /// As the columns `scope` and `scope_id` have it.
    pub fn columns(self) -> (&'static str, i64) {
        match self {
            Self::Default => ("default", 0),
            Self::Website(id) => ("websites", id),
            Self::Store(id) => ("stores", id),
        }
    }

    fn of(row: &ConfigRow) -> Option<Self> {
        match row.scope.as_str() {
            "default" => Some(Self::Default),
            "websites" => Some(Self::Website(row.scope_id)),
            "stores" => Some(Self::Store(row.scope_id)),
            _ => None,
        }
    }
}

/// The rows of `core_config_data`, by scope.
#[derive(Debug, Default)]
pub struct Configuration {
    values: HashMap<ConfigScope, HashMap<String, Arc<str>>>,
}

impl Configuration {
    pub(crate) fn new(rows: Vec<ConfigRow>) -> Self {
        let mut values: HashMap<ConfigScope, HashMap<String, Arc<str>>> = HashMap::new();
        for row in rows {
            // A null value hides the outer scopes' values as an empty one does.
            if let Some(scope) = ConfigScope::of(&row) {
                let value = Arc::from(row.value.unwrap_or_default());
                values.entry(scope).or_default().insert(row.path, value);
            }
        }
        Self { values }
    }

    /// All paths that have a value in any scope, or a default; in order.
    pub fn paths(&self) -> BTreeSet<&str> {
        let stored = self.values.values().flat_map(HashMap::keys).map(String::as_str);
        let mut paths: BTreeSet<&str> = stored.collect();
        for path in config_defaults::paths() {
            paths.insert(path);
        }
        paths
    }

    /// The value in exactly this scope, without defaults.
    pub fn exact(&self, path: &str, scope: ConfigScope) -> Option<Arc<str>> {
        self.values.get(&scope)?.get(path).cloned()
    }

    /// The value for a store view of a website; the admin view (0) sees the default scope.
    pub fn value(&self, path: &str, website_id: i64, store_id: i64) -> Option<Arc<str>> {
        self.exact(path, ConfigScope::Store(store_id))
            .or_else(|| self.website_value(path, website_id))
    }

    /// The value for a website.
    pub fn website_value(&self, path: &str, website_id: i64) -> Option<Arc<str>> {
        self.exact(path, ConfigScope::Website(website_id))
            .or_else(|| self.default_value(path))
    }

    /// The value of the default scope.
    pub fn default_value(&self, path: &str) -> Option<Arc<str>> {
        self.exact(path, ConfigScope::Default)
            .or_else(|| config_defaults::default_value(path).map(Arc::from))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(scope: &str, scope_id: i64, value: &str) -> ConfigRow {
        ConfigRow {
            scope: scope.to_owned(),
            scope_id,
            path: "general/locale/code".to_owned(),
            value: Some(value.to_owned()),
        }
    }

    #[test]
    fn the_nearest_scope_wins() {
        let rows = vec![
            row("default", 0, "en_GB"),
            row("websites", 2, "fr_FR"),
            row("stores", 3, "de_DE"),
        ];
        let configuration = Configuration::new(rows);
        let value = |website, store| configuration.value("general/locale/code", website, store);
        assert_eq!(value(2, 3).as_deref(), Some("de_DE"));
        assert_eq!(value(2, 4).as_deref(), Some("fr_FR"));
        assert_eq!(value(1, 1).as_deref(), Some("en_GB"));
    }

    #[test]
    fn without_rows_magentos_default_counts() {
        let configuration = Configuration::default();
        assert_eq!(
            configuration.value("general/locale/code", 1, 1).as_deref(),
            Some("en_US")
        );
        assert_eq!(configuration.value("no/such/path", 1, 1), None);
    }
}
