//! What other domains ask about websites, groups and store views.

use contract::StoreScope;
use contract::port::Stores as _;

use crate::repo::StoreRow;
use crate::scopes::{Scopes, scope};

impl Scopes {
    /// The store view with this id, inactive ones included; 0 is the admin store.
    pub fn view(&self, store_id: i64) -> Option<StoreScope> {
        let snapshot = self.snapshot();
        snapshot
            .stores
            .iter()
            .find(|store| store.store_id == store_id)
            .map(scope)
    }

    /// The ids of all store views but the admin store, ascending.
    pub fn view_ids(&self) -> Vec<i64> {
        self.ids(|store| store.store_id != 0)
    }

    /// The ids of the store views of a website, ascending, inactive ones included (`spec/scopes.md` fact 16).
    pub fn views_of_website(&self, website_id: i64) -> Vec<i64> {
        self.ids(|store| store.website_id == website_id && store.store_id != 0)
    }

    /// The ids of the store views of a group, ascending, inactive ones included.
    pub fn views_of_group(&self, group_id: i64) -> Vec<i64> {
        self.ids(|store| store.group_id == group_id && store.store_id != 0)
    }

    fn ids(&self, wanted: impl Fn(&StoreRow) -> bool) -> Vec<i64> {
        let snapshot = self.snapshot();
        let stores = snapshot.stores.iter().filter(|store| wanted(store));
        let mut ids: Vec<i64> = stores.map(|store| store.store_id).collect();
        ids.sort_unstable();
        ids
    }

    /// The name of a store group.
    pub fn group_name(&self, group_id: i64) -> Option<String> {
        let snapshot = self.snapshot();
        let group = snapshot.groups.iter().find(|group| group.id == group_id);
        group.map(|group| group.name.clone())
    }

    /// The ids of all websites but the admin one, ascending.
    pub fn website_ids(&self) -> Vec<i64> {
        let snapshot = self.snapshot();
        let mut ids: Vec<i64> = snapshot
            .websites
            .iter()
            .map(|website| website.id)
            .filter(|id| *id != 0)
            .collect();
        ids.sort_unstable();
        ids
    }

    /// The code of a website.
    pub fn website_code(&self, website_id: i64) -> Option<String> {
        let snapshot = self.snapshot();
        let website = snapshot.websites.iter().find(|website| website.id == website_id);
        website.map(|website| website.code.clone())
    }

    /// The website with this code.
    pub fn website_by_code(&self, code: &str) -> Option<i64> {
        let snapshot = self.snapshot();
        snapshot
            .websites
            .iter()
            .find(|website| website.code == code)
            .map(|website| website.id)
    }

    /// The root category of a store group.
    pub fn root_category(&self, group_id: i64) -> Option<i64> {
        let snapshot = self.snapshot();
        let group = snapshot.groups.iter().find(|group| group.id == group_id);
        group.map(|group| group.root_category_id)
    }

    /// Whether a store group has this root category.
    pub fn is_root_category(&self, category_id: i64) -> bool {
        let snapshot = self.snapshot();
        let mut groups = snapshot.groups.iter();
        groups.any(|group| group.root_category_id == category_id)
    }

    /// The ids of the store views whose group has this root category, ascending.
    pub fn views_of_root(&self, category_id: i64) -> Vec<i64> {
        let snapshot = self.snapshot();
        self.ids(|store| {
            let group = snapshot.groups.iter().find(|group| group.id == store.group_id);
            group.is_some_and(|group| group.root_category_id == category_id)
        })
    }

    /// The default store view of a website.
    pub fn default_store(&self, website_id: i64) -> Option<i64> {
        let snapshot = self.snapshot();
        let website = snapshot
            .websites
            .iter()
            .find(|website| website.id == website_id)?;
        let group = snapshot
            .groups
            .iter()
            .find(|group| group.id == website.default_group_id)?;
        Some(group.default_store_id)
    }

    /// The website of which the default scope's store view is.
    pub fn default_website(&self) -> i64 {
        self.default_scope().website_id
    }
}
