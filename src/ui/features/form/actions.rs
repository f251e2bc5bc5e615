//! The button that begins the act, and where it leads.

use crate::call::act;
use crate::proxy::ConnectionKind;
use crate::ui::features::send;
use crate::ui::platform::dom;
use crate::ui::state::operation_form::{OperationForm, SEND_ID};
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::words;
use leptos::prelude::*;

/// The act and Cancel, and where the call goes.
#[component]
pub(super) fn Actions(form: OperationForm) -> impl IntoView {
    let stores = use_stores();
    let running = Memo::new(move |_| form.is_running());
    let cancel = move |_| {
        send::cancel(stores, form);
        dom::focus(SEND_ID);
    };
    let name = move || {
        let send = form.draft.with(|draft| act(&form.operation(), draft).send);
        if send.is_empty() { words().send.to_owned() } else { send }
    };
    // Not `disabled`: that would take the focus away from the user who has just pressed the button.
    view! {
        <div class="actions">
            <button
                id=SEND_ID
                type="submit"
                class="button primary"
                data-action="send"
                aria-disabled=move || running.get().to_string()
            >
                {move || name()}
            </button>
            <Show
                when=move || running.get()
                fallback=move || view! { <span class="muted breakable">{move || destination(stores, form)}</span> }
            >
                <button type="button" class="button" on:click=cancel>{words().cancel}</button>
                <span class="progress">{words().sending}</span>
            </Show>
        </div>
    }
}

/// In a few words where the call goes.
pub(super) fn destination(stores: Stores, form: OperationForm) -> String {
    let (connection, operation) = (stores.settings.connection(), form.operation());
    if operation.is_withheld() {
        return words().read_only.to_owned();
    }
    let host = form.draft.with(|draft| operation.servers.get(draft.server).map(|server| draft.host(server)));
    (words().destination)(&connection, &host.unwrap_or_default())
}

/// Whether a call of the form stays in the page.
pub(super) fn is_simulated(stores: Stores) -> bool {
    stores.settings.connection().kind == ConnectionKind::Sandbox
}
