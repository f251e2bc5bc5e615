//! No answer at all.

use super::{Explanation, Tone};
use crate::catalog::Operation;
use crate::transport::{Circumstances, TransportError};

/// Why there is no answer to a call of `operation`.
pub fn transport_error(error: &TransportError, operation: &Operation) -> Explanation {
    let told = match error {
        TransportError::Offline => Explanation::new(Tone::Bad, "This computer is offline")
            .because("The browser reports no network connection. Nothing was sent.")
            .then("Connect to the network and send again."),
        TransportError::TimedOut(limit) => {
            Explanation::new(Tone::Bad, format!("No answer within {}", super::seconds(*limit)))
                .because("The server, or the proxy on the way, is slow or does not answer.")
                .then("If this goes on, raise the time limit in the settings, or ask who runs the proxy.")
        }
        TransportError::Cancelled => {
            Explanation::new(Tone::Bad, "Cancelled").because("You stopped waiting for the answer.")
        }
        TransportError::Blocked(circumstances) => blocked(*circumstances),
        TransportError::NotLoaded => Explanation::new(Tone::Bad, "The sandbox could not be loaded")
            .because("Its files did not come: the network or the site's server fails, or a new version of the console has replaced them.")
            .because("Nothing was sent.")
            .then("Send again. If a new version is ready, reload the page."),
        TransportError::WorkerStopped => Explanation::new(Tone::Bad, "The sandbox has stopped")
            .because("The worker that plays the clouds ended with an error. What it remembered is gone.")
            .because("Nothing was sent.")
            .then("Send again: the call starts a fresh sandbox."),
        TransportError::Browser(complaint) => Explanation::new(Tone::Bad, "The browser refused to send this request")
            .because(format!("It says: {complaint}."))
            .then("Check the connection's address in config.json."),
    };
    if error.may_have_arrived() { told.may_have_happened(operation) } else { told }
}

/// The browser only says that it failed. What is known for certain is said; the rest is a list of likely causes.
fn blocked(known: Circumstances) -> Explanation {
    if known.policy {
        return Explanation::new(Tone::Bad, "Stopped by this site's security policy")
            .because("The page's Content-Security-Policy does not allow calls to this address. Nothing was sent.")
            .then("Add the origin of the proxy to connect-src in the header that this site is served with.");
    }
    let told = Explanation::new(Tone::Bad, "No answer, and the browser does not say why");
    let told = if known.offline {
        told.because("This computer has lost its network connection.")
    } else {
        told.because("Refused: nothing listens at the address, or its name is not known.")
    };
    let told = if known.mixed_content {
        told.because("Mixed content: this page is https and the address is http, which browsers block.")
    } else {
        told
    };
    let told = if known.cross_origin {
        told.because(
            "CORS: the address is on another site, which must allow this page to call it. The clouds' own hosts do not.",
        )
    } else {
        told
    };
    told.because("Redirected: the address answered with a redirect, which a signed call never follows.")
        .because("Cut off: the connection broke before the answer was complete.")
        .then(
            "Check that the proxy of the chosen connection runs, or choose another connection at the top of the page.",
        )
        .then("The browser's developer tools show more on their network tab.")
}
