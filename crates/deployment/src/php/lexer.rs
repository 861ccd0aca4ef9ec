//! From text to tokens.

use super::ParseError;

/// A piece of a PHP program that can be part of a literal.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// A bare word, in lower case: `return`, `array`, `true`, `declare`.
    Word(String),
    /// A string without its quotes.
    Text(String),
    Int(i64),
    Float(f64),
    /// `=>`.
    Arrow,
    /// One of `[ ] ( ) , ; = - +`.
    Sign(u8),
    End,
}

/// Reads tokens one after the other and counts lines.
pub(super) struct Lexer<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl<'a> Lexer<'a> {
    /// Starts behind the opening tag.
    pub(super) fn new(text: &'a str) -> Result<Self, ParseError> {
        let mut lexer = Self { text, at: 0, line: 1 };
        if lexer.rest().starts_with('\u{feff}') {
            lexer.at += '\u{feff}'.len_utf8();
        }
        lexer.skip_space();
        match lexer.rest().get(..5) {
            Some(tag) if tag.eq_ignore_ascii_case("<?php") => lexer.advance(5),
            _ => return Err(lexer.error("the file does not begin with <?php")),
        }
        Ok(lexer)
    }

    /// The line of what was read last.
    pub(super) fn line(&self) -> usize {
        self.line
    }

    pub(super) fn error(&self, what: &'static str) -> ParseError {
        ParseError {
            line: self.line,
            what,
        }
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Moves on by `count` bytes, which end between characters.
    fn advance(&mut self, count: usize) {
        let end = self.at + count;
        self.line += self.text.as_bytes()[self.at..end]
            .iter()
            .filter(|&&b| b == b'\n')
            .count();
        self.at = end;
    }

    fn skip_space(&mut self) {
        let space = self.rest().bytes().take_while(u8::is_ascii_whitespace).count();
        self.advance(space);
    }

    /// Skips white space and all three kinds of comments.
    fn skip(&mut self) -> Result<(), ParseError> {
        loop {
            self.skip_space();
            let rest = self.rest();
            if let Some(comment) = rest.strip_prefix("/*") {
                let end = comment
                    .find("*/")
                    .ok_or_else(|| self.error("a comment without an end"))?;
                self.advance(2 + end + 2);
            } else if rest.starts_with("//") || (rest.starts_with('#') && !rest.starts_with("#[")) {
                // A line comment also ends before a closing tag.
                let line = rest.find('\n').unwrap_or(rest.len());
                self.advance(rest[..line].find("?>").unwrap_or(line));
            } else {
                return Ok(());
            }
        }
    }

    pub(super) fn next(&mut self) -> Result<Token, ParseError> {
        self.skip()?;
        let Some(byte) = self.peek() else {
            return Ok(Token::End);
        };
        match byte {
            b'\'' => self.single_quoted(),
            b'"' => self.double_quoted(),
            b'0'..=b'9' | b'.' => self.number(),
            b'=' if self.rest().starts_with("=>") => {
                self.advance(2);
                Ok(Token::Arrow)
            }
            b'?' if self.rest().starts_with("?>") => {
                self.at = self.text.len();
                Ok(Token::End)
            }
            b'[' | b']' | b'(' | b')' | b',' | b';' | b'=' | b'-' | b'+' => {
                self.advance(1);
                Ok(Token::Sign(byte))
            }
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => {
                let is_word = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_';
                let length = self.rest().bytes().take_while(is_word).count();
                let word = self.rest()[..length].to_ascii_lowercase();
                self.advance(length);
                Ok(Token::Word(word))
            }
            b'$' => Err(self.error("a variable; only literal values are read")),
            _ => Err(self.error("something that is not a literal value")),
        }
    }

    /// Only `\'` and `\\` are escapes.
    fn single_quoted(&mut self) -> Result<Token, ParseError> {
        let start = self.error("a string without an end");
        self.advance(1);
        let mut text = String::new();
        loop {
            let rest = self.rest();
            let plain = rest.find(['\'', '\\']).ok_or_else(|| start.clone())?;
            text.push_str(&rest[..plain]);
            let special = &rest[plain..];
            if special.starts_with('\'') {
                self.advance(plain + 1);
                return Ok(Token::Text(text));
            }
            let escaped = special.starts_with("\\'") || special.starts_with("\\\\");
            text.push_str(if escaped { &special[1..2] } else { "\\" });
            self.advance(plain + if escaped { 2 } else { 1 });
        }
    }

    fn double_quoted(&mut self) -> Result<Token, ParseError> {
        let start = self.error("a string without an end");
        self.advance(1);
        let mut bytes = Vec::new();
        loop {
            let rest = self.rest();
            let plain = rest.find(['"', '\\', '$', '{']).ok_or_else(|| start.clone())?;
            bytes.extend_from_slice(&rest.as_bytes()[..plain]);
            self.advance(plain);
            match self.peek() {
                Some(b'"') => {
                    self.advance(1);
                    let text =
                        String::from_utf8(bytes).map_err(|_| self.error("a string that is not UTF-8"))?;
                    return Ok(Token::Text(text));
                }
                Some(b'\\') => self.escape(&mut bytes)?,
                _ => self.dollar_or_brace(&mut bytes)?,
            }
        }
    }

    /// `$` and `{` stand for themselves unless they begin a variable.
    fn dollar_or_brace(&mut self, bytes: &mut Vec<u8>) -> Result<(), ParseError> {
        let rest = self.rest().as_bytes();
        let is_name = |b: Option<&u8>| b.is_some_and(|b| b.is_ascii_alphabetic() || *b == b'_' || *b >= 0x80);
        let variable = match rest {
            [b'$', b'{', ..] | [b'{', b'$', ..] => true,
            [b'$', ..] => is_name(rest.get(1)),
            _ => false,
        };
        if variable {
            return Err(self.error("a variable inside a string; only literal values are read"));
        }
        bytes.extend(rest.first());
        self.advance(1);
        Ok(())
    }

    /// The escapes of double-quoted strings; an unknown one stays as written.
    fn escape(&mut self, bytes: &mut Vec<u8>) -> Result<(), ParseError> {
        let rest = self.rest().as_bytes();
        let simple = match rest.get(1) {
            Some(b'n') => Some(b'\n'),
            Some(b'r') => Some(b'\r'),
            Some(b't') => Some(b'\t'),
            Some(b'v') => Some(0x0b),
            Some(b'e') => Some(0x1b),
            Some(b'f') => Some(0x0c),
            Some(b'\\') => Some(b'\\'),
            Some(b'$') => Some(b'$'),
            Some(b'"') => Some(b'"'),
            _ => None,
        };
        if let Some(byte) = simple {
            bytes.push(byte);
            self.advance(2);
            return Ok(());
        }
        if let Some(b'0'..=b'7') = rest.get(1) {
            let digits = rest[1..].iter().take(3).take_while(|b| matches!(b, b'0'..=b'7'));
            let count = digits.clone().count();
            let value = digits.fold(0_u32, |value, b| value * 8 + u32::from(b - b'0'));
            // PHP drops what does not fit into a byte.
            bytes.push(value as u8);
            self.advance(1 + count);
            return Ok(());
        }
        if rest.get(1) == Some(&b'x') {
            let count = rest[2..]
                .iter()
                .take(2)
                .take_while(|b| b.is_ascii_hexdigit())
                .count();
            if let Ok(value) = u8::from_str_radix(&self.rest()[2..2 + count], 16) {
                bytes.push(value);
                self.advance(2 + count);
                return Ok(());
            }
        }
        if rest.starts_with(b"\\u{") {
            let rest = self.rest();
            let end = rest.find('}').ok_or_else(|| self.error("an unfinished \\u{…}"))?;
            let code = u32::from_str_radix(&rest[3..end], 16)
                .ok()
                .and_then(char::from_u32);
            let code = code.ok_or_else(|| self.error("a \\u{…} that is no character"))?;
            bytes.extend_from_slice(code.encode_utf8(&mut [0; 4]).as_bytes());
            self.advance(end + 1);
            return Ok(());
        }
        bytes.push(b'\\');
        self.advance(1);
        Ok(())
    }

    /// Decimal, hexadecimal, octal and binary numbers, with `_` between digits.
    fn number(&mut self) -> Result<Token, ParseError> {
        let bytes = self.rest().as_bytes();
        let mut length = 0;
        while let Some(&byte) = bytes.get(length) {
            let hex = bytes.len() > 1 && matches!(bytes[1], b'x' | b'X');
            let sign = !hex && matches!(byte, b'+' | b'-') && matches!(bytes[length - 1], b'e' | b'E');
            if !(byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_') || sign) {
                break;
            }
            length += 1;
        }
        let digits = self.rest()[..length].replace('_', "");
        let bad = self.error("a number that is not understood");
        self.advance(length);
        let lower = digits.to_ascii_lowercase();
        let radix = match lower.as_bytes() {
            [b'0', b'x', ..] => Some((16, 2)),
            [b'0', b'b', ..] => Some((2, 2)),
            [b'0', b'o', ..] => Some((8, 2)),
            [b'0', rest @ ..] if !rest.is_empty() && rest.iter().all(u8::is_ascii_digit) => Some((8, 1)),
            _ => None,
        };
        if let Some((radix, skip)) = radix {
            return i64::from_str_radix(&lower[skip..], radix)
                .map(Token::Int)
                .map_err(|_| bad);
        }
        match (lower.parse(), lower.parse::<f64>()) {
            (Ok(value), _) => Ok(Token::Int(value)),
            // `inf` and `nan` are words, not numbers, and cannot come here: the first character is a digit.
            (_, Ok(value)) if value.is_finite() => Ok(Token::Float(value)),
            _ => Err(bad),
        }
    }
}
