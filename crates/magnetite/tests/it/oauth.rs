//! Integrations whose calls are signed with OAuth 1.0a (`spec/auth.md §3`).

use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::{Context as _, Result};
use rstest::rstest;
use testkit::client::Reply;
use testkit::oauth::Application;

use crate::support::{Home, PROTECTED, REFUSED, Site, now, soon};

/// Makes an integration on the command line.
fn application(site: &Site, arguments: &[&str]) -> Result<Application> {
    let made = site
        .installation
        .run(&[&["integration:create"], arguments].concat())?;
    assert!(made.status.success(), "{}", made.stderr);
    let value = |name: &str| {
        let line = made
            .stdout
            .lines()
            .find_map(|line| line.strip_prefix(&format!("{name}: ")));
        line.map(str::to_owned).context(name.to_owned())
    };
    Ok(Application {
        key: value("Consumer Key")?,
        secret: value("Consumer Secret")?,
        token: value("Access Token")?,
        token_secret: value("Access Token Secret")?,
    })
}

fn call(site: &Site, application: &Application, path: &str, nonce: &str, timestamp: i64) -> Result<Reply> {
    let url = format!("http://{}{path}", site.server.address());
    let header = application.authorization("GET", &url, nonce, timestamp)?;
    site.server.send("GET", path, &[("Authorization", &header)], None)
}

/// A nonce that no other call has.
fn nonce() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("nonce{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// The message of a refusal.
fn told(reply: &Reply) -> Result<(u16, String)> {
    Ok((
        reply.status,
        reply.json()?["message"].as_str().unwrap_or_default().to_owned(),
    ))
}

#[rstest]
fn signed_calls_have_the_rights_of_their_integration(
    #[values(Home::Sqlite, Home::Attached)] home: Home,
) -> Result<()> {
    let Some(site) = Site::shared(home)? else {
        return Ok(());
    };
    let full = application(site, &["erp"])?;
    let limited = application(site, &["shelf", "--resource", "Magento_Catalog::products"])?;
    let now = now()?;
    let query = "/rest/V1/products?searchCriteria%5BpageSize%5D=2&searchCriteria%5BcurrentPage%5D=1";
    soon("the integration's rights", || {
        Ok(call(site, &full, PROTECTED, &nonce(), now)?.status == 200)
    })?;
    assert_eq!(call(site, &full, query, "q", now)?.status, 200);
    soon("the other's rights", || {
        Ok(call(site, &limited, query, &nonce(), now)?.status == 200)
    })?;
    assert_eq!(call(site, &limited, PROTECTED, "p", now)?.parts(), REFUSED);
    let deleted = site.installation.run(&["integration:delete", "shelf"])?;
    assert!(deleted.status.success(), "{}", deleted.stderr);
    assert_eq!(
        told(&call(site, &limited, query, "r", now)?)?,
        (
            401,
            "A consumer having the specified key does not exist".to_owned()
        )
    );
    let listed = site.installation.run(&["integration:list"])?.stdout;
    assert!(
        listed.contains("\terp\tactive\t") && !listed.contains("shelf"),
        "{listed}"
    );
    Ok(())
}

#[rstest]
fn what_is_not_genuine_or_not_fresh_is_refused(
    #[values(Home::Sqlite, Home::Attached)] home: Home,
) -> Result<()> {
    let Some(site) = Site::shared(home)? else {
        return Ok(());
    };
    let application = application(site, &["refused"])?;
    let now = now()?;
    let message = |application: &Application, nonce: &str, timestamp: i64| {
        told(&call(site, application, PROTECTED, nonce, timestamp)?)
    };
    let refused = |text: &str| (401, text.to_owned());
    let invalid = refused("The signature is invalid. Verify and try again.");
    let bad_nonce = refused("An error occurred validating the nonce");
    let mut forged = application.clone();
    forged.token_secret = "x".repeat(32);
    assert_eq!(message(&forged, "once", now)?, invalid);
    // A forged request uses up no nonce: the genuine one still counts, and counts once.
    assert_ne!(message(&application, "once", now)?.1, invalid.1);
    let id = message(&application, "once", now)?;
    assert_eq!(
        id,
        refused("The nonce is already being used by the consumer with ID %1")
    );
    assert_eq!(message(&application, "later", now + 700)?, bad_nonce);
    assert_eq!(message(&application, "earlier", now - 8000)?, bad_nonce);
    assert_eq!(message(&application, &"n".repeat(33), now)?, bad_nonce);
    let mut unknown = application.clone();
    unknown.token = "y".repeat(32);
    assert_eq!(
        message(&unknown, "a", now)?,
        refused("Specified token does not exist")
    );
    let mut unknown = application.clone();
    unknown.key = "z".repeat(31);
    assert_eq!(
        message(&unknown, "b", now)?,
        refused("Consumer key is not the correct length")
    );
    Ok(())
}
