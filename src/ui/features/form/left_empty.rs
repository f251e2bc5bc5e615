//! What is sent for a control that is left empty: nothing, an empty value, or `null`.

use crate::catalog::Field;
use crate::form::{Draft, FieldPath, Raw, check_field};
use crate::ui::state::operation_form::FieldValue;
use crate::ui::words::words;
use leptos::prelude::*;

/// A small list beside the control of a field; nothing where an empty control can mean one thing only.
pub(super) fn left_empty(
    value: FieldValue,
    path: &FieldPath,
    field: &Field,
    label: &str,
    empty: Option<Raw>,
) -> Option<AnyView> {
    let allowed = |raw: &Raw| {
        let mut draft = Draft::default();
        draft.set(path.clone(), raw.clone());
        check_field(path, &field.schema, field.required, &draft).is_empty()
    };
    let null = field.takes_null().then_some(Raw::Null);
    let more: Vec<Raw> = empty.filter(allowed).into_iter().chain(null).collect();
    (!more.is_empty()).then(|| view! { <LeftEmpty value=value label=label.to_owned() more=more/> }.into_any())
}

#[component]
fn LeftEmpty(
    value: FieldValue,
    /// The label of the control.
    label: String,
    /// What can be sent instead of nothing.
    more: Vec<Raw>,
) -> impl IntoView {
    let all: Vec<Raw> = std::iter::once(Raw::Unset).chain(more).collect();
    let option = |raw: &Raw| {
        let own = raw.clone();
        let words = match raw {
            Raw::Unset => words().not_set,
            Raw::Null => "null",
            _ => words().empty_part,
        };
        view! { <option value=key_of(raw) prop:selected=move || value.raw() == own>{words}</option> }.into_any()
    };
    let options = all.iter().map(option).collect_view();
    let all = StoredValue::new(all);
    let choose = move |event| {
        let key = event_target_value(&event);
        let raw = all.with_value(|all| all.iter().find(|raw| key_of(raw) == key).cloned());
        value.set(raw.unwrap_or_default());
    };
    // As soon as something is typed, it has nothing to say.
    let is_idle = move || value.has_parts() || all.with_value(|all| !all.contains(&value.raw()));
    view! {
        <select
            class="left-empty"
            aria-label=format!("{label}, {}", words().left_empty)
            prop:hidden=move || is_idle()
            on:change=choose
        >
            {options}
        </select>
    }
}

fn key_of(raw: &Raw) -> &'static str {
    match raw {
        Raw::Unset => "",
        Raw::Null => "null",
        _ => "empty",
    }
}
