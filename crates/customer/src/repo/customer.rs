//! `customer_entity`.

use contract::Result;
use db::{FromRow, Param, Row, Session, dialect, params};

/// A customer's own row.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct CustomerRow {
    /// `entity_id`.
    pub id: i64,
    /// Website.
    pub website_id: Option<i64>,
    /// E-mail address, as stored.
    pub email: String,
    /// Group.
    pub group_id: i64,
    /// Number for people; Magento gives none.
    pub increment_id: Option<String>,
    /// Store view.
    pub store_id: Option<i64>,
    /// UTC.
    pub created_at: String,
    /// UTC.
    pub updated_at: String,
    /// Whether they may log in.
    pub is_active: bool,
    /// Whether the group stays when the VAT number is checked.
    pub disable_auto_group_change: bool,
    /// Name of the store view in which the account was made.
    pub created_in: Option<String>,
    /// Prefix.
    pub prefix: Option<String>,
    /// First name.
    pub firstname: Option<String>,
    /// Middle name.
    pub middlename: Option<String>,
    /// Last name.
    pub lastname: Option<String>,
    /// Suffix.
    pub suffix: Option<String>,
    /// Date of birth, `YYYY-MM-DD`.
    pub dob: Option<String>,
    /// Password hash.
    pub password_hash: Option<String>,
    /// Token that resets the password, encrypted.
    pub rp_token: Option<String>,
    /// UTC.
    pub rp_token_created_at: Option<String>,
    /// Default billing address.
    pub default_billing: Option<i64>,
    /// Default shipping address.
    pub default_shipping: Option<i64>,
    /// Tax or VAT number.
    pub taxvat: Option<String>,
    /// Key that confirms the account; none once it is confirmed.
    pub confirmation: Option<String>,
    /// Gender: the id of an option.
    pub gender: Option<i64>,
    /// Failed log-ins.
    pub failures_num: i64,
    /// UTC.
    pub first_failure: Option<String>,
    /// UTC.
    pub lock_expires: Option<String>,
    /// Tokens made before are worth nothing; UTC.
    pub session_cutoff: Option<String>,
}

/// Names the row only: the rest is personal.
impl std::fmt::Debug for CustomerRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CustomerRow({})", self.id)
    }
}

/// The columns of [`CustomerRow`], in order.
pub(crate) const COLUMNS: &[&str] = &[
    "entity_id",
    "website_id",
    "email",
    "group_id",
    "increment_id",
    "store_id",
    "created_at",
    "updated_at",
    "is_active",
    "disable_auto_group_change",
    "created_in",
    "prefix",
    "firstname",
    "middlename",
    "lastname",
    "suffix",
    "dob",
    "password_hash",
    "rp_token",
    "rp_token_created_at",
    "default_billing",
    "default_shipping",
    "taxvat",
    "confirmation",
    "gender",
    "failures_num",
    "first_failure",
    "lock_expires",
    "session_cutoff",
];

impl FromRow for CustomerRow {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            website_id: row.get(1)?,
            email: row.get::<Option<String>>(2)?.unwrap_or_default(),
            group_id: row.get(3)?,
            increment_id: row.get(4)?,
            store_id: row.get(5)?,
            created_at: row.get(6)?,
            updated_at: row.get(7)?,
            is_active: row.get(8)?,
            disable_auto_group_change: row.get(9)?,
            created_in: row.get(10)?,
            prefix: row.get(11)?,
            firstname: row.get(12)?,
            middlename: row.get(13)?,
            lastname: row.get(14)?,
            suffix: row.get(15)?,
            dob: row.get(16)?,
            password_hash: row.get(17)?,
            rp_token: row.get(18)?,
            rp_token_created_at: row.get(19)?,
            default_billing: row.get(20)?,
            default_shipping: row.get(21)?,
            taxvat: row.get(22)?,
            confirmation: row.get(23)?,
            gender: row.get(24)?,
            failures_num: row.get::<Option<i64>>(25)?.unwrap_or_default(),
            first_failure: row.get(26)?,
            lock_expires: row.get(27)?,
            session_cutoff: row.get(28)?,
        })
    }
}

/// The beginning of a statement that reads [`CustomerRow`]s, up to `WHERE`; the alias is `e`.
pub(crate) fn select() -> String {
    let mut sql = String::from("SELECT ");
    for (at, column) in COLUMNS.iter().enumerate() {
        sql.push_str(if at == 0 { "e." } else { ", e." });
        sql.push_str(column);
    }
    sql.push_str(" FROM {customer_entity} e WHERE ");
    sql
}

/// The customer with this id.
pub(crate) async fn by_id(session: &mut Session, id: i64) -> Result<Option<CustomerRow>> {
    let sql = select() + "e.entity_id = ?";
    Ok(session.fetch_optional(&sql, params![id]).await?)
}

/// The customers with these ids, by id.
pub(crate) async fn by_ids(session: &mut Session, ids: &[i64]) -> Result<Vec<CustomerRow>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "{}e.entity_id IN ({}) ORDER BY e.entity_id",
        select(),
        dialect::placeholders(ids.len())
    );
    let params: Vec<Param> = ids.iter().copied().map(Param::from).collect();
    Ok(session.fetch_all(&sql, &params).await?)
}

/// The customer with this e-mail address on a website, or on any when none is given (accounts shared by all
/// websites); letter case, accents and trailing spaces do not matter, as for the column.
pub(crate) async fn by_email(
    session: &mut Session,
    email: &str,
    website_id: Option<i64>,
) -> Result<Option<CustomerRow>> {
    let mut sql = select() + "e.email = ?";
    let mut params = vec![Param::from(email)];
    if let Some(website_id) = website_id {
        sql.push_str(" AND e.website_id = ?");
        params.push(website_id.into());
    }
    sql.push_str(" ORDER BY e.entity_id LIMIT 1");
    Ok(session.fetch_optional(&sql, &params).await?)
}

/// Inserts a customer with these columns; the id.
pub(crate) async fn insert(session: &mut Session, values: &[(&'static str, Param)]) -> Result<i64> {
    let columns: Vec<&str> = values.iter().map(|(column, _)| *column).collect();
    let params: Vec<Param> = values.iter().map(|(_, value)| value.clone()).collect();
    let sql = dialect::insert_rows("customer_entity", &columns, 1);
    Ok(session.execute(&sql, &params).await?.last_id)
}

/// Sets columns of a customer. The database sets `updated_at` to the present when another column changes and it is
/// not among them, as in Magento.
pub(crate) async fn update(session: &mut Session, id: i64, values: &[(&'static str, Param)]) -> Result<()> {
    if values.is_empty() {
        return Ok(());
    }
    let mut sql = String::from("UPDATE {customer_entity} SET ");
    for (at, (column, _)) in values.iter().enumerate() {
        sql.push_str(if at == 0 { "" } else { ", " });
        sql.push_str(column);
        sql.push_str(" = ?");
    }
    sql.push_str(" WHERE entity_id = ?");
    let mut params: Vec<Param> = values.iter().map(|(_, value)| value.clone()).collect();
    params.push(id.into());
    session.execute(&sql, &params).await?;
    Ok(())
}

/// Deletes a customer; what belongs to it goes with it by foreign keys.
pub(crate) async fn delete(session: &mut Session, id: i64) -> Result<()> {
    let sql = "DELETE FROM {customer_entity} WHERE entity_id = ?";
    session.execute(sql, params![id]).await?;
    Ok(())
}

/// The greatest id, 0 when there is none.
pub(crate) async fn last_id(session: &mut Session) -> Result<i64> {
    let sql = "SELECT COALESCE(MAX(entity_id), 0) FROM {customer_entity}";
    Ok(session.fetch_one(sql, params![]).await?)
}
