//! Values for a form that ride in the address: they fill it, the page says so, and nothing is sent. The code that reads them
//! comes with the first such address.

use crate::form::Filling;
use crate::outcome::Severity;
use crate::proxy::ConnectionKind;
use crate::ui::components::alert::Notice;
use crate::ui::components::later::OnUse;
use crate::ui::on_use::on_use;
use crate::ui::platform::dom;
use crate::ui::route::Route;
use crate::ui::state::operation_form::OperationForm;
use crate::ui::state::site::OperationKey;
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::{reuse_words, words};
use leptos::prelude::*;

type Values = Vec<(String, String)>;

/// Fills the form from the address, now and whenever another link to the same form is followed.
#[component]
pub(crate) fn Prefilled(form: OperationForm) -> impl IntoView {
    let stores = use_stores();
    let (said, warning) = (form.filled, form.fill_warning);
    on_cleanup(move || {
        said.set(String::new());
        warning.set(String::new());
    });
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
        warning.set(String::new());
        arrived.set(values);
    });
    // What filled the form without an address says so in words of its own.
    let notice = move |severity: Severity, text: RwSignal<String>| {
        let text = text.get();
        (!text.is_empty()).then(|| view! { <Notice severity=severity text=text/> }.into_any())
    };
    let from_address = move || {
        let values = arrived.get();
        let load = move || filled(form, values.clone());
        (!arrived.with(Vec::is_empty)).then(|| view! { <OnUse load=Box::new(move || Box::pin(load()))/> }.into_any())
    };
    view! {
        {move || notice(Severity::Success, said)}
        {move || notice(Severity::Warning, warning)}
        {move || from_address()}
    }
}

on_use! { pages =>
    fn filled(form: OperationForm, values: Values) -> AnyView { view! { <Filled form=form values=values/> }.into_any() }
}

/// Says on the form's page what filled it and what did not go in. `filled_by`: words for the names of the fields.
pub(super) fn tell_filled(stores: Stores, form: OperationForm, filling: &Filling, filled_by: fn(&str) -> String) {
    let Filling { filled, misfits } = filling;
    let sentence = |is_empty: bool, text: String| if is_empty { String::new() } else { text };
    let said = sentence(filled.is_empty(), filled_by(&(reuse_words().names)(filled)));
    let warning = sentence(misfits.is_empty(), (reuse_words().not_filled)(misfits));
    stores.shell.announce(format!("{said} {warning}").trim().to_owned());
    form.filled.set(said);
    form.fill_warning.set(warning);
}

/// Fills the form once, and says with what.
#[component]
fn Filled(
    form: OperationForm,
    /// Names and values, as they stood in the address.
    values: Values,
) -> impl IntoView {
    let stores = use_stores();
    let asks = RwSignal::new(false);
    let values = StoredValue::new(values);
    let fill = move || {
        asks.set(false);
        let filling = values.with_value(|values| form.fill_from_link(values));
        // In the simulation, most links are those beside its answers.
        if untrack(|| stores.settings.connection()).kind == ConnectionKind::Sandbox {
            values.with_value(|values| values.iter().for_each(|(name, value)| form.note_simulated(name, value)));
        }
        tell_filled(stores, form, &filling, words().pages.filled_by_link);
    };
    Effect::new(move |_| {
        if values.with_value(|values| untrack(|| form.would_overwrite(values))) {
            asks.set(true);
            stores.shell.announce(words().replace_question);
        } else {
            untrack(fill);
        }
    });
    view! {
        <Show when=move || asks.get()>
            <Notice severity=Severity::Warning text=words().replace_question/>
            <div class="actions">
                <button type="button" class="button danger" on:click=move |_| fill()>{reuse_words().fill}</button>
                <button type="button" class="button quiet" on:click=move |_| asks.set(false)>{words().cancel}</button>
            </div>
        </Show>
    }
}
