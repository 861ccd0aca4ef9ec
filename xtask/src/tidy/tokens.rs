//! Rust files as a flat list of tokens: comments are gone, and each token knows whether it belongs to a test.

use anyhow::{Result, anyhow};
use proc_macro2::{Delimiter, Group, Literal, TokenStream, TokenTree};

/// One token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    /// From 1.
    pub(crate) line: usize,
    /// Whether it is compiled for tests only.
    pub(crate) test: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A name or keyword.
    Word(String),
    /// The inside of a text literal, line continuations joined, other escapes as they are written.
    Text(String),
    /// Punctuation and brackets.
    Mark(char),
    /// A number, character or byte literal.
    Other,
}

impl Token {
    pub(crate) fn is_word(&self, word: &str) -> bool {
        matches!(&self.kind, Kind::Word(text) if text == word)
    }

    pub(crate) fn is_mark(&self, mark: char) -> bool {
        self.kind == Kind::Mark(mark)
    }

    pub(crate) fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Whether it is what `part` of a pattern says: a word, or one character of punctuation.
    fn fits(&self, part: &str) -> bool {
        match &self.kind {
            Kind::Word(text) => text == part,
            Kind::Mark(mark) => part.chars().eq([*mark]),
            Kind::Text(_) | Kind::Other => false,
        }
    }
}

/// Where the parts of a pattern, such as `todo !`, stand one after another: the first token of each place.
pub(crate) fn find<'a>(tokens: &'a [Token], pattern: &str) -> impl Iterator<Item = &'a Token> {
    let parts: Vec<String> = pattern.split_whitespace().map(ToOwned::to_owned).collect();
    let windows = tokens.windows(parts.len());
    windows
        .filter(move |window| window.iter().zip(&parts).all(|(token, part)| token.fits(part)))
        .map(|window| &window[0])
}

/// The names in `#[cfg(test)] mod name;`.
pub(crate) fn test_modules(tokens: &[Token]) -> impl Iterator<Item = &str> {
    tokens.windows(3).filter_map(|window| match &window[1].kind {
        Kind::Word(name) if window[0].test && window[0].is_word("mod") && window[2].is_mark(';') => {
            Some(name.as_str())
        }
        _ => None,
    })
}

/// The tokens of a file.
pub(crate) fn scan(text: &str) -> Result<Vec<Token>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let stream: TokenStream = text
        .parse()
        .map_err(|error: proc_macro2::LexError| anyhow!("line {}: {error}", error.span().start().line))?;
    let mut tokens = Vec::new();
    flatten(stream, false, &mut tokens);
    Ok(tokens)
}

fn flatten(stream: TokenStream, in_test: bool, out: &mut Vec<Token>) {
    let trees: Vec<TokenTree> = stream.into_iter().collect();
    let mut test = in_test;
    let mut at = 0;
    while let Some(tree) = trees.get(at) {
        let attribute = attribute(&trees[at..]);
        if let Some((group, length)) = attribute
            && first_word(group).as_deref() == Some("doc")
        {
            at += length;
            continue;
        }
        if attribute.is_some_and(|(group, _)| is_test_only(group)) {
            test = true;
        }
        let line = tree.span().start().line;
        let mut push = |kind| out.push(Token { kind, line, test });
        match tree {
            TokenTree::Ident(word) => push(Kind::Word(word.to_string())),
            TokenTree::Punct(mark) => push(Kind::Mark(mark.as_char())),
            TokenTree::Literal(literal) => push(content(literal)),
            TokenTree::Group(group) => flatten_group(group, test, out),
        }
        // An item ends with its braces or a semicolon; what follows is compiled always.
        let ends = matches!(tree, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
            || matches!(tree, TokenTree::Punct(mark) if mark.as_char() == ';');
        if ends {
            test = in_test;
        }
        at += 1;
    }
}

fn flatten_group(group: &Group, test: bool, out: &mut Vec<Token>) {
    let marks = match group.delimiter() {
        Delimiter::Parenthesis => Some(('(', ')')),
        Delimiter::Brace => Some(('{', '}')),
        Delimiter::Bracket => Some(('[', ']')),
        Delimiter::None => None,
    };
    let mark = |mark, line| Token {
        kind: Kind::Mark(mark),
        line,
        test,
    };
    out.extend(marks.map(|(open, _)| mark(open, group.span_open().start().line)));
    flatten(group.stream(), test, out);
    out.extend(marks.map(|(_, close)| mark(close, group.span_close().start().line)));
}

/// The brackets of the attribute that begins here (`#[…]` or `#![…]`), and of how many trees it consists.
fn attribute(trees: &[TokenTree]) -> Option<(&Group, usize)> {
    let is = |at: usize, wanted: char| matches!(trees.get(at), Some(TokenTree::Punct(mark)) if mark.as_char() == wanted);
    let at = if is(1, '!') { 2 } else { 1 };
    match trees.get(at)? {
        TokenTree::Group(group) if is(0, '#') && group.delimiter() == Delimiter::Bracket => {
            Some((group, at + 1))
        }
        _ => None,
    }
}

fn first_word(group: &Group) -> Option<String> {
    match group.stream().into_iter().next()? {
        TokenTree::Ident(word) => Some(word.to_string()),
        _ => None,
    }
}

/// `#[cfg(test)]`, `#[test]`, `#[tokio::test]`, `#[rstest]`.
fn is_test_only(group: &Group) -> bool {
    let text: String = group.stream().to_string().split_whitespace().collect();
    matches!(text.as_str(), "cfg(test)" | "test" | "rstest") || text.starts_with("tokio::test")
}

fn content(literal: &Literal) -> Kind {
    let source = literal.to_string();
    let raw = source.starts_with('r');
    let inside = match (source.find('"'), source.rfind('"')) {
        (Some(start), Some(end)) if start < end && (source.starts_with('"') || raw) => {
            &source[start + 1..end]
        }
        _ => return Kind::Other,
    };
    if raw {
        return Kind::Text(inside.to_owned());
    }
    let mut lines = inside.split("\\\n");
    let mut text = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        text.push_str(line.trim_start());
    }
    Kind::Text(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(source: &str) -> Vec<(String, bool)> {
        let tokens = scan(source).unwrap().into_iter();
        tokens
            .filter_map(|token| match token.kind {
                Kind::Word(word) => Some((word, token.test)),
                _ => None,
            })
            .filter(|(word, _)| word.len() == 1)
            .collect()
    }

    #[test]
    fn comments_are_no_tokens() {
        let tokens = scan("/// SELECT\n//! todo!()\nstruct S; // f32\n").unwrap();
        assert_eq!(tokens.len(), 3, "{tokens:?}");
        assert_eq!(tokens[0].line, 3);
    }

    #[test]
    fn a_test_item_ends_with_its_braces_or_semicolon() {
        let source = "const a: u8 = 1; #[cfg(test)] mod b { fn c() {} fn d() {} } fn e() {}\n\
                      #[cfg(test)] #[path = \"x\"] mod f; fn g() {} #[tokio::test(flavor = \"x\")] async fn h() {} fn i() {}";
        let marked: Vec<_> = words(source)
            .into_iter()
            .map(|(word, test)| format!("{word}{}", u8::from(test)))
            .collect();
        assert_eq!(marked.join(" "), "a0 b1 c1 d1 e0 f1 g0 h1 i0");
    }

    #[test]
    fn texts_are_joined_over_continued_lines() {
        let tokens =
            scan("let s = \"SELECT a \\\n    FROM {t}\"; let r = r#\"x \"y\" z\"#; let c = b\"no\";")
                .unwrap();
        let texts: Vec<_> = tokens.iter().filter_map(Token::text).collect();
        assert_eq!(texts, ["SELECT a FROM {t}", "x \"y\" z"]);
    }

    #[test]
    fn patterns_are_found_as_tokens_not_as_text() {
        let tokens = scan("fn f() { let s = \"todo!\"; serde_json::to_string(s); todo!() }").unwrap();
        assert_eq!(find(&tokens, "todo !").count(), 1);
        assert_eq!(find(&tokens, "serde_json : : to_string").count(), 1);
    }
}
