//! The page of settings: appearance, time limit, and the connections that the deployment offers.

use super::Panels;
use crate::config::{Config, ConfigSource, Setting};
use crate::proxy::{ConnectionKind, Scope};
use crate::ui::dom::{Child, El, el, live, value_of};
use crate::ui::host::Command;
use crate::ui::route::Route;
use crate::ui::widgets::{Theme, code};
use crate::ui::browser;
use crate::ui::words::words;
use leptos::prelude::*;
use std::sync::Arc;

const TIME_LIMIT: &str = "time-limit";

impl Panels {
    /// The configuration, as far as the first program has it by now.
    pub(super) fn config(self) -> Arc<Config> {
        if let Some(known) = self.config.get_value() {
            return known;
        }
        let Some(source) = self.config_source() else { return Arc::new(Config::default()) };
        let config = Arc::new(Config::read(&source).0);
        self.config.set_value(Some(config.clone()));
        config
    }

    /// The file, once the first program has it.
    pub(super) fn config_source(self) -> Option<ConfigSource> {
        serde_json::from_str(&self.ask(Command::Config, "")?).ok()
    }

    /// Seconds to wait for an answer. What the browser remembers never wins over a locked value.
    pub(super) fn time_limit(self) -> u64 {
        let config = self.config();
        let remembered = browser::remembered(TIME_LIMIT).and_then(|text| seconds(&text));
        remembered.filter(|_| !config.is_locked(Setting::TimeLimit)).unwrap_or(config.time_limit)
    }

    /// What `build` makes when the configuration is there.
    pub(super) fn when_configured(self, build: impl Fn() -> Child + Send + 'static) -> AnyView {
        let there = Memo::new(move |_| self.context.with(|context| context.configured));
        live(move || if there.get() { untrack(&build) } else { Child::none() })
    }
}

fn seconds(text: &str) -> Option<u64> {
    text.trim().parse().ok().filter(|seconds| (1..=600).contains(seconds))
}

/// Everything below the page's heading.
pub(super) fn settings(panels: Panels) -> AnyView {
    panels.when_configured(move || {
        let section = |title: &str| el("section").class("group").child(el("h2").child(title));
        Child::many([
            section(words().appearance).child(colours(panels)),
            section(words().send).child(read_only(panels)).child(time_limit(panels)),
            section(words().connections).child(connections(&panels.config())),
        ])
    })
}

fn colours(panels: Panels) -> El {
    let option = |theme: Theme| {
        let key = theme.key();
        let chosen = move || panels.context.with(|context| context.theme == key);
        el("option").attr("value", key).live_switch("selected", chosen).child(theme.label())
    };
    let choose = move |event| drop(panels.ask(Command::Theme, &value_of(&event)));
    let select = el("select").attr("id", "theme").on("change", choose).child(Child::many(Theme::ALL.map(option)));
    el("div").class("field").child(el("label").attr("for", "theme").child(words().colours)).child(select)
}

/// A setting that the user cannot change, and why.
pub(super) fn locked(label: &str, value: impl std::fmt::Display) -> Child {
    Child::many([
        el("p").child(format!("{label}: {value}")),
        el("p").class("field-help").attr("data-locked", "").child(words().locked),
    ])
}

fn read_only(panels: Panels) -> Child {
    if !panels.config().read_only {
        return Child::none();
    }
    Child::many([
        el("p").child(words().read_only),
        el("p").class("field-help").attr("data-locked", "").child(words().locked),
    ])
}

fn time_limit(panels: Panels) -> Child {
    if panels.config().is_locked(Setting::TimeLimit) {
        return locked(words().time_limit, panels.time_limit());
    }
    let wrong = RwSignal::new(false);
    let read = move |event| {
        let seconds = seconds(&value_of(&event));
        wrong.set(seconds.is_none());
        if let Some(seconds) = seconds {
            browser::remember(TIME_LIMIT, &seconds.to_string());
        }
    };
    let complaint = move || if wrong.get() { words().time_limit_wrong.to_owned() } else { String::new() };
    let input = el("input")
        .attr("id", TIME_LIMIT)
        .attr("type", "text")
        .attr("inputmode", "numeric")
        .attr("autocomplete", "off")
        .attr("value", panels.time_limit().to_string())
        .attr("aria-describedby", "time-limit-help time-limit-error")
        .live_bool("aria-invalid", move || wrong.get())
        .on("input", read);
    el("div")
        .class("field")
        .child(el("label").attr("for", TIME_LIMIT).child(words().time_limit))
        .child(input)
        .child(el("p").attr("id", "time-limit-error").class("field-error").live_text(complaint))
        .child(
            el("p")
                .attr("id", "time-limit-help")
                .class("field-help")
                .child((words().time_limit_help)(panels.config().time_limit)),
        )
        .into()
}

fn connections(config: &Config) -> Child {
    let facts = config.connections.iter().flat_map(|connection| {
        let mut ways = vec![code((words().connection_kind)(&connection.kind, "", ""))];
        if let ConnectionKind::Proxy(proxy) = &connection.kind {
            ways.extend(proxy.templates().filter_map(|(scope, template)| {
                let whom = match scope {
                    Scope::All => return None,
                    Scope::Provider(provider) => provider.to_owned(),
                    Scope::Region(provider, region) => format!("{provider} {region}"),
                };
                let way = el("span").child(el("br")).child(format!("{whom}: "));
                Some(way.child(code(template.as_str())))
            }));
        }
        [el("dt").child(connection.name.as_str()), el("dd").children(ways)]
    });
    let is_locked = config.is_locked(Setting::Connection);
    let lead = if is_locked { words().locked } else { words().connections_lead };
    let check = el("p").child(el("a").attr("href", Route::Check.to_hash()).child(words().check));
    Child::many([el("p").child(lead), el("dl").class("facts").children(facts), check])
}
