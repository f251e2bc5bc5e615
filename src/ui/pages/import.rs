//! A command from elsewhere, read into a form.

use super::NarrowPage;
use crate::ui::features::import::Import;
use crate::ui::words::{reuse_words, words};
use leptos::prelude::*;

/// The page "Paste a command".
#[component]
pub(super) fn ImportPage() -> impl IntoView {
    view! {
        <NarrowPage title=words().pages.import lead=reuse_words().import_lead>
            <div class="sections"><section class="group"><Import/></section></div>
        </NarrowPage>
    }
}
