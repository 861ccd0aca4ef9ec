#![allow(unused_imports)]

use contract::{Cx, Result, operation};

/// Nobody can call it.
#[operation("testV1")]
async fn lonely(_: &mut Cx<'_>) -> Result<()> {
    Ok(())
}

fn main() {}
