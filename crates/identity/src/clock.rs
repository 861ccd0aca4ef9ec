//! Times as the tables have them.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// `YYYY-MM-DD HH:MM:SS`, UTC.
pub(crate) fn text(time: Timestamp) -> String {
    time.strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// The text of the time `seconds` after `time`.
pub(crate) fn text_after(time: Timestamp, seconds: i64) -> String {
    let later = time.as_second().saturating_add(seconds);
    text(Timestamp::from_second(later).unwrap_or(Timestamp::MAX))
}

/// The Unix second of a column's text; `None` when it is no time.
pub(crate) fn seconds(text: &str) -> Option<i64> {
    let time: DateTime = text.parse().ok()?;
    Some(time.to_zoned(TimeZone::UTC).ok()?.timestamp().as_second())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_seconds_are_inverse() {
        assert_eq!(
            text(Timestamp::from_second(1_700_000_000).unwrap()),
            "2023-11-14 22:13:20"
        );
        assert_eq!(seconds("2023-11-14 22:13:20"), Some(1_700_000_000));
        assert_eq!(
            text_after(Timestamp::from_second(1_700_000_000).unwrap(), 1800),
            "2023-11-14 22:43:20"
        );
        assert_eq!(seconds("0000-00-00 00:00:00"), None);
    }
}
