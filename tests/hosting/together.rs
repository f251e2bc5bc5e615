//! Many calls at the same time: each is answered, each reaches the provider once, also where the network breaks meanwhile.

use std::collections::BTreeMap;

use crate::browser::until;
use crate::front::{Front, Kind, Setup};
use crate::page::Page;
use crate::relay::Relay;
use crate::scene::scene;

const SECURE: Setup = Setup { https: true, ..AS_SHIPPED };

on_each_server!(hundreds_at_once_are_answered_and_arrive_once, what_breaks_together_arrives_once);

mod https {
    use super::{SECURE, hundreds_at_once_are_answered_and_arrive_once, what_breaks_together_arrives_once};
    on_each_server!(SECURE: hundreds_at_once_are_answered_and_arrive_once, what_breaks_together_arrives_once);
}

/// Changes as the console sends them: `send(region, from, to)`. What became of each is in `ended`.
const SEND: &str = "window.ended = {};
    const change = async (region, name) => {
        const id = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0'));
        const [method, headers] = [name % 2 ? 'PUT' : 'POST', { 'X-TLS-Console-Call': id.join('') }];
        const url = `./proxy/gaussdb.${region}.myhuaweicloud.com/v3/none?n=${name}`;
        const answer = await fetch(url, { method, headers, body: '{}', credentials: 'omit' });
        await answer.text();
        return `${answer.status} ${answer.headers.get('x-tls-console-proxy')}`;
    };
    window.send = (region, from, to) => {
        for (let name = from; name < to; name += 1) {
            change(region, name).catch(String).then((end) => { window.ended[name] = end; });
        }
    };
    return null;";

/// How often each change has arrived.
fn arrived(front: &Front) -> BTreeMap<String, usize> {
    let mut count = BTreeMap::new();
    for received in front.clouds.changes() {
        *count.entry(received.target).or_default() += 1;
    }
    count
}

/// A page that can send, and how many changes it has sent.
struct Sender<'a> {
    page: &'a Page,
    front: &'a Front,
    sent: usize,
}

impl<'a> Sender<'a> {
    async fn new(page: &'a Page, front: &'a Front) -> Self {
        page.open("#/").await;
        page.allow_console("/proxy/");
        page.allow_console("net::");
        page.allow_console("Cross-Origin-Opener-Policy header has been ignored");
        page.script(SEND, Vec::new()).await;
        Self { page, front, sent: 0 }
    }

    async fn send(&mut self, region: &str, more: usize) {
        let (from, to) = (self.sent, self.sent + more);
        self.page.script(&format!("send('{region}', {from}, {to}); return null;"), Vec::new()).await;
        self.sent = to;
    }

    /// What became of all changes: each arrived once.
    async fn ends(&self) -> BTreeMap<String, usize> {
        self.page.wait_for(&format!("Object.keys(window.ended).length === {}", self.sent)).await;
        let arrived = arrived(self.front);
        assert_eq!(arrived.len(), self.sent);
        assert!(arrived.values().all(|times| *times == 1), "{arrived:?}");
        let mut ends = BTreeMap::new();
        for end in self.page.eval::<Vec<String>>("Object.values(window.ended)").await {
            *ends.entry(end).or_default() += 1;
        }
        ends
    }
}

async fn hundreds_at_once_are_answered_and_arrive_once(front: &Front) {
    scene()
        .served_at(&front.base)
        .run(async |page| {
            let mut sender = Sender::new(page, front).await;
            for _ in 0..2 {
                sender.send("cn-north-4", 300).await;
                assert_eq!(sender.ends().await, BTreeMap::from([("404 passed".to_owned(), sender.sent)]));
            }
            // Few at a time, so that the answers of some come while others are being sent.
            for _ in 0..60 {
                sender.send("cn-north-4", 5).await;
            }
            assert_eq!(sender.ends().await, BTreeMap::from([("404 passed".to_owned(), sender.sent)]));
        })
        .await;
}

/// Browsers send again what was under way on a connection that another answer came on.
async fn what_breaks_together_arrives_once(front: &Front) {
    let relay = Relay::spawn(front.addr).await;
    let base = front.base.replace(&front.addr.port().to_string(), &relay.addr.port().to_string());
    scene()
        .served_at(&base)
        .run(async |page| {
            let (mut sender, mut answered) = (Sender::new(page, front).await, 0);
            for reset in [false, true].repeat(3) {
                for slow in [1, 4] {
                    sender.send("cn-north-4", 1).await;
                    answered += 1;
                    page.wait_for(&format!(
                        "Object.values(window.ended).filter((end) => end === '404 passed').length === {answered}"
                    ))
                    .await;
                    sender.send("slow", slow).await;
                    until("the calls", async || (arrived(front).len() == sender.sent).then_some(())).await;
                }
                relay.cut(reset);
                let ends = sender.ends().await;
                assert_eq!(ends.get("404 passed"), Some(&answered));
                // The others are lost, or Chromium has sent them again.
                assert_eq!(ends.contains_key("409 repeated"), front.kind == Kind::Nginx, "{ends:?}");
            }
        })
        .await;
}
