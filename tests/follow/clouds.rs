//! The simulated clouds, as a caller sees them.

use super::caller::{Caller, Fate, Moment, keyring};
use serde_json::Value;
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration as Wait;
use time::{Duration, OffsetDateTime};
use tls_console::call::Exchange;
use tls_console::catalog::Operation;
use tls_console::credentials::Keyring;
use tls_console::follow::LookRequest;
use tls_console::form::Draft;
use tls_console::sandbox::{Provider, Request, Response, World, guide, handle};

/// Whose credential a call has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Credential {
    Good,
    Expired,
    /// Its user may do nothing.
    Denied,
}

/// A cloud with its description.
pub(crate) struct Cloud {
    pub(crate) provider: Provider,
    pub(crate) caller: Caller,
    keyrings: [Keyring; 3],
    /// The requests of looks that need no signature: they are the same each time.
    unsigned: RefCell<HashMap<(String, Credential), Request>>,
}

/// The time of the world, and how far the computer's clock is ahead.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock {
    pub(crate) now: OffsetDateTime,
    pub(crate) ahead: Duration,
}

impl Clock {
    pub(crate) fn computer(self) -> OffsetDateTime {
        self.now + self.ahead
    }
}

impl Cloud {
    pub(crate) fn new(provider: Provider) -> Self {
        let name = match provider {
            Provider::Huawei => "huawei-taurusdb",
            Provider::Aliyun => "aliyun-elasticsearch",
        };
        let text = |file: &str| std::fs::read_to_string(format!("{}/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let file = format!("apis/{name}.json");
        let caller = Caller::new(&file, &text(&file), &text(&format!("apis/{name}.errors.json")));
        let any = caller.operation(&caller.api.operations[0].id);
        let keyrings = [Credential::Good, Credential::Expired, Credential::Denied]
            .map(|credential| keyring(any, &inputs(provider, credential)));
        Self { provider, keyrings, caller, unsigned: RefCell::default() }
    }

    pub(crate) fn keyring(&self, credential: Credential) -> &Keyring {
        &self.keyrings[credential as usize]
    }

    /// Makes a call that arrives at once, or never; with its end comes the request that did not arrive.
    pub(crate) fn call(
        &self,
        world: &mut World,
        (operation, draft, credential): (&Arc<Operation>, &Draft, Credential),
        (clock, took): (Clock, Duration),
        fate: Fate,
        nonce: u64,
    ) -> (Exchange, Option<Request>) {
        let server = &mut |request: &Request| deliver(world, clock.now, request);
        self.call_to(server, (operation, draft, credential), (clock, took), fate, nonce)
    }

    /// The same, to any server.
    pub(crate) fn call_to(
        &self,
        server: &mut dyn FnMut(&Request) -> Response,
        (operation, draft, credential): (&Arc<Operation>, &Draft, Credential),
        (clock, took): (Clock, Duration),
        fate: Fate,
        nonce: u64,
    ) -> (Exchange, Option<Request>) {
        let took: Wait = took.try_into().unwrap();
        let moment = Moment { started: clock.computer(), took, nonce };
        let keyring = self.keyring(credential);
        self.caller.call((operation, draft, keyring), moment, fate, server)
    }

    /// Looks, and reads the answer in the short way: ten thousand acts are to take seconds. `None`: it is no plain success;
    /// [`Self::call`] reads it.
    pub(crate) fn glance(
        &self,
        world: &mut World,
        (operation, draft, credential): (&Operation, &dyn Fn() -> Draft, Credential),
        look: &LookRequest,
        clock: Clock,
        nonce: u64,
    ) -> Option<Value> {
        let make = || {
            let form = (operation, &draft(), self.keyring(credential));
            self.caller.request(form, clock.computer(), nonce)
        };
        let request = match self.provider {
            Provider::Aliyun => make(),
            Provider::Huawei => {
                let key = (format!("{} {:?}", look.operation, look.parameters), credential);
                self.unsigned.borrow_mut().entry(key).or_insert_with(make).clone()
            }
        };
        let response = deliver(world, clock.now, &request);
        let is_plain = response.status() == 200 && response.extensions().is_empty();
        is_plain.then(|| serde_json::from_slice(response.body()).unwrap())
    }
}

/// A request arrives.
pub(crate) fn deliver(world: &mut World, now: OffsetDateTime, request: &Request) -> Response {
    world.set_now(now);
    handle(world, request)
}

fn inputs(provider: Provider, credential: Credential) -> Vec<(&'static str, &'static str)> {
    let secret = || guide(provider).example.into_iter().find(|(label, _)| *label == "AccessKey secret").unwrap();
    let key = |id, token| vec![("AccessKey ID", id), secret(), ("Security token", token)];
    match (provider, credential) {
        (Provider::Huawei, Credential::Good) => vec![("X-Auth-Token", "any-token-will-do")],
        (Provider::Huawei, Credential::Expired) => vec![("X-Auth-Token", "expired-token")],
        (Provider::Huawei, Credential::Denied) => vec![("X-Auth-Token", "denied-token")],
        (Provider::Aliyun, Credential::Good) => key("STS.NTDummyAccessKeyId", "CAISdummy+STS/token==with+/=chars"),
        (Provider::Aliyun, Credential::Expired) => key("STS.NTDummyAccessKeyId", "CAISexpired+STS/token=="),
        (Provider::Aliyun, Credential::Denied) => key("LTAI5tDeniedAccessKeyId", ""),
    }
}
