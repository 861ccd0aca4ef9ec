//! The tables that an installation makes on MySQL, compared with those of a real Magento.

use anyhow::Result;
use db::{Db, Options};
use testkit::magento::{Dump, empty_database};
use testkit::server::Installation;

use crate::support::{BINARY, Sql};

/// Differences there are to be, as far as the place goes; nothing else may differ.
const DIFFERENCES: [(&str, &str, &str); 1] = [(
    "oauth_token",
    "foreign key OAUTH_TOKEN_CUSTOMER_ID_CUSTOMER_ENTITY_ENTITY_ID",
    "customers are not built yet, so there is no table to point to",
)];

#[test]
fn the_tables_on_mysql_are_those_of_magento() -> Result<()> {
    let (Some(reference), Some(database)) = (Dump::Fresh.restore()?, empty_database()?) else {
        return Ok(());
    };
    let installation = Installation::mysql(BINARY, database)?;
    let outcome = installation.run(&["setup:install"])?;
    assert!(outcome.status.success(), "{outcome:?}");
    let ours = Sql::open(&installation.database_url())?;
    let tables = [
        store::schema::TABLES,
        directory::schema::TABLES,
        identity::schema::TABLES,
    ]
    .concat();
    assert!(tables.len() >= 15, "{} tables", tables.len());
    let differences = ours.with(async |ours| {
        let reference = Db::open(Options::new(&reference.url)).await?;
        let differences = db::schema::compare(ours, &reference, &tables).await?;
        reference.close().await?;
        Ok(differences)
    })?;
    let listed = |table: &str, item: &str| DIFFERENCES.iter().any(|(t, i, _)| *t == table && *i == item);
    let found = differences
        .iter()
        .map(|found| (listed(found.table, &found.item), found.to_string()));
    let found: Vec<_> = found.collect();
    let unexpected: Vec<_> = found.iter().filter(|(expected, _)| !expected).collect();
    assert!(unexpected.is_empty(), "{unexpected:#?}");
    assert_eq!(
        found.len(),
        DIFFERENCES.len(),
        "a listed difference is gone: take it off the list"
    );
    Ok(())
}
