//! `POST /V1/integration/admin/token` on both engines (`spec/auth.md §1`).

use std::sync::OnceLock;

use anyhow::{Result, anyhow, ensure};
use base64::Engine as _;
use db::params;
use rstest::rstest;
use serde_json::{Value, json};
use testkit::goldens;
use testkit::server::Server;

use crate::support::{
    Home, PROTECTED, REFUSED, SECRET, SECRET_HASH, SIGN_IN_FAILED, Site, another, instant, is_about, key,
    now, soon, time,
};

/// The answer to one missing field.
fn required(field: &str) -> String {
    format!(
        r#"{{"message":"\"%fieldName\" is required. Enter and try again.","parameters":{{"fieldName":"{field}"}}}}"#
    )
}

/// The shared site, and a second server on it that does not lock accounts.
pub(crate) struct Shared {
    pub(crate) site: &'static Site,
    pub(crate) lenient: &'static Server,
}

/// The shared site on this engine.
pub(crate) fn shared(home: Home) -> Result<Option<Shared>> {
    static SQLITE: OnceLock<Result<Server, String>> = OnceLock::new();
    static ATTACHED: OnceLock<Result<Server, String>> = OnceLock::new();
    let Some(site) = Site::shared(home)? else {
        return Ok(None);
    };
    let start = || another(&site.installation, &[("MAGNETITE_API_LOCKOUT", "false")]);
    let cell = if home == Home::Sqlite { &SQLITE } else { &ATTACHED };
    let lenient = cell.get_or_init(|| start().map_err(|error| format!("{error:#}")));
    let lenient = lenient.as_ref().map_err(|error| anyhow!(error.clone()))?;
    Ok(Some(Shared { site, lenient }))
}

impl Shared {
    /// Failures counted against a name, and until when; `None` when there is nothing.
    pub(crate) fn failures(&self, name: &str) -> Result<Option<(i64, String)>> {
        let sql = "SELECT failures_count, lock_expires_at FROM {oauth_token_request_log} \
                   WHERE user_name = ? AND user_type = 3";
        Ok(self.site.sql.all(sql, params![name])?.pop())
    }

    /// The lock-out columns of an account.
    pub(crate) fn lock(&self, user: i64) -> Result<(i64, Option<String>, Option<String>)> {
        let sql = "SELECT failures_num, first_failure, lock_expires FROM {admin_user} WHERE user_id = ?";
        self.site.sql.one(sql, params![user])
    }

    pub(crate) fn set(&self, user: i64, column: &str, value: Option<&str>) -> Result<()> {
        let sql = format!("UPDATE {{admin_user}} SET {column} = ? WHERE user_id = ?");
        self.site.sql.run(&sql, params![value, user]).map(|_| ())
    }

    pub(crate) fn refuses(&self, server: &Server, name: &str, password: &str) -> Result<()> {
        let reply = server.sign_in(name, password)?;
        ensure!(reply.parts() == SIGN_IN_FAILED, "{name}: {reply:?}");
        Ok(())
    }
}

#[rstest]
fn missing_fields_are_named(#[values(Home::Sqlite, Home::Attached)] home: Home) -> Result<()> {
    let Some(shared) = shared(home)? else {
        return Ok(());
    };
    let ask = |body: Value| {
        shared
            .site
            .server
            .post("/rest/V1/integration/admin/token", &body, None)
    };
    for (body, field) in [
        (json!({"password": "x"}), "username"),
        (json!({"username": "", "password": "x"}), "username"),
        (json!({"username": null, "password": "x"}), "username"),
        (json!({"username": "missing"}), "password"),
        (json!({"username": "missing", "password": ""}), "password"),
    ] {
        let reply = ask(body.clone())?;
        assert_eq!(reply.parts(), (400, required(field).as_str()), "{body}");
    }
    let both = format!(
        r#"{{"message":"One or more input exceptions have occurred.","errors":[{},{}]}}"#,
        required("username"),
        required("password")
    );
    for body in [
        json!({}),
        json!({"username": "", "password": ""}),
        json!(null),
        json!([1, 2]),
    ] {
        assert_eq!(ask(body.clone())?.parts(), (400, both.as_str()), "{body}");
    }
    assert_eq!(
        shared.failures("missing")?,
        None,
        "an incomplete request counts as no failure"
    );
    Ok(())
}

#[rstest]
#[case::attached(Home::Attached)]
#[case::sqlite(Home::Sqlite)]
fn unknown_users_and_wrong_passwords_are_counted(#[case] home: Home) -> Result<()> {
    let Some(shared) = shared(home)? else {
        return Ok(());
    };
    shared.site.sql.add_admin("counted")?;
    for name in ["counted", "nobody-counted"] {
        for count in 1..=2 {
            shared.refuses(&shared.site.server, name, "wrong")?;
            let (failures, until) = shared
                .failures(name)?
                .ok_or_else(|| anyhow!("{name} is not counted"))?;
            assert_eq!(failures, count, "{name}");
            assert!(is_about(&until, 1800)?, "{name}: {until}");
        }
    }
    Ok(())
}

#[rstest]
fn an_inactive_user_is_refused_but_not_counted(
    #[values(Home::Sqlite, Home::Attached)] home: Home,
) -> Result<()> {
    let Some(shared) = shared(home)? else {
        return Ok(());
    };
    let user = shared.site.sql.add_admin("retired")?;
    shared.set(user, "is_active", Some("0"))?;
    shared.refuses(&shared.site.server, "retired", SECRET)?;
    assert_eq!(shared.failures("retired")?, None);
    Ok(())
}

#[rstest]
fn a_user_without_a_role_is_told_so(#[values(Home::Sqlite, Home::Attached)] home: Home) -> Result<()> {
    let Some(shared) = shared(home)? else {
        return Ok(());
    };
    let user = shared.site.sql.add_user("roleless")?;
    let reply = shared.site.server.sign_in("roleless", SECRET)?;
    let refusal = r#"{"message":"More permissions are needed to access this."}"#;
    assert_eq!(reply.parts(), (401, refusal));
    assert_eq!(shared.failures("roleless")?, None);
    let sql = "SELECT lognum FROM {admin_user} WHERE user_id = ?";
    assert_eq!(shared.site.sql.one::<i64>(sql, params![user])?, 0);
    shared.refuses(&shared.site.server, "roleless", "wrong")
}

#[rstest]
fn an_expired_account_is_set_inactive(#[values(Home::Sqlite, Home::Attached)] home: Home) -> Result<()> {
    let Some(shared) = shared(home)? else {
        return Ok(());
    };
    let sql = &shared.site.sql;
    let insert = "INSERT INTO {admin_user_expiration} (user_id, expires_at) VALUES (?, ?)";
    let active = "SELECT is_active FROM {admin_user} WHERE user_id = ?";
    for (name, password) in [("expired", SECRET), ("expired-too", "wrong")] {
        let user = sql.add_admin(name)?;
        sql.run(insert, params![user, time(-10)?])?;
        shared.refuses(&shared.site.server, name, password)?;
        assert_eq!(sql.one::<i64>(active, params![user])?, 0, "{name}");
        assert_eq!(shared.failures(name)?, None, "{name}");
    }
    let user = sql.add_admin("expiring")?;
    sql.run(insert, params![user, time(3600)?])?;
    shared.site.server.admin_token("expiring", SECRET)?;
    assert_eq!(sql.one::<i64>(active, params![user])?, 1);
    Ok(())
}

#[rstest]
fn an_old_password_still_gets_a_token(#[values(Home::Sqlite, Home::Attached)] home: Home) -> Result<()> {
    let Some(shared) = shared(home)? else {
        return Ok(());
    };
    let user = shared.site.sql.add_admin("old-password")?;
    let insert =
        "INSERT INTO {admin_passwords} (user_id, password_hash, expires, last_updated) VALUES (?, ?, 0, 1)";
    shared.site.sql.run(insert, params![user, SECRET_HASH])?;
    shared.site.server.admin_token("old-password", SECRET)?;
    Ok(())
}

#[rstest]
fn names_ignore_case_unless_configured(#[values(Home::Sqlite, Home::Attached)] home: Home) -> Result<()> {
    let Some(shared) = shared(home)? else {
        return Ok(());
    };
    shared.site.sql.add_admin("Mixed.Case")?;
    shared.site.server.admin_token("mixed.CASE", SECRET)?;
    let sensitive = "admin/security/use_case_sensitive_login";
    shared.site.sql.configure("default", 0, sensitive, Some("1"))?;
    soon("case-sensitive names", || {
        Ok(shared.site.server.sign_in("mixed.CASE", SECRET)?.status == 401)
    })?;
    assert!(
        shared.failures("mixed.CASE")?.is_some(),
        "a name in the wrong case is counted"
    );
    shared.site.server.admin_token("Mixed.Case", SECRET)?;
    shared.site.sql.configure("default", 0, sensitive, None)
}

#[rstest]
fn each_sign_in_is_recorded(#[values(Home::Sqlite, Home::Attached)] home: Home) -> Result<()> {
    let Some(shared) = shared(home)? else {
        return Ok(());
    };
    let user = shared.site.sql.add_admin("recorded")?;
    let sql = "SELECT lognum, logdate FROM {admin_user} WHERE user_id = ?";
    assert_eq!(
        shared.site.sql.one::<(i64, Option<String>)>(sql, params![user])?,
        (0, None)
    );
    for count in 1..=2 {
        shared.site.server.admin_token("recorded", SECRET)?;
        let (number, date) = shared.site.sql.one::<(i64, Option<String>)>(sql, params![user])?;
        assert_eq!(number, count);
        assert!(is_about(&date.unwrap_or_default(), 0)?);
    }
    shared.refuses(&shared.site.server, "recorded", "wrong")?;
    assert_eq!(
        shared
            .site
            .sql
            .one::<(i64, Option<String>)>(sql, params![user])?
            .0,
        2
    );
    Ok(())
}

#[rstest]
fn no_name_is_too_strange(#[values(Home::Sqlite, Home::Attached)] home: Home) -> Result<()> {
    let Some(shared) = shared(home)? else {
        return Ok(());
    };
    let long = "ä".repeat(5000);
    let names = [
        "😀",
        "admin😀",
        &long,
        "nul\0byte",
        "\0",
        "' OR '1'='1",
        "admin'--",
        "admin\\",
        "%",
        "_____",
        "\u{ffff}",
        "\u{200b}admin",
        "a\nb",
        " ",
        "{admin_user}",
        "?",
        "${x}",
        "\u{202e}nimda",
    ];
    for name in names {
        let shown = name.chars().take(20).collect::<String>();
        let reply = shared.site.server.sign_in(name, "wrong")?;
        assert_eq!(reply.parts(), SIGN_IN_FAILED, "name {shown:?}");
        let reply = shared.site.server.sign_in("nobody-strange", name)?;
        assert_eq!(reply.status, 401, "password {shown:?}: {reply:?}");
        let forget = "DELETE FROM {oauth_token_request_log} WHERE user_name = 'nobody-strange'";
        shared.site.sql.run(forget, &[])?;
    }
    let kept = shared.failures(&"ä".repeat(255))?;
    assert_eq!(
        kept.map(|(count, _)| count),
        Some(1),
        "a long name is counted as far as it fits"
    );
    Ok(())
}

#[rstest]
fn a_token_has_the_bytes_that_magento_would_write(
    #[values(Home::Sqlite, Home::Attached)] home: Home,
) -> Result<()> {
    let Some(shared) = shared(home)? else {
        return Ok(());
    };
    let user = shared.site.sql.add_admin("bytes")?;
    let token = shared.site.server.admin_token("bytes", SECRET)?;
    let payload = token.split('.').nth(1).unwrap_or_default();
    let payload = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(payload)?;
    let claims: Value = serde_json::from_slice(&payload)?;
    let issued = claims["iat"].as_i64().unwrap_or_default();
    assert!((now()? - issued).abs() <= 30);
    let spec = json!({"header": {"kid": "1", "alg": "HS256"},
        "claims": {"uid": user, "utypid": 2, "iat": 0, "exp": 3600}});
    assert_eq!(
        token,
        goldens::mint(&key(&shared.site.installation)?, &spec, issued)?
    );
    Ok(())
}

#[rstest]
fn tokens_of_another_signer_with_the_key_count(
    #[values(Home::Sqlite, Home::Attached)] home: Home,
) -> Result<()> {
    let Some(shared) = shared(home)? else {
        return Ok(());
    };
    let user = shared.site.sql.add_admin("foreign")?;
    let key = key(&shared.site.installation)?;
    let mint = |alg: &str, claims: Value, key: &str| {
        goldens::mint(
            key,
            &json!({"header": {"kid": "1", "alg": alg}, "claims": claims}),
            now()?,
        )
    };
    let status = |token: &str| -> Result<u16> { Ok(shared.site.server.get(PROTECTED, Some(token))?.status) };
    let good = json!({"uid": user, "utypid": 2, "iat": -5, "exp": 60});
    soon("the new administrator", || {
        Ok(status(&mint("HS256", good.clone(), &key)?)? == 200)
    })?;
    for (alg, claims, key) in [
        (
            "HS256",
            json!({"uid": user, "utypid": 2, "iat": -5, "exp": 60}),
            "0123456789abcdef0123456789abcdef",
        ),
        (
            "HS256",
            json!({"uid": user, "utypid": 2, "iat": -5, "exp": 60}),
            "",
        ),
        (
            "HS512",
            json!({"uid": user, "utypid": 2, "iat": -5, "exp": 60}),
            &key,
        ),
        (
            "HS256",
            json!({"uid": user, "utypid": 2, "iat": -60, "exp": 0}),
            &key,
        ),
        (
            "HS256",
            json!({"uid": user, "utypid": 3, "iat": -5, "exp": 60}),
            &key,
        ),
        ("HS256", json!({"uid": user, "iat": -5, "exp": 60}), &key),
        (
            "HS256",
            json!({"uid": 99999, "utypid": 2, "iat": -5, "exp": 60}),
            &key,
        ),
    ] {
        let reply = shared
            .site
            .server
            .get(PROTECTED, Some(&mint(alg, claims.clone(), key)?))?;
        assert_eq!(reply.parts(), REFUSED, "{alg} {claims}");
    }
    Ok(())
}

#[rstest]
fn a_token_of_one_server_counts_on_the_other(
    #[values(Home::Sqlite, Home::Attached)] home: Home,
) -> Result<()> {
    let Some(shared) = shared(home)? else {
        return Ok(());
    };
    shared.site.sql.add_admin("two-servers")?;
    let token = shared.site.server.admin_token("two-servers", SECRET)?;
    soon("the new administrator", || {
        Ok(shared.lenient.get(PROTECTED, Some(&token))?.status == 200)
    })
}

#[rstest]
fn a_token_counts_at_once(#[values(Home::Sqlite, Home::Attached)] home: Home) -> Result<()> {
    let Some(shared) = shared(home)? else {
        return Ok(());
    };
    for index in 0..5 {
        let name = format!("at-once-{index}");
        shared.site.sql.add_admin(&name)?;
        let token = shared.site.server.admin_token(&name, SECRET)?;
        assert_eq!(shared.site.server.get(PROTECTED, Some(&token))?.status, 200);
    }
    Ok(())
}

#[rstest]
fn answers_are_private(#[values(Home::Sqlite, Home::Attached)] home: Home) -> Result<()> {
    let Some(shared) = shared(home)? else {
        return Ok(());
    };
    shared.site.sql.add_admin("private")?;
    let (good, bad) = (
        shared.site.server.sign_in("private", SECRET)?,
        shared.site.server.sign_in("private", "wrong")?,
    );
    for reply in [&good, &bad] {
        assert_eq!(
            reply.header("content-type"),
            Some("application/json; charset=utf-8")
        );
        assert_eq!(reply.header("cache-control"), Some("no-store"));
        assert_eq!(reply.header("set-cookie"), None);
        assert_eq!(reply.header("www-authenticate"), None);
    }
    assert_eq!(good.header("x-frame-options"), Some("SAMEORIGIN"));
    assert_eq!(bad.header("x-frame-options"), None);
    let written = shared.site.server.stderr() + &shared.site.server.stdout();
    assert!(!written.contains(SECRET), "a password is in the log");
    Ok(())
}

#[rstest]
fn many_sign_ins_at_a_time_all_succeed(#[values(Home::Sqlite, Home::Attached)] home: Home) -> Result<()> {
    let Some(shared) = shared(home)? else {
        return Ok(());
    };
    let user = shared.site.sql.add_admin("crowd")?;
    let replies = at_once(8, || {
        shared
            .site
            .server
            .sign_in("crowd", SECRET)
            .map(|reply| reply.status)
    })?;
    assert_eq!(replies, [200; 8]);
    let sql = "SELECT lognum FROM {admin_user} WHERE user_id = ?";
    assert_eq!(shared.site.sql.one::<i64>(sql, params![user])?, 8);
    Ok(())
}

/// Does something in several threads at a time.
pub(crate) fn at_once<T: Send>(count: usize, work: impl Fn() -> Result<T> + Sync) -> Result<Vec<T>> {
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..count).map(|_| scope.spawn(&work)).collect();
        let joined = threads
            .into_iter()
            .map(|thread| thread.join().map_err(|_| anyhow!("a thread panicked"))?);
        joined.collect()
    })
}

/// Names that exist cannot be told by the time that an answer takes: a password is hashed for each.
#[rstest]
fn unknown_names_take_as_long(#[values(Home::Sqlite)] home: Home) -> Result<()> {
    let Some(shared) = shared(home)? else {
        return Ok(());
    };
    shared.site.sql.add_admin("timed")?;
    let quickest = |name: &str| -> Result<u128> {
        let mut quickest = u128::MAX;
        for _ in 0..5 {
            let start = instant();
            shared.refuses(shared.lenient, name, "wrong")?;
            quickest = quickest.min(start.elapsed().as_micros());
        }
        Ok(quickest)
    };
    let (known, unknown) = (quickest("timed")?, quickest("nobody-timed")?);
    assert!(unknown * 2 > known, "known {known} µs, unknown {unknown} µs");
    Ok(())
}
