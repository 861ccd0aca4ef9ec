//! Numbers of products in categories.

use std::collections::HashMap;
use std::sync::Arc;

use contract::{Cx, Result};
use db::Session;
use roaring::RoaringBitmap;

use crate::repo::category::{CategoryRow, Node};
use crate::repo::category_index::{self as repo, Showing, View};

type Counts = HashMap<i64, i64>;

/// The numbers of products in the categories of a tree. A category that is no anchor counts its own, visible or not.
/// An anchor counts what the store view shows in it and in the active categories below; where that is nothing, all
/// products below (goldens `ms0490`, `ms0504`). In SQLite they are kept until the database changes.
pub(super) async fn of_products(cx: &mut Cx<'_>, root: &CategoryRow, nodes: &[Node]) -> Result<Arc<Counts>> {
    let view = super::tree::view(cx)?;
    let store_root = super::root_of(cx)?;
    let name = format!(
        "numbers of products below {} in {} of {}",
        root.id, view.store_id, view.website_id
    );
    let state = cx.session().state()?;
    let known = state.and_then(|state| cx.session().recall(state, &name));
    if let Some(known) = known {
        return Ok(known);
    }
    let products = Products::read(cx.session(), &view, root).await?;
    let counts = Arc::new(products.count(nodes, store_root));
    if let Some(state) = state {
        cx.session().keep(state, &name, counts.clone());
    }
    Ok(counts)
}

/// Products by id.
struct Products {
    /// By category, those of the website only.
    own: HashMap<i64, RoaringBitmap>,
    /// All that the website sells and shows.
    visible: RoaringBitmap,
    /// Those of them that have no parts, or one that is enabled.
    shown: RoaringBitmap,
}

impl Products {
    /// The products of a website, or in the admin store all, where none counts as shown.
    async fn read(session: &mut Session, view: &View, root: &CategoryRow) -> Result<Self> {
        let mut products = Self {
            own: HashMap::new(),
            visible: RoaringBitmap::new(),
            shown: RoaringBitmap::new(),
        };
        for (category, product) in repo::links(session, root).await? {
            products
                .own
                .entry(i64::from(category))
                .or_default()
                .insert(product);
        }
        if view.website_id == 0 {
            return Ok(products);
        }
        let sold: RoaringBitmap = repo::in_website(session, view.website_id)
            .await?
            .into_iter()
            .collect();
        for own in products.own.values_mut() {
            *own &= &sold;
        }
        let (mut enabled, mut visible) = (RoaringBitmap::new(), sold);
        let mut seen = RoaringBitmap::new();
        for (product, showing) in repo::showing(session, view).await? {
            let (set, holds) = match showing {
                Showing::Enabled => (&mut enabled, true),
                Showing::Visible => (&mut seen, true),
                Showing::OwnEnabled(holds) => (&mut enabled, holds),
                Showing::OwnVisible(holds) => (&mut seen, holds),
            };
            if holds {
                set.insert(product);
            } else {
                set.remove(product);
            }
        }
        visible &= &enabled;
        visible &= seen;
        let (mut empty, mut filled) = (RoaringBitmap::new(), RoaringBitmap::new());
        for (parent, child) in repo::parts(session).await? {
            let set = if enabled.contains(child) {
                &mut filled
            } else {
                &mut empty
            };
            set.insert(parent);
        }
        products.shown = &visible - (empty - filled);
        products.visible = visible;
        Ok(products)
    }

    fn count(mut self, nodes: &[Node], store_root: i64) -> Counts {
        let mut counts = HashMap::with_capacity(nodes.len());
        let mut below: HashMap<i64, Below> = HashMap::new();
        let mut order: Vec<&Node> = nodes.iter().collect();
        order.sort_by_key(|node| std::cmp::Reverse(node.level));
        for node in order {
            let own = self.own.remove(&node.id).unwrap_or_default();
            let mut here = below.remove(&node.id).unwrap_or_default();
            here.all |= &own;
            let indexed = &here.shown | (&own & &self.shown);
            let counted = if !node.is_anchor {
                &own
            } else if node.id == store_root {
                &self.visible
            } else if indexed.is_empty() || !is_below(node, store_root) {
                &here.all
            } else {
                &indexed
            };
            counts.insert(node.id, i64::try_from(counted.len()).unwrap_or(i64::MAX));
            let parent = below.entry(node.parent_id).or_default();
            parent.all |= here.all;
            parent.shown |= if node.is_active == Some(true) {
                indexed
            } else {
                here.shown
            };
        }
        counts
    }
}

/// The products below a category: all, and those that the store view shows.
#[derive(Default)]
struct Below {
    all: RoaringBitmap,
    shown: RoaringBitmap,
}

fn is_below(node: &Node, root: i64) -> bool {
    let root = root.to_string();
    node.path.split('/').any(|id| id == root)
}
