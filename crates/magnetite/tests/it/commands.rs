//! The commands, and that a running server sees what they do.

use anyhow::{Context as _, Result};
use rstest::rstest;
use serde_json::Value;
use testkit::magento::{ADMIN, PASSWORD};
use testkit::server::Installation;

use crate::accounts::{CLERK, create};
use crate::support::{BINARY, Home, SIGN_IN_FAILED, Site, soon, standalone};

#[test]
fn an_algorithm_that_the_server_lacks_is_refused() -> Result<()> {
    let installation = standalone()?;
    assert!(installation.run(&["setup:install"])?.status.success());
    let path = "webapi/jwtauth/jwt_alg";
    let outcome = installation.run(&["config:set", path, "A128KW"])?;
    assert_eq!(outcome.status.code(), Some(1), "{outcome:?}");
    assert_eq!(
        outcome.stderr,
        "The \"A128KW\" value of webapi/jwtauth/jwt_alg cannot be used: Magnetite signs tokens with HS256, HS384 or \
         HS512\n"
    );
    assert_eq!(installation.run(&["config:show", path])?.stdout, "HS256\n");
    assert!(installation.run(&["config:set", path, "HS512"])?.status.success());
    assert_eq!(installation.run(&["config:show", path])?.stdout, "HS512\n");
    Ok(())
}

#[test]
fn commands_do_not_install() -> Result<()> {
    let installation = standalone()?;
    for arguments in [
        &["admin:user:unlock", "admin"][..],
        &["config:set", "general/locale/code", "de_DE"],
        &["config:show", "general/locale/code"],
    ] {
        let outcome = installation.run(arguments)?;
        assert!(!outcome.status.success());
        assert!(
            outcome.stderr.contains("the database is empty"),
            "{arguments:?}: {}",
            outcome.stderr
        );
    }
    assert!(
        create(&installation, &CLERK)?
            .stderr
            .contains("the database is empty")
    );
    Ok(())
}

#[rstest]
fn unlocking_clears_both_locks(#[values(Home::Sqlite, Home::Attached)] home: Home) -> Result<()> {
    let Some(site) = Site::shared(home)? else {
        return Ok(());
    };
    site.sql.add_admin("stuck")?;
    let secret = crate::support::SECRET;
    let unlock = |name: &str| site.installation.run(&["admin:user:unlock", name]);
    // Each of the locks alone keeps the user out.
    let throttle = "INSERT INTO {oauth_token_request_log} (user_name, user_type, failures_count, lock_expires_at) \
                    VALUES ('stuck', 3, 6, ?)";
    let account = "UPDATE {admin_user} SET failures_num = 6, lock_expires = ? WHERE username = 'stuck'";
    for locks in [&[throttle][..], &[account], &[throttle, account]] {
        for lock in locks {
            site.sql.run(lock, db::params![crate::support::time(600)?])?;
        }
        assert_eq!(site.server.sign_in("stuck", secret)?.parts(), SIGN_IN_FAILED);
        let outcome = unlock("stuck")?;
        assert!(outcome.status.success());
        assert_eq!(
            outcome.stdout, "The user account \"stuck\" has been unlocked\n",
            "{outcome:?}"
        );
        site.server.admin_token("stuck", secret)?;
    }
    let outcome = unlock("STUCK")?;
    assert!(outcome.status.success());
    assert_eq!(
        outcome.stdout,
        "The user account \"STUCK\" was not locked or could not be unlocked\n"
    );
    let outcome = unlock("nobody")?;
    assert_eq!(outcome.status.code(), Some(1));
    assert_eq!(outcome.stderr, "Couldn't find the user account \"nobody\"\n");
    Ok(())
}

#[rstest]
fn configuration_is_set_for_each_scope(#[values(Home::Sqlite, Home::Attached)] home: Home) -> Result<()> {
    let Some(site) = Site::start(home)? else {
        return Ok(());
    };
    let token = site.admin_token()?;
    let locale = || -> Result<String> {
        let configs = site
            .server
            .get("/rest/V1/store/storeConfigs", Some(&token))?
            .json()?;
        Ok(configs[0]["locale"].as_str().context("no locale")?.to_owned())
    };
    let path = "general/locale/code";
    let show = |scope: &[&str]| -> Result<String> {
        let arguments = [&["config:show", path], scope].concat();
        Ok(site.installation.run(&arguments)?.stdout)
    };
    let (website, store) = (
        ["--scope=websites", "--scope-code=base"],
        ["--scope=stores", "--scope-code=default"],
    );
    assert_eq!(locale()?, "en_US");
    for (scope, value) in [(&[][..], "de_DE"), (&website, "fr_FR"), (&store, "it_IT")] {
        let outcome = site
            .installation
            .run(&[&["config:set", path, value], scope].concat())?;
        assert!(outcome.status.success(), "{outcome:?}");
        assert_eq!(outcome.stdout, "Value was saved.\n");
        soon("the new locale", || Ok(locale()? == value))?;
        assert_eq!(show(&store)?, format!("{value}\n"));
    }
    assert_eq!(show(&[])?, "de_DE\n");
    assert_eq!(show(&website)?, "fr_FR\n");
    let rows = "SELECT scope, scope_id, value FROM {core_config_data} WHERE path = ? ORDER BY scope";
    let rows: Vec<(String, i64, String)> = site.sql.all(rows, db::params![path])?;
    let expected = [
        ("default", 0, "de_DE"),
        ("stores", 1, "it_IT"),
        ("websites", 1, "fr_FR"),
    ];
    assert_eq!(
        rows,
        expected.map(|(scope, id, value)| (scope.to_owned(), id, value.to_owned()))
    );
    // Once more: the row changes in place.
    assert!(
        site.installation
            .run(&["config:set", path, "es_ES"])?
            .status
            .success()
    );
    assert_eq!(show(&[])?, "es_ES\n");
    Ok(())
}

#[test]
fn wrong_scopes_and_paths_are_named() -> Result<()> {
    let installation = standalone()?;
    assert!(installation.run(&["setup:install"])?.status.success());
    let path = "general/locale/code";
    for (arguments, text) in [
        (&["config:set", "general", "x"][..], "\"general\" path"),
        (&["config:set", "a//b", "x"], "\"a//b\" path"),
        (
            &["config:set", path, "x", "--scope", "stores"],
            "needs a --scope-code",
        ),
        (
            &["config:set", path, "x", "--scope-code", "default"],
            "has no code",
        ),
        (
            &["config:set", path, "x", "--scope", "planet", "--scope-code", "b"],
            "\"planet\"",
        ),
        (
            &[
                "config:set",
                path,
                "x",
                "--scope",
                "stores",
                "--scope-code",
                "nosuch",
            ],
            "\"nosuch\"",
        ),
        (
            &[
                "config:show",
                path,
                "--scope",
                "websites",
                "--scope-code",
                "nosuch",
            ],
            "\"nosuch\"",
        ),
        (&["config:show", "no/such/path"], "\"no/such/path\""),
    ] {
        let outcome = installation.run(arguments)?;
        assert_eq!(outcome.status.code(), Some(1), "{arguments:?}: {outcome:?}");
        assert!(outcome.stderr.contains(text), "{arguments:?}: {}", outcome.stderr);
        assert_eq!(outcome.stdout, "");
    }
    Ok(())
}

#[test]
fn installing_twice_is_refused() -> Result<()> {
    let installation = Installation::sqlite(BINARY)?;
    let outcome = installation.run(&["setup:install"])?;
    assert!(outcome.status.success(), "{outcome:?}");
    assert!(
        outcome.stdout.starts_with("Magnetite is installed.\n"),
        "{outcome:?}"
    );
    let shown = outcome
        .stdout
        .split("password: ")
        .nth(1)
        .and_then(|rest| rest.split(' ').next());
    let shown = shown.context("no password is shown")?;
    let again = installation.run(&["setup:install"])?;
    assert_eq!(again.status.code(), Some(1));
    assert!(
        again.stderr.contains("installation in this database already"),
        "{again:?}"
    );
    assert!(!again.stdout.contains("password"));
    let server = installation.serve()?;
    server.admin_token("admin", shown)?;
    assert!(!server.stdout().contains("password"));
    Ok(())
}

#[test]
fn the_first_administrator_is_as_the_flags_say() -> Result<()> {
    let installation = standalone()?;
    let outcome = installation.run(&[
        "setup:install",
        "--admin-user=boss",
        "--admin-password=Boss1234",
        "--admin-email=boss@example.com",
    ])?;
    assert!(outcome.status.success(), "{outcome:?}");
    assert!(!outcome.stdout.contains("Boss1234"), "{outcome:?}");
    let server = installation.serve()?;
    server.admin_token("boss", "Boss1234")?;
    assert_eq!(
        server.sign_in(ADMIN, PASSWORD)?.parts(),
        SIGN_IN_FAILED,
        "a flag beats the variable"
    );
    Ok(())
}

#[test]
fn the_document_is_printed_without_a_database() -> Result<()> {
    let installation =
        Installation::sqlite(BINARY)?.set("MAGNETITE_DATABASE_URL", "mysql://nobody@127.0.0.1:1/none");
    let outcome = installation.run(&["openapi"])?;
    let document: Value = serde_json::from_str(&outcome.stdout)?;
    assert_eq!(document["swagger"], "2.0");
    let outcome = installation.run(&["openapi", "--services", "storeStoreRepositoryV1"])?;
    let document: Value = serde_json::from_str(&outcome.stdout)?;
    let paths: Vec<_> = document["paths"]
        .as_object()
        .context("no paths")?
        .keys()
        .collect();
    assert_eq!(paths, ["/V1/store/storeViews"]);
    for services in ["nosuchV1", "!!", ""] {
        let outcome = installation.run(&["openapi", "--services", services])?;
        assert_eq!(outcome.status.code(), Some(1), "{services}: {outcome:?}");
        assert_eq!(outcome.stdout, "");
    }
    assert!(!installation.path("magnetite.db").exists());
    Ok(())
}

#[test]
fn shells_get_their_completions() -> Result<()> {
    let installation = Installation::sqlite(BINARY)?;
    for shell in ["bash", "zsh", "fish"] {
        let outcome = installation.run(&["completions", shell])?;
        assert!(outcome.status.success());
        assert!(
            outcome.stdout.contains("magnetite") && outcome.stdout.contains("admin:user:create"),
            "{shell}"
        );
    }
    assert_eq!(installation.run(&["completions", "tcsh"])?.status.code(), Some(2));
    Ok(())
}

#[test]
fn help_tells_how_settings_are_given() -> Result<()> {
    let installation = Installation::sqlite(BINARY)?.set("MAGNETITE_ADMIN_PASSWORD", "Hidden123");
    let help = installation.run(&["--help"])?.stdout;
    for text in [
        "MAGNETITE_DATABASE_URL",
        "magnetite.toml",
        "--behind-proxy",
        "admin:user:create",
        "config:set",
    ] {
        assert!(help.contains(text), "{text} is not in:\n{help}");
    }
    for command in [
        "serve",
        "setup:install",
        "admin:user:create",
        "admin:user:unlock",
        "config:set",
        "config:show",
    ] {
        let outcome = installation.run(&[command, "--help"])?;
        assert!(outcome.status.success(), "{command}");
        assert!(
            !outcome.stdout.contains("Hidden123"),
            "{command} shows a password"
        );
    }
    assert!(
        installation
            .run(&["setup:install", "--help"])?
            .stdout
            .contains("MAGNETITE_ADMIN_PASSWORD")
    );
    // Each secret's flag says who sees it, and what to give instead.
    let help = installation.run(&["admin:user:create", "--help"])?.stdout;
    let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(
        help.matches("Other users of this machine can see arguments")
            .count(),
        3,
        "{help}"
    );
    for instead in [
        "MAGNETITE_CRYPT_KEY",
        "MAGNETITE_DATABASE_URL",
        "--admin-password-file",
    ] {
        assert!(help.contains(instead), "{instead} is not in:\n{help}");
    }
    let version = installation.run(&["--version"])?.stdout;
    assert_eq!(version.trim(), format!("magnetite {}", env!("CARGO_PKG_VERSION")));
    assert_eq!(installation.run(&[])?.status.code(), Some(2));
    Ok(())
}

#[test]
fn without_a_path_all_values_are_shown() -> Result<()> {
    let installation = standalone()?;
    assert!(installation.run(&["setup:install"])?.status.success());
    assert!(
        installation
            .run(&["config:set", "vendor/group/field", "x"])?
            .status
            .success()
    );
    let shown = installation.run(&["config:show"])?.stdout;
    let lines: Vec<&str> = shown.lines().collect();
    for line in [
        "general/locale/code - en_US",
        "vendor/group/field - x",
        "webapi/jwtauth/jwt_alg - HS256",
    ] {
        assert!(lines.contains(&line), "{line} is not in:\n{shown}");
    }
    assert!(lines.is_sorted(), "by path");
    Ok(())
}
