//! JSON pointers in the form of a fragment (RFC 6901, section 6), as far as messages need it.

/// The pointer to what these names and indices lead to: `#/a/0/b`.
pub(crate) fn json_pointer<T: AsRef<str>>(path: &[T]) -> String {
    path.iter().fold(String::from("#"), |pointer, token| format!("{pointer}/{}", reference_token(token.as_ref())))
}

/// One name as it stands in a pointer.
pub(crate) fn reference_token(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
