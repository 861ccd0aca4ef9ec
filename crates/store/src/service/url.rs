//! Base URLs of a store view, from `web/unsecure/*` and `web/secure/*`.

use std::sync::Arc;

use contract::port::Stores as _;
use contract::{Cx, Result, StoreScope};

use crate::{Scopes, StaticFiles};

/// What a base URL is for.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    /// The store itself.
    Web,
    /// Links to pages.
    Link,
    /// Static files.
    Static,
    /// Media files.
    Media,
}

/// The configuration of one store view, seen as URLs.
#[derive(Clone, Copy)]
pub(super) struct Urls<'a> {
    /// A configuration value; empty when there is none.
    pub(super) config: &'a dyn Fn(&str) -> String,
    /// Whether the secure ones are meant.
    pub(super) secure: bool,
    /// The view's code, for links with `web/url/use_store`.
    pub(super) store_code: &'a str,
    /// How static files are addressed.
    pub(super) files: &'a StaticFiles,
}

impl Urls<'_> {
    /// The base URL for `kind`, with a slash at its end.
    pub(super) fn base(&self, kind: Kind) -> String {
        let value = |name: &str| (self.config)(&self.path(name));
        let (url, suffix) = match kind {
            Kind::Web => (value("base_url"), String::new()),
            Kind::Link => (value("base_link_url"), self.link_suffix()),
            Kind::Static => (
                or_below(value("base_static_url"), || value("base_url") + "static"),
                self.version(),
            ),
            Kind::Media => (
                or_below(value("base_media_url"), || value("base_url") + "media"),
                String::new(),
            ),
        };
        format!("{}/{suffix}", self.resolve(&url).trim_end_matches('/'))
    }

    fn path(&self, name: &str) -> String {
        format!("web/{}/{name}", if self.secure { "secure" } else { "unsecure" })
    }

    /// Replaces placeholders; the secure base URL is by default the other one. `{{base_url}}`, which Magento
    /// takes from the request, can only be the root of the host that was asked.
    fn resolve(&self, url: &str) -> String {
        url.replace("{{secure_base_url}}", &(self.config)("web/secure/base_url"))
            .replace("{{unsecure_base_url}}", &(self.config)("web/unsecure/base_url"))
            .replace("{{base_url}}", "/")
    }

    fn link_suffix(&self) -> String {
        let mut suffix = String::new();
        if (self.config)("web/seo/use_rewrites") != "1" {
            suffix.push_str("index.php/");
        }
        if (self.config)("web/url/use_store") == "1" {
            suffix.push_str(self.store_code);
            suffix.push('/');
        }
        suffix
    }

    fn version(&self) -> String {
        match &self.files.version {
            Some(version) if (self.config)("dev/static/sign") != "0" => format!("version{version}/"),
            _ => String::new(),
        }
    }
}

/// The base URLs of a store view, each with a slash at its end.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BaseUrls {
    /// Of links to pages.
    pub link: String,
    /// Of media files.
    pub media: String,
    /// Of static files.
    pub static_files: String,
}

/// The base URLs of a store view, not the secure ones.
///
/// # Errors
/// Internal: the composition forgot a service.
pub fn base_urls(cx: &Cx<'_>, view: &StoreScope) -> Result<BaseUrls> {
    let scopes = cx.service::<Arc<Scopes>>()?;
    let config = |path: &str| {
        let value = scopes.config(path, view);
        value.map(|value| value.to_string()).unwrap_or_default()
    };
    let urls = Urls {
        config: &config,
        secure: false,
        store_code: &view.code,
        files: cx.service::<StaticFiles>()?,
    };
    Ok(BaseUrls {
        link: urls.base(Kind::Link),
        media: urls.base(Kind::Media),
        static_files: urls.base(Kind::Static),
    })
}

/// `url`, or what `below` makes when it is not configured.
fn or_below(url: String, below: impl FnOnce() -> String) -> String {
    if url.is_empty() { below() } else { url }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(path: &str) -> String {
        match path {
            "web/unsecure/base_url" => "http://shop.test/",
            "web/secure/base_url" => "https://shop.test/",
            "web/unsecure/base_link_url" => "{{unsecure_base_url}}",
            "web/secure/base_link_url" => "{{secure_base_url}}",
            "web/unsecure/base_media_url" => "{{unsecure_base_url}}eumedia/",
            "web/seo/use_rewrites" => "1",
            _ => "",
        }
        .to_owned()
    }

    #[test]
    fn placeholders_and_folders_are_resolved() {
        let files = StaticFiles {
            version: Some("17".to_owned()),
        };
        let plain = Urls {
            config: &config,
            secure: false,
            store_code: "de",
            files: &files,
        };
        let secure = Urls {
            secure: true,
            ..plain
        };
        assert_eq!(plain.base(Kind::Web), "http://shop.test/");
        assert_eq!(plain.base(Kind::Link), "http://shop.test/");
        assert_eq!(plain.base(Kind::Static), "http://shop.test/static/version17/");
        assert_eq!(plain.base(Kind::Media), "http://shop.test/eumedia/");
        assert_eq!(secure.base(Kind::Link), "https://shop.test/");
        assert_eq!(secure.base(Kind::Media), "https://shop.test/media/");
    }

    #[test]
    fn links_name_script_and_store_when_configured() {
        let config = |path: &str| match path {
            "web/seo/use_rewrites" => "0".to_owned(),
            "web/url/use_store" => "1".to_owned(),
            other => config(other),
        };
        let files = StaticFiles { version: None };
        let urls = Urls {
            config: &config,
            secure: false,
            store_code: "de",
            files: &files,
        };
        assert_eq!(urls.base(Kind::Link), "http://shop.test/index.php/de/");
        assert_eq!(urls.base(Kind::Static), "http://shop.test/static/");
    }
}
