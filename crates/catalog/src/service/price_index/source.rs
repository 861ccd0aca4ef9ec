//! What prices are made from, read in a fixed number of statements.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use contract::port::Stores as _;
use contract::{Cx, Result};
use jiff::tz::TimeZone;
use rust_decimal::Decimal;
use store::Scopes;

use super::INDEXER;
use crate::data::stock_item::StockItem;
use crate::port::Stock;
use crate::repo;
use crate::repo::price_index::source::{self as tables, Fact, OptionRow, SelectionRow, TierRow};
use crate::repo::product::ProductRow;

/// The attributes that prices depend on.
const ATTRIBUTES: [&str; 8] = [
    "price",
    "special_price",
    "special_from_date",
    "special_to_date",
    "status",
    "tax_class_id",
    "price_type",
    "links_purchased_separately",
];

/// A website as the indexer sees it; 0 stands for products that are on none.
#[derive(Debug, Clone)]
pub(super) struct Site {
    pub(super) id: i64,
    /// Its default store view: the values there are in force.
    pub(super) store: i64,
    /// The day it is there, `YYYY-MM-DD`.
    pub(super) today: String,
}

/// How deep products contain each other: a group of bundles or configurables.
const DEPTH: usize = 2;

/// Everything that was read.
pub(super) struct Source {
    pub(super) groups: Vec<i64>,
    sites: Vec<Site>,
    websites: HashMap<i64, Vec<i64>>,
    relations: BTreeSet<(i64, i64)>,
    attributes: HashMap<&'static str, i64>,
    values: HashMap<(i64, i64, i64), Option<String>>,
    tiers: Vec<TierRow>,
    pub(super) options: Vec<OptionRow>,
    pub(super) selections: Vec<SelectionRow>,
    /// Product, link, website, price.
    pub(super) links: Vec<(i64, i64, i64, Decimal)>,
    stock: HashMap<i64, StockItem>,
    shows_out_of_stock: bool,
}

impl Source {
    /// Reads, and adds to the products those that contain them; `None` while the indexer is on schedule.
    pub(super) async fn load(cx: &mut Cx<'_>, products: &mut Vec<ProductRow>) -> Result<Option<Self>> {
        let mut source = Self::empty(cx)?;
        if !source.load_facts(cx, products).await? {
            return Ok(None);
        }
        let of_type = |type_id: &str| -> Vec<i64> {
            let found = products.iter().filter(|product| product.type_id == type_id);
            found.map(|product| product.id).collect()
        };
        let (bundles, downloads) = (of_type("bundle"), of_type("downloadable"));
        let chosen: Vec<i64> = products.iter().filter(|p| p.has_options).map(|p| p.id).collect();
        if !chosen.is_empty() {
            source.options = tables::options(cx.session(), &chosen).await?;
        }
        source.selections = tables::selections(cx.session(), &bundles).await?;
        source.links = tables::links(cx.session(), &downloads).await?;
        let groups = customer::groups(cx.session()).await?;
        source.groups = groups.into_iter().map(|group| group.id).collect();
        let stock = cx.service::<Arc<dyn Stock>>()?.clone();
        let scope = cx.scope().clone();
        source.stock = stock.load_many(cx, &scope, products).await?;
        Ok(Some(source))
    }

    fn empty(cx: &Cx<'_>) -> Result<Self> {
        let shown = cx.default_config("cataloginventory/options/show_out_of_stock");
        Ok(Self {
            groups: Vec::new(),
            sites: sites(cx)?,
            websites: HashMap::new(),
            relations: BTreeSet::new(),
            attributes: HashMap::new(),
            values: HashMap::new(),
            tiers: Vec::new(),
            options: Vec::new(),
            selections: Vec::new(),
            links: Vec::new(),
            stock: HashMap::new(),
            shows_out_of_stock: shown.as_deref() == Some("1"),
        })
    }

    /// False while the indexer is on schedule.
    async fn load_facts(&mut self, cx: &mut Cx<'_>, products: &mut Vec<ProductRow>) -> Result<bool> {
        let metadata = eav::metadata(cx)?;
        let entity = metadata.entity_type("catalog_product")?;
        let mut attributes = Vec::new();
        for code in ATTRIBUTES {
            if let Some(attribute) = entity.attribute(code) {
                self.attributes.insert(code, attribute.id);
                attributes.push(&**attribute);
            }
        }
        let stores: Vec<i64> = self.sites.iter().map(|site| site.store).collect();
        let mut known: BTreeSet<i64> = products.iter().map(|product| product.id).collect();
        let mut new: Vec<i64> = known.iter().copied().collect();
        for _ in 0..=DEPTH {
            for fact in tables::facts(cx.session(), INDEXER, &new, &attributes, &stores).await? {
                if !self.take(fact) {
                    return Ok(false);
                }
            }
            let parents = self.relations.iter().filter(|(_, child)| known.contains(child));
            let parents: BTreeSet<i64> = parents.map(|(parent, _)| *parent).collect();
            new = parents.difference(&known).copied().collect();
            if new.is_empty() {
                break;
            }
            products.extend(repo::product::by_ids(cx.session(), &new).await?);
            known.extend(&new);
        }
        Ok(true)
    }

    fn take(&mut self, fact: Fact) -> bool {
        match fact {
            Fact::Value {
                product,
                attribute,
                store,
                value,
            } => {
                self.values.insert((product, attribute, store), value);
            }
            Fact::Website { product, website } => self.websites.entry(product).or_default().push(website),
            Fact::Tier(tier) => self.tiers.push(tier),
            Fact::Relation { parent, child } => {
                self.relations.insert((parent, child));
            }
            Fact::OnSchedule => return false,
        }
        true
    }

    /// What a product contains.
    pub(super) fn children(&self, parent: i64) -> impl Iterator<Item = i64> {
        let of_parent = self.relations.range((parent, i64::MIN)..=(parent, i64::MAX));
        of_parent.map(|(_, child)| *child)
    }

    /// The websites on which the product has rows: its own, or 0 when it has none (dump `populated`, product 12);
    /// none when it is out of stock.
    pub(super) fn sites(&self, product: &ProductRow) -> Vec<&Site> {
        if !self.shows_out_of_stock && !self.is_in_stock(product.id) {
            return Vec::new();
        }
        let own = self.websites.get(&product.id).filter(|ids| !ids.is_empty());
        let sites = self.sites.iter().filter(|site| match own {
            Some(ids) => ids.contains(&site.id),
            None => site.id == 0,
        });
        let enabled = sites.filter(|site| self.value(product.id, "status", site.store) == Some("1"));
        enabled.collect()
    }

    fn is_in_stock(&self, id: i64) -> bool {
        self.stock
            .get(&id)
            .is_none_or(|item| item.manage_stock == Some(false) || item.is_in_stock.unwrap_or_default())
    }

    /// The value of an attribute in a store view.
    pub(super) fn value(&self, product: i64, code: &str, store: i64) -> Option<&str> {
        let attribute = *self.attributes.get(code)?;
        let own = self.values.get(&(product, attribute, store));
        own.or_else(|| self.values.get(&(product, attribute, 0)))?
            .as_deref()
    }

    /// The value as a number.
    pub(super) fn number(&self, product: i64, code: &str, store: i64) -> Option<Decimal> {
        self.value(product, code, store)?.parse().ok()
    }

    /// The tax class, 0 without one.
    pub(super) fn tax_class(&self, product: i64, store: i64) -> i64 {
        let value = self.value(product, "tax_class_id", store);
        value.and_then(|value| value.parse().ok()).unwrap_or_default()
    }

    /// The special price that is in force today.
    pub(super) fn special(&self, product: i64, site: &Site) -> Option<Decimal> {
        let day = |code| {
            self.value(product, code, site.store)
                .and_then(|date| date.get(..10))
        };
        let begun = day("special_from_date").is_none_or(|from| from <= site.today.as_str());
        let over = day("special_to_date").is_some_and(|to| to < site.today.as_str());
        if !begun || over {
            return None;
        }
        self.number(product, "special_price", site.store)
    }

    /// The lowest tier price from one piece on.
    pub(super) fn tier(
        &self,
        product: i64,
        site: &Site,
        group: i64,
        price: Option<Decimal>,
    ) -> Option<Decimal> {
        let here = self.tiers.iter().filter(|tier| {
            tier.product == product
                && (tier.website == 0 || tier.website == site.id)
                && (tier.all_groups || tier.group == group)
        });
        let prices = here.filter_map(|tier| match tier.percentage {
            Some(percentage) => Some(price? * (Decimal::ONE_HUNDRED - percentage) / Decimal::ONE_HUNDRED),
            None => Some(tier.value),
        });
        prices.min()
    }
}

fn sites(cx: &Cx<'_>) -> Result<Vec<Site>> {
    let scopes = cx.service::<Arc<Scopes>>()?;
    let mut sites = Vec::new();
    for id in std::iter::once(0).chain(scopes.website_ids()) {
        let store = if id == 0 {
            Some(0)
        } else {
            scopes.default_store(id)
        };
        let Some(view) = store.and_then(|store| scopes.view(store)) else {
            continue;
        };
        let zone = scopes.config("general/locale/timezone", &view);
        let zone = zone
            .and_then(|name| TimeZone::get(&name).ok())
            .unwrap_or(TimeZone::UTC);
        sites.push(Site {
            id,
            store: view.store_id,
            today: cx.now().to_zoned(zone).strftime("%Y-%m-%d").to_string(),
        });
    }
    Ok(sites)
}
