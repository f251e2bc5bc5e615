//! How a signature came about, stage by stage, and beside the text that the server says it signed.

use crate::sign::Stage;
use crate::sign::compare::{ComparedLine, compare, read_echo};
use crate::sign::trace::parts;
use crate::transport::Reply;
use crate::ui::dom::{Child, El, el, live, value_of};
use crate::ui::words::words;
use crate::ui::widgets::{copy_button, details, explained};
use leptos::prelude::*;

const PASTED_ID: &str = "compare-with";

/// The stages, for a request that was signed; nothing for others.
pub(super) fn signature(trace: &[Stage]) -> Child {
    if trace.is_empty() {
        return Child::none();
    }
    let copied: String = trace.iter().map(|stage| format!("{}\n{}\n\n", stage.name, stage.text)).collect();
    let stages = Child::many(trace.iter().map(stage));
    details(words().signature, Child::many([stages, copy_button(copied, words().signature_copy)])).into()
}

/// The comparison with what the server says that it signed, for an answer that says so.
pub(super) fn refused(trace: &[Stage], reply: &Reply) -> Option<El> {
    let body = String::from_utf8_lossy(&reply.body).into_owned();
    let told = !trace.is_empty() && read_echo(&body).is_some();
    told.then(|| details(words().compare, compared(trace.to_vec(), body)).flag("open"))
}

/// The comparison with a text that is to be pasted, for a request that was signed.
pub(super) fn compare_with(trace: &[Stage]) -> Option<El> {
    (!trace.is_empty()).then(|| details(words().compare, compared(trace.to_vec(), String::new())))
}

/// One stage; the canonical request is shown in its named parts.
fn stage(stage: &Stage) -> Child {
    let text = |text: &str| el("pre").class("code").attr("tabindex", "0").child(text);
    let content: Child = if stage.name == "Canonical request" {
        let rows = parts(&stage.text).into_iter().flat_map(|part| {
            let shown =
                if part.text.is_empty() { el("p").class("muted").child(words().empty_part) } else { text(&part.text) };
            [el("dt").child(part.name), el("dd").child(shown)]
        });
        el("dl").class("parts").child(Child::many(rows)).into()
    } else {
        text(&stage.text).into()
    };
    el("section").class("stage").child(el("h4").child(stage.name)).child(content).into()
}

/// An error answer, received or pasted, beside our text.
fn compared(trace: Vec<Stage>, received: String) -> Child {
    let pasted = RwSignal::new(received);
    let area = el("textarea")
        .attr("id", PASTED_ID)
        .attr("rows", "4")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .attr("aria-describedby", "compare-help")
        .live_value(move || pasted.get())
        .on("input", move |event| pasted.set(value_of(&event)));
    let result = live(move || {
        let text = pasted.get();
        if text.trim().is_empty() {
            return Child::none();
        }
        match read_echo(&text) {
            None => el("p").class("field-error").child(words().no_server_text).into(),
            Some(theirs) => {
                let comparison = compare(&trace, &theirs);
                let table = lines(&comparison.lines);
                let same = comparison.lines.iter().all(ComparedLine::is_same);
                let table = if same { details(words().both_signed, table) } else { table };
                Child::many([explained(&words().explain.comparison(&comparison)), table])
            }
        }
    });
    let field = el("div")
        .class("field")
        .child(el("label").attr("for", PASTED_ID).child(words().compare_with))
        .child(area)
        .child(el("p").attr("id", "compare-help").class("field-help").child(words().compare_help));
    Child::many([field.into(), Child::from(el("div").attr("role", "status").class("compared").child(result))])
}

/// The lines of both texts; where they differ, ours above theirs.
pub(super) fn lines(lines: &[ComparedLine]) -> El {
    let line = |side: &str, heading: &str, text: &str| {
        el("tr").attr("data-side", side).child(el("th").attr("scope", "row").child(heading)).child(
            el("td").child(el("code").class("breakable").child(if text.is_empty() { words().empty_part } else { text })),
        )
    };
    let mut rows = Vec::new();
    let mut part = "";
    for compared in lines {
        if compared.part != part {
            part = compared.part;
            rows.push(
                el("tr").child(el("th").attr("colspan", "2").attr("scope", "colgroup").class("part").child(part)),
            );
        }
        match (&compared.ours, &compared.theirs) {
            (Some(ours), Some(_)) if compared.is_same() => rows.push(line("both", words().side_both, ours)),
            (ours, theirs) => {
                rows.push(line("ours", words().side_ours, ours.as_deref().unwrap_or(words().not_there)));
                rows.push(line("theirs", words().side_theirs, theirs.as_deref().unwrap_or(words().not_there)));
            }
        }
    }
    el("table").class("compare").child(el("tbody").child(Child::many(rows)))
}
