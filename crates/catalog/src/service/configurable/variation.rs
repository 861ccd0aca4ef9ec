//! Variations that could be made.

use std::collections::HashMap;

use contract::{CustomAttribute, Cx, Given, Result, Value, operation};
use rust_decimal::Decimal;

use super::{TYPE, rules};
use crate::data::configurable::ConfigurableOption;
use crate::data::product::Product;

/// Most variations of one call: each is a product in the answer.
const MOST: usize = 10_000;

/// The values of an option that its attribute has.
struct Dimension {
    code: String,
    values: Vec<i64>,
}

/// Works out the variations of a product by the values of options; nothing is saved.
#[operation(
    "configurableProductConfigurableProductManagementV1",
    "Variations of a product to be."
)]
#[route(PUT "/V1/configurable-products/variation" => "Magento_Catalog::products")]
pub(crate) async fn generate_variation(
    cx: &mut Cx<'_>,
    product: Product,
    options: Vec<ConfigurableOption>,
) -> Result<Vec<Product>> {
    let mut dimensions = Vec::with_capacity(options.len());
    let mut wanted: HashMap<i64, usize> = HashMap::new();
    for option in options {
        let attribute = rules::attribute(cx, option.attribute_id.as_deref())?;
        let dimension = (attribute, option.values.unwrap_or_default());
        // An attribute that is named twice counts once, as the last one says.
        match wanted.get(&dimension.0.id) {
            Some(index) => dimensions[*index] = dimension,
            None => {
                wanted.insert(dimension.0.id, dimensions.len());
                dimensions.push(dimension);
            }
        }
    }
    let ids: Vec<i64> = dimensions.iter().map(|(attribute, _)| attribute.id).collect();
    let known = eav::joins::options_of(cx.session(), &ids).await?;
    let dimensions: Vec<Dimension> = dimensions
        .into_iter()
        .map(|(attribute, values)| {
            let of_attribute = known.iter().filter(|(id, _)| *id == attribute.id);
            let asked = |option: i64| {
                let same = values.iter().filter(|value| value.value_index == Some(option));
                same.count()
            };
            let values = of_attribute.flat_map(|(_, option)| std::iter::repeat_n(*option, asked(*option)));
            Dimension {
                code: attribute.code.clone(),
                values: values.collect(),
            }
        })
        .collect();
    combine(&product, &dimensions)
}

fn combine(product: &Product, dimensions: &[Dimension]) -> Result<Vec<Product>> {
    let counts = dimensions.iter().map(|dimension| dimension.values.len());
    let count = counts.clone().try_fold(1_usize, |all, one| {
        all.checked_mul(one).filter(|all| *all <= MOST)
    });
    let Some(count) = count else {
        return Err(
            contract::Error::invalid("These options make more than %1 variations.").with_next(10_000),
        );
    };
    if dimensions.is_empty() {
        return Ok(Vec::new());
    }
    Ok((0..count)
        .map(|index| variation(product, dimensions, index))
        .collect())
}

/// The variation with this number; the last option varies fastest.
fn variation(product: &Product, dimensions: &[Dimension], mut index: usize) -> Product {
    let mut chosen = vec![0; dimensions.len()];
    for (slot, dimension) in chosen.iter_mut().zip(dimensions).rev() {
        *slot = dimension.values[index % dimension.values.len()];
        index /= dimension.values.len();
    }
    let mut made = product.clone();
    let mut suffix = String::new();
    for (value, dimension) in chosen.iter().zip(dimensions) {
        suffix.push('-');
        suffix.push_str(&value.to_string());
        let attributes = &mut made.custom_attributes.0;
        attributes.retain(|known| known.code != dimension.code);
        attributes.push(CustomAttribute {
            code: dimension.code.clone(),
            value: Value::from(value.to_string()),
        });
    }
    let name = product.name.value().map(String::as_str).unwrap_or_default();
    made.name = Given::Value(name.to_owned() + &suffix);
    made.sku = Some(product.sku.clone().unwrap_or_default() + &suffix);
    // The price of a configurable product is that of its variations (golden `configurable.variation-ok`).
    let price = product.price.value().copied().unwrap_or_default();
    let is_configurable = product.type_id.as_deref() == Some(TYPE);
    made.price = Given::Value(if is_configurable { Decimal::ZERO } else { price });
    made.status = Given::Value(product.status.value().copied().unwrap_or(1));
    made.visibility = Given::Value(1);
    made.product_links = Some(product.product_links.clone().unwrap_or_default());
    made.tier_prices = Some(product.tier_prices.clone().unwrap_or_default());
    made
}
