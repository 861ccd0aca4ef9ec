//! The files of the repository.

use std::collections::BTreeMap;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use super::tokens::{self, Token};
use crate::workspace;

/// All text files that are in the repository or would be added to it.
#[derive(Default)]
pub(crate) struct Sources {
    /// By path below the root, in order.
    pub(crate) files: BTreeMap<String, File>,
}

/// One file.
pub(crate) struct File {
    pub(crate) text: String,
    /// Of a Rust file.
    pub(crate) tokens: Vec<Token>,
}

impl Sources {
    /// Reads the repository.
    pub(crate) fn read() -> Result<Self> {
        let listed = Command::new("git")
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .current_dir(workspace::root())
            .output()
            .context("git is needed")?;
        if !listed.status.success() {
            bail!("git ls-files: {}", String::from_utf8_lossy(&listed.stderr));
        }
        let paths = String::from_utf8(listed.stdout).context("a file name is not UTF-8")?;
        let mut texts = Vec::new();
        for path in paths.split('\0').filter(|path| !path.is_empty()) {
            // A file that is deleted but not yet committed is listed too; one that is no text is none of ours.
            if let Ok(text) = std::fs::read_to_string(workspace::root().join(path)) {
                texts.push((path.to_owned(), text));
            }
        }
        Self::new(texts)
    }

    /// Takes the files; fails on Rust that cannot be read.
    pub(crate) fn new(texts: Vec<(String, String)>) -> Result<Self> {
        let mut files = BTreeMap::new();
        for (path, text) in texts {
            let tokens = if path.ends_with(".rs") {
                tokens::scan(&text).with_context(|| format!("cannot read {path}"))?
            } else {
                Vec::new()
            };
            files.insert(path, File { text, tokens });
        }
        let mut sources = Self { files };
        sources.mark_test_modules();
        Ok(sources)
    }

    /// The Rust files with their tokens.
    pub(crate) fn rust(&self) -> impl Iterator<Item = (&str, &[Token])> {
        let rust = self.files.iter().filter(|(path, _)| path.ends_with(".rs"));
        rust.map(|(path, file)| (path.as_str(), file.tokens.as_slice()))
    }

    /// The crates that declare tables, by name.
    pub(crate) fn domains(&self) -> impl Iterator<Item = &str> {
        self.files.keys().filter_map(|path| {
            let (name, rest) = path.strip_prefix("crates/")?.split_once('/')?;
            (rest == "src/schema.rs").then_some(name)
        })
    }

    /// Whole files can be tests: those outside `src`, and modules that are declared under `#[cfg(test)]`.
    fn mark_test_modules(&mut self) {
        let declared: Vec<String> = self
            .rust()
            .flat_map(|(path, tokens)| {
                let folder = module_folder(path);
                tokens::test_modules(tokens).map(move |name| format!("{folder}/{name}"))
            })
            .collect();
        for (path, file) in &mut self.files {
            let outside = ["/tests/", "/benches/", "/examples/"];
            let of_module = |module: &String| {
                path.strip_prefix(module.as_str())
                    .is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
            };
            if outside.iter().any(|part| path.contains(part)) || declared.iter().any(of_module) {
                for token in &mut file.tokens {
                    token.test = true;
                }
            }
        }
    }
}

/// Where the modules that a file declares are.
fn module_folder(path: &str) -> &str {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    match file {
        "mod.rs" | "lib.rs" | "main.rs" => folder,
        _ => path.trim_end_matches(".rs"),
    }
}

#[cfg(test)]
pub(crate) fn sample(files: &[(&str, &str)]) -> Sources {
    let owned = files
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
    Sources::new(owned.collect()).unwrap()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tested(sources: &Sources, path: &str) -> bool {
        sources.files[path].tokens.iter().all(|token| token.test)
    }

    #[test]
    fn modules_declared_for_tests_are_tests_as_whole_files() {
        let sources = sample(&[
            ("crates/a/src/lib.rs", "#[cfg(test)] mod fixtures; mod real;"),
            ("crates/a/src/fixtures.rs", "fn f() {}"),
            ("crates/a/src/fixtures/more.rs", "fn f() {}"),
            ("crates/a/src/real.rs", "#[cfg(test)]\nmod tests;\nfn r() {}"),
            ("crates/a/src/real/tests.rs", "fn f() {}"),
            ("crates/a/tests/it/main.rs", "fn f() {}"),
        ]);
        for path in [
            "src/fixtures.rs",
            "src/fixtures/more.rs",
            "src/real/tests.rs",
            "tests/it/main.rs",
        ] {
            assert!(tested(&sources, &format!("crates/a/{path}")), "{path}");
        }
        assert!(!tested(&sources, "crates/a/src/real.rs"));
    }

    #[test]
    fn domains_are_the_crates_with_a_schema() {
        let sources = sample(&[
            ("crates/db/src/schema/mod.rs", ""),
            ("crates/store/src/schema.rs", ""),
        ]);
        assert_eq!(sources.domains().collect::<Vec<_>>(), ["store"]);
    }
}
