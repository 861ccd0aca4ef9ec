//! Custom options and product links over HTTP: what is saved is listed, what is wrong is refused.

use anyhow::{Context as _, Result, ensure};
use db::params;
use rstest::rstest;
use serde_json::{Value, json};
use testkit::client::Reply;

use crate::support::{Home, Site};

/// A site with the products `shirt`, `cap` and the group `set`, and its administrator's token.
struct Shop {
    site: Site,
    bearer: String,
}

impl Shop {
    fn open(home: Home) -> Result<Option<Self>> {
        let Some(site) = Site::start(home)? else {
            return Ok(None);
        };
        for (sku, kind) in [("shirt", "simple"), ("cap", "simple"), ("set", "grouped")] {
            let sql =
                "INSERT INTO {catalog_product_entity} (attribute_set_id, type_id, sku) VALUES (4, ?, ?)";
            let id = site.sql.run(sql, params![kind, sku])?;
            let sql = "INSERT INTO {catalog_product_website} (product_id, website_id) VALUES (?, 1)";
            site.sql.run(sql, params![id])?;
        }
        let bearer = format!("Bearer {}", site.admin_token()?);
        Ok(Some(Self { site, bearer }))
    }

    fn send(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Reply> {
        let headers = [
            ("Authorization", self.bearer.as_str()),
            ("Content-Type", "application/json"),
        ];
        let body = body.map(Value::to_string);
        let server = &self.site.server;
        server.send(method, &format!("/rest/{path}"), &headers, body.as_deref())
    }

    /// The answer to a request that must succeed.
    fn done(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Value> {
        let reply = self.send(method, path, body)?;
        ensure!(
            reply.status == 200,
            "{method} {path}: {} {}",
            reply.status,
            reply.body
        );
        reply.json()
    }
}

#[rstest]
fn options_live_through_save_change_and_removal(
    #[values(Home::Sqlite, Home::Attached)] home: Home,
) -> Result<()> {
    let Some(shop) = Shop::open(home)? else {
        return Ok(());
    };
    let option = json!({"option": {"product_sku": "shirt", "title": "Size", "type": "radio", "sort_order": 1,
        "is_require": true, "values": [{"title": "S", "sort_order": 1, "price": 1.25, "price_type": "fixed"}]}});
    let saved = shop.done("POST", "V1/products/options", Some(&option))?;
    let id = saved["option_id"].as_i64().context("an id")?;
    let listed = shop.done("GET", "V1/products/shirt/options", None)?;
    let value = listed[0]["values"][0]["option_type_id"]
        .as_i64()
        .context("an id of a value")?;
    let expected = json!([{"product_sku": "shirt", "option_id": id, "title": "Size", "type": "radio",
        "sort_order": 1, "is_require": true, "values": [{"title": "S", "sort_order": 1, "price": 1.25,
        "price_type": "fixed", "option_type_id": value}]}]);
    assert_eq!(listed, expected);
    // The id of the path counts, not that of the body.
    let change = json!({"option": {"product_sku": "shirt", "option_id": 77, "title": "Cut", "type": "radio",
        "sort_order": 2, "is_require": false, "values": [
            {"option_type_id": value, "title": "Slim", "sort_order": 1, "price": 10, "price_type": "percent"},
            {"title": "Wide", "sort_order": 2, "price": 0, "price_type": "fixed"}]}});
    shop.done("PUT", &format!("all/V1/products/options/{id}"), Some(&change))?;
    let one = format!("V1/products/shirt/options/{id}");
    let in_all = shop.done("GET", &format!("all/{one}"), None)?;
    let in_view = shop.done("GET", &one, None)?;
    assert_eq!(
        (&in_all["title"], &in_view["title"]),
        (&json!("Cut"), &json!("Size"))
    );
    assert_eq!(in_view["values"][0]["price_type"], "percent");
    assert_eq!(in_view["values"].as_array().map(Vec::len), Some(2));
    assert_eq!(shop.done("DELETE", &one, None)?, true);
    assert_eq!(shop.done("GET", "V1/products/shirt/options", None)?, json!([]));
    assert_eq!(shop.send("DELETE", &one, None)?.status, 404);
    // Who may not read the catalog may not read this.
    assert_eq!(
        shop.site
            .server
            .get("/rest/V1/products/options/types", None)?
            .status,
        401
    );
    Ok(())
}

#[rstest]
fn links_live_through_save_change_and_removal(
    #[values(Home::Sqlite, Home::Attached)] home: Home,
) -> Result<()> {
    let Some(shop) = Shop::open(home)? else {
        return Ok(());
    };
    let items = json!({"items": [{"sku": "shirt", "link_type": "related", "linked_product_sku": "cap",
        "linked_product_type": "simple", "position": 3}]});
    assert_eq!(shop.done("POST", "V1/products/shirt/links", Some(&items))?, true);
    let part = json!({"entity": {"link_type": "associated", "linked_product_sku": "cap",
        "linked_product_type": "simple", "position": 1, "extension_attributes": {"qty": 2.5}}});
    assert_eq!(shop.done("PUT", "V1/products/set/links", Some(&part))?, true);
    let related = shop.done("GET", "V1/products/shirt/links/related", None)?;
    let expected = json!([{"sku": "shirt", "link_type": "related", "linked_product_sku": "cap",
        "linked_product_type": "simple", "position": 3}]);
    assert_eq!(related, expected);
    let parts = shop.done("GET", "V1/products/set/links/associated", None)?;
    assert_eq!(parts[0]["extension_attributes"], json!({"qty": 2.5}));
    let types = shop.done("GET", "V1/products/links/types", None)?;
    let names: Vec<_> = types
        .as_array()
        .context("a list")?
        .iter()
        .map(|kind| &kind["name"])
        .collect();
    assert_eq!(names, ["related", "crosssell", "upsell", "associated"]);
    assert_eq!(
        shop.done("DELETE", "V1/products/set/links/associated/cap", None)?,
        true
    );
    assert_eq!(
        shop.done("GET", "V1/products/set/links/associated", None)?,
        json!([])
    );
    assert_eq!(
        shop.send("DELETE", "V1/products/set/links/associated/cap", None)?
            .status,
        404
    );
    Ok(())
}

/// Values that no member of an option or a link can take, or only some can.
fn odd_values() -> Vec<Value> {
    vec![
        Value::Null,
        json!(false),
        json!(0),
        json!(-1),
        json!(1e30),
        json!(99_999_999_999_i64),
        json!(u64::MAX),
        json!(""),
        json!("12abc"),
        json!("x".repeat(70_000)),
        json!("\u{1f600}\0'\\%"),
        json!([]),
        json!([1]),
        json!([[{}]]),
        json!({}),
        json!({"a": 1}),
    ]
}

/// The object with one member replaced, once for each member and odd value.
fn spoiled(object: &Value) -> Vec<Value> {
    let keys: Vec<&String> = object
        .as_object()
        .into_iter()
        .flat_map(|members| members.keys())
        .collect();
    let spoil = |key: &String, value: Value| {
        let mut object = object.clone();
        object[key] = value;
        object
    };
    keys.iter()
        .flat_map(|key| odd_values().into_iter().map(|value| spoil(key, value)))
        .collect()
}

#[rstest]
fn whatever_is_sent_is_answered_without_a_fault(
    #[values(Home::Sqlite, Home::Attached)] home: Home,
) -> Result<()> {
    let Some(shop) = Shop::open(home)? else {
        return Ok(());
    };
    let value = json!({"title": "S", "sort_order": 1, "price": 1, "price_type": "fixed", "sku": "s",
        "option_type_id": null});
    let option = json!({"product_sku": "shirt", "option_id": null, "title": "T", "type": "file", "sort_order": 1,
        "is_require": true, "price": 1, "price_type": "fixed", "sku": "s", "file_extension": "png",
        "max_characters": 1, "image_size_x": 1, "image_size_y": 1, "values": [],
        "extension_attributes": {}});
    let link = json!({"sku": "set", "link_type": "associated", "linked_product_sku": "cap",
        "linked_product_type": "simple", "position": 1, "extension_attributes": {"qty": 1}});
    let mut requests = Vec::new();
    for option in spoiled(&option) {
        requests.push(("POST", "V1/products/options", json!({ "option": option })));
        requests.push(("PUT", "all/V1/products/options/1", json!({ "option": option })));
    }
    for value in spoiled(&value) {
        let mut option = option.clone();
        option["type"] = json!("multiple");
        option["values"] = json!([value]);
        requests.push(("POST", "V1/products/options", json!({ "option": option })));
    }
    for link in spoiled(&link) {
        requests.push(("PUT", "V1/products/set/links", json!({ "entity": link })));
        requests.push(("POST", "V1/products/set/links", json!({ "items": [link, link] })));
    }
    for (method, path, body) in requests {
        let reply = shop.send(method, path, Some(&body))?;
        let faultless = matches!(reply.status, 200 | 400 | 404);
        ensure!(
            faultless,
            "{method} {path} {body}: {} {}",
            reply.status,
            reply.body
        );
    }
    for id in [
        "0",
        "-1",
        "99999999999999999999",
        "abc",
        "%F0%9F%98%80",
        "%00",
        "a%2Fb",
    ] {
        for (method, path) in [
            ("GET", format!("V1/products/{id}/options")),
            ("GET", format!("V1/products/shirt/options/{id}")),
            ("DELETE", format!("V1/products/shirt/options/{id}")),
            ("GET", format!("V1/products/shirt/links/{id}")),
            ("GET", format!("V1/products/links/{id}/attributes")),
            ("DELETE", format!("V1/products/shirt/links/related/{id}")),
        ] {
            let reply = shop.send(method, &path, None)?;
            let faultless = matches!(reply.status, 200 | 400 | 404);
            ensure!(faultless, "{method} {path}: {} {}", reply.status, reply.body);
        }
    }
    Ok(())
}
