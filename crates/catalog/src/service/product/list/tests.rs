//! Searches for products, on both engines and on recorded databases.

use serde_json::{Value, json};

use super::GET_LIST;
use crate::fixtures::{Stand, both, recorded};
use crate::service::product::get::GET;
use crate::service::product::save::post;

/// SKUs a … g with names, prices and types that tell them apart.
const PRODUCTS: &[(&str, &str, &str, &str)] = &[
    ("a", "Anvil", "10", "simple"),
    ("b", "Bucket", "20.5", "simple"),
    ("c", "Candle", "30", "simple"),
    ("d", "Drum", "30", "virtual"),
    ("e", "Easel", "9", "simple"),
    ("f", "Fork", "100", "virtual"),
    ("g", "Änvil", "15", "simple"),
];

async fn fill(stand: &Stand) {
    for (sku, name, price, kind) in PRODUCTS {
        let product = json!({
            "sku": sku, "name": name, "price": price, "type_id": kind, "attribute_set_id": 4,
            "status": 1, "visibility": 4, "custom_attributes": { "url_key": sku },
        });
        let input = json!({ "product": product });
        stand.call(&post::SAVE, "all", input).await.unwrap();
    }
}

/// Filters as `field condition value`, each its own group; `|` separates alternatives.
fn criteria(filters: &[&str], sorts: &[&str], page: Option<(i64, i64)>) -> Value {
    let filter = |text: &str| {
        let mut words = text.trim().splitn(3, ' ');
        let (field, condition) = (words.next().unwrap(), words.next().unwrap());
        json!({ "field": field, "condition_type": condition, "value": words.next().unwrap_or_default() })
    };
    let group = |text: &&str| json!({ "filters": text.split('|').map(filter).collect::<Vec<_>>() });
    let sort = |text: &&str| {
        let (field, direction) = text.split_once(' ').unwrap();
        json!({ "field": field, "direction": direction })
    };
    let mut criteria = json!({
        "filter_groups": filters.iter().map(group).collect::<Vec<_>>(),
        "sort_orders": sorts.iter().map(sort).collect::<Vec<_>>(),
    });
    if let Some((size, page)) = page {
        criteria["page_size"] = json!(size);
        criteria["current_page"] = json!(page);
    }
    criteria
}

async fn list(stand: &Stand, store: &str, criteria: Value) -> contract::Result<Value> {
    let input = json!({ "searchCriteria": criteria });
    stand.call(&GET_LIST, store, input).await
}

/// The SKUs found, joined, and how many there are on all pages.
async fn found(stand: &Stand, store: &str, criteria: Value) -> (String, i64) {
    let answer = list(stand, store, criteria).await.unwrap();
    let skus = answer["items"].as_array().unwrap().iter();
    let skus = skus.map(|item| item["sku"].as_str().unwrap()).collect::<Vec<_>>();
    (skus.join(","), answer["total_count"].as_i64().unwrap())
}

#[tokio::test]
async fn products_are_found_by_any_attribute_and_condition() {
    both(async |stand| {
        fill(stand).await;
        for (filters, expected) in [
            (&["sku eq a"][..], "a"),
            (&["sku in a,b,zzz"], "a,b"),
            (&["sku nin a,b,c,d,e"], "f,g"),
            (&["name like %nvil"], "a,g"),
            (&["name eq anvil"], "a,g"),
            (&["price gt 20"], "b,c,d,f"),
            (&["price gteq 10", "price lteq 20.5"], "a,b,g"),
            (&["price eq 30", "type_id eq virtual"], "d"),
            (&["sku eq a|price gt 90"], "a,f"),
            (&["price from 90|price to 9"], "e,f"),
            (&["special_price null"], "a,b,c,d,e,f,g"),
            (&["special_price notnull"], ""),
            (&["special_price neq 5"], ""),
            (&["status eq 1", "visibility neq 4"], ""),
            (&["price moreq 30"], "c,d"),
            (&["entity_id gt 0", "created_at gteq 2020-01-01"], "a,b,c,d,e,f,g"),
            (&["updated_at lt 2020-01-01"], ""),
            (&["category_id in 2,3"], ""),
            (&["category_id nin 2,3"], "a,b,c,d,e,f,g"),
            (&["website_id neq 1"], "a,b,c,d,e,f,g"),
            (&["store_id eq 1", "name like B%"], "b"),
            (&["name like anv%", "sku like a%|sku like g"], "a,g"),
        ] {
            let count = expected.split(',').filter(|sku| !sku.is_empty()).count();
            for store in ["all", "default"] {
                let answer = found(stand, store, criteria(filters, &["entity_id ASC"], None)).await;
                assert_eq!(
                    answer,
                    (expected.to_owned(), i64::try_from(count).unwrap()),
                    "{filters:?} in {store}"
                );
            }
        }
    })
    .await;
}

#[tokio::test]
async fn pages_follow_the_sort_order_whichever_way_they_are_read() {
    both(async |stand| {
        fill(stand).await;
        for (sorts, expected) in [
            (&["name ASC"][..], "a,g,b,c,d,e,f"),
            (&["name DESC"], "f,e,d,c,b,a,g"),
            (&["sku DESC"], "g,f,e,d,c,b,a"),
            (&["price ASC"], "e,a,g,b,c,d,f"),
            (&["price DESC", "sku DESC"], "f,d,c,b,g,a,e"),
            (&["type_id DESC", "name ASC"], "d,f,a,g,b,c,e"),
            (&["nosuch ASC", "special_price ASC"], "a,b,c,d,e,f,g"),
            (&["country_of_manufacture ASC", "position DESC"], "g,f,e,d,c,b,a"),
        ] {
            for filters in [&[][..], &["status eq 1", "price gt 0"]] {
                let mut read = Vec::new();
                for page in 1..=4 {
                    let (skus, count) = found(stand, "all", criteria(filters, sorts, Some((2, page)))).await;
                    assert_eq!(count, 7, "{sorts:?}");
                    read.push(skus);
                }
                assert_eq!(read.join(","), expected, "{sorts:?}");
            }
        }
        let beyond = found(stand, "all", criteria(&[], &["sku ASC"], Some((5, 9)))).await;
        assert_eq!(beyond, (String::new(), 7));
    })
    .await;
}

#[tokio::test]
async fn what_is_no_field_is_named() {
    both(async |stand| {
        for field in ["qty", "id", "website_ids", "category_ids", "media_gallery", ""] {
            let error = list(stand, "default", criteria(&[&format!("{field} eq 1")], &[], None)).await;
            let error = error.unwrap_err();
            assert_eq!(error.kind(), contract::Kind::Invalid);
            assert_eq!(
                error.detail().message,
                "The \"%1\" attribute name is invalid. Reset the name and try again."
            );
        }
        for (filter, message) in [
            (
                "website_id eq 99",
                "The website with id 99 that was requested wasn't found. Verify the website and try again.",
            ),
            (
                "store_id in 2,3",
                "The store that was requested wasn't found. Verify the store and try again.",
            ),
        ] {
            let error = list(stand, "default", criteria(&[filter], &[], None))
                .await
                .unwrap_err();
            assert_eq!(
                (error.kind(), error.detail().message.as_ref()),
                (contract::Kind::NotFound, message)
            );
        }
        let error = stand
            .call(&GET, "all", json!({ "sku": "nosuch" }))
            .await
            .unwrap_err();
        assert_eq!(error.kind(), contract::Kind::NotFound);
        let error = stand
            .call(&GET, "all", json!({ "sku": "a", "storeId": 99 }))
            .await
            .unwrap_err();
        assert_eq!(error.kind(), contract::Kind::Invalid);
    })
    .await;
}

#[tokio::test]
async fn a_page_takes_the_same_few_statements_whatever_its_size() {
    both(async |stand| {
        fill(stand).await;
        let statements = async |size: i64| {
            let filters = &["status eq 1", "price gt 1", "category_id nin 99"];
            let search = criteria(filters, &["name ASC"], Some((size, 1)));
            let mut cx = stand.cx("default");
            let bind = contract::BindCx::default();
            let search = contract::WireValue::bind(search, &bind).ok().unwrap();
            let found = super::get_list(&mut cx, search).await.unwrap();
            assert_eq!(i64::try_from(found.items.len()).unwrap(), size);
            cx.session().statements()
        };
        // SQLite keeps the count of the first call.
        let first = statements(1).await;
        assert!(first <= 16);
        assert!(statements(7).await <= first);
        assert_eq!(statements(3).await, statements(7).await);
        let mut cx = stand.cx("default");
        crate::service::product::get::get(&mut cx, "a".to_owned(), None, None, None)
            .await
            .unwrap();
        assert!(cx.session().statements() <= 12);
    })
    .await;
}

#[tokio::test]
async fn recorded_products_stand_in_the_recorded_order() {
    recorded("populated", async |stand| {
        let unsorted = list(stand, "default", criteria(&["sku like s1%"], &[], None))
            .await
            .unwrap();
        let ids = unsorted["items"].as_array().unwrap().iter();
        let ids: Vec<i64> = ids.map(|item| item["id"].as_i64().unwrap()).collect();
        // Golden `search.products.sku.like`: those with values of their own in the view come first.
        assert_eq!(ids, [12, 1, 10, 11]);
        let product = stand.call(&GET, "default", json!({ "sku": "s1" })).await.unwrap();
        let codes = product["custom_attributes"].as_array().unwrap().iter();
        let codes: Vec<&str> = codes.map(|one| one["attribute_code"].as_str().unwrap()).collect();
        // Golden `get2175`.
        assert_eq!(
            codes,
            [
                "image",
                "small_image",
                "thumbnail",
                "swatch_image",
                "options_container",
                "url_key",
                "msrp_display_actual_price_type",
                "required_options",
                "has_options",
                "image_label",
                "small_image_label",
                "thumbnail_label",
                "tax_class_id",
                "isgreen",
                "color2",
                "harvest",
                "category_ids",
                "description",
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn recorded_values_follow_the_store_view() {
    recorded("multistore", async |stand| {
        let name = async |store: &str, filter: &str| {
            let answer = list(stand, store, criteria(&[filter, "sku eq ms-1"], &[], None))
                .await
                .unwrap();
            let item = answer["items"][0].clone();
            (
                item["name"].clone(),
                item["price"].clone(),
                item["visibility"].clone(),
            )
        };
        // Goldens `search.store-2.none`, `search.store-filter-over-path.de`: the filter's store, but the path's
        // visibility.
        assert_eq!(
            name("default", "store_id eq 2").await,
            (json!("Eins M"), json!(88), json!(4))
        );
        assert_eq!(
            name("de", "store_id eq 3").await,
            (json!("One 13"), json!(120), json!(2))
        );
        // `special_price` has rows in the views only, golden `ms1415`.
        let special = criteria(&["special_price notnull"], &["entity_id ASC"], None);
        assert_eq!(found(stand, "de", special).await, ("ms-1,ms-10".to_owned(), 2));
        let by_price = criteria(&[], &["price DESC"], None);
        // Golden `ms1551`: products without a price in the website drop out.
        let (skus, count) = found(stand, "eu_en", by_price).await;
        assert_eq!(
            (skus.as_str(), count),
            ("ms-8,ms-2,ms-1,ms-4,ms-3,ms-g,ms-d,ms-c", 8)
        );
    })
    .await;
}
