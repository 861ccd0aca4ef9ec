//! Currencies of a store view.

use contract::{Cx, Result, operation};
use rust_decimal::Decimal;

use super::country::store_locale;
use crate::data::{CurrencyInformation, ExchangeRate};
use crate::{locale, repo};

/// Tells the store's currencies and their rates.
#[operation("directoryCurrencyInformationAcquirerV1", "Currencies.")]
#[route(GET "/V1/directory/currency" => "anonymous")]
pub(crate) async fn get_currency_info(cx: &mut Cx<'_>) -> Result<CurrencyInformation> {
    let locale = store_locale(cx);
    let config = |path: &str| cx.config(path).map(|value| value.to_string()).unwrap_or_default();
    // With prices of global scope there is one base currency for all websites.
    let base = match cx.config("catalog/price/scope").as_deref() {
        None | Some("" | "0") => cx
            .default_config("currency/options/base")
            .unwrap_or_default()
            .to_string(),
        Some(_) => config("currency/options/base"),
    };
    let display = config("currency/options/default");
    let allowed: Vec<String> = config("currency/options/allow")
        .split(',')
        .map(ToOwned::to_owned)
        .collect();
    let rates = repo::rates(cx.session(), &base).await?;
    let rate = |code: &String| {
        let known = rates.iter().find(|(to, _)| to == code).map(|(_, rate)| *rate);
        ExchangeRate {
            rate: if *code == base {
                Decimal::ONE
            } else {
                known.unwrap_or_default()
            },
            currency_to: code.clone(),
            ..ExchangeRate::default()
        }
    };
    Ok(CurrencyInformation {
        base_currency_symbol: locale::currency_symbol(&locale, &base).to_owned(),
        default_display_currency_symbol: locale::currency_symbol(&locale, &display).to_owned(),
        exchange_rates: allowed.iter().map(rate).collect(),
        base_currency_code: base,
        default_display_currency_code: display,
        available_currency_codes: allowed,
        ..CurrencyInformation::default()
    })
}
