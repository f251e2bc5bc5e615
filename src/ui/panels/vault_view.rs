//! The vault on the page of all credentials: what it is, and the way in and out.

use super::fields::Input;
use super::{Panels, vault};
use crate::credentials::vault::{LEAST_PASSPHRASE, VaultError};
use crate::ui::dom::{Child, El, el, live};
use crate::ui::host::Command;
use crate::ui::words::{Message, words};
use crate::ui::widgets::{button, explained};
use leptos::prelude::*;
use serde_json::Value;
use std::pin::Pin;
use wasm_bindgen_futures::spawn_local;
use zeroize::Zeroizing;

/// Where the vault stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum VaultState {
    /// Not looked yet.
    Unknown,
    Absent,
    Locked,
    Open,
}

/// Handles to what the section shows.
#[derive(Clone, Copy)]
struct View {
    panels: Panels,
    told: RwSignal<Option<Message>>,
    busy: RwSignal<bool>,
}

type Step = Pin<Box<dyn Future<Output = Result<&'static str, VaultError>>>>;

impl View {
    /// Runs a step and tells how it went.
    fn run(self, step: Step) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.told.set(None);
        spawn_local(async move {
            let result = step.await;
            self.busy.try_set(false);
            match result {
                Ok(words) => self.panels.announce(words),
                Err(error) => {
                    let message = (words().explain.vault_error)(&error);
                    self.panels.announce(&message.title);
                    self.told.try_set(Some(message));
                }
            }
        });
    }
}

/// The section.
pub(super) fn vault(panels: Panels) -> Child {
    let view = View { panels, told: RwSignal::new(None), busy: RwSignal::new(false) };
    let content = live(move || {
        let state = panels.vault_state.get();
        untrack(|| match state {
            VaultState::Unknown => el("p").class("progress").child(words().asking).into(),
            VaultState::Absent => absent(view),
            VaultState::Locked => locked(view),
            VaultState::Open => open(view),
        })
    });
    let told = live(move || view.told.with(|told| told.as_ref().map(explained)).into());
    let progress = move || if view.busy.get() { words().vault_working.to_owned() } else { String::new() };
    Child::many([
        el("p").child(words().vault_lead).into(),
        Child::from(content),
        told.into(),
        el("p").class("progress").attr("role", "status").live_text(progress).into(),
    ])
}

/// A form of its own, so that Enter does what the button does.
fn form(submit: impl FnMut(web_sys::Event) + 'static) -> El {
    el("form").class("vault").attr("aria-label", words().vault).flag("novalidate").on("submit", submit)
}

fn absent(view: View) -> Child {
    let (passphrase, again) = (Input::new("", true), Input::new("", true));
    let make = move |event: web_sys::Event| {
        event.prevent_default();
        let (passphrase, again) = (Zeroizing::new(passphrase.take()), Zeroizing::new(again.take()));
        if *passphrase != *again {
            return view.told.set(Some((words().explain.passphrases_differ)()));
        }
        view.run(Box::pin(async move {
            let unlocked = vault::seal(&passphrase, &view.panels.everything()).await?;
            view.panels.opened(Some(unlocked));
            Ok(words().vault_made)
        }));
    };
    let make_it = el("button").attr("type", "submit").class("button").child(words().vault_make);
    form(make)
        .child(passphrase.field("vault-passphrase", words().passphrase, true, &(words().explain.passphrase_rule)(LEAST_PASSPHRASE)))
        .child(again.field("vault-again", words().passphrase_again, true, ""))
        .child(el("div").class("actions").child(make_it))
        .into()
}

fn locked(view: View) -> Child {
    let passphrase = Input::new("", true);
    let unlock = move |event: web_sys::Event| {
        event.prevent_default();
        let passphrase = Zeroizing::new(passphrase.take());
        view.run(Box::pin(async move {
            let (unlocked, secrets) = vault::open(&passphrase).await?;
            if let Some(with_ids) = view.panels.restore(&secrets) {
                // The secrets are there, whether it can be stored or not; saving says so if it still cannot.
                let _ = unlocked.save(&with_ids).await;
            }
            view.panels.opened(Some(unlocked));
            Ok(words().vault_opened)
        }));
    };
    let unlock_it = el("button").attr("type", "submit").class("button").child(words().vault_unlock);
    form(unlock)
        .child(passphrase.field("vault-passphrase", words().passphrase, true, words().vault_locked))
        .child(el("div").class("actions").child(unlock_it).child(erase(view)))
        .into()
}

fn open(view: View) -> Child {
    let save = move |_| {
        view.run(Box::pin(async move {
            let Some(unlocked) = view.panels.vault_key.get_value() else { return Err(VaultError::Absent) };
            unlocked.save(&view.panels.everything()).await?;
            Ok(words().vault_saved)
        }));
    };
    let lock = move |_| {
        view.panels.lock();
        view.panels.announce(words().forgotten);
    };
    Child::many([
        el("p").child(words().vault_is_open),
        el("div")
            .class("actions")
            .child(button("button").on("click", save).child(words().vault_save))
            .child(button("button").on("click", lock).child(words().vault_lock))
            .child(erase(view)),
    ])
}

/// Erasing asks once more: there is no way back.
fn erase(view: View) -> El {
    let sure = RwSignal::new(false);
    let press = move |_| {
        if !sure.get_untracked() {
            return sure.set(true);
        }
        view.run(Box::pin(async move {
            vault::erase().await?;
            view.panels.opened(None);
            view.panels.vault_state.set(VaultState::Absent);
            Ok(words().vault_erased)
        }));
    };
    let words = move || if sure.get() { words().vault_erase_sure } else { words().vault_erase }.to_owned();
    button("button").on("click", press).child(el("span").live_text(words))
}

impl Panels {
    /// Finds out whether this browser has a vault.
    pub(super) fn look_for_vault(self) {
        spawn_local(async move {
            self.vault_state.set(if vault::exists().await { VaultState::Locked } else { VaultState::Absent });
        });
    }

    /// The key of an opened vault, or none: it is locked then.
    fn opened(self, key: Option<vault::Unlocked>) {
        self.vault_state.set(if key.is_some() { VaultState::Open } else { VaultState::Locked });
        self.vault_key.set_value(key.map(std::rc::Rc::new));
    }

    /// Forgets all secrets, and the key of an opened vault.
    pub(super) fn lock(self) {
        self.ask(Command::Forget, "");
        if self.vault_state.get_untracked() == VaultState::Open {
            self.opened(None);
        }
    }

    /// All profiles with their secrets, for sealing.
    fn everything(self) -> Zeroizing<String> {
        let profiles = self.context.with_untracked(|context| context.profiles.clone());
        let whole = profiles.iter().map(|profile| {
            let mut whole = profile.raw().clone();
            let secrets = self.ask(Command::Secrets, &profile.id.to_string()).map(Zeroizing::new);
            let secrets = secrets.and_then(|text| serde_json::from_str::<Value>(&text).ok()).unwrap_or_default();
            if let Some(members) = whole.as_object_mut() {
                members.insert(String::from("values"), secrets);
            }
            whole
        });
        Zeroizing::new(Value::Array(whole.collect()).to_string())
    }

    /// Puts back what the vault held. A vault from before there were ids is given back with them, to be sealed again:
    /// only so does the next unlocking find the same profiles.
    fn restore(self, sealed: &str) -> Option<Zeroizing<String>> {
        self.ask(Command::Restore, sealed).map(Zeroizing::new)
    }
}
