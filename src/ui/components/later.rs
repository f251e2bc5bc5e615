//! What can wait until the page has been drawn.

use crate::ui::platform::dom;
use leptos::prelude::*;

/// Builds what is in it in a task of its own, when the browser has nothing else to do. So what stands before it is on the
/// screen sooner, and no task is long.
#[component]
pub(crate) fn Later(
    /// What comes later.
    children: Children,
) -> impl IntoView {
    let children = StoredValue::new_local(Some(children));
    let due = RwSignal::new(false);
    dom::when_idle(move || {
        // The page may have been left.
        due.try_set(true);
    });
    move || {
        let build = due.get().then(|| children.try_update_value(Option::take).flatten()).flatten();
        build.map(|build| untrack(build))
    }
}
