//! What is counted and timed.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use contract::Clock;
use jiff::Timestamp;
use metrics::{Counter, Gauge, Histogram, HistogramFn, Key, KeyName, Metadata, Recorder, SharedString, Unit};

use super::support::Server;

/// Goes on by so many milliseconds at each look.
struct Steps(AtomicI64, i64);

impl Clock for Steps {
    fn now(&self) -> Timestamp {
        let now = self.0.fetch_add(self.1, Ordering::Relaxed);
        Timestamp::from_millisecond(now).unwrap()
    }
}

/// Keeps what is recorded in histograms.
#[derive(Default, Clone)]
struct Notes(Arc<Mutex<Vec<(String, f64)>>>);

struct Note(Notes, String);

impl HistogramFn for Note {
    fn record(&self, value: f64) {
        self.0.0.lock().unwrap().push((self.1.clone(), value));
    }
}

impl Recorder for Notes {
    fn describe_counter(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_gauge(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_histogram(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn register_counter(&self, _: &Key, _: &Metadata<'_>) -> Counter {
        Counter::noop()
    }
    fn register_gauge(&self, _: &Key, _: &Metadata<'_>) -> Gauge {
        Gauge::noop()
    }
    fn register_histogram(&self, key: &Key, _: &Metadata<'_>) -> Histogram {
        Histogram::from_arc(Arc::new(Note(self.clone(), key.name().to_owned())))
    }
}

async fn noted(step: i64, request: &str) -> Vec<(String, f64)> {
    let notes = Notes::default();
    let server = Server::at(Arc::new(Steps(AtomicI64::new(1_000_000), step))).await;
    let kept = metrics::set_default_local_recorder(&notes);
    server.ask(request).await;
    drop(kept);
    notes.0.lock().unwrap().clone()
}

#[tokio::test]
async fn the_time_of_every_answer_is_recorded_and_that_of_probes_is_not() {
    for request in ["GET /rest/V1/nope", "GET /rest/V1/where\nAccept: image/png"] {
        let expected = [("magnetite_response_seconds".to_owned(), 0.25)];
        assert_eq!(noted(250, request).await, expected, "{request}");
    }
    let called = noted(250, "GET /rest/V1/where").await;
    assert!(called.len() == 1 && called[0].1 >= 0.25, "{called:?}");
    assert_eq!(noted(250, "GET /healthz").await, []);
}

#[tokio::test]
async fn a_clock_that_is_set_back_gives_no_negative_time() {
    assert_eq!(noted(-250, "GET /rest/V1/nope").await[0].1, 0.0);
}
