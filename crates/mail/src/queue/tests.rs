//! Delivery into files and to a server that is a few lines long.

use std::sync::Mutex;
use std::sync::atomic::AtomicU64;

use jiff::Timestamp;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpListener;

use super::*;
use crate::letter::{Identity, Person};
use crate::route::tests::{Config, scope};

/// A clock that runs a minute ahead each time it is asked, so that pauses are over at once.
struct Fast(AtomicU64);

impl Clock for Fast {
    fn now(&self) -> Timestamp {
        let seconds = self.0.fetch_add(60, Ordering::Relaxed);
        Timestamp::from_second(1_800_000_000 + i64::try_from(seconds).unwrap()).unwrap()
    }
}

/// Counts up.
struct Counter(Mutex<u8>);

impl Random for Counter {
    fn fill(&self, bytes: &mut [u8]) {
        let mut next = self.0.lock().unwrap();
        *next = next.wrapping_add(1);
        bytes.fill(*next);
    }
}

fn mail(folder: PathBuf, config: &[(&'static str, String)]) -> Mail {
    let mut pairs = vec![
        ("trans_email/ident_support/name", "Sup\r\nport".to_owned()),
        ("trans_email/ident_support/email", "support@shop.test".to_owned()),
    ];
    pairs.extend(config.iter().cloned());
    Mail::start(Options::plain(
        Arc::new(Config(pairs)),
        Arc::new(Fast(AtomicU64::new(0))),
        Arc::new(Counter(Mutex::new(0))),
        folder,
    ))
}

fn letter(email: &str) -> Letter {
    Letter {
        template: Template::Reset,
        to: Person {
            name: "Ada\r\nBcc: x@evil.test".to_owned(),
            email: email.to_owned(),
        },
        from: Identity("support".to_owned()),
        scope: scope(),
        store: "Shop".to_owned(),
        link: "http://shop.test/".to_owned(),
        code: "k3y".to_owned(),
        hours: 2,
    }
}

/// Hands over as a committed call does.
async fn send(mail: &Mail, email: &str) -> bool {
    let letter = letter(email);
    let text = mail.texts.write(&letter).unwrap();
    let now = Timestamp::from_second(1_800_000_000).unwrap();
    let Some(sealed) = Sealed::new(&mail.shared.options, &letter, text, now) else {
        return false;
    };
    let outgoing = Outgoing {
        shared: mail.shared.clone(),
        sealed,
        template: letter.template,
        scope: letter.scope,
        now: now.as_second(),
    };
    outgoing.refresh().await.unwrap();
    true
}

fn files(folder: &std::path::Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    entries
        .map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap())
        .collect()
}

#[tokio::test]
async fn without_a_server_each_mail_is_a_file_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let below = folder.path().join("var/mail");
    let mail = mail(below.clone(), &[]);
    for _ in 0..3 {
        assert!(send(&mail, "ada@example.com").await);
    }
    assert_eq!(mail.finish(Duration::from_secs(10)).await, 0);
    let files = files(&below);
    assert_eq!(files.len(), 3);
    let to: Vec<_> = files[0].lines().filter(|line| line.starts_with("To: ")).collect();
    assert!(to.len() == 1 && to[0].contains("<ada@example.com>"), "{to:?}");
    assert!(files[0].contains("<support@shop.test>"));
    assert!(!files[0].contains("\nBcc:"), "{}", files[0]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(&below).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
    }
}

#[tokio::test]
async fn what_is_no_address_is_not_sent() {
    let folder = tempfile::tempdir().unwrap();
    let mail = mail(folder.path().to_owned(), &[]);
    for email in ["", "ada", "ada@example.com\r\nRCPT TO:<x@y.test>"] {
        assert!(!send(&mail, email).await, "{email}");
    }
    assert!(send(&mail, "jürgen@exämple.test").await);
}

/// Serves one connection: refuses the first `refusals` recipients with `code`; what it was told.
async fn serve(listener: &TcpListener, code: Option<u16>) -> Vec<String> {
    let (stream, _) = listener.accept().await.unwrap();
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    let mut told = Vec::new();
    let mut in_data = false;
    write.write_all(b"220 shop.test ESMTP\r\n").await.unwrap();
    while let Some(line) = lines.next_line().await.unwrap() {
        let reply: String = match (&*line, in_data) {
            (".", true) => {
                in_data = false;
                "250 taken\r\n".to_owned()
            }
            (_, true) => String::new(),
            ("DATA", false) => {
                in_data = true;
                "354 go on\r\n".to_owned()
            }
            ("QUIT", false) => "221 bye\r\n".to_owned(),
            (other, false) if other.starts_with("RCPT") => match code {
                Some(code) => format!("{code} no <ada@example.com>\r\n"),
                None => "250 fine\r\n".to_owned(),
            },
            _ => "250 shop.test\r\n".to_owned(),
        };
        told.push(line);
        write.write_all(reply.as_bytes()).await.unwrap();
    }
    told
}

#[tokio::test]
async fn a_server_that_refuses_for_now_is_asked_again() {
    let folder = tempfile::tempdir().unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port().to_string();
    let config = [
        ("system/smtp/transport", "smtp".to_owned()),
        ("system/smtp/host", "127.0.0.1".to_owned()),
        ("system/smtp/port", port),
    ];
    let mail = mail(folder.path().to_owned(), &config);
    assert!(send(&mail, "ada@example.com").await);
    serve(&listener, Some(451)).await;
    let told = serve(&listener, None).await;
    assert_eq!(mail.finish(Duration::from_secs(10)).await, 0);
    assert!(told.iter().any(|line| line == "RCPT TO:<ada@example.com>"));
    assert!(told.iter().any(|line| line == "MAIL FROM:<support@shop.test>"));
    assert!(files(folder.path()).is_empty());
    // For good means once.
    assert!(send(&mail, "ada@example.com").await);
    serve(&listener, Some(550)).await;
    assert_eq!(mail.finish(Duration::from_secs(10)).await, 0);
}

#[tokio::test]
async fn a_server_that_is_away_holds_up_nobody_and_the_queue_is_bounded() {
    let folder = tempfile::tempdir().unwrap();
    let config = [
        ("system/smtp/host", "127.0.0.1".to_owned()),
        // Nobody listens on it.
        ("system/smtp/port", "1".to_owned()),
    ];
    let mut mail = mail(folder.path().to_owned(), &config);
    let shared = Arc::get_mut(&mut mail.shared);
    assert!(shared.is_none(), "the task holds it too");
    mail.shared.held.store(MOST - 1, Ordering::Release);
    assert!(send(&mail, "ada@example.com").await);
    assert!(send(&mail, "ada@example.com").await);
    assert_eq!(mail.shared.held.load(Ordering::Acquire), MOST);
    assert_eq!(mail.finish(Duration::from_millis(50)).await, MOST);
}

#[test]
fn pauses_grow_and_end() {
    assert_eq!(pause(1), 5);
    assert_eq!(pause(2), 20);
    assert_eq!(pause(100), LONGEST_PAUSE);
}
