//! Where settings come from, and what is told about one that cannot be used: where it is, never what it is.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context as _, anyhow};
use figment::Figment;
use figment::error::Kind;
use figment::providers::Serialized;
use figment::value::{Dict, Value};

use crate::cli::SettingFlags;

/// The file that is read from the working directory.
pub(super) const FILE: &str = "magnetite.toml";

/// What the names of variables begin with.
const PREFIX: &str = "MAGNETITE_";

/// A setting.
pub(super) struct Key {
    /// Its name in the file.
    pub(super) name: &'static str,
    form: Form,
    /// What is told about any other value.
    takes: &'static str,
}

/// How a variable's text is read.
#[derive(Clone, Copy)]
enum Form {
    /// As it is written, digits too.
    Text,
    Bool,
    Number,
}

const BOOL: &str = "true or false";
const NUMBER: &str = "a whole number";
const ADDRESS: &str = "ADDRESS:PORT, such as 127.0.0.1:8080";

/// All settings.
pub(super) const KEYS: &[Key] = &[
    key(
        "database_url",
        Form::Text,
        "a text: sqlite:FILE or mysql://user:password@host:port/database",
    ),
    key("table_prefix", Form::Text, "a text"),
    key("crypt_key", Form::Text, "a text"),
    key("crypt_key_file", Form::Text, "a text: the path of a file"),
    key("magento_env", Form::Text, "a text: the path of a file"),
    key("log_level", Form::Text, "a text"),
    key("log_format", Form::Text, "text or json"),
    key("bind", Form::Text, ADDRESS),
    key("metrics_bind", Form::Text, ADDRESS),
    key("behind_proxy", Form::Bool, BOOL),
    key(
        "trusted_proxies",
        Form::Text,
        "a text: networks separated by commas",
    ),
    key("tls_certificate", Form::Text, "a text: the path of a file"),
    key("tls_key", Form::Text, "a text: the path of a file"),
    key("hsts_max_age", Form::Number, NUMBER),
    key("cors_origins", Form::Text, "a text: origins separated by commas"),
    key("base_url", Form::Text, "a text"),
    key("static_version", Form::Text, "a text"),
    key("media", Form::Text, "a text: the path of a folder"),
    key("mail_folder", Form::Text, "a text: the path of a folder"),
    key(
        "downloadable_domains",
        Form::Text,
        "a text: hosts separated by commas",
    ),
    key("database_pool", Form::Number, NUMBER),
    key("body_limit", Form::Number, NUMBER),
    key("refuse_inactive_admins", Form::Bool, BOOL),
    key("api_lockout", Form::Bool, BOOL),
    key("two_factor", Form::Bool, BOOL),
    key(
        "two_factor_exempt",
        Form::Text,
        "a text: users, networks and USER@NETWORK separated by commas",
    ),
];

const fn key(name: &'static str, form: Form, takes: &'static str) -> Key {
    Key { name, form, takes }
}

impl Key {
    fn refusal(&self, place: &str) -> anyhow::Error {
        anyhow!("settings: {place} must be {}", self.takes)
    }
}

impl Form {
    fn parse(self, text: &str) -> Option<Value> {
        match self {
            Self::Text => Some(Value::from(text)),
            Self::Number => text.trim().parse::<u64>().ok().map(Value::from),
            Self::Bool => match text.trim().to_ascii_lowercase().as_str() {
                "true" | "1" | "on" | "yes" => Some(Value::from(true)),
                "false" | "0" | "off" | "no" => Some(Value::from(false)),
                _ => None,
            },
        }
    }
}

/// What file and variables say.
pub(super) struct Sources {
    file: Dict,
    /// By key: the variable's name as it is written, and its value.
    variables: BTreeMap<&'static str, (String, Value)>,
}

impl Sources {
    /// Reads the file, if it is there, and the variables.
    pub(super) fn read(
        file: &Path,
        variables: impl Iterator<Item = (OsString, OsString)>,
    ) -> anyhow::Result<Self> {
        let text = match std::fs::read_to_string(file) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
            Err(error) => return Err(error).with_context(|| format!("cannot read {}", file.display())),
        };
        Ok(Self {
            file: parse(&text)?,
            variables: environment(variables)?,
        })
    }

    /// Joins them with defaults and flags.
    pub(super) fn join(&self, defaults: impl serde::Serialize, flags: &SettingFlags) -> Figment {
        let variables: BTreeMap<_, _> = self
            .variables
            .iter()
            .map(|(key, (_, value))| (key, value))
            .collect();
        Figment::from(Serialized::defaults(defaults))
            .merge(Serialized::defaults(&self.file))
            .merge(Serialized::defaults(variables))
            .merge(Serialized::defaults(flags))
    }

    /// Says which setting is wrong and where it comes from. Values may be secrets: none is repeated.
    pub(super) fn explain(&self, error: &figment::Error, flags: &SettingFlags) -> anyhow::Error {
        if let Kind::UnknownField(name, _) = &error.kind {
            let known: Vec<_> = KEYS.iter().map(|key| key.name).collect();
            let known = known.join(", ");
            return anyhow!("settings: {FILE} has the unknown key {name:?}; the keys are {known}");
        }
        let name = error.path.first().map(String::as_str).unwrap_or_default();
        match KEYS.iter().find(|key| key.name == name) {
            Some(key) => key.refusal(&self.place(key, flags)),
            None => anyhow!("settings: {FILE} cannot be understood"),
        }
    }

    /// Where the value in force comes from.
    fn place(&self, key: &Key, flags: &SettingFlags) -> String {
        let flagged =
            matches!(Value::serialize(flags), Ok(Value::Dict(_, dict)) if dict.contains_key(key.name));
        if flagged {
            return format!("--{}", key.name.replace('_', "-"));
        }
        match self.variables.get(key.name) {
            Some((variable, _)) => variable.clone(),
            None => format!("{} in {FILE}", key.name),
        }
    }
}

/// Parses the text of the file. The parser's own message quotes the line, which may hold a secret.
fn parse(text: &str) -> anyhow::Result<Dict> {
    toml::from_str(text).map_err(|error| match error.span() {
        Some(span) => {
            let (line, column) = position(text, span.start);
            anyhow!("settings: {FILE} is not valid TOML: line {line}, column {column}")
        }
        None => anyhow!("settings: {FILE} is not valid TOML"),
    })
}

/// Line and column, from 1, of a byte.
fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let column = before.rsplit('\n').next().map_or(0, |line| line.chars().count());
    (before.matches('\n').count() + 1, column + 1)
}

/// The settings among environment variables.
fn environment(
    all: impl Iterator<Item = (OsString, OsString)>,
) -> anyhow::Result<BTreeMap<&'static str, (String, Value)>> {
    let mut found = BTreeMap::new();
    for (name, text) in all {
        // What is not text, and not ours, is somebody else's affair.
        let Some(name) = name.to_str() else { continue };
        let upper = name.to_ascii_uppercase();
        let Some(key) = upper.strip_prefix(PREFIX) else {
            continue;
        };
        let text = text
            .to_str()
            .ok_or_else(|| anyhow!("settings: {name} is not valid UTF-8"))?;
        let key = key.to_ascii_lowercase();
        let Some(key) = KEYS.iter().find(|known| known.name == key) else {
            continue;
        };
        let value = key.form.parse(text).ok_or_else(|| key.refusal(name))?;
        found.insert(key.name, (name.to_owned(), value));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use std::os::unix::ffi::OsStringExt as _;

    use proptest::prelude::*;

    use super::*;
    use crate::settings::Settings;

    fn pairs(all: &[(&str, &str)]) -> impl Iterator<Item = (OsString, OsString)> {
        let pair = |(name, text): &(&str, &str)| (OsString::from(name), OsString::from(text));
        all.iter().map(pair).collect::<Vec<_>>().into_iter()
    }

    fn load(text: &str, variables: &[(&str, &str)], flags: &SettingFlags) -> anyhow::Result<Settings> {
        let sources = Sources {
            file: parse(text)?,
            variables: environment(pairs(variables))?,
        };
        Settings::join(&sources, flags)
    }

    fn refusal(text: &str, variables: &[(&str, &str)], flags: &SettingFlags) -> String {
        format!("{:#}", load(text, variables, flags).unwrap_err())
    }

    #[test]
    fn a_syntax_error_is_placed_and_not_quoted() {
        let none = SettingFlags::default();
        let told = refusal(
            "bind = \"127.0.0.1:1\"\ncrypt_key = \"hunter2secret\n",
            &[],
            &none,
        );
        assert!(
            told.starts_with("settings: magnetite.toml is not valid TOML: line 2, column "),
            "{told}"
        );
        assert!(!told.contains("hunter2") && !told.contains("crypt_key"), "{told}");
        let told = refusal("crypt_key = hunter2secret\n", &[], &none);
        assert!(
            told.contains("line 1, column ") && !told.contains("hunter2"),
            "{told}"
        );
    }

    #[test]
    fn a_wrong_type_is_named_without_the_value() {
        let others = KEYS.iter().filter(|key| !matches!(key.form, Form::Number));
        for name in others.map(|key| key.name) {
            for value in [
                "918273645",
                "[\"918273645\"]",
                "{ a = 918273645 }",
                "918273645.5",
                "1979-05-27",
            ] {
                let told = refusal(&format!("{name} = {value}\n"), &[], &SettingFlags::default());
                assert!(
                    told.starts_with(&format!("settings: {name} in magnetite.toml must be ")),
                    "{told}"
                );
                assert!(!told.contains("918273645") && !told.contains("1979"), "{told}");
            }
        }
        for name in [
            "body_limit",
            "database_pool",
            "log_format",
            "bind",
            "metrics_bind",
            "api_lockout",
        ] {
            let told = refusal(&format!("{name} = \"hunter2\"\n"), &[], &SettingFlags::default());
            assert!(
                told.starts_with(&format!("settings: {name} in magnetite.toml must be ")),
                "{told}"
            );
            assert!(!told.contains("hunter2"), "{told}");
        }
    }

    #[test]
    fn an_unknown_key_is_named() {
        let told = refusal("bnid = \"hunter2\"\n", &[], &SettingFlags::default());
        assert!(
            told.contains("\"bnid\"") && told.contains("metrics_bind"),
            "{told}"
        );
        assert!(!told.contains("hunter2"), "{told}");
    }

    #[test]
    fn the_source_in_force_is_named() {
        let file = "bind = \"hunter2\"\n";
        let flags = SettingFlags {
            bind: Some("hunter2".to_owned()),
            ..SettingFlags::default()
        };
        let variable = [("MAGNETITE_BIND", "hunter2")];
        let told = refusal(file, &variable, &SettingFlags::default());
        assert!(told.starts_with("settings: MAGNETITE_BIND must be "), "{told}");
        let told = refusal(file, &variable, &flags);
        assert!(told.starts_with("settings: --bind must be "), "{told}");
        let number = [("MAGNETITE_BODY_LIMIT", "hunter2")];
        let told = refusal("", &number, &SettingFlags::default());
        assert_eq!(told, "settings: MAGNETITE_BODY_LIMIT must be a whole number");
    }

    #[test]
    fn booleans_in_variables_have_many_spellings() {
        for (text, expected) in [
            ("true", true),
            ("1", true),
            ("on", true),
            ("YES", true),
            ("False", false),
            ("0", false),
            ("off", false),
            ("no", false),
        ] {
            let settings = load("", &[("MAGNETITE_API_LOCKOUT", text)], &SettingFlags::default());
            assert_eq!(settings.unwrap().api_lockout, expected, "{text}");
        }
        let told = refusal(
            "",
            &[("MAGNETITE_API_LOCKOUT", "maybe")],
            &SettingFlags::default(),
        );
        assert_eq!(told, "settings: MAGNETITE_API_LOCKOUT must be true or false");
    }

    #[test]
    fn variables_of_digits_stay_texts() {
        let variables = [
            ("MAGNETITE_STATIC_VERSION", "0017"),
            ("MAGNETITE_BODY_LIMIT", "1000"),
        ];
        let settings = load("", &variables, &SettingFlags::default()).unwrap();
        assert_eq!(settings.static_version.as_deref(), Some("0017"));
        assert_eq!(settings.body_limit, 1000);
    }

    #[test]
    fn only_known_variables_count() {
        let variables = [
            ("MAGNETITE_DATABASE_URL", "sqlite:x"),
            ("MAGNETITE_ADMIN_USER", "x"),
            ("HOME", "x"),
        ];
        let found = environment(pairs(&variables)).unwrap();
        assert_eq!(found.keys().copied().collect::<Vec<_>>(), ["database_url"]);
    }

    #[test]
    fn foreign_variables_need_not_be_text() {
        let bytes = || OsString::from_vec(vec![0xff, 0xfe]);
        let foreign = [("X".into(), bytes()), (bytes(), "x".into())];
        assert!(environment(foreign.into_iter()).unwrap().is_empty());
        for ours in ["MAGNETITE_CRYPT_KEY", "MAGNETITE_ADMIN_PASSWORD"] {
            let told = environment([(ours.into(), bytes())].into_iter()).unwrap_err();
            assert_eq!(told.to_string(), format!("settings: {ours} is not valid UTF-8"));
        }
    }

    proptest! {
        #[test]
        fn no_text_of_the_file_panics(text in any::<String>()) {
            let _ = load(&text, &[], &SettingFlags::default());
        }

        #[test]
        fn a_position_is_within_the_text(text in "[a-zé\n]{0,40}", offset in 0usize..50) {
            let (line, column) = position(&text, offset);
            prop_assert!(line <= text.matches('\n').count() + 1);
            prop_assert!(column <= text.chars().count() + 1);
        }
    }
}
