//! The tree of resources.

use std::collections::HashMap;
use std::sync::LazyLock;

/// A resource that roles can be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resource {
    /// Its id, such as `Magento_Catalog::products`.
    pub id: &'static str,
    /// What people see; may be empty.
    pub title: &'static str,
    /// Position of the resource above it in [`resources`].
    pub parent: Option<u16>,
    /// Order among siblings.
    pub sort_order: i32,
}

struct Tree {
    resources: Vec<Resource>,
    index: HashMap<&'static str, u16>,
}

/// One line for each resource, parents first: id, parent id, sort order, title. Disabled ones are left out.
static TREE: LazyLock<Tree> = LazyLock::new(|| read(include_str!("resources.tsv")));

/// A line that is not understood, or whose parent is not above it, is left out: it grants nothing then.
fn read(text: &'static str) -> Tree {
    let mut tree = Tree {
        resources: Vec::new(),
        index: HashMap::new(),
    };
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let (Some(id), Some(parent), Some(order), Some(title)) =
            (columns.next(), columns.next(), columns.next(), columns.next())
        else {
            continue;
        };
        let above = tree.index.get(parent).copied();
        let Ok(position) = u16::try_from(tree.resources.len()) else {
            break;
        };
        if above.is_none() && !parent.is_empty() {
            continue;
        }
        let sort_order = order.parse().unwrap_or_default();
        tree.resources.push(Resource {
            id,
            title,
            parent: above,
            sort_order,
        });
        tree.index.insert(id, position);
    }
    tree
}

/// All resources, each behind the one above it, siblings by sort order.
#[must_use]
pub fn resources() -> &'static [Resource] {
    &TREE.resources
}

/// The position of `id` in [`resources`]. Looked up once per route, not per call.
#[must_use]
pub fn resource_index(id: &str) -> Option<u16> {
    TREE.index.get(id).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_file_is_read() {
        let lines = include_str!("resources.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .count();
        assert_eq!(resources().len(), lines);
        assert_eq!(TREE.index.len(), lines);
        assert_eq!(lines, 254);
    }

    #[test]
    fn parents_stand_before_their_children() {
        for (at, resource) in resources().iter().enumerate() {
            assert!(
                resource.parent.is_none_or(|parent| usize::from(parent) < at),
                "{}",
                resource.id
            );
            assert_eq!(resource_index(resource.id).map(usize::from), Some(at));
        }
    }

    #[test]
    fn the_two_roots_and_a_leaf_are_where_they_belong() {
        let roots: Vec<_> = resources()
            .iter()
            .filter(|r| r.parent.is_none())
            .map(|r| r.id)
            .collect();
        assert_eq!(roots, ["Magento_Backend::all", "Magento_Backend::admin"]);
        let products = resources()[usize::from(resource_index("Magento_Catalog::products").unwrap())];
        assert_eq!(products.title, "Products");
        let above = resources()[usize::from(products.parent.unwrap())];
        assert_eq!(above.id, "Magento_Catalog::catalog_inventory");
        assert_eq!(resource_index("self"), None);
    }
}
