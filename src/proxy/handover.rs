//! A [`RoutedRequest`] as JSON, to be handed from the program that makes it to the one that sends it.
//!
//! The two share no memory (see `ui::panels`). The text holds the credential: it is overwritten when dropped, and goes
//! nowhere but into the other program's reader below.

use super::RoutedRequest;
use crate::request::{Header, UnsignedRequest};
use crate::sign::{SignedRequest, Stage};
use serde_json::{Value, json};

impl RoutedRequest {
    /// Everything of it, the secrets too.
    pub fn to_value(&self) -> Value {
        let request = self.signed.request();
        let headers: Vec<Value> = request
            .headers
            .iter()
            .map(|header| {
                Value::from([header.name.as_str(), header.sent(), header.mask().unwrap_or_default()].as_slice())
            })
            .collect();
        let trace: Vec<Value> =
            self.signed.trace().iter().map(|stage| Value::from([stage.name, &stage.text].as_slice())).collect();
        json!({
            "address": self.address,
            "method": request.method.as_str(),
            "host": request.host,
            "path": request.path,
            "query": request.query,
            "headers": headers,
            "body": String::from_utf8_lossy(&request.body),
            "bodyShown": request.body_shown,
            "trace": trace,
        })
    }

    /// Reads what [`Self::to_value`] wrote. `None`: something else.
    pub fn read(value: &Value) -> Option<Self> {
        let text = |name: &str| value.get(name)?.as_str().map(str::to_owned);
        let list = |name: &str| value.get(name)?.as_array();
        let part = |value: &Value, index: usize| value.get(index)?.as_str().map(str::to_owned);
        let header = |value: &Value| {
            let (name, sent, mask) = (part(value, 0)?, part(value, 1)?, part(value, 2)?);
            if mask.is_empty() { Header::plain(&name, &sent) } else { Header::secret(&name, &sent, mask) }
        };
        let stage = |value: &Value| {
            let name = part(value, 0)?;
            Some(Stage { name: Stage::NAMES.into_iter().find(|known| *known == name)?, text: part(value, 1)? })
        };
        let request = UnsignedRequest {
            method: text("method")?.parse().ok()?,
            host: text("host")?,
            path: text("path")?,
            query: text("query")?,
            headers: list("headers")?.iter().map(header).collect::<Option<_>>()?,
            body: text("body")?.into_bytes(),
            body_shown: text("bodyShown")?,
        };
        let trace = list("trace")?.iter().map(stage).collect::<Option<_>>()?;
        Some(Self { signed: SignedRequest::restored(request, trace), address: text("address") })
    }
}
