//! "Check connection": sends the probes when asked to, and shows what each step says.
//!
//! What an observation means is `diagnostics`.

mod probes;

use super::signature::ComparedLines;
use crate::diagnostics::{Address, Failure, Step, StepResult, assess};
use crate::ui::components::alert::Alert;
use crate::ui::components::icon::{Icon, IconName};
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::{Message, check_words, words};
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// What was found for one provider, through one address.
#[derive(Clone)]
struct Checked {
    title: String,
    address: Address,
    steps: Vec<(Step, StepResult)>,
}

/// A check and how far it got.
#[derive(Clone, Default)]
struct Check {
    running: bool,
    /// What is being checked.
    current: String,
    /// The connection that was checked.
    connection: String,
    checked: Vec<Checked>,
}

/// Everything below the page's heading.
#[component]
pub(crate) fn ConnectionCheck() -> impl IntoView {
    let stores = use_stores();
    let check = RwSignal::new(Check::default());
    // What was found on one way says nothing of another.
    let connection = Memo::new(move |_| stores.settings.connection().name);
    let start = move |_| {
        if !check.with_untracked(|check| check.running) {
            check.set(Check { running: true, connection: connection.get_untracked(), ..Check::default() });
            spawn_local(run(stores, check));
        }
    };
    // Here and not in the status of the whole page: it goes when this page is left.
    let progress = move || check.with(|check| check.progress(&connection.get()));
    let sections = move || {
        let check = check.get();
        let is_current = check.connection == connection.get();
        is_current.then(|| {
            check.checked.into_iter().map(|checked| view! { <Section checked=checked/> }.into_any()).collect_view()
        })
    };
    view! {
        <p>{move || format!("{}: {}", words().connection, connection.get())}</p>
        <p class="muted">{words().check_sends}</p>
        <details>
            <summary>{check_words().what_is_sent}</summary>
            <ul>{check_words().sent.map(|one| view! { <li>{one}</li> }.into_any()).collect_view()}</ul>
        </details>
        <div class="actions">
            <button
                type="button"
                class="button"
                aria-disabled=move || check.with(|check| check.running).to_string()
                on:click=start
            >
                {words().check_now}
            </button>
            <span class="progress" role="status">{move || progress()}</span>
        </div>
        {move || sections()}
    }
}

impl Check {
    /// How far it is, in words.
    fn progress(&self, connection: &str) -> String {
        if self.running {
            return format!("{} {}…", words().checking, self.current);
        }
        if self.checked.is_empty() || self.connection != connection {
            return String::new();
        }
        let results = || self.checked.iter().flat_map(|checked| &checked.steps).map(|(_, result)| result);
        let failed = results().filter(|result| matches!(result, StepResult::Failed(_))).count();
        let all = results().filter(|result| !matches!(result, StepResult::NotApplicable(_))).count();
        (words().checked)(failed, all)
    }
}

/// Section after section; each is shown when it is done.
async fn run(stores: Stores, check: RwSignal<Check>) {
    for mut section in untrack(|| probes::sections(stores)) {
        check.try_update(|check| check.current = section.title());
        let steps = assess(&section.run_probes(stores).await);
        let checked = Checked { title: section.title(), address: section.address(), steps };
        if check.try_update(|check| check.checked.push(checked)).is_none() {
            // The page was left: nothing more is sent.
            return;
        }
    }
    check.try_update(|check| check.running = false);
}

#[component]
fn Section(checked: Checked) -> impl IntoView {
    let Checked { title, address, steps } = checked;
    let place = (!address.direct).then(|| {
        view! { <p class="muted">{words().check_place}" "<code class="breakable">{address.place.clone()}</code></p> }.into_any()
    });
    let steps = steps
        .iter()
        .map(|(step, result)| view! { <li class="step" data-result=key(result)>{shown(*step, result, &address)}</li> });
    let steps = steps.collect_view();
    let label = title.clone();
    view! {
        <section class="group" aria-label=label>
            <h2>{title}</h2>
            {place}
            <ol class="steps">{steps}</ol>
        </section>
    }
}

fn key(result: &StepResult) -> &'static str {
    match result {
        StepResult::Failed(_) => "failed",
        StepResult::NotApplicable(_) => "not-applicable",
        _ => "passed",
    }
}

/// A step: passed, failed with the reason and what to change, or not tried.
fn shown(step: Step, result: &StepResult, address: &Address) -> AnyView {
    let words_of_check = check_words();
    let name = (words_of_check.step)(step);
    match result {
        StepResult::Passed(pass) => view! {
            <h3 class="notice" data-tone="good">
                <Icon name=IconName::Good/>" "
                <span>{name}</span>
                <span class="visually-hidden">{format!(": {}", words().passed)}</span>
            </h3>
            <p class="muted">{(words_of_check.passed)(pass)}</p>
        }
        .into_any(),
        StepResult::NotApplicable(reason) => view! {
            <h3 class="notice" data-tone="none"><span>{(words_of_check.step_skipped)(step, *reason)}</span></h3>
            <p class="muted">{(words_of_check.skipped)(*reason)}</p>
        }
        .into_any(),
        StepResult::Failed(fault) => {
            let message = words_of_check.fault(fault, address);
            let message = Message { title: format!("{name}: {}", message.title), ..message };
            let compared = match fault {
                Failure::Changed(comparison) => Some(view! { <ComparedLines lines=comparison.lines.clone()/> }),
                _ => None,
            };
            view! { <Alert message=message/>{compared} }.into_any()
        }
    }
}
