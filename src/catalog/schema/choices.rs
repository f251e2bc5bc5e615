//! Values to choose from: `enum`, `const`, and the annotated form, alternatives that are constants with titles.

use super::view::View;
use crate::catalog::model::Choice;
use crate::catalog::node::Node;
use serde_json::Value;

/// The values that every part of the schema allows. `None`: any.
pub(super) fn choices(view: &View<'_>) -> Option<Vec<Choice>> {
    let mut listed: Option<Vec<Choice>> = None;
    let constants = view.all("const").into_iter().map(|node| vec![plain(node.value)]);
    let enums = view.all("enum").into_iter().filter_map(|node| {
        let values = node.usable(node.as_array())?;
        (!values.is_empty()).then(|| values.iter().map(plain).collect())
    });
    for choices in constants.chain(enums).chain(annotated(view)) {
        listed = Some(match listed {
            None => choices,
            // Both must hold. Where nothing does, the document contradicts itself: its nearest part counts.
            Some(before) => {
                let both: Vec<Choice> =
                    before.iter().filter(|own| choices.iter().any(|c| c.value == own.value)).cloned().collect();
                if both.is_empty() { before } else { both }
            }
        });
    }
    let mut listed = listed?;
    listed.retain(|choice| !choice.value.is_null());
    Some(listed)
}

fn plain(value: &Value) -> Choice {
    Choice { value: value.clone(), label: None }
}

/// Alternatives of which each is a list of values.
fn annotated(view: &View<'_>) -> Option<Vec<Choice>> {
    let alternatives = view.alternatives()?;
    let lists: Option<Vec<Vec<Choice>>> = alternatives.iter().map(of_alternative).collect();
    lists.map(|lists| lists.concat()).filter(|choices| choices.iter().any(|choice| !choice.value.is_null()))
}

fn of_alternative(node: &Node<'_>) -> Option<Vec<Choice>> {
    if is_null(node) {
        return Some(Vec::new());
    }
    if let Some(value) = node.raw("const") {
        let text = |key| node.raw(key).and_then(Value::as_str).map(str::to_owned);
        return Some(vec![Choice { value: value.clone(), label: text("title").or_else(|| text("description")) }]);
    }
    Some(node.raw("enum")?.as_array()?.iter().map(plain).collect())
}

/// Whether a schema allows `null` and nothing else.
pub(super) fn is_null(node: &Node<'_>) -> bool {
    let of_type = node.raw("type").is_some_and(|kind| kind == "null" || *kind == serde_json::json!(["null"]));
    let only = node.raw("enum").is_some_and(|list| *list == serde_json::json!([null]));
    of_type || only || node.raw("const").is_some_and(Value::is_null)
}
