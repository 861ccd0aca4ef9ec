//! Raw Argon2 computations per second, on as many threads as there are cores: what log-ins can reach at best.
//! `cargo bench -p identity --bench argon -- --seconds 5` prints one number.
#![allow(clippy::print_stdout, clippy::disallowed_methods)] // It measures and prints.

use std::thread;
use std::time::{Duration, Instant};

use identity::password::{Memory, Salt, hash};

fn main() {
    let seconds = std::env::args()
        .skip_while(|argument| argument != "--seconds")
        .nth(1)
        .and_then(|text| text.parse().ok())
        .unwrap_or(1);
    let time = Duration::from_secs(seconds);
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let rate: f64 = thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(|| rate(time))).collect();
        workers.into_iter().filter_map(|worker| worker.join().ok()).sum()
    });
    println!("{rate:.3} computations per second on {cores} cores");
}

/// Computations per second of one thread that reuses its memory.
fn rate(time: Duration) -> f64 {
    let mut memory = Memory::new();
    let Some(salt) = Salt::from_text("abcdefghijklmnopqrstuvwxyz012345") else {
        return 0.0;
    };
    // The first one gets its memory page by page from the system.
    let warm = hash("Admin123pass", &salt, &mut memory).is_ok();
    let start = Instant::now();
    let mut done = 0;
    while warm && start.elapsed() < time {
        done += u32::from(hash("Admin123pass", &salt, &mut memory).is_ok());
    }
    f64::from(done) / start.elapsed().as_secs_f64()
}
