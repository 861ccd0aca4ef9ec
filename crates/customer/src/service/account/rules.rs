//! What a password must be like (`customer/password/*`).

use contract::{Cx, Error, Result};
use wire::php::{self, Numeric};

/// Longest password, in characters.
const LONGEST: usize = 256;

/// Checks a new password.
///
/// # Errors
/// Magento's texts for one that is too long, too short, begins or ends with a space, or has too few kinds of
/// characters (goldens `customer.create.weak-password*`).
pub(crate) fn check_strength(cx: &Cx<'_>, password: &str) -> Result<()> {
    let config = |name: &str| {
        let value = cx.default_config(&format!("customer/password/{name}"));
        value.map(|text| text.to_string()).unwrap_or_default()
    };
    strength(
        password,
        &config("minimum_password_length"),
        &config("required_character_classes_number"),
    )
}

fn strength(password: &str, shortest: &str, classes: &str) -> Result<()> {
    let length = password.chars().count();
    if length > LONGEST {
        let text = "Please enter a password with at most %1 characters.";
        return Err(Error::invalid(text).with_next(256));
    }
    if length < number(shortest) {
        let text = "The password needs at least %1 characters. Create a new password and try again.";
        return Err(Error::invalid(text).with_next(shortest));
    }
    // What PHP trims: space, tab, line ends, NUL and vertical tab.
    if password.trim_matches([' ', '\t', '\n', '\r', '\0', '\u{b}']) != password {
        return Err(Error::invalid(
            "The password can't begin or end with a space. Verify the password and try again.",
        ));
    }
    if kinds(password) < number(classes) {
        return Err(Error::invalid(
            "Minimum of different classes of characters in password is %1. Classes of characters: Lower Case, \
             Upper Case, Digits, Special Characters.",
        )
        .with_next(classes));
    }
    Ok(())
}

/// How many of the four kinds of characters a password has.
fn kinds(password: &str) -> usize {
    let kinds: [fn(&u8) -> bool; 4] = [
        u8::is_ascii_digit,
        u8::is_ascii_uppercase,
        u8::is_ascii_lowercase,
        |byte| !byte.is_ascii_alphanumeric(),
    ];
    kinds
        .iter()
        .filter(|kind| password.as_bytes().iter().any(kind))
        .count()
}

fn number(text: &str) -> usize {
    match php::numeric(text) {
        Some(Numeric::Int(number)) => usize::try_from(number).unwrap_or(0),
        // `as` saturates.
        Some(Numeric::Float(number)) if number.is_finite() => number as usize,
        Some(Numeric::Float(_)) | None => 0,
    }
}

/// A password is not the e-mail address.
///
/// # Errors
/// Magento's text.
pub(crate) fn check_differs(email: &str, password: &str) -> Result<()> {
    if email.eq_ignore_ascii_case(password) {
        return Err(Error::invalid(
            "The password can't be the same as the email address. Create a new password and try again.",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(password: &str) -> String {
        match strength(password, "8", "3") {
            Ok(()) => String::new(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn passwords_are_judged_in_magentos_order() {
        for fine in [
            "Passw0rd!x",
            "passw0rd!",
            "PASSw0rd",
            "ääääÄÄÄÄ1a",
            &"aB3".repeat(80),
        ] {
            assert_eq!(fault(fine), "", "{fine}");
        }
        assert!(fault("abc").starts_with("The password needs at least %1"));
        assert!(fault("abcdefghij").starts_with("Minimum of different classes"));
        assert!(fault(" Passw0rd!").starts_with("The password can't begin or end"));
        assert!(fault("Passw0rd!\n").starts_with("The password can't begin or end"));
        assert!(fault(&"aB3!".repeat(65)).starts_with("Please enter a password with at most"));
        assert!(fault("").starts_with("The password needs at least %1"));
    }

    #[test]
    fn a_limit_that_is_no_number_is_none() {
        assert!(strength("a", "", "x").is_ok());
        assert!(strength("a", "-1", "0").is_ok());
    }

    #[test]
    fn the_address_is_no_password() {
        assert!(check_differs("Ada1@example.com", "ada1@EXAMPLE.com").is_err());
        assert!(check_differs("ada1@example.com", "other").is_ok());
    }
}
