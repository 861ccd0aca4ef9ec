//! Dates of attributes.

use contract::{Error, Result};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

/// A date as its column keeps it, `YYYY-MM-DD HH:MM:SS`, from one of the forms that clients send; `None` for an
/// empty text. Midnight when no time is given (golden `product.create-simple`: `2024-05-06`).
///
/// # Errors
/// `Invalid date`.
pub(crate) fn stored(text: &str) -> Result<Option<String>> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    match parse(text) {
        Some(moment) => Ok(Some(moment.strftime("%Y-%m-%d %H:%M:%S").to_string())),
        None => Err(Error::invalid("Invalid date")),
    }
}

fn parse(text: &str) -> Option<DateTime> {
    if text.bytes().all(|b| b.is_ascii_digit()) {
        let moment = Timestamp::from_second(text.parse().ok()?).ok()?;
        return Some(moment.to_zoned(TimeZone::UTC).datetime());
    }
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Some(moment.to_zoned(TimeZone::UTC).datetime());
    }
    if let Ok(moment) = text.parse::<DateTime>() {
        return Some(moment);
    }
    for form in ["%Y-%m-%d %H:%M", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M"] {
        if let Ok(moment) = DateTime::strptime(form, text) {
            return Some(moment);
        }
    }
    for form in ["%Y-%m-%d", "%Y/%m/%d", "%m/%d/%Y", "%d.%m.%Y", "%d-%m-%Y"] {
        if let Ok(date) = Date::strptime(form, text) {
            return Some(date.to_datetime(Time::midnight()));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_kept_with_their_time() {
        let kept = |text: &str| stored(text).unwrap();
        assert_eq!(kept("2024-05-06").as_deref(), Some("2024-05-06 00:00:00"));
        assert_eq!(
            kept("2026-01-02 03:04:05").as_deref(),
            Some("2026-01-02 03:04:05")
        );
        assert_eq!(
            kept("2026-01-02T03:04:05Z").as_deref(),
            Some("2026-01-02 03:04:05")
        );
        assert_eq!(kept("01/02/2026").as_deref(), Some("2026-01-02 00:00:00"));
        assert_eq!(kept(""), None);
        assert!(stored("tomorrow-ish").is_err());
    }
}
