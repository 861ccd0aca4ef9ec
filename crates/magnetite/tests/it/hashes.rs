//! Password hashes of all versions (`spec/auth.md §6.3`).

use anyhow::Result;
use db::params;
use rstest::rstest;

use crate::support::{Home, SECRET, SECRET_HASH};
use crate::token::shared;

#[rstest]
fn old_hashes_sign_in_and_are_upgraded(#[values(Home::Sqlite, Home::Attached)] home: Home) -> Result<()> {
    let Some(shared) = shared(home)? else {
        return Ok(());
    };
    let salt = "abcdefghijklmnopqrstuvwxyz012345";
    let argon = SECRET_HASH.split(':').next().unwrap_or_default();
    // spec/auth.md §6.3.
    let hashes = [
        ("version-0", "e966d715f8843208590feb19eec93ac9:ab:0".to_owned()),
        (
            "version-1",
            format!("4ffbb8dfad06591d7f3e2d8dca9fb1bcdff54086262a948fd65647bc8f5a0bc1:{salt}:1"),
        ),
        ("version-2", format!("{argon}:{}:2", &salt[..16])),
        (
            "chain",
            format!(
                "0228841473535b7cf6cc451474f8b8f636527f57f1076a69b077d62aed5f3f1a:{salt}:1:3_32_2_67108864"
            ),
        ),
    ];
    let stored = "SELECT password FROM {admin_user} WHERE user_id = ?";
    for (name, hash) in hashes {
        let user = shared.site.sql.add_admin(name)?;
        shared.set(user, "password", Some(&hash))?;
        shared.refuses(&shared.site.server, name, "wrong")?;
        assert_eq!(
            shared.site.sql.one::<String>(stored, params![user])?,
            hash,
            "{name}"
        );
        shared.site.server.admin_token(name, SECRET)?;
        let upgraded = shared.site.sql.one::<String>(stored, params![user])?;
        let parts: Vec<_> = upgraded.split(':').collect();
        assert_eq!(parts.len(), 3, "{name}: {upgraded}");
        assert_eq!(
            (parts[0].len(), parts[1].len(), parts[2]),
            (64, 32, "3_32_2_67108864"),
            "{name}"
        );
        assert_ne!(parts[1], salt, "{name} has a new salt");
        shared.site.server.admin_token(name, SECRET)?;
        assert_eq!(
            shared.site.sql.one::<String>(stored, params![user])?,
            upgraded,
            "{name}"
        );
    }
    let user = shared.site.sql.add_admin("version-3")?;
    shared.site.server.admin_token("version-3", SECRET)?;
    assert_eq!(shared.site.sql.one::<String>(stored, params![user])?, SECRET_HASH);
    Ok(())
}

#[rstest]
fn damaged_hashes_refuse_everybody(#[values(Home::Sqlite, Home::Attached)] home: Home) -> Result<()> {
    let Some(shared) = shared(home)? else {
        return Ok(());
    };
    let hashes = [
        "",
        "x",
        "::",
        ":::::",
        "zz:salt:3_32_2_67108864",
        "00:salt:9",
        "00:salt:3_32_999999_1",
    ];
    for (index, hash) in hashes.iter().enumerate() {
        let name = format!("damaged-{index}");
        let user = shared.site.sql.add_admin(&name)?;
        shared.set(user, "password", Some(hash))?;
        shared.refuses(&shared.site.server, &name, SECRET)?;
    }
    Ok(())
}
