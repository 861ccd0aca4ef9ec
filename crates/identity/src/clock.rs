//! Times as the tables have them.

use contract::column_time;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// Last second that a `TIMESTAMP` column of MySQL can hold: 2038-01-19 03:14:07.
const LAST: i64 = i32::MAX as i64;

/// The text of the time `seconds` after `time` (before it, if negative), as far as a column can hold it.
pub(crate) fn text_after(time: Timestamp, seconds: i64) -> String {
    let moved = time.as_second().saturating_add(seconds).clamp(1, LAST);
    column_time(Timestamp::from_second(moved).unwrap_or(time))
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
            column_time(Timestamp::from_second(1_700_000_000).unwrap()),
            "2023-11-14 22:13:20"
        );
        assert_eq!(seconds("2023-11-14 22:13:20"), Some(1_700_000_000));
        assert_eq!(
            text_after(Timestamp::from_second(1_700_000_000).unwrap(), 1800),
            "2023-11-14 22:43:20"
        );
        assert_eq!(seconds("0000-00-00 00:00:00"), None);
    }

    #[test]
    fn times_stay_within_what_a_column_holds() {
        let now = Timestamp::from_second(1_700_000_000).unwrap();
        assert_eq!(text_after(now, i64::MAX), "2038-01-19 03:14:07");
        assert_eq!(text_after(now, i64::MIN), "1970-01-01 00:00:01");
    }
}
