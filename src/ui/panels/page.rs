//! The page of all credentials: the profiles, the idle lock, the clock.

use super::context::ProfileView;
use super::credential::expires;
use super::fields::Input;
use super::{Panels, idle, settings, vault_view};
use crate::ui::dom::{Child, El, el, live};
use crate::ui::host::Command;
use crate::ui::words::words;
use crate::ui::widgets::{button, code};
use leptos::prelude::*;
use serde_json::json;

/// Everything below the page's heading.
pub(super) fn credentials(panels: Panels) -> AnyView {
    let section = |title: &str| el("section").class("group").child(el("h2").child(title));
    Child::many([
        section(words().profiles).child(live(move || profiles(panels))),
        section(words().idle_lock).child(panels.when_configured(move || idle_lock(panels))),
        section(words().vault).child(vault_view::vault(panels)),
        section(words().clock).child(live(move || clocks(panels).into())),
    ])
    .view()
}

fn profiles(panels: Panels) -> Child {
    let profiles = panels.context.with(|context| context.profiles.clone());
    if profiles.is_empty() {
        return el("p").child(words().no_profiles).into();
    }
    let forget_all = move |_| {
        panels.lock();
        panels.announce(words().forgotten);
    };
    let any = profiles.iter().any(|profile| !profile.held.is_empty());
    let list = el("ul").class("profiles").child(Child::many(profiles.iter().map(|profile| row(panels, profile))));
    let forget_all = any.then(|| button("button").on("click", forget_all).child(words().forget_all));
    Child::many([Child::from(list), forget_all.into()])
}

fn row(panels: Panels, profile: &ProfileView) -> El {
    let id = profile.id;
    let title = profile.title();
    let public = profile
        .public
        .iter()
        .flat_map(|(label, value)| [el("dt").child(label.as_str()), el("dd").child(code(value.as_str()))]);
    let held = if profile.held.is_empty() { words().nothing_held.to_owned() } else { profile.held.join(", ") };
    let region = (!profile.region.is_empty())
        .then(|| Child::many([el("dt").child(words().region), el("dd").child(profile.region.as_str())]));
    let facts = el("dl")
        .class("facts")
        .child(el("dt").child(words().kind))
        .child(el("dd").child((words().kind_words)(&profile.kind)))
        .child(region)
        .child(Child::many(public))
        .child(el("dt").child(words().in_memory))
        .child(el("dd").child(held));
    let act = move |command: Command, words: &'static str| {
        move |_| {
            panels.ask(command, &id.to_string());
            panels.announce(words);
        }
    };
    let choose = move |_| drop(panels.ask(Command::Profile, &json!({ "id": id, "chosen": true }).to_string()));
    let named = |element: El, words: &str| element.attr("aria-label", format!("{words} {title}")).child(words);
    let chosen = if profile.chosen {
        el("span").class("muted").child(words().chosen)
    } else {
        named(button("button").on("click", choose), words().choose_profile)
    };
    let end = expires(panels, profile);
    el("li")
        .class("profile")
        .child(
            el("h3").child(title.as_str()).child(" ").child(el("span").class("muted").child(profile.provider.as_str())),
        )
        .child(facts)
        .child(end)
        .child(
            el("div")
                .class("actions")
                .child(chosen)
                .child(named(button("button").on("click", act(Command::Forget, words().forgotten)), words().forget))
                .child(named(button("button").on("click", act(Command::Remove, words().removed)), words().remove_profile)),
        )
}

fn idle_lock(panels: Panels) -> Child {
    let minutes = idle::minutes(panels);
    if panels.config().is_locked("idleMinutes") {
        return settings::locked(words().idle_minutes, minutes);
    }
    let minutes = Input::new(minutes.to_string(), false);
    let wrong = RwSignal::new(String::new());
    let field = minutes.field("idle-minutes", words().idle_minutes, false, words().idle_help);
    let change = move |_| {
        let good = minutes.value.with_untracked(|text| idle::set_minutes(text));
        wrong.set(if good { String::new() } else { words().idle_wrong.to_owned() });
    };
    Child::many([field.on("input", change), el("p").class("field-error").live_text(move || wrong.get())])
}

fn clocks(panels: Panels) -> El {
    el("p").child(match panels.skew.get() {
        None => words().no_skew.to_owned(),
        Some(skew) if skew.abs() < 5 => words().clocks_agree.to_owned(),
        Some(skew) => format!("{} {}", (words().explain.clock_off)(skew), words().clock_help),
    })
}
