//! What can wait: until the page has been drawn, or until its code has come.

use super::alert::Alert;
use crate::outcome::Severity;
use crate::ui::on_use::NotLoaded;
use crate::ui::platform::dom;
use crate::ui::words::{Message, words};
use leptos::prelude::*;
use leptos::reactive::computed::ScopedFuture;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;
use wasm_bindgen_futures::spawn_local;

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

/// A view whose code is on its way.
pub(crate) type ViewOnUse = Pin<Box<dyn Future<Output = Result<AnyView, NotLoaded>>>>;

/// Shows a view as soon as its code has come (`ui::on_use`). If it does not come, it says so and tries again on demand.
#[component]
pub(crate) fn OnUse(
    /// Begins to load, and builds the view.
    load: Box<dyn Fn() -> ViewOnUse>,
) -> impl IntoView {
    let load = StoredValue::new_local(load);
    let loaded = StoredValue::new_local(None::<AnyView>);
    // How often something came, or did not.
    let state = RwSignal::new((0_u32, Ok(())));
    let begin = move || {
        let Some(mut coming) = load.try_with_value(|load| load()) else { return };
        // Nothing is built for a page that was left.
        let coming = poll_fn(move |context| match loaded.try_with_value(|_| ()) {
            Some(()) => coming.as_mut().poll(context).map(Some),
            None => Poll::Ready(None),
        });
        // What is built belongs to this place in the page, as if it had been built at once.
        spawn_local(ScopedFuture::new_untracked(async move {
            let Some(result) = coming.await else { return };
            let ended = result.as_ref().map(drop).map_err(|error| *error);
            // The page may have been left.
            if loaded.try_set_value(result.ok()).is_none() {
                state.try_update(|(count, state)| {
                    *count += 1;
                    *state = ended;
                });
            }
        }));
    };
    begin();
    move || match state.get() {
        // On most networks it comes before anybody reads this, so the style sheet shows it after a moment.
        (0, Ok(())) => Some(view! { <p class="progress late">{words().loading}</p> }.into_any()),
        (_, Ok(())) => loaded.try_update_value(Option::take).flatten(),
        (_, Err(NotLoaded)) => {
            let again = view! {
                <Alert message=not_loaded()/>
                <p><button type="button" class="button" on:click=move |_| begin()>{words().try_again}</button></p>
            };
            Some(again.into_any())
        }
    }
}

/// A disclosure whose content is built when it is opened for the first time.
#[component]
pub(crate) fn Disclosure(
    /// Its name.
    summary: &'static str,
    /// Begins to load, and builds the content.
    load: Box<dyn Fn() -> ViewOnUse>,
) -> impl IntoView {
    let load = StoredValue::new_local(Some(load));
    let opened = RwSignal::new(false);
    let content = move || {
        let load = opened.get().then(|| load.try_update_value(Option::take).flatten()).flatten();
        load.map(|load| view! { <OnUse load=load/> }.into_any())
    };
    let open = move |_| {
        // It is closed as well, and what was built stays.
        if !opened.get_untracked() {
            opened.set(true);
        }
    };
    view! {
        <details on:toggle=open>
            <summary>{summary}</summary>
            <div class="nested">{move || content()}</div>
        </details>
    }
}

/// Code did not come.
fn not_loaded() -> Message {
    Message {
        severity: Severity::Error,
        title: words().not_loaded.to_owned(),
        causes: Vec::new(),
        remedies: vec![words().not_loaded_remedy.to_owned()],
    }
}
