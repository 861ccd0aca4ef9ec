//! Giving and voiding tokens (`spec/auth.md §2.6`).

use std::sync::Arc;

use contract::{Cx, Result};

use super::attempt::UserKind;
use crate::access::Identity;
use crate::repo::revocation;
use crate::token::jwt::lifetime_minutes;

/// How far a token may be dated ahead of the clock, in seconds.
const AHEAD: i64 = 60;

/// A new token for a user; it lives as long as the configuration says.
///
/// Revoking voids whatever was issued up to the present second, so a token that follows in the same second is
/// dated one second later: Magento's would be void from the start.
///
/// # Errors
/// The database cannot be read, or signing fails.
pub async fn issue_user_token(cx: &mut Cx<'_>, kind: UserKind, user_id: i64) -> Result<String> {
    let identity = cx.service::<Arc<Identity>>()?.clone();
    let now = cx.now().as_second();
    let revoked = revocation::before(cx.session(), kind.in_tokens(), user_id).await?;
    let issued = match revoked {
        Some(before) if (now..now + AHEAD).contains(&before) => before + 1,
        _ => now,
    };
    let minutes = lifetime_minutes(cx.default_config(kind.lifetime()).as_deref());
    Ok(identity.sign(user_id, kind.in_tokens(), issued, minutes)?)
}

/// Voids all tokens that a user was given so far, the opaque ones too.
///
/// # Errors
/// The database refuses.
pub async fn revoke_user_tokens(cx: &mut Cx<'_>, kind: UserKind, user_id: i64) -> Result<()> {
    cx.session().begin().await?;
    let now = cx.now().as_second();
    let revoked = revocation::before(cx.session(), kind.in_tokens(), user_id).await?;
    let before = match revoked {
        // Tokens may be dated after the last revocation of this second.
        Some(last) if (now..now + AHEAD).contains(&last) => last + 1,
        _ => now,
    };
    revocation::revoke(cx.session(), kind.in_tokens(), user_id, before).await?;
    if kind == UserKind::Customer {
        return Ok(revocation::forget_opaque_of_customer(cx.session(), user_id).await?);
    }
    // Those of administrators are in memory.
    let identity = cx.service::<Arc<Identity>>()?.clone();
    cx.after_commit(identity);
    Ok(())
}
