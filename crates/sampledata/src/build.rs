//! The order in which the catalog is made.

use contract::{Error, Result, Value, Verb};
use futures::{StreamExt as _, TryStreamExt as _, stream};
use serde_json::json;

use crate::products::{self, Options, Place};
use crate::shop::{COLOURS, DEPARTMENTS, Kind, SIZES};
use crate::{Client, Progress};

/// Calls under way at once: the database writes them in groups.
const AT_ONCE: usize = 8;

/// Products of a shelf, by kind.
const SIMPLE: usize = 55;
const CONFIGURABLE: usize = 12;
const OTHER: usize = 15;

/// Bundles and groups, on each of the first shelves of simple products.
const SETS: usize = 3;
const SHELVES_WITH_SETS: usize = 10;

/// The group of the default set that new attributes stand in (`Product Details`).
const GROUP: i64 = 7;

/// Makes the whole catalog.
///
/// # Errors
/// The first refusal; a second deployment is refused because the categories are there.
pub async fn deploy(client: &dyn Client, progress: &dyn Progress) -> Result<()> {
    progress.total(steps());
    let options = attributes(client, progress).await?;
    let places = categories(client, progress).await?;
    save_all(client, progress, requests(&places)).await?;
    let configurables = configurables(&places);
    let made = stream::iter(
        configurables
            .iter()
            .map(|(place, number)| configurable(client, progress, place, *number, &options)),
    );
    made.buffer_unordered(AT_ONCE).try_collect::<Vec<()>>().await?;
    save_all(client, progress, sets(&places)).await
}

fn id_of(answer: &Value) -> Result<i64> {
    let id = answer.get("id").unwrap_or(answer);
    let id = id.as_i64().or_else(|| id.as_str()?.parse().ok());
    id.ok_or_else(|| Error::internal("an answer without an id"))
}

/// What [`deploy`] counts: attributes, categories, products.
fn steps() -> usize {
    let places = places_for_count();
    let single: usize = requests(&places).iter().chain(&sets(&places)).map(Vec::len).sum();
    let variations = configurables(&places).len() * 10;
    2 + DEPARTMENTS.len() * 5 + single + variations
}

/// The places without their categories' ids, to count what will be made.
fn places_for_count() -> Vec<Place> {
    let places = DEPARTMENTS.iter().flat_map(|department| {
        department.shelves.map(|shelf| Place {
            department: department.name,
            shelf,
            categories: [0, 0],
        })
    });
    places.collect()
}

/// `color` gets options, `size` is made.
async fn attributes(client: &dyn Client, progress: &dyn Progress) -> Result<Options> {
    for (name, _) in COLOURS {
        let body = json!({ "option": { "label": name, "is_default": false } });
        client
            .call(Verb::Post, "/V1/products/attributes/color/options", body)
            .await?;
    }
    progress.step();
    let labels = SIZES.map(|label| json!({ "label": label }));
    let attribute = json!({ "attribute": {
        "attribute_code": "size",
        "frontend_input": "select",
        "scope": "global",
        "is_required": false,
        "default_frontend_label": "Size",
        "is_user_defined": true,
        "options": labels,
    } });
    client
        .call(Verb::Post, "/V1/products/attributes", attribute)
        .await?;
    for (code, order) in [("color", 90), ("size", 91)] {
        let place = json!({
            "attributeSetId": 4,
            "attributeGroupId": GROUP,
            "attributeCode": code,
            "sortOrder": order,
        });
        client
            .call(Verb::Post, "/V1/products/attribute-sets/attributes", place)
            .await?;
    }
    progress.step();
    let (colour_attribute, colours) = options(client, "color", &COLOURS.map(|(name, _)| name)).await?;
    let (size_attribute, sizes) = options(client, "size", &SIZES).await?;
    Ok(Options {
        colour_attribute,
        size_attribute,
        colours,
        sizes,
    })
}

/// Id of an attribute, and the values of its options by their labels' order.
async fn options(client: &dyn Client, code: &str, labels: &[&str]) -> Result<(i64, Vec<String>)> {
    let attribute = client
        .call(Verb::Get, &format!("/V1/products/attributes/{code}"), Value::Null)
        .await?;
    let id = attribute.get("attribute_id").and_then(Value::as_i64);
    let id = id.ok_or_else(|| Error::internal("an attribute without an id"))?;
    let known = attribute
        .get("options")
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default();
    let value = |label: &&str| {
        let option = known
            .iter()
            .find(|option| option.get("label").and_then(Value::as_str) == Some(*label));
        option.and_then(|option| Some(option.get("value")?.as_str()?.to_owned()))
    };
    let values: Option<Vec<String>> = labels.iter().map(value).collect();
    Ok((
        id,
        values.ok_or_else(|| Error::internal("an option that was made is not there"))?,
    ))
}

async fn categories(client: &dyn Client, progress: &dyn Progress) -> Result<Vec<Place>> {
    let mut places = Vec::new();
    for department in &DEPARTMENTS {
        let parent = category(client, 2, department.name, department.text).await?;
        progress.step();
        for shelf in department.shelves {
            let text = format!("{}: {}.", shelf.name, shelf.things.join(", "));
            let id = category(client, parent, shelf.name, &text).await?;
            progress.step();
            places.push(Place {
                department: department.name,
                shelf,
                categories: [id, parent],
            });
        }
    }
    Ok(places)
}

async fn category(client: &dyn Client, parent: i64, name: &str, text: &str) -> Result<i64> {
    let body = json!({ "category": {
        "parent_id": parent,
        "name": name,
        "is_active": true,
        "include_in_menu": true,
        "custom_attributes": [
            { "attribute_code": "description", "value": format!("<p>{text}</p>") },
            { "attribute_code": "meta_title", "value": name },
            { "attribute_code": "is_anchor", "value": "1" },
        ],
    } });
    id_of(&client.call(Verb::Post, "/V1/categories", body).await?)
}

/// A request that is made when its turn comes: pictures would fill the memory otherwise.
type Request = Box<dyn Fn() -> Value + Send + Sync>;

/// Products that need no other: in shelf order, so that links find their targets.
fn requests(places: &[Place]) -> Vec<Vec<Request>> {
    let of = |place: Place| -> Vec<Request> {
        let make = |count: usize, make: fn(&Place, usize) -> Value| -> Vec<Request> {
            let request = |number| -> Request { Box::new(move || make(&place, number)) };
            (0..count).map(request).collect()
        };
        match place.shelf.kind {
            Kind::Simple => make(SIMPLE, |place, number| products::simple(place, number, "simple")),
            Kind::Virtual => make(OTHER, |place, number| products::simple(place, number, "virtual")),
            Kind::Downloadable => make(OTHER, products::downloadable),
            Kind::Configurable => Vec::new(),
        }
    };
    places.iter().copied().map(of).collect()
}

fn sets(places: &[Place]) -> Vec<Vec<Request>> {
    let simple = places.iter().filter(|place| place.shelf.kind == Kind::Simple);
    let of = |place: Place| -> Vec<Request> {
        let bundle = |number| -> Request { Box::new(move || products::bundle(&place, number)) };
        let grouped = |number| -> Request { Box::new(move || products::grouped(&place, number)) };
        (0..SETS).map(bundle).chain((0..SETS).map(grouped)).collect()
    };
    simple.copied().take(SHELVES_WITH_SETS).map(of).collect()
}

fn configurables(places: &[Place]) -> Vec<(Place, usize)> {
    let shelves = places
        .iter()
        .filter(|place| place.shelf.kind == Kind::Configurable);
    shelves
        .flat_map(|place| (0..CONFIGURABLE).map(|number| (*place, number)))
        .collect()
}

/// Shelves side by side, the products of each one after the other.
async fn save_all(client: &dyn Client, progress: &dyn Progress, shelves: Vec<Vec<Request>>) -> Result<()> {
    let shelf = |requests: Vec<Request>| async move {
        for request in requests {
            save(client, progress, request()).await?;
        }
        Ok::<(), Error>(())
    };
    let saved = stream::iter(shelves.into_iter().map(shelf)).buffer_unordered(AT_ONCE);
    saved.try_collect::<Vec<()>>().await?;
    Ok(())
}

async fn save(client: &dyn Client, progress: &dyn Progress, product: Value) -> Result<i64> {
    let answer = client
        .call(Verb::Post, "/V1/products", json!({ "product": product }))
        .await?;
    progress.step();
    id_of(&answer)
}

/// A configurable product in three colours and three sizes.
async fn configurable(
    client: &dyn Client,
    progress: &dyn Progress,
    place: &Place,
    number: usize,
    options: &Options,
) -> Result<()> {
    let colours = [0, 2, 4].map(|step| (number + step) % COLOURS.len());
    let sizes = [0, 1, 2].map(|step| (number % 2) + step);
    let mut children = Vec::new();
    for colour in colours {
        for size in sizes {
            let product = products::variation(place, number, colour, size, options);
            children.push(save(client, progress, product).await?);
        }
    }
    let product = products::configurable(place, number, options, (&colours, &sizes), &children);
    save(client, progress, product).await?;
    Ok(())
}
