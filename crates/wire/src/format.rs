/// A representation that bodies are read from and answers are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `application/json`.
    Json,
    /// `application/xml`, `application/xhtml+xml`, `text/xml`.
    Xml,
}

impl Format {
    /// The `Content-Type` of an answer in this format (spec/webapi.md §8, §10.11).
    #[must_use]
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Json => "application/json; charset=utf-8",
            Self::Xml => "application/xml; charset=utf-8",
        }
    }
}

/// A request body that cannot be read; `Display` is Magento's text in production mode (spec/webapi.md §7.5, §7.7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Decoding error.")]
pub struct DecodingError;
