//! Accounts of customers from signing up to being erased, with the mails that go with it.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, Result};
use db::params;
use rstest::rstest;
use serde_json::{Value, json};
use testkit::client::Reply;

use crate::support::{Home, SIGN_IN_FAILED, Site, instant, soon};

const PASSWORD: &str = "Passw0rd!x";

/// MD5 of salt and `Passw0rd!`, as the oldest stores have it (`spec/auth.md §6.3`).
const OLD_HASH: &str = "e966d715f8843208590feb19eec93ac9:ab:0";

fn send(site: &Site, verb: &str, path: &str, body: &Value, token: Option<&str>) -> Result<Reply> {
    let bearer = token.map(|token| format!("Bearer {token}"));
    let mut headers = vec![("Content-Type", "application/json")];
    headers.extend(bearer.as_deref().map(|bearer| ("Authorization", bearer)));
    let path = format!("/rest{path}");
    site.server.send(verb, &path, &headers, Some(&body.to_string()))
}

/// Signs up; the id.
fn sign_up(site: &Site, email: &str) -> Result<i64> {
    let customer = json!({"email": email, "firstname": "Ada", "lastname": "Byron"});
    let body = json!({"customer": customer, "password": PASSWORD});
    let reply = send(site, "POST", "/V1/customers", &body, None)?;
    assert_eq!(reply.status, 200, "{reply:?}");
    reply.json()?["id"].as_i64().context("no id")
}

fn token(site: &Site, email: &str, password: &str) -> Result<Reply> {
    let body = json!({"username": email, "password": password});
    send(site, "POST", "/V1/integration/customer/token", &body, None)
}

fn refused(site: &Site, email: &str, password: &str) -> Result<()> {
    assert_eq!(token(site, email, password)?.parts(), SIGN_IN_FAILED);
    Ok(())
}

/// The mails of a kind in a folder.
fn mails(folder: &PathBuf, kind: &str) -> Result<Vec<String>> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.to_string_lossy().contains(&format!("-{kind}-")) {
            found.push(std::fs::read_to_string(path)?);
        }
    }
    Ok(found)
}

/// The key or token that a mail tells.
fn code(mail: &str) -> Result<String> {
    let (_, rest) = mail.split_once("the code is ").context("no code")?;
    Ok(rest.split_whitespace().next().unwrap_or_default().to_owned())
}

/// A site of its own whose mail goes into a folder of it.
fn site(home: Home) -> Result<Option<(Site, PathBuf)>> {
    let Some(site) = Site::start_with(home, &[("MAGNETITE_MAIL_FOLDER", "letters")])? else {
        return Ok(None);
    };
    let folder = site.installation.path("letters");
    site.sql.configure("default", 0, "system/smtp/disable", None)?;
    soon("mail", || {
        let email = format!("first{}@example.com", mails(&folder, "welcome")?.len());
        let there: i64 = site.sql.one(
            "SELECT COUNT(*) FROM {customer_entity} WHERE email = ?",
            params![email.as_str()],
        )?;
        if there == 0 {
            sign_up(&site, &email)?;
        } else {
            site.sql.run(
                "DELETE FROM {customer_entity} WHERE email = ?",
                params![email.as_str()],
            )?;
        }
        Ok(!mails(&folder, "welcome")?.is_empty())
    })?;
    Ok(Some((site, folder)))
}

#[rstest]
fn both_locks_stop_guessing(#[values(Home::Sqlite, Home::Attached)] home: Home) -> Result<()> {
    let Some((site, _)) = site(home)? else {
        return Ok(());
    };
    sign_up(&site, "name@example.com")?;
    for _ in 0..5 {
        refused(&site, "name@example.com", "wrong")?;
    }
    assert_eq!(
        token(&site, "NAME@example.com", PASSWORD)?.status,
        200,
        "five are no lock"
    );
    for _ in 0..6 {
        refused(&site, "name@example.com", "wrong")?;
    }
    refused(&site, "name@example.com", PASSWORD)?;
    let count: i64 = site.sql.one(
        "SELECT failures_count FROM {oauth_token_request_log} WHERE user_name = 'name@example.com' AND user_type = 2",
        &[],
    )?;
    assert_eq!(count, 6);
    // The account's own lock: whatever becomes of the name's.
    site.sql
        .configure("default", 0, "customer/password/lockout_failures", Some("3"))?;
    sign_up(&site, "account@example.com")?;
    let log = "DELETE FROM {oauth_token_request_log}";
    let locked = "SELECT COUNT(*) FROM {customer_entity} WHERE email = 'account@example.com' AND lock_expires IS NOT NULL";
    soon("the lock", || {
        refused(&site, "account@example.com", "wrong")?;
        site.sql.run(log, &[])?;
        Ok(site.sql.one::<i64>(locked, &[])? == 1)
    })?;
    refused(&site, "account@example.com", PASSWORD)?;
    let over = "UPDATE {customer_entity} SET lock_expires = '2020-01-01 00:00:00' WHERE email = 'account@example.com'";
    site.sql.run(over, &[])?;
    site.sql.run(log, &[])?;
    assert_eq!(token(&site, "account@example.com", PASSWORD)?.status, 200);
    let failures: i64 = site.sql.one(
        "SELECT failures_num FROM {customer_entity} WHERE email = 'account@example.com'",
        &[],
    )?;
    assert_eq!(failures, 0, "a right password forgives");
    Ok(())
}

#[rstest]
fn a_forgotten_password_is_set_by_the_code_in_a_mail(
    #[values(Home::Sqlite, Home::Attached)] home: Home,
) -> Result<()> {
    let Some((site, folder)) = site(home)? else {
        return Ok(());
    };
    let id = sign_up(&site, "ada@example.com")?;
    let ask = json!({"email": "ada@example.com", "template": "email_reset", "websiteId": 1});
    assert_eq!(
        send(&site, "PUT", "/V1/customers/password", &ask, None)?.parts(),
        (200, "true")
    );
    let again = send(&site, "PUT", "/V1/customers/password", &ask, None)?;
    assert_eq!(again.status, 400, "twice in ten minutes: {again:?}");
    soon("the mail", || Ok(!mails(&folder, "reset")?.is_empty()))?;
    let code = code(&mails(&folder, "reset")?[0])?;
    let check = |code: &str| -> Result<u16> {
        let path = format!("/rest/V1/customers/{id}/password/resetLinkToken/{code}");
        Ok(site.server.get(&path, None)?.status)
    };
    assert_eq!((check(&code)?, check("other")?), (200, 400));
    let reset = |code: &str, password: &str| -> Result<u16> {
        let body = json!({"email": "ada@example.com", "resetToken": code, "newPassword": password});
        Ok(send(&site, "POST", "/V1/customers/resetPassword", &body, None)?.status)
    };
    assert_eq!(reset("other", "N3wpassword!")?, 400);
    assert_eq!(reset(&code, "weak")?, 400);
    refused(&site, "ada@example.com", "wrong")?;
    assert_eq!(reset(&code, "N3wpassword!")?, 200);
    assert_eq!(reset(&code, "N3wpassword?")?, 400, "once");
    refused(&site, "ada@example.com", PASSWORD)?;
    let token = token(&site, "ada@example.com", "N3wpassword!")?.json()?;
    soon("the news", || Ok(mails(&folder, "password_changed")?.len() == 1))?;
    // With the old password, by its owner.
    let change = json!({"currentPassword": "N3wpassword!", "newPassword": PASSWORD});
    let reply = send(&site, "PUT", "/V1/customers/me/password", &change, token.as_str())?;
    assert_eq!(reply.parts(), (200, "true"));
    let wrong = send(&site, "PUT", "/V1/customers/me/password", &change, token.as_str())?;
    assert_eq!(wrong.status, 401);
    let failures: i64 = site.sql.one(
        "SELECT failures_num FROM {customer_entity} WHERE entity_id = ?",
        params![id],
    )?;
    assert_eq!(failures, 1, "counted, though the call failed");
    let log = site.server.stderr();
    assert!(!log.contains("ada@") && !log.contains("Byron"), "{log}");
    Ok(())
}

#[test]
fn an_old_link_is_worth_nothing() -> Result<()> {
    let Some((site, folder)) = site(Home::Sqlite)? else {
        return Ok(());
    };
    let id = sign_up(&site, "late@example.com")?;
    let ask = json!({"email": "late@example.com", "template": "email_reminder"});
    assert_eq!(
        send(&site, "PUT", "/V1/customers/password", &ask, None)?.status,
        200
    );
    soon("the mail", || Ok(!mails(&folder, "reminder")?.is_empty()))?;
    let code = code(&mails(&folder, "reminder")?[0])?;
    let old = "UPDATE {customer_entity} SET rp_token_created_at = ? WHERE entity_id = ?";
    site.sql.run(old, params![crate::support::time(-7201)?, id])?;
    let path = format!("/rest/V1/customers/{id}/password/resetLinkToken/{code}");
    let reply = site.server.get(&path, None)?;
    assert!(reply.status == 400 && reply.body.contains("expired"), "{reply:?}");
    Ok(())
}

#[rstest]
fn an_account_is_confirmed_by_the_key_in_a_mail(
    #[values(Home::Sqlite, Home::Attached)] home: Home,
) -> Result<()> {
    let Some((site, folder)) = site(home)? else {
        return Ok(());
    };
    let admin = site.admin_token()?;
    site.sql
        .configure("websites", 1, "customer/create_account/confirm", Some("1"))?;
    std::thread::sleep(Duration::from_secs(1));
    let id = sign_up(&site, "new@example.com")?;
    refused(&site, "new@example.com", PASSWORD)?;
    let status = || -> Result<String> {
        let path = format!("/rest/V1/customers/{id}/confirm");
        Ok(site.server.get(&path, Some(&admin))?.body)
    };
    assert_eq!(status()?, "\"account_confirmation_required\"");
    soon("the mail", || Ok(mails(&folder, "confirm")?.len() == 1))?;
    let key = code(&mails(&folder, "confirm")?[0])?;
    let again = json!({"email": "new@example.com", "websiteId": 1});
    assert_eq!(
        send(&site, "POST", "/V1/customers/confirm", &again, Some(&admin))?.status,
        200
    );
    soon("the second mail", || Ok(mails(&folder, "confirm")?.len() == 2))?;
    let activate = |key: &str| {
        let body = json!({"confirmationKey": key});
        send(
            &site,
            "PUT",
            "/V1/customers/new@example.com/activate",
            &body,
            Some(&admin),
        )
    };
    assert_eq!(activate("wrong")?.status, 400);
    let reply = activate(&key)?;
    assert_eq!(reply.status, 200, "{reply:?}");
    assert_eq!(reply.json()?.get("confirmation"), None);
    assert_eq!(activate(&key)?.status, 400, "once");
    assert_eq!(status()?, "\"account_confirmed\"");
    assert_eq!(token(&site, "new@example.com", PASSWORD)?.status, 200);
    soon("the last mail", || Ok(mails(&folder, "confirmed")?.len() == 1))
}

#[test]
fn a_mail_server_that_is_away_delays_nothing() -> Result<()> {
    let Some((site, folder)) = site(Home::Sqlite)? else {
        return Ok(());
    };
    let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
    let port = listener.local_addr()?.port().to_string();
    site.sql
        .configure("default", 0, "system/smtp/host", Some("127.0.0.1"))?;
    site.sql
        .configure("default", 0, "system/smtp/port", Some(port.as_str()))?;
    std::thread::sleep(Duration::from_secs(1));
    let before = mails(&folder, "welcome")?.len();
    // Nobody answers on the port.
    let start = instant();
    sign_up(&site, "patient@example.com")?;
    assert!(start.elapsed() < Duration::from_secs(8), "{:?}", start.elapsed());
    assert_eq!(mails(&folder, "welcome")?.len(), before);
    Ok(())
}

#[rstest]
fn an_outdated_hash_is_renewed_by_signing_in(
    #[values(Home::Sqlite, Home::Attached)] home: Home,
) -> Result<()> {
    let Some((site, _)) = site(home)? else {
        return Ok(());
    };
    let id = sign_up(&site, "old@example.com")?;
    let old = "UPDATE {customer_entity} SET password_hash = ? WHERE entity_id = ?";
    site.sql.run(old, params![OLD_HASH, id])?;
    refused(&site, "old@example.com", PASSWORD)?;
    assert_eq!(token(&site, "old@example.com", "Passw0rd!")?.status, 200);
    let hash: String = site.sql.one(
        "SELECT password_hash FROM {customer_entity} WHERE entity_id = ?",
        params![id],
    )?;
    assert!(hash.ends_with(":3_32_2_67108864"), "{hash}");
    assert_eq!(token(&site, "old@example.com", "Passw0rd!")?.status, 200);
    Ok(())
}

#[rstest]
fn a_customer_is_exported_and_erased(#[values(Home::Sqlite, Home::Attached)] home: Home) -> Result<()> {
    let Some((site, _)) = site(home)? else {
        return Ok(());
    };
    let id = sign_up(&site, "leaving@example.com")?;
    let other = sign_up(&site, "staying@example.com")?;
    assert_eq!(token(&site, "leaving@example.com", PASSWORD)?.status, 200);
    refused(&site, "leaving@example.com", "wrong")?;
    let outcome = site.installation.run(&[
        "customer:export",
        "--email",
        "leaving@example.com",
        "--website",
        "base",
    ])?;
    assert!(outcome.status.success(), "{outcome:?}");
    let data: Value = serde_json::from_str(&outcome.stdout)?;
    assert_eq!(data["customer"]["entity_id"], id);
    assert_eq!(data["customer"]["firstname"], "Ada");
    assert_eq!(data["sign_ins"].as_array().context("no list")?.len(), 1);
    assert_eq!(data["tokens"]["failed_requests"], 1);
    for secret in ["password_hash", "rp_token\"", "3_32_2"] {
        assert!(!outcome.stdout.contains(secret), "{secret}");
    }
    let erase = |id: i64| {
        site.installation
            .run(&["customer:erase", "--id", &id.to_string()])
    };
    let done = erase(id)?;
    assert_eq!(
        done.stdout,
        format!("Customer {id} has been erased\n"),
        "{done:?}"
    );
    assert_eq!(erase(id)?.status.code(), Some(1), "there is none any more");
    for (table, place) in [
        ("customer_entity", "email = 'leaving@example.com'"),
        ("customer_grid_flat", "email = 'leaving@example.com'"),
        ("oauth_token_request_log", "user_name = 'leaving@example.com'"),
        ("customer_log", "last_login_at IS NOT NULL"),
    ] {
        let sql = format!("SELECT COUNT(*) FROM {{{table}}} WHERE {place}");
        assert_eq!(site.sql.one::<i64>(&sql, &[])?, 0, "{table}");
    }
    refused(&site, "leaving@example.com", PASSWORD)?;
    let kept: i64 = site.sql.one(
        "SELECT COUNT(*) FROM {customer_entity} WHERE entity_id = ?",
        params![other],
    )?;
    assert_eq!(kept, 1);
    Ok(())
}
