//! Numbered steps for Magnetite's own tables (`magnetite_*`), applied once each and recorded in
//! `magnetite_migration`. Magento's tables are never altered (DESIGN §1).

use crate::schema::{Column, Table, create_table, install};
use crate::{Db, Engine, Error, Result, Session, names, params};
use sha2::{Digest, Sha256};

/// One change. Once released it must stay as it is: a changed one is refused.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// Its place in the order; ascending.
    pub number: u32,
    /// What it does, in a few words.
    pub name: &'static str,
    /// Its parts, in order.
    pub steps: &'static [Step],
}

/// A part of a migration.
#[derive(Debug, Clone, Copy)]
pub enum Step {
    /// Creates a table, unless it is there already.
    Create(&'static Table),
    /// One text for both engines, tables in braces.
    Sql(&'static str),
    /// A text for each engine, tables in braces.
    Each {
        /// For SQLite.
        sqlite: &'static str,
        /// For MySQL.
        mysql: &'static str,
    },
}

const RECORD: Table = Table::new("magnetite_migration", "Applied changes of Magnetite's own tables")
    .columns(&[
        Column::int("number").unsigned(),
        Column::varchar("name", 255),
        Column::char("checksum", 64),
        Column::datetime("applied_at"),
    ])
    .primary_key(&["number"]);

/// Applies what is not applied yet and returns the numbers of it. `now` is the time to record, UTC
/// `YYYY-MM-DD HH:MM:SS`. Only one node at a time; all or nothing on SQLite. On MySQL, where DDL commits by
/// itself, one that fails half-way is run again from its start next time.
///
/// # Errors
/// [`Error::Schema`] when numbers do not ascend, a table is not `magnetite_*`, or an applied migration has
/// changed since; else what the database says.
pub async fn apply(db: &Db, migrations: &[Migration], now: &str) -> Result<Vec<u32>> {
    check(migrations)?;
    install(db, &[&RECORD]).await?;
    let mut session = db.session();
    session.begin().await?;
    let applied = crate::schema::with_lock(&mut session, "migration", async |session| {
        let known: Vec<(u32, String)> = session
            .fetch_all("SELECT number, checksum FROM {magnetite_migration}", &[])
            .await?;
        let mut applied = Vec::new();
        for migration in migrations {
            let checksum = checksum(migration);
            match known.iter().find(|(number, _)| *number == migration.number) {
                Some((_, before)) if *before == checksum => {}
                Some(_) => return Err(refused(migration, "was changed after it had been applied")),
                None => {
                    run(session, migration).await?;
                    let sql = "INSERT INTO {magnetite_migration} (number, name, checksum, applied_at) \
                               VALUES (?, ?, ?, ?)";
                    session
                        .execute(sql, params![migration.number, migration.name, checksum, now])
                        .await?;
                    applied.push(migration.number);
                }
            }
        }
        // Before the lock is let go, or the next node would not see the records.
        session.commit().await?;
        Ok(applied)
    })
    .await?;
    Ok(applied)
}

async fn run(session: &mut Session, migration: &Migration) -> Result<()> {
    let prefix = session.prefix().to_owned();
    for step in migration.steps {
        let sql = match step {
            Step::Create(table) => {
                let present = crate::schema::present(session).await?;
                if present.contains(&format!("{prefix}{}", table.name)) {
                    continue;
                }
                let keep = |name: &str| present.contains(&format!("{prefix}{name}"));
                for sql in create_table(session.engine(), table, &prefix, |key| keep(key.table)) {
                    session.batch(&sql).await?;
                }
                continue;
            }
            Step::Sql(sql) => sql,
            Step::Each { sqlite, mysql } => match session.engine() {
                Engine::Sqlite => sqlite,
                Engine::MySql => mysql,
            },
        };
        session.batch(&names::expand(sql, &prefix)).await?;
    }
    Ok(())
}

fn check(migrations: &[Migration]) -> Result<()> {
    let mut last = None;
    for migration in migrations {
        if last.is_some_and(|last| last >= migration.number) {
            return Err(refused(migration, "is out of order"));
        }
        last = Some(migration.number);
        let texts = migration.steps.iter().flat_map(|step| match *step {
            Step::Create(table) => vec![table.name],
            Step::Sql(sql) => names::tables(sql).collect(),
            Step::Each { sqlite, mysql } => names::tables(sqlite).chain(names::tables(mysql)).collect(),
        });
        if texts.into_iter().any(|table| !table.starts_with("magnetite_")) {
            return Err(refused(migration, "touches a table that is not Magnetite's own"));
        }
    }
    Ok(())
}

fn refused(migration: &Migration, why: &str) -> Error {
    Error::Schema(format!(
        "migration {} ({}) {why}",
        migration.number, migration.name
    ))
}

/// Over the texts of both engines, without prefix, so that it is the same everywhere.
fn checksum(migration: &Migration) -> String {
    let mut hash = Sha256::new();
    for step in migration.steps {
        let texts = match *step {
            Step::Create(table) => {
                let text = |engine| create_table(engine, table, "", |_| true).join(";");
                text(Engine::Sqlite) + &text(Engine::MySql)
            }
            Step::Sql(sql) => sql.to_owned(),
            Step::Each { sqlite, mysql } => format!("{sqlite}\0{mysql}"),
        };
        hash.update(texts.as_bytes());
        hash.update([0]);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
