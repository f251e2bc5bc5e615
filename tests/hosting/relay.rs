//! A network between browser and server that breaks when a test says so.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// What happens to the bytes on their way to the browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Flow {
    Free,
    /// So many more bytes pass on a connection, then none.
    Held(usize),
}

/// A running relay; it ends when dropped.
#[derive(Debug)]
pub(crate) struct Relay {
    pub(crate) addr: SocketAddr,
    flow: Arc<Mutex<Flow>>,
    /// Counts how often everything broke; connections of an earlier count end. `true`: by a reset.
    breaks: watch::Sender<(usize, bool)>,
    task: JoinHandle<()>,
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Relay {
    pub(crate) async fn spawn(to: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let addr = listener.local_addr().expect("an address");
        let flow = Arc::new(Mutex::new(Flow::Free));
        let (breaks, broken) = watch::channel((0, false));
        let shared = Arc::clone(&flow);
        let task = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(pass(client, to, Arc::clone(&shared), broken.clone()));
            }
        });
        Self { addr, flow, breaks, task }
    }

    /// From now on a connection passes on so many bytes of what the server says, and no more.
    pub(crate) fn hold(&self, after: usize) {
        *self.flow.lock().unwrap_or_else(PoisonError::into_inner) = Flow::Held(after);
    }

    /// Ends all connections; new ones are passed on.
    pub(crate) fn cut(&self, reset: bool) {
        self.breaks.send_modify(|(count, how)| {
            *count += 1;
            *how = reset;
        });
        *self.flow.lock().unwrap_or_else(PoisonError::into_inner) = Flow::Free;
    }
}

async fn pass(client: TcpStream, to: SocketAddr, flow: Arc<Mutex<Flow>>, mut broken: watch::Receiver<(usize, bool)>) {
    broken.mark_unchanged();
    let Ok(server) = TcpStream::connect(to).await else { return };
    let ((mut from_client, mut to_client), (mut from_server, mut to_server)) =
        (client.into_split(), server.into_split());
    let up = async { tokio::io::copy(&mut from_client, &mut to_server).await };
    let down = async {
        let (mut bytes, mut passed) = (vec![0; 4096], 0);
        loop {
            let read = from_server.read(&mut bytes).await?;
            if read == 0 {
                return to_client.shutdown().await;
            }
            let held = *flow.lock().unwrap_or_else(PoisonError::into_inner);
            let end = match held {
                Flow::Free => read,
                Flow::Held(most) => read.min(most.saturating_sub(passed)),
            };
            passed = if held == Flow::Free { 0 } else { passed + end };
            to_client.write_all(bytes.get(..end).unwrap_or_default()).await?;
        }
    };
    let ended = tokio::select! {
        // First, or what was held would pass before the end is noticed.
        biased;
        _ = broken.changed() => true,
        _ = async { tokio::join!(up, down) } => false,
    };
    if ended && broken.borrow().1 {
        let client = to_client.reunite(from_client).ok();
        let _ = client.map(|client| client.set_zero_linger());
    }
}
