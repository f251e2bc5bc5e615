//! Ten thousand acts on both clouds. `TLS_CONSOLE_SEED=…` plays one seed alone, as a failure says.

use super::clouds::Cloud;
use super::scenario::{Outcomes, play};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
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
    let half = |cloud: usize| {
        let clouds = clouds();
        (cloud as u64..SEEDS).step_by(2).map(|seed| play_on(&clouds, seed)).collect::<Vec<_>>()
    };
    let played: Vec<Outcomes> = std::thread::scope(|scope| {
        let other = scope.spawn(|| half(1));
        let mut played = half(0);
        played.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        played
    });
    let mut ends: BTreeMap<&str, usize> = BTreeMap::new();
    played.iter().for_each(|outcome| *ends.entry(outcome.end).or_default() += 1);
    let most = played.iter().max_by_key(|outcome| outcome.looks).unwrap();
    let looks: u32 = played.iter().map(|outcome| outcome.looks).sum();
    let repeats: u32 = played.iter().map(|outcome| outcome.repeats).sum();
    println!(
        "{SEEDS} acts: {ends:?}; {looks} looks, at most {} for one act, bound {}; {repeats} repeats",
        most.looks, most.bound
    );
    for end in ["verified", "completed", "failed", "unknown", "not-carried-out"] {
        assert!(ends.contains_key(end), "no act ends {end}: {ends:?}");
    }
}
