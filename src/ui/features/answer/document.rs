//! Where the body of a call is: here, or in a worker.

use crate::call::Exchange;
use crate::outcome::LongBody;
use crate::ui::platform::worker_client::bodies;
use crate::viewer::{Document, Source};
use std::sync::Arc;

/// The part of the page that shows it.
pub(super) const BODY_ID: &str = "response-body";

/// The masked body of a call, where the call has it.
struct MaskedBody(Arc<Exchange>);

impl AsRef<[u8]> for MaskedBody {
    fn as_ref(&self) -> &[u8] {
        match &self.0.result {
            Ok((reply, answer)) => answer.withheld.as_ref().map_or(&reply.body, |withheld| withheld.bytes()),
            Err(_) => &[],
        }
    }
}

/// The body of a call, with its lines; of a body that a worker has, the beginning.
pub(super) fn document(exchange: &Arc<Exchange>) -> Document {
    let content_type = exchange.result.as_ref().ok().and_then(|(reply, _)| reply.header("content-type"));
    let source: Source = Arc::new(MaskedBody(exchange.clone()));
    Document::read(source, content_type.unwrap_or_default())
}

/// The long body of a call, if its worker still has it.
pub(super) fn long_body(exchange: &Exchange) -> Option<&LongBody> {
    let (_, answer) = exchange.result.as_ref().ok()?;
    answer.long.as_ref().filter(|long| bodies::is_kept(long.document))
}
