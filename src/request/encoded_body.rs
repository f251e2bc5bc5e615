//! What the formats of a body come to.

/// A body as it is sent.
pub(super) struct EncodedBody {
    /// What `Content-Type` says of it.
    pub(super) content_type: String,
    pub(super) bytes: Vec<u8>,
    /// The same as a text, with every secret masked and names for files.
    pub(super) shown: String,
}
