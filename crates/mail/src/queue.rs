//! The queue: what calls hand over, and the task that delivers it.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use contract::port::{Refresh, Stores};
use contract::{BoxFuture, Clock, Cx, Random, Result, StoreScope};
use secrecy::SecretString;
use tokio::sync::mpsc;

use crate::letter::{Letter, Template};
use crate::route::{self, Decrypt, Route, Server};
use crate::texts::Texts;

mod deliver;
mod envelope;

use deliver::Failure;
use envelope::Sealed;

/// Most mails that wait at a time. More are not taken: a call never waits for the mail.
const MOST: usize = 1000;

/// Seconds before the second attempt; each further one waits four times as long.
const FIRST_PAUSE: i64 = 5;

/// Longest pause between two attempts, in seconds.
const LONGEST_PAUSE: i64 = 900;

/// For how long a mail is tried, in seconds.
const GIVE_UP: i64 = 86_400;

/// What the mail needs of the process.
pub struct Options {
    /// Configuration.
    pub stores: Arc<dyn Stores>,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The random source.
    pub random: Arc<dyn Random>,
    /// Where mails are written that no server takes: one file for each, readable by its owner only.
    pub folder: PathBuf,
    /// Reads encrypted values of the configuration; `None` for one that is not encrypted.
    pub decrypt: Box<Decrypt>,
}

impl Options {
    /// With a configuration that holds no encrypted values.
    pub fn plain(
        stores: Arc<dyn Stores>,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
        folder: PathBuf,
    ) -> Self {
        Self {
            stores,
            clock,
            random,
            folder,
            decrypt: Box::new(|_: &str| -> Option<SecretString> { None }),
        }
    }
}

/// Sends mail in the background.
pub struct Mail {
    shared: Arc<Shared>,
    texts: Texts,
}

struct Shared {
    options: Options,
    sender: mpsc::UnboundedSender<Queued>,
    /// Mails that wait or are being delivered.
    held: AtomicUsize,
}

/// A mail that waits.
struct Queued {
    sealed: Sealed,
    template: Template,
    scope: StoreScope,
    since: i64,
    attempts: u32,
    due: i64,
}

impl Mail {
    /// Starts the task that delivers; it ends with the runtime.
    pub fn start(options: Options) -> Self {
        let (sender, receiver) = mpsc::unbounded_channel();
        let shared = Arc::new(Shared {
            options,
            sender,
            held: AtomicUsize::new(0),
        });
        let worker = Worker {
            shared: shared.clone(),
            receiver,
            waiting: Vec::new(),
            down: HashMap::new(),
        };
        tokio::spawn(worker.run());
        Self {
            shared,
            texts: Texts::new(),
        }
    }

    /// Writes a letter, and sends it when the call has committed. One that cannot be addressed is left out: the call
    /// is about something else.
    ///
    /// # Errors
    /// Internal: a text is wrong.
    pub fn after_commit(&self, cx: &mut Cx<'_>, letter: &Letter) -> Result<()> {
        if let Some(outgoing) = self.write(cx, letter)? {
            cx.after_commit(Arc::new(outgoing));
        }
        Ok(())
    }

    /// Writes a letter and sends it, whatever becomes of the call: for one that is refused and tells why by mail.
    /// Whether it is on its way; that it arrives, nobody can tell. As in Magento, mail that is switched off counts as
    /// sent (`system/smtp/disable`; golden `tfa-on.forced-google.token-not-configured`).
    ///
    /// # Errors
    /// Internal: a text is wrong.
    pub fn send(&self, cx: &Cx<'_>, letter: &Letter) -> Result<bool> {
        if self.is_off(letter) {
            tracing::warn!(
                template = letter.template.name(),
                "mail is switched off: nothing is sent"
            );
            return Ok(true);
        }
        Ok(self.write(cx, letter)?.is_some_and(|outgoing| outgoing.queue()))
    }

    fn is_off(&self, letter: &Letter) -> bool {
        let options = &self.shared.options;
        let route = route::of(options.stores.as_ref(), &letter.scope, &options.decrypt);
        matches!(route, Route::Off)
    }

    /// The letter, sealed; `None` when mail is switched off or the letter cannot be addressed.
    fn write(&self, cx: &Cx<'_>, letter: &Letter) -> Result<Option<Outgoing>> {
        if self.is_off(letter) {
            return Ok(None);
        }
        let text = self.texts.write(letter)?;
        let template = letter.template.name();
        let Some(sealed) = Sealed::new(&self.shared.options, letter, text, cx.now()) else {
            tracing::warn!(template, "a mail cannot be addressed and is not sent");
            return Ok(None);
        };
        Ok(Some(Outgoing {
            shared: self.shared.clone(),
            sealed,
            template: letter.template,
            scope: letter.scope.clone(),
            now: cx.now().as_second(),
        }))
    }

    /// Waits until everything is delivered, at most so long; how many mails are left.
    pub async fn finish(&self, wait: Duration) -> usize {
        let all = async {
            while self.shared.held.load(Ordering::Acquire) > 0 {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        // Which of the two it was, the count tells.
        let _ = tokio::time::timeout(wait, all).await;
        self.shared.held.load(Ordering::Acquire)
    }
}

/// A mail that is sent when its call has committed.
struct Outgoing {
    shared: Arc<Shared>,
    sealed: Sealed,
    template: Template,
    scope: StoreScope,
    now: i64,
}

impl Refresh for Outgoing {
    fn name(&self) -> &'static str {
        "mail"
    }

    fn refresh(&self) -> BoxFuture<'_, Result<()>> {
        self.queue();
        Box::pin(std::future::ready(Ok(())))
    }
}

impl Outgoing {
    /// Puts it into the queue; false when there is no place for it.
    fn queue(&self) -> bool {
        let template = self.template.name();
        if self.shared.held.fetch_add(1, Ordering::AcqRel) >= MOST {
            self.shared.held.fetch_sub(1, Ordering::AcqRel);
            tracing::error!(template, "a mail is not sent: {MOST} are waiting already");
            return false;
        }
        let queued = Queued {
            sealed: self.sealed.clone(),
            template: self.template,
            scope: self.scope.clone(),
            since: self.now,
            attempts: 0,
            due: self.now,
        };
        let sent = self.shared.sender.send(queued).is_ok();
        if !sent {
            self.shared.held.fetch_sub(1, Ordering::AcqRel);
            tracing::error!(template, "a mail is not sent: the server is stopping");
        }
        sent
    }
}

struct Worker {
    shared: Arc<Shared>,
    receiver: mpsc::UnboundedReceiver<Queued>,
    waiting: Vec<Queued>,
    /// Servers that did not answer: how often in a row, and until when they are left alone.
    down: HashMap<(String, u16), (u32, i64)>,
}

impl Worker {
    async fn run(mut self) {
        loop {
            let now = self.now();
            let next = self.waiting.iter().map(|queued| queued.due).min();
            let arrived = match next {
                Some(due) if due <= now => self.receiver.try_recv().ok(),
                Some(due) => {
                    let pause = Duration::from_secs(u64::try_from(due - now).unwrap_or(1));
                    tokio::time::timeout(pause, self.receiver.recv())
                        .await
                        .ok()
                        .flatten()
                }
                None => match self.receiver.recv().await {
                    Some(queued) => Some(queued),
                    None => return,
                },
            };
            self.waiting.extend(arrived);
            while let Ok(queued) = self.receiver.try_recv() {
                self.waiting.push(queued);
            }
            self.deliver_one().await;
        }
    }

    fn now(&self) -> i64 {
        self.shared.options.clock.now().as_second()
    }

    /// Tries the mail that has been due for longest, if one is.
    async fn deliver_one(&mut self) {
        let now = self.now();
        let due = (0..self.waiting.len()).min_by_key(|at| self.waiting[*at].due);
        let Some(at) = due.filter(|at| self.waiting[*at].due <= now) else {
            return;
        };
        let mut queued = self.waiting.swap_remove(at);
        let outcome = self.deliver(&queued).await;
        let template = queued.template.name();
        match outcome {
            Ok(()) => tracing::debug!(template, "mail sent"),
            Err(Failure::Never(cause)) => tracing::error!(template, cause, "mail refused for good"),
            Err(Failure::Later { cause, until }) => {
                queued.attempts = queued.attempts.saturating_add(1);
                queued.due = until.unwrap_or_else(|| self.now() + pause(queued.attempts));
                if queued.due - queued.since < GIVE_UP {
                    tracing::debug!(template, cause, attempts = queued.attempts, "mail waits");
                    self.waiting.push(queued);
                    return;
                }
                tracing::error!(template, cause, "mail given up after a day");
            }
        }
        self.shared.held.fetch_sub(1, Ordering::AcqRel);
    }

    async fn deliver(&mut self, queued: &Queued) -> Result<(), Failure> {
        let options = &self.shared.options;
        match route::of(options.stores.as_ref(), &queued.scope, &options.decrypt) {
            Route::Off => Ok(()),
            Route::Folder => {
                let template = queued.template.name();
                deliver::to_folder(options, template, &queued.sealed).await
            }
            Route::Smtp(server) => self.hand_over(&server, &queued.sealed).await,
        }
    }

    async fn hand_over(&mut self, server: &Server, sealed: &Sealed) -> Result<(), Failure> {
        let key = server.key();
        let now = self.now();
        if let Some((_, until)) = self.down.get(&key)
            && *until > now
        {
            let cause = "the server does not answer".to_owned();
            return Err(Failure::Later {
                cause,
                until: Some(*until),
            });
        }
        let result = deliver::to_server(server, sealed).await;
        match &result {
            Err(Failure::Later { cause, .. }) => {
                let failures = self.down.get(&key).map_or(1, |(failures, _)| failures + 1);
                let until = self.now() + pause(failures);
                if failures == 1 {
                    tracing::warn!(
                        host = key.0,
                        port = key.1,
                        cause,
                        "the mail server cannot be used"
                    );
                }
                self.down.insert(key, (failures, until));
            }
            _ => {
                if self.down.remove(&key).is_some() {
                    tracing::info!(host = server.host, "the mail server can be used again");
                }
            }
        }
        result
    }
}

/// Seconds to wait after so many failures.
fn pause(failures: u32) -> i64 {
    let factor = 4_i64.saturating_pow(failures.saturating_sub(1));
    FIRST_PAUSE.saturating_mul(factor).min(LONGEST_PAUSE)
}

#[cfg(test)]
mod tests;
