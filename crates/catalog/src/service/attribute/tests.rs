use contract::{Kind, Operation};
use db::params;
use serde_json::{Value, json};

use super::*;
use crate::fixtures::{Stand, both, recorded};
use crate::service::{attribute_group, attribute_option, attribute_set, category_attribute};

async fn make(stand: &Stand, attribute: Value) -> Result<Value> {
    stand
        .call(&SAVE, "default", json!({ "attribute": attribute }))
        .await
}

async fn refused(stand: &Stand, operation: &'static Operation, input: Value) -> String {
    let error = stand.call(operation, "default", input).await.unwrap_err();
    assert!(
        matches!(error.kind(), Kind::Invalid | Kind::NotFound),
        "{error:?}"
    );
    error.detail().message.clone().into_owned()
}

fn size() -> Value {
    json!({
        "attribute_code": "size", "frontend_input": "select", "default_frontend_label": "Size", "scope": "store",
        "is_filterable": true,
        "options": [
            { "label": "Small", "is_default": true, "store_labels": [{ "store_id": 1, "label": "S" }] },
            { "label": "Large", "store_labels": [{ "store_id": 99, "label": "L" }] }
        ],
        "frontend_labels": [{ "store_id": 1, "label": "Size US" }]
    })
}

#[tokio::test]
async fn an_attribute_is_made_with_its_options_and_labels() {
    both(async |stand| {
        let made = make(stand, size()).await.unwrap();
        // The ids that follow on a stock Magento.
        assert_eq!(made["attribute_id"], 143);
        assert_eq!(made["options"][1]["value"], "10");
        assert_eq!(made["backend_type"], "int");
        assert_eq!(made["source_model"], eav::source::TABLE);
        assert_eq!(
            made["extension_attributes"],
            json!({ "is_pagebuilder_enabled": false })
        );
        assert_eq!(
            made["frontend_labels"],
            json!([{ "store_id": 1, "label": "Size US" }])
        );
        let options = made["options"].as_array().unwrap();
        let labels: Vec<&str> = options
            .iter()
            .map(|option| option["label"].as_str().unwrap())
            .collect();
        assert_eq!(labels, [" ", "S", "Large"]);
        assert_eq!(made["default_value"], options[1]["value"]);
        let all = stand
            .call(
                &attribute_option::GET_ITEMS,
                "all",
                json!({ "attributeCode": "size" }),
            )
            .await
            .unwrap();
        assert_eq!(all[1]["label"], "Small");
        let sql = "SELECT status FROM {indexer_state} WHERE indexer_id = 'catalog_product_attribute'";
        let mut cx = stand.cx("all");
        let status: String = cx.session().fetch_one(sql, params![]).await.unwrap();
        assert_eq!(status, "invalid");
    })
    .await;
}

#[tokio::test]
async fn a_change_needs_the_id_and_leaves_what_is_not_sent() {
    both(async |stand| {
        let made = make(stand, size()).await.unwrap();
        let again = refused(stand, &SAVE, json!({ "attribute": size() })).await;
        assert_eq!(again, "%1 already exists.");
        let options = made["options"].as_array().unwrap();
        // An answer sent back: its blank option is no option.
        let change = json!({
            "attribute_id": made["attribute_id"], "attribute_code": "size", "frontend_input": "text",
            "default_frontend_label": "New", "options": options,
        });
        let changed = make(stand, change).await.unwrap();
        assert_eq!(changed["default_frontend_label"], "New");
        assert_eq!(changed["frontend_input"], "select");
        assert_eq!(
            (&changed["scope"], &changed["is_filterable"]),
            (&json!("store"), &json!(true))
        );
        assert_eq!(changed["frontend_labels"], made["frontend_labels"]);
        assert_eq!(changed["options"].as_array().unwrap().len(), 3);
        assert_eq!(changed["default_value"], "");
        let foreign = json!({ "attribute": {
            "attribute_id": made["attribute_id"], "attribute_code": "size",
            "options": [{ "label": "Male", "value": "1" }],
        } });
        let text = refused(stand, &SAVE, foreign).await;
        assert_eq!(
            text,
            "The \"%1\" attribute doesn't include an option with \"%2\" ID."
        );
    })
    .await;
}

#[tokio::test]
async fn options_have_one_admin_label_each() {
    both(async |stand| {
        make(stand, size()).await.unwrap();
        let add =
            |label: &str| json!({ "attributeCode": "size", "option": { "label": label, "sort_order": 5 } });
        let id = stand
            .call(&attribute_option::ADD, "all", add("Huge"))
            .await
            .unwrap();
        let text = refused(stand, &attribute_option::ADD, add("hUGE ")).await;
        assert_eq!(text, "Admin store attribute option label \"%1\" already exists.");
        let change = json!({ "attributeCode": "size", "optionId": id, "option": { "label": "Giant" } });
        stand
            .call(&attribute_option::update::UPDATE, "all", change)
            .await
            .unwrap();
        let list = json!({ "attributeCode": "size" });
        let items = stand
            .call(&attribute_option::GET_ITEMS, "default", list.clone())
            .await
            .unwrap();
        // Without a position it comes first.
        assert_eq!(items[1], json!({ "label": "Giant", "value": id }));
        let delete = json!({ "attributeCode": "size", "optionId": id });
        stand
            .call(&attribute_option::DELETE, "all", delete.clone())
            .await
            .unwrap();
        refused(stand, &attribute_option::DELETE, delete).await;
        let status = json!({ "attributeCode": "status", "option": { "label": "x" } });
        refused(stand, &attribute_option::ADD, status).await;
    })
    .await;
}

#[tokio::test]
async fn a_removed_attribute_takes_its_rows_along() {
    both(async |stand| {
        let id = make(stand, size()).await.unwrap()["attribute_id"]
            .as_i64()
            .unwrap();
        let mut cx = stand.cx("all");
        let session = cx.session();
        let product =
            "INSERT INTO {catalog_product_entity} (attribute_set_id, type_id, sku) VALUES (4, 'simple', 'a')";
        let product = session.execute(product, params![]).await.unwrap().last_id;
        let value = "INSERT INTO {catalog_product_entity_int} (attribute_id, store_id, entity_id, value) \
                     VALUES (?, 0, ?, 1)";
        session.execute(value, params![id, product]).await.unwrap();
        session.commit().await.unwrap();
        let code = json!({ "attributeCode": "size" });
        stand.call(&DELETE_BY_ID, "all", code.clone()).await.unwrap();
        refused(stand, &GET, code).await;
        for table in [
            "catalog_product_entity_int",
            "eav_attribute_option",
            "eav_attribute_label",
            "catalog_eav_attribute",
        ] {
            let sql = "SELECT COUNT(*) FROM {".to_owned() + table + "} WHERE attribute_id = ?";
            assert_eq!(
                cx.session().fetch_one::<i64>(&sql, params![id]).await.unwrap(),
                0,
                "{table}"
            );
        }
        let system = refused(stand, &DELETE_BY_ID, json!({ "attributeCode": "name" })).await;
        assert_eq!(system, "The system attribute can't be deleted.");
    })
    .await;
}

#[tokio::test]
async fn bad_attributes_are_refused_and_leave_nothing() {
    both(async |stand| {
        let count = "SELECT COUNT(*) FROM {eav_attribute}";
        let before: i64 = stand
            .cx("all")
            .session()
            .fetch_one(count, params![])
            .await
            .unwrap();
        let long = "x".repeat(300);
        for attribute in [
            json!({}),
            json!({ "default_frontend_label": "No input" }),
            json!({ "attribute_code": "1 bad!", "frontend_input": "text", "default_frontend_label": "x" }),
            json!({ "attribute_code": "name", "frontend_input": "text", "default_frontend_label": "x" }),
            json!({ "attribute_code": "a", "frontend_input": "swatch", "default_frontend_label": "x" }),
            json!({ "attribute_code": "a", "frontend_input": "text", "default_frontend_label": long }),
            json!({ "attribute_code": "a", "frontend_input": "date", "default_frontend_label": "x",
                    "default_value": "soon" }),
            json!({ "attribute_code": "a", "frontend_input": "price", "default_frontend_label": "x",
                    "default_value": "dear" }),
            json!({ "attribute_code": "a", "frontend_input": "text", "default_frontend_label": "x",
                    "frontend_labels": [{ "store_id": 77, "label": "x" }] }),
            json!({ "attribute_code": "a", "frontend_input": "select", "default_frontend_label": "x",
                    "options": [{ "sort_order": 1 }] }),
            json!({ "attribute_code": "a", "frontend_input": "text", "default_frontend_label": "x",
                    "is_searchable": "-5" }),
        ] {
            refused(stand, &SAVE, json!({ "attribute": attribute })).await;
        }
        let after: i64 = stand
            .cx("all")
            .session()
            .fetch_one(count, params![])
            .await
            .unwrap();
        assert_eq!(before, after);
    })
    .await;
}

#[tokio::test]
async fn a_code_is_made_of_the_label() {
    both(async |stand| {
        let named = |label: &str| json!({ "frontend_input": "text", "default_frontend_label": label });
        let made = make(stand, named("Größe in cm")).await.unwrap();
        assert_eq!(made["attribute_code"], "grosse_in_cm");
        let made = make(stand, named("3D")).await.unwrap();
        assert_eq!(made["attribute_code"], "attr_3d");
        make(stand, named("尺寸")).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_new_set_is_a_copy_that_can_be_rearranged() {
    both(async |stand| {
        let set = json!({ "attributeSet": { "attribute_set_name": "Shirts", "sort_order": 3 }, "skeletonId": 4 });
        let made = stand.call(&attribute_set::CREATE, "all", set.clone()).await.unwrap();
        let id = made["attribute_set_id"].as_i64().unwrap();
        refused(stand, &attribute_set::CREATE, set).await;
        let of = |id: i64| json!({ "attributeSetId": id.to_string() });
        let copied = stand.call(&attribute_set::GET_ATTRIBUTES, "all", of(id)).await.unwrap();
        let skeleton = stand.call(&attribute_set::GET_ATTRIBUTES, "all", of(4)).await.unwrap();
        assert_eq!(copied.as_array().unwrap().len(), skeleton.as_array().unwrap().len());
        let group = json!({ "group": { "attribute_group_name": "Extra", "attribute_set_id": id } });
        let group = stand.call(&attribute_group::SAVE, "all", group).await.unwrap();
        let group_id: i64 = group["attribute_group_id"].as_str().unwrap().parse().unwrap();
        make(stand, size()).await.unwrap();
        let place = |set: i64| {
            json!({ "attributeSetId": set, "attributeGroupId": group_id, "attributeCode": "size", "sortOrder": 1 })
        };
        stand.call(&attribute_set::ASSIGN, "all", place(id)).await.unwrap();
        refused(stand, &attribute_set::ASSIGN, place(4)).await;
        let unassign = |code: &str| json!({ "attributeSetId": id.to_string(), "attributeCode": code });
        stand.call(&attribute_set::UNASSIGN, "all", unassign("size")).await.unwrap();
        refused(stand, &attribute_set::UNASSIGN, unassign("size")).await;
        refused(stand, &attribute_set::UNASSIGN, unassign("name")).await;
        refused(stand, &attribute_group::DELETE_BY_ID, json!({ "groupId": 7 })).await;
        stand
            .call(&attribute_group::DELETE_BY_ID, "all", json!({ "groupId": group_id }))
            .await
            .unwrap();
        refused(stand, &attribute_set::DELETE_BY_ID, json!({ "attributeSetId": 4 })).await;
        stand
            .call(&attribute_set::DELETE_BY_ID, "all", json!({ "attributeSetId": id }))
            .await
            .unwrap();
    })
    .await;
}

#[tokio::test]
async fn products_go_with_their_set() {
    both(async |stand| {
        let set = json!({ "attributeSet": { "attribute_set_name": "Shirts" }, "skeletonId": 4 });
        let made = stand.call(&attribute_set::CREATE, "all", set).await.unwrap();
        let id = made["attribute_set_id"].as_i64().unwrap();
        let mut cx = stand.cx("all");
        let product =
            "INSERT INTO {catalog_product_entity} (attribute_set_id, type_id, sku) VALUES (?, 'simple', ?)";
        cx.session().execute(product, params![id, "gone"]).await.unwrap();
        cx.session().execute(product, params![4, "kept"]).await.unwrap();
        cx.session().commit().await.unwrap();
        stand
            .call(
                &attribute_set::DELETE_BY_ID,
                "all",
                json!({ "attributeSetId": id }),
            )
            .await
            .unwrap();
        let skus = "SELECT sku FROM {catalog_product_entity}";
        let skus: Vec<String> = cx.session().fetch_all(skus, params![]).await.unwrap();
        assert_eq!(skus, ["kept"]);
    })
    .await;
}

#[tokio::test]
async fn a_list_takes_as_many_statements_as_a_page() {
    recorded("populated", async |stand| {
        let mut counts = Vec::new();
        for size in [1, 1000] {
            let mut cx = stand.cx("default");
            let mut criteria = SearchCriteria::default();
            criteria.page_size.0 = Some(size);
            let found = get_list(&mut cx, criteria).await.unwrap();
            assert_eq!(found.total_count, 66);
            counts.push((found.items.len(), cx.session().statements()));
        }
        assert_eq!(counts[0].0, 1);
        assert_eq!(counts[1].0, 66);
        // One more each for options in the database and for tax classes, which the first page has not.
        assert!(counts[1].1 <= 4, "{counts:?}");
    })
    .await;
}

#[tokio::test]
async fn searches_know_sets_and_refuse_other_fields() {
    both(async |stand| {
        let by = |field: &str, value: &str| {
            let filter = json!({ "field": field, "value": value });
            json!({ "searchCriteria": { "filter_groups": [{ "filters": [filter] }] } })
        };
        let found = stand
            .call(&GET_LIST, "all", by("attribute_set_id", "4"))
            .await
            .unwrap();
        assert_eq!(found["total_count"], 59);
        let found = stand
            .call(&category_attribute::GET_LIST, "all", by("is_global", "1"))
            .await
            .unwrap();
        assert!(found["total_count"].as_i64().unwrap() > 5);
        refused(stand, &GET_LIST, by("nosuch", "1")).await;
        refused(stand, &attribute_set::GET_LIST, by("nosuch", "1")).await;
        refused(stand, &attribute_group::GET_LIST, by("nosuch", "1")).await;
        let found = stand
            .call(
                &attribute_group::GET_LIST,
                "all",
                by("attribute_group_code", "design"),
            )
            .await
            .unwrap();
        assert_eq!(found["items"][0]["attribute_group_name"], "Design");
    })
    .await;
}
