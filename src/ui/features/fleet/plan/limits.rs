//! How fast a run may go, for each provider and region.

use crate::fleet::{EventKind, LaneKey, LimitField, LimitProblem, Limits, TypedLimits};
use crate::ui::platform::dom;
use crate::ui::state::use_stores;
use crate::ui::words::{fleet_plan_words, words};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

const TITLE_ID: &str = "fleet-limits";

/// A lane, how many rows it has, and its limits.
type LaneRows = (LaneKey, usize, Limits);

/// The lanes with their limits; one at a time can be changed.
#[component]
pub(in crate::ui::features::fleet) fn LimitsEditor(
    /// The lane that is being changed.
    editing: RwSignal<Option<LaneKey>>,
) -> impl IntoView {
    let stores = use_stores();
    let text = fleet_plan_words();
    let lanes = Memo::new(move |_| {
        stores.fleet().version();
        let lanes = stores.fleet().with(|fleet| {
            let mut lanes: Vec<LaneRows> = Vec::new();
            for row in fleet.rows.values() {
                let is_own =
                    |lane: &&mut LaneRows| lane.0.provider == row.spec.provider && lane.0.region == row.spec.region;
                match lanes.iter_mut().find(is_own) {
                    Some(lane) => lane.1 += 1,
                    None => {
                        let key = row.spec.lane();
                        let limits = fleet.head.limits_of(&key);
                        lanes.push((key, 1, limits));
                    }
                }
            }
            lanes
        });
        lanes.unwrap_or_default()
    });
    let lane = move |key: LaneKey| {
        let key = StoredValue::new(key);
        let own = Memo::new(move |_| {
            let found = lanes.with(|lanes| lanes.iter().find(|lane| key.with_value(|key| *key == lane.0)).cloned());
            found.unwrap_or_else(|| (key.get_value(), 0, Limits::default()))
        });
        let title = move || own.with(|(key, rows, _)| (text.lane)(key, *rows));
        let name = move || format!("{} {}", text.edit, title());
        let is_edited = Memo::new(move |_| key.with_value(|key| editing.with(|editing| editing.as_ref() == Some(key))));
        let begin = move |_| {
            editing.set(Some(key.get_value()));
            dom::next_frame(|| dom::focus(&input_id(LimitField::Concurrency)));
        };
        let content = move || {
            if is_edited.get() {
                let (key, _, limits) = own.get_untracked();
                let all = lanes.with_untracked(Vec::len);
                view! { <Editor lane=key limits=limits lanes=lanes all=all editing=editing/> }.into_any()
            } else {
                view! {
                    <p class="muted">{move || own.with(|(_, _, limits)| (text.limits_of)(limits))}</p>
                    <button type="button" class="button quiet" aria-label=move || name() on:click=begin>{text.edit}</button>
                }
                .into_any()
            }
        };
        view! { <li class="fleet-lane"><h4>{move || title()}</h4>{move || content()}</li> }.into_any()
    };
    let keys = move || lanes.with(|lanes| lanes.iter().map(|lane| lane.0.clone()).collect::<Vec<_>>());
    // A lane whose rows are gone has no limits to save.
    Effect::new(move |_| {
        let is_gone = lanes.with(|lanes| {
            editing.with(|editing| editing.as_ref().is_some_and(|lane| lanes.iter().all(|own| own.0 != *lane)))
        });
        if is_gone {
            editing.set(None);
        }
    });
    view! {
        <section class="fleet-limits" aria-labelledby=TITLE_ID>
            <h3 id=TITLE_ID tabindex="-1">{text.limits}</h3>
            <p class="field-help">{text.limits_lead}</p>
            <ul class="fleet-lanes">
                <For each=keys key=LaneKey::clone let(key)>{lane(key)}</For>
            </ul>
        </section>
    }
}

fn input_id(field: LimitField) -> String {
    let name = match field {
        LimitField::Concurrency => "concurrency",
        LimitField::Rate => "rate",
        LimitField::Threshold => "threshold",
        LimitField::WindowFrom => "from",
        LimitField::WindowTo => "to",
    };
    format!("fleet-limit-{name}")
}

const FIELDS: [LimitField; 3] = [LimitField::Concurrency, LimitField::Rate, LimitField::Threshold];
/// They belong together: they stand in a line of their own.
const WINDOW: [LimitField; 2] = [LimitField::WindowFrom, LimitField::WindowTo];

fn get(typed: &TypedLimits, field: LimitField) -> &str {
    match field {
        LimitField::Concurrency => &typed.concurrency,
        LimitField::Rate => &typed.rate,
        LimitField::Threshold => &typed.threshold,
        LimitField::WindowFrom => &typed.from,
        LimitField::WindowTo => &typed.to,
    }
}

fn set(typed: &mut TypedLimits, field: LimitField, text: String) {
    match field {
        LimitField::Concurrency => typed.concurrency = text,
        LimitField::Rate => typed.rate = text,
        LimitField::Threshold => typed.threshold = text,
        LimitField::WindowFrom => typed.from = text,
        LimitField::WindowTo => typed.to = text,
    }
}

/// The fields of one lane.
#[component]
fn Editor(
    lane: LaneKey,
    /// As they are now.
    limits: Limits,
    lanes: Memo<Vec<LaneRows>>,
    /// How many lanes there are.
    all: usize,
    editing: RwSignal<Option<LaneKey>>,
) -> impl IntoView {
    let stores = use_stores();
    let text = fleet_plan_words();
    let typed = RwSignal::new(TypedLimits::of(&limits));
    // What was typed is complained about when somebody wants to save it, and from then on.
    let complains = RwSignal::new(false);
    let problems =
        Memo::new(move |_| typed.with(TypedLimits::read).err().filter(|_| complains.get()).unwrap_or_default());
    let lane = StoredValue::new(lane);
    let close = move || {
        editing.set(None);
        dom::next_frame(|| dom::focus(TITLE_ID));
    };
    let save = move |for_all: bool| match typed.with_untracked(TypedLimits::read) {
        Err(problems) => {
            complains.set(true);
            if let Some((field, _)) = problems.first() {
                dom::focus(&input_id(*field));
            }
        }
        Ok(limits) => {
            let others = lanes.with_untracked(|lanes| lanes.iter().map(|lane| lane.0.clone()).collect::<Vec<_>>());
            let own = lane.get_value();
            for other in others.into_iter().filter(|other| for_all || *other == own) {
                stores.fleet().tell(EventKind::Limit { lane: other, limits: limits.clone() });
            }
            stores.shell.announce(text.limits_saved);
            close();
        }
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        save(false);
    };
    let field = move |field: LimitField| {
        let id = input_id(field);
        let (help_id, error_id) = (format!("{id}-help"), format!("{id}-error"));
        let described_by = format!("{error_id} {help_id}");
        let problem = move || -> Option<LimitProblem> {
            problems.with(|problems| problems.iter().find(|(own, _)| *own == field).map(|(_, problem)| *problem))
        };
        let help = match field {
            LimitField::WindowFrom if stores.fleet().is_simulated() => text.window_simulated,
            _ => (text.limit_help)(field),
        };
        let said = move || problem().map(text.limit_problem).unwrap_or_default();
        view! {
            <div class="field">
                <label for=id.clone()>{(text.limit)(field)}</label>
                <input
                    id=id
                    type="text"
                    autocomplete="off"
                    spellcheck="false"
                    aria-describedby=described_by
                    aria-invalid=move || problem().is_some().to_string()
                    prop:value=move || typed.with(|typed| get(typed, field).to_owned())
                    on:input=move |event| typed.update(|typed| set(typed, field, event_target_value(&event)))
                />
                <p id=error_id class="field-error" role="status">{move || said()}</p>
                <p id=help_id class="field-help">{help}</p>
            </div>
        }
        .into_any()
    };
    let fields = FIELDS.map(field).into_iter().collect_view();
    let window = WINDOW.map(field).into_iter().collect_view();
    let for_all = (all > 1).then(|| {
        view! { <button type="button" class="button" on:click=move |_| save(true)>{text.save_for_all}</button> }
            .into_any()
    });
    view! {
        <form class="form" novalidate on:submit=submit>
            <div class="fields">{fields}<div class="fields">{window}</div></div>
            <div class="field">
                <label class="check">
                    <input
                        type="checkbox"
                        aria-describedby="fleet-limit-ramp-help"
                        prop:checked=move || typed.with(|typed| typed.ramp)
                        on:change=move |event| typed.update(|typed| typed.ramp = event_target_checked(&event))
                    />
                    {text.ramp}
                </label>
                <p id="fleet-limit-ramp-help" class="field-help">{text.ramp_help}</p>
            </div>
            <div class="actions">
                <button type="submit" class="button" data-action="fleet-save-limits">{text.save_limits}</button>
                {for_all}
                <button type="button" class="button quiet" on:click=move |_| close()>{words().cancel}</button>
            </div>
        </form>
    }
}
