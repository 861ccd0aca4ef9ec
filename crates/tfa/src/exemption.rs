//! Who needs no second factor: machines that cannot have one. Magento has no such thing; nobody is exempt by default.

use std::net::IpAddr;
use std::str::FromStr;

use ipnet::IpNet;

/// Users and networks for which the password is enough.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exemptions(Vec<Rule>);

/// Both have to fit; one that is not there always does.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    /// Name of the user, in lower case.
    user: Option<String>,
    network: Option<IpNet>,
}

/// A text that is no list of exemptions.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is no user name, no network such as 10.0.0.0/8 and no USER@NETWORK")]
pub struct BadExemption(String);

impl FromStr for Exemptions {
    type Err = BadExemption;

    /// Reads user names, networks, and users at networks (`erp@10.0.0.0/8`), separated by commas.
    fn from_str(text: &str) -> Result<Self, BadExemption> {
        let rules = text.split(',').map(str::trim).filter(|rule| !rule.is_empty());
        rules.map(str::parse).collect::<Result<_, _>>().map(Self)
    }
}

impl FromStr for Rule {
    type Err = BadExemption;

    fn from_str(text: &str) -> Result<Self, BadExemption> {
        if let Some(network) = network(text) {
            return Ok(Self {
                user: None,
                network: Some(network),
            });
        }
        // Names may be addresses of mail: what follows the last @ counts only when it is a network.
        let at = text
            .rsplit_once('@')
            .and_then(|(user, rest)| Some((user, network(rest)?)));
        let (user, network) = match at {
            Some((user, network)) => (user, Some(network)),
            None => (text, None),
        };
        // What looks like a network and is none would exempt nobody, silently.
        if user.is_empty() || (network.is_none() && text.contains('/')) {
            return Err(BadExemption(text.to_owned()));
        }
        Ok(Self {
            user: Some(user.to_lowercase()),
            network,
        })
    }
}

/// A network, or a single address.
fn network(text: &str) -> Option<IpNet> {
    let address = || text.parse::<IpAddr>().ok().map(IpNet::from);
    text.parse().ok().or_else(address)
}

impl Exemptions {
    /// Whether a user who comes from `address` needs no second factor.
    pub(crate) fn cover(&self, username: &str, address: Option<IpAddr>) -> bool {
        let username = username.to_lowercase();
        let address = address.map(|address| address.to_canonical());
        self.0.iter().any(|rule| {
            let user = rule.user.as_ref().is_none_or(|user| *user == username);
            let network = rule
                .network
                .is_none_or(|network| address.is_some_and(|address| network.contains(&address)));
            user && network
        })
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("", "erp", "10.1.2.3", false)]
    #[case("erp", "ERP", "8.8.8.8", true)]
    #[case("erp", "erp2", "8.8.8.8", false)]
    #[case("10.0.0.0/8", "anybody", "10.1.2.3", true)]
    #[case("10.0.0.0/8", "anybody", "::ffff:10.1.2.3", true)]
    #[case("10.0.0.0/8", "anybody", "11.1.2.3", false)]
    #[case("a, erp@10.0.0.0/8", "erp", "10.1.2.3", true)]
    #[case("a, erp@10.0.0.0/8", "erp", "8.8.8.8", false)]
    #[case("a, erp@10.0.0.0/8", "other", "10.1.2.3", false)]
    #[case("erp@shop.example", "erp@shop.example", "8.8.8.8", true)]
    #[case("192.0.2.7", "x", "192.0.2.7", true)]
    #[case("192.0.2.7", "x", "192.0.2.8", false)]
    fn user_and_network_both_have_to_fit(
        #[case] rules: &str,
        #[case] user: &str,
        #[case] address: &str,
        #[case] exempt: bool,
    ) {
        let rules: Exemptions = rules.parse().unwrap();
        assert_eq!(rules.cover(user, Some(address.parse().unwrap())), exempt);
    }

    #[test]
    fn an_unknown_address_is_in_no_network() {
        let rules: Exemptions = "0.0.0.0/0, ::/0".parse().unwrap();
        assert!(!rules.cover("x", None));
    }

    #[test]
    fn a_network_that_is_none_is_refused() {
        for text in ["10.0.0.0/99", "erp@10.0.0/8", "@10.0.0.0/8"] {
            assert!(text.parse::<Exemptions>().is_err(), "{text}");
        }
    }
}
