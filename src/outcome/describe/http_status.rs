//! What a status means in general. A documented code always says more.

/// The meaning of a status in a few words.
pub fn status_meaning(status: u16) -> &'static str {
    match status {
        200 => "OK: the server did, or accepted, what was asked",
        201 => "Created",
        202 => "Accepted: the work goes on in the background",
        204 => "Done, with nothing to tell",
        203 | 205..=299 => "Success",
        304 => "Not modified: there is nothing new",
        300..=303 | 305..=399 => "The server points elsewhere; a signed call never follows",
        400 => "Bad request: the server understood it and will not do it as it stands",
        401 => "Not authenticated: the credential is missing, wrong or expired",
        403 => "Not allowed: the credential is known and lacks the permission",
        404 => "Not found: no such address or resource",
        405 => "The address exists, but not with this method",
        408 => "The server stopped waiting for the request",
        409 => "Conflict: the resource is busy or in another state",
        413 => "The body is too large",
        414 => "The address is too long",
        415 => "The server does not take this content type",
        422 => "The server understood the request and cannot process its values",
        429 => "Too many requests",
        431 | 494 => "The headers are too large; a long token does this",
        402..=499 => "The server refused the request",
        500 => "The server failed",
        501 => "The server does not know this method",
        502 => "Bad gateway: a proxy got no usable answer from the server behind it",
        503 => "Unavailable: the server, or the proxy's way to it, is down for the moment",
        504 => "Gateway time-out: a proxy gave up waiting for the server behind it",
        505..=599 => "The server, or a proxy in front of it, failed",
        _ => "Not a status that HTTP defines",
    }
}
