//! Values for a form that ride in the address: they fill it, the page says so, and nothing is sent. The code that reads them
//! comes with the first such address.

use crate::form::Filling;
use crate::outcome::Severity;
use crate::ui::components::alert::Notice;
use crate::ui::components::later::OnUse;
use crate::ui::on_use::on_use;
use crate::ui::platform::dom;
use crate::ui::route::Route;
use crate::ui::state::operation_form::OperationForm;
use crate::ui::state::site::OperationKey;
use crate::ui::state::use_stores;
use crate::ui::words::{reuse_words, words};
use leptos::prelude::*;

type Values = Vec<(String, String)>;

/// A name among the values that says where they come from: a command that was pasted, not a link.
pub(crate) const PASTED: &str = "~pasted";

/// Fills the form from the address, now and whenever another link to the same form is followed.
#[component]
pub(crate) fn Prefilled(form: OperationForm) -> impl IntoView {
    let stores = use_stores();
    let said = form.filled;
    on_cleanup(move || said.set(String::new()));
    let arrived = RwSignal::new(Values::new());
    Effect::new(move |_| {
        let values = stores.shell.address_values.get();
        // The page before this one is still there for a moment, and the values are not for its form.
        let OperationKey { api, operation: id } = form.key();
        let is_here = stores.shell.route.with_untracked(|route| *route == Route::Operation { api, id });
        if values.is_empty() || !is_here {
            return;
        }
        stores.shell.address_values.set(Values::new());
        // Loading the page again must not undo what the user changes from here on.
        dom::replace_hash(&stores.shell.route.with_untracked(Route::to_hash));
        said.set(String::new());
        arrived.set(values);
    });
    // What filled the form without an address says so in words of its own.
    let notice = move || {
        let said = said.get();
        (!said.is_empty()).then(|| view! { <Notice severity=Severity::Success text=said/> }.into_any())
    };
    let from_address = move || {
        let values = arrived.get();
        let load = move || filled(form, values.clone());
        (!arrived.with(Vec::is_empty)).then(|| view! { <OnUse load=Box::new(move || Box::pin(load()))/> }.into_any())
    };
    view! { {move || notice()}{move || from_address()} }
}

on_use! { pages =>
    fn filled(form: OperationForm, values: Values) -> AnyView { view! { <Filled form=form values=values/> }.into_any() }
}

/// Fills the form once, and says with what.
#[component]
fn Filled(
    form: OperationForm,
    /// Names and values, as they stood in the address.
    values: Values,
) -> impl IntoView {
    let stores = use_stores();
    let filling = RwSignal::new(Filling::default());
    let is_pasted = values.iter().any(|(name, _)| name == PASTED);
    let values: Values = values.into_iter().filter(|(name, _)| name != PASTED).collect();
    let sentences = move || {
        filling.with(|Filling { filled, misfits }| {
            let fields = filled.join(", ");
            let filled = match is_pasted {
                _ if filled.is_empty() => String::new(),
                true => (reuse_words().filled_by_command)(&fields),
                false => (words().pages.filled_by_link)(&fields),
            };
            (filled, if misfits.is_empty() { String::new() } else { (reuse_words().not_filled)(misfits) })
        })
    };
    Effect::new(move |_| {
        let operation = form.operation();
        let mut found = Filling::default();
        form.edit(|draft| found = draft.fill_from_link(&operation, &values));
        form.issues.update(|issues| {
            issues.retain(|issue| {
                let name = issue.target.name();
                let top = name.split('.').next().unwrap_or(name);
                !found.filled.iter().any(|filled| filled == name || filled == top)
            });
        });
        filling.set(found);
        let (filled, not_filled) = untrack(sentences);
        stores.shell.announce([filled, not_filled].join(" ").trim().to_owned());
    });
    let notice = |severity: Severity, text: String| {
        (!text.is_empty()).then(|| view! { <Notice severity=severity text=text/> }.into_any())
    };
    move || {
        let (filled, not_filled) = sentences();
        view! { {notice(Severity::Success, filled)}{notice(Severity::Warning, not_filled)} }.into_any()
    }
}
