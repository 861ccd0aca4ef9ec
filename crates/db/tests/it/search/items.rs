//! The table that is searched, and how.

use crate::support::both;
use db::schema::{Column as Declared, Key, Table};
use db::search::{Column, Filter, Group, Kind, Search};
use db::{Db, params};

const ITEM: Table = Table::new("item", "What is searched")
    .columns(&[
        Declared::int("item_id").unsigned().identity(),
        Declared::varchar("name", 255).nullable(),
        Declared::text("note").nullable(),
        Declared::int("qty").nullable(),
        Declared::bigint("ip").nullable(),
        Declared::decimal("price", 12, 4).nullable(),
        Declared::boolean("flag").default("0"),
        Declared::timestamp("created_at").nullable(),
        Declared::datetime("seen_at").nullable(),
        Declared::date("day").nullable(),
    ])
    .primary_key(&["item_id"])
    .indexes(&[
        Key::new("ITEM_NAME", &["name"]),
        Key::new("ITEM_QTY", &["qty"]),
        Key::new("ITEM_PRICE", &["price"]),
        Key::new("ITEM_CREATED_AT", &["created_at"]),
    ]);

const fn column(field: &'static str, sql: &'static str, kind: Kind) -> Column {
    Column { field, sql, kind }
}

pub(super) const COLUMNS: &[Column] = &[
    column("item_id", "item_id", Kind::Number),
    column("name", "`name`", Kind::Text),
    column("note", "note", Kind::Text),
    column("shown", "COALESCE(note, `name`)", Kind::Text),
    column("qty", "qty", Kind::Number),
    column("ip", "ip", Kind::Number),
    column("price", "price", Kind::Number),
    column("flag", "flag", Kind::Number),
    column("created_at", "created_at", Kind::Time),
    column("seen_at", "seen_at", Kind::Time),
    column("day", "`day`", Kind::Time),
];

/// name, note, qty, ip, price, flag, `created_at` and `seen_at`, day; ids from 1.
type Line = (
    Option<&'static str>,
    Option<&'static str>,
    Option<i64>,
    Option<i64>,
    Option<&'static str>,
    bool,
    Option<&'static str>,
    Option<&'static str>,
);

const LINES: &[Line] = &[
    (
        Some("Red"),
        Some("1,2,3"),
        Some(5),
        Some(2_130_706_433),
        Some("19.99"),
        true,
        Some("2024-01-01 00:00:00"),
        Some("2024-01-01"),
    ),
    (
        Some("red  "),
        Some("é,b"),
        Some(0),
        Some(0),
        Some("0"),
        false,
        Some("2024-01-01 12:30:00"),
        Some("2024-01-02"),
    ),
    (
        Some("Rèd"),
        Some(""),
        Some(-5),
        Some(-1),
        Some("-5.5"),
        true,
        Some("2024-02-29 23:59:59"),
        Some("2024-02-29"),
    ),
    (
        Some(""),
        Some(",a"),
        Some(100),
        Some(4_294_967_295),
        Some("100"),
        false,
        Some("1999-12-31 23:59:59"),
        Some("1999-12-31"),
    ),
    (None, None, None, None, None, true, None, None),
    (
        Some("100%_a\\b"),
        Some("a,b,,c"),
        Some(1),
        Some(4_294_967_296),
        Some("5.0001"),
        false,
        Some("2024-03-01 00:00:00"),
        Some("2024-03-01"),
    ),
    (
        Some("Straße"),
        Some("Äpfel,zwei"),
        Some(2_147_483_647),
        Some(256),
        Some("99999999.9999"),
        true,
        Some("2037-12-31 23:59:59"),
        Some("9999-12-31"),
    ),
    (
        Some("5abc"),
        Some("2"),
        Some(20_240_101),
        Some(16_909_060),
        Some("0.0001"),
        false,
        Some("2024-01-01 00:00:01"),
        Some("2024-01-01"),
    ),
    (
        Some("1e2"),
        Some("a b\nc"),
        Some(5),
        Some(1),
        Some("5"),
        false,
        Some("2023-12-31 22:30:00"),
        Some("2023-12-31"),
    ),
];

pub(super) async fn fill(db: &Db) {
    db::schema::install(db, &[&ITEM]).await.unwrap();
    let mut session = db.session();
    let sql = "INSERT INTO {item} (name, note, qty, ip, price, flag, created_at, seen_at, day) \
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
    for &(name, note, qty, ip, price, flag, at, day) in LINES {
        let values = params![name, note, qty, ip, price, flag, at, at, day];
        session.execute(sql, values).await.unwrap();
    }
    session.commit().await.unwrap();
}

pub(super) fn one(filter: Filter) -> Search {
    Search {
        groups: vec![Group(vec![filter])],
        ..Search::default()
    }
}

pub(super) async fn find(db: &Db, search: &Search) -> db::Result<Vec<i64>> {
    let found = search.render(db.engine(), COLUMNS).unwrap();
    let order = if found.order.is_empty() {
        " ORDER BY item_id"
    } else {
        &found.order
    };
    let sql = format!(
        "SELECT item_id FROM {{item}}{}{order}{}",
        found.filter, found.window
    );
    db.session().fetch_all(&sql, &found.params).await
}

pub(super) async fn count(db: &Db, search: &Search) -> i64 {
    let found = search.render(db.engine(), COLUMNS).unwrap();
    let sql = format!("SELECT COUNT(*) FROM {{item}}{}", found.filter);
    db.session().fetch_one(&sql, &found.params).await.unwrap()
}

/// Checks `(field, condition, value, ids)` on both engines.
pub(super) async fn check(cases: &[(&str, &str, Option<&str>, &[i64])]) {
    both(async |db: Db| {
        fill(&db).await;
        for (field, condition, value, ids) in cases {
            let found = find(&db, &one(Filter::new(*field, condition, *value)))
                .await
                .unwrap();
            assert_eq!(&found, ids, "{:?}: {field} {condition} {value:?}", db.engine());
        }
    })
    .await;
}

pub(super) const CONDITIONS: &[&str] = &[
    "eq", "neq", "like", "nlike", "in", "nin", "gt", "gteq", "lt", "lteq", "from", "to", "null", "notnull",
    "finset", "nfinset", "regexp", "seq", "sneq", "ntoa", "fulltext", "is", "",
];
