//! The tables of taxes, as Magento has them.

use db::schema::{Column, Table};

/// All tables of this crate.
pub const TABLES: &[&Table] = &[&TAX_CLASS];

/// `tax_class`.
pub(crate) const TAX_CLASS: Table = Table::new("tax_class", "")
    .columns(&[
        Column::smallint("class_id").identity(),
        Column::varchar("class_name", 255),
        Column::varchar("class_type", 8).default("CUSTOMER"),
    ])
    .primary_key(&["class_id"]);
