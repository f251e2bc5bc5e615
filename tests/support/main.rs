//! `cargo run --no-default-features --example sandbox-server -- --listen 127.0.0.1:8081 --speed 60`
//!
//! The simulated clouds behind a socket, for a proxy to point at.

#[cfg(not(target_arch = "wasm32"))]
mod listen;
#[cfg(not(target_arch = "wasm32"))]
mod server;

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
#[tokio::main]
async fn main() -> std::io::Result<()> {
    let usage = || std::io::Error::other("usage: sandbox-server [--listen ADDRESS:PORT] [--speed TIMES]");
    let (mut addr, mut speed) = ("127.0.0.1:8081".to_owned(), 1);
    let mut arguments = std::env::args().skip(1);
    while let Some(name) = arguments.next() {
        match (name.as_str(), arguments.next()) {
            ("--listen", Some(value)) => addr = value,
            ("--speed", Some(value)) => speed = value.parse().map_err(|_| usage())?,
            _ => return Err(usage()),
        }
    }
    let server = server::SandboxServer::spawn(&addr).await?;
    server.set_speed(speed);
    println!("The sandbox listens on http://{}/{{host}}/", server.addr);
    ended().await
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
