//! Text, decimals and `LIKE` as MySQL compares them: collations and functions of every connection.

use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Error};
use rust_decimal::Decimal;
use std::cmp::Ordering;
use std::sync::LazyLock;

/// Text of the error when a value does not fit a decimal column.
pub(super) const NOT_A_DECIMAL: &str = "not a number that fits the column";

pub(super) fn register(connection: &Connection) -> rusqlite::Result<()> {
    connection.create_collation("GENERAL_CI", general_ci)?;
    connection.create_collation("DECIMAL", decimal)?;
    let flags =
        FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    connection.create_scalar_function("like", 2, flags, |context| {
        Ok(match (text_of(context, 0), text_of(context, 1)) {
            (Some(pattern), Some(text)) => Some(like(&pattern, &text)),
            _ => None,
        })
    })?;
    connection.create_scalar_function("decimal_at", 3, flags, decimal_at)
}

fn text_of(context: &Context<'_>, index: usize) -> Option<String> {
    match context.get_raw(index) {
        ValueRef::Null => None,
        ValueRef::Integer(v) => Some(v.to_string()),
        ValueRef::Real(v) => Some(v.to_string()),
        ValueRef::Text(v) | ValueRef::Blob(v) => Some(String::from_utf8_lossy(v).into_owned()),
    }
}

/// `decimal_at(value, precision, scale)`: the value rounded half up to the scale, as text.
fn decimal_at(context: &Context<'_>) -> rusqlite::Result<Option<String>> {
    let Some(text) = text_of(context, 0) else {
        return Ok(None);
    };
    let (precision, scale) = (context.get::<u32>(1)?, context.get::<u32>(2)?);
    let refused = || Error::UserFunctionError(NOT_A_DECIMAL.into());
    at_scale(text.trim(), precision, scale)
        .map(Some)
        .ok_or_else(refused)
}

fn at_scale(text: &str, precision: u32, scale: u32) -> Option<String> {
    let value = crate::at_scale(text.parse().ok()?, scale);
    let whole = value.trunc().abs();
    if whole >= Decimal::from_i128_with_scale(10_i128.checked_pow(precision.checked_sub(scale)?)?, 0) {
        return None;
    }
    (value.scale() == scale).then(|| value.to_string())
}

/// Numeric order; what is not a number comes first, in byte order.
fn decimal(a: &str, b: &str) -> Ordering {
    match (a.parse::<Decimal>(), b.parse::<Decimal>()) {
        (Ok(a), Ok(b)) => a.cmp(&b),
        (Ok(_), Err(_)) => Ordering::Greater,
        (Err(_), Ok(_)) => Ordering::Less,
        (Err(_), Err(_)) => a.cmp(b),
    }
}

/// `utf8mb3_general_ci`: one weight per character, without case and accents; the shorter text counts as
/// filled up with spaces.
fn general_ci(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a.chars(), b.chars());
    loop {
        let (x, y) = match (a.next(), b.next()) {
            (None, None) => return Ordering::Equal,
            (x, y) => (weight(x.unwrap_or(' ')), weight(y.unwrap_or(' '))),
        };
        if x != y {
            return x.cmp(&y);
        }
    }
}

/// What all texts have in common that columns take for equal: without case, accents, and spaces at the end.
#[must_use]
pub fn text_key(text: &str) -> String {
    text.trim_end_matches(' ').chars().map(weight).collect()
}

/// What a character weighs in `utf8mb3_general_ci`: its base letter in upper case, for the scripts and
/// versions of Unicode that the collation knows. A test compares all of them with a server's.
fn weight(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_uppercase();
    }
    // Characters beyond the table, which utf8mb3 cannot hold, weigh themselves.
    WEIGHTS.get(c as usize).copied().unwrap_or(c)
}

/// Weights by character number, from the ranges of `general_ci.txt`.
static WEIGHTS: LazyLock<Vec<char>> = LazyLock::new(|| {
    let mut weights: Vec<char> = (0..=0xffff)
        .map(|n| char::from_u32(n).unwrap_or_default())
        .collect();
    let lines = include_str!("general_ci.txt")
        .lines()
        .filter(|line| !line.starts_with('#'));
    for entry in lines.flat_map(|line| line.split(';')) {
        let _ = fill(&mut weights, entry);
    }
    weights
});

/// One entry, `first last step weight` in hexadecimal.
fn fill(weights: &mut [char], entry: &str) -> Option<()> {
    let mut words = entry.split_whitespace();
    let mut number = || u32::from_str_radix(words.next()?, 16).ok();
    let (first, last, step) = (number()?, number()?, number()?);
    let (rises, start) = words.next()?.split_at_checked(1)?;
    let start = u32::from_str_radix(start, 16).ok()?;
    for n in (first..=last).step_by(step as usize) {
        let weight = if rises == "+" { start + n - first } else { start };
        *weights.get_mut(n as usize)? = char::from_u32(weight)?;
    }
    Some(())
}

/// `text LIKE pattern`: `%` any text, `_` one character, `\` takes the next one as it is.
fn like(pattern: &str, text: &str) -> bool {
    #[derive(Clone, Copy)]
    enum Part {
        One(char),
        AnyOne,
        AnyMany,
    }
    let mut parts = Vec::with_capacity(pattern.len());
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        parts.push(match c {
            '%' => Part::AnyMany,
            '_' => Part::AnyOne,
            '\\' => Part::One(weight(chars.next().unwrap_or('\\'))),
            c => Part::One(weight(c)),
        });
    }
    let text: Vec<char> = text.chars().map(weight).collect();
    // On a mismatch go back to the last `%` and let it take one character more.
    let (mut p, mut t, mut back) = (0, 0, None);
    while t < text.len() {
        match parts.get(p) {
            Some(Part::AnyMany) => {
                p += 1;
                back = Some((p, t));
                continue;
            }
            Some(Part::AnyOne) => (p, t) = (p + 1, t + 1),
            Some(Part::One(c)) if *c == text[t] => (p, t) = (p + 1, t + 1),
            _ => match back {
                Some((after, from)) => {
                    (p, t) = (after, from + 1);
                    back = Some((after, from + 1));
                }
                None => return false,
            },
        }
    }
    parts[p..].iter().all(|part| matches!(part, Part::AnyMany))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn case_accents_and_trailing_spaces_do_not_count() {
        for (a, b) in [
            ("Admin", "ADMIN  "),
            ("été", "ETE"),
            ("Straße", "strase"),
            ("", "  "),
            ("ĳ", "Ĳ"),
            ("ёжик", "ЕЖИК"),
        ] {
            assert_eq!(general_ci(a, b), Ordering::Equal, "{a} {b}");
        }
        assert_eq!(general_ci("a", "b"), Ordering::Less);
        assert_eq!(general_ci("a\t", "a"), Ordering::Less);
        assert_ne!(general_ci("ø", "o"), Ordering::Equal);
        assert_ne!(general_ci(" a", "a"), Ordering::Equal);
    }

    #[test]
    fn like_follows_mysql() {
        for (pattern, text) in [
            ("%Shirt%", "blue shirts"),
            ("a_c", "ABC"),
            ("100\\%", "100%"),
            ("%", ""),
            ("caf%", "Café"),
            ("%a%b", "xaab"),
        ] {
            assert!(like(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [
            ("100\\%", "1000"),
            ("a_c", "ac"),
            ("", "a"),
            ("a", "a "),
            ("_", ""),
        ] {
            assert!(!like(pattern, text), "{pattern} {text}");
        }
    }

    #[test]
    fn decimals_take_the_scale_and_must_fit() {
        assert_eq!(at_scale("1.5", 12, 4).as_deref(), Some("1.5000"));
        assert_eq!(at_scale("1.23455", 12, 4).as_deref(), Some("1.2346"));
        assert_eq!(at_scale("-0.00001", 12, 4).as_deref(), Some("0.0000"));
        assert_eq!(at_scale("99999999.9999", 12, 4).as_deref(), Some("99999999.9999"));
        assert_eq!(at_scale("99999999.99999", 12, 4), None);
        assert_eq!(at_scale("abc", 12, 4), None);
        assert_eq!(decimal("10.0", "9"), Ordering::Greater);
        assert_eq!(decimal("1.50", "1.5"), Ordering::Equal);
    }

    proptest! {
        #[test]
        fn orders_are_consistent(a in ".{0,8}", b in ".{0,8}", c in ".{0,8}") {
            for order in [general_ci, decimal] {
                prop_assert_eq!(order(&a, &b), order(&b, &a).reverse());
                prop_assert_eq!(order(&a, &a), Ordering::Equal);
                if order(&a, &b).is_le() && order(&b, &c).is_le() {
                    prop_assert!(order(&a, &c).is_le());
                }
            }
        }

        #[test]
        fn like_never_panics_and_a_text_matches_itself(pattern in ".{0,12}", text in ".{0,12}") {
            let _ = like(&pattern, &text);
            let plain: String = text.chars().flat_map(|c| ['\\', c]).collect();
            prop_assert!(like(&plain, &text));
        }

        #[test]
        fn any_decimal_of_the_scale_comes_back(units in -99_999_999_999_i64..99_999_999_999) {
            let text = Decimal::new(units, 4).to_string();
            prop_assert_eq!(at_scale(&text, 12, 4), Some(text));
        }
    }
}
