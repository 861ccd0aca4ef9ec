//! Every route of the build: who may use it, and what the others are told.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, Result};
use rstest::rstest;
use serde_json::Value;
use testkit::client::Reply;
use testkit::server::Server;
use testkit::shared;

use crate::support::{Home, Site, openapi, routes, soon};

/// Values of path variables that exist in a stock installation, for those for which `1` will not do.
const VARIABLES: [(&str, &str); 1] = [("countryId", "US")];

/// A line of the list of Magento's routes.
pub(crate) struct Line {
    services: Vec<String>,
    pub(crate) resources: String,
    opens: bool,
}

/// Magento's routes by verb and path.
pub(crate) fn lines() -> Result<Option<BTreeMap<(String, String), Line>>> {
    let Some(file) = shared("spec/routes.tsv") else {
        return Ok(None);
    };
    let text = std::fs::read_to_string(file)?;
    let mut rows = text.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let names = rows.next().context("no header")?;
    let column = |name: &str| {
        names
            .iter()
            .position(|known| *known == name)
            .context(name.to_owned())
    };
    let (method, url, resources) = (column("method")?, column("url")?, column("acl_resources")?);
    let (insecure, service) = (
        column("anonymous_if_allow_insecure")?,
        column("schema_service_name")?,
    );
    let mut lines = BTreeMap::new();
    for row in rows {
        let template = row[url]
            .split('/')
            .map(|segment| match segment.strip_prefix(':') {
                Some(name) => format!("{{{name}}}"),
                None => segment.to_owned(),
            });
        let route = (row[method].to_owned(), template.collect::<Vec<_>>().join("/"));
        // The one route that two modules declare has two services.
        let line = lines.entry(route).or_insert(Line {
            services: Vec::new(),
            resources: row[resources].to_owned(),
            opens: row[insecure] == "yes",
        });
        line.services.push(row[service].to_owned());
    }
    Ok(Some(lines))
}

/// Calls a route with values that exist, and with an empty body where there is one.
fn call(server: &Server, route: &(String, String), token: Option<&str>) -> Result<Reply> {
    call_in(server, "", route, token)
}

/// [`call`] in a store view; its code has a slash in front.
pub(crate) fn call_in(
    server: &Server,
    store: &str,
    (verb, template): &(String, String),
    token: Option<&str>,
) -> Result<Reply> {
    let segments = template.split('/').map(|segment| {
        let Some(name) = segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) else {
            return segment;
        };
        let known = VARIABLES.iter().find(|(variable, _)| *variable == name);
        known.map_or("1", |(_, value)| value)
    });
    let path = format!("/rest{store}{}", segments.collect::<Vec<_>>().join("/"));
    let bearer = token.map(|token| format!("Bearer {token}"));
    let mut headers = vec![("Content-Type", "application/json")];
    headers.extend(bearer.as_deref().map(|bearer| ("Authorization", bearer)));
    let body = (verb == "POST" || verb == "PUT").then_some("{}");
    server.send(verb, &path, &headers, body)
}

pub(crate) fn refusal(resources: &str) -> String {
    format!(
        r#"{{"message":"The consumer isn't authorized to access %resources.","parameters":{{"resources":"{resources}"}}}}"#
    )
}

#[test]
fn every_route_is_one_of_magentos() -> Result<()> {
    let Some(lines) = lines()? else { return Ok(()) };
    let installation = testkit::server::Installation::sqlite(crate::support::BINARY)?;
    let document = openapi(&installation)?;
    for route in routes(&installation)? {
        let line = lines
            .get(&route)
            .with_context(|| format!("{route:?} is not a route of Magento"))?;
        let operation = &document["paths"][&route.1][route.0.to_lowercase()];
        let service = operation["tags"][0].as_str().context("no tag")?.to_owned();
        assert!(
            line.services.contains(&service),
            "{route:?}: {service} is none of {:?}",
            line.services
        );
    }
    Ok(())
}

#[test]
fn every_resource_is_in_the_tree() -> Result<()> {
    let (Some(lines), Some(file)) = (lines()?, shared("spec/acl.json")) else {
        return Ok(());
    };
    let tree: Value = serde_json::from_str(&std::fs::read_to_string(file)?)?;
    let mut known = BTreeSet::new();
    ids(&tree, &mut known);
    assert!(known.len() > 200, "{} resources", known.len());
    let installation = testkit::server::Installation::sqlite(crate::support::BINARY)?;
    for route in routes(&installation)? {
        let resources = &lines[&route].resources;
        let special = resources == "anonymous" || resources == "self";
        assert!(
            special || known.contains(resources),
            "{route:?} needs {resources}, which is not in the tree"
        );
    }
    Ok(())
}

fn ids(node: &Value, known: &mut BTreeSet<String>) {
    match node {
        Value::Object(members) => {
            known.extend(members.get("id").and_then(Value::as_str).map(ToOwned::to_owned));
            members.values().for_each(|child| ids(child, known));
        }
        Value::Array(items) => items.iter().for_each(|child| ids(child, known)),
        _ => {}
    }
}

#[rstest]
fn every_route_asks_for_its_resource(#[values(Home::Sqlite, Home::Attached)] home: Home) -> Result<()> {
    let (Some(lines), Some(site)) = (lines()?, Site::shared(home)?) else {
        return Ok(());
    };
    let admin = site.admin_token()?;
    let roleless = site.mint(2, site.sql.add_user("route-roleless")?)?;
    let powerless = site.sql.add_user("route-powerless")?;
    site.sql
        .assign(powerless, "2", site.sql.add_role("Powerless", &[])?)?;
    let powerless = site.mint(2, powerless)?;
    let (customer, guest) = (site.mint(3, 1)?, site.mint(4, 1)?);
    let nobody = [
        None,
        Some("garbage"),
        Some(&roleless),
        Some(&powerless),
        Some(&customer),
        Some(&guest),
    ];
    let routes = routes(&site.installation)?;
    for route in &routes {
        let line = lines.get(route).with_context(|| format!("{route:?}"))?;
        for token in nobody {
            let reply = call(&site.server, route, token)?;
            if line.resources == "anonymous" {
                // Open to everybody is not the same as satisfied with an empty body.
                assert!(matches!(reply.status, 200 | 400 | 404), "{route:?}: {reply:?}");
            } else {
                let refusal = refusal(&line.resources);
                assert_eq!(reply.parts(), (401, refusal.as_str()), "{route:?} for {token:?}");
            }
        }
        // Whoever has the right gets as far as the values, which are hardly those of anything.
        let reply = call(&site.server, route, Some(&admin))?;
        assert!(matches!(reply.status, 200 | 400 | 404), "{route:?}: {reply:?}");
    }
    assert!(routes.len() >= 9, "{} routes", routes.len());
    Ok(())
}

#[rstest]
fn one_right_opens_its_routes_and_no_other(#[values(Home::Sqlite, Home::Attached)] home: Home) -> Result<()> {
    let (Some(lines), Some(site)) = (lines()?, Site::shared(home)?) else {
        return Ok(());
    };
    let user = site.sql.add_user("store-keeper")?;
    let role = site.sql.add_role("Store keepers", &["Magento_Backend::store"])?;
    site.sql.assign(user, "2", role)?;
    let token = site.mint(2, user)?;
    let allowed = |route: &(String, String)| -> Result<bool> {
        Ok(call(&site.server, route, Some(&token))?.status != 401)
    };
    let routes = routes(&site.installation)?;
    let store = routes
        .iter()
        .find(|route| lines[*route].resources == "Magento_Backend::store");
    let store = store.context("no route of the stores")?;
    soon("the new right", || allowed(store))?;
    for route in &routes {
        let resources = lines[route].resources.as_str();
        let expected = ["anonymous", "Magento_Backend::store"].contains(&resources);
        assert_eq!(allowed(route)?, expected, "{route:?}");
    }
    Ok(())
}

#[rstest]
fn allow_insecure_opens_the_listed_routes(#[values(Home::Sqlite, Home::Attached)] home: Home) -> Result<()> {
    let (Some(lines), Some(site)) = (lines()?, Site::start(home)?) else {
        return Ok(());
    };
    let routes = routes(&site.installation)?;
    let open = || -> Result<BTreeSet<&(String, String)>> {
        let mut open = BTreeSet::new();
        for route in &routes {
            if call(&site.server, route, None)?.status != 401 {
                open.insert(route);
            }
        }
        Ok(open)
    };
    let listed = |insecure: bool| -> BTreeSet<&(String, String)> {
        let routes = routes.iter();
        routes
            .filter(|route| lines[*route].resources == "anonymous" || insecure && lines[*route].opens)
            .collect()
    };
    let switch = "webapi/webapisecurity/allow_insecure";
    assert_eq!(open()?, listed(false));
    site.sql.configure("default", 0, switch, Some("1"))?;
    soon("the open routes", || Ok(open()? == listed(true)))?;
    assert!(
        listed(true).len() >= listed(false).len() + 4,
        "the four routes of the stores"
    );
    // A token that is no good is not looked at on an open route.
    let route = listed(true)
        .into_iter()
        .find(|route| lines[*route].opens && route.1 == "/V1/store/websites")
        .context("none")?;
    assert_eq!(call(&site.server, route, Some("garbage"))?.status, 200);
    site.sql.configure("default", 0, switch, Some("0"))?;
    soon("the closed routes", || Ok(open()? == listed(false)))
}
