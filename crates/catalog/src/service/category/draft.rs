//! The values of a category that is being saved.

use std::collections::BTreeMap;

use contract::{CustomAttributes, Given};
use eav::metadata::{Attribute, AttributeScope, BackendType, EntityType};
use eav::values::{Values, Write};
use wire::php;

use super::failure::{Failure, Outcome};
use super::view::{MEMBERS, is_set};
use crate::data::category::Category;

/// Values by attribute id. `None` means that the default is used: rows of the scope are removed.
pub(super) struct Draft<'a> {
    entity: &'a EntityType,
    values: BTreeMap<i64, Option<String>>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(entity: &'a EntityType) -> Self {
        Self {
            entity,
            values: BTreeMap::new(),
        }
    }

    /// What a save of a stored category begins with: in a store view only its own values, others use the default
    /// (`spec/scopes.md` fact 14).
    pub(super) fn own(entity: &'a EntityType, id: i64, values: &Values, store_id: i64) -> Self {
        let mut draft = Self::whole(entity, id, values);
        if store_id == 0 {
            return draft;
        }
        for attribute in entity.attributes() {
            let overridden = values.own(id, attribute.id).is_some();
            if attribute.scope != AttributeScope::Global
                && !overridden
                && let Some(value) = draft.values.get_mut(&attribute.id)
            {
                *value = None;
            }
        }
        draft
    }

    /// All values in force. A save of these gives the store view values of its own.
    pub(super) fn whole(entity: &'a EntityType, id: i64, values: &Values) -> Self {
        let mut draft = Self::new(entity);
        for attribute in entity.attributes() {
            let rows = [
                values.own(id, attribute.id),
                values.default_value(id, attribute.id),
            ];
            if rows.iter().any(Option::is_some) {
                let value = values.get(id, attribute.id).map(ToOwned::to_owned);
                draft.values.insert(attribute.id, value);
            }
        }
        draft
    }

    fn attribute(&self, code: &str) -> Option<&'a Attribute> {
        self.entity.attribute(code).map(AsRef::as_ref)
    }

    /// `None`: nothing is known; `Some(None)`: the default is used.
    pub(super) fn get(&self, code: &str) -> Option<Option<&str>> {
        let value = self.values.get(&self.attribute(code)?.id)?;
        Some(value.as_deref())
    }

    /// The value, if there is one.
    pub(super) fn value(&self, code: &str) -> Option<&str> {
        self.get(code).flatten()
    }

    pub(super) fn set(&mut self, code: &str, value: Option<String>) {
        if let Some(attribute) = self.attribute(code) {
            self.values.insert(attribute.id, value);
        }
    }

    /// Takes over what was sent; `null` is kept for new categories only (`spec/scopes.md` fact 19).
    pub(super) fn take(&mut self, given: &Category, is_new: bool) -> Outcome<()> {
        let flag = |set: bool| if set { "1" } else { "0" }.to_owned();
        let members = [
            ("name", given.name.clone()),
            ("is_active", map(&given.is_active, flag)),
            ("include_in_menu", map(&given.include_in_menu, flag)),
        ];
        for (code, value) in members {
            match value {
                Given::Value(value) => self.set(code, Some(value)),
                Given::Null if is_new => self.set(code, None),
                Given::Null | Given::Absent => {}
            }
        }
        if let Some(list) = &given.available_sort_by {
            let list = list.join(",");
            self.set("available_sort_by", (!list.is_empty()).then_some(list));
        }
        if !is_new {
            // Computed from the tree, but the object that was sent has it, empty: Magento stores a NULL.
            self.set("children", Some(String::new()));
        }
        self.take_custom(&given.custom_attributes)
    }

    /// Custom attributes: what is unknown is ignored, as are lists.
    fn take_custom(&mut self, given: &CustomAttributes) -> Outcome<()> {
        for custom in &given.0 {
            let Some(attribute) = self.attribute(&custom.code) else {
                continue;
            };
            let is_static = attribute.backend_type == BackendType::Static;
            if is_static || MEMBERS.contains(&custom.code.as_str()) || custom.value.is_array() {
                continue;
            }
            let value = match php::to_string_cast(&custom.value) {
                _ if custom.value.is_null() => None,
                Some(date) if attribute.backend_type == BackendType::Datetime => moment(&date)?,
                text => text,
            };
            if custom.code == "custom_layout_update"
                && value.as_deref().is_some_and(|text| !text.is_empty())
                && value.as_deref() != self.value("custom_layout_update")
            {
                let text = "Custom layout update text cannot be changed, only removed";
                return Err(Failure::Refused(text.to_owned()));
            }
            self.values.insert(attribute.id, value);
        }
        Ok(())
    }

    /// Fills in the defaults of attributes of which a new category says nothing.
    pub(super) fn fill_defaults(&mut self) {
        for attribute in self.entity.attributes() {
            if let Some(default) = attribute.default_value.as_ref().filter(|value| !value.is_empty()) {
                self.values
                    .entry(attribute.id)
                    .or_insert_with(|| Some(default.clone()));
            }
        }
    }

    /// Required attributes have a value, or use the default's; the default sort order is among the available ones.
    pub(super) fn validate(&self, configured_sort: &str) -> Outcome<()> {
        for attribute in self.entity.attributes_of_set(self.entity.default_set_id) {
            if matches!(attribute.code.as_str(), "available_sort_by" | "default_sort_by") {
                // Without a value, the configuration decides.
                continue;
            }
            let is_empty = match self.values.get(&attribute.id) {
                None => attribute.default_value.as_deref().unwrap_or_default().is_empty(),
                Some(value) => value.as_deref() == Some(""),
            };
            if attribute.is_required && attribute.properties.flag("is_visible") && is_empty {
                let label = attribute.frontend_label.as_deref().unwrap_or_default();
                return Err(Failure::Refused(format!(
                    "The \"{label}\" attribute value is empty. Set the attribute and try again."
                )));
            }
        }
        let Some(available) = self.value("available_sort_by").filter(|list| !list.is_empty()) else {
            return Ok(());
        };
        let sort = self.value("default_sort_by").filter(|sort| is_set(sort));
        if available
            .split(',')
            .any(|code| code == sort.unwrap_or(configured_sort))
        {
            return Ok(());
        }
        let text = "Default Product Listing Sort by does not exist in Available Product Listing Sort By.";
        Err(Failure::Refused(text.to_owned()))
    }

    /// What is to be written, where it differs from what is stored; `stores` tells where an attribute's values of
    /// this scope stand. Paths are written by who knows all of them.
    pub(super) fn writes(
        &self,
        id: i64,
        before: &Values,
        stores: impl Fn(&Attribute) -> Vec<i64>,
    ) -> Vec<Write<'a>> {
        let changed = self.values.iter().filter_map(|(attribute, value)| {
            let attribute: &'a Attribute = self.entity.attribute_by_id(*attribute)?;
            if attribute.code == "url_path" {
                return None;
            }
            let stores = stores(attribute);
            let stored = match stores.as_slice() {
                [0] => before.default_value(id, attribute.id),
                _ => before.own(id, attribute.id),
            };
            // An empty text is stored as NULL.
            let kept = value.as_deref().filter(|value| !value.is_empty());
            if stored == value.as_deref().map(|_| kept) {
                return None;
            }
            Some(Write {
                entity_id: id,
                attribute,
                stores,
                delete: value.is_none(),
                value: kept.map(ToOwned::to_owned),
            })
        });
        changed.collect()
    }

    /// What a new category has: no rows for what is empty.
    pub(super) fn new_writes(&self, id: i64) -> Vec<Write<'a>> {
        let filled = self.values.iter().filter_map(|(attribute, value)| {
            Some(Write {
                entity_id: id,
                attribute: self.entity.attribute_by_id(*attribute)?,
                stores: vec![0],
                delete: false,
                value: Some(value.clone().filter(|value| !value.is_empty())?),
            })
        });
        filled
            .filter(|write| write.attribute.code != "url_path")
            .collect()
    }
}

fn map<T: Clone, U>(given: &Given<T>, to: impl Fn(T) -> U) -> Given<U> {
    match given.clone() {
        Given::Absent => Given::Absent,
        Given::Null => Given::Null,
        Given::Value(value) => Given::Value(to(value)),
    }
}

/// A date or a moment as it is stored.
fn moment(text: &str) -> Outcome<Option<String>> {
    if text.is_empty() {
        return Ok(None);
    }
    let format = "%Y-%m-%d %H:%M:%S";
    let moment = jiff::civil::DateTime::strptime(format, text)
        .or_else(|_| text.parse::<jiff::civil::DateTime>())
        .or_else(|_| text.parse::<jiff::civil::Date>().map(|date| date.at(0, 0, 0, 0)));
    match moment {
        Ok(moment) => Ok(Some(moment.strftime(format).to_string())),
        Err(_) => Err(Failure::Refused("Invalid date".to_owned())),
    }
}
