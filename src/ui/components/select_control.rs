//! A list of which one entry is chosen.

use super::form_field::FieldFrame;
use crate::ui::platform::press;
use leptos::prelude::*;

/// A list with its entries.
#[component]
pub(crate) fn SelectControl(
    /// What ties it to its label.
    frame: FieldFrame,
    /// Value and words of each entry.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// The value of the chosen entry.
    #[prop(into)]
    chosen: Signal<String>,
    /// Takes the value of another one.
    #[prop(into)]
    on_choose: Callback<String>,
    /// The user leaves it.
    #[prop(optional, into)]
    on_leave: Option<Callback<()>>,
    /// Why nothing else can be chosen.
    #[prop(optional, into)]
    locked: Signal<Option<&'static str>>,
) -> impl IntoView {
    let entries = move || {
        let entry = |(value, words): (String, String)| {
            let own = value.clone();
            view! { <option value=value prop:selected=move || chosen.with(|chosen| *chosen == own)>{words}</option> }
                .into_any()
        };
        options.get().into_iter().map(entry).collect_view()
    };
    let invalid = frame.invalid();
    view! {
        <select
            id=frame.id.clone()
            name=frame.name()
            aria-describedby=(!frame.kind.is_empty()).then(|| frame.described_by())
            aria-required=frame.required.to_string()
            aria-invalid=invalid
            prop:disabled=move || locked.get().is_some()
            title=move || locked.get()
            on:change=move |event| on_choose.run(event_target_value(&event))
            on:blur=move |_| {
                if let Some(leave) = on_leave {
                    press::after(move || {
                        let _ = leave.try_run(());
                    });
                }
            }
        >
            {move || entries()}
        </select>
    }
}
