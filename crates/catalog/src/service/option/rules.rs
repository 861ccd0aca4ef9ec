//! What a custom option must be like before it is saved.

use contract::{Error, Given, Result};
use rust_decimal::Decimal;

use crate::data::option::{CustomOption, CustomOptionValue};

/// What options of a type have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Group {
    Text,
    File,
    Select,
    Date,
}

impl Group {
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Text => "Text",
            Self::File => "File",
            Self::Select => "Select",
            Self::Date => "Date",
        }
    }
}

/// A type of custom options.
pub(super) struct OptionType {
    pub(super) label: &'static str,
    pub(super) code: &'static str,
    pub(super) group: Group,
}

const fn kind(label: &'static str, code: &'static str, group: Group) -> OptionType {
    OptionType { label, code, group }
}

/// All types, in the order of golden `get1999`.
pub(super) const TYPES: &[OptionType] = &[
    kind("Field", "field", Group::Text),
    kind("Area", "area", Group::Text),
    kind("File", "file", Group::File),
    kind("Drop-down", "drop_down", Group::Select),
    kind("Radio Buttons", "radio", Group::Select),
    kind("Checkbox", "checkbox", Group::Select),
    kind("Multiple Select", "multiple", Group::Select),
    kind("Date", "date", Group::Date),
    kind("Date & Time", "date_time", Group::Date),
    kind("Time", "time", Group::Date),
];

/// The group of an option's type; `None` for a type that is not known.
pub(super) fn group(option: &CustomOption) -> Option<Group> {
    let code = option.r#type.as_deref()?;
    TYPES.iter().find(|kind| kind.code == code).map(|kind| kind.group)
}

/// The SKU of the product that the option is for.
pub(super) fn product_sku(option: &CustomOption) -> Result<&str> {
    // "0" is empty to PHP, but it is a SKU that a product can have.
    match option.product_sku.as_deref() {
        None | Some("") => Err(Error::invalid(
            "The ProductSku is empty. Set the ProductSku and try again.",
        )),
        Some(sku) => Ok(sku),
    }
}

/// Checks an option; one error names everything that is wrong, a line each (golden `options.create-bad-type`).
pub(super) fn check(option: &CustomOption) -> Result<()> {
    let mut faults = Vec::new();
    let has_type = option.r#type.as_ref().is_some_and(|code| !code.is_empty());
    if !has_title(option.title.as_ref()) || !has_type {
        faults.push("Missed values for option required fields");
    }
    let group = group(option);
    if group.is_none() {
        faults.push("Invalid option type");
    }
    if !has_value(option, group) {
        faults.push("Invalid option value");
    }
    if faults.is_empty() {
        return Ok(());
    }
    Err(Error::invalid(faults.join("\n")))
}

fn has_title(title: Option<&String>) -> bool {
    title.is_some_and(|title| !title.is_empty())
}

fn has_value(option: &CustomOption, group: Option<Group>) -> bool {
    let priced = is_price_type(option.price_type.as_deref()) && option.price.is_some();
    let negative = |number: &Given<i64>| number.value().is_some_and(|number| *number < 0);
    match group {
        Some(Group::Select) => {
            let values = option.values.as_deref().unwrap_or_default();
            !values.is_empty() && values.iter().all(is_choice)
        }
        Some(Group::Text) => priced && !negative(&option.max_characters),
        Some(Group::File) => priced && !negative(&option.image_size_x) && !negative(&option.image_size_y),
        Some(Group::Date) | None => priced,
    }
}

fn is_choice(value: &CustomOptionValue) -> bool {
    let unpriced = value.price_type.as_deref().is_none_or(str::is_empty)
        && value.price.as_ref().is_none_or(Decimal::is_zero);
    let priced = is_price_type(value.price_type.as_deref()) && value.price.is_some();
    has_title(value.title.as_ref()) && (unpriced || priced)
}

fn is_price_type(price_type: Option<&str>) -> bool {
    matches!(price_type, Some("fixed" | "percent"))
}

/// The extensions of a list, in lower case, each once, separated by `, `; the text as it is when it has none.
pub(super) fn file_extensions(text: &str) -> String {
    // Far more than the column takes: it will be refused.
    if text.len() > 1_000 {
        return text.to_owned();
    }
    let lower = text.to_ascii_lowercase();
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric());
    let mut known: Vec<&str> = Vec::new();
    for word in words.filter(|word| !word.is_empty()) {
        if !known.contains(&word) {
            known.push(word);
        }
    }
    if known.is_empty() {
        return text.to_owned();
    }
    known.join(", ")
}
