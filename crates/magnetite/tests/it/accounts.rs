//! `admin:user:create`: accounts made and made over, and where their passwords come from.

use std::fs;
use std::io::{Read as _, Write as _};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context as _, Result};
use rstest::rstest;
use testkit::server::{Installation, Outcome};

use crate::support::{BINARY, Home, PROTECTED, SIGN_IN_FAILED, Site, soon, standalone};

/// Flags of `admin:user:create`, by the end of their names.
pub(crate) fn create(installation: &Installation, flags: &[(&str, &str)]) -> Result<Outcome> {
    let mut arguments = vec!["admin:user:create".to_owned()];
    arguments.extend(
        flags
            .iter()
            .map(|(name, value)| format!("--admin-{name}={value}")),
    );
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    // The tests' own administrator is no default here.
    let mut command = installation.command(&arguments);
    command
        .env_remove("MAGNETITE_ADMIN_USER")
        .env_remove("MAGNETITE_ADMIN_PASSWORD");
    let output = command.output()?;
    Ok(Outcome {
        status: output.status,
        stdout: String::from_utf8(output.stdout)?,
        stderr: String::from_utf8(output.stderr)?,
    })
}

/// The flags of a new administrator.
pub(crate) const CLERK: [(&str, &str); 5] = [
    ("user", "clerk"),
    ("password", "Clerk123"),
    ("email", "clerk@example.com"),
    ("firstname", "Carla"),
    ("lastname", "Clerk"),
];

/// The flags of [`CLERK`] with another value for one of them.
fn clerk<'a>(changes: &[(&str, &'a str)]) -> Vec<(&'static str, &'a str)> {
    let changed = |(name, value): (&'static str, &'static str)| {
        let change = changes.iter().find(|(key, _)| *key == name);
        (name, change.map_or(value, |(_, value)| *value))
    };
    CLERK.into_iter().map(changed).collect()
}

#[rstest]
fn an_administrator_is_made_and_made_over(#[values(Home::Sqlite, Home::Attached)] home: Home) -> Result<()> {
    let Some(site) = Site::shared(home)? else {
        return Ok(());
    };
    let outcome = create(&site.installation, &CLERK)?;
    assert_eq!(
        outcome.stdout, "Created Magento administrator user named clerk\n",
        "{outcome:?}"
    );
    assert!(outcome.status.success());
    let token = site.server.admin_token("clerk", "Clerk123")?;
    soon("the new administrator", || {
        Ok(site.server.get(PROTECTED, Some(&token))?.status == 200)
    })?;

    // The same name and e-mail: a new password and name, and back in service.
    site.sql.run(
        "UPDATE {admin_user} SET is_active = 0 WHERE username = 'clerk'",
        &[],
    )?;
    let outcome = create(
        &site.installation,
        &clerk(&[("password", "Clerk456"), ("lastname", "Boss")]),
    )?;
    assert!(outcome.status.success(), "{outcome:?}");
    assert_eq!(site.server.sign_in("clerk", "Clerk123")?.parts(), SIGN_IN_FAILED);
    site.server.admin_token("clerk", "Clerk456")?;
    let row = "SELECT COUNT(*), MAX(lastname), MAX(is_active) FROM {admin_user} WHERE username = 'clerk'";
    assert_eq!(
        site.sql.one::<(i64, String, i64)>(row, &[])?,
        (1, "Boss".to_owned(), 1)
    );
    let roles = "SELECT COUNT(*) FROM {authorization_role} r JOIN {admin_user} u ON u.user_id = r.user_id \
                 WHERE u.username = 'clerk' AND r.role_type = 'U' AND r.parent_id = 1";
    assert_eq!(site.sql.one::<i64>(roles, &[])?, 1);

    for (changes, text) in [
        (
            [("user", "clerk"), ("email", "other@example.com")],
            "An existing user has the given username but different email. Username and email both need to match an \
             existing user or both be new.",
        ),
        (
            [("user", "other"), ("email", "clerk@example.com")],
            "An existing user has the given email but different username. Username and email both need to match an \
             existing user or both be new.",
        ),
    ] {
        let outcome = create(&site.installation, &clerk(&changes))?;
        assert!(!outcome.status.success());
        assert_eq!(outcome.stderr.trim(), text);
    }
    let outcome = create(
        &site.installation,
        &clerk(&[("user", "clerk"), ("password", "CLERK")]),
    )?;
    assert!(!outcome.status.success(), "{outcome:?}");
    Ok(())
}

#[test]
fn rules_that_are_broken_are_listed() -> Result<()> {
    let installation = standalone()?;
    assert!(installation.run(&["setup:install"])?.status.success());
    for (changes, lines) in [
        (
            &[("password", "a1")][..],
            &["Your password must be at least 7 characters."][..],
        ),
        (
            &[("password", "abcdefgh")],
            &["Your password must include both numeric and alphabetic characters."],
        ),
        (
            &[("password", "abc")],
            &[
                "Your password must be at least 7 characters.",
                "Your password must include both numeric and alphabetic characters.",
            ],
        ),
        (
            &[("user", " ")],
            &["\"User Name\" is required. Enter and try again."],
        ),
        (
            &[("firstname", " "), ("lastname", " ")],
            &[
                "\"First Name\" is required. Enter and try again.",
                "\"Last Name\" is required. Enter and try again.",
            ],
        ),
        (
            &[("email", "x")],
            &["'x' is not a valid email address in the basic format local-part@hostname"],
        ),
    ] {
        let outcome = create(&installation, &clerk(changes))?;
        assert_eq!(outcome.status.code(), Some(1), "{outcome:?}");
        assert_eq!(outcome.stderr.lines().collect::<Vec<_>>(), lines, "{changes:?}");
        assert_eq!(outcome.stdout, "");
    }
    let long = [("user", "clerk1234"), ("password", "CLERK1234")];
    assert!(
        create(&installation, &clerk(&[("user", "clerk1234")]))?
            .status
            .success()
    );
    let outcome = create(&installation, &clerk(&long))?;
    assert_eq!(
        outcome.stderr.trim(),
        "Password cannot be the same as the user name."
    );
    Ok(())
}

#[test]
fn without_a_terminal_what_is_missing_is_named() -> Result<()> {
    let installation = standalone()?;
    assert!(installation.run(&["setup:install"])?.status.success());
    for (index, (name, _)) in CLERK.iter().enumerate() {
        let mut flags = CLERK.to_vec();
        flags.remove(index);
        let outcome = create(&installation, &flags)?;
        assert_eq!(outcome.status.code(), Some(1));
        assert!(
            outcome.stderr.contains(&format!("--admin-{name}")),
            "{name}: {}",
            outcome.stderr
        );
        let outcome = create(&installation, &clerk(&[(name, "")]))?;
        assert_eq!(outcome.status.code(), Some(1));
        assert_eq!(outcome.stderr.trim(), "The value cannot be empty");
    }
    Ok(())
}

#[test]
fn a_missing_password_is_asked_for_by_variable_or_file() -> Result<()> {
    let installation = standalone()?;
    assert!(installation.run(&["setup:install"])?.status.success());
    let flags: Vec<_> = CLERK
        .into_iter()
        .filter(|(name, _)| *name != "password")
        .collect();
    let outcome = create(&installation, &flags)?;
    assert_eq!(
        outcome.stderr,
        "Admin password is missing: set MAGNETITE_ADMIN_PASSWORD or give --admin-password-file\n"
    );
    Ok(())
}

/// Flags of the clerk without a password.
const NAMELESS: [&str; 5] = [
    "admin:user:create",
    "--admin-user=clerk",
    "--admin-email=clerk@example.com",
    "--admin-firstname=Carla",
    "--admin-lastname=Clerk",
];

#[test]
fn a_password_comes_from_a_file_or_standard_input() -> Result<()> {
    let installation = standalone()?;
    let server = installation.serve()?;
    fs::write(installation.path("password"), " File 123 \n")?;
    // The file beats the variable, which the installation has.
    let outcome = installation.run(&[&NAMELESS[..], &["--admin-password-file=password"]].concat())?;
    assert!(outcome.status.success(), "{outcome:?}");
    server.admin_token("clerk", " File 123 ")?;

    let mut command = installation.command(&[&NAMELESS[..], &["--admin-password-file", "-"]].concat());
    let mut child = command.stdin(Stdio::piped()).spawn()?;
    let mut input = child.stdin.take().context("no input")?;
    input.write_all(b"Input 123\r\n")?;
    drop(input);
    assert!(child.wait()?.success());
    server.admin_token("clerk", "Input 123")?;

    fs::write(installation.path("empty"), "\n")?;
    for (file, told) in [
        ("empty", "empty holds no password"),
        ("nosuch", "cannot read nosuch"),
    ] {
        let outcome = installation.run(&[&NAMELESS[..], &["--admin-password-file", file]].concat())?;
        assert_eq!(outcome.status.code(), Some(1));
        assert!(outcome.stderr.contains(told), "{outcome:?}");
    }
    let both = ["--admin-password=x", "--admin-password-file=password"];
    assert_eq!(
        installation.run(&[&NAMELESS[..], &both].concat())?.status.code(),
        Some(2)
    );
    Ok(())
}

#[test]
fn a_password_that_is_typed_is_not_shown() -> Result<()> {
    if Command::new("script").arg("--version").output().is_err() {
        println!("skipped: script is not here");
        return Ok(());
    }
    let installation = standalone()?;
    let server = installation.serve()?;
    let line = format!("{BINARY} {}", NAMELESS.join(" "));
    // A terminal whose keyboard is our pipe.
    let command = installation.command(&[]);
    let variables = command
        .get_envs()
        .map(|(name, value)| (name.to_owned(), value.map(ToOwned::to_owned)));
    let mut terminal = Command::new("script");
    for (name, value) in variables.collect::<Vec<_>>() {
        match value {
            Some(value) => terminal.env(name, value),
            None => terminal.env_remove(name),
        };
    }
    terminal
        .env_remove("MAGNETITE_ADMIN_USER")
        .env_remove("MAGNETITE_ADMIN_PASSWORD")
        .args(["-q", "-e", "-c", &line, "/dev/null"])
        .current_dir(installation.path(""))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    let mut child = terminal.spawn()?;
    let mut keyboard = child.stdin.take().context("no input")?;
    let mut screen = child.stdout.take().context("no output")?;
    let mut shown = Vec::new();
    while !shown.ends_with(b"Admin password: ") {
        let mut byte = [0];
        screen
            .read_exact(&mut byte)
            .with_context(|| String::from_utf8_lossy(&shown).into_owned())?;
        shown.extend(byte);
    }
    // The prompt is written just before the echo goes off.
    sleep(Duration::from_millis(500));
    keyboard.write_all(b" Typed 123 \n")?;
    screen.read_to_end(&mut shown)?;
    let shown = String::from_utf8_lossy(&shown);
    assert!(child.wait()?.success(), "{shown}");
    assert!(!shown.contains("Typed"), "{shown}");
    server.admin_token("clerk", " Typed 123 ")?;
    Ok(())
}
