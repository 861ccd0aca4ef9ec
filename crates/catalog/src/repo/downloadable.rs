//! Links and samples of downloadable products.

use contract::Result;
use db::{FromRow, Param, Row, Session, dialect, params};
use rust_decimal::Decimal;

/// What `downloadable_link` says.
#[derive(Debug, Clone, Default)]
pub(crate) struct LinkRow {
    pub(crate) id: i64,
    pub(crate) product_id: i64,
    pub(crate) sort_order: i64,
    pub(crate) number_of_downloads: Option<i64>,
    pub(crate) is_shareable: i64,
    pub(crate) url: Option<String>,
    pub(crate) file: Option<String>,
    pub(crate) kind: Option<String>,
    pub(crate) sample_url: Option<String>,
    pub(crate) sample_file: Option<String>,
    pub(crate) sample_kind: Option<String>,
}

impl FromRow for LinkRow {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            product_id: row.get(1)?,
            sort_order: row.get(2)?,
            number_of_downloads: row.get(3)?,
            is_shareable: row.get(4)?,
            url: row.get(5)?,
            file: row.get(6)?,
            kind: row.get(7)?,
            sample_url: row.get(8)?,
            sample_file: row.get(9)?,
            sample_kind: row.get(10)?,
        })
    }
}

/// A link with title and price in a store view.
pub(crate) struct ScopedLink {
    pub(crate) link: LinkRow,
    pub(crate) title: Option<String>,
    pub(crate) price: Option<Decimal>,
}

impl FromRow for ScopedLink {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        Ok(Self {
            link: LinkRow::from_row(row)?,
            title: row.get(11)?,
            price: match row.get(12)? {
                Some(own) => Some(own),
                None => row.get(13)?,
            },
        })
    }
}

const LINK: &str = "l.link_id, l.product_id, l.sort_order, l.number_of_downloads, l.is_shareable, l.link_url, \
                    l.link_file, l.link_type, l.sample_url, l.sample_file, l.sample_type";

/// The links of products in order, with titles of a store view and prices of a website.
pub(crate) async fn links(
    session: &mut Session,
    products: &[i64],
    store_id: i64,
    website_id: i64,
) -> Result<Vec<ScopedLink>> {
    let mut sql = format!("SELECT {LINK}, COALESCE(own.title, def.title) AS title, p.price, d.price ");
    sql.push_str(
        "FROM {downloadable_link} l \
         LEFT JOIN {downloadable_link_title} def ON def.link_id = l.link_id AND def.store_id = 0 \
         LEFT JOIN {downloadable_link_title} own ON own.link_id = l.link_id AND own.store_id = ? \
         LEFT JOIN {downloadable_link_price} d ON d.link_id = l.link_id AND d.website_id = 0 \
         LEFT JOIN {downloadable_link_price} p ON p.link_id = l.link_id AND p.website_id = ? \
         WHERE l.product_id IN (",
    );
    sql.push_str(&dialect::placeholders(products.len()));
    sql.push_str(") ORDER BY l.product_id, l.sort_order, title, l.link_id");
    let mut params = vec![Param::from(store_id), Param::from(website_id)];
    params.extend(products.iter().copied().map(Param::from));
    Ok(session.fetch_all(&sql, &params).await?)
}

/// A link's own row.
pub(crate) async fn link(session: &mut Session, id: i64) -> Result<Option<LinkRow>> {
    let mut sql = format!("SELECT {LINK} FROM ");
    sql.push_str("{downloadable_link} l WHERE l.link_id = ?");
    Ok(session.fetch_optional(&sql, params![id]).await?)
}

/// Adds a link; its id.
pub(crate) async fn insert_link(session: &mut Session, link: &LinkRow) -> Result<i64> {
    let columns = [
        "product_id",
        "sort_order",
        "number_of_downloads",
        "is_shareable",
        "link_url",
        "link_file",
        "link_type",
        "sample_url",
        "sample_file",
        "sample_type",
    ];
    let sql = dialect::insert_rows("downloadable_link", &columns, 1);
    let done = session
        .execute(
            &sql,
            params![
                link.product_id,
                link.sort_order,
                link.number_of_downloads,
                link.is_shareable,
                link.url.as_deref(),
                link.file.as_deref(),
                link.kind.as_deref(),
                link.sample_url.as_deref(),
                link.sample_file.as_deref(),
                link.sample_kind.as_deref(),
            ],
        )
        .await?;
    Ok(done.last_id)
}

/// Sets what a link's own row says.
pub(crate) async fn update_link(session: &mut Session, link: &LinkRow) -> Result<()> {
    let sql = "UPDATE {downloadable_link} SET sort_order = ?, number_of_downloads = ?, is_shareable = ?, \
               link_url = ?, link_file = ?, link_type = ?, sample_url = ?, sample_file = ?, sample_type = ? \
               WHERE link_id = ?";
    session
        .execute(
            sql,
            params![
                link.sort_order,
                link.number_of_downloads,
                link.is_shareable,
                link.url.as_deref(),
                link.file.as_deref(),
                link.kind.as_deref(),
                link.sample_url.as_deref(),
                link.sample_file.as_deref(),
                link.sample_kind.as_deref(),
                link.id,
            ],
        )
        .await?;
    Ok(())
}

/// Removes links with titles and prices.
pub(crate) async fn delete_links(session: &mut Session, ids: &[i64]) -> Result<()> {
    delete(session, "DELETE FROM {downloadable_link} WHERE link_id IN (", ids).await
}

async fn delete(session: &mut Session, sql: &str, ids: &[i64]) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    let sql = sql.to_owned() + &dialect::placeholders(ids.len()) + ")";
    let params: Vec<Param> = ids.iter().copied().map(Param::from).collect();
    session.execute(&sql, &params).await?;
    Ok(())
}

/// Sets the title of a link in a store view.
pub(crate) async fn save_link_title(
    session: &mut Session,
    id: i64,
    store_id: i64,
    title: Option<&str>,
) -> Result<()> {
    save_title(session, "downloadable_link_title", "link_id", id, store_id, title).await
}

async fn save_title(
    session: &mut Session,
    table: &str,
    key: &str,
    id: i64,
    store_id: i64,
    title: Option<&str>,
) -> Result<()> {
    let sql = dialect::upsert(
        session.engine(),
        table,
        &[key, "store_id", "title"],
        &[key, "store_id"],
        &["title"],
    );
    session.execute(&sql, params![id, store_id, title]).await?;
    Ok(())
}

/// Sets the price of a link in a website. Whether it had none there.
pub(crate) async fn save_price(
    session: &mut Session,
    id: i64,
    website_id: i64,
    price: Decimal,
) -> Result<bool> {
    let sql = "UPDATE {downloadable_link_price} SET price = ? WHERE link_id = ? AND website_id = ?";
    let done = session.execute(sql, params![price, id, website_id]).await?;
    if done.rows > 0 {
        return Ok(false);
    }
    insert_prices(session, id, &[(website_id, price)]).await?;
    Ok(true)
}

/// Adds prices of a link: pairs of website and price.
pub(crate) async fn insert_prices(session: &mut Session, id: i64, prices: &[(i64, Decimal)]) -> Result<()> {
    if prices.is_empty() {
        return Ok(());
    }
    let columns = ["link_id", "website_id", "price"];
    let sql = dialect::insert_rows("downloadable_link_price", &columns, prices.len());
    let params: Vec<Param> = prices
        .iter()
        .flat_map(|(website, price)| [Param::from(id), Param::from(*website), Param::from(*price)])
        .collect();
    session.execute(&sql, &params).await?;
    Ok(())
}

/// The websites that sell a product.
pub(crate) async fn websites(session: &mut Session, product_id: i64) -> Result<Vec<i64>> {
    let sql = "SELECT website_id FROM {catalog_product_website} WHERE product_id = ? ORDER BY website_id";
    Ok(session.fetch_all(sql, params![product_id]).await?)
}

/// What `downloadable_sample` says, with the title in a store view.
#[derive(Debug, Clone, Default)]
pub(crate) struct SampleRow {
    pub(crate) id: i64,
    pub(crate) product_id: i64,
    pub(crate) url: Option<String>,
    pub(crate) file: Option<String>,
    pub(crate) kind: Option<String>,
    pub(crate) sort_order: i64,
    pub(crate) title: Option<String>,
}

impl FromRow for SampleRow {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            product_id: row.get(1)?,
            url: row.get(2)?,
            file: row.get(3)?,
            kind: row.get(4)?,
            sort_order: row.get(5)?,
            title: row.get(6)?,
        })
    }
}

const SAMPLE: &str = "s.sample_id, s.product_id, s.sample_url, s.sample_file, s.sample_type, s.sort_order, \
                      COALESCE(own.title, def.title) AS title";

fn samples_with(condition: &str) -> String {
    let mut sql = format!("SELECT {SAMPLE} ");
    sql.push_str(
        "FROM {downloadable_sample} s \
         LEFT JOIN {downloadable_sample_title} def ON def.sample_id = s.sample_id AND def.store_id = 0 \
         LEFT JOIN {downloadable_sample_title} own ON own.sample_id = s.sample_id AND own.store_id = ? WHERE ",
    );
    sql.push_str(condition);
    sql
}

/// The samples of products in order, with titles of a store view.
pub(crate) async fn samples(
    session: &mut Session,
    products: &[i64],
    store_id: i64,
) -> Result<Vec<SampleRow>> {
    let list = dialect::placeholders(products.len());
    let condition = format!("s.product_id IN ({list}) ORDER BY s.product_id, s.sort_order, s.sample_id");
    let mut params = vec![Param::from(store_id)];
    params.extend(products.iter().copied().map(Param::from));
    Ok(session.fetch_all(&samples_with(&condition), &params).await?)
}

/// A sample.
pub(crate) async fn sample(session: &mut Session, id: i64) -> Result<Option<SampleRow>> {
    let sql = samples_with("s.sample_id = ?");
    Ok(session.fetch_optional(&sql, params![0_i64, id]).await?)
}

/// Adds a sample without its title; its id.
pub(crate) async fn insert_sample(session: &mut Session, row: &SampleRow) -> Result<i64> {
    let columns = [
        "product_id",
        "sample_url",
        "sample_file",
        "sample_type",
        "sort_order",
    ];
    let sql = dialect::insert_rows("downloadable_sample", &columns, 1);
    let (url, file, kind) = (row.url.as_deref(), row.file.as_deref(), row.kind.as_deref());
    let done = session
        .execute(&sql, params![row.product_id, url, file, kind, row.sort_order])
        .await?;
    Ok(done.last_id)
}

/// Sets what a sample's own row says.
pub(crate) async fn update_sample(session: &mut Session, row: &SampleRow) -> Result<()> {
    let sql = "UPDATE {downloadable_sample} SET sample_url = ?, sample_file = ?, sample_type = ?, \
               sort_order = ? WHERE sample_id = ?";
    let (url, file, kind) = (row.url.as_deref(), row.file.as_deref(), row.kind.as_deref());
    session
        .execute(sql, params![url, file, kind, row.sort_order, row.id])
        .await?;
    Ok(())
}

/// Sets the title of a sample in a store view.
pub(crate) async fn save_sample_title(
    session: &mut Session,
    id: i64,
    store_id: i64,
    title: Option<&str>,
) -> Result<()> {
    save_title(
        session,
        "downloadable_sample_title",
        "sample_id",
        id,
        store_id,
        title,
    )
    .await
}

/// Removes samples with titles.
pub(crate) async fn delete_samples(session: &mut Session, ids: &[i64]) -> Result<()> {
    delete(
        session,
        "DELETE FROM {downloadable_sample} WHERE sample_id IN (",
        ids,
    )
    .await
}
