//! Customers from the first save to the last.

use contract::{Cx, Extension};
use serde_json::{Value, json};

use super::save::{self, SAVE, create};
use super::{GET_BY_ID, delete, find, grid, list, load};
use crate::data::address::Address;
use crate::data::customer::{Customer, CustomerExtension};
use crate::fixtures::{Stand, both, recorded};
use crate::repo;
use crate::service::address::DELETE_BY_ID as DELETE_ADDRESS;

fn address() -> Address {
    let text = |text: &str| Some(text.to_owned());
    Address {
        firstname: text("Jane"),
        lastname: text("Doe"),
        street: Some(vec!["1 Main St".to_owned(), "Apt 2".to_owned()]),
        city: text("Austin"),
        region_id: Some(57),
        country_id: text("US"),
        postcode: text("78701"),
        telephone: text("5125550100"),
        ..Address::default()
    }
}

fn customer(email: &str, addresses: Vec<Address>) -> Customer {
    Customer {
        email: Some(email.to_owned()),
        firstname: Some("Jane".to_owned()),
        lastname: Some("Doe".to_owned()),
        addresses: Some(addresses),
        ..Customer::default()
    }
}

fn default_address() -> Address {
    Address {
        default_billing: Some(true),
        default_shipping: Some(true),
        ..address()
    }
}

async fn made(stand: &Stand, customer: Customer) -> Customer {
    let mut cx = stand.cx("default");
    let made = create(&mut cx, customer, Vec::new()).await.unwrap();
    cx.session().commit().await.unwrap();
    made
}

async fn refused(stand: &Stand, customer: Customer) -> String {
    let mut cx = stand.cx("default");
    let error = create(&mut cx, customer, Vec::new()).await.unwrap_err();
    error.detail().message.to_string()
}

async fn put(stand: &Stand, id: i64, customer: Value) -> contract::Result<Value> {
    let input = json!({"customerId": id.to_string(), "customer": customer});
    stand.call(&SAVE, "default", input).await
}

async fn statements(mut cx: Cx<'_>, id: i64) -> u64 {
    let row = find(&mut cx, id).await.unwrap();
    load::one(&mut cx, row).await.unwrap();
    cx.session().statements()
}

#[tokio::test]
async fn a_new_customer_has_place_group_and_addresses() {
    both(async |stand| {
        let plain = made(stand, customer("plain@example.com", Vec::new())).await;
        assert_eq!(plain.group_id, Some(1));
        assert_eq!((plain.website_id, plain.store_id), (Some(1), Some(1)));
        assert_eq!(plain.created_in.as_deref(), Some("Default Store View"));
        assert_eq!(plain.created_at.as_deref(), Some("2026-11-21 20:00:00"));
        let other = Address {
            country_id: Some("XX".to_owned()),
            ..address()
        };
        let jane = made(
            stand,
            customer("jane@example.com", vec![other, default_address()]),
        )
        .await;
        let addresses = jane.addresses.unwrap();
        assert_eq!(addresses.len(), 1, "no country of the shop is dropped");
        assert_eq!(jane.default_billing, addresses[0].id.map(|id| id.to_string()));
        let region = addresses[0].region.clone().unwrap();
        assert_eq!(region.region_code.as_deref(), Some("TX"));
        assert_eq!(region.region.as_deref(), Some("Texas"));
        let mut cx = stand.cx("default");
        let sql = "SELECT name, shipping_full, billing_region FROM {customer_grid_flat} WHERE email = ?";
        let row: (String, String, String) = cx
            .session()
            .fetch_one(sql, db::params!["jane@example.com"])
            .await
            .unwrap();
        let full = "1 Main St\nApt 2 Austin Texas 78701";
        assert_eq!(row, ("Jane Doe".into(), full.into(), "Texas".into()));
    })
    .await;
}

/// Customers that are refused, with what is said of them.
fn faulty() -> Vec<(Customer, &'static str)> {
    let of = |country: &str, region: Option<i64>, postcode: &str| {
        let address = Address {
            country_id: Some(country.to_owned()),
            region_id: region,
            postcode: Some(postcode.to_owned()),
            ..address()
        };
        customer("new@example.com", vec![address])
    };
    let required = "\"%fieldName\" is required. Enter and try again.";
    vec![
        (
            customer("JANE@example.com", Vec::new()),
            "A customer with the same email address already exists in an associated website.",
        ),
        (
            customer("nope", Vec::new()),
            "\"Email\" is not a valid email address.",
        ),
        (
            customer("", Vec::new()),
            "The customer email is missing. Enter and try again.",
        ),
        (
            named("J<script>", "D{{x}}"),
            "First Name is not valid!\nLast Name is not valid!",
        ),
        (
            named("J", &"d".repeat(256)),
            "\"Last Name\" length must be equal or less than 255 characters.\nLast Name is not valid!",
        ),
        (of("US", None, "1"), required),
        (of("DE", None, ""), required),
        (
            of("US", Some(81), "1"),
            "Invalid value of \"%value\" provided for the %fieldName field.",
        ),
        (
            Customer {
                group_id: Some(99),
                ..customer("new@example.com", Vec::new())
            },
            "The specified customer group id does not exist.",
        ),
        (
            Customer {
                website_id: Some(9),
                ..customer("new@example.com", Vec::new())
            },
            "The website with id 9 that was requested wasn't found. Verify the website and try again.",
        ),
    ]
}

/// A customer of these names.
fn named(first: &str, last: &str) -> Customer {
    Customer {
        firstname: Some(first.to_owned()),
        lastname: Some(last.to_owned()),
        ..customer("new@example.com", Vec::new())
    }
}

#[tokio::test]
async fn faults_are_told_in_magentos_words_and_leave_nothing() {
    both(async |stand| {
        made(stand, customer("jane@example.com", Vec::new())).await;
        for (customer, message) in faulty() {
            assert_eq!(refused(stand, customer).await, message);
        }
        let long = made(stand, named(&"j".repeat(200), "D")).await;
        assert_eq!(long.firstname.unwrap().len(), 200);
        let mut cx = stand.cx("default");
        let sql = "SELECT COUNT(*) FROM {customer_entity}";
        let count: i64 = cx.session().fetch_one(sql, db::params![]).await.unwrap();
        assert_eq!(count, 2);
    })
    .await;
}

#[tokio::test]
async fn a_put_changes_what_it_names_and_replaces_addresses() {
    both(async |stand| {
        let jane = made(stand, customer("jane@example.com", vec![default_address()])).await;
        let (id, first) = (jane.id.unwrap(), jane.addresses.unwrap()[0].id.unwrap());
        let put_jan = put(stand, id, json!({"firstname": "Jan", "taxvat": "x".repeat(60)}))
            .await
            .unwrap();
        assert_eq!(put_jan["firstname"], "Jan");
        assert_eq!(put_jan["lastname"], "Doe");
        assert_eq!(
            put_jan["taxvat"].as_str().unwrap().len(),
            50,
            "cut as MySQL cuts it"
        );
        assert_eq!(put_jan["addresses"][0]["id"], json!(first));
        let second = json!({"firstname": "J", "lastname": "D", "street": ["2 St"], "city": "Berlin",
            "country_id": "DE", "postcode": "10115", "telephone": "1", "default_billing": true});
        let error = put(stand, id, json!({"addresses": [second]})).await.unwrap_err();
        let text = "The %fieldName value is invalid. Set the correct value and try again.";
        assert_eq!(error.detail().message, text);
        let kept = json!({"id": first, "city": "Dallas"});
        let both_of = put(stand, id, json!({"addresses": [kept, second]}))
            .await
            .unwrap();
        assert_eq!(both_of["addresses"][0]["city"], "Dallas");
        assert_eq!(both_of["addresses"][0]["street"][1], "Apt 2");
        assert_eq!(
            both_of["default_billing"],
            both_of["addresses"][1]["id"].to_string()
        );
        assert_eq!(both_of["default_shipping"], first.to_string());
        stand
            .call(&DELETE_ADDRESS, "default", json!({"addressId": first}))
            .await
            .unwrap();
        let after = stand
            .call(&GET_BY_ID, "default", json!({"customerId": id}))
            .await
            .unwrap();
        assert_eq!(after["addresses"].as_array().unwrap().len(), 1);
        assert_eq!(after.get("default_shipping"), None);
        let none = put(stand, id, json!({"addresses": []})).await.unwrap();
        assert_eq!(none["addresses"], json!([]));
        assert_eq!(none.get("default_billing"), None);
    })
    .await;
}

#[tokio::test]
async fn addresses_of_others_stay_with_them() {
    both(async |stand| {
        let jane = made(stand, customer("jane@example.com", vec![address()])).await;
        let joe = made(stand, customer("joe@example.com", Vec::new())).await;
        let foreign = jane.addresses.unwrap()[0].id.unwrap();
        let stolen = json!({"addresses": [{"id": foreign, "city": "X"}]});
        let error = put(stand, joe.id.unwrap(), stolen).await.unwrap_err();
        assert_eq!(error.kind(), contract::Kind::NotFound);
        let default = json!({"default_billing": foreign.to_string()});
        let answer = put(stand, joe.id.unwrap(), default).await.unwrap();
        assert_eq!(answer.get("default_billing"), None);
    })
    .await;
}

#[tokio::test]
async fn an_id_in_the_body_wins_over_the_path() {
    both(async |stand| {
        let jane = made(stand, customer("jane@example.com", Vec::new())).await;
        let joe = made(stand, customer("joe@example.com", Vec::new())).await;
        let body = json!({"id": joe.id, "email": "jane@example.com", "firstname": "J", "lastname": "D"});
        let error = put(stand, jane.id.unwrap(), body).await.unwrap_err();
        let text = "A customer with the same email address already exists in an associated website.";
        assert_eq!(
            error.detail().message,
            text,
            "golden put-override.customer-id-differs"
        );
    })
    .await;
}

#[tokio::test]
async fn subscriptions_follow_the_customer() {
    both(async |stand| {
        let subscribed = Customer {
            extension_attributes: Extension(CustomerExtension {
                is_subscribed: Some(true),
                ..CustomerExtension::default()
            }),
            ..customer("jane@example.com", Vec::new())
        };
        let jane = made(stand, subscribed).await;
        assert_eq!(jane.extension_attributes.0.is_subscribed, Some(true));
        let id = jane.id.unwrap();
        let mut cx = stand.cx("default");
        let email = [("email", db::Param::from("jd@example.com"))];
        repo::customer::update(cx.session(), id, &email).await.unwrap();
        let before = find(&mut cx, id).await.unwrap();
        let scope = cx.scope().clone();
        let moved = Customer {
            group_id: Some(1),
            website_id: Some(1),
            ..customer("jd@example.com", Vec::new())
        };
        let moved = save::update(&mut cx, &scope, moved, before, Vec::new())
            .await
            .unwrap();
        assert_eq!(moved.extension_attributes.0.is_subscribed, Some(true));
        let rows = repo::subscriber::of_customers(cx.session(), &[id]).await.unwrap();
        assert_eq!(rows[0].email.as_deref(), Some("jd@example.com"));
        cx.session().commit().await.unwrap();
        drop(cx);
        stand
            .call(&delete::DELETE_BY_ID, "default", json!({"customerId": id}))
            .await
            .unwrap();
        let mut cx = stand.cx("default");
        for table in ["customer_entity", "customer_grid_flat", "newsletter_subscriber"] {
            let mut sql = "SELECT COUNT(*) FROM {".to_owned();
            sql.push_str(table);
            sql.push('}');
            let count: i64 = cx.session().fetch_one(&sql, db::params![]).await.unwrap();
            assert_eq!(count, 0, "{table}");
        }
    })
    .await;
}

#[tokio::test]
async fn statements_do_not_grow_with_what_there_is() {
    both(async |stand| {
        let one = made(stand, customer("one@example.com", vec![address()]))
            .await
            .id
            .unwrap();
        let many: Vec<Address> = std::iter::repeat_with(address).take(9).collect();
        let nine = made(stand, customer("nine@example.com", many)).await.id.unwrap();
        let least = statements(stand.cx("default"), one).await;
        assert_eq!(least, 4);
        assert_eq!(statements(stand.cx("default"), nine).await, least);
        let page = json!({"searchCriteria": {"pageSize": 20}});
        let found = stand.call(&list::GET_LIST, "default", page).await.unwrap();
        assert_eq!(found["total_count"], 2);
        let mut cx = stand.cx("default");
        let rows = repo::customer::by_ids(cx.session(), &[one, nine]).await.unwrap();
        load::many(&mut cx, rows).await.unwrap();
        assert_eq!(cx.session().statements(), least);
        let mut counts = Vec::new();
        for id in [one, nine] {
            let mut cx = stand.cx("default");
            let before = find(&mut cx, id).await.unwrap();
            let customer = load::one(&mut cx, before.clone()).await.unwrap();
            let scope = cx.scope().clone();
            save::update(&mut cx, &scope, customer, before, Vec::new())
                .await
                .unwrap();
            counts.push(cx.session().statements());
            cx.session().rollback().await.unwrap();
        }
        assert_eq!(counts[0], counts[1]);
    })
    .await;
}

#[tokio::test]
async fn searches_know_columns_names_and_the_billing_address() {
    both(async |stand| {
        made(stand, customer("jane@example.com", vec![default_address()])).await;
        made(stand, customer("joe@example.org", Vec::new())).await;
        let found = async |field: &str, value: &str, condition: &str| {
            let filter = json!({"field": field, "value": value, "conditionType": condition});
            let criteria = json!({"filterGroups": [{"filters": [filter]}]});
            let input = json!({"searchCriteria": criteria});
            let found = stand.call(&list::GET_LIST, "default", input).await?;
            Ok::<i64, contract::Error>(found["total_count"].as_i64().unwrap())
        };
        for (field, value, condition, count) in [
            ("email", "JANE@example.com", "eq", 1),
            ("email", "%example.com", "like", 1),
            ("firstname", "jan%", "like", 2),
            ("name", "jane doe", "eq", 2),
            ("group_id", "1", "eq", 2),
            ("created_at", "2026-01-01", "gt", 2),
            ("billing_city", "austin", "eq", 1),
            ("billing_telephone", "", "null", 1),
            ("email", "1", "bogus", 0),
        ] {
            let got = found(field, value, condition).await.unwrap();
            assert_eq!(got, count, "{field} {condition} {value}");
        }
        for secret in ["password_hash", "rp_token", "nosuch"] {
            assert!(found(secret, "0%", "like").await.is_err(), "{secret}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_admins_list_is_as_magento_wrote_it() {
    recorded("multistore", async |stand| {
        let mut cx = stand.cx("default");
        let sql = "SELECT entity_id FROM {customer_entity} ORDER BY entity_id";
        let ids: Vec<i64> = cx.session().fetch_all(sql, db::params![]).await.unwrap();
        let columns = "name, email, created_in, shipping_full, billing_full, billing_street, billing_region, \
                       CAST(billing_region_id AS CHAR), billing_company, billing_telephone, dob, taxvat";
        let row = async |cx: &mut Cx<'_>, id: i64| {
            let mut sql = format!("SELECT {columns} FROM ");
            sql.push_str("{customer_grid_flat} WHERE entity_id = ?");
            type Texts = (
                Option<String>,
                Option<String>,
                Option<String>,
                Option<String>,
                Option<String>,
                Option<String>,
                Option<String>,
                Option<String>,
                Option<String>,
                Option<String>,
                Option<String>,
                Option<String>,
            );
            cx.session()
                .fetch_one::<Texts>(&sql, db::params![id])
                .await
                .unwrap()
        };
        for id in ids {
            let before = row(&mut cx, id).await;
            grid::write(&mut cx, id).await.unwrap();
            assert_eq!(row(&mut cx, id).await, before);
        }
        cx.session().rollback().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn custom_attributes_come_and_go() {
    both(async |stand| {
        let mut cx = stand.cx("all");
        let sql = "INSERT INTO {eav_attribute} (attribute_id, entity_type_id, attribute_code, backend_type, \
                   frontend_input, frontend_label, is_user_defined) VALUES (?, ?, ?, 'varchar', 'text', ?, 1)";
        for (id, entity, code) in [(901_i64, 1_i64, "nick"), (902, 2, "floor")] {
            let session = cx.session();
            session.execute(sql, db::params![id, entity, code, code]).await.unwrap();
            let rules = "{\"max_text_length\":5}";
            let more = "INSERT INTO {customer_eav_attribute} (attribute_id, is_system, validate_rules) VALUES (?, 0, ?)";
            session.execute(more, db::params![id, rules]).await.unwrap();
            let place = "INSERT INTO {eav_entity_attribute} (entity_type_id, attribute_set_id, attribute_group_id, \
                         attribute_id, sort_order) VALUES (?, ?, ?, ?, 200)";
            session.execute(place, db::params![entity, entity, entity, id]).await.unwrap();
        }
        eav::changed(&mut cx).unwrap();
        cx.session().commit().await.unwrap();
        let eav = cx.service::<std::sync::Arc<eav::Eav>>().unwrap().clone();
        contract::port::Refresh::refresh(&*eav).await.unwrap();
        drop(cx);
        let jane = made(stand, customer("jane@example.com", vec![address()])).await;
        let (id, home) = (jane.id.unwrap(), jane.addresses.unwrap()[0].id.unwrap());
        let body = |nick: &str| {
            json!({
                "custom_attributes": [{"attribute_code": "nick", "value": nick}],
                "addresses": [{"id": home, "custom_attributes": [{"attribute_code": "floor", "value": "3"}]}],
            })
        };
        let error = put(stand, id, body("far too long")).await.unwrap_err();
        assert_eq!(
            error.detail().message,
            "\"nick\" length must be equal or less than 5 characters."
        );
        let saved = put(stand, id, body("JD")).await.unwrap();
        let value = |of: &Value| of["custom_attributes"][0]["value"].clone();
        assert_eq!((value(&saved), value(&saved["addresses"][0])), (json!("JD"), json!("3")));
        let gone = put(stand, id, body("")).await.unwrap();
        assert_eq!(gone.get("custom_attributes"), None);
        let filter = json!({"field": "nick", "value": "x", "conditionType": "eq"});
        let criteria = json!({"filterGroups": [{"filters": [filter]}]});
        let found = stand
            .call(&list::GET_LIST, "default", json!({"searchCriteria": criteria}))
            .await
            .unwrap();
        assert_eq!(found["total_count"], 0);
    })
    .await;
}
