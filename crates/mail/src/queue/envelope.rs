//! A written mail with its addresses, as it is sent.

use std::time::SystemTime;

use jiff::Timestamp;
use lettre::address::Envelope;
use lettre::message::{Mailbox, MultiPart};
use lettre::{Address, Message};

use super::Options;
use crate::letter::Letter;
use crate::texts::{Text, one_line};

/// A mail ready to be sent.
#[derive(Clone)]
pub(super) struct Sealed {
    pub(super) envelope: Envelope,
    pub(super) bytes: Vec<u8>,
}

impl Sealed {
    /// Seals a text; `None` when one of the addresses is none, or nobody is named as the sender.
    pub(super) fn new(options: &Options, letter: &Letter, text: Text, now: Timestamp) -> Option<Self> {
        let config = |name: &str| {
            let path = format!("trans_email/ident_{}/{name}", letter.from.0);
            options.stores.config(&path, &letter.scope)
        };
        let mut unique = [0; 16];
        options.random.fill(&mut unique);
        let unique = u128::from_le_bytes(unique);
        let sender: Address = config("email")?.trim().parse().ok()?;
        let id = format!("<{unique:032x}@{}>", sender.domain());
        let from = Mailbox::new(config("name").map(|name| one_line(&name)), sender);
        let to: Address = letter.to.email.trim().parse().ok()?;
        let to = Mailbox::new(
            Some(one_line(&letter.to.name)).filter(|name| !name.is_empty()),
            to,
        );
        let message = Message::builder()
            .from(from)
            .to(to)
            .subject(text.subject)
            .date(SystemTime::from(now))
            .message_id(Some(id))
            .multipart(MultiPart::alternative_plain_html(text.plain, text.html))
            .ok()?;
        Some(Self {
            envelope: message.envelope().clone(),
            bytes: message.formatted(),
        })
    }
}
