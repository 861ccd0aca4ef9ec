//! What the plain token endpoint answers when a second factor is asked for (`spec/auth.md §4.2`).

use std::sync::Arc;

use contract::{BoxFuture, Cx, Result};
use identity::port::SecondFactor;
use mail::{Identity, Letter, Mail, Person, Template};

use super::steps::Held;
use crate::error::Error;
use crate::{TwoFactor, provider, tfat};

impl SecondFactor for TwoFactor {
    fn after_password<'a>(&'a self, cx: &'a mut Cx<'_>, user_id: i64) -> BoxFuture<'a, Result<()>> {
        Box::pin(self.answer(cx, user_id))
    }
}

impl TwoFactor {
    async fn answer(&self, cx: &mut Cx<'_>, user_id: i64) -> Result<()> {
        let Some(mut held) = Held::user(cx, user_id).await? else {
            return Err(Error::Locked.into());
        };
        let address = cx.origin().address;
        if self.exemptions.cover(&held.user.username, address) {
            cx.session().rollback().await?;
            tracing::info!(user = held.user.username, ?address, "exempt from a second factor");
            return Ok(());
        }
        let forced = provider::forced(cx);
        if forced.is_empty() {
            return Err(Error::NothingForced.into());
        }
        let forced: Vec<_> = forced.iter().map(|info| info.code).collect();
        let active: Vec<_> = forced
            .iter()
            .copied()
            .filter(|code| held.config.is_active(code))
            .collect();
        if active.len() == forced.len() {
            return Err(Error::UseProviders { active }.into());
        }
        if held.guard.take_mail(cx.now().as_second()) {
            self.invite(cx, &mut held).await?;
        }
        Err(Error::ConfigurationRequired { forced, active }.into())
    }

    /// Sends the mail with a new tfat. That it was sent stays, though the call fails.
    async fn invite(&self, cx: &mut Cx<'_>, held: &mut Held) -> Result<()> {
        let now = cx.now().as_second();
        let token = tfat::issue(&self.keys, held.user.id, now).ok_or(Error::MailFailed)?;
        let config = |path: &str| {
            let value = cx.default_config(path).filter(|value| !value.is_empty());
            value.map(|value| value.to_string())
        };
        let letter = Letter {
            template: Template::SecondFactor,
            to: Person {
                name: format!("{} {}", held.user.firstname, held.user.lastname),
                email: held.user.email.clone(),
            },
            from: Identity(
                config("admin/emails/forgot_email_identity").unwrap_or_else(|| "general".to_owned()),
            ),
            scope: cx.scope().clone(),
            store: config("general/store_information/name").unwrap_or_else(|| super::host(cx)),
            link: self.link(cx, &token),
            code: token,
            hours: 1,
        };
        if !cx.service::<Arc<Mail>>()?.send(cx, &letter)? {
            return Err(Error::MailFailed.into());
        }
        held.save(cx).await?;
        Ok(cx.session().commit().await?)
    }

    /// Where the user configures: the configured place, else the page of Magento's Admin.
    fn link(&self, cx: &Cx<'_>, token: &str) -> String {
        let place = cx.default_config("twofactorauth/general/webapi_notification_url");
        match place.as_deref() {
            Some(place) if !place.is_empty() => place.replace(":tfat", token),
            _ => format!(
                "{}{}/tfa/tfa/index/tfat/{token}",
                super::base_url(cx),
                self.admin_path
            ),
        }
    }
}
