use std::sync::Arc;

use catalog::data::stock_item::StockItem;
use contract::{Cx, Result};
use db::{Engine, params};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::*;
use crate::fixtures::{Stand, both, both_shared, product, rows};
use crate::service::{product_stock, source, stock, stock_source_link};

/// Products `sku-1` to `sku-5`, ten of each in the default source, and a second stock of the sources `east` and `west`.
async fn fill(stand: &Stand) {
    let mut cx = stand.cx();
    for (id, type_id) in [
        (1, "simple"),
        (2, "simple"),
        (3, "configurable"),
        (4, "bundle"),
        (5, "grouped"),
    ] {
        let product = product(&mut cx, id, type_id, 1).await;
        let given = StockItem {
            qty: Some(10.into()),
            is_in_stock: Some(true),
            ..StockItem::default()
        };
        product_stock::save(&mut cx, &product, true, Some(given))
            .await
            .unwrap();
    }
    cx.session().commit().await.unwrap();
    drop(cx);
    let id = stand
        .call(stock::OPERATIONS[1], json!({"stock": {"name": "Second"}}))
        .await;
    assert_eq!(id.unwrap(), 2);
    for code in ["east", "west"] {
        let sent =
            json!({"source": {"source_code": code, "name": code, "postcode": "1", "country_id": "US"}});
        stand.call(&source::save::SAVE, sent).await.unwrap();
    }
    let links = json!({"links": [
        {"stock_id": 2, "source_code": "east", "priority": 1},
        {"stock_id": 2, "source_code": "west", "priority": 2},
    ]});
    stand.call(stock_source_link::OPERATIONS[1], links).await.unwrap();
}

fn item(sku: &str, source_code: &str, quantity: impl Into<Value>, status: i64) -> Value {
    json!({"sku": sku, "source_code": source_code, "quantity": quantity.into(), "status": status})
}

async fn save(stand: &Stand, items: Value) -> Result<Value> {
    stand.call(&save::EXECUTE, json!({"sourceItems": items})).await
}

async fn index(cx: &mut Cx<'_>) -> Vec<(String, Decimal, bool)> {
    rows(
        cx,
        "SELECT sku, quantity, is_salable FROM {inventory_stock_2} ORDER BY sku",
    )
    .await
}

fn row(sku: &str, quantity: i64, salable: bool) -> (String, Decimal, bool) {
    (sku.to_owned(), quantity.into(), salable)
}

#[tokio::test]
async fn the_index_of_a_stock_follows_its_sources() {
    both(async |stand| {
        fill(stand).await;
        let mut cx = stand.cx();
        let sql = "INSERT INTO {inventory_reservation} (stock_id, sku, quantity) VALUES (2, 'sku-2', -4)";
        cx.session().execute(sql, params![]).await.unwrap();
        cx.session().commit().await.unwrap();
        let sent = json!([
            item("SKU-1", "east", 99, 1),
            item("sku-1", "east", 2.5, 1),
            item("sku-1", "west", "1.50006", 1),
            item("sku-2", "east", 4, 1),
            item("sku-2", "west", 100, 0),
            item("unknown", "west", -3, 1),
        ]);
        save(stand, sent).await.unwrap();
        // All of the second is promised; of what nobody knows anything can be sold.
        assert_eq!(
            index(&mut cx).await,
            [
                ("sku-1".to_owned(), Decimal::new(40_001, 4), true),
                row("sku-2", 4, false),
                row("unknown", -3, true),
            ]
        );
        let sent = json!({"source": {"source_code": "west", "name": "west", "postcode": "1", "country_id": "US",
            "enabled": false}});
        stand.call(&source::save::SAVE, sent).await.unwrap();
        assert_eq!(
            index(&mut cx).await,
            [("sku-1".to_owned(), Decimal::new(25, 1), true), row("sku-2", 4, false)]
        );
        let gone = json!({"sourceItems": [{"sku": "sku-1", "source_code": "east"}]});
        stand.call(&delete::EXECUTE, gone).await.unwrap();
        assert_eq!(index(&mut cx).await, [row("sku-2", 4, false)]);
        let links = json!({"links": [{"stock_id": 2, "source_code": "east"}]});
        stand.call(stock_source_link::OPERATIONS[2], links).await.unwrap();
        assert_eq!(index(&mut cx).await, []);
    })
    .await;
}

#[tokio::test]
async fn composite_products_are_in_the_index_with_their_parts() {
    both(async |stand| {
        fill(stand).await;
        let mut cx = stand.cx();
        for sql in [
            "INSERT INTO {catalog_product_relation} (parent_id, child_id) \
             VALUES (3, 1), (3, 2), (4, 1), (4, 2), (5, 1), (5, 2)",
            "INSERT INTO {catalog_product_bundle_option} (option_id, parent_id, required) VALUES (1, 4, 1), (2, 4, 0)",
            "INSERT INTO {catalog_product_bundle_selection} \
             (option_id, parent_product_id, product_id, selection_qty, selection_can_change_qty) \
             VALUES (1, 4, 1, 5, 0), (2, 4, 2, 1, 1)",
            "INSERT INTO {catalog_product_entity_int} (attribute_id, store_id, entity_id, value) \
             SELECT attribute_id, 0, 4, 1 FROM {eav_attribute} WHERE attribute_code = 'shipment_type'",
            "UPDATE {cataloginventory_stock_item} SET is_in_stock = 1 WHERE product_id > 2",
        ] {
            cx.session().execute(sql, params![]).await.unwrap();
        }
        cx.session().commit().await.unwrap();
        save(stand, json!([item("sku-1", "east", 4, 1), item("sku-2", "east", 7, 1)]))
            .await
            .unwrap();
        // Five of the first are needed for a bundle. A grouped product counts everything twice.
        let simple = [row("sku-1", 4, true), row("sku-2", 7, true), row("sku-3", 11, true)];
        let rows = index(&mut cx).await;
        assert_eq!(rows[..3], simple);
        assert_eq!(rows[3..], [row("sku-4", 11, false), row("sku-5", 22, true)]);
        save(stand, json!([item("sku-1", "west", 1, 1), item("sku-2", "east", 0, 0)]))
            .await
            .unwrap();
        let rows = index(&mut cx).await;
        assert_eq!(rows[2..], [row("sku-3", 5, true), row("sku-4", 5, true), row("sku-5", 10, true)]);
    })
    .await;
}

#[tokio::test]
async fn parts_of_a_bundle_that_is_shipped_as_one_stay_in_its_sources() {
    both(async |stand| {
        fill(stand).await;
        let mut cx = stand.cx();
        for sql in [
            "INSERT INTO {catalog_product_relation} (parent_id, child_id) VALUES (4, 1)",
            "INSERT INTO {catalog_product_bundle_option} (option_id, parent_id, required) VALUES (1, 4, 1)",
            "INSERT INTO {catalog_product_bundle_selection} (option_id, parent_product_id, product_id) VALUES (1, 4, 1)",
        ] {
            cx.session().execute(sql, params![]).await.unwrap();
        }
        cx.session().commit().await.unwrap();
        let sent = json!([item("sku-1", "east", 4, 1), item("sku-2", "east", 4, 1)]);
        let error = save(stand, sent).await.unwrap_err();
        let url = "http://127.0.0.1/catalog/product/edit/id/4/";
        assert_eq!(
            error.detail().message,
            format!(
                "Validation Failed: Not able to assign \"east\" to product \"sku-1\", as it is part of bundle product \
                 <a href=\"{url}\">\"sku-4\"</a> with shipment type \"Ship Together\" and has multiple sources or \
                 different source as other bundle selections."
            )
        );
        assert_eq!(error.errors().len(), 1);
        save(stand, json!([item("sku-1", "default", 4, 1)])).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn the_legacy_stock_follows_the_default_source() {
    both(async |stand| {
        fill(stand).await;
        let mut cx = stand.cx();
        let stocks = async |cx: &mut Cx<'_>| -> Vec<(Decimal, bool, Decimal, i64)> {
            let sql = "SELECT i.qty, i.is_in_stock, s.qty, s.stock_status FROM {cataloginventory_stock_item} i \
                       JOIN {cataloginventory_stock_status} s ON s.product_id = i.product_id \
                       WHERE i.product_id < 3 ORDER BY i.product_id";
            rows(cx, sql).await
        };
        let number = Decimal::from;
        save(stand, json!([item("SKU-1", "default", 12.5, 1), item("sku-2", "default", 0, 1)]))
            .await
            .unwrap();
        assert_eq!(
            stocks(&mut cx).await,
            [
                (Decimal::new(125, 1), true, Decimal::new(125, 1), 1),
                (number(0), false, number(0), 0)
            ]
        );
        let gone = json!({"sourceItems": [{"sku": "sku-1", "source_code": "default"}]});
        stand.call(&delete::EXECUTE, gone).await.unwrap();
        assert_eq!(stocks(&mut cx).await[0], (number(0), false, number(0), 0));
        let left: Vec<String> = rows(&mut cx, "SELECT sku FROM {inventory_source_item} WHERE sku = 'sku-1'").await;
        assert_eq!(left, [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn bad_items_are_all_told_and_nothing_is_written() {
    both(async |stand| {
        fill(stand).await;
        let sent = json!([
            item("sku-1", "default", 77, 1),
            {"sku": " a", "source_code": "e w", "quantity": 1},
            {"quantity": 1, "status": 7},
        ]);
        let error = save(stand, sent).await.unwrap_err();
        assert_eq!(
            error.detail().message,
            "Validation Failed: \"sku\" can not contain leading or trailing spaces."
        );
        let told: Vec<String> = error
            .errors()
            .iter()
            .map(|detail| detail.message.to_string())
            .collect();
        assert_eq!(
            told,
            [
                "\"%field\" can not contain leading or trailing spaces.",
                "\"%field\" can not contain whitespaces.",
                "\"%field\" should be numeric.",
                "\"%field\" can not be empty.",
                "\"%field\" can not be empty.",
                "\"%field\" should a known status.",
            ]
        );
        for (last, message) in [
            (item("sku-2", "nosuch", 1, 1), "Could not save Source Item"),
            (
                item("sku-2", "east", 100_000_000, 1),
                "Could not save Source Item",
            ),
            (item(&"x".repeat(65), "east", 1, 1), "Could not save Source Item"),
        ] {
            let sent = json!([item("sku-1", "default", 77, 1), last]);
            let error = save(stand, sent).await.unwrap_err();
            assert_eq!(error.detail().message, message);
        }
        let text = save(stand, json!([item("sku-1", "default", "many", 1)]))
            .await
            .unwrap_err();
        assert!(
            text.detail().message.contains("\"%fieldName\"") || text.detail().message.contains("quantity")
        );
        let error = save(stand, json!([])).await.unwrap_err();
        assert_eq!(error.detail().message, "Input data is empty");
        let mut cx = stand.cx();
        let sql = "SELECT quantity FROM {inventory_source_item} WHERE sku = 'sku-1'";
        assert_eq!(rows::<Decimal>(&mut cx, sql).await, [Decimal::from(10)]);
        let sql = "SELECT qty FROM {cataloginventory_stock_item} WHERE product_id = 1";
        assert_eq!(rows::<Decimal>(&mut cx, sql).await, [Decimal::from(10)]);
    })
    .await;
}

/// A warehouse's call: a thousand items, of the default source and of another one, some of them new.
#[tokio::test]
async fn a_thousand_items_take_at_most_ten_statements() {
    both(async |stand| {
        fill(stand).await;
        let mut cx = stand.cx();
        let products: Vec<(i64, String)> = (100..600).map(|id| (id, format!("p-{id}"))).collect();
        for (id, sku) in &products {
            let sql = "INSERT INTO {catalog_product_entity} (entity_id, attribute_set_id, type_id, sku) \
                       VALUES (?, 4, 'simple', ?)";
            cx.session().execute(sql, params![*id, sku]).await.unwrap();
        }
        crate::perf::stock(cx.session(), &products).await.unwrap();
        cx.session().commit().await.unwrap();
        for round in 1..4_i64 {
            let items = products.iter().flat_map(|(id, sku)| {
                let quantity = id + round;
                ["default", "east"].map(|source| data(sku, source, quantity))
            });
            let items: Vec<_> = items.collect();
            assert_eq!(items.len(), 1000);
            let mut cx = stand.cx();
            save::execute(&mut cx, items).await.unwrap();
            let count = cx.session().statements();
            cx.session().commit().await.unwrap();
            // The first time prices and searches are marked, and the index is looked for.
            let most = if round == 1 { 12 } else { 10 };
            assert!(
                count <= most || stand.app.db.engine() == Engine::Sqlite,
                "{count}"
            );
        }
        let (sku, quantity, salable) = index(&mut stand.cx()).await.remove(0);
        assert_eq!(
            (sku.as_str(), quantity, salable),
            ("p-100", Decimal::from(103), true)
        );
    })
    .await;
}

fn data(sku: &str, source_code: &str, quantity: i64) -> crate::data::source_item::SourceItem {
    crate::data::source_item::SourceItem {
        sku: Some(sku.to_owned()),
        source_code: Some(source_code.to_owned()),
        quantity: Some(quantity.into()),
        status: Some(1),
        ..Default::default()
    }
}

/// 64 clients at a time write to one SKU: each what its own source holds, half of them the default source too, by
/// the new way or the old one. Nobody's quantity gets lost, in the sources, in the index or in the legacy stock.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn clients_at_the_same_time_lose_nothing() {
    both_shared(async |stand| {
        fill(&stand).await;
        let mut links = Vec::new();
        for client in 0..64 {
            let code = format!("source-{client}");
            let sent = json!({"source": {"source_code": code, "name": code, "postcode": "1", "country_id": "US"}});
            stand.call(&source::save::SAVE, sent).await.unwrap();
            links.push(json!({"stock_id": 2, "source_code": code, "priority": 3}));
        }
        stand
            .call(stock_source_link::OPERATIONS[1], json!({"links": links}))
            .await
            .unwrap();
        let mut clients = tokio::task::JoinSet::new();
        for client in 0..64_i64 {
            let stand = Arc::clone(&stand);
            clients.spawn(async move {
                for round in 1..4_i64 {
                    let mut items = vec![item("sku-1", &format!("source-{client}"), round + client, 1)];
                    if client % 4 == 0 {
                        items.push(item("sku-1", "default", client * 10 + round, 1));
                    }
                    save(&stand, json!(items)).await.unwrap();
                    if client % 4 == 1 {
                        let sent = json!({"productSku": "sku-1", "itemId": 1, "stockItem": {"qty": client * 10 + round}});
                        stand
                            .call(&crate::service::stock_registry::UPDATE_STOCK_ITEM_BY_SKU, sent)
                            .await
                            .unwrap();
                    }
                }
            });
        }
        while let Some(client) = clients.join_next().await {
            client.unwrap();
        }
        let mut cx = stand.cx();
        let expected: i64 = (0..64).map(|client| client + 3).sum();
        assert_eq!(index(&mut cx).await, [row("sku-1", expected, true)]);
        let sql = "SELECT s.quantity, i.qty, t.qty FROM {inventory_source_item} s \
                   JOIN {cataloginventory_stock_item} i ON i.product_id = 1 \
                   JOIN {cataloginventory_stock_status} t ON t.product_id = 1 \
                   WHERE s.source_code = 'default' AND s.sku = 'sku-1'";
        let (held, item, status) = rows::<(Decimal, Decimal, Decimal)>(&mut cx, sql).await.remove(0);
        assert_eq!((held, held), (item, status));
    })
    .await;
}
