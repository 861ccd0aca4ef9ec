//! E-mail addresses.
//!
//! Internationalised ones are valid on both sides of the `@`, as in Magento. Of the host's last part only the form is
//! checked, not whether such a domain is known at the moment.

/// Longest part before the `@`, in bytes.
const LOCAL: usize = 64;

/// Longest part behind it.
const HOST: usize = 255;

/// Longest part between two dots of a host, in characters.
const LABEL: usize = 63;

/// What is wrong with an e-mail address.
pub(super) fn wrong(value: &str) -> Option<&'static str> {
    const INVALID: &str = "is not a valid email address.";
    let Some((local, host)) = value.rsplit_once('@') else {
        return Some(INVALID);
    };
    if local.is_empty() || host.is_empty() || value.contains("..") || value.contains('\n') {
        return Some(INVALID);
    }
    if local.len() > LOCAL || host.len() > HOST {
        return Some("uses too many characters.");
    }
    if !is_host(host) {
        return Some("is not a valid hostname.");
    }
    (!is_local(local)).then_some(INVALID)
}

/// Words of letters, digits and signs between dots, or a text in quotes.
fn is_local(local: &str) -> bool {
    if let Some(quoted) = local.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        return quoted.chars().all(|c| !c.is_control() && c != '"' && c != '\\');
    }
    let sign = |c: char| "!#$%&'*+-/=?^_`{|}~".contains(c);
    let allowed = |c: char| c.is_ascii_alphanumeric() || sign(c) || c >= '\u{80}';
    local
        .split('.')
        .all(|word| !word.is_empty() && word.chars().all(allowed))
}

/// At least two labels of letters, digits and inner hyphens, the last one of letters.
fn is_host(host: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty()
            && label.chars().count() <= LABEL
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    let mut labels = host.rsplit('.');
    let top = labels.next().unwrap_or_default();
    let coded = top
        .get(..4)
        .is_some_and(|start| start.eq_ignore_ascii_case("xn--"));
    let lettered = top.chars().count() >= 2 && (coded || top.chars().all(char::is_alphabetic));
    lettered && host.contains('.') && host.split('.').all(label)
}

#[cfg(test)]
mod tests {
    use super::wrong;

    #[test]
    fn addresses_of_all_languages_are_valid() {
        for email in [
            "jane@example.com",
            "j.a+b@mail.example.co.uk",
            "\"jane doe\"@example.com",
            "jürgen@müller.de",
            "用户@例子.中国",
            "a@xn--fiqs8s.xn--fiqs8s",
        ] {
            assert_eq!(wrong(email), None, "{email}");
        }
    }

    #[test]
    fn faults_are_told_apart() {
        let invalid = Some("is not a valid email address.");
        let host = Some("is not a valid hostname.");
        let long = format!("{}@example.com", "a".repeat(65));
        for (email, fault) in [
            ("nope", invalid),
            ("a..b@example.com", invalid),
            ("@example.com", invalid),
            ("a b@example.com", invalid),
            ("a@localhost", host),
            ("a@-x.com", host),
            ("a@example.c", host),
            (long.as_str(), Some("uses too many characters.")),
        ] {
            assert_eq!(wrong(email), fault, "{email}");
        }
    }
}
