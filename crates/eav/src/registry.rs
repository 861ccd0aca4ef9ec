//! The process's memory of entity types and attributes, read again when they have changed.

use std::sync::Arc;

use arc_swap::ArcSwap;
use contract::port::Refresh;
use contract::{AttributeType, AttributeTypes, BoxFuture, Result};
use db::{Db, Fingerprint, Watched};

use crate::metadata::{Attribute, BackendType, Metadata};
use crate::repo;

/// A table in which a domain keeps what it adds to attributes, such as `catalog_eav_attribute`.
#[derive(Debug, Clone, Copy)]
pub struct Additional {
    /// Its name, as in `eav_entity_type.additional_attribute_table`.
    pub table: &'static str,
    /// Its columns, without `attribute_id`.
    pub columns: &'static [&'static str],
}

const WATCHED: &[Watched] = &[
    Watched::Rows("eav_entity_type", &["entity_type_id", "entity_type_code"]),
    Watched::Rows(
        "eav_attribute",
        &[
            "attribute_id",
            "attribute_code",
            "backend_type",
            "backend_model",
            "frontend_input",
            "frontend_label",
            "frontend_class",
            "source_model",
            "is_required",
            "is_user_defined",
            "default_value",
            "is_unique",
            "note",
        ],
    ),
    Watched::Rows(
        "eav_attribute_set",
        &["attribute_set_id", "attribute_set_name", "sort_order"],
    ),
    Watched::Rows(
        "eav_attribute_group",
        &[
            "attribute_group_id",
            "attribute_set_id",
            "attribute_group_name",
            "sort_order",
        ],
    ),
    Watched::Rows(
        "eav_entity_attribute",
        &[
            "entity_attribute_id",
            "attribute_set_id",
            "attribute_group_id",
            "attribute_id",
            "sort_order",
        ],
    ),
];

struct Snapshot {
    fingerprint: Fingerprint,
    metadata: Arc<Metadata>,
}

/// Entity types and attributes, for the whole process.
pub struct Eav {
    db: Db,
    pub(crate) additional: &'static [Additional],
    watched: Vec<Watched>,
    current: ArcSwap<Snapshot>,
}

impl Eav {
    /// Reads everything once; `additional` are the domains' tables.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn load(db: &Db, additional: &'static [Additional]) -> Result<Self> {
        let mut watched = WATCHED.to_vec();
        watched.extend(
            additional
                .iter()
                .map(|more| Watched::Rows(more.table, more.columns)),
        );
        let snapshot = read(db, additional, &watched).await?;
        Ok(Self {
            db: db.clone(),
            additional,
            watched,
            current: ArcSwap::from_pointee(snapshot),
        })
    }

    /// The present state.
    pub fn metadata(&self) -> Arc<Metadata> {
        self.current.load().metadata.clone()
    }
}

async fn read(db: &Db, additional: &'static [Additional], watched: &[Watched]) -> Result<Snapshot> {
    // Taken before the rows, so that a change in between is seen the next time.
    let fingerprint = db.fingerprint(watched).await?;
    let metadata = Arc::new(repo::metadata::read(&mut db.session(), additional).await?);
    Ok(Snapshot {
        fingerprint,
        metadata,
    })
}

impl Refresh for Eav {
    fn name(&self) -> &'static str {
        "attributes"
    }

    fn refresh(&self) -> BoxFuture<'_, Result<()>> {
        Box::pin(async move {
            if self.current.load().fingerprint != self.db.fingerprint(&self.watched).await? {
                let snapshot = read(&self.db, self.additional, &self.watched).await?;
                self.current.store(Arc::new(snapshot));
            }
            Ok(())
        })
    }
}

/// The entity type of a data object.
fn entity_of(object: &str) -> Option<&'static str> {
    Some(match object {
        "catalog-data-product-interface" => "catalog_product",
        "catalog-data-category-interface" => "catalog_category",
        "customer-data-customer-interface" => "customer",
        "customer-data-address-interface" => "customer_address",
        _ => return None,
    })
}

impl AttributeTypes for Eav {
    fn attribute_type(&self, object: &str, code: &str) -> AttributeType {
        let metadata = self.metadata();
        let attribute = entity_of(object)
            .and_then(|entity| metadata.entity_type(entity).ok())
            .and_then(|entity| entity.attribute(code));
        attribute.map_or(AttributeType::Mixed, |attribute| type_of(attribute))
    }
}

fn type_of(attribute: &Attribute) -> AttributeType {
    match (attribute.code.as_str(), attribute.backend_type) {
        ("category_ids", _) => AttributeType::IntList,
        ("available_sort_by", _) => AttributeType::TextList,
        (_, BackendType::Int) => AttributeType::Int,
        (_, BackendType::Decimal) => AttributeType::Decimal,
        (_, BackendType::Static) => AttributeType::Mixed,
        (_, BackendType::Varchar | BackendType::Text | BackendType::Datetime) => AttributeType::Text,
    }
}
