//! Media gallery.

use contract::{DataObject, Extension};

/// An uploaded picture.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("framework-data-image-content-interface")]
pub struct ImageContent {
    /// Media data (base64 encoded content).
    pub base64_encoded_data: String,
    /// MIME type.
    pub r#type: String,
    /// Image name.
    pub name: String,
}

/// A video.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("framework-data-video-content-interface")]
pub struct VideoContent {
    /// MIME type.
    #[data(required)]
    pub media_type: Option<String>,
    /// Provider.
    #[data(required)]
    pub video_provider: Option<String>,
    /// Video URL.
    #[data(required)]
    pub video_url: Option<String>,
    /// Title.
    #[data(required)]
    pub video_title: Option<String>,
    /// Video description.
    #[data(required)]
    pub video_description: Option<String>,
    /// Metadata.
    #[data(required)]
    pub video_metadata: Option<String>,
}

/// Extension attributes of a media gallery entry.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-product-attribute-media-gallery-entry-extension-interface")]
pub struct MediaGalleryEntryExtension {
    /// The video behind the picture.
    pub video_content: Option<VideoContent>,
}

/// A picture or video of a product.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-product-attribute-media-gallery-entry-interface")]
pub struct MediaGalleryEntry {
    /// Gallery entry ID.
    pub id: Option<i64>,
    /// Media type.
    #[data(required)]
    pub media_type: Option<String>,
    /// Gallery entry alternative text.
    #[data(required)]
    pub label: Option<String>,
    /// Gallery entry position (sort order).
    #[data(required)]
    pub position: Option<i64>,
    /// If gallery entry is hidden from product page.
    #[data(required)]
    pub disabled: Option<bool>,
    /// Gallery entry image types (thumbnail, image, small_image etc).
    #[data(required)]
    pub types: Option<Vec<String>>,
    /// File path.
    pub file: Option<String>,
    /// The picture, in requests.
    pub content: Option<ImageContent>,
    /// Extension attributes.
    pub extension_attributes: Extension<MediaGalleryEntryExtension>,
}
