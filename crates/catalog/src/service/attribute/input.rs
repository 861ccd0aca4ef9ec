//! What an input type makes of an attribute: where its values stand, and who handles them.

use eav::source;

/// What follows from an input type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Input {
    /// The input type as it is kept.
    pub(super) kept: &'static str,
    /// `eav_attribute.backend_type`.
    pub(super) backend_type: &'static str,
    /// Magento's class for saving.
    pub(super) backend_model: Option<&'static str>,
    /// Magento's class for showing.
    pub(super) frontend_model: Option<&'static str>,
    /// Magento's class for options.
    pub(super) source_model: Option<&'static str>,
    /// Whether texts are edited with their looks.
    pub(super) wysiwyg: bool,
    /// Whether Page Builder edits it.
    pub(super) page_builder: bool,
}

const DATETIME: Option<&str> = Some("Magento\\Eav\\Model\\Entity\\Attribute\\Backend\\Datetime");
const SHOWN_DATETIME: Option<&str> = Some("Magento\\Eav\\Model\\Entity\\Attribute\\Frontend\\Datetime");
const IMAGE: Option<&str> = Some("Magento\\Catalog\\Model\\Product\\Attribute\\Frontend\\Image");
const ARRAY: Option<&str> = Some("Magento\\Eav\\Model\\Entity\\Attribute\\Backend\\ArrayBackend");
const PRICE: Option<&str> = Some("Magento\\Catalog\\Model\\Product\\Attribute\\Backend\\Price");

/// The input types that attributes can be made with (goldens `attr.create-*`); none for others.
pub(super) fn of(input: &str) -> Option<Input> {
    let plain = |kept, backend_type| Input {
        kept,
        backend_type,
        backend_model: None,
        frontend_model: None,
        source_model: None,
        wysiwyg: false,
        page_builder: false,
    };
    Some(match input {
        "text" => plain("text", "varchar"),
        "textarea" => plain("textarea", "text"),
        "texteditor" => Input {
            wysiwyg: true,
            ..plain("textarea", "text")
        },
        "pagebuilder" => Input {
            wysiwyg: true,
            page_builder: true,
            ..plain("textarea", "text")
        },
        "date" => Input {
            backend_model: DATETIME,
            frontend_model: SHOWN_DATETIME,
            ..plain("date", "datetime")
        },
        "datetime" => Input {
            backend_model: DATETIME,
            frontend_model: SHOWN_DATETIME,
            ..plain("datetime", "datetime")
        },
        "boolean" => Input {
            source_model: Some(source::BOOLEAN),
            ..plain("boolean", "int")
        },
        "select" => Input {
            source_model: Some(source::TABLE),
            ..plain("select", "int")
        },
        "multiselect" => Input {
            backend_model: ARRAY,
            ..plain("multiselect", "text")
        },
        "price" => Input {
            backend_model: PRICE,
            ..plain("price", "decimal")
        },
        "media_image" => Input {
            frontend_model: IMAGE,
            ..plain("media_image", "varchar")
        },
        "gallery" => plain("gallery", "varchar"),
        _ => return None,
    })
}
