//! The password of an administrator, without anybody else seeing it.

use std::io::{IsTerminal as _, Read as _};
use std::path::Path;

use anyhow::{Context as _, bail};
use secrecy::SecretString;

use crate::cli::AdminFlags;

/// What the prompt says.
const QUESTION: &str = "Admin password";

/// The variable that may name it.
const VARIABLE: &str = "MAGNETITE_ADMIN_PASSWORD";

/// The password of the variable. One that is not text is refused with the settings.
pub(super) fn variable() -> Option<String> {
    std::env::var(VARIABLE).ok()
}

/// The password by flag or file, else by variable.
pub(super) fn given(flags: &mut AdminFlags) -> anyhow::Result<Option<String>> {
    match (flags.admin_password.take(), &flags.admin_password_file) {
        (Some(password), _) => Ok(Some(password)),
        (None, Some(file)) => from_file(file).map(Some),
        (None, None) => Ok(variable()),
    }
}

/// The given password, else one from the terminal.
pub(super) fn ask(given: Option<String>) -> anyhow::Result<SecretString> {
    let password = match given {
        Some(password) => password,
        None if std::io::stdin().is_terminal() => prompt()?,
        None => bail!("{QUESTION} is missing: set {VARIABLE} or give --admin-password-file"),
    };
    if password.is_empty() {
        bail!("The value cannot be empty");
    }
    Ok(password.into())
}

fn prompt() -> anyhow::Result<String> {
    rpassword::prompt_password(format!("{QUESTION}: ")).context("cannot read the password")
}

fn from_file(file: &Path) -> anyhow::Result<String> {
    let mut text = String::new();
    if file == Path::new("-") {
        let mut input = std::io::stdin();
        if input.is_terminal() {
            return prompt();
        }
        let read = input.read_to_string(&mut text);
        read.context("cannot read the password from standard input")?;
    } else {
        text = crate::settings::read_file(file)?;
    }
    let password = line(&text);
    if password.is_empty() {
        bail!("{} holds no password", file.display());
    }
    Ok(password.to_owned())
}

/// Without the newline at the end. Spaces belong to the password.
fn line(text: &str) -> &str {
    let text = text.strip_suffix('\n').unwrap_or(text);
    text.strip_suffix('\r').unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_newline_is_cut_off() {
        for text in [" pass word ", " pass word \n", " pass word \r\n"] {
            assert_eq!(line(text), " pass word ");
        }
        assert_eq!(line("\n"), "");
        assert_eq!(line("two\n\n"), "two\n");
    }
}
