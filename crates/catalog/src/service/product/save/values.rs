//! Attribute values of a product that is saved.

use std::collections::HashMap;
use std::sync::Arc;

use contract::port::Stores as _;
use contract::{Cx, Given, Result, StoreScope, Value};
use db::Engine;
use eav::metadata::{Attribute, AttributeScope, BackendType, EntityType, Metadata};
use eav::values::{Values, Write, stores_of};
use jiff::tz::TimeZone;
use rust_decimal::Decimal;
use store::Scopes;

use super::draft::Draft;
use super::{TABLES, date};
use crate::data::product::Product;
use crate::service::url_key;

/// What was sent for an attribute: a value, or `null` for "use the default" (`spec/scopes.md` fact 19).
pub(crate) type Sent = Option<String>;

/// Members of the product that are attributes too; they are not taken from `custom_attributes`.
const MEMBERS: [&str; 6] = ["name", "price", "status", "visibility", "weight", "sku"];

/// The values sent, by attribute code.
pub(crate) fn sent(product: &Product) -> HashMap<String, Sent> {
    let mut sent = HashMap::new();
    for attribute in &product.custom_attributes.0 {
        if !MEMBERS.contains(&attribute.code.as_str()) {
            sent.insert(attribute.code.clone(), text(&attribute.value));
        }
    }
    let mut put = |code: &str, given: Given<String>| {
        if given.is_given() {
            sent.insert(code.to_owned(), given.into_value());
        }
    };
    put("name", product.name.clone());
    put("price", as_text(product.price));
    put("weight", as_text(product.weight));
    put("status", as_text(product.status));
    put("visibility", as_text(product.visibility));
    sent
}

fn as_text<T: ToString>(given: Given<T>) -> Given<String> {
    match given {
        Given::Absent => Given::Absent,
        Given::Null => Given::Null,
        Given::Value(value) => Given::Value(value.to_string()),
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::Array(elements) => {
            let parts: Vec<String> = elements.iter().filter_map(wire::php::to_string_cast).collect();
            Some(parts.join(","))
        }
        other => Some(wire::php::to_string_cast(other).unwrap_or_default()),
    }
}

/// Whether products of this type and set have the attribute (`catalog_eav_attribute.apply_to`).
pub(crate) fn applies(attribute: &Attribute, type_id: &str, set_id: i64) -> bool {
    let types = attribute.properties.get("apply_to").unwrap_or_default();
    attribute.place(set_id).is_some() && (types.is_empty() || types.split(',').any(|known| known == type_id))
}

/// The value as its column keeps it.
///
/// # Errors
/// `Invalid date`.
pub(crate) fn stored(attribute: &Attribute, value: &str) -> Result<Option<String>> {
    match attribute.backend_type {
        BackendType::Datetime => date::stored(value),
        BackendType::Decimal => Ok(Some(decimal(value))),
        BackendType::Int if value.is_empty() => Ok(None),
        _ => Ok(Some(value.to_owned())),
    }
}

/// The number without its exponent.
fn decimal(value: &str) -> String {
    let value = value.trim();
    let parsed = value
        .parse::<Decimal>()
        .or_else(|_| Decimal::from_scientific(value));
    parsed.map_or_else(|_| value.to_owned(), |number| number.to_string())
}

/// The text as the database can keep it: Magento's tables on MySQL know no characters of four bytes, and Magento
/// leaves four question marks of each (golden `unicode.get-xml`).
pub(crate) fn kept(cx: &mut Cx<'_>, text: String) -> String {
    if cx.session().engine() == Engine::Sqlite || text.chars().all(|c| c.len_utf8() < 4) {
        return text;
    }
    let mut kept = String::with_capacity(text.len());
    for c in text.chars() {
        match c.len_utf8() {
            4 => kept.push_str("????"),
            _ => kept.push(c),
        }
    }
    kept
}

/// How an empty text is kept in a store view: a price of 0, else a value that is none and hides the default one
/// (`spec/scopes.md` fact 19).
fn empty(attribute: &Attribute) -> (Option<String>, bool) {
    match attribute.backend_type {
        BackendType::Decimal => (Some("0".to_owned()), false),
        BackendType::Varchar | BackendType::Text => (None, false),
        _ => (None, true),
    }
}

/// What a save writes, and into which scope.
pub(crate) struct Plan<'a> {
    pub(crate) entity: &'a EntityType,
    pub(crate) entity_id: i64,
    pub(crate) set_id: i64,
    pub(crate) type_id: &'a str,
    pub(crate) is_new: bool,
    /// New products are written to the default scope in any path (fact 13).
    pub(crate) scope: StoreScope,
    pub(crate) scopes: Arc<Scopes>,
    /// `catalog/price/scope` is 1: prices are per website.
    pub(crate) website_prices: bool,
    /// The values before the save.
    pub(crate) values: Values,
    pub(crate) sent: HashMap<String, Sent>,
}

impl<'a> Plan<'a> {
    /// Reads the values that are there. One statement, none for a new product.
    ///
    /// # Errors
    /// The database cannot be read.
    pub(crate) async fn new(
        cx: &mut Cx<'_>,
        metadata: &'a Metadata,
        draft: &'a Draft,
        product: &Product,
    ) -> Result<Self> {
        let scopes = cx.service::<Arc<Scopes>>()?.clone();
        let scope = match scopes.view(0) {
            Some(admin) if draft.is_new => admin,
            _ => cx.scope().clone(),
        };
        let ids: &[i64] = if draft.is_new { &[] } else { &[draft.row.id] };
        let values = eav::values::load(cx.session(), &TABLES, ids, scope.store_id).await?;
        Ok(Self {
            entity: metadata.entity_type("catalog_product")?,
            entity_id: draft.row.id,
            set_id: draft.row.attribute_set_id,
            type_id: &draft.row.type_id,
            is_new: draft.is_new,
            scope,
            scopes,
            website_prices: cx.default_config("catalog/price/scope").as_deref() == Some("1"),
            values,
            sent: sent(product)
                .into_iter()
                .map(|(code, value)| (code, value.map(|text| kept(cx, text))))
                .collect(),
        })
    }

    /// Adds what follows from the values sent: the URL key from the name, the first day of a special price.
    pub(crate) fn complete(&mut self, cx: &Cx<'_>) {
        if let Some(key) = self.url_key() {
            self.sent.insert("url_key".to_owned(), Some(key));
        } else if !matches!(self.sent.get("url_key"), Some(None)) {
            self.sent.remove("url_key");
        }
        let special = self.sent.get("special_price").cloned().flatten();
        let is_special = special
            .and_then(|price| price.parse::<Decimal>().ok())
            .is_some_and(|price| !price.is_zero());
        if is_special && self.after("special_from_date").is_none() {
            self.sent
                .insert("special_from_date".to_owned(), Some(today(cx, &self.scope)));
        }
    }

    /// The URL key to write: the one sent, in its proper form, else one from the name for a product that has none.
    fn url_key(&self) -> Option<String> {
        let sent = match self.sent.get("url_key") {
            Some(Some(key)) => url_key::of(key),
            Some(None) if self.scope.store_id != 0 => return None,
            None if self.before("url_key").is_some() => return None,
            _ => String::new(),
        };
        let key = match sent.is_empty() {
            true => url_key::of(&self.after("name")?),
            false => sent,
        };
        (!key.is_empty()).then_some(key)
    }
}

/// The day it is in the store view's time zone, as dates are kept.
fn today(cx: &Cx<'_>, scope: &StoreScope) -> String {
    let zone = cx
        .service::<Arc<Scopes>>()
        .ok()
        .and_then(|scopes| scopes.config("general/locale/timezone", scope));
    let zone = zone
        .and_then(|name| TimeZone::get(&name).ok())
        .unwrap_or(TimeZone::UTC);
    cx.now().to_zoned(zone).strftime("%Y-%m-%d 00:00:00").to_string()
}

impl Plan<'_> {
    /// All writes of the save.
    ///
    /// # Errors
    /// A value that cannot be stored.
    pub(crate) fn writes(&self) -> Result<Vec<Write<'_>>> {
        let mut writes = Vec::new();
        for attribute in self.entity.attributes() {
            let is_stored = attribute.backend_type != BackendType::Static;
            if is_stored && applies(attribute, self.type_id, self.set_id) {
                writes.extend(self.write(attribute)?);
            }
        }
        Ok(writes)
    }

    fn write<'a>(&self, attribute: &'a Attribute) -> Result<Option<Write<'a>>> {
        let value = match self.sent.get(&attribute.code) {
            None if self.is_new => attribute.default_value.clone().filter(|value| !value.is_empty()),
            None => return Ok(None),
            Some(sent) => sent.clone(),
        };
        let Some(stores) = self.stores(attribute) else {
            return Ok(None);
        };
        let in_default = stores == [0];
        let (value, delete) = match value {
            None => (None, true),
            Some(value) if value.is_empty() && in_default => (None, true),
            Some(value) if value.is_empty() => empty(attribute),
            Some(value) => {
                let value = stored(attribute, &value)?;
                let delete = value.is_none();
                (value, delete)
            }
        };
        if delete && self.is_new || !in_default && self.follows(attribute, value.as_deref()) {
            return Ok(None);
        }
        Ok(Some(Write {
            entity_id: self.entity_id,
            attribute,
            stores,
            value,
            delete,
        }))
    }

    /// Whether the value is a text that is in force in the store view without a value of its own: then it gets none
    /// (`spec/scopes.md` fact 14, goldens `product.t13`). Numbers are written anyway (dump `multistore`: `ms_boolw` of
    /// product 1 in views 3 and 4).
    fn follows(&self, attribute: &Attribute, value: Option<&str>) -> bool {
        value.is_some()
            && !matches!(attribute.backend_type, BackendType::Int | BackendType::Decimal)
            && self.values.own(self.entity_id, attribute.id).is_none()
            && self.values.get(self.entity_id, attribute.id) == value
    }

    /// Empty values of the store view, which any save there takes away (golden `product.t9-name-null`).
    pub(crate) fn emptied(&self) -> Vec<Write<'_>> {
        if self.is_new || self.scope.store_id == 0 {
            return Vec::new();
        }
        let mut writes = Vec::new();
        for attribute in self.entity.attributes() {
            let own = self.values.own(self.entity_id, attribute.id);
            let is_empty = own.is_some_and(|own| own.is_none_or(str::is_empty));
            if is_empty && !self.sent.contains_key(&attribute.code) {
                writes.push(Write {
                    entity_id: self.entity_id,
                    attribute,
                    stores: self.stores(attribute).unwrap_or_default(),
                    value: None,
                    delete: true,
                });
            }
        }
        writes
    }

    /// Values of attributes that a configurable product takes from its variations.
    pub(crate) fn without<'a>(&'a self, attributes: &[i64]) -> Vec<Write<'a>> {
        let own = attributes
            .iter()
            .filter_map(|id| self.entity.attribute_by_id(*id));
        let delete = |attribute: &'a Arc<Attribute>| Write {
            entity_id: self.entity_id,
            attribute,
            stores: vec![0],
            value: None,
            delete: true,
        };
        own.filter(|attribute| !self.sent.contains_key(&attribute.code))
            .map(delete)
            .collect()
    }

    /// Where a value of the attribute goes; `None` when it goes nowhere: a price of global scope, sent in a store
    /// view while prices are per website (fact 17).
    pub(crate) fn stores(&self, attribute: &Attribute) -> Option<Vec<i64>> {
        if self.scope.store_id == 0 || !is_price(attribute) {
            return Some(stores_of(attribute, &self.scope, &self.scopes));
        }
        if !self.website_prices {
            return Some(vec![0]);
        }
        if attribute.scope == AttributeScope::Global {
            return None;
        }
        Some(self.scopes.views_of_website(self.scope.website_id))
    }

    /// Copies of all values in force into the store view: what a save there does to a product without websites
    /// (dump `multistore`, product 1 after `product.t14-websites-empty`).
    pub(crate) fn copies(&self) -> Vec<Write<'_>> {
        let mut writes = Vec::new();
        for attribute in self.entity.attributes() {
            let wanted = attribute.backend_type != BackendType::Static
                && attribute.scope != AttributeScope::Global
                && applies(attribute, self.type_id, self.set_id)
                && !self.sent.contains_key(&attribute.code)
                && self.values.own(self.entity_id, attribute.id).is_none();
            let value = self.values.get(self.entity_id, attribute.id);
            let stores = self.stores(attribute).filter(|stores| *stores != [0]);
            if let (true, Some(value), Some(stores)) = (wanted, value, stores) {
                writes.push(Write {
                    entity_id: self.entity_id,
                    attribute,
                    stores,
                    value: Some(value.to_owned()),
                    delete: false,
                });
            }
        }
        writes
    }

    /// The value in force in the scope once the writes are done.
    pub(crate) fn after(&self, code: &str) -> Option<String> {
        let attribute = self.entity.attribute(code)?;
        let before = |id| self.values.get(self.entity_id, id).map(ToOwned::to_owned);
        match self.sent.get(code) {
            Some(Some(value)) => Some(value.clone()).filter(|value| !value.is_empty()),
            Some(None) if self.scope.store_id != 0 => {
                let default = self.values.default_value(self.entity_id, attribute.id);
                default.flatten().map(ToOwned::to_owned)
            }
            Some(None) => None,
            None if self.is_new => attribute.default_value.clone().filter(|value| !value.is_empty()),
            None => before(attribute.id),
        }
    }

    /// The value in force before the save.
    pub(crate) fn before(&self, code: &str) -> Option<&str> {
        let attribute = self.entity.attribute(code)?;
        self.values.get(self.entity_id, attribute.id)
    }
}

/// Whether the attribute's scope is that of prices (its backend model is `Price`).
pub(crate) fn is_price(attribute: &Attribute) -> bool {
    attribute
        .backend_model
        .as_deref()
        .is_some_and(|model| model.ends_with("\\Attribute\\Backend\\Price"))
}
