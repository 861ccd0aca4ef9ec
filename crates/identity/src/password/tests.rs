use proptest::prelude::*;
use rstest::rstest;

use super::*;

const PASSWORD: &str = "Passw0rd!";
const SALT: &str = "abcdefghijklmnopqrstuvwxyz012345";
const ARGON: &str = "3947ee47a7d5e576f8f43c6b7d7ac6b51823ab989f5609ae7a4e4e87a332223b";
const SHA256: &str = "4ffbb8dfad06591d7f3e2d8dca9fb1bcdff54086262a948fd65647bc8f5a0bc1";
const CHAIN: &str = "0228841473535b7cf6cc451474f8b8f636527f57f1076a69b077d62aed5f3f1a";

fn keys() -> CryptKeys {
    CryptKeys::parse("0123456789abcdef0123456789abcdef").unwrap()
}

fn fits(stored: &str, password: &str) -> bool {
    PasswordHash::parse(stored)
        .verify(password, &keys(), &mut Memory::new())
        .unwrap()
}

#[rstest]
#[case(&format!("{ARGON}:{SALT}:3_32_2_67108864"), false)]
#[case(&format!("{ARGON}:abcdefghijklmnop:2"), true)]
#[case(&format!("{SHA256}:{SALT}:1"), true)]
#[case(&format!("{CHAIN}:{SALT}:1:3_32_2_67108864"), true)]
#[case("e966d715f8843208590feb19eec93ac9:ab:0", true)]
fn every_version_is_read(#[case] stored: &str, #[case] outdated: bool) {
    assert!(fits(stored, PASSWORD));
    assert!(!fits(stored, "passw0rd!"));
    assert_eq!(PasswordHash::parse(stored).needs_rehash(), outdated);
}

#[test]
fn a_new_hash_has_the_current_format() {
    let salt = Salt::from_text(SALT).unwrap();
    let mut memory = Memory::new();
    assert_eq!(
        hash(PASSWORD, &salt, &mut memory).unwrap(),
        format!("{ARGON}:{SALT}:3_32_2_67108864")
    );
    // The memory of the first run does not show in the second.
    let second = hash("Admin123", &salt, &mut memory).unwrap();
    assert_eq!(
        second,
        format!("eefc681b6453a1db536df358ae6d6026f8163c55091feaf529742dad0d5cff09:{SALT}:3_32_2_67108864")
    );
}

#[test]
fn the_hash_of_a_real_installation_is_read() {
    let stored = "ccf6191b3c4af979563b7cee4c8d0b95afe0d823e85daf0d4efbbabd024c6818:\
        I6ALAzfRzawdTbhjoZQpVh5FcN0vVinS:3_32_2_67108864";
    assert!(fits(stored, "Admin123pass"));
}

#[test]
fn a_short_salt_is_repeated_for_argon() {
    let step = "3_16_1_8192";
    let short = steps::run(&[Step::parse(step).unwrap()], PASSWORD, "abc", &mut Memory::new()).unwrap();
    let long = steps::run(
        &[Step::parse(step).unwrap()],
        PASSWORD,
        "abcabcabcabcabcaXYZ",
        &mut Memory::new(),
    );
    assert_eq!(short, long.unwrap());
    assert_eq!(short.len(), 32);
}

#[test]
fn a_hash_without_three_parts_is_keyed_with_the_encryption_key() {
    // HMAC-SHA256 with the key as its 32 characters.
    let stored = keyed(PASSWORD, &keys()).unwrap();
    assert_eq!(stored.len(), 64);
    assert!(fits(&stored, PASSWORD));
    assert!(!fits(&stored, "other"));
    assert!(PasswordHash::parse(&stored).needs_rehash());
    let other = CryptKeys::parse("fedcba9876543210fedcba9876543210").unwrap();
    assert!(
        !PasswordHash::parse(&stored)
            .verify(PASSWORD, &other, &mut Memory::new())
            .unwrap()
    );
}

#[rstest]
#[case("")]
#[case("::")]
#[case("$2y$10$abcdefghijklmnopqrstuv:x:0")]
#[case("00:salt:9")]
#[case("00:salt:3")]
#[case("00:salt:3_32_2")]
#[case("00:salt:3_32_2_67108864_1")]
#[case("00::3_32_2_67108864")]
#[case("00:salt:1:1:1:1:1:1")]
fn an_unusable_hash_fits_no_password(#[case] stored: &str) {
    assert!(!fits(stored, PASSWORD));
    assert!(!fits(stored, ""));
}

#[rstest]
#[case("3_32_2_4294967295")]
#[case("3_32_4000000000_67108864")]
#[case("3_32_2_1073741824")]
#[case("3_32_2_1")]
#[case("3_4000000000_2_67108864")]
#[case("3_32_8_268435456")]
#[case("3_32_8_134217728:3_32_8_134217728")]
fn hostile_parameters_are_refused_without_work(#[case] versions: &str) {
    let mut memory = Memory::new();
    let hash = PasswordHash::parse(&format!("00:{SALT}:{versions}"));
    assert!(!hash.verify(PASSWORD, &keys(), &mut memory).unwrap());
    assert_eq!(memory.size(), 0);
}

#[test]
fn salts_are_letters_and_digits() {
    let salt = Salt::generate(&mut |bytes| bytes.iter_mut().enumerate().for_each(|(i, b)| *b = 4 * i as u8));
    assert_eq!(Salt::from_text(&salt.0), Some(salt));
    assert_eq!(Salt::from_text("short"), None);
    assert_eq!(Salt::from_text("abcdefghijklmnopqrstuvwxyz01234:"), None);
}

proptest! {
    #[test]
    fn parsing_never_panics(stored in ".*|[0-9a-f]{0,64}:[a-z]{0,32}:[0-3_:]{0,40}") {
        let hash = PasswordHash::parse(&stored);
        let _ = hash.needs_rehash();
    }
}
