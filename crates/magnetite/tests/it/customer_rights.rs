//! What a customer's token opens, on both websites of a store with two.

use anyhow::{Context as _, Result};
use serde_json::{Value, json};
use testkit::client::Reply;
use testkit::magento::Dump;

use crate::registry::{call_in, lines, refusal};
use crate::support::{BINARY, Site, routes};

/// Store views of the dump `multistore` by website; `all` belongs to none, and a path without a code is the first.
const VIEWS: [(i64, &str); 6] = [
    (1, ""),
    (1, "/de"),
    (1, "/old"),
    (2, "/eu_en"),
    (2, "/eu_fr"),
    (0, "/all"),
];

/// A customer of each website, with the same e-mail address.
const CUSTOMERS: [(i64, i64); 2] = [(1, 1), (2, 15)];

/// Voids the token that calls it.
const REVOKE: &str = "/V1/integration/customer/revoke-customer-token";

fn site() -> Result<Option<Site>> {
    Dump::Multistore.attach(BINARY)?.map(Site::on).transpose()
}

fn put(site: &Site, path: &str, token: &str, body: &Value) -> Result<Reply> {
    let bearer = format!("Bearer {token}");
    let headers = [
        ("Content-Type", "application/json"),
        ("Authorization", bearer.as_str()),
    ];
    site.server.send("PUT", path, &headers, Some(&body.to_string()))
}

#[test]
fn a_customer_opens_what_is_theirs_and_nothing_else() -> Result<()> {
    let (Some(lines), Some(site)) = (lines()?, site()?) else {
        return Ok(());
    };
    let (mut own, mut others) = (0, 0);
    for route in routes(&site.installation)? {
        let resources = lines[&route].resources.as_str();
        if resources == "anonymous" || route.1 == REVOKE {
            continue;
        }
        for (website, customer) in CUSTOMERS {
            let token = site.mint(3, customer)?;
            for (place, view) in VIEWS {
                let reply = call_in(&site.server, view, &route, Some(&token))?;
                if resources == "self" && place == website {
                    own += 1;
                    let fine = matches!(reply.status, 200 | 400 | 404)
                        // The empty old password is wrong.
                        || reply.status == 401 && !reply.body.contains("authorized");
                    assert!(fine, "{route:?} in {view}: {reply:?}");
                } else {
                    others += 1;
                    let refusal = refusal(resources);
                    assert_eq!(reply.parts(), (401, refusal.as_str()), "{route:?} in {view}");
                }
            }
        }
    }
    println!("{own} calls of their own, {others} refused");
    assert!(own >= 30 && others >= 500, "{own}, {others}");
    Ok(())
}

#[test]
fn whatever_a_customer_sends_the_account_is_their_own() -> Result<()> {
    let Some(site) = site()? else { return Ok(()) };
    let token = site.mint(3, 1)?;
    for path in [
        "/rest/V1/customers/me",
        "/rest/V1/customers/me?customerId=15",
        "/rest/V1/customers/me?customer_id=15&customerId=15",
    ] {
        assert_eq!(site.server.get(path, Some(&token))?.json()?["id"], 1, "{path}");
    }
    let smuggled = json!({"id": 15, "group_id": 3, "groupId": 3, "website_id": 2, "websiteId": 2, "store_id": 3,
        "email": "both@example.com", "firstname": "Mine", "lastname": "L"});
    for body in [
        json!({"customer": smuggled.clone()}),
        json!({"customer": smuggled, "customerId": 15, "customer_id": 15}),
    ] {
        let reply = put(&site, "/rest/V1/customers/me?customerId=15", &token, &body)?;
        let saved = reply.json()?;
        assert_eq!(reply.status, 200, "{reply:?}");
        assert_eq!(
            (&saved["id"], &saved["group_id"], &saved["website_id"]),
            (&json!(1), &json!(1), &json!(1))
        );
    }
    let other: String = site.sql.one(
        "SELECT firstname FROM {customer_entity} WHERE entity_id = 15",
        &[],
    )?;
    assert_eq!(other, "EU");
    Ok(())
}

#[test]
fn tokens_end_by_revocation_with_the_account_and_when_it_is_out_of_service() -> Result<()> {
    let Some(site) = site()? else { return Ok(()) };
    let me =
        |token: &str| -> Result<u16> { Ok(site.server.get("/rest/V1/customers/me", Some(token))?.status) };
    let token = |email: &str| -> Result<String> {
        let body = json!({"username": email, "password": "Passw0rd!x"});
        let reply = site
            .server
            .post("/rest/V1/integration/customer/token", &body, None)?;
        let token = reply.json()?;
        Ok(token.as_str().context(reply.body.clone())?.to_owned())
    };
    // A token that follows in the same second works, and ends with the next revocation of that second.
    let mut last = token("both@example.com")?;
    for _ in 0..3 {
        assert_eq!(me(&last)?, 200);
        let path = format!("/rest{REVOKE}");
        let reply = site.server.post(&path, &json!({"customerId": 15}), Some(&last))?;
        assert_eq!(reply.parts(), (200, "true"));
        assert_eq!(me(&last)?, 401);
        let next = token("both@example.com")?;
        assert_eq!(me(&last)?, 401);
        last = next;
    }
    assert_eq!(me(&last)?, 200);
    let inactive = "UPDATE {customer_entity} SET is_active = ? WHERE entity_id = 1";
    site.sql.run(inactive, db::params![0])?;
    assert_eq!(me(&last)?, 401);
    site.sql.run(inactive, db::params![1])?;
    assert_eq!(me(&last)?, 200);
    let admin = site.admin_token()?;
    let bearer = format!("Bearer {admin}");
    let headers = [("Authorization", bearer.as_str())];
    let reply = site
        .server
        .send("DELETE", "/rest/V1/customers/1", &headers, None)?;
    assert_eq!(reply.parts(), (200, "true"));
    assert_eq!(me(&last)?, 401);
    let revoked: i64 = site.sql.one(
        "SELECT COUNT(*) FROM {jwt_auth_revoked} WHERE user_type_id = 3 AND user_id = 1",
        &[],
    )?;
    assert_eq!(revoked, 1);
    Ok(())
}

#[test]
fn accounts_that_all_websites_share_are_at_home_in_each() -> Result<()> {
    let Some(site) = site()? else { return Ok(()) };
    let path = "customer/account_share/scope";
    site.sql.configure("default", 0, path, Some("0"))?;
    let token = site.mint(3, 1)?;
    crate::support::soon("shared accounts", || {
        Ok(site
            .server
            .get("/rest/eu_en/V1/customers/me", Some(&token))?
            .status
            == 200)
    })?;
    assert_eq!(
        site.server.get("/rest/all/V1/customers/me", Some(&token))?.status,
        401
    );
    Ok(())
}
