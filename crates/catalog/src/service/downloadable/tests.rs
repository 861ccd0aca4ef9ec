use contract::Kind;
use db::params;
use serde_json::{Value, json};

use super::{links, load_links, load_samples, samples};
use crate::fixtures::{Stand, both, recorded};
use crate::repo::downloadable::{self as repo, LinkRow};
use crate::repo::product::by_skus;

/// A downloadable product `d` with one link, made by the default scope; a simple one `s`.
async fn shop(stand: &Stand) {
    let mut cx = stand.cx("all");
    let session = cx.session();
    let sql = "INSERT INTO {catalog_product_entity} (entity_id, attribute_set_id, type_id, sku) VALUES \
               (1, 4, 'downloadable', 'd'), (2, 4, 'simple', 's')";
    session.execute(sql, params![]).await.unwrap();
    let link = LinkRow {
        product_id: 1,
        kind: Some("file".to_owned()),
        file: Some("/a/_/a.txt".to_owned()),
        ..LinkRow::default()
    };
    let id = repo::insert_link(session, &link).await.unwrap();
    repo::save_link_title(session, id, 0, Some("One")).await.unwrap();
    repo::save_price(session, id, 0, 2.into()).await.unwrap();
    session.commit().await.unwrap();
}

fn link(members: &Value) -> Value {
    let mut link = json!({ "title": "L", "link_type": "url", "link_url": "http://example.com/a", "price": 1,
                           "sort_order": 1, "is_shareable": 1, "number_of_downloads": 1 });
    for (key, value) in members.as_object().unwrap() {
        link[key] = value.clone();
    }
    link
}

async fn save(stand: &Stand, sku: &str, link: Value) -> contract::Result<Value> {
    stand
        .call(&links::SAVE, "all", json!({ "sku": sku, "link": link }))
        .await
}

fn message(answer: contract::Result<Value>) -> (Kind, String) {
    let error = answer.unwrap_err();
    (error.kind(), error.detail().message.clone().into_owned())
}

#[tokio::test]
async fn links_must_say_what_they_offer() {
    both(async |stand| {
        shop(stand).await;
        for (members, text) in [
            (json!({}), "Link URL's domain is not in list of downloadable_domains in env.php."),
            (json!({ "link_url": "a.zip" }), "Link URL must have valid format."),
            (json!({ "link_type": "nosuch" }), "The link type is invalid. Verify and try again."),
            (json!({ "sample_type": "nosuch" }), "The link sample type is invalid. Verify and try again."),
            (json!({ "price": -1 }), "Link price must have numeric positive value."),
            (json!({ "number_of_downloads": -1 }), "Number of downloads must be a positive integer."),
            (json!({ "sort_order": -1 }), "Sort order must be a positive integer."),
            (json!({ "link_type": "file" }), "Link file not found. Please try again."),
            (
                json!({ "link_type": "file", "link_file_content": { "file_data": "?", "name": "a.txt" } }),
                "Provided content must be valid base64 encoded data.",
            ),
            (
                json!({ "link_type": "file", "link_file_content": { "file_data": "aGVsbG8=", "name": "a/b" } }),
                "Provided file name contains forbidden characters.",
            ),
        ] {
            assert_eq!(message(save(stand, "d", link(&members)).await), (Kind::Invalid, text.to_owned()));
        }
        assert_eq!(
            message(save(stand, "s", link(&json!({}))).await).1,
            "The product needs to be the downloadable type. Verify the product and try again."
        );
        assert_eq!(message(save(stand, "d", link(&json!({ "id": 9 }))).await).0, Kind::NotFound);
        assert_eq!(
            message(save(stand, "s", link(&json!({ "id": 1 }))).await).1,
            "The downloadable link isn't related to the product. Verify the link and try again."
        );
    })
    .await;
}

#[tokio::test]
async fn links_are_listed_and_removed() {
    both(async |stand| {
        shop(stand).await;
        let list = async |sku: &str| {
            stand
                .call(&links::GET_LIST, "default", json!({ "sku": sku }))
                .await
                .unwrap()
        };
        let found = list("d").await;
        assert_eq!(
            (&found[0]["title"], &found[0]["price"]),
            (&json!("One"), &json!(2))
        );
        assert_eq!(found[0]["sample_type"], Value::Null);
        assert_eq!(list("s").await, json!([]));
        let input = json!({ "sku": "d" });
        assert_eq!(
            stand.call(&samples::GET_LIST, "all", input).await.unwrap(),
            json!([])
        );
        assert_eq!(
            stand
                .call(&links::DELETE, "all", json!({ "id": 1 }))
                .await
                .unwrap(),
            json!(true)
        );
        assert_eq!(
            message(stand.call(&links::DELETE, "all", json!({ "id": 1 })).await).0,
            Kind::NotFound
        );
        assert_eq!(
            message(stand.call(&samples::DELETE, "all", json!({ "id": 1 })).await).0,
            Kind::NotFound
        );
        assert_eq!(list("d").await, json!([]));
    })
    .await;
}

#[tokio::test]
async fn uploaded_files_are_kept_below_the_media_folder() {
    both(async |stand| {
        shop(stand).await;
        let file = |name: &str| json!({ "file_data": "aGVsbG8=", "name": name });
        let upload = link(
            &json!({ "link_type": "file", "link_file_content": file("my file.txt"),
                                  "sample_type": "file", "sample_file_content": file("s.txt") }),
        );
        assert_eq!(save(stand, "d", upload.clone()).await.unwrap(), json!("2"));
        assert_eq!(save(stand, "d", upload).await.unwrap(), json!("3"));
        let found = stand
            .call(&links::GET_LIST, "all", json!({ "sku": "d" }))
            .await
            .unwrap();
        let files: Vec<&str> = found.as_array().unwrap()[1..]
            .iter()
            .flat_map(|link| [&link["link_file"], &link["sample_file"]])
            .map(|file| file.as_str().unwrap())
            .collect();
        let expected = [
            "/m/y/my_file.txt",
            "/s/_/s.txt",
            "/m/y/my_file_1.txt",
            "/s/_/s_1.txt",
        ];
        assert_eq!(files, expected);
        // A link goes on offering the file that it names; one that is not there cannot be named.
        let renamed =
            json!({ "id": 2, "title": "New", "link_type": "file", "link_file": "/m/y/my_file.txt" });
        assert_eq!(save(stand, "d", link(&renamed)).await.unwrap(), json!("2"));
        let lost = json!({ "id": 2, "link_type": "file", "link_file": "/m/y/../../../x" });
        assert_eq!(
            message(save(stand, "d", link(&lost)).await).1,
            "Link file not found. Please try again."
        );
        let sample = json!({ "title": "S", "sort_order": 1, "sample_type": "file",
                             "sample_file_content": file("t.txt") });
        let input = json!({ "sku": "d", "sample": sample });
        assert_eq!(
            stand.call(&samples::SAVE, "all", input).await.unwrap(),
            json!("1")
        );
        let input = json!({ "sku": "d" });
        let found = stand.call(&samples::GET_LIST, "default", input).await.unwrap();
        assert_eq!(
            (&found[0]["title"], &found[0]["sample_file"]),
            (&json!("S"), &json!("/t/_/t.txt"))
        );
    })
    .await;
}

#[tokio::test]
async fn a_page_needs_as_many_statements_as_one_product() {
    recorded("multistore", async |stand| {
        let (mut cx, scope) = (stand.cx("eu_fr"), stand.scope("eu_fr"));
        let skus = ["ms-d", "ms-b", "ms-1"].map(str::to_owned);
        let rows = by_skus(cx.session(), &skus).await.unwrap();
        let before = cx.session().statements();
        let found = load_links(&mut cx, &scope, &rows).await.unwrap();
        let samples = load_samples(&mut cx, &scope, &rows).await.unwrap();
        assert_eq!(cx.session().statements() - before, 2);
        let link = &found[&19][0];
        assert_eq!(link.title.as_deref(), Some("Link EU"));
        assert_eq!(link.price.unwrap().to_string(), "1.800000");
        assert!(samples[&19].is_empty());
    })
    .await;
}
