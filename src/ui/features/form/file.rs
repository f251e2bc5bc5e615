//! The choice of a file.

use super::field_frame::{frame_of_field, help};
use super::remove_button::RemoveButton;
use crate::catalog::Field;
use crate::form::{FieldPath, Raw, Target};
use crate::ui::components::form_field::{FieldFrame, FormField};
use crate::ui::platform::dom;
use crate::ui::platform::files::{self, FileError};
use crate::ui::state::operation_form::{FieldValue, OperationForm};
use crate::ui::words::words;
use leptos::ev::Event;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// An input for a file. What is in it is read at once: the request shows it, and it may be gone later.
pub(super) fn file_control(form: OperationForm, path: FieldPath, field: &Field) -> impl IntoView + use<> {
    let frame = frame_of_field(form, Target::Field(path.clone()), field);
    let value = FieldValue::new(form, path, field);
    // The file that is being read, by its number: one that was chosen or removed later counts.
    let turn = StoredValue::new(0_usize);
    let refusal = RwSignal::new(None::<FileError>);
    let issue = frame.error;
    let error = Signal::derive(move || match refusal.get() {
        Some(FileError::TooLarge) => (words().file_too_large)(files::LIMIT),
        Some(FileError::Unreadable) => words().file_unreadable.to_owned(),
        None => issue.get(),
    });
    let frame = FieldFrame { error, ..frame };
    let choose = move |event: Event| {
        let Some(file) = files::chosen(&event) else { return };
        turn.update_value(|turn| *turn += 1);
        let own = turn.get_value();
        spawn_local(async move {
            let read = files::read(file).await;
            // The page was left, or something else was chosen meanwhile.
            if turn.try_get_value() != Some(own) {
                return;
            }
            refusal.set(read.as_ref().err().copied());
            value.set(read.map_or(Raw::Unset, Raw::File));
        });
    };
    let (id, label) = (frame.id.clone(), frame.label.clone());
    let remove = move |()| {
        turn.update_value(|turn| *turn += 1);
        refusal.set(None);
        value.set(Raw::Unset);
        files::clear(&id);
        dom::focus(&id);
    };
    let remove = Callback::new(remove);
    let shown = move || match value.raw() {
        Raw::File(file) => view! {
            <span><code class="breakable">{file.name}</code>", "{(words().size)(file.bytes.len())}</span>
            <RemoveButton name=label.clone() on_remove=remove/>
        }
        .into_any(),
        _ => ().into_any(),
    };
    let (described_by, invalid) = (frame.described_by(), frame.invalid());
    let FieldFrame { id, label, required, .. } = frame.clone();
    view! {
        <FormField frame=frame help=help(&field.schema)>
            <input
                id=id
                name=label
                type="file"
                aria-describedby=described_by
                aria-required=required.to_string()
                aria-invalid=invalid
                on:change=choose
                on:blur=move |_| value.check()
            />
            <div class="actions" role="status">{move || shown()}</div>
        </FormField>
    }
}
