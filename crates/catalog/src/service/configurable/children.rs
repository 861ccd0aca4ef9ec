//! Variations of configurable products.

use std::collections::HashSet;

use contract::{CustomAttribute, CustomAttributes, Cx, Error, Given, Result, StoreScope, Value, operation};
use eav::metadata::{Attribute, EntityType};
use eav::values::{Values, Write};

use super::{TYPE, parts, rules};
use crate::data::configurable::ConfigurableOption;
use crate::data::product::Product;
use crate::repo::configurable as repo;
use crate::repo::product::{self as products, ProductRow};
use crate::service::{category_link, link, media, product, tier_price};

/// Attributes that variations show although product lists do not.
const SHOWN: &[&str] = &[
    "name",
    "price",
    "weight",
    "image",
    "thumbnail",
    "status",
    "visibility",
];

/// Attributes that are members of the product, or shown in another form.
const MEMBERS: &[&str] = &[
    "name",
    "sku",
    "price",
    "weight",
    "status",
    "visibility",
    "created_at",
    "updated_at",
    "media_gallery",
    "tier_price",
];

/// Lists the variations of a configurable product, in a store view those that its website sells (golden
/// `configurable.children-after-unlink.eu_en`); none for other products.
#[operation("configurableProductLinkManagementV1", "Variations of configurable products.")]
#[route(GET "/V1/configurable-products/:sku/children" => "Magento_Catalog::products", allow_insecure)]
pub(crate) async fn get_children(cx: &mut Cx<'_>, sku: String) -> Result<Vec<Product>> {
    let parent = product::find(cx, &sku).await?;
    if parent.type_id != TYPE {
        return Ok(Vec::new());
    }
    let scope = cx.scope().clone();
    let website = (scope.store_id != 0).then_some(scope.website_id);
    let links = repo::links(cx.session(), &[parent.id], website).await?;
    let order: Vec<i64> = links.into_iter().map(|(_, child)| child).collect();
    if order.is_empty() {
        return Ok(Vec::new());
    }
    let mut rows = products::by_ids(cx.session(), &order).await?;
    rows.sort_by_key(|row| order.iter().position(|id| *id == row.id));
    let options = parts::load_options(cx, &scope, std::slice::from_ref(&parent)).await?;
    let varying = options.into_values().flatten();
    let varying: HashSet<i64> = varying
        .filter_map(|option| option.attribute_id?.parse().ok())
        .collect();
    show(cx, &scope, &rows, &varying).await
}

/// The variations as this list shows them: attributes of product lists, by group and position in their set.
async fn show(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    rows: &[ProductRow],
    varying: &HashSet<i64>,
) -> Result<Vec<Product>> {
    let metadata = eav::metadata::metadata(cx)?;
    let attributes = metadata.entity_type("catalog_product")?;
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let values = eav::values::load(cx.session(), &rules::VALUES, &ids, scope.store_id).await?;
    let mut categories = category_link::load_many(cx, scope, rows).await?;
    let mut links = link::load_many(cx, scope, rows).await?;
    let mut media = media::load_many(cx, scope, rows).await?;
    let mut prices = tier_price::load_many(cx, scope, rows).await?;
    let mut shown = Vec::with_capacity(rows.len());
    for row in rows {
        let links_of = categories.remove(&row.id).unwrap_or_default();
        let categories: Vec<Value> = links_of
            .into_iter()
            .map(|link| Value::from(link.category_id))
            .collect();
        let mut child = basics(row, attributes, &values);
        child.custom_attributes = custom(row, attributes, &values, varying, categories);
        child.product_links = Some(links.remove(&row.id).unwrap_or_default());
        child.media_gallery_entries = Some(media.remove(&row.id).unwrap_or_default());
        child.tier_prices = Some(prices.remove(&row.id).unwrap_or_default());
        shown.push(child);
    }
    Ok(shown)
}

fn basics(row: &ProductRow, attributes: &EntityType, values: &Values) -> Product {
    let value = |code: &str| {
        let attribute = attributes.attribute(code)?;
        values.get(row.id, attribute.id)
    };
    Product {
        id: Some(row.id),
        sku: Some(row.sku.clone()),
        name: Given::from(value("name").map(ToOwned::to_owned)),
        attribute_set_id: Some(row.attribute_set_id),
        price: Given::from(value("price").and_then(|text| text.parse().ok())),
        status: Given::from(value("status").and_then(|text| text.parse().ok())),
        visibility: Given::from(value("visibility").and_then(|text| text.parse().ok())),
        type_id: Some(row.type_id.clone()),
        created_at: Some(row.created_at.clone()),
        updated_at: Some(row.updated_at.clone()),
        weight: Given::from(value("weight").and_then(|text| text.parse().ok())),
        ..Product::default()
    }
}

fn custom(
    row: &ProductRow,
    attributes: &EntityType,
    values: &Values,
    varying: &HashSet<i64>,
    categories: Vec<Value>,
) -> CustomAttributes {
    let set = row.attribute_set_id;
    let mut placed = attributes.attributes_of_set(set);
    placed.sort_by_key(|attribute| {
        let place = attribute.place(set);
        place.map(|place| (place.group_sort_order, place.sort_order, attribute.id))
    });
    let is_shown = |attribute: &Attribute| {
        attribute.properties.flag("used_in_product_listing")
            || SHOWN.contains(&attribute.code.as_str())
            || varying.contains(&attribute.id)
    };
    let mut categories = Some(categories);
    let value = |attribute: &Attribute, categories: &mut Option<Vec<Value>>| match attribute.code.as_str() {
        code if MEMBERS.contains(&code) => None,
        "category_ids" => categories.take().map(Value::from),
        "has_options" => Some(Value::from(i64::from(row.has_options).to_string())),
        "required_options" => Some(Value::from(i64::from(row.required_options).to_string())),
        _ if is_shown(attribute) => values.get(row.id, attribute.id).map(Value::from),
        _ => None,
    };
    let mut list = Vec::new();
    for attribute in placed {
        if let Some(value) = value(attribute, &mut categories) {
            list.push(CustomAttribute {
                code: attribute.code.clone(),
                value,
            });
        }
    }
    CustomAttributes(list)
}

/// Makes a product a variation of a configurable one.
#[operation("configurableProductLinkManagementV1")]
#[route(POST "/V1/configurable-products/:sku/child" => "Magento_Catalog::products")]
pub(crate) async fn add_child(cx: &mut Cx<'_>, sku: String, child_sku: String) -> Result<bool> {
    let parent = product::find(cx, &sku).await?;
    let child = product::find(cx, &child_sku).await?;
    let scope = cx.scope().clone();
    let links = repo::links(cx.session(), &[parent.id], None).await?;
    let mut children: Vec<i64> = links.into_iter().map(|(_, id)| id).collect();
    if children.contains(&child.id) {
        return Err(Error::invalid("The product is already attached."));
    }
    let options = parts::load_options(cx, &scope, std::slice::from_ref(&parent)).await?;
    let options = options.into_values().next().unwrap_or_default();
    if options.is_empty() {
        return Err(Error::invalid(
            "The parent product doesn't have configurable product options.",
        ));
    }
    has_values(cx, &scope, &options, &child).await?;
    children.push(child.id);
    rules::check_variations(cx, &scope, &options, &children, rules::Ids::Text).await?;
    forget_values(cx, parent.id, &options).await?;
    let renamed = labelled(cx, &scope, options).await?;
    parts::replace_options(cx, &scope, &parent, false, renamed).await?;
    parts::save_links(cx, parent.id, &children).await?;
    product::save::resave(cx, &parent, &|_| {}).await?;
    Ok(true)
}

/// Takes from a configurable product its own values of what its variations differ by: every save of one with
/// options does (dump `populated`: product 36 has no `color2` any more).
async fn forget_values(cx: &mut Cx<'_>, parent_id: i64, options: &[ConfigurableOption]) -> Result<()> {
    let mut attributes = Vec::with_capacity(options.len());
    for option in options {
        attributes.push(rules::attribute(cx, option.attribute_id.as_deref())?);
    }
    let writes: Vec<Write<'_>> = attributes
        .iter()
        .map(|attribute| Write {
            entity_id: parent_id,
            attribute,
            stores: vec![0],
            value: None,
            delete: true,
        })
        .collect();
    eav::values::save(cx.session(), &rules::VALUES, &writes).await
}

/// Whether the product has a value of each option.
async fn has_values(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    options: &[ConfigurableOption],
    child: &ProductRow,
) -> Result<()> {
    let values = eav::values::load(cx.session(), &rules::VALUES, &[child.id], scope.store_id).await?;
    for option in options {
        let attribute = rules::attribute(cx, option.attribute_id.as_deref())?;
        if matches!(values.get(child.id, attribute.id), None | Some("" | "0")) {
            return Err(Error::invalid(
                "The child product doesn't have the \"%1\" attribute value. Verify the value and try again.",
            )
            .with_next(attribute.code.as_str()));
        }
    }
    Ok(())
}

/// The options with the labels of their attributes: adding a variation takes labels of the product's own away
/// (the option of the recorded product `c1` is called `Color`, then `Colour 2`).
async fn labelled(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    options: Vec<ConfigurableOption>,
) -> Result<Vec<ConfigurableOption>> {
    let mut attributes = Vec::with_capacity(options.len());
    for option in &options {
        attributes.push(rules::attribute(cx, option.attribute_id.as_deref())?);
    }
    let ids: Vec<i64> = attributes.iter().map(|attribute| attribute.id).collect();
    let labels = eav::joins::labels_of(cx.session(), &ids, scope.store_id).await?;
    let label = |attribute: &Attribute| {
        let own = labels.iter().find(|(id, _)| *id == attribute.id);
        let own = own.and_then(|(_, label)| label.clone());
        own.or_else(|| attribute.frontend_label.clone())
    };
    let renamed = options.into_iter().zip(&attributes);
    Ok(renamed
        .map(|(option, attribute)| ConfigurableOption {
            label: label(attribute).or(option.label),
            // Magento passes all values of the attribute; which ones does not matter, but there must be some.
            values: Some(vec![crate::data::configurable::ConfigurableOptionValue {
                value_index: Some(0),
                ..Default::default()
            }]),
            ..option
        })
        .collect())
}

/// Takes a variation from a configurable product.
#[operation("configurableProductLinkManagementV1")]
#[route(DELETE "/V1/configurable-products/:sku/children/:childSku" => "Magento_Catalog::products")]
pub(crate) async fn remove_child(cx: &mut Cx<'_>, sku: String, child_sku: String) -> Result<bool> {
    let parent = product::find(cx, &sku).await?;
    if parent.type_id != TYPE {
        return Err(
            Error::invalid("The product with the \"%1\" SKU isn't a configurable product.").with_next(sku),
        );
    }
    let links = repo::links(cx.session(), &[parent.id], None).await?;
    let ids: Vec<i64> = links.into_iter().map(|(_, id)| id).collect();
    let children = products::by_ids(cx.session(), &ids).await?;
    let Some(gone) = children.iter().find(|child| child.sku == child_sku) else {
        return Err(Error::not_found(
            "The option that was requested doesn't exist. Verify the entity and try again.",
        ));
    };
    let kept: Vec<i64> = ids.into_iter().filter(|id| *id != gone.id).collect();
    parts::save_links(cx, parent.id, &kept).await?;
    let scope = cx.scope().clone();
    let options = parts::load_options(cx, &scope, std::slice::from_ref(&parent)).await?;
    let options = options.into_values().next().unwrap_or_default();
    forget_values(cx, parent.id, &options).await?;
    product::save::resave(cx, &parent, &|_| {}).await?;
    Ok(true)
}
