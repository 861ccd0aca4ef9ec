#![allow(unused_imports)]

use contract::DataObject;

/// Is an enum.
#[derive(DataObject)]
#[data("test-data-choice-interface")]
enum Choice {
    A,
    B,
}

/// Has no names.
#[derive(Default, DataObject)]
#[data("test-data-pair-interface")]
struct Pair(i64, i64);

/// Has an option that is none.
#[derive(Default, DataObject)]
#[data("test-data-thing-interface")]
struct Thing {
    #[data(optional)]
    id: i64,
}

/// Has an option that is none.
#[derive(Default, DataObject)]
#[data("test-data-other-interface", after = Self::x)]
struct Other {
    id: i64,
}

fn main() {}
