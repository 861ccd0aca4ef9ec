//! Regular expressions that mean the same to every engine.
//!
//! MariaDB has PCRE, MySQL has ICU, and for SQLite there is the `regex` crate. A client's pattern is read by
//! the parser of `regex` and written anew with what all three read alike: groups, alternatives, repetitions,
//! sets of character numbers and a few anchors, all in ASCII. Letter case is resolved on the way.

use regex::Regex;
use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, ClassUnicode, Hir, HirKind, Look, Repetition};
use rusqlite::Connection;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::ValueRef;
use std::convert::Infallible;
use std::fmt::Write as _;

/// Bytes that PCRE may need for a pattern; it refuses one at 64 KiB.
const LARGEST: usize = 50_000;
/// Levels of the pattern, each of which may need parentheses; PCRE takes 250 in each other.
const DEEPEST: u32 = 200;
/// Repetitions in a pair of braces; PCRE takes 65,535.
const MOST: u32 = 1000;

/// The pattern in words that every engine knows; `None` when it is not a regular expression, not a portable
/// one, or a very large one.
pub(super) fn portable(pattern: &str) -> Option<String> {
    let mut parser = ParserBuilder::new()
        .case_insensitive(true)
        .nest_limit(DEEPEST)
        .build();
    let hir = parser.parse(pattern).ok()?;
    let mut out = "(?-i)".to_owned();
    let size = write(&hir, &mut out)?;
    // The last word has SQLite's engine, which has a limit of its own.
    (size <= LARGEST && Regex::new(&out).is_ok()).then_some(out)
}

/// Writes a part and gives the bytes that PCRE needs for it, roughly and rather too many.
fn write(hir: &Hir, out: &mut String) -> Option<usize> {
    Some(match hir.kind() {
        HirKind::Empty => {
            out.push_str("(?:)");
            12
        }
        HirKind::Literal(literal) => {
            let text = std::str::from_utf8(&literal.0).ok()?;
            text.chars().for_each(|c| character(c, out));
            text.len() * 6
        }
        HirKind::Class(Class::Unicode(class)) => set(class, out),
        HirKind::Class(Class::Bytes(class)) => set(&class.to_unicode_class()?, out),
        HirKind::Look(look) => {
            out.push_str(anchor(*look)?);
            12
        }
        HirKind::Repetition(repetition) => repeated(repetition, out)?,
        HirKind::Capture(capture) => grouped(&capture.sub, out)?,
        HirKind::Concat(parts) => {
            let mut size = 0_usize;
            for part in parts {
                size = size.checked_add(write(part, out)?)?;
            }
            size
        }
        HirKind::Alternation(parts) => {
            let mut size = 12_usize;
            out.push_str("(?:");
            for (i, part) in parts.iter().enumerate() {
                out.push_str(if i == 0 { "" } else { "|" });
                size = size.checked_add(write(part, out)?)?.checked_add(6)?;
            }
            out.push(')');
            size
        }
    })
}

fn grouped(hir: &Hir, out: &mut String) -> Option<usize> {
    out.push_str("(?:");
    let size = write(hir, out)?;
    out.push(')');
    size.checked_add(12)
}

fn repeated(repetition: &Repetition, out: &mut String) -> Option<usize> {
    let (min, max) = (repetition.min, repetition.max);
    let most = max.unwrap_or(min).max(min);
    if most > MOST {
        return None;
    }
    let one =
        matches!(repetition.sub.kind(), HirKind::Class(Class::Unicode(class)) if !class.ranges().is_empty());
    let size = if one {
        write(&repetition.sub, out)?
    } else {
        // PCRE copies a group as often as it may come.
        grouped(&repetition.sub, out)?.checked_mul(most as usize + 1)?
    };
    let _ = match (min, max) {
        (0, None) => write!(out, "*"),
        (1, None) => write!(out, "+"),
        (0, Some(1)) => write!(out, "?"),
        (_, None) => write!(out, "{{{min},}}"),
        (_, Some(max)) if max == min => write!(out, "{{{min}}}"),
        (_, Some(max)) => write!(out, "{{{min},{max}}}"),
    };
    size.checked_add(8)
}

fn set(class: &ClassUnicode, out: &mut String) -> usize {
    if class.ranges().is_empty() {
        // Nothing is of an empty set: one more character after the end.
        out.push_str(r"(?:\z.)");
        return 24;
    }
    out.push('[');
    for range in class.ranges() {
        character(range.start(), out);
        if range.start() != range.end() {
            out.push('-');
            character(range.end(), out);
        }
    }
    out.push(']');
    44 + class.ranges().len() * 9
}

fn character(c: char, out: &mut String) {
    if c.is_ascii_alphanumeric() {
        out.push(c);
    } else {
        let _ = write!(out, "\\x{{{:x}}}", u32::from(c));
    }
}

fn anchor(look: Look) -> Option<&'static str> {
    match look {
        Look::Start => Some(r"\A"),
        Look::End => Some(r"\z"),
        Look::StartLF => Some("(?m:^)"),
        Look::EndLF => Some("(?m:$)"),
        Look::WordUnicode => Some(r"\b"),
        Look::WordUnicodeNegate => Some(r"\B"),
        _ => None,
    }
}

/// Tells SQLite what `text REGEXP pattern` is. A pattern that cannot be read matches nothing.
pub(crate) fn register(connection: &Connection) -> rusqlite::Result<()> {
    let flags =
        FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    connection.create_scalar_function("regexp", 2, flags, regexp)
}

fn regexp(context: &Context<'_>) -> rusqlite::Result<Option<bool>> {
    let text = match context.get_raw(1) {
        ValueRef::Null => return Ok(None),
        ValueRef::Integer(v) => v.to_string(),
        ValueRef::Real(v) => v.to_string(),
        ValueRef::Text(v) | ValueRef::Blob(v) => String::from_utf8_lossy(v).into_owned(),
    };
    let regex = context.get_or_create_aux(0, |pattern| {
        Ok::<_, Infallible>(pattern.as_str().ok().and_then(|p| Regex::new(p).ok()))
    })?;
    Ok(Some(
        regex.as_ref().as_ref().is_some_and(|regex| regex.is_match(&text)),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_pattern_keeps_its_meaning() {
        for (pattern, text) in [
            ("^ab+c$", "ABBC"),
            ("", "x"),
            ("é|x", "É"),
            (r"^\d{3}-\w+", "123-aé"),
            (r"a\.b", "a.b"),
            ("(?-i)a", "a"),
            ("[^a]", "b"),
            ("a.*?c", "abbc"),
            (r"\bred\b", "a Red hat"),
        ] {
            let written = portable(pattern).unwrap();
            assert!(written.is_ascii(), "{written}");
            assert!(
                Regex::new(&written).unwrap().is_match(text),
                "{pattern} {written}"
            );
        }
        assert_eq!(portable("b-").unwrap(), r"(?-i)[Bb]\x{2d}");
        assert!(!Regex::new(&portable("(?-i)a").unwrap()).unwrap().is_match("A"));
        assert!(!Regex::new(&portable(r"[a&&b]").unwrap()).unwrap().is_match("a"));
    }

    #[test]
    fn what_is_no_portable_pattern_is_refused() {
        let long = "abc".repeat(10_000);
        let deep = "(".repeat(300) + &")".repeat(300);
        for pattern in [
            "(",
            "*",
            r"(a)\1",
            "(?=a)",
            "x{2000}",
            "(abc){900}(abc){900}(abc){900}",
            &long,
            &deep,
        ] {
            assert_eq!(portable(pattern), None);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_pattern_or_not(pattern in "\\PC{0,30}|[a-c()|*+?^$\\\\.{}0-9\\[\\]-]{0,16}", text in "[a-cA-C0-9. ]{0,8}") {
            let own = regex::RegexBuilder::new(&pattern).case_insensitive(true).build();
            if let (Some(written), Ok(own)) = (portable(&pattern), own) {
                prop_assert_eq!(own.is_match(&text), Regex::new(&written).unwrap().is_match(&text), "{}", written);
            }
        }
    }
}
