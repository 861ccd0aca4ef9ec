//! What signing in means for every kind of account: the limit of requests by name, and what is asked first.

use contract::{Cx, Error as CallError, Result};

use super::limits::Throttle;
use crate::access::user_type;
use crate::repo::token_request;

/// Longest name that fits `oauth_token_request_log.user_name`, in characters.
const LOGGED_NAME: usize = 255;

/// Who signs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UserKind {
    /// An admin user.
    Admin,
    /// A customer.
    Customer,
}

impl UserKind {
    /// The type in tokens (`spec/auth.md §5.2`).
    pub(crate) fn in_tokens(self) -> i64 {
        match self {
            Self::Admin => user_type::ADMIN,
            Self::Customer => user_type::CUSTOMER,
        }
    }

    /// The type in `oauth_token_request_log`, which numbers them the other way round (`spec/auth.md §1.7`).
    fn in_log(self) -> i64 {
        match self {
            Self::Admin => token_request::ADMIN,
            Self::Customer => token_request::CUSTOMER,
        }
    }

    /// The configuration path of the lifetime of tokens, in minutes.
    pub(crate) fn lifetime(self) -> &'static str {
        match self {
            Self::Admin => "webapi/jwtauth/admin_expiration",
            Self::Customer => "webapi/jwtauth/customer_expiration",
        }
    }
}

/// Name and password are both asked for.
///
/// # Errors
/// `"%fieldName" is required. Enter and try again.`, once or for both.
pub fn require_credentials(username: &str, password: &str) -> Result<()> {
    let missing: Vec<_> = [("username", username), ("password", password)]
        .into_iter()
        .filter(|(_, value)| value.is_empty())
        .map(|(name, _)| name)
        .collect();
    if missing.is_empty() {
        Ok(())
    } else {
        Err(CallError::required(missing))
    }
}

/// An attempt to get a token under a name, counted against the name whoever it belongs to.
pub struct Attempt {
    kind: UserKind,
    /// The name as the log keeps it.
    name: String,
    throttle: Throttle,
}

impl Attempt {
    /// An attempt in this call.
    pub fn new(cx: &Cx<'_>, kind: UserKind, username: &str) -> Self {
        Self {
            kind,
            name: log_name(username),
            throttle: Throttle::of(cx),
        }
    }

    /// Whether requests for the name are locked. Inside a transaction the count is held.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn is_throttled(&self, cx: &mut Cx<'_>) -> db::Result<bool> {
        let (kind, now) = (self.kind.in_log(), cx.now_text());
        let failures = token_request::failures(cx.session(), &self.name, kind, &now).await?;
        Ok(self.throttle.is_reached(failures))
    }

    /// Counts a failure against the name.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn count_failure(&self, cx: &mut Cx<'_>) -> db::Result<()> {
        let (kind, now) = (self.kind.in_log(), cx.now_text());
        let until = self.throttle.until(cx.now());
        token_request::record_failure(cx.session(), &self.name, kind, &now, &until).await
    }

    /// Forgets the failures of the name.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn forget(&self, cx: &mut Cx<'_>) -> db::Result<()> {
        token_request::forget(cx.session(), &self.name, self.kind.in_log()).await?;
        Ok(())
    }
}

/// The name as the log's column can hold it.
pub(crate) fn log_name(username: &str) -> String {
    username
        .chars()
        .take(LOGGED_NAME)
        .map(|c| if c > '\u{ffff}' { '\u{fffd}' } else { c })
        .collect()
}

/// Whether an account can have this name of at most `most` characters. Characters of Magento's tables have three
/// bytes at most, and MySQL refuses even to compare them with longer ones.
pub fn is_storable(name: &str, most: usize) -> bool {
    name.len() <= 4 * LOGGED_NAME
        && name.trim_end_matches(' ').chars().count() <= most
        && name.chars().all(|c| c <= '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_any_length_fit_the_log() {
        assert_eq!(log_name(&"ä".repeat(1000)).chars().count(), 255);
        assert_eq!(log_name("a😀b"), "a\u{fffd}b");
    }

    #[test]
    fn only_names_that_an_account_can_have_are_looked_up() {
        assert!(is_storable(&"ä".repeat(40), 40));
        assert!(is_storable("admin   ", 40));
        assert!(!is_storable(&"a".repeat(41), 40));
        assert!(!is_storable(&format!("admin{}", " ".repeat(1 << 20)), 40));
        assert!(!is_storable("a😀", 40));
    }
}
