//! Mail: our own texts, where they go, and a queue that never holds up a call.
//!
//! A service hands over a [`Letter`] by [`Mail::after_commit`]; it is written at once, queued when the call has
//! committed, and delivered in the background: by SMTP as `system/smtp/*` says, or into files of a folder when no
//! server is configured, so that a developer sees what would be sent. Nothing personal is logged: neither
//! addresses nor texts.

mod letter;
mod queue;
mod route;
mod texts;

pub use letter::{Identity, Letter, Person, Template};
pub use queue::{Mail, Options};
