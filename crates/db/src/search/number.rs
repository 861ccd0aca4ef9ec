//! Numbers from text, as MySQL reads them.

use crate::Param;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// The number at the beginning of `text`, 0 when there is none. What no column can hold becomes the
/// greatest, smallest or least number there is, which compares in the same way.
pub(super) fn read(text: &str) -> Param {
    let value = Scan(text.trim_start_matches([' ', '\t', '\n', '\r', '\x0b', '\x0c'])).number();
    match value.to_i64() {
        Some(whole) if value.fract().is_zero() => Param::Int(whole),
        _ => Param::Decimal(value.normalize()),
    }
}

struct Scan<'a>(&'a str);

impl<'a> Scan<'a> {
    fn number(&mut self) -> Decimal {
        let sign = self.sign();
        let whole = self.digits();
        let fraction = if self.take('.') { self.digits() } else { "" };
        if whole.is_empty() && fraction.is_empty() {
            return Decimal::ZERO;
        }
        let plain = format!("{sign}{whole:0>1}.{fraction:0<1}");
        if self.take('e') || self.take('E') {
            let (minus, power) = (self.sign(), self.digits());
            if !power.is_empty() {
                return exact(&format!("{plain}e{minus}{power}"));
            }
        }
        exact(&plain)
    }

    fn take(&mut self, c: char) -> bool {
        match self.0.strip_prefix(c) {
            Some(rest) => {
                self.0 = rest;
                true
            }
            None => false,
        }
    }

    fn sign(&mut self) -> &'static str {
        if self.take('-') {
            return "-";
        }
        self.take('+');
        ""
    }

    fn digits(&mut self) -> &'a str {
        let end = self.0.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, rest) = self.0.split_at(end);
        self.0 = rest;
        digits
    }
}

/// The number that `text` spells, held to what a decimal can be.
fn exact(text: &str) -> Decimal {
    let parsed = if text.contains('e') {
        Decimal::from_scientific(text)
    } else {
        text.parse()
    };
    let rough: f64 = text.parse().unwrap_or_default();
    match parsed {
        Ok(value) if !value.is_zero() || rough == 0.0 => value,
        _ => near(rough),
    }
}

fn near(rough: f64) -> Decimal {
    let edge = if rough.abs() < 1.0 {
        Decimal::new(1, 28)
    } else {
        Decimal::MAX
    };
    let edge = if rough < 0.0 { -edge } else { edge };
    if rough == 0.0 {
        return Decimal::ZERO;
    }
    Decimal::try_from(rough)
        .ok()
        .filter(|value| !value.is_zero())
        .unwrap_or(edge)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn text_becomes_the_number_it_begins_with() {
        for (text, number) in [
            ("", 0),
            ("abc", 0),
            ("5abc", 5),
            (" \t5", 5),
            ("+5", 5),
            ("-5-3", -5),
            ("1e2", 100),
            ("1E+2x", 100),
            ("1e", 1),
            ("1e+", 1),
            (".e5", 0),
            ("5.", 5),
            ("0x10", 0),
            ("--5", 0),
            ("-0", 0),
            ("inf", 0),
            ("9223372036854775807", i64::MAX),
            ("2.50e1", 25),
            // Too small for a floating point number, so MySQL reads 0.
            ("1e-400", 0),
        ] {
            assert!(read(text) == Param::Int(number), "{text}");
        }
        let decimal = |text: &str| Param::Decimal(text.parse().unwrap());
        assert!(read(".5") == decimal("0.5"));
        assert!(read("-19.990") == decimal("-19.99"));
        assert!(read("18446744073709551615") == decimal("18446744073709551615"));
        assert!(read("1e300") == Param::Decimal(Decimal::MAX));
        assert!(read("-1e999") == Param::Decimal(Decimal::MIN));
        assert!(read(&"9".repeat(5000)) == Param::Decimal(Decimal::MAX));
        assert!(read("-1e-200") == Param::Decimal(Decimal::new(-1, 28)));
    }

    proptest! {
        #[test]
        fn any_text_is_a_number(text in "\\PC{0,20}") {
            let _ = read(&text);
        }

        #[test]
        fn it_is_the_number_a_float_would_be(text in "-?[0-9]{0,12}(\\.[0-9]{0,8})?(e-?[0-9]{1,3})?") {
            let value = match read(&text) {
                Param::Int(value) => Decimal::from(value),
                Param::Decimal(value) => value,
                _ => unreachable!(),
            };
            if let Ok(float) = text.parse::<f64>() && float.abs() < 1e18 && float.abs() > 1e-6 {
                let error = (value.to_f64().unwrap() - float).abs();
                prop_assert!(error <= float.abs() * 1e-9, "{text} {value}");
            }
        }
    }
}
