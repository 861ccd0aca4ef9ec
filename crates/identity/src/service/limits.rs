//! The two locks of a sign-in, as the configuration has them (`spec/auth.md §1.7–1.8`).

use contract::{Cx, column_time};
use db::{FromRow, Row};
use jiff::Timestamp;
use wire::php::{self, Numeric};

use crate::clock;

/// No lock lasts longer, whatever the configuration says: ten years, in seconds.
const LONGEST: i64 = 10 * 365 * 86_400;

/// Failures that the columns can count.
const MOST: i64 = 32_767;

/// The lock of token requests for one name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Throttle {
    most: i64,
    seconds: i64,
}

impl Throttle {
    /// As configured: `oauth/authentication_lock/*`.
    pub(super) fn of(cx: &Cx<'_>) -> Self {
        Self {
            most: number(cx, "oauth/authentication_lock/max_failures_count", 6),
            seconds: number(cx, "oauth/authentication_lock/timeout", 1800).min(LONGEST),
        }
    }

    /// Whether so many failures lock the name; 0 as the limit switches the lock off.
    pub(super) fn is_reached(self, failures: i64) -> bool {
        self.most > 0 && failures >= self.most
    }

    /// The end of a lock that begins now.
    pub(super) fn until(self, now: Timestamp) -> String {
        clock::text_after(now, self.seconds)
    }
}

/// The lock-out columns of an account (`spec/auth.md §1.8`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lock {
    /// `failures_num`.
    pub failures: i64,
    /// `first_failure`.
    pub first_failure: Option<String>,
    /// `lock_expires`.
    pub expires: Option<String>,
}

impl Lock {
    /// Whether the account is locked at `now` (`YYYY-MM-DD HH:MM:SS`, UTC).
    #[must_use]
    pub fn is_in_force(&self, now: &str) -> bool {
        self.expires.as_deref().is_some_and(|until| until > now)
    }
}

impl FromRow for Lock {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        Ok(Self {
            failures: row.named::<Option<i64>>("failures_num")?.unwrap_or_default(),
            first_failure: row.named("first_failure")?,
            expires: row.named("lock_expires")?,
        })
    }
}

/// The rule by which failures lock an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lockout {
    most: i64,
    seconds: i64,
    /// Whether failures longer ago than a lock lasts count no more.
    forgets: bool,
}

impl Lockout {
    /// That of admin users: `admin/security/lockout_*`.
    pub(super) fn of_admins(cx: &Cx<'_>) -> Self {
        let minutes = number(cx, "admin/security/lockout_threshold", 30).min(LONGEST / 60);
        Self {
            most: number(cx, "admin/security/lockout_failures", 6),
            seconds: 60 * minutes,
            forgets: true,
        }
    }

    /// That of customers: `customer/password/lockout_*`. Failures count until one of them locks the account, or a
    /// right password forgives them, however much time lies between (`spec/auth.md §1.10`).
    pub fn of_customers(cx: &Cx<'_>) -> Self {
        let minutes = number(cx, "customer/password/lockout_threshold", 10).min(LONGEST / 60);
        Self {
            most: number(cx, "customer/password/lockout_failures", 10),
            seconds: 60 * minutes,
            forgets: false,
        }
    }

    /// The columns after one more failure; `None` when they stay as they are: the lock-out is switched off, or
    /// the account is locked already.
    #[must_use]
    pub fn after_failure(self, lock: Lock, now: Timestamp) -> Option<Lock> {
        let text = column_time(now);
        if self.most <= 0 || self.seconds <= 0 || lock.is_in_force(&text) {
            return None;
        }
        let window = clock::text_after(now, -self.seconds);
        let counts = |first: &str| {
            lock.failures > 0
                && if self.forgets {
                    first > window.as_str()
                } else {
                    lock.expires.is_none()
                }
        };
        let recent = lock.first_failure.filter(|first| counts(first));
        let failures = if recent.is_some() {
            lock.failures.saturating_add(1).min(MOST)
        } else {
            1
        };
        Some(Lock {
            failures,
            first_failure: Some(recent.unwrap_or(text)),
            expires: (failures >= self.most).then(|| clock::text_after(now, self.seconds)),
        })
    }
}

/// A number of the configuration, as PHP reads one; `fallback` for what is not a number, 0 for negative ones.
fn number(cx: &Cx<'_>, path: &str, fallback: i64) -> i64 {
    parse(cx.default_config(path).as_deref(), fallback)
}

fn parse(text: Option<&str>, fallback: i64) -> i64 {
    let number = match text.and_then(php::numeric) {
        Some(Numeric::Int(number)) => number,
        // `as` saturates.
        Some(Numeric::Float(number)) if number.is_finite() => number as i64,
        Some(Numeric::Float(_)) | None => fallback,
    };
    number.max(0)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    const NOW: Timestamp = Timestamp::constant(1_700_000_000, 0);

    #[rstest]
    #[case(Some("6"), 6)]
    #[case(Some("6.0"), 6)]
    #[case(Some(" 7 "), 7)]
    #[case(Some("0"), 0)]
    #[case(Some("-3"), 0)]
    #[case(Some("9223372036854775807"), i64::MAX)]
    #[case(Some("1e300"), i64::MAX)]
    #[case(Some("abc"), 5)]
    #[case(Some(""), 5)]
    #[case(None, 5)]
    fn numbers_are_read_with_care(#[case] text: Option<&str>, #[case] expected: i64) {
        assert_eq!(parse(text, 5), expected);
    }

    #[test]
    fn a_throttle_of_nothing_is_none() {
        assert!(Throttle { most: 6, seconds: 1 }.is_reached(6));
        assert!(!Throttle { most: 6, seconds: 1 }.is_reached(5));
        assert!(!Throttle { most: 0, seconds: 1 }.is_reached(1000));
    }

    fn lock(failures: i64, first: Option<&str>, expires: Option<&str>) -> Lock {
        Lock {
            failures,
            first_failure: first.map(ToOwned::to_owned),
            expires: expires.map(ToOwned::to_owned),
        }
    }

    #[test]
    fn failures_add_up_inside_the_window_only() {
        let lockout = Lockout {
            most: 3,
            seconds: 1800,
            forgets: true,
        };
        let first = lockout.after_failure(lock(0, None, None), NOW).unwrap();
        assert_eq!(first, lock(1, Some("2023-11-14 22:13:20"), None));
        let recent = lock(2, Some("2023-11-14 22:00:00"), None);
        assert_eq!(
            lockout.after_failure(recent, NOW).unwrap(),
            lock(3, Some("2023-11-14 22:00:00"), Some("2023-11-14 22:43:20"))
        );
        let old = lock(2, Some("2023-11-14 21:00:00"), None);
        assert_eq!(
            lockout.after_failure(old, NOW).unwrap(),
            lock(1, Some("2023-11-14 22:13:20"), None)
        );
    }

    #[test]
    fn failures_of_customers_add_up_until_a_lock_has_run_out() {
        let lockout = Lockout {
            most: 3,
            seconds: 1800,
            forgets: false,
        };
        let old = lock(2, Some("2023-01-01 00:00:00"), None);
        let locked = lockout.after_failure(old, NOW).unwrap();
        assert_eq!(
            locked,
            lock(3, Some("2023-01-01 00:00:00"), Some("2023-11-14 22:43:20"))
        );
        let ended = lock(3, Some("2023-01-01 00:00:00"), Some("2023-01-02 00:00:00"));
        assert_eq!(
            lockout.after_failure(ended, NOW).unwrap(),
            lock(1, Some("2023-11-14 22:13:20"), None)
        );
    }

    #[test]
    fn a_lock_in_force_is_never_shortened() {
        let lockout = Lockout {
            most: 3,
            seconds: 1800,
            forgets: true,
        };
        assert_eq!(
            lockout.after_failure(lock(6, None, Some("2037-01-01 00:00:00")), NOW),
            None
        );
        assert_eq!(
            Lockout {
                most: 0,
                seconds: 1800,
                forgets: true,
            }
            .after_failure(lock(0, None, None), NOW),
            None
        );
    }
}
