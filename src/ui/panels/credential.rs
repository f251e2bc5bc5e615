//! Below the inputs of a credential: until when it lasts, where to get one, what to keep, and how to be rid of it.

use super::context::ProfileView;
use super::expiry::{self, Urgency, urgency};
use super::fields::{Input, is_enter_in_input};
use super::grant::grant_form;
use super::vault_view::VaultState;
use super::{Key, Panels, clock};
use crate::catalog::Grant;
use crate::credentials::temporary_keys;
use crate::sign::SchemeKind;
use crate::ui::dom::{Child, El, el, live, value_of};
use crate::ui::host::Command;
use crate::ui::words::words;
use crate::ui::widgets::{Icon, button, details, with_icon};
use leptos::prelude::*;
use serde_json::{Map, Value, json};

/// All of it, for the profile that signs the operation.
pub(super) fn tools(panels: Panels, key: Key) -> AnyView {
    let provider = panels.operation(&key).map(|operation| operation.provider).unwrap_or_default();
    let profile = {
        let provider = provider.clone();
        move || panels.context.with(|context| context.chosen(&provider).cloned())
    };
    // Rebuilt for another profile or kind, and when a description arrives that may say where to get one; not for what is
    // being typed.
    let shape = {
        let profile = profile.clone();
        Memo::new(move |_| {
            let apis = panels.context.with(|context| context.apis);
            (apis, profile().map(|profile| (profile.id, profile.kind)).unwrap_or_default())
        })
    };
    let status = {
        let profile = profile.clone();
        move || profile().map(|profile| status(panels, &profile)).into()
    };
    let tools = live(move || {
        // Read, not tracked: a memo that nobody has read does not know what it depends on.
        shape.get();
        let profile = untrack(&profile);
        untrack(|| profile.map(|profile| tools_of(panels, &profile))).into()
    });
    // Enter in an input of the tools must not send the operation around them.
    let keep_enter = |event: web_sys::Event| {
        if is_enter_in_input(&event) {
            event.prevent_default();
        }
    };
    el("div").class("credential-tools").on("keydown", keep_enter).child(el("div").live(status)).child(tools).view()
}

/// Until when it lasts, whether another clock is followed, and whether everything was forgotten meanwhile.
fn status(panels: Panels, profile: &ProfileView) -> Child {
    let offset = panels.context.with(|context| context.offset);
    let locked = (panels.locked.get() && profile.held.is_empty()).then(|| {
        with_icon(
            el("p").class("notice").attr("data-tone", "unsure"),
            Icon::Unsure,
            (words().locked_after)(super::idle::minutes(panels)),
        )
    });
    let sealed = (panels.vault_state.get() == VaultState::Locked && profile.held.is_empty())
        .then(|| el("p").child(el("a").attr("href", "#/credentials").child(words().unlock_the_vault)));
    Child::many([expires(panels, profile), clock::applied(panels, offset), locked.into(), sealed.into()])
}

/// The end of a credential, counted down.
pub(super) fn expires(panels: Panels, profile: &ProfileView) -> Child {
    let Some(end) = profile.expires else { return Child::none() };
    let left = end - panels.now.get();
    let at = expiry::local(end);
    let (tone, icon, words) = match urgency(left) {
        Urgency::Later => ("good", Icon::Good, (words().ends_in)(&expiry::left(left), &at)),
        Urgency::Soon => ("unsure", Icon::Unsure, (words().ends_soon)(&expiry::left(left), &at)),
        Urgency::Over => ("bad", Icon::Bad, (words().has_ended)(&at)),
    };
    with_icon(el("p").class("notice").attr("data-tone", tone), icon, words).into()
}

fn tools_of(panels: Panels, profile: &ProfileView) -> Child {
    if !profile.is_own() {
        return keep(panels, profile).into();
    }
    let of_this_kind = |grant: &Grant| grant.scheme == profile.kind;
    let apis = panels.apis().into_iter().filter(|api| api.provider == profile.provider);
    let grants: Vec<Grant> = apis.flat_map(|api| api.grants().unwrap_or_default()).filter(of_this_kind).collect();
    let grants = grants.into_iter().map(|grant| getting(panels, profile, grant));
    let signs = SchemeKind::of_credential(&profile.kind).is_some_and(|kind| kind.traits().temporary_keys);
    Child::many([
        Child::many(grants),
        signs.then(|| temporary(panels, profile)).into(),
        keep(panels, profile).into(),
        forget(panels, profile).into(),
    ])
}

/// A button that opens the form of a grant.
fn getting(panels: Panels, profile: &ProfileView, grant: Grant) -> Child {
    let open = RwSignal::new(false);
    let (title, profile) = (grant.title.clone(), profile.clone());
    let id = profile.id;
    let renews = move || {
        panels.context.with(|context| context.profiles.iter().any(|other| other.id == id && other.expires.is_some()))
    };
    let words = move || if renews() { format!("{}: {title}", words().renew) } else { title.clone() };
    let opener = button("button")
        .live_bool("aria-expanded", move || open.get())
        .on("click", move |_| open.update(|open| *open = !*open))
        .child(el("span").live_text(words));
    let form = live(move || {
        let form = || {
            // As it is now: the memo may be newer than this view.
            let now =
                panels.context.with_untracked(|context| context.profiles.iter().find(|other| other.id == id).cloned());
            grant_form(panels, now.as_ref().unwrap_or(&profile), grant.clone(), move || open.set(false))
        };
        if open.get() { untrack(form).into() } else { Child::none() }
    });
    Child::many([Child::from(opener), form.into()])
}

/// Temporary keys: pasted whole, or only their end.
fn temporary(panels: Panels, profile: &ProfileView) -> El {
    let id = profile.id;
    let wrong = RwSignal::new(String::new());
    let pasted = move |event: web_sys::Event| {
        let text = zeroize::Zeroizing::new(value_of(&event));
        match temporary_keys(&text) {
            None => wrong.set(if text.trim().is_empty() { String::new() } else { words().not_temporary.to_owned() }),
            Some(keys) => {
                let values: Map<String, Value> =
                    keys.values.iter().map(|(label, text)| ((*label).to_owned(), Value::from(text.as_str()))).collect();
                let expires = keys.expires.as_deref().and_then(expiry::parse);
                panels.ask(Command::Profile, &json!({ "id": id, "values": values, "expires": expires }).to_string());
                panels.announce(words().temporary_taken);
                wrong.set(String::new());
                // What was pasted is in its inputs now.
                if let Some(area) = event.target() {
                    let _ = js_sys::Reflect::set(&area, &"value".into(), &"".into());
                }
            }
        }
    };
    let area = el("textarea")
        .attr("id", "temporary")
        .attr("rows", "2")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .attr("aria-describedby", "temporary-help temporary-error")
        .on("input", pasted);
    let paste = el("div")
        .class("field")
        .child(el("label").attr("for", "temporary").child(words().temporary_paste))
        .child(area)
        .child(el("p").attr("id", "temporary-error").class("field-error").live_text(move || wrong.get()))
        .child(el("p").attr("id", "temporary-help").class("field-help").child(words().temporary_help));
    let ends = Input::new("", false);
    let unread = RwSignal::new(String::new());
    let set_end = move |_| {
        let end = expiry::parse(&ends.value.get_untracked());
        unread.set(if end.is_none() { words().not_a_time.to_owned() } else { String::new() });
        if end.is_some() {
            panels.ask(Command::Profile, &json!({ "id": id, "expires": end }).to_string());
        }
    };
    let set_end = button("button").on("click", set_end).child(words().set_end);
    let end = Child::many([
        ends.field("temporary-end", words().temporary_end, false, words().temporary_end_help),
        el("p").class("field-error").live_text(move || unread.get()),
        el("div").class("actions").child(set_end),
    ]);
    details(words().temporary, el("div").class("nested").child(paste).child(end))
}

/// A name for the profile, its region, and whether this browser keeps the public half.
fn keep(panels: Panels, profile: &ProfileView) -> El {
    let id = profile.id;
    let name = Input::new(profile.name.as_str(), false);
    let region = Input::new(profile.region.as_str(), false);
    if profile.region.is_empty() {
        // The form's region is offered, whatever becomes of it, until another one is typed.
        let offered = Memo::new(move |_| panels.context.with(|context| context.region.clone()));
        Effect::new(move |before: Option<String>| {
            let offered = offered.get();
            if region.value.with_untracked(|typed| before.is_none_or(|before| before == *typed)) {
                region.value.set(offered.clone());
            }
            offered
        });
    }
    let remembered = RwSignal::new(profile.remembered);
    let taken = RwSignal::new(String::new());
    let provider = profile.provider.clone();
    let save = move |_| {
        let wanted = name.value.get_untracked();
        let wanted = wanted.trim();
        let twin = panels.context.with_untracked(|context| {
            let same = |other: &&ProfileView| other.id != id && other.provider == provider && other.name == wanted;
            !wanted.is_empty() && context.profiles.iter().any(|other| same(&other))
        });
        taken.set(if twin { words().name_taken.to_owned() } else { String::new() });
        if twin {
            return;
        }
        let kept = json!({
            "id": id,
            "name": wanted,
            "region": region.value.get_untracked().trim(),
            "remembered": remembered.get_untracked(),
        });
        panels.ask(Command::Profile, &kept.to_string());
        panels.announce(words().profile_saved);
    };
    let another = {
        let new = json!({ "provider": profile.provider, "kind": profile.kind, "chosen": true }).to_string();
        move |_| drop(panels.ask(Command::Profile, &new))
    };
    let switch = el("input")
        .attr("type", "checkbox")
        .live_switch("checked", move || remembered.get())
        .on("change", move |event| remembered.set(event_target_checked(&event)));
    let form = el("div")
        .class("nested")
        .child(name.field("profile-name", words().profile_name, false, words().profile_name_help))
        .child(el("p").class("field-error").attr("role", "status").live_text(move || taken.get()))
        .child(region.field("profile-region", words().region, false, words().profile_region_help))
        .child(el("label").class("check").child(switch).child(words().remember))
        .child(el("p").class("field-help").child(words().remember_help))
        .child(
            el("div")
                .class("actions")
                .child(button("button").on("click", save).child(words().save_profile))
                .child(button("button").on("click", another).child(words().new_profile)),
        );
    details(words().profile, form)
}

/// The way to be rid of it, and to all the others.
fn forget(panels: Panels, profile: &ProfileView) -> El {
    let id = profile.id;
    let forget = move |_| {
        panels.ask(Command::Forget, &id.to_string());
        panels.announce(words().forgotten);
    };
    el("div")
        .class("actions")
        .child(button("button").on("click", forget).child(words().forget))
        .child(el("a").attr("href", "#/credentials").child(words().all_credentials))
}
