//! Answers compared with those of a real Magento, recorded in `goldens/`.
//!
//! A row counts as soon as its path is one of the routes that are built, or its answer is one that any route
//! gets (unknown path, unknown store code, wrong verb). New operations are therefore compared without a line here.

use anyhow::{Context as _, Result};
use testkit::goldens::{self, Replay, Row, Verdict};
use testkit::magento::Dump;
use testkit::server::{Installation, Server};

use crate::support::{BINARY, key, now, routes, serve, standalone};

/// Bodies of answers that do not depend on the operation.
const FRAMEWORK: [&str; 3] = [
    r#"{"message":"Request does not match any route."}"#,
    r#"{"message":"Specified request cannot be processed."}"#,
    " HTTP method is not supported.\"}",
];

/// What is compared, and how.
struct Comparison<'a> {
    section: &'a str,
    /// Rows that are left out though their path is built.
    pick: &'a dyn Fn(&Row) -> bool,
    /// Whether rows that are not compared are sent too: in sections where later rows depend on earlier ones.
    send_all: bool,
    /// Rows that must differ: a line for each, its name, a tab, the reason. With a reason that begins with
    /// `sometimes` a row may differ: its answer depends on MariaDB's plan.
    deviations: &'a str,
    /// Rows that must be compared at least: a guard against comparing nothing.
    least: usize,
}

impl Comparison<'_> {
    fn run(&self, installation: &Installation) -> Result<()> {
        let Some(rows) = goldens::section(self.section)? else {
            return Ok(());
        };
        let (names, sometimes) = self.deviations()?;
        let routes = routes(installation)?;
        let server = serve(installation)?;
        let mut replay = Replay::new(server.client(), self.section)?.with_key(&key(installation)?);
        let (mut compared, mut differences, mut deviating) = (0, Vec::new(), Vec::new());
        let mut unread = 0_u32;
        for row in &rows {
            let wanted = is_built(row, &routes) && (self.pick)(row);
            if !wanted && !self.send_all {
                continue;
            }
            let reply = replay.send(row, now()?)?;
            unread += u32::from(!wanted && row.body.is_some());
            let Some(recorded) = row.response.as_ref().filter(|_| wanted && row.compare) else {
                continue;
            };
            compared += 1;
            if replay.verdict(recorded, &reply) == Verdict::Exact {
                continue;
            }
            if sometimes.contains(&row.name.as_str()) {
                continue;
            }
            if names.contains(&row.name.as_str()) {
                deviating.push(row.name.as_str());
                continue;
            }
            differences.push(format!(
                "{}: {} {}\n  wanted {} {}\n  got    {} {}",
                row.name, row.method, row.path, recorded.status, recorded.body, reply.status, reply.body
            ));
        }
        println!(
            "{}: {compared} answers compared, {} differ, {} as listed",
            self.section,
            differences.len(),
            deviating.len()
        );
        assert!(differences.is_empty(), "{}", differences.join("\n"));
        assert_eq!(deviating, names, "the list of deviations is not what deviates");
        assert!(
            compared >= self.least,
            "only {compared} answers of {} were compared",
            self.section
        );
        // Not one of these requests, wrong as many are, costs the client its connection; only the body of a call
        // that is not built yet is left unread, which ends it.
        let connections = replay.connections();
        assert!(connections <= 1 + unread, "{connections} connections");
        no_internal_errors(&server)
    }
}

impl<'a> Comparison<'a> {
    /// The names of the rows that differ, and of those that sometimes do; each line has a reason.
    fn deviations(&self) -> Result<(Vec<&'a str>, Vec<&'a str>)> {
        let (mut names, mut sometimes) = (Vec::new(), Vec::new());
        for line in self.deviations.lines().filter(|line| !line.starts_with('#')) {
            let (name, reason) = line.split_once('\t').context("a deviation without a reason")?;
            anyhow::ensure!(!reason.is_empty(), "{name}: no reason");
            if reason.starts_with("sometimes") {
                sometimes.push(name);
            } else {
                names.push(name);
            }
        }
        Ok((names, sometimes))
    }
}

/// Whether the answer depends only on what is built.
fn is_built(row: &Row, routes: &[(String, String)]) -> bool {
    if row.path.contains("/async/") {
        return false;
    }
    if row
        .call()
        .is_some_and(|call| routes.iter().any(|(_, path)| fits(path, call)))
    {
        return true;
    }
    let Some(response) = &row.response else {
        return false;
    };
    FRAMEWORK.iter().any(|text| response.body.ends_with(text))
}

/// Whether a path has the form of a template such as `/V1/directory/countries/{countryId}`.
fn fits(template: &str, path: &str) -> bool {
    let (template, path): (Vec<_>, Vec<_>) = (template.split('/').collect(), path.split('/').collect());
    let same = |(template, segment): (&&str, &&str)| template.starts_with('{') || template == segment;
    template.len() == path.len() && template.iter().zip(&path).all(same)
}

fn no_internal_errors(server: &Server) -> Result<()> {
    let log = server.stderr();
    let fault = log
        .lines()
        .find(|line| line.contains("ERROR") || line.contains("panicked"));
    fault.map_or(Ok(()), |line| Err(anyhow::anyhow!("the server logged: {line}")))
}

fn everything(_: &Row) -> bool {
    true
}

/// Whether a filled shop answers the read as a new one does.
fn of_a_stock_shop(row: &Row) -> bool {
    let areas = ["/V1/store/", "/V1/directory/", "/V1/modules"];
    areas.iter().any(|area| row.path.contains(area))
}

#[test]
fn tokens_and_routes_answer_as_magento() -> Result<()> {
    let Some(installation) = Dump::Fresh.attach(BINARY)? else {
        return Ok(());
    };
    let comparison = Comparison {
        section: "auth",
        pick: &everything,
        send_all: true,
        deviations: include_str!("deviations/auth.tsv"),
        least: 100,
    };
    comparison.run(&installation)
}

#[test]
fn reads_on_a_filled_shop_answer_as_magento() -> Result<()> {
    let Some(installation) = Dump::Populated.attach(BINARY)? else {
        return Ok(());
    };
    let comparison = Comparison {
        section: "get",
        pick: &everything,
        send_all: false,
        deviations: include_str!("deviations/get.tsv"),
        least: 700,
    };
    comparison.run(&installation)
}

#[test]
fn reads_on_several_websites_answer_as_magento() -> Result<()> {
    let Some(installation) = Dump::Multistore.attach(BINARY)? else {
        return Ok(());
    };
    let comparison = Comparison {
        section: "ms-get",
        pick: &everything,
        send_all: false,
        deviations: include_str!("deviations/ms-get.tsv"),
        least: 600,
    };
    comparison.run(&installation)
}

#[test]
fn calls_in_the_scope_of_each_store_answer_as_magento() -> Result<()> {
    let Some(installation) = Dump::MultistoreStart.attach(BINARY)? else {
        return Ok(());
    };
    let comparison = Comparison {
        section: "ms-replay",
        pick: &everything,
        send_all: true,
        deviations: include_str!("deviations/ms-replay.tsv"),
        least: 500,
    };
    comparison.run(&installation)
}

#[test]
fn calls_on_a_stock_shop_answer_as_magento() -> Result<()> {
    let Some(installation) = Dump::Fresh.attach(BINARY)? else {
        return Ok(());
    };
    let comparison = Comparison {
        section: "replay",
        pick: &everything,
        send_all: true,
        deviations: include_str!("deviations/replay.tsv"),
        least: 250,
    };
    comparison.run(&installation)
}

#[test]
fn a_new_installation_reads_as_a_stock_magento() -> Result<()> {
    let comparison = Comparison {
        section: "get",
        pick: &of_a_stock_shop,
        send_all: false,
        deviations: "",
        least: 9,
    };
    comparison.run(&standalone()?)
}

#[test]
fn a_new_installation_answers_calls_as_a_stock_magento() -> Result<()> {
    let comparison = Comparison {
        section: "replay",
        pick: &everything,
        send_all: true,
        deviations: concat!(
            include_str!("deviations/replay.tsv"),
            include_str!("deviations/replay-sqlite.tsv")
        ),
        least: 250,
    };
    comparison.run(&standalone()?)
}

#[test]
fn a_new_installation_on_mariadb_reads_as_a_stock_magento() -> Result<()> {
    let Some(database) = testkit::magento::empty_database()? else {
        return Ok(());
    };
    let (user, password) = (testkit::magento::ADMIN, testkit::magento::PASSWORD);
    let installation = Installation::mysql(BINARY, database)
        .context("a folder")?
        .set("MAGNETITE_ADMIN_USER", user)
        .set("MAGNETITE_ADMIN_PASSWORD", password);
    let comparison = Comparison {
        section: "get",
        pick: &of_a_stock_shop,
        send_all: false,
        deviations: "",
        least: 9,
    };
    comparison.run(&installation)
}
