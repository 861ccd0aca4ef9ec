//! `perf:generate-fixtures`.

use anyhow::{Context as _, bail};
use contract::port::Stores as _;
use contract::{Clock as _, SystemClock};
use db::Db;
use eav::Eav;
use store::Scopes;

use crate::compose::{ADDITIONAL, explain};
use crate::home::{Home, State};
use crate::serve::progress;
use crate::settings::Settings;

/// Products of one transaction.
const BATCH: i64 = 2_000;

/// Categories of an installation that has none.
const CATEGORIES: i64 = 40;

/// Makes products and customers for measurements.
#[expect(clippy::print_stdout, reason = "the answer of the command")]
pub(super) async fn generate(settings: &Settings, products: i64, customers: i64) -> anyhow::Result<()> {
    let home = Home::open(settings).await?;
    if home.attached() {
        bail!("fixtures are for an installation of its own, not for the database of a Magento");
    }
    if !matches!(home.state().await?, State::Installed) {
        bail!("nothing is installed here yet: start `serve` or `setup:install` first");
    }
    let scopes = Scopes::load(&home.db)
        .await
        .map_err(explain)
        .context("cannot read the stores")?;
    let eav = Eav::load(&home.db, ADDITIONAL)
        .await
        .map_err(explain)
        .context("cannot read attributes")?;
    if products > 0 {
        let first = self::products(&home.db, &scopes, &eav, products).await?;
        println!(
            "{products} products: perf-{first:06} to perf-{:06}",
            first + products - 1
        );
    }
    if customers > 0 {
        let first = self::customers(&home.db, &scopes, customers).await?;
        println!(
            "{customers} customers: perf-{first:07}@example.com to perf-{:07}@example.com",
            first + customers - 1
        );
    }
    home.db.close().await?;
    Ok(())
}

/// Makes products; the number of the first one.
async fn products(db: &Db, scopes: &Scopes, eav: &Eav, products: i64) -> anyhow::Result<i64> {
    let (metadata, website_id) = (eav.metadata(), scopes.default_scope().website_id);
    let mut session = db.session();
    session.begin().await?;
    let stores = scopes.views_of_website(website_id);
    let categories = catalog::perf::categories(&mut session, &metadata, &stores, CATEGORIES)
        .await
        .map_err(explain)?;
    let plan = catalog::perf::Plan {
        categories,
        website_id,
        stores,
        now: SystemClock.now(),
    };
    let first = catalog::perf::next(&mut session).await.map_err(explain)?;
    let bar = progress();
    bar.set_message("products");
    bar.set_length(u64::try_from(products).unwrap_or_default());
    let mut number = first;
    while number < first + products {
        let end = (number + BATCH).min(first + products);
        let made = catalog::perf::products(&mut session, &metadata, &plan, number..end)
            .await
            .map_err(explain)?;
        let made: Vec<(i64, String)> = made.into_iter().map(|made| (made.id, made.sku)).collect();
        inventory::perf::stock(&mut session, &made)
            .await
            .map_err(explain)?;
        session.commit().await?;
        bar.inc(u64::try_from(end - number).unwrap_or_default());
        number = end;
    }
    bar.finish_and_clear();
    session.commit().await?;
    Ok(first)
}

/// Makes customers of the default website; the number of the first one.
async fn customers(db: &Db, scopes: &Scopes, customers: i64) -> anyhow::Result<i64> {
    let home = scopes.default_scope();
    let mut session = db.session();
    let first = customer::perf::next(&mut session).await.map_err(explain)?;
    let bar = progress();
    bar.set_message("customers");
    bar.set_length(u64::try_from(customers).unwrap_or_default());
    let mut number = first;
    while number < first + customers {
        let end = (number + BATCH).min(first + customers);
        let place = (home.website_id, home.store_id);
        customer::perf::customers(&mut session, place, number..end, SystemClock.now())
            .await
            .map_err(explain)?;
        session.commit().await?;
        bar.inc(u64::try_from(end - number).unwrap_or_default());
        number = end;
    }
    bar.finish_and_clear();
    Ok(first)
}
