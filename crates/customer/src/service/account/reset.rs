//! A new password without the old one, by a link that is mailed.

use std::net::IpAddr;
use std::sync::Arc;

use contract::{Cx, Error, Result, operation};
use db::Param;
use identity::Identity;
use mail::Template;
use secrecy::ExposeSecret as _;
use wire::php::{self, Numeric};

use super::confirm::same;
use super::{by_email, letters, password, rules};
use crate::clock;
use crate::repo;
use crate::repo::customer::CustomerRow;
use crate::service::customer::find;

/// The span in which requests are counted, in seconds.
const SPAN: i64 = 3600;

/// Send an email to the customer with a password reset link.
#[operation("customerAccountManagementV1")]
#[route(PUT "/V1/customers/password" => "anonymous")]
pub(crate) async fn initiate_password_reset(
    cx: &mut Cx<'_>,
    email: String,
    template: String,
    website_id: Option<i64>,
) -> Result<bool> {
    let row = match website_id {
        // In `all` no website is meant by leaving it out, and none has customers.
        None if cx.scope().website_id == 0 => by_email(cx, &email, Some(0)).await?,
        website => by_email(cx, &email, website).await?,
    };
    let text = match template.as_str() {
        "email_reset" => Template::Reset,
        "email_reminder" => Template::Reminder,
        other => {
            let text = "Invalid value of \"%value\" provided for the %fieldName field. Possible values: %template1 \
                        or %template2.";
            return Err(Error::invalid(text)
                .with("value", other)
                .with("fieldName", "template")
                .with("template1", "email_reminder")
                .with("template2", "email_reset"));
        }
    };
    limit(cx, &row).await?;
    let token = new_link(cx, row.id).await?;
    letters::send(cx, &row, text, &token)?;
    Ok(true)
}

/// Records the request, unless there were too many for this account lately: by the limits of Magento's storefront
/// (`customer/password/*`), which its web API does not apply. The client's address is kept but not counted: a shop in
/// front of the API asks for all of its customers.
async fn limit(cx: &mut Cx<'_>, row: &CustomerRow) -> Result<()> {
    let config = |name: &str| cx.default_config(&format!("customer/password/{name}"));
    let by_account = matches!(
        config("password_reset_protection_type").as_deref(),
        Some("1" | "3")
    );
    if !by_account {
        return Ok(());
    }
    let most = number(config("max_number_password_reset_requests").as_deref());
    let pause = number(config("min_time_between_password_reset_requests").as_deref()).saturating_mul(60);
    let now = cx.now();
    let session = cx.session();
    session.begin().await?;
    let oldest = clock::text_before(now, SPAN.max(pause));
    repo::reset_request::clean_up(session, &row.email, &oldest).await?;
    let hour = clock::text_before(now, SPAN);
    let (requests, _) = repo::reset_request::since(session, &row.email, &hour).await?;
    let (_, last) = repo::reset_request::since(session, &row.email, &oldest).await?;
    let last = last.and_then(|text| clock::seconds(&text));
    let too_soon = last.is_some_and(|last| now.as_second() - last < pause);
    if most > 0 && requests >= most || too_soon {
        let contact = cx.config("trans_email/ident_support/email").unwrap_or_default();
        return Err(Error::invalid(
            "We received too many requests for password resets. Please wait and try again later or contact %1.",
        )
        .with_next(&*contact));
    }
    let address = match cx.origin().address {
        Some(IpAddr::V4(address)) => address.to_string(),
        // The column is too short for others.
        _ => String::new(),
    };
    let now = cx.now_text();
    repo::reset_request::record(cx.session(), &row.email, &address, &now).await
}

/// A number of the configuration, 0 for what is none.
fn number(text: Option<&str>) -> i64 {
    match text.and_then(php::numeric) {
        Some(Numeric::Int(number)) => number.clamp(0, i64::from(i32::MAX)),
        // `as` saturates.
        Some(Numeric::Float(number)) if number.is_finite() => (number as i64).clamp(0, i64::from(i32::MAX)),
        Some(Numeric::Float(_)) | None => 0,
    }
}

/// Gives the customer a new token for a link; an older one works no more.
async fn new_link(cx: &mut Cx<'_>, customer_id: i64) -> Result<String> {
    let (token, columns) = link(cx)?;
    let mut values: Vec<(&'static str, Param)> = columns.into();
    values.push(("updated_at", cx.now_text().into()));
    repo::customer::update(cx.session(), customer_id, &values).await?;
    Ok(token)
}

/// A new token for a link, and the columns that keep it, encrypted.
pub(super) fn link(cx: &Cx<'_>) -> Result<(String, [(&'static str, Param); 2])> {
    let token = random_key(cx);
    let mut nonce = [0; 12];
    cx.random(&mut nonce);
    let identity = cx.service::<Arc<Identity>>()?;
    let stored = identity.keys().encrypt(&token, nonce).map_err(Error::internal)?;
    let now = cx.now_text();
    let columns = [("rp_token", stored.into()), ("rp_token_created_at", now.into())];
    Ok((token, columns))
}

/// A key that nobody can guess.
pub(super) fn random_key(cx: &Cx<'_>) -> String {
    identity::token::opaque::generate(&mut |bytes| cx.random(bytes))
}

/// Hours for which a link works.
pub(super) fn link_hours(cx: &Cx<'_>) -> i64 {
    number(
        cx.default_config("customer/password/reset_link_expiration_period")
            .as_deref(),
    )
}

/// Check if password reset token is valid.
#[operation("customerAccountManagementV1")]
#[route(GET "/V1/customers/:customerId/password/resetLinkToken/:resetPasswordLinkToken" => "anonymous")]
pub(crate) async fn validate_reset_password_link_token(
    cx: &mut Cx<'_>,
    customer_id: i64,
    reset_password_link_token: String,
) -> Result<bool> {
    if customer_id <= 0 {
        return Err(
            Error::invalid("Invalid value of \"%value\" provided for the %fieldName field.")
                .with("value", customer_id)
                .with("fieldName", "customerId"),
        );
    }
    if reset_password_link_token.is_empty() {
        return Err(Error::required(["resetPasswordLinkToken"]));
    }
    let row = find(cx, customer_id).await?;
    check_link(cx, &row, &reset_password_link_token)?;
    Ok(true)
}

/// Reset customer password.
#[operation("customerAccountManagementV1")]
#[route(POST "/V1/customers/resetPassword" => "anonymous")]
pub(crate) async fn reset_password(
    cx: &mut Cx<'_>,
    email: String,
    reset_token: String,
    new_password: String,
) -> Result<bool> {
    if email.is_empty() {
        return Err(Error::required(["email"]));
    }
    let row = by_email(cx, &email, None).await?;
    if reset_token.is_empty() {
        return Err(Error::required(["resetPasswordLinkToken"]));
    }
    check_link(cx, &row, &reset_token)?;
    rules::check_differs(&row.email, &new_password)?;
    rules::check_strength(cx, &new_password)?;
    // Hashing waits for its turn: nobody else waits for our connection meanwhile.
    cx.session().release();
    let unlocked: [(&'static str, Param); 3] = [
        ("failures_num", 0.into()),
        ("first_failure", None::<String>.into()),
        ("lock_expires", None::<String>.into()),
    ];
    password::set(cx, &row, new_password, &unlocked).await?;
    Ok(true)
}

/// The token is that of the last link, and not too old.
fn check_link(cx: &Cx<'_>, row: &CustomerRow, token: &str) -> Result<()> {
    let identity = cx.service::<Arc<Identity>>()?;
    // One that cannot be decrypted is none, as after a change of the key.
    let stored = row.rp_token.as_deref();
    let stored = stored.and_then(|text| identity.keys().decrypt(text).ok());
    let matches = stored.is_some_and(|stored| {
        let stored = stored.expose_secret();
        !stored.is_empty() && same(stored, token)
    });
    if !matches {
        return Err(Error::invalid(
            "The password token is mismatched. Reset and try again.",
        ));
    }
    let made = row.rp_token_created_at.as_deref().and_then(clock::seconds);
    let now = cx.now().as_second();
    let fresh = made.is_some_and(|made| made <= now && (now - made) / 3600 < link_hours(cx));
    if !fresh {
        return Err(Error::invalid(
            "The password token is expired. Reset and try again.",
        ));
    }
    Ok(())
}
