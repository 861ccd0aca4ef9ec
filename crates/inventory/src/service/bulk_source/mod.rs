//! Many products at once: to sources, from them, from one to another.

mod assign;
mod partial;
pub(crate) mod products;
mod transfer;

use std::collections::HashMap;

use contract::error::Detail;
use contract::{Cx, Error, Operation, Result};
use db::text_key;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::repo;
use crate::repo::source_item::Held;
use crate::service::source::save::DEFAULT_SOURCE;
use crate::service::source_item::write::Writing;

/// The operations of this folder.
pub(crate) static OPERATIONS: &[&Operation] = &[
    &assign::ASSIGN,
    &assign::UNASSIGN,
    &partial::EXECUTE,
    &transfer::EXECUTE,
];

/// Digits of quantities behind the point.
const SCALE: u32 = 4;

/// What the quantity's column holds: eight digits before the point.
const MOST: i64 = 100_000_000;

/// The codes as stored of the sources that are there, by the codes' keys.
async fn sources(cx: &mut Cx<'_>, codes: &[&str]) -> Result<HashMap<String, String>> {
    let sources = repo::sources::by_codes(cx.session(), codes).await?;
    let codes = sources.into_iter().filter_map(|source| source.source_code);
    Ok(codes.map(|code| (text_key(&code), code)).collect())
}

/// What is wrong with a move between two sources, whatever is moved.
async fn wrong_move(cx: &mut Cx<'_>, origin: &str, destination: &str) -> Result<Vec<Detail>> {
    let known = sources(cx, &[origin, destination]).await?;
    let mut wrong = Vec::new();
    for (code, message) in [
        (origin, "Origin source %sourceCode does not exist"),
        (destination, "Destination source %sourceCode does not exist"),
    ] {
        if !known.contains_key(&text_key(code)) {
            wrong.push(Detail::new(message).with("sourceCode", code));
        }
    }
    if text_key(origin) == text_key(destination) {
        wrong.push(Detail::new("Cannot transfer a source on itself"));
    }
    Ok(wrong)
}

fn is_default(code: &str) -> bool {
    text_key(code) == text_key(DEFAULT_SOURCE)
}

/// The SKUs, each once, in order.
fn distinct(skus: &[String]) -> Vec<&str> {
    let mut skus: Vec<&str> = skus.iter().map(String::as_str).collect();
    skus.sort_unstable();
    skus.dedup();
    skus
}

/// What a source holds of a product.
fn held<'a>(writing: &'a Writing, sku: &str, code: &str) -> Option<&'a Held> {
    let code = text_key(code);
    let held = writing.shelf.held_of(&text_key(sku)).iter();
    held.into_iter().find(|held| text_key(&held.source_code) == code)
}

/// A quantity as the column keeps it.
///
/// # Errors
/// It does not fit.
fn stored(quantity: Decimal) -> Result<Decimal> {
    let mut quantity = quantity.round_dp_with_strategy(SCALE, RoundingStrategy::MidpointAwayFromZero);
    quantity.rescale(SCALE);
    if quantity.abs() < Decimal::from(MOST) {
        Ok(quantity)
    } else {
        Err(Error::invalid("Could not save Source Item"))
    }
}

#[cfg(test)]
mod tests;
