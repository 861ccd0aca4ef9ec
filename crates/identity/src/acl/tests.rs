use std::io::Read as _;
use std::path::Path;

use super::*;

fn group(id: i64) -> RoleRow {
    RoleRow {
        id: RoleId(id),
        parent: RoleId(0),
        kind: RoleKind::Group,
        user_id: 0,
        user_type: 2,
    }
}

fn user(id: i64, parent: i64, user_id: i64, user_type: i64) -> RoleRow {
    RoleRow {
        id: RoleId(id),
        parent: RoleId(parent),
        kind: RoleKind::User,
        user_id,
        user_type,
    }
}

fn rule(role: i64, resource: &str, allow: bool) -> RuleRow {
    RuleRow {
        role: RoleId(role),
        resource: resource.to_owned(),
        allow,
    }
}

/// The roles and rules of the recorded installation, with its integration.
fn recorded() -> Acl {
    let roles = [
        group(1),
        user(2, 1, 1, 2),
        user(3, 1, 2, 2),
        user(4, 7, 3, 2),
        group(7),
        user(8, 0, 1, 1),
    ];
    let rules = [
        rule(1, "Magento_Backend::all", true),
        rule(7, "Magento_Backend::admin", true),
        rule(7, "Magento_Catalog::catalog", true),
        rule(7, "Magento_Catalog::catalog_inventory", true),
        rule(7, "Magento_Catalog::products", true),
        rule(7, "Magento_Sales::sales", false),
        rule(7, "Magento_Catalog::categories", false),
        rule(7, "Magento_Backend::all", false),
        rule(8, "Magento_Backend::all", true),
    ];
    Acl::compile(&roles, &rules)
}

#[test]
fn full_access_covers_every_resource_and_unknown_ids() {
    let acl = recorded();
    for role in [acl.role_of(1, 2).unwrap(), acl.role_of(1, 1).unwrap()] {
        assert!(resources().iter().all(|resource| acl.allows(role, resource.id)));
        assert!(acl.allows(role, "self"));
        assert!(acl.allows(role, "Vendor_Module::anything"));
        assert!(acl.allows_everything(role));
    }
}

#[test]
fn the_catalog_role_has_what_was_recorded() {
    let acl = recorded();
    let role = acl.role_of(3, 2).unwrap();
    assert_eq!(role, RoleId(4));
    for id in [
        "Magento_Backend::admin",
        "Magento_Catalog::catalog",
        "Magento_Catalog::products",
    ] {
        assert!(acl.allows(role, id), "{id}");
    }
    let denied = [
        "Magento_Backend::all",
        "Magento_Sales::actions_view",
        "Magento_Sales::sales",
        "Magento_Catalog::categories",
        "Magento_Customer::manage",
        "Magento_Backend::store",
        "self",
    ];
    for id in denied {
        assert!(!acl.allows(role, id), "{id}");
    }
}

#[test]
fn a_user_without_a_row_has_no_role() {
    let acl = recorded();
    assert_eq!(acl.role_of(5, 2), None);
    assert_eq!(acl.role_of(3, 1), None);
    assert!(!acl.allows(RoleId(99), "Magento_Backend::admin"));
}

#[test]
fn without_any_deny_a_resource_inherits_from_the_one_above() {
    let rules = [rule(1, "Magento_Catalog::catalog", true)];
    let acl = Acl::compile(&[group(1), user(2, 1, 1, 2)], &rules);
    assert!(acl.allows(RoleId(2), "Magento_Catalog::products"));
    assert!(!acl.allows(RoleId(2), "Magento_Backend::admin"));
    assert!(!acl.allows(RoleId(2), "Magento_Sales::sales"));
}

#[test]
fn a_deny_closes_what_no_rule_of_any_role_mentions() {
    let roles = [group(1), group(2), user(3, 1, 1, 2)];
    let mut rules = vec![
        rule(1, "Magento_Catalog::catalog", true),
        rule(1, "Magento_Sales::sales", false),
    ];
    let acl = Acl::compile(&roles, &rules);
    assert!(!acl.allows(RoleId(3), "Magento_Catalog::products"));
    // Another role naming the ids in between opens the way for inheritance again.
    rules.push(rule(2, "Magento_Catalog::catalog_inventory", false));
    rules.push(rule(2, "Magento_Catalog::products", false));
    let acl = Acl::compile(&roles, &rules);
    assert!(acl.allows(RoleId(3), "Magento_Catalog::products"));
    assert!(!acl.allows(RoleId(2), "Magento_Catalog::products"));
}

#[test]
fn a_users_own_rule_goes_before_that_of_the_group() {
    let rules = [
        rule(1, "Magento_Catalog::products", true),
        rule(2, "Magento_Catalog::products", false),
    ];
    let acl = Acl::compile(&[group(1), user(2, 1, 1, 2)], &rules);
    assert!(acl.allows(RoleId(1), "Magento_Catalog::products"));
    assert!(!acl.allows(RoleId(2), "Magento_Catalog::products"));
}

#[test]
fn the_later_of_two_rules_wins() {
    let rules = [
        rule(1, "Magento_Catalog::products", false),
        rule(1, "Magento_Catalog::products", true),
    ];
    let acl = Acl::compile(&[group(1)], &rules);
    assert!(acl.allows(RoleId(1), "Magento_Catalog::products"));
}

#[test]
fn rules_on_unknown_resources_do_not_count_as_a_deny() {
    let rules = [
        rule(1, "Magento_Catalog::catalog", true),
        rule(1, "Vendor_Module::x", false),
    ];
    let acl = Acl::compile(&[group(1)], &rules);
    assert!(acl.allows(RoleId(1), "Magento_Catalog::products"));
}

#[test]
fn roles_in_a_circle_end() {
    let mut one = group(1);
    one.parent = RoleId(2);
    let mut two = group(2);
    two.parent = RoleId(1);
    let acl = Acl::compile(&[one, two], &[rule(2, "Magento_Catalog::products", true)]);
    assert!(acl.allows(RoleId(1), "Magento_Catalog::products"));
}

/// Asks the rules what a recorded call was answered.
#[test]
fn the_recorded_answers_for_the_catalog_role_agree() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let (Ok(golden), Ok(routes)) = (
        std::fs::File::open(shared.join("goldens/auth.jsonl.gz")),
        std::fs::read_to_string(shared.join("spec/routes.tsv")),
    ) else {
        testkit::skip("../shared is not here");
        return;
    };
    let mut text = String::new();
    flate2::read::GzDecoder::new(golden)
        .read_to_string(&mut text)
        .unwrap();
    let acl = recorded();
    let role = acl.role_of(3, 2).unwrap();
    let mut compared = 0;
    for line in text.lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let name = row["name"].as_str().unwrap();
        let Some(status) = row["response"]["status"]
            .as_u64()
            .filter(|_| name.starts_with("auth.restricted."))
        else {
            continue;
        };
        let request = &row["request"];
        let path = request["path"].as_str().unwrap();
        let Some(resource) = route_resource(&routes, request["method"].as_str().unwrap(), path) else {
            assert_eq!(status, 404, "{name}");
            continue;
        };
        let allowed = resource == "anonymous" || acl.allows(role, resource);
        assert_eq!(if allowed { 200 } else { 401 }, status, "{name}: {resource}");
        compared += 1;
    }
    assert!(compared >= 3);
}

/// The resource of the route without parameters that `path` names.
fn route_resource<'a>(routes: &'a str, method: &str, path: &str) -> Option<&'a str> {
    let path = path.strip_prefix("/rest")?.split('?').next()?;
    routes
        .lines()
        .map(|line| line.split('\t').collect::<Vec<_>>())
        .find_map(|columns| (columns[0] == method && columns[1] == path).then(|| columns[4]))
}
