#![allow(unused_imports)]

use contract::{Cx, Result, operation};

struct Service;

impl Service {
    /// Belongs to an object.
    #[operation("testV1")]
    #[route(GET "/V1/x" => "anonymous")]
    async fn method(&self, _: &mut Cx<'_>) -> Result<()> {
        Ok(())
    }
}

/// Takes a parameter apart.
#[operation("testV1")]
#[route(GET "/V1/x" => "anonymous")]
async fn pattern(_: &mut Cx<'_>, (a, b): (i64, i64)) -> Result<()> {
    Ok(())
}

/// Cannot fail.
#[operation("testV1")]
#[route(GET "/V1/x" => "anonymous")]
async fn infallible(_: &mut Cx<'_>) {}

fn main() {}
