//! Data objects of the directory services; field order is the order on the wire.

use contract::{DataObject, Extension};
use rust_decimal::Decimal;

/// Extension attributes of a region.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("directory-data-region-information-extension-interface")]
pub(crate) struct RegionInformationExtension {}

/// A region of a country.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("directory-data-region-information-interface")]
pub(crate) struct RegionInformation {
    /// Region id, as text.
    pub(crate) id: String,
    /// Region code.
    pub(crate) code: String,
    /// Name in the store's locale.
    pub(crate) name: String,
    /// Extension attributes.
    pub(crate) extension_attributes: Extension<RegionInformationExtension>,
}

/// Extension attributes of a country.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("directory-data-country-information-extension-interface")]
pub(crate) struct CountryInformationExtension {}

/// A country with its regions.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("directory-data-country-information-interface")]
pub(crate) struct CountryInformation {
    /// Country id: its two-letter code.
    pub(crate) id: String,
    /// Two-letter abbreviation.
    pub(crate) two_letter_abbreviation: String,
    /// Three-letter abbreviation.
    pub(crate) three_letter_abbreviation: String,
    /// Name in the store's locale.
    #[data(required)]
    pub(crate) full_name_locale: Option<String>,
    /// Name in English.
    #[data(required)]
    pub(crate) full_name_english: Option<String>,
    /// Regions; left out when there are none.
    pub(crate) available_regions: Option<Vec<RegionInformation>>,
    /// Extension attributes.
    pub(crate) extension_attributes: Extension<CountryInformationExtension>,
}

/// Extension attributes of an exchange rate.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("directory-data-exchange-rate-extension-interface")]
pub(crate) struct ExchangeRateExtension {}

/// What one unit of the base currency is in another currency.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("directory-data-exchange-rate-interface")]
pub(crate) struct ExchangeRate {
    /// Code of the other currency.
    pub(crate) currency_to: String,
    /// Rate.
    pub(crate) rate: Decimal,
    /// Extension attributes.
    pub(crate) extension_attributes: Extension<ExchangeRateExtension>,
}

/// Extension attributes of the currency information.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("directory-data-currency-information-extension-interface")]
pub(crate) struct CurrencyInformationExtension {}

/// The currencies of a store view.
#[derive(Debug, Clone, Default, PartialEq, DataObject)]
#[data("directory-data-currency-information-interface")]
pub(crate) struct CurrencyInformation {
    /// Code of the base currency.
    pub(crate) base_currency_code: String,
    /// Symbol of the base currency.
    pub(crate) base_currency_symbol: String,
    /// Code of the currency shown by default.
    pub(crate) default_display_currency_code: String,
    /// Symbol of the currency shown by default.
    pub(crate) default_display_currency_symbol: String,
    /// Codes of the allowed currencies.
    pub(crate) available_currency_codes: Vec<String>,
    /// Rates from the base currency to the allowed ones.
    pub(crate) exchange_rates: Vec<ExchangeRate>,
    /// Extension attributes.
    pub(crate) extension_attributes: Extension<CurrencyInformationExtension>,
}
