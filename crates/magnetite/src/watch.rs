//! Keeps what is in memory equal to the database.

use std::sync::Arc;
use std::time::Duration;

use contract::port::Refresh;

/// Time between two looks: a change is in force well within a second.
const INTERVAL: Duration = Duration::from_millis(400);

/// Looks after changes until the process ends. While the database is away the last known state stays in force.
pub(crate) async fn run(refreshed: Vec<Arc<dyn Refresh>>) {
    let mut interval = tokio::time::interval(INTERVAL);
    interval.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        interval.tick().await;
        for part in &refreshed {
            if let Err(error) = part.refresh().await {
                let source = std::error::Error::source(&error).map(ToString::to_string);
                tracing::warn!(
                    part = part.name(),
                    source,
                    "cannot refresh: the last known state stays in force"
                );
            }
        }
    }
}
