#![allow(unused_imports)]

use contract::{Cx, Result, operation};

/// Waits for nothing.
#[operation("testV1")]
#[route(GET "/V1/x" => "anonymous")]
fn hasty(_: &mut Cx<'_>) -> Result<()> {
    Ok(())
}

fn main() {}
