//! The document, compared with what Magento publishes for operations of the same shape
//! (`spec/openapi/admin-oss-2.4.7.yaml`: `GetV1TaxRatesSearch`, `PutV1ProductsSku`,
//! `GetV1InventoryAreproductssalable`). Descriptions are our own, and are left out of the comparison.

use contract::search::SearchCriteria;
use contract::{Cx, DataObject, Extension, Kind, Registry, operation};
use rstest::rstest;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::*;

/// A tax rate.
#[derive(Debug, Default, DataObject)]
#[data("tax-data-tax-rate-interface")]
struct TaxRate {
    /// Id.
    id: Option<i64>,
    /// Country.
    tax_country_id: String,
    /// Rate.
    rate: Decimal,
    /// Titles.
    titles: Option<Vec<TaxTitle>>,
    /// Extension.
    extension_attributes: Extension<TaxRateExtension>,
}

/// A title.
#[derive(Debug, Default, DataObject)]
#[data("tax-data-tax-rate-title-interface")]
struct TaxTitle {
    /// Store.
    store_id: String,
    #[data(required)]
    value: Option<String>,
}

/// Extension of tax rates.
#[derive(Debug, Default, DataObject)]
#[data("tax-data-tax-rate-extension-interface")]
struct TaxRateExtension {}

/// Tax rates found.
#[derive(Debug, Default, DataObject)]
#[data("tax-data-tax-rate-search-results-interface")]
struct TaxRates {
    /// Rates.
    items: Vec<TaxRate>,
    /// Criteria.
    search_criteria: SearchCriteria,
    /// Number.
    total_count: i64,
}

/// Contains itself.
#[derive(Debug, Default, DataObject)]
#[data("test-data-node-interface")]
struct Node_ {
    /// Name.
    name: String,
    /// Nodes below.
    children: Vec<Node_>,
    /// Numbers.
    numbers: Vec<i64>,
}

/// Finds tax rates.
#[operation("taxTaxRateRepositoryV1", "Tax rates.")]
#[route(GET "/V1/taxRates/search" => "Magento_Tax::manage_tax")]
async fn get_list(_: &mut Cx<'_>, search_criteria: SearchCriteria) -> Result<TaxRates> {
    Ok(TaxRates {
        search_criteria,
        ..TaxRates::default()
    })
}

/// Saves.
#[operation("taxTaxRateRepositoryV1")]
#[route(PUT "/V1/products/:sku" => "Magento_Catalog::products")]
#[route(POST "/V1/products" => "Magento_Catalog::products")]
async fn save(_: &mut Cx<'_>, product: TaxRate, save_options: Option<bool>) -> Result<TaxRate> {
    let _ = save_options;
    Ok(product)
}

/// Tells what can be sold.
#[operation("inventorySalesApiAreProductsSalableV1", "Stock.")]
#[route(GET "/V1/inventory/are-products-salable" => "anonymous")]
async fn execute(
    _: &mut Cx<'_>,
    skus: Vec<String>,
    stock_id: i64,
    mode: Option<Vec<String>>,
) -> Result<Vec<bool>> {
    let _ = (stock_id, mode);
    Ok(vec![true; skus.len()])
}

/// Takes a tree.
#[operation("testTreeV1", "Trees.")]
#[route(GET "/V1/tree/:rootId/below" => "self", force("customerId" = "%customer_id%"))]
#[route(DELETE "/V1/tree/:rootId/:leafId" => "self", force("customer_id" = "%customer_id%"))]
async fn prune(
    _: &mut Cx<'_>,
    /// The customer.
    customer_id: i64,
    /// A node.
    node: Node_,
    nodes: Option<Vec<Node_>>,
    /// The root.
    root_id: i64,
) -> Result<()> {
    let _ = (
        customer_id,
        node.name,
        node.children,
        node.numbers,
        nodes,
        root_id,
    );
    Ok(())
}

/// Has nothing to fill in.
#[operation("testTreeV1")]
#[route(PUT "/V1/tree/grow" => "anonymous")]
async fn grow(_: &mut Cx<'_>, by: Option<i64>) -> Result<()> {
    let _ = by;
    Ok(())
}

/// Adds a node.
#[operation("testTreeV1")]
#[route(POST "/V1/tree/plant" => "anonymous")]
async fn plant(_: &mut Cx<'_>, node: Node_) -> Result<bool> {
    let _ = node;
    Ok(true)
}

fn document(operations: &[&'static Operation]) -> Value {
    let location = Location {
        host: "shop.test",
        base_path: "/rest/default",
        scheme: "https",
    };
    serde_json::from_slice(&to_json(&swagger(operations, &location))).unwrap()
}

/// Without the descriptions of parameters and properties.
fn bare(mut value: Value) -> Value {
    match &mut value {
        Value::Array(items) => items.iter_mut().for_each(|item| *item = bare(item.take())),
        Value::Object(members) => {
            members.shift_remove("description");
            members
                .values_mut()
                .for_each(|member| *member = bare(member.take()));
        }
        _ => {}
    }
    value
}

fn names(value: &Value) -> Vec<&str> {
    let list = value.as_array().unwrap();
    list.iter().map(|entry| entry["name"].as_str().unwrap()).collect()
}

#[test]
fn a_search_is_spread_over_the_query() {
    let document = document(&[&GET_LIST]);
    let search = &document["paths"]["/V1/taxRates/search"]["get"];
    assert_eq!(
        bare(search["parameters"].clone()),
        json!([
            {"name": "searchCriteria[filterGroups][0][filters][0][field]", "in": "query", "type": "string"},
            {"name": "searchCriteria[filterGroups][0][filters][0][value]", "in": "query", "type": "string"},
            {"name": "searchCriteria[filterGroups][0][filters][0][conditionType]", "in": "query", "type": "string"},
            {"name": "searchCriteria[sortOrders][0][field]", "in": "query", "type": "string"},
            {"name": "searchCriteria[sortOrders][0][direction]", "in": "query", "type": "string"},
            {"name": "searchCriteria[pageSize]", "in": "query", "type": "integer"},
            {"name": "searchCriteria[currentPage]", "in": "query", "type": "integer"},
        ])
    );
    assert_eq!(search["operationId"], "GetV1TaxRatesSearch");
    assert_eq!(search["consumes"], json!(["application/json", "application/xml"]));
    assert_eq!(
        search["responses"],
        json!({
            "200": {"description": "200 Success.", "schema": {"$ref": "#/definitions/tax-data-tax-rate-search-results-interface"}},
            "400": {"description": "400 Bad Request", "schema": {"$ref": "#/definitions/error-response"}},
            "401": {"description": "401 Unauthorized", "schema": {"$ref": "#/definitions/error-response"}},
            "default": {"description": "Unexpected error", "schema": {"$ref": "#/definitions/error-response"}},
        })
    );
}

#[test]
fn a_body_has_the_name_of_its_operation_and_a_variable_is_described() {
    let document = document(&[&SAVE]);
    let body = |name: &str| {
        json!({"name": name, "in": "body", "schema": {
            "required": ["product"],
            "properties": {
                "product": {"$ref": "#/definitions/tax-data-tax-rate-interface"},
                "saveOptions": {"type": "boolean"},
            },
            "type": "object",
            "xml": {"name": "request"},
        }})
    };
    let put = &document["paths"]["/V1/products/{sku}"]["put"];
    assert_eq!(
        put["parameters"],
        json!([
            {"name": "sku", "in": "path", "type": "string", "required": true},
            body("PutV1ProductsSkuBody"),
        ])
    );
    assert_eq!(put["operationId"], "PutV1ProductsSku");
    let post = &document["paths"]["/V1/products"]["post"];
    assert_eq!(post["parameters"], json!([body("PostV1ProductsBody")]));
}

#[test]
fn lists_and_scalars_stand_in_the_query_as_they_are() {
    let document = document(&[&EXECUTE]);
    let get = &document["paths"]["/V1/inventory/are-products-salable"]["get"];
    assert_eq!(
        get["parameters"],
        json!([
            {"name": "skus", "in": "query", "type": "array", "items": {"type": "string"}, "required": true},
            {"name": "stockId", "in": "query", "type": "integer", "required": true},
            {"name": "mode", "in": "query", "type": "array", "items": {"type": "string"}, "required": false},
        ])
    );
    assert_eq!(get["operationId"], "GetV1InventoryAreproductssalable");
    assert_eq!(
        get["responses"]["200"]["schema"],
        json!({"type": "array", "items": {"type": "boolean"}})
    );
    // Nobody needs rights for it.
    assert_eq!(get["responses"].get("401"), None);
}

#[test]
fn an_object_that_contains_itself_is_entered_once() {
    let document = document(&[&PRUNE]);
    let below = &document["paths"]["/V1/tree/{rootId}/below"]["get"]["parameters"];
    assert_eq!(
        names(below),
        [
            "rootId",
            "node[name]",
            "node[numbers]",
            "nodes[0][name]",
            "nodes[0][numbers]"
        ]
    );
    assert_eq!(below[2]["type"], "array");
}

#[test]
fn variables_come_first_and_forced_parameters_never() {
    let document = document(&[&PRUNE]);
    let delete = &document["paths"]["/V1/tree/{rootId}/{leafId}"]["delete"]["parameters"];
    assert_eq!(names(delete)[..2], ["rootId", "leafId"]);
    assert_eq!(
        delete[0],
        json!({"name": "rootId", "in": "path", "type": "integer", "description": "The root.", "required": true})
    );
    assert!(!delete.to_string().contains("ustomer"));
}

#[test]
fn a_body_without_required_parameters_has_no_such_list() {
    let document = document(&[&GROW]);
    let put = &document["paths"]["/V1/tree/grow"]["put"];
    assert_eq!(put["parameters"][0]["schema"].get("required"), None);
    // It answers nothing.
    assert_eq!(put["responses"].get("200"), None);
    assert_eq!(put["responses"].get("400"), None);
}

#[test]
fn definitions_stand_in_the_order_in_which_they_are_met() {
    let document = document(&[&SAVE, &GET_LIST, &PLANT]);
    let keys: Vec<&String> = document["definitions"].as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        [
            "error-response",
            "error-errors",
            "error-errors-item",
            "error-parameters",
            "error-parameters-item",
            "tax-data-tax-rate-interface",
            "tax-data-tax-rate-title-interface",
            "tax-data-tax-rate-extension-interface",
            "framework-search-criteria-interface",
            "framework-search-filter-group",
            "framework-filter",
            "framework-sort-order",
            "tax-data-tax-rate-search-results-interface",
            "test-data-node-interface",
        ]
    );
}

#[test]
fn an_object_that_only_queries_spread_has_no_definition() {
    let document = document(&[&PRUNE]);
    assert_eq!(document["definitions"].get("test-data-node-interface"), None);
}

#[test]
fn definitions_list_properties_and_what_is_always_there() {
    let definitions = &document(&[&GET_LIST, &PLANT])["definitions"];
    assert_eq!(
        definitions["tax-data-tax-rate-interface"],
        json!({
            "type": "object",
            "description": "A tax rate.",
            "properties": {
                "id": {"type": "integer", "description": "Id."},
                "tax_country_id": {"type": "string", "description": "Country."},
                "rate": {"type": "number", "description": "Rate."},
                "titles": {
                    "type": "array",
                    "description": "Titles.",
                    "items": {"$ref": "#/definitions/tax-data-tax-rate-title-interface"},
                },
                "extension_attributes": {"$ref": "#/definitions/tax-data-tax-rate-extension-interface"},
            },
            "required": ["tax_country_id", "rate"],
        })
    );
    assert_eq!(
        definitions["tax-data-tax-rate-title-interface"]["required"],
        json!(["store_id", "value"])
    );
    assert_eq!(
        definitions["tax-data-tax-rate-extension-interface"],
        json!({"type": "object", "description": "Extension of tax rates."})
    );
    assert_eq!(
        definitions["test-data-node-interface"]["properties"]["children"]["items"]["$ref"],
        "#/definitions/test-data-node-interface"
    );
    for (name, required) in [
        ("framework-search-criteria-interface", json!(["filter_groups"])),
        ("framework-filter", json!(["field", "value"])),
        ("framework-sort-order", json!(["field", "direction"])),
        ("error-response", json!(["message"])),
    ] {
        assert_eq!(definitions[name]["required"], required, "{name}");
    }
    assert_eq!(definitions["framework-search-filter-group"].get("required"), None);
}

#[test]
fn the_document_says_where_it_is() {
    let document = document(&[&GET_LIST, &SAVE, &GROW]);
    assert_eq!(document["swagger"], "2.0");
    assert_eq!(
        document["info"],
        json!({"version": "2.4", "title": "Magento Community"})
    );
    assert_eq!(document["host"], "shop.test");
    assert_eq!(document["basePath"], "/rest/default");
    assert_eq!(document["schemes"], json!(["https"]));
    assert_eq!(
        document["tags"],
        json!([
            {"name": "taxTaxRateRepositoryV1", "description": "Tax rates."},
            {"name": "testTreeV1", "description": ""},
        ])
    );
}

#[test]
fn slashes_are_written_as_they_are() {
    let location = Location {
        host: "h",
        base_path: "/rest",
        scheme: "http",
    };
    let text = String::from_utf8(to_json(&swagger(&[&GET_LIST], &location))).unwrap();
    assert!(text.contains("\"/V1/taxRates/search\"") && !text.contains("\\/"));
}

fn selected(services: Option<&str>, allowed: &dyn Fn(&Route) -> bool) -> Result<Vec<&'static str>> {
    let registry = Registry::new(&[&[&GET_LIST, &SAVE, &PRUNE, &GROW]]).unwrap();
    let operations = select(&registry, services, allowed)?;
    Ok(operations.iter().map(|operation| operation.method).collect())
}

#[rstest]
#[case(None, &["getList", "save", "prune", "grow"])]
#[case(Some("all"), &["getList", "save", "prune", "grow"])]
#[case(Some("testTreeV1"), &["prune", "grow"])]
#[case(Some("testTreeV1,taxTaxRateRepositoryV1"), &["prune", "grow", "getList", "save"])]
#[case(Some("testTreeV1,testTreeV1"), &["prune", "grow"])]
fn services_are_selected_by_name(#[case] services: Option<&str>, #[case] expected: &[&str]) {
    assert_eq!(selected(services, &|_| true).unwrap(), expected);
}

#[test]
fn an_operation_is_shown_only_to_who_may_use_all_its_routes() {
    let methods = selected(None, &|route| {
        route.verb != contract::Verb::Post && route.resource != "self"
    })
    .unwrap();
    assert_eq!(methods, ["getList", "grow"]);
}

#[rstest]
#[case("")]
#[case("!!")]
#[case("testTree")]
#[case("testTreeV")]
#[case("V1x")]
#[case("testTreeV1,")]
#[case("test-treeV1")]
fn other_names_are_refused(#[case] services: &str) {
    let error = selected(Some(services), &|_| true).unwrap_err();
    assert_eq!(error.kind(), Kind::Invalid);
    assert_eq!(
        error.to_string(),
        "Incorrect format of request URI or Requested services are missing."
    );
}

#[test]
fn an_unknown_service_is_named() {
    let error = selected(Some("nosuchV1"), &|_| true).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Requested service is not available: \"nosuchV1\""
    );
}
