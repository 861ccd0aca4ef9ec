//! The data object of products, put together from their rows, values and parts.

use std::collections::HashMap;

use contract::{CustomAttribute, CustomAttributes, Cx, Error, Extension, Result, StoreScope, Value};
use eav::metadata::{Attribute, BackendType, EntityType};
use eav::values::{OfEntity, ValueTables, load};
use rust_decimal::Decimal;

use super::parts::Parts;
use crate::data::category_link::CategoryLink;
use crate::data::product::{Product, ProductExtension};
use crate::repo::product::ProductRow;

/// The value tables of products.
pub(crate) const TABLES: ValueTables = ValueTables::new("catalog_product_entity");

/// Attributes that have members of their own, or are never shown.
const NOT_CUSTOM: &[&str] = &[
    "sku",
    "name",
    "price",
    "weight",
    "status",
    "visibility",
    "created_at",
    "updated_at",
    "media_gallery",
    "tier_price",
    "quantity_and_stock_status",
];

/// What a product is shown with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum With {
    /// With its stock item, as alone.
    Stock,
    /// Without, as in lists.
    NoStock,
}

/// What a search knows of a product beside its row: it stands for values that are missing, or in for those of
/// another store view.
#[derive(Debug, Clone, Default)]
pub(crate) struct Known {
    pub(crate) status: Option<i64>,
    pub(crate) visibility: Option<i64>,
    pub(crate) price: Option<Decimal>,
    /// Values by attribute code that count where no value is stored.
    pub(crate) fallback: Vec<(&'static str, String)>,
}

/// The product as a store view shows it.
pub(crate) async fn one(cx: &mut Cx<'_>, scope: &StoreScope, row: ProductRow, with: With) -> Result<Product> {
    let mut products = many(cx, scope, vec![(row, Known::default())], with).await?;
    products
        .pop()
        .ok_or_else(|| Error::internal("a product was lost while it was put together"))
}

/// The products as a store view shows them, in the order given; a fixed number of statements.
pub(crate) async fn many(
    cx: &mut Cx<'_>,
    scope: &StoreScope,
    rows: Vec<(ProductRow, Known)>,
    with: With,
) -> Result<Vec<Product>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let metadata = eav::metadata(cx)?;
    let entity = metadata.entity_type("catalog_product")?;
    let (rows, known): (Vec<ProductRow>, Vec<Known>) = rows.into_iter().unzip();
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let values = load(cx.session(), &TABLES, &ids, scope.store_id).await?;
    let mut parts = Parts::load(cx, scope, &rows, with).await?;
    let mut orders = HashMap::new();
    let mut products = Vec::with_capacity(rows.len());
    for (row, known) in rows.into_iter().zip(known) {
        let set: &Vec<Shown<'_>> = orders
            .entry(row.attribute_set_id)
            .or_insert_with(|| shown(entity, row.attribute_set_id));
        let source = Source {
            entity,
            values: values.of(row.id),
            row: &row,
        };
        let mut product = source.product(&known);
        let extension = &mut product.extension_attributes.0;
        parts.take(&row, &mut product.options, extension);
        product.product_links = Some(parts.links.remove(&row.id).unwrap_or_default());
        product.media_gallery_entries = Some(parts.media.remove(&row.id).unwrap_or_default());
        product.tier_prices = Some(parts.tier_prices.remove(&row.id).unwrap_or_default());
        let categories = product.extension_attributes.0.category_links.as_deref();
        product.custom_attributes = source.custom(set, categories.unwrap_or_default(), &known);
        products.push(product);
    }
    Ok(products)
}

/// An attribute that `custom_attributes` lists, and where its value comes from.
struct Shown<'a> {
    attribute: &'a Attribute,
    from: Origin,
}

enum Origin {
    Stored,
    Categories,
    HasOptions,
    RequiredOptions,
}

/// The attributes of a set that `custom_attributes` lists, in order.
fn shown(entity: &EntityType, set_id: i64) -> Vec<Shown<'_>> {
    let listed = entity.attributes_as_listed(set_id);
    let shown = listed.filter_map(|attribute| {
        let from = match (attribute.code.as_str(), attribute.backend_type) {
            (code, _) if NOT_CUSTOM.contains(&code) => return None,
            ("category_ids", _) => Origin::Categories,
            ("required_options", _) => Origin::RequiredOptions,
            ("has_options", _) => Origin::HasOptions,
            (_, BackendType::Static) => return None,
            _ => Origin::Stored,
        };
        Some(Shown { attribute, from })
    });
    shown.collect()
}

/// A product's stored values.
struct Source<'a> {
    entity: &'a EntityType,
    values: OfEntity<'a>,
    row: &'a ProductRow,
}

impl Source<'_> {
    fn of(&self, code: &str) -> Option<&str> {
        self.values.get(self.entity.attribute(code)?.id)
    }

    fn number(&self, code: &str) -> Option<i64> {
        self.of(code)?.parse().ok()
    }

    fn decimal(&self, code: &str) -> Option<Decimal> {
        self.of(code)?.parse().ok()
    }

    /// A configurable product has no price of its own, a bundle only when its price is fixed.
    fn price(&self, known: &Known) -> Option<Decimal> {
        match self.row.type_id.as_str() {
            "configurable" => Some(Decimal::ZERO),
            "bundle" if self.number("price_type") != Some(1) => Some(Decimal::ZERO),
            _ => known.price.or_else(|| self.decimal("price")),
        }
    }

    /// A bundle has a weight of its own only when it is fixed.
    fn weight(&self) -> Option<Decimal> {
        match self.row.type_id.as_str() {
            "bundle" if self.number("weight_type").unwrap_or_default() == 0 => Some(Decimal::ZERO),
            _ => self.decimal("weight"),
        }
    }

    fn product(&self, known: &Known) -> Product {
        let row = self.row;
        let status = known.status.or_else(|| self.number("status")).unwrap_or(1);
        let visibility = known.visibility.or_else(|| self.number("visibility"));
        Product {
            id: Some(row.id),
            sku: Some(row.sku.clone()),
            name: self.of("name").map(str::to_owned).into(),
            attribute_set_id: Some(row.attribute_set_id),
            price: self.price(known).into(),
            status: Some(status).into(),
            visibility: visibility.into(),
            type_id: Some(row.type_id.clone()),
            created_at: Some(row.created_at.clone()),
            updated_at: Some(row.updated_at.clone()),
            weight: self.weight().into(),
            extension_attributes: Extension(ProductExtension::default()),
            ..Product::default()
        }
    }

    fn custom(&self, set: &[Shown<'_>], links: &[CategoryLink], known: &Known) -> CustomAttributes {
        let mut custom = Vec::with_capacity(24);
        for Shown { attribute, from } in set {
            let flag = |on: bool| Some(Value::from(if on { "1" } else { "0" }));
            let value = match from {
                Origin::Categories => {
                    let ids = links.iter().map(|link| Value::from(link.category_id.as_str()));
                    Some(Value::Array(ids.collect()))
                }
                Origin::RequiredOptions => flag(self.row.required_options),
                Origin::HasOptions => flag(self.row.has_options),
                Origin::Stored => {
                    let code = attribute.code.as_str();
                    let stood_in = || known.fallback.iter().find(|(known, _)| *known == code);
                    let value = self.values.get(attribute.id);
                    value
                        .or_else(|| stood_in().map(|(_, value)| value.as_str()))
                        .map(Value::from)
                }
            };
            custom.extend(value.map(|value| CustomAttribute {
                code: attribute.code.clone(),
                value,
            }));
        }
        CustomAttributes(custom)
    }
}
