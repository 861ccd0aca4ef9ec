use db::params;
use serde_json::json;

use super::*;
use crate::fixtures::both;

async fn sources(cx: &mut Cx<'_>) {
    for sql in [
        "INSERT INTO {inventory_source} (source_code, name, country_id, postcode, enabled) VALUES \
         ('far', 'Far', 'DE', '1', 1), ('near', 'Near', 'DE', '2', 1), ('closed', 'Closed', 'DE', '3', 0)",
        "INSERT INTO {inventory_stock} (stock_id, name) VALUES (2, 'Two')",
        "INSERT INTO {inventory_source_stock_link} (stock_id, source_code, priority) VALUES \
         (2, 'closed', 1), (2, 'near', 2), (2, 'far', 3)",
        "INSERT INTO {inventory_source_item} (source_code, sku, quantity, status) VALUES \
         ('far', 'a', '5.5', 1), ('near', 'a', '2.25', 1), ('closed', 'a', '100', 1), ('near', 'b', '9', 0), \
         ('far', 'b', '-1', 1), ('default', 'a', '7', 1)",
    ] {
        cx.session().execute(sql, params![]).await.unwrap();
    }
}

#[tokio::test]
async fn the_first_sources_give_what_they_offer() {
    both(async |stand| {
        let mut cx = stand.cx();
        sources(&mut cx).await;
        cx.session().commit().await.unwrap();
        let ask = |code: &str, items| json!({"inventoryRequest": {"stockId": 2, "items": items}, "algorithmCode": code});
        let item = |source: &str, sku: &str, taken: f64, there: f64| {
            json!({"source_code": source, "sku": sku, "qty_to_deduct": taken, "qty_available": there})
        };
        let wanted = json!([{"sku": "A", "qty": 3}, {"sku": "b", "qty": 1}]);
        let answer = stand.call(&EXECUTE, ask(PRIORITY, wanted)).await.unwrap();
        let expected = [item("near", "a", 2.25, 2.25), item("far", "a", 0.75, 5.5)];
        assert_eq!(answer["source_selection_items"][0], expected[0]);
        assert_eq!(answer["source_selection_items"][1], expected[1]);
        assert_eq!(answer["source_selection_items"][2]["qty_to_deduct"], 0);
        assert_eq!(answer["shippable"], false);
        let wanted = json!([{"sku": "a", "qty": 7.75}]);
        let answer = stand.call(&EXECUTE, ask(PRIORITY, wanted.clone())).await.unwrap();
        assert_eq!(answer["shippable"], true);
        let error = stand.call(&EXECUTE, ask(DISTANCE, wanted.clone())).await.unwrap_err();
        assert_eq!(error.to_string(), "No destination address was provided in the request");
        let error = stand.call(&EXECUTE, ask("nosuch", wanted)).await.unwrap_err();
        let text = "There is no such Source Selection Algorithm implemented: %1";
        assert_eq!(error.to_string(), text);
    })
    .await;
}
