//! What prices are made from, read in a fixed number of statements.

use std::collections::HashMap;
use std::sync::Arc;

use contract::port::Stores as _;
use contract::{Cx, Result};
use jiff::tz::TimeZone;
use rust_decimal::Decimal;
use store::Scopes;

use crate::data::stock_item::StockItem;
use crate::port::Stock;
use crate::repo::price_index::source::{self as tables, OptionRow, SelectionRow, TierRow};
use crate::repo::product::ProductRow;
use crate::service::website;

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

/// Everything that was read.
pub(super) struct Source {
    pub(super) groups: Vec<i64>,
    sites: Vec<Site>,
    websites: HashMap<i64, Vec<i64>>,
    attributes: HashMap<&'static str, i64>,
    values: HashMap<(i64, i64, i64), Option<String>>,
    pub(super) tiers: Vec<TierRow>,
    pub(super) options: Vec<OptionRow>,
    pub(super) selections: Vec<SelectionRow>,
    /// Product, link, website, price.
    pub(super) links: Vec<(i64, i64, i64, Decimal)>,
    stock: HashMap<i64, StockItem>,
    shows_out_of_stock: bool,
}

impl Source {
    pub(super) async fn load(cx: &mut Cx<'_>, products: &[ProductRow]) -> Result<Self> {
        let ids: Vec<i64> = products.iter().map(|product| product.id).collect();
        let of_type = |type_id: &str| -> Vec<i64> {
            let found = products.iter().filter(|product| product.type_id == type_id);
            found.map(|product| product.id).collect()
        };
        let scope = cx.scope().clone();
        let sites = sites(cx)?;
        let metadata = eav::metadata(cx)?;
        let entity = metadata.entity_type("catalog_product")?;
        let known = ATTRIBUTES
            .iter()
            .filter_map(|code| Some((*code, entity.attribute(code)?)));
        let known: Vec<_> = known.collect();
        let attributes: Vec<_> = known.iter().map(|(_, attribute)| &***attribute).collect();
        let stores: Vec<i64> = sites.iter().map(|site| site.store).collect();
        let values = tables::values(cx.session(), &ids, &attributes, &stores).await?;
        let chosen: Vec<i64> = products.iter().filter(|p| p.has_options).map(|p| p.id).collect();
        let options = match chosen.is_empty() {
            true => Vec::new(),
            false => tables::options(cx.session(), &chosen).await?,
        };
        let stock = cx.service::<Arc<dyn Stock>>()?.clone();
        let groups = customer::groups(cx.session()).await?;
        Ok(Self {
            groups: groups.into_iter().map(|group| group.id).collect(),
            sites,
            websites: website::load_many(cx, &scope, products).await?,
            attributes: known
                .iter()
                .map(|(code, attribute)| (*code, attribute.id))
                .collect(),
            values: values
                .into_iter()
                .map(|row| ((row.product, row.attribute, row.store), row.value))
                .collect(),
            tiers: tables::tiers(cx.session(), &ids).await?,
            options,
            selections: tables::selections(cx.session(), &of_type("bundle")).await?,
            links: tables::links(cx.session(), &of_type("downloadable")).await?,
            stock: stock.load_many(cx, &scope, products).await?,
            shows_out_of_stock: cx
                .default_config("cataloginventory/options/show_out_of_stock")
                .as_deref()
                == Some("1"),
        })
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
