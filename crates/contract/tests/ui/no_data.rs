#![allow(unused_imports)]

use contract::DataObject;

/// Has no name in the schema.
#[derive(Default, DataObject)]
struct Nameless {
    id: i64,
}

fn main() {}
