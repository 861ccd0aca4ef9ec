use db::params;

use super::*;
use crate::fixtures::{Stand, both, product, rows};

const ENABLED: i64 = 1;
const DISABLED: i64 = 2;

fn stock(qty: i64, is_in_stock: bool) -> Option<StockItem> {
    Some(StockItem {
        qty: Some(qty.into()),
        is_in_stock: Some(is_in_stock),
        ..StockItem::default()
    })
}

/// Quantity, whether in stock, since when it is low, changed by the system, whether the configuration decides.
type ItemRow = (Option<Decimal>, bool, Option<String>, i64, bool);

async fn items(cx: &mut Cx<'_>) -> Vec<ItemRow> {
    let sql = "SELECT qty, is_in_stock, low_stock_date, stock_status_changed_auto, use_config_manage_stock \
               FROM {cataloginventory_stock_item} ORDER BY product_id";
    rows(cx, sql).await
}

async fn sources(cx: &mut Cx<'_>) -> Vec<(String, Decimal, i64)> {
    let sql = "SELECT sku, quantity, status FROM {inventory_source_item} WHERE source_code = 'default' ORDER BY sku";
    rows(cx, sql).await
}

async fn statuses(cx: &mut Cx<'_>) -> Vec<(i64, Decimal, i64)> {
    let sql = "SELECT product_id, qty, stock_status FROM {cataloginventory_stock_status} ORDER BY product_id";
    rows(cx, sql).await
}

async fn saved(stand: &Stand, cx: &mut Cx<'_>, product: &ProductRow, is_new: bool, given: Option<StockItem>) {
    ProductStock
        .save(cx, &stand.scope, product, is_new, given)
        .await
        .unwrap();
}

/// The states are those that Magento left in the dump `populated`: `min1`, `s3`, `s9`, `x10`.
#[tokio::test]
async fn new_products_get_the_rows_that_magento_writes() {
    both(async |stand| {
        let mut cx = stand.cx();
        let bare = product(&mut cx, 1, "simple", ENABLED).await;
        let full = product(&mut cx, 2, "simple", ENABLED).await;
        let disabled = product(&mut cx, 3, "simple", DISABLED).await;
        let unknown = product(&mut cx, 4, "nosuch", ENABLED).await;
        saved(stand, &mut cx, &bare, true, None).await;
        saved(stand, &mut cx, &full, true, stock(103, true)).await;
        saved(stand, &mut cx, &disabled, true, stock(109, true)).await;
        saved(stand, &mut cx, &unknown, true, None).await;
        let number = Decimal::from;
        assert_eq!(
            items(&mut cx).await,
            [
                (None, false, None, 0, true),
                (Some(number(103)), true, None, 0, true),
                (Some(number(109)), true, None, 0, true),
                (Some(number(0)), false, None, 0, true),
            ]
        );
        assert_eq!(
            sources(&mut cx).await,
            [
                ("sku-1".to_owned(), number(0), 1),
                ("sku-2".to_owned(), number(103), 1),
                ("sku-3".to_owned(), number(109), 1),
            ]
        );
        assert_eq!(statuses(&mut cx).await, [(1, number(0), 0), (2, number(103), 1)]);
        let low: Vec<String> = rows(
            &mut cx,
            "SELECT sku FROM {inventory_low_stock_notification_configuration}",
        )
        .await;
        assert_eq!(low, ["sku-2", "sku-3"]);
    })
    .await;
}

#[tokio::test]
async fn a_later_save_without_quantity_or_with_none_left_closes_the_product() {
    both(async |stand| {
        let mut cx = stand.cx();
        let bare = product(&mut cx, 1, "simple", ENABLED).await;
        let sold = product(&mut cx, 2, "simple", ENABLED).await;
        saved(stand, &mut cx, &bare, true, None).await;
        saved(stand, &mut cx, &sold, true, stock(5, true)).await;
        saved(stand, &mut cx, &bare, false, None).await;
        saved(stand, &mut cx, &sold, false, stock(0, true)).await;
        let now = Some("2026-11-21 20:00:00".to_owned());
        let zero = Decimal::ZERO;
        assert_eq!(
            items(&mut cx).await,
            [
                (None, false, now.clone(), 0, true),
                (Some(zero), false, now, 1, true)
            ]
        );
        let expected = [("sku-1".to_owned(), zero, 0), ("sku-2".to_owned(), zero, 0)];
        assert_eq!(sources(&mut cx).await, expected);
        assert_eq!(statuses(&mut cx).await, [(1, zero, 0), (2, zero, 0)]);
    })
    .await;
}

#[tokio::test]
async fn what_the_configuration_decides_is_shown() {
    both(async |stand| {
        let mut cx = stand.cx();
        let simple = product(&mut cx, 1, "simple", ENABLED).await;
        let other = product(&mut cx, 2, "simple", ENABLED).await;
        saved(stand, &mut cx, &simple, true, stock(5, true)).await;
        let own = StockItem {
            use_config_max_sale_qty: Some(false),
            max_sale_qty: Some(7.into()),
            use_config_manage_stock: Some(false),
            manage_stock: Some(false),
            use_config_enable_qty_inc: Some(false),
            enable_qty_increments: Some(true),
            ..StockItem::default()
        };
        saved(stand, &mut cx, &other, true, Some(own)).await;
        let products = [simple, other];
        let before = cx.session().statements();
        let shown = ProductStock.load_many(&mut cx, &stand.scope, &products).await;
        assert_eq!(cx.session().statements() - before, 1);
        let shown = shown.unwrap();
        let (simple, other) = (&shown[&1], &shown[&2]);
        assert_eq!(simple.max_sale_qty, Some(10_000.into()));
        assert_eq!(
            (simple.manage_stock, simple.is_in_stock),
            (Some(true), Some(true))
        );
        assert_eq!(simple.qty_increments, Some(Decimal::ZERO));
        assert_eq!(other.max_sale_qty, Some(7.into()));
        assert_eq!(other.qty_increments, Some(Decimal::ONE));
        // Without stock keeping everything can be had, whatever the column says.
        assert_eq!((other.manage_stock, other.is_in_stock), (Some(false), Some(true)));
    })
    .await;
}

#[tokio::test]
async fn composite_products_follow_their_parts() {
    both(async |stand| {
        let mut cx = stand.cx();
        let red = product(&mut cx, 1, "simple", ENABLED).await;
        let blue = product(&mut cx, 2, "simple", DISABLED).await;
        let both = product(&mut cx, 3, "configurable", ENABLED).await;
        saved(stand, &mut cx, &red, true, stock(5, true)).await;
        saved(stand, &mut cx, &blue, true, stock(0, false)).await;
        for part in [1, 2] {
            let sql = "INSERT INTO {catalog_product_relation} (parent_id, child_id) VALUES (3, ?)";
            cx.session().execute(sql, params![part]).await.unwrap();
        }
        let sent = StockItem {
            is_in_stock: Some(true),
            ..StockItem::default()
        };
        saved(stand, &mut cx, &both, true, Some(sent)).await;
        assert_eq!(statuses(&mut cx).await[1], (3, Decimal::ZERO, 1));
        saved(stand, &mut cx, &red, false, stock(0, true)).await;
        assert_eq!(statuses(&mut cx).await[1], (3, Decimal::ZERO, 0));
        assert_eq!(
            items(&mut cx).await[2],
            (Some(Decimal::ZERO), false, None, 1, true)
        );
        let before = cx.session().statements();
        saved(stand, &mut cx, &red, false, stock(4, true)).await;
        assert!(cx.session().statements() - before <= 12);
        assert_eq!(statuses(&mut cx).await[1], (3, Decimal::ZERO, 1));
        assert!(items(&mut cx).await[2].1);
    })
    .await;
}

#[tokio::test]
async fn a_bundle_needs_one_part_of_each_required_option() {
    both(async |stand| {
        let mut cx = stand.cx();
        let left = product(&mut cx, 1, "simple", ENABLED).await;
        let right = product(&mut cx, 2, "simple", ENABLED).await;
        let bundle = product(&mut cx, 3, "bundle", ENABLED).await;
        saved(stand, &mut cx, &left, true, stock(5, true)).await;
        saved(stand, &mut cx, &right, true, stock(5, true)).await;
        for part in [1, 2] {
            for sql in [
                "INSERT INTO {catalog_product_relation} (parent_id, child_id) VALUES (3, ?)",
                "INSERT INTO {catalog_product_bundle_option} (option_id, parent_id, required) VALUES (?, 3, 1)",
            ] {
                cx.session().execute(sql, params![part]).await.unwrap();
            }
            let sql = "INSERT INTO {catalog_product_bundle_selection} (option_id, parent_product_id, product_id) \
                       VALUES (?, 3, ?)";
            cx.session().execute(sql, params![part, part]).await.unwrap();
        }
        let sent = StockItem {
            is_in_stock: Some(true),
            ..StockItem::default()
        };
        saved(stand, &mut cx, &bundle, true, Some(sent)).await;
        assert_eq!(statuses(&mut cx).await[2].2, 1);
        saved(stand, &mut cx, &left, false, stock(0, true)).await;
        assert_eq!(statuses(&mut cx).await[2].2, 0);
    })
    .await;
}

#[tokio::test]
async fn sources_follow_the_sku() {
    both(async |stand| {
        let mut cx = stand.cx();
        let simple = product(&mut cx, 1, "simple", ENABLED).await;
        saved(stand, &mut cx, &simple, true, stock(5, true)).await;
        ProductStock.rename(&mut cx, "sku-1", "SKU-1").await.unwrap();
        assert_eq!(sources(&mut cx).await, [("SKU-1".to_owned(), 5.into(), 1)]);
        ProductStock.rename(&mut cx, "SKU-1", "other").await.unwrap();
        assert_eq!(sources(&mut cx).await, [("other".to_owned(), 5.into(), 1)]);
        let renamed = ProductRow {
            sku: "other".to_owned(),
            ..simple
        };
        ProductStock.delete(&mut cx, &renamed).await.unwrap();
        assert_eq!(sources(&mut cx).await, []);
        assert_eq!(statuses(&mut cx).await, []);
    })
    .await;
}

#[tokio::test]
async fn items_of_others_and_impossible_numbers_are_refused() {
    both(async |stand| {
        let mut cx = stand.cx();
        let simple = product(&mut cx, 1, "simple", ENABLED).await;
        saved(stand, &mut cx, &simple, true, stock(5, true)).await;
        let item = StockItem::default;
        for (given, message) in [
            (
                StockItem {
                    stock_id: Some(2),
                    ..item()
                },
                "Invalid stock id: %1. Only default stock with id %2 allowed",
            ),
            (
                StockItem {
                    item_id: Some(0),
                    ..item()
                },
                "Invalid stock item id: %1. Should be null or numeric value greater than 0",
            ),
            (
                StockItem {
                    item_id: Some(99),
                    ..item()
                },
                "Invalid stock item id: %1. Assigned stock item id is %2",
            ),
            (
                StockItem {
                    qty: Some(100_000_000.into()),
                    ..item()
                },
                "The \"%fieldName\" value is out of range.",
            ),
            (
                StockItem {
                    backorders: Some(-1),
                    ..item()
                },
                "The \"%fieldName\" value is out of range.",
            ),
        ] {
            let error = ProductStock
                .save(&mut cx, &stand.scope, &simple, false, Some(given))
                .await
                .unwrap_err();
            assert_eq!(error.detail().message, message);
        }
    })
    .await;
}
