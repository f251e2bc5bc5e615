//! The question before a call that changes something.

use super::actions::{destination, is_simulated};
use super::preconditions::{OBJECTION_ID, OVERRIDE_ID, Objection, Preconditions};
use crate::call::{act, consequences};
use crate::catalog::Signing;
use crate::ui::components::dialog::Dialog;
use crate::ui::components::later::{OnUse, ViewOnUse};
use crate::ui::features::credential::region_remark;
use crate::ui::features::omissions::Omissions;
use crate::ui::features::profile_words::profile_words;
use crate::ui::on_use::on_use;
use crate::ui::platform::{dates, dom};
use crate::ui::state::operation_form::OperationForm;
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::words;
use leptos::prelude::*;

/// Says instance, effect, conditions and way, each once. Escape and Cancel do nothing; the focus begins on Cancel, so that a
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
    // What was asked is what is sent: a change while the question is open closes it. The check that opens it may have
    // removed blanks just before.
    Effect::new(move |was_open: Option<bool>| {
        form.draft.track();
        stores.profiles.keyring.track();
        stores.settings.connection();
        let is_open = open.get();
        if is_open && was_open == Some(true) {
            open.set(false);
        }
        is_open
    });
    let preconditions = Preconditions::new(form, open);
    Effect::new(move |_| {
        let open = open.get();
        preconditions.begin_anew();
        if open {
            preconditions.read(stores);
        }
    });
    let confirm = move |_| {
        if untrack(|| preconditions.block()) {
            return dom::focus(OVERRIDE_ID);
        }
        preconditions.keep();
        open.set(false);
        on_confirm.run(());
    };
    let named = move |own: String, neutral: &str| if own.is_empty() { neutral.to_owned() } else { own };
    let act = move || form.draft.with(|draft| act(&form.operation(), draft));
    let title = Signal::derive(move || named(act().question, words().confirm_title));
    let confirm_label = move || {
        let act = act();
        let confirm = named(act.confirm, words().confirm);
        let is_already = preconditions.is_already() && !act.short.is_empty();
        if is_already { (words().already_confirm)(&act.short, &confirm) } else { confirm }
    };
    // Red is for what really happens.
    let tone = move || if is_simulated(stores) { "primary" } else { "danger" };
    view! {
        <Dialog id="confirm" title=title open=open>
            {move || {
                let load = move || -> ViewOnUse { Box::pin(facts_view(form, preconditions)) };
                open.get().then(|| view! { <OnUse load=Box::new(load)/> }.into_any())
            }}
            <div class="actions">
                <button type="button" class="button" autofocus=true on:click=move |_| open.set(false)>
                    {words().cancel}
                </button>
                <button
                    type="button"
                    class=move || format!("button {}", tone())
                    data-action="confirm"
                    aria-disabled=move || preconditions.block().to_string()
                    aria-describedby=OBJECTION_ID
                    on:click=confirm
                >
                    {move || confirm_label()}
                </button>
            </div>
        </Dialog>
    }
}

on_use! { answers =>
    fn facts_view(form: OperationForm, preconditions: Preconditions) -> AnyView {
        let stores = use_stores();
        let operation = form.operation();
        let follow_up = untrack(|| stores.site.api(&operation.api)).and_then(|api| api.follow_up(&operation.id));
        let omissions = follow_up.map(|follow_up| follow_up.omissions).unwrap_or_default();
        view! { {facts(stores, form, preconditions)}<Omissions omissions=omissions/><Objection preconditions=preconditions/> }
            .into_any()
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

fn facts(stores: Stores, form: OperationForm, preconditions: Preconditions) -> impl IntoView + use<> {
    let operation = form.operation();
    let consequences = form.draft.with(|draft| consequences(&operation, draft));
    let (subject, question) = (consequences.subject, form.draft.with(|draft| act(&operation, draft).question));
    // The question says it where it names the thing.
    let subject = (!question.contains(&subject))
        .then(|| view! { <dt>{words().instance}</dt><dd><code class="breakable">{subject}</code></dd> }.into_any());
    let project = form.project();
    let project = (!project.is_empty())
        .then(|| view! { <dt>{words().project}</dt><dd><code class="breakable">{project}</code></dd> }.into_any());
    let conditions = preconditions.list().map(|list| view! { <dt>{words().only_if}</dt><dd>{list}</dd> }.into_any());
    view! {
        <dl class="facts">
            {subject}
            <dt>{words().effect}</dt>
            <dd>{consequences.effect}</dd>
            {conditions}
            <dt>{words().provider}</dt>
            <dd>{consequences.provider}</dd>
            {project}
            <dt>{words().region}</dt>
            <dd>{consequences.region}{region_remark(stores, form)}</dd>
            <dt>{words().signed_by}</dt>
            <dd>{signer(stores, form)}</dd>
            <dt>{words().goes}</dt>
            <dd><span class="breakable">{destination(stores, form)}</span></dd>
        </dl>
    }
}
