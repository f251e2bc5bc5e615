//! The page "Check connection": sends the probes when asked to, and shows what each step says.
//!
//! What an observation means is `diagnostics`, its words are in `ui::words`.

mod probes;

use super::{Panels, trace};
use crate::diagnostics::{Address, Fault, Step, StepResult, assess};
use crate::ui::dom::{Child, El, el, live};
use crate::ui::words::{Message, words};
use crate::ui::widgets::{Icon, button, code, explained, with_icon};
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
    now: String,
    /// The connection that was checked.
    connection: String,
    checked: Vec<Checked>,
}

/// Everything below the page's heading.
pub(super) fn check(panels: Panels) -> AnyView {
    let found = RwSignal::new(Check::default());
    // What was found on one way says nothing of another.
    let connection = Memo::new(move |_| panels.context.with(|context| context.connection.clone()));
    let start = move |_| {
        if !found.with_untracked(|check| check.running) {
            found.set(Check { running: true, connection: connection.get_untracked(), ..Check::default() });
            spawn_local(run(panels, found));
        }
    };
    let running = move || found.with(|check| check.running);
    let button = button("button").on("click", start).live_bool("aria-disabled", running).child(words().check_now);
    // Here and not in the status of the whole page: it goes when this page is left.
    let progress = move || found.with(|check| check.progress(&connection.get()));
    let shown = move || {
        let check = found.get();
        if check.connection != connection.get() {
            return Child::none();
        }
        Child::many(check.checked.iter().map(section))
    };
    Child::many([
        Child::from(el("p").live_text(move || format!("{} {}", words().via, connection.get()))),
        el("p").class("muted").child(words().check_sends).into(),
        el("div")
            .class("actions")
            .child(button)
            .child(el("span").class("progress").attr("role", "status").live_text(progress))
            .into(),
        live(shown).into(),
    ])
    .view()
}

impl Check {
    /// How far it is, in words.
    fn progress(&self, connection: &str) -> String {
        if self.running {
            return format!("{} {}…", words().checking, self.now);
        }
        if self.checked.is_empty() || self.connection != connection {
            return String::new();
        }
        let results = || self.checked.iter().flat_map(|checked| &checked.steps).map(|(_, result)| result);
        let faults = results().filter(|result| matches!(result, StepResult::Failed(_))).count();
        let all = results().filter(|result| !matches!(result, StepResult::NotApplicable(_))).count();
        (words().checked)(faults, all)
    }
}

/// Section after section; each is shown when it is done.
async fn run(panels: Panels, found: RwSignal<Check>) {
    for mut way in panels.ways() {
        found.try_update(|check| check.now = way.section.title());
        let steps = assess(&panels.observe(&mut way).await);
        let checked = Checked { title: way.section.title(), address: way.section.address, steps };
        if found.try_update(|check| check.checked.push(checked)).is_none() {
            // The page was left: nothing more is sent.
            return;
        }
    }
    found.try_update(|check| check.running = false);
}

fn section(checked: &Checked) -> El {
    let steps = checked.steps.iter().map(|(step, result)| show_step(*step, result, &checked.address));
    let place = (!checked.address.direct).then(|| {
        el("p").class("muted").child(format!("{} ", words().check_place)).child(code(checked.address.place.as_str()))
    });
    el("section")
        .class("group")
        .attr("aria-label", &checked.title)
        .child(el("h2").child(checked.title.as_str()))
        .child(place)
        .child(el("ol").class("steps").child(Child::many(steps)))
}

/// A step: green, red with the reason and what to change, or not tried.
fn show_step(step: Step, result: &StepResult, address: &Address) -> El {
    let explain = words().explain;
    let name = (explain.step)(step);
    let item = el("li").class("step");
    let heading = |tone: &str| el("h3").class("notice").attr("data-tone", tone);
    let line = |heading: El, text: &str| {
        Child::many([Child::from(heading), el("p").class("muted").child(text).into()])
    };
    match result {
        StepResult::Passed(good) => {
            let passed = el("span").class("visually-hidden").child(format!(": {}", words().passed));
            let heading = with_icon(heading("good"), Icon::Good, name).child(passed);
            item.attr("data-result", "passed").child(line(heading, &(explain.passed)(good)))
        }
        StepResult::NotApplicable(why) => {
            let heading = heading("none").child(el("span").child((explain.step_skipped)(step, *why)));
            item.attr("data-result", "not-applicable").child(line(heading, (explain.skipped)(*why)))
        }
        StepResult::Failed(fault) => {
            let message = explain.fault(fault, address);
            let message = Message { title: format!("{name}: {}", message.title), ..message };
            let compared = match fault {
                Fault::Changed(comparison) => Some(trace::lines(&comparison.lines)),
                _ => None,
            };
            item.attr("data-result", "failed").child(explained(&message)).child(compared)
        }
    }
}
