use contract::Result;
use db::{Param, dialect, params};
use serde_json::{Value, json};

use super::{link_management, link_repository, list, management, repository, save};
use crate::fixtures::{Stand, both, recorded};

async fn create(stand: &Stand, store: &str, category: Value) -> Result<Value> {
    stand
        .call(&repository::SAVE, store, json!({"category": category}))
        .await
}

async fn get(stand: &Stand, store: &str, id: i64) -> Value {
    let input = json!({"categoryId": id});
    stand.call(&repository::GET, store, input).await.unwrap()
}

fn custom(category: &Value, code: &str) -> Option<String> {
    let all = category["custom_attributes"].as_array()?;
    let found = all.iter().find(|attribute| attribute["attribute_code"] == code)?;
    Some(found["value"].as_str()?.to_owned())
}

/// Message and first parameter of a refused save.
async fn refused(stand: &Stand, category: Value) -> (String, String) {
    let error = create(stand, "default", category).await.unwrap_err();
    let detail = error.detail();
    (detail.message.to_string(), format!("{:?}", detail.parameters))
}

#[tokio::test]
async fn a_new_category_stands_last_and_has_a_key_and_a_path() {
    both(async |stand| {
        let gear = create(
            stand,
            "default",
            json!({"name": "Gear & Größe", "is_active": true}),
        )
        .await
        .unwrap();
        assert_eq!(gear["id"], 3);
        assert_eq!((&gear["parent_id"], &gear["level"]), (&json!(2), &json!(2)));
        assert_eq!(gear["path"], "1/2/3");
        assert_eq!(custom(&gear, "url_path").as_deref(), Some("gear-grosse"));
        assert_eq!(custom(&gear, "is_anchor").as_deref(), Some("1"));
        let bag = json!({"parent_id": 3, "name": "Bags", "is_active": false});
        let bag = create(stand, "all", bag).await.unwrap();
        assert_eq!(custom(&bag, "url_path").as_deref(), Some("gear-grosse/bags"));
        assert_eq!(bag["children"], "");
        let second = json!({"parent_id": 2, "name": "Second", "is_active": true});
        let second = create(stand, "default", second).await.unwrap();
        assert_eq!(second["position"], 2);
        let root = get(stand, "default", 2).await;
        assert_eq!(root["children"], "3,5");
        assert_eq!(custom(&root, "children_count").as_deref(), Some("3"));
        assert_eq!(
            rewrites(stand, 4).await,
            [("gear-grosse/bags.html".to_owned(), 1, 0)]
        );
    })
    .await;
}

async fn rewrites(stand: &Stand, id: i64) -> Vec<(String, i64, i64)> {
    let sql = "SELECT request_path, store_id, redirect_type FROM {url_rewrite} \
               WHERE entity_type = 'category' AND entity_id = ? ORDER BY store_id, request_path";
    stand
        .cx("all")
        .session()
        .fetch_all(sql, params![id])
        .await
        .unwrap()
}

#[tokio::test]
async fn a_refused_category_leaves_nothing_behind() {
    both(async |stand| {
        create(stand, "default", json!({"name": "Gear", "is_active": true}))
            .await
            .unwrap();
        let save = "Could not save category: %1".to_owned();
        let (message, why) = refused(stand, json!({"name": "Gear", "is_active": true})).await;
        assert_eq!(message, save);
        assert!(
            why.contains("URL key for specified store already exists."),
            "{why}"
        );
        let (_, why) = refused(stand, json!({"name": "X"})).await;
        assert!(why.contains("Is Active"), "{why}");
        let (_, why) = refused(stand, json!({"is_active": true})).await;
        assert!(why.contains("Name"), "{why}");
        let (_, why) = refused(stand, json!({"name": "日本", "is_active": true})).await;
        assert!(why.contains("category name can not be used"), "{why}");
        let (_, why) = refused(stand, json!({"name": "Rest", "is_active": true})).await;
        assert!(why.contains("reserved endpoint"), "{why}");
        let sorted = json!({"name": "S", "is_active": true, "available_sort_by": ["name"]});
        let (_, why) = refused(stand, sorted).await;
        assert!(why.contains("Default Product Listing Sort by"), "{why}");
        let (message, _) = refused(stand, json!({"parent_id": 99, "name": "X", "is_active": true})).await;
        assert_eq!(message, "No such entity with %fieldName = %fieldValue");
        let long = json!({"name": "n".repeat(300), "is_active": true});
        let error = create(stand, "default", long).await.unwrap_err();
        assert_eq!(error.kind(), contract::error::Kind::Invalid);
        let root = get(stand, "default", 2).await;
        assert_eq!(custom(&root, "children_count").as_deref(), Some("1"));
    })
    .await;
}

#[tokio::test]
async fn a_moved_category_takes_its_place_and_those_below_along() {
    both(async |stand| {
        for name in ["A", "B", "C"] {
            create(stand, "default", json!({"name": name, "is_active": true})).await.unwrap();
        }
        let below = json!({"parent_id": 3, "name": "Below", "is_active": true});
        create(stand, "default", below).await.unwrap();
        let go = |id: i64, parent: i64, after: Value| json!({"categoryId": id, "parentId": parent, "afterId": after});
        let run = async |input| stand.call(&management::MOVE, "default", input).await;
        run(go(3, 4, Value::Null)).await.unwrap();
        let (a, c, below) = (get(stand, "all", 3).await, get(stand, "all", 5).await, get(stand, "all", 6).await);
        assert_eq!((&a["path"], &a["position"]), (&json!("1/2/4/3"), &json!(1)));
        assert_eq!((&below["path"], &below["level"]), (&json!("1/2/4/3/6"), &json!(4)));
        assert_eq!(custom(&below, "url_path").as_deref(), Some("b/a/below"));
        assert_eq!(c["position"], 2);
        assert_eq!(
            rewrites(stand, 6).await,
            [("a/below.html".to_owned(), 1, 301), ("b/a/below.html".to_owned(), 1, 0)]
        );
        run(go(5, 2, json!(0))).await.unwrap();
        assert_eq!(get(stand, "all", 5).await["position"], 1);
        let error = run(go(4, 6, Value::Null)).await.unwrap_err();
        assert_eq!(
            error.detail().message,
            "Operation do not allow to move a parent category to any of children category"
        );
        assert!(run(go(4, 4, Value::Null)).await.is_err());
        assert!(run(go(4, 99, Value::Null)).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn deleting_takes_those_below_along_but_never_a_root() {
    both(async |stand| {
        create(stand, "default", json!({"name": "A", "is_active": true}))
            .await
            .unwrap();
        let below = json!({"parent_id": 3, "name": "Below", "is_active": true});
        create(stand, "default", below).await.unwrap();
        let run = async |id: i64| {
            stand
                .call(
                    &repository::DELETE_BY_IDENTIFIER,
                    "default",
                    json!({"categoryId": id}),
                )
                .await
        };
        for root in [1, 2] {
            let error = run(root).await.unwrap_err();
            assert_eq!(error.detail().message, "Cannot delete category with id %1");
        }
        run(3).await.unwrap();
        assert!(run(4).await.is_err());
        assert!(rewrites(stand, 4).await.is_empty());
        let root = get(stand, "default", 2).await;
        assert_eq!(
            (&root["children"], custom(&root, "children_count").as_deref()),
            (&json!(""), Some("0"))
        );
    })
    .await;
}

/// Adds categories below category 2, ten on each level, and gives their values.
async fn plant(stand: &Stand, many: i64) {
    let mut cx = stand.cx("all");
    let session = cx.session();
    let mut paths = vec!["1/2".to_owned()];
    let (mut rows, mut names, mut flags) = (Vec::new(), Vec::new(), Vec::new());
    for number in 0..many {
        let id = 1_000 + number;
        let parent = paths[usize::try_from(number / 10).unwrap()].clone();
        let path = format!("{parent}/{id}");
        let above: i64 = parent.rsplit('/').next().unwrap().parse().unwrap();
        let level = i64::try_from(path.matches('/').count()).unwrap();
        rows.extend(
            params![id, 3, above, &path, number % 10 + 1, level, 0]
                .iter()
                .cloned(),
        );
        names.extend(params![45, 0, id, format!("Category {id}")].iter().cloned());
        for attribute in [46, 54] {
            flags.extend(params![attribute, 0, id, 1].iter().cloned());
        }
        paths.push(path);
    }
    let entity = [
        "entity_id",
        "attribute_set_id",
        "parent_id",
        "path",
        "position",
        "level",
        "children_count",
    ];
    let value = ["attribute_id", "store_id", "entity_id", "value"];
    for (table, columns, params) in [
        ("catalog_category_entity", &entity[..], rows),
        ("catalog_category_entity_varchar", &value[..], names),
        ("catalog_category_entity_int", &value[..], flags),
    ] {
        for params in params.chunks(columns.len() * 1_000) {
            let sql = dialect::insert_rows(table, columns, params.len() / columns.len());
            session.execute(&sql, params).await.unwrap();
        }
    }
    session.commit().await.unwrap();
}

/// Statements of reading the tree, one category, and a page of a search.
async fn statements(stand: &Stand) -> [u64; 3] {
    let (mut tree, mut one, mut page) = (stand.cx("default"), stand.cx("default"), stand.cx("default"));
    management::get_tree(&mut tree, None, None).await.unwrap();
    repository::get(&mut one, 2, None).await.unwrap();
    list::get_list(&mut page, contract::search::SearchCriteria::default())
        .await
        .unwrap();
    [
        tree.session().statements(),
        one.session().statements(),
        page.session().statements(),
    ]
}

#[tokio::test]
async fn ten_thousand_categories_take_as_many_statements_as_one() {
    both(async |stand| {
        create(stand, "default", json!({"name": "One", "is_active": true}))
            .await
            .unwrap();
        let few = statements(stand).await;
        assert_eq!(few[0], 6);
        assert!(few[1] <= 3 && few[2] <= 4, "{few:?}");
        plant(stand, 4_000).await;
        assert_eq!(statements(stand).await, few);
        plant_more(stand).await;
        let tree = stand
            .call(&management::GET_TREE, "default", json!({}))
            .await
            .unwrap();
        assert_eq!(size(&tree), 10_002);
    })
    .await;
}

async fn plant_more(stand: &Stand) {
    let sql = "DELETE FROM {catalog_category_entity} WHERE entity_id >= 1000";
    let mut cx = stand.cx("all");
    cx.session().execute(sql, &[] as &[Param]).await.unwrap();
    cx.session().commit().await.unwrap();
    drop(cx);
    plant(stand, 10_000).await;
}

fn size(tree: &Value) -> usize {
    let children = tree["children_data"].as_array().unwrap();
    1 + children.iter().map(size).sum::<usize>()
}

/// SKU, position and category of every row of a view's index, but for those that the root has by being the root.
async fn indexed(stand: &Stand, store_id: i64, root: i64) -> Vec<(i64, String, i64)> {
    let mut sql =
        "SELECT i.category_id, p.sku, i.position FROM {catalog_category_product_index_store".to_owned();
    sql.push_str(&format!("{store_id}}} i "));
    sql.push_str(
        "JOIN {catalog_product_entity} p ON p.entity_id = i.product_id \
         WHERE i.category_id <> ? OR i.is_parent = 1 ORDER BY i.category_id, i.product_id",
    );
    let mut cx = stand.cx("all");
    cx.session().fetch_all(&sql, params![root]).await.unwrap()
}

#[tokio::test]
async fn the_products_of_categories_are_those_of_magentos_index() {
    for (dump, views) in [
        ("populated", &[("default", 1, 2)][..]),
        (
            "multistore",
            &[
                ("default", 1, 2),
                ("de", 2, 2),
                ("eu_en", 3, 2),
                ("eu_fr", 4, 3),
                ("old", 5, 2),
            ],
        ),
    ] {
        recorded(dump, async |stand| {
            for (store, store_id, root) in views {
                let wanted = indexed(stand, *store_id, *root).await;
                assert!(!wanted.is_empty());
                let sql = "SELECT entity_id FROM {catalog_category_entity} ORDER BY entity_id";
                let ids: Vec<i64> = stand.cx("all").session().fetch_all(sql, params![]).await.unwrap();
                let mut found = Vec::new();
                for id in ids {
                    let mut cx = stand.cx(store);
                    let products = link_management::get_assigned_products(&mut cx, id).await.unwrap();
                    assert!(cx.session().statements() <= 4);
                    let products = products.into_iter();
                    found.extend(products.map(|link| (id, link.sku.unwrap(), link.position.unwrap())));
                }
                assert_eq!(found, wanted, "{dump} {store}");
            }
        })
        .await;
    }
}

#[tokio::test]
async fn a_new_key_renames_the_paths_of_products_and_keeps_the_old_ones_on_demand() {
    recorded("populated", async |stand| {
        let custom = json!([{"attribute_code": "url_key", "value": "tools"},
            {"attribute_code": "save_rewrites_history", "value": true}]);
        create(stand, "all", json!({"id": 3, "custom_attributes": custom}))
            .await
            .unwrap();
        assert_eq!(
            rewrites(stand, 3).await,
            [("gear.html".to_owned(), 1, 301), ("tools.html".to_owned(), 1, 0)]
        );
        let sql = "SELECT request_path, target_path, redirect_type FROM {url_rewrite} \
                   WHERE entity_type = 'product' AND entity_id = 3 ORDER BY request_path";
        let rows: Vec<(String, String, i64)> =
            stand.cx("all").session().fetch_all(sql, params![]).await.unwrap();
        let row = |path: &str, target: &str, kind| (path.to_owned(), target.to_owned(), kind);
        assert_eq!(
            rows,
            [
                row("gear/simple-three.html", "tools/simple-three.html", 301),
                row("simple-three.html", "catalog/product/view/id/3", 0),
                row(
                    "tools/simple-three.html",
                    "catalog/product/view/id/3/category/3",
                    0
                ),
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn a_link_written_in_a_view_gives_the_category_values_of_its_own_there() {
    recorded("multistore", async |stand| {
        let link = json!({"sku": "ms-2", "position": 3, "category_id": "6"});
        let input = json!({"categoryId": "6", "productLink": link});
        stand.call(&link_repository::SAVE, "old", input).await.unwrap();
        let sql = "SELECT value FROM {catalog_category_entity_varchar} \
                   WHERE entity_id = 6 AND store_id = 5 ORDER BY attribute_id";
        let own: Vec<String> = stand.cx("all").session().fetch_all(sql, params![]).await.unwrap();
        assert_eq!(own, ["Schuhe", "schuhe", "schuhe"]);
        for (store, count) in [("eu_en", 1), ("eu_fr", 0), ("all", 1)] {
            let mut cx = stand.cx(store);
            let products = link_management::get_assigned_products(&mut cx, 6).await.unwrap();
            assert_eq!(products.len(), count, "{store}");
        }
        let gone = json!({"categoryId": 6, "sku": "ms-2"});
        stand
            .call(&link_repository::DELETE_BY_IDS, "old", gone.clone())
            .await
            .unwrap();
        let error = stand
            .call(&link_repository::DELETE_BY_IDS, "old", gone)
            .await
            .unwrap_err();
        assert_eq!(
            error.detail().message,
            "The category doesn't contain the specified product."
        );
    })
    .await;
}

#[tokio::test]
async fn saves_take_a_fixed_number_of_statements() {
    recorded("populated", async |stand| {
        let count = async |id: i64| {
            let mut cx = stand.cx("default");
            let row = super::find(&mut cx, id).await.unwrap();
            let given = crate::data::category::Category {
                name: contract::Given::Value(format!("Renamed {id}")),
                ..Default::default()
            };
            assert!(save::update(&mut cx, &row, &given).await.is_ok());
            let statements = cx.session().statements();
            cx.session().rollback().await.unwrap();
            statements
        };
        let leaf = count(7).await;
        assert!(leaf <= 12, "{leaf}");
        assert!(count(2).await <= leaf + 2);
    })
    .await;
}
