#![allow(unused_imports)]

use contract::{Cx, Result, operation};

/// Has an option that is none.
#[operation("testV1")]
#[route(GET "/V1/x" => "anonymous", allow_everything)]
async fn option(_: &mut Cx<'_>) -> Result<()> {
    Ok(())
}

/// Has a verb that Magento does not route.
#[operation("testV1")]
#[route(PATCH "/V1/x" => "anonymous")]
async fn verb(_: &mut Cx<'_>) -> Result<()> {
    Ok(())
}

/// Has no version.
#[operation("testV1")]
#[route(GET "/x" => "anonymous")]
async fn path(_: &mut Cx<'_>) -> Result<()> {
    Ok(())
}

/// Has too many texts.
#[operation("testV1", "Tests.", "More.")]
#[route(GET "/V1/x" => "anonymous")]
async fn texts(_: &mut Cx<'_>) -> Result<()> {
    Ok(())
}

fn main() {}
