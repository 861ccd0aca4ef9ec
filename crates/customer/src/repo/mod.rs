//! The SQL of the customer tables.

pub(crate) mod account;
pub(crate) mod address;
pub(crate) mod attribute;
pub(crate) mod customer;
pub(crate) mod grid;
pub(crate) mod group;
pub(crate) mod install;
pub(crate) mod privacy;
pub(crate) mod reset_request;
pub(crate) mod search;
pub(crate) mod subscriber;

/// A text as a column of `length` characters keeps it: Magento lets MySQL cut off the rest.
pub(crate) fn shortened(text: &str, length: usize) -> &str {
    match text.char_indices().nth(length) {
        Some((end, _)) => text.get(..end).unwrap_or(text),
        None => text,
    }
}

/// Texts as columns keep them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kept(pub(crate) db::Engine);

impl Kept {
    /// A text in a column of `length` characters. Magento's tables on MySQL know no characters of four bytes, and
    /// Magento leaves four question marks of each.
    pub(crate) fn text(self, text: &str, length: usize) -> String {
        if self.0 == db::Engine::Sqlite || text.chars().all(|c| c.len_utf8() < 4) {
            return shortened(text, length).to_owned();
        }
        let mut known = String::with_capacity(text.len());
        for c in text.chars() {
            match c.len_utf8() {
                4 => known.push_str("????"),
                _ => known.push(c),
            }
        }
        shortened(&known, length).to_owned()
    }
}
