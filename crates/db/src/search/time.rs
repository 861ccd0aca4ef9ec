//! Times from text, as MariaDB reads them.

use super::Test;
use jiff::civil::{Date, DateTime, Time};
use jiff::{SignedDuration, ToSpan};

/// A time that a client named. Columns hold whole seconds, some only days.
#[derive(Debug, PartialEq)]
pub(super) enum Moment {
    /// One that a column can hold.
    At(Instant),
    /// One that no column can hold (half a second, the 30th of February): just before this one.
    Before(Instant),
}

/// A time that a column can hold, in both spellings: a date column holds the short one, and SQLite compares
/// them as texts. The short one sorts right before the long one of midnight.
#[derive(Debug, PartialEq)]
pub(super) struct Instant {
    /// `YYYY-MM-DD`, only of midnight.
    day: Option<String>,
    /// `YYYY-MM-DD HH:MM:SS`.
    full: String,
}

impl Moment {
    /// The texts that are equal to it.
    pub(super) fn spellings(self) -> Vec<String> {
        match self {
            Self::At(Instant { day, full }) => day.into_iter().chain([full]).collect(),
            Self::Before(_) => Vec::new(),
        }
    }

    /// The comparison sign and text of a test by order.
    pub(super) fn bound(self, test: Test) -> (&'static str, String) {
        match (self, test) {
            (Self::At(instant), Test::Gt) => (">", instant.full),
            (Self::At(instant), Test::Lteq) => ("<=", instant.full),
            (Self::At(instant) | Self::Before(instant), Test::Gt | Test::Gteq) => (">=", instant.short()),
            (Self::At(instant) | Self::Before(instant), _) => ("<", instant.short()),
        }
    }
}

impl Instant {
    fn new(at: DateTime) -> Self {
        let day = at.date().to_string();
        Self {
            full: format!("{day} {:02}:{:02}:{:02}", at.hour(), at.minute(), at.second()),
            day: (at.time() == Time::midnight()).then_some(day),
        }
    }

    /// MySQL's zero date, which is no date.
    fn zero() -> Self {
        Self {
            day: Some("0000-00-00".to_owned()),
            full: "0000-00-00 00:00:00".to_owned(),
        }
    }

    fn short(self) -> String {
        self.day.unwrap_or(self.full)
    }
}

/// The time at the beginning of `text`: a date, or a date and a time of day, with the usual signs between
/// the numbers or as 8 or 14 digits. What follows is ignored, except an offset from UTC.
pub(super) fn read(text: &str) -> Option<Moment> {
    let mut scan = Scan(text.trim_start_matches(|c: char| c.is_ascii_whitespace()));
    let (year, month, day) = scan.date()?;
    let clock = scan.clock()?;
    if (year, month, day) == (0, 0, 0) {
        return (clock == Clock::default()).then(|| Moment::At(Instant::zero()));
    }
    if year == 0 || day == 0 {
        return None;
    }
    let year = i16::try_from(year).ok()?;
    let first = Date::new(year, i8::try_from(month).ok()?, 1).ok()?;
    let day = i8::try_from(day).ok().filter(|day| *day <= 31)?;
    if day > first.days_in_month() {
        let next = first.saturating_add(1.month());
        return Some(Moment::Before(Instant::new(next.at(0, 0, 0, 0))));
    }
    let time = Time::new(clock.hour, clock.minute, clock.second, 0).ok()?;
    let at = first.with().day(day).build().ok()?.to_datetime(time);
    let at = at.saturating_sub(SignedDuration::from_mins(clock.offset));
    if at.year() < 1 {
        return None;
    }
    Some(if clock.more {
        Moment::Before(Instant::new(at.saturating_add(1.second())))
    } else {
        Moment::At(Instant::new(at))
    })
}

/// A time of day as written.
#[derive(Debug, Default, PartialEq)]
struct Clock {
    hour: i8,
    minute: i8,
    second: i8,
    /// Whether there is a fraction of a second.
    more: bool,
    /// Minutes east of UTC.
    offset: i64,
}

struct Scan<'a>(&'a str);

impl Scan<'_> {
    fn date(&mut self) -> Option<(u32, u32, u32)> {
        let digits = self.0.bytes().take_while(u8::is_ascii_digit).count();
        if matches!(digits, 8 | 14) {
            let number = |scan: &mut Self, n| {
                let (digits, rest) = scan.0.split_at(n);
                scan.0 = rest;
                digits.parse().ok()
            };
            return Some((number(self, 4)?, number(self, 2)?, number(self, 2)?));
        }
        let year = self.number(4)?;
        let year = match (digits, year) {
            (4, year) => year,
            (1 | 2, 0..70) => year + 2000,
            (1 | 2, _) => year + 1900,
            _ => return None,
        };
        self.take(&['-', '/', '.'])?;
        let month = self.number(2)?;
        self.take(&['-', '/', '.'])?;
        Some((year, month, self.number(2)?))
    }

    fn clock(&mut self) -> Option<Clock> {
        let mut clock = Clock::default();
        let compact = self.0.bytes().take_while(u8::is_ascii_digit).count() == 6;
        if compact {
            let (digits, rest) = self.0.split_at(6);
            self.0 = rest;
            clock.hour = digits[..2].parse().ok()?;
            clock.minute = digits[2..4].parse().ok()?;
            clock.second = digits[4..].parse().ok()?;
        } else {
            let after = self.0.strip_prefix(['T', 't']);
            let after = after.unwrap_or_else(|| self.0.trim_start_matches(' '));
            if after.len() == self.0.len() || !after.starts_with(|c: char| c.is_ascii_digit()) {
                return Some(clock);
            }
            self.0 = after;
            clock.hour = self.small()?;
            if self.take(&[':']).is_some() {
                clock.minute = self.small()?;
                if self.take(&[':']).is_some() {
                    clock.second = self.small()?;
                }
            }
        }
        if self.take(&['.']).is_some() {
            let end = self.0.bytes().take_while(u8::is_ascii_digit).count();
            clock.more = self.0.bytes().take(end).any(|digit| digit != b'0');
            self.0 = &self.0[end..];
        }
        clock.offset = self.offset().unwrap_or_default();
        Some(clock)
    }

    fn offset(&mut self) -> Option<i64> {
        let sign = if self.take(&['+', '-'])? == '-' { -1 } else { 1 };
        let (hours, rest) = self.0.split_at_checked(2)?;
        let minutes = rest.strip_prefix(':').unwrap_or(rest).get(..2)?;
        let number = |text: &str| {
            text.bytes()
                .all(|b| b.is_ascii_digit())
                .then(|| text.parse().ok())?
        };
        let (hours, minutes): (i64, i64) = (number(hours)?, number(minutes)?);
        (hours <= 14 && minutes < 60).then_some(sign * (hours * 60 + minutes))
    }

    fn take(&mut self, any: &[char]) -> Option<char> {
        let first = self.0.chars().next().filter(|c| any.contains(c))?;
        self.0 = &self.0[first.len_utf8()..];
        Some(first)
    }

    /// A number of at most `most` digits.
    fn number(&mut self, most: usize) -> Option<u32> {
        let end = self.0.bytes().take_while(u8::is_ascii_digit).count();
        if end > most {
            return None;
        }
        let (digits, rest) = self.0.split_at(end);
        self.0 = rest;
        digits.parse().ok()
    }

    fn small(&mut self) -> Option<i8> {
        self.number(2)?.try_into().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn full(text: &str) -> Option<String> {
        match read(text)? {
            Moment::At(instant) => Some(instant.full),
            Moment::Before(instant) => Some(format!("before {}", instant.full)),
        }
    }

    #[test]
    fn times_are_read_as_mariadb_reads_them() {
        for (text, time) in [
            ("2024-01-01", "2024-01-01 00:00:00"),
            (" 2024-1-1", "2024-01-01 00:00:00"),
            ("24/01/01", "2024-01-01 00:00:00"),
            ("70-01-01", "1970-01-01 00:00:00"),
            ("2024-01-01abc", "2024-01-01 00:00:00"),
            ("2024-01-01 12", "2024-01-01 12:00:00"),
            ("2024-01-01  12:30", "2024-01-01 12:30:00"),
            ("2024-01-01T12:30:05Z", "2024-01-01 12:30:05"),
            ("2024-01-01T12:30:05.000Z", "2024-01-01 12:30:05"),
            ("2024-01-01T00:30:00+02:00", "2023-12-31 22:30:00"),
            ("2024-01-01T00:30:00-0130", "2024-01-01 02:00:00"),
            ("20240101", "2024-01-01 00:00:00"),
            ("20240101123000", "2024-01-01 12:30:00"),
            ("2024-01-01 12:30:00.5", "before 2024-01-01 12:30:01"),
            ("2024-02-30 12:00:00", "before 2024-03-01 00:00:00"),
            ("2023-12-31 23:59:59.9", "before 2024-01-01 00:00:00"),
            ("0000-00-00", "0000-00-00 00:00:00"),
            ("9999-12-31 23:59:59.9", "before 9999-12-31 23:59:59"),
        ] {
            assert_eq!(full(text).as_deref(), Some(time), "{text}");
        }
        for text in [
            "",
            "abc",
            "2024",
            "2024-01",
            "2024-13-01",
            "2024-01-00",
            "2024-01-32",
            "2024-01-01 25:00",
            "2024-01-01 12:30:60",
            "0000-01-01",
            "2024-01-012",
            "202-01-01",
            "2024-01-01 123",
            "é",
        ] {
            assert_eq!(full(text), None, "{text}");
        }
    }

    #[test]
    fn the_short_form_stands_where_it_decides_for_dates_too() {
        let bound = |test| read("2024-01-01").map(|m| m.bound(test)).unwrap();
        assert_eq!(bound(Test::Gt), (">", "2024-01-01 00:00:00".to_owned()));
        assert_eq!(bound(Test::Gteq), (">=", "2024-01-01".to_owned()));
        assert_eq!(bound(Test::Lt), ("<", "2024-01-01".to_owned()));
        assert_eq!(bound(Test::Lteq), ("<=", "2024-01-01 00:00:00".to_owned()));
        assert_eq!(read("2024-01-01").unwrap().spellings().len(), 2);
        assert_eq!(read("2024-01-01 00:00:01").unwrap().spellings().len(), 1);
        assert_eq!(read("2024-02-30").unwrap().spellings().len(), 0);
    }

    proptest! {
        #[test]
        fn never_panics(text in "\\PC{0,24}|[0-9:T +./-]{0,30}") {
            let _ = read(&text);
        }

        #[test]
        fn a_time_comes_back(year in 1..=9999_i16, month in 1..=12_i8, day in 1..=28_i8, second in 0..86_400_i32) {
            let (h, m, s) = (second / 3600, second / 60 % 60, second % 60);
            let text = format!("{year:04}-{month:02}-{day:02} {h:02}:{m:02}:{s:02}");
            prop_assert_eq!(full(&text), Some(text));
        }
    }
}
