//! The values that configuration paths have when no scope sets them.
//!
//! These are the defaults of a stock Magento Open Source 2.4.7, for the paths that tokens, the web API, stores
//! and the directory read (`spec/auth.md` §1, §2.4, §2.7, §3, §4.1, §6.2, §7; `spec/webapi.md` §15, §17). A
//! path that is not listed has no default: it reads as null, which the rules then treat as off, zero or empty
//! (`catalog/price/scope`, `webapi/validation/*`, `oauth/consumer/enable_integration_as_bearer`,
//! `web/{unsecure,secure}/base_{static,media}_url`, `general/region/*`, `general/store_information/*`).
//!
//! URLs may hold `{{base_url}}` (the address the request came to), `{{unsecure_base_url}}` and
//! `{{secure_base_url}}` (the values of `web/unsecure/base_url` and `web/secure/base_url` in the same scope).

/// The default of a configuration path; `None` if it has none.
///
/// An empty text is a declared, empty default.
///
/// ```
/// assert_eq!(store::config_defaults::default_value("general/locale/code"), Some("en_US"));
/// assert_eq!(store::config_defaults::default_value("catalog/price/scope"), None);
/// ```
pub fn default_value(path: &str) -> Option<&'static str> {
    let row = DEFAULTS.binary_search_by_key(&path, |(path, _)| path).ok()?;
    DEFAULTS.get(row).map(|(_, value)| *value)
}

/// The paths that have a default, in order.
pub(crate) fn paths() -> impl Iterator<Item = &'static str> {
    DEFAULTS.iter().map(|(path, _)| *path)
}

/// Path and value, sorted by path.
static DEFAULTS: &[(&str, &str)] = &[
    ("admin/captcha/case_sensitive", "0"),
    ("admin/captcha/enable", "1"),
    ("admin/captcha/failed_attempts_ip", "1000"),
    ("admin/captcha/failed_attempts_login", "3"),
    ("admin/captcha/forms", "backend_forgotpassword,backend_login"),
    ("admin/captcha/mode", "after_fail"),
    ("admin/captcha/timeout", "7"),
    ("admin/security/admin_account_sharing", "0"),
    ("admin/security/lockout_failures", "6"),
    ("admin/security/lockout_threshold", "30"),
    ("admin/security/max_number_password_reset_requests", "5"),
    ("admin/security/min_time_between_password_reset_requests", "10"),
    ("admin/security/password_is_forced", "1"),
    ("admin/security/password_lifetime", "90"),
    ("admin/security/password_reset_link_expiration_period", "2"),
    ("admin/security/password_reset_protection_type", "1"),
    ("admin/security/session_lifetime", "900"),
    ("admin/security/use_case_sensitive_login", "0"),
    ("admin/security/use_form_key", "1"),
    ("advanced/in_store_pickup_api/search_term_delimiter", ":"),
    ("cataloginventory/item_options/auto_return", "0"),
    ("cataloginventory/item_options/backorders", "0"),
    ("cataloginventory/item_options/enable_qty_increments", "0"),
    ("cataloginventory/item_options/manage_stock", "1"),
    ("cataloginventory/item_options/max_sale_qty", "10000"),
    ("cataloginventory/item_options/min_qty", "0"),
    ("cataloginventory/item_options/min_sale_qty", "1"),
    ("cataloginventory/item_options/notify_stock_qty", "1"),
    ("cataloginventory/item_options/qty_increments", "1"),
    ("cataloginventory/options/can_back_in_stock", "1"),
    ("cataloginventory/options/can_subtract", "1"),
    ("cataloginventory/options/display_product_stock_status", "1"),
    ("cataloginventory/options/show_out_of_stock", "0"),
    ("cataloginventory/options/stock_threshold_qty", "0"),
    (
        "cataloginventory/source_selection_distance_based/provider",
        "google",
    ),
    ("currency/options/allow", "USD,EUR"),
    ("currency/options/base", "USD"),
    ("currency/options/default", "USD"),
    ("customer/account_share/scope", "1"),
    ("customer/captcha/enable", "1"),
    ("customer/captcha/failed_attempts_ip", "1000"),
    ("customer/captcha/failed_attempts_login", "3"),
    ("customer/captcha/forms", "user_forgotpassword,user_login"),
    ("customer/captcha/mode", "after_fail"),
    ("customer/create_account/auto_group_assign", "0"),
    ("customer/create_account/confirm", "0"),
    ("customer/create_account/default_group", "1"),
    ("customer/create_account/email_domain", "example.com"),
    ("customer/password/lockout_failures", "10"),
    ("customer/password/lockout_threshold", "10"),
    ("customer/password/max_number_password_reset_requests", "5"),
    ("customer/password/min_time_between_password_reset_requests", "10"),
    ("customer/password/minimum_password_length", "8"),
    ("customer/password/password_reset_protection_type", "1"),
    ("customer/password/required_character_classes_number", "3"),
    ("customer/password/reset_link_expiration_period", "2"),
    ("dev/static/sign", "1"),
    ("general/country/allow", COUNTRIES),
    ("general/country/default", "US"),
    (
        "general/country/eu_countries",
        "AT,BE,BG,CY,CZ,DK,EE,FI,FR,DE,GR,HR,HU,IE,IT,LV,LT,LU,MT,NL,PL,PT,RO,SK,SI,ES,SE",
    ),
    ("general/country/optional_zip_countries", "HK,IE,MO,PA,GB"),
    ("general/locale/code", "en_US"),
    ("general/locale/firstday", "0"),
    ("general/locale/timezone", "America/Los_Angeles"),
    ("general/locale/weekend", "0,6"),
    ("general/locale/weight_unit", "lbs"),
    ("general/single_store_mode/enabled", "0"),
    ("oauth/access_token_lifetime/admin", "4"),
    ("oauth/access_token_lifetime/customer", "1"),
    ("oauth/authentication_lock/max_failures_count", "6"),
    ("oauth/authentication_lock/timeout", "1800"),
    ("oauth/cleanup/cleanup_probability", "100"),
    ("oauth/cleanup/expiration_period", "120"),
    ("oauth/consumer/expiration_period", "300"),
    ("oauth/consumer/post_maxredirects", "0"),
    ("oauth/consumer/post_timeout", "5"),
    ("recaptcha_frontend/type_for/customer_login", ""),
    ("sales/backpressure/enabled", "0"),
    ("sales/backpressure/guest_limit", "50"),
    ("sales/backpressure/limit", "10"),
    ("sales/backpressure/period", "60"),
    ("system/bulk/lifetime", "60"),
    ("system/currency/installed", CURRENCIES),
    ("trans_email/ident_general/email", "owner@example.com"),
    ("trans_email/ident_general/name", "Owner"),
    ("trans_email/ident_support/email", "support@example.com"),
    ("trans_email/ident_support/name", "CustomerSupport"),
    (
        "twofactorauth/authy/onetouch_message",
        "Login request to your Magento Admin",
    ),
    ("twofactorauth/general/auth_lock_expire", "300"),
    ("twofactorauth/general/force_providers", ""),
    ("twofactorauth/general/twofactorauth_retry", "10"),
    ("twofactorauth/google/otp_window", "29"),
    ("web/cookie/cookie_httponly", "1"),
    ("web/cookie/cookie_lifetime", "3600"),
    ("web/secure/base_link_url", "{{secure_base_url}}"),
    ("web/secure/base_url", "{{unsecure_base_url}}"),
    ("web/secure/base_web_url", "{{secure_base_url}}"),
    ("web/secure/offloader_header", "X-Forwarded-Proto"),
    ("web/secure/use_in_adminhtml", "1"),
    ("web/secure/use_in_frontend", "1"),
    ("web/seo/use_rewrites", "0"),
    ("web/unsecure/base_link_url", "{{unsecure_base_url}}"),
    ("web/unsecure/base_url", "{{base_url}}"),
    ("web/unsecure/base_web_url", "{{unsecure_base_url}}"),
    ("web/url/redirect_to_base", "1"),
    ("web/url/use_store", "0"),
    ("webapi/jwtauth/admin_expiration", "60"),
    ("webapi/jwtauth/customer_expiration", "60"),
    ("webapi/jwtauth/jwe_alg", "A128GCM"),
    ("webapi/jwtauth/jwt_alg", "HS256"),
    ("webapi/webapisecurity/allow_insecure", "0"),
];

/// Every country of `directory_country`, and `FX`, which has no row there.
const COUNTRIES: &str = "\
    AF,AL,DZ,AS,AD,AO,AI,AQ,AG,AR,AM,AW,AU,AT,AX,AZ,BS,BH,BD,BB,BY,BE,BZ,BJ,BM,BL,BT,BO,BQ,BA,BW,BV,BR,\
    IO,VG,BN,BG,BF,BI,KH,CM,CA,CD,CV,KY,CF,TD,CL,CN,CX,CW,CC,CO,KM,CG,CK,CR,HR,CU,CY,CZ,DK,DJ,DM,DO,EC,\
    EG,SV,GQ,ER,EE,ET,FK,FO,FJ,FI,FR,GF,PF,TF,GA,GM,GE,DE,GG,GH,GI,GR,GL,GD,GP,GU,GT,GN,GW,GY,HT,HM,HN,\
    HK,HU,IS,IM,IN,ID,IR,IQ,IE,IL,IT,CI,JE,JM,JP,JO,KZ,KE,KI,KW,KG,LA,LV,LB,LS,LR,LY,LI,LT,LU,ME,MF,MO,\
    MK,MG,MW,MY,MV,ML,MT,MH,MQ,MR,MU,YT,FX,MX,FM,MD,MC,MN,MS,MA,MZ,MM,NA,NR,NP,NL,AN,NC,NZ,NI,NE,NG,NU,\
    NF,KP,MP,NO,OM,PK,PW,PA,PG,PY,PE,PH,PN,PL,PS,PT,PR,QA,RE,RO,RS,RU,RW,SH,KN,LC,PM,VC,WS,SM,ST,SA,SN,\
    SC,SL,SG,SK,SI,SB,SO,ZA,GS,KR,ES,LK,SD,SR,SJ,SZ,SE,CH,SX,SY,TL,TW,TJ,TZ,TH,TG,TK,TO,TT,TN,TR,TM,TC,\
    TV,VI,UG,UA,AE,GB,US,UM,UY,UZ,VU,VA,VE,VN,WF,EH,XK,YE,ZM,ZW";

/// The currencies that an administrator can choose from.
const CURRENCIES: &str = "\
    AZN,AZM,AFN,ALL,DZD,AOA,ARS,AMD,AWG,AUD,BSD,BHD,BDT,BBD,BYN,BZD,BMD,BTN,BOB,BAM,BWP,BRL,GBP,BND,BGN,\
    BUK,BIF,KHR,CAD,CVE,CZK,KYD,CLP,CNY,COP,KMF,CDF,CRC,HRK,CUP,DKK,DJF,DOP,XCD,EGP,SVC,GQE,ERN,EEK,ETB,\
    EUR,FKP,FJD,GMD,GEK,GEL,GHS,GIP,GTQ,GNF,GYD,HTG,HNL,HKD,HUF,ISK,INR,IDR,IRR,IQD,ILS,JMD,JPY,JOD,KZT,\
    KES,KWD,KGS,LAK,LVL,LBP,LSL,LRD,LYD,LTL,MOP,MKD,MGA,MWK,MYR,MVR,LSM,MRO,MUR,MXN,MDL,MNT,MAD,MZN,MMK,\
    NAD,NPR,ANG,TRL,TRY,NZD,NIC,NIO,NGN,KPW,NOK,OMR,PKR,PAB,PGK,PYG,PEN,PHP,PLN,QAR,RHD,RON,ROL,RUB,RWF,\
    SHP,STD,SAR,RSD,SCR,SLL,SGD,SKK,SBD,SOS,ZAR,KRW,LKR,SDG,SRD,SZL,SEK,CHF,SYP,TWD,TJS,TZS,THB,TOP,TTD,\
    TND,TMM,USD,UGX,UAH,AED,UYU,UZS,VUV,VEB,VEF,VND,CHE,CHW,XOF,XPF,WST,YER,ZMK,ZWD";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_paths_are_sorted_and_unique() {
        assert!(DEFAULTS.is_sorted_by(|a, b| a.0 < b.0));
    }

    #[test]
    fn every_listed_path_is_found() {
        for (path, value) in DEFAULTS {
            assert_eq!(default_value(path), Some(*value));
        }
    }

    #[test]
    fn a_path_without_a_default_is_none() {
        for path in [
            "",
            "web",
            "web/",
            "webapi/validation/maximum_page_size",
            "zzz/zzz/zzz",
        ] {
            assert_eq!(default_value(path), None, "{path}");
        }
    }

    #[test]
    fn the_secure_addresses_lead_back_to_the_unsecure_one() {
        assert_eq!(
            default_value("web/secure/base_link_url"),
            Some("{{secure_base_url}}")
        );
        assert_eq!(
            default_value("web/secure/base_url"),
            Some("{{unsecure_base_url}}")
        );
        assert_eq!(default_value("web/unsecure/base_url"), Some("{{base_url}}"));
    }
}
