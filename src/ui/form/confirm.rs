//! The question before a call that changes something.

use super::goes;
use crate::call::consequences;
use crate::catalog::Signing;
use crate::ui::browser;
use crate::ui::dom::{Child, El, el};
use crate::ui::model::CallModel;
use crate::ui::signer::profile_words;
use crate::ui::state::AppState;
use crate::ui::words::words;
use crate::ui::widgets::{button, code};
use leptos::prelude::*;

const DIALOG_ID: &str = "confirm";

/// Repeats provider, region, instance and effect. Escape and Cancel do nothing; the focus begins on Cancel, so that a
/// stray Enter sends nothing.
pub(super) fn confirmation(
    state: AppState,
    model: CallModel,
    open: RwSignal<bool>,
    accept: impl Fn() + Clone + Send + 'static,
) -> El {
    Effect::new(move |_| browser::show_dialog(DIALOG_ID, open.get()));
    let confirm = move |_| {
        open.set(false);
        accept();
    };
    let facts = move || if open.get() { untrack(|| facts(state, model)).into() } else { Child::none() };
    let cancel = button("button").flag("autofocus").on("click", move |_| open.set(false)).child(words().cancel);
    el("dialog")
        .attr("id", DIALOG_ID)
        .class("dialog")
        .attr("aria-labelledby", "confirm-title")
        .on("close", move |_| open.set(false))
        .child(el("h2").attr("id", "confirm-title").child(words().confirm_title))
        .live(facts)
        .child(
            el("div")
                .class("actions")
                .child(cancel)
                .child(button("button danger").on("click", confirm).child(words().confirm)),
        )
}

/// Who will have done it.
fn signer(state: AppState, model: CallModel) -> String {
    let operation = model.operation();
    let who = state.keyring.with_untracked(|keyring| {
        keyring.chosen(&operation.provider).map(|profile| {
            let left = keyring.end(profile).map(|end| end - browser::now().unix_timestamp());
            format!("{}{}", profile_words(keyring, profile), (words().ending)(left))
        })
    });
    let signs = !operation.schemes.is_empty() || operation.policy.signing == Signing::Proxy;
    who.filter(|_| signs).unwrap_or_else(|| words().nobody.to_owned())
}

fn facts(state: AppState, model: CallModel) -> El {
    let told = model.draft.with(|draft| consequences(&model.operation(), draft));
    let region = Child::many([told.region.into(), Child::from(el("br")), code(told.host).into()]);
    let rows = [
        (words().provider, Child::from(told.provider)),
        (words().region, region),
        (words().instance, code(told.subject).into()),
        (words().effect, told.effect.into()),
        (words().signed_by, signer(state, model).into()),
        (words().goes, el("span").class("breakable").child(goes(state, model)).into()),
    ];
    el("dl")
        .class("facts")
        .children(rows.into_iter().flat_map(|(name, value)| [el("dt").child(name), el("dd").child(value)]))
}
