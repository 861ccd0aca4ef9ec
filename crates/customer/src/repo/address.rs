//! `customer_address_entity`.

use contract::Result;
use db::{FromRow, Param, Row, Session, dialect, params};

/// An address's own row.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct AddressRow {
    /// `entity_id`.
    pub(crate) id: i64,
    /// Number for people; Magento gives none.
    pub(crate) increment_id: Option<String>,
    /// Customer.
    pub(crate) customer_id: Option<i64>,
    /// UTC.
    pub(crate) created_at: String,
    /// UTC.
    pub(crate) updated_at: String,
    /// Whether it is in use.
    pub(crate) is_active: bool,
    /// City.
    pub(crate) city: String,
    /// Company.
    pub(crate) company: Option<String>,
    /// Country code.
    pub(crate) country_id: String,
    /// Fax.
    pub(crate) fax: Option<String>,
    /// First name.
    pub(crate) firstname: String,
    /// Last name.
    pub(crate) lastname: String,
    /// Middle name.
    pub(crate) middlename: Option<String>,
    /// Postcode.
    pub(crate) postcode: Option<String>,
    /// Prefix.
    pub(crate) prefix: Option<String>,
    /// Name of the region.
    pub(crate) region: Option<String>,
    /// Region of the directory.
    pub(crate) region_id: Option<i64>,
    /// Street, lines behind each other.
    pub(crate) street: String,
    /// Suffix.
    pub(crate) suffix: Option<String>,
    /// Telephone.
    pub(crate) telephone: String,
    /// VAT number.
    pub(crate) vat_id: Option<String>,
    /// Whether the VAT number is valid.
    pub(crate) vat_is_valid: Option<i64>,
    /// When the VAT number was checked.
    pub(crate) vat_request_date: Option<String>,
    /// The check's id.
    pub(crate) vat_request_id: Option<String>,
    /// Whether the check worked.
    pub(crate) vat_request_success: Option<i64>,
}

/// Names the row only: the rest is personal.
impl std::fmt::Debug for AddressRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "AddressRow({})", self.id)
    }
}

const COLUMNS: &[&str] = &[
    "entity_id",
    "increment_id",
    "parent_id",
    "created_at",
    "updated_at",
    "is_active",
    "city",
    "company",
    "country_id",
    "fax",
    "firstname",
    "lastname",
    "middlename",
    "postcode",
    "prefix",
    "region",
    "region_id",
    "street",
    "suffix",
    "telephone",
    "vat_id",
    "vat_is_valid",
    "vat_request_date",
    "vat_request_id",
    "vat_request_success",
];

impl FromRow for AddressRow {
    fn from_row(row: &Row<'_>) -> db::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            increment_id: row.get(1)?,
            customer_id: row.get(2)?,
            created_at: row.get(3)?,
            updated_at: row.get(4)?,
            is_active: row.get(5)?,
            city: row.get(6)?,
            company: row.get(7)?,
            country_id: row.get(8)?,
            fax: row.get(9)?,
            firstname: row.get(10)?,
            lastname: row.get(11)?,
            middlename: row.get(12)?,
            postcode: row.get(13)?,
            prefix: row.get(14)?,
            region: row.get(15)?,
            region_id: row.get(16)?,
            street: row.get(17)?,
            suffix: row.get(18)?,
            telephone: row.get(19)?,
            vat_id: row.get(20)?,
            vat_is_valid: row.get(21)?,
            vat_request_date: row.get(22)?,
            vat_request_id: row.get(23)?,
            vat_request_success: row.get(24)?,
        })
    }
}

impl AddressRow {
    /// Its values in the order of [`COLUMNS`].
    fn params(&self) -> [Param; COLUMNS.len()] {
        [
            Param::from(self.id),
            Param::from(self.increment_id.as_deref()),
            Param::from(self.customer_id),
            Param::from(self.created_at.as_str()),
            Param::from(self.updated_at.as_str()),
            Param::from(self.is_active),
            Param::from(self.city.as_str()),
            Param::from(self.company.as_deref()),
            Param::from(self.country_id.as_str()),
            Param::from(self.fax.as_deref()),
            Param::from(self.firstname.as_str()),
            Param::from(self.lastname.as_str()),
            Param::from(self.middlename.as_deref()),
            Param::from(self.postcode.as_deref()),
            Param::from(self.prefix.as_deref()),
            Param::from(self.region.as_deref()),
            Param::from(self.region_id),
            Param::from(self.street.as_str()),
            Param::from(self.suffix.as_deref()),
            Param::from(self.telephone.as_str()),
            Param::from(self.vat_id.as_deref()),
            Param::from(self.vat_is_valid),
            Param::from(self.vat_request_date.as_deref()),
            Param::from(self.vat_request_id.as_deref()),
            Param::from(self.vat_request_success),
        ]
    }
}

fn select(condition: &str) -> String {
    let mut sql = String::from("SELECT ");
    sql.push_str(&COLUMNS.join(", "));
    sql.push_str(" FROM {customer_address_entity} WHERE ");
    sql.push_str(condition);
    sql
}

/// The address with this id.
pub(crate) async fn by_id(session: &mut Session, id: i64) -> Result<Option<AddressRow>> {
    Ok(session
        .fetch_optional(&select("entity_id = ?"), params![id])
        .await?)
}

/// The addresses of customers, by id. One statement, none for no customer.
pub(crate) async fn of_customers(session: &mut Session, customers: &[i64]) -> Result<Vec<AddressRow>> {
    if customers.is_empty() {
        return Ok(Vec::new());
    }
    let condition = format!(
        "parent_id IN ({}) ORDER BY entity_id",
        dialect::placeholders(customers.len())
    );
    let params: Vec<Param> = customers.iter().copied().map(Param::from).collect();
    Ok(session.fetch_all(&select(&condition), &params).await?)
}

/// Writes addresses of a customer: those with an id again, the others new. At most two statements, and one to learn
/// the ids of the new ones, which are given back in order.
pub(crate) async fn save(session: &mut Session, customer_id: i64, rows: &[AddressRow]) -> Result<Vec<i64>> {
    let (known, new): (Vec<&AddressRow>, Vec<&AddressRow>) = rows.iter().partition(|row| row.id != 0);
    if !known.is_empty() {
        let sql = dialect::upsert_rows(
            session.engine(),
            "customer_address_entity",
            COLUMNS,
            &["entity_id"],
            &COLUMNS[1..],
            known.len(),
        );
        let params: Vec<Param> = known.iter().flat_map(|row| row.params()).collect();
        session.execute(&sql, &params).await?;
    }
    if new.is_empty() {
        return Ok(Vec::new());
    }
    let sql = dialect::insert_rows("customer_address_entity", &COLUMNS[1..], new.len());
    let params: Vec<Param> = new
        .iter()
        .flat_map(|row| row.params().into_iter().skip(1))
        .collect();
    session.execute(&sql, &params).await?;
    let sql = "SELECT entity_id FROM {customer_address_entity} WHERE parent_id = ? ORDER BY entity_id DESC";
    let mut ids: Vec<i64> = session.fetch_all(sql, params![customer_id]).await?;
    ids.truncate(new.len());
    ids.reverse();
    Ok(ids)
}

/// Deletes addresses; their values go with them.
pub(crate) async fn delete(session: &mut Session, ids: &[i64]) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    let sql = "DELETE FROM {customer_address_entity} WHERE entity_id IN (".to_owned()
        + &dialect::placeholders(ids.len())
        + ")";
    let params: Vec<Param> = ids.iter().copied().map(Param::from).collect();
    session.execute(&sql, &params).await?;
    Ok(())
}
