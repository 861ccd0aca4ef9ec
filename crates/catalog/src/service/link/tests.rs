use contract::Kind;
use db::params;
use serde_json::{Value, json};

use super::*;
use crate::fixtures::{Stand, both};
use crate::service::product::find;

/// Products `a` to `d` and the group `box`; `d` is sold nowhere, `c` must be configured.
async fn shop(stand: &Stand) {
    let mut cx = stand.cx("all");
    let session = cx.session();
    for (sku, kind, required) in [
        ("a", "simple", 0),
        ("b", "simple", 0),
        ("c", "virtual", 1),
        ("d", "simple", 0),
        ("box", "grouped", 0),
    ] {
        let sql = "INSERT INTO {catalog_product_entity} (attribute_set_id, type_id, sku, required_options) \
                   VALUES (4, ?, ?, ?)";
        session.execute(sql, params![kind, sku, required]).await.unwrap();
    }
    let sql = "INSERT INTO {catalog_product_website} (product_id, website_id) \
               SELECT entity_id, 1 FROM {catalog_product_entity} WHERE sku <> 'd'";
    session.execute(sql, params![]).await.unwrap();
    session.commit().await.unwrap();
}

fn item(sku: &str, kind: &str, linked: &str, position: Option<i64>) -> Value {
    json!({ "sku": sku, "link_type": kind, "linked_product_sku": linked, "position": position })
}

async fn set(stand: &Stand, sku: &str, items: Value) -> Result<Value> {
    stand
        .call(
            &SET_PRODUCT_LINKS,
            "default",
            json!({ "sku": sku, "items": items }),
        )
        .await
}

async fn list(stand: &Stand, store: &str, sku: &str, kind: &str) -> Vec<String> {
    let input = json!({ "sku": sku, "type": kind });
    let links = stand.call(&GET_LINKED_ITEMS_BY_TYPE, store, input).await.unwrap();
    let links = links.as_array().unwrap().iter();
    links
        .map(|link| {
            let sku = link["linked_product_sku"].as_str().unwrap();
            match &link["extension_attributes"]["qty"] {
                Value::Null => format!("{sku} {}", link["position"]),
                qty => format!("{sku} {} x{qty}", link["position"]),
            }
        })
        .collect()
}

#[tokio::test]
async fn links_are_added_to_those_that_are_there() {
    both(async |stand| {
        shop(stand).await;
        let first = json!([
            item("a", "related", "b", Some(5)),
            item("a", "upsell", "c", Some(1))
        ]);
        set(stand, "a", first).await.unwrap();
        let second = json!([
            item("a", "related", "d", Some(2)),
            item("a", "related", "B", Some(7))
        ]);
        set(stand, "a", second).await.unwrap();
        assert_eq!(list(stand, "all", "a", "related").await, ["d 2", "b 7"]);
        assert_eq!(list(stand, "default", "a", "upsell").await, ["c 1"]);
        // One without a position: all of its type are numbered, those that were there first.
        set(stand, "a", json!([item("a", "related", "c", None)]))
            .await
            .unwrap();
        assert_eq!(list(stand, "all", "a", "related").await, ["d 1", "b 2", "c 3"]);
    })
    .await;
}

#[tokio::test]
async fn a_view_shows_the_parts_of_a_group_that_it_can_sell() {
    both(async |stand| {
        shop(stand).await;
        for (linked, qty) in [("d", json!(2.5)), ("c", json!(1)), ("b", Value::Null)] {
            let mut entity = item("box", "associated", linked, Some(1));
            entity["extension_attributes"] = json!({ "qty": qty });
            stand
                .call(&SAVE, "default", json!({ "entity": entity }))
                .await
                .unwrap();
        }
        assert_eq!(list(stand, "default", "box", "associated").await, ["b 1"]);
        assert_eq!(list(stand, "all", "box", "associated").await, ["d 1 x2.5", "b 1"]);
        let parts = async || {
            let mut cx = stand.cx("all");
            let sql = "SELECT COUNT(*) FROM {catalog_product_relation}";
            cx.session().fetch_one::<i64>(sql, params![]).await.unwrap()
        };
        assert_eq!(parts().await, 3);
        let input = json!({ "sku": "box", "type": "associated", "linkedProductSku": "b" });
        assert_eq!(
            stand.call(&DELETE_BY_ID, "all", input.clone()).await.unwrap(),
            true
        );
        assert_eq!(parts().await, 2);
        let error = stand.call(&DELETE_BY_ID, "all", input).await.unwrap_err();
        assert_eq!(error.detail().message, "Product %1 doesn't have linked %2 as %3");
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_is_said_and_nothing_is_written() {
    both(async |stand| {
        shop(stand).await;
        let data = "The linked products data is invalid. Verify the data and try again.";
        for (items, text) in [
            (
                json!([]),
                "Invalid value of \"%value\" provided for the %fieldName field.",
            ),
            (
                json!([{ "sku": "a" }]),
                "\"%fieldName\" is required. Enter and try again.",
            ),
            (
                json!([item("a", "nosuch", "b", Some(1))]),
                "The \"%1\" link type wasn't found. Verify the type and try again.",
            ),
            (
                json!([
                    item("a", "related", "b", Some(1)),
                    item("a", "related", "none", Some(2))
                ]),
                data,
            ),
            (json!([item("", "related", "b", Some(1))]), data),
            (json!([item("a", "related", "b", Some(9_000_000_000))]), data),
        ] {
            let error = set(stand, "a", items.clone()).await.unwrap_err();
            assert_eq!(error.detail().message, text, "{items}");
        }
        for (entity, text) in [
            (item("a", "nosuch", "b", Some(1)), data),
            (
                item("a", "related", "", Some(1)),
                "The linked product SKU is invalid. Verify the data and try again.",
            ),
            (item("a", "related", "b", Some(-9_000_000_000)), data),
            (
                item("a", "related", "none", Some(1)),
                "The product that was requested doesn't exist. Verify the product and try again.",
            ),
        ] {
            let error = stand
                .call(&SAVE, "all", json!({ "entity": entity }))
                .await
                .unwrap_err();
            assert_eq!(error.detail().message, text, "{entity}");
        }
        let mut cx = stand.cx("all");
        let sql = "SELECT COUNT(*) FROM {catalog_product_link}";
        assert_eq!(cx.session().fetch_one::<i64>(sql, params![]).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn links_of_a_product_are_replaced_in_a_fixed_number_of_statements() {
    both(async |stand| {
        shop(stand).await;
        let (mut cx, scope) = (stand.cx("all"), stand.scope("all"));
        let a = find(&mut cx, "a").await.unwrap();
        let link = |kind: &str, linked: &str, position| ProductLink {
            sku: Some("a".to_owned()),
            link_type: Some(kind.to_owned()),
            linked_product_sku: Some(linked.to_owned()),
            position,
            ..ProductLink::default()
        };
        let one = vec![link("crosssell", "b", None)];
        replace(&mut cx, &scope, &a, false, one).await.unwrap();
        let before = cx.session().statements();
        let many = vec![
            link("related", "b", None),
            link("upsell", "c", Some(4)),
            link("related", "d", Some(9)),
            link("upsell", "a", Some(3)),
        ];
        replace(&mut cx, &scope, &a, false, many).await.unwrap();
        assert!(cx.session().statements() - before <= 6);
        let before = cx.session().statements();
        let loaded = load_many(&mut cx, &scope, std::slice::from_ref(&a))
            .await
            .unwrap();
        assert_eq!(cx.session().statements() - before, 1);
        let names: Vec<String> = loaded[&a.id]
            .iter()
            .map(|link| {
                let (kind, sku) = (link.link_type.as_deref(), link.linked_product_sku.as_deref());
                format!("{} {} {:?}", kind.unwrap(), sku.unwrap(), link.position)
            })
            .collect();
        let expected = [
            "related b Some(1)",
            "related d Some(2)",
            "upsell a Some(3)",
            "upsell c Some(4)",
        ];
        assert_eq!(names, expected);
        let unknown = vec![link("related", "none", None)];
        let error = replace(&mut cx, &scope, &a, false, unknown).await.unwrap_err();
        assert_eq!(error.kind(), Kind::NotFound);
        assert_eq!(
            error.detail().message,
            "The Product with the \"%1\" SKU doesn't exist."
        );
        replace(&mut cx, &scope, &a, false, Vec::new()).await.unwrap();
        let none = load_many(&mut cx, &scope, std::slice::from_ref(&a))
            .await
            .unwrap();
        assert!(none.is_empty());
        cx.session().rollback().await.unwrap();
    })
    .await;
}
