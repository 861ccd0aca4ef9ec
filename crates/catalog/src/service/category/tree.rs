//! The tree of categories with numbers of products.

use std::collections::HashMap;

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

/// The tree from `root` down to `depth` levels below it. Five statements, whatever its size; fewer where the numbers
/// of products are known.
pub(super) async fn load(cx: &mut Cx<'_>, root: &CategoryRow, depth: Option<i64>) -> Result<CategoryTree> {
    let attributes = Attributes::of(cx)?;
    let wanted = NodeAttributes {
        name: attributes.id("name")?,
        is_active: attributes.id("is_active")?,
        is_anchor: attributes.id("is_anchor")?,
    };
    let store_id = cx.scope().store_id;
    let nodes = repo::category::nodes(cx.session(), &wanted, store_id, root).await?;
    let counts = super::counts::of_products(cx, root, &nodes).await?;
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
