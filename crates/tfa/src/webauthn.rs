//! Keys of the provider `u2fkey` (`spec/auth.md §4.6`): WebAuthn by its library, in the shapes that Magento's clients
//! know. Only ES256 on P-256, as there; the counter, which Magento reads and forgets, is checked.

use base64::Engine as _;
use base64::alphabet::STANDARD as ALPHABET;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD, URL_SAFE_NO_PAD};
use crypto_glue::ecdsa_p256::EcdsaP256PublicKey;
use crypto_glue::sha1::Sha1;
use crypto_glue::traits::{Digest as _, LineEndingPem, SpkiDecodePublicKey as _, SpkiEncodePublicKey as _};
use serde::Deserialize;
use serde_json::json;
use webauthn_rs::prelude::{
    AuthenticatorAttachment, COSEAlgorithm, COSEEC2Key, COSEKey, COSEKeyType, Credential,
    PublicKeyCredential, RegisterPublicKeyCredential, SecurityKey, SecurityKeyAuthentication,
    SecurityKeyRegistration, Url, Uuid, Webauthn, WebauthnBuilder, WebauthnError,
};
use webauthn_rs_core::proto::{
    AttestationFormat, AuthenticatorAssertionResponseRaw, AuthenticatorAttestationResponseRaw,
    ParsedAttestation, RegisteredExtensions, UserVerificationPolicy,
};
use wire::Value;

use crate::error::Error;

/// Milliseconds that a person has.
const TIMEOUT: i64 = 60_000;

/// The algorithm of keys in COSE's numbers: ES256.
const ES256: i64 = -7;

/// `aaguid` of an unknown model, as Magento writes one.
const NO_MODEL: &str = "AAAAAAAAAAAAAAAAAAAAAA==";

/// Reads base64 with or without padding.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &ALPHABET,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// A challenge: what the browser gets, and what the library keeps.
pub(crate) struct Challenge {
    pub(crate) options: Value,
    pub(crate) state: Value,
}

/// The domain that keys are bound to.
pub(crate) struct Party {
    domain: String,
    webauthn: Webauthn,
}

/// Who registers a key.
pub(crate) struct Owner<'a> {
    pub(crate) id: i64,
    pub(crate) username: &'a str,
}

impl Party {
    /// Keys of a domain. Pages of it may ask for them, on any port, over HTTPS; on `localhost` over HTTP too.
    pub(crate) fn new(domain: &str) -> Result<Self, Error> {
        let origin = |scheme: &str| Url::parse(&format!("{scheme}://{domain}")).map_err(|_| Error::NoDomain);
        let secure = origin("https")?;
        let mut builder = WebauthnBuilder::new(domain, &secure)
            .map_err(|_| Error::NoDomain)?
            .allow_any_port(true)
            .danger_set_user_presence_only_security_keys(true);
        if domain == "localhost" {
            builder = builder.append_allowed_origin(&origin("http")?);
        }
        Ok(Self {
            webauthn: builder.build().map_err(Error::unusable)?,
            domain: domain.to_owned(),
        })
    }

    /// Begins the registration of a key beside those that the user has.
    pub(crate) fn begin_registration(&self, owner: &Owner<'_>, keys: &[Key]) -> Result<Challenge, Error> {
        let known = keys.iter().map(|key| key.0.cred_id.clone()).collect();
        let (options, state) = self
            .webauthn
            .start_securitykey_registration(
                Uuid::from_u128(owner.id.unsigned_abs().into()),
                owner.username,
                owner.username,
                Some(known),
                None,
                Some(AuthenticatorAttachment::CrossPlatform),
            )
            .map_err(Error::unusable)?;
        let exclude: Vec<_> = keys.iter().map(Key::descriptor).collect();
        let options = json!({"publicKey": {
            "challenge": options.public_key.challenge,
            "user": {
                "id": handle(owner.id).as_bytes(),
                "name": owner.username,
                "displayName": owner.username,
            },
            "rp": {"name": self.domain, "id": self.domain},
            "pubKeyCredParams": [{"alg": ES256, "type": "public-key"}],
            "attestation": "indirect",
            "authenticatorSelection": {
                "authenticatorAttachment": "cross-platform",
                "requireResidentKey": false,
                "userVerification": "discouraged",
            },
            "timeout": TIMEOUT,
            "excludeCredentials": exclude,
            "extensions": {"exts": true},
        }});
        Ok(Challenge {
            options,
            state: serde_json::to_value(state).map_err(Error::unusable)?,
        })
    }

    /// The key that was registered.
    pub(crate) fn finish_registration(&self, state: &Value, answer: &str) -> Result<Key, Error> {
        let state = SecurityKeyRegistration::deserialize(state).map_err(|_| Error::NoRegistration)?;
        let answer = Answer::parse(answer).ok_or(Error::InvalidKeyData)?;
        let id = answer.id().ok_or(Error::InvalidKeyData)?;
        let given = RegisterPublicKeyCredential {
            id: URL_SAFE_NO_PAD.encode(&id),
            raw_id: id.clone(),
            response: AuthenticatorAttestationResponseRaw {
                attestation_object: bytes(&answer.response.attestation_object)
                    .ok_or(Error::InvalidKeyData)?,
                client_data_json: answer.client_data().ok_or(Error::InvalidKeyData)?,
                transports: None,
            },
            type_: "public-key".to_owned(),
            extensions: Default::default(),
        };
        let key = self.webauthn.finish_securitykey_registration(&given, &state);
        let key = Key(key.map_err(|error| refusal(&error))?.into());
        if key.0.cred_id != id || key.point().is_none() {
            return Err(Error::InvalidKeyData);
        }
        Ok(key)
    }

    /// Asks for a proof of one of the keys.
    pub(crate) fn begin_authentication(&self, keys: &[Key]) -> Result<Challenge, Error> {
        let allowed: Vec<_> = keys.iter().map(Key::descriptor).collect();
        let known: Vec<SecurityKey> = keys.iter().map(|key| key.0.clone().into()).collect();
        let (options, state) = self
            .webauthn
            .start_securitykey_authentication(&known)
            .map_err(|_| Error::InvalidKey)?;
        let options = json!({"credentialRequestOptions": {
            "challenge": options.public_key.challenge,
            "timeout": TIMEOUT,
            "allowCredentials": allowed,
            "userVerification": "discouraged",
            "extensions": {"txAuthSimple": "Authenticate with Admin"},
            "rpId": self.domain,
        }});
        Ok(Challenge {
            options,
            state: serde_json::to_value(state).map_err(Error::unusable)?,
        })
    }

    /// Checks the proof, and moves the key's counter on.
    pub(crate) fn finish_authentication(
        &self,
        state: &Value,
        answer: &str,
        keys: &mut [Key],
    ) -> Result<(), Error> {
        let state = SecurityKeyAuthentication::deserialize(state).map_err(|_| Error::NoPrompt)?;
        let answer = Answer::parse(answer).ok_or(Error::InvalidKey)?;
        let id = answer.id().ok_or(Error::InvalidKey)?;
        let part = |text: &str| bytes(text).ok_or(Error::InvalidKey);
        let given = PublicKeyCredential {
            id: URL_SAFE_NO_PAD.encode(&id),
            response: AuthenticatorAssertionResponseRaw {
                authenticator_data: part(&answer.response.authenticator_data)?,
                client_data_json: answer.client_data().ok_or(Error::InvalidKey)?,
                signature: part(&answer.response.signature)?,
                user_handle: None,
            },
            raw_id: id,
            extensions: Default::default(),
            type_: "public-key".to_owned(),
        };
        let result = self
            .webauthn
            .finish_securitykey_authentication(&given, &state)
            .map_err(|error| {
                tracing::warn!(%error, "a key was refused");
                Error::InvalidKey
            })?;
        let key = keys.iter_mut().find(|key| key.0.cred_id == *result.cred_id());
        let key = key.ok_or(Error::InvalidKey)?;
        // The library compared with the counter of when it asked; this is the one in force.
        let moves = result.counter() > key.0.counter || (result.counter() == 0 && key.0.counter == 0);
        if !moves {
            return Err(Error::InvalidKey);
        }
        key.0.counter = result.counter();
        key.0.backup_state = result.backup_state();
        Ok(())
    }
}

/// What Magento tells apart: a registration that is not an answer, and one that is no key.
fn refusal(error: &WebauthnError) -> Error {
    tracing::warn!(%error, "a key was refused");
    match error {
        WebauthnError::InvalidClientDataType
        | WebauthnError::MismatchedChallenge
        | WebauthnError::InvalidRPOrigin => Error::InvalidKey,
        _ => Error::InvalidKeyData,
    }
}

/// The name of a user to keys.
fn handle(user_id: i64) -> String {
    let digest = Sha1::digest(user_id.to_string().as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A key of a user.
#[derive(Debug, Clone)]
pub(crate) struct Key(Credential);

impl Key {
    /// Reads a key as Magento keeps it, with our members beside.
    pub(crate) fn read(value: &Value) -> Option<Self> {
        let key =
            EcdsaP256PublicKey::from_public_key_pem(&value.get("key")?.as_str()?.replace('\r', "")).ok()?;
        let point = COSEEC2Key::try_from(&key).ok()?;
        let flag = |name: &str| value.get(name).and_then(Value::as_bool).unwrap_or_default();
        let counter = value.get("counter").and_then(Value::as_u64).unwrap_or_default();
        Some(Self(Credential {
            cred_id: bytes(value.get("id")?.as_str()?)?,
            cred: COSEKey {
                type_: COSEAlgorithm::ES256,
                key: COSEKeyType::EC_EC2(point),
            },
            counter: u32::try_from(counter).unwrap_or(u32::MAX),
            transports: None,
            user_verified: false,
            backup_eligible: flag("backup_eligible"),
            backup_state: flag("backup_state"),
            registration_policy: UserVerificationPolicy::Discouraged_DO_NOT_USE,
            extensions: RegisteredExtensions::none(),
            attestation: ParsedAttestation::default(),
            attestation_format: AttestationFormat::None,
        }))
    }

    /// As Magento keeps it, with our members beside.
    pub(crate) fn write(&self) -> Option<Value> {
        let key = EcdsaP256PublicKey::try_from(self.point()?).ok()?;
        Some(json!({
            "key": key.to_public_key_pem(LineEndingPem::CRLF).ok()?,
            "id": STANDARD.encode(&self.0.cred_id),
            "aaguid": NO_MODEL,
            "counter": self.0.counter,
            "backup_eligible": self.0.backup_eligible,
            "backup_state": self.0.backup_state,
        }))
    }

    /// The public key, if it is on P-256.
    fn point(&self) -> Option<&COSEEC2Key> {
        match &self.0.cred.key {
            COSEKeyType::EC_EC2(point) if self.0.cred.type_ == COSEAlgorithm::ES256 => Some(point),
            _ => None,
        }
    }

    fn descriptor(&self) -> Value {
        json!({"type": "public-key", "id": self.0.cred_id})
    }
}

/// An answer of a key as Magento's page sends it: bytes in base64, but the client's data as text.
#[derive(Deserialize)]
struct Answer {
    id: String,
    response: Response,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Response {
    #[serde(rename = "clientDataJSON")]
    client_data_json: String,
    #[serde(default)]
    attestation_object: String,
    #[serde(default)]
    authenticator_data: String,
    #[serde(default)]
    signature: String,
}

impl Answer {
    fn parse(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    fn id(&self) -> Option<Vec<u8>> {
        bytes(&self.id).filter(|id| !id.is_empty())
    }

    /// Text of JSON as Magento's page sends it, or its base64 as browsers write it by themselves.
    fn client_data(&self) -> Option<Vec<u8>> {
        let text = &self.response.client_data_json;
        if text.starts_with('{') {
            return Some(text.clone().into_bytes());
        }
        bytes(text)
    }
}

/// Bytes of base64 in either alphabet.
fn bytes(text: &str) -> Option<Vec<u8>> {
    LENIENT.decode(text.replace('-', "+").replace('_', "/")).ok()
}

#[cfg(test)]
#[path = "webauthn/tests.rs"]
mod tests;
