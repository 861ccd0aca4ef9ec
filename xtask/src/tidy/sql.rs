//! Where SQL stands, and whose tables it names.

use std::collections::BTreeSet;

use super::Finding;
use super::sources::Sources;
use super::tokens::{Kind, Token};

/// How the statements begin that read or write rows.
const VERBS: &[&str] = &[
    "SELECT ",
    "INSERT INTO ",
    "INSERT IGNORE ",
    "REPLACE INTO ",
    "UPDATE ",
    "DELETE FROM ",
    "WITH ",
];

/// SQL stands in the `repo` of a domain (and in `db`), and names only tables of that domain's schema.
pub(crate) fn check(sources: &Sources) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, tokens) in sources.rust() {
        let Some((name, below)) = crate_of(path) else {
            continue;
        };
        if name == "db" {
            continue;
        }
        let own = tables(sources, name);
        for token in tokens.iter().filter(|token| !token.test) {
            let Some(text) = token.text().filter(|text| is_statement(text)) else {
                continue;
            };
            if !below.starts_with("src/repo/") && below != "src/repo.rs" {
                findings.push(Finding::at(path, token.line, "SQL outside of repo/"));
            }
            for table in braced(text).filter(|table| !own.contains(*table)) {
                let message =
                    format!("{{{table}}} is not a table of {name}'s schema: use the facade of its owner");
                findings.push(Finding::at(path, token.line, message));
            }
        }
    }
    findings
}

/// `crates/name/rest` in parts.
fn crate_of(path: &str) -> Option<(&str, &str)> {
    path.strip_prefix("crates/")?.split_once('/')
}

fn is_statement(text: &str) -> bool {
    let text = text.trim_start();
    VERBS.iter().any(|verb| text.starts_with(verb)) && braced(text).next().is_some()
}

/// The names of tables in `{…}`.
fn braced(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|part| {
        let (name, _) = part.split_once('}')?;
        let named = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        (!name.is_empty() && name.chars().all(named)).then_some(name)
    })
}

/// The tables that a crate's schema declares by `Table::new("name"`.
fn tables<'a>(sources: &'a Sources, name: &str) -> BTreeSet<&'a str> {
    let folder = format!("crates/{name}/src/schema");
    let schema = sources.files.iter().filter(|(path, _)| path.starts_with(&folder));
    schema
        .flat_map(|(_, file)| file.tokens.windows(6).filter_map(declared))
        .collect()
}

fn declared(window: &[Token]) -> Option<&str> {
    let [
        table,
        _,
        _,
        new,
        open,
        Token {
            kind: Kind::Text(name),
            ..
        },
    ] = window
    else {
        return None;
    };
    (table.is_word("Table") && new.is_word("new") && open.is_mark('(')).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::super::sources::sample;
    use super::*;

    const SCHEMA: (&str, &str) = (
        "crates/store/src/schema.rs",
        "pub const STORE: Table = Table::new(\"store\", \"Stores\");",
    );

    #[test]
    fn sql_is_at_home_in_repo_only() {
        let query = "fn f() { q(\"SELECT a \\\n FROM {store}\"); }";
        let sources = sample(&[
            SCHEMA,
            ("crates/store/src/repo/view.rs", query),
            ("crates/store/src/service.rs", query),
            ("crates/db/src/x.rs", query),
        ]);
        let found = check(&sources);
        assert_eq!(
            found,
            [Finding::at(
                "crates/store/src/service.rs",
                1,
                "SQL outside of repo/"
            )]
        );
    }

    #[test]
    fn tables_of_others_are_not_named() {
        let query = "fn f() { q(\"UPDATE {admin_user} SET a = (SELECT 1 FROM {store})\"); }";
        let sources = sample(&[SCHEMA, ("crates/store/src/repo/mod.rs", query)]);
        let found = check(&sources);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            found[0]
                .message
                .starts_with("{admin_user} is not a table of store")
        );
    }

    #[test]
    fn tests_and_other_texts_may_say_what_they_like() {
        let other = "fn f() { e(\"SELECT nothing\"); e(\"UPDATE {}\"); e(\"see {store}\"); }\n\
                     #[cfg(test)] mod tests { const S: &str = \"DELETE FROM {store}\"; }";
        assert_eq!(check(&sample(&[SCHEMA, ("crates/store/src/lib.rs", other)])), []);
    }
}
