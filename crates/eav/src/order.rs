//! The order that MariaDB leaves among equals.
//!
//! Magento sorts a set's attributes by `sort_order` alone, and many of them are equal. What its answers show
//! then is the work of MariaDB's quicksort, which is not stable but always the same for the same rows: rows
//! that come in by id leave in the order that [`sorted`] gives (checked against the recorded databases and
//! answers, where `custom_attributes` stand in that order).

/// Ranges of up to this length are sorted by insertion.
const SHORT: usize = 9;

/// Ranges longer than this take the median of nine as pivot, others that of three.
const LONG: usize = 40;

/// The positions of `keys` in sorted order, with equal keys as MariaDB leaves them.
pub fn sorted<K: PartialOrd + Copy>(keys: &[K]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..keys.len()).collect();
    sort(&mut order, keys);
    order
}

fn sort<K: PartialOrd + Copy>(range: &mut [usize], keys: &[K]) {
    if range.len() <= SHORT {
        insertion(range, keys);
        return;
    }
    let last = range.len() - 1;
    let middle = range.len() / 2;
    let (mut low, mut high) = (0, last);
    if range.len() > LONG {
        let step = range.len() / 8;
        median(range, keys, [0, step, 2 * step]);
        median(range, keys, [middle - step, middle, middle + step]);
        median(range, keys, [last - 2 * step, last - step, last]);
        median(range, keys, [step, middle, last - step]);
    } else {
        median(range, keys, [0, middle, last]);
        (low, high) = (1, last - 1);
    }
    let pivot = keys[range[middle]];
    while low <= high {
        while keys[range[low]] < pivot {
            low += 1;
        }
        while pivot < keys[range[high]] {
            high -= 1;
        }
        if low < high {
            range.swap(low, high);
        }
        if low <= high {
            low += 1;
            // The pivot stands somewhere below; `high` may still leave the range at its lower end.
            match high.checked_sub(1) {
                Some(next) => high = next,
                None => break,
            }
        }
    }
    let (left, rest) = range.split_at_mut(low.min(last + 1));
    let end = (high + 1).min(left.len());
    sort(&mut left[..end], keys);
    sort(rest, keys);
}

fn insertion<K: PartialOrd + Copy>(range: &mut [usize], keys: &[K]) {
    for start in 1..range.len() {
        let mut at = start;
        while at > 0 && keys[range[at - 1]] > keys[range[at]] {
            range.swap(at - 1, at);
            at -= 1;
        }
    }
}

/// Puts three places in order, by comparing the outer two first.
fn median<K: PartialOrd + Copy>(range: &mut [usize], keys: &[K], [first, second, third]: [usize; 3]) {
    for (a, b) in [(first, third), (first, second), (second, third)] {
        if keys[range[a]] > keys[range[b]] {
            range.swap(a, b);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::sorted;

    /// Keys by id, and the ids as `SELECT id … ORDER BY key` of MariaDB 10.11 gave them.
    #[test]
    fn equals_stand_as_mariadb_leaves_them() {
        let keys = [3, 0, 0, 1, 0, 3, 0, 1, 0, 1, 2, 3];
        assert_eq!(sorted(&keys), [6, 1, 2, 4, 8, 3, 9, 7, 10, 0, 5, 11]);
        let keys = [
            7, 9, 12, 16, 7, 12, 14, 6, 5, 4, 2, 6, 15, 7, 4, 11, 13, 14, 9, 4, 15, 11, 7, 8, 12, 8, 13, 5,
            15, 0, 8, 11, 7, 9, 10, 15, 15, 13, 2, 11, 4, 9, 12, 1, 2, 10, 4, 16, 11, 0, 0, 6, 2, 9, 8, 3, 4,
            7, 5, 14, 11, 4, 6, 12, 5, 2, 9,
        ];
        let given = [
            50, 49, 29, 43, 52, 10, 44, 65, 38, 55, 46, 56, 19, 61, 9, 40, 14, 27, 8, 64, 58, 62, 51, 7, 11,
            0, 32, 57, 13, 4, 22, 30, 25, 23, 54, 53, 41, 18, 1, 33, 66, 45, 34, 48, 21, 39, 60, 31, 15, 5,
            2, 63, 42, 24, 26, 16, 37, 6, 17, 59, 12, 28, 20, 36, 35, 3, 47,
        ];
        assert_eq!(sorted(&keys), given);
    }

    #[test]
    fn any_keys_come_out_sorted() {
        let mut state = 7_u64;
        for length in 0..200 {
            let keys: Vec<u64> = std::iter::repeat_with(|| {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                (state >> 33) % 23
            })
            .take(length)
            .collect();
            let order = sorted(&keys);
            assert!(order.is_sorted_by_key(|at| keys[*at]));
            let mut places = order;
            places.sort_unstable();
            assert!(places.into_iter().eq(0..length));
        }
    }
}
