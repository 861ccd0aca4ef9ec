//! What links and samples offer: a URL, or a file.

use std::sync::Arc;

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use contract::{Cx, Error, Result};

use super::domains;
use crate::data::downloadable::FileContent;
use crate::media::{Changes, MediaStore};

/// Where a file belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The file of a link.
    Link,
    /// The sample of a link.
    LinkSample,
    /// A sample of the product.
    Sample,
}

impl Place {
    /// The folder below the media folder.
    pub(super) fn folder(self) -> &'static str {
        match self {
            Self::Link => "downloadable/files/links",
            Self::LinkSample => "downloadable/files/link_samples",
            Self::Sample => "downloadable/files/samples",
        }
    }

    fn bad_url(self) -> &'static str {
        match self {
            Self::Link => "Link URL must have valid format.",
            Self::LinkSample | Self::Sample => "Sample URL must have valid format.",
        }
    }

    fn foreign_domain(self) -> &'static str {
        match self {
            Self::Link => "Link URL's domain is not in list of downloadable_domains in env.php.",
            Self::LinkSample | Self::Sample => {
                "Sample URL's domain is not in list of downloadable_domains in env.php."
            }
        }
    }

    fn no_file(self) -> &'static str {
        match self {
            Self::Link => "Link file not found. Please try again.",
            Self::LinkSample => "Link sample file not found. Please try again.",
            Self::Sample => "Sample file not found. Please try again.",
        }
    }
}

/// What a request says of an offer: `kind` is `url` or `file`.
pub(super) struct Offer<'a> {
    pub(super) place: Place,
    pub(super) kind: &'a str,
    pub(super) url: Option<&'a str>,
    pub(super) file: Option<&'a str>,
    pub(super) content: Option<&'a FileContent>,
}

impl Offer<'_> {
    /// Whether it can be offered.
    ///
    /// # Errors
    /// The URL is none or names a host that is not allowed; the content is not base64 or has a bad name; there
    /// is no such file.
    pub(super) async fn check(&self, cx: &Cx<'_>) -> Result<()> {
        if self.kind == "url" {
            let url = self.url.unwrap_or_default();
            if !domains::is_url(url) {
                return Err(Error::invalid(self.place.bad_url()));
            }
            if !domains::is_allowed(cx, url) {
                return Err(Error::invalid(self.place.foreign_domain()));
            }
            return Ok(());
        }
        match (self.content, self.file) {
            (Some(content), _) => {
                decoded(content)?;
                check_name(&content.name)
            }
            (None, Some(file)) if exists(cx, self.place, file).await? => Ok(()),
            (None, _) => Err(Error::invalid(self.place.no_file())),
        }
    }
}

/// The largest file, in bytes.
const BYTES: usize = 64 << 20;

/// PHP decodes with and without padding, and does not look at the bits behind the last byte.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// The bytes of an uploaded file.
fn decoded(content: &FileContent) -> Result<Vec<u8>> {
    if content.file_data.len() / 4 * 3 > BYTES + 2 {
        return Err(Error::invalid("The file is too large. The most are %1 megabytes.").with_next(64));
    }
    let text = content.file_data.bytes();
    let compact: Vec<u8> = text.filter(|byte| !byte.is_ascii_whitespace()).collect();
    let bytes = BASE64.decode(compact).unwrap_or_default();
    // PHP counts the one byte "0" as nothing.
    if bytes.is_empty() || bytes == b"0" {
        return Err(Error::invalid(
            "Provided content must be valid base64 encoded data.",
        ));
    }
    Ok(bytes)
}

fn check_name(name: &str) -> Result<()> {
    const FORBIDDEN: &[char] = &[
        '/', '?', '*', ':', '"', ';', '<', '>', '(', ')', '|', '{', '}', '\\', '\0', '\n',
    ];
    if name.is_empty() || name.contains(FORBIDDEN) {
        return Err(Error::invalid(
            "Provided file name contains forbidden characters.",
        ));
    }
    let extension = name
        .rsplit_once('.')
        .map(|(_, extension)| extension.to_ascii_lowercase());
    if extension.is_some_and(|extension| PROTECTED.contains(&extension.as_str())) {
        return Err(Error::invalid("Disallowed file type."));
    }
    Ok(())
}

/// Files that a web server could run, or a browser take for a page of the shop.
const PROTECTED: &[&str] = &[
    "php", "php3", "php4", "php5", "php7", "php8", "phar", "phtml", "pht", "shtml", "htaccess", "jsp", "pl",
    "py", "asp", "sh", "cgi", "html", "htm", "xml", "xhtml", "svg",
];

/// The name of a file as it is kept: only letters, digits, `_`, `-` and `.`.
fn correct_name(name: &str) -> String {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let mut kept = String::with_capacity(name.len());
    for c in name.chars() {
        if allowed(c) {
            kept.push(c);
        } else if !kept.ends_with('_') {
            kept.push('_');
        }
    }
    kept
}

/// Where a file of this name is kept below its folder: `/h/e/hello.txt`.
fn dispersed(name: &str) -> String {
    let mut path = String::new();
    for c in name.chars().take(2) {
        path.push('/');
        path.push(if c == '.' { '_' } else { c });
    }
    path + "/" + name
}

/// Keeps an uploaded file, if the call succeeds; its path below the folder of its place.
pub(super) async fn keep(cx: &mut Cx<'_>, place: Place, content: &FileContent) -> Result<String> {
    let bytes = decoded(content)?;
    check_name(&content.name)?;
    let wanted = dispersed(&correct_name(&content.name));
    let changes = Changes::begin(cx)?;
    changes.create_in(place.folder(), &wanted, &bytes.into()).await
}

/// Whether a file is there.
async fn exists(cx: &Cx<'_>, place: Place, file: &str) -> Result<bool> {
    let store = cx.service::<Arc<MediaStore>>()?.clone();
    store.exists(place.folder(), file).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_spread_over_folders_by_their_first_letters() {
        assert_eq!(dispersed("hello.txt"), "/h/e/hello.txt");
        assert_eq!(dispersed("a.txt"), "/a/_/a.txt");
        assert_eq!(correct_name("my file (1).pdf"), "my_file_1_.pdf");
    }

    #[test]
    fn content_must_be_base64_under_a_harmless_name() {
        let content = |data: &str, name: &str| FileContent {
            file_data: data.to_owned(),
            name: name.to_owned(),
            ..FileContent::default()
        };
        assert_eq!(decoded(&content("aGVs\nbG8=", "a.txt")).unwrap(), b"hello");
        assert!(decoded(&content("not base64!", "a.txt")).is_err());
        assert!(decoded(&content("", "a.txt")).is_err());
        for name in ["", "a/b.txt", "..\\a", "a.php", "A.PHTML", ".htaccess"] {
            assert!(check_name(name).is_err(), "{name}");
        }
        assert!(check_name("Größe.pdf").is_ok());
    }
}
