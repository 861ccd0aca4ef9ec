use serde_json::{Value, json};

use super::*;
use crate::fixtures::{Stand, both, recorded};

async fn products(stand: &Stand) {
    let mut cx = stand.cx("all");
    for id in 1..=3_i64 {
        for sql in [
            "INSERT INTO {catalog_product_entity} (entity_id, attribute_set_id, type_id, sku) VALUES (?, 4, 'simple', ?)",
            "INSERT INTO {catalog_product_entity_varchar} (entity_id, attribute_id, store_id, value) VALUES (?, 73, 0, ?)",
        ] {
            let params = db::params![id, format!("s{id}")];
            cx.session().execute(sql, params).await.unwrap();
        }
        let sql = "INSERT INTO {catalog_product_entity_int} (entity_id, attribute_id, store_id, value) \
                   SELECT ?, attribute_id, 0, 1 FROM {eav_attribute} \
                   WHERE entity_type_id = 4 AND attribute_code IN ('status', 'visibility')";
        cx.session().execute(sql, db::params![id]).await.unwrap();
    }
    for id in 1..=2_i64 {
        let sql = "INSERT INTO {catalog_product_index_price} (entity_id, customer_group_id, website_id, tax_class_id, \
                   price, final_price, min_price, max_price) VALUES (?, 0, 1, 0, '12.500000', '10.000000', '10.000000', '10.000000')";
        cx.session().execute(sql, db::params![id]).await.unwrap();
    }
    cx.session().commit().await.unwrap();
}

fn input(criteria: &Value, store_id: i64) -> Value {
    json!({"searchCriteria": criteria, "storeId": store_id, "currencyCode": "USD", "%request_target%": "/rest/V1/x?a=1"})
}

#[tokio::test]
async fn products_with_a_price_are_shown_in_a_fixed_number_of_statements() {
    both(async |stand| {
        products(stand).await;
        let shown = stand
            .call(&GET_LIST, "default", input(&json!({}), 1))
            .await
            .unwrap();
        let items = shown["items"].as_array().unwrap();
        assert_eq!(items.len(), 2);
        assert_eq!(
            (&items[0]["name"], &items[0]["price_info"]["regular_price"]),
            (&json!("s1"), &json!(12.5))
        );
        assert_eq!(
            items[0]["price_info"]["formatted_prices"]["final_price"],
            "<span class=\"price\">$10.00</span>"
        );
        let button: Value =
            serde_json::from_str(items[0]["add_to_compare_button"]["url"].as_str().unwrap()).unwrap();
        assert_eq!(button["data"]["uenc"], "aHR0cDovLzEyNy4wLjAuMS9yZXN0L1YxL3g_YT0x");
        let missing = stand
            .call(&GET_LIST, "default", input(&json!({}), 9))
            .await
            .unwrap_err();
        assert_eq!(missing.kind(), contract::Kind::NotFound);
        let mut counts = Vec::new();
        for size in [1, 2] {
            let mut cx = stand.cx("default");
            let criteria = SearchCriteria {
                page_size: contract::search::PageSize(Some(size)),
                ..SearchCriteria::default()
            };
            let shown = get_list(&mut cx, criteria, 1, "USD".to_owned(), None)
                .await
                .unwrap();
            assert_eq!(i64::try_from(shown.items.len()), Ok(size));
            counts.push(cx.session().statements());
        }
        assert_eq!(counts[0], counts[1]);
        assert!(counts[0] <= 9, "{counts:?}");
    })
    .await;
}

/// Row `ms1350` of section `ms-get`: prices are converted to the currency of the store view, and written in the
/// one that was asked for.
#[tokio::test]
async fn prices_are_those_of_the_store_view() {
    recorded("multistore", async |stand| {
        let criteria = json!({"filterGroups": [{"filters": [{"field": "sku", "value": "ms-4"}]}]});
        let shown = stand
            .call(&GET_LIST, "default", input(&criteria, 2))
            .await
            .unwrap();
        let prices = &shown["items"][0]["price_info"];
        assert_eq!(prices["final_price"], 40);
        assert_eq!(
            prices["formatted_prices"]["final_price"],
            "<span class=\"price\">$40.00</span>"
        );
        assert_eq!(shown["items"][0]["url"], "http://127.0.0.1:8080/de/ms-4.htm");
    })
    .await;
}
