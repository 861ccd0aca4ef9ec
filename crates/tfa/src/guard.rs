//! What keeps guessing and repetition away from a user's codes. Magento has neither for its web API
//! (`spec/auth.md §4.5`).

use serde::{Deserialize, Serialize};
use wire::Value;

/// Longest time that wrong codes lock, in seconds: a day.
const LONGEST_LOCK: i64 = 86_400;

/// How long a challenge waits for its answer, in seconds. In Magento it waits for ever.
const CEREMONY: i64 = 300;

/// Shortest time between two mails to a user, in seconds.
const MAIL_PAUSE: i64 = 60;

/// How many wrong codes lock, and for how long: Magento's settings for its Admin pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Limits {
    most: i64,
    seconds: i64,
}

impl Limits {
    /// As configured; what would mean no limit is the default.
    pub(crate) fn new(retries: Option<&str>, lock: Option<&str>) -> Self {
        let number = |text: Option<&str>, fallback: i64| {
            let number = text.and_then(|text| text.trim().parse::<i64>().ok());
            number.filter(|number| *number > 0).unwrap_or(fallback)
        };
        Self {
            most: number(retries, 10).min(100),
            seconds: number(lock, 300).clamp(30, LONGEST_LOCK),
        }
    }
}

/// What is kept of a user beside Magento's configuration. Times are seconds since 1970.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Guard {
    /// Wrong codes since the last right one or the last lock.
    failures: i64,
    /// Locks since the last right code: each is twice as long as the one before.
    locks: u32,
    locked_until: i64,
    /// The newest step of 30 seconds whose code gave a token.
    used_step: i64,
    /// Tfats issued up to here are void.
    void_before: i64,
    mailed_at: i64,
    /// Hashes of the recovery codes that are left.
    pub(crate) recovery: Vec<String>,
    /// The registration of a key that was begun last.
    pub(crate) registration: Option<Ceremony>,
    /// The proof of a key that was asked for last.
    pub(crate) assertion: Option<Ceremony>,
}

/// A challenge of WebAuthn that waits for its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Ceremony {
    /// What the library keeps of it.
    state: Value,
    until: i64,
}

impl Ceremony {
    /// A challenge that was made now.
    pub(crate) fn new(state: Value, now: i64) -> Self {
        Self {
            state,
            until: now.saturating_add(CEREMONY),
        }
    }

    /// What the library kept, while there is still time.
    pub(crate) fn state(&self, now: i64) -> Option<&Value> {
        (now < self.until).then_some(&self.state)
    }
}

impl Guard {
    /// Whether no code is looked at now.
    pub(crate) fn is_locked(&self, now: i64) -> bool {
        now < self.locked_until
    }

    /// Counts a wrong code.
    pub(crate) fn count_failure(&mut self, limits: Limits, now: i64) {
        self.failures += 1;
        if self.failures < limits.most {
            return;
        }
        let seconds = limits.seconds.saturating_mul(1_i64 << self.locks.min(20));
        self.locked_until = now.saturating_add(seconds.min(LONGEST_LOCK));
        self.locks = self.locks.saturating_add(1);
        self.failures = 0;
    }

    /// Records that a second factor was shown.
    pub(crate) fn succeed(&mut self) {
        (self.failures, self.locks, self.locked_until) = (0, 0, 0);
    }

    /// Takes the code of a step; false when one of it or of a later step has been taken.
    pub(crate) fn take_step(&mut self, step: i64) -> bool {
        let fresh = step > self.used_step;
        if fresh {
            self.used_step = step;
        }
        fresh
    }

    /// Begins anew: a provider was reset. Tfats from before are void.
    pub(crate) fn reset(&mut self, now: i64) {
        *self = Self {
            void_before: now,
            recovery: std::mem::take(&mut self.recovery),
            ..Self::default()
        };
    }

    /// Whether a tfat issued then is void.
    pub(crate) fn voids(&self, issued: i64) -> bool {
        issued <= self.void_before
    }

    /// Whether a mail may be sent now; it is recorded as sent.
    pub(crate) fn take_mail(&mut self, now: i64) -> bool {
        let due = now.saturating_sub(self.mailed_at) >= MAIL_PAUSE;
        if due {
            self.mailed_at = now;
        }
        due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits {
        most: 3,
        seconds: 300,
    };

    #[test]
    fn wrong_codes_lock_for_longer_each_time() {
        let mut guard = Guard::default();
        let mut now = 1_000;
        for seconds in [300, 600, 1200] {
            for _ in 0..3 {
                assert!(!guard.is_locked(now));
                guard.count_failure(LIMITS, now);
            }
            assert!(guard.is_locked(now + seconds - 1));
            assert!(!guard.is_locked(now + seconds));
            now += seconds;
        }
        for _ in 0..300 {
            guard.count_failure(LIMITS, now);
        }
        assert!(!guard.is_locked(now + LONGEST_LOCK), "a day at most");
        guard.succeed();
        assert_eq!(guard, Guard::default());
    }

    #[test]
    fn a_step_is_taken_once_and_never_goes_back() {
        let mut guard = Guard::default();
        assert!(guard.take_step(7));
        assert!(!guard.take_step(7));
        assert!(!guard.take_step(6));
        assert!(guard.take_step(8));
    }

    #[test]
    fn limits_cannot_be_switched_off() {
        let defaults = Limits::new(None, None);
        assert_eq!(
            defaults,
            Limits {
                most: 10,
                seconds: 300
            }
        );
        for text in ["0", "-1", "x", ""] {
            assert_eq!(Limits::new(Some(text), Some(text)), defaults);
        }
        assert_eq!(
            Limits::new(Some("5000"), Some("1")),
            Limits {
                most: 100,
                seconds: 30
            }
        );
    }

    #[test]
    fn a_reset_keeps_recovery_codes_and_voids_tfats() {
        let mut guard = Guard {
            recovery: vec!["x".to_owned()],
            used_step: 9,
            ..Guard::default()
        };
        guard.reset(100);
        assert!(guard.voids(100) && !guard.voids(101));
        assert!(guard.take_step(9));
        assert_eq!(guard.recovery.len(), 1);
    }
}
