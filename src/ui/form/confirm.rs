//! The question before a call that changes something.

use crate::call;
use crate::ui::model::CallModel;
use crate::ui::state::AppState;
use crate::ui::text;
use leptos::html;
use leptos::prelude::*;

/// Repeats provider, region, instance and effect. Escape, Cancel and a click on Cancel do nothing; the focus begins on
/// Cancel, so that a stray Enter sends nothing.
#[component]
pub(super) fn Confirmation(
    /// The operation and its state.
    model: CallModel,
    /// Whether it is shown.
    open: RwSignal<bool>,
    /// Told when the user confirms.
    accept: Callback<()>,
) -> impl IntoView {
    let state = AppState::expect();
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        if open.get() && !dialog.open() {
            let _ = dialog.show_modal();
        } else if !open.get() && dialog.open() {
            dialog.close();
        }
    });
    let confirm = move |_| {
        open.set(false);
        accept.run(());
    };
    let facts = move || {
        open.get().then(|| {
            let operation = model.operation();
            let told = model.draft.with(|draft| call::consequences(&operation, draft));
            let goes = super::goes(state);
            view! {
                <dl class="facts">
                    <dt>{text::PROVIDER}</dt> <dd>{told.provider}</dd>
                    <dt>{text::REGION}</dt> <dd>{told.region} <br /> <code class="breakable">{told.host}</code></dd>
                    <dt>{text::INSTANCE}</dt> <dd><code class="breakable">{told.subject}</code></dd>
                    <dt>{text::EFFECT}</dt> <dd>{told.effect}</dd>
                    <dt>{text::GOES}</dt> <dd class="breakable">{goes}</dd>
                </dl>
            }
        })
    };
    view! {
        <dialog class="dialog" node_ref=dialog aria-labelledby="confirm-title" on:close=move |_| open.set(false)>
            <h2 id="confirm-title">{text::CONFIRM_TITLE}</h2>
            {facts}
            <div class="actions">
                <button type="button" class="button" autofocus on:click=move |_| open.set(false)>{text::CANCEL}</button>
                <button type="button" class="button danger" on:click=confirm>{text::CONFIRM}</button>
            </div>
        </dialog>
    }
}
