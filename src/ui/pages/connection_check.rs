//! What lies between this page and the providers.

use super::NarrowPage;
use crate::ui::features::connection_check::ConnectionCheck;
use crate::ui::words::words;
use leptos::prelude::*;

/// The page "Check connection".
#[component]
pub(super) fn ConnectionCheckPage() -> impl IntoView {
    view! {
        <NarrowPage title=words().check lead=words().check_lead>
            <div class="sections"><ConnectionCheck/></div>
        </NarrowPage>
    }
}
