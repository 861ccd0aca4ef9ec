use std::collections::HashSet;

use quick_xml::{
    Reader, XmlVersion,
    escape::resolve_predefined_entity,
    events::{BytesRef, BytesStart, Event},
};

use crate::{DecodingError, Map, Value};

/// Levels of elements, as for JSON.
const MAX_DEPTH: usize = 512;

/// Elements and attributes of a body, as many as values of JSON.
const MAX_VALUES: usize = 2_000_000;

/// Reads an XML body (spec/webapi.md §7.7). The root element's name does not matter.
///
/// An element without content is null; one with elements is an object, its repeated children lists; otherwise it is
/// its text, where blank text does not count and of several pieces (parted by comments or CDATA) the last wins.
/// Attributes make an element `{"_value": …, "_attribute": {…}}`; namespace declarations are none. Nothing is ever
/// expanded but the five predefined entities and character references; a document type is skipped.
///
/// # Errors
/// Text that is not well formed or not UTF-8, an unknown entity, elements after text inside one element, more than
/// 512 levels, more than 2,000,000 elements and attributes.
pub fn read(body: &[u8]) -> Result<Value, DecodingError> {
    let text = std::str::from_utf8(body).map_err(|_| DecodingError)?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    if !text.chars().all(is_xml_char) {
        return Err(DecodingError);
    }
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_comments = true;
    let mut document = Document::default();
    loop {
        match reader.read_event().map_err(|_| DecodingError)? {
            Event::Start(tag) => document.start(&tag)?,
            Event::Empty(tag) => {
                document.start(&tag)?;
                document.end()?;
            }
            Event::End(_) => document.end()?,
            Event::Text(text) => document.text(&text.xml10_content())?,
            Event::GeneralRef(reference) => document.reference(&reference)?,
            Event::CData(text) => document.cdata(&text.xml10_content())?,
            Event::Comment(_) | Event::PI(_) => document.other(),
            Event::Decl(_) => {}
            Event::DocType(_) => document.doctype()?,
            Event::Eof => return document.finish(),
        }
    }
}

/// The elements that are open, and the root once it is closed.
#[derive(Default)]
struct Document {
    open: Vec<Element>,
    root: Option<Value>,
    /// Elements and attributes so far.
    values: usize,
}

#[derive(Default)]
struct Element {
    name: String,
    attributes: Map<String, Value>,
    /// Whether there is any child node, be it a comment.
    has_children: bool,
    /// Text and references that follow each other.
    run: String,
    content: Content,
}

#[derive(Default)]
enum Content {
    #[default]
    Empty,
    Text(String),
    Elements(Map<String, Value>),
}

impl Document {
    fn start(&mut self, tag: &BytesStart<'_>) -> Result<(), DecodingError> {
        if self.root.is_some() || self.open.len() == MAX_DEPTH {
            return Err(DecodingError);
        }
        self.other();
        let name = tag.name().into_inner();
        if !is_name(name) {
            return Err(DecodingError);
        }
        self.values += 1;
        let attributes = attributes(tag, &mut self.values)?;
        if self.values > MAX_VALUES {
            return Err(DecodingError);
        }
        self.open.push(Element {
            name: name.to_owned(),
            attributes,
            ..Element::default()
        });
        Ok(())
    }

    fn end(&mut self) -> Result<(), DecodingError> {
        let mut element = self.open.pop().ok_or(DecodingError)?;
        element.flush();
        let name = std::mem::take(&mut element.name);
        let value = element.into_value();
        match self.open.last_mut() {
            Some(parent) => parent.add(name, value),
            None => {
                self.root = Some(value);
                Ok(())
            }
        }
    }

    fn text(&mut self, text: &str) -> Result<(), DecodingError> {
        match self.open.last_mut() {
            Some(element) => {
                element.has_children = true;
                element.run.push_str(text);
                Ok(())
            }
            None if text
                .chars()
                .all(|letter| matches!(letter, ' ' | '\t' | '\r' | '\n')) =>
            {
                Ok(())
            }
            None => Err(DecodingError),
        }
    }

    fn reference(&mut self, reference: &BytesRef<'_>) -> Result<(), DecodingError> {
        if self.open.is_empty() {
            return Err(DecodingError);
        }
        match reference.resolve_char_ref().map_err(|_| DecodingError)? {
            Some(letter) if is_xml_char(letter) => self.text(letter.encode_utf8(&mut [0; 4])),
            Some(_) => Err(DecodingError),
            None => self.text(resolve_predefined_entity(reference).ok_or(DecodingError)?),
        }
    }

    fn cdata(&mut self, text: &str) -> Result<(), DecodingError> {
        let element = self.open.last_mut().ok_or(DecodingError)?;
        element.flush();
        element.has_children = true;
        element.content = Content::Text(text.to_owned());
        Ok(())
    }

    /// Any other node ends a run of text.
    fn other(&mut self) {
        if let Some(element) = self.open.last_mut() {
            element.flush();
            element.has_children = true;
        }
    }

    fn doctype(&self) -> Result<(), DecodingError> {
        if self.open.is_empty() && self.root.is_none() {
            Ok(())
        } else {
            Err(DecodingError)
        }
    }

    fn finish(self) -> Result<Value, DecodingError> {
        if self.open.is_empty() {
            self.root.ok_or(DecodingError)
        } else {
            Err(DecodingError)
        }
    }
}

impl Element {
    /// Takes the text read so far over, unless it is blank.
    fn flush(&mut self) {
        let run = std::mem::take(&mut self.run);
        if !run.trim_matches([' ', '\t', '\n', '\r', '\0', '\x0B']).is_empty() {
            self.content = Content::Text(run);
        }
    }

    fn add(&mut self, name: String, value: Value) -> Result<(), DecodingError> {
        // The original starts over at a text that PHP calls empty and fails on any other.
        match &self.content {
            Content::Empty => self.content = Content::Elements(Map::new()),
            Content::Text(text) if matches!(text.as_str(), "" | "0") => {
                self.content = Content::Elements(Map::new());
            }
            _ => {}
        }
        let Content::Elements(members) = &mut self.content else {
            return Err(DecodingError);
        };
        match members.get_mut(&name) {
            None => {
                members.insert(name, value);
            }
            Some(first @ Value::Null) => *first = value,
            // A list of texts that meets an object becomes the first item of a new list, as in the original.
            Some(Value::Array(items)) if !is_array(&value) || items.first().is_some_and(is_array) => {
                items.push(value);
            }
            Some(first) => *first = Value::Array(vec![first.take(), value]),
        }
        Ok(())
    }

    fn into_value(self) -> Value {
        let value = match self.content {
            Content::Empty if !self.has_children => Value::Null,
            Content::Empty => Value::String(String::new()),
            Content::Text(text) => Value::String(text),
            Content::Elements(members) => Value::Object(members),
        };
        if self.attributes.is_empty() {
            return value;
        }
        let attributes = Value::Object(self.attributes);
        Value::Object(
            [
                ("_value".to_owned(), value),
                ("_attribute".to_owned(), attributes),
            ]
            .into_iter()
            .collect(),
        )
    }
}

fn is_array(value: &Value) -> bool {
    matches!(value, Value::Array(_) | Value::Object(_))
}

/// Attributes by local name, the first of equal ones; without namespace declarations. Counts them.
fn attributes(tag: &BytesStart<'_>, values: &mut usize) -> Result<Map<String, Value>, DecodingError> {
    let mut found = Map::new();
    let mut names = HashSet::new();
    // The reader's own check for equal names compares each with all before it.
    for attribute in tag.attributes().with_checks(false) {
        let attribute = attribute.map_err(|_| DecodingError)?;
        *values += 1;
        if *values > MAX_VALUES || !names.insert(attribute.key) {
            return Err(DecodingError);
        }
        if !is_name(attribute.key.into_inner()) || attribute.value.contains('<') {
            return Err(DecodingError);
        }
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(|_| DecodingError)?;
        if !value.chars().all(is_xml_char) {
            return Err(DecodingError);
        }
        if attribute.key.as_namespace_binding().is_none() {
            let name = attribute.key.local_name().into_inner().to_owned();
            found
                .entry(name)
                .or_insert_with(|| Value::String(value.into_owned()));
        }
    }
    Ok(found)
}

/// A character that XML 1.0 allows.
fn is_xml_char(letter: char) -> bool {
    !matches!(letter, '\0'..='\x08' | '\x0B' | '\x0C' | '\x0E'..='\x1F' | '\u{FFFE}' | '\u{FFFF}')
}

/// Whether a name is one; beyond ASCII everything is taken.
fn is_name(name: &str) -> bool {
    let letter =
        |letter: char| letter.is_ascii_alphabetic() || matches!(letter, '_' | ':') || !letter.is_ascii();
    name.starts_with(letter)
        && name
            .chars()
            .all(|next| letter(next) || next.is_ascii_digit() || matches!(next, '-' | '.'))
}

#[cfg(test)]
mod tests;
