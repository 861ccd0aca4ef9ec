//! Times as the tables have them.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// `YYYY-MM-DD HH:MM:SS`, UTC.
pub(crate) fn text(time: Timestamp) -> String {
    time.strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// The text of the time so many seconds before `time`.
pub(crate) fn text_before(time: Timestamp, seconds: i64) -> String {
    let moved = time.as_second().saturating_sub(seconds).max(1);
    text(Timestamp::from_second(moved).unwrap_or(time))
}

/// The Unix second of a column's text; `None` when it is no time.
pub(crate) fn seconds(text: &str) -> Option<i64> {
    let time: DateTime = text.parse().ok()?;
    Some(time.to_zoned(TimeZone::UTC).ok()?.timestamp().as_second())
}
