//! How soon and by what a token ends, when the database is changed by somebody else (`spec/auth.md §2.5`–`§2.7`).

use anyhow::{Context as _, Result};
use db::params;
use rstest::rstest;
use testkit::server::Server;

use crate::support::{ADMINISTRATORS, Home, PROTECTED, REFUSED, SECRET, Site, another, now, soon, time};

/// Whether a token opens a route that needs a right; any answer but the two possible ones is an error.
fn opens(server: &Server, token: &str) -> Result<bool> {
    let reply = server.get(PROTECTED, Some(token))?;
    if reply.status != 200 {
        assert_eq!(reply.parts(), REFUSED);
    }
    Ok(reply.status == 200)
}

/// Adds an administrator; the id, and a token that counts.
fn admin(site: &Site, name: &str) -> Result<(i64, String)> {
    let user = site.sql.add_admin(name)?;
    let token = site.server.admin_token(name, SECRET)?;
    soon("the new administrator", || opens(&site.server, &token))?;
    Ok((user, token))
}

#[rstest]
fn a_revocation_ends_older_tokens(#[values(Home::Sqlite, Home::Attached)] home: Home) -> Result<()> {
    let Some(site) = Site::shared(home)? else {
        return Ok(());
    };
    let (user, token) = admin(site, "revoked")?;
    let (_, other) = admin(site, "bystander")?;
    let before = now()?;
    let insert = "INSERT INTO {jwt_auth_revoked} (user_type_id, user_id, revoke_before) VALUES (2, ?, ?)";
    site.sql.run(insert, params![user, before])?;
    soon("the revocation", || Ok(!opens(&site.server, &token)?))?;
    assert!(
        !opens(&site.server, &site.mint_at(2, user, before)?)?,
        "of the same second"
    );
    assert!(
        opens(&site.server, &site.mint_at(2, user, before + 1)?)?,
        "of the next second"
    );
    assert!(opens(&site.server, &other)?, "of somebody else");
    // A later revocation of the same user changes the row in place.
    let update = "UPDATE {jwt_auth_revoked} SET revoke_before = ? WHERE user_id = ?";
    site.sql.run(update, params![before + 10, user])?;
    soon("the second revocation", || {
        Ok(!opens(&site.server, &site.mint_at(2, user, before + 1)?)?)
    })?;
    // That of a customer with the same id is not theirs.
    let (twin, token) = admin(site, "twin")?;
    let insert = "INSERT INTO {jwt_auth_revoked} (user_type_id, user_id, revoke_before) VALUES (3, ?, ?)";
    site.sql.run(insert, params![twin, before + 1000])?;
    std::thread::sleep(std::time::Duration::from_millis(1000));
    assert!(opens(&site.server, &token)?);
    Ok(())
}

#[rstest]
fn an_inactive_admin_loses_access(#[values(Home::Sqlite, Home::Attached)] home: Home) -> Result<()> {
    let Some(site) = Site::shared(home)? else {
        return Ok(());
    };
    let (user, token) = admin(site, "suspended")?;
    site.sql.run(
        "UPDATE {admin_user} SET is_active = 0 WHERE user_id = ?",
        params![user],
    )?;
    soon("the end of access", || Ok(!opens(&site.server, &token)?))
}

#[rstest]
fn a_deleted_admin_loses_access(#[values(Home::Sqlite, Home::Attached)] home: Home) -> Result<()> {
    let Some(site) = Site::shared(home)? else {
        return Ok(());
    };
    let (user, token) = admin(site, "deleted")?;
    // The row of the role stays, as it does when the row is deleted by hand.
    site.sql
        .run("DELETE FROM {admin_user} WHERE user_id = ?", params![user])?;
    soon("the end of access", || Ok(!opens(&site.server, &token)?))
}

#[rstest]
fn magentos_trust_in_tokens_can_be_had_back(
    #[values(Home::Sqlite, Home::Attached)] home: Home,
) -> Result<()> {
    let Some(site) = Site::shared(home)? else {
        return Ok(());
    };
    let trusting = another(
        &site.installation,
        &[("MAGNETITE_REFUSE_INACTIVE_ADMINS", "false")],
    )?;
    let (user, token) = admin(site, "trusted")?;
    site.sql.run(
        "UPDATE {admin_user} SET is_active = 0 WHERE user_id = ?",
        params![user],
    )?;
    soon("the end of access", || Ok(!opens(&site.server, &token)?))?;
    soon("nothing on the trusting server", || opens(&trusting, &token))?;
    site.sql
        .run("DELETE FROM {admin_user} WHERE user_id = ?", params![user])?;
    std::thread::sleep(std::time::Duration::from_millis(1000));
    assert!(opens(&trusting, &token)?, "the rights hang on the role alone");
    // What ends it there too is what ends it in Magento.
    site.sql.run(
        "DELETE FROM {authorization_role} WHERE user_id = ? AND role_type = 'U'",
        params![user],
    )?;
    soon("the end of access", || Ok(!opens(&trusting, &token)?))
}

#[rstest]
fn rights_that_are_taken_away_end_at_once(#[values(Home::Sqlite, Home::Attached)] home: Home) -> Result<()> {
    let Some(site) = Site::shared(home)? else {
        return Ok(());
    };
    let user = site.sql.add_user("demoted")?;
    let role = site.sql.add_role("Shrinking", &[])?;
    site.sql.assign(user, "2", role)?;
    let token = site.mint(2, user)?;
    let rule = site.sql.allow(role, "Magento_Backend::store")?;
    soon("the right", || opens(&site.server, &token))?;
    site.sql.run(
        "DELETE FROM {authorization_rule} WHERE rule_id = ?",
        params![rule],
    )?;
    soon("the end of the right", || Ok(!opens(&site.server, &token)?))?;
    let rule = site.sql.allow(role, "Magento_Backend::store")?;
    soon("the right again", || opens(&site.server, &token))?;
    let deny = "UPDATE {authorization_rule} SET permission = 'deny' WHERE rule_id = ?";
    site.sql.run(deny, params![rule])?;
    soon("the denial", || Ok(!opens(&site.server, &token)?))
}

#[rstest]
fn a_user_who_changes_roles_changes_rights(#[values(Home::Sqlite, Home::Attached)] home: Home) -> Result<()> {
    let Some(site) = Site::shared(home)? else {
        return Ok(());
    };
    let (user, token) = admin(site, "moved")?;
    let role = site.sql.add_role("Nothing", &[])?;
    let change = "UPDATE {authorization_role} SET parent_id = ? WHERE user_id = ? AND role_type = 'U'";
    site.sql.run(change, params![role, user])?;
    soon("the lesser role", || Ok(!opens(&site.server, &token)?))?;
    site.sql.run(change, params![ADMINISTRATORS, user])?;
    soon("the old role", || opens(&site.server, &token))
}

/// A row of `oauth_token`.
struct Opaque<'a> {
    token: &'a str,
    owner: &'a str,
    id: i64,
    user_type: i64,
    kind: &'a str,
    revoked: i64,
    /// Seconds ago.
    age: i64,
}

impl Opaque<'_> {
    fn insert(&self, site: &Site) -> Result<()> {
        let sql = format!(
            "INSERT INTO {{oauth_token}} ({}, type, token, secret, callback_url, revoked, authorized, user_type, \
             created_at) VALUES (?, ?, ?, 'x', '', ?, 1, ?, ?)",
            self.owner
        );
        let created = time(-self.age)?;
        let values = params![
            self.id,
            self.kind,
            self.token,
            self.revoked,
            self.user_type,
            created
        ];
        site.sql.run(&sql, values).map(|_| ())
    }
}

#[rstest]
fn opaque_tokens_of_admins(#[values(Home::Sqlite, Home::Attached)] home: Home) -> Result<()> {
    let Some(site) = Site::start(home)? else {
        return Ok(());
    };
    let (id, _) = admin(&site, "opaque")?;
    let token = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    let row = |last: &str, kind, revoked, age| -> Result<String> {
        let token = format!("{token}{last}");
        Opaque {
            token: &token,
            owner: "admin_id",
            id,
            user_type: 2,
            kind,
            revoked,
            age,
        }
        .insert(&site)?;
        Ok(token)
    };
    let hour = 3600;
    let young = row("1", "access", 0, 0)?;
    assert!(opens(&site.server, &young)?);
    assert!(
        opens(&site.server, &row("2", "access", 0, 4 * hour - 60)?)?,
        "nearly four hours old"
    );
    assert!(
        !opens(&site.server, &row("3", "access", 0, 4 * hour + 1)?)?,
        "expired"
    );
    assert!(!opens(&site.server, &row("4", "access", 1, 0)?)?, "revoked");
    assert!(
        !opens(&site.server, &row("5", "request", 0, 0)?)?,
        "no access token"
    );
    assert!(!opens(&site.server, &format!("{token}9"))?, "unknown");
    let lifetime = "oauth/access_token_lifetime/admin";
    for (value, alive) in [("5", true), ("0", false), ("0.5", true), ("", false)] {
        site.sql.configure("default", 0, lifetime, Some(value))?;
        soon(&format!("the lifetime {value:?}"), || {
            Ok(opens(&site.server, &young)? == alive)
        })?;
    }
    site.sql.configure("default", 0, lifetime, None)?;
    soon("the default lifetime", || opens(&site.server, &young))?;
    site.sql.run(
        "UPDATE {oauth_token} SET revoked = 1 WHERE token = ?",
        params![&young],
    )?;
    assert!(
        !opens(&site.server, &young)?,
        "opaque tokens are looked up each time"
    );
    let last = row("6", "access", 0, 0)?;
    site.sql.run(
        "UPDATE {admin_user} SET is_active = 0 WHERE user_id = ?",
        params![id],
    )?;
    soon("the end of access", || Ok(!opens(&site.server, &last)?))
}

#[rstest]
fn opaque_tokens_of_integrations(#[values(Home::Sqlite, Home::Attached)] home: Home) -> Result<()> {
    let Some(site) = Site::start(home)? else {
        return Ok(());
    };
    let consumer = "INSERT INTO {oauth_consumer} (name, `key`, secret, callback_url, rejected_callback_url) \
                    VALUES ('Test', ?, ?, '', '')";
    let consumer = site.sql.run(consumer, params!["k".repeat(32), "s".repeat(32)])?;
    let integration = "INSERT INTO {integration} (name, email, endpoint, status, consumer_id, setup_type, identity_link_url) \
                       VALUES ('Test', 'a@example.com', '', 1, ?, 0, '')";
    let integration = site.sql.run(integration, params![consumer])?;
    // An integration's row of its own carries the rules: it has no group.
    let role = site.sql.assign(integration, "1", 0)?;
    site.sql.allow(role, "Magento_Backend::store")?;
    let token = "b".repeat(32);
    let year = 366 * 86_400;
    Opaque {
        token: &token,
        owner: "consumer_id",
        id: consumer,
        user_type: 1,
        kind: "access",
        revoked: 0,
        age: year,
    }
    .insert(&site)?;
    assert!(!opens(&site.server, &token)?, "not unless it is switched on");
    let switch = "oauth/consumer/enable_integration_as_bearer";
    site.sql.configure("default", 0, switch, Some("1"))?;
    soon("bearer tokens of integrations", || opens(&site.server, &token))?;
    assert_eq!(
        site.server.get("/rest/V1/modules", Some(&token))?.status,
        401,
        "a right it has not"
    );
    // The switch has a value for each store.
    site.sql.configure("default", 0, switch, None)?;
    site.sql.configure("stores", 1, switch, Some("1"))?;
    let in_store = |code: &str| -> Result<bool> {
        Ok(site
            .server
            .get(&format!("/rest/{code}/V1/store/storeViews"), Some(&token))?
            .status
            == 200)
    };
    soon("the switch of one store", || {
        Ok(in_store("default")? && !in_store("all")?)
    })?;
    site.sql.run(
        "UPDATE {oauth_token} SET revoked = 1 WHERE token = ?",
        params![&token],
    )?;
    assert!(!in_store("default")?, "revoked");
    Ok(())
}

#[test]
fn opaque_tokens_of_customers_open_nothing_here() -> Result<()> {
    let Some(site) = Site::shared(Home::Attached)? else {
        return Ok(());
    };
    let customer = "INSERT INTO {customer_entity} (email, website_id, group_id, store_id) VALUES ('a@example.com', 1, 1, 1)";
    let customer = site.sql.run(customer, &[])?;
    let token = "c".repeat(32);
    Opaque {
        token: &token,
        owner: "customer_id",
        id: customer,
        user_type: 3,
        kind: "access",
        revoked: 0,
        age: 0,
    }
    .insert(site)?;
    assert!(!opens(&site.server, &token)?);
    let open = site.server.get("/rest/V1/directory/currency", Some(&token))?;
    assert_eq!(open.status, 200, "{open:?}");
    Ok(())
}

#[rstest]
fn settings_of_tokens_change_in_a_running_server(
    #[values(Home::Sqlite, Home::Attached)] home: Home,
) -> Result<()> {
    let Some(site) = Site::start(home)? else {
        return Ok(());
    };
    let (_, token) = admin(&site, "settings")?;
    let set = |path: &str, value: &str| -> Result<()> {
        let outcome = site.installation.run(&["config:set", path, value])?;
        assert!(outcome.status.success(), "{outcome:?}");
        Ok(())
    };
    let life = || -> Result<i64> {
        let token = site.server.admin_token("settings", SECRET)?;
        let payload = token.split('.').nth(1).context("no payload")?;
        let claims: serde_json::Value = serde_json::from_slice(&decode(payload)?)?;
        Ok(claims["exp"].as_i64().context("exp")? - claims["iat"].as_i64().context("iat")?)
    };
    assert_eq!(life()?, 3600);
    for (minutes, seconds) in [("5", 300), ("0", 1800), ("many", 1800)] {
        set("webapi/jwtauth/admin_expiration", minutes)?;
        soon(&format!("a life of {minutes}"), || Ok(life()? == seconds))?;
    }
    // Another algorithm ends all tokens.
    set("webapi/jwtauth/jwt_alg", "HS512")?;
    soon("the end of tokens with HS256", || {
        Ok(!opens(&site.server, &token)?)
    })?;
    let token = site.server.admin_token("settings", SECRET)?;
    let header: serde_json::Value =
        serde_json::from_slice(&decode(token.split('.').next().unwrap_or_default())?)?;
    assert_eq!(header["alg"], "HS512");
    assert!(opens(&site.server, &token)?);
    // One that cannot be used leaves the last one in force, and says so.
    site.sql
        .configure("default", 0, "webapi/jwtauth/jwt_alg", Some("A128KW"))?;
    soon("a warning", || Ok(site.server.stderr().contains("A128KW")))?;
    assert!(opens(&site.server, &token)?);
    // It does not keep anything else from being followed.
    let deactivate = "UPDATE {admin_user} SET is_active = 0 WHERE username = 'settings'";
    site.sql.run(deactivate, &[])?;
    soon("the end of the token", || Ok(!opens(&site.server, &token)?))?;
    Ok(())
}

fn decode(part: &str) -> Result<Vec<u8>> {
    use base64::Engine as _;
    Ok(base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(part)?)
}
