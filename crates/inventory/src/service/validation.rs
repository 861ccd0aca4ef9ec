//! What Magento's validators of inventory data find wrong; all of it is told in one answer.

use std::borrow::Cow;

use contract::error::{Detail, Parameters};
use contract::{Error, Result, Value};

const FAILED: &str = "Validation Failed";

/// What is wrong with a request.
#[derive(Debug, Default)]
pub(crate) struct Failures(Vec<Detail>);

impl Failures {
    /// Adds a message without placeholders.
    pub(crate) fn add(&mut self, message: impl Into<Cow<'static, str>>) {
        self.0.push(Detail::new(message));
    }

    /// Adds a message with one named placeholder.
    pub(crate) fn add_named(&mut self, message: &'static str, name: &'static str, value: impl Into<Value>) {
        self.0.push(Detail::new(message).with(name, value));
    }

    /// Adds a message with `%1`, `%2`, ….
    pub(crate) fn add_positional(&mut self, message: &'static str, values: Vec<Value>) {
        self.0.push(Detail {
            message: message.into(),
            parameters: Parameters::Positional(values),
        });
    }

    /// `field` must not be empty.
    pub(crate) fn not_empty(&mut self, field: &'static str, value: &str) {
        if trim(value).is_empty() {
            self.add_named("\"%field\" can not be empty.", "field", field);
        }
    }

    /// `field` must hold no white space.
    pub(crate) fn no_whitespace(&mut self, field: &'static str, value: &str) {
        if value.contains([' ', '\t', '\n', '\r', '\u{b}', '\u{c}']) {
            self.add_named("\"%field\" can not contain whitespaces.", "field", field);
        }
    }

    /// The value must hold no directive of templates, `${…}`.
    pub(crate) fn no_directive(&mut self, value: &str) {
        if has_directive(value) {
            self.add(FAILED);
        }
    }

    /// An error that lists what is wrong, if anything is.
    ///
    /// # Errors
    /// `Validation Failed`.
    pub(crate) fn check(self) -> Result<()> {
        if self.0.is_empty() {
            return Ok(());
        }
        Err(Error::invalid(FAILED).with_errors(self.0))
    }

    /// As [`Self::check`]; the message tells the first one.
    ///
    /// # Errors
    /// `Validation Failed: ` and what is wrong first.
    pub(crate) fn check_first(self) -> Result<()> {
        let Some(first) = self.0.first() else {
            return Ok(());
        };
        let message = format!("{FAILED}: {}", rendered(first));
        Err(Error::invalid(message).with_errors(self.0))
    }
}

/// Without white space around it, as PHP's `trim` sees it.
pub(crate) fn trim(value: &str) -> &str {
    value.trim_matches([' ', '\t', '\n', '\r', '\0', '\u{b}'])
}

/// Whether a line holds `$`, any number of colons, `{`, and `}` somewhere behind.
fn has_directive(value: &str) -> bool {
    value.split('\n').any(|line| {
        line.match_indices('$').any(|(at, _)| {
            let rest = line[at + 1..].trim_start_matches(':');
            rest.strip_prefix('{').is_some_and(|rest| rest.contains('}'))
        })
    })
}

/// The message with its values in it.
fn rendered(detail: &Detail) -> String {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let mut message = detail.message.clone().into_owned();
    match &detail.parameters {
        Parameters::None => {}
        Parameters::Positional(values) => {
            for (index, value) in values.iter().enumerate() {
                message = message.replace(&format!("%{}", index + 1), &text(value));
            }
        }
        Parameters::Named(values) => {
            for (name, value) in values {
                message = message.replace(&format!("%{name}"), &text(value));
            }
        }
    }
    message
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directives_of_templates_are_found() {
        for (value, expected) in [
            ("${a}", true),
            ("x $::{a} y", true),
            ("$a{b}", false),
            ("{$a}", false),
            ("${a\n}", false),
            ("plain", false),
        ] {
            assert_eq!(has_directive(value), expected, "{value}");
        }
    }
}
