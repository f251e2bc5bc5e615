//! A name server for which every name is this machine, twice, and which remembers who was asked for.
//!
//! Twice, because a proxy that tries a second address after a lost answer sends the call again.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::net::UdpSocket;
use tokio::task::JoinHandle;

/// A running name server; it ends when dropped.
#[derive(Debug)]
pub(crate) struct Names {
    pub(crate) addr: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
    task: JoinHandle<()>,
}

impl Drop for Names {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Names {
    pub(crate) async fn spawn() -> io::Result<Self> {
        let socket = UdpSocket::bind("127.0.0.1:0").await?;
        let addr = socket.local_addr()?;
        let asked = Arc::<Mutex<Vec<String>>>::default();
        let notes = Arc::clone(&asked);
        let task = tokio::spawn(async move {
            let mut packet = [0; 512];
            while let Ok((length, from)) = socket.recv_from(&mut packet).await {
                if let Some((name, reply)) = reply(packet.get(..length).unwrap_or_default()) {
                    notes.lock().unwrap_or_else(PoisonError::into_inner).push(name);
                    let _ = socket.send_to(&reply, from).await;
                }
            }
        });
        Ok(Self { addr, asked, task })
    }

    /// The names that were asked for, in order.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// The name in a question, and the answer: 127.0.0.1 for IPv4, nothing for other types.
fn reply(question: &[u8]) -> Option<(String, Vec<u8>)> {
    let (mut at, mut labels) = (12, Vec::new());
    loop {
        let length = usize::from(*question.get(at)?);
        at += 1;
        if length == 0 {
            break;
        }
        labels.push(String::from_utf8_lossy(question.get(at..at + length)?).into_owned());
        at += length;
    }
    let is_ipv4 = question.get(at..at + 2)? == [0, 1];
    let answers = if is_ipv4 { 2 } else { 0 };
    // The id, “an answer”, one question, so many answers; then the question; then addresses of the name at byte 12.
    let mut reply = question.get(..2)?.to_vec();
    reply.extend([0x81, 0x80, 0, 1, 0, answers, 0, 0, 0, 0]);
    reply.extend(question.get(12..at + 4)?);
    for _ in 0..answers {
        reply.extend([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, 127, 0, 0, 1]);
    }
    Some((labels.join("."), reply))
}
