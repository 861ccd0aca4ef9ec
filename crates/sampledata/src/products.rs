//! Requests that make the products.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use contract::Value;
use serde_json::json;

use crate::picture;
use crate::shop::{COLOURS, SIZES, Shape, Shelf};

/// The words before a name that tell editions of a thing apart.
const EDITIONS: [&str; 3] = ["", "Classic ", "Traveller "];

/// A shelf in its place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(crate) department: &'static str,
    pub(crate) shelf: Shelf,
    /// Ids of the shelf's category and of its department's.
    pub(crate) categories: [i64; 2],
}

/// Ids of the options of `color` and `size`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Options {
    pub(crate) colour_attribute: i64,
    pub(crate) size_attribute: i64,
    pub(crate) colours: Vec<String>,
    pub(crate) sizes: Vec<String>,
}

impl Place {
    /// SKU of the product with this number on the shelf.
    pub(crate) fn sku(&self, number: usize) -> String {
        let letters = |name: &str, count| name.chars().take(count).collect::<String>().to_uppercase();
        format!(
            "{}-{}-{number:03}",
            letters(self.department, 2),
            letters(self.shelf.name, 3)
        )
    }

    /// Name of the product with this number on the shelf.
    pub(crate) fn name(&self, number: usize) -> String {
        let Shelf {
            things, materials, ..
        } = self.shelf;
        let (thing, rest) = (number % things.len(), number / things.len());
        let (material, edition) = (rest % materials.len(), rest / materials.len());
        let edition = EDITIONS[edition % EDITIONS.len()];
        format!("{edition}{} {}", materials[material], things[thing])
    }

    /// Price in cents.
    fn cents(&self, number: usize) -> i64 {
        let step = i64::try_from(number * 37 % 90).unwrap_or_default();
        self.shelf.from * 100 + self.shelf.from * step + [0, 50, 90, 95][number % 4]
    }
}

fn price(cents: i64) -> Value {
    json!(format!("{}.{:02}", cents / 100, cents % 100))
}

fn seed(sku: &str) -> u32 {
    sku.bytes().fold(7_u32, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(u32::from(byte))
    })
}

fn media(sku: &str, name: &str, shape: Shape, colour: [u8; 3]) -> Value {
    let file = format!("{}.png", sku.to_lowercase());
    let content = STANDARD.encode(picture::draw(shape, colour, seed(sku)));
    json!([{
        "media_type": "image",
        "label": name,
        "position": 1,
        "disabled": false,
        "types": ["image", "small_image", "thumbnail"],
        "content": { "base64_encoded_data": content, "type": "image/png", "name": file },
    }])
}

fn texts(place: &Place, name: &str) -> [Value; 4] {
    let shelf = place.shelf.name.to_lowercase();
    let long = format!(
        "<p>{name} from our {shelf} shelf. Made in small batches, easy to mend, and meant to be used every day.</p>\
         <ul><li>Spare parts for ten years</li><li>Shipped without plastic</li></ul>"
    );
    [
        json!({ "attribute_code": "description", "value": long }),
        json!({ "attribute_code": "short_description", "value": format!("{name}: made to last, easy to mend.") }),
        json!({ "attribute_code": "meta_title", "value": format!("{name} | {}", place.department) }),
        json!({ "attribute_code": "tax_class_id", "value": "2" }),
    ]
}

/// What all products have.
fn base(place: &Place, sku: &str, name: &str, type_id: &str, position: usize) -> Value {
    let links = place
        .categories
        .map(|id| json!({ "position": position, "category_id": id.to_string() }));
    let colour = COLOURS[position % COLOURS.len()].1;
    json!({
        "sku": sku,
        "name": name,
        "attribute_set_id": 4,
        "status": 1,
        "visibility": 4,
        "type_id": type_id,
        "extension_attributes": {
            "category_links": links,
            "stock_item": { "qty": 20 + position % 180, "is_in_stock": true },
        },
        "media_gallery_entries": media(sku, name, place.shelf.shape, colour),
        "custom_attributes": texts(place, name),
    })
}

fn push(product: &mut Value, list: &str, value: Value) {
    if let Some(Value::Array(values)) = product.get_mut(list) {
        values.push(value);
    }
}

/// A product of its own: `simple` or `virtual`.
pub(crate) fn simple(place: &Place, number: usize, type_id: &str) -> Value {
    let (sku, name) = (place.sku(number), place.name(number));
    let cents = place.cents(number);
    let mut product = base(place, &sku, &name, type_id, number);
    product["price"] = price(cents);
    if type_id == "simple" {
        product["weight"] = json!(format!("{}.{}", 1 + number % 6, number % 10));
    }
    if number % 9 == 4 {
        let special = json!({ "attribute_code": "special_price", "value": price(cents * 4 / 5) });
        push(&mut product, "custom_attributes", special);
    }
    if number % 7 == 3 {
        product["tier_prices"] =
            json!([{ "customer_group_id": 32000, "qty": 10, "value": price(cents * 9 / 10) }]);
    }
    if number % 11 == 5 && type_id == "simple" {
        product["options"] = json!([{
            "product_sku": sku,
            "title": "Engraving",
            "type": "field",
            "sort_order": 1,
            "is_require": false,
            "price": 8,
            "price_type": "fixed",
            "max_characters": 24,
        }]);
    }
    if number >= 2 {
        product["product_links"] = json!([{
            "sku": sku,
            "link_type": "related",
            "linked_product_sku": place.sku(number - 2),
            "linked_product_type": type_id,
            "position": 1,
        }]);
    }
    product
}

/// A variation of a configurable product: its number, colour and size.
pub(crate) fn variation(
    place: &Place,
    number: usize,
    colour: usize,
    size: usize,
    options: &Options,
) -> Value {
    let sku = variation_sku(place, number, colour, size);
    let name = format!("{} {} {}", place.name(number), COLOURS[colour].0, SIZES[size]);
    let mut product = base(place, &sku, &name, "simple", number);
    product["price"] = price(place.cents(number));
    product["weight"] = json!("0.8");
    product["visibility"] = json!(1);
    product["media_gallery_entries"] = media(&sku, &name, place.shelf.shape, COLOURS[colour].1);
    let chosen = [
        ("color", options.colours.get(colour)),
        ("size", options.sizes.get(size)),
    ];
    for (code, value) in chosen {
        push(
            &mut product,
            "custom_attributes",
            json!({ "attribute_code": code, "value": value }),
        );
    }
    product
}

fn variation_sku(place: &Place, number: usize, colour: usize, size: usize) -> String {
    let size = SIZES[size].replace("Extra Large", "X");
    let size = size.chars().next().unwrap_or('M');
    format!("{}-{}-{size}", place.sku(number), COLOURS[colour].0)
}

/// The product that stands for its variations, whose ids are `children`.
pub(crate) fn configurable(
    place: &Place,
    number: usize,
    options: &Options,
    chosen: (&[usize], &[usize]),
    children: &[i64],
) -> Value {
    let (sku, name) = (place.sku(number), place.name(number));
    let mut product = base(place, &sku, &name, "configurable", number);
    let values = |ids: &[String], chosen: &[usize]| -> Vec<Value> {
        let ids = chosen
            .iter()
            .filter_map(|index| ids.get(*index)?.parse::<i64>().ok());
        ids.map(|id| json!({ "value_index": id })).collect()
    };
    product["extension_attributes"]["stock_item"] = json!({ "is_in_stock": true });
    product["extension_attributes"]["configurable_product_options"] = json!([
        {
            "attribute_id": options.colour_attribute.to_string(),
            "label": "Color",
            "position": 0,
            "values": values(&options.colours, chosen.0),
        },
        {
            "attribute_id": options.size_attribute.to_string(),
            "label": "Size",
            "position": 1,
            "values": values(&options.sizes, chosen.1),
        },
    ]);
    product["extension_attributes"]["configurable_product_links"] = json!(children);
    product
}

/// A bundle of two choices from the shelf.
pub(crate) fn bundle(place: &Place, number: usize) -> Value {
    let sku = format!("{}-SET", place.sku(number));
    let name = format!("{} Set No. {}", place.shelf.name, number + 1);
    let mut product = base(place, &sku, &name, "bundle", number);
    let choice = |title: &str, position: usize, numbers: [usize; 3]| {
        let links = numbers.map(|of| {
            json!({
                "sku": place.sku(of),
                "qty": 1,
                "position": of - numbers[0] + 1,
                "is_default": of == numbers[0],
                "price": 0,
                "price_type": 0,
                "can_change_quantity": 1,
            })
        });
        json!({ "title": title, "required": true, "type": "select", "position": position, "product_links": links })
    };
    let first = number * 6;
    product["extension_attributes"]["bundle_product_options"] = json!([
        choice("The main piece", 1, [first, first + 1, first + 2]),
        choice("Goes with it", 2, [first + 3, first + 4, first + 5]),
    ]);
    product["extension_attributes"]["stock_item"] = json!({ "is_in_stock": true });
    for code in [
        "price_type",
        "sku_type",
        "weight_type",
        "price_view",
        "shipment_type",
    ] {
        push(
            &mut product,
            "custom_attributes",
            json!({ "attribute_code": code, "value": "0" }),
        );
    }
    product
}

/// A group of products from the shelf.
pub(crate) fn grouped(place: &Place, number: usize) -> Value {
    let sku = format!("{}-GRP", place.sku(number));
    let name = format!("{} Collection No. {}", place.shelf.name, number + 1);
    let mut product = base(place, &sku, &name, "grouped", number);
    let links = (0..4).map(|index| {
        json!({
            "sku": sku,
            "link_type": "associated",
            "linked_product_sku": place.sku(number * 4 + index),
            "linked_product_type": "simple",
            "position": index + 1,
            "extension_attributes": { "qty": 1 },
        })
    });
    product["product_links"] = links.collect();
    product["extension_attributes"]["stock_item"] = json!({ "is_in_stock": true });
    product
}

/// A file to download, with a sample.
pub(crate) fn downloadable(place: &Place, number: usize) -> Value {
    let (sku, name) = (place.sku(number), place.name(number));
    let mut product = base(place, &sku, &name, "downloadable", number);
    product["price"] = price(place.cents(number));
    let file = |text: String, name: String| json!({ "file_data": STANDARD.encode(text), "name": name });
    product["extension_attributes"]["downloadable_product_links"] = json!([{
        "title": name,
        "sort_order": 1,
        "is_shareable": 0,
        "price": 0,
        "number_of_downloads": 5,
        "link_type": "file",
        "link_file_content": file(format!("{name}\n\nAll pages.\n"), format!("{}.txt", sku.to_lowercase())),
        "sample_type": "file",
        "sample_file_content": file(format!("{name}\n\nThe first page.\n"), format!("{}-sample.txt", sku.to_lowercase())),
    }]);
    product["extension_attributes"]["downloadable_product_samples"] = json!([]);
    product
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::shop::DEPARTMENTS;

    #[test]
    fn no_two_products_share_a_sku_or_a_name() {
        let (mut skus, mut names) = (HashSet::new(), HashSet::new());
        for department in &DEPARTMENTS {
            for shelf in department.shelves {
                let place = Place {
                    department: department.name,
                    shelf,
                    categories: [3, 4],
                };
                for number in 0..60 {
                    assert!(skus.insert(place.sku(number)), "{}", place.sku(number));
                    assert!(names.insert(place.name(number)), "{}", place.name(number));
                }
            }
        }
    }
}
