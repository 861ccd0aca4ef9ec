//! Ceremonies with an authenticator of our own.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use crypto_glue::ecdsa_p256::{
    EcdsaP256DerSignature, EcdsaP256PrivateKey, EcdsaP256PublicSec1Point, EcdsaP256SigningKey, new_key,
};
use crypto_glue::traits::Signer as _;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use wire::Value;

use super::*;

const DOMAIN: &str = "shop.test";
const OWNER: Owner<'_> = Owner {
    id: 1,
    username: "admin",
};

/// A key in somebody's pocket.
struct Authenticator {
    secret: EcdsaP256PrivateKey,
    id: Vec<u8>,
    counter: u32,
    origin: &'static str,
}

impl Authenticator {
    fn new(id: u8) -> Self {
        Self {
            secret: new_key(),
            id: vec![id; 32],
            counter: 0,
            origin: "https://shop.test:8443",
        }
    }

    fn client_data(&self, kind: &str, challenge: &Value) -> String {
        let challenge: Vec<u8> = serde_json::from_value(challenge.clone()).unwrap();
        let challenge = URL_SAFE_NO_PAD.encode(challenge);
        json!({"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": false}).to_string()
    }

    fn data(&mut self, flags: u8) -> Vec<u8> {
        self.counter += 1;
        let mut data = Sha256::digest(DOMAIN.as_bytes()).to_vec();
        data.push(flags);
        data.extend(self.counter.to_be_bytes());
        data
    }

    /// Answers [`Party::begin_registration`] as Magento's page would send it.
    fn register(&mut self, options: &Value) -> String {
        let mut data = self.data(0x41);
        data.extend([0; 16]);
        data.extend((self.id.len() as u16).to_be_bytes());
        data.extend(&self.id);
        let point = EcdsaP256PublicSec1Point::from(&self.secret.public_key());
        data.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
        data.extend(point.x().unwrap());
        data.extend([0x22, 0x58, 0x20]);
        data.extend(point.y().unwrap());
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        object.push(u8::try_from(data.len()).unwrap());
        object.extend(data);
        let client = self.client_data("webauthn.create", &options["publicKey"]["challenge"]);
        json!({"id": STANDARD.encode(&self.id), "response": {
            "clientData": serde_json::from_str::<Value>(&client).unwrap(),
            "clientDataJSON": client,
            "attestationObject": STANDARD.encode(object),
        }})
        .to_string()
    }

    /// Answers [`Party::begin_authentication`].
    fn prove(&mut self, options: &Value) -> String {
        let data = self.data(0x01);
        let client = self.client_data("webauthn.get", &options["credentialRequestOptions"]["challenge"]);
        let signed = [data.clone(), Sha256::digest(client.as_bytes()).to_vec()].concat();
        let signature: EcdsaP256DerSignature = EcdsaP256SigningKey::from(&self.secret).sign(&signed);
        json!({"id": STANDARD.encode(&self.id), "response": {
            "clientData": serde_json::from_str::<Value>(&client).unwrap(),
            "clientDataJSON": client,
            "authenticatorData": STANDARD.encode(data),
            "signature": STANDARD.encode(signature.to_bytes()),
        }})
        .to_string()
    }
}

fn party() -> Party {
    Party::new(DOMAIN).unwrap()
}

/// Registers a key, stored and read again as the table has it.
fn registered(authenticator: &mut Authenticator) -> Key {
    let challenge = party().begin_registration(&OWNER, &[]).unwrap();
    let answer = authenticator.register(&challenge.options);
    let key = party().finish_registration(&challenge.state, &answer).unwrap();
    Key::read(&key.write().unwrap()).unwrap()
}

#[test]
fn options_have_magentos_shape() {
    let key = registered(&mut Authenticator::new(1));
    let options = party().begin_registration(&OWNER, &[]).unwrap().options;
    let options = &options["publicKey"];
    assert!(options["challenge"].as_array().unwrap().len() >= 16);
    assert_eq!(options["user"]["id"].as_array().unwrap().len(), 40);
    assert_eq!(options["user"]["id"][0], u64::from(b'3'), "sha1 of 1");
    assert_eq!(options["rp"], json!({"name": DOMAIN, "id": DOMAIN}));
    assert_eq!(
        options["pubKeyCredParams"],
        json!([{"alg": -7, "type": "public-key"}])
    );
    let options = party().begin_authentication(&[key]).unwrap().options;
    let options = &options["credentialRequestOptions"];
    assert_eq!(options["rpId"], DOMAIN);
    assert_eq!(
        options["allowCredentials"],
        json!([{"type": "public-key", "id": vec![1; 32]}])
    );
}

#[test]
fn any_of_several_keys_signs_in() {
    let (mut first, mut spare) = (Authenticator::new(1), Authenticator::new(2));
    let mut keys = vec![registered(&mut first), registered(&mut spare)];
    for authenticator in [&mut spare, &mut first] {
        let challenge = party().begin_authentication(&keys).unwrap();
        let answer = authenticator.prove(&challenge.options);
        party()
            .finish_authentication(&challenge.state, &answer, &mut keys)
            .unwrap();
    }
    assert_eq!(keys[1].write().unwrap()["counter"], 2);
}

#[test]
fn a_counter_that_does_not_move_on_is_refused() {
    let mut authenticator = Authenticator::new(1);
    let mut keys = vec![registered(&mut authenticator)];
    for (counter, fine) in [(10, true), (10, false), (4, false), (11, true), (1, false)] {
        let challenge = party().begin_authentication(&keys).unwrap();
        authenticator.counter = counter - 1;
        let answer = authenticator.prove(&challenge.options);
        let outcome = party().finish_authentication(&challenge.state, &answer, &mut keys);
        assert_eq!(outcome.is_ok(), fine, "{counter}");
    }
    // Two proofs for one challenge: the second counter is that of the first.
    let challenge = party().begin_authentication(&keys).unwrap();
    authenticator.counter = 50;
    let answer = authenticator.prove(&challenge.options);
    party()
        .finish_authentication(&challenge.state, &answer, &mut keys)
        .unwrap();
    assert!(
        party()
            .finish_authentication(&challenge.state, &answer, &mut keys)
            .is_err(),
        "replayed"
    );
}

#[test]
fn answers_to_other_questions_are_refused() {
    let mut authenticator = Authenticator::new(1);
    let mut keys = vec![registered(&mut authenticator)];
    let asked = party().begin_authentication(&keys).unwrap();
    let other = party().begin_authentication(&keys).unwrap();
    let refused = |answer: &str, keys: &mut [Key]| {
        let error = party()
            .finish_authentication(&asked.state, answer, keys)
            .unwrap_err();
        assert_eq!(error.to_string(), "Invalid U2F key.", "{answer}");
    };
    let replayed = authenticator.prove(&other.options);
    refused(&replayed, &mut keys);
    let mut stranger = Authenticator::new(9);
    refused(&stranger.prove(&asked.options), &mut keys);
    stranger.id = vec![1; 32];
    refused(&stranger.prove(&asked.options), &mut keys);
    authenticator.origin = "https://shop.test.evil.example";
    refused(&authenticator.prove(&asked.options), &mut keys);
    authenticator.origin = "http://shop.test";
    refused(&authenticator.prove(&asked.options), &mut keys);
    authenticator.origin = "https://shop.test";
    let right = authenticator.prove(&asked.options);
    refused(&right.replace("webauthn.get", "webauthn.create"), &mut keys);
    for text in ["", "{}", "null", "[]", r#"{"id":"","response":{}}"#] {
        refused(text, &mut keys);
    }
    party()
        .finish_authentication(&asked.state, &right, &mut keys)
        .unwrap();
}

#[test]
fn registrations_for_other_challenges_are_refused() {
    let mut authenticator = Authenticator::new(1);
    let asked = party().begin_registration(&OWNER, &[]).unwrap();
    let other = party().begin_registration(&OWNER, &[]).unwrap();
    let told = |answer: &str| {
        party()
            .finish_registration(&asked.state, answer)
            .unwrap_err()
            .to_string()
    };
    assert_eq!(told(&authenticator.register(&other.options)), "Invalid U2F key.");
    let right = authenticator.register(&asked.options);
    let id = STANDARD.encode(&authenticator.id);
    assert_eq!(
        told(&right.replace(&id, &STANDARD.encode([7; 32]))),
        "Invalid U2F key data"
    );
    assert_eq!(told("{}"), "Invalid U2F key data");
    // A key that the user has is not registered twice.
    let key = party().finish_registration(&asked.state, &right).unwrap();
    let again = party().begin_registration(&OWNER, &[key]).unwrap();
    assert_eq!(again.options["publicKey"]["excludeCredentials"][0]["id"][0], 1);
    let answer = authenticator.register(&again.options);
    assert!(party().finish_registration(&again.state, &answer).is_err());
}

#[test]
fn a_key_that_magento_registered_is_read() {
    let mut authenticator = Authenticator::new(1);
    let mut value = registered(&mut authenticator).write().unwrap();
    for ours in ["counter", "backup_eligible", "backup_state"] {
        value.as_object_mut().unwrap().shift_remove(ours);
    }
    let pem = value["key"].as_str().unwrap();
    assert!(
        pem.starts_with("-----BEGIN PUBLIC KEY-----\r\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE"),
        "{pem}"
    );
    let mut keys = vec![Key::read(&value).unwrap()];
    let challenge = party().begin_authentication(&keys).unwrap();
    let answer = authenticator.prove(&challenge.options);
    party()
        .finish_authentication(&challenge.state, &answer, &mut keys)
        .unwrap();
    assert!(Key::read(&json!({"key": "x", "id": "AAAA"})).is_none());
}

#[test]
fn keys_need_a_domain() {
    for domain in ["127.0.0.1", "[::1]", "", "a b"] {
        assert!(matches!(Party::new(domain), Err(Error::NoDomain)), "{domain}");
    }
    assert!(Party::new("localhost").is_ok());
}
