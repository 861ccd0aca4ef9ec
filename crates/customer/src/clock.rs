//! Times as the tables have them.

use contract::column_time;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// The text of the time so many seconds before `time`.
pub(crate) fn text_before(time: Timestamp, seconds: i64) -> String {
    let moved = time.as_second().saturating_sub(seconds).max(1);
    column_time(Timestamp::from_second(moved).unwrap_or(time))
}

/// The Unix second of a column's text; `None` when it is no time.
pub(crate) fn seconds(text: &str) -> Option<i64> {
    let time: DateTime = text.parse().ok()?;
    Some(time.to_zoned(TimeZone::UTC).ok()?.timestamp().as_second())
}
