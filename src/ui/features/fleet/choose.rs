//! The first step: which instances, and what is to happen to them.

use leptos::prelude::*;

/// The step "Choose".
#[component]
pub(crate) fn Choose() -> impl IntoView {}
