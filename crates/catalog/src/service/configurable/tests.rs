use contract::{Kind, StoreScope};
use db::params;
use serde_json::{Value, json};

use super::{children, load_links, load_options, options, variation};
use crate::fixtures::{Stand, both, recorded};
use crate::repo::product::by_skus;
use crate::service::product::find;

/// The stock attribute `color`.
const COLOR: i64 = 93;

/// A configurable product `c` and simple ones: `red` and `red2` with value 10, `blue` with 11, `none` without;
/// a second view `de`.
async fn shop(stand: &Stand) {
    let mut cx = stand.cx("all");
    let session = cx.session();
    for sql in [
        "INSERT INTO {catalog_product_entity} (entity_id, attribute_set_id, type_id, sku) VALUES \
         (1, 4, 'configurable', 'c'), (2, 4, 'simple', 'red'), (3, 4, 'simple', 'red2'), \
         (4, 4, 'simple', 'blue'), (5, 4, 'simple', 'none'), (6, 4, 'bundle', 'b')",
        "INSERT INTO {catalog_product_entity_int} (attribute_id, store_id, entity_id, value) VALUES \
         (93, 0, 1, 10), (93, 0, 2, 10), (93, 0, 3, 10), (93, 0, 4, 11)",
        "INSERT INTO {eav_attribute_option} (option_id, attribute_id, sort_order) VALUES (10, 93, 2), (11, 93, 1)",
        "INSERT INTO {catalog_product_website} (product_id, website_id) VALUES (2, 1)",
        "INSERT INTO {store} (store_id, code, website_id, group_id, name, is_active) VALUES (2, 'de', 1, 1, 'DE', 1)",
    ] {
        session.execute(sql, params![]).await.unwrap();
    }
    session.commit().await.unwrap();
    contract::port::Refresh::refresh(&*stand.scopes).await.unwrap();
}

fn option(label: &str) -> Value {
    json!({ "attribute_id": COLOR.to_string(), "label": label, "position": 0, "values": [{ "value_index": 10 }] })
}

async fn add_option(stand: &Stand, sku: &str, option: Value) -> contract::Result<Value> {
    stand
        .call(&options::SAVE, "all", json!({ "sku": sku, "option": option }))
        .await
}

async fn add(stand: &Stand, child: &str) -> contract::Result<Value> {
    let input = json!({ "sku": "c", "childSku": child });
    stand.call(&children::ADD_CHILD, "all", input).await
}

async fn list(stand: &Stand, store: &str) -> Value {
    stand
        .call(&options::GET_LIST, store, json!({ "sku": "c" }))
        .await
        .unwrap()
}

fn message(answer: contract::Result<Value>) -> (Kind, String) {
    let error = answer.unwrap_err();
    (error.kind(), error.detail().message.clone().into_owned())
}

#[tokio::test]
async fn variations_are_attached_once_and_only_with_values_of_their_own() {
    both(async |stand| {
        shop(stand).await;
        let (kind, text) = message(add(stand, "red").await);
        assert_eq!(kind, Kind::Invalid);
        assert_eq!(
            text,
            "The parent product doesn't have configurable product options."
        );
        assert_eq!(add_option(stand, "c", option("Color")).await.unwrap(), json!("1"));
        assert_eq!(list(stand, "all").await[0]["values"], json!([]));
        assert_eq!(add(stand, "red").await.unwrap(), json!(true));
        assert_eq!(add(stand, "blue").await.unwrap(), json!(true));
        // By the position of the attribute's options.
        assert_eq!(
            list(stand, "all").await[0]["values"],
            json!([{ "value_index": 11 }, { "value_index": 10 }])
        );
        for (sku, text) in [
            ("red", "The product is already attached."),
            (
                "red2",
                "Products \"%1\" and \"%2\" have the same set of attribute values.",
            ),
            (
                "none",
                "The child product doesn't have the \"%1\" attribute value. Verify the value and try again.",
            ),
        ] {
            assert_eq!(message(add(stand, sku).await), (Kind::Invalid, text.to_owned()));
        }
        assert_eq!(message(add(stand, "nobody").await).0, Kind::NotFound);
        let relations =
            "SELECT child_id FROM {catalog_product_relation} WHERE parent_id = 1 ORDER BY child_id";
        let related: Vec<i64> = stand
            .cx("all")
            .session()
            .fetch_all(relations, params![])
            .await
            .unwrap();
        assert_eq!(related, [2, 4]);
        // What the variations differ by, the product itself no longer has.
        let own =
            "SELECT COUNT(*) FROM {catalog_product_entity_int} WHERE entity_id = 1 AND attribute_id = 93";
        let own: i64 = stand.cx("all").session().fetch_one(own, params![]).await.unwrap();
        assert_eq!(own, 0);
    })
    .await;
}

#[tokio::test]
async fn children_of_a_view_are_those_its_website_sells() {
    both(async |stand| {
        shop(stand).await;
        add_option(stand, "c", option("Color")).await.unwrap();
        add(stand, "red").await.unwrap();
        add(stand, "blue").await.unwrap();
        for (store, expected) in [("all", vec!["red", "blue"]), ("default", vec!["red"])] {
            let input = json!({ "sku": "c" });
            let found = stand.call(&children::GET_CHILDREN, store, input).await.unwrap();
            let skus: Vec<&str> = found
                .as_array()
                .unwrap()
                .iter()
                .map(|c| c["sku"].as_str().unwrap())
                .collect();
            assert_eq!(skus, expected);
        }
        let remove = async |sku: &str| {
            let input = json!({ "sku": "c", "childSku": sku });
            stand.call(&children::REMOVE_CHILD, "all", input).await
        };
        assert_eq!(remove("red").await.unwrap(), json!(true));
        assert_eq!(message(remove("red").await).0, Kind::NotFound);
        assert_eq!(
            list(stand, "all").await[0]["values"],
            json!([{ "value_index": 11 }])
        );
        // Other products have none.
        let input = json!({ "sku": "blue" });
        assert_eq!(
            stand.call(&children::GET_CHILDREN, "all", input).await.unwrap(),
            json!([])
        );
    })
    .await;
}

#[tokio::test]
async fn a_label_belongs_to_a_view_and_falls_back() {
    both(async |stand| {
        shop(stand).await;
        add_option(stand, "c", option("Colour")).await.unwrap();
        let input = json!({ "sku": "c", "option": { "id": 1, "label": "Farbe" } });
        assert_eq!(stand.call(&options::SAVE, "de", input).await.unwrap(), json!(1));
        for (store, label) in [("all", "Colour"), ("default", "Colour"), ("de", "Farbe")] {
            assert_eq!(list(stand, store).await[0]["label"], label);
        }
        // The option takes the attribute's name when a variation comes, and is a new one then.
        add(stand, "red").await.unwrap();
        let options = list(stand, "de").await;
        assert_eq!(
            (&options[0]["label"], &options[0]["id"]),
            (&json!("Color"), &json!(2))
        );
    })
    .await;
}

#[tokio::test]
async fn wrong_products_and_options_are_refused() {
    both(async |stand| {
        shop(stand).await;
        let get = async |sku: &str, id: i64| {
            stand
                .call(&options::GET, "all", json!({ "sku": sku, "id": id }))
                .await
        };
        assert_eq!(
            message(get("red", 1).await),
            (
                Kind::Invalid,
                "This is implemented for the \"%1\" configurable product only.".to_owned()
            )
        );
        assert_eq!(message(get("c", 1).await).0, Kind::NotFound);
        assert_eq!(
            message(add_option(stand, "b", option("x")).await).1,
            "Incompatible product type"
        );
        let empty = add_option(stand, "c", json!({})).await.unwrap_err();
        assert_eq!(empty.errors().len(), 3);
        let unknown = json!({ "attribute_id": "9999", "label": "x", "values": [{ "value_index": 1 }] });
        assert_eq!(message(add_option(stand, "c", unknown).await).0, Kind::NotFound);
        let foreign = json!({ "id": 77, "label": "x" });
        assert_eq!(message(add_option(stand, "c", foreign).await).0, Kind::NotFound);
        // A simple product becomes configurable.
        add_option(stand, "red", option("Color")).await.unwrap();
        assert_eq!(
            find(&mut stand.cx("all"), "red").await.unwrap().type_id,
            "configurable"
        );
        let input = json!({ "sku": "red", "id": 1 });
        assert_eq!(
            stand
                .call(&options::DELETE_BY_ID, "all", input.clone())
                .await
                .unwrap(),
            json!(true)
        );
        assert_eq!(
            message(stand.call(&options::DELETE_BY_ID, "all", input).await).0,
            Kind::NotFound
        );
    })
    .await;
}

#[tokio::test]
async fn variations_to_be_are_all_combinations() {
    both(async |stand| {
        shop(stand).await;
        let option = |values: &[i64]| {
            let values: Vec<Value> = values.iter().map(|v| json!({ "value_index": v })).collect();
            json!({ "attribute_id": "93", "values": values })
        };
        let made = async |options: Value| {
            let product = json!({ "sku": "n", "name": "New", "type_id": "simple", "price": 5 });
            let input = json!({ "product": product, "options": options });
            stand.call(&variation::GENERATE_VARIATION, "all", input).await
        };
        let found = made(json!([option(&[10, 11, 12])])).await.unwrap();
        let skus: Vec<&str> = found
            .as_array()
            .unwrap()
            .iter()
            .map(|p| p["sku"].as_str().unwrap())
            .collect();
        assert_eq!(skus, ["n-11", "n-10"]);
        assert_eq!(
            (&found[0]["name"], &found[0]["price"]),
            (&json!("New-11"), &json!(5))
        );
        assert_eq!(made(json!([])).await.unwrap(), json!([]));
        assert_eq!(
            message(made(json!([{ "attribute_id": "nope" }])).await).0,
            Kind::NotFound
        );
    })
    .await;
}

#[tokio::test]
async fn a_page_needs_as_many_statements_as_one_product() {
    recorded("multistore", async |stand| {
        let mut cx = stand.cx("de");
        let scope: StoreScope = stand.scope("de");
        let skus = ["ms-c", "ms-b", "ms-1"].map(str::to_owned);
        let rows = by_skus(cx.session(), &skus).await.unwrap();
        let before = cx.session().statements();
        let options = load_options(&mut cx, &scope, &rows).await.unwrap();
        let links = load_links(&mut cx, &scope, &rows).await.unwrap();
        assert_eq!(cx.session().statements() - before, 2);
        assert_eq!(links.into_values().next().unwrap(), [14, 15]);
        let option = &options.values().next().unwrap()[0];
        assert_eq!(option.label.as_deref(), Some("Farbe conf"));
    })
    .await;
}
