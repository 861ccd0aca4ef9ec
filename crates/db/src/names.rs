//! Table names in braces become the real, prefixed names.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

/// Texts kept; those beyond it (made by searches with many filters) are expanded each time.
const KEPT: usize = 4096;

/// Longest text kept, in bytes; longer ones are expanded each time. With [`KEPT`] it bounds what is kept.
const LONGEST: usize = 4 << 10;

/// Expands `{table}` and remembers the result for each SQL text of usual length.
pub(crate) struct Names {
    prefix: String,
    known: RwLock<HashMap<String, Arc<str>>>,
}

impl Names {
    pub(crate) fn new(prefix: String) -> Self {
        Self {
            prefix,
            known: RwLock::default(),
        }
    }

    pub(crate) fn prefix(&self) -> &str {
        &self.prefix
    }

    pub(crate) fn expand(&self, sql: &str) -> Arc<str> {
        if sql.len() > LONGEST {
            return expand(sql, &self.prefix).into();
        }
        if let Some(text) = self.known.read().unwrap_or_else(PoisonError::into_inner).get(sql) {
            return Arc::clone(text);
        }
        let text: Arc<str> = expand(sql, &self.prefix).into();
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() < KEPT {
            known.insert(sql.to_owned(), Arc::clone(&text));
        }
        text
    }
}

/// Replaces `{name}` by the quoted prefixed name. Braces around anything but `[a-z0-9_]+` stay as they are.
pub(crate) fn expand(sql: &str, prefix: &str) -> String {
    let mut out = String::with_capacity(sql.len() + 16);
    let mut rest = sql;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        let after = &rest[open + 1..];
        if let Some(name) = table_name(after) {
            out.push('`');
            out.push_str(prefix);
            out.push_str(name);
            out.push('`');
            rest = &after[name.len() + 1..];
        } else {
            out.push('{');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

/// The names in braces of a SQL text.
pub(crate) fn tables(sql: &str) -> impl Iterator<Item = &str> {
    sql.split('{').skip(1).filter_map(table_name)
}

fn table_name(after_brace: &str) -> Option<&str> {
    let (name, _) = after_brace.split_once('}')?;
    let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    (!name.is_empty() && name.bytes().all(fits)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_in_braces_get_the_prefix_and_quotes() {
        assert_eq!(
            expand("SELECT {store}.code FROM {store} WHERE x = '{\"a\":1}'", "m2_"),
            "SELECT `m2_store`.code FROM `m2_store` WHERE x = '{\"a\":1}'"
        );
        assert_eq!(
            tables("FROM {a} JOIN {b_2} ON '{X}'").collect::<Vec<_>>(),
            ["a", "b_2"]
        );
    }

    #[test]
    fn a_text_is_remembered() {
        let names = Names::new(String::new());
        assert!(Arc::ptr_eq(&names.expand("FROM {a}"), &names.expand("FROM {a}")));
    }

    #[test]
    fn a_long_text_is_expanded_and_not_remembered() {
        let names = Names::new("m2_".to_owned());
        let start = "SELECT 1 FROM {a} -- ";
        let text = |length: usize| start.to_owned() + &"x".repeat(length - start.len());
        assert!(
            names
                .expand(&text(LONGEST + 1))
                .starts_with("SELECT 1 FROM `m2_a` -- x")
        );
        assert!(names.known.read().unwrap().is_empty());
        names.expand(&text(LONGEST));
        assert_eq!(names.known.read().unwrap().len(), 1);
    }

    proptest! {
        #[test]
        fn never_panics_and_keeps_text_without_braces(sql in ".*") {
            let out = expand(&sql, "p_");
            if !sql.contains('{') { prop_assert_eq!(out, sql); }
        }
    }
}
