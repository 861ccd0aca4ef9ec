//! The tables that an installation makes on MySQL and their stock rows, compared with those of a real Magento.

use anyhow::Result;
use db::schema::Table;
use db::{Db, Options, params};
use testkit::magento::{Dump, empty_database};
use testkit::server::Installation;

use crate::support::{BINARY, Sql};

/// Differences there are to be, as far as the place goes; nothing else may differ.
const DIFFERENCES: [(&str, &str, &str); 0] = [];

/// Beginnings of names of tables that hold more than the stock rows in the recorded installation.
const LATER: [&str; 8] = [
    "admin_",
    "authorization_",
    "core_config_data",
    "directory_",
    "integration",
    "jwt_",
    "oauth_",
    "store",
];

/// The rows of a table without their times, one text each.
async fn rows(db: &Db, table: &Table) -> db::Result<Vec<String>> {
    let mut session = db.session();
    let sql = "SELECT CONVERT(COLUMN_NAME USING utf8mb4) FROM information_schema.COLUMNS \
               WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ? AND DATA_TYPE <> 'timestamp' ORDER BY ORDINAL_POSITION";
    let columns: Vec<String> = session.fetch_all(sql, params![table.name()]).await?;
    let shown = columns
        .iter()
        .map(|column| format!("COALESCE(`{column}`, 'NULL')"));
    let shown = shown.collect::<Vec<_>>().join(", ");
    let sql = format!(
        "SELECT CONVERT(CONCAT_WS('|', {shown}) USING utf8mb4) FROM {{{}}} ORDER BY 1",
        table.name()
    );
    session.fetch_all(&sql, params![]).await
}

#[test]
fn the_tables_on_mysql_and_their_stock_rows_are_those_of_magento() -> Result<()> {
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
        eav::schema::TABLES,
        tax::schema::TABLES,
        customer::schema::TABLES,
        catalog::schema::TABLES,
        inventory::schema::TABLES,
    ]
    .concat();
    assert!(tables.len() >= 100, "{} tables", tables.len());
    let differences = ours.with(async |ours| {
        let reference = Db::open(Options::new(&reference.url)).await?;
        let differences = db::schema::compare(ours, &reference, &tables).await?;
        for table in &tables {
            // The recorded stores and users were set up, not installed.
            if !LATER.iter().any(|prefix| table.name().starts_with(prefix)) {
                let (ours, reference) = (rows(ours, table).await?, rows(&reference, table).await?);
                assert_eq!(ours, reference, "rows of {}", table.name());
            }
        }
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
