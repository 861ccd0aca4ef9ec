//! What of a product only some may see.

use anyhow::Result;
use rstest::rstest;
use serde_json::json;

use crate::support::{Home, SECRET, Site, soon};

#[rstest]
fn stock_is_shown_to_those_who_may_see_it(#[values(Home::Sqlite, Home::Attached)] home: Home) -> Result<()> {
    let Some(site) = Site::shared(home)? else {
        return Ok(());
    };
    let admin = site.admin_token()?;
    let product = json!({"product": {"sku": "seen", "name": "Seen", "price": 1, "attribute_set_id": 4}});
    let made = site.server.post("/rest/V1/products", &product, Some(&admin))?;
    assert_eq!(made.status, 200, "{}", made.body);
    let shelf = site.sql.add_role("shelf", &["Magento_Catalog::products"])?;
    let user = site.sql.add_user("shelf-user")?;
    site.sql.assign(user, "2", shelf)?;
    let token = site.server.admin_token("shelf-user", SECRET)?;
    let seen = |token: &str| site.server.get("/rest/V1/products/seen", Some(token));
    soon("the right to read products", || Ok(seen(&token)?.status == 200))?;
    let shown = |token: &str| -> Result<bool> {
        let extension = seen(token)?.json()?["extension_attributes"].take();
        Ok(extension.get("stock_item").is_some())
    };
    assert!(shown(&admin)?);
    assert!(!shown(&token)?);
    Ok(())
}
