//! What a request is signed with.

use super::secret::Secret;

/// A credential on loan from the [`crate::credentials::Keyring`].
#[derive(Debug, Clone, Copy)]
pub enum Credential<'a> {
    /// Sent as it is.
    Token(&'a Secret),
    /// Sent together.
    UserAndPassword(&'a Secret, Option<&'a Secret>),
    /// Signs, and is not sent.
    AccessKey(AccessKey<'a>),
}

/// A key pair; temporary when it has a security token.
#[derive(Debug, Clone, Copy)]
pub struct AccessKey<'a> {
    pub(super) id: &'a Secret,
    pub(super) secret: &'a Secret,
    pub(super) security_token: Option<&'a Secret>,
    /// No secret: `X-Project-Id`, for the schemes that know it.
    pub(super) project_id: Option<&'a str>,
}

impl<'a> AccessKey<'a> {
    /// A key pair, with the token of a temporary one.
    pub fn new(id: &'a Secret, secret: &'a Secret, security_token: Option<&'a Secret>) -> Self {
        Self { id, secret, security_token, project_id: None }
    }

    /// The same key, for a project.
    pub fn with_project(self, project_id: Option<&'a str>) -> Self {
        Self { project_id, ..self }
    }
}
