//! The question before a call that changes something.

use super::destination;
use crate::call::consequences;
use crate::catalog::Signing;
use crate::ui::components::dialog::Dialog;
use crate::ui::features::profile_words::profile_words;
use crate::ui::platform::dates;
use crate::ui::state::operation_form::OperationForm;
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::words;
use leptos::prelude::*;

/// Repeats provider, region, instance and effect. Escape and Cancel do nothing; the focus begins on Cancel, so that a
/// stray Enter sends nothing.
#[component]
pub(super) fn Confirmation(
    /// What is about to be sent.
    form: OperationForm,
    /// Whether the question is open.
    open: RwSignal<bool>,
    /// Sends.
    #[prop(into)]
    on_confirm: Callback<()>,
) -> impl IntoView {
    let stores = use_stores();
    // What was asked is what is sent: a change while the question is open closes it.
    Effect::new(move |before: Option<()>| {
        form.draft.track();
        stores.profiles.keyring.track();
        stores.settings.connection();
        if before.is_some() {
            open.set(false);
        }
    });
    let confirm = move |_| {
        open.set(false);
        on_confirm.run(());
    };
    view! {
        <Dialog id="confirm" title=words().confirm_title open=open>
            {move || open.get().then(|| untrack(|| facts(stores, form)))}
            <div class="actions">
                <button type="button" class="button" autofocus=true on:click=move |_| open.set(false)>
                    {words().cancel}
                </button>
                <button type="button" class="button danger" data-action="confirm" on:click=confirm>
                    {words().confirm}
                </button>
            </div>
        </Dialog>
    }
}

/// Who will have done it.
fn signer(stores: Stores, form: OperationForm) -> String {
    let operation = form.operation();
    let anonymous = stores
        .profiles
        .with(|keyring| keyring.security(&operation).is_some_and(|requirement| requirement.schemes.is_empty()));
    let signs = !anonymous && (operation.takes_credential() || operation.policy.signing == Signing::Proxy);
    let signer = stores.profiles.chosen(&operation.provider).filter(|_| signs);
    signer.map_or_else(
        || words().nobody.to_owned(),
        |profile| {
            let left = profile.expires.map(|end| end - dates::now_in_seconds());
            format!("{}{}", profile_words(stores, &profile), (words().ending)(left))
        },
    )
}

fn facts(stores: Stores, form: OperationForm) -> impl IntoView + use<> {
    let consequences = form.draft.with(|draft| consequences(&form.operation(), draft));
    view! {
        <dl class="facts">
            <dt>{words().provider}</dt>
            <dd>{consequences.provider}</dd>
            <dt>{words().region}</dt>
            <dd>{consequences.region}<br/><code class="breakable">{consequences.host}</code></dd>
            <dt>{words().instance}</dt>
            <dd><code class="breakable">{consequences.subject}</code></dd>
            <dt>{words().effect}</dt>
            <dd>{consequences.effect}</dd>
            <dt>{words().signed_by}</dt>
            <dd>{signer(stores, form)}</dd>
            <dt>{words().goes}</dt>
            <dd><span class="breakable">{destination(stores, form)}</span></dd>
        </dl>
    }
}
