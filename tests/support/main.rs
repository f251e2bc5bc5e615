//! `cargo run --no-default-features --example sandbox-server -- --listen 127.0.0.1:8081 --speed 60 --fleet 7,500,500,10`
//!
//! The simulated clouds behind a socket, for a proxy to point at. `--fleet` has the seed, the instances of Huawei Cloud and of
//! Alibaba Cloud, and the faults per mille.

#[cfg(not(target_arch = "wasm32"))]
mod listen;
#[cfg(not(target_arch = "wasm32"))]
mod server;

#[cfg(not(target_arch = "wasm32"))]
use tls_console::sandbox::{FaultRates, FleetSetup};

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
#[tokio::main]
async fn main() -> std::io::Result<()> {
    let usage = || {
        std::io::Error::other(
            "usage: sandbox-server [--listen ADDRESS:PORT] [--speed TIMES] [--fleet SEED,HUAWEI,ALIYUN,PER_MILLE]",
        )
    };
    let (mut addr, mut speed, mut setup) = ("127.0.0.1:8081".to_owned(), 1, FleetSetup::default());
    let mut arguments = std::env::args().skip(1);
    while let Some(name) = arguments.next() {
        match (name.as_str(), arguments.next()) {
            ("--listen", Some(value)) => addr = value,
            ("--speed", Some(value)) => speed = value.parse().map_err(|_| usage())?,
            ("--fleet", Some(value)) => setup = fleet(&value).ok_or_else(usage)?,
            _ => return Err(usage()),
        }
    }
    let server = server::SandboxServer::spawn(&addr).await?;
    server.set_speed(speed);
    server.set_fleet(setup);
    println!("The sandbox listens on http://{}/{{host}}/", server.addr);
    ended().await
}

/// `7,500,500,10`
#[cfg(not(target_arch = "wasm32"))]
fn fleet(text: &str) -> Option<FleetSetup> {
    let numbers: Vec<&str> = text.split(',').collect();
    let [seed, huawei, aliyun, faults] = numbers.as_slice() else { return None };
    let faults = FaultRates::each(faults.parse().ok()?);
    Some(FleetSetup { seed: seed.parse().ok()?, huawei: huawei.parse().ok()?, aliyun: aliyun.parse().ok()?, faults })
}

/// Returns when the process is asked to end.
#[cfg(unix)]
async fn ended() -> std::io::Result<()> {
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted,
        _ = terminate.recv() => Ok(()),
    }
}

#[cfg(all(not(unix), not(target_arch = "wasm32")))]
async fn ended() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}
