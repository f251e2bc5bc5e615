//! Addresses as the browser reads them.

use super::dom::document;
use web_sys::Url;

/// An address relative to the site, in full.
pub(crate) fn absolute(address: &str) -> String {
    let base = document().and_then(|document| document.base_uri().ok().flatten());
    let url = base.and_then(|base| Url::new_with_base(address, &base).ok());
    url.map_or_else(|| address.to_owned(), |url| url.href())
}

/// The origin of an absolute address.
pub(crate) fn origin(address: &str) -> String {
    Url::new(address).map(|url| url.origin()).unwrap_or_default()
}
