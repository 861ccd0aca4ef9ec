use serde_json::{Value, json};

use super::*;
use crate::fixtures::{Stand, both, recorded};

async fn product(stand: &Stand) {
    let mut cx = stand.cx("all");
    for sql in [
        "INSERT INTO {catalog_product_entity} (entity_id, attribute_set_id, type_id, sku) VALUES (7, 4, 'simple', 's7')",
        "INSERT INTO {catalog_product_entity} (entity_id, attribute_set_id, type_id, sku) VALUES (8, 4, 'grouped', 'g8')",
        "INSERT INTO {catalog_product_entity_decimal} (entity_id, attribute_id, store_id, value) VALUES (7, 77, 0, '70.990000')",
    ] {
        cx.session().execute(sql, &[]).await.unwrap();
    }
    cx.session().commit().await.unwrap();
}

fn price(
    price: impl Into<Value>,
    kind: &str,
    website: i64,
    group: &str,
    quantity: impl Into<Value>,
) -> Value {
    json!({"price": price.into(), "price_type": kind, "website_id": website, "sku": "s7", "customer_group": group, "quantity": quantity.into()})
}

async fn send(stand: &Stand, operation: &'static Operation, prices: Value) -> Value {
    stand
        .call(operation, "default", json!({"prices": prices}))
        .await
        .unwrap()
}

async fn information(stand: &Stand) -> Value {
    stand
        .call(&storage::GET, "default", json!({"skus": ["s7", "nosuch"]}))
        .await
        .unwrap()
}

/// Rows `tierprices.*` and `product.get-tiers-2` of section `replay`.
#[tokio::test]
async fn storage_saves_what_is_right_and_tells_what_is_wrong() {
    both(async |stand| {
        product(stand).await;
        let good = json!([
            price(json!(7), "fixed", 0, "ALL GROUPS", json!(3)),
            price(json!(10), "discount", 0, "Wholesale", json!(4)),
        ]);
        assert_eq!(send(stand, &storage::UPDATE, good).await, json!([]));
        assert_eq!(information(stand).await, json!([
            {"price": 10, "price_type": "discount", "website_id": 0, "sku": "s7", "customer_group": "Wholesale", "quantity": 4},
            {"price": 7, "price_type": "fixed", "website_id": 0, "sku": "s7", "customer_group": "all groups", "quantity": 3},
        ]));
        let bad = send(stand, &storage::UPDATE, json!([price(json!(1), "bogus", 9, "NoGroup", json!(0))])).await;
        let row = "Row ID: SKU = %SKU, Website ID: %websiteId, Customer Group: %customerGroup, Quantity: %qty.";
        assert_eq!(bad[0]["message"], format!("Invalid attribute Price Type = %priceType. {row}"));
        assert_eq!(bad[0]["parameters"], json!(["bogus", "s7", "9", "NoGroup", "0"]));
        let others = ["Invalid attribute Quantity = %qty.", "Invalid attribute Website ID = %websiteId.",
            "No such entity with Customer Group = %customerGroup."];
        for (place, text) in others.into_iter().enumerate() {
            let expected = json!({"message": format!("{text} {row}"), "parameters": ["s7", "9", "NoGroup", "0"]});
            assert_eq!(bad[place + 1], expected);
        }
        let mut unknown = price(json!(1), "fixed", 0, "ALL GROUPS", json!(3));
        unknown["sku"] = json!("nosuch");
        let refused = stand.call(&storage::UPDATE, "default", json!({"prices": [unknown]})).await;
        assert_eq!(refused.unwrap_err().kind(), contract::Kind::NotFound);
        let mut cx = stand.cx("default");
        let products = repo::product::by_ids(cx.session(), &[7, 8]).await.unwrap();
        let (before, scope) = (cx.session().statements(), cx.scope().clone());
        let shown = load_many(&mut cx, &scope, &products).await.unwrap();
        assert_eq!(cx.session().statements() - before, 1);
        assert_eq!(shown[&7][1].value.unwrap().normalize().to_string(), "63.891");
        assert_eq!(shown[&7][1].extension_attributes.0.percentage_value.unwrap().to_string(), "10.00");
        drop(cx);
        let gone = send(stand, &storage::DELETE, json!([price(json!(7), "fixed", 0, "ALL GROUPS", json!(3))])).await;
        assert_eq!(gone, json!([]));
        assert_eq!(information(stand).await.as_array().unwrap().len(), 1);
        let new = json!([price(json!("6.5"), "fixed", 0, "general", json!(2)), price(json!(5), "fixed", 0, "General", json!("2.0"))]);
        let twice = send(stand, &storage::REPLACE, new).await;
        assert_eq!(twice.as_array().unwrap().len(), 2);
        let one = json!([price(json!("6.5"), "fixed", 0, "general", json!(2))]);
        assert_eq!(send(stand, &storage::REPLACE, one).await, json!([]));
        assert_eq!(information(stand).await[0]["customer_group"], "General");
    })
    .await;
}

/// Rows `tier.*` of section `replay`.
#[tokio::test]
async fn one_group_s_prices_are_set_listed_and_removed() {
    both(async |stand| {
        product(stand).await;
        let input = |group: &str, qty: Value, price: Value| {
            json!({"sku": "s7", "customerGroupId": group, "qty": qty, "price": price})
        };
        for (group, qty, price) in [("all", json!("5"), json!("9")), ("1", json!("2"), json!("8.5")), ("1", json!("2"), json!("8"))] {
            let made = stand.call(&group_price::ADD, "default", input(group, qty, price)).await;
            assert_eq!(made.unwrap(), json!(true));
        }
        let list = async |group: &str| {
            stand.call(&group_price::GET_LIST, "default", json!({"sku": "s7", "customerGroupId": group})).await.unwrap()
        };
        assert_eq!(list("all").await, json!([{"customer_group_id": 32000, "qty": 5, "value": 9}]));
        let stored = repo::tier_price::all(stand.cx("all").session(), &[7]).await.unwrap();
        assert!(stored.iter().all(|row| row.website_id == 0), "{stored:?}");
        assert_eq!(list("1").await, json!([{"customer_group_id": 1, "qty": 2, "value": 8}]));
        assert_eq!(list("0").await, json!([]));
        let invalid = "The data was invalid. Verify the data and try again.";
        for (group, qty, price, text) in [
            ("all", "5", "-1", invalid),
            ("all", "0", "1", invalid),
            ("99", "5", "9", "The group price couldn't be saved."),
            ("x", "5", "9", "The group price couldn't be saved."),
            ("all", "99999999999", "9", "The group price couldn't be saved."),
        ] {
            let refused = stand.call(&group_price::ADD, "default", input(group, json!(qty), json!(price))).await;
            assert_eq!(refused.unwrap_err().to_string(), text);
        }
        let key = json!({"sku": "s7", "customerGroupId": "1", "qty": "2"});
        assert_eq!(stand.call(&group_price::REMOVE, "default", key.clone()).await.unwrap(), json!(true));
        let refused = stand.call(&group_price::REMOVE, "default", key).await.unwrap_err();
        assert_eq!(refused.kind(), contract::Kind::NotFound);
        assert_eq!(list("1").await, json!([]));
    })
    .await;
}

fn given(group: i64, qty: i64, value: i64, website_id: Option<i64>) -> TierPrice {
    TierPrice {
        customer_group_id: Some(group),
        qty: Some(Decimal::from(qty)),
        value: Some(Decimal::from(value)),
        extension_attributes: Extension(TierPriceExtension {
            percentage_value: None,
            website_id,
        }),
    }
}

#[tokio::test]
async fn the_save_of_a_product_replaces_its_prices_or_none() {
    both(async |stand| {
        product(stand).await;
        let mut cx = stand.cx("default");
        let scope = cx.scope().clone();
        let product = repo::product::by_ids(cx.session(), &[7]).await.unwrap().remove(0);
        let all = ALL_GROUPS;
        replace(
            &mut cx,
            &scope,
            &product,
            true,
            vec![given(all, 2, 9, None), given(1, 2, 8, None)],
        )
        .await
        .unwrap();
        replace(&mut cx, &scope, &product, false, vec![given(1, 2, 7, None)])
            .await
            .unwrap();
        for (prices, text) in [
            (
                vec![given(1, 2, 7, None), given(1, 2, 6, None)],
                "We found a duplicate website, tier price, customer group and quantity.",
            ),
            (
                vec![given(1, 2, -7, None)],
                "Group price must be a number greater than 0.",
            ),
            (
                vec![given(99, 2, 7, None)],
                "The product was unable to be saved. Please try again.",
            ),
            (
                vec![given(1, 2, 7, Some(77))],
                "The product was unable to be saved. Please try again.",
            ),
        ] {
            let refused = replace(&mut cx, &scope, &product, false, prices)
                .await
                .unwrap_err();
            assert_eq!(refused.to_string(), text);
        }
        let shown = load_many(&mut cx, &scope, &[product]).await.unwrap();
        let shown: Vec<_> = shown[&7]
            .iter()
            .map(|price| (price.customer_group_id, price.value))
            .collect();
        assert_eq!(shown, [(Some(1), Some(Decimal::new(7_000_000, 6)))]);
    })
    .await;
}

/// Rows `ms0002` to `ms0005` of section `ms-get`: the price for all websites in each scope.
#[tokio::test]
async fn a_price_for_all_websites_is_shown_in_the_website_s_currency() {
    recorded("multistore", async |stand| {
        for (store, expected) in [("all", ("55", 0)), ("de", ("55", 1)), ("eu_fr", ("49.5", 2))] {
            let mut cx = stand.cx(store);
            let scope = cx.scope().clone();
            let product = repo::product::by_ids(cx.session(), &[1]).await.unwrap();
            let shown = load_many(&mut cx, &scope, &product).await.unwrap();
            let price = shown[&1]
                .iter()
                .find(|price| price.customer_group_id == Some(ALL_GROUPS))
                .unwrap();
            let website = price.extension_attributes.0.website_id.unwrap();
            assert_eq!(
                (price.value.unwrap().normalize().to_string().as_str(), website),
                expected,
                "{store}"
            );
        }
    })
    .await;
}
