//! Counts, kept until the database changes.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};

use crate::Param;

/// So many counts are kept; one more throws all away.
const MOST: usize = 1_024;

/// Longer statements are not kept.
const LONGEST: usize = 4_096;

/// Counts by statement and parameters, of one version of the database.
#[derive(Default)]
pub(crate) struct Counts(Mutex<(i64, HashMap<String, i64>)>);

impl Counts {
    pub(crate) fn get(&self, version: i64, sql: &str, params: &[Param]) -> Option<i64> {
        let key = key(sql, params)?;
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.0 == version {
            kept.1.get(&key).copied()
        } else {
            None
        }
    }

    pub(crate) fn put(&self, version: i64, sql: &str, params: &[Param], count: i64) {
        let Some(key) = key(sql, params) else {
            return;
        };
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.0 != version || kept.1.len() >= MOST {
            kept.0 = version;
            kept.1.clear();
        }
        kept.1.insert(key, count);
    }
}

/// A text that no other statement with parameters has; `None` for a long one.
fn key(sql: &str, params: &[Param]) -> Option<String> {
    let mut key = sql.to_owned();
    for param in params {
        let _ = match param {
            Param::Null => write!(key, "\0n"),
            Param::Int(value) => write!(key, "\0i{value}"),
            Param::Text(value) => write!(key, "\0t{}:{value}", value.len()),
            Param::Decimal(value) => write!(key, "\0d{value}"),
            Param::Bytes(_) => return None,
        };
        if key.len() > LONGEST {
            return None;
        }
    }
    Some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_is_kept_for_its_version_and_its_parameters() {
        let counts = Counts::default();
        let (one, two) = ([Param::Int(1)], [Param::Text("1".to_owned())]);
        counts.put(7, "q", &one, 5);
        assert_eq!(counts.get(7, "q", &one), Some(5));
        assert_eq!(counts.get(7, "q", &two), None);
        assert_eq!(counts.get(8, "q", &one), None);
        counts.put(8, "q", &two, 6);
        assert_eq!(counts.get(8, "q", &one), None);
        assert_eq!(counts.get(8, "q", &two), Some(6));
    }
}
