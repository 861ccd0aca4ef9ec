use contract::Kind;
use db::params;
use serde_json::{Value, json};

use super::{links, load_many, option_management, options};
use crate::fixtures::{Stand, both, recorded};
use crate::repo::product::by_skus;

/// A bundle `b` with a fixed price, another `d` with a dynamic one, and simple products `one`, `two`, which both
/// websites sell; a second website with the view `fr`; prices by website.
async fn shop(stand: &Stand) {
    let mut cx = stand.cx("all");
    let metadata = eav::metadata(&cx).unwrap();
    let product = metadata.entity_type("catalog_product").unwrap();
    let (price_type, price) = (
        product.attribute("price_type").unwrap().id,
        product.attribute("price").unwrap().id,
    );
    let session = cx.session();
    for sql in [
        "INSERT INTO {store_website} (website_id, code, name, default_group_id) VALUES (2, 'eu', 'EU', 2)",
        "INSERT INTO {store_group} (group_id, website_id, name, root_category_id, default_store_id, code) \
         VALUES (2, 2, 'EU', 2, 2, 'eu')",
        "INSERT INTO {store} (store_id, code, website_id, group_id, name, is_active) VALUES (2, 'fr', 2, 2, 'FR', 1)",
        "INSERT INTO {core_config_data} (scope, scope_id, path, value) VALUES ('default', 0, 'catalog/price/scope', '1')",
        "INSERT INTO {catalog_product_entity} (entity_id, attribute_set_id, type_id, sku) VALUES \
         (1, 4, 'bundle', 'b'), (2, 4, 'bundle', 'd'), (3, 4, 'simple', 'one'), (4, 4, 'simple', 'two')",
        "INSERT INTO {catalog_product_website} (product_id, website_id) VALUES \
         (1, 1), (1, 2), (2, 1), (2, 2), (3, 1), (3, 2), (4, 1), (4, 2)",
    ] {
        session.execute(sql, params![]).await.unwrap();
    }
    let sql = "INSERT INTO {catalog_product_entity_int} (attribute_id, store_id, entity_id, value) VALUES \
               (?, 0, 1, 1), (?, 0, 2, 0)";
    session
        .execute(sql, params![price_type, price_type])
        .await
        .unwrap();
    let sql = "INSERT INTO {catalog_product_entity_decimal} (attribute_id, store_id, entity_id, value) VALUES \
               (?, 0, 3, '12.500000')";
    session.execute(sql, params![price]).await.unwrap();
    session.commit().await.unwrap();
    contract::port::Refresh::refresh(&*stand.scopes).await.unwrap();
}

async fn save(stand: &Stand, store: &str, option: Value) -> contract::Result<Value> {
    stand
        .call(&option_management::SAVE, store, json!({ "option": option }))
        .await
}

async fn list(stand: &Stand, store: &str, sku: &str) -> Value {
    stand
        .call(&options::GET_LIST, store, json!({ "sku": sku }))
        .await
        .unwrap()
}

async fn children(stand: &Stand, store: &str, sku: &str) -> Value {
    let input = json!({ "productSku": sku });
    stand.call(&links::GET_CHILDREN, store, input).await.unwrap()
}

fn option(sku: &str, product_links: &Value) -> Value {
    json!({ "sku": sku, "title": "Pick", "type": "select", "required": true, "position": 1,
            "product_links": product_links })
}

fn link(sku: &str, price: f64) -> Value {
    json!({ "sku": sku, "qty": 1, "position": 1, "is_default": false, "price": price, "price_type": 0,
            "can_change_quantity": 1 })
}

fn message(answer: contract::Result<Value>) -> (Kind, String) {
    let error = answer.unwrap_err();
    (error.kind(), error.detail().message.clone().into_owned())
}

#[tokio::test]
async fn titles_belong_to_views_and_prices_to_websites() {
    both(async |stand| {
        shop(stand).await;
        let made = save(stand, "default", option("b", &json!([link("one", 3.0)])))
            .await
            .unwrap();
        assert_eq!(made, json!("1"));
        for (store, price) in [("all", json!(0)), ("default", json!(3)), ("fr", json!(0))] {
            let found = list(stand, store, "b").await;
            assert_eq!(
                (&found[0]["title"], &found[0]["product_links"][0]["price"]),
                (&json!("Pick"), &price)
            );
        }
        let renamed = json!({ "option_id": 1, "sku": "b", "title": "Choisir" });
        assert_eq!(save(stand, "fr", renamed).await.unwrap(), json!(1));
        let dearer = json!({ "id": "1", "sku": "one", "option_id": 1, "price": 8, "price_type": 0 });
        let input = json!({ "sku": "b", "linkedProduct": dearer });
        stand.call(&links::SAVE_CHILD, "fr", input).await.unwrap();
        for (store, title, price) in [("all", "Pick", 0), ("default", "Pick", 3), ("fr", "Choisir", 8)] {
            let found = list(stand, store, "b").await;
            assert_eq!(
                (&found[0]["title"], &found[0]["product_links"][0]["price"]),
                (&json!(title), &json!(price))
            );
        }
        let renamed = json!({ "option_id": 1, "sku": "b", "title": "Pick all" });
        save(stand, "all", renamed).await.unwrap();
        for (store, title) in [("all", "Pick all"), ("default", "Pick"), ("fr", "Choisir")] {
            assert_eq!(list(stand, store, "b").await[0]["title"], title);
        }
    })
    .await;
}

#[tokio::test]
async fn a_dynamic_price_is_that_of_the_product() {
    both(async |stand| {
        shop(stand).await;
        save(stand, "all", option("d", &json!([{ "sku": "one", "qty": 2 }])))
            .await
            .unwrap();
        let found = list(stand, "all", "d").await;
        assert_eq!(found[0]["product_links"][0]["price"], json!(12.5));
        assert_eq!(found[0]["product_links"][0]["price_type"], Value::Null);
        assert_eq!(children(stand, "all", "d").await[0]["price"], Value::Null);
    })
    .await;
}

#[tokio::test]
async fn products_come_into_an_option_once_and_leave_it() {
    both(async |stand| {
        shop(stand).await;
        save(stand, "all", option("b", &json!([]))).await.unwrap();
        let add = async |option: i64, sku: &str| {
            let input = json!({ "sku": "b", "optionId": option, "linkedProduct": link(sku, 1.0) });
            stand.call(&links::ADD_CHILD_BY_PRODUCT_SKU, "all", input).await
        };
        assert_eq!(add(1, "one").await.unwrap(), json!(1));
        assert_eq!(add(1, "two").await.unwrap(), json!(2));
        for (option, sku, kind, text) in [
            (
                1,
                "one",
                Kind::Invalid,
                "Child with specified sku: \"%1\" already assigned to product: \"%2\"",
            ),
            (
                9,
                "two",
                Kind::Invalid,
                "Product with specified sku: \"%1\" does not contain option: \"%2\"",
            ),
            (
                1,
                "d",
                Kind::Invalid,
                "The bundle product can't contain another composite product.",
            ),
            (
                1,
                "x",
                Kind::NotFound,
                "The product that was requested doesn't exist. Verify the product and try again.",
            ),
        ] {
            assert_eq!(message(add(option, sku).await), (kind, text.to_owned()));
        }
        let remove = async |sku: &str| {
            let input = json!({ "sku": "b", "optionId": 1, "childSku": sku });
            stand.call(&links::REMOVE_CHILD, "all", input).await
        };
        assert_eq!(remove("ONE").await.unwrap(), json!(true));
        assert_eq!(message(remove("one").await).0, Kind::NotFound);
        assert_eq!(children(stand, "all", "b").await.as_array().unwrap().len(), 1);
        let sql = "SELECT child_id FROM {catalog_product_relation} WHERE parent_id = 1";
        let related: Vec<i64> = stand.cx("all").session().fetch_all(sql, params![]).await.unwrap();
        assert_eq!(related, [4]);
        let input = json!({ "sku": "b", "optionId": 1 });
        stand.call(&options::DELETE_BY_ID, "all", input).await.unwrap();
        assert_eq!(list(stand, "all", "b").await, json!([]));
    })
    .await;
}

#[tokio::test]
async fn an_option_is_changed_as_a_whole() {
    both(async |stand| {
        shop(stand).await;
        save(stand, "all", option("b", &json!([link("one", 1.0)])))
            .await
            .unwrap();
        // No links given: those that are there stay.
        let kept = json!({ "option_id": 1, "sku": "b", "title": "Other", "type": "radio" });
        save(stand, "all", kept).await.unwrap();
        assert_eq!(children(stand, "all", "b").await[0]["sku"], "one");
        let changed = json!({ "option_id": 1, "sku": "b", "product_links": [link("two", 2.0)] });
        save(stand, "all", changed).await.unwrap();
        let found = list(stand, "all", "b").await;
        assert_eq!(
            (&found[0]["title"], &found[0]["type"]),
            (&json!("Other"), &json!("radio"))
        );
        assert_eq!(found[0]["product_links"].as_array().unwrap().len(), 1);
        assert_eq!(found[0]["product_links"][0]["sku"], "two");
        // An option that the bundle does not have is made, one without a title is not.
        let new = json!({ "option_id": 99, "sku": "b", "title": "New", "type": "select" });
        assert_eq!(save(stand, "all", new).await.unwrap(), json!("2"));
        let nameless = json!({ "sku": "b", "type": "select" });
        assert_eq!(
            message(save(stand, "all", nameless).await).1,
            "The option couldn't be saved."
        );
        let no_bundle = json!({ "sku": "one", "title": "x", "type": "select" });
        assert_eq!(
            message(save(stand, "all", no_bundle).await).1,
            "This is implemented for bundle products only."
        );
    })
    .await;
}

#[tokio::test]
async fn a_page_needs_as_many_statements_as_one_product() {
    recorded("multistore", async |stand| {
        let (mut cx, scope) = (stand.cx("eu_en"), stand.scope("eu_en"));
        let skus = ["ms-c", "ms-b", "ms-1"].map(str::to_owned);
        let rows = by_skus(cx.session(), &skus).await.unwrap();
        let before = cx.session().statements();
        let found = load_many(&mut cx, &scope, &rows).await.unwrap();
        assert_eq!(cx.session().statements() - before, 2);
        assert_eq!(found.len(), 1);
        let option = &found[&13][0];
        assert_eq!(option.title.as_deref(), Some("Pick all"));
        assert_eq!(option.product_links.as_ref().unwrap()[0].price, Some(8.into()));
    })
    .await;
}
