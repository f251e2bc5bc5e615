//! `cargo run --no-default-features --example sandbox-server -- --listen 127.0.0.1:8081`
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
    let mut arguments = std::env::args().skip(1);
    let addr = match (arguments.next().as_deref(), arguments.next()) {
        (None, _) => "127.0.0.1:8081".to_owned(),
        (Some("--listen"), Some(addr)) => addr,
        _ => return Err(std::io::Error::other("usage: sandbox-server [--listen ADDRESS:PORT]")),
    };
    let server = server::SandboxServer::spawn(&addr).await?;
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
