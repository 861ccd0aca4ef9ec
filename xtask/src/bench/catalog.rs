//! Reads and writes of a catalog of many products, in an installation on SQLite.

use std::time::Instant;

use anyhow::{Context as _, Result};

use super::{Bench, body};
use crate::bench::load;
use crate::bench::report::{self, Report, Target};
use crate::http;
use crate::server::Server;

/// Name, path and budget (microseconds of CPU per request above the bare answer, DESIGN §7).
const READS: [(&str, &str, Option<f64>); 6] = [
    ("GET product by SKU", "/rest/V1/products/perf-000500", Some(120.0)),
    (
        "GET products, 20 by two filters, sorted",
        "/rest/V1/products?searchCriteria[filterGroups][0][filters][0][field]=price\
         &searchCriteria[filterGroups][0][filters][0][value]=100\
         &searchCriteria[filterGroups][0][filters][0][conditionType]=gt\
         &searchCriteria[filterGroups][1][filters][0][field]=name\
         &searchCriteria[filterGroups][1][filters][0][value]=Oak%25\
         &searchCriteria[filterGroups][1][filters][0][conditionType]=like\
         &searchCriteria[sortOrders][0][field]=created_at&searchCriteria[sortOrders][0][direction]=DESC\
         &searchCriteria[pageSize]=20",
        Some(900.0),
    ),
    (
        "GET products, first page of all",
        "/rest/V1/products?searchCriteria[pageSize]=20",
        None,
    ),
    (
        "GET products of a category",
        "/rest/V1/products?searchCriteria[filterGroups][0][filters][0][field]=category_id\
         &searchCriteria[filterGroups][0][filters][0][value]=5&searchCriteria[pageSize]=20",
        None,
    ),
    (
        "GET products, all sorted by name",
        "/rest/all/V1/products?searchCriteria[sortOrders][0][field]=name\
         &searchCriteria[sortOrders][0][direction]=ASC&searchCriteria[pageSize]=20&fields=items[sku]",
        Some(5000.0),
    ),
    ("GET categories", "/rest/V1/categories", None),
];

/// Measures on a new installation with `products` products.
pub(super) fn measure(bench: &Bench, products: u32, report: &mut Report) -> Result<()> {
    println!("catalog: {products} products");
    // The first start installs; the products are made while nothing else runs.
    let home = bench.launch().start()?.stop()?;
    let start = Instant::now();
    let made = std::process::Command::new(&bench.binary)
        .args(["perf:generate-fixtures", "--products", &products.to_string()])
        .current_dir(home.path())
        .stdout(std::process::Stdio::null())
        .status()?;
    anyhow::ensure!(made.success(), "perf:generate-fixtures failed");
    report.number(
        &format!("making {products} products (s)"),
        start.elapsed().as_secs_f64(),
        (products == 100_000).then_some(Target::Below(60.0)),
    );
    let server = bench.launch().in_folder(home).start()?;
    let token = bench.token(&server)?;
    let bare = bare(bench, &server, &token)?;
    for (name, path, budget) in READS {
        let request = http::get(path, Some(&token));
        let size = bench.runtime.block_on(body(&server, &request))?.len();
        bench.closed(&server, &request)?;
        let rounds = (0..3).map(|_| bench.closed(&server, &request));
        let rounds: Vec<f64> = rounds
            .map(|round| round.map(|round| round.cpu_micros()))
            .collect::<Result<_>>()?;
        let above = report::median(rounds.into_iter()) - bare;
        let name = format!("{name}, {products} products, {size} bytes, above bare (µs)");
        report.number(&name, above, budget.map(Target::Below));
    }
    write(bench, &server, &token, products, report)
}

/// What a call costs that answers from memory.
fn bare(bench: &Bench, server: &Server, token: &str) -> Result<f64> {
    let request = http::get(super::CALL, Some(token));
    bench.closed(server, &request)?;
    Ok(bench.closed(server, &request)?.cpu_micros())
}

fn write(bench: &Bench, server: &Server, token: &str, products: u32, report: &mut Report) -> Result<()> {
    let body = r#"{"product":{"price":12.5}}"#;
    let request = http::put("/rest/all/V1/products/perf-000500", token, body);
    let loops = load::closed(server, &request, 1, bench.time);
    let round = bench.runtime.block_on(loops).context("PUT product price")?;
    let name = format!("PUT product price, {products} products, CPU (µs)");
    report.number(&name, round.cpu_micros(), Some(Target::Below(1000.0)));
    report.number(
        "PUT product price, one after the other, per second",
        round.rate(),
        None,
    );
    Ok(())
}
