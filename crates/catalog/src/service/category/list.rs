//! Searches for categories.

use contract::search::SearchCriteria;
use contract::{Cx, Error, Result, operation};
use db::Param;
use db::search::{Column, Kind, Search};
use eav::metadata::{BackendType, EntityType};

use super::{Attributes, view};
use crate::data::category::CategorySearchResults;
use crate::repo;

/// Lists the categories that a search finds. The path's store view decides on values, not on categories
/// (`spec/scopes.md` fact 26).
#[operation("catalogCategoryListV1", "Searches for categories.")]
#[route(GET "/V1/categories/list" => "Magento_Catalog::categories")]
pub(crate) async fn get_list(
    cx: &mut Cx<'_>,
    search_criteria: SearchCriteria,
) -> Result<CategorySearchResults> {
    let attributes = Attributes::of(cx)?;
    let store_id = cx.scope().store_id;
    let mut search = search_criteria.to_search();
    let joined = Joined::of(&mut search, attributes.entity()?, store_id)?;
    let found = search
        .render(cx.session().engine(), joined.columns())
        .map_err(|unknown| invalid(&unknown.0))?;
    let (rows, total_count) =
        repo::category::search(cx.session(), &joined.joins, &joined.params, &found).await?;
    Ok(CategorySearchResults {
        items: view::load(cx, &rows, store_id).await?,
        search_criteria,
        total_count,
    })
}

fn invalid(field: &str) -> Error {
    Error::invalid("The \"%1\" attribute name is invalid. Reset the name and try again.").with_next(field)
}

/// Columns of `catalog_category_entity`.
const STATIC: &[Column] = &[
    own("entity_id", "e.entity_id", Kind::Number),
    own("attribute_set_id", "e.attribute_set_id", Kind::Number),
    own("parent_id", "e.parent_id", Kind::Number),
    own("created_at", "e.created_at", Kind::Time),
    own("updated_at", "e.updated_at", Kind::Time),
    own("path", "e.path", Kind::Text),
    own("position", "e.position", Kind::Number),
    own("level", "e.level", Kind::Number),
    own("children_count", "e.children_count", Kind::Number),
];

const fn own(field: &'static str, sql: &'static str, kind: Kind) -> Column {
    Column { field, sql, kind }
}

/// The value of the attribute joined as `$alias`, in the kinds in which it can be compared.
macro_rules! joined {
    ($($alias:literal)*) => {
        [$([
            own($alias, concat!("(CASE WHEN ", $alias, "s.value_id IS NOT NULL THEN ", $alias, "s.value ELSE ",
                $alias, "d.value END)"), Kind::Text),
            own($alias, concat!("CAST(CASE WHEN ", $alias, "s.value_id IS NOT NULL THEN ", $alias,
                "s.value ELSE ", $alias, "d.value END AS DECIMAL(20,6))"), Kind::Number),
            own($alias, concat!("(CASE WHEN ", $alias, "s.value_id IS NOT NULL THEN ", $alias, "s.value ELSE ",
                $alias, "d.value END)"), Kind::Time),
        ]),*]
    };
}

/// So many different attributes can take part in one search: two joins for each, of the 61 that MySQL allows.
static SLOTS: [[Column; 3]; 20] = joined!(
    "j0" "j1" "j2" "j3" "j4" "j5" "j6" "j7" "j8" "j9" "k0" "k1" "k2" "k3" "k4" "k5" "k6" "k7" "k8" "k9"
);

/// The attributes of a search, joined.
struct Joined {
    joins: String,
    params: Vec<Param>,
    columns: Vec<Column>,
    codes: Vec<String>,
}

impl Joined {
    /// Joins what `search` filters and sorts by, and makes it name the joined columns. An unknown field of a
    /// filter is an error, one of a sort order is ignored (golden `search.categories.sort-invalid`).
    fn of(search: &mut Search, entity: &EntityType, store_id: i64) -> Result<Self> {
        let mut joined = Self {
            joins: String::new(),
            params: Vec::new(),
            columns: STATIC.to_vec(),
            codes: Vec::new(),
        };
        for filter in search.groups.iter_mut().flat_map(|group| &mut group.0) {
            filter.field = joined
                .column(&filter.field, entity, store_id)?
                .ok_or_else(|| invalid(&filter.field))?;
        }
        let mut sorts = Vec::with_capacity(search.sorts.len());
        for mut sort in std::mem::take(&mut search.sorts) {
            if let Some(field) = joined.column(&sort.field, entity, store_id)? {
                sort.field = field;
                sorts.push(sort);
            }
        }
        search.sorts = sorts;
        Ok(joined)
    }

    fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The column of a field; `None` for a field that is not there.
    fn column(&mut self, field: &str, entity: &EntityType, store_id: i64) -> Result<Option<String>> {
        if STATIC.iter().any(|column| column.field == field) {
            return Ok(Some(field.to_owned()));
        }
        let Some(attribute) = entity.attribute(field) else {
            return Ok(None);
        };
        let table = match attribute.backend_type {
            BackendType::Static => return Ok(None),
            stored => format!("catalog_category_entity_{}", stored.name()),
        };
        if let Some(index) = self.codes.iter().position(|known| known == field) {
            return Ok(Some(SLOTS[index][0].field.to_owned()));
        }
        let Some(slot) = SLOTS.get(self.codes.len()) else {
            return Err(Error::invalid("The search names too many attributes."));
        };
        let kind = match attribute.backend_type {
            BackendType::Int | BackendType::Decimal => 1,
            BackendType::Datetime => 2,
            _ => 0,
        };
        let column = slot[kind];
        self.joins
            .push_str(&repo::category::join(column.field, &table, "e.entity_id"));
        for param in [attribute.id, attribute.id, store_id] {
            self.params.push(Param::from(param));
        }
        self.columns.push(column);
        self.codes.push(field.to_owned());
        Ok(Some(column.field.to_owned()))
    }
}
