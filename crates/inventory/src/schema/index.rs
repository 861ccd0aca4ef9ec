//! What can be sold of each product in a stock: a table for each stock but the default one, whose rows are those of
//! `cataloginventory_stock_status`. They are made with the stock.

use db::schema::{Column, Key, Table};

/// `inventory_stock_2`, `inventory_stock_3`, …, under a name that is never made.
pub(crate) const INVENTORY_STOCK_INDEX: Table =
    Table::new("inventory_stock_index", "Inventory Stock item Table")
        .columns(&[
            Column::varchar("sku", 64).comment("Sku"),
            Column::decimal("quantity", 12, 4)
                .default("0.0000")
                .comment("Quantity"),
            Column::boolean("is_salable").comment("Is Salable"),
        ])
        .primary_key(&["sku"])
        .indexes(&[Key::new("index_sku_qty", &["sku", "quantity"])]);
