//! The last step: what the run did, to hand on and to keep.

mod summary;

use super::acts::{Acts, acts, profiles, secrets};
use crate::fleet::report::{Description, Report, ReportBuilder, ReportContext, ReportLabels, ReportRow};
use crate::fleet::{FindRows, RowGroup, file_name};
use crate::outcome::Severity;
use crate::ui::components::alert::Notice;
use crate::ui::platform::dom;
use crate::ui::platform::download::download;
use crate::ui::platform::slices::Slices;
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::fleet_words;
use leptos::prelude::*;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use summary::{Digest, Facts, NotWell, Overridden, outcome};
use wasm_bindgen_futures::spawn_local;

/// Rows that are put on paper in one turn.
const AT_ONCE: usize = 50;

/// What is offered.
#[derive(Clone, Copy)]
enum Form {
    Csv,
    Json,
    Markdown,
    Print,
}

/// A report that goes to paper, and how many of its rows are there already.
#[derive(Clone, Copy)]
struct Printed {
    report: RwSignal<Option<Arc<Report>>>,
    shown: RwSignal<usize>,
}

/// The step "Report".
#[component]
pub(crate) fn ReportStep() -> impl IntoView {
    let stores = use_stores();
    let words = fleet_words();
    let acts: Acts = Memo::new(move |_| acts(stores));
    let (busy, refused) = (RwSignal::new(false), RwSignal::new(false));
    let printed = Printed { report: RwSignal::new(None), shown: RwSignal::new(0) };
    let begin = move |form: Form| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let done = hand_over(stores, acts, form, printed).await;
            refused.try_set(done.is_none());
            busy.try_set(false);
        });
    };
    let by_hand = [
        window_event_listener_untyped("beforeprint", move |_| put_on_paper(stores, acts, printed)),
        window_event_listener_untyped("afterprint", move |_| {
            if !busy.get_untracked() {
                printed.report.set(None);
            }
        }),
    ];
    on_cleanup(move || by_hand.into_iter().for_each(|handle| handle.remove()));
    let button = move |form: Form, action: &'static str, label: &'static str| {
        view! {
            <button
                type="button"
                class="button"
                data-action=action
                aria-disabled=move || busy.get().to_string()
                on:click=move |_| begin(form)
            >
                {label}
            </button>
        }
        .into_any()
    };
    let problem = move || {
        refused.get().then(|| view! { <Notice severity=Severity::Error text=fleet_words().no_report/> }.into_any())
    };
    let progress = move || if busy.get() { fleet_words().making_report } else { "" };
    let paper = move || printed.report.get().map(|report| paper(&report, printed.shown));
    view! {
        <div class="fleet-report">
            <p>{words.report_lead}</p>
            <Facts/>
            <div class="actions">
                {button(Form::Csv, "fleet-report-csv", words.report_csv)}
                {button(Form::Json, "fleet-report-json", words.report_json)}
                {button(Form::Markdown, "fleet-report-markdown", words.report_markdown)}
                {button(Form::Print, "fleet-report-print", words.report_print)}
            </div>
            <div role="status">{move || progress()}{move || problem()}</div>
            <NotWell acts=acts/>
            <Overridden/>
            <Digest acts=acts/>
            {move || paper()}
        </div>
    }
}

/// Makes the report and gives it away. `None`: there is no fleet, or the browser refuses.
async fn hand_over(stores: Stores, acts: Acts, form: Form, printed: Printed) -> Option<()> {
    let report = make(stores, acts).await?;
    let name = file_name("report", &report.name);
    match form {
        Form::Csv => download(&format!("{name}.csv"), report.to_csv().as_bytes()),
        Form::Json => download(&format!("{name}.json"), joined(report.json_parts()).await.as_bytes()),
        Form::Markdown => download(&format!("{name}.md"), joined(report.markdown_parts(&labels())).await.as_bytes()),
        Form::Print => print(Arc::new(report), printed).await,
    }
}

/// A text of many parts, a few in one turn.
async fn joined(parts: impl Iterator<Item = String>) -> String {
    let mut slices = Slices::begin();
    let mut text = String::new();
    for part in parts {
        text.push_str(&part);
        slices.pause().await;
    }
    text
}

/// A few rows in one turn.
async fn make(stores: Stores, acts: Acts) -> Option<Report> {
    make_in(stores, acts, Some(Slices::begin())).await
}

/// All rows at once without slices: then it never waits.
async fn make_in(stores: Stores, acts: Acts, mut slices: Option<Slices>) -> Option<Report> {
    let fleet = stores.fleet();
    let head = fleet.head()?;
    let ids = fleet.row_ids(&FindRows::default());
    let apis = stores.site.apis();
    let has_rows = |api: &str| fleet.with(|fleet| fleet.rows.values().any(|row| row.spec.api == api)) == Some(true);
    let descriptions: Vec<Description> =
        apis.iter().filter(|api| has_rows(&api.id)).map(|api| Description::of(api)).collect();
    let profiles = untrack(|| profiles(stores));
    let secrets = secrets(stores);
    let context = ReportContext {
        now: fleet.now(),
        console: env!("CARGO_PKG_VERSION"),
        descriptions: &descriptions,
        profiles: &profiles,
        secrets: &secrets,
        simulated: fleet.is_simulated(),
        outcome: &|row| outcome(acts, row),
    };
    let mut builder = ReportBuilder::new(&head, context);
    let visit = fleet.visit();
    for id in ids {
        // Another fleet has rows of the same numbers.
        if fleet.visit() != visit {
            return None;
        }
        fleet.with(|fleet| fleet.rows.get(&id).map(|row| builder.row(row)));
        if let Some(slices) = &mut slices {
            slices.pause().await;
        }
    }
    Some(builder.finish())
}

/// Puts the report on the page, where only paper shows it, and opens the browser's print dialog.
async fn print(report: Arc<Report>, printed: Printed) -> Option<()> {
    let all = report.rows.len();
    printed.shown.try_set(0);
    printed.report.try_set(Some(report));
    let mut shown = 0;
    while shown < all {
        shown = (shown + AT_ONCE).min(all);
        printed.shown.try_set(shown);
        dom::idle().await;
    }
    let done = dom::print();
    printed.report.try_set(None);
    done
}

/// Somebody prints with the browser's own command: paper shows the same as with the button. The browser waits for this.
fn put_on_paper(stores: Stores, acts: Acts, printed: Printed) {
    if printed.report.with_untracked(Option::is_none) {
        let mut made = pin!(make_in(stores, acts, None));
        let Poll::Ready(report) = made.as_mut().poll(&mut Context::from_waker(Waker::noop())) else { return };
        printed.report.set(report.map(Arc::new));
    }
    let all = printed.report.with_untracked(|report| report.as_ref().map_or(0, |report| report.rows.len()));
    printed.shown.set(all);
}

fn paper(report: &Arc<Report>, shown: RwSignal<usize>) -> AnyView {
    let words = fleet_words();
    let labels = labels();
    let fact = |label: &'static str, value: &str| {
        let value = value.to_owned();
        (!value.is_empty()).then(|| view! { <dt>{label}</dt><dd>{value}</dd> }.into_any())
    };
    let head = [
        fact(labels.made, &report.made),
        fact(labels.started, &report.started),
        fact(labels.ended, &report.ended),
        fact(labels.stopped, &report.stopped),
        fact(labels.connection, &report.connection),
        fact(labels.console, &report.console),
        fact(labels.sha256, &report.sha256),
    ];
    let descriptions = report.descriptions.iter().map(|own| fact(labels.description, &own.in_a_line()));
    let descriptions = descriptions.collect::<Vec<_>>();
    let all = [(labels.rows, report.rows.len()), (labels.open, report.counts.open())].into_iter();
    let ends = RowGroup::ENDS.map(|group| ((labels.group)(group), report.counts.of_group(group)));
    let counts = all.chain(ends).filter(|(_, count)| *count != 0);
    let counts = counts.map(|(label, count)| fact(label, &count.to_string())).collect::<Vec<_>>();
    let titles = [
        "#",
        labels.subject,
        labels.act,
        labels.region,
        labels.profile,
        labels.outcome,
        labels.started,
        labels.ended,
        labels.evidence,
        labels.request_ids,
        labels.jobs,
        labels.overridden,
    ];
    let overridden = report.overrides.iter().map(|(at, text)| fact(labels.overridden, &format!("{at} {text}")));
    let overridden = overridden.collect::<Vec<_>>();
    let titles = titles.map(|title| view! { <th scope="col">{title}</th> }.into_any());
    let rows = report.clone();
    let row = move |index: usize| rows.rows.get(index).map(line);
    view! {
        <section class="fleet-print" aria-label=words.report_print>
            <h2>{format!("{}: {}", labels.report, report.name)}</h2>
            <dl>{head.into_iter().chain(descriptions).chain(counts).chain(overridden).collect_view()}</dl>
            {report.simulated.then(|| view! { <p>{labels.simulated}</p> }.into_any())}
            <p>{labels.compare}</p>
            <table>
                <thead><tr>{titles.into_iter().collect_view()}</tr></thead>
                <tbody>
                    <For each=move || 0..shown.get() key=|index| *index let:index>{row(index)}</For>
                </tbody>
            </table>
        </section>
    }
    .into_any()
}

fn line(row: &ReportRow) -> AnyView {
    let evidence: Vec<String> = row.evidence.iter().map(|(label, value)| format!("{label} {value}")).collect();
    let cells = [
        row.row.to_string(),
        row.subject.clone(),
        row.act.clone(),
        format!("{} {}", row.provider, row.region),
        format!("{} {}", row.profile, row.shown_key()).trim_end().to_owned(),
        row.outcome.clone(),
        row.started.clone(),
        row.ended.clone(),
        format!("{} {}", evidence.join(", "), row.evidence_at),
        row.request_ids.join(", "),
        row.jobs.join(", "),
        row.overridden.iter().map(|(at, text)| format!("{at} {text}")).collect::<Vec<_>>().join("; "),
    ];
    let cells = cells.map(|text| view! { <td>{text}</td> }.into_any());
    view! { <tr>{cells.into_iter().collect_view()}</tr> }.into_any()
}

fn labels() -> ReportLabels {
    fleet_words().report_labels
}
