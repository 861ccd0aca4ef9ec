//! Checks of files one by one.

use super::Finding;
use super::sources::Sources;
use super::tokens::{self, Kind};

/// A file of code has fewer lines than this.
const MOST_LINES: usize = 500;

/// Module names that say nothing about a topic.
const VAGUE: &[&str] = &["utils", "util", "helpers", "helper", "misc", "common"];

/// Code is short, and in modules that are named for a topic. Data and snapshots may be long.
pub(crate) fn shape(sources: &Sources) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, file) in &sources.files {
        let code = [".rs", ".py", ".sh"].iter().any(|end| path.ends_with(end));
        let lines = file.text.lines().count();
        if code && lines >= MOST_LINES {
            let message = format!("{lines} lines, {MOST_LINES} are too many: split it by topic");
            findings.push(Finding::new(path, message));
        }
        let vague = path.ends_with(".rs")
            && path
                .trim_end_matches(".rs")
                .split('/')
                .any(|part| VAGUE.contains(&part));
        if vague {
            findings.push(Finding::new(path, "name the module for its topic"));
        }
        for pair in file.tokens.windows(2) {
            if let [keyword, Kind::Word(name)] = [&pair[0].kind, &pair[1].kind]
                && *keyword == Kind::Word("mod".to_owned())
                && VAGUE.contains(&name.as_str())
            {
                findings.push(Finding::at(path, pair[0].line, "name the module for its topic"));
            }
        }
    }
    findings
}

/// No test is switched off, and nothing is left for later.
pub(crate) fn unfinished(sources: &Sources) -> Vec<Finding> {
    let patterns = [
        ("# [ ignore", "a test that does not run checks nothing"),
        ("todo !", "what is not there stays out of the route table"),
        (
            "unimplemented !",
            "what is not there stays out of the route table",
        ),
    ];
    let mut findings = Vec::new();
    for (path, tokens) in sources.rust() {
        for (pattern, message) in patterns {
            let name: String = pattern.split_whitespace().collect();
            let found = tokens::find(tokens, pattern);
            findings.extend(found.map(|token| Finding::at(path, token.line, format!("{name}: {message}"))));
        }
    }
    findings
}

/// Nothing names a place that exists on one machine only.
pub(crate) fn machine_paths(sources: &Sources) -> Vec<Finding> {
    // In two parts, so that this file does not name them.
    let folders =
        [["/ho", "me/"], ["/ro", "ot/"], ["/Us", "ers/"], ["/wo", "rk/"]].map(|parts| parts.concat());
    let mut findings = Vec::new();
    for (path, file) in &sources.files {
        for (number, line) in file.text.lines().enumerate() {
            for folder in &folders {
                if begins_a_path(line, folder) {
                    findings.push(Finding::at(path, number + 1, format!("a path in {folder}")));
                }
            }
        }
    }
    findings
}

/// Whether the folder stands at the beginning of a path: `/x/home/` and `https://h/home/` are others.
fn begins_a_path(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '/' | '}' | '~'))
    })
}

#[cfg(test)]
mod tests {
    use super::super::sources::sample;
    use super::*;

    fn places(findings: &[Finding]) -> Vec<&str> {
        findings.iter().map(|finding| finding.place.as_str()).collect()
    }

    #[test]
    fn long_code_is_found_and_long_data_is_not() {
        let long = "\n".repeat(600);
        let sources = sample(&[("a.rs", &long), ("a.tsv", &long), ("b.rs", "fn f() {}\n")]);
        assert_eq!(places(&shape(&sources)), ["a.rs"]);
    }

    #[test]
    fn modules_without_a_topic_are_found() {
        let sources = sample(&[
            ("crates/a/src/lib.rs", "mod money;\nmod utils;"),
            ("crates/a/src/helpers.rs", ""),
        ]);
        assert_eq!(
            places(&shape(&sources)),
            ["crates/a/src/helpers.rs", "crates/a/src/lib.rs:2"]
        );
    }

    #[test]
    fn ignored_tests_and_things_to_do_are_found() {
        let text = "#[test]\n#[ignore = \"slow\"]\nfn t() {}\nfn f() {\n todo!()\n}\n// todo!()\nconst S: &str = \"#[ignore]\";";
        let sources = sample(&[("a.rs", text)]);
        assert_eq!(places(&unfinished(&sources)), ["a.rs:2", "a.rs:5"]);
    }

    #[test]
    fn paths_of_a_machine_are_found() {
        let named = format!(
            "see {}me/ann/x\nhttps://example.com{}me/\n../shared/x\n",
            "/ho", "/ho"
        );
        let sources = sample(&[("notes.md", &named)]);
        assert_eq!(places(&machine_paths(&sources)), ["notes.md:1"]);
    }
}
