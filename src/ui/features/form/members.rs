//! The members of an object that the description does not name: those that an example or the user brought.

use super::control::control;
use super::object::inside;
use super::remove_button::RemoveButton;
use crate::catalog::{Additional, Field};
use crate::form::{FieldPath, Target};
use crate::ui::components::text_field::is_enter_in_input;
use crate::ui::platform::dom;
use crate::ui::state::operation_form::{OperationForm, element_id};
use crate::ui::words::words;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// Their controls, and a way to add one where the description speaks of such members.
#[component]
pub(super) fn Members(
    form: OperationForm,
    /// The object's.
    path: FieldPath,
    /// The object.
    field: Field,
    /// The object's name on the screen.
    label: String,
) -> impl IntoView {
    let id = format!("{}--member", element_id(&Target::Field(path.clone())));
    let names = {
        let path = path.clone();
        Memo::new(move |_| form.draft.with(|draft| draft.members(&path).to_vec()))
    };
    let can_add = matches!(field.schema.additional, Additional::Of(_));
    let member = Field {
        name: String::new(),
        location: field.location,
        required: true,
        serialization: field.serialization,
        schema: field.schema.additional.schema().clone(),
    };
    let member = inside(&path, &field, &member);
    let rows = {
        let (path, id) = (path.clone(), id.clone());
        move || {
            let row = |name: String| {
                let (object, own, id) = (path.clone(), name.clone(), id.clone());
                let remove = move |()| {
                    form.issues.update(Vec::clear);
                    form.edit(|draft| draft.remove_member(&object, &own));
                    dom::focus(&id);
                };
                let child = path.child(&name);
                view! {
                    <li class="array-item">
                        {untrack(|| control(form, child.clone(), &Field { name, ..member.clone() }))}
                        <RemoveButton name=child.path on_remove=remove/>
                    </li>
                }
                .into_any()
            };
            names.get().into_iter().map(row).collect_view()
        }
    };
    view! {
        // Without a way to add one, the list takes the focus when one is removed.
        <ul class="array" id=(!can_add).then(|| id.clone()) tabindex="-1">{move || rows()}</ul>
        {can_add.then(|| view! { <NewMember form=form path=path field=field id=id label=label/> }.into_any())}
    }
}

/// The name of a new member, and the button that adds it.
#[component]
fn NewMember(
    form: OperationForm,
    /// The object's.
    path: FieldPath,
    /// The object.
    field: Field,
    /// The input's id.
    id: String,
    /// The object's name on the screen.
    label: String,
) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let complaint = RwSignal::new("");
    let input_id = StoredValue::new(id.clone());
    let add = Callback::new(move |()| {
        let own = name.get_untracked();
        let mut added = false;
        if own.is_empty() {
            complaint.set(words().member_unnamed);
        } else {
            form.edit(|draft| added = draft.add_member(&path, &own, &field.schema));
            complaint.set(if added { "" } else { words().member_exists });
        }
        let next = if added { element_id(&Target::Field(path.child(&own))) } else { input_id.get_value() };
        if added {
            name.set(String::new());
        }
        dom::next_frame(move || dom::focus(&next));
    });
    let typed = move |event| {
        name.set(event_target_value(&event));
        complaint.set("");
    };
    // Enter adds the member; the browser would send the form.
    let enter = move |event: KeyboardEvent| {
        if is_enter_in_input(&event) {
            event.prevent_default();
            add.run(());
        }
    };
    let error_id = format!("{id}-error");
    view! {
        <div class="field new-member">
            <label for=id.clone()>{format!("{label}: {}", words().member_name)}</label>
            <div class="control-row">
                <input
                    id=id
                    type="text"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    aria-describedby=error_id.clone()
                    aria-invalid=move || (!complaint.get().is_empty()).to_string()
                    prop:value=move || name.get()
                    on:input=typed
                    on:keydown=enter
                />
                <button type="button" class="button" on:click=move |_| add.run(())>{words().add_member}</button>
            </div>
            <p id=error_id class="field-error">{move || complaint.get()}</p>
        </div>
    }
}
