//! From tokens to values.

use indexmap::IndexMap;

use super::lexer::{Lexer, Token};
use super::{ParseError, Value};

/// Arrays inside arrays; real files have about six.
const MAX_DEPTH: usize = 64;

/// Reads `<?php return <array>;`, after any `declare(…);`.
pub(crate) fn parse(text: &str) -> Result<Value, ParseError> {
    let mut parser = Parser::new(text)?;
    while parser.next == Token::Word("declare".to_owned()) {
        while parser.next != Token::Sign(b';') {
            if parser.next == Token::End {
                return Err(parser.error("a declare without an end"));
            }
            parser.step()?;
        }
        parser.step()?;
    }
    if parser.next != Token::Word("return".to_owned()) {
        return Err(parser.error("the file does not return an array directly"));
    }
    parser.step()?;
    let value = parser.value(0)?;
    if !matches!(value, Value::Array(_)) {
        return Err(parser.error("the file does not return an array"));
    }
    match parser.next {
        Token::Sign(b';') | Token::End => Ok(value),
        _ => Err(parser.error("something after the array; only literal values are read")),
    }
}

struct Parser<'a> {
    lexer: Lexer<'a>,
    next: Token,
    /// Line of the next token.
    line: usize,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str) -> Result<Self, ParseError> {
        let mut parser = Self {
            lexer: Lexer::new(text)?,
            next: Token::End,
            line: 1,
        };
        parser.step()?;
        Ok(parser)
    }

    fn error(&self, what: &'static str) -> ParseError {
        ParseError {
            line: self.line,
            what,
        }
    }

    /// Takes the next token and reads one more.
    fn step(&mut self) -> Result<Token, ParseError> {
        let next = self.lexer.next()?;
        self.line = self.lexer.line();
        Ok(std::mem::replace(&mut self.next, next))
    }

    fn value(&mut self, depth: usize) -> Result<Value, ParseError> {
        if depth > MAX_DEPTH {
            return Err(self.error("arrays are nested too deeply"));
        }
        let error = self.error("a value is expected; only literal values are read");
        match self.step()? {
            Token::Text(text) => Ok(Value::Text(text)),
            Token::Int(number) => Ok(Value::Int(number)),
            Token::Float(number) => Ok(Value::Float(number)),
            Token::Sign(sign @ (b'-' | b'+')) => self.signed(sign == b'-'),
            Token::Sign(b'[') => self.array(b']', depth),
            Token::Word(word) => match word.as_str() {
                "true" => Ok(Value::Bool(true)),
                "false" => Ok(Value::Bool(false)),
                "null" => Ok(Value::Null),
                "array" if self.next == Token::Sign(b'(') => {
                    self.step()?;
                    self.array(b')', depth)
                }
                _ => Err(error),
            },
            _ => Err(error),
        }
    }

    fn signed(&mut self, negative: bool) -> Result<Value, ParseError> {
        let error = self.error("a number is expected after a sign");
        match self.step()? {
            Token::Int(number) if negative => Ok(Value::Int(-number)),
            Token::Int(number) => Ok(Value::Int(number)),
            Token::Float(number) if negative => Ok(Value::Float(-number)),
            Token::Float(number) => Ok(Value::Float(number)),
            _ => Err(error),
        }
    }

    /// Reads items up to `close`, which is taken too.
    fn array(&mut self, close: u8, depth: usize) -> Result<Value, ParseError> {
        let mut items = IndexMap::new();
        // The key that an item without one gets.
        let mut free = 0_i64;
        loop {
            if self.next == Token::Sign(close) {
                self.step()?;
                return Ok(Value::Array(items));
            }
            let first = self.value(depth + 1)?;
            if self.next == Token::Arrow {
                let key = key(&first).ok_or_else(|| self.error("this value cannot be a key"))?;
                self.step()?;
                let value = self.value(depth + 1)?;
                if let Some(number) = whole(&key) {
                    free = free.max(number.saturating_add(1));
                }
                items.insert(key, value);
            } else {
                items.insert(free.to_string(), first);
                free = free.saturating_add(1);
            }
            if self.next == Token::Sign(b',') {
                self.step()?;
            } else if self.next != Token::Sign(close) {
                return Err(self.error("a comma or the end of the array is expected"));
            }
        }
    }
}

/// The key a value becomes in PHP.
fn key(value: &Value) -> Option<String> {
    match value {
        Value::Null => Some(String::new()),
        Value::Bool(value) => Some(i64::from(*value).to_string()),
        Value::Int(number) => Some(number.to_string()),
        Value::Float(number) => Some((*number as i64).to_string()),
        Value::Text(text) => Some(text.clone()),
        Value::Array(_) => None,
    }
}

/// The number a key is, if it is written as PHP writes it.
fn whole(key: &str) -> Option<i64> {
    key.parse::<i64>().ok().filter(|number| number.to_string() == key)
}
