//! Data objects of the two-factor services; field order is the order on the wire.

use contract::{Cx, DataObject, Extension};

use crate::provider::Info;

/// Engine of a provider.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("two-factor-auth-engine-interface")]
pub(crate) struct Engine {
    /// Whether it is on.
    pub(crate) enabled: bool,
}

/// Provider of a second factor.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("two-factor-auth-provider-interface")]
pub(crate) struct Provider {
    /// Whether it is on.
    pub(crate) enabled: bool,
    /// Engine.
    pub(crate) engine: Engine,
    /// Code.
    pub(crate) code: String,
    /// Name.
    pub(crate) name: String,
    /// Picture.
    pub(crate) icon: String,
    /// Whether the configuration of a user may be reset.
    pub(crate) reset_allowed: bool,
    /// Page on which it is configured.
    pub(crate) configure_action: String,
    /// Page on which users sign in.
    pub(crate) auth_action: String,
    /// Other pages.
    pub(crate) extra_actions: Vec<String>,
}

impl Provider {
    /// A provider as the configuration has it.
    pub(crate) fn of(cx: &Cx<'_>, info: &Info) -> Self {
        let enabled = info.is_enabled(cx);
        Self {
            enabled,
            engine: Engine { enabled },
            code: info.code.to_owned(),
            name: info.name.to_owned(),
            icon: info.icon(),
            reset_allowed: info.reset_allowed,
            configure_action: info.action("configure"),
            auth_action: info.action("auth"),
            extra_actions: info.extra_actions(),
        }
    }
}

/// Extension attributes of the configuration of `google`.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("two-factor-auth-data-google-configure-extension-interface")]
pub(crate) struct GoogleConfigureExtension {}

/// What an application for time-based codes needs.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("two-factor-auth-data-google-configure-interface")]
pub(crate) struct GoogleConfigure {
    /// QR code: PNG in base64.
    pub(crate) qr_code_base64: String,
    /// Secret in base32.
    pub(crate) secret_code: String,
    /// Extension attributes.
    pub(crate) extension_attributes: Extension<GoogleConfigureExtension>,
}

/// Extension attributes of a request to a key.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("two-factor-auth-data-u2f-web-authn-request-extension-interface")]
pub(crate) struct WebAuthnRequestExtension {}

/// What a browser asks a key.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("two-factor-auth-data-u2f-web-authn-request-interface")]
pub(crate) struct WebAuthnRequest {
    /// The request as JSON text.
    pub(crate) credential_request_options_json: String,
    /// Extension attributes.
    pub(crate) extension_attributes: Extension<WebAuthnRequestExtension>,
}

/// Extension attributes of what Duo needs.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("two-factor-auth-data-duo-data-extension-interface")]
pub(crate) struct DuoDataExtension {}

/// What Duo needs.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("two-factor-auth-data-duo-data-interface")]
pub(crate) struct DuoData {
    /// Signature.
    pub(crate) signature: String,
    /// Host of the service.
    pub(crate) api_hostname: String,
    /// Extension attributes.
    pub(crate) extension_attributes: Extension<DuoDataExtension>,
}

/// Extension attributes of a device.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("two-factor-auth-data-authy-device-extension-interface")]
pub(crate) struct AuthyDeviceExtension {}

/// Device of a user of Authy.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("two-factor-auth-data-authy-device-interface")]
pub(crate) struct AuthyDevice {
    /// Country.
    pub(crate) country: String,
    /// Phone number.
    pub(crate) phone_number: String,
    /// `sms` or `call`.
    pub(crate) method: String,
    /// Extension attributes.
    pub(crate) extension_attributes: Extension<AuthyDeviceExtension>,
}

/// Extension attributes of a registration with Authy.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("two-factor-auth-data-authy-registration-prompt-response-extension-interface")]
pub(crate) struct AuthyRegistrationExtension {}

/// Answer to a registration with Authy.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("two-factor-auth-data-authy-registration-prompt-response-interface")]
pub(crate) struct AuthyRegistration {
    /// Message.
    pub(crate) message: String,
    /// Seconds until it is void, as text.
    pub(crate) expiration_seconds: String,
    /// Extension attributes.
    pub(crate) extension_attributes: Extension<AuthyRegistrationExtension>,
}
