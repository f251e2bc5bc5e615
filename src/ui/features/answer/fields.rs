//! The documented fields of an answer beside what they mean.

use crate::catalog::MASK;
use crate::outcome::AnswerField;
use crate::ui::components::copy_button::CopyButton;
use crate::ui::words::words;
use leptos::prelude::*;

/// What the answer says; nothing where nothing is documented.
#[component]
pub(super) fn AnswerFields(fields: Vec<AnswerField>) -> impl IntoView {
    (!fields.is_empty()).then(|| {
        view! {
            <h3>{words().what_it_means}</h3>
            <dl class="facts">{fields.into_iter().map(|field| view! { <Row field=field/> }.into_any()).collect_view()}</dl>
        }.into_any()
    })
}

#[component]
fn Row(field: AnswerField) -> impl IntoView {
    let AnswerField { name, value, description, meaning } = field;
    view! {
        <dt><code>{name.clone()}</code></dt>
        <dd>
            <span class="value-line">
                <code class="breakable">{value.clone()}</code>
                // Of a masked value there is nothing to copy.
                {(value != MASK).then(|| view! { <CopyButton text=value what=name/> }.into_any())}
            </span>
            {meaning.map(|meaning| view! { <p><strong>{meaning}</strong></p> }.into_any())}
            {(!description.is_empty()).then(|| view! { <p class="muted">{description}</p> }.into_any())}
        </dd>
    }
}
