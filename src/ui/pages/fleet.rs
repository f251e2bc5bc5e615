//! One switch for many instances, in steps.

use super::PageTitle;
use crate::fleet::FleetStage;
use crate::proxy::ConnectionKind;
use crate::ui::features::fleet::{Choose, Notices, Passage, Plan, ReportStep, Run, begin};
use crate::ui::features::fleet_sandbox::FleetSandbox;
use crate::ui::platform::dom;
use crate::ui::route::{Route, filled};
use crate::ui::state::use_stores;
use crate::ui::words::{fleet_words, words};
use leptos::prelude::*;

/// A step of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Choose,
    Plan,
    Run,
    Report,
}

impl Step {
    const ALL: [Self; 4] = [Self::Choose, Self::Plan, Self::Run, Self::Report];

    const fn name(self) -> &'static str {
        match self {
            Self::Choose => "choose",
            Self::Plan => "plan",
            Self::Run => "run",
            Self::Report => "report",
        }
    }

    fn title(self) -> &'static str {
        let words = fleet_words();
        match self {
            Self::Choose => words.choose,
            Self::Plan => words.plan,
            Self::Run => words.run,
            Self::Report => words.report,
        }
    }

    /// Its address: the browser's Back button goes from step to step.
    fn to_hash(self) -> String {
        filled(&Route::Fleet, &[(String::from("step"), self.name().to_owned())])
    }

    /// The one that these values of an address name.
    fn asked(values: &[(String, String)]) -> Option<Self> {
        let (_, name) = values.iter().find(|(name, _)| name == "step")?;
        Self::ALL.into_iter().find(|step| step.name() == name)
    }

    /// The one that a fleet is in.
    const fn of(stage: Option<FleetStage>) -> Self {
        match stage {
            None | Some(FleetStage::Choosing) => Self::Choose,
            Some(FleetStage::Planning | FleetStage::Planned) => Self::Plan,
            Some(FleetStage::Running | FleetStage::Paused(_) | FleetStage::Stopped | FleetStage::Over) => Self::Run,
        }
    }
}

/// The word of `data-stage`.
const fn stage_name(stage: Option<FleetStage>) -> &'static str {
    match stage {
        None => "none",
        Some(FleetStage::Choosing) => "choosing",
        Some(FleetStage::Planning) => "planning",
        Some(FleetStage::Planned) => "planned",
        Some(FleetStage::Running) => "running",
        Some(FleetStage::Paused(_)) => "paused",
        Some(FleetStage::Stopped) => "stopped",
        Some(FleetStage::Over) => "over",
    }
}

/// The page "Fleet".
#[component]
pub(super) fn FleetPage() -> impl IntoView {
    let stores = use_stores();
    let fleet = stores.fleet();
    Effect::new(move |_| untrack(|| begin(stores)));
    let reached = Memo::new(move |_| Step::of(fleet.stage()));
    let address = stores.shell.address_values;
    let asked = move || address.with_untracked(|values| Step::asked(values));
    // The step of a link or of a reload, for when the fleet comes from the store.
    let linked = asked();
    let open = RwSignal::new(asked().unwrap_or(reached.get_untracked()));
    let show = move |step: Step, goes: bool| {
        open.set(step);
        let (here, there) = (dom::hash(), step.to_hash());
        // The page before another one is still there for a moment.
        let is_here = Route::parse(&here) == Route::Fleet;
        match goes {
            _ if !is_here || here == there => {}
            true => dom::go(&there),
            false => dom::replace_hash(&there),
        }
    };
    // A step that is reached opens, and so does that of another fleet, which is no way to go back.
    Effect::new(move |before: Option<(Option<String>, Step)>| {
        let now = (fleet.id(), reached.get());
        match &before {
            Some((None, _)) if now.0.is_some() => show(linked.unwrap_or(now.1), false),
            Some(before) if *before != now => show(now.1, before.0 == now.0),
            Some(_) => {}
            None => show(untrack(|| open.get()), false),
        }
        now
    });
    // Back, forward, a link.
    Effect::new(move |before: Option<()>| {
        address.track();
        let step = asked().unwrap_or(reached.get_untracked());
        if before.is_some() && untrack(|| open.get()) != step {
            dom::next_frame(|| dom::focus_if_lost(crate::ui::ids::TITLE_ID));
        }
        if before.is_some() {
            show(step, false);
        }
    });
    let steps = Step::ALL.map(|step| {
        let current = move || (open.get() == step).then_some("step");
        view! {
            <li>
                <button
                    type="button"
                    class="button fleet-step"
                    data-action=format!("fleet-step-{}", step.name())
                    aria-current=move || current()
                    on:click=move |_| show(step, true)
                >
                    {step.title()}
                </button>
            </li>
        }
    });
    let is_simulation = Memo::new(move |_| stores.settings.connection().kind == ConnectionKind::Sandbox);
    let sandbox = move || is_simulation.get().then(|| view! { <FleetSandbox/> }.into_any());
    let has_begun = Memo::new(move |_| fleet.progress().is_some());
    // A press on the open step leaves it as it is.
    let shown = Memo::new(move |_| open.get());
    let content = move || {
        let step = shown.get();
        let inner = match step {
            Step::Choose => view! { <Choose/>{move || sandbox()} }.into_any(),
            Step::Plan => view! { <Plan/> }.into_any(),
            Step::Run => view! { <Run/> }.into_any(),
            Step::Report if has_begun.get() => view! { <ReportStep/> }.into_any(),
            Step::Report => view! { <p>{fleet_words().nothing_runs}</p> }.into_any(),
        };
        view! { <section class="fleet-content" data-step=step.name() aria-label=step.title()>{inner}</section> }
            .into_any()
    };
    view! {
        <div class="page fleet" data-stage=move || stage_name(fleet.stage())>
            <PageTitle text=words().pages.fleet/>
            <p class="lead">{fleet_words().lead}</p>
            <ol class="fleet-steps" aria-label=fleet_words().steps>{steps.into_iter().collect_view()}</ol>
            <Passage/>
            <Notices/>
            {move || content()}
        </div>
    }
}
