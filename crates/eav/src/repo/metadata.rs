//! Entity types, attributes, sets and groups.

use std::collections::HashMap;
use std::sync::Arc;

use contract::Result;
use db::{FromRow, Row, Session, params};

use crate::metadata::{
    Attribute, AttributeGroup, AttributeScope, AttributeSet, BackendType, EntityType, Metadata, Place,
    Properties,
};
use crate::registry::Additional;

/// Reads everything, in a fixed number of statements.
pub(crate) async fn read(session: &mut Session, additional: &'static [Additional]) -> Result<Metadata> {
    let types = "SELECT entity_type_id, entity_type_code, default_attribute_set_id, entity_table, \
                 additional_attribute_table FROM {eav_entity_type} ORDER BY entity_type_id";
    let mut types: Vec<EntityType> = session.fetch_all(types, params![]).await?;
    let sets = "SELECT attribute_set_id, entity_type_id, attribute_set_name, sort_order \
                FROM {eav_attribute_set} ORDER BY attribute_set_id";
    let sets = session.fetch_all(sets, params![]).await?;
    let groups = "SELECT attribute_group_id, attribute_set_id, attribute_group_name, attribute_group_code, \
                  tab_group_code, sort_order, default_id FROM {eav_attribute_group} ORDER BY attribute_group_id";
    let groups: Vec<AttributeGroup> = session.fetch_all(groups, params![]).await?;
    let mut places = places(session, &groups).await?;
    let mut properties = HashMap::new();
    for table in additional {
        self::properties(session, table, &mut properties).await?;
    }
    let attributes = "SELECT attribute_id, entity_type_id, attribute_code, backend_type, backend_model, \
                      frontend_model, frontend_input, frontend_label, frontend_class, source_model, is_required, \
                      is_user_defined, default_value, is_unique, note FROM {eav_attribute} ORDER BY attribute_id";
    for mut attribute in session.fetch_all::<Attribute>(attributes, params![]).await? {
        attribute.places = places.remove(&attribute.id).unwrap_or_default();
        if let Some(properties) = properties.remove(&attribute.id) {
            attribute.properties = properties;
        }
        attribute.scope = match attribute.properties.get("is_global") {
            Some("0") => AttributeScope::Store,
            Some("2") => AttributeScope::Website,
            _ => AttributeScope::Global,
        };
        if let Some(entity) = types
            .iter_mut()
            .find(|entity| entity.id == attribute.entity_type_id)
        {
            let index = entity.attributes.len();
            entity.by_code.insert(attribute.code.clone(), index);
            entity.by_id.insert(attribute.id, index);
            entity.attributes.push(Arc::new(attribute));
        }
    }
    Ok(Metadata { types, sets, groups })
}

async fn places(session: &mut Session, groups: &[AttributeGroup]) -> Result<HashMap<i64, Vec<Place>>> {
    let sql = "SELECT attribute_id, entity_attribute_id, attribute_set_id, attribute_group_id, sort_order \
               FROM {eav_entity_attribute} ORDER BY entity_attribute_id";
    let orders: HashMap<i64, i64> = groups.iter().map(|group| (group.id, group.sort_order)).collect();
    let mut places: HashMap<i64, Vec<Place>> = HashMap::new();
    let rows: Vec<(i64, i64, i64, i64, i64)> = session.fetch_all(sql, params![]).await?;
    for (attribute_id, id, set_id, group_id, sort_order) in rows {
        places.entry(attribute_id).or_default().push(Place {
            id,
            set_id,
            group_id,
            sort_order,
            group_sort_order: orders.get(&group_id).copied().unwrap_or_default(),
        });
    }
    Ok(places)
}

struct PropertyRow(i64, Vec<Option<String>>);

impl FromRow for PropertyRow {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        let count: usize = row.named::<u32>("width")? as usize;
        // Whole numbers of a float column end in `.0` on SQLite only.
        let value = |index| -> db::Result<Option<String>> {
            let text: Option<String> = row.get(index + 2)?;
            Ok(text.map(|text| text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)))
        };
        let values = (0..count).map(value);
        Ok(Self(
            row.named("attribute_id")?,
            values.collect::<db::Result<_>>()?,
        ))
    }
}

async fn properties(
    session: &mut Session,
    table: &'static Additional,
    found: &mut HashMap<i64, Properties>,
) -> Result<()> {
    let mut sql = format!("SELECT attribute_id, {} AS width", table.columns.len());
    for column in table.columns {
        sql.push_str(", CAST(");
        sql.push_str(column);
        sql.push_str(" AS CHAR) AS ");
        sql.push_str(column);
    }
    sql.push_str(" FROM {");
    sql.push_str(table.table);
    sql.push('}');
    for PropertyRow(id, values) in session.fetch_all(&sql, params![]).await? {
        let columns = table.columns;
        found.insert(id, Properties { columns, values });
    }
    Ok(())
}

impl FromRow for EntityType {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            code: row.get(1)?,
            default_set_id: row.get(2)?,
            entity_table: row.get::<Option<String>>(3)?.unwrap_or_default(),
            additional_table: row.get(4)?,
            ..Self::default()
        })
    }
}

impl FromRow for AttributeSet {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            entity_type_id: row.get(1)?,
            name: row.get::<Option<String>>(2)?.unwrap_or_default(),
            sort_order: row.get(3)?,
        })
    }
}

impl FromRow for AttributeGroup {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            set_id: row.get(1)?,
            name: row.get::<Option<String>>(2)?.unwrap_or_default(),
            code: row.get(3)?,
            tab_code: row.get(4)?,
            sort_order: row.get(5)?,
            default_id: row.get::<Option<i64>>(6)?.unwrap_or_default(),
        })
    }
}

impl FromRow for Attribute {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            entity_type_id: row.get(1)?,
            code: row.get(2)?,
            backend_type: BackendType::named(&row.get::<String>(3)?),
            backend_model: row.get(4)?,
            frontend_model: row.get(5)?,
            frontend_input: row.get(6)?,
            frontend_label: row.get(7)?,
            frontend_class: row.get(8)?,
            source_model: row.get(9)?,
            is_required: row.get(10)?,
            is_user_defined: row.get(11)?,
            default_value: row.get(12)?,
            is_unique: row.get(13)?,
            note: row.get(14)?,
            scope: AttributeScope::Global,
            properties: Properties::default(),
            places: Vec::new(),
        })
    }
}
