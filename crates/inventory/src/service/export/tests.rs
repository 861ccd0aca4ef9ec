use catalog::data::stock_item::StockItem;
use catalog::port::Stock as _;
use db::params;
use serde_json::json;

use super::*;
use crate::fixtures::{both, product};
use crate::service::product_stock::ProductStock;

#[tokio::test]
async fn the_stock_of_a_channel_is_told_for_all_its_products() {
    both(async |stand| {
        let mut cx = stand.cx();
        for (id, type_id, kept) in [
            (1, "simple", true),
            (2, "simple", false),
            (3, "grouped", true),
            (4, "simple", true),
        ] {
            let product = product(&mut cx, id, type_id, 1).await;
            let item = StockItem {
                qty: Some(7.into()),
                is_in_stock: Some(true),
                use_config_manage_stock: Some(false),
                manage_stock: Some(kept),
                ..StockItem::default()
            };
            ProductStock
                .save(&mut cx, &stand.scope, &product, true, Some(item))
                .await
                .unwrap();
        }
        for sql in [
            "INSERT INTO {catalog_product_website} (product_id, website_id) VALUES (1, 1), (2, 1), (3, 1)",
            "INSERT INTO {inventory_reservation} (stock_id, sku, quantity) VALUES (1, 'sku-1', '-2.5')",
            "INSERT INTO {catalog_product_entity_int} (attribute_id, store_id, entity_id, value) \
             SELECT a.attribute_id, 0, e.entity_id, 4 FROM {eav_attribute} a, {catalog_product_entity} e \
             WHERE a.attribute_code = 'visibility'",
            "DELETE FROM {inventory_source_item} WHERE sku = 'sku-4'",
        ] {
            cx.session().execute(sql, params![]).await.unwrap();
        }
        cx.session().commit().await.unwrap();
        let channel = json!({"salesChannelType": "website", "salesChannelCode": "base"});
        let answer = stand.call(&dump::EXECUTE, channel.clone()).await.unwrap();
        let item = |sku: &str, qty: f64, sold: bool| json!({"sku": sku, "qty": qty, "is_salable": sold});
        let listed: Vec<(&str, Option<f64>)> = answer
            .as_array()
            .unwrap()
            .iter()
            .map(|item| (item["sku"].as_str().unwrap(), item["qty"].as_f64()))
            .collect();
        assert_eq!(
            listed,
            [("sku-2", Some(0.0)), ("sku-1", Some(7.0)), ("sku-3", Some(0.0))]
        );
        let mut asked = channel;
        asked["searchCriteria"] = json!({});
        let answer = stand.call(&EXPORT, asked).await.unwrap();
        assert_eq!(answer["items"][0], item("sku-1", 4.5, true));
        assert_eq!(answer["total_count"], 3);
    })
    .await;
}
