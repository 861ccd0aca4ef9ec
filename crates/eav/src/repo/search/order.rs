//! Sort orders.

use db::Engine;
use db::search::Operand;

use super::join::Joined;

/// The table whose index gives a sort order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lead {
    /// The entity's own.
    Entity,
    /// The value table of an attribute, by the place of its join.
    Attribute(usize),
    /// A table of the caller's, by its place.
    Joined(usize),
}

impl Lead {
    /// The table of a column `alias.name`, if every entity searched has a row in it.
    pub(super) fn of(sql: &str, joined: &[Joined]) -> Option<Self> {
        let (alias, name) = sql.split_once('.')?;
        let word = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        if !word(alias) || !word(name) {
            return None;
        }
        if alias == "e" {
            return Some(Self::Entity);
        }
        let at = joined
            .iter()
            .position(|more| more.alias == alias && !more.optional)?;
        Some(Self::Joined(at))
    }
}

/// A sort order.
#[derive(Debug)]
pub(super) struct Order {
    pub(super) name: String,
    /// With the index, if there is one.
    key: String,
    /// Without.
    bare: String,
    direction: &'static str,
    pub(super) lead: Option<Lead>,
}

impl Order {
    pub(super) fn new(
        name: &str,
        engine: Engine,
        operand: Operand<'_>,
        ascending: bool,
        lead: Option<Lead>,
    ) -> Self {
        let bare = format!("+{}", operand.sql);
        let without = Operand {
            sql: &bare,
            kind: operand.kind,
        };
        let plain = lead.is_some();
        Self {
            name: name.to_owned(),
            key: operand.sort_key(engine, plain),
            bare: if plain {
                without.sort_key(engine, false)
            } else {
                operand.sort_key(engine, false)
            },
            direction: if ascending { "ASC" } else { "DESC" },
            lead,
        }
    }

    pub(super) fn is_descending(&self) -> bool {
        self.direction == "DESC"
    }

    pub(super) fn sql(&self, plain: bool) -> String {
        let key = if plain { &self.key } else { &self.bare };
        format!("{key} {}", self.direction)
    }
}
