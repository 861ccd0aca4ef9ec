//! The mails that accounts cause. They are sent when the call has committed, and never hold it up.

use std::sync::Arc;

use contract::port::Stores as _;
use contract::{Cx, Result, StoreScope};
use mail::{Letter, Mail, Person, Template};
use store::Scopes;

use super::reset;
use crate::repo::customer::CustomerRow;

/// Sends a text to a customer; `code` is the key or token of the link.
pub(crate) fn send(cx: &mut Cx<'_>, row: &CustomerRow, template: Template, code: &str) -> Result<()> {
    send_to(cx, row, &row.email, template, code)
}

/// Tells a customer, at the old address and at the new one, that it has changed.
pub(crate) fn email_changed(cx: &mut Cx<'_>, before: &CustomerRow, new: &str) -> Result<()> {
    send_to(cx, before, &before.email, Template::EmailChanged, "")?;
    send_to(cx, before, new, Template::EmailChanged, "")
}

fn send_to(cx: &mut Cx<'_>, row: &CustomerRow, email: &str, template: Template, code: &str) -> Result<()> {
    let scope = view_of(cx, row)?;
    let pages = store::base_urls(cx, &scope)?.link;
    let link = match template {
        Template::Welcome | Template::Confirmed => format!("{pages}customer/account/"),
        Template::WelcomeWithoutPassword | Template::Reset | Template::Reminder => {
            format!("{pages}customer/account/createPassword/?token={code}")
        }
        Template::Confirm => format!("{pages}customer/account/confirm/?id={}&key={code}", row.id),
        Template::PasswordChanged | Template::EmailChanged | Template::SecondFactor => String::new(),
    };
    let hours = match template {
        Template::WelcomeWithoutPassword | Template::Reset | Template::Reminder => reset::link_hours(cx),
        _ => 0,
    };
    let name = [&row.firstname, &row.lastname];
    let name: Vec<&str> = name.into_iter().flatten().map(String::as_str).collect();
    let letter = Letter {
        template,
        to: Person {
            name: name.join(" "),
            email: email.to_owned(),
        },
        from: sender(cx, &scope, template)?,
        store: store_name(cx, &scope)?,
        scope,
        link,
        code: code.to_owned(),
        hours,
    };
    let mail = cx.service::<Arc<Mail>>()?.clone();
    mail.after_commit(cx, &letter)
}

/// The store view whose mail it is: the customer's, or the default one of the website.
fn view_of(cx: &Cx<'_>, row: &CustomerRow) -> Result<StoreScope> {
    let scopes = cx.service::<Arc<Scopes>>()?;
    let own = row.store_id.filter(|id| *id != 0).and_then(|id| scopes.view(id));
    let of_website = || {
        let id = scopes.default_store(row.website_id?)?;
        scopes.view(id)
    };
    Ok(own.or_else(of_website).unwrap_or_else(|| scopes.default_scope()))
}

/// Who a mail comes from, as the configuration has it.
fn sender(cx: &Cx<'_>, scope: &StoreScope, template: Template) -> Result<mail::Identity> {
    let (path, default) = match template {
        Template::Welcome | Template::WelcomeWithoutPassword | Template::Confirm | Template::Confirmed => {
            ("customer/create_account/email_identity", "general")
        }
        _ => ("customer/password/forgot_email_identity", "support"),
    };
    let name = cx.service::<Arc<Scopes>>()?.config(path, scope);
    let name = name.filter(|name| !name.is_empty());
    Ok(mail::Identity(
        name.map_or_else(|| default.to_owned(), |name| name.to_string()),
    ))
}

/// What the store calls itself: the configured name, else that of the store group.
fn store_name(cx: &Cx<'_>, scope: &StoreScope) -> Result<String> {
    let scopes = cx.service::<Arc<Scopes>>()?;
    let configured = scopes.config("general/store_information/name", scope);
    if let Some(name) = configured.filter(|name| !name.trim().is_empty()) {
        return Ok(name.to_string());
    }
    Ok(scopes.group_name(scope.group_id).unwrap_or_default())
}
