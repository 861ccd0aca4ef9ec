use indexmap::{IndexMap, map::Entry};

use super::name::Index;
use crate::{Map, Value};

/// A PHP array being filled.
#[derive(Debug, Default)]
pub(super) struct Array {
    slots: IndexMap<String, Slot>,
    /// The key that `[]` takes next.
    next: i64,
}

#[derive(Debug)]
pub(super) enum Slot {
    Text(String),
    Array(Array),
}

impl Array {
    /// Sets a value; one that has no key left to take is dropped.
    pub(super) fn insert(&mut self, index: Index, value: Slot) {
        if let Some(key) = self.key(index) {
            self.slots.insert(key, value);
        }
    }

    /// The array at a key, made there when there is none.
    pub(super) fn descend(&mut self, index: Index) -> Option<&mut Self> {
        let slot = match self.key(index).map(|key| self.slots.entry(key))? {
            Entry::Occupied(slot) => slot.into_mut(),
            Entry::Vacant(slot) => slot.insert(Slot::Array(Self::default())),
        };
        if let Slot::Text(_) = slot {
            *slot = Slot::Array(Self::default());
        }
        match slot {
            Slot::Array(array) => Some(array),
            Slot::Text(_) => None,
        }
    }

    pub(super) fn remove(&mut self, key: &str) {
        self.slots.shift_remove(key);
    }

    /// The key to use; moves `next` past integer keys.
    fn key(&mut self, index: Index) -> Option<String> {
        match index {
            Index::Key(key) => {
                if let Some(number) = integer(&key).filter(|number| *number >= self.next) {
                    self.next = number.saturating_add(1);
                }
                Some(key)
            }
            Index::Next => {
                let key = self.next.to_string();
                if self.slots.contains_key(&key) {
                    return None;
                }
                self.next = self.next.saturating_add(1);
                Some(key)
            }
        }
    }

    pub(super) fn into_map(self) -> Map<String, Value> {
        let value = |slot| match slot {
            Slot::Text(text) => Value::String(text),
            Slot::Array(array) => Value::Object(array.into_map()),
        };
        self.slots
            .into_iter()
            .map(|(key, slot)| (key, value(slot)))
            .collect()
    }
}

/// The integer that PHP takes a key for: plain decimal, no leading zeros or plus, within 64 bits.
fn integer(key: &str) -> Option<i64> {
    let digits = key.strip_prefix('-').unwrap_or(key);
    let plain =
        key == "0" || (digits.starts_with(|first: char| first.is_ascii_digit()) && !digits.starts_with('0'));
    if plain { key.parse().ok() } else { None }
}
