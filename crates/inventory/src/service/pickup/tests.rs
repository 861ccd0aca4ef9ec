use db::params;
use serde_json::{Value, json};

use super::*;
use crate::fixtures::both;

async fn places(cx: &mut Cx<'_>) {
    for sql in [
        "INSERT INTO {inventory_source} (source_code, name, country_id, postcode, enabled, \
         is_pickup_location_active, frontend_name, city) VALUES \
         ('north', 'North', 'DE', '1', 1, 1, 'A shop', 'Kiel'), ('south', 'South', 'AT', '2', 1, 1, 'B shop', 'Graz'), \
         ('closed', 'Closed', 'DE', '3', 0, 1, 'C', ''), ('store', 'Store', 'DE', '3', 1, 0, 'D', '')",
        "INSERT INTO {inventory_source_stock_link} (stock_id, source_code, priority) VALUES \
         (1, 'north', 1), (1, 'south', 2), (1, 'closed', 3), (1, 'store', 4)",
        "INSERT INTO {inventory_source_item} (source_code, sku, quantity, status) VALUES \
         ('north', 'a', '1', 1), ('north', 'b', '0', 0), ('south', 'a', '1', 1)",
    ] {
        cx.session().execute(sql, params![]).await.unwrap();
    }
}

fn codes(answer: &Value) -> Vec<&str> {
    let items = answer["items"].as_array().unwrap();
    items
        .iter()
        .map(|item| item["pickup_location_code"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn open_places_of_the_channels_stock_are_found() {
    both(async |stand| {
        let mut cx = stand.cx();
        places(&mut cx).await;
        cx.session().commit().await.unwrap();
        let find = async |request: Value| stand.call(&EXECUTE, json!({"searchRequest": request})).await;
        let by_name = json!([{"field": "name", "direction": "DESC"}]);
        let answer = find(json!({"scopeCode": "base", "sort": by_name})).await.unwrap();
        assert_eq!(codes(&answer), ["south", "north"]);
        let expected = json!({"pickup_location_code": "north", "name": "A shop", "country_id": "DE", "city": "Kiel", "postcode": "1"});
        assert_eq!(answer["items"][1], expected);
        let answer = find(json!({"scopeCode": "base", "pageSize": 1, "currentPage": 2})).await.unwrap();
        assert_eq!((codes(&answer), &answer["total_count"]), (vec!["south"], &json!(2)));
        let filters = json!({"country": {"value": "DE,AT", "conditionType": "in"}, "city": {"value": "Graz"}});
        let answer = find(json!({"scopeCode": "base", "filters": filters})).await.unwrap();
        assert_eq!(codes(&answer), ["south"]);
        assert_eq!(
            answer["search_request"]["filters"]["city"],
            json!({"value": "Graz", "condition_type": "eq"})
        );
        let products = json!({"productsInfo": [{"sku": "a"}, {"sku": "b"}]});
        let answer = find(json!({"scopeCode": "base", "extensionAttributes": products})).await.unwrap();
        assert_eq!(codes(&answer), ["north"]);
        // Nobody can tell where that is.
        let area = json!({"radius": 100, "searchTerm": "Kiel:DE"});
        let answer = find(json!({"scopeCode": "base", "area": area})).await.unwrap();
        assert_eq!(codes(&answer), [""; 0]);
        let error = find(json!({"scopeCode": "nosuch"})).await.unwrap_err();
        assert_eq!(error.to_string(), "No linked stock found");
        let error = find(json!({})).await.unwrap_err();
        assert_eq!(error.to_string(), "\"%fieldName\" is required. Enter and try again.");
    })
    .await;
}
