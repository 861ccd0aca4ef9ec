//! Rules for addresses (`spec/scopes.md` fact 33).

use std::collections::HashSet;
use std::sync::Arc;

use contract::error::{Detail, Parameters};
use contract::port::Stores as _;
use contract::{Cx, Error, Result, StoreScope, Value};
use directory::Region as Known;
use eav::metadata::EntityType;
use store::Scopes;

use crate::repo::address::AddressRow;
use crate::service::account;
use crate::service::attribute::{Overrides, View};
use crate::service::rules;

/// What addresses of a customer are measured by.
pub(super) struct Rules<'a> {
    pub(super) entity: &'a EntityType,
    /// The attributes as the call's website has them.
    pub(super) overrides: &'a Overrides,
    /// The regions of the countries named.
    pub(super) regions: &'a [Known],
    /// The countries that the customer's store view allows.
    pub(super) allowed: HashSet<String>,
    states: HashSet<String>,
    zips: HashSet<String>,
}

fn list(text: Option<Arc<str>>) -> HashSet<String> {
    let text = text.unwrap_or_default();
    text.split(',').map(str::to_owned).collect()
}

/// The countries that a customer of a store view may have addresses in: where accounts are shared by all websites, those
/// of any.
pub(crate) fn allowed_countries(cx: &Cx<'_>, store_id: i64) -> Result<HashSet<String>> {
    let scopes = cx.service::<Arc<Scopes>>()?;
    let allowed = |view: &StoreScope| list(scopes.config("general/country/allow", view));
    if !account::is_shared(cx) {
        return Ok(scopes
            .view(store_id)
            .map(|view| allowed(&view))
            .unwrap_or_default());
    }
    let views = scopes.view_ids().into_iter().filter_map(|id| scopes.view(id));
    Ok(views.flat_map(|view| allowed(&view)).collect())
}

impl<'a> Rules<'a> {
    pub(super) fn new(
        cx: &Cx<'_>,
        store_id: i64,
        entity: &'a EntityType,
        overrides: &'a Overrides,
        regions: &'a [Known],
    ) -> Result<Self> {
        Ok(Self {
            entity,
            overrides,
            regions,
            allowed: allowed_countries(cx, store_id)?,
            states: list(cx.config("general/region/state_required")),
            zips: list(cx.config("general/country/optional_zip_countries")),
        })
    }

    fn is_required(&self, code: &str) -> bool {
        let attribute = self.entity.attribute(code);
        attribute.is_some_and(|attribute| self.overrides.view(attribute).is_required())
    }

    /// Checks an address: names, places and numbers, then country and region, then the rules of attributes.
    ///
    /// # Errors
    /// Magento's 400.
    pub(super) async fn check(
        &self,
        cx: &mut Cx<'_>,
        row: &AddressRow,
        custom: impl Fn(&str) -> Option<String>,
    ) -> Result<()> {
        let mut wrong = self.missing(row);
        wrong.extend(self.place(row));
        if !wrong.is_empty() {
            return Err(Error::all(wrong));
        }
        let views: Vec<View<'_>> = self.overrides.all(self.entity);
        let value = |code: &str| value(row, code).or_else(|| custom(code));
        rules::refuse(&rules::check(cx, &views, value).await?)
    }

    /// What must be there and is not.
    fn missing(&self, row: &AddressRow) -> Vec<Detail> {
        let first_line = row.street.split('\n').next();
        let postcode = !self.zips.contains(&row.country_id);
        let asked = [
            ("firstname", true, Some(row.firstname.as_str())),
            ("lastname", true, Some(&row.lastname)),
            ("street", true, first_line),
            ("city", true, Some(&row.city)),
            ("telephone", self.is_required("telephone"), Some(&row.telephone)),
            ("fax", self.is_required("fax"), row.fax.as_deref()),
            ("company", self.is_required("company"), row.company.as_deref()),
            ("postcode", postcode, row.postcode.as_deref()),
        ];
        let missing = asked
            .into_iter()
            .filter(|(_, asked, text)| *asked && rules::is_blank(*text));
        missing.map(|(field, _, _)| required(field)).collect()
    }

    /// What is wrong with country and region.
    fn place(&self, row: &AddressRow) -> Option<Detail> {
        if rules::is_blank(Some(&row.country_id)) {
            return Some(required("countryId"));
        }
        if !self.allowed.contains(&row.country_id) {
            return Some(invalid("countryId", escaped(&row.country_id)));
        }
        let mut regions = self
            .regions
            .iter()
            .filter(|region| region.country_id == row.country_id)
            .peekable();
        let asked = self.states.contains(&row.country_id);
        let id = row.region_id.unwrap_or_default();
        if regions.peek().is_none() {
            return (asked && rules::is_blank(row.region.as_deref())).then(|| required("region"));
        }
        if id == 0 {
            return asked.then(|| required("regionId"));
        }
        (!regions.any(|region| region.id == id)).then(|| invalid("regionId", id.to_string()))
    }
}

/// The value of a column that is an attribute.
fn value(row: &AddressRow, code: &str) -> Option<String> {
    match code {
        "city" => Some(row.city.clone()),
        "company" => row.company.clone(),
        "country_id" => Some(row.country_id.clone()),
        "fax" => row.fax.clone(),
        "firstname" => Some(row.firstname.clone()),
        "lastname" => Some(row.lastname.clone()),
        "middlename" => row.middlename.clone(),
        "postcode" => row.postcode.clone(),
        "prefix" => row.prefix.clone(),
        "region" => row.region.clone(),
        "region_id" => row.region_id.map(|id| id.to_string()),
        "street" => Some(row.street.clone()),
        "suffix" => row.suffix.clone(),
        "telephone" => Some(row.telephone.clone()),
        "vat_id" => row.vat_id.clone(),
        _ => None,
    }
}

fn required(field: &'static str) -> Detail {
    Detail {
        message: "\"%fieldName\" is required. Enter and try again.".into(),
        parameters: Parameters::Named(vec![("fieldName".into(), Value::from(field))]),
    }
}

fn invalid(field: &'static str, value: String) -> Detail {
    Detail {
        message: "Invalid value of \"%value\" provided for the %fieldName field.".into(),
        parameters: Parameters::Named(vec![
            ("fieldName".into(), Value::from(field)),
            ("value".into(), Value::from(value)),
        ]),
    }
}

/// A text as it may stand in a page.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#039;"),
            c => out.push(c),
        }
    }
    out
}
