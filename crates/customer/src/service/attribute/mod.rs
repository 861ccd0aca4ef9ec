//! Attributes of customers and addresses, as a website has them (`spec/scopes.md` fact 8).

mod convert;
pub(crate) mod metadata;
mod options;
mod source;

use std::collections::HashMap;

use contract::{Cx, Operation, Result};
use eav::metadata::{Attribute, EntityType};

use crate::repo;
use crate::repo::attribute::OverrideRow;

pub use source::sources;

/// The operations of this service.
pub(crate) static OPERATIONS: &[&Operation] = &[
    &metadata::customer::GET_ALL_ATTRIBUTES_METADATA,
    &metadata::customer::GET_ATTRIBUTE_METADATA,
    &metadata::customer::GET_CUSTOM_ATTRIBUTES_METADATA,
    &metadata::customer::GET_ATTRIBUTES,
    &metadata::address::GET_ALL_ATTRIBUTES_METADATA,
    &metadata::address::GET_ATTRIBUTE_METADATA,
    &metadata::address::GET_CUSTOM_ATTRIBUTES_METADATA,
    &metadata::address::GET_ATTRIBUTES,
];

/// What a website says otherwise of attributes.
#[derive(Debug, Default)]
pub(crate) struct Overrides(HashMap<i64, OverrideRow>);

/// An attribute as a website has it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View<'a> {
    pub(crate) attribute: &'a Attribute,
    own: Option<&'a OverrideRow>,
}

impl Overrides {
    /// Those of a website. One statement.
    pub(crate) async fn of(cx: &mut Cx<'_>, website_id: i64) -> Result<Self> {
        let rows = repo::attribute::overrides(cx.session(), website_id).await?;
        Ok(Self(
            rows.into_iter().map(|row| (row.attribute_id, row)).collect(),
        ))
    }

    /// An attribute as the website has it.
    pub(crate) fn view<'a>(&'a self, attribute: &'a Attribute) -> View<'a> {
        View {
            attribute,
            own: self.0.get(&attribute.id),
        }
    }

    /// All attributes of an entity, in the order of its set.
    pub(crate) fn all<'a>(&'a self, entity: &'a EntityType) -> Vec<View<'a>> {
        let attributes = entity.attributes_of_set(entity.default_set_id);
        attributes
            .into_iter()
            .map(|attribute| self.view(attribute))
            .collect()
    }
}

impl View<'_> {
    /// Whether forms show it.
    pub(crate) fn is_visible(&self) -> bool {
        let own = self.own.and_then(|own| own.is_visible);
        own.unwrap_or_else(|| self.attribute.properties.flag("is_visible"))
    }

    /// Whether there must be a value.
    pub(crate) fn is_required(&self) -> bool {
        let own = self.own.and_then(|own| own.is_required);
        own.unwrap_or(self.attribute.is_required)
    }

    /// The value of who gives none.
    pub(crate) fn default_value(&self) -> Option<&str> {
        let own = self.own.and_then(|own| own.default_value.as_deref());
        own.or(self.attribute.default_value.as_deref())
    }

    /// Its position in the set of its entity, which lists of all attributes show (golden `get0000`).
    pub(crate) fn position(&self) -> i64 {
        self.attribute.places.first().map_or(0, |place| place.sort_order)
    }

    /// How many lines its value may have.
    pub(crate) fn multiline_count(&self) -> i64 {
        let own = self.own.and_then(|own| own.multiline_count);
        own.unwrap_or_else(|| self.number("multiline_count"))
    }

    /// A number of `customer_eav_attribute`.
    pub(crate) fn number(&self, column: &str) -> i64 {
        let text = self.attribute.properties.get(column);
        text.and_then(|text| text.parse().ok()).unwrap_or_default()
    }

    /// The rules for its values, by name, in order.
    pub(crate) fn rules(&self) -> Vec<(String, String)> {
        let text = self
            .attribute
            .properties
            .get("validate_rules")
            .unwrap_or_default();
        convert::rules(text)
    }

    /// The value of a rule.
    pub(crate) fn rule(&self, name: &str) -> Option<String> {
        let mut rules = self.rules().into_iter();
        rules.find(|(known, _)| known == name).map(|(_, value)| value)
    }
}
