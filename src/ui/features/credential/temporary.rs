//! Temporary keys: pasted as their service answers them, or only their end.

use crate::credentials::{ProfileChange, ProfileId, temporary_keys};
use crate::sign::Secret;
use crate::sign::scheme::SECURITY_TOKEN;
use crate::ui::components::later::Disclosure;
use crate::ui::components::text_field::{TextField, TypedText};
use crate::ui::on_use::on_use;
use crate::ui::platform::dates;
use crate::ui::state::use_stores;
use crate::ui::words::words;
use leptos::html::Textarea;
use leptos::prelude::*;
use zeroize::Zeroizing;

/// The inputs for temporary keys.
#[component]
pub(super) fn TemporaryKeys(
    /// The profile that takes them.
    profile: ProfileId,
) -> impl IntoView {
    view! { <Disclosure summary=words().temporary load=Box::new(move || Box::pin(inputs(profile)))/> }
}

on_use! { pages =>
    fn inputs(profile: ProfileId) -> AnyView {
        view! { <Paste profile=profile/><End profile=profile/> }.into_any()
    }
}

#[component]
fn Paste(profile: ProfileId) -> impl IntoView {
    let stores = use_stores();
    let error = RwSignal::new("");
    let area = NodeRef::<Textarea>::new();
    let pasted = move |event| {
        let text = Zeroizing::new(event_target_value(&event));
        let Some(keys) = temporary_keys(&text) else {
            return error.set(if text.trim().is_empty() { "" } else { words().not_temporary });
        };
        // A key without a token must not keep the one of the key before.
        let before = (SECURITY_TOKEN.to_owned(), Secret::new(""));
        let values = keys.values.iter().map(|(label, text)| ((*label).to_owned(), Secret::new(text)));
        stores.profiles.apply(ProfileChange {
            id: Some(profile),
            expires: Some(keys.expires.as_deref().and_then(dates::parse)),
            values: std::iter::once(before).chain(values).collect(),
            ..ProfileChange::default()
        });
        stores.shell.announce(words().temporary_taken);
        error.set("");
        // What was pasted is in its inputs now.
        if let Some(area) = area.get() {
            area.set_value("");
        }
    };
    view! {
        <div class="field">
            <label for="temporary">{words().temporary_paste}</label>
            <textarea
                id="temporary"
                node_ref=area
                rows="2"
                autocomplete="off"
                spellcheck="false"
                aria-describedby="temporary-help temporary-error"
                on:input=pasted
            ></textarea>
            <p id="temporary-error" class="field-error">{move || error.get()}</p>
            <p id="temporary-help" class="field-help">{words().temporary_help}</p>
        </div>
    }
}

#[component]
fn End(profile: ProfileId) -> impl IntoView {
    let stores = use_stores();
    let typed = TypedText::new("");
    let error = RwSignal::new("");
    let set = move |_| {
        let end = dates::parse(&typed.value.get_untracked());
        error.set(if end.is_none() { words().not_a_time } else { "" });
        if end.is_some() {
            let change = ProfileChange { id: Some(profile), expires: Some(end), ..ProfileChange::default() };
            stores.profiles.apply(change);
        }
    };
    view! {
        <TextField
            id="temporary-end"
            label=words().temporary_end
            help=words().temporary_end_help
            typed=typed
        />
        <p id="temporary-end-error" class="field-error">{move || error.get()}</p>
        <div class="actions"><button type="button" class="button" on:click=set>{words().set_end}</button></div>
    }
}
