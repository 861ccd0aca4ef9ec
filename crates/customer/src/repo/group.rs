//! `customer_group`.

use contract::Result;
use db::search::{Column, Kind, Search, UnknownField};
use db::{FromRow, Param, Row, Session, dialect, params};

/// A customer group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its id; 0 are those who are not logged in.
    pub id: i64,
    /// Its name.
    pub code: String,
}

impl FromRow for Group {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            code: row.get(1)?,
        })
    }
}

/// All customer groups by id. One statement.
///
/// # Errors
/// The database cannot be read.
pub async fn groups(session: &mut Session) -> Result<Vec<Group>> {
    let sql =
        "SELECT customer_group_id, customer_group_code FROM {customer_group} ORDER BY customer_group_id";
    Ok(session.fetch_all(sql, params![]).await?)
}

/// All customer groups by name. One statement.
pub(crate) async fn by_name(session: &mut Session) -> Result<Vec<Group>> {
    let sql =
        "SELECT customer_group_id, customer_group_code FROM {customer_group} ORDER BY customer_group_code";
    Ok(session.fetch_all(sql, params![]).await?)
}

/// A customer group with its tax class.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct GroupRow {
    pub(crate) id: i64,
    pub(crate) code: String,
    pub(crate) tax_class_id: i64,
    pub(crate) tax_class_name: Option<String>,
}

impl FromRow for GroupRow {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            code: row.get(1)?,
            tax_class_id: row.get(2)?,
            tax_class_name: row.get(3)?,
        })
    }
}

const SELECT: &str = "SELECT g.customer_group_id, g.customer_group_code, g.tax_class_id, t.class_name";
const FROM: &str = " FROM {customer_group} g LEFT JOIN {tax_class} t ON t.class_id = g.tax_class_id";

/// What a search may name: the members, and the columns.
const SEARCHED: &[Column] = &[
    column("id", "g.customer_group_id", Kind::Number),
    column("customer_group_id", "g.customer_group_id", Kind::Number),
    column("code", "g.customer_group_code", Kind::Text),
    column("customer_group_code", "g.customer_group_code", Kind::Text),
    column("tax_class_id", "g.tax_class_id", Kind::Number),
    column("tax_class_name", "t.class_name", Kind::Text),
];

const fn column(field: &'static str, sql: &'static str, kind: Kind) -> Column {
    Column { field, sql, kind }
}

/// The group with this id.
pub(crate) async fn by_id(session: &mut Session, id: i64) -> Result<Option<GroupRow>> {
    let sql = format!("{SELECT}{FROM} WHERE g.customer_group_id = ?");
    Ok(session.fetch_optional(&sql, params![id]).await?)
}

/// The id of the group with this name; letter case does not matter, as for the column.
pub(crate) async fn id_of(session: &mut Session, code: &str) -> Result<Option<i64>> {
    let sql = "SELECT customer_group_id FROM {customer_group} WHERE customer_group_code = ?";
    Ok(session.fetch_optional(sql, params![code]).await?)
}

/// The groups that a search finds, by id where nothing else sorts, and how many there are. Two statements.
pub(crate) async fn search(
    session: &mut Session,
    search: &Search,
) -> Result<std::result::Result<(Vec<GroupRow>, i64), UnknownField>> {
    let found = match search.render(session.engine(), SEARCHED) {
        Ok(found) => found,
        Err(unknown) => return Ok(Err(unknown)),
    };
    let order = match found.order.as_str() {
        "" => " ORDER BY g.customer_group_id".to_owned(),
        order => format!("{order}, g.customer_group_id"),
    };
    let count = format!("SELECT COUNT(*){FROM}{}", found.filter);
    let sql = format!("{SELECT}{FROM}{}{order}{}", found.filter, found.window);
    let rows = session.fetch_all(&sql, &found.params).await?;
    Ok(Ok((rows, session.fetch_one(&count, &found.params).await?)))
}

/// Inserts a group; its id.
pub(crate) async fn insert(session: &mut Session, code: &str, tax_class_id: i64) -> Result<i64> {
    let sql = "INSERT INTO {customer_group} (customer_group_code, tax_class_id) VALUES (?, ?)";
    Ok(session.execute(sql, params![code, tax_class_id]).await?.last_id)
}

/// Changes a group.
pub(crate) async fn update(session: &mut Session, id: i64, code: &str, tax_class_id: i64) -> Result<()> {
    let sql =
        "UPDATE {customer_group} SET customer_group_code = ?, tax_class_id = ? WHERE customer_group_id = ?";
    session.execute(sql, params![code, tax_class_id, id]).await?;
    Ok(())
}

/// Deletes a group with what it excludes.
pub(crate) async fn delete(session: &mut Session, id: i64) -> Result<()> {
    replace_excluded(session, id, &[]).await?;
    let sql = "DELETE FROM {customer_group} WHERE customer_group_id = ?";
    session.execute(sql, params![id]).await?;
    Ok(())
}

/// Moves the customers of a group to the default groups of their store views, given as store view and group, or to
/// another one.
pub(crate) async fn move_customers(
    session: &mut Session,
    from: i64,
    defaults: &[(i64, i64)],
    other: i64,
) -> Result<()> {
    let mut sql = "UPDATE {customer_entity} SET group_id = CASE store_id".to_owned();
    sql.push_str(&" WHEN ? THEN ?".repeat(defaults.len()));
    sql.push_str(" ELSE ? END WHERE group_id = ?");
    let mut params: Vec<Param> = Vec::with_capacity(defaults.len() * 2 + 2);
    for (store, group) in defaults {
        params.extend([Param::from(*store), Param::from(*group)]);
    }
    params.extend([Param::from(other), Param::from(from)]);
    session.execute(&sql, &params).await?;
    let sql = "UPDATE {customer_grid_flat} SET group_id = (SELECT e.group_id FROM {customer_entity} e \
               WHERE e.entity_id = {customer_grid_flat}.entity_id) WHERE group_id = ?";
    session.execute(sql, params![from]).await?;
    Ok(())
}

/// The websites that groups exclude, by group and website. One statement, none for no group.
pub(crate) async fn excluded(session: &mut Session, groups: &[i64]) -> Result<Vec<(i64, i64)>> {
    if groups.is_empty() {
        return Ok(Vec::new());
    }
    let sql = "SELECT customer_group_id, website_id FROM {customer_group_excluded_website} \
               WHERE customer_group_id IN ("
        .to_owned()
        + &dialect::placeholders(groups.len())
        + ") ORDER BY entity_id";
    let params: Vec<Param> = groups.iter().copied().map(Param::from).collect();
    Ok(session.fetch_all(&sql, &params).await?)
}

/// Replaces the websites that a group excludes.
pub(crate) async fn replace_excluded(session: &mut Session, group: i64, websites: &[i64]) -> Result<()> {
    let sql = "DELETE FROM {customer_group_excluded_website} WHERE customer_group_id = ?";
    session.execute(sql, params![group]).await?;
    let values: Vec<Param> = websites
        .iter()
        .flat_map(|website| [Param::from(group), Param::from(*website)])
        .collect();
    let columns = ["customer_group_id", "website_id"];
    Ok(db::bulk::insert(session, "customer_group_excluded_website", &columns, &values).await?)
}
