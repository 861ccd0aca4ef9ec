//! What was worked out of the database, kept until it changes.

use std::any::Any;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, PoisonError};

use crate::Param;

/// So many values are kept; one more throws all away.
const MOST: usize = 1_024;

/// Values under longer names are not kept.
const LONGEST: usize = 4_096;

type Value = Arc<dyn Any + Send + Sync>;

/// Values by name or statement and parameters, of one version of the database.
#[derive(Default)]
pub(crate) struct Kept(Mutex<(i64, HashMap<String, Value>)>);

impl Kept {
    pub(crate) fn get<T: Any + Send + Sync>(
        &self,
        version: i64,
        sql: &str,
        params: &[Param],
    ) -> Option<Arc<T>> {
        let key = key(sql, params)?;
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.0 == version {
            kept.1.get(&key).cloned()?.downcast().ok()
        } else {
            None
        }
    }

    pub(crate) fn put(&self, version: i64, sql: &str, params: &[Param], value: Value) {
        let Some(key) = key(sql, params) else {
            return;
        };
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.0 != version || kept.1.len() >= MOST {
            kept.0 = version;
            kept.1.clear();
        }
        kept.1.insert(key, value);
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
    fn a_value_is_kept_for_its_version_and_its_parameters() {
        let kept = Kept::default();
        let get = |version, params: &[Param]| kept.get::<i64>(version, "q", params).map(|value| *value);
        let (one, two) = ([Param::Int(1)], [Param::Text("1".to_owned())]);
        kept.put(7, "q", &one, Arc::new(5_i64));
        assert_eq!(get(7, &one), Some(5));
        assert_eq!(get(7, &two), None);
        assert_eq!(get(8, &one), None);
        kept.put(8, "q", &two, Arc::new(6_i64));
        assert_eq!(get(8, &one), None);
        assert_eq!(get(8, &two), Some(6));
        assert!(kept.get::<String>(8, "q", &two).is_none());
    }
}
