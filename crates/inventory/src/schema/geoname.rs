//! Where places are: empty until somebody imports them.

use db::schema::{Column, Table};

/// `inventory_geoname`.
pub(crate) const INVENTORY_GEONAME: Table = Table::new("inventory_geoname", "")
    .columns(&[
        Column::int("entity_id").unsigned().identity(),
        Column::varchar("country_code", 64),
        Column::varchar("postcode", 64),
        Column::varchar("city", 180),
        Column::varchar("region", 100),
        Column::varchar("province", 64),
        Column::double("latitude"),
        Column::double("longitude"),
    ])
    .primary_key(&["entity_id"]);
