//! The tree of categories with numbers of products.

use std::collections::{HashMap, HashSet};

use contract::{Cx, Result};

use super::Attributes;
use crate::data::category::CategoryTree;
use crate::repo::category::{CategoryRow, Node, NodeAttributes};
use crate::repo::category_index::View;
use crate::repo::{self};

/// How products are looked at in the call's store view.
pub(super) fn view(cx: &Cx<'_>) -> Result<View> {
    let attributes = Attributes::of(cx)?;
    let product = attributes.0.entity_type("catalog_product")?;
    let id = |code: &str| {
        let found = product.attribute(code).map(|attribute| attribute.id);
        found.ok_or_else(|| contract::Error::internal(format!("products have no attribute {code}")))
    };
    Ok(View {
        store_id: cx.scope().store_id,
        website_id: cx.scope().website_id,
        status: id("status")?,
        visibility: id("visibility")?,
        is_active: attributes.id("is_active")?,
    })
}

/// The tree from `root` down to `depth` levels below it. Four statements, whatever its size; one more when the
/// root category of the store view is an anchor.
pub(super) async fn load(cx: &mut Cx<'_>, root: &CategoryRow, depth: Option<i64>) -> Result<CategoryTree> {
    let attributes = Attributes::of(cx)?;
    let wanted = NodeAttributes {
        name: attributes.id("name")?,
        is_active: attributes.id("is_active")?,
        is_anchor: attributes.id("is_anchor")?,
    };
    let store_id = cx.scope().store_id;
    let nodes = repo::category::nodes(cx.session(), &wanted, store_id, root).await?;
    let counts = counts(cx, root, &nodes).await?;
    let mut below: HashMap<i64, Vec<&Node>> = HashMap::new();
    for node in &nodes {
        below.entry(node.parent_id).or_default().push(node);
    }
    let top = nodes.iter().find(|node| node.id == root.id);
    Ok(top
        .map(|top| branch(top, &below, &counts, depth))
        .unwrap_or_default())
}

fn branch(
    node: &Node,
    below: &HashMap<i64, Vec<&Node>>,
    counts: &HashMap<i64, i64>,
    depth: Option<i64>,
) -> CategoryTree {
    let children = match depth {
        Some(depth) if depth <= 0 => None,
        _ => below.get(&node.id),
    };
    let children = children.into_iter().flatten();
    CategoryTree {
        id: Some(node.id),
        parent_id: node.parent_id,
        name: node.name.clone(),
        is_active: node.is_active,
        position: node.position,
        level: node.level,
        product_count: counts.get(&node.id).copied().unwrap_or_default(),
        children_data: children
            .map(|child| branch(child, below, counts, depth.map(|depth| depth - 1)))
            .collect(),
    }
}

/// The products at and below a category: all, and those that the store view shows.
#[derive(Default)]
struct Below {
    all: Vec<i64>,
    shown: Vec<i64>,
}

/// Numbers of products. A category that is no anchor counts its own, visible or not. An anchor counts what the
/// store view shows in it and in the active categories below; where that is nothing, all products below
/// (goldens `ms0490`, `ms0504`).
async fn counts(cx: &mut Cx<'_>, root: &CategoryRow, nodes: &[Node]) -> Result<HashMap<i64, i64>> {
    let view = view(cx)?;
    let shown: HashSet<i64> = match view.website_id {
        0 => HashSet::new(),
        _ => {
            let shown = repo::category_index::shown(cx.session(), &view, root).await?;
            shown.into_iter().collect()
        }
    };
    let mut own: HashMap<i64, Vec<i64>> = HashMap::new();
    for (category, product) in repo::category_index::links(cx.session(), &view, root).await? {
        own.entry(category).or_default().push(product);
    }
    let store_root = super::root_of(cx)?;
    let mut counts = HashMap::with_capacity(nodes.len());
    let mut below: HashMap<i64, Below> = HashMap::new();
    let mut order: Vec<&Node> = nodes.iter().collect();
    order.sort_by_key(|node| std::cmp::Reverse(node.level));
    for node in order {
        let own = own.remove(&node.id).unwrap_or_default();
        let mut here = below.remove(&node.id).unwrap_or_default();
        let own_shown = own.iter().copied().filter(|product| shown.contains(product));
        here.all.extend(own.iter().copied());
        unique(&mut here.all);
        let mut indexed = here.shown.clone();
        indexed.extend(own_shown);
        unique(&mut indexed);
        let count = if !node.is_anchor {
            own.len()
        } else if node.id == store_root {
            let count = repo::category_index::count_of_website(cx.session(), &view).await?;
            usize::try_from(count).unwrap_or_default()
        } else if indexed.is_empty() || !is_below(node, store_root) {
            here.all.len()
        } else {
            indexed.len()
        };
        counts.insert(node.id, i64::try_from(count).unwrap_or(i64::MAX));
        let parent = below.entry(node.parent_id).or_default();
        parent.all.append(&mut here.all);
        let shown = if node.is_active == Some(true) {
            indexed
        } else {
            here.shown
        };
        parent.shown.extend(shown);
    }
    Ok(counts)
}

fn unique(ids: &mut Vec<i64>) {
    ids.sort_unstable();
    ids.dedup();
}

fn is_below(node: &Node, root: i64) -> bool {
    let root = root.to_string();
    node.path.split('/').any(|id| id == root)
}
