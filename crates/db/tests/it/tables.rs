//! Tables on both engines, and against a real Magento database.

use crate::support::{PARENT, THING, both, mysql, sqlite};
use db::schema::{
    Column, ForeignKey, Key, OnDelete, Table, compare, create_table, insert_rows, install, missing,
};
use db::{Db, Engine, Error, Options, params};
use rust_decimal::Decimal;
use std::path::Path;
use testkit::mariadb::MariaDb;

const CORE_CONFIG_DATA: Table = Table::new("core_config_data", "Config Data")
    .columns(&[
        Column::int("config_id")
            .unsigned()
            .identity()
            .comment("Config ID"),
        Column::varchar("scope", 8)
            .default("default")
            .comment("Config Scope"),
        Column::int("scope_id").default("0").comment("Config Scope ID"),
        Column::varchar("path", 255)
            .default("general")
            .comment("Config Path"),
        Column::text("value").nullable().comment("Config Value"),
        Column::timestamp("updated_at")
            .default_now()
            .on_update_now()
            .comment("Updated At"),
    ])
    .primary_key(&["config_id"])
    .unique(&[Key::new(
        "CORE_CONFIG_DATA_SCOPE_SCOPE_ID_PATH",
        &["scope", "scope_id", "path"],
    )]);

const WEBSITE: Table = Table::new("store_website", "Websites")
    .columns(&[
        Column::smallint("website_id")
            .unsigned()
            .identity()
            .comment("Website ID"),
        Column::varchar("code", 32).nullable().comment("Code"),
        Column::varchar("name", 64).nullable().comment("Website Name"),
        Column::smallint("sort_order")
            .unsigned()
            .default("0")
            .comment("Sort Order"),
        Column::smallint("default_group_id")
            .unsigned()
            .default("0")
            .comment("Default Group ID"),
        Column::smallint("is_default")
            .unsigned()
            .nullable()
            .default("0")
            .comment("Defines Is Website Default"),
    ])
    .primary_key(&["website_id"])
    .unique(&[Key::new("STORE_WEBSITE_CODE", &["code"])])
    .indexes(&[
        Key::new("STORE_WEBSITE_SORT_ORDER", &["sort_order"]),
        Key::new("STORE_WEBSITE_DEFAULT_GROUP_ID", &["default_group_id"]),
    ]);

const GROUP: Table = Table::new("store_group", "Store Groups")
    .columns(&[
        Column::smallint("group_id")
            .unsigned()
            .identity()
            .comment("Group ID"),
        Column::smallint("website_id")
            .unsigned()
            .default("0")
            .comment("Website ID"),
        Column::varchar("name", 255).comment("Store Group Name"),
        Column::int("root_category_id")
            .unsigned()
            .default("0")
            .comment("Root Category ID"),
        Column::smallint("default_store_id")
            .unsigned()
            .default("0")
            .comment("Default Store ID"),
        Column::varchar("code", 32)
            .nullable()
            .comment("Store group unique code"),
    ])
    .primary_key(&["group_id"])
    .unique(&[Key::new("STORE_GROUP_CODE", &["code"])])
    .indexes(&[
        Key::new("STORE_GROUP_WEBSITE_ID", &["website_id"]),
        Key::new("STORE_GROUP_DEFAULT_STORE_ID", &["default_store_id"]),
    ])
    .foreign_keys(&[ForeignKey::cascade(
        "STORE_GROUP_WEBSITE_ID_STORE_WEBSITE_WEBSITE_ID",
        "website_id",
        "store_website",
        "website_id",
    )]);

#[tokio::test]
async fn a_declared_table_equals_magentos() {
    let dump = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/magento/fresh.sql.gz");
    if !dump.exists() {
        testkit::skip("../shared is not here");
        return;
    }
    let Some(server) = MariaDb::or_skip().unwrap() else {
        return;
    };
    let (ours, magento) = (
        server.fresh_database().await.unwrap(),
        server.fresh_database().await.unwrap(),
    );
    server.load_dump(&magento.name, &dump).await.unwrap();
    let ours = Db::open(Options {
        prefix: "m2_".into(),
        ..Options::new(&ours.url)
    })
    .await
    .unwrap();
    let magento = Db::open(Options::new(&magento.url)).await.unwrap();
    let tables = [&GROUP, &CORE_CONFIG_DATA, &WEBSITE];
    install(&ours, &tables).await.unwrap();
    let differences = compare(&ours, &magento, &tables).await.unwrap();
    let texts: Vec<String> = differences.iter().map(ToString::to_string).collect();
    assert!(texts.is_empty(), "{texts:#?}");
    ours.close().await.unwrap();
    magento.close().await.unwrap();
}

#[tokio::test]
async fn differences_are_found() {
    const OTHER: Table = Table::new("parent", "")
        .columns(&[
            Column::smallint("parent_id").unsigned().identity(),
            Column::varchar("code", 31).nullable(),
            Column::int("sort").default("8"),
            Column::date("extra").nullable(),
        ])
        .primary_key(&["parent_id"])
        .indexes(&[Key::new("PARENT_CODE", &["code"])]);
    mysql(async |ours: Db| {
        let server = MariaDb::shared().unwrap().unwrap();
        let database = server.fresh_database().await.unwrap();
        let other = Db::open(Options::new(&database.url)).await.unwrap();
        install(&other, &[&OTHER]).await.unwrap();
        assert!(
            compare(&ours, &ours, &[&PARENT, &THING])
                .await
                .unwrap()
                .is_empty()
        );
        let found = compare(&ours, &other, &[&PARENT]).await.unwrap();
        let items: Vec<&str> = found.iter().map(|d| d.item.as_str()).collect();
        assert_eq!(
            items,
            ["column code", "column extra", "column sort", "key PARENT_CODE"]
        );
        assert_eq!(found[1].ours, None);
        other.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn installing_again_does_nothing_and_knows_what_is_missing() {
    both(async |db: Db| {
        let tables = [&THING, &CORE_CONFIG_DATA, &PARENT];
        let left: Vec<_> = missing(&db, &tables)
            .await
            .unwrap()
            .iter()
            .map(|t| t.name())
            .collect();
        assert_eq!(left, ["core_config_data"]);
        install(&db, &tables).await.unwrap();
        install(&db, &tables).await.unwrap();
        assert!(missing(&db, &tables).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn two_nodes_may_install_at_once() {
    both(async |db: Db| {
        let (one, two) = tokio::join!(
            install(&db, &[&CORE_CONFIG_DATA]),
            install(&db, &[&CORE_CONFIG_DATA])
        );
        one.unwrap();
        two.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_circle_of_tables_is_refused_and_installs_nothing() {
    const ONE: Table = Table::new("one", "")
        .columns(&[Column::int("id").identity(), Column::int("other").nullable()])
        .primary_key(&["id"])
        .foreign_keys(&[ForeignKey::new(
            "ONE_TWO",
            "other",
            "two",
            "id",
            OnDelete::SetNull,
        )]);
    const TWO: Table = Table::new("two", "")
        .columns(&[Column::int("id").identity(), Column::int("other").nullable()])
        .primary_key(&["id"])
        .foreign_keys(&[ForeignKey::new(
            "TWO_ONE",
            "other",
            "one",
            "id",
            OnDelete::Restrict,
        )]);
    let folder = tempfile::tempdir().unwrap();
    let db = sqlite(&folder).await;
    assert!(matches!(
        install(&db, &[&ONE, &TWO, &CORE_CONFIG_DATA]).await,
        Err(Error::Schema(_))
    ));
    assert_eq!(missing(&db, &[&ONE, &CORE_CONFIG_DATA]).await.unwrap().len(), 2);
}

#[test]
fn mysql_text_reads_like_a_dump() {
    let sql = create_table(Engine::MySql, &GROUP, "p_", |_| true);
    assert_eq!(
        sql.join(";\n").lines().map(str::trim).collect::<Vec<_>>(),
        [
            "CREATE TABLE `p_store_group` (",
            "`group_id` smallint(5) unsigned NOT NULL AUTO_INCREMENT COMMENT 'Group ID',",
            "`website_id` smallint(5) unsigned NOT NULL DEFAULT 0 COMMENT 'Website ID',",
            "`name` varchar(255) NOT NULL COMMENT 'Store Group Name',",
            "`root_category_id` int(10) unsigned NOT NULL DEFAULT 0 COMMENT 'Root Category ID',",
            "`default_store_id` smallint(5) unsigned NOT NULL DEFAULT 0 COMMENT 'Default Store ID',",
            "`code` varchar(32) NULL DEFAULT NULL COMMENT 'Store group unique code',",
            "PRIMARY KEY (`group_id`),",
            "UNIQUE KEY `STORE_GROUP_CODE` (`code`),",
            "KEY `STORE_GROUP_WEBSITE_ID` (`website_id`),",
            "KEY `STORE_GROUP_DEFAULT_STORE_ID` (`default_store_id`),",
            "CONSTRAINT `p_STORE_GROUP_WEBSITE_ID_STORE_WEBSITE_WEBSITE_ID` FOREIGN KEY (`website_id`) \
             REFERENCES `p_store_website` (`website_id`) ON DELETE CASCADE",
            ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_general_ci COMMENT='Store Groups'",
        ]
    );
}

#[test]
fn sqlite_text_has_the_same_columns_and_keys() {
    let sql = create_table(Engine::Sqlite, &CORE_CONFIG_DATA, "p_", |_| true);
    assert_eq!(sql.len(), 3, "table, unique index, trigger: {sql:#?}");
    for part in [
        "CREATE TABLE `p_core_config_data` (",
        "`config_id` INTEGER PRIMARY KEY AUTOINCREMENT,",
        "`scope` TEXT COLLATE GENERAL_CI NOT NULL DEFAULT 'default' CONSTRAINT `scope` CHECK (length(`scope`) <= 8),",
        "`value` TEXT COLLATE GENERAL_CI,",
    ] {
        assert!(sql[0].contains(part), "{part} in {}", sql[0]);
    }
    assert_eq!(
        sql[1],
        "CREATE UNIQUE INDEX `p_core_config_data.CORE_CONFIG_DATA_SCOPE_SCOPE_ID_PATH` ON `p_core_config_data` \
         (`scope`,`scope_id`,`path`)"
    );
    assert!(sql[2].starts_with("CREATE TRIGGER `p_core_config_data.on_update` AFTER UPDATE"));
}

#[test]
fn lookups_are_made_on_sqlite_only() {
    const TABLE: Table = Table::new("note", "")
        .columns(&[Column::int("note_id").identity(), Column::float("weight")])
        .primary_key(&["note_id"])
        .lookups(&[Key::new("NOTE_WEIGHT", &["weight"])]);
    let sqlite = create_table(Engine::Sqlite, &TABLE, "", |_| true);
    assert_eq!(sqlite[1], "CREATE INDEX `note.NOTE_WEIGHT` ON `note` (`weight`)");
    let mysql = create_table(Engine::MySql, &TABLE, "", |_| true).join("");
    assert!(!mysql.contains("NOTE_WEIGHT"), "{mysql}");
}

#[tokio::test]
async fn rows_of_a_text_are_inserted_as_they_stand() {
    both(async |db| {
        let mut session = db.session();
        let text = "# Two things.\nthing_id\tname\tprice\tnote\n7\ta\\b\t1.5\t\\N\n9\t\t\\N\tit's {thing}?\n";
        insert_rows(&mut session, &THING, text).await.unwrap();
        session.commit().await.unwrap();
        let sql = "SELECT thing_id, name, price, note, flag FROM {thing} ORDER BY thing_id";
        type Row = (i64, String, Option<Decimal>, Option<String>, bool);
        let rows: Vec<Row> = session.fetch_all(sql, params![]).await.unwrap();
        let price = Decimal::from_str_exact("1.5000").unwrap();
        assert_eq!(
            rows,
            [
                (7, "a\\b".to_owned(), Some(price), None, false),
                (9, String::new(), None, Some("it's {thing}?".to_owned()), false),
            ]
        );
        for wrong in ["thing_id\tnever\n1\t2\n", "thing_id\tname\n1\n", "thing_id\nx\n"] {
            let error = insert_rows(&mut session, &THING, wrong).await.unwrap_err();
            assert!(matches!(error, Error::Schema(_)), "{error}");
        }
    })
    .await;
}
