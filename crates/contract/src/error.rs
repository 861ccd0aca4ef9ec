//! The one error type of calls, in the terms of Magento's exceptions (`spec/webapi.md §11–12`).
//!
//! Domain crates have an enum of their own and turn it into this in one place; the surface turns this into
//! its envelope. The message keeps its `%placeholders`: clients fill them in from the parameters.

use std::borrow::Cow;
use std::fmt;

use wire::Value;

/// What a call returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The class of an error; the surface knows which status belongs to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The request is wrong: bad values, a rule of the domain not met.
    Invalid,
    /// What was asked for does not exist.
    NotFound,
    /// The caller may not, or could not show who they are.
    Unauthorized,
    /// An HTTP verb outside of GET, POST, PUT, DELETE.
    MethodNotSupported,
    /// No representation that the client accepts.
    NotAcceptable,
    /// The body is larger than allowed.
    TooLarge,
    /// A limit of calls is used up.
    TooManyRequests,
    /// A defect or an outage on our side; its cause goes to the log, never to the client.
    Internal,
    /// The database refused because of a conflict with another transaction: worth another try.
    Conflict,
}

/// The values for the placeholders of a message.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Parameters {
    /// None: the key is left out.
    #[default]
    None,
    /// For `%1`, `%2`, …: written as a list.
    Positional(Vec<Value>),
    /// For `%fieldName`, …: written as an object.
    Named(Vec<(Cow<'static, str>, Value)>),
}

/// A message with its parameters: the error itself, or one of several.
#[derive(Debug, Clone, PartialEq)]
pub struct Detail {
    /// The raw text with placeholders.
    pub message: Cow<'static, str>,
    /// Their values.
    pub parameters: Parameters,
}

/// An error of a call. Boxed, because results are moved about more often than errors are read.
pub struct Error(Box<Inner>);

struct Inner {
    kind: Kind,
    detail: Detail,
    errors: Vec<Detail>,
    code: i64,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Detail {
    /// A message whose parameters follow by [`Detail::with`].
    pub fn new(message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            message: message.into(),
            parameters: Parameters::None,
        }
    }

    /// Adds a named parameter.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.parameters.add(name, value.into());
        self
    }
}

impl Parameters {
    fn add(&mut self, name: &'static str, value: Value) {
        let pair = (Cow::Borrowed(name), value);
        match self {
            Self::Named(named) => named.push(pair),
            other => *other = Self::Named(vec![pair]),
        }
    }
}

impl Error {
    /// An error of the given kind whose message is final or whose parameters follow by [`Error::with`].
    pub fn new(kind: Kind, message: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Inner {
            kind,
            detail: Detail::new(message),
            errors: Vec::new(),
            code: 0,
            source: None,
        }))
    }

    /// The request is wrong (400).
    pub fn invalid(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Kind::Invalid, message)
    }

    /// There is no such thing (404).
    pub fn not_found(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Kind::NotFound, message)
    }

    /// `No such entity with %fieldName = %fieldValue`.
    pub fn no_such_entity(field: &'static str, value: impl Into<Value>) -> Self {
        Self::not_found("No such entity with %fieldName = %fieldValue")
            .with("fieldName", field)
            .with("fieldValue", value)
    }

    /// Signing in failed, or the caller lacks a right (401).
    pub fn unauthorized(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Kind::Unauthorized, message)
    }

    /// The caller lacks the right to `resource` (`spec/webapi.md §4.8`).
    pub fn not_authorized_for(resource: &'static str) -> Self {
        Self::unauthorized("The consumer isn't authorized to access %resources.").with("resources", resource)
    }

    /// A defect or an outage; `source` is logged with a report id, the client sees the id only.
    pub fn internal(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::new(
            Kind::Internal,
            "Internal Error. Details are available in Magento log file.",
        )
        .caused_by(source)
    }

    /// Keeps what lies behind the error, for the log.
    fn caused_by(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// `"%fieldName" is required. Enter and try again.` for each name; collapsed when there is only one.
    pub fn required<I>(names: I) -> Self
    where
        I: IntoIterator,
        I::Item: Into<Cow<'static, str>>,
    {
        Self::all(names.into_iter().map(|name| Detail {
            message: Cow::Borrowed("\"%fieldName\" is required. Enter and try again."),
            parameters: Parameters::Named(vec![(
                Cow::Borrowed("fieldName"),
                Value::String(name.into().into_owned()),
            )]),
        }))
    }

    /// Several errors of one request: one becomes the error itself, more go into its list
    /// (`spec/webapi.md §11.5`).
    pub fn all(details: impl IntoIterator<Item = Detail>) -> Self {
        let mut details: Vec<Detail> = details.into_iter().collect();
        let mut error = Self::invalid("One or more input exceptions have occurred.");
        if details.len() == 1 {
            error.0.detail = details.remove(0);
        } else {
            error.0.errors = details;
        }
        error
    }

    /// Adds a named parameter.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.0.detail.parameters.add(name, value.into());
        self
    }

    /// Adds a positional parameter.
    #[must_use]
    pub fn with_next(mut self, value: impl Into<Value>) -> Self {
        match &mut self.0.detail.parameters {
            Parameters::Positional(list) => list.push(value.into()),
            other => *other = Parameters::Positional(vec![value.into()]),
        }
        self
    }

    /// Sets the numeric code that some of Magento's exceptions carry; 0 is left out.
    #[must_use]
    pub fn with_code(mut self, code: i64) -> Self {
        self.0.code = code;
        self
    }

    /// Lists single errors under the message, even if there is only one: what validation of a whole found.
    #[must_use]
    pub fn with_errors(mut self, details: impl IntoIterator<Item = Detail>) -> Self {
        self.0.errors.extend(details);
        self
    }

    /// The class of the error.
    pub fn kind(&self) -> Kind {
        self.0.kind
    }

    /// Message and parameters.
    pub fn detail(&self) -> &Detail {
        &self.0.detail
    }

    /// The single errors of a list.
    pub fn errors(&self) -> &[Detail] {
        &self.0.errors
    }

    /// The numeric code, 0 for none.
    pub fn code(&self) -> i64 {
        self.0.code
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("message", &self.0.detail.message)
            .field("parameters", &self.0.detail.parameters)
            .field("errors", &self.0.errors)
            .field("source", &self.0.source)
            .finish()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.detail.message)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

impl From<db::Error> for Error {
    /// A value that does not fit its column is the caller's to correct; a deadlock is worth another try; the
    /// rest is ours.
    fn from(error: db::Error) -> Self {
        if let db::Error::Value { column } = &error {
            let invalid = match column.as_str() {
                "" => Self::invalid("A value is missing, too long, out of range or not of the right form."),
                column => Self::invalid(
                    "The value of \"%fieldName\" is missing, too long, out of range or not of the right form.",
                )
                .with("fieldName", column),
            };
            return invalid.caused_by(error);
        }
        let retryable = error.is_retryable();
        let mut error = Self::internal(error);
        if retryable {
            error.0.kind = Kind::Conflict;
        }
        error
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_missing_field_is_the_error_itself() {
        let error = Error::required(["username"]);
        assert_eq!(
            error.detail().message,
            "\"%fieldName\" is required. Enter and try again."
        );
        assert!(error.errors().is_empty());
    }

    #[test]
    fn two_missing_fields_are_listed_under_a_general_message() {
        let error = Error::required(["username", "password"]);
        assert_eq!(
            error.detail().message,
            "One or more input exceptions have occurred."
        );
        assert_eq!(error.errors().len(), 2);
    }

    #[test]
    fn a_value_that_does_not_fit_its_column_is_the_callers_fault() {
        let value = |column: &str| {
            Error::from(db::Error::Value {
                column: column.to_owned(),
            })
        };
        let error = value("firstname");
        assert_eq!(error.kind(), Kind::Invalid);
        assert_eq!(
            error.detail().parameters,
            Parameters::Named(vec![(Cow::Borrowed("fieldName"), Value::from("firstname"))])
        );
        assert!(std::error::Error::source(&error).is_some());
        let unnamed = value("");
        assert_eq!(unnamed.kind(), Kind::Invalid);
        assert_eq!(unnamed.detail().parameters, Parameters::None);
    }

    #[test]
    fn errors_of_the_database_are_ours_but_conflicts_may_pass() {
        assert_eq!(Error::from(db::Error::Deadlock).kind(), Kind::Conflict);
        for error in [
            db::Error::NoRow,
            db::Error::ForeignKey,
            db::Error::Aborted,
            db::Error::Usage("x".to_owned()),
        ] {
            assert_eq!(Error::from(error).kind(), Kind::Internal);
        }
    }

    #[test]
    fn positional_and_named_parameters_replace_each_other() {
        let error = Error::invalid("%1").with_next(1).with_next("b");
        assert_eq!(
            error.detail().parameters,
            Parameters::Positional(vec![Value::from(1), Value::from("b")])
        );
        let error = error.with("fieldName", "c");
        assert_eq!(
            error.detail().parameters,
            Parameters::Named(vec![(Cow::Borrowed("fieldName"), Value::from("c"))])
        );
    }

    #[test]
    fn the_source_is_not_part_of_the_text() {
        let error = Error::internal("connection to 10.0.0.1 refused");
        assert!(!error.to_string().contains("10.0.0.1"));
        assert!(std::error::Error::source(&error).is_some());
    }
}
