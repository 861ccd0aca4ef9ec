//! HTTP/1.1 over a raw connection: as little work as possible on this side of a measurement, and the freedom to
//! send what no proper client would.

use std::io;
use std::net::SocketAddr;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// A kept connection.
pub(crate) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
    /// How much of the buffer holds the last answer.
    used: usize,
}

/// An answer; its body is in the connection until the next exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Whether the server closes the connection now.
    pub(crate) closes: bool,
    body: (usize, usize),
}

/// The head of an answer.
#[derive(Debug, PartialEq, Eq)]
struct Head {
    status: u16,
    length: usize,
    closes: bool,
    /// Where the body begins.
    end: usize,
}

impl Connection {
    /// Connects.
    pub(crate) async fn open(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            buffer: Vec::with_capacity(16 << 10),
            used: 0,
        })
    }

    /// Sends a whole request and reads the answer. `head_only` for HEAD, which has no body.
    pub(crate) async fn exchange(&mut self, request: &[u8], head_only: bool) -> io::Result<Answer> {
        self.buffer.drain(..self.used);
        self.used = 0;
        // A server may answer before it has read all; the answer then counts, not the broken pipe.
        let sent = self.stream.write_all(request).await;
        match self.answer(head_only).await {
            Ok(answer) => Ok(answer),
            Err(error) => Err(sent.err().unwrap_or(error)),
        }
    }

    async fn answer(&mut self, head_only: bool) -> io::Result<Answer> {
        loop {
            let Some(head) = head(&self.buffer)? else {
                self.fill().await?;
                continue;
            };
            if (100..200).contains(&head.status) {
                self.buffer.drain(..head.end);
                continue;
            }
            let length = if head_only { 0 } else { head.length };
            let end = head.end + length;
            while self.buffer.len() < end {
                self.fill().await?;
            }
            self.used = end;
            return Ok(Answer {
                status: head.status,
                closes: head.closes,
                body: (head.end, end),
            });
        }
    }

    /// The body of the last answer.
    pub(crate) fn body(&self, answer: Answer) -> &[u8] {
        self.buffer.get(answer.body.0..answer.body.1).unwrap_or_default()
    }

    async fn fill(&mut self) -> io::Result<()> {
        if self.stream.read_buf(&mut self.buffer).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(())
    }
}

/// Reads a head, when it is there as a whole.
fn head(bytes: &[u8]) -> io::Result<Option<Head>> {
    let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") else {
        return Ok(None);
    };
    let wrong = || io::Error::new(io::ErrorKind::InvalidData, "this is no HTTP answer with a length");
    let text = std::str::from_utf8(&bytes[..end]).map_err(|_| wrong())?;
    let mut lines = text.split("\r\n");
    let first = lines.next().unwrap_or_default();
    let status: u16 = first
        .strip_prefix("HTTP/1.1 ")
        .or_else(|| first.strip_prefix("HTTP/1.0 "))
        .and_then(|rest| rest.get(..3)?.parse().ok())
        .ok_or_else(wrong)?;
    let (mut length, mut closes) = (None, first.starts_with("HTTP/1.0"));
    for line in lines {
        let (name, value) = line.split_once(':').ok_or_else(wrong)?;
        if name.eq_ignore_ascii_case("content-length") {
            length = Some(value.trim().parse().map_err(|_| wrong())?);
        } else if name.eq_ignore_ascii_case("connection") {
            closes |= value.trim().eq_ignore_ascii_case("close");
        } else if name.eq_ignore_ascii_case("transfer-encoding") {
            return Err(wrong());
        }
    }
    let bare = matches!(status, 100..=199 | 204 | 304);
    let length = if bare { 0 } else { length.ok_or_else(wrong)? };
    Ok(Some(Head {
        status,
        length,
        closes,
        end: end + 4,
    }))
}

/// A GET request with a bearer token.
pub(crate) fn get(path: &str, bearer: Option<&str>) -> Vec<u8> {
    let authorization = bearer.map_or_else(String::new, |token| format!("Authorization: Bearer {token}\r\n"));
    format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\n{authorization}\r\n")
        .into_bytes()
}

/// A PUT request with a JSON body.
pub(crate) fn put(path: &str, token: &str, body: &str) -> Vec<u8> {
    format!(
        "PUT {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// The request for an administrator's token.
pub(crate) fn log_in(user: &str, password: &str) -> Vec<u8> {
    let body = format!("{{\"username\":\"{user}\",\"password\":\"{password}\"}}");
    format!(
        "POST /rest/V1/integration/admin/token HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// Logs in once; the token.
pub(crate) async fn token(address: SocketAddr, user: &str, password: &str) -> anyhow::Result<String> {
    let mut connection = Connection::open(address).await?;
    let answer = connection.exchange(&log_in(user, password), false).await?;
    let text = String::from_utf8_lossy(connection.body(answer)).into_owned();
    anyhow::ensure!(answer.status == 200, "no token: {} {text}", answer.status);
    Ok(text.trim_matches('"').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read_when_it_is_whole() {
        let text = b"HTTP/1.1 404 Not Found\r\nContent-Length: 7\r\nConnection: close\r\n\r\n{\"a\":1}";
        assert_eq!(head(&text[..40]).unwrap(), None);
        let expected = Head {
            status: 404,
            length: 7,
            closes: true,
            end: text.len() - 7,
        };
        assert_eq!(head(text).unwrap(), Some(expected));
    }

    #[test]
    fn answers_without_a_body_need_no_length() {
        assert_eq!(head(b"HTTP/1.1 100 Continue\r\n\r\n").unwrap().unwrap().length, 0);
        assert!(head(b"HTTP/1.1 200 OK\r\n\r\n").is_err());
        assert!(head(b"SMTP ready\r\n\r\n").is_err());
    }
}
