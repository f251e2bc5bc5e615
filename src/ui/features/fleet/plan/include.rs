//! The question before rows are included that the plan refuses, or of which it knows nothing.

use super::conditions::reason;
use super::group::focus_filter;
use crate::fleet::{EventKind, RowId};
use crate::ui::components::dialog::Dialog;
use crate::ui::features::fleet::acts::Acts;
use crate::ui::platform::dom;
use crate::ui::platform::slices::Slices;
use crate::ui::state::use_stores;
use crate::ui::words::{fleet_plan_words, words};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

const ID: &str = "fleet-include";
const REASON_ID: &str = "fleet-include-reason";
/// Different reasons that are told in the question, and rows that are looked at for them.
const MOST_REASONS: usize = 5;
const MOST_ROWS: usize = 200;
/// Rows that are included at once.
const AT_ONCE: usize = 50;

/// The dialog; it is open while rows are asked about.
#[component]
pub(super) fn Include(
    /// The rows.
    asked: RwSignal<Vec<RowId>>,
    acts: Acts,
) -> impl IntoView {
    let stores = use_stores();
    let text = fleet_plan_words();
    let open = RwSignal::new(false);
    let typed = RwSignal::new(String::new());
    let error = RwSignal::new("");
    Effect::new(move |_| {
        if asked.with(|asked| !asked.is_empty()) {
            typed.set(String::new());
            error.set("");
            open.set(true);
            dom::next_frame(|| dom::focus(REASON_ID));
        }
    });
    // However it was closed.
    Effect::new(move |before: Option<bool>| {
        let now = open.get();
        if before == Some(true) && !now {
            asked.set(Vec::new());
        }
        now
    });
    let title = Signal::derive(move || (text.include_question)(asked.with(Vec::len)));
    let reasons = move || {
        let mut reasons: Vec<String> = Vec::new();
        asked.with(|asked| {
            for id in asked.iter().take(MOST_ROWS) {
                let why = stores.fleet().with(|fleet| fleet.rows.get(id).map(|row| reason(acts, row))).flatten();
                let why = why.unwrap_or_default();
                if reasons.len() < MOST_REASONS && !why.is_empty() && !reasons.contains(&why) {
                    reasons.push(why);
                }
            }
        });
        reasons.into_iter().map(|why| view! { <li class="breakable">{why}</li> }.into_any()).collect_view()
    };
    let accept = move |event: SubmitEvent| {
        event.prevent_default();
        let own = typed.get_untracked().trim().to_owned();
        if own.is_empty() {
            error.set(text.reason_missing);
            dom::focus(REASON_ID);
            return;
        }
        let ids = asked.get_untracked();
        open.set(false);
        spawn_local(async move {
            let mut slices = Slices::begin();
            for part in ids.chunks(AT_ONCE) {
                let force = |id: &RowId| {
                    let against = stores.fleet().with(|fleet| fleet.rows.get(id).map(|row| reason(acts, row)));
                    let words = (text.override_words)(&against.flatten().unwrap_or_default(), &own);
                    EventKind::Force { row: *id, words }
                };
                stores.fleet().tell_all(part.iter().map(force).collect::<Vec<_>>());
                slices.pause().await;
            }
            focus_filter();
        });
    };
    view! {
        <Dialog id=ID title=title open=open>
            <form class="form" on:submit=accept>
                <ul class="causes">{move || reasons()}</ul>
                <p>{text.include_lead}</p>
                <div class="field">
                    <label for=REASON_ID>{text.include_reason}<span class="required">" *"</span></label>
                    <input
                        id=REASON_ID
                        type="text"
                        autocomplete="off"
                        maxlength="500"
                        aria-required="true"
                        aria-invalid=move || (!error.get().is_empty()).to_string()
                        aria-describedby="fleet-include-help"
                        prop:value=move || typed.get()
                        on:input=move |event| {
                            typed.set(event_target_value(&event));
                            error.set("");
                        }
                    />
                    <p class="field-error" role="status">{move || error.get()}</p>
                    <p id="fleet-include-help" class="field-help">{text.include_reason_help}</p>
                </div>
                <div class="actions">
                    <button type="button" class="button" on:click=move |_| open.set(false)>{words().cancel}</button>
                    <button type="submit" class="button danger" data-action="fleet-force">{text.include}</button>
                </div>
            </form>
        </Dialog>
    }
}
