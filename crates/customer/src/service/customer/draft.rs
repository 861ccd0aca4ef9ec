//! What a save writes into a customer's row.

use std::sync::Arc;

use contract::port::Stores as _;
use contract::{Cx, Error, Result, StoreScope};
use db::Param;
use store::Scopes;

use crate::data::customer::Customer;
use crate::repo::Kept;
use crate::repo::customer::CustomerRow;
use crate::service::entity;

/// Columns with their new values.
pub(super) type Columns = Vec<(&'static str, Param)>;

/// The largest number of an unsigned `smallint`; MySQL makes it of what is larger, as Magento lets it.
const SMALLINT: i64 = 65_535;

/// The value of a member that is an attribute, as its rules see it.
pub(crate) fn value(customer: &Customer, code: &str) -> Option<String> {
    let number = |id: Option<i64>| id.map(|id| id.to_string());
    match code {
        "website_id" => number(customer.website_id),
        "store_id" => number(customer.store_id),
        "created_in" => customer.created_in.clone(),
        "prefix" => customer.prefix.clone(),
        "firstname" => customer.firstname.clone(),
        "middlename" => customer.middlename.clone(),
        "lastname" => customer.lastname.clone(),
        "suffix" => customer.suffix.clone(),
        "email" => customer.email.clone(),
        "group_id" => number(customer.group_id),
        "dob" => customer.dob.clone(),
        "taxvat" => customer.taxvat.clone(),
        "gender" => number(customer.gender),
        "confirmation" | "password_hash" | "rp_token" | "rp_token_created_at" => None,
        _ => entity::given(&customer.custom_attributes, code),
    }
}

/// The website and the store view that a customer is to have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Home {
    pub(super) website_id: i64,
    pub(super) store: StoreScope,
}

impl Home {
    /// Those of a customer who has both.
    ///
    /// # Errors
    /// 404 for a website or a store view that is not there; Magento answers 500 where a foreign key refuses it.
    pub(super) fn of(cx: &Cx<'_>, website_id: i64, store_id: i64) -> Result<Self> {
        let scopes = cx.service::<Arc<Scopes>>()?;
        if website_id != 0 && scopes.website_name(website_id).is_none() {
            return Err(no_such_website(website_id));
        }
        let store = scopes.view(store_id);
        Ok(Self {
            website_id,
            store: store.ok_or_else(crate::service::group::no_such_store)?,
        })
    }

    /// Where a new account belongs: by its store view, else its website, else where the default store view is
    /// (`spec/scopes.md` fact 32).
    ///
    /// # Errors
    /// Magento's 404 for a website or store view that is not there, 400 when one is not in the other.
    pub(super) fn of_new(cx: &Cx<'_>, customer: &Customer) -> Result<Self> {
        let scopes = cx.service::<Arc<Scopes>>()?;
        let given = |id: Option<i64>| id.filter(|id| *id != 0);
        let store = match (given(customer.store_id), given(customer.website_id)) {
            (Some(store), _) => scopes.view(store),
            (None, Some(website)) => {
                if scopes.website_name(website).is_none() {
                    return Err(no_such_website(website));
                }
                scopes.default_store(website).and_then(|id| scopes.view(id))
            }
            (None, None) => Some(scopes.default_scope()),
        };
        let store = store.ok_or_else(crate::service::group::no_such_store)?;
        let website_id = given(customer.website_id).unwrap_or(store.website_id);
        let shared = crate::service::account::is_shared(cx);
        if !shared && store.website_id != website_id {
            return Err(Error::invalid("The store view is not in the associated website."));
        }
        Self::of(cx, website_id, store.store_id)
    }
}

fn no_such_website(id: i64) -> Error {
    // The id stands in the text, not in a parameter (golden `customer.create.bad-website`).
    Error::not_found(format!(
        "The website with id {id} that was requested wasn't found. Verify the website and try again."
    ))
}

/// The columns that a customer's members set; what is absent is left out.
pub(super) fn columns(cx: &mut Cx<'_>, customer: &Customer) -> Columns {
    let kept = Kept(cx.session().engine());
    let mut columns = Columns::new();
    let mut text = |column: &'static str, value: &Option<String>, length: usize| {
        if let Some(value) = value {
            columns.push((column, Param::from(kept.text(value, length))));
        }
    };
    text("email", &customer.email, 255);
    text("created_in", &customer.created_in, 255);
    text("prefix", &customer.prefix, 40);
    text("firstname", &customer.firstname, 255);
    text("middlename", &customer.middlename, 255);
    text("lastname", &customer.lastname, 255);
    text("suffix", &customer.suffix, 40);
    text("taxvat", &customer.taxvat, 50);
    if let Some(dob) = &customer.dob {
        let date = dob.get(..10).filter(|_| !dob.is_empty());
        columns.push(("dob", Param::from(date)));
    }
    let mut number = |column: &'static str, value: Option<i64>| {
        if let Some(value) = value {
            columns.push((column, Param::from(value.clamp(0, SMALLINT))));
        }
    };
    number("group_id", customer.group_id);
    number("gender", customer.gender);
    let flag = customer
        .disable_auto_group_change
        .map(|flag| i64::from(flag != 0));
    number("disable_auto_group_change", flag);
    let confirmation = customer.confirmation.as_deref().filter(|key| !key.is_empty());
    let confirmation = confirmation.map(|key| kept.text(key, 64));
    columns.push(("confirmation", Param::from(confirmation)));
    columns
}

/// What a change of the e-mail address takes with it: whoever reads the old one shall not reset the password.
pub(super) fn without_reset(customer: &Customer, before: &CustomerRow, columns: &mut Columns) {
    if customer
        .email
        .as_ref()
        .is_some_and(|email| *email != before.email)
    {
        columns.push(("rp_token", Param::Null));
        columns.push(("rp_token_created_at", Param::Null));
    }
}
