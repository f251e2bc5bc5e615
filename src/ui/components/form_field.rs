//! The frame of a control: its label, what is wrong with its value, and help behind a mark.

use crate::ui::words::words;
use leptos::prelude::*;

/// What ties a control to its label, help and error.
#[derive(Clone)]
pub(crate) struct FieldFrame {
    /// The control's id; the others are made from it.
    pub(crate) id: String,
    /// The control's `name`, and the beginning of its label.
    pub(crate) label: String,
    /// Its name for people; empty: it has none. The same as the label: the label is for people already.
    pub(crate) title: String,
    /// Whether a value must be given.
    pub(crate) required: bool,
    /// The type in the words of JSON Schema.
    pub(crate) kind: &'static str,
    /// What is wrong; empty for nothing.
    pub(crate) error: Signal<String>,
    /// What is odd, and sent all the same; empty for nothing. `None`: nothing ever is.
    pub(crate) warning: Option<Signal<String>>,
}

impl FieldFrame {
    /// The frame of a control that no API has a name for.
    pub(crate) fn plain(id: &str, label: &str) -> Self {
        let (label, title) = (label.to_owned(), label.to_owned());
        Self {
            id: id.to_owned(),
            label,
            title,
            required: false,
            kind: "",
            error: Signal::stored(String::new()),
            warning: None,
        }
    }

    /// The id of another element of the field: it ends in these words.
    pub(crate) fn part(&self, name: &str) -> String {
        format!("{}--{name}", self.id)
    }

    /// `name` of the control.
    pub(crate) fn name(&self) -> Option<String> {
        (self.title != self.label).then(|| self.label.clone())
    }

    /// `aria-describedby` of the control.
    pub(crate) fn described_by(&self) -> String {
        let warning = self.warning.map(|_| self.part("warning")).unwrap_or_default();
        format!("{0}-error {warning} {0}-help", self.id)
    }

    /// `aria-invalid` of the control.
    pub(crate) fn invalid(&self) -> impl Fn() -> String + Send + Sync + Copy + use<> {
        let error = self.error;
        move || (!error.with(String::is_empty)).to_string()
    }

    /// The API's name, the name for people, and the mark of what must be given.
    fn words(&self) -> AnyView {
        let is_plain = self.title == self.label;
        let name = (!is_plain).then(|| view! { <code class="field-name">{self.label.clone()}</code>" " }.into_any());
        let title = (!self.title.is_empty()).then(|| view! { <span>{self.title.clone()}</span> }.into_any());
        let mark =
            self.required.then(|| view! { <span class="required" title=words().required>" *"</span> }.into_any());
        view! { {name}{title}{mark} }.into_any()
    }

    fn help(&self, help: &ViewFn) -> AnyView {
        let kind = if self.required { self.kind.to_owned() } else { format!("{}, {}", self.kind, words().optional) };
        let kind = (!self.kind.is_empty()).then(|| view! { <p class="type">{kind}</p> }.into_any());
        view! {
            <details class="help">
                <summary aria-label=format!("{} {}", words().help, self.label)>"?"</summary>
                <div id=format!("{}-help", self.id) class="field-help">{help.run()}{kind}</div>
            </details>
        }
        .into_any()
    }

    fn complaint(&self) -> AnyView {
        let error = self.error;
        let warning = self.warning.map(|warning| {
            view! { <p id=self.part("warning") class="field-warning" role="status">{move || warning.get()}</p> }
                .into_any()
        });
        view! {
            <p id=format!("{}-error", self.id) class="field-error">{move || error.get()}</p>
            {warning}
        }
        .into_any()
    }
}

/// Label, control, error and help, in this order.
#[component]
pub(crate) fn FormField(
    /// Its label, and what is wrong.
    frame: FieldFrame,
    /// What the field is for.
    #[prop(into)]
    help: ViewFn,
    /// The control.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="field">
            <label for=frame.id.clone()>{frame.words()}</label>
            {children()}
            {frame.complaint()}
            {frame.help(&help)}
        </div>
    }
}

/// The same around buttons of which one is chosen.
#[component]
pub(crate) fn ChoiceField(
    /// Its label, and what is wrong.
    frame: FieldFrame,
    /// What the field is for.
    #[prop(into)]
    help: ViewFn,
    /// The buttons.
    children: Children,
) -> impl IntoView {
    view! {
        <div
            class="field"
            role="radiogroup"
            aria-labelledby=frame.part("label")
            aria-describedby=frame.described_by()
            aria-required=frame.required.to_string()
            aria-invalid=frame.invalid()
        >
            <span id=frame.part("label") class="label">{frame.words()}</span>
            {children()}
            {frame.complaint()}
            {frame.help(&help)}
        </div>
    }
}

/// Title, help, error and controls of a group of fields.
#[component]
pub(crate) fn FormFieldGroup(
    /// Its title, and what is wrong.
    frame: FieldFrame,
    /// What the group is for.
    #[prop(into)]
    help: ViewFn,
    /// The controls.
    children: Children,
) -> impl IntoView {
    view! {
        <fieldset class="nested field" id=frame.id.clone() tabindex="-1" aria-describedby=frame.described_by()>
            <legend>{frame.words()}</legend>
            <div class="fields">
                {frame.complaint()}
                {children()}
            </div>
            {frame.help(&help)}
        </fieldset>
    }
}
