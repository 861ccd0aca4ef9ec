//! The two locks that wrong passwords lead to: that of a name (`spec/auth.md §1.7`), and that of an account (`§1.8`),
//! which in Magento only its Admin pages know.

use anyhow::Result;
use db::params;
use rstest::rstest;

use crate::support::{Home, PROTECTED, SECRET, SIGN_IN_FAILED, Site, another, is_about, soon, time};
use crate::token::{at_once, shared};

#[rstest]
#[case::attached(Home::Attached)]
#[case::sqlite(Home::Sqlite)]
fn six_failures_lock_a_name(#[case] home: Home) -> Result<()> {
    let Some(shared) = shared(home)? else {
        return Ok(());
    };
    shared.site.sql.add_admin("throttled")?;
    for _ in 0..6 {
        shared.refuses(shared.lenient, "throttled", "wrong")?;
    }
    let expected = shared.failures("throttled")?;
    assert_eq!(expected.as_ref().map(|(count, _)| *count), Some(6));
    shared.refuses(shared.lenient, "throttled", SECRET)?;
    shared.refuses(shared.lenient, "throttled", "wrong")?;
    // The second server sees the lock too, and refusals do not prolong it.
    shared.refuses(&shared.site.server, "throttled", SECRET)?;
    assert_eq!(shared.failures("throttled")?, expected);
    let ended = "UPDATE {oauth_token_request_log} SET lock_expires_at = ? WHERE user_name = 'throttled'";
    shared.site.sql.run(ended, params![time(-1)?])?;
    shared.refuses(shared.lenient, "throttled", "wrong")?;
    let restarted = shared.failures("throttled")?;
    assert_eq!(
        restarted.map(|(count, _)| count),
        Some(1),
        "the count begins again"
    );
    shared.lenient.admin_token("throttled", SECRET)?;
    assert_eq!(
        shared.failures("throttled")?,
        None,
        "success forgets the failures"
    );
    Ok(())
}

#[rstest]
fn five_failures_do_not_lock_a_name(#[values(Home::Sqlite, Home::Attached)] home: Home) -> Result<()> {
    let Some(shared) = shared(home)? else {
        return Ok(());
    };
    shared.site.sql.add_admin("clumsy")?;
    for _ in 0..2 {
        for _ in 0..5 {
            shared.refuses(shared.lenient, "clumsy", "wrong")?;
        }
        shared.lenient.admin_token("clumsy", SECRET)?;
        assert_eq!(shared.failures("clumsy")?, None);
    }
    Ok(())
}

#[rstest]
fn a_customers_lock_is_not_an_admins(#[values(Home::Sqlite, Home::Attached)] home: Home) -> Result<()> {
    let Some(shared) = shared(home)? else {
        return Ok(());
    };
    shared.site.sql.add_admin("namesake")?;
    let insert = "INSERT INTO {oauth_token_request_log} (user_name, user_type, failures_count, lock_expires_at) \
                  VALUES ('namesake', 2, 99, ?)";
    shared.site.sql.run(insert, params![time(1800)?])?;
    shared.site.server.admin_token("namesake", SECRET)?;
    let left =
        "SELECT COUNT(*) FROM {oauth_token_request_log} WHERE user_name = 'namesake' AND user_type = 2";
    assert_eq!(shared.site.sql.one::<i64>(left, &[])?, 1);
    Ok(())
}

#[rstest]
#[case::attached(Home::Attached)]
#[case::sqlite(Home::Sqlite)]
fn the_limit_of_failures_is_configured(#[case] home: Home) -> Result<()> {
    // A site of its own: the setting is for all names.
    let variables = [("MAGNETITE_API_LOCKOUT", "false")];
    let Some(site) = Site::start_with(home, &variables)? else {
        return Ok(());
    };
    site.sql.add_admin("limited")?;
    let limit = "oauth/authentication_lock/max_failures_count";
    site.sql.configure("default", 0, limit, Some("2"))?;
    site.sql
        .configure("default", 0, "oauth/authentication_lock/timeout", Some("60"))?;
    // What the server knows when it starts is in force at once.
    let second = another(&site.installation, &[])?;
    for _ in 0..2 {
        assert_eq!(second.sign_in("limited", "wrong")?.parts(), SIGN_IN_FAILED);
    }
    assert_eq!(second.sign_in("limited", SECRET)?.parts(), SIGN_IN_FAILED);
    let until = "SELECT lock_expires_at FROM {oauth_token_request_log} WHERE user_name = 'limited'";
    let until = site.sql.one::<String>(until, &[])?;
    assert!(is_about(&until, 60)?, "{until}");
    // 0 means no limit, unlike in Magento, where it means that nobody gets in.
    site.sql.configure("default", 0, limit, Some("0"))?;
    soon(
        "no limit",
        || Ok(second.sign_in("limited", SECRET)?.status == 200),
    )
}

#[rstest]
fn wrong_passwords_lock_the_account(#[values(Home::Sqlite, Home::Attached)] home: Home) -> Result<()> {
    let Some(shared) = shared(home)? else {
        return Ok(());
    };
    let user = shared.site.sql.add_admin("locked-out")?;
    let forget = "DELETE FROM {oauth_token_request_log} WHERE user_name = 'locked-out'";
    for count in 1..=6 {
        // The throttle of the name is not what is looked at here.
        shared.site.sql.run(forget, &[])?;
        shared.refuses(&shared.site.server, "locked-out", "wrong")?;
        let (failures, first, until) = shared.lock(user)?;
        assert_eq!(failures, count);
        assert!(is_about(&first.unwrap_or_default(), 0)?);
        assert_eq!(until.is_some(), count == 6, "after {count} failures: {until:?}");
    }
    let until = shared.lock(user)?.2.unwrap_or_default();
    assert!(is_about(&until, 30 * 60)?, "{until}");
    shared.site.sql.run(forget, &[])?;
    shared.refuses(&shared.site.server, "locked-out", SECRET)?;
    // With Magento's rule the account's lock is for its Admin pages only, and success ends it.
    let token = shared.lenient.admin_token("locked-out", SECRET)?;
    soon("the new administrator", || {
        Ok(shared.lenient.get(PROTECTED, Some(&token))?.status == 200)
    })?;
    Ok(())
}

#[rstest]
fn a_lock_ends_by_itself(#[values(Home::Sqlite, Home::Attached)] home: Home) -> Result<()> {
    let Some(shared) = shared(home)? else {
        return Ok(());
    };
    let user = shared.site.sql.add_admin("forgiven")?;
    shared.set(user, "failures_num", Some("6"))?;
    shared.set(user, "first_failure", Some(&time(-3600)?))?;
    shared.set(user, "lock_expires", Some(&time(600)?))?;
    shared.refuses(&shared.site.server, "forgiven", SECRET)?;
    shared.set(user, "lock_expires", Some(&time(-1)?))?;
    // A failure later than the window after the first one is a first one again.
    shared.refuses(&shared.site.server, "forgiven", "wrong")?;
    let (failures, first, until) = shared.lock(user)?;
    assert_eq!((failures, until), (1, None));
    assert!(is_about(&first.unwrap_or_default(), 0)?);
    shared.site.server.admin_token("forgiven", SECRET)?;
    assert_eq!(shared.lock(user)?, (0, None, None), "success zeroes the columns");
    Ok(())
}

#[rstest]
fn magentos_lenience_can_be_had_back(#[values(Home::Sqlite, Home::Attached)] home: Home) -> Result<()> {
    let Some(shared) = shared(home)? else {
        return Ok(());
    };
    let user = shared.site.sql.add_admin("lenient")?;
    for _ in 0..3 {
        shared.refuses(shared.lenient, "lenient", "wrong")?;
    }
    assert_eq!(shared.lock(user)?, (0, None, None));
    shared.set(user, "lock_expires", Some(&time(600)?))?;
    shared.lenient.admin_token("lenient", SECRET)?;
    Ok(())
}

#[rstest]
#[case::attached(Home::Attached)]
#[case::sqlite(Home::Sqlite)]
fn guesses_at_a_time_are_all_counted(#[case] home: Home) -> Result<()> {
    let Some(shared) = shared(home)? else {
        return Ok(());
    };
    shared.site.sql.add_admin("guessed")?;
    let replies = at_once(12, || {
        shared
            .site
            .server
            .sign_in("guessed", "wrong")
            .map(|reply| reply.status)
    })?;
    assert_eq!(replies, [401; 12]);
    let count = shared.failures("guessed")?.map_or(0, |(count, _)| count);
    assert!((6..=12).contains(&count), "{count} of 12 guesses are counted");
    shared.refuses(&shared.site.server, "guessed", SECRET)
}
