//! Links and samples of downloadable products.

use contract::{DataObject, Extension};
use rust_decimal::Decimal;

/// Extension attributes of an uploaded file.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("downloadable-data-file-content-extension-interface")]
pub struct FileContentExtension {}

/// An uploaded file.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("downloadable-data-file-content-interface")]
pub struct FileContent {
    /// Data (base64 encoded content).
    pub file_data: String,
    /// File name.
    pub name: String,
    /// Extension attributes.
    pub extension_attributes: Extension<FileContentExtension>,
}

/// Extension attributes of a link.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("downloadable-data-link-extension-interface")]
pub struct DownloadableLinkExtension {}

/// What can be downloaded.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("downloadable-data-link-interface")]
pub struct DownloadableLink {
    /// Link id.
    pub id: Option<i64>,
    /// Title.
    pub title: Option<String>,
    /// Sort order.
    #[data(required)]
    pub sort_order: Option<i64>,
    /// Shareable status.
    #[data(required)]
    pub is_shareable: Option<i64>,
    /// Price.
    #[data(required)]
    pub price: Option<Decimal>,
    /// Downloads per user.
    pub number_of_downloads: Option<i64>,
    /// `url` or `file`.
    #[data(required)]
    pub link_type: Option<String>,
    /// Relative file path.
    pub link_file: Option<String>,
    /// Link file content.
    pub link_file_content: Option<FileContent>,
    /// Link url or null when type is 'file'.
    pub link_url: Option<String>,
    /// Type of the sample.
    #[data(required)]
    pub sample_type: Option<String>,
    /// Relative file path of the sample.
    pub sample_file: Option<String>,
    /// Sample file content.
    pub sample_file_content: Option<FileContent>,
    /// URL of the sample.
    pub sample_url: Option<String>,
    /// Extension attributes.
    pub extension_attributes: Extension<DownloadableLinkExtension>,
}

/// Extension attributes of a sample.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("downloadable-data-sample-extension-interface")]
pub struct DownloadableSampleExtension {}

/// A sample.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("downloadable-data-sample-interface")]
pub struct DownloadableSample {
    /// Sample id.
    pub id: Option<i64>,
    /// Title.
    #[data(required)]
    pub title: Option<String>,
    /// Order index for sample.
    #[data(required)]
    pub sort_order: Option<i64>,
    /// `url` or `file`.
    #[data(required)]
    pub sample_type: Option<String>,
    /// Relative file path.
    pub sample_file: Option<String>,
    /// Sample file content.
    pub sample_file_content: Option<FileContent>,
    /// File URL.
    pub sample_url: Option<String>,
    /// Extension attributes.
    pub extension_attributes: Extension<DownloadableSampleExtension>,
}
