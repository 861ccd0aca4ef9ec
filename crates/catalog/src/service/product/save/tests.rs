use contract::{BindCx, Kind, WireValue as _};
use db::params;
use serde_json::{Value, json};

use super::sent::Sent;
use super::*;
use crate::fixtures::{Stand, both, recorded};
use crate::service::option;

async fn create(stand: &Stand, store: &str, product: Value) -> Result<Value> {
    stand
        .call(&post::SAVE, store, json!({ "product": product }))
        .await
}

/// Puts a product; the path's SKU is in the body, as the surface puts it there.
async fn put(stand: &Stand, store: &str, sku: &str, mut product: Value) -> Result<Value> {
    product["sku"] = json!(sku);
    stand.call(&put::SAVE, store, json!({ "product": product })).await
}

async fn rows(stand: &Stand, sql: &str) -> Vec<String> {
    let mut cx = stand.cx("all");
    cx.session().fetch_all(sql, params![]).await.unwrap()
}

fn simple(sku: &str, name: &str) -> Value {
    json!({ "sku": sku, "name": name, "attribute_set_id": 4, "price": 10 })
}

async fn message(stand: &Stand, product: Value) -> String {
    let error = create(stand, "default", product).await.unwrap_err();
    assert_eq!(error.kind(), Kind::Invalid);
    error.detail().message.to_string()
}

#[tokio::test]
async fn a_new_product_gets_default_values_a_url_and_the_websites_of_the_path() {
    both(async |stand| {
        let product = create(stand, "default", simple(" one ", "Größe & Co"))
            .await
            .unwrap();
        assert_eq!(product["sku"], "one");
        let values = "SELECT v.value FROM {catalog_product_entity_varchar} v ORDER BY v.attribute_id";
        assert_eq!(
            rows(stand, values).await,
            ["Größe & Co", "container2", "grosse-co", "0"]
        );
        let urls = "SELECT request_path FROM {url_rewrite} WHERE entity_type = 'product'";
        assert_eq!(rows(stand, urls).await, ["grosse-co.html"]);
        let websites = "SELECT CAST(website_id AS CHAR) FROM {catalog_product_website}";
        assert_eq!(rows(stand, websites).await, ["1"]);
        let prices = "SELECT CAST(min_price AS CHAR) FROM {catalog_product_index_price}";
        assert_eq!(rows(stand, prices).await, ["10.000000"; 4]);
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_is_refused_and_nothing_is_written() {
    both(async |stand| {
        create(stand, "default", simple("one", "One")).await.unwrap();
        let taken = message(stand, simple("two", "One")).await;
        assert_eq!(taken, "URL key for specified store already exists.");
        let nameless = json!({ "sku": "x", "attribute_set_id": 4, "price": 1 });
        let empty = "The \"Product Name\" attribute value is empty. Set the attribute and try again.";
        assert_eq!(message(stand, nameless).await, empty);
        assert_eq!(message(stand, simple("x", "")).await, empty);
        let long = "y".repeat(65);
        assert_eq!(
            message(stand, simple(&long, "Long")).await,
            "SKU length should be 64 characters maximum."
        );
        let mut product = simple("x", "X");
        product["attribute_set_id"] = json!(3);
        assert_eq!(message(stand, product).await, "Invalid product data: %1");
        let mut product = simple("x", "X");
        product["extension_attributes"] = json!({ "website_ids": [99] });
        assert_eq!(
            message(stand, product).await,
            "The product was unable to be saved. Please try again."
        );
        let mut product = simple("x", "X");
        product["custom_attributes"] = json!([{ "attribute_code": "news_from_date", "value": "soon" }]);
        assert_eq!(message(stand, product).await, "Invalid date");
        let skus = "SELECT sku FROM {catalog_product_entity}";
        assert_eq!(rows(stand, skus).await, ["one"]);
    })
    .await;
}

#[tokio::test]
async fn a_store_view_takes_what_is_sent_and_null_gives_the_default_back() {
    both(async |stand| {
        create(stand, "all", simple("one", "One")).await.unwrap();
        put(stand, "default", "one", json!({ "name": "Eins" })).await.unwrap();
        let names = "SELECT value FROM {catalog_product_entity_varchar} WHERE attribute_id = \
                     (SELECT attribute_id FROM {eav_attribute} WHERE attribute_code = 'name' AND entity_type_id = 4) \
                     ORDER BY store_id";
        assert_eq!(rows(stand, names).await, ["One", "Eins"]);
        put(stand, "default", "one", json!({ "name": null })).await.unwrap();
        assert_eq!(rows(stand, names).await, ["One"]);
        put(stand, "default", "one", json!({ "name": "One" })).await.unwrap();
        assert_eq!(rows(stand, names).await, ["One"], "the same text as the default");
        let error = put(stand, "all", "one", json!({ "name": null })).await.unwrap_err();
        assert_eq!(error.kind(), Kind::Invalid);
    })
    .await;
}

#[tokio::test]
async fn a_new_url_key_moves_the_product_and_keeps_a_redirect_on_request() {
    both(async |stand| {
        create(stand, "all", simple("one", "One")).await.unwrap();
        let key = |value: &str| json!({ "attribute_code": "url_key", "value": value });
        put(stand, "all", "one", json!({ "custom_attributes": [key("Uno")] }))
            .await
            .unwrap();
        let urls =
            "SELECT request_path FROM {url_rewrite} WHERE entity_type = 'product' ORDER BY url_rewrite_id";
        assert_eq!(rows(stand, urls).await, ["uno.html"]);
        let history = json!({ "attribute_code": "save_rewrites_history", "value": "1" });
        put(
            stand,
            "all",
            "one",
            json!({ "custom_attributes": [key("due"), history] }),
        )
        .await
        .unwrap();
        assert_eq!(rows(stand, urls).await, ["due.html", "uno.html"]);
        put(stand, "all", "one", json!({ "visibility": 1 }))
            .await
            .unwrap();
        assert!(rows(stand, urls).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn an_answer_leaves_out_empty_lists_only_when_the_body_names_the_sku() {
    both(async |stand| {
        let created = create(stand, "default", simple("one", "One")).await.unwrap();
        assert!(created.get("tier_prices").is_none() && created.get("product_links").is_none());
        let put = put(stand, "default", "one", json!({ "price": 5 })).await.unwrap();
        assert_eq!(put["tier_prices"], json!([]));
        let first = json!({ "product": { "sku": "one", "price": 5 } });
        let put = stand.call(&put::SAVE, "default", first).await.unwrap();
        assert!(put.get("tier_prices").is_none());
    })
    .await;
}

#[tokio::test]
async fn a_save_takes_a_bounded_number_of_statements() {
    both(async |stand| {
        let mut product = simple("one", "One");
        product["weight"] = json!(1);
        product["custom_attributes"] = json!([
            { "attribute_code": "description", "value": "<p>Text</p>" },
            { "attribute_code": "special_price", "value": "5" },
        ]);
        product["extension_attributes"] =
            json!({ "category_links": [{ "category_id": "2", "position": 1 }] });
        for _ in 0..2 {
            let mut cx = stand.cx("default");
            let sent = Sent::bind(product.clone(), &BindCx::default()).unwrap();
            save(&mut cx, sent, false).await.unwrap();
            // The stock takes up to eight more, which makes 40.
            let statements = cx.session().statements();
            println!("STATEMENTS {statements}");
            assert!(statements <= 34, "{statements}");
            cx.session().commit().await.unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn values_of_websites_go_to_all_their_views() {
    recorded("multistore", async |stand| {
        put(stand, "eu_fr", "ms-2", json!({ "price": 7, "status": 2 }))
            .await
            .unwrap();
        let prices = "SELECT CAST(v.value AS CHAR) FROM {catalog_product_entity_decimal} v \
                      INNER JOIN {catalog_product_entity} e ON e.entity_id = v.entity_id \
                      WHERE e.sku = 'ms-2' AND v.attribute_id = 77 AND v.store_id IN (3, 4)";
        assert_eq!(rows(stand, prices).await, ["7.000000"; 2]);
        let dropped = json!({ "custom_attributes": [{ "attribute_code": "ms_priceg", "value": "3" }] });
        put(stand, "de", "ms-2", dropped).await.unwrap();
        let global = "SELECT CAST(value AS CHAR) FROM {catalog_product_entity_decimal} \
                      WHERE attribute_id = 153 AND entity_id = 2";
        assert!(rows(stand, global).await.is_empty());
        let unique = json!({ "custom_attributes": [{ "attribute_code": "ms_uniq", "value": "u1de" }] });
        let error = put(stand, "eu_en", "ms-4", unique).await.unwrap_err();
        assert_eq!(
            error.detail().message,
            "The value of the \"Uniq S\" attribute isn't unique. Set a unique value and try again."
        );
    })
    .await;
}

/// Rows of the price index stay as they are, change or go with what they are made from.
#[tokio::test]
async fn indexed_prices_follow_saves_and_options() {
    both(async |stand| {
        create(stand, "all", simple("one", "One")).await.unwrap();
        let sql = "SELECT CAST(min_price AS CHAR) FROM {catalog_product_index_price}";
        for (change, prices) in [
            (json!({ "name": "Other" }), &["10.000000"; 4][..]),
            (json!({ "price": 12.5 }), &["12.500000"; 4]),
            (json!({ "status": 2 }), &[]),
            (json!({ "status": 1 }), &["12.500000"; 4]),
        ] {
            put(stand, "all", "one", change).await.unwrap();
            assert_eq!(rows(stand, sql).await, prices);
        }
        let option = json!({ "product_sku": "one", "title": "Wrap", "type": "field", "sort_order": 1,
            "is_require": true, "price": 3, "price_type": "fixed" });
        let option = stand
            .call(&option::SAVE, "all", json!({ "option": option }))
            .await
            .unwrap();
        assert_eq!(rows(stand, sql).await, ["15.500000"; 4]);
        let id = &option["option_id"];
        let input = json!({ "sku": "one", "option_id": id });
        stand
            .call(&option::DELETE_BY_IDENTIFIER, "all", input)
            .await
            .unwrap();
        assert_eq!(rows(stand, sql).await, ["12.500000"; 4]);
    })
    .await;
}
