use contract::{Error, Kind};
use serde_json::json;

use super::*;
use crate::fixtures::{both, rows};
use crate::repo;
use crate::service::source::{self, save::SAVE as SAVE_SOURCE};
use crate::service::stock_source_link;

fn details(error: &Error) -> Vec<String> {
    let errors = error.errors().iter();
    errors.map(|detail| detail.message.to_string()).collect()
}

#[tokio::test]
async fn a_source_is_refused_with_all_that_is_wrong() {
    both(async |stand| {
        let sent =
            json!({"source": {"source_code": "a ${b}", "carrier_links": [{"carrier_code": "pigeon"}]}});
        let error = stand.call(&SAVE_SOURCE, sent).await.unwrap_err();
        assert_eq!(error.detail().message, "Validation Failed");
        assert_eq!(
            details(&error),
            [
                "\"%field\" can not be empty.",
                "\"%field\" can not contain whitespaces.",
                "Validation Failed",
                "\"%field\" can not be empty.",
                "\"%field\" can not be empty.",
                "Carrier with code: \"%carrier\" don't exists.",
            ]
        );
        let source = |extension: serde_json::Value| {
            json!({"source": {"source_code": "default", "name": "D", "postcode": "1", "country_id": "US",
                "enabled": true, "extension_attributes": extension}})
        };
        let active = source(json!({"is_pickup_location_active": true}));
        let error = stand.call(&SAVE_SOURCE, active).await.unwrap_err();
        assert_eq!(error.errors().len(), 4);
        let taken = json!({"source": {"source_code": "other", "name": "Default Source", "postcode": "1",
            "country_id": "US"}});
        let error = stand.call(&SAVE_SOURCE, taken).await.unwrap_err();
        assert_eq!(error.detail().message, "Could not save Source");
        let far = json!({"source": {"source_code": "far", "name": "Far", "postcode": "1", "country_id": "US",
            "latitude": 1000}});
        let error = stand.call(&SAVE_SOURCE, far).await.unwrap_err();
        assert_eq!(error.detail().message, "Could not save Source");
    })
    .await;
}

#[tokio::test]
async fn a_source_keeps_what_is_not_sent_and_forgets_what_is_null() {
    both(async |stand| {
        let sent = json!({"source": {"source_code": "east", "name": "East", "postcode": "1", "country_id": "US",
            "city": "Rome", "latitude": 1.5, "use_default_carrier_config": false,
            "carrier_links": [{"carrier_code": "ups", "position": 2}, {"carrier_code": "dhl", "position": 1}],
            "extension_attributes": {"is_pickup_location_active": false, "frontend_name": "Here"}}});
        stand.call(&SAVE_SOURCE, sent).await.unwrap();
        let found = stand.call(&source::GET, json!({"sourceCode": "east"})).await.unwrap();
        assert_eq!(found["carrier_links"][0]["carrier_code"], "dhl");
        assert_eq!(found["extension_attributes"]["frontend_name"], "Here");
        let again = json!({"source": {"source_code": "east", "name": "Eastern", "postcode": "2", "country_id": "US",
            "latitude": null, "enabled": null}});
        stand.call(&SAVE_SOURCE, again).await.unwrap();
        let found = stand.call(&source::GET, json!({"sourceCode": "east"})).await.unwrap();
        assert_eq!(
            found,
            json!({"source_code": "east", "name": "Eastern", "enabled": false, "country_id": "US", "city": "Rome",
                "postcode": "2", "use_default_carrier_config": false, "carrier_links": [],
                "extension_attributes": {"is_pickup_location_active": false, "frontend_name": "Eastern"}})
        );
    })
    .await;
}

/// `spec/scopes.md` fact 36.
#[tokio::test]
async fn channels_move_between_stocks_and_never_get_lost() {
    both(async |stand| {
        let channels = |codes: &[&str]| {
            let list: Vec<_> = codes
                .iter()
                .map(|code| json!({"type": "website", "code": code}))
                .collect();
            json!({"sales_channels": list})
        };
        let stock = json!({"stock": {"name": "Second", "extension_attributes": channels(&["base"])}});
        let id = stand.call(&save::SAVE, stock).await.unwrap();
        assert_eq!(id, 2);
        let of = async |stock_id: i64| {
            let mut cx = stand.cx();
            repo::stock::channels(cx.session(), stock_id).await.unwrap().len()
        };
        assert_eq!((of(1).await, of(2).await), (0, 1));
        assert!(repo::index::is_there(stand.cx().session(), 2).await.unwrap());
        let error = stand
            .call(&delete::DELETE_BY_ID, json!({"stockId": 2}))
            .await
            .unwrap_err();
        assert_eq!(
            error.detail().message,
            "Stock has at least one sale channel and could not be deleted."
        );
        let emptied =
            json!({"stock": {"stock_id": 2, "name": "Second", "extension_attributes": channels(&[])}});
        stand.call(&save::SAVE, emptied).await.unwrap();
        assert_eq!((of(1).await, of(2).await), (1, 0));
        let emptied =
            json!({"stock": {"stock_id": 1, "name": "Default Stock", "extension_attributes": channels(&[])}});
        stand.call(&save::SAVE, emptied).await.unwrap();
        assert_eq!(of(1).await, 1);
        stand
            .call(&delete::DELETE_BY_ID, json!({"stockId": 2}))
            .await
            .unwrap();
        for (stock_id, kind, message) in [
            (1, Kind::Invalid, "Default Stock could not be deleted."),
            (
                2,
                Kind::NotFound,
                "There is no stock with \"%fieldValue\" for \"%fieldName\". Verify and try again.",
            ),
        ] {
            let asked = json!({"stockId": stock_id});
            let error = stand.call(&delete::DELETE_BY_ID, asked).await.unwrap_err();
            assert_eq!((error.kind(), &*error.detail().message), (kind, message));
        }
    })
    .await;
}

#[tokio::test]
async fn a_stock_needs_a_name_of_its_own_and_websites_that_are_there() {
    both(async |stand| {
        let channels = json!({"sales_channels": [{"type": "website", "code": "nosuch"}]});
        for (stock, message) in [
            (json!({"name": ""}), "\"%field\" can not be empty."),
            (
                json!({"name": "X", "extension_attributes": channels}),
                "The website with code \"%code\" does not exist.",
            ),
        ] {
            let error = stand
                .call(&save::SAVE, json!({"stock": stock}))
                .await
                .unwrap_err();
            assert_eq!(details(&error), [message]);
        }
        let taken = json!({"stock": {"name": "default stock"}});
        let error = stand.call(&save::SAVE, taken).await.unwrap_err();
        assert_eq!(error.detail().message, "Could not save Stock");
    })
    .await;
}

#[tokio::test]
async fn links_of_the_default_source_and_of_nothing_are_refused() {
    both(async |stand| {
        let operations = stock_source_link::OPERATIONS;
        let (save, delete) = (operations[1], operations[2]);
        stand
            .call(&save::SAVE, json!({"stock": {"name": "Second"}}))
            .await
            .unwrap();
        for (links, message) in [
            (json!([]), "Input data is empty"),
            (
                json!([{"stock_id": 2, "source_code": "nosuch", "priority": 1}]),
                "Could not save StockSourceLinks",
            ),
            (
                json!([{"stock_id": 2, "source_code": "default", "priority": 1}]),
                "Validation Failed",
            ),
        ] {
            let error = stand.call(save, json!({"links": links})).await.unwrap_err();
            assert_eq!(error.detail().message, message);
        }
        let sent = json!({"links": [{"source_code": "default"}]});
        let error = stand.call(save, sent).await.unwrap_err();
        assert_eq!(
            details(&error),
            [
                "\"%field\" can not be empty.",
                "\"%field\" should be greater then 0.",
                "Can not save link related to Default Source or Default Stock",
            ]
        );
        let sent = json!({"links": [{"stock_id": 1, "source_code": "default"}]});
        let error = stand.call(delete, sent).await.unwrap_err();
        assert_eq!(
            error.detail().message,
            "Can not delete link related to Default Source or Default Stock"
        );
        let links: Vec<(i64, String)> = rows(
            &mut stand.cx(),
            "SELECT stock_id, source_code FROM {inventory_source_stock_link}",
        )
        .await;
        assert_eq!(links, [(1, "default".to_owned())]);
    })
    .await;
}
