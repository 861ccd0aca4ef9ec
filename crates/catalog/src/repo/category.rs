//! `catalog_category_entity` and the tree in it.

use contract::Result;
use db::search::Rendered;
use db::{FromRow, Param, Row, Session, dialect, params};

/// A category's own row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct CategoryRow {
    pub(crate) id: i64,
    pub(crate) parent_id: i64,
    /// UTC.
    pub(crate) created_at: String,
    /// UTC.
    pub(crate) updated_at: String,
    /// The ids from the top of the tree to the category itself, `1/2/3`.
    pub(crate) path: String,
    pub(crate) position: i64,
    pub(crate) level: i64,
    /// Categories below, all levels.
    pub(crate) children_count: i64,
}

impl CategoryRow {
    /// The ids of its path, its own last.
    pub(crate) fn path_ids(&self) -> Vec<i64> {
        self.path.split('/').filter_map(|id| id.parse().ok()).collect()
    }

    /// The ids above it, the top first.
    pub(crate) fn ancestors(&self) -> Vec<i64> {
        let mut ids = self.path_ids();
        ids.retain(|id| *id != self.id);
        ids
    }

    /// Bounds of the paths below it: `/` stands right before `0`, so a range finds them by the index.
    fn below(&self) -> [Param; 2] {
        [
            Param::from(format!("{}/", self.path)),
            Param::from(format!("{}0", self.path)),
        ]
    }
}

const COLUMNS: &str = "e.entity_id, e.parent_id, e.created_at, e.updated_at, e.path, e.position, e.level, \
                       e.children_count";

/// To find what is below a category: behind it [`CategoryRow::below`].
const BELOW: &str = "e.path > ? AND e.path < ?";

impl FromRow for CategoryRow {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            parent_id: row.get(1)?,
            created_at: row.get(2)?,
            updated_at: row.get(3)?,
            path: row.get(4)?,
            position: row.get(5)?,
            level: row.get(6)?,
            children_count: row.get(7)?,
        })
    }
}

fn select(rest: &str) -> String {
    format!("SELECT {COLUMNS} FROM ") + "{catalog_category_entity} e WHERE " + rest
}

/// `IN` with these ids, as parameters.
fn ids(of: &[i64]) -> Vec<Param> {
    of.iter().copied().map(Param::from).collect()
}

/// The category with this id.
pub(crate) async fn by_id(session: &mut Session, id: i64) -> Result<Option<CategoryRow>> {
    Ok(session
        .fetch_optional(&select("e.entity_id = ?"), params![id])
        .await?)
}

/// The categories with these ids, by id.
pub(crate) async fn by_ids(session: &mut Session, of: &[i64]) -> Result<Vec<CategoryRow>> {
    if of.is_empty() {
        return Ok(Vec::new());
    }
    let condition = format!(
        "e.entity_id IN ({}) ORDER BY e.entity_id",
        dialect::placeholders(of.len())
    );
    Ok(session.fetch_all(&select(&condition), &ids(of)).await?)
}

/// All categories below one, those nearer to the top first.
pub(crate) async fn below(session: &mut Session, category: &CategoryRow) -> Result<Vec<CategoryRow>> {
    let condition = format!("{BELOW} ORDER BY e.level, e.entity_id");
    Ok(session.fetch_all(&select(&condition), &category.below()).await?)
}

/// The category at the top of the tree.
pub(crate) async fn top(session: &mut Session) -> Result<Option<CategoryRow>> {
    let sql = select("e.level = 0 ORDER BY e.entity_id LIMIT 1");
    Ok(session.fetch_optional(&sql, params![]).await?)
}

/// Joins the value rows of an attribute as `{alias}d` (default scope) and `{alias}s` (store view).
pub(crate) fn join(alias: &str, table: &str, entity: &str) -> String {
    let one = |end: &str, store: &str| {
        format!(" LEFT JOIN {{{table}}} {alias}{end} ON {alias}{end}.entity_id = {entity} ")
            + &format!("AND {alias}{end}.attribute_id = ? AND {alias}{end}.store_id = {store}")
    };
    one("d", "0") + &one("s", "?")
}

/// The value in force of an attribute joined by [`join`].
pub(super) fn value(alias: &str) -> String {
    format!("CASE WHEN {alias}s.value_id IS NOT NULL THEN {alias}s.value ELSE {alias}d.value END")
}

/// The active categories directly below some, as (parent, child) by child. The order is that of the ids
/// (golden `get0395`).
pub(crate) async fn active_children(
    session: &mut Session,
    is_active: i64,
    store_id: i64,
    parents: &[CategoryRow],
) -> Result<Vec<(i64, i64)>> {
    if parents.is_empty() {
        return Ok(Vec::new());
    }
    let mut params = params![is_active, is_active, store_id].to_vec();
    let mut sql = "SELECT e.parent_id, e.entity_id FROM {catalog_category_entity} e".to_owned();
    sql.push_str(&join("b", "catalog_category_entity_int", "e.entity_id"));
    match parents {
        [one] => {
            sql.push_str(&format!(" WHERE {BELOW} AND e.level = ?"));
            params.extend(one.below());
            params.push(Param::from(one.level + 1));
        }
        many => {
            sql.push_str(&format!(
                " WHERE e.parent_id IN ({})",
                dialect::placeholders(many.len())
            ));
            params.extend(many.iter().map(|parent| Param::from(parent.id)));
        }
    }
    sql.push_str(&format!(" AND {} = 1 ORDER BY e.entity_id", value("b")));
    Ok(session.fetch_all(&sql, &params).await?)
}

/// Whether a category below is active, on any level.
pub(crate) async fn has_active_below(
    session: &mut Session,
    is_active: i64,
    store_id: i64,
    category: &CategoryRow,
) -> Result<bool> {
    let mut sql = "SELECT 1 FROM {catalog_category_entity} e".to_owned();
    sql.push_str(&join("b", "catalog_category_entity_int", "e.entity_id"));
    sql.push_str(&format!(" WHERE {BELOW} AND {} = 1 LIMIT 1", value("b")));
    let mut params = params![is_active, is_active, store_id].to_vec();
    params.extend(category.below());
    Ok(session.fetch_optional::<i64>(&sql, &params).await?.is_some())
}

/// A category as the tree shows it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Node {
    pub(crate) id: i64,
    pub(crate) parent_id: i64,
    pub(crate) path: String,
    pub(crate) position: i64,
    pub(crate) level: i64,
    pub(crate) name: Option<String>,
    pub(crate) is_active: Option<bool>,
    pub(crate) is_anchor: bool,
}

impl FromRow for Node {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            parent_id: row.get(1)?,
            path: row.get(2)?,
            position: row.get(3)?,
            level: row.get(4)?,
            name: row.get(5)?,
            is_active: row.get::<Option<i64>>(6)?.map(|active| active != 0),
            is_anchor: row.get::<Option<i64>>(7)?.is_some_and(|anchor| anchor != 0),
        })
    }
}

/// Ids of the attributes that [`nodes`] reads.
pub(crate) struct NodeAttributes {
    pub(crate) name: i64,
    pub(crate) is_active: i64,
    pub(crate) is_anchor: i64,
}

/// A category and all below it, in the order in which siblings stand.
pub(crate) async fn nodes(
    session: &mut Session,
    attributes: &NodeAttributes,
    store_id: i64,
    root: &CategoryRow,
) -> Result<Vec<Node>> {
    let mut sql = format!(
        "SELECT e.entity_id, e.parent_id, e.path, e.position, e.level, {}, {}, {} FROM ",
        value("n"),
        value("b"),
        value("h")
    );
    sql.push_str("{catalog_category_entity} e");
    sql.push_str(&join("n", "catalog_category_entity_varchar", "e.entity_id"));
    sql.push_str(&join("b", "catalog_category_entity_int", "e.entity_id"));
    sql.push_str(&join("h", "catalog_category_entity_int", "e.entity_id"));
    sql.push_str(&format!(
        " WHERE e.entity_id = ? OR ({BELOW}) ORDER BY e.position, e.entity_id"
    ));
    let mut params = Vec::new();
    for attribute in [attributes.name, attributes.is_active, attributes.is_anchor] {
        params.extend(params![attribute, attribute, store_id].iter().cloned());
    }
    params.push(Param::from(root.id));
    params.extend(root.below());
    Ok(session.fetch_all_slowly(&sql, &params).await?)
}

/// The categories of a search, and how many there are; `joins` bring what the search asks for.
pub(crate) async fn search(
    session: &mut Session,
    joins: &str,
    joined: &[Param],
    found: &Rendered,
) -> Result<(Vec<CategoryRow>, i64)> {
    let from = " FROM {catalog_category_entity} e".to_owned() + joins;
    let mut params = joined.to_vec();
    params.extend(found.params.iter().cloned());
    let order = if found.order.is_empty() {
        " ORDER BY e.entity_id".to_owned()
    } else {
        format!("{}, e.entity_id", found.order)
    };
    let rows = ["SELECT ", COLUMNS, &from, &found.filter, &order, &found.window].concat();
    let rows = session.fetch_all_slowly(&rows, &params).await?;
    let count = ["SELECT COUNT(*)", &from, &found.filter].concat();
    let count = session.fetch_all_slowly(&count, &params).await?.pop();
    Ok((rows, count.unwrap_or_default()))
}

/// What a new category's row is made of.
pub(crate) struct NewCategory<'a> {
    pub(crate) attribute_set_id: i64,
    pub(crate) parent: &'a CategoryRow,
    /// `None` puts it behind its siblings.
    pub(crate) position: Option<i64>,
    pub(crate) now: &'a str,
}

/// Adds a category below its parent and counts it there and above; gives its row.
pub(crate) async fn insert(session: &mut Session, new: &NewCategory<'_>) -> Result<CategoryRow> {
    let parent = new.parent;
    let position = match new.position {
        Some(position) => position,
        None => last_position(session, parent).await? + 1,
    };
    let sql = "INSERT INTO {catalog_category_entity} \
               (attribute_set_id, parent_id, created_at, updated_at, path, position, level, children_count) \
               VALUES (?, ?, ?, ?, ?, ?, ?, 0)";
    let (path, level) = (format!("{}/", parent.path), parent.level + 1);
    let values = params![
        new.attribute_set_id,
        parent.id,
        new.now,
        new.now,
        &path,
        position,
        level
    ];
    let id = session.execute(sql, values).await?.last_id;
    let path = format!("{path}{id}");
    let sql = "UPDATE {catalog_category_entity} SET path = ?, updated_at = ? WHERE entity_id = ?";
    session.execute(sql, params![&path, new.now, id]).await?;
    count(session, &parent.path_ids(), 1, new.now).await?;
    Ok(CategoryRow {
        id,
        parent_id: parent.id,
        created_at: new.now.to_owned(),
        updated_at: new.now.to_owned(),
        path,
        position,
        level,
        children_count: 0,
    })
}

async fn last_position(session: &mut Session, parent: &CategoryRow) -> Result<i64> {
    let sql = "SELECT COALESCE(MAX(e.position), 0) FROM {catalog_category_entity} e WHERE ".to_owned()
        + BELOW
        + " AND e.level = ?";
    let mut params = parent.below().to_vec();
    params.push(Param::from(parent.level + 1));
    Ok(session.fetch_one(&sql, &params).await?)
}

/// Adds to the numbers of categories below some.
pub(crate) async fn count(session: &mut Session, of: &[i64], more: i64, now: &str) -> Result<()> {
    if of.is_empty() {
        return Ok(());
    }
    let sql = "UPDATE {catalog_category_entity} SET children_count = children_count + ?, updated_at = ? \
               WHERE entity_id IN ("
        .to_owned()
        + &dialect::placeholders(of.len())
        + ")";
    let mut params = params![more, now].to_vec();
    params.extend(ids(of));
    session.execute(&sql, &params).await?;
    Ok(())
}

/// Sets the time of the last change, and the position if there is one.
pub(crate) async fn touch(session: &mut Session, id: i64, position: Option<i64>, now: &str) -> Result<()> {
    let sql = "UPDATE {catalog_category_entity} SET position = COALESCE(?, position), updated_at = ? \
               WHERE entity_id = ?";
    session.execute(sql, params![position, now, id]).await?;
    Ok(())
}

/// Removes categories; the database removes their values and links.
pub(crate) async fn delete(session: &mut Session, of: &[i64]) -> Result<()> {
    let sql = "DELETE FROM {catalog_category_entity} WHERE entity_id IN (".to_owned()
        + &dialect::placeholders(of.len())
        + ")";
    session.execute(&sql, &ids(of)).await?;
    Ok(())
}

/// Puts a category with all below it under another parent, right behind `after` (or first): closes the gap at
/// the old place and makes one at the new. Gives the category's new row.
pub(crate) async fn change_parent(
    session: &mut Session,
    category: &CategoryRow,
    parent: &CategoryRow,
    after: Option<i64>,
    now: &str,
) -> Result<CategoryRow> {
    let moved = category.children_count + 1;
    count(session, &category.ancestors(), -moved, now).await?;
    count(session, &parent.path_ids(), moved, now).await?;
    let sql = "UPDATE {catalog_category_entity} SET position = position - 1, updated_at = ? \
               WHERE parent_id = ? AND position > ?";
    let values = params![now, category.parent_id, category.position];
    session.execute(sql, values).await?;
    let sql = "SELECT position FROM {catalog_category_entity} WHERE entity_id = ?";
    let position = match after {
        Some(after) => {
            session
                .fetch_optional::<i64>(sql, params![after])
                .await?
                .unwrap_or(0)
                + 1
        }
        None => 1,
    };
    let sql = "UPDATE {catalog_category_entity} SET position = position + 1, updated_at = ? \
               WHERE parent_id = ? AND position >= ?";
    session.execute(sql, params![now, parent.id, position]).await?;
    let path = format!("{}/{}", parent.path, category.id);
    let level = parent.level + 1;
    let sql = "UPDATE {catalog_category_entity} SET path = REPLACE(path, ?, ?), level = level + ?, \
               updated_at = ? WHERE path > ? AND path < ?";
    let mut params = params![
        format!("{}/", category.path),
        format!("{path}/"),
        level - category.level,
        now
    ]
    .to_vec();
    params.extend(category.below());
    session.execute(sql, &params).await?;
    let sql = "UPDATE {catalog_category_entity} SET path = ?, level = ?, position = ?, parent_id = ?, \
               updated_at = ? WHERE entity_id = ?";
    let values = params![&path, level, position, parent.id, now, category.id];
    session.execute(sql, values).await?;
    Ok(CategoryRow {
        parent_id: parent.id,
        path,
        position,
        level,
        updated_at: now.to_owned(),
        ..category.clone()
    })
}
