use db::params;
use serde_json::json;

use super::*;
use crate::fixtures::both;

async fn places(cx: &mut Cx<'_>) {
    let sql = "INSERT INTO {inventory_geoname} (country_code, postcode, city, region, province, latitude, longitude) \
               VALUES ('DE', '10115', 'Berlin', 'Berlin', '', 52.5323, 13.3846), \
                      ('DE', '80331', 'München', 'Bayern', '', 48.1345, 11.571), \
                      ('DE', '80333', 'München', 'Bayern', '', 48.1453, 11.5684)";
    cx.session().execute(sql, params![]).await.unwrap();
}

fn address(postcode: &str, city: &str, region: &str) -> Address {
    let text = |text: &str| Some(text.to_owned());
    Address {
        country: text("DE"),
        postcode: text(postcode),
        street: text(""),
        region: text(region),
        city: text(city),
    }
}

#[tokio::test]
async fn places_are_found_by_postcode_then_city_then_region() {
    both(async |stand| {
        let mut cx = stand.cx();
        places(&mut cx).await;
        let asked = [
            address("10115", "München", ""),
            address("1", "mün", ""),
            address("1", "", "Bayern"),
            address("1", "Rom", "Lazio"),
        ];
        let before = cx.session().statements();
        let found = places::first(&mut cx, &asked).await.unwrap();
        assert_eq!(cx.session().statements() - before, 3);
        let latitudes: Vec<Option<String>> =
            found.iter().map(|p| p.map(|(lat, _)| lat.to_string())).collect();
        let expected = [Some("52.5323"), Some("48.1345"), Some("48.1345"), None];
        assert_eq!(latitudes, expected.map(|lat| lat.map(str::to_owned)));
        let all = places::all(&mut cx, &address("1", "München", "")).await.unwrap();
        assert_eq!(all.len(), 2);
    })
    .await;
}

/// Who asks Google needs a key, which is Magento's error as long as there is none.
#[tokio::test]
async fn without_a_key_google_is_not_asked() {
    both(async |stand| {
        let place = json!({"lat": 1.5, "lng": 2});
        let asked = json!({"source": place, "destination": place});
        let error = stand.call(&GET_DISTANCE, asked).await.unwrap_err();
        assert_eq!(error.to_string(), "Google API key is not defined");
        let asked = json!({"source": {"lat": 1}, "destination": place});
        let error = stand.call(&GET_DISTANCE, asked).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "\"%fieldName\" is required. Enter and try again."
        );
        let code = stand.call(&GET_DISTANCE_PROVIDER_CODE, json!({})).await.unwrap();
        assert_eq!(code, json!("google"));
    })
    .await;
}

#[test]
fn distances_are_those_of_a_globe() {
    let point = |lat: i64, lng: i64| Point::new(lat.into(), lng.into());
    let quarter = point(0, 0).angle_to(point(90, 0)) * EARTH_RADIUS;
    assert!((quarter - 10_007_543.398).abs() < 0.001);
    assert!(point(10, 20).angle_to(point(10, 20)).abs() < f64::EPSILON);
}
