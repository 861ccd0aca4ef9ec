//! Calls that integrations sign with OAuth 1.0a (`spec/auth.md §3.3`).

use contract::Caller;
use contract::port::Head;
use db::Session;
use secrecy::ExposeSecret as _;

use crate::access::Identity;
use crate::error::Error;
use crate::repo::oauth::{self, Consumer, Token};
use crate::token::header::oauth::{OAuthError, Parameters, Purpose, check};
use crate::token::opaque;
use crate::token::signature::Signed;

/// How far a client's clock may be ahead, in seconds.
const AHEAD: i64 = 600;

/// How old a signed request may be, in seconds. Nonces are remembered longer, so that none can be sent again.
const BEHIND: i64 = 2 * 3600;

/// Longest nonce, as the column has it.
const NONCE: usize = 32;

/// Up to which time nonces need not be remembered.
pub(crate) fn forgettable(now: i64) -> i64 {
    now - BEHIND
}

impl Identity {
    /// The integration that signed a request, or a guest when nothing is signed or the integration is not active.
    /// The nonce is used up only by a request that is genuine.
    pub(crate) async fn signed_caller(
        &self,
        head: &Head<'_>,
        list: &str,
        now: i64,
        session: &mut Session,
    ) -> Result<Caller, Error> {
        let parameters = Parameters::parse(list);
        if parameters.is_empty() {
            return Ok(Caller::Guest);
        }
        check(&parameters, Purpose::Api)?;
        let consumer = self.consumer(&parameters, session).await?;
        let token = parameters.get("oauth_token").unwrap_or_default();
        let token = oauth::token(session, token)
            .await?
            .ok_or(OAuthError::UnknownToken)?;
        check_token(&token, &consumer)?;
        let signed = Signed {
            method: head.method,
            encrypted: head.encrypted,
            host: head.host,
            target: head.target,
            parameters: &parameters,
        };
        if !self.is_genuine(&signed, &consumer, &token) {
            return Err(OAuthError::Signature.into());
        }
        use_once(&parameters, &consumer, now, session).await?;
        Ok(consumer.integration_id.map_or(Caller::Guest, Caller::Integration))
    }

    async fn consumer(&self, parameters: &Parameters, session: &mut Session) -> Result<Consumer, Error> {
        let key = parameters.get("oauth_consumer_key").unwrap_or_default();
        if key.len() != opaque::LENGTH {
            return Err(OAuthError::ConsumerKeyLength.into());
        }
        let found = oauth::consumer(session, key).await?;
        found.ok_or_else(|| OAuthError::UnknownConsumer.into())
    }

    /// Secrets that cannot be decrypted sign nothing.
    fn is_genuine(&self, signed: &Signed<'_>, consumer: &Consumer, token: &Token) -> bool {
        let secrets = self.keys().decrypt(&consumer.secret).and_then(|consumer| {
            let token = self.keys().decrypt(&token.secret)?;
            Ok((consumer, token))
        });
        match secrets {
            Ok((consumer, token)) => signed.is_genuine(consumer.expose_secret(), token.expose_secret()),
            Err(error) => {
                tracing::warn!(%error, consumer = consumer.id, "the secrets of an integration cannot be read");
                false
            }
        }
    }
}

fn check_token(token: &Token, consumer: &Consumer) -> Result<(), OAuthError> {
    if token.consumer_id != Some(consumer.id) {
        return Err(OAuthError::ForeignToken);
    }
    if token.kind != "access" {
        return Err(OAuthError::NotAccessToken);
    }
    if token.revoked {
        return Err(OAuthError::Revoked);
    }
    Ok(())
}

/// Refuses a request that was made long ago, or for later, or that was answered before.
async fn use_once(
    parameters: &Parameters,
    consumer: &Consumer,
    now: i64,
    session: &mut Session,
) -> Result<(), Error> {
    let timestamp = parameters.get("oauth_timestamp").unwrap_or_default();
    let timestamp: i64 = timestamp.parse().map_err(|_| OAuthError::Nonce)?;
    let nonce = parameters.get("oauth_nonce").unwrap_or_default();
    if timestamp > now + AHEAD || timestamp < now - BEHIND || nonce.chars().count() > NONCE {
        return Err(OAuthError::Nonce.into());
    }
    let is_new = oauth::use_nonce(session, consumer.id, nonce, timestamp).await?;
    session.commit().await?;
    if !is_new {
        return Err(OAuthError::NonceUsed(consumer.id).into());
    }
    Ok(())
}
