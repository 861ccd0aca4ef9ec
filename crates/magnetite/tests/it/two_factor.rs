//! The second factor of administrators: the recorded answers, and what attackers try.

use anyhow::{Context as _, Result};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rstest::rstest;
use serde_json::{Value, json};
use testkit::client::Reply;
use testkit::goldens::{self, Replay, Verdict};
use testkit::magento::{ADMIN, PASSWORD};
use testkit::server::Server;

use crate::support::{Home, PROTECTED, SECRET, SIGN_IN_FAILED, Site, another, key, now, soon};

const FORCED: &str = "twofactorauth/general/force_providers";
const ON: &[(&str, &str)] = &[("MAGNETITE_TWO_FACTOR", "true")];
const INVALID: (u16, &str) = (401, r#"{"message":"Invalid code."}"#);
const BAD_TFAT: (u16, &str) = (401, r#"{"message":"Invalid two-factor authorization token"}"#);

/// The secret of the RFC's vectors.
const TOTP: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

/// The code of [`TOTP`] some steps from now.
fn code(steps: i64) -> Result<String> {
    let totp = totp_rs::Builder::new()
        .with_secret(totp_rs::Secret::try_from_base32(TOTP)?)
        .build_noncompliant();
    Ok(totp.generate(u64::try_from(now()? + 30 * steps)?).to_string())
}

/// A server that asks for a second factor, beside the site's own that does not.
fn guarded(site: &Site, forced: Option<&str>) -> Result<Server> {
    let server = another(&site.installation, ON)?;
    force(site, &server, forced)?;
    Ok(server)
}

fn force(site: &Site, server: &Server, providers: Option<&str>) -> Result<()> {
    site.sql.configure("default", 0, FORCED, providers)?;
    let said = match providers {
        None | Some("") => "Please ask an administrator",
        Some(_) => "",
    };
    soon("the forced providers", || {
        let reply = server.sign_in(ADMIN, PASSWORD)?;
        Ok(reply.status == 400
            && reply.body.contains(said)
            && (said.is_empty() != reply.body.contains("Please ask an administrator")))
    })
}

fn command(site: &Site, arguments: &[&str]) -> Result<String> {
    let outcome = site.installation.run(arguments)?;
    anyhow::ensure!(outcome.status.success(), "{arguments:?}: {}", outcome.stderr);
    Ok(outcome.stdout)
}

fn google(server: &Server, user: &str, otp: &str) -> Result<Reply> {
    let body = json!({"username": user, "password": SECRET, "otp": otp});
    server.post("/rest/V1/tfa/provider/google/authenticate", &body, None)
}

fn mint(site: &Site, user: i64, iss: i64) -> Result<String> {
    let keys = identity::crypt::CryptKeys::parse(&key(&site.installation)?)?;
    let claims = format!(r#"{{"user_id":{user},"tfa_configuration":true,"iss":{iss}}}"#);
    let signature = STANDARD.encode(keys.mac(&claims)?);
    Ok(STANDARD.encode(format!("{claims}.{signature}")))
}

#[test]
fn the_recorded_answers_are_given() -> Result<()> {
    let Some(rows) = goldens::section("tfa")? else {
        return Ok(());
    };
    let Some(site) = Site::start(Home::Attached)? else {
        return Ok(());
    };
    let server = guarded(&site, None)?;
    let mut replay = Replay::new(server.client(), "tfa")?.with_key(&key(&site.installation)?);
    let mut compared = 0;
    for mut row in rows {
        // What was done between the calls stands in their notes.
        match row.name.as_str() {
            "tfa-on.forced-google.token-not-configured" => force(&site, &server, Some("google"))?,
            "tfa-on.google.token-configured" => {
                command(&site, &["security:tfa:google:set-secret", ADMIN, TOTP])?;
            }
            "tfa-on.google.authenticate-success" => {
                let body = json!({"username": ADMIN, "password": PASSWORD, "otp": code(0)?});
                row.body = Some(body.to_string());
            }
            _ => {}
        }
        let reply = replay.send(&row, now()?)?;
        let Some(recorded) = row.response.as_ref().filter(|_| row.compare) else {
            continue;
        };
        compared += 1;
        assert_eq!(
            replay.verdict(recorded, &reply),
            Verdict::Exact,
            "{}: {reply:?}",
            row.name
        );
    }
    assert!(compared >= 16, "{compared}");
    Ok(())
}

#[rstest]
fn guesses_end_and_used_codes_are_refused(#[values(Home::Sqlite, Home::Attached)] home: Home) -> Result<()> {
    let Some(site) = Site::start(home)? else {
        return Ok(());
    };
    let user = site.sql.add_admin("otto")?;
    let server = guarded(&site, Some("google"))?;
    command(&site, &["security:tfa:google:set-secret", "otto", TOTP])?;
    // A right code works once, and so do none from before it.
    let right = code(0)?;
    let reply = google(&server, "otto", &right)?;
    assert_eq!(reply.status, 200, "{}", reply.body);
    let token: String = serde_json::from_str(&reply.body)?;
    assert_eq!(server.get(PROTECTED, Some(&token))?.status, 200);
    assert_eq!(google(&server, "otto", &right)?.parts(), INVALID);
    // The password stays the first step.
    let body = json!({"username": "otto", "password": "wrong1", "otp": code(1)?});
    let reply = server.post("/rest/V1/tfa/provider/google/authenticate", &body, None)?;
    assert_eq!(reply.parts(), SIGN_IN_FAILED);
    let wrong = ["000000", "", "12345", "abcdef", "1234567"];
    let mut guesses = 0;
    loop {
        let guess = wrong[guesses % wrong.len()];
        let reply = google(&server, "otto", guess)?;
        if reply.parts() == SIGN_IN_FAILED {
            break;
        }
        assert_eq!(reply.parts(), INVALID);
        guesses += 1;
        assert!(guesses < 11, "guesses do not end");
    }
    assert_eq!(guesses, 10);
    assert_eq!(
        google(&server, "otto", &code(1)?)?.parts(),
        SIGN_IN_FAILED,
        "the right one too"
    );
    // A recovery code is no way around the lock, and works once when it has ended.
    let codes = command(&site, &["security:tfa:recovery-codes", "otto"])?;
    let codes: Vec<_> = codes.lines().collect();
    assert_eq!(codes.len(), 10);
    assert_eq!(google(&server, "otto", codes[0])?.parts(), SIGN_IN_FAILED);
    command(&site, &["security:tfa:google:set-secret", "otto", TOTP])?;
    assert_eq!(google(&server, "otto", codes[0])?.status, 200);
    assert_eq!(
        google(&server, "otto", &codes[0].to_lowercase())?.parts(),
        INVALID
    );
    assert_eq!(google(&server, "otto", codes[1])?.status, 200);
    // Nothing of it is readable in the table.
    let stored: String = site.sql.one(
        "SELECT encoded_config FROM {tfa_user_config} WHERE user_id = ?",
        db::params![user],
    )?;
    assert!(stored.starts_with("0:3:"), "{stored}");
    Ok(())
}

#[rstest]
fn only_a_fresh_tfat_of_the_user_configures(
    #[values(Home::Sqlite, Home::Attached)] home: Home,
) -> Result<()> {
    let Some(site) = Site::start(home)? else {
        return Ok(());
    };
    let (anna, bert) = (site.sql.add_admin("anna")?, site.sql.add_admin("bert")?);
    let server = guarded(&site, Some("google"))?;
    let configure = |token: &str| {
        server.post(
            "/rest/V1/tfa/provider/google/configure",
            &json!({"tfaToken": token}),
            None,
        )
    };
    let now = now()?;
    let fresh = mint(&site, anna, now)?;
    let plain = String::from_utf8(STANDARD.decode(&fresh)?)?;
    let other = plain.replace(&format!("\"user_id\":{anna}"), &format!("\"user_id\":{bert}"));
    let attempts = [
        mint(&site, anna, now - 3600)?,
        mint(&site, 999_999, now)?,
        STANDARD.encode(other),
        STANDARD.encode(plain.replace("true", "1.0")),
        "x".to_owned(),
    ];
    for attempt in attempts {
        assert_eq!(configure(&attempt)?.parts(), BAD_TFAT, "{attempt}");
    }
    let path = "/rest/V1/tfa/tfat-providers-to-activate?tfaToken=";
    assert_eq!(
        server.get(&format!("{path}x"), None)?.parts(),
        (401, r#"{"message":"Invalid token."}"#)
    );
    let listed: Value = server
        .get(
            &format!("{path}{}", fresh.replace('=', "%3D").replace('+', "%2B")),
            None,
        )?
        .json()?;
    assert_eq!(listed[0]["code"], "google");
    let reply: Value = configure(&fresh)?.json()?;
    let secret = reply["secret_code"].as_str().context("no secret")?;
    assert!(
        STANDARD
            .decode(reply["qr_code_base64"].as_str().context("no picture")?)?
            .starts_with(b"\x89PNG")
    );
    let totp = totp_rs::Builder::new()
        .with_secret(totp_rs::Secret::try_from_base32(secret)?)
        .build_noncompliant();
    let otp = totp.generate(u64::try_from(now)?).to_string();
    let activate = |token: &str, otp: &str| {
        server.post(
            "/rest/V1/tfa/provider/google/activate",
            &json!({"tfaToken": token, "otp": otp}),
            None,
        )
    };
    // Somebody else's tfat activates nothing of Anna's.
    assert_eq!(activate(&mint(&site, bert, now)?, &otp)?.parts(), INVALID);
    assert_eq!(activate(&fresh, "000000")?.parts(), INVALID);
    assert_eq!(activate(&fresh, &otp)?.parts(), (200, "[]"));
    assert_eq!(
        configure(&fresh)?.parts(),
        (400, r#"{"message":"Provider is already configured."}"#)
    );
    assert_eq!(
        google(&server, "anna", &otp)?.status,
        200,
        "the code of the activation"
    );
    // After a reset the old tfat is void, and so are tokens.
    let token: String = serde_json::from_str(
        &google(
            &server,
            "anna",
            &totp.generate(u64::try_from(now + 30)?).to_string(),
        )?
        .body,
    )?;
    command(&site, &["security:tfa:reset", "anna", "google"])?;
    assert_eq!(configure(&fresh)?.parts(), BAD_TFAT);
    soon("the revocation", || {
        Ok(server.get(PROTECTED, Some(&token))?.status == 401)
    })
}

#[test]
fn exemptions_are_by_user_and_network() -> Result<()> {
    let Some(site) = Site::start(Home::Sqlite)? else {
        return Ok(());
    };
    for name in ["erp", "human"] {
        site.sql.add_admin(name)?;
    }
    site.sql.configure("default", 0, FORCED, Some("google"))?;
    for (rules, erp, human) in [
        ("erp@127.0.0.0/8", 200, 400),
        ("erp@10.0.0.0/8", 400, 400),
        ("127.0.0.1", 200, 200),
        ("ERP", 200, 400),
    ] {
        let variables = [ON[0], ("MAGNETITE_TWO_FACTOR_EXEMPT", rules)];
        let server = another(&site.installation, &variables)?;
        assert_eq!(server.sign_in("erp", SECRET)?.status, erp, "{rules}");
        assert_eq!(server.sign_in("human", SECRET)?.status, human, "{rules}");
        // The password is asked for all the same.
        assert_eq!(server.sign_in("erp", "wrong1")?.parts(), SIGN_IN_FAILED);
    }
    Ok(())
}

#[test]
fn without_it_there_are_no_routes() -> Result<()> {
    let Some(site) = Site::shared(Home::Sqlite)? else {
        return Ok(());
    };
    let reply = site.server.get("/rest/V1/tfa/installed-providers", None)?;
    assert_eq!(
        reply.parts(),
        (404, r#"{"message":"Request does not match any route."}"#)
    );
    Ok(())
}
