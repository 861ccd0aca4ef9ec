//! What an admin user's names, e-mail and password must look like (`spec/auth.md` §6.2).
//!
//! Every function returns all texts that apply, in the order in which the original lists them.

/// Fewest characters in a password.
pub const MIN_LENGTH: usize = 7;

/// The confirmation differs from the password.
pub const CONFIRMATION: &str = "Your password confirmation must match your password.";

/// The password is the current one or among the remembered ones.
pub const REUSED: &str = "Sorry, but this password has already been used. Please create another.";

/// The user name or e-mail belongs to somebody else.
pub const TAKEN: &str = "A user with the same user name or email already exists.";

/// On an update from the command line, the password is the user name.
pub const SAME_AS_NAME: &str = "Password cannot be the same as the user name.";

/// What is wrong with a new password; nothing if it can be used.
///
/// Letters are a to z in either case, with the two characters that fold to one of them (`ſ`, the Kelvin sign);
/// digits are 0 to 9.
#[must_use]
pub fn password(password: &str) -> Vec<&'static str> {
    let mut texts = Vec::new();
    if password.is_empty() {
        texts.push("Password is required field.");
    }
    if password.chars().count() < MIN_LENGTH {
        texts.push("Your password must be at least 7 characters.");
    }
    let letter = |c: char| c.is_ascii_alphabetic() || matches!(c, 'ſ' | '\u{212a}');
    if !(password.contains(letter) && password.contains(|c: char| c.is_ascii_digit())) {
        texts.push("Your password must include both numeric and alphabetic characters.");
    }
    texts
}

/// What is wrong with the confirmation of a password, if one was sent.
#[must_use]
pub fn confirmation(password: &str, confirmation: Option<&str>) -> Option<&'static str> {
    confirmation
        .filter(|confirmation| *confirmation != password)
        .map(|_| CONFIRMATION)
}

/// What is wrong with a user's names and e-mail.
#[must_use]
pub fn user(username: &str, firstname: &str, lastname: &str, email: &str) -> Vec<String> {
    let required = [
        ("User Name", username),
        ("First Name", firstname),
        ("Last Name", lastname),
    ];
    required
        .iter()
        .filter(|(_, value)| value.trim().is_empty())
        .map(|(label, _)| format!("\"{label}\" is required. Enter and try again."))
        .chain(self::email(email))
        .collect()
}

/// What is wrong with an e-mail address.
///
/// Stricter rules of the original on host names (known top-level domains) are not repeated: they grow old.
#[must_use]
pub fn email(email: &str) -> Option<String> {
    let Some((local, host)) = email
        .rsplit_once('@')
        .filter(|(local, host)| !local.is_empty() && !host.is_empty())
    else {
        return Some(format!(
            "'{email}' is not a valid email address in the basic format local-part@hostname"
        ));
    };
    if !is_host(host) {
        return Some(format!(
            "'{host}' is not a valid hostname for the email address '{email}'"
        ));
    }
    if !is_local_part(local) {
        return Some(format!(
            "'{local}' is not a valid local part for the email address '{email}'"
        ));
    }
    None
}

fn is_host(host: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    host.len() <= 255 && host.contains('.') && host.split('.').all(label)
}

fn is_local_part(local: &str) -> bool {
    let atom = |atom: &str| {
        !atom.is_empty()
            && atom
                .chars()
                .all(|c| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c))
    };
    local.len() <= 64 && local.split('.').all(atom)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    const LENGTH: &str = "Your password must be at least 7 characters.";
    const MIX: &str = "Your password must include both numeric and alphabetic characters.";

    #[rstest]
    #[case("Passw0rd", &[])]
    #[case("äöüäöa1", &[])]
    #[case("123456ſ", &[])]
    #[case("a1", &[LENGTH])]
    #[case("abcdefgh", &[MIX])]
    #[case("12345678", &[MIX])]
    #[case("äöüäöü1", &[MIX])]
    #[case("", &["Password is required field.", LENGTH, MIX])]
    fn passwords_have_length_letters_and_digits(#[case] text: &str, #[case] texts: &[&str]) {
        assert_eq!(password(text), texts);
    }

    #[test]
    fn a_confirmation_must_match_if_there_is_one() {
        assert_eq!(confirmation("a", None), None);
        assert_eq!(confirmation("a", Some("a")), None);
        assert_eq!(confirmation("a", Some("b")), Some(CONFIRMATION));
    }

    #[test]
    fn missing_names_are_listed_in_order() {
        let texts = user(" ", "", "", "a@example.com");
        assert_eq!(
            texts,
            [
                "\"User Name\" is required. Enter and try again.",
                "\"First Name\" is required. Enter and try again.",
                "\"Last Name\" is required. Enter and try again.",
            ]
        );
        assert_eq!(user("u", "f", "l", "x").len(), 1);
    }

    #[rstest]
    #[case("ada@example.com", None)]
    #[case("a.b+c@sub.example.co.uk", None)]
    #[case(
        "x",
        Some("'x' is not a valid email address in the basic format local-part@hostname")
    )]
    #[case(
        "@x.com",
        Some("'@x.com' is not a valid email address in the basic format local-part@hostname")
    )]
    #[case(
        "a@-x.com",
        Some("'-x.com' is not a valid hostname for the email address 'a@-x.com'")
    )]
    #[case(
        "a b@x.com",
        Some("'a b' is not a valid local part for the email address 'a b@x.com'")
    )]
    fn emails_are_checked(#[case] address: &str, #[case] text: Option<&str>) {
        assert_eq!(email(address).as_deref(), text);
    }
}
