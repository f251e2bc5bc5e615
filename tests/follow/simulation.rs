//! Ten thousand acts on both clouds. `TLS_CONSOLE_SEED=…` plays one seed alone, as a failure says.

use super::clouds::Cloud;
use super::scenario::{Outcomes, play};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use tls_console::sandbox::Provider;

const SEEDS: u64 = 10_000;
const SEED: &str = "TLS_CONSOLE_SEED";

fn play_on(clouds: &[Cloud; 2], seed: u64) -> Outcomes {
    let cloud = &clouds[usize::try_from(seed % 2).unwrap()];
    let played = catch_unwind(AssertUnwindSafe(|| play(cloud, seed)));
    played.unwrap_or_else(|_| {
        panic!("seed {seed} fails; repeat it: {SEED}={seed} cargo test --no-default-features --test follow simulation")
    })
}

fn clouds() -> [Cloud; 2] {
    [Provider::Huawei, Provider::Aliyun].map(Cloud::new)
}

#[test]
fn simulation() {
    if let Ok(seed) = std::env::var(SEED) {
        println!("{:?}", play_on(&clouds(), seed.parse().unwrap()));
        return;
    }
    // Two threads share the seeds; each has clouds of its own.
    let next = AtomicU64::new(0);
    let some = || {
        let clouds = clouds();
        let mut played = Vec::new();
        loop {
            match next.fetch_add(1, Ordering::Relaxed) {
                seed if seed < SEEDS => played.push(play_on(&clouds, seed)),
                _ => return played,
            }
        }
    };
    let played: Vec<Outcomes> = std::thread::scope(|scope| {
        let other = scope.spawn(some);
        let mut played = some();
        played.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        played
    });
    let mut ends: BTreeMap<&str, usize> = BTreeMap::new();
    played.iter().for_each(|outcome| *ends.entry(outcome.end).or_default() += 1);
    let most = played.iter().max_by_key(|outcome| outcome.looks).unwrap();
    let looks: u32 = played.iter().map(|outcome| outcome.looks).sum();
    let repeats: u32 = played.iter().map(|outcome| outcome.repeats).sum();
    let conflicts: u32 = played.iter().map(|outcome| outcome.conflicts).sum();
    assert!(conflicts > 0, "no call was refused because of itself");
    println!(
        "{SEEDS} acts: {ends:?}; {looks} looks, at most {} for one act, bound {}; {repeats} repeats, {conflicts} conflicts",
        most.looks, most.bound
    );
    for end in ["verified", "completed", "failed", "unknown", "not-seen"] {
        assert!(ends.contains_key(end), "no act ends {end}: {ends:?}");
    }
}
