//! Reading of request bodies (`spec/webapi.md §7`).

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, header};
use contract::{Error, Kind, Result, Value};
use http_body_util::{BodyExt, Limited};
use tokio::sync::Semaphore;
use wire::Format;

/// Bodies larger than this, in bytes, are decoded on a thread where they hold nobody up.
const SMALL: usize = 1 << 20;

/// KiB of large bodies that are decoded at a time. Small ones need no bound: they are decoded without a pause, so
/// that each worker has one at a time.
const AT_A_TIME: u32 = 128 << 10;

/// Reads and decodes bodies; one for each process.
pub(crate) struct Decoder {
    /// A permit for each KiB.
    room: Arc<Semaphore>,
}

impl Decoder {
    pub(crate) fn new() -> Self {
        Self {
            room: Arc::new(Semaphore::new(AT_A_TIME as usize)),
        }
    }

    /// The decoded body; `Null` when there is none. The content type counts only when there is one.
    ///
    /// # Errors
    /// A body of more than `limit` bytes; one that cannot be read; a content type other than JSON and XML.
    pub(crate) async fn read(&self, body: Body, headers: &HeaderMap, limit: usize) -> Result<Value> {
        use axum::body::HttpBody as _;
        if body.is_end_stream() {
            return Ok(Value::Null);
        }
        let bytes = match Limited::new(body, limit).collect().await {
            Ok(collected) => collected.to_bytes(),
            Err(error) if error.is::<http_body_util::LengthLimitError>() => {
                return Err(Error::new(
                    Kind::TooLarge,
                    "The request body is larger than this server accepts.",
                ));
            }
            Err(_) => return Err(Error::invalid("Decoding error.")),
        };
        // PHP takes the body "0" for an empty one (§7.1).
        if bytes.is_empty() || bytes.as_ref() == b"0" {
            return Ok(Value::Null);
        }
        let content_type = headers
            .get(header::CONTENT_TYPE)
            .map(|value| value.to_str().unwrap_or("\u{fffd}"));
        let format =
            wire::content_type::check(content_type).map_err(|error| Error::invalid(error.to_string()))?;
        if bytes.len() <= SMALL {
            return decode(&bytes, format);
        }
        self.decode_large(bytes, format).await
    }

    /// Waits for its turn, first come, first served.
    async fn decode_large(&self, bytes: Bytes, format: Format) -> Result<Value> {
        let stopped = |_| Error::internal("no body is decoded any more");
        let room = Arc::clone(&self.room).acquire_many_owned(permits(bytes.len()));
        let room = room.await.map_err(stopped)?;
        let decoded = tokio::task::spawn_blocking(move || {
            // Kept to the end also when the request is given up meanwhile.
            let _room = room;
            decode(&bytes, format)
        });
        decoded
            .await
            .map_err(|_| Error::internal("decoding a body panicked"))?
    }
}

/// Permits for so many bytes. A body larger than all of them waits until it is alone.
fn permits(bytes: usize) -> u32 {
    u32::try_from(bytes.div_ceil(1024)).map_or(AT_A_TIME, |permits| permits.min(AT_A_TIME))
}

fn decode(bytes: &[u8], format: Format) -> Result<Value> {
    let decoded = match format {
        Format::Json => wire::json::parse(bytes),
        Format::Xml => wire::xml::read(bytes),
    };
    decoded.map_err(|_| Error::invalid("Decoding error."))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;
    use futures::FutureExt as _;

    use super::*;

    fn json() -> HeaderMap {
        HeaderMap::from_iter([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))])
    }

    fn text(length: usize) -> String {
        format!("\"{}\"", "x".repeat(length - 2))
    }

    #[test]
    fn a_permit_is_a_kibibyte() {
        assert_eq!(permits(1), 1);
        assert_eq!(permits(1024), 1);
        assert_eq!(permits(1025), 2);
        assert_eq!(permits(128 << 20), AT_A_TIME);
        assert_eq!(permits(usize::MAX), AT_A_TIME);
    }

    #[tokio::test]
    async fn a_large_body_waits_until_there_is_room_and_a_small_one_does_not() {
        let decoder = Decoder::new();
        let others = decoder.room.acquire_many(AT_A_TIME - 1024).await.unwrap();
        let (small, large) = (text(SMALL), text(SMALL + 1));
        let headers = json();
        let read = |body: &str| decoder.read(Body::from(body.to_owned()), &headers, 64 << 20);
        assert_eq!(
            read(&small).now_or_never().unwrap().unwrap(),
            small.trim_matches('"')
        );
        let mut waiting = Box::pin(read(&large));
        let pause = std::time::Duration::from_millis(100);
        assert!(tokio::time::timeout(pause, &mut waiting).await.is_err());
        drop(others);
        assert_eq!(waiting.await.unwrap(), large.trim_matches('"'));
        assert_eq!(decoder.room.available_permits(), AT_A_TIME as usize);
    }

    #[tokio::test]
    async fn a_large_body_that_cannot_be_read_gives_its_room_back() {
        let decoder = Decoder::new();
        let body = Body::from("[".repeat(SMALL + 1));
        let error = decoder.read(body, &json(), 64 << 20).await.unwrap_err();
        assert_eq!(error.kind(), Error::invalid("").kind());
        assert_eq!(decoder.room.available_permits(), AT_A_TIME as usize);
    }
}
