//! `searchCriteria` and search results (`spec/webapi.md §13`).

use wire::{Sink, Value};

use crate::bind::{BindCx, BindError};
use crate::error::Error;
use crate::types::{Type, WireValue};

/// What a list call is to return.
#[derive(Debug, Clone, Default, PartialEq, contract_macros::DataObject)]
#[data("framework-search-criteria-interface", bound = Self::page_by_default)]
pub struct SearchCriteria {
    /// Groups of filters; all of them must match.
    pub filter_groups: Vec<FilterGroup>,
    /// Sort orders, the first is the primary one.
    pub sort_orders: Option<Vec<SortOrder>>,
    /// Rows per page; absent or 0 means all.
    pub page_size: PageSize,
    /// The page, from 1.
    pub current_page: Option<i64>,
}

/// Filters of which any may match.
#[derive(Debug, Clone, PartialEq, contract_macros::DataObject)]
#[data("framework-search-filter-group", bound = Self::list_filters)]
pub struct FilterGroup {
    /// The filters.
    pub filters: Option<Vec<Filter>>,
}

impl Default for FilterGroup {
    fn default() -> Self {
        Self {
            filters: Some(Vec::new()),
        }
    }
}

/// A condition on a field.
#[derive(Debug, Clone, PartialEq, contract_macros::DataObject)]
#[data("framework-filter", bound = Self::equal_by_default)]
pub struct Filter {
    /// Field.
    #[data(required)]
    pub field: Option<String>,
    /// Value, as sent.
    #[data(required)]
    pub value: Option<String>,
    /// Condition type, as sent; `eq` when it was not, or was empty.
    pub condition_type: Option<String>,
}

impl Default for Filter {
    fn default() -> Self {
        Self {
            field: None,
            value: None,
            condition_type: Some("eq".to_owned()),
        }
    }
}

impl Filter {
    fn equal_by_default(&mut self, _: &BindCx<'_>) {
        if self.condition_type.as_deref().unwrap_or_default().is_empty() {
            self.condition_type = Some("eq".to_owned());
        }
    }
}

impl FilterGroup {
    /// A group without filters is answered with an empty list of them, never without the list.
    fn list_filters(&mut self, _: &BindCx<'_>) {
        self.filters.get_or_insert_default();
    }
}

/// A sort order.
#[derive(Debug, Clone, Default, PartialEq, contract_macros::DataObject)]
#[data("framework-sort-order")]
pub struct SortOrder {
    /// Field.
    #[data(required)]
    pub field: SortField,
    /// Direction; none given sorts descending.
    #[data(required)]
    pub direction: SortDirection,
}

/// A field name in a sort order: letters, digits and `_` only.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SortField(pub Option<String>);

impl WireValue for SortField {
    const TYPE: Type = Type::String;

    fn bind(value: Value, cx: &BindCx<'_>) -> Result<Self, BindError> {
        let field = String::bind(value, cx)?;
        if field.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
            return Ok(Self(Some(field)));
        }
        Err(Error::invalid("Sort order field %1 contains restricted symbols")
            .with_next(field)
            .into())
    }

    fn write(&self, out: &mut dyn Sink) {
        self.0.write(out);
    }
}

/// `ASC` or `DESC`, upper-cased on input.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SortDirection(pub Option<String>);

impl SortDirection {
    /// Whether small values come first: only when `ASC` was asked for.
    pub fn is_ascending(&self) -> bool {
        self.0.as_deref() == Some("ASC")
    }
}

impl WireValue for SortDirection {
    const TYPE: Type = Type::String;

    fn bind(value: Value, cx: &BindCx<'_>) -> Result<Self, BindError> {
        let direction = String::bind(value, cx)?.to_uppercase();
        if matches!(direction.as_str(), "ASC" | "DESC") {
            return Ok(Self(Some(direction)));
        }
        let text = "The sort order has to be specified as %1 for ascending order or %2 for descending order.";
        Err(Error::invalid(text).with_next("ASC").with_next("DESC").into())
    }

    fn write(&self, out: &mut dyn Sink) {
        self.0.write(out);
    }
}

/// `page_size`, held to the store's limits (`spec/webapi.md §15`). Magento checks the maximum for the
/// spelling `pageSize` only; here it holds for both.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct PageSize(pub Option<i64>);

impl WireValue for PageSize {
    const TYPE: Type = Type::Int;
    const NULLABLE: bool = true;

    fn bind(value: Value, cx: &BindCx<'_>) -> Result<Self, BindError> {
        let size = i64::bind(value, cx)?;
        match cx.limits {
            Some(limits) if size > limits.page_size => {
                Err(Error::invalid("Maximum SearchCriteria pageSize is %max")
                    .with("max", limits.page_size)
                    .into())
            }
            _ => Ok(Self(Some(size))),
        }
    }

    fn write(&self, out: &mut dyn Sink) {
        self.0.write(out);
    }

    fn is_absent(&self) -> bool {
        self.0.is_none()
    }
}

impl SearchCriteria {
    /// The criteria as the database layer searches; what the conditions mean is told there.
    pub fn to_search(&self) -> db::search::Search {
        let filter = |filter: &Filter| {
            let condition = filter.condition_type.as_deref().unwrap_or_default();
            let field = filter.field.clone().unwrap_or_default();
            db::search::Filter::new(field, condition, filter.value.as_deref())
        };
        let group = |group: &FilterGroup| {
            db::search::Group(
                group
                    .filters
                    .as_deref()
                    .unwrap_or_default()
                    .iter()
                    .map(filter)
                    .collect(),
            )
        };
        let sort = |order: &SortOrder| db::search::Sort {
            field: order.field.0.clone().unwrap_or_default(),
            ascending: order.direction.is_ascending(),
        };
        db::search::Search {
            groups: self.filter_groups.iter().map(group).collect(),
            sorts: self
                .sort_orders
                .as_deref()
                .unwrap_or_default()
                .iter()
                .map(sort)
                .collect(),
            window: self.window(),
        }
    }

    /// Rows to fetch and rows to skip, `None` for all (`spec/webapi.md §13.9`): a negative size is 1 row, a
    /// page below 1 is page 1.
    fn window(&self) -> Option<(i64, i64)> {
        let size = self.page_size.0.filter(|size| *size != 0)?.max(1);
        let page = self.current_page.unwrap_or(1).max(1);
        Some((size, size.saturating_mul(page - 1)))
    }

    /// With limits on, a search that names no page size gets the store's, and shows it in its answer
    /// (`spec/webapi.md §6.14`, `§13.12`).
    fn page_by_default(&mut self, cx: &BindCx<'_>) {
        self.page_size.0 = self
            .page_size
            .0
            .or(cx.limits.map(|limits| limits.default_page_size));
    }
}

#[cfg(test)]
mod tests;
