//! Databases and tables of the tests.

use db::schema::{Column, ForeignKey, Key, Table};
use db::{Db, Engine, Options};
use testkit::mariadb::MariaDb;

pub(crate) const PARENT: Table = Table::new("parent", "It's a parent")
    .columns(&[
        Column::smallint("parent_id").unsigned().identity().comment("Id"),
        Column::varchar("code", 32).nullable().comment("Code"),
        Column::int("sort").default("7"),
    ])
    .primary_key(&["parent_id"])
    .unique(&[Key::new("PARENT_CODE", &["code"])]);

pub(crate) const THING: Table = Table::new("thing", "Thing of every kind")
    .columns(&[
        Column::int("thing_id").unsigned().identity().comment("Id"),
        Column::smallint("parent_id").unsigned().nullable(),
        Column::boolean("flag").default("0"),
        Column::bigint("big").unsigned().nullable(),
        Column::varchar("name", 10).default("it's"),
        Column::text("note").nullable(),
        Column::decimal("price", 12, 4).nullable(),
        Column::decimal("qty", 12, 4).default("1.0000"),
        Column::blob("raw").nullable(),
        Column::date("day").nullable(),
        Column::datetime("at").nullable(),
        Column::timestamp("created_at").default_now(),
        Column::timestamp("updated_at").default_now().on_update_now(),
    ])
    .primary_key(&["thing_id"])
    .unique(&[Key::new("THING_NAME_PARENT_ID", &["name", "parent_id"])])
    .indexes(&[
        Key::new("THING_PARENT_ID", &["parent_id"]),
        Key::new("THING_PRICE", &["price"]),
    ])
    .foreign_keys(&[
        ForeignKey::cascade(
            "THING_PARENT_ID_PARENT_PARENT_ID",
            "parent_id",
            "parent",
            "parent_id",
        ),
        ForeignKey::cascade("THING_BIG_NOWHERE_ID", "big", "nowhere", "id"),
    ]);

pub(crate) async fn sqlite(folder: &tempfile::TempDir) -> Db {
    let url = format!("sqlite:{}", folder.path().join("test.db").display());
    let db = Db::open(Options {
        prefix: "t_".into(),
        ..Options::new(url)
    })
    .await
    .unwrap();
    db::schema::install(&db, &[&THING, &PARENT]).await.unwrap();
    db
}

/// Runs a test on SQLite, then on MariaDB if there is one, with the tables above.
pub(crate) async fn both(test: impl AsyncFn(Db)) {
    let folder = tempfile::tempdir().unwrap();
    let db = sqlite(&folder).await;
    test(db.clone()).await;
    db.close().await.unwrap();
    mysql(test).await;
}

/// Runs a test on MariaDB if there is one.
pub(crate) async fn mysql(test: impl AsyncFn(Db)) {
    let Some(server) = MariaDb::or_skip().unwrap() else {
        return;
    };
    let database = server.fresh_database().await.unwrap();
    let options = Options {
        prefix: "t_".into(),
        pool: 64,
        ..Options::new(&database.url)
    };
    let db = Db::open(options).await.unwrap();
    assert_eq!(db.engine(), Engine::MySql);
    db::schema::install(&db, &[&THING, &PARENT]).await.unwrap();
    test(db.clone()).await;
    db.close().await.unwrap();
}
