use serde_json::json;

use super::*;
use crate::fixtures::{both, product, rows};

/// Source, SKU, quantity.
type Row = (String, String, Option<Decimal>);

async fn stored(cx: &mut Cx<'_>) -> Vec<Row> {
    let sql = "SELECT source_code, sku, notify_stock_qty FROM {inventory_low_stock_notification_configuration} \
               ORDER BY source_code, sku";
    rows(cx, sql).await
}

#[tokio::test]
async fn stock_items_follow_the_default_source_when_there_are_several() {
    both(async |stand| {
        let mut cx = stand.cx();
        product(&mut cx, 1, "simple", 1).await;
        let sql = "INSERT INTO {inventory_source} (source_code, name, country_id, postcode) \
                   VALUES ('north', 'North', 'US', '1')";
        cx.session().execute(sql, db::params![]).await.unwrap();
        cx.session().commit().await.unwrap();
        let sent = json!({"sourceItemConfigurations": [
            {"source_code": "default", "sku": "sku-1", "notify_stock_qty": 9},
            {"source_code": "default", "sku": "sku-1", "notify_stock_qty": 2.5},
            {"source_code": "north", "sku": "nosuch", "notify_stock_qty": null},
        ]});
        assert_eq!(stand.call(&write::SAVE, sent).await.unwrap(), json!([]));
        let expected = [
            ("default".to_owned(), "sku-1".to_owned(), Some(Decimal::new(25, 1))),
            ("north".to_owned(), "nosuch".to_owned(), None),
        ];
        assert_eq!(stored(&mut cx).await, expected);
        let sql = "SELECT product_id, notify_stock_qty, use_config_notify_stock_qty FROM {cataloginventory_stock_item}";
        let items: Vec<(i64, Decimal, bool)> = rows(&mut cx, sql).await;
        assert_eq!(items, [(1, Decimal::new(25, 1), false)]);
        cx.session().rollback().await.unwrap();

        let asked = json!({"sourceCode": "default", "sku": "sku-1"});
        let expected = json!({"source_code": "default", "notify_stock_qty": 2.5, "sku": "sku-1"});
        assert_eq!(stand.call(&GET, asked.clone()).await.unwrap(), expected);
        let gone = json!({"sourceItems": [{"source_code": "default", "sku": "sku-1"}, {"sku": "nosuch"}]});
        assert_eq!(stand.call(&write::DELETE, gone).await.unwrap(), json!([]));
        let expected = json!({"source_code": "default", "notify_stock_qty": 1, "sku": "sku-1"});
        assert_eq!(stand.call(&GET, asked).await.unwrap(), expected);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_saved_leaves_nothing_behind() {
    both(async |stand| {
        let mut cx = stand.cx();
        let sql = "INSERT INTO {inventory_source} (source_code, name, country_id, postcode) \
                   VALUES ('north', 'North', 'US', '1')";
        cx.session().execute(sql, db::params![]).await.unwrap();
        cx.session().commit().await.unwrap();
        let good = json!({"source_code": "north", "sku": "a", "notify_stock_qty": 1});
        for (wrong, message) in [
            (json!({"sku": "a"}), "Could not save Source Item Configuration"),
            (
                json!({"source_code": "north", "sku": "a", "notify_stock_qty": 1e9}),
                "Could not save Source Item Configuration",
            ),
            (
                json!({"source_code": "default", "sku": "nosuch", "notify_stock_qty": 1}),
                "Following products with requested skus were not found: %1",
            ),
        ] {
            let sent = json!({"sourceItemConfigurations": [good, wrong]});
            let error = stand.call(&write::SAVE, sent).await.unwrap_err();
            assert_eq!(error.to_string(), message);
        }
        let sent = json!({"sourceItemConfigurations": []});
        let error = stand.call(&write::SAVE, sent).await.unwrap_err();
        assert_eq!(error.to_string(), "Input data is empty");
        assert_eq!(stored(&mut cx).await, []);
        for (source, sku) in [("nosuch", "a"), ("north", "nosuch")] {
            let asked = json!({"sourceCode": source, "sku": sku});
            let error = stand.call(&GET, asked).await.unwrap_err();
            assert_eq!(error.to_string(), "Wrong input data");
        }
    })
    .await;
}
