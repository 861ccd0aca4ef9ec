//! The providers that Magento has, and which of them are forced (`spec/auth.md §4.1`).

use contract::Cx;

/// Code of the provider with time-based codes.
pub(crate) const GOOGLE: &str = "google";

/// Code of the provider with keys.
pub(crate) const U2FKEY: &str = "u2fkey";

/// A provider.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Info {
    pub(crate) code: &'static str,
    pub(crate) name: &'static str,
    /// Name of the picture in the module's folder.
    picture: &'static str,
    pub(crate) reset_allowed: bool,
    /// What paths of its pages have after `tfa/`.
    page: &'static str,
    extra: &'static [&'static str],
    /// Configuration without which it is off.
    needs: &'static [&'static str],
}

/// All providers in Magento's order.
const ALL: &[Info] = &[
    Info {
        code: GOOGLE,
        name: "Google Authenticator",
        picture: "google",
        reset_allowed: true,
        page: "google",
        extra: &["qr", "configurepost", "authpost"],
        needs: &[],
    },
    Info {
        code: "duo_security",
        name: "Duo Security",
        picture: "duo_security",
        reset_allowed: false,
        page: "duo",
        extra: &["authpost"],
        needs: &[
            "twofactorauth/duo/integration_key",
            "twofactorauth/duo/secret_key",
            "twofactorauth/duo/api_hostname",
        ],
    },
    Info {
        code: "authy",
        name: "Authy",
        picture: "authy",
        reset_allowed: true,
        page: "authy",
        extra: &[
            "configurepost",
            "configureverifypost",
            "verify",
            "authpost",
            "token",
            "onetouch",
            "verifyonetouch",
        ],
        needs: &["twofactorauth/authy/api_key"],
    },
    Info {
        code: U2FKEY,
        name: "U2F (Yubikey and others)",
        picture: "u2fkey",
        reset_allowed: true,
        page: "u2f",
        extra: &["configurepost", "authpost"],
        needs: &[],
    },
];

impl Info {
    /// Whether the configuration has what the provider needs.
    pub(crate) fn is_enabled(&self, cx: &Cx<'_>) -> bool {
        self.needs
            .iter()
            .all(|path| cx.default_config(path).is_some_and(|value| !value.is_empty()))
    }

    pub(crate) fn icon(&self) -> String {
        format!("Magento_TwoFactorAuth::images/providers/{}.png", self.picture)
    }

    /// The path of a page of Magento's Admin.
    pub(crate) fn action(&self, name: &str) -> String {
        format!("tfa/{}/{name}", self.page)
    }

    pub(crate) fn extra_actions(&self) -> Vec<String> {
        self.extra.iter().map(|name| self.action(name)).collect()
    }
}

/// All providers.
pub(crate) fn all() -> impl Iterator<Item = &'static Info> {
    ALL.iter()
}

/// Code and name of all providers.
pub fn installed() -> impl Iterator<Item = (&'static str, &'static str)> {
    all().map(|info| (info.code, info.name))
}

/// The provider with this code.
pub(crate) fn find(code: &str) -> Option<&'static Info> {
    all().find(|info| info.code == code)
}

/// The forced providers, which are everybody's: unknown ones and those that are off are left out.
pub(crate) fn forced(cx: &Cx<'_>) -> Vec<&'static Info> {
    let codes = cx.default_config("twofactorauth/general/force_providers");
    let codes = codes.as_deref().unwrap_or_default();
    codes
        .split(',')
        .filter_map(|code| find(code.trim()))
        .filter(|info| info.is_enabled(cx))
        .collect()
}

/// Whether the provider with this code is forced.
pub(crate) fn is_forced(cx: &Cx<'_>, code: &str) -> bool {
    forced(cx).iter().any(|info| info.code == code)
}
