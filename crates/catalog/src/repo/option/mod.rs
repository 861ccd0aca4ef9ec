//! Custom options: `catalog_product_option` and its tables of values, titles and prices.

mod write;

use contract::{Given, Result};
use db::{FromRow, FromValue, Param, Row, Session, dialect, params};

use crate::data::option::{CustomOption, CustomOptionValue};

pub(crate) use write::{
    OptionRecord, Owner, PriceRow, TitleRow, ValueRecord, delete_options, delete_value_prices, delete_values,
    raise_flags, save_options, save_prices, save_titles, save_values,
};

/// One option with one of its values as a store view shows them.
pub(crate) struct OptionRow {
    pub(crate) product_id: i64,
    /// Whether the option has a default title: options without one are not shown.
    pub(crate) is_shown: bool,
    /// Without SKU and values.
    pub(crate) option: CustomOption,
    /// `None` for options without values.
    pub(crate) value: Option<CustomOptionValue>,
}

impl FromRow for OptionRow {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        let option = CustomOption {
            option_id: row.get(1)?,
            r#type: row.get(2)?,
            is_require: row.get(3)?,
            sku: given(row, 4)?,
            max_characters: given(row, 5)?,
            file_extension: given(row, 6)?,
            image_size_x: given(row, 7)?,
            image_size_y: given(row, 8)?,
            sort_order: row.get(9)?,
            title: row.get(10)?,
            price: row.get(11)?,
            price_type: row.get(12)?,
            ..CustomOption::default()
        };
        let value = CustomOptionValue {
            option_type_id: row.get(13)?,
            sku: given(row, 14)?,
            sort_order: row.get(15)?,
            title: row.get(16)?,
            price: row.get(17)?,
            price_type: row.get(18)?,
        };
        // A value without a default title is not shown, as an option without one is not.
        let shown = row.get::<Option<i64>>(19)?.is_some();
        Ok(Self {
            product_id: row.get(0)?,
            is_shown: row.get::<Option<i64>>(20)?.is_some(),
            option,
            value: shown.then_some(value),
        })
    }
}

fn given<T: FromValue>(row: &Row<'_>, index: usize) -> db::Result<Given<T>> {
    Ok(row.get::<Option<T>>(index)?.into())
}

/// The options of products with their values: titles and prices of the store view, else the default ones.
/// One statement; in no order. All joins are outer ones, so that no planner starts at the titles of all options.
pub(crate) async fn load(
    session: &mut Session,
    product_ids: &[i64],
    store_id: i64,
) -> Result<Vec<OptionRow>> {
    if product_ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = "SELECT o.product_id, o.option_id, o.type, o.is_require, o.sku, o.max_characters, \
               o.file_extension, o.image_size_x, o.image_size_y, o.sort_order, \
               COALESCE(ts.title, td.title), COALESCE(ps.price, pd.price), \
               COALESCE(ps.price_type, pd.price_type), \
               v.option_type_id, v.sku, v.sort_order, COALESCE(vts.title, vtd.title), \
               COALESCE(vps.price, vpd.price), COALESCE(vps.price_type, vpd.price_type), \
               vtd.option_type_title_id, td.option_title_id \
               FROM {catalog_product_option} o \
               LEFT JOIN {catalog_product_option_title} td ON td.option_id = o.option_id AND td.store_id = 0 \
               LEFT JOIN {catalog_product_option_title} ts ON ts.option_id = o.option_id AND ts.store_id = ? \
               LEFT JOIN {catalog_product_option_price} pd ON pd.option_id = o.option_id AND pd.store_id = 0 \
               LEFT JOIN {catalog_product_option_price} ps ON ps.option_id = o.option_id AND ps.store_id = ? \
               LEFT JOIN {catalog_product_option_type_value} v ON v.option_id = o.option_id \
               LEFT JOIN {catalog_product_option_type_title} vtd \
               ON vtd.option_type_id = v.option_type_id AND vtd.store_id = 0 \
               LEFT JOIN {catalog_product_option_type_title} vts \
               ON vts.option_type_id = v.option_type_id AND vts.store_id = ? \
               LEFT JOIN {catalog_product_option_type_price} vpd \
               ON vpd.option_type_id = v.option_type_id AND vpd.store_id = 0 \
               LEFT JOIN {catalog_product_option_type_price} vps \
               ON vps.option_type_id = v.option_type_id AND vps.store_id = ? \
               WHERE o.product_id IN ("
        .to_owned()
        + &dialect::placeholders(product_ids.len())
        + ")";
    let mut params = vec![Param::from(store_id); 4];
    params.extend(product_ids.iter().copied().map(Param::from));
    Ok(session.fetch_all(&sql, &params).await?)
}

/// What is stored of an option, scopes aside.
#[derive(Debug, Clone, Default)]
pub(crate) struct Stored {
    pub(crate) option: OptionRecord,
    pub(crate) values: Vec<ValueRecord>,
}

struct StoredRow(OptionRecord, Option<ValueRecord>);

impl FromRow for StoredRow {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        let option = OptionRecord {
            id: row.get(0)?,
            product_id: row.get(1)?,
            r#type: row.get(2)?,
            is_require: row.get(3)?,
            sku: row.get(4)?,
            max_characters: row.get(5)?,
            file_extension: row.get(6)?,
            image_size_x: row.get(7)?,
            image_size_y: row.get(8)?,
            sort_order: row.get(9)?,
        };
        let value = match row.get::<Option<i64>>(10)? {
            Some(id) => Some(ValueRecord {
                id: Some(id),
                option_id: row.get::<Option<i64>>(0)?.unwrap_or_default(),
                sku: row.get(11)?,
                sort_order: row.get(12)?,
            }),
            None => None,
        };
        Ok(Self(option, value))
    }
}

/// The stored options of a product by id, with the values of each by id.
pub(crate) async fn stored(session: &mut Session, product_id: i64) -> Result<Vec<Stored>> {
    let sql = "SELECT o.option_id, o.product_id, o.type, o.is_require, o.sku, o.max_characters, \
               o.file_extension, o.image_size_x, o.image_size_y, o.sort_order, \
               v.option_type_id, v.sku, v.sort_order \
               FROM {catalog_product_option} o \
               LEFT JOIN {catalog_product_option_type_value} v ON v.option_id = o.option_id \
               WHERE o.product_id = ? ORDER BY o.option_id, v.option_type_id";
    let mut all: Vec<Stored> = Vec::new();
    for StoredRow(option, value) in session.fetch_all(sql, params![product_id]).await? {
        if all.last().is_none_or(|last| last.option.id != option.id) {
            all.push(Stored {
                option,
                values: Vec::new(),
            });
        }
        if let (Some(value), Some(last)) = (value, all.last_mut()) {
            last.values.push(value);
        }
    }
    Ok(all)
}

/// Whether the product is part of a grouped, configurable or bundle product.
pub(crate) async fn is_part(session: &mut Session, product_id: i64) -> Result<bool> {
    let sql = "SELECT parent_id FROM {catalog_product_relation} WHERE child_id = ? LIMIT 1";
    Ok(session
        .fetch_optional::<i64>(sql, params![product_id])
        .await?
        .is_some())
}

/// Keeps other calls from changing the options of a product until this one is done.
pub(crate) async fn lock(session: &mut Session, product_id: i64) -> Result<()> {
    session.begin().await?;
    let sql = "SELECT entity_id FROM {catalog_product_entity} WHERE entity_id = ?".to_owned()
        + dialect::for_update(session.engine());
    session.fetch_optional::<i64>(&sql, params![product_id]).await?;
    Ok(())
}
