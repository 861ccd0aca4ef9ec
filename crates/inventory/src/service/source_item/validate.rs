//! What Magento's validators say to source items. Neither an unknown SKU nor a negative quantity is wrong to them.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use contract::{Cx, Result, Value};
use db::text_key;

use super::write::Writing;
use crate::data::source_item::SourceItem;
use crate::repo;
use crate::service::validation::{Failures, trim};

/// Of bundles whose parts are shipped one by one.
const SEPARATELY: i64 = 1;

/// Refuses the items with everything that is wrong with any of them.
pub(super) async fn check(cx: &mut Cx<'_>, writing: &Writing, items: &[SourceItem]) -> Result<()> {
    let bundles = Bundles::load(cx, writing).await?;
    let mut failures = Failures::default();
    for item in items {
        let sku = item.sku.as_deref().unwrap_or_default();
        failures.not_empty("sku", sku);
        if trim(sku) != sku {
            failures.add_named(
                "\"%field\" can not contain leading or trailing spaces.",
                "field",
                "sku",
            );
        }
        let source_code = item.source_code.as_deref().unwrap_or_default();
        failures.not_empty("source_code", source_code);
        failures.no_whitespace("source_code", source_code);
        if item.quantity.is_none() {
            failures.add_named("\"%field\" should be numeric.", "field", "quantity");
        }
        if item.status.is_none() {
            failures.add_named("\"%field\" should be numeric.", "field", "status");
        }
        if !matches!(item.status.unwrap_or_default(), 0 | 1) {
            failures.add_named("\"%field\" should a known status.", "field", "status");
        }
        bundles.check(writing, sku, source_code, &mut failures);
    }
    failures.check_first()
}

/// Bundles that are shipped as one, so that all of their parts must be in one source.
#[derive(Default)]
struct Bundles {
    /// SKU, and the keys of the codes of the sources that hold any of its parts, by id.
    bundles: BTreeMap<i64, (String, HashSet<String>)>,
    /// The bundles of each part, by the part's id.
    of_part: HashMap<i64, BTreeSet<i64>>,
    /// Where Magento's admin area edits a product, but for its id.
    url: String,
}

impl Bundles {
    /// None of them matters while there is a single source.
    async fn load(cx: &mut Cx<'_>, writing: &Writing) -> Result<Self> {
        let mut found = Self::default();
        let parts = writing.parts.iter();
        let parts: Vec<_> = parts
            .filter(|part| part.parent_type == "bundle" && part.option_id.is_some())
            .collect();
        if parts.is_empty() || writing.network.is_single() {
            return Ok(found);
        }
        let ids: Vec<i64> = parts.iter().map(|part| part.parent_id).collect();
        let shipment = catalog::numbers(cx, "shipment_type", &ids).await?;
        let together = |id: &i64| shipment.get(id) != Some(&SEPARATELY);
        let mut skus: Vec<&str> = parts.iter().map(|part| part.child_sku.as_str()).collect();
        skus.sort_unstable();
        skus.dedup();
        let mut sources: HashMap<String, Vec<String>> = HashMap::new();
        for held in repo::source_item::held(cx.session(), &skus, false).await? {
            sources
                .entry(text_key(&held.sku))
                .or_default()
                .push(text_key(&held.source_code));
        }
        for part in parts.into_iter().filter(|part| together(&part.parent_id)) {
            let bundle = found.bundles.entry(part.parent_id);
            let (_, held) = bundle.or_insert_with(|| (part.parent_sku.clone(), HashSet::new()));
            held.extend(
                sources
                    .get(&text_key(&part.child_sku))
                    .into_iter()
                    .flatten()
                    .cloned(),
            );
            found
                .of_part
                .entry(part.child_id)
                .or_default()
                .insert(part.parent_id);
        }
        let base = cx.config("web/unsecure/base_url").unwrap_or_default();
        found.url = format!("{base}catalog/product/edit/id/");
        Ok(found)
    }

    fn check(&self, writing: &Writing, sku: &str, source_code: &str, failures: &mut Failures) {
        let product = writing.shelf.products.get(&text_key(sku));
        let bundles = product.and_then(|product| self.of_part.get(&product.id));
        let source = text_key(source_code);
        let elsewhere = bundles.into_iter().flatten().find_map(|id| {
            let (sku, sources) = self.bundles.get(id)?;
            (!sources.is_empty() && !sources.contains(&source)).then_some((id, sku))
        });
        if let Some((id, bundle)) = elsewhere {
            failures.add_positional(
                "Not able to assign \"%1\" to product \"%2\", as it is part of bundle product <a href=\"%3\">\"%4\"\
                 </a> with shipment type \"Ship Together\" and has multiple sources or different source as other \
                 bundle selections.",
                vec![
                    Value::from(source_code),
                    Value::from(sku),
                    Value::from(format!("{}{id}/", self.url)),
                    Value::from(bundle.as_str()),
                ],
            );
        }
    }
}
