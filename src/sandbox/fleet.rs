//! The many instances of both accounts. Each is made from its number, and only when somebody asks for it.

/// How many of them each account has.
pub(super) const SIZE: usize = 120;

const NAMES: [&str; 8] = ["orders", "payments", "users", "stock", "billing", "sessions", "catalogue", "audit"];

/// `orders-001`
pub(super) fn name(index: usize) -> String {
    let name = NAMES.get(index % NAMES.len()).copied().unwrap_or_default();
    format!("{name}-{:03}", index + 1)
}

/// Eight hexadecimal digits that look like chance.
pub(super) fn digits(index: usize) -> String {
    let mixed = (index as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
    format!("{mixed:08x}")
}

/// The index whose id this is; ids end with it, in three digits.
pub(super) fn index_of(id: &str, id_of: impl Fn(usize) -> String) -> Option<usize> {
    let bytes = id.as_bytes();
    let last = bytes.len().checked_sub(3).and_then(|start| id.get(start..))?;
    last.parse().ok().filter(|index| *index < SIZE && id_of(*index) == id)
}
