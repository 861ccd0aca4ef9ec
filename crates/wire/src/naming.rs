//! Conversions between the spellings of a name (spec/webapi.md §25).

/// A property key as the part of its accessor after `get` or `set`: the first letter and each letter after `_` in
/// upper case, without the `_`. Nothing else changes case.
#[must_use]
pub fn upper_camel(key: &str) -> String {
    let mut name = String::with_capacity(key.len());
    let mut upper = true;
    for letter in key.chars() {
        if letter == '_' {
            upper = true;
        } else {
            name.push(if upper {
                letter.to_ascii_uppercase()
            } else {
                letter
            });
            upper = false;
        }
    }
    name
}

/// A name in camelCase: as [`upper_camel`], but the first letter in lower case.
#[must_use]
pub fn lower_camel(name: &str) -> String {
    let mut camel = upper_camel(name);
    if let Some(first) = camel.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    camel
}

/// A service parameter's name in snake case: `_` before every capital that follows a word character, lower-cased.
#[must_use]
pub fn snake(name: &str) -> String {
    let mut key = String::with_capacity(name.len() + 4);
    let mut after_word = false;
    for letter in name.chars() {
        if after_word && letter.is_ascii_uppercase() {
            key.push('_');
        }
        key.push(letter.to_ascii_lowercase());
        after_word = letter.is_ascii_alphanumeric() || letter == '_';
    }
    key
}

/// The output key of a getter: without `get`, `is` or `has`, then `_` before every capital, lower-cased.
/// `None` for any other method.
#[must_use]
pub fn accessor_to_key(method: &str) -> Option<String> {
    let name = ["get", "is", "has"]
        .iter()
        .find_map(|prefix| method.strip_prefix(prefix))?;
    Some(snake(name).trim_start_matches('_').to_owned())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("sku", "Sku")]
    #[case("is_active", "IsActive")]
    #[case("isActive", "IsActive")]
    #[case("x_1", "X1")]
    #[case("foo_bar", "FooBar")]
    #[case("PAGE_SIZE", "PAGESIZE")]
    #[case("_a__b_", "AB")]
    #[case("0", "0")]
    #[case("été", "été")]
    #[case("", "")]
    fn keys_become_accessor_names(#[case] key: &str, #[case] expected: &str) {
        assert_eq!(upper_camel(key), expected);
    }

    #[rstest]
    #[case("cart_item", "cartItem")]
    #[case("cartItem", "cartItem")]
    #[case("SKU", "sKU")]
    #[case("_a__b_", "aB")]
    #[case("filter_groups", "filterGroups")]
    #[case("été", "été")]
    #[case("", "")]
    fn names_become_camel_case(#[case] name: &str, #[case] expected: &str) {
        assert_eq!(lower_camel(name), expected);
    }

    #[rstest]
    #[case("cartItem", "cart_item")]
    #[case("searchCriteria", "search_criteria")]
    #[case("aId", "a_id")]
    #[case("sku", "sku")]
    #[case("SKU", "s_k_u")]
    #[case("option1Value", "option1_value")]
    #[case("a-B", "a-b")]
    fn parameters_become_snake_case(#[case] name: &str, #[case] expected: &str) {
        assert_eq!(snake(name), expected);
    }

    #[rstest]
    #[case("getIsActive", Some("is_active"))]
    #[case("isActive", Some("active"))]
    #[case("hasOptions", Some("options"))]
    #[case("getStoreId", Some("store_id"))]
    #[case("getCcLast4", Some("cc_last4"))]
    #[case("getSKU", Some("s_k_u"))]
    #[case("save", None)]
    fn accessors_become_keys(#[case] method: &str, #[case] expected: Option<&str>) {
        assert_eq!(accessor_to_key(method).as_deref(), expected);
    }
}
