//! Getting a credential from the provider: the short form of an operation with `x-grants`.

use crate::catalog::{Grant, GrantInput};
use crate::credentials::{ProfileChange, ProfileId};
use crate::form::Broken;
use crate::ui::components::text_field::{TextField, TypedText, id_of, is_enter_in_input};
use crate::ui::features::exchange::{self, Wanted};
use crate::ui::features::lockout::{Refusal, RefusalAlert, succeeded};
use crate::ui::features::vault::forgotten_with_secrets;
use crate::ui::ids::TITLE_ID;
use crate::ui::platform::dom;
use crate::ui::state::operation_form::OperationForm;
use crate::ui::state::site::OperationKey;
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::{answer_words, words};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use serde_json::{Map, Value, json};
use wasm_bindgen_futures::spawn_local;

/// The form of a credential flow.
#[component]
pub(crate) fn GrantForm(
    form: OperationForm,
    /// The profile that takes the credential.
    profile: ProfileId,
    /// The flow.
    grant: Grant,
    /// Called when the credential is there, with the words for that.
    #[prop(into)]
    on_done: Callback<String>,
    /// Called when the user closes the form.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let stores = use_stores();
    let region = untrack(|| form.region());
    let inputs = inputs(stores, profile, &grant, &region);
    let refusal = RwSignal::new(None::<Refusal>);
    let asking = RwSignal::new(false);
    let fields = inputs.iter().map(|(input, typed)| {
        view! {
            <TextField
                id=id_of("grant", &input.label)
                label=input.label.clone()
                required=!input.optional
                help=input.help.clone()
                typed=*typed
            />
        }
    });
    let fields = fields.collect_view();
    let title = grant.title.clone();
    let submit = Callback::new(move |()| {
        if asking.get_untracked() {
            return;
        }
        let typed: Vec<(String, String)> =
            inputs.iter().map(|(input, typed)| (input.name.clone(), typed.value.get_untracked())).collect();
        let values = match grant.request_values(&typed, &region) {
            Ok(values) => values.into_iter().collect(),
            Err(missing) => {
                let explain = words().explain;
                let missing = missing.iter().map(|label| (explain.violation)(label, &Broken::Required));
                return refusal.set(Some((explain.not_complete)(missing.collect()).into()));
            }
        };
        // A password is needed once: from here on only the request has it.
        let public: Map<String, Value> = inputs
            .iter()
            .filter_map(|(input, typed)| {
                let text = typed.take();
                (!input.secret).then(|| (input.name.clone(), Value::from(text)))
            })
            .collect();
        let key = OperationKey { api: grant.api.clone(), operation: grant.operation.clone() };
        let wanted = Wanted { key, region: region.clone(), values };
        refusal.set(None);
        asking.set(true);
        spawn_local(async move {
            let result = succeeded(stores, exchange::call(stores, wanted).await);
            asking.try_set(false);
            match result {
                Ok((call, _)) => {
                    remember_inputs(stores, profile, public);
                    let granted = (answer_words().granted)(&call.exchange.granted.unwrap_or_default());
                    stores.shell.announce(granted.clone());
                    on_done.try_run(granted);
                    dom::next_frame(|| dom::focus_if_lost(TITLE_ID));
                }
                Err(found) => {
                    stores.shell.announce(found.message.title.clone());
                    refusal.try_set(Some(found));
                }
            }
        });
    });
    // It stands inside the operation's form, so it cannot be one: Enter is taken care of by hand.
    let on_enter = move |event: KeyboardEvent| {
        if is_enter_in_input(&event) {
            submit.run(());
        }
    };
    view! {
        <div class="grant nested" role="group" aria-label=title on:keydown=on_enter>
            {fields}
            {move || refusal.get().map(|refusal| view! { <RefusalAlert refusal=refusal/> }.into_any())}
            <div class="actions">
                <button
                    type="button"
                    class="button"
                    aria-disabled=move || asking.get().to_string()
                    on:click=move |_| submit.run(())
                >
                    {words().get_it}
                </button>
                <button type="button" class="button quiet" on:click=move |_| on_close.run(())>{words().close}</button>
                <span class="progress">{move || asking.get().then_some(words().asking)}</span>
            </div>
        </div>
    }
}

/// The inputs of a flow. Those that hold no secret begin with what was typed the last time.
fn inputs(stores: Stores, profile: ProfileId, grant: &Grant, region: &str) -> Vec<(GrantInput, TypedText)> {
    let typed = |input: &GrantInput| {
        if input.secret {
            let typed = TypedText::secret();
            forgotten_with_secrets(stores, typed);
            typed
        } else {
            let before = untrack(|| remembered(stores, profile, &input.name));
            TypedText::new(before.unwrap_or_else(|| input.default_in(region)))
        }
    };
    grant.inputs.iter().map(|input| (input.clone(), typed(input))).collect()
}

/// What was typed into an input the last time that a profile got a credential.
pub(super) fn remembered(stores: Stores, profile: ProfileId, input: &str) -> Option<String> {
    let metadata: Value = serde_json::from_str(&stores.profiles.summary(profile)?.metadata).ok()?;
    metadata.get("inputs")?.get(input)?.as_str().map(str::to_owned)
}

/// Remembers who asked, so that asking again takes a password only.
pub(super) fn remember_inputs(stores: Stores, profile: ProfileId, inputs: Map<String, Value>) {
    let metadata = Some(json!({ "inputs": inputs }).to_string());
    stores.profiles.apply(ProfileChange { id: Some(profile), metadata, ..ProfileChange::default() });
}
