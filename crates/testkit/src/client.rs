//! A client that sends exactly the bytes it is given: for what well-behaved clients cannot say.

use std::io::{self, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context as _, Result};
use serde_json::Value;

/// How long an answer may take: password hashing on a busy machine is the slowest.
const TIMEOUT: Duration = Duration::from_secs(60);

/// Most header lines of an answer.
const HEADERS: usize = 64;

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// Status code.
    pub status: u16,
    /// Header lines in order, names as sent.
    pub headers: Vec<(String, String)>,
    /// Body; bytes that are not UTF-8 are replaced.
    pub body: String,
}

impl Reply {
    /// The first header of this name, in any case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut found = self
            .headers
            .iter()
            .filter(|(key, _)| key.eq_ignore_ascii_case(name));
        found.next().map(|(_, value)| value.as_str())
    }

    /// The body as JSON.
    ///
    /// # Errors
    /// It is not JSON.
    pub fn json(&self) -> Result<Value> {
        serde_json::from_str(&self.body).with_context(|| format!("not JSON: {} {}", self.status, self.body))
    }

    /// Status and body, for comparing both at once.
    #[must_use]
    pub fn parts(&self) -> (u16, &str) {
        (self.status, &self.body)
    }
}

/// A client with at most one connection, which is kept while the server keeps it.
pub struct Client {
    address: SocketAddr,
    stream: Option<TcpStream>,
    /// Read from the connection but not yet used.
    pending: Vec<u8>,
    connections: u32,
}

impl Client {
    /// A client that connects when it first sends.
    #[must_use]
    pub fn new(address: SocketAddr) -> Self {
        Self {
            address,
            stream: None,
            pending: Vec::new(),
            connections: 0,
        }
    }

    /// How many connections were opened so far.
    #[must_use]
    pub fn connections(&self) -> u32 {
        self.connections
    }

    /// Sends a request and reads the answer. `Content-Length` is added when there is a body, and for POST and
    /// PUT, unless the headers say how the body is sent.
    ///
    /// # Errors
    /// The connection breaks, or the answer is not HTTP.
    pub fn send(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<&str>,
    ) -> io::Result<Reply> {
        let mut head = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\n", self.address);
        let framed = |name: &str| {
            name.eq_ignore_ascii_case("content-length") || name.eq_ignore_ascii_case("transfer-encoding")
        };
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        let wanted = body.is_some() || method == "POST" || method == "PUT";
        if wanted && !headers.iter().any(|(name, _)| framed(name)) {
            head.push_str(&format!("Content-Length: {}\r\n", body.unwrap_or_default().len()));
        }
        head.push_str("\r\n");
        head.push_str(body.unwrap_or_default());
        self.write(head.as_bytes())?;
        self.read(method == "HEAD")
    }

    /// [`Self::send`], and once more on a new connection when that fails: the server may have closed an idle one.
    ///
    /// # Errors
    /// Both attempts fail.
    pub fn send_again(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<&str>,
    ) -> io::Result<Reply> {
        self.send(method, path, headers, body)
            .or_else(|_| self.send(method, path, headers, body))
    }

    /// Sends bytes as they are.
    ///
    /// # Errors
    /// The connection cannot be made, or breaks.
    pub fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let stream = match &mut self.stream {
            Some(stream) => stream,
            None => {
                let stream = TcpStream::connect(self.address)?;
                stream.set_nodelay(true)?;
                stream.set_read_timeout(Some(TIMEOUT))?;
                stream.set_write_timeout(Some(TIMEOUT))?;
                self.connections += 1;
                self.pending.clear();
                self.stream.insert(stream)
            }
        };
        let written = stream.write_all(bytes);
        if written.is_err() && self.unread() {
            // The server has answered and closed before it had everything: the answer can still be read.
            return Ok(());
        }
        if written.is_err() {
            self.stream = None;
        }
        written
    }

    /// Whether an answer has come already.
    fn unread(&self) -> bool {
        let Some(stream) = &self.stream else { return false };
        stream.peek(&mut [0]).is_ok_and(|n| n > 0)
    }

    /// Reads one answer, also an interim one (`100 Continue`). `head` says that it answers HEAD and has no body.
    ///
    /// # Errors
    /// The connection ends or is silent for a minute, or the answer is not HTTP/1.
    pub fn read(&mut self, head: bool) -> io::Result<Reply> {
        let read = self.read_reply(head);
        if !read.as_ref().is_ok_and(keeps_connection) {
            self.stream = None;
        }
        read
    }

    fn read_reply(&mut self, head: bool) -> io::Result<Reply> {
        let (length, mut reply) = loop {
            if let Some(parsed) = parse_head(&self.pending)? {
                break parsed;
            }
            if self.more()? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        };
        self.pending.drain(..length);
        if head || reply.status < 200 || reply.status == 204 || reply.status == 304 {
            return Ok(reply);
        }
        let wanted: Option<usize> = reply.header("content-length").and_then(|text| text.parse().ok());
        if reply.header("transfer-encoding").is_some() {
            return Err(io::Error::other("chunked answers are not read here"));
        }
        while wanted.is_none_or(|wanted| self.pending.len() < wanted) {
            if self.more()? == 0 {
                break;
            }
        }
        let wanted = wanted.unwrap_or(self.pending.len());
        if self.pending.len() < wanted {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let body: Vec<u8> = self.pending.drain(..wanted).collect();
        reply.body = String::from_utf8_lossy(&body).into_owned();
        Ok(reply)
    }

    fn more(&mut self) -> io::Result<usize> {
        let Some(stream) = &mut self.stream else {
            return Err(io::ErrorKind::NotConnected.into());
        };
        let mut buffer = [0; 16384];
        let count = stream.read(&mut buffer)?;
        self.pending.extend_from_slice(&buffer[..count]);
        Ok(count)
    }

    /// Whether the server has closed the connection, waiting a little for it.
    #[must_use]
    pub fn is_closed(&mut self) -> bool {
        let Some(stream) = &self.stream else { return true };
        let closed = || -> io::Result<bool> {
            stream.set_read_timeout(Some(Duration::from_millis(500)))?;
            let ended = match stream.peek(&mut [0]) {
                Ok(count) => count == 0,
                Err(error) => !matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut),
            };
            stream.set_read_timeout(Some(TIMEOUT))?;
            Ok(ended)
        };
        closed().unwrap_or(true)
    }
}

fn keeps_connection(reply: &Reply) -> bool {
    let says_close = |value: &str| value.eq_ignore_ascii_case("close");
    !reply.header("connection").is_some_and(says_close)
        && (reply.header("content-length").is_some() || reply.status < 200)
}

/// The length of the head and what it says; `None` while it is incomplete.
fn parse_head(bytes: &[u8]) -> io::Result<Option<(usize, Reply)>> {
    let mut lines = [httparse::EMPTY_HEADER; HEADERS];
    let mut response = httparse::Response::new(&mut lines);
    let status = response.parse(bytes).map_err(io::Error::other)?;
    let httparse::Status::Complete(length) = status else {
        return Ok(None);
    };
    let headers = response.headers.iter().map(|line| {
        let value = String::from_utf8_lossy(line.value).into_owned();
        (line.name.to_owned(), value)
    });
    let reply = Reply {
        status: response.code.unwrap_or_default(),
        headers: headers.collect(),
        body: String::new(),
    };
    Ok(Some((length, reply)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read_when_it_is_complete() {
        let text = b"HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 2\r\nX-A: b\r\n\r\nhi";
        assert_eq!(parse_head(&text[..30]).unwrap(), None);
        let (length, reply) = parse_head(text).unwrap().unwrap();
        assert_eq!(&text[length..], b"hi");
        assert_eq!((reply.status, reply.header("x-a")), (405, Some("b")));
        assert!(parse_head(b"nonsense\r\n\r\n").is_err());
    }
}
