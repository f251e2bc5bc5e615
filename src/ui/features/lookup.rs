//! Asking the provider for the values of a field: projects, instances. Whatever else is typed stays possible.

use super::exchange::{self, Wanted};
use super::lockout::{Refusal, RefusalAlert, succeeded};
use crate::catalog::{self, LookupRow, is_found};
use crate::proxy::ConnectionKind;
use crate::ui::components::later::{OnUse, ViewOnUse};
use crate::ui::on_use::on_use;
use crate::ui::platform::dom;
use crate::ui::state::operation_form::OperationForm;
use crate::ui::state::site::OperationKey;
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::{follow_words, words};
use leptos::prelude::*;
use serde_json::Value;
use wasm_bindgen_futures::spawn_local;

/// So many rows are shown at first, and so many more each time that somebody asks for them.
const STEP: usize = 50;

/// What the provider said.
#[derive(Clone, Default)]
struct Found {
    asking: bool,
    /// The rows of all pages that have come; `None`: none has.
    rows: Option<Vec<LookupRow>>,
    /// How often more rows were wanted.
    wanted: usize,
    /// The number of the next page, if there is one.
    next: Option<u64>,
    refusal: Option<Refusal>,
    /// What stood in the field when the provider was asked: it filters nothing.
    typed_before: String,
    /// What the first page was asked with: the next ones are of the same list.
    values: Vec<(String, String)>,
    /// Counts the lists: an answer to an earlier one comes too late.
    list: u32,
}

impl Found {
    /// So many rows are shown.
    fn most(&self) -> usize {
        STEP * (1 + self.wanted)
    }

    /// Whether there are rows here that are not shown.
    fn has_hidden(&self) -> bool {
        self.rows.as_ref().is_some_and(|rows| rows.len() > self.most())
    }
}

/// One page of an answer.
struct Page {
    rows: Vec<LookupRow>,
    has_more: bool,
}

/// The button beside a field, and what it finds.
#[component]
pub(crate) fn Lookup(
    form: OperationForm,
    /// The field's name.
    name: String,
) -> impl IntoView {
    let stores = use_stores();
    // How often somebody has asked.
    let asked = RwSignal::new(0_u32);
    let label = format!("{} {name}", words().look_up);
    let id = form.control_of(&name).map(button_id);
    let name = StoredValue::new(name);
    // The descriptions come one by one, and a deployment may not offer the call that looks.
    let offered = Memo::new(move |_| {
        lookup_of(form, &name.get_value()).is_some_and(|lookup| stores.site.offers(&key_of(&lookup)))
    });
    let any = Memo::new(move |_| asked.get() > 0);
    let list = move || {
        let load = move || -> ViewOnUse { Box::pin(picker(form, name.get_value(), asked)) };
        any.get().then(|| view! { <OnUse load=Box::new(load)/> }.into_any())
    };
    view! {
        <Show when=move || offered.get()>
            <button id=id.clone() type="button" class="button" on:click=move |_| asked.update(|asked| *asked += 1)>
                {label.clone()}
            </button>
        </Show>
        <div class="lookup">{move || list()}</div>
    }
}

/// The id of the button beside a control.
fn button_id(control: String) -> String {
    control + "-lookup"
}

on_use! { answers =>
    fn picker(form: OperationForm, name: String, asked: RwSignal<u32>) -> AnyView {
        view! { <Picker form=form name=name asked=asked/> }.into_any()
    }
}

/// What the provider has to choose from.
#[component]
fn Picker(
    form: OperationForm,
    /// The field's name.
    name: String,
    /// Asks anew when it changes.
    asked: RwSignal<u32>,
) -> impl IntoView {
    let stores = use_stores();
    let found = RwSignal::new(Found::default());
    let name = StoredValue::new(name);
    let fill = move |value: &str| {
        let name = name.get_value();
        form.fill(&name, &Value::from(value));
        if untrack(|| stores.settings.connection()).kind == ConnectionKind::Sandbox {
            form.note_simulated(&name, value);
        }
        found.update(|found| found.typed_before = value.to_owned());
        // The list is built anew, and the button that was pressed with it.
        if let Some(control) = form.control_of(&name) {
            dom::next_frame(move || dom::focus(&control));
        }
        stores.shell.announce(format!("{name} {value}"));
    };
    let ask = move |page: u64| {
        if page == 0 {
            // Blanks that are removed a moment later, as the field is left, would look like another text.
            form.tidy();
        }
        found.update(|found| {
            found.asking = true;
            found.refusal = None;
            if page == 0 {
                found.typed_before = untrack(|| form.text(&name.get_value()));
                found.values = place_of(form, &name.get_value());
                found.list += 1;
                found.wanted = 0;
            }
        });
        let list = found.with_untracked(|found| found.list);
        spawn_local(async move {
            let Some(field) = name.try_get_value() else { return };
            let asked = untrack(|| (form.region(), form.text(&field)));
            let values = found.with_untracked(|found| found.values.clone());
            let result = look_up(stores, form, &field, page, &values).await;
            // The page was left, or another list was asked for.
            if found.try_with_untracked(|found| found.list) != Some(list) {
                return;
            }
            if let (0, Ok(Page { rows, has_more: false })) = (page, &result)
                && let [row] = rows.as_slice()
                // What was typed or chosen meanwhile stays.
                && asked == untrack(|| (form.region(), form.text(&field)))
            {
                fill(&row.value);
            }
            found.try_update(|found| {
                found.asking = false;
                match result {
                    Err(refusal) => found.refusal = Some(refusal),
                    Ok(Page { rows, has_more }) => {
                        found.next = has_more.then_some(page + 1);
                        match found.rows.as_mut().filter(|_| page > 0) {
                            Some(known) => known.extend(rows),
                            None => found.rows = Some(rows),
                        }
                    }
                }
            });
            if page > 0 {
                keep_focus(form, &field);
            }
        });
    };
    let columns = lookup_of(form, &name.get_value()).map(|lookup| lookup.columns).unwrap_or_default();
    let columns = StoredValue::new(columns.into_iter().map(|(label, _)| label).collect::<Vec<String>>());
    let close = move || {
        found.update(|found| {
            found.rows = None;
            found.next = None;
            // What was asked for and has not come is not wanted any more.
            found.asking = false;
            found.list += 1;
        });
    };
    let choice = move |row: LookupRow| {
        let LookupRow { value, label, cells } = row;
        let shown = value.clone();
        let label = (label != value).then_some(label);
        let cells = columns.with_value(|columns| {
            let cells = columns.iter().zip(cells).filter(|(_, cell)| !cell.is_empty());
            cells.map(|(column, cell)| format!("{column} {cell}")).collect::<Vec<_>>().join(" · ")
        });
        // The list has done its work.
        let choose = move |_| {
            fill(&value);
            close();
        };
        view! {
            <li>
                <button type="button" class="button quiet choice" on:click=choose>
                    {label}" "<code class="breakable">{shown}</code>" "<span class="muted">{cells}</span>
                </button>
            </li>
        }
        .into_any()
    };
    let list = move |rows: &[LookupRow], typed_before: &str, has_more: bool, most: usize| {
        // What is typed after the list came filters it; a value that was chosen from it does not.
        let typed = form.text(&name.get_value());
        let query = if typed == typed_before { "" } else { typed.trim() };
        let fits = |row: &&LookupRow| {
            let text = format!("{} {} {}", row.value, row.label, row.cells.join(" ")).to_lowercase();
            is_found(&text, &query.to_lowercase())
        };
        let fitting: Vec<LookupRow> = rows.iter().filter(fits).cloned().collect();
        if fitting.is_empty() {
            return view! { <p>{(follow_words().nothing_fits)(rows.len(), has_more)}</p> }.into_any();
        }
        let count = (words().pages.rows_shown)(fitting.len().min(most), rows.len());
        let shown: Vec<AnyView> = fitting.into_iter().take(most).map(choice).collect();
        view! {
            <p class="muted">{follow_words().picker_filter}" "{count}</p>
            <ul class="choices">{shown}</ul>
        }
        .into_any()
    };
    let rows = move || {
        found.with(|found| match &found.rows {
            Some(rows) if rows.is_empty() => Some(view! { <p>{words().nothing_looked_up}</p> }.into_any()),
            Some(rows) => Some(list(rows, &found.typed_before, found.next.is_some(), found.most())),
            None => None,
        })
    };
    let show_more = move |_| {
        let (is_hidden, asking) = found.with_untracked(|found| (found.has_hidden(), found.asking));
        if asking {
            return;
        }
        found.update(|found| found.wanted += 1);
        match found.with_untracked(|found| found.next.filter(|_| !is_hidden)) {
            Some(page) => ask(page),
            // With the last rows the button is gone.
            None => keep_focus(form, &name.get_value()),
        }
    };
    // The button stays the same, and keeps the focus, as long as there is more.
    let has_more = Memo::new(move |_| found.with(|found| found.next.is_some() || found.has_hidden()));
    let more = move || {
        has_more.get().then(|| {
            view! { <button type="button" class="button" on:click=show_more>{follow_words().more_rows}</button> }
                .into_any()
        })
    };
    let state = move || {
        found.with(|found| match &found.refusal {
            Some(refusal) => Some(view! { <RefusalAlert refusal=refusal.clone()/> }.into_any()),
            None => found.asking.then(|| view! { <p class="progress">{words().asking}</p> }.into_any()),
        })
    };
    Effect::new(move |_| {
        asked.track();
        untrack(|| ask(0));
    });
    // From the field and its button the arrow keys lead into the list and back; Enter presses what has the focus.
    let control = form.control_of(&name.get_value()).unwrap_or_default();
    let list_id = format!("{control}-choices");
    let (inside, button) = (list_id.clone(), button_id(control.clone()));
    let keys = window_event_listener(leptos::ev::keydown, move |event| {
        let in_list = dom::has_focus(&inside);
        let is_near = in_list || dom::has_focus(&control) || dom::has_focus(&button);
        // An input method has these keys for itself.
        if found.with_untracked(|found| found.rows.is_none()) || !is_near || event.is_composing() {
            return;
        }
        match event.key().as_str() {
            "ArrowDown" => {
                dom::focus_button(&inside, true);
            }
            "ArrowUp" if in_list => {
                if !dom::focus_button(&inside, false) {
                    dom::focus(&control);
                }
            }
            "Escape" => {
                close();
                dom::focus(&control);
            }
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || keys.remove());
    view! {
        <div role="status">{move || state()}</div>
        <div id=list_id class="lookup">
            {move || rows()}
            {move || more()}
        </div>
    }
}

/// Gives the focus back to the field when the button that had it is gone.
fn keep_focus(form: OperationForm, name: &str) {
    if let Some(control) = form.control_of(name) {
        dom::next_frame(move || dom::focus_if_lost(&control));
    }
}

/// Stands for the region beside the names of fields.
const REGION: &str = "";

/// The region of the form, and what stands in its other fields.
fn place_of(form: OperationForm, own: &str) -> Vec<(String, String)> {
    let operation = form.operation();
    let names = operation.fields().into_iter().map(|field| field.name.clone()).filter(|name| name != own);
    let texts = names.map(|name| (name.clone(), untrack(|| form.text(&name))));
    std::iter::once((REGION.to_owned(), untrack(|| form.region()))).chain(texts).collect()
}

/// Where the values of a field can be asked for.
fn lookup_of(form: OperationForm, name: &str) -> Option<catalog::Lookup> {
    let operation = form.operation();
    let field = operation.fields().into_iter().find(|field| field.name == name)?;
    catalog::Lookup::read(field.schema.lookup.as_ref()?).ok()
}

fn key_of(lookup: &catalog::Lookup) -> OperationKey {
    let (api, operation) = lookup.operation.clone();
    OperationKey { api, operation }
}

/// A page of what the provider lists for the region of the form.
async fn look_up(
    stores: Stores,
    form: OperationForm,
    name: &str,
    page: u64,
    place: &[(String, String)],
) -> Result<Page, Refusal> {
    let lookup = lookup_of(form, name).ok_or_else(|| (words().explain.not_complete)(Vec::new()))?;
    let kept = |name: &str| place.iter().find(|(other, _)| other == name).map(|(_, value)| value.clone());
    let region = kept(REGION).unwrap_or_default();
    let field = |name: &str| kept(name);
    let values = lookup.values_for(&region, &field, page);
    let values = values.map_err(|missing| (follow_words().picker_needs)(&missing))?;
    let call =
        exchange::call(stores, Wanted { key: key_of(&lookup), region, values: values.into_iter().collect() }).await;
    let (_, unmasked) = succeeded(stores, call)?;
    Ok(Page { rows: lookup.rows(&unmasked.body), has_more: lookup.has_more(&unmasked.body, page) })
}
