//! The panel beside the form: the answer, the request that would be sent, the signature, code. One of them is shown.

use super::answer::ResponseView;
use super::follow::OtherFollows;
use super::request::RequestPreview;
use super::reuse::FormLink;
use super::samples::Samples;
use super::signature::SignatureView;
use crate::ui::components::tabs::{Tab, Tabs};
use crate::ui::platform::dom;
use crate::ui::state::operation_form::{CallState, OperationForm};
use crate::ui::state::use_stores;
use crate::ui::words::words;
use leptos::prelude::*;

const RESULT: &str = "result";
const SIGNATURE: &str = "signature";
const CODE: &str = "code";

/// The request until there is a call, then its answer.
#[component]
pub(crate) fn Results(form: OperationForm) -> impl IntoView {
    let chosen = RwSignal::new("request");
    Effect::new(move |before: Option<bool>| {
        let running = form.is_running();
        if running || before.is_none() && form.call.with_untracked(|call| !matches!(call, CallState::Idle)) {
            chosen.set(RESULT);
        }
        // Below the form the answer would come where nobody looks; beside it nothing moves. The page goes there at the press:
        // when the answer comes, the user may be somewhere else already.
        if before == Some(false) {
            // After the question has given the focus back.
            dom::next_frame(|| dom::next_frame(|| dom::reveal_if_below("result-tab")));
        }
        running
    });
    // What a page before this one has begun is seen at once.
    let stores = use_stores();
    Effect::new(move |_| {
        if stores.follows.any() && form.call.with_untracked(|call| matches!(call, CallState::Idle)) {
            chosen.set(RESULT);
        }
    });
    // An answer has them below it: they come with its meaning, so that nothing moves.
    let idle = Memo::new(move |_| form.call.with(|call| matches!(call, CallState::Idle)));
    let none = Signal::stored(None::<String>);
    let others = move || idle.get().then(|| view! { <OtherFollows except=none/> }.into_any());
    let tab = |id, title, panel| Tab { id, title, panel };
    // Most answers are read without these.
    let on_sight = move |id: &'static str, content: fn(OperationForm) -> AnyView| {
        let seen = Memo::new(move |before: Option<&bool>| before == Some(&true) || chosen.get() == id);
        let content = move || seen.get().then(|| untrack(|| content(form)));
        view! { {move || content()} }.into_any()
    };
    let tabs = vec![
        tab(RESULT, words().result, view! { <ResponseView form=form/>{move || others()} }.into_any()),
        tab("request", words().request, view! { <RequestPreview form=form/><FormLink form=form/> }.into_any()),
        tab(SIGNATURE, words().signature, on_sight(SIGNATURE, |form| view! { <SignatureView form=form/> }.into_any())),
        tab(CODE, words().code, on_sight(CODE, |form| view! { <Samples form=form/> }.into_any())),
    ];
    view! { <div class="results panel"><Tabs label=words().panel tabs=tabs chosen=chosen/></div> }
}
