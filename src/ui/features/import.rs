//! A pasted command: what it calls is said while one types, and a button fills the form of it. Nothing is sent.

use super::prefill::tell_filled;
use crate::catalog::{Api, Operation};
use crate::credentials::ProfileChange;
use crate::form::Filling;
use crate::import::{FoundSecret, Recognised, Unrecognised, recognise};
use crate::outcome::Severity;
use crate::sign::Secret;
use crate::ui::components::alert::Notice;
use crate::ui::components::ask_button::AskButton;
use crate::ui::platform::dom;
use crate::ui::route::Route;
use crate::ui::state::site::OperationKey;
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::{reuse_words, words};
use leptos::html::Textarea;
use leptos::prelude::*;
use std::sync::Arc;
use zeroize::Zeroizing;

const TEXT_ID: &str = "import-text";

type Found = RwSignal<Option<Result<Recognised, Unrecognised>>>;

/// The text, what it is, and the way to the form.
#[component]
pub(crate) fn Import() -> impl IntoView {
    let stores = use_stores();
    let found: Found = RwSignal::new(None);
    let saves = RwSignal::new(false);
    // The text may hold secrets: it stays in its input, and nothing keeps it besides.
    let area = NodeRef::<Textarea>::new();
    let read = move || {
        let Some(area) = area.get_untracked() else { return };
        let text = Zeroizing::new(area.value());
        found.set((!text.trim().is_empty()).then(|| untrack(|| read(stores, &text))));
    };
    let is_there = move || area.get_untracked().is_some_and(|area| !area.value().is_empty());
    stores.profiles.forget_too(is_there, move || {
        if let Some(area) = area.get_untracked() {
            area.set_value("");
        }
        found.set(None);
    });
    // A description may come after the text.
    Effect::new(move |_| {
        stores.site.descriptions.track();
        read();
    });
    let asks_if = Callback::new(move |()| {
        found.with_untracked(|found| {
            let recognised = found.as_ref().and_then(|found| found.as_ref().ok());
            recognised.is_some_and(|recognised| {
                untrack(|| stores.forms.form(recognised.operation.clone())).would_overwrite(&recognised.pairs)
            })
        })
    });
    let fill = Callback::new(move |()| {
        let route = found.with_untracked(|found| {
            let recognised = found.as_ref()?.as_ref().ok()?;
            if saves.get_untracked() {
                save_credential(stores, recognised);
            }
            Some(fill_form(stores, recognised))
        });
        match route {
            Some(route) => dom::go(&route.to_hash()),
            None => dom::focus(TEXT_ID),
        }
    });
    let tools = Memo::new(move |_| {
        let mut tools: Vec<String> = stores.site.apis().iter().filter_map(|api| Some(api.cli()?.command)).collect();
        tools.sort();
        tools.dedup();
        tools
    });
    let verdict = move || found.with(|found| found.as_ref().map(verdict));
    let details = move || {
        found.with(|found| match found {
            Some(Ok(recognised)) => Some(details(recognised, saves, asks_if, fill)),
            _ => None,
        })
    };
    view! {
        <form class="form" aria-label=reuse_words().import on:submit=move |event| event.prevent_default()>
            <div class="field">
                <label for=TEXT_ID>{reuse_words().import_text}</label>
                <textarea
                    id=TEXT_ID
                    node_ref=area
                    rows="8"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    aria-describedby="import-help"
                    on:input=move |_| read()
                ></textarea>
                <p id="import-help" class="field-help">{move || tools.with(|tools| (reuse_words().import_help)(tools))}</p>
            </div>
            <div role="status">
                {move || verdict().map(|(tone, text)| view! { <Notice severity=tone text=text/> }.into_any())}
            </div>
            {move || details()}
        </form>
    }
}

fn read(stores: Stores, text: &str) -> Result<Recognised, Unrecognised> {
    let apis: Vec<Arc<Api>> = stores.site.apis();
    let offered = |api: &Api, id: &str| -> Option<Operation> {
        stores.site.operation(&OperationKey { api: api.id.clone(), operation: id.to_owned() })
    };
    recognise(text, apis.iter().map(AsRef::as_ref), &offered)
}

fn verdict(found: &Result<Recognised, Unrecognised>) -> (Severity, String) {
    match found {
        Ok(recognised) => (Severity::Success, (reuse_words().recognised)(recognised)),
        Err(why) => (Severity::Warning, (reuse_words().unrecognised)(why)),
    }
}

/// What goes into the form, what does not, and the button.
fn details(recognised: &Recognised, saves: RwSignal<bool>, asks_if: Callback<(), bool>, fill: Callback<()>) -> AnyView {
    let values = recognised
        .pairs
        .iter()
        .filter_map(|(name, value)| shown(name, value))
        .map(|(name, value)| view! { <dt>{name}</dt><dd><code class="breakable">{value}</code></dd> }.into_any());
    let values = values.collect::<Vec<_>>();
    let values = (!values.is_empty())
        .then(|| view! { <h2>{reuse_words().goes_in}</h2><dl class="facts">{values}</dl> }.into_any());
    let misfits = (!recognised.misfits.is_empty()).then(|| {
        let text = (reuse_words().not_filled)(&recognised.misfits);
        view! { <Notice severity=Severity::Warning text=text/> }.into_any()
    });
    let labels: Vec<&str> = recognised.secrets.iter().map(|secret| secret.label.as_str()).collect();
    let secrets = (!labels.is_empty()).then(|| {
        let can_save = !recognised.kind.is_empty();
        let tick = can_save.then(|| {
            view! {
                <label class="check">
                    <input
                        type="checkbox"
                        prop:checked=move || saves.get()
                        on:change=move |event| saves.set(event_target_checked(&event))
                    />
                    " "{reuse_words().save_credential}
                </label>
            }
            .into_any()
        });
        view! { <p>{(reuse_words().holds_secrets)(&labels)}</p>{tick} }.into_any()
    });
    view! {
        {values}
        {misfits}
        {secrets}
        <div class="actions">
            <AskButton
                class="button primary"
                action="fill"
                label=reuse_words().fill
                question=words().replace_question
                asks_if=asks_if
                on_sure=fill
            />
            <span class="muted">{reuse_words().fills_only}</span>
        </div>
    }
    .into_any()
}

/// A pair as a person reads it. `None`: it says only how others are arranged.
fn shown(name: &str, value: &str) -> Option<(String, String)> {
    let Some(marked) = name.strip_prefix('~') else { return Some((name.to_owned(), value.to_owned())) };
    let mut parts = marked.splitn(3, '.');
    match (parts.next(), parts.next(), parts.next()) {
        (Some("text"), Some(location), Some(path)) => {
            Some((if path.is_empty() { location.to_owned() } else { path.to_owned() }, value.to_owned()))
        }
        (Some("null"), _, Some(path)) => Some((path.to_owned(), String::from("null"))),
        (Some("server"), None, None) => Some((String::from("server"), value.to_owned())),
        (Some("variable"), Some(name), None) => Some((name.to_owned(), value.to_owned())),
        _ => None,
    }
}

/// Fills the form, which says so. The values take no way through the address: there they would be in the browser's history.
fn fill_form(stores: Stores, recognised: &Recognised) -> Route {
    let form = stores.forms.form(recognised.operation.clone());
    let operation = form.operation();
    let filling = form.fill_from_link(&recognised.pairs);
    // What the text has and the form has not is of interest there too.
    let known = &recognised.misfits;
    let others = filling.misfits.into_iter().filter(|misfit| !known.contains(misfit));
    let misfits = known.iter().cloned().chain(others).collect();
    let filling = Filling { filled: filling.filled, misfits };
    tell_filled(stores, form, &filling, reuse_words().filled_by_command);
    Route::Operation { api: recognised.api.clone(), id: operation.id.clone() }
}

/// Puts the credential into the chosen profile if that has none, else into a new one, which signs from now on.
fn save_credential(stores: Stores, recognised: &Recognised) {
    let operation = &recognised.operation;
    if recognised.kind.is_empty() {
        return;
    }
    stores.profiles.ensure_profile(operation);
    let chosen = untrack(|| stores.profiles.chosen(&operation.provider));
    let empty = chosen.filter(|profile| profile.secrets_present.is_empty());
    stores.profiles.apply(ProfileChange {
        id: empty.map(|profile| profile.id),
        provider: Some(operation.provider.clone()),
        kind: Some(recognised.kind.clone()),
        chosen: true,
        values: recognised.secrets.iter().map(copied).collect(),
        ..ProfileChange::default()
    });
}

fn copied(secret: &FoundSecret) -> (String, Secret) {
    (secret.label.clone(), secret.text.with(|text| Secret::typed(&secret.label, text)))
}
