//! The names of websites, groups and store views.

use crate::scopes::Scopes;

impl Scopes {
    /// The name of a website.
    pub fn website_name(&self, website_id: i64) -> Option<String> {
        let snapshot = self.snapshot();
        let website = snapshot.websites.iter().find(|website| website.id == website_id);
        website.map(|website| website.name.clone())
    }

    /// The groups of a website with their names, by name.
    pub fn groups_of_website(&self, website_id: i64) -> Vec<(i64, String)> {
        let snapshot = self.snapshot();
        let groups = snapshot.groups.iter();
        let here = groups.filter(|group| group.website_id == website_id && group.id != 0);
        let mut named: Vec<(i64, String)> = here.map(|group| (group.id, group.name.clone())).collect();
        named.sort_by(|(a_id, a), (b_id, b)| a.cmp(b).then(a_id.cmp(b_id)));
        named
    }

    /// The name of a store view.
    pub fn view_name(&self, store_id: i64) -> Option<String> {
        let snapshot = self.snapshot();
        let view = snapshot.views.iter().find(|view| view.id == store_id);
        view.map(|view| view.name.clone())
    }
}
