use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::cx::Cx;
use crate::error::Result;
use crate::{Forced, operation};

macro_rules! operations {
    ($($name:ident $upper:ident: $($verb:ident $path:literal),+;)*) => {
        $(
            /// For its routes.
            #[operation("testV1")]
            $(#[route($verb $path => "anonymous")])+
            async fn $name(_: &mut Cx<'_>) -> Result<()> {
                Ok(())
            }
        )*
        fn registry() -> Registry {
            Registry::new(&[&[$(&$upper),*]]).unwrap()
        }
    };
}

operations! {
    cart CART: GET "/V1/carts/:cartId", PUT "/V1/carts/:cartId";
    my_cart MY_CART: GET "/V1/carts/mine";
    cart_item CART_ITEM: GET "/V1/carts/:cartId/items/:itemId";
    my_items MY_ITEMS: GET "/V1/carts/mine/items";
    other_items OTHER_ITEMS: GET "/V1/carts/:quoteId/items";
    back_one BACK_ONE: GET "/V1/back/one/:a/end";
    back_two BACK_TWO: GET "/V1/back/:b/two/:c";
    product PRODUCT: GET "/V1/products/:sku", DELETE "/V1/products/:sku";
    media MEDIA: GET "/V1/products/:sku/media";
    dashed DASHED: GET "/V1/are-product_salable.x";
}

/// Method and variables of the route that a path leads to.
fn found(path: &str) -> Option<(&'static str, Vec<(&'static str, String)>)> {
    let registry = registry();
    let found = registry.find(Verb::Get, path)?;
    Some((found.operation.method, found.variables))
}

fn variables(path: &str) -> Vec<(&'static str, String)> {
    found(path).unwrap().1
}

#[rstest]
#[case("V1/carts/5", "cart")]
#[case("V1/carts/mine", "myCart")]
#[case("V1/carts/mines", "cart")]
#[case("V1/carts/min", "cart")]
#[case("V1/carts/mine/items", "myItems")]
#[case("V1/carts/5/items", "otherItems")]
#[case("V1/carts/5/items/6", "cartItem")]
#[case("V1/are-product_salable.x", "dashed")]
fn a_literal_beats_a_variable(#[case] path: &str, #[case] method: &str) {
    assert_eq!(found(path).unwrap().0, method);
}

#[test]
fn a_literal_that_leads_nowhere_gives_way_to_a_variable() {
    assert_eq!(
        found("V1/carts/mine/items/6"),
        Some((
            "cartItem",
            vec![("cartId", "mine".to_owned()), ("itemId", "6".to_owned())]
        ))
    );
    assert_eq!(
        found("V1/back/one/two/x"),
        Some(("backTwo", vec![("b", "one".to_owned()), ("c", "x".to_owned())]))
    );
    assert_eq!(found("V1/back/one/two/end").unwrap().0, "backOne");
    assert_eq!(found("V1/back/one/x/end").unwrap().0, "backOne");
}

#[test]
fn two_routes_may_name_a_segment_differently() {
    assert_eq!(variables("V1/carts/5/items")[0].0, "quoteId");
    assert_eq!(variables("V1/carts/5/items/6")[0].0, "cartId");
}

#[rstest]
#[case("V1/products/24-MB01", "24-MB01")]
#[case("V1/products/a%2Fb", "a/b")]
#[case("V1/products/a%2fb", "a/b")]
#[case("V1/products/a+b", "a b")]
#[case("V1/products/a%2Bb", "a+b")]
#[case("V1/products/a%20b", "a b")]
#[case("V1/products/%E2%82%AC", "€")]
#[case("V1/products/100%", "100%")]
#[case("V1/products/%252F", "%2F")]
#[case("V1/products/{p0}", "{p0}")]
#[case("V1/products/:sku", ":sku")]
#[case("V1/products/*", "*")]
fn variables_are_decoded_by_form_rules(#[case] path: &str, #[case] sku: &str) {
    assert_eq!(variables(path), [("sku", sku.to_owned())]);
}

#[test]
fn a_variable_may_be_empty() {
    assert_eq!(variables("V1/products//media"), [("sku", String::new())]);
    assert_eq!(
        variables("V1/carts//items/").first(),
        Some(&("cartId", String::new()))
    );
}

#[rstest]
#[case("V1/Carts/5")]
#[case("v1/carts/5")]
#[case("V1/carts/5/ITEMS")]
#[case("V1/carts")]
#[case("V1/carts/5/items/6/7")]
#[case("V1//carts/5")]
#[case("V1")]
#[case("")]
#[case("V2/carts/5")]
#[case("V1/c%61rts/5")]
fn other_paths_lead_nowhere(#[case] path: &str) {
    assert_eq!(found(path), None);
}

#[test]
fn a_path_belongs_to_its_verbs() {
    let registry = registry();
    let method = |verb| registry.find(verb, "V1/products/a").map(|m| m.route.verb);
    assert_eq!(method(Verb::Get), Some(Verb::Get));
    assert_eq!(method(Verb::Delete), Some(Verb::Delete));
    assert_eq!(method(Verb::Put), None);
    assert_eq!(method(Verb::Post), None);
}

#[test]
fn the_same_route_twice_is_refused() {
    let error = Registry::new(&[&[&CART], &[&MY_CART, &CART]]).err().unwrap();
    assert_eq!(error.to_string(), "route GET /V1/carts/:cartId stands twice");
}

/// The same path as `cart`.
#[operation("testV1")]
#[route(PUT "/V1/carts/:id" => "anonymous")]
async fn same_path(_: &mut Cx<'_>) -> Result<()> {
    Ok(())
}

#[test]
fn the_same_route_with_another_name_is_refused() {
    let error = Registry::new(&[&[&CART, &SAME_PATH]]).err().unwrap();
    assert_eq!(error.to_string(), "route PUT /V1/carts/:id stands twice");
}

/// Forces what it does not have.
#[operation("testV1")]
#[route(GET "/V1/forced" => "self", force("cart_id" = "%cart_id%"))]
#[route(GET "/V1/forced/deep" => "self", force("customer.id" = "%customer_id%"))]
async fn forced(_: &mut Cx<'_>, cart_id: Option<i64>) -> Result<()> {
    let _ = cart_id;
    Ok(())
}

#[test]
fn a_forced_parameter_must_exist() {
    let error = Registry::new(&[&[&FORCED]]).err().unwrap();
    assert_eq!(
        error.to_string(),
        "route GET /V1/forced/deep forces customer.id, which is no parameter"
    );
    let fits = |name| Forced { name, value: "" }.fits(&FORCED);
    assert!(fits("cartId") && fits("cart_id") && fits("cart_id.x"));
    assert!(!fits("CartId"));
}

#[test]
fn operations_and_routes_are_listed_in_their_order() {
    let registry = registry();
    let methods: Vec<&str> = registry.operations().map(|operation| operation.method).collect();
    assert_eq!(methods[..3], ["cart", "myCart", "cartItem"]);
    assert_eq!(registry.routes().count(), methods.len() + 2);
}

proptest! {
    #[test]
    fn any_path_is_found_or_not(path in "(V1/)?(carts|products|back|one|mine|items|/|:|\\{|\\}|%|\\*|.){0,12}") {
        let registry = registry();
        for verb in Verb::ALL {
            let _ = registry.find(verb, &path);
        }
    }

    #[test]
    fn any_text_without_a_slash_is_a_variable(sku in "[^/\u{0}-\u{1f}]{1,10}") {
        let path = format!("V1/products/{sku}");
        prop_assert_eq!(variables(&path), vec![("sku", wire::php::urldecode_form(&sku))]);
    }
}
