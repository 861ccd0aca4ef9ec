//! `cargo xtask tidy`: the rules of the design that a machine can check.

mod documents;
mod files;
mod layers;
mod sources;
mod sql;
mod surface;
mod tokens;

use anyhow::{Result, bail};

use sources::Sources;

/// A broken rule, and where.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    /// Path below the root, with a line where there is one.
    place: String,
    message: String,
}

impl Finding {
    fn new(place: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            place: place.into(),
            message: message.into(),
        }
    }

    fn at(path: &str, line: usize, message: impl Into<String>) -> Self {
        Self::new(format!("{path}:{line}"), message)
    }
}

/// Runs all checks and prints what is wrong.
pub(crate) fn run() -> Result<()> {
    let sources = Sources::read()?;
    let packages = layers::packages()?;
    let checks: [(&str, Vec<Finding>); 7] = [
        (
            "files are short and named for their topic",
            files::shape(&sources),
        ),
        ("nothing is ignored or left to do", files::unfinished(&sources)),
        ("no paths of a machine", files::machine_paths(&sources)),
        (
            "SQL stands in repo/, and names tables of its own crate",
            sql::check(&sources),
        ),
        ("crates depend downwards only", layers::check(&packages)),
        (
            "domains know neither HTTP nor JSON text",
            surface::check(&sources),
        ),
        (
            "settings and deviations are documented",
            documents::check(&sources),
        ),
    ];
    let mut wrong = 0;
    for (rule, findings) in &checks {
        let mark = if findings.is_empty() { "ok" } else { "NOT" };
        println!("{mark:>4}  {rule}");
        for finding in findings {
            println!("      {}: {}", finding.place, finding.message);
        }
        wrong += findings.len();
    }
    if wrong > 0 {
        bail!("tidy: {wrong} to put right");
    }
    println!("tidy: {} files, all in order", sources.files.len());
    Ok(())
}
