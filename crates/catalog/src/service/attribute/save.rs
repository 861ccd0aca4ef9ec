//! Saving an attribute of products.

use contract::{Cx, Error, Given, Result, Value};
use db::Param;
use eav::data::attribute::AttributeOption;
use eav::metadata::{Attribute, BackendType};
use eav::service::attribute::AttributeWrite;
use eav::service::invalid_value;
use eav::service::option::OptionWrite;

use super::{PRODUCT, input, reserved};
use crate::data::attribute::ProductAttribute;
use crate::repo;
use crate::service::attribute_option;
use crate::service::url_key;

/// Makes an attribute, or changes the one with this code when the body has an id; its id. A body without an id
/// never changes one (`spec/scopes.md` fact 10).
pub(super) async fn save(cx: &mut Cx<'_>, given: ProductAttribute) -> Result<i64> {
    if given.attribute_id.is_some_and(|id| id != 0) {
        change(cx, given).await
    } else {
        create(cx, given).await
    }
}

async fn create(cx: &mut Cx<'_>, mut given: ProductAttribute) -> Result<i64> {
    let has_labels = given
        .frontend_labels
        .as_ref()
        .is_some_and(|labels| !labels.is_empty());
    if !has_labels && default_label(&given).is_none() {
        return Err(Error::required(["frontend_label"]));
    }
    let label = default_label(&given).or_else(|| admin_label(&given));
    let label = label.ok_or_else(|| invalid_value("frontend_label", Value::Null))?;
    let code = match given
        .attribute_code
        .take()
        .filter(|code| !matches!(code.as_str(), "" | "0"))
    {
        Some(code) => code,
        None => code_of(cx, &label),
    };
    if !is_code(&code) {
        return Err(invalid_value("attribute_code", code));
    }
    let asked = given.frontend_input.clone();
    let input = asked.as_deref().and_then(input::of);
    let input = input.ok_or_else(|| {
        let shown = asked.map_or(Value::Null, Value::from);
        invalid_value("frontend_input", shown)
    })?;
    if reserved::is_reserved(&code) {
        return Err(Error::invalid(
            "The attribute code '%1' is reserved by system. Please try another attribute code",
        )
        .with_next(code));
    }
    given.default_value = default_value(input.backend_type, given.default_value)?;
    if input.wysiwyg {
        given.is_wysiwyg_enabled = Some(true);
    }
    if input.page_builder {
        given.extension_attributes.0.is_pagebuilder_enabled = Some(true);
    }
    let mut write = write_of(&given, input.kept);
    write.own.extend([
        ("frontend_label", Param::from(label)),
        ("frontend_input", Param::from(input.kept)),
        ("backend_type", Param::from(input.backend_type)),
        ("backend_model", Param::from(input.backend_model)),
        ("frontend_model", Param::from(input.frontend_model)),
        ("source_model", Param::from(input.source_model)),
        ("is_user_defined", Param::from(1)),
    ]);
    let metadata = eav::metadata(cx)?;
    let entity = metadata.entity_type(PRODUCT)?;
    let id = eav::service::attribute::insert(cx, entity, &code, write).await?;
    write_labels(cx, id, &given).await?;
    write_options(cx, (id, &code), input.kept, given.options.take()).await?;
    let fresh = eav::read_metadata(cx).await?;
    let made = fresh.entity_type(PRODUCT)?.attribute_by_id(id);
    invalidate(cx, made.is_some_and(|made| indexable(made)), false).await?;
    Ok(id)
}

async fn change(cx: &mut Cx<'_>, mut given: ProductAttribute) -> Result<i64> {
    let code = given.attribute_code.take().unwrap_or_default();
    let known = super::find(cx, PRODUCT, &code)?;
    let input = known.frontend_input.clone().unwrap_or_default();
    given.default_value = match known.backend_type {
        BackendType::Decimal | BackendType::Datetime => {
            default_value(known.backend_type.name(), given.default_value)?
        }
        _ => given.default_value,
    };
    let mut write = write_of(&given, &input);
    if let Some(label) = default_label(&given).or_else(|| admin_label(&given)) {
        write.own.push(("frontend_label", Param::from(label)));
    }
    update(cx, &known, &write).await?;
    write_labels(cx, known.id, &given).await?;
    write_options(cx, (known.id, &known.code), &input, given.options.take()).await?;
    Ok(known.id)
}

/// Changes columns of an attribute, and marks the indexers that this concerns.
pub(super) async fn update(cx: &mut Cx<'_>, known: &Attribute, write: &AttributeWrite) -> Result<()> {
    let metadata = eav::metadata(cx)?;
    let entity = metadata.entity_type(PRODUCT)?;
    eav::service::attribute::update(cx, entity, known.id, write).await?;
    let fresh = eav::read_metadata(cx).await?;
    let Some(changed) = fresh.entity_type(PRODUCT)?.attribute_by_id(known.id) else {
        return Ok(());
    };
    let differs = |column| known.properties.get(column) != changed.properties.get(column);
    let searched = ["is_searchable", "is_filterable", "is_visible_in_advanced_search"];
    let searched = searched.into_iter().any(differs);
    invalidate(cx, indexable(known) != indexable(changed), searched).await
}

/// Marks what Magento has to index again.
pub(super) async fn invalidate(cx: &mut Cx<'_>, values: bool, search: bool) -> Result<()> {
    let now = cx.now_text();
    let mut indexers = Vec::new();
    if values {
        indexers.push("catalog_product_attribute");
    }
    if search {
        indexers.push("catalogsearch_fulltext");
    }
    repo::attribute::invalidate(cx.session(), &indexers, &now).await
}

/// Whether Magento keeps an index of the attribute's values.
pub(super) fn indexable(attribute: &Attribute) -> bool {
    let used = [
        "is_filterable",
        "is_filterable_in_search",
        "is_visible_in_advanced_search",
    ];
    match (attribute.code.as_str(), attribute.backend_type) {
        ("price", _) => false,
        ("visibility", _) => true,
        _ if !used.into_iter().any(|column| attribute.properties.flag(column)) => false,
        (_, BackendType::Int) => attribute.has_input("select"),
        (_, BackendType::Varchar) => attribute.has_input("multiselect"),
        (_, BackendType::Decimal) => true,
        _ => false,
    }
}

fn default_label(given: &ProductAttribute) -> Option<String> {
    let label = given.default_frontend_label.clone();
    label.filter(|label| !matches!(label.as_str(), "" | "0"))
}

/// The label for the admin store in the list of labels.
fn admin_label(given: &ProductAttribute) -> Option<String> {
    let labels = given.frontend_labels.as_deref().unwrap_or_default();
    let label = labels
        .iter()
        .rev()
        .find(|label| label.store_id.unwrap_or_default() == 0)?;
    label
        .label
        .clone()
        .filter(|label| !matches!(label.as_str(), "" | "0"))
}

/// Writes the labels of store views. A list replaces all of them; none, or an empty one, leaves them.
async fn write_labels(cx: &mut Cx<'_>, id: i64, given: &ProductAttribute) -> Result<()> {
    let labels = given.frontend_labels.as_deref().unwrap_or_default();
    if labels.is_empty() {
        return Ok(());
    }
    let labels = labels.iter().map(|label| {
        (
            label.store_id.unwrap_or_default(),
            label.label.clone().unwrap_or_default(),
        )
    });
    eav::service::attribute::replace_labels(cx, id, labels.collect()).await
}

/// Columns from members that were sent.
fn write_of(given: &ProductAttribute, input: &str) -> AttributeWrite {
    let text = |value: &Given<String>| match value {
        Given::Absent => None,
        // Columns that can be NULL are, instead of empty.
        value => Some(Param::from(
            value.value().filter(|text| !text.is_empty()).cloned(),
        )),
    };
    let own = [
        ("is_required", given.is_required.map(Param::from)),
        ("note", text(&given.note)),
        ("default_value", text(&given.default_value)),
        ("is_unique", given.is_unique.as_deref().map(number)),
        ("frontend_class", text(&given.frontend_class)),
    ];
    let sent = |(column, value): (&'static str, Option<Param>)| Some((column, value?));
    AttributeWrite {
        own: own.into_iter().filter_map(sent).collect(),
        additional: additional_of(given, input).into_iter().filter_map(sent).collect(),
    }
}

/// Columns of the catalog's table from members that were sent.
fn additional_of(given: &ProductAttribute, input: &str) -> Vec<(&'static str, Option<Param>)> {
    let wysiwyg = given.is_wysiwyg_enabled;
    let html = match (input, wysiwyg) {
        ("textarea", Some(true)) => Some(true),
        _ => given.is_html_allowed_on_front,
    };
    let searchable = given.is_searchable.as_deref();
    let advanced = match searchable {
        None | Some("" | "0") => Some(Param::from(0)),
        Some(_) => given.is_visible_in_advanced_search.as_deref().map(number),
    };
    let types = given.apply_to.as_ref().map(|types| types.join(","));
    vec![
        ("is_wysiwyg_enabled", wysiwyg.map(Param::from)),
        ("is_html_allowed_on_front", html.map(Param::from)),
        ("used_for_sort_by", given.used_for_sort_by.map(Param::from)),
        ("is_filterable", given.is_filterable.map(Param::from)),
        (
            "is_filterable_in_search",
            given.is_filterable_in_search.map(Param::from),
        ),
        ("is_used_in_grid", given.is_used_in_grid.map(Param::from)),
        ("is_visible_in_grid", given.is_visible_in_grid.map(Param::from)),
        (
            "is_filterable_in_grid",
            given.is_filterable_in_grid.map(Param::from),
        ),
        ("position", given.position.map(Param::from)),
        (
            "apply_to",
            types.map(|types| Param::from(Some(types).filter(|types| !types.is_empty()))),
        ),
        ("is_searchable", searchable.map(number)),
        ("is_visible_in_advanced_search", advanced),
        ("is_comparable", given.is_comparable.as_deref().map(number)),
        (
            "is_used_for_promo_rules",
            given.is_used_for_promo_rules.as_deref().map(number),
        ),
        (
            "is_visible_on_front",
            given.is_visible_on_front.as_deref().map(number),
        ),
        (
            "used_in_product_listing",
            given.used_in_product_listing.as_deref().map(number),
        ),
        ("is_visible", given.is_visible.map(Param::from)),
        (
            "is_global",
            given.scope.as_deref().and_then(scope).map(Param::from),
        ),
        (
            "is_pagebuilder_enabled",
            given
                .extension_attributes
                .0
                .is_pagebuilder_enabled
                .map(Param::from),
        ),
    ]
}

/// `is_global` of a scope; others are ignored (`spec/scopes.md` fact 12).
fn scope(name: &str) -> Option<i64> {
    match name {
        "store" => Some(0),
        "global" => Some(1),
        "website" => Some(2),
        _ => None,
    }
}

/// The number that a text begins with, as PHP casts it; 0 without one.
fn number(text: &str) -> Param {
    let text = text.trim();
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let length = digits.bytes().take_while(u8::is_ascii_digit).count();
    let end = length + (text.len() - digits.len());
    Param::from(text[..end].parse::<i64>().unwrap_or_default())
}

/// Magento allows up to 31 lower-case letters, digits and `_`, a letter first.
fn is_code(code: &str) -> bool {
    let mut bytes = code.bytes();
    bytes.next().is_some_and(|first| first.is_ascii_lowercase())
        && code.len() <= 31
        && bytes.all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// The code that a label makes: its URL key with `_`.
fn code_of(cx: &Cx<'_>, label: &str) -> String {
    let mut code = url_key::of(label).replace('-', "_");
    code.truncate(30);
    let last = code.bytes().last();
    if code.len() >= 2 && is_code(&code) && last.is_some_and(|last| last != b'_') {
        return code;
    }
    if code.is_empty() {
        let mut bytes = [0; 4];
        cx.random(&mut bytes);
        code = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    }
    // Magento's code may be longer than it allows itself.
    let mut code = format!("attr_{code}");
    code.truncate(31);
    code
}

/// A default value as its column keeps it.
fn default_value(backend: &str, value: Given<String>) -> Result<Given<String>> {
    let Some(text) = value.value().filter(|text| !text.is_empty()) else {
        return Ok(value);
    };
    Ok(match backend {
        "decimal" => {
            let plain: String = text.chars().filter(|c| *c != ',').collect();
            let number = plain.trim().parse::<rust_decimal::Decimal>().map_err(|_| {
                Error::invalid("The default decimal value is invalid. Verify the value and try again.")
            })?;
            Given::Value(number.normalize().to_string())
        }
        "datetime" => {
            let moment = moment(text.trim());
            Given::Value(moment.ok_or_else(|| {
                Error::invalid("The default date is invalid. Verify the date and try again.")
            })?)
        }
        _ => value,
    })
}

/// A date or a moment, as `YYYY-MM-DD HH:MM:SS`.
fn moment(text: &str) -> Option<String> {
    let slashed = || jiff::civil::Date::strptime("%m/%d/%Y", text).ok();
    let date = || text.parse::<jiff::civil::Date>().ok().or_else(slashed);
    let moment = text.parse::<jiff::civil::DateTime>().ok();
    let moment = moment.or_else(|| Some(date()?.at(0, 0, 0, 0)))?;
    Some(moment.strftime("%Y-%m-%d %H:%M:%S").to_string())
}

/// Writes the options that were sent: known ones by their id, others as new. Those not named stay. The default
/// value becomes what they say, none if none is marked.
async fn write_options(
    cx: &mut Cx<'_>,
    (id, code): (i64, &str),
    input: &str,
    given: Option<Vec<AttributeOption>>,
) -> Result<()> {
    let mut given = given.unwrap_or_default();
    // The blank option of an answer that is sent back is none; Magento adds it as an option.
    given.retain(|option| {
        let is_blank = |text: &Option<String>| text.as_deref().is_none_or(|text| text.trim().is_empty());
        !(option.value.as_deref() == Some("") && is_blank(&option.label))
    });
    if given.is_empty() {
        return Ok(());
    }
    let known = eav::service::option::ids(cx, id).await?;
    let (mut counted, mut writes, mut defaults) = (0, Vec::with_capacity(given.len()), Vec::new());
    for option in &given {
        let label = option.label.clone();
        let label = label.ok_or_else(|| {
            Error::invalid("The default option isn't defined. Set the option and try again.")
        })?;
        let number: Option<i64> = option.value.as_deref().and_then(|value| value.parse().ok());
        if let Some(number) = number
            && number != 0
            && !known.contains(&number)
        {
            return Err(attribute_option::unknown(code, number));
        }
        let sort_order = option.sort_order.filter(|order| *order != 0).unwrap_or_else(|| {
            counted += 1;
            counted - 1
        });
        let mut write = OptionWrite {
            id: number.filter(|number| *number != 0),
            sort_order,
            labels: vec![(0, label)],
        };
        for label in option.store_labels.as_deref().unwrap_or_default() {
            write.label(
                label.store_id.unwrap_or_default(),
                label.label.clone().unwrap_or_default(),
            );
        }
        if write.labels[0].1.is_empty() {
            return Err(Error::invalid(
                "The attribute option label is empty. Enter the value and try again.",
            ));
        }
        writes.push(write);
    }
    let ids = eav::service::option::save(cx, id, &writes).await?;
    for (option, option_id) in given.iter().zip(ids) {
        if option.is_default == Some(true) {
            defaults.push(option_id.to_string());
        }
    }
    let default = match input {
        "multiselect" => defaults.join(","),
        "select" => defaults.pop().unwrap_or_default(),
        _ => String::new(),
    };
    set_default(cx, id, default).await
}

/// Sets the default value.
pub(crate) async fn set_default(cx: &mut Cx<'_>, id: i64, value: String) -> Result<()> {
    let metadata = eav::metadata(cx)?;
    let entity = metadata.entity_type(PRODUCT)?;
    let mut write = AttributeWrite::default();
    write.own.push(("default_value", Param::from(value)));
    eav::service::attribute::update(cx, entity, id, &write).await
}
