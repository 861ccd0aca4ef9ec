//! Keeps what is in memory equal to the database.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use contract::Clock;
use contract::port::Refresh;
use tokio::task::JoinSet;
use tokio::time::{Interval, MissedTickBehavior};

/// The age in seconds of what each part has in memory.
const AGE: &str = "magnetite_snapshot_age_seconds";

/// How often, and how long.
#[derive(Clone, Copy)]
struct Pace {
    /// Time between two looks.
    interval: Duration,
    /// Longest time for one look: a server that hangs says nothing, for ever.
    limit: Duration,
}

/// A change is in force well within a second.
const PACE: Pace = Pace {
    interval: Duration::from_millis(400),
    limit: Duration::from_secs(2),
};

/// Something in memory, and since when it is as it is.
#[derive(Clone)]
struct Part {
    memory: Arc<dyn Refresh>,
    /// When it was last found equal to the database, or made so: seconds since 1970.
    succeeded: Arc<AtomicI64>,
}

impl Part {
    /// A part that was read just now.
    fn new(memory: Arc<dyn Refresh>, clock: &dyn Clock) -> Self {
        let now = clock.now().as_second();
        Self {
            memory,
            succeeded: Arc::new(AtomicI64::new(now)),
        }
    }

    /// Seconds since the last success.
    fn age(&self, clock: &dyn Clock) -> i64 {
        (clock.now().as_second() - self.succeeded.load(Ordering::Relaxed)).max(0)
    }
}

/// Looks after changes until the process ends. While the database is away the last known state stays in force.
pub(crate) async fn run(refreshed: Vec<Arc<dyn Refresh>>, clock: Arc<dyn Clock>) {
    let parts = refreshed.into_iter().map(|memory| Part::new(memory, &*clock));
    metrics::describe_gauge!(
        AGE,
        metrics::Unit::Seconds,
        "Age of what is in memory of the database."
    );
    keep(&parts.collect::<Vec<_>>(), &clock, PACE).await;
}

/// Each part has a task of its own, so that none holds up another, nor the metrics.
async fn keep(parts: &[Part], clock: &Arc<dyn Clock>, pace: Pace) {
    let mut tasks = JoinSet::new();
    for part in parts {
        tasks.spawn(follow(part.clone(), clock.clone(), pace));
    }
    let mut interval = every(pace.interval);
    loop {
        interval.tick().await;
        for part in parts {
            metrics::gauge!(AGE, "part" => part.memory.name()).set(part.age(&**clock) as f64);
        }
    }
}

async fn follow(part: Part, clock: Arc<dyn Clock>, pace: Pace) {
    let name = part.memory.name();
    let mut interval = every(pace.interval);
    let mut failing = false;
    loop {
        interval.tick().await;
        // Only changes are told: an absent database would fill the log.
        match look(part.memory.clone(), pace.limit).await {
            Ok(()) => {
                part.succeeded.store(clock.now().as_second(), Ordering::Relaxed);
                if failing {
                    tracing::info!(part = name, "refreshing works again");
                }
                failing = false;
            }
            Err(source) => {
                if !failing {
                    let text = "cannot refresh: the last known state stays in force";
                    tracing::warn!(part = name, source, "{text}");
                }
                failing = true;
            }
        }
    }
}

/// Refreshes once. In a task of its own: a panic is an error like others, and ends nothing else.
async fn look(memory: Arc<dyn Refresh>, limit: Duration) -> Result<(), String> {
    let mut task = JoinSet::new();
    task.spawn(async move { tokio::time::timeout(limit, memory.refresh()).await });
    match task.join_next().await {
        Some(Ok(Ok(Ok(())))) => Ok(()),
        Some(Ok(Ok(Err(error)))) => {
            let source = std::error::Error::source(&error).map(ToString::to_string);
            Err(source.unwrap_or_else(|| error.to_string()))
        }
        Some(Ok(Err(_))) => Err(format!("no answer within {limit:?}")),
        Some(Err(_)) | None => Err("it panicked".to_owned()),
    }
}

fn every(period: Duration) -> Interval {
    let mut interval = tokio::time::interval(period);
    interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
    interval
}

#[cfg(test)]
mod tests {
    use std::io::{self, Write};
    use std::sync::Mutex;
    use std::sync::atomic::AtomicUsize;

    use contract::{BoxFuture, SystemClock};

    use super::*;

    const QUICK: Pace = Pace {
        interval: Duration::from_millis(2),
        limit: Duration::from_millis(30),
    };

    #[derive(Clone, Copy)]
    enum Round {
        Works,
        Fails,
        Hangs,
        Panics,
    }

    /// Does as its script says, then works.
    struct Scripted {
        name: &'static str,
        script: Vec<Round>,
        rounds: AtomicUsize,
    }

    impl Scripted {
        fn new(name: &'static str, script: &[Round]) -> Arc<Self> {
            Arc::new(Self {
                name,
                script: script.to_vec(),
                rounds: AtomicUsize::new(0),
            })
        }
    }

    impl Refresh for Scripted {
        fn name(&self) -> &'static str {
            self.name
        }

        fn refresh(&self) -> BoxFuture<'_, contract::Result<()>> {
            let round = self.rounds.fetch_add(1, Ordering::Relaxed);
            let round = self.script.get(round).copied().unwrap_or(Round::Works);
            Box::pin(async move {
                match round {
                    Round::Works => Ok(()),
                    Round::Fails => Err(contract::Error::internal("gone")),
                    Round::Hangs => std::future::pending().await,
                    Round::Panics => panic!("a round that panics"),
                }
            })
        }
    }

    /// The log of a test.
    #[derive(Clone, Default)]
    struct Log(Arc<Mutex<Vec<u8>>>);

    impl Write for Log {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl Log {
        fn count(&self, text: &str) -> usize {
            let log = self.0.lock().unwrap();
            String::from_utf8_lossy(&log).matches(text).count()
        }
    }

    /// Lets the watch run until `done`, for ten seconds at most.
    async fn watch(parts: &[Part], done: impl Fn() -> bool) {
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let waited = async {
            while !done() {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        let both = async {
            tokio::select! {
                () = keep(parts, &clock, QUICK) => {}
                () = waited => {}
            }
        };
        tokio::time::timeout(Duration::from_secs(10), both).await.unwrap();
    }

    fn part(memory: &Arc<Scripted>) -> Part {
        Part {
            memory: memory.clone(),
            succeeded: Arc::new(AtomicI64::new(0)),
        }
    }

    #[tokio::test]
    async fn a_round_that_hangs_ends_and_holds_up_nobody() {
        let (hung, well) = (
            Scripted::new("hung", &[Round::Hangs; 1000]),
            Scripted::new("well", &[]),
        );
        let parts = [part(&hung), part(&well)];
        let rounds = |of: &Scripted| of.rounds.load(Ordering::Relaxed);
        watch(&parts, || rounds(&hung) >= 3 && rounds(&well) >= 3).await;
        assert!(rounds(&well) > rounds(&hung));
        assert_eq!(parts[0].succeeded.load(Ordering::Relaxed), 0);
        assert!(parts[0].age(&SystemClock) > 1_000_000);
        assert!(parts[1].age(&SystemClock) < 10);
    }

    #[tokio::test]
    async fn a_round_that_panics_is_not_the_last() {
        let memory = Scripted::new("shaky", &[Round::Panics, Round::Panics]);
        let parts = [part(&memory)];
        watch(&parts, || parts[0].succeeded.load(Ordering::Relaxed) > 0).await;
        assert!(memory.rounds.load(Ordering::Relaxed) >= 3);
    }

    #[tokio::test]
    async fn only_changes_are_logged() {
        let log = Log::default();
        let writer = log.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_ansi(false)
            .with_writer(move || writer.clone())
            .finish();
        let guard = tracing::subscriber::set_default(subscriber);
        let script = [
            Round::Works,
            Round::Fails,
            Round::Hangs,
            Round::Fails,
            Round::Works,
            Round::Works,
            Round::Fails,
            Round::Fails,
        ];
        let memory = Scripted::new("stores", &script);
        watch(&[part(&memory)], || memory.rounds.load(Ordering::Relaxed) > 12).await;
        drop(guard);
        assert_eq!(log.count("cannot refresh"), 2);
        assert_eq!(log.count("gone"), 2, "with the cause");
        assert_eq!(log.count("works again"), 2);
    }
}
