//! How a signature came about, stage by stage, and beside the text that the server says it signed.

use crate::call::CallId;
use crate::outcome::{Answer, Outcome, Severity};
use crate::sign::Stage;
use crate::sign::compare::{ComparedLine, compare, read_echo};
use crate::sign::trace::{CANONICAL_REQUEST, parts};
use crate::transport::Reply;
use crate::ui::components::alert::{Alert, Notice};
use crate::ui::components::copy_button::CopyButton;
use crate::ui::components::later::OnUse;
use crate::ui::on_use::on_use;
use crate::ui::state::operation_form::{CallState, OperationForm};
use crate::ui::state::use_stores;
use crate::ui::words::{answer_words, words};
use leptos::prelude::*;

const PASTED_ID: &str = "compare-with";

/// The signature of the last call, stage by stage, and a way to compare it.
#[component]
pub(crate) fn SignatureView(form: OperationForm) -> impl IntoView {
    move || match form.call.get() {
        CallState::Done { id, .. } => {
            let remark = move || {
                let text = words().changed_since;
                form.has_changed().then(|| view! { <Notice severity=Severity::Warning text=text/> }.into_any())
            };
            view! {
                {move || remark()}
                <OnUse load=Box::new(move || Box::pin(signature_view(id)))/>
            }
            .into_any()
        }
        _ => view! { <p class="muted">{words().nothing_signed}</p> }.into_any(),
    }
}

on_use! { answers => fn signature_view(id: CallId) -> AnyView { signature_of(id) } }

fn signature_of(id: CallId) -> AnyView {
    let exchange = untrack(|| use_stores().calls.exchange(id));
    let trace = exchange.as_ref().map(|exchange| exchange.request.trace.clone()).unwrap_or_default();
    // Where the server says what it signed, the result compares it.
    let reply = exchange.as_ref().and_then(|exchange| exchange.result.as_ref().ok());
    let compared = reply.is_some_and(|(reply, answer)| echoed_text(&trace, reply, answer).is_some());
    if trace.is_empty() {
        return view! { <p class="muted">{words().unsigned}</p> }.into_any();
    }
    view! {
        <SignatureStages trace=trace.clone()/>
        {(!compared).then(|| view! { <SignatureComparison trace=trace received=""/> }.into_any())}
    }
    .into_any()
}

#[component]
fn SignatureStages(trace: Vec<Stage>) -> impl IntoView {
    let copied: String = trace.iter().map(|stage| format!("{}\n{}\n\n", stage.name, stage.text)).collect();
    view! {
        {trace.into_iter().map(|stage| view! { <StageText stage=stage/> }.into_any()).collect_view()}
        <div class="actions"><CopyButton text=copied what=words().signature_copy/></div>
    }
}

/// One stage; the canonical request is shown in its named parts.
#[component]
fn StageText(stage: Stage) -> impl IntoView {
    let text = |text: String| view! { <pre class="code" tabindex="0">{text}</pre> }.into_any();
    let content = if stage.name == CANONICAL_REQUEST {
        let rows = parts(&stage.text).into_iter().map(|part| {
            let shown = if part.text.is_empty() {
                view! { <p class="muted">{words().empty_part}</p> }.into_any()
            } else {
                text(part.text).into_any()
            };
            view! { <dt>{part.name}</dt><dd>{shown}</dd> }
        });
        view! { <dl class="parts">{rows.collect_view()}</dl> }.into_any()
    } else {
        text(stage.text).into_any()
    };
    view! { <section class="stage"><h2>{stage.name}</h2>{content}</section> }
}

/// The text that a refusal says the server signed, if it says so.
pub(crate) fn echoed_text(trace: &[Stage], reply: &Reply, answer: &Answer) -> Option<String> {
    // A list of many megabytes is not searched in vain.
    if !matches!(answer.outcome, Outcome::ApiError { .. } | Outcome::HttpError { .. }) {
        return None;
    }
    let body = String::from_utf8_lossy(&reply.body).into_owned();
    (!trace.is_empty() && read_echo(&body).is_some()).then_some(body)
}

/// The comparison of a signature with an error answer, received or pasted. Nothing for a request that was not signed.
#[component]
pub(crate) fn SignatureComparison(
    trace: Vec<Stage>,
    /// The error answer that was received; empty for one that is to be pasted.
    #[prop(into)]
    received: String,
) -> impl IntoView {
    let open = !received.is_empty();
    (!trace.is_empty()).then(|| {
        let pasted = RwSignal::new(received);
        view! {
            <details open=open>
                <summary>{words().compare}</summary>
                <div class="field">
                    <label for=PASTED_ID>{words().compare_with}</label>
                    <textarea
                        id=PASTED_ID
                        rows="4"
                        autocomplete="off"
                        spellcheck="false"
                        aria-describedby="compare-help"
                        prop:value=move || pasted.get()
                        on:input=move |event| pasted.set(event_target_value(&event))
                    ></textarea>
                    <p id="compare-help" class="field-help">{words().compare_help}</p>
                </div>
                <div role="status" class="compared">{move || comparison(&trace, &pasted.get())}</div>
            </details>
        }
    })
}

fn comparison(trace: &[Stage], received: &str) -> AnyView {
    if received.trim().is_empty() {
        return ().into_any();
    }
    let Some(theirs) = read_echo(received) else {
        return view! { <p class="field-error">{words().no_server_text}</p> }.into_any();
    };
    let comparison = compare(trace, &theirs);
    let same = comparison.lines.iter().all(ComparedLine::is_same);
    let message = answer_words().comparison(&comparison);
    let table = view! { <ComparedLines lines=comparison.lines/> };
    if same {
        view! {
            <Alert message=message/>
            <details><summary>{words().both_signed}</summary>{table}</details>
        }
        .into_any()
    } else {
        view! { <Alert message=message/>{table} }.into_any()
    }
}

/// The lines of both texts; where they differ, the console's above the server's.
#[component]
pub(crate) fn ComparedLines(lines: Vec<ComparedLine>) -> impl IntoView {
    let row = |side: &'static str, heading: &'static str, text: &str| {
        let text = if text.is_empty() { words().empty_part } else { text }.to_owned();
        view! {
            <tr data-side=side><th scope="row">{heading}</th><td><code class="breakable">{text}</code></td></tr>
        }
    };
    let mut part = "";
    let rows = lines.into_iter().map(|line| {
        let heading = (line.part != part).then(|| {
            part = line.part;
            view! { <tr><th colspan="2" scope="colgroup" class="part">{part}</th></tr> }
        });
        let rows = match (&line.ours, &line.theirs) {
            (Some(ours), Some(_)) if line.is_same() => row("both", words().side_both, ours).into_any(),
            (ours, theirs) => {
                let text = |text: &Option<String>| text.clone().unwrap_or_else(|| words().not_there.to_owned());
                view! {
                    {row("ours", words().side_ours, &text(ours))}
                    {row("theirs", words().side_theirs, &text(theirs))}
                }
                .into_any()
            }
        };
        view! { {heading}{rows} }
    });
    view! { <table class="compare"><tbody>{rows.collect_view()}</tbody></table> }
}
