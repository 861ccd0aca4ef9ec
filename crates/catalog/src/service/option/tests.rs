use contract::port::Refresh as _;
use contract::{Kind, Result};
use db::params;
use serde_json::{Value, json};

use super::*;
use crate::data::option::CustomOptionValue;
use crate::fixtures::{Stand, both};
use crate::service::product::find;

/// Products `a` and `b`, a second website with one view, a second view of the first; prices by website.
async fn shop(stand: &Stand) {
    let mut cx = stand.cx("all");
    let session = cx.session();
    for (sku, kind) in [("a", "simple"), ("b", "simple"), ("box", "grouped")] {
        let sql = "INSERT INTO {catalog_product_entity} (attribute_set_id, type_id, sku) VALUES (4, ?, ?)";
        session.execute(sql, params![kind, sku]).await.unwrap();
    }
    for sql in [
        "INSERT INTO {store_website} (website_id, code, name, default_group_id) VALUES (2, 'eu', 'EU', 2)",
        "INSERT INTO {store_group} (group_id, website_id, name, root_category_id, default_store_id, code) \
         VALUES (2, 2, 'EU', 2, 3, 'eu')",
        "INSERT INTO {store} (store_id, code, website_id, group_id, name, is_active) VALUES \
         (2, 'de', 1, 1, 'DE', 1), (3, 'fr', 2, 2, 'FR', 1)",
        "INSERT INTO {core_config_data} (scope, scope_id, path, value) \
         VALUES ('default', 0, 'catalog/price/scope', '1')",
    ] {
        session.execute(sql, params![]).await.unwrap();
    }
    session.commit().await.unwrap();
    stand.scopes.refresh().await.unwrap();
}

async fn save(stand: &Stand, store: &str, option: Value) -> Result<Value> {
    stand.call(&SAVE, store, json!({ "option": option })).await
}

async fn list(stand: &Stand, store: &str, sku: &str) -> Value {
    stand.call(&GET_LIST, store, json!({ "sku": sku })).await.unwrap()
}

fn field(title: &str, price: f64) -> Value {
    json!({ "product_sku": "a", "title": title, "type": "field", "sort_order": 2, "is_require": false,
            "price": price, "price_type": "fixed", "max_characters": 20 })
}

fn choices() -> Value {
    json!({ "product_sku": "a", "title": "Size", "type": "drop_down", "sort_order": 1, "is_require": true,
            "values": [
                { "title": "S", "sort_order": 2, "price": 1, "price_type": "fixed", "sku": "s" },
                { "title": "L", "sort_order": 1, "price": 2.5, "price_type": "percent" } ] })
}

fn titles(options: &Value) -> Vec<String> {
    let options = options.as_array().unwrap();
    options
        .iter()
        .map(|option| format!("{} {}", option["title"].as_str().unwrap(), option["price"]))
        .collect()
}

#[tokio::test]
async fn titles_are_of_a_view_and_prices_of_a_website() {
    both(async |stand| {
        shop(stand).await;
        let saved = save(stand, "default", field("Text", 5.0)).await.unwrap();
        let id = saved["option_id"].as_i64().unwrap();
        let with_id = |title, price| {
            let mut option = field(title, price);
            option["option_id"] = json!(id);
            option
        };
        for store in ["all", "default", "de", "fr"] {
            assert_eq!(titles(&list(stand, store, "a").await), ["Text 5"], "{store}");
        }
        save(stand, "fr", with_id("Texte", 9.0)).await.unwrap();
        save(stand, "all", with_id("Any", 7.25)).await.unwrap();
        save(stand, "de", with_id("Wort", 6.0)).await.unwrap();
        let expected = [
            ("all", "Any 7.25"),
            ("default", "Text 6"),
            ("de", "Wort 6"),
            ("fr", "Texte 9"),
        ];
        for (store, title) in expected {
            assert_eq!(titles(&list(stand, store, "a").await), [title], "{store}");
        }
    })
    .await;
}

#[tokio::test]
async fn values_keep_their_ids_and_those_not_named_go() {
    both(async |stand| {
        shop(stand).await;
        save(stand, "all", field("Text", 5.0)).await.unwrap();
        let answer = save(stand, "all", choices()).await.unwrap();
        assert_eq!(
            answer["values"][0]["option_type_id"],
            Value::Null,
            "answered as sent"
        );
        let before = list(stand, "all", "a").await;
        assert_eq!(before[0]["values"][0]["title"], "L", "by sort order");
        let (l, s) = (&before[0]["values"][0], &before[0]["values"][1]);
        let mut option = choices();
        option["option_id"] = before[0]["option_id"].clone();
        option["values"] = json!([
            { "option_type_id": s["option_type_id"], "title": "Small", "sort_order": 5, "price": 3,
              "price_type": "fixed" },
            { "title": "XL", "sort_order": 9, "price": 0, "price_type": "" },
        ]);
        save(stand, "all", option.clone()).await.unwrap();
        let values = &list(stand, "all", "a").await[0]["values"];
        assert_eq!(
            values[0],
            json!({ "title": "Small", "sort_order": 5, "price": 3, "price_type": "fixed",
            "sku": "s", "option_type_id": s["option_type_id"] })
        );
        assert_eq!(values[1]["title"], "XL");
        assert_eq!(
            values[1]["price"],
            Value::Null,
            "without a price type there is no price"
        );
        assert_eq!(values.as_array().unwrap().len(), 2);
        // The value that went is foreign now; nothing of the call is kept.
        option["title"] = json!("Changed");
        option["values"] = json!([{ "option_type_id": l["option_type_id"], "title": "L" }]);
        let error = save(stand, "all", option).await.unwrap_err();
        assert_eq!(error.kind(), Kind::NotFound);
        assert_eq!(list(stand, "all", "a").await[0]["title"], "Size");
    })
    .await;
}

#[tokio::test]
async fn null_removes_what_absence_keeps() {
    both(async |stand| {
        shop(stand).await;
        let mut option = field("Text", 5.0);
        option["sku"] = json!("-t");
        option["option_id"] = save(stand, "all", option.clone()).await.unwrap()["option_id"].clone();
        let members = option.as_object_mut().unwrap();
        members.remove("max_characters");
        members.insert("sku".to_owned(), Value::Null);
        save(stand, "all", option).await.unwrap();
        let listed = list(stand, "all", "a").await;
        assert_eq!(listed[0]["max_characters"], 20);
        assert!(listed[0].get("sku").is_none());
    })
    .await;
}

#[tokio::test]
async fn the_product_notes_that_it_has_options() {
    both(async |stand| {
        shop(stand).await;
        let flags = async || {
            let mut cx = stand.cx("all");
            let product = find(&mut cx, "a").await.unwrap();
            (product.has_options, product.required_options)
        };
        save(stand, "default", field("Text", 5.0)).await.unwrap();
        assert_eq!(flags().await, (true, false));
        let saved = save(stand, "default", choices()).await.unwrap();
        assert_eq!(flags().await, (true, true));
        let input = json!({ "sku": "A", "option_id": saved["option_id"] });
        assert_eq!(
            stand
                .call(&DELETE_BY_IDENTIFIER, "de", input.clone())
                .await
                .unwrap(),
            true
        );
        assert_eq!(flags().await, (true, true));
        let error = stand.call(&DELETE_BY_IDENTIFIER, "de", input).await.unwrap_err();
        assert_eq!(
            error.detail().message,
            "No such entity with %fieldName = %fieldValue"
        );
        assert_eq!(titles(&list(stand, "all", "a").await), ["Text 5"]);
    })
    .await;
}

#[tokio::test]
async fn a_save_of_the_product_makes_what_a_view_shows_its_own() {
    both(async |stand| {
        shop(stand).await;
        save(stand, "all", choices()).await.unwrap();
        let mut cx = stand.cx("fr");
        let product = find(&mut cx, "a").await.unwrap();
        save_again(&mut cx, &stand.scope("fr"), &product).await.unwrap();
        cx.session().commit().await.unwrap();
        let before = list(stand, "all", "a").await;
        let mut option = before[0].clone();
        option["title"] = json!("Any");
        for value in option["values"].as_array_mut().unwrap() {
            value["title"] = json!("X");
            value["price"] = json!(9);
        }
        save(stand, "all", option).await.unwrap();
        assert_eq!(list(stand, "fr", "a").await, before);
        assert_eq!(titles(&list(stand, "de", "a").await), ["Any null"]);
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_is_said_and_nothing_is_written() {
    both(async |stand| {
        shop(stand).await;
        let with = |key: &str, value: Value| {
            let mut option = field("Text", 5.0);
            option[key] = value;
            option
        };
        let in_choices = |key: &str, value: Value| {
            let mut option = choices();
            option["values"][1][key] = value;
            option
        };
        let long = "x".repeat(300);
        let (value, fits) = ("Invalid option value", "out of range");
        for (option, text) in [
            (
                with("product_sku", json!("")),
                "The ProductSku is empty. Set the ProductSku and try again.",
            ),
            (with("type", json!("nosuch")), "Invalid option type"),
            (
                with("type", json!("")),
                "Missed values for option required fields\nInvalid option type",
            ),
            (
                with("title", json!("")),
                "Missed values for option required fields",
            ),
            (with("price_type", json!("other")), value),
            (with("max_characters", json!(-1)), value),
            (with("type", json!("radio")), value),
            (in_choices("title", json!("")), value),
            (in_choices("price_type", json!("other")), value),
            (with("option_id", json!(99)), "No such entity."),
            (with("option_id", json!(0)), "No such entity."),
            (with("title", json!(&long)), fits),
            (with("sku", json!(&long)), fits),
            (with("sort_order", json!(-1)), fits),
            (with("max_characters", json!(9_000_000_000_i64)), fits),
            (with("price", json!(1e20)), fits),
            (in_choices("sku", json!(&long)), fits),
        ] {
            let error = save(stand, "default", option.clone()).await.unwrap_err();
            let message = &error.detail().message;
            assert!(message.contains(text), "{option}: {message}");
            assert!(matches!(error.kind(), Kind::Invalid | Kind::NotFound), "{option}");
        }
        assert_eq!(list(stand, "all", "a").await, json!([]));
        let unknown = save(stand, "default", with("product_sku", json!("none")))
            .await
            .unwrap_err();
        assert_eq!(unknown.kind(), Kind::NotFound);
    })
    .await;
}

#[test]
fn extensions_of_files_are_listed_once() {
    assert_eq!(rules::file_extensions("JPG,.png; jpg"), "jpg, png");
    assert_eq!(rules::file_extensions("…"), "…");
}

fn option(title: &str) -> CustomOption {
    CustomOption {
        product_sku: Some("a".to_owned()),
        title: Some(title.to_owned()),
        r#type: Some("checkbox".to_owned()),
        is_require: Some(false),
        values: Some(vec![CustomOptionValue {
            title: Some("One".to_owned()),
            ..CustomOptionValue::default()
        }]),
        ..CustomOption::default()
    }
}

#[tokio::test]
async fn options_of_a_product_are_replaced_in_a_fixed_number_of_statements() {
    both(async |stand| {
        shop(stand).await;
        let mut cx = stand.cx("de");
        let scope = stand.scope("de");
        let a = find(&mut cx, "a").await.unwrap();
        let count = async |cx: &mut Cx<'_>, given: Vec<CustomOption>| {
            let before = cx.session().statements();
            replace(cx, &scope, &a, false, given).await.unwrap();
            cx.session().statements() - before
        };
        let few = count(&mut cx, vec![option("x"), option("y")]).await;
        let many = (0..30).map(|i| option(&format!("{i:02}"))).collect();
        assert_eq!(count(&mut cx, many).await, few + 1, "the old ones are deleted");
        let before = cx.session().statements();
        let b = find(&mut cx, "b").await.unwrap();
        let mut loaded = load_many(&mut cx, &scope, &[a.clone(), b]).await.unwrap();
        assert_eq!(cx.session().statements() - before, 2);
        let mut loaded = loaded.remove(&a.id).unwrap();
        assert_eq!(loaded.len(), 30);
        // One stays under its id, the others go.
        let kept = loaded.remove(3);
        replace(&mut cx, &scope, &a, false, vec![kept.clone()])
            .await
            .unwrap();
        let again = load_many(&mut cx, &scope, std::slice::from_ref(&a))
            .await
            .unwrap();
        assert_eq!(again[&a.id], [kept]);
        replace(&mut cx, &scope, &a, false, Vec::new()).await.unwrap();
        let none = load_many(&mut cx, &scope, std::slice::from_ref(&a))
            .await
            .unwrap();
        assert!(none.is_empty());
        cx.session().rollback().await.unwrap();
    })
    .await;
}
