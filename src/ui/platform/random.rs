//! The browser's random numbers.

use crate::credentials::ProfileId;
use uuid::Uuid;

/// A fresh UUID, version 4, as text.
pub(crate) fn new_id() -> String {
    Uuid::new_v4().to_string()
}

/// A number that other pages do not have.
pub(crate) fn number() -> u32 {
    Uuid::new_v4().as_fields().0
}

/// A long number that others do not have.
pub(crate) fn new_u128() -> u128 {
    Uuid::new_v4().as_u128()
}

pub(crate) fn new_call_id() -> crate::call::CallId {
    crate::call::CallId::new(Uuid::new_v4().as_u128())
}

pub(crate) fn new_profile_id() -> ProfileId {
    ProfileId::new(Uuid::new_v4().as_u128())
}
