//! Decimals as columns keep them.

use rust_decimal::{Decimal, RoundingStrategy};

/// The number as a column of this scale keeps it on both engines: rounded half away from zero, with all its places,
/// and never a negative zero. A number too large for so many places keeps fewer.
#[must_use]
pub fn at_scale(number: Decimal, scale: u32) -> Decimal {
    let mut number = number.round_dp_with_strategy(scale, RoundingStrategy::MidpointAwayFromZero);
    number.rescale(scale);
    if number.is_zero() {
        number.set_sign_positive(true);
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_the_places_of_their_column() {
        for (given, kept) in [
            ("1.5", "1.5000"),
            ("1.23455", "1.2346"),
            ("-1.23455", "-1.2346"),
            ("-0.00001", "0.0000"),
        ] {
            assert_eq!(at_scale(given.parse().unwrap(), 4).to_string(), kept);
        }
    }
}
