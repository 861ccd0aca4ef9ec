//! The texts, as templates.

use contract::{Error, Result};
use minijinja::{AutoEscape, Environment, Value, context};

use crate::letter::{Letter, Template};

/// A written mail: what a person reads.
#[derive(Clone)]
pub(crate) struct Text {
    pub(crate) subject: String,
    pub(crate) plain: String,
    pub(crate) html: String,
}

/// The parts of a template: subject, plain text, HTML.
struct Source {
    template: Template,
    subject: &'static str,
    plain: &'static str,
    html: &'static str,
}

macro_rules! source {
    ($template:ident, $file:literal, $subject:literal) => {
        Source {
            template: Template::$template,
            subject: $subject,
            plain: include_str!(concat!("texts/", $file, ".txt")),
            html: include_str!(concat!("texts/", $file, ".html")),
        }
    };
}

static SOURCES: &[Source] = &[
    source!(Welcome, "welcome", "Welcome to {{ store }}"),
    source!(
        WelcomeWithoutPassword,
        "welcome_without_password",
        "Welcome to {{ store }}"
    ),
    source!(Confirm, "confirm", "Confirm your account at {{ store }}"),
    source!(Confirmed, "confirmed", "Your account at {{ store }} is ready"),
    source!(Reset, "reset", "A new password for {{ store }}"),
    source!(Reminder, "reminder", "Your password for {{ store }}"),
    source!(
        PasswordChanged,
        "password_changed",
        "Your password for {{ store }} has changed"
    ),
    source!(
        EmailChanged,
        "email_changed",
        "Your e-mail address at {{ store }} has changed"
    ),
    source!(
        SecondFactor,
        "second_factor",
        "Set up two-factor authentication for {{ store }}"
    ),
];

/// What every HTML part stands in.
const FRAME: &str = include_str!("texts/frame.html");

/// All texts, ready to be filled in.
pub(crate) struct Texts(Environment<'static>);

impl Texts {
    pub(crate) fn new() -> Self {
        let mut environment = Environment::new();
        environment.set_auto_escape_callback(|name| {
            if name.ends_with(".html") {
                AutoEscape::Html
            } else {
                AutoEscape::None
            }
        });
        Self(environment)
    }

    /// Fills in the text of a letter.
    ///
    /// # Errors
    /// Internal: the template is wrong.
    pub(crate) fn write(&self, letter: &Letter) -> Result<Text> {
        let source = SOURCES
            .iter()
            .find(|source| source.template == letter.template)
            .ok_or_else(|| Error::internal(format!("no text {}", letter.template.name())))?;
        let store = one_line(&letter.store);
        let values = context! {
            store => &store,
            name => one_line(&letter.to.name),
            link => &letter.link,
            code => &letter.code,
            hours => letter.hours,
        };
        let fill = |name: &str, text: &str| {
            self.0
                .render_named_str(name, text, &values)
                .map_err(Error::internal)
        };
        let body = fill("body.html", source.html)?;
        let subject = fill("subject", source.subject)?;
        let html = self
            .0
            .render_named_str(
                "frame.html",
                FRAME,
                context! { subject => &subject, body => Value::from_safe_string(body), store => &store },
            )
            .map_err(Error::internal)?;
        Ok(Text {
            subject,
            plain: fill("body.txt", source.plain)?,
            html,
        })
    }
}

/// A text without line breaks: a name must not look like something that we say.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use contract::StoreScope;

    use super::*;
    use crate::letter::{Identity, Person};

    fn letter(template: Template) -> Letter {
        Letter {
            template,
            to: Person {
                name: "Ada <b>Byron</b>".to_owned(),
                email: "ada@example.com".to_owned(),
            },
            from: Identity("support".to_owned()),
            scope: StoreScope {
                store_id: 1,
                website_id: 1,
                group_id: 1,
                code: Arc::from("default"),
            },
            store: "Tools & \r\nBcc: x".to_owned(),
            link: "http://shop.test/?a=1&b=2".to_owned(),
            code: "k3y".to_owned(),
            hours: 2,
        }
    }

    #[test]
    fn every_letter_has_a_text_and_html_is_escaped() {
        for template in Template::ALL {
            let text = Texts::new().write(&letter(template)).unwrap();
            assert!(text.plain.contains("Ada <b>Byron</b>"), "{template:?}");
            assert!(text.html.contains("Ada &lt;b&gt;Byron"), "{template:?}");
            assert!(text.html.contains("Tools &amp; "), "{template:?}");
            assert!(!text.subject.contains(['\r', '\n']), "{template:?}");
            assert!(!text.plain.contains("{{"), "{template:?}");
        }
    }

    #[test]
    fn links_codes_and_hours_are_told_where_there_are_any() {
        let text = Texts::new().write(&letter(Template::Reset)).unwrap();
        assert!(text.plain.contains("http://shop.test/?a=1&b=2") && text.plain.contains("k3y"));
        assert!(text.plain.contains("2 hours"));
        assert!(
            text.html
                .contains("href=\"http:&#x2f;&#x2f;shop.test&#x2f;?a=1&amp;b=2\"")
        );
        let mut bare = letter(Template::Reset);
        bare.link = String::new();
        bare.hours = 0;
        let text = Texts::new().write(&bare).unwrap();
        assert!(!text.plain.contains("hours") && !text.html.contains("href"));
    }
}
