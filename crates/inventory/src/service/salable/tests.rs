use catalog::data::stock_item::StockItem;
use catalog::port::Stock as _;
use contract::Kind;
use db::params;
use serde_json::{Value, json};

use super::*;
use crate::fixtures::{Stand, both, product};
use crate::service::product_stock::ProductStock;

/// A product with ten pieces in the default stock, and what else its stock item says.
async fn ten(stand: &Stand, cx: &mut Cx<'_>, id: i64, item: StockItem) {
    let product = product(cx, id, "simple", 1).await;
    let item = StockItem {
        qty: Some(10.into()),
        is_in_stock: Some(true),
        ..item
    };
    ProductStock
        .save(cx, &stand.scope, &product, true, Some(item))
        .await
        .unwrap();
}

async fn run(cx: &mut Cx<'_>, sql: &str) {
    cx.session().execute(sql, params![]).await.unwrap();
}

async fn reserve(cx: &mut Cx<'_>, sku: &str, quantity: &str) {
    let sql = "INSERT INTO {inventory_reservation} (stock_id, sku, quantity) VALUES (1, ?, ?)";
    cx.session().execute(sql, params![sku, quantity]).await.unwrap();
}

async fn codes(cx: &mut Cx<'_>, id: i64, qty: &str) -> Vec<String> {
    let sku = format!("sku-{id}");
    let facts = Facts::load(cx, 1, &[&sku]).await.unwrap();
    let errors = facts.objections(&sku, qty.parse().unwrap()).unwrap();
    errors.into_iter().map(|error| error.code).collect()
}

/// What is missing when there is not enough (golden `inv.salable-for-qty-toomuch`).
const TOO_MUCH: [&str; 3] = [
    "back_order-disabled",
    "manage_stock-enabled",
    "is_salable_with_reservations-not_enough_qty",
];

#[tokio::test]
async fn promises_and_what_must_be_left_are_taken_off_exactly() {
    both(async |stand| {
        let mut cx = stand.cx();
        let own = StockItem {
            use_config_min_qty: Some(false),
            min_qty: Some(2.into()),
            ..StockItem::default()
        };
        ten(stand, &mut cx, 1, own).await;
        for quantity in ["-4.2500", "-0.0001", "0.0001"] {
            reserve(&mut cx, "sku-1", quantity).await;
        }
        let facts = Facts::load(&mut cx, 1, &["sku-1"]).await.unwrap();
        assert_eq!(facts.quantity("sku-1").unwrap(), Decimal::new(375, 2));
        assert!(facts.is_salable("sku-1").unwrap());
        assert_eq!(codes(&mut cx, 1, "3").await, [""; 0]);
        assert_eq!(codes(&mut cx, 1, "4").await, TOO_MUCH);
        reserve(&mut cx, "sku-1", "-4").await;
        let facts = Facts::load(&mut cx, 1, &["sku-1"]).await.unwrap();
        assert_eq!(facts.quantity("sku-1").unwrap(), Decimal::new(-25, 2));
        assert!(!facts.is_salable("sku-1").unwrap());
    })
    .await;
}

#[tokio::test]
async fn each_condition_has_its_code() {
    both(async |stand| {
        let mut cx = stand.cx();
        let steps = StockItem {
            use_config_min_sale_qty: Some(0),
            min_sale_qty: Some(2.into()),
            use_config_max_sale_qty: Some(false),
            max_sale_qty: Some(8.into()),
            use_config_enable_qty_inc: Some(false),
            enable_qty_increments: Some(true),
            use_config_qty_increments: Some(false),
            qty_increments: Some(2.into()),
            ..StockItem::default()
        };
        ten(stand, &mut cx, 1, steps).await;
        for (qty, code) in [
            ("1", "is_correct_qty-min_sale_qty"),
            ("9", "is_correct_qty-max_sale_qty"),
            ("3", "is_correct_qty-qty_increment"),
        ] {
            assert_eq!(codes(&mut cx, 1, qty).await, [code]);
        }
        assert_eq!(codes(&mut cx, 1, "4").await, [""; 0]);

        ten(stand, &mut cx, 2, StockItem::default()).await;
        assert_eq!(codes(&mut cx, 2, "1.5").await, ["is_correct_qty-is_qty_decimal"]);
        run(
            &mut cx,
            "UPDATE {inventory_source_item} SET status = 0 WHERE sku = 'sku-2'",
        )
        .await;
        let none = "is_any_source_item_in_stock-no_source_items_in_stock";
        assert_eq!(
            codes(&mut cx, 2, "0.5").await,
            ["is_correct_qty-min_sale_qty", none]
        );

        let ordered = StockItem {
            use_config_backorders: Some(false),
            backorders: Some(1),
            ..StockItem::default()
        };
        ten(stand, &mut cx, 3, ordered).await;
        assert_eq!(codes(&mut cx, 3, "500").await, [""; 0]);
        let endless = StockItem {
            use_config_manage_stock: Some(false),
            manage_stock: Some(false),
            ..StockItem::default()
        };
        ten(stand, &mut cx, 4, endless).await;
        assert_eq!(codes(&mut cx, 4, "500").await, [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn a_stock_without_index_and_products_that_are_not_there_have_their_errors() {
    both(async |stand| {
        let mut cx = stand.cx();
        ten(stand, &mut cx, 1, StockItem::default()).await;
        let group = product(&mut cx, 2, "grouped", 1).await;
        ProductStock
            .save(&mut cx, &stand.scope, &group, true, None)
            .await
            .unwrap();
        let facts = Facts::load(&mut cx, 99, &["sku-1", "sku-2", "nosuch"])
            .await
            .unwrap();
        let error = facts.quantity("sku-1").unwrap_err();
        assert_eq!(error.to_string(), "Could not receive Stock Item data");
        let error = facts.quantity("sku-2").unwrap_err();
        assert_eq!(
            error.to_string(),
            "Can't check requested quantity for products without Source Items support."
        );
        assert_eq!(facts.quantity("nosuch").unwrap_err().kind(), Kind::NotFound);
        assert!(!facts.is_salable("sku-1").unwrap());
        assert!(!facts.is_salable("nosuch").unwrap());
        let assigned = facts.objections("sku-1", Decimal::ONE).unwrap();
        assert_eq!(assigned[0].code, "requested-sku-is-not-assigned-to-given-stock");
        // Other spellings are other products (Magento looks types up by SKU as stored).
        let facts = Facts::load(&mut cx, 1, &["SKU-1"]).await.unwrap();
        assert!(!facts.is_salable("SKU-1").unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_bundle_is_sold_while_each_required_option_has_something_to_sell() {
    both(async |stand| {
        let mut cx = stand.cx();
        ten(stand, &mut cx, 1, StockItem::default()).await;
        ten(stand, &mut cx, 2, StockItem::default()).await;
        let bundle = product(&mut cx, 3, "bundle", 1).await;
        for sql in [
            "INSERT INTO {catalog_product_relation} (parent_id, child_id) VALUES (3, 1), (3, 2)",
            "INSERT INTO {catalog_product_bundle_option} (option_id, parent_id, required) VALUES (1, 3, 1), (2, 3, 1)",
            "INSERT INTO {catalog_product_bundle_selection} (option_id, parent_product_id, product_id) \
             VALUES (1, 3, 1), (2, 3, 2)",
        ] {
            run(&mut cx, sql).await;
        }
        let item = StockItem {
            is_in_stock: Some(true),
            ..StockItem::default()
        };
        ProductStock
            .save(&mut cx, &stand.scope, &bundle, true, Some(item))
            .await
            .unwrap();
        let facts = Facts::load(&mut cx, 1, &["sku-3"]).await.unwrap();
        assert!(facts.is_salable("sku-3").unwrap());
        reserve(&mut cx, "sku-2", "-10").await;
        let facts = Facts::load(&mut cx, 1, &["sku-3"]).await.unwrap();
        assert!(!facts.is_salable("sku-3").unwrap());
    })
    .await;
}

#[tokio::test]
async fn many_products_take_as_many_statements_as_one() {
    both(async |stand| {
        let mut cx = stand.cx();
        for id in 1..=30 {
            ten(stand, &mut cx, id, StockItem::default()).await;
        }
        let skus: Vec<String> = (1..=30).map(|id| format!("sku-{id}")).collect();
        let skus: Vec<&str> = skus.iter().map(String::as_str).collect();
        let mut counts = Vec::new();
        for skus in [&skus[..1], &skus[..]] {
            let before = cx.session().statements();
            Facts::load(&mut cx, 1, skus).await.unwrap();
            counts.push(cx.session().statements() - before);
        }
        assert_eq!(counts[0], counts[1]);
        cx.session().commit().await.unwrap();
        let asked = json!({"skus": ["sku-2", "nosuch"], "stockId": 1});
        let answer: Value = stand.call(&list::ARE_PRODUCTS_SALABLE, asked).await.unwrap();
        let expected = json!([
            {"sku": "sku-2", "stock_id": 1, "salable": true},
            {"sku": "nosuch", "stock_id": 1, "salable": false},
        ]);
        assert_eq!(answer, expected);
    })
    .await;
}
