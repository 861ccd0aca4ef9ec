//! `cargo xtask conformance`: answers compared with those that a Magento gave.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;
use testkit::mariadb::{MariaDb, TestDatabase};

use crate::server::{Launch, Server};
use crate::workspace;

/// Flags of `conformance`.
#[derive(clap::Args)]
pub(crate) struct Flags {
    /// Only this section: auth, get, ms-get, ms-replay, replay.
    #[arg(long)]
    section: Option<String>,
    /// Only calls whose path (in get and ms-get) or name (elsewhere) contains this.
    #[arg(long)]
    area: Option<String>,
    /// Prints the first N differences of each section.
    #[arg(long, default_value_t = 0, value_name = "N")]
    show: usize,
    /// Uses a debug build.
    #[arg(long)]
    debug: bool,
}

/// A file of recordings and the state it starts from.
struct Section {
    name: &'static str,
    /// Dump to attach to; without one, a new standalone installation.
    dump: Option<&'static str>,
}

const SECTIONS: &[Section] = &[
    Section {
        name: "auth",
        dump: Some("fresh"),
    },
    Section {
        name: "get",
        dump: Some("populated"),
    },
    Section {
        name: "ms-get",
        dump: Some("multistore"),
    },
    Section {
        name: "ms-replay",
        dump: Some("multistore-start"),
    },
    Section {
        name: "replay",
        dump: None,
    },
];

/// Calls answered as recorded, and all calls.
#[derive(Default, Clone, Copy)]
struct Score {
    good: usize,
    all: usize,
}

/// By area and section.
type Table = BTreeMap<(String, &'static str), Score>;

/// Compares and prints a table.
pub(crate) fn run(flags: &Flags) -> Result<()> {
    let Some(shared) = workspace::shared() else {
        return Ok(());
    };
    let chosen: Vec<_> = SECTIONS
        .iter()
        .filter(|section| flags.section.as_deref().is_none_or(|name| name == section.name))
        .collect();
    if chosen.is_empty() {
        bail!("no such section; there are auth, get, ms-get, ms-replay and replay");
    }
    let bench = Bench {
        binary: workspace::build_server(!flags.debug)?,
        results: workspace::results("conformance")?,
        database: MariaDb::start()?,
        key: crypt_key(&shared)?,
        shared,
    };
    let mut table = Table::new();
    for section in &chosen {
        if section.dump.is_some() && bench.database.is_none() {
            println!(
                "skipped: {} (no MariaDB server; install mariadb-server)",
                section.name
            );
            continue;
        }
        println!("comparing {}", section.name);
        for (area, good) in bench.compare(section, flags)? {
            let score = table.entry((area, section.name)).or_default();
            score.good += usize::from(good);
            score.all += 1;
        }
    }
    print(&table);
    println!("every verdict: {}", bench.results.display());
    Ok(())
}

/// What all sections use.
struct Bench {
    binary: PathBuf,
    results: PathBuf,
    shared: PathBuf,
    database: Option<MariaDb>,
    /// The encryption key of the recorded installation.
    key: String,
}

impl Bench {
    /// The area of each compared call, and whether the answer is right.
    fn compare(&self, section: &Section, flags: &Flags) -> Result<Vec<(String, bool)>> {
        // The database outlives the server.
        let (server, _database) = self.start(section)?;
        let results = self.results.join(format!("{}.json", section.name));
        let goldens = self.shared.join("goldens");
        let mut command = Command::new("python3");
        command
            .arg(goldens.join("compare.py"))
            .args(["--base-url", &format!("http://{}", server.address)])
            .args(["--section", section.name, "--show", &flags.show.to_string()])
            .arg("--json")
            .arg(&results)
            .stdin(Stdio::null());
        if let Some(area) = &flags.area {
            command.args(["--area", area]);
        }
        if flags.show == 0 {
            command.stdout(Stdio::null());
        }
        workspace::finish(&mut command)?;
        verdicts(&std::fs::read(&results)?).context("compare.py wrote something unexpected")
    }

    fn start(&self, section: &Section) -> Result<(Server, Option<TestDatabase>)> {
        let launch = Launch::new(&self.binary)
            .with("--crypt-key", &self.key)
            .with("--log-level", "warn");
        let (Some(dump), Some(mariadb)) = (section.dump, &self.database) else {
            return Ok((launch.start()?, None));
        };
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let database = runtime.block_on(async {
            let database = mariadb.fresh_database().await?;
            let dump = self.shared.join("magento").join(format!("{dump}.sql.gz"));
            mariadb.load_dump(&database.name, dump).await?;
            anyhow::Ok(database)
        })?;
        let server = launch.with("--database-url", &database.url).start()?;
        Ok((server, Some(database)))
    }
}

fn crypt_key(shared: &Path) -> Result<String> {
    let text = std::fs::read_to_string(shared.join("magento/install.json"))?;
    let install: Value = serde_json::from_str(&text)?;
    let key = install["crypt_key"]
        .as_str()
        .context("install.json has no crypt_key")?;
    Ok(key.to_owned())
}

fn verdicts(json: &[u8]) -> Option<Vec<(String, bool)>> {
    let rows: Value = serde_json::from_slice(json).ok()?;
    let row = |row: &Value| {
        let good = matches!(row["verdict"].as_str()?, "exact" | "same");
        Some((row["area"].as_str()?.to_owned(), good))
    };
    rows.as_array()?.iter().map(row).collect()
}

fn print(table: &Table) {
    let sections: Vec<_> = SECTIONS
        .iter()
        .map(|section| section.name)
        .filter(|name| table.keys().any(|(_, section)| section == name))
        .collect();
    let mut areas: BTreeMap<&str, Score> = BTreeMap::new();
    for ((area, _), score) in table {
        let sum = areas.entry(area).or_default();
        sum.good += score.good;
        sum.all += score.all;
    }
    let mut areas: Vec<_> = areas.into_iter().collect();
    areas.sort_by_key(|(_, score)| std::cmp::Reverse((score.good, score.all)));
    let line = |name: &str, cells: Vec<String>| {
        let cells: String = cells.iter().map(|cell| format!("{cell:>12}")).collect();
        println!("{name:<26}{cells}");
    };
    line(
        "area",
        sections
            .iter()
            .map(ToString::to_string)
            .chain(["all".to_owned()])
            .collect(),
    );
    for (area, sum) in &areas {
        let cells = sections
            .iter()
            .map(|section| table.get(&((*area).to_owned(), *section)).copied());
        line(
            area,
            cells
                .map(|score| score.map_or_else(|| "-".to_owned(), cell))
                .chain([cell(*sum)])
                .collect(),
        );
    }
    let of = |section: &str| {
        total(
            table
                .iter()
                .filter(|((_, name), _)| *name == section)
                .map(|(_, score)| *score),
        )
    };
    let all = total(table.values().copied());
    line(
        "all",
        sections
            .iter()
            .map(|section| cell(of(section)))
            .chain([cell(all)])
            .collect(),
    );
}

fn total(scores: impl Iterator<Item = Score>) -> Score {
    scores.fold(Score::default(), |sum, score| Score {
        good: sum.good + score.good,
        all: sum.all + score.all,
    })
}

fn cell(score: Score) -> String {
    format!("{}/{}", score.good, score.all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_and_same_answers_are_right() {
        let json = br#"[{"area":"store","verdict":"exact"},{"area":"store","verdict":"same"},
                        {"area":"orders","verdict":"differs"},{"area":"orders","verdict":"dead"}]"#;
        let good: Vec<_> = verdicts(json)
            .unwrap()
            .into_iter()
            .map(|(_, good)| good)
            .collect();
        assert_eq!(good, [true, true, false, false]);
        assert!(verdicts(b"{}").is_none());
    }
}
