//! Which crate may use which.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use super::Finding;
use crate::workspace;

/// What tests of any crate may use.
const IN_TESTS: &[&str] = &["testkit", "db"];

/// What each crate may use of ours. A new crate gets a line here.
const LAYERS: &[(&str, &[&str])] = &[
    ("wire", &[]),
    ("db", &[]),
    ("deployment", &[]),
    ("testkit", &[]),
    ("contract-macros", &[]),
    ("contract", &["contract-macros", "db", "wire"]),
    ("store", &["contract", "db", "wire"]),
    ("directory", &["contract", "db", "store", "wire"]),
    ("identity", &["contract", "db", "store", "wire"]),
    ("eav", &["contract", "db", "store", "wire"]),
    ("tax", &["contract", "db", "eav", "store", "wire"]),
    ("mail", &["contract", "store"]),
    (
        "customer",
        &[
            "contract",
            "db",
            "directory",
            "eav",
            "identity",
            "mail",
            "store",
            "tax",
            "wire",
        ],
    ),
    (
        "catalog",
        &[
            "contract",
            "customer",
            "db",
            "directory",
            "eav",
            "store",
            "tax",
            "wire",
        ],
    ),
    (
        "inventory",
        &["catalog", "contract", "db", "eav", "store", "wire"],
    ),
    ("tfa", &["contract", "db", "identity", "mail", "wire"]),
    ("rest", &["contract", "wire"]),
    ("sampledata", &["contract"]),
    (
        "magnetite",
        &[
            "catalog",
            "contract",
            "customer",
            "db",
            "deployment",
            "directory",
            "eav",
            "identity",
            "inventory",
            "mail",
            "rest",
            "sampledata",
            "store",
            "tax",
            "tfa",
            "wire",
        ],
    ),
    ("xtask", &["testkit"]),
];

/// Crates of others that only surfaces and the binary may use.
const HTTP: &[&str] = &[
    "axum",
    "http",
    "http-body-util",
    "hyper",
    "hyper-util",
    "tower",
    "tower-http",
];

/// Crates that may.
const SURFACES: &[&str] = &["rest", "magnetite"];

/// A crate of the workspace and what it uses.
pub(crate) struct Package {
    name: String,
    uses: Vec<Use>,
}

struct Use {
    name: String,
    ours: bool,
    test: bool,
}

/// The crates of the workspace.
pub(crate) fn packages() -> Result<Vec<Package>> {
    let output = workspace::cargo()
        .args(["metadata", "--format-version", "1", "--no-deps"])
        .output()
        .context("cannot start cargo")?;
    if !output.status.success() {
        bail!("cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    }
    parse(&output.stdout).context("cargo metadata printed something unexpected")
}

fn parse(json: &[u8]) -> Option<Vec<Package>> {
    let document: Value = serde_json::from_slice(json).ok()?;
    let package = |package: &Value| {
        let uses = package["dependencies"].as_array()?.iter().map(|used| {
            Some(Use {
                name: used["name"].as_str()?.to_owned(),
                ours: used["path"].is_string(),
                test: used["kind"] == "dev",
            })
        });
        Some(Package {
            name: package["name"].as_str()?.to_owned(),
            uses: uses.collect::<Option<_>>()?,
        })
    };
    document["packages"].as_array()?.iter().map(package).collect()
}

/// Crates use only what stands below them.
pub(crate) fn check(packages: &[Package]) -> Vec<Finding> {
    let layers: BTreeMap<_, _> = LAYERS.iter().copied().collect();
    let mut findings = Vec::new();
    for package in packages {
        let place = format!("crate {}", package.name);
        let Some(allowed) = layers.get(package.name.as_str()) else {
            findings.push(Finding::new(
                place,
                "has no line in LAYERS of xtask/src/tidy/layers.rs",
            ));
            continue;
        };
        for used in &package.uses {
            let name = used.name.as_str();
            let fine = allowed.contains(&name) || (used.test && IN_TESTS.contains(&name));
            if used.ours && !fine {
                findings.push(Finding::new(&place, format!("must not use {name}")));
            }
            if !used.test && HTTP.contains(&name) && !SURFACES.contains(&package.name.as_str()) {
                findings.push(Finding::new(
                    &place,
                    format!("must not use {name}: HTTP belongs to the surfaces"),
                ));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(name: &str, uses: &[(&str, bool, Option<&str>)]) -> Vec<Package> {
        let dependencies: Vec<_> = uses
            .iter()
            .map(|(name, ours, kind)| {
                let path = ours.then_some("somewhere");
                serde_json::json!({"name": name, "path": path, "kind": kind})
            })
            .collect();
        let document = serde_json::json!({"packages": [{"name": name, "dependencies": dependencies}]});
        parse(document.to_string().as_bytes()).unwrap()
    }

    #[test]
    fn what_stands_below_may_be_used() {
        let uses = [
            ("contract", true, None),
            ("testkit", true, Some("dev")),
            ("tokio", false, None),
        ];
        assert_eq!(check(&sample("identity", &uses)), []);
    }

    #[test]
    fn what_stands_beside_or_above_may_not() {
        for (name, used) in [
            ("identity", "rest"),
            ("rest", "store"),
            ("wire", "db"),
            ("store", "identity"),
            ("contract", "testkit"),
        ] {
            let found = check(&sample(name, &[(used, true, None)]));
            assert_eq!(
                found,
                [Finding::new(
                    format!("crate {name}"),
                    format!("must not use {used}")
                )]
            );
        }
    }

    #[test]
    fn a_crate_without_a_place_is_found() {
        assert_eq!(check(&sample("unheard-of", &[])).len(), 1);
    }

    #[test]
    fn domains_use_no_http_crate() {
        assert_eq!(check(&sample("store", &[("axum", false, None)])).len(), 1);
        assert_eq!(check(&sample("rest", &[("axum", false, None)])), []);
    }
}
