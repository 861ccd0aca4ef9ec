use catalog::data::stock_item::StockItem;
use catalog::port::Stock as _;
use db::params;
use serde_json::{Value, json};

use super::*;
use crate::fixtures::{Stand, both, product, rows};
use crate::service::product_stock::ProductStock;

/// Two products with ten pieces each in the default source, one that only groups others, and a source `north`.
async fn fill(stand: &Stand) {
    let mut cx = stand.cx();
    for (id, type_id) in [(1, "simple"), (2, "simple"), (3, "grouped")] {
        let product = product(&mut cx, id, type_id, 1).await;
        let item = StockItem {
            qty: Some(10.into()),
            is_in_stock: Some(true),
            ..StockItem::default()
        };
        ProductStock
            .save(&mut cx, &stand.scope, &product, true, Some(item))
            .await
            .unwrap();
    }
    for sql in [
        "INSERT INTO {inventory_source} (source_code, name, country_id, postcode) VALUES ('north', 'North', 'US', '1')",
        "INSERT INTO {inventory_stock} (stock_id, name) VALUES (2, 'Two')",
        "INSERT INTO {inventory_source_stock_link} (stock_id, source_code, priority) VALUES (2, 'north', 1)",
        "UPDATE {inventory_low_stock_notification_configuration} SET notify_stock_qty = '4' WHERE sku = 'sku-1'",
    ] {
        cx.session().execute(sql, params![]).await.unwrap();
    }
    cx.session().commit().await.unwrap();
}

/// Source, SKU, quantity, whether offered.
async fn stored(stand: &Stand) -> Vec<(String, String, String, i64)> {
    let mut cx = stand.cx();
    let sql =
        "SELECT source_code, sku, quantity, status FROM {inventory_source_item} ORDER BY source_code, sku";
    let rows: Vec<(String, String, Decimal, i64)> = rows(&mut cx, sql).await;
    rows.into_iter()
        .map(|(source, sku, quantity, status)| (source, sku, quantity.normalize().to_string(), status))
        .collect()
}

fn row(source: &str, sku: &str, quantity: &str, status: i64) -> (String, String, String, i64) {
    (source.to_owned(), sku.to_owned(), quantity.to_owned(), status)
}

/// Quantity and state of the legacy items, and of the second stock's index.
async fn followed(stand: &Stand) -> (Vec<(Option<Decimal>, bool)>, Vec<(String, Decimal, bool)>) {
    let mut cx = stand.cx();
    let sql =
        "SELECT qty, is_in_stock FROM {cataloginventory_stock_item} WHERE product_id < 3 ORDER BY product_id";
    let items = rows(&mut cx, sql).await;
    let sql = "SELECT sku, quantity, is_salable FROM {inventory_stock_2} ORDER BY sku";
    (items, rows(&mut cx, sql).await)
}

fn assign(skus: &[&str], codes: &[&str]) -> Value {
    json!({"skus": skus, "sourceCodes": codes})
}

fn transfer(skus: &[&str], origin: &str, destination: &str, unassign: bool) -> Value {
    json!({"skus": skus, "originSource": origin, "destinationSource": destination, "unassignFromOrigin": unassign})
}

fn part(items: &[(&str, f64)], origin: &str, destination: &str) -> Value {
    let items: Vec<Value> = items
        .iter()
        .map(|(sku, qty)| json!({"sku": sku, "qty": qty}))
        .collect();
    json!({"items": items, "originSourceCode": origin, "destinationSourceCode": destination})
}

/// The calls are those of the goldens `inv.bulk-assign`, `inv.bulk-transfer`, `inv.bulk-partial`, `inv.bulk-unassign`.
#[tokio::test]
async fn stock_and_index_follow_what_is_moved() {
    both(async |stand| {
        fill(stand).await;
        let sent = assign(&["sku-1", "sku-2", "sku-3", "sku-1"], &["north", "default"]);
        assert_eq!(stand.call(&assign::ASSIGN, sent.clone()).await.unwrap(), json!(2));
        assert_eq!(stand.call(&assign::ASSIGN, sent).await.unwrap(), json!(0));
        let sent = transfer(&["sku-1", "sku-3"], "default", "north", false);
        assert_eq!(stand.call(&transfer::EXECUTE, sent).await.unwrap(), json!(true));
        let expected = [
            row("default", "sku-1", "0", 0),
            row("default", "sku-2", "10", 1),
            row("north", "sku-1", "10", 1),
            row("north", "sku-2", "0", 0),
        ];
        assert_eq!(stored(stand).await, expected);
        let (items, index) = followed(stand).await;
        assert_eq!(items, [(Some(Decimal::ZERO), false), (Some(10.into()), true)]);
        assert_eq!(
            index,
            [
                ("sku-1".to_owned(), 10.into(), true),
                ("sku-2".to_owned(), Decimal::ZERO, false)
            ]
        );
        let sent = part(&[("sku-1", 1.0), ("sku-1", 2.5)], "north", "default");
        assert_eq!(stand.call(&partial::EXECUTE, sent).await.unwrap(), json!([]));
        let (items, index) = followed(stand).await;
        assert_eq!(items[0], (Some(Decimal::new(35, 1)), true));
        assert_eq!(index[0], ("sku-1".to_owned(), Decimal::new(65, 1), true));
        let sent = assign(&["sku-1", "sku-2", "nosuch"], &["north"]);
        assert_eq!(stand.call(&assign::UNASSIGN, sent).await.unwrap(), json!(2));
        let expected = [
            row("default", "sku-1", "3.5", 1),
            row("default", "sku-2", "10", 1),
        ];
        assert_eq!(stored(stand).await, expected);
        assert_eq!(followed(stand).await.1, []);
    })
    .await;
}

#[tokio::test]
async fn a_transfer_takes_the_notifications_along() {
    both(async |stand| {
        fill(stand).await;
        let sent = transfer(&["sku-1", "sku-2"], "default", "north", true);
        stand.call(&transfer::EXECUTE, sent).await.unwrap();
        let expected = [row("north", "sku-1", "10", 1), row("north", "sku-2", "10", 1)];
        assert_eq!(stored(stand).await, expected);
        let sql = "SELECT source_code, sku, notify_stock_qty FROM {inventory_low_stock_notification_configuration} \
                   ORDER BY source_code, sku";
        let notifications: Vec<(String, String, Option<Decimal>)> = rows(&mut stand.cx(), sql).await;
        let expected = [
            ("north".to_owned(), "sku-1".to_owned(), Some(4.into())),
            ("north".to_owned(), "sku-2".to_owned(), None),
        ];
        assert_eq!(notifications[..2], expected);
        assert_eq!(followed(stand).await.0[0], (Some(Decimal::ZERO), false));
    })
    .await;
}

/// The message of an error, and those that it lists.
async fn refused(stand: &Stand, operation: &'static Operation, sent: Value) -> (String, Vec<String>) {
    let error = stand.call(operation, sent).await.unwrap_err();
    let messages = error.errors().iter().map(|e| e.message.clone().into_owned());
    (error.to_string(), messages.collect())
}

fn failed(text: &str, errors: &[&str]) -> (String, Vec<String>) {
    let errors = errors.iter().map(|text| (*text).to_owned()).collect();
    (text.to_owned(), errors)
}

#[tokio::test]
async fn unknown_sources_and_products_move_nothing() {
    both(async |stand| {
        fill(stand).await;
        let before = stored(stand).await;
        let unknown = failed("Validation Failed", &["Source %sourceCode does not exist"]);
        for operation in [&assign::ASSIGN, &assign::UNASSIGN] {
            let sent = assign(&["sku-1"], &["north", "nosuch"]);
            assert_eq!(refused(stand, operation, sent).await, unknown);
        }
        let unknown = failed("Following products with requested skus were not found: %1", &[]);
        let sent = assign(&["sku-1", "nosuch"], &["north"]);
        assert_eq!(refused(stand, &assign::ASSIGN, sent).await, unknown);
        let sent = assign(&["sku-1", "nosuch"], &["default"]);
        assert_eq!(refused(stand, &assign::UNASSIGN, sent).await, unknown);
        let sent = transfer(&["sku-1", "nosuch"], "default", "north", true);
        assert_eq!(refused(stand, &transfer::EXECUTE, sent).await, unknown);
        let same = failed(
            "Validation Error: Select different sources for origin and destination.",
            &["Cannot transfer a source on itself"],
        );
        let sent = transfer(&["sku-1"], "north", "north", true);
        assert_eq!(refused(stand, &transfer::EXECUTE, sent).await, same);
        let nowhere = failed(
            "Transfer validation failed",
            &[
                "Origin source %sourceCode does not exist",
                "Destination source %sourceCode does not exist",
                "%message",
            ],
        );
        let sent = part(&[("sku-1", 1.0)], "x", "y");
        assert_eq!(refused(stand, &partial::EXECUTE, sent).await, nowhere);
        assert_eq!(stored(stand).await, before);
    })
    .await;
}

#[tokio::test]
async fn more_than_there_is_does_not_move() {
    both(async |stand| {
        fill(stand).await;
        let sent = assign(&["sku-1"], &["north"]);
        stand.call(&assign::ASSIGN, sent).await.unwrap();
        let before = stored(stand).await;
        let too_much = failed(
            "Transfer validation failed",
            &["Requested transfer amount for sku %sku is not available"],
        );
        for items in [
            &[("sku-1", 10.5)][..],
            &[("sku-1", 6.0), ("sku-1", 6.0)],
            &[("sku-1", -1.0)],
        ] {
            let sent = part(items, "default", "north");
            assert_eq!(refused(stand, &partial::EXECUTE, sent).await, too_much);
        }
        assert_eq!(stored(stand).await, before);
    })
    .await;
}
