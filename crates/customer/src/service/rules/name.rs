//! Names of people.

/// Longest name, in characters.
const LENGTH: usize = 255;

/// Whether a name is made of letters, digits, spaces and the signs that names have. One without any of them is not
/// looked at, as in Magento.
fn is_name(name: &str) -> bool {
    let allowed = |c: char| c.is_alphanumeric() || c.is_whitespace() || is_mark(c) || ",-_.'’`&".contains(c);
    let strange = name.chars().any(|c| !allowed(c));
    let known = name.chars().any(allowed);
    !known || (!strange && name.chars().count() <= LENGTH)
}

/// Whether a character is a mark on the one before it.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}' | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}' | '\u{e31}' | '\u{e34}'..='\u{e3a}'
        | '\u{e47}'..='\u{e4e}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
        | '\u{fe20}'..='\u{fe2f}')
}

/// What is wrong with a customer's names.
pub(crate) fn names(first: Option<&str>, last: Option<&str>, middle: Option<&str>) -> Vec<String> {
    let names = [("First", first), ("Last", last), ("Middle", middle)];
    let wrong = names
        .into_iter()
        .filter(|(_, name)| name.is_some_and(|name| !is_name(name)));
    wrong
        .map(|(which, _)| format!("{which} Name is not valid!"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn names_have_no_code_in_them() {
        assert!(names(Some("Zoë-Ann"), Some("O’Neil & Sons, 2."), Some("")).is_empty());
        assert!(names(Some(&"a".repeat(200)), None, None).is_empty());
        let wrong = names(Some("J<script>"), Some("D{{x}}"), Some(&"a".repeat(256)));
        assert_eq!(
            wrong,
            [
                "First Name is not valid!",
                "Last Name is not valid!",
                "Middle Name is not valid!"
            ]
        );
    }
}
