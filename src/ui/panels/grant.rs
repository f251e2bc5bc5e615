//! Getting a credential from the provider: the short path of an operation with `x-grants`.

use super::Panels;
use super::context::ProfileView;
use super::expiry;
use super::fields::{Input, id_of, is_enter_in_input};
use super::lockout::Refusal;
use crate::catalog::{Grant, Operation};
use crate::form::Broken;
use crate::credentials::ProfileId;
use crate::transport::Reply;
use crate::ui::dom::{Child, El, el, live};
use crate::ui::host::Command;
use crate::ui::words::words;
use crate::ui::widgets::button;
use leptos::prelude::*;
use serde_json::{Map, Value, json};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

/// The form of a grant. `done` is called when the credential is there.
pub(super) fn grant_form(panels: Panels, profile: &ProfileView, grant: Grant, done: impl Fn() + Copy + 'static) -> El {
    let region = panels.context.with_untracked(|context| context.region.clone());
    let before = |name: &str| profile.memo.get("inputs")?.get(name)?.as_str().map(str::to_owned);
    let inputs: Vec<(String, bool, Input)> = grant
        .inputs
        .iter()
        .map(|input| {
            let begins = before(&input.name).unwrap_or_else(|| input.default_in(&region));
            (
                input.name.clone(),
                input.secret,
                Input::new(if input.secret { String::new() } else { begins }, input.secret),
            )
        })
        .collect();
    let told = RwSignal::new(None::<Refusal>);
    let asking = RwSignal::new(false);
    let fields = grant.inputs.iter().zip(&inputs).map(|(input, (_, _, typed))| {
        typed.field(&id_of("grant", &input.label), &input.label, !input.optional, &input.help)
    });
    let fields = Child::many(fields);
    let id = profile.id;
    let submit = {
        let grant = grant.clone();
        move || {
            if asking.get_untracked() {
                return;
            }
            let typed: Vec<(String, String)> =
                inputs.iter().map(|(name, _, input)| (name.clone(), input.value.get_untracked())).collect();
            let values = match grant.request_values(&typed, &region) {
                Ok(values) => values.into_iter().collect::<Map<String, Value>>(),
                Err(missing) => {
                    let explain = words().explain;
                    let missing = missing.iter().map(|label| (explain.violation)(label, &Broken::Required));
                    return told.set(Some((explain.not_complete)(missing.collect()).into()));
                }
            };
            // A password is needed once: from here on only the request has it.
            let public: Map<String, Value> = inputs
                .iter()
                .filter_map(|(name, secret, input)| {
                    let text = input.take();
                    (!secret).then(|| (name.clone(), Value::from(text)))
                })
                .collect();
            let wanted = json!({ "api": grant.api, "id": grant.operation, "region": region, "values": values });
            told.set(None);
            asking.set(true);
            spawn_local(async move {
                let result = panels.call(&wanted).await;
                asking.try_set(false);
                match result {
                    Ok(called) => {
                        panels.keep_memo(id, &public);
                        panels.announce(&(words().explain.granted)(&called.granted.unwrap_or_default()));
                        done();
                    }
                    Err(refusal) => {
                        panels.announce(&refusal.message.title);
                        told.try_set(Some(refusal));
                    }
                }
            });
        }
    };
    // It stands inside the operation's form, so it cannot be one: Enter is taken care of by hand.
    let submit = Rc::new(submit);
    let ask = {
        let submit = submit.clone();
        button("button").live_bool("aria-disabled", move || asking.get()).on("click", move |_| submit())
    };
    let progress = move || if asking.get() { words().asking.to_owned() } else { String::new() };
    el("div")
        .class("grant nested")
        .attr("role", "group")
        .attr("aria-label", &grant.title)
        .on("keydown", move |event| {
            if is_enter_in_input(&event) {
                submit();
            }
        })
        .child(fields)
        .child(live(move || told.with(|told| told.as_ref().map(|refusal| panels.refused(refusal))).into()))
        .child(
            el("div")
                .class("actions")
                .child(ask.child(words().get_it))
                .child(button("button quiet").on("click", move |_| done()).child(words().close))
                .child(el("span").class("progress").live_text(progress)),
        )
}

impl Panels {
    /// Keeps the credential that an answer gives, for a profile. Gives the profile's title. `None`: it gives none.
    pub(super) fn keep_granted(self, operation: &Operation, profile: ProfileId, reply: &Reply) -> Option<String> {
        let grants = self.api(&operation.api)?.grants().ok()?;
        let grant = grants.into_iter().find(|grant| grant.operation == operation.id)?;
        let body = serde_json::from_slice(&reply.body).unwrap_or_default();
        let granted = grant.given(&reply.headers, &body)?;
        let values: Map<String, Value> =
            granted.values.iter().map(|(label, text)| (label.clone(), Value::from(text.as_str()))).collect();
        let expires = granted.expires.as_deref().and_then(expiry::parse);
        let kept = json!({
            "id": profile,
            "provider": operation.provider,
            "kind": grant.scheme,
            "values": values,
            "expires": expires,
            "chosen": true,
        });
        let id: ProfileId = self.ask(Command::Profile, &kept.to_string())?.parse().ok()?;
        // Not its title: what is known of the profile here may be older than its kind.
        let name = self.context.with_untracked(|context| {
            context.profiles.iter().find(|profile| profile.id == id).map(|profile| profile.name.clone())
        });
        Some(name.filter(|name| !name.is_empty()).unwrap_or_else(|| (words().kind_words)(&grant.scheme).to_owned()))
    }

    /// Remembers who asked, so that asking again takes a password only.
    fn keep_memo(self, profile: ProfileId, inputs: &Map<String, Value>) {
        let memo = json!({ "inputs": inputs }).to_string();
        self.ask(Command::Profile, &json!({ "id": profile, "memo": memo }).to_string());
    }
}
