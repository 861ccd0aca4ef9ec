//! From where files may be offered.

use contract::Cx;

/// The hosts that URLs of links and samples may name: `downloadable_domains` of Magento's `env.php`. Without
/// this service, or with an empty list, no URL is accepted, as in a new Magento.
#[derive(Debug, Clone, Default)]
pub struct DownloadableDomains(pub Vec<String>);

/// Whether the text is a URL that could be offered at all.
pub(super) fn is_url(text: &str) -> bool {
    host(text).is_some()
}

/// Whether the URL's host is one that may be named.
pub(super) fn is_allowed(cx: &Cx<'_>, url: &str) -> bool {
    let Ok(allowed) = cx.service::<DownloadableDomains>() else {
        return false;
    };
    host(url).is_some_and(|host| {
        allowed
            .0
            .iter()
            .any(|known| known.trim().eq_ignore_ascii_case(host))
    })
}

/// The host of an absolute `http` or `https` URL, without port.
fn host(url: &str) -> Option<&str> {
    let lower = url.get(..8)?.to_ascii_lowercase();
    let scheme = ["http://", "https://"]
        .into_iter()
        .find(|scheme| lower.starts_with(scheme))?;
    let rest = url.get(scheme.len()..)?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let well_formed =
        |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}');
    if !url.chars().all(well_formed) {
        return None;
    }
    let host = authority.rsplit('@').next()?;
    let host = match host.strip_prefix('[') {
        Some(v6) => v6.split(']').next()?,
        None => host.split(':').next()?,
    };
    Some(host).filter(|host| !host.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_of_a_url_is_that_which_browsers_ask() {
        assert_eq!(host("http://example.com/a.zip"), Some("example.com"));
        assert_eq!(host("HTTPS://user:pw@example.com:8443?x"), Some("example.com"));
        assert_eq!(host("http://good.example@evil.example/"), Some("evil.example"));
        assert_eq!(host("https://[::1]:80/"), Some("::1"));
        for text in [
            "",
            "a.zip",
            "ftp://example.com",
            "http://",
            "http:///a",
            "http://a b/",
            "http://a\\@b/",
        ] {
            assert!(!is_url(text), "{text}");
        }
    }
}
