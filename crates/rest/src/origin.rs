//! Where a request comes from: the connection's other end, or the client that a trusted proxy names.

use std::net::IpAddr;

use axum::http::HeaderMap;
use axum::http::request::Parts;
use contract::Origin;
use ipnet::IpNet;

/// Header in which proxies say whom they speak for, each adding its own caller at the end.
const FORWARDED_FOR: &str = "x-forwarded-for";

/// Header in which a proxy says how its client came.
const FORWARDED_PROTO: &str = "x-forwarded-proto";

/// What the server knows of a connection. It puts it among the extensions of each request.
#[derive(Debug, Clone, Copy)]
pub struct Connection {
    /// Address of the other end.
    pub peer: IpAddr,
    /// Whether the connection is encrypted up to this process.
    pub encrypted: bool,
}

/// The origin of a request. What headers say counts only when a trusted proxy sent them.
pub(crate) fn origin(parts: &Parts, trusted: &[IpNet]) -> Origin {
    let Some(connection) = parts.extensions.get::<Connection>() else {
        return Origin::default();
    };
    let peer = connection.peer.to_canonical();
    if !is_within(peer, trusted) {
        return Origin {
            address: Some(peer),
            encrypted: connection.encrypted,
        };
    }
    let proto = parts.headers.get(FORWARDED_PROTO);
    Origin {
        address: Some(client(&parts.headers, trusted).unwrap_or(peer)),
        encrypted: proto.is_some_and(|proto| proto.as_bytes() == b"https"),
    }
}

/// The last address that is not a trusted proxy's: everything left of it could be the client's invention.
fn client(headers: &HeaderMap, trusted: &[IpNet]) -> Option<IpAddr> {
    let named = headers.get_all(FORWARDED_FOR).into_iter().rev();
    let mut farthest = None;
    for address in named.flat_map(|value| value.to_str().unwrap_or_default().rsplit(',')) {
        let Ok(address) = address.trim().parse::<IpAddr>() else {
            break;
        };
        let address = address.to_canonical();
        farthest = Some(address);
        if !is_within(address, trusted) {
            break;
        }
    }
    farthest
}

fn is_within(address: IpAddr, networks: &[IpNet]) -> bool {
    networks.iter().any(|network| network.contains(&address))
}

#[cfg(test)]
mod tests {
    use axum::http::Request;
    use rstest::rstest;

    use super::*;

    fn seen(peer: &str, headers: &[(&str, &str)]) -> Origin {
        let mut request = Request::builder();
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut request = request.body(()).unwrap();
        request.extensions_mut().insert(Connection {
            peer: peer.parse().unwrap(),
            encrypted: false,
        });
        let trusted: Vec<IpNet> = vec!["10.0.0.0/8".parse().unwrap(), "fd00::/8".parse().unwrap()];
        origin(&request.into_parts().0, &trusted)
    }

    #[rstest]
    #[case::no_header("10.0.0.1", &[], "10.0.0.1")]
    #[case::one_proxy("10.0.0.1", &["203.0.113.9"], "203.0.113.9")]
    #[case::two_proxies("10.0.0.1", &["203.0.113.9, 10.0.0.2"], "203.0.113.9")]
    #[case::two_headers("10.0.0.1", &["203.0.113.9", "10.0.0.2"], "203.0.113.9")]
    #[case::an_invented_one("10.0.0.1", &["127.0.0.1, 203.0.113.9"], "203.0.113.9")]
    #[case::only_proxies("10.0.0.1", &["10.0.0.3,10.0.0.2"], "10.0.0.3")]
    #[case::mapped("::ffff:10.0.0.1", &["2001:db8::1"], "2001:db8::1")]
    #[case::nonsense("10.0.0.1", &["203.0.113.9, unknown"], "10.0.0.1")]
    #[case::not_a_proxy("203.0.113.1", &["203.0.113.9"], "203.0.113.1")]
    fn the_client_is_the_last_that_no_trusted_proxy_is(
        #[case] peer: &str,
        #[case] forwarded: &[&str],
        #[case] client: &str,
    ) {
        let headers: Vec<_> = forwarded.iter().map(|value| (FORWARDED_FOR, *value)).collect();
        assert_eq!(seen(peer, &headers).address, Some(client.parse().unwrap()));
    }

    #[test]
    fn only_a_trusted_proxy_makes_a_request_encrypted() {
        let https = &[(FORWARDED_PROTO, "https")];
        assert!(seen("10.0.0.1", https).encrypted);
        assert!(!seen("10.0.0.1", &[]).encrypted);
        assert!(!seen("203.0.113.1", https).encrypted);
    }
}
