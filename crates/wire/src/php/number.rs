//! How PHP prints floats.
//!
//! Both `json_encode` and a cast to string print with a number of significant digits taken from the settings
//! `serialize_precision` and `precision`. Magento sets both to 14 (`app/bootstrap.php`); the recordings agree:
//! a price of `123456789.123456` comes back as `123456789.12346` (`types.float.big`), `1e-05` as `1.0e-5`
//! (`types.float.small`). The digits are rounded correctly (half to even on the exact binary value) and trailing zeros go.
//! With the value written as `0.DIGITS × 10^point`, scientific form is used when `point < -3` or `point > 14`, so
//! `0.0001` and `12345678901234` are plain while `0.00001` is `1.0e-5` and `1e14` is `1.0e+14`. Scientific form
//! always has a fraction (`1.0e+25`), a signed exponent and no leading zeros in it; only the letter differs:
//! `e` in JSON, `E` in a cast.

use rust_decimal::Decimal;

/// Significant digits, Magento's `precision` and `serialize_precision`.
const PRECISION: usize = 14;
/// The same, to compare with the place of the decimal point.
const MAX_POINT: i32 = 14;
/// Below this place of the decimal point the form is scientific.
const MIN_POINT: i32 = -3;

/// A float as PHP's `json_encode` prints it under Magento: `10.0` → `10`, `1e25` → `1.0e+25`.
///
/// JSON has no infinities; PHP fails on them, here they are `0` (PHP's own partial output).
#[must_use]
pub fn float_to_string(value: f64) -> String {
    if value.is_finite() {
        print(value, 'e')
    } else {
        "0".to_owned()
    }
}

/// A float cast to string: as [`float_to_string`] with `E`, and `INF`, `-INF`, `NAN`.
#[must_use]
pub fn float_to_string_cast(value: f64) -> String {
    if value.is_nan() {
        "NAN".to_owned()
    } else if value.is_infinite() {
        if value > 0.0 { "INF" } else { "-INF" }.to_owned()
    } else {
        print(value, 'E')
    }
}

/// A decimal as PHP prints the float it would have made of it: `12.3400` → `12.34`, `5.0000` → `5`.
///
/// Up to 14 significant digits this is the normalised decimal itself; more are rounded as the float is.
#[must_use]
pub fn decimal_to_json(value: &Decimal) -> String {
    let plain = value.normalize();
    let magnitude = plain.mantissa().unsigned_abs();
    if magnitude == 0 {
        return "0".to_owned();
    }
    let digits = i32::try_from(magnitude.ilog10())
        .unwrap_or(i32::MAX)
        .saturating_add(1);
    let point = digits.saturating_sub_unsigned(plain.scale());
    if digits <= MAX_POINT && (MIN_POINT..=MAX_POINT).contains(&point) {
        return plain.to_string();
    }
    float_to_string(plain.to_string().parse().unwrap_or_default())
}

fn print(value: f64, exponent_letter: char) -> String {
    let sign = if value.is_sign_negative() { "-" } else { "" };
    if value == 0.0 {
        return format!("{sign}0");
    }
    let text = format!("{:.*e}", PRECISION - 1, value.abs());
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let digits = mantissa.replace('.', "");
    let digits = digits.trim_end_matches('0');
    let exponent: i32 = exponent.parse().unwrap_or_default();
    let point = exponent + 1;
    if !(MIN_POINT..=MAX_POINT).contains(&point) {
        let (first, rest) = digits.split_at(1);
        let rest = if rest.is_empty() { "0" } else { rest };
        let direction = if exponent < 0 { '-' } else { '+' };
        return format!(
            "{sign}{first}.{rest}{exponent_letter}{direction}{}",
            exponent.unsigned_abs()
        );
    }
    let Some(whole) = usize::try_from(point).ok().filter(|whole| *whole > 0) else {
        let zeros = "0".repeat(usize::try_from(-point).unwrap_or_default());
        return format!("{sign}0.{zeros}{digits}");
    };
    if digits.len() <= whole {
        return format!("{sign}{digits}{}", "0".repeat(whole - digits.len()));
    }
    let (whole, fraction) = digits.split_at(whole);
    format!("{sign}{whole}.{fraction}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(10.0, "10")]
    #[case(0.0, "0")]
    #[case(-0.0, "-0")]
    #[case(0.1, "0.1")]
    #[case(0.1 + 0.2, "0.3")]
    #[case(-12.34, "-12.34")]
    #[case(12.3400, "12.34")]
    #[case(1.0 / 3.0, "0.33333333333333")]
    #[case(2.0 / 3.0, "0.66666666666667")]
    #[case(0.01, "0.01")]
    #[case(0.001, "0.001")]
    #[case(0.0001, "0.0001")]
    #[case(0.00001, "1.0e-5")]
    #[case(0.000012345, "1.2345e-5")]
    #[case(-1e-10, "-1.0e-10")]
    #[case(12345678901234.0, "12345678901234")]
    #[case(99999999999999.0, "99999999999999")]
    #[case(1e13, "10000000000000")]
    #[case(1e14, "1.0e+14")]
    #[case(1e15, "1.0e+15")]
    #[case(1e25, "1.0e+25")]
    #[case(1.5e300, "1.5e+300")]
    #[case(123456789.123456, "123456789.12346")]
    #[case(9223372036854775808.0, "9.2233720368548e+18")]
    #[case(999999999999999.9, "1.0e+15")]
    #[case(f64::INFINITY, "0")]
    fn floats_are_printed_with_14_digits(#[case] value: f64, #[case] expected: &str) {
        assert_eq!(float_to_string(value), expected);
    }

    #[test]
    fn a_cast_uses_the_upper_case_letter() {
        assert_eq!(float_to_string_cast(1e25), "1.0E+25");
        assert_eq!(float_to_string_cast(1.0), "1");
        assert_eq!(float_to_string_cast(f64::NEG_INFINITY), "-INF");
        assert_eq!(float_to_string_cast(f64::NAN), "NAN");
    }

    #[rstest]
    #[case("12.3400", "12.34")]
    #[case("5.0000", "5")]
    #[case("-0.5", "-0.5")]
    #[case("0.0000", "0")]
    #[case("0.0001", "0.0001")]
    #[case("0.000010", "1.0e-5")]
    #[case("100000000000000", "1.0e+14")]
    #[case("123456789.123456", "123456789.12346")]
    #[case("99999999999999.9999", "1.0e+14")]
    #[case("79228162514264337593543950335", "7.9228162514264e+28")]
    fn decimals_are_printed_as_their_floats(#[case] value: &str, #[case] expected: &str) {
        assert_eq!(decimal_to_json(&value.parse().unwrap()), expected);
    }

    proptest! {
        #[test]
        fn a_decimal_prints_as_its_float(mantissa in any::<i64>(), scale in 0_u32..12) {
            let value = Decimal::new(mantissa, scale);
            let float: f64 = value.to_string().parse().unwrap();
            let expected = if mantissa == 0 { "0".to_owned() } else { float_to_string(float) };
            prop_assert_eq!(decimal_to_json(&value), expected);
        }

        #[test]
        fn fourteen_digits_read_back_are_nearly_the_same(value in proptest::num::f64::NORMAL) {
            let back: f64 = float_to_string(value).parse().unwrap();
            prop_assert!(((back - value) / value).abs() < 1e-13);
        }
    }
}
