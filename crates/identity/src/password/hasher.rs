//! Hashing as a service: bounded in memory and threads, and behind all other work.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::thread;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use tokio::runtime::Handle;
use tokio::sync::{Semaphore, oneshot};

use super::steps::Argon;
use super::{HashError, Memory, PasswordHash, Salt};
use crate::crypt::CryptKeys;

/// Callers that may wait or be served at a time. Beyond it a flood of log-ins is turned away at once.
const MOST_CALLERS: usize = 1024;

/// How long idle working memory is kept for the next log-in.
const LINGER: Duration = Duration::from_secs(2);

/// How much hashing threads yield to others: at 5, about a quarter of a contended core.
#[cfg(target_os = "linux")]
const NICENESS: i32 = 5;

/// A well-formed hash that no password fits.
const DUMMY: &str = "0000000000000000000000000000000000000000000000000000000000000000:\
    abcdefghijklmnopqrstuvwxyz012345:3_32_2_67108864";

/// A password could not be hashed or checked.
#[derive(Debug, thiserror::Error)]
pub enum HasherError {
    /// Too many callers are waiting already.
    #[error("too many log-ins at a time")]
    Busy,
    /// No memory, or unusable parameters.
    #[error(transparent)]
    Hash(#[from] HashError),
    /// The thread could not be started.
    #[error("no thread to hash a password")]
    Thread(#[from] std::io::Error),
    /// The thread ended without an answer.
    #[error("hashing a password was interrupted")]
    Interrupted,
}

/// Hashes and checks passwords, as many at a time as there are cores.
///
/// One Argon2 computation takes about 0.1 s of a core and 64 MiB. Each runs on a thread of its own with lowered
/// priority, so that log-ins never starve other calls; starting one costs nothing beside the computation, and
/// a shared blocking pool would keep the lowered priority for whatever runs there next. Working memory is
/// reused within a burst and freed two seconds after it.
pub struct Hasher {
    shared: Arc<Shared>,
    callers: Semaphore,
    threads: Arc<Semaphore>,
}

struct Shared {
    keys: Arc<CryptKeys>,
    dummy: PasswordHash,
    linger: Duration,
    pool: Mutex<Pool>,
}

#[derive(Default)]
struct Pool {
    idle: Vec<Memory>,
    in_use: usize,
    /// Jobs ever begun, to see whether there was one since the last look.
    begun: u64,
    /// Whether a task is waiting to free the idle memory.
    watched: bool,
}

impl Hasher {
    /// A service that runs at most `cores` computations at a time.
    #[must_use]
    pub fn new(keys: Arc<CryptKeys>, cores: usize) -> Self {
        Self::with_linger(keys, cores, LINGER)
    }

    fn with_linger(keys: Arc<CryptKeys>, cores: usize, linger: Duration) -> Self {
        let shared = Shared {
            keys,
            dummy: PasswordHash::parse(DUMMY),
            linger,
            pool: Mutex::default(),
        };
        Self {
            shared: Arc::new(shared),
            callers: Semaphore::new(MOST_CALLERS),
            threads: Arc::new(Semaphore::new(cores.max(1))),
        }
    }

    /// Whether `password` fits the stored hash.
    ///
    /// A refusal by an old, cheap hash takes as long as one by a new hash, so that time tells nothing about
    /// the account.
    ///
    /// # Errors
    /// [`HasherError`], which says nothing about the password.
    pub async fn verify(&self, password: SecretString, stored: &str) -> Result<bool, HasherError> {
        let hash = PasswordHash::parse(stored);
        self.run(move |shared, memory| {
            let password = password.expose_secret();
            let fits = hash.verify(password, &shared.keys, memory)?;
            if !fits && !hash.is_slow() {
                shared.dummy.verify(password, &shared.keys, memory)?;
            }
            Ok(fits)
        })
        .await
    }

    /// Does the work of [`verify`](Self::verify) for a user that does not exist.
    ///
    /// # Errors
    /// As `verify`.
    pub async fn verify_dummy(&self, password: SecretString) -> Result<(), HasherError> {
        self.verify(password, DUMMY).await.map(drop)
    }

    /// Hashes a new password in the current format.
    ///
    /// # Errors
    /// [`HasherError`].
    pub async fn hash(&self, password: SecretString, salt: Salt) -> Result<String, HasherError> {
        self.run(move |_, memory| super::hash(password.expose_secret(), &salt, memory))
            .await
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Shared, &mut Memory) -> Result<T, HashError> + Send + 'static,
    ) -> Result<T, HasherError> {
        let _place = self.callers.try_acquire().map_err(|_| HasherError::Busy)?;
        let permit = Arc::clone(&self.threads)
            .acquire_owned()
            .await
            .map_err(|_| HasherError::Interrupted)?;
        let shared = Arc::clone(&self.shared);
        let runtime = Handle::current();
        let (answer, result) = oneshot::channel();
        thread::Builder::new()
            .name("password".to_owned())
            .spawn(move || {
                // The permit goes with the thread: a caller that gives up does not make room for one more.
                let _permit = permit;
                lower_priority();
                let mut lease = Lease::take(shared, &runtime);
                let done = work(&lease.shared, &mut lease.memory);
                drop(lease);
                // Nobody may be waiting any more.
                let _ = answer.send(done);
            })?;
        Ok(result.await.map_err(|_| HasherError::Interrupted)??)
    }
}

impl Shared {
    fn pool(&self) -> MutexGuard<'_, Pool> {
        self.pool.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Frees idle memory once there was no job for a whole interval.
    async fn watch(shared: Weak<Self>, linger: Duration) {
        let mut seen = 0;
        loop {
            tokio::time::sleep(linger).await;
            let Some(shared) = shared.upgrade() else { return };
            let mut pool = shared.pool();
            if pool.in_use == 0 && pool.begun == seen {
                pool.idle = Vec::new();
                pool.watched = false;
                return;
            }
            seen = pool.begun;
        }
    }
}

/// Working memory lent to one thread; goes back on drop, also after a panic.
struct Lease {
    shared: Arc<Shared>,
    memory: Memory,
}

impl Lease {
    fn take(shared: Arc<Shared>, runtime: &Handle) -> Self {
        let mut pool = shared.pool();
        pool.in_use += 1;
        pool.begun += 1;
        if !pool.watched {
            pool.watched = true;
            runtime.spawn(Shared::watch(Arc::downgrade(&shared), shared.linger));
        }
        let memory = pool.idle.pop().unwrap_or_default();
        drop(pool);
        Self { shared, memory }
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        let memory = std::mem::take(&mut self.memory);
        let mut pool = self.shared.pool();
        pool.in_use -= 1;
        // Memory that an unusual hash made larger is not worth keeping.
        if memory.size() <= Argon::CURRENT.bytes as usize / 1024 {
            pool.idle.push(memory);
        }
    }
}

/// Lets all other threads go first. Failing to is no reason not to hash.
#[cfg(target_os = "linux")]
fn lower_priority() {
    // On Linux this concerns the one thread, not the process.
    let _ = rustix::process::setpriority_process(Some(rustix::thread::gettid()), NICENESS);
}

/// Elsewhere the priority belongs to the whole process, and stays.
#[cfg(not(target_os = "linux"))]
fn lower_priority() {}

#[cfg(test)]
mod tests {
    use super::*;

    const HASH: &str = "3947ee47a7d5e576f8f43c6b7d7ac6b51823ab989f5609ae7a4e4e87a332223b:\
        abcdefghijklmnopqrstuvwxyz012345:3_32_2_67108864";

    fn hasher(linger: Duration) -> Hasher {
        let keys = CryptKeys::parse("0123456789abcdef0123456789abcdef").unwrap();
        Hasher::with_linger(Arc::new(keys), 2, linger)
    }

    fn secret(text: &str) -> SecretString {
        SecretString::from(text.to_owned())
    }

    #[tokio::test]
    async fn passwords_are_checked_and_hashed() {
        let hasher = hasher(LINGER);
        assert!(hasher.verify(secret("Passw0rd!"), HASH).await.unwrap());
        assert!(!hasher.verify(secret("passw0rd!"), HASH).await.unwrap());
        let salt = Salt::from_text("abcdefghijklmnopqrstuvwxyz012345").unwrap();
        assert_eq!(hasher.hash(secret("Passw0rd!"), salt).await.unwrap(), HASH);
        hasher.verify_dummy(secret("Passw0rd!")).await.unwrap();
    }

    #[tokio::test]
    async fn a_burst_uses_no_more_memory_than_there_are_cores_and_frees_it_afterwards() {
        let hasher = hasher(Duration::from_millis(50));
        let burst = (0..5).map(|_| hasher.verify(secret("x"), HASH));
        for result in futures_join(burst).await {
            assert!(!result.unwrap());
        }
        assert!(hasher.shared.pool().idle.len() <= 2);
        tokio::time::sleep(Duration::from_millis(300)).await;
        let pool = hasher.shared.pool();
        assert_eq!((pool.idle.len(), pool.in_use, pool.watched), (0, 0, false));
    }

    #[tokio::test]
    async fn a_caller_that_gives_up_leaves_nothing_behind() {
        let hasher = hasher(Duration::from_millis(50));
        let call = hasher.verify(secret("x"), HASH);
        assert!(
            tokio::time::timeout(Duration::from_millis(5), call)
                .await
                .is_err()
        );
        tokio::time::timeout(Duration::from_secs(20), async {
            while hasher.threads.available_permits() < 2 || hasher.shared.pool().watched {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        })
        .await
        .unwrap();
        assert!(hasher.shared.pool().idle.is_empty());
    }

    #[tokio::test]
    async fn a_flood_is_turned_away() {
        let hasher = hasher(LINGER);
        let _all = hasher
            .callers
            .acquire_many(u32::try_from(MOST_CALLERS).unwrap())
            .await
            .unwrap();
        assert!(matches!(
            hasher.verify(secret("x"), HASH).await,
            Err(HasherError::Busy)
        ));
    }

    /// Drives all futures to their end at the same time.
    async fn futures_join<F: Future>(futures: impl Iterator<Item = F>) -> Vec<F::Output> {
        let mut futures: Vec<_> = futures.map(|future| (Box::pin(future), None)).collect();
        std::future::poll_fn(|context| {
            for (future, output) in futures.iter_mut().filter(|(_, output)| output.is_none()) {
                if let std::task::Poll::Ready(value) = future.as_mut().poll(context) {
                    *output = Some(value);
                }
            }
            let done = futures.iter().all(|(_, output)| output.is_some());
            if done {
                std::task::Poll::Ready(())
            } else {
                std::task::Poll::Pending
            }
        })
        .await;
        futures.into_iter().filter_map(|(_, output)| output).collect()
    }
}
