use serde_json::{Value, json};

use super::*;
use crate::fixtures::{Stand, both};

const PNG: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEklEQVR4nGP4z8CAFWEXHbQSACj/P8Fu7N9hAAAAAElFTkSuQmCC";

fn entry(label: &str, types: &[&str]) -> Value {
    json!({"media_type": "image", "label": label, "position": 1, "disabled": false, "types": types,
        "content": {"base64_encoded_data": PNG, "type": "image/png", "name": "front.png"}})
}

async fn product(stand: &Stand) {
    let mut cx = stand.cx("all");
    let sql = "INSERT INTO {catalog_product_entity} (entity_id, attribute_set_id, type_id, sku) VALUES (1, 4, 'simple', 's1')";
    cx.session().execute(sql, &[]).await.unwrap();
    let sql = "INSERT INTO {catalog_product_website} (product_id, website_id) VALUES (1, 1)";
    cx.session().execute(sql, &[]).await.unwrap();
    cx.session().commit().await.unwrap();
}

async fn list(stand: &Stand, store: &str) -> Value {
    stand.call(&GET_LIST, store, json!({"sku": "s1"})).await.unwrap()
}

fn files(stand: &Stand) -> usize {
    std::fs::read_dir(stand.media.path().join("catalog/product/f/r")).map_or(0, Iterator::count)
}

async fn refusal(stand: &Stand, operation: &'static Operation, input: Value) -> String {
    stand
        .call(operation, "default", input)
        .await
        .unwrap_err()
        .to_string()
}

/// `media.create` to `media.delete-unknown` of section `replay`, with the rows that they left in `populated`.
#[tokio::test]
async fn an_entry_is_made_changed_and_removed_with_its_file() {
    both(async |stand| {
        product(stand).await;
        let made = stand
            .call(&CREATE, "default", json!({"sku": "s1", "entry": entry("Front", &["image", "small_image", "thumbnail"])}))
            .await;
        assert_eq!(made.unwrap(), json!("1"));
        let one = stand.call(&GET, "default", json!({"sku": "s1", "entryId": 1})).await.unwrap();
        assert_eq!(one["file"], "/f/r/front.png");
        assert_eq!(one["content"]["base64_encoded_data"], PNG);
        assert_eq!(one["types"], json!(["image", "small_image", "thumbnail"]));
        let change = json!({"id": 1, "media_type": "image", "label": "Front 2", "position": 2, "disabled": true, "types": ["image"]});
        stand.call(&UPDATE, "default", json!({"sku": "s1", "entry": change})).await.unwrap();
        let one = list(stand, "default").await[0].clone();
        assert_eq!((&one["label"], &one["disabled"], &one["types"]), (&json!("Front 2"), &json!(true), &json!(["image"])));
        stand.call(&REMOVE, "default", json!({"sku": "s1", "entryId": 1})).await.unwrap();
        assert_eq!(list(stand, "default").await, json!([]));
        assert_eq!(files(stand), 0);
        let values: Vec<(i64, String, i64, String)> = stand
            .cx("all")
            .session()
            .fetch_all(
                "SELECT a.attribute_id, a.attribute_code, v.store_id, v.value FROM {catalog_product_entity_varchar} v \
                 JOIN {eav_attribute} a ON a.attribute_id = v.attribute_id WHERE v.entity_id = 1 ORDER BY 1",
                &[],
            )
            .await
            .unwrap();
        let values: Vec<_> = values.iter().map(|(_, code, store, value)| format!("{code} {store} {value}")).collect();
        assert_eq!(values, [
            "image 0 no_selection", "small_image 0 no_selection", "thumbnail 0 no_selection",
            "image_label 0 Front 2", "small_image_label 0 Front", "thumbnail_label 0 Front",
            "swatch_image 0 no_selection",
        ]);
    })
    .await;
}

#[tokio::test]
async fn what_is_refused_leaves_neither_rows_nor_files() {
    both(async |stand| {
        product(stand).await;
        let base64 = "The image content must be valid base64 encoded data.";
        let with = |key: &str, value: &str| {
            let mut entry = entry("x", &[]);
            entry["content"][key] = json!(value);
            json!({"sku": "s1", "entry": entry})
        };
        assert_eq!(refusal(stand, &CREATE, with("base64_encoded_data", "!!!")).await, base64);
        let mime = "The image MIME type is not valid or not supported.";
        assert_eq!(refusal(stand, &CREATE, with("type", "image/jpeg")).await, mime);
        let name = "Provided image name contains forbidden characters.";
        assert_eq!(refusal(stand, &CREATE, with("name", "../../front.png")).await, name);
        assert_eq!(refusal(stand, &CREATE, with("name", "front.php")).await, "The product can't be saved.");
        let mut long = entry(&"x".repeat(300), &[]);
        long["content"]["name"] = json!("front.png");
        assert_eq!(refusal(stand, &CREATE, json!({"sku": "s1", "entry": long})).await, "The product can't be saved.");
        let unknown = json!({"sku": "nosuch", "entry": entry("x", &[])});
        assert!(refusal(stand, &CREATE, unknown).await.starts_with("The product that was requested"));
        for _ in 0..200 {
            if files(stand) == 0 {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        assert_eq!(files(stand), 0);
        assert_eq!(list(stand, "default").await, json!([]));
        let no_id = json!({"sku": "s1", "entry": {"media_type": "image", "label": "x", "position": 1, "disabled": false, "types": []}});
        let missing = "No image with the provided ID was found. Verify the ID and try again.";
        assert_eq!(refusal(stand, &UPDATE, no_id).await, missing);
        assert_eq!(refusal(stand, &REMOVE, json!({"sku": "s1", "entryId": 9})).await, missing);
    })
    .await;
}

#[tokio::test]
async fn galleries_of_any_number_of_products_take_one_statement() {
    both(async |stand| {
        product(stand).await;
        for _ in 0..2 {
            let input = json!({"sku": "s1", "entry": entry("Front", &["image"])});
            stand.call(&CREATE, "default", input).await.unwrap();
        }
        let mut cx = stand.cx("default");
        let products = crate::repo::product::by_ids(cx.session(), &[1, 2, 3])
            .await
            .unwrap();
        let (before, scope) = (cx.session().statements(), cx.scope().clone());
        let found = load_many(&mut cx, &scope, &products).await.unwrap();
        assert_eq!(cx.session().statements() - before, 1);
        assert_eq!(found[&1].len(), 2);
        assert_eq!(found[&1][1].file.as_deref(), Some("/f/r/front_1.png"));
        assert_eq!(found[&1][0].types.as_deref(), Some([].as_slice()));
    })
    .await;
}

/// A video keeps what was told of it.
#[tokio::test]
async fn a_video_comes_back_as_it_was_sent() {
    both(async |stand| {
        product(stand).await;
        let mut video = entry("Clip", &[]);
        let content = json!({"media_type": "external-video", "video_provider": "vimeo", "video_url": "https://vimeo.com/1",
            "video_title": "Clip", "video_description": "Long", "video_metadata": null});
        video["media_type"] = json!("external-video");
        video["extension_attributes"] = json!({"video_content": content});
        stand.call(&CREATE, "default", json!({"sku": "s1", "entry": video})).await.unwrap();
        for store in ["default", "all"] {
            let entry = list(stand, store).await[0].clone();
            assert_eq!(entry["extension_attributes"]["video_content"], content, "{store}");
        }
        assert_eq!(list(stand, "default").await[0]["types"].as_array().unwrap().len(), 4);
    })
    .await;
}
