//! What has to be written down.

use super::Finding;
use super::sources::Sources;

const SETTINGS: &str = "crates/magnetite/src/settings/sources.rs";
const SETTINGS_PAGE: &str = "docs/settings.md";
const DEVIATIONS_PAGE: &str = "docs/deviations.md";

/// There is a page of deviations, and the page of settings names each setting.
pub(crate) fn check(sources: &Sources) -> Vec<Finding> {
    let mut findings = Vec::new();
    if !sources.files.contains_key(DEVIATIONS_PAGE) {
        findings.push(Finding::new(DEVIATIONS_PAGE, "is missing"));
    }
    let keys = keys(sources);
    if keys.is_empty() {
        findings.push(Finding::new(
            SETTINGS,
            "has no list KEYS any more: adapt xtask/src/tidy/documents.rs",
        ));
    }
    match sources.files.get(SETTINGS_PAGE) {
        None => findings.push(Finding::new(SETTINGS_PAGE, "is missing")),
        Some(page) => {
            let missing = keys
                .into_iter()
                .filter(|key| !page.text.contains(&format!("`{key}`")));
            findings
                .extend(missing.map(|key| Finding::new(SETTINGS_PAGE, format!("does not explain `{key}`"))));
        }
    }
    findings
}

/// The names in `const KEYS: … = &[key("name", …), …];`.
fn keys(sources: &Sources) -> Vec<&str> {
    let Some(file) = sources.files.get(SETTINGS) else {
        return Vec::new();
    };
    let tokens = &file.tokens;
    let start = tokens
        .windows(2)
        .position(|pair| pair[0].is_word("const") && pair[1].is_word("KEYS"));
    let list = &tokens[start.unwrap_or(tokens.len())..];
    let end = list
        .iter()
        .position(|token| token.is_mark(';'))
        .unwrap_or(list.len());
    let texts = list[..end].windows(3).filter(|three| three[0].is_word("key"));
    texts
        .filter_map(|three| three[1].text().or_else(|| three[2].text()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::sources::sample;
    use super::*;

    #[test]
    fn each_setting_is_on_its_page() {
        let settings = "const FILE: &str = \"x\";\nconst KEYS: &[Key] = &[key(\"bind\", 1, \"x\"), key(\"log_level\", 2, \"y\")];\nconst T: &str = \"y\";";
        let sources = sample(&[
            (SETTINGS, settings),
            (SETTINGS_PAGE, "| `bind` | address |"),
            (DEVIATIONS_PAGE, ""),
        ]);
        assert_eq!(
            check(&sources),
            [Finding::new(SETTINGS_PAGE, "does not explain `log_level`")]
        );
    }

    #[test]
    fn the_pages_exist() {
        let found = check(&sample(&[(
            SETTINGS,
            "const KEYS: &[Key] = &[key(\"bind\", 1, \"x\")];",
        )]));
        assert_eq!(found.len(), 2, "{found:?}");
    }
}
