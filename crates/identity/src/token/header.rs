//! What the `Authorization` header holds (`spec/auth.md` §2.8).

pub mod oauth;

/// The credential of a request, before it is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Credential<'a> {
    /// No header, or an empty one.
    None,
    /// A bearer token of any kind.
    Bearer(&'a str),
    /// The parameter list of an OAuth 1.0a signature, see [`oauth::Parameters::parse`].
    OAuth(&'a str),
    /// Another scheme, or a form we do not read: the caller is a guest.
    Other,
}

/// Reads the value of the header.
///
/// A bearer header consists of exactly two pieces between single spaces; one with two spaces or more text
/// makes the caller a guest, as clients of the original know it. OAuth may follow another scheme
/// (`Basic …, OAuth …`), a bearer may not.
#[must_use]
pub fn parse(header: &str) -> Credential<'_> {
    if header.is_empty() {
        return Credential::None;
    }
    if let Some((scheme, token)) = header.split_once(' ')
        && scheme.eq_ignore_ascii_case("bearer")
        && !token.is_empty()
        && !token.contains(' ')
    {
        return Credential::Bearer(token);
    }
    const OAUTH: &[u8] = b"oauth ";
    match header
        .as_bytes()
        .windows(OAUTH.len())
        .position(|part| part.eq_ignore_ascii_case(OAUTH))
    {
        Some(at) => Credential::OAuth(&header[at + OAUTH.len()..]),
        None => Credential::Other,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("", Credential::None)]
    #[case("Bearer abc", Credential::Bearer("abc"))]
    #[case("bearer abc", Credential::Bearer("abc"))]
    #[case("BEARER abc", Credential::Bearer("abc"))]
    #[case("Bearer \"abc\"", Credential::Bearer("\"abc\""))]
    #[case("Bearer  abc", Credential::Other)]
    #[case("Bearer abc extra", Credential::Other)]
    #[case("Bearer abc ", Credential::Other)]
    #[case("Bearer", Credential::Other)]
    #[case("Bearer ", Credential::Other)]
    #[case("abc", Credential::Other)]
    #[case("Basic YWRtaW4=", Credential::Other)]
    #[case("Basic YWRtaW4=, Bearer abc", Credential::Other)]
    #[case("OAuth ", Credential::OAuth(""))]
    #[case("OAuth", Credential::Other)]
    #[case("OAuth a=\"b\"", Credential::OAuth("a=\"b\""))]
    #[case("Basic YWRtaW4=, oauth a=b", Credential::OAuth("a=b"))]
    fn headers_are_read_by_the_strict_rules(#[case] header: &str, #[case] credential: Credential<'_>) {
        assert_eq!(parse(header), credential);
    }

    proptest! {
        #[test]
        fn parsing_never_panics(header in ".*|.*[oO]auth .*") {
            if let Credential::OAuth(list) = parse(&header) {
                let _ = oauth::Parameters::parse(list);
            }
        }
    }
}
