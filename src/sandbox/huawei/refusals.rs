//! What TaurusDB refuses, wherever it is asked.

use crate::sandbox::api_error::ApiError;

/// Whether a text has the form of an instance's id.
pub(super) fn check_id(id: &str) -> Result<(), ApiError> {
    if is_id(id, 36) && id.ends_with("in07") {
        return Ok(());
    }
    Err(ApiError::new(400, "DBS.280404", "Invalid DB instance ID or node ID format."))
}

pub(super) fn no_instance() -> ApiError {
    ApiError::new(404, "DBS.200002", "The DB instance does not exist.")
}

pub(super) fn parameter_error() -> ApiError {
    ApiError::new(400, "DBS.200001", "Parameter error.")
}

pub(crate) fn busy() -> ApiError {
    let message = "Another operation is being performed on the DB instance or the DB instance is faulty.";
    ApiError::new(409, "DBS.200019", message)
}

pub(super) fn is_id(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}
