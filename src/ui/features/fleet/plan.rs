//! The second step: what would happen.

use leptos::prelude::*;

/// The step "Plan".
#[component]
pub(crate) fn Plan() -> impl IntoView {}
