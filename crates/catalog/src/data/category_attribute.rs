//! Attributes of categories.

use contract::search::SearchCriteria;
use contract::{CustomAttributes, DataObject, Extension, Given};
use eav::data::attribute::{AttributeOption, FrontendLabel, ValidationRule};

/// Extension attributes of an attribute of categories.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-eav-attribute-extension-interface")]
pub(crate) struct CategoryAttributeExtension {}

/// An attribute of categories.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-category-attribute-interface")]
pub(crate) struct CategoryAttribute {
    /// WYSIWYG flag.
    pub(crate) is_wysiwyg_enabled: Option<bool>,
    /// The HTML tags are allowed on the frontend.
    pub(crate) is_html_allowed_on_front: Option<bool>,
    /// It is used for sorting in product listing.
    pub(crate) used_for_sort_by: Option<bool>,
    /// It used in layered navigation.
    pub(crate) is_filterable: Option<bool>,
    /// It is used in search results layered navigation.
    pub(crate) is_filterable_in_search: Option<bool>,
    /// It is used in catalog product grid.
    pub(crate) is_used_in_grid: Option<bool>,
    /// It is visible in catalog product grid.
    pub(crate) is_visible_in_grid: Option<bool>,
    /// It is filterable in catalog product grid.
    pub(crate) is_filterable_in_grid: Option<bool>,
    /// Position.
    pub(crate) position: Option<i64>,
    /// Apply to value for the element.
    pub(crate) apply_to: Option<Vec<String>>,
    /// The attribute can be used in Quick Search.
    pub(crate) is_searchable: Option<String>,
    /// The attribute can be used in Advanced Search.
    pub(crate) is_visible_in_advanced_search: Option<String>,
    /// The attribute can be compared on the frontend.
    pub(crate) is_comparable: Option<String>,
    /// The attribute can be used for promo rules.
    pub(crate) is_used_for_promo_rules: Option<String>,
    /// The attribute is visible on the frontend.
    pub(crate) is_visible_on_front: Option<String>,
    /// The attribute can be used in product listing.
    pub(crate) used_in_product_listing: Option<String>,
    /// Attribute is visible on frontend.
    pub(crate) is_visible: Option<bool>,
    /// Attribute scope.
    pub(crate) scope: Option<String>,
    /// Extension attributes.
    pub(crate) extension_attributes: Extension<CategoryAttributeExtension>,
    /// Id of the attribute.
    pub(crate) attribute_id: Option<i64>,
    /// Code of the attribute.
    #[data(required)]
    pub(crate) attribute_code: Option<String>,
    /// HTML for input element.
    #[data(required)]
    pub(crate) frontend_input: Option<String>,
    /// Entity type id.
    #[data(required)]
    pub(crate) entity_type_id: Option<String>,
    /// Attribute is required.
    #[data(required)]
    pub(crate) is_required: Option<bool>,
    /// Options of the attribute (key => value pairs for select).
    pub(crate) options: Option<Vec<AttributeOption>>,
    /// Current attribute has been defined by a user.
    pub(crate) is_user_defined: Option<bool>,
    /// Frontend label for default store.
    pub(crate) default_frontend_label: Option<String>,
    /// Frontend label for each store.
    #[data(required)]
    pub(crate) frontend_labels: Option<Vec<FrontendLabel>>,
    /// The note attribute for the element.
    pub(crate) note: Given<String>,
    /// Backend type.
    pub(crate) backend_type: Option<String>,
    /// Backend model.
    pub(crate) backend_model: Option<String>,
    /// Source model.
    pub(crate) source_model: Option<String>,
    /// Default value for the element.
    pub(crate) default_value: Given<String>,
    /// This is a unique attribute.
    pub(crate) is_unique: Option<String>,
    /// Frontend class of attribute.
    pub(crate) frontend_class: Given<String>,
    /// Validation rules.
    pub(crate) validation_rules: Option<Vec<ValidationRule>>,
    /// Custom attributes values.
    pub(crate) custom_attributes: CustomAttributes,
}

/// Found attributes.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("catalog-data-category-attribute-search-results-interface")]
pub(crate) struct CategoryAttributeSearchResults {
    /// Attributes list.
    pub(crate) items: Vec<CategoryAttribute>,
    /// Search criteria.
    pub(crate) search_criteria: SearchCriteria,
    /// Total count.
    pub(crate) total_count: i64,
}
