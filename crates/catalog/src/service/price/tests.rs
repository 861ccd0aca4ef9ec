use serde_json::{Value, json};

use super::*;
use crate::fixtures::{Stand, both, recorded};
use crate::repo::product::by_ids;

async fn products(stand: &Stand, count: usize) {
    let mut cx = stand.cx("all");
    for id in 1..=count {
        let sql = "INSERT INTO {catalog_product_entity} (entity_id, attribute_set_id, type_id, sku, updated_at) \
                   VALUES (?, 4, ?, ?, '2020-01-01 00:00:00')";
        let kind = if id == 3 { "grouped" } else { "simple" };
        let params = db::params![id as i64, kind, format!("s{id}")];
        cx.session().execute(sql, params).await.unwrap();
    }
    cx.session().commit().await.unwrap();
}

async fn call(stand: &Stand, operation: &'static Operation, input: Value) -> Value {
    stand.call(operation, "default", input).await.unwrap()
}

/// Rows `baseprices.*` of section `replay`.
#[tokio::test]
async fn base_prices_are_set_for_all_and_wrong_ones_are_told() {
    both(async |stand| {
        products(stand, 3).await;
        let told = call(stand, &base::UPDATE, json!({"prices": [
            {"price": 60.6, "store_id": 0, "sku": "s1"}, {"price": 1, "store_id": 0, "sku": "nosuch"},
            {"price": -1, "store_id": 0, "sku": "s1"}, {"price": 2, "store_id": 99, "sku": "s1"},
            {"price": 7, "store_id": 1, "sku": "S2"}, {"price": 7, "store_id": 0, "sku": "s3"},
        ]})).await;
        let invalid = "Invalid attribute %fieldName = %fieldValue.";
        assert_eq!(told, json!([
            {"message": invalid, "parameters": ["SKU", "nosuch"]},
            {"message": invalid, "parameters": ["Price", "-1"]},
            {"message": "Requested store is not found. Row ID: SKU = s1, Store ID: 99.", "parameters": ["s1", "99"]},
            {"message": invalid, "parameters": ["SKU", "s3"]},
        ]));
        // With global prices, those of a store view are those of all.
        let stored = call(stand, &base::GET, json!({"skus": ["s1", "s2", "s3", "nosuch"]})).await;
        assert_eq!(stored, json!([
            {"price": 60.6, "store_id": 0, "sku": "s1"}, {"price": 7, "store_id": 0, "sku": "s2"},
        ]));
        let row = by_ids(stand.cx("all").session(), &[1]).await.unwrap().remove(0);
        assert_eq!(row.updated_at, "2026-11-21 20:00:00");
    })
    .await;
}

#[tokio::test]
async fn a_price_that_does_not_fit_saves_none() {
    both(async |stand| {
        products(stand, 2).await;
        let prices = json!({"prices": [
            {"price": 5, "store_id": 0, "sku": "s1"}, {"price": 99_999_999_999_999_999_i64, "store_id": 0, "sku": "s2"},
        ]});
        let refused = stand.call(&base::UPDATE, "default", prices).await.unwrap_err();
        assert_eq!(refused.to_string(), "Could not save Prices.");
        assert_eq!(call(stand, &base::GET, json!({"skus": ["s1", "s2"]})).await, json!([]));
    })
    .await;
}

/// Rows `specialprice.*` of section `replay`.
#[tokio::test]
async fn special_prices_are_set_and_taken_away() {
    both(async |stand| {
        products(stand, 2).await;
        let good = json!({"price": 50, "store_id": 0, "sku": "s1", "price_from": "2026-01-01 00:00:00", "price_to": "2027-01-01 00:00:00"});
        let told = call(stand, &special::UPDATE, json!({"prices": [good,
            {"price": 5, "store_id": 0, "sku": "nosuch", "price_from": "bad", "price_to": "2027-01-01 00:00:00"},
            {"price": 5, "store_id": 1, "sku": "s2", "price_from": "2026-02-30 00:00:00", "price_to": "2027-01-01 00:00:00"},
        ]})).await;
        let row = |sku: &str, store: &str, from: &str| {
            format!("Row ID: SKU = {sku}, Store ID: {store}, Price From: {from}, Price To: 2027-01-01 00:00:00.")
        };
        let texts: Vec<&str> = told.as_array().unwrap().iter().map(|one| one["message"].as_str().unwrap()).collect();
        assert_eq!(texts, [
            format!("The product that was requested doesn't exist. Verify the product and try again. {}", row("nosuch", "0", "bad")),
            format!("Invalid attribute Price From = 2027-01-01 00:00:00. {}", row("nosuch", "0", "bad")),
            format!("Could not change non global Price when price scope is global. {}", row("s2", "1", "2026-02-30 00:00:00")),
            format!("Invalid attribute Price From = 2027-01-01 00:00:00. {}", row("s2", "1", "2026-02-30 00:00:00")),
        ]);
        assert_eq!(told[1]["parameters"], json!(["Price From", "nosuch", "0", "bad", "2027-01-01 00:00:00"]));
        let skus = json!({"skus": ["s1"]});
        assert_eq!(call(stand, &special::GET, skus.clone()).await, json!([good]));
        assert_eq!(call(stand, &special::DELETE, json!({"prices": [good]})).await, json!([]));
        assert_eq!(call(stand, &special::GET, skus).await, json!([]));
    })
    .await;
}

/// Rows `cost.*` of section `replay`.
#[tokio::test]
async fn costs_are_set_and_taken_away() {
    both(async |stand| {
        products(stand, 2).await;
        let told = call(stand, &cost::UPDATE, json!({"prices": [{"cost": 3.3, "store_id": 0, "sku": "s1"}, {"cost": -2.5, "store_id": 9, "sku": "s2"}]})).await;
        assert_eq!(told, json!([
            {"message": "Invalid attribute Cost = -2.5. Row ID: SKU = s2, Store ID: 9.", "parameters": ["-2.5", "s2", "9"]},
            {"message": "Requested store is not found. Row ID: SKU = s2, Store ID: 9.", "parameters": ["s2", "9"]},
        ]));
        let skus = json!({"skus": ["s1", "nosuch"]});
        assert_eq!(call(stand, &cost::GET, skus.clone()).await, json!([{"cost": 3.3, "store_id": 0, "sku": "s1"}]));
        assert_eq!(call(stand, &cost::DELETE, skus.clone()).await, json!(true));
        assert_eq!(call(stand, &cost::GET, skus).await, json!([]));
    })
    .await;
}

#[tokio::test]
async fn the_number_of_statements_does_not_depend_on_the_number_of_prices() {
    both(async |stand| {
        products(stand, 400).await;
        let mut counts = Vec::new();
        for count in [4, 400] {
            let prices = (1..=count).filter(|id| *id != 3);
            let prices = prices.map(|id| crate::data::price::BasePrice {
                price: Some(Decimal::from(id)),
                store_id: Some(0),
                sku: Some(format!("s{id}")),
                ..Default::default()
            });
            let mut cx = stand.cx("all");
            assert!(base::update(&mut cx, prices.collect()).await.unwrap().is_empty());
            counts.push(cx.session().statements());
        }
        assert_eq!(counts[0], counts[1]);
        assert!(counts[0] <= 4, "{counts:?}");
    })
    .await;
}

/// Row `baseprices.info.de` of section `ms-replay`: a price of a view goes to its whole website.
#[tokio::test]
async fn a_base_price_goes_to_all_views_of_the_website() {
    recorded("multistore", async |stand| {
        let prices = json!([{"price": 200, "store_id": 0, "sku": "ms-2"}, {"price": 201, "store_id": 2, "sku": "ms-2"}, {"price": 203, "store_id": 3, "sku": "ms-2"}]);
        call(stand, &base::UPDATE, json!({"prices": prices})).await;
        let stored = call(stand, &base::GET, json!({"skus": ["ms-2"]})).await;
        let stored: Vec<(i64, i64)> = stored.as_array().unwrap().iter()
            .map(|row| (row["store_id"].as_i64().unwrap(), row["price"].as_i64().unwrap())).collect();
        assert_eq!(stored, [(0, 200), (1, 201), (2, 201), (3, 203), (4, 203), (5, 201)]);
    })
    .await;
}
