//! Options of attributes that stand in the database.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use contract::port::Stores as _;
use contract::{Cx, Result};
use store::Scopes;

use crate::repo;
use crate::source::SourceOption;

/// An option to be written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OptionWrite {
    /// The option; none for a new one.
    pub id: Option<i64>,
    /// Its position.
    pub sort_order: i64,
    /// Its labels by store view, that of the admin (0) among them: they replace all it had.
    pub labels: Vec<(i64, String)>,
}

impl OptionWrite {
    /// Sets the label of a store view.
    pub fn label(&mut self, store_id: i64, label: String) {
        match self.labels.iter_mut().find(|(store, _)| *store == store_id) {
            Some(earlier) => earlier.1 = label,
            None => self.labels.push((store_id, label)),
        }
    }
}

/// The ids of an attribute's options.
///
/// # Errors
/// The database cannot be read.
pub async fn ids(cx: &mut Cx<'_>, attribute_id: i64) -> Result<HashSet<i64>> {
    let ids = repo::option::ids(cx.session(), attribute_id).await?;
    Ok(ids.into_iter().collect())
}

/// The options of an attribute with the labels of the admin.
///
/// # Errors
/// The database cannot be read.
pub async fn admin_labels(cx: &mut Cx<'_>, attribute_id: i64) -> Result<Vec<SourceOption>> {
    let rows = repo::option::labels(cx.session(), &[attribute_id], 0).await?;
    let option = |row: repo::option::LabelRow| {
        SourceOption::new(row.label.unwrap_or_default(), row.option_id.to_string())
    };
    Ok(rows.into_iter().map(option).collect())
}

/// Writes options of an attribute, in a fixed number of statements; their ids, in the same order. Empty labels,
/// and those of store views that are not there, are left out (golden `attr.create-ms_color.none`).
///
/// # Errors
/// A value does not fit its column.
pub async fn save(cx: &mut Cx<'_>, attribute_id: i64, options: &[OptionWrite]) -> Result<Vec<i64>> {
    let new: Vec<i64> = options
        .iter()
        .filter(|option| option.id.is_none())
        .map(|option| option.sort_order)
        .collect();
    let known: Vec<(i64, i64)> = options
        .iter()
        .filter_map(|option| Some((option.id?, option.sort_order)))
        .collect();
    let mut new = repo::option::insert(cx.session(), attribute_id, &new)
        .await?
        .into_iter();
    repo::option::set_orders(cx.session(), &known).await?;
    let ids: Vec<i64> = options
        .iter()
        .filter_map(|option| option.id.or_else(|| new.next()))
        .collect();
    let scopes = cx.service::<Arc<Scopes>>()?;
    let mut labels: Vec<(i64, i64, &str)> = ids
        .iter()
        .zip(options)
        .flat_map(|(id, option)| {
            option
                .labels
                .iter()
                .map(move |(store, label)| (*id, *store, label.as_str()))
        })
        .filter(|(_, store, label)| !label.is_empty() && scopes.view(*store).is_some())
        .collect();
    // In the order in which Magento lists stores: the default one first.
    let default = scopes.default_scope().store_id;
    let rank: HashMap<i64, usize> = ids.iter().enumerate().map(|(rank, id)| (*id, rank)).collect();
    labels.sort_by_key(|(option, store, _)| (rank.get(option).copied(), *store != default, *store));
    repo::option::replace_labels(cx.session(), &ids, &labels).await?;
    Ok(ids)
}

/// Removes an option with its labels.
///
/// # Errors
/// The database refuses.
pub async fn delete(cx: &mut Cx<'_>, option_id: i64) -> Result<()> {
    repo::option::delete(cx.session(), option_id).await
}
