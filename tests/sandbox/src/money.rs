//! Amounts of money, in whole numbers.

/// That part of a price, to the cent.
pub(crate) fn share(price_micros: i64, part: i64, whole: i64) -> i64 {
    const CENT: i128 = 10_000;
    let exact = i128::from(price_micros) * i128::from(part);
    let cents = i128::from(whole.max(1)) * CENT;
    i64::try_from((exact + cents / 2) / cents * CENT).unwrap_or(price_micros)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_price_is_rounded_to_the_cent() {
        assert_eq!(share(6_990_000, 1, 2), 3_500_000);
        assert_eq!(share(6_990_000, 31, 31), 6_990_000);
        assert_eq!(share(6_990_000, 0, 31), 0);
    }
}
