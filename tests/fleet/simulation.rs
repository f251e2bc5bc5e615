//! Two thousand fleets of fifty rows. `TLS_CONSOLE_SEED=…` plays one seed alone, as a failure says.

use super::scenario::{Outcomes, play};
use super::sky::Sky;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};

const SEEDS: u64 = 2_000;
const SEED: &str = "TLS_CONSOLE_SEED";

fn play_under(sky: &Sky, seed: u64) -> Outcomes {
    let played = catch_unwind(AssertUnwindSafe(|| play(sky, seed)));
    played.unwrap_or_else(|_| {
        panic!("seed {seed} fails; repeat it: {SEED}={seed} cargo test --no-default-features --test fleet simulation")
    })
}

#[test]
fn simulation() {
    if let Ok(seed) = std::env::var(SEED) {
        println!("{:#?}", play_under(&Sky::new(), seed.parse().unwrap()));
        return;
    }
    // Two threads share the seeds; each has clouds of its own.
    let next = AtomicU64::new(0);
    let some = || {
        let sky = Sky::new();
        let mut all = Outcomes::default();
        loop {
            match next.fetch_add(1, Ordering::Relaxed) {
                seed if seed < SEEDS => all.add(&play_under(&sky, seed)),
                _ => return all,
            }
        }
    };
    let all = std::thread::scope(|scope| {
        let other = scope.spawn(some);
        let mut all = some();
        all.add(&other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        all
    });
    println!("{SEEDS} fleets of 50 rows: {all:#?}");
    all.check_that_everything_happened();
}
