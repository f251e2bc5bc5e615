//! Asking the provider for the values of a field.

use super::lockout::Refusal;
use super::{Key, Panels};
use crate::catalog::Lookup;
use crate::ui::dom::{Child, el, live};
use crate::ui::host::Command;
use crate::ui::words::words;
use crate::ui::widgets::{button, code};
use leptos::prelude::*;
use serde_json::{Map, Value, json};
use wasm_bindgen_futures::spawn_local;

/// What the provider said.
#[derive(Clone)]
enum Found {
    Nothing,
    Asking,
    Choices(Vec<(String, String)>),
    Failed(Refusal),
}

/// The button beside a field, and what it finds.
pub(super) fn lookup(panels: Panels, key: Key, name: String) -> AnyView {
    let found = RwSignal::new(Found::Nothing);
    let ask = {
        let (key, name) = (key.clone(), name.clone());
        move |_| {
            let (key, name) = (key.clone(), name.clone());
            found.set(Found::Asking);
            spawn_local(async move {
                let result = panels.look_up(&key, &name).await;
                if let Ok(choices) = &result
                    && let [(value, _)] = choices.as_slice()
                {
                    panels.fill(&key, &name, value);
                }
                found.try_set(result.map_or_else(Found::Failed, Found::Choices));
            });
        }
    };
    let shown = {
        let (key, name) = (key.clone(), name.clone());
        move || match found.get() {
            Found::Nothing => Child::none(),
            Found::Asking => el("p").class("progress").child(words().asking).into(),
            Found::Failed(refusal) => panels.refused(&refusal),
            Found::Choices(choices) if choices.is_empty() => el("p").child(words().nothing_looked_up).into(),
            Found::Choices(choices) => {
                let choice = |(value, label): &(String, String)| {
                    let (key, name, chosen) = (key.clone(), name.clone(), value.clone());
                    let take = move |_| panels.fill(&key, &name, &chosen);
                    el("li").child(
                        button("button quiet choice")
                            .on("click", take)
                            .child(label.as_str())
                            .child(" ")
                            .child(code(value.as_str())),
                    )
                };
                el("ul").class("choices").child(Child::many(choices.iter().map(choice))).into()
            }
        }
    };
    let words = format!("{} {name}", words().look_up);
    // The descriptions come one by one, and a deployment may not offer the call that looks.
    let offered = Memo::new(move |_| {
        panels.context.with(|context| context.apis);
        panels.lookup_of(&key, &name).is_some_and(|lookup| panels.operation(&lookup.operation).is_some())
    });
    let button = move || offered.get().then(|| button("button").on("click", ask.clone()).child(words.clone())).into();
    Child::many([live(button).into(), Child::from(el("div").attr("role", "status").live(shown))]).view()
}

impl Panels {
    /// Where the values of a field can be asked for.
    fn lookup_of(self, key: &Key, name: &str) -> Option<Lookup> {
        let operation = self.operation(key)?;
        let field = operation.fields().into_iter().find(|field| field.name == name).cloned();
        Lookup::read(&field?.schema.lookup?).ok()
    }

    /// Values and labels, as the provider lists them for the region of the form.
    async fn look_up(self, key: &Key, name: &str) -> Result<Vec<(String, String)>, Refusal> {
        let unknown = || (words().explain.not_complete)(Vec::new());
        let lookup = self.lookup_of(key, name).ok_or_else(unknown)?;
        let region = self.context.with_untracked(|context| context.region.clone());
        let values: Map<String, Value> = lookup.values_in(&region).into_iter().collect();
        let (api, id) = &lookup.operation;
        let called = self.call(&json!({ "api": api, "id": id, "region": region, "values": values })).await?;
        Ok(lookup.choices(&called.body))
    }

    /// Puts a value into a field of the form.
    fn fill(self, (api, id): &Key, name: &str, value: &str) {
        self.ask(Command::Fill, &json!({ "api": api, "id": id, "name": name, "value": value }).to_string());
        self.announce(&format!("{name} {value}"));
    }
}
