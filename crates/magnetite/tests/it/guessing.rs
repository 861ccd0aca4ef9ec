//! Guesses that are sent at the same time, and configurations that would let them through.

use std::thread;
use std::time::Duration;

use anyhow::Result;
use db::params;
use rstest::rstest;

use crate::support::{Home, PROTECTED, SECRET, Site, instant, soon, time};
use crate::token::{at_once, shared};

#[rstest]
fn guesses_at_the_same_time_are_all_counted(
    #[values(Home::Sqlite, Home::Attached)] home: Home,
) -> Result<()> {
    let Some(shared) = shared(home)? else {
        return Ok(());
    };
    let user = shared.site.sql.add_admin("guessed-in-parallel")?;
    let refused = thread::scope(|scope| -> Result<()> {
        let guesses = scope.spawn(|| {
            at_once(24, || {
                shared.refuses(&shared.site.server, "guessed-in-parallel", "wrong")
            })
        });
        // Queued behind the guesses: its password is checked when the lock is reached.
        soon("the first guess", || {
            Ok(shared.failures("guessed-in-parallel")?.is_some())
        })?;
        shared.refuses(&shared.site.server, "guessed-in-parallel", SECRET)?;
        guesses
            .join()
            .unwrap_or_else(|_| anyhow::bail!("a guess panicked"))?;
        Ok(())
    });
    refused?;
    let (count, _) = shared.failures("guessed-in-parallel")?.unwrap_or_default();
    assert!(count >= 6, "{count}");
    let (failures, first, expires) = shared.lock(user)?;
    assert!(failures >= 6, "{failures}");
    assert!(first.is_some() && expires.is_some(), "the account is locked");
    Ok(())
}

#[rstest]
fn a_wrong_password_does_not_end_a_lock(#[values(Home::Sqlite, Home::Attached)] home: Home) -> Result<()> {
    let Some(shared) = shared(home)? else {
        return Ok(());
    };
    let user = shared.site.sql.add_admin("locked-elsewhere")?;
    let until = time(86_400)?;
    let lock =
        "UPDATE {admin_user} SET failures_num = 9, first_failure = ?, lock_expires = ? WHERE user_id = ?";
    shared
        .site
        .sql
        .run(lock, params![time(-60)?, until.clone(), user])?;
    shared.refuses(&shared.site.server, "locked-elsewhere", "wrong")?;
    shared.refuses(&shared.site.server, "locked-elsewhere", SECRET)?;
    let (failures, _, expires) = shared.lock(user)?;
    assert_eq!((failures, expires), (9, Some(until)));
    Ok(())
}

#[rstest]
fn a_server_that_leaves_the_lock_alone_does_not_clear_it(
    #[values(Home::Sqlite, Home::Attached)] home: Home,
) -> Result<()> {
    let Some(shared) = shared(home)? else {
        return Ok(());
    };
    let user = shared.site.sql.add_admin("admin-pages-only")?;
    let until = time(86_400)?;
    shared.set(user, "lock_expires", Some(&until))?;
    shared.set(user, "failures_num", Some("6"))?;
    shared.lenient.admin_token("admin-pages-only", SECRET)?;
    let (failures, _, expires) = shared.lock(user)?;
    assert_eq!((failures, expires), (6, Some(until)));
    Ok(())
}

#[rstest]
#[case::huge("9223372036854775807", "9223372036854775807")]
#[case::long("999999999", "99999999")]
#[case::garbage("abc", "six")]
#[case::fraction("1800.5", "30.0")]
fn no_configuration_lets_guesses_through(
    #[values(Home::Sqlite, Home::Attached)] home: Home,
    #[case] timeout: &str,
    #[case] threshold: &str,
) -> Result<()> {
    let Some(site) = Site::start(home)? else {
        return Ok(());
    };
    let set = |path: &str, value: &str| site.sql.configure("default", 0, path, Some(value));
    set("oauth/authentication_lock/timeout", timeout)?;
    set("admin/security/lockout_threshold", threshold)?;
    set("oauth/authentication_lock/max_failures_count", "6.0")?;
    thread::sleep(Duration::from_secs(1));
    site.sql.add_admin("configured")?;
    for attempt in 1..=6 {
        let status = site.server.sign_in("configured", "wrong")?.status;
        assert_eq!(status, 401, "attempt {attempt}");
    }
    assert_eq!(site.server.sign_in("configured", SECRET)?.status, 401);
    Ok(())
}

#[test]
fn waiting_log_ins_hold_no_connections() -> Result<()> {
    let variables = [("MAGNETITE_DATABASE_POOL", "2")];
    let Some(site) = Site::start_with(Home::Attached, &variables)? else {
        return Ok(());
    };
    let token = site.admin_token()?;
    let (slowest, whole) = thread::scope(|scope| -> Result<(Duration, Duration)> {
        let started = instant();
        let guesses = scope.spawn(|| at_once(24, || Ok(site.server.sign_in("nobody-here", "wrong")?.status)));
        thread::sleep(Duration::from_millis(150));
        let mut slowest = Duration::ZERO;
        for _ in 0..10 {
            let begun = instant();
            assert_eq!(site.server.get("/rest/V1/directory/currency", None)?.status, 200);
            assert_eq!(site.server.get(PROTECTED, Some(&token))?.status, 200);
            slowest = slowest.max(begun.elapsed());
        }
        guesses
            .join()
            .unwrap_or_else(|_| anyhow::bail!("a guess panicked"))?;
        Ok((slowest, started.elapsed()))
    })?;
    assert!(
        slowest * 2 < whole,
        "a read took {slowest:?} of the {whole:?} of all log-ins"
    );
    Ok(())
}
