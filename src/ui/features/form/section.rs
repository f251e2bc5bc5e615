//! The parts of the form: those that the description names, and a group for every place in the request.

use super::control::control;
use super::object::{inside, object_content};
use crate::catalog::{Additional, BodyFormat, Field, FormPart, Kind, Location, Serialization, Style};
use crate::form::FieldPath;
use crate::ui::state::operation_form::OperationForm;
use crate::ui::words::words;
use leptos::prelude::*;

/// A part of the form with its title.
#[component]
pub(super) fn Section(title: &'static str, children: Children) -> impl IntoView {
    view! {
        <div class="section">
            <fieldset>
                <legend>{title}</legend>
                <div class="fields">{children()}</div>
            </fieldset>
        </div>
    }
}

fn section(title: &'static str, controls: Vec<AnyView>) -> Option<AnyView> {
    (!controls.is_empty()).then(|| view! { <Section title=title>{controls}</Section> }.into_any())
}

/// The fields that the description puts into a part.
pub(super) fn of_part(form: OperationForm, part: FormPart) -> Option<AnyView> {
    section(words().part_what, controls(form, part))
}

/// The same, folded: most people leave them as they are.
pub(super) fn more(form: OperationForm) -> Option<AnyView> {
    let controls = controls(form, FormPart::More);
    (!controls.is_empty()).then(|| {
        view! {
            <details class="section">
                <summary>{words().part_more}</summary>
                <div class="fields">{controls}</div>
            </details>
        }
        .into_any()
    })
}

/// Their controls.
pub(super) fn controls(form: OperationForm, part: FormPart) -> Vec<AnyView> {
    let operation = form.operation();
    let own = |field: &&Field| operation.part_of(field.location, &field.name) == Some(part);
    let body = body_field(form);
    let control = |field: &Field| match (field.location, &body) {
        (Location::Body, Some(body)) => {
            let path = FieldPath::body();
            control(form, path.child(&field.name), &inside(&path, body, field))
        }
        _ => control(form, FieldPath::of(field), field),
    };
    operation.fields().into_iter().filter(own).map(control).collect()
}

/// A group for every place in the request that has fields without a part.
pub(super) fn unplaced(form: OperationForm) -> Vec<AnyView> {
    let operation = form.operation();
    let groups =
        [(Location::Path, words().path), (Location::Query, words().query), (Location::Header, words().headers)];
    let group = |(location, title)| {
        let fields = operation.fields().into_iter().filter(|field| field.location == location);
        let fields = fields.filter(|field| operation.part_of(location, &field.name).is_none());
        section(title, fields.map(|field| control(form, FieldPath::of(field), field)).collect())
    };
    groups.into_iter().filter_map(group).chain(body(form)).collect()
}

/// The body as a field.
fn body_field(form: OperationForm) -> Option<Field> {
    let body = form.operation().body.clone()?;
    let mut serialization = Serialization::of(Location::Body);
    if body.format != BodyFormat::Json {
        // Only JSON can say `null`.
        serialization.style = Style::Form;
    }
    let name = String::from("body");
    Some(Field { name, location: Location::Body, required: body.required, serialization, schema: body.schema })
}

/// The body: its properties that stand in no other part, or the one control of what is no object.
fn body(form: OperationForm) -> Option<AnyView> {
    let mut field = body_field(form)?;
    let (operation, path) = (form.operation(), FieldPath::body());
    let can_grow = matches!(field.schema.additional, Additional::Of(_));
    let controls = match &mut field.schema.kind {
        Kind::Object(fields) => {
            fields.retain(|field| operation.part_of(Location::Body, &field.name).is_none());
            if fields.is_empty() && field.required && !can_grow {
                return None;
            }
            object_content(form, path, &field, &field.name)
        }
        _ => control(form, path, &field),
    };
    section(words().body, vec![controls])
}
