//! Values look the same on both engines.

use crate::support::both;
use db::{Db, Engine, Error, FromRow, Row, Session, params};
use rust_decimal::Decimal;

#[derive(Debug, PartialEq)]
struct Thing {
    flag: bool,
    big: Option<u64>,
    name: String,
    note: Option<String>,
    price: Option<Decimal>,
    raw: Option<Vec<u8>>,
    day: Option<String>,
    at: Option<String>,
}

impl FromRow for Thing {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        Ok(Self {
            flag: row.named("flag")?,
            big: row.named("big")?,
            name: row.named("name")?,
            note: row.named("note")?,
            price: row.named("price")?,
            raw: row.named("raw")?,
            day: row.named("day")?,
            at: row.named("at")?,
        })
    }
}

fn decimal(text: &str) -> Decimal {
    Decimal::from_str_exact(text).unwrap()
}

async fn insert(session: &mut Session, thing: &Thing) -> i64 {
    let sql =
        "INSERT INTO {thing} (flag, big, name, note, price, raw, day, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    let big = thing.big.map(|big| i64::try_from(big).unwrap());
    let values = params![
        thing.flag,
        big,
        &thing.name,
        thing.note.clone(),
        thing.price,
        thing.raw.clone(),
        thing.day.clone(),
        thing.at.clone()
    ];
    let done = session.execute(sql, values).await.unwrap();
    assert_eq!(done.rows, 1);
    done.last_id
}

#[tokio::test]
async fn every_kind_of_value_comes_back_as_it_was() {
    both(async |db: Db| {
        let full = Thing {
            flag: true,
            big: Some(i64::MAX as u64),
            name: "Ünïcødé".into(),
            note: Some("line\nbreak 'quoted' \\".into()),
            price: Some(decimal("12345678.1234")),
            raw: Some(vec![0, 255, 39, 92]),
            day: Some("2024-02-29".into()),
            at: Some("2024-02-29 23:59:59".into()),
        };
        let empty = Thing {
            flag: false,
            big: None,
            name: String::new(),
            note: None,
            price: None,
            raw: None,
            day: None,
            at: None,
        };
        let mut session = db.session();
        for thing in [full, empty] {
            let id = insert(&mut session, &thing).await;
            let sql = "SELECT * FROM {thing} WHERE thing_id = ?";
            assert_eq!(session.fetch_one::<Thing>(sql, params![id]).await.unwrap(), thing);
            session.commit().await.unwrap();
            assert_eq!(session.fetch_one::<Thing>(sql, params![id]).await.unwrap(), thing);
        }
    })
    .await;
}

#[tokio::test]
async fn defaults_are_the_declared_ones() {
    both(async |db: Db| {
        let mut session = db.session();
        session
            .execute("INSERT INTO {thing} (price) VALUES (?)", params![5])
            .await
            .unwrap();
        let sql = "SELECT name, qty, price, flag, created_at, parent_id FROM {thing}";
        let (name, qty, price, flag, created, parent): (String, String, String, i64, String, Option<i64>) =
            session.fetch_one(sql, &[]).await.unwrap();
        assert_eq!(
            (name.as_str(), qty.as_str(), price.as_str(), flag, parent),
            ("it's", "1.0000", "5.0000", 0, None)
        );
        assert_eq!(
            (created.len(), created.as_bytes()[4], created.as_bytes()[10]),
            (19, b'-', b' ')
        );
    })
    .await;
}

#[tokio::test]
async fn decimals_are_kept_at_scale_and_compared_as_numbers() {
    both(async |db: Db| {
        let mut session = db.session();
        for (name, price) in [("a", "9.5"), ("b", "10.00000"), ("c", "-3"), ("d", "0.00005")] {
            let sql = "INSERT INTO {thing} (name, price) VALUES (?, ?)";
            session.execute(sql, params![name, decimal(price)]).await.unwrap();
        }
        let sql = "SELECT name, price FROM {thing} WHERE price > ? ORDER BY price DESC";
        let rows: Vec<(String, String)> = session.fetch_all(sql, params![decimal("-5")]).await.unwrap();
        let text: Vec<String> = rows
            .into_iter()
            .map(|(name, price)| format!("{name} {price}"))
            .collect();
        assert_eq!(text, ["b 10.0000", "a 9.5000", "d 0.0001", "c -3.0000"]);
        let sql = "UPDATE {thing} SET price = ? WHERE price = ?";
        assert_eq!(
            session
                .execute(sql, params![decimal("1.1"), decimal("9.50")])
                .await
                .unwrap()
                .rows,
            1
        );
        let sql = "SELECT price FROM {thing} WHERE name = 'a'";
        assert_eq!(session.fetch_one::<String>(sql, &[]).await.unwrap(), "1.1000");
    })
    .await;
}

#[tokio::test]
async fn a_value_that_does_not_fit_is_refused() {
    both(async |db: Db| {
        let mut session = db.session();
        let cases = [
            ("name", params!["12345678901"]),
            ("name", params![None::<i64>]),
            ("parent_id", params![-1]),
            ("parent_id", params![65536]),
            ("big", params![-1]),
            ("flag", params!["abc"]),
            ("at", params!["2024-02-30 00:00:00"]),
            ("day", params!["yesterday"]),
            ("price", params![decimal("123456789")]),
        ];
        for (column, value) in cases {
            let sql = format!("INSERT INTO {{thing}} (`{column}`) VALUES (?)");
            match session.execute(&sql, value).await {
                // SQLite's rounding function does not know its column.
                Err(Error::Value { column: named }) if named == column || named.is_empty() => {}
                other => panic!("{:?} {column} {value:?}: {other:?}", db.engine()),
            }
        }
        assert_eq!(
            session
                .fetch_one::<i64>("SELECT COUNT(*) FROM {thing}", &[])
                .await
                .unwrap(),
            0
        );
    })
    .await;
}

#[tokio::test]
async fn text_compares_without_case_accents_and_trailing_spaces() {
    both(async |db: Db| {
        let mut session = db.session();
        session
            .execute("INSERT INTO {parent} (code) VALUES (?)", params!["Café"])
            .await
            .unwrap();
        for code in ["café", "CAFE", "cafe  "] {
            let sql = "SELECT COUNT(*) FROM {parent} WHERE code = ?";
            assert_eq!(
                session.fetch_one::<i64>(sql, params![code]).await.unwrap(),
                1,
                "{code}"
            );
            let sql = "INSERT INTO {parent} (code) VALUES (?)";
            let error = session.execute(sql, params![code]).await.unwrap_err();
            assert!(
                matches!(&error, Error::Duplicate { key } if key == "PARENT_CODE"),
                "{error:?}"
            );
        }
        for (pattern, count) in [("%FÉ", 1), ("c_f%", 1), ("c\\_f%", 0), ("%x%", 0)] {
            let sql = "SELECT COUNT(*) FROM {parent} WHERE code LIKE ?";
            assert_eq!(
                session.fetch_one::<i64>(sql, params![pattern]).await.unwrap(),
                count,
                "{pattern}"
            );
        }
    })
    .await;
}

/// All characters that utf8mb3 can hold, against the server's own table of weights.
#[tokio::test]
async fn the_collation_agrees_with_the_servers() {
    let folder = tempfile::tempdir().unwrap();
    let sqlite = crate::support::sqlite(&folder).await;
    crate::support::mysql(async |mysql: Db| {
        let mut server = mysql.session();
        let mut weighed = Vec::new();
        for c in '\u{1}'..='\u{ffff}' {
            let sql = "SELECT HEX(WEIGHT_STRING(CONVERT(? USING utf8mb3) COLLATE utf8mb3_general_ci))";
            let weight: String = server.fetch_one(sql, params![c.to_string()]).await.unwrap();
            weighed.push((weight, c.to_string()));
        }
        weighed.sort();
        let mut ours = sqlite.session();
        let mut different = Vec::new();
        for pair in weighed.windows(2) {
            let [(weight, a), (next_weight, b)] = pair else {
                unreachable!()
            };
            let sql = "SELECT ?1 = ?2 COLLATE GENERAL_CI, ?1 < ?2 COLLATE GENERAL_CI";
            let (same, less): (bool, bool) = ours.fetch_one(sql, params![a, b]).await.unwrap();
            if (same, less) != (weight == next_weight, weight < next_weight) {
                different.push(format!("{a} {weight} {b} {next_weight}"));
            }
        }
        assert!(different.is_empty(), "{} differ: {different:?}", different.len());
    })
    .await;
}

#[tokio::test]
async fn a_column_that_cannot_be_read_is_named_without_its_value() {
    both(async |db: Db| {
        let mut session = db.session();
        let error = session
            .fetch_one::<i64>("SELECT 'secret' AS code", &[])
            .await
            .unwrap_err();
        assert_eq!(error.to_string(), "column code: is not an integer");
        let error = session
            .fetch_one::<(i64, i64)>("SELECT 1 AS a", &[])
            .await
            .unwrap_err();
        assert!(matches!(error, Error::Column { .. }), "{error:?}");
        assert!(matches!(
            session.fetch_one::<i64>("SELECT 1 FROM {thing}", &[]).await,
            Err(Error::NoRow)
        ));
        assert!(session.fetch_one::<i64>("SELECT ?", &[]).await.is_err());
        assert!(matches!(
            session.fetch_one::<i64>("SELEC 1", &[]).await,
            Err(Error::Sql(_))
        ));
        assert_eq!(
            db.engine() == Engine::Sqlite,
            db.change_counter().await.unwrap().is_some()
        );
    })
    .await;
}
