//! Which product is saved, and what its own row becomes.

use std::sync::Arc;

use contract::{Cx, Result};
use eav::metadata::Metadata;

use super::{date, validate, values};
use crate::data::product::Product;
use crate::port::Stock;
use crate::repo;
use crate::repo::product::ProductRow;

/// A product before it is written.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    /// There is no such product yet.
    pub(crate) is_new: bool,
    /// Its row as it will be; the id is 0 while there is none.
    pub(crate) row: ProductRow,
    /// Its row as it is, if there is one.
    pub(crate) before: Option<ProductRow>,
}

impl Draft {
    /// A product that is saved as it is.
    pub(crate) fn of(row: ProductRow) -> Self {
        Self {
            is_new: false,
            before: Some(row.clone()),
            row,
        }
    }

    /// Finds the product by the id, else by the SKU that was sent.
    ///
    /// # Errors
    /// The attribute set is none of products.
    pub(crate) async fn begin(cx: &mut Cx<'_>, sent: &Product, metadata: &Metadata) -> Result<Self> {
        let given = values::kept(cx, sent.sku.clone().unwrap_or_default());
        let existing = match sent.id {
            Some(id) if id != 0 => repo::product::by_ids(cx.session(), &[id]).await?.pop(),
            _ if given.is_empty() => None,
            _ => repo::product::by_sku(cx.session(), &given).await?,
        };
        let is_new = existing.is_none();
        let now = cx.now_text();
        let mut row = existing.clone().unwrap_or_else(|| ProductRow {
            type_id: "simple".to_owned(),
            created_at: now.clone(),
            ..ProductRow::default()
        });
        row.updated_at = now;
        if let Some(set) = sent.attribute_set_id {
            row.attribute_set_id = set;
        }
        validate::set(metadata, row.attribute_set_id)?;
        if let Some(type_id) = sent.type_id.as_ref().filter(|type_id| !type_id.is_empty()) {
            row.type_id.clone_from(type_id);
        }
        if let Some(created) = &sent.created_at
            && let Ok(Some(created)) = date::stored(created)
        {
            row.created_at = created;
        }
        let mut draft = Self {
            is_new,
            row,
            before: existing,
        };
        draft.set_sku(cx, &given).await?;
        Ok(draft)
    }

    /// SKUs are trimmed, and one that another product has gets a number (golden `product.create.sku-spaces`).
    async fn set_sku(&mut self, cx: &mut Cx<'_>, given: &str) -> Result<()> {
        let sku = given.trim();
        if sku.is_empty() {
            return Ok(());
        }
        let is_looked_up = self.is_new && sku == given || sku.eq_ignore_ascii_case(self.old_sku());
        self.row.sku = sku.to_owned();
        if is_looked_up {
            return Ok(());
        }
        let others = repo::product_save::similar_skus(cx.session(), sku, self.row.id).await?;
        if others.iter().any(|other| other.eq_ignore_ascii_case(sku)) {
            let numbers = others
                .iter()
                .filter_map(|other| other.get(sku.len() + 1..)?.parse::<u64>().ok());
            let next = numbers.max().unwrap_or_default() + 1;
            self.row.sku = format!("{sku}-{next}");
        }
        Ok(())
    }

    /// Tells the stock of a new SKU.
    pub(crate) async fn rename_stock(&self, cx: &mut Cx<'_>, row: &ProductRow) -> Result<()> {
        if self.is_new || row.sku == self.old_sku() {
            return Ok(());
        }
        let stock = cx.service::<Arc<dyn Stock>>()?.clone();
        stock.rename(cx, self.old_sku(), &row.sku).await
    }

    fn old_sku(&self) -> &str {
        self.before.as_ref().map_or("", |row| &row.sku)
    }
}
