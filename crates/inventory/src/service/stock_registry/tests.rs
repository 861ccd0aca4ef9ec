use contract::Kind;
use db::params;
use serde_json::{Value, json};

use super::*;
use crate::fixtures::{Stand, both, product};
use crate::service::index;

/// Three products, of which one is sold out, and a second stock for another website's source.
async fn fill(stand: &Stand) {
    let mut cx = stand.cx();
    for (id, qty) in [(1, 10), (2, 0), (3, 4)] {
        let product = product(&mut cx, id, "simple", 1).await;
        let given = StockItem {
            qty: Some(qty.into()),
            is_in_stock: Some(true),
            ..StockItem::default()
        };
        product_stock::save(&mut cx, &product, true, Some(given))
            .await
            .unwrap();
    }
    let mut run = async |sql: &str| {
        cx.session().execute(sql, params![]).await.unwrap();
    };
    run("INSERT INTO {inventory_stock} (stock_id, name) VALUES (2, 'Second')").await;
    run(
        "INSERT INTO {inventory_source} (source_code, name, enabled, country_id, postcode) \
         VALUES ('east', 'East', 1, 'US', '1'), ('closed', 'Closed', 0, 'US', '1')",
    )
    .await;
    run(
        "INSERT INTO {inventory_source_stock_link} (stock_id, source_code, priority) \
         VALUES (2, 'east', 1), (2, 'closed', 2)",
    )
    .await;
    run(
        "INSERT INTO {inventory_source_item} (source_code, sku, quantity, status) \
         VALUES ('east', 'sku-1', 7.5, 1), ('closed', 'sku-1', 90, 1), ('east', 'sku-3', 6, 0)",
    )
    .await;
    run("INSERT INTO {inventory_reservation} (stock_id, sku, quantity) VALUES (1, 'sku-1', -3), (2, 'sku-1', -2)")
        .await;
    index::prepare(&mut cx, &[2]).await.unwrap();
    index::rebuild(&mut cx, &[2]).await.unwrap();
    cx.session().commit().await.unwrap();
}

async fn status(stand: &Stand, sku: &str) -> (Value, Value) {
    let answer = stand
        .call(&GET_STOCK_STATUS_BY_SKU, json!({"productSku": sku}))
        .await;
    let answer = answer.unwrap();
    (answer["qty"].clone(), answer["stock_status"].clone())
}

#[tokio::test]
async fn the_status_is_of_the_stock_that_sells_through_the_website() {
    both(async |stand| {
        fill(stand).await;
        assert_eq!(status(stand, "sku-1").await, (json!(7), json!(1)));
        assert_eq!(status(stand, "SKU-2").await, (json!(0), json!(0)));
        let mut cx = stand.cx();
        let sql = "UPDATE {inventory_stock_sales_channel} SET stock_id = 2 WHERE code = 'base'";
        cx.session().execute(sql, params![]).await.unwrap();
        cx.session().commit().await.unwrap();
        // 7.5 in the one enabled source, 2 promised; what is there of the third is not offered.
        assert_eq!(status(stand, "sku-1").await, (json!(5), json!(1)));
        assert_eq!(status(stand, "sku-2").await, (json!(0), json!(0)));
        assert_eq!(status(stand, "sku-3").await, (json!(0), json!(0)));
        let asked = json!({"productSku": "sku-1", "scopeId": 0});
        let answer = stand.call(&GET_STOCK_STATUS_BY_SKU, asked).await.unwrap();
        assert_eq!(
            (&answer["qty"], &answer["stock_item"]["qty"]),
            (&json!(7), &json!(10))
        );
        let asked = json!({"productSku": "sku-1", "scopeId": 9});
        let error = stand.call(&GET_STOCK_STATUS_BY_SKU, asked).await.unwrap_err();
        assert_eq!(error.kind(), Kind::NotFound);
    })
    .await;
}

#[tokio::test]
async fn low_stock_is_listed_by_page() {
    both(async |stand| {
        fill(stand).await;
        let asked = json!({"scopeId": 0, "qty": 5, "pageSize": 1, "currentPage": 2});
        let answer = stand.call(&GET_LOW_STOCK_ITEMS, asked).await.unwrap();
        assert_eq!(answer["total_count"], 2);
        assert_eq!(answer["search_criteria"]["limit"], json!(["2", "1"]));
        let ids: Vec<_> = answer["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|i| i["product_id"].clone())
            .collect();
        assert_eq!(ids, [3]);
        let answer = stand
            .call(&GET_LOW_STOCK_ITEMS, json!({"scopeId": 1, "qty": 5}))
            .await
            .unwrap();
        assert_eq!(
            (&answer["items"], &answer["total_count"]),
            (&json!([]), &json!(0))
        );
    })
    .await;
}

#[tokio::test]
async fn an_item_is_changed_by_sku_whatever_id_is_named() {
    both(async |stand| {
        fill(stand).await;
        let mut cx = stand.cx();
        let sql = "UPDATE {indexer_state} SET status = 'valid'";
        cx.session().execute(sql, params![]).await.unwrap();
        cx.session().commit().await.unwrap();
        let sent = json!({"productSku": "sku-1", "itemId": "9999", "stockItem": {"qty": 1.5, "item_id": 77}});
        let id = stand.call(&UPDATE_STOCK_ITEM_BY_SKU, sent).await.unwrap();
        let item = stand
            .call(
                &GET_STOCK_ITEM_BY_SKU,
                json!({"productSku": "sku-1", "scopeId": 5}),
            )
            .await
            .unwrap();
        assert_eq!((&item["item_id"], &item["qty"]), (&id, &json!(1.5)));
        let sql = "SELECT status FROM {indexer_state} WHERE indexer_id = 'cataloginventory_stock'";
        let state: String = cx.session().fetch_one(sql, params![]).await.unwrap();
        assert_eq!(state, "invalid");
        let asked = json!({"productSku": "nosuch"});
        let error = stand.call(&GET_STOCK_ITEM_BY_SKU, asked).await.unwrap_err();
        assert_eq!(
            error.detail().message,
            "The Product with the \"%1\" SKU doesn't exist."
        );
    })
    .await;
}
