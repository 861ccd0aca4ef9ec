//! Entity types, attributes, sets and groups in memory.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use contract::{Cx, Error, Result};

use crate::order;
use crate::registry::Eav;

/// Which table holds the values of an attribute (`eav_attribute.backend_type`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BackendType {
    /// A column of the entity's own table, or computed.
    Static,
    /// Text of up to 255 characters.
    Varchar,
    /// A whole number.
    Int,
    /// A number with six places.
    Decimal,
    /// A long text.
    Text,
    /// A moment, UTC.
    Datetime,
}

impl BackendType {
    /// Those that have a value table.
    pub const STORED: [Self; 5] = [
        Self::Varchar,
        Self::Int,
        Self::Decimal,
        Self::Text,
        Self::Datetime,
    ];

    /// The name in `eav_attribute`, which is also the end of the value table's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Static => "static",
            Self::Varchar => "varchar",
            Self::Int => "int",
            Self::Decimal => "decimal",
            Self::Text => "text",
            Self::Datetime => "datetime",
        }
    }

    /// The type of this name; what is unknown counts as static.
    pub fn named(name: &str) -> Self {
        let known = Self::STORED.into_iter().find(|known| known.name() == name);
        known.unwrap_or(Self::Static)
    }
}

/// For which stores an attribute can have values of its own (`is_global`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttributeScope {
    /// Each store view, 0.
    Store,
    /// One value for all, 1.
    Global,
    /// Each website: the same value in all of its views, 2.
    Website,
}

/// The row of an attribute in its entity's additional table (`catalog_eav_attribute`), by column.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Properties {
    pub(crate) columns: &'static [&'static str],
    pub(crate) values: Vec<Option<String>>,
}

impl Properties {
    /// The value of a column as text.
    pub fn get(&self, column: &str) -> Option<&str> {
        let index = self.columns.iter().position(|known| *known == column)?;
        self.values.get(index)?.as_deref()
    }

    /// Whether a column holds 1 (or another number than 0).
    pub fn flag(&self, column: &str) -> bool {
        self.get(column).is_some_and(|value| !matches!(value, "" | "0"))
    }
}

/// Where an attribute stands in a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// `eav_entity_attribute.entity_attribute_id`.
    pub id: i64,
    /// The set.
    pub set_id: i64,
    /// The group.
    pub group_id: i64,
    /// Position in the group.
    pub sort_order: i64,
    /// Position of the group in the set.
    pub group_sort_order: i64,
}

/// An attribute.
#[derive(Debug, Clone, PartialEq)]
pub struct Attribute {
    /// `attribute_id`.
    pub id: i64,
    /// The entity type it belongs to.
    pub entity_type_id: i64,
    /// Its code.
    pub code: String,
    /// Where its values stand.
    pub backend_type: BackendType,
    /// Magento's class for saving.
    pub backend_model: Option<String>,
    /// Magento's class for showing.
    pub frontend_model: Option<String>,
    /// How it is entered: `text`, `select`, `price`, …
    pub frontend_input: Option<String>,
    /// Its label in the admin.
    pub frontend_label: Option<String>,
    /// How the input is checked.
    pub frontend_class: Option<String>,
    /// Magento's class for its options.
    pub source_model: Option<String>,
    /// Whether entities must have a value.
    pub is_required: bool,
    /// Whether a user made it.
    pub is_user_defined: bool,
    /// The value of new entities.
    pub default_value: Option<String>,
    /// Whether no two entities may have the same value.
    pub is_unique: bool,
    /// Note for the admin.
    pub note: Option<String>,
    /// Its scope.
    pub scope: AttributeScope,
    /// What the entity adds to attributes.
    pub properties: Properties,
    /// The sets it is in.
    pub places: Vec<Place>,
}

impl Attribute {
    /// Its place in a set.
    pub fn place(&self, set_id: i64) -> Option<&Place> {
        self.places.iter().find(|place| place.set_id == set_id)
    }

    /// Whether the input is `input`.
    pub fn has_input(&self, input: &str) -> bool {
        self.frontend_input.as_deref() == Some(input)
    }
}

/// A kind of entity with its attributes.
#[derive(Debug, Clone, Default)]
pub struct EntityType {
    /// `entity_type_id`.
    pub id: i64,
    /// Its code: `catalog_product`, `catalog_category`, `customer`, `customer_address`.
    pub code: String,
    /// The set that entities have when none is named.
    pub default_set_id: i64,
    /// Its table.
    pub entity_table: String,
    /// The table with what it adds to attributes.
    pub additional_table: Option<String>,
    pub(crate) attributes: Vec<Arc<Attribute>>,
    pub(crate) by_code: HashMap<String, usize>,
    pub(crate) by_id: HashMap<i64, usize>,
    pub(crate) orders: OnceLock<HashMap<i64, SetOrders>>,
}

/// The attributes of a set in two orders, as places in [`EntityType::attributes`].
#[derive(Debug, Clone, Default)]
pub(crate) struct SetOrders {
    placed: Vec<usize>,
    listed: Vec<usize>,
}

impl EntityType {
    /// The attribute with this code; case matters.
    pub fn attribute(&self, code: &str) -> Option<&Arc<Attribute>> {
        self.attributes.get(*self.by_code.get(code)?)
    }

    /// The attribute with this id.
    pub fn attribute_by_id(&self, id: i64) -> Option<&Arc<Attribute>> {
        self.attributes.get(*self.by_id.get(&id)?)
    }

    /// All attributes by id.
    pub fn attributes(&self) -> &[Arc<Attribute>] {
        &self.attributes
    }

    /// The attributes of a set by sort order of the attribute, then of its group, then id.
    pub fn attributes_of_set(&self, set_id: i64) -> Vec<&Arc<Attribute>> {
        let order = self.orders().get(&set_id);
        let places = order.into_iter().flat_map(|order| &order.placed);
        places.map(|at| &self.attributes[*at]).collect()
    }

    /// The attributes of a set as answers list them: by sort order alone, equals as MariaDB leaves them.
    pub fn attributes_as_listed(&self, set_id: i64) -> impl Iterator<Item = &Arc<Attribute>> {
        let order = self.orders().get(&set_id);
        let places = order.into_iter().flat_map(|order| &order.listed);
        places.map(|at| &self.attributes[*at])
    }

    /// Worked out once for all sets.
    fn orders(&self) -> &HashMap<i64, SetOrders> {
        self.orders.get_or_init(|| {
            let mut sets: HashMap<i64, Vec<(usize, &Place)>> = HashMap::new();
            for (at, attribute) in self.attributes.iter().enumerate() {
                for place in &attribute.places {
                    let set = sets.entry(place.set_id).or_default();
                    if set.last().is_none_or(|(last, _)| *last != at) {
                        set.push((at, place));
                    }
                }
            }
            let orders = sets.into_iter().map(|(id, set)| (id, SetOrders::of(&set)));
            orders.collect()
        })
    }
}

impl SetOrders {
    /// From places by id of the attribute.
    fn of(set: &[(usize, &Place)]) -> Self {
        let keys: Vec<i64> = set.iter().map(|(_, place)| place.sort_order).collect();
        let listed = order::sorted(&keys).into_iter().map(|at| set[at].0).collect();
        let mut placed = set.to_vec();
        placed.sort_by_key(|(_, place)| (place.sort_order, place.group_sort_order));
        Self {
            placed: placed.into_iter().map(|(at, _)| at).collect(),
            listed,
        }
    }
}

/// A set of attributes that entities have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttributeSet {
    /// `attribute_set_id`.
    pub id: i64,
    /// Its entity type.
    pub entity_type_id: i64,
    /// Its name.
    pub name: String,
    /// Its position.
    pub sort_order: i64,
}

/// A group of attributes in a set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttributeGroup {
    /// `attribute_group_id`.
    pub id: i64,
    /// Its set.
    pub set_id: i64,
    /// Its name.
    pub name: String,
    /// Its code.
    pub code: String,
    /// The tab of the admin page that it stands in.
    pub tab_code: Option<String>,
    /// Its position.
    pub sort_order: i64,
    /// 1 when it takes attributes that name no group.
    pub default_id: i64,
}

/// All entity types, sets and groups at one moment.
#[derive(Debug, Clone, Default)]
pub struct Metadata {
    pub(crate) types: Vec<EntityType>,
    pub(crate) sets: Vec<AttributeSet>,
    pub(crate) groups: Vec<AttributeGroup>,
}

impl Metadata {
    /// The entity type with this code.
    ///
    /// # Errors
    /// Internal: the database lacks it.
    pub fn entity_type(&self, code: &str) -> Result<&EntityType> {
        let found = self.types.iter().find(|known| known.code == code);
        found.ok_or_else(|| Error::internal(format!("eav_entity_type has no {code}")))
    }

    /// All entity types by id.
    pub fn entity_types(&self) -> &[EntityType] {
        &self.types
    }

    /// The set with this id.
    pub fn set(&self, id: i64) -> Option<&AttributeSet> {
        self.sets.iter().find(|set| set.id == id)
    }

    /// All sets by id.
    pub fn sets(&self) -> &[AttributeSet] {
        &self.sets
    }

    /// The group with this id.
    pub fn group(&self, id: i64) -> Option<&AttributeGroup> {
        self.groups.iter().find(|group| group.id == id)
    }

    /// All groups by id.
    pub fn groups(&self) -> &[AttributeGroup] {
        &self.groups
    }
}

/// What memory knows of entity types and attributes.
///
/// # Errors
/// Internal: the composition forgot the service.
pub fn metadata(cx: &Cx<'_>) -> Result<Arc<Metadata>> {
    Ok(cx.service::<Arc<Eav>>()?.metadata())
}

/// The state of the database, inside the transaction that changes it.
///
/// # Errors
/// The database cannot be read.
pub async fn read_metadata(cx: &mut Cx<'_>) -> Result<Metadata> {
    let additional = cx.service::<Arc<Eav>>()?.additional;
    crate::repo::metadata::read(cx.session(), additional).await
}

/// To be called by what changes entity types, attributes, sets or groups: memory is read again after the commit.
///
/// # Errors
/// Internal: the composition forgot the service.
pub fn changed(cx: &mut Cx<'_>) -> Result<()> {
    let eav = cx.service::<Arc<Eav>>()?.clone();
    cx.after_commit(eav);
    Ok(())
}
