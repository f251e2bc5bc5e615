//! What the user set, within what the deployment lets him set.

use super::site::Site;
use super::theme::Theme;
use crate::proxy::{Connection, ConnectionKind};
use crate::ui::platform::{dom, storage};
use leptos::prelude::*;

const THEME: &str = "theme";
const TIME_LIMIT: &str = "time-limit";
const IDLE_MINUTES: &str = "idle-minutes";

#[derive(Clone, Copy)]
pub(crate) struct Settings {
    site: Site,
    theme: RwSignal<Theme>,
    /// Index in the configuration.
    connection: RwSignal<usize>,
    time_limit: RwSignal<Option<u64>>,
    idle_minutes: RwSignal<Option<u64>>,
}

impl Settings {
    /// `connection` is the one that was chosen in the version of the page before this one.
    pub(super) fn new(site: Site, connection: Option<String>) -> Self {
        let number = |key: &str, parse: fn(&str) -> Option<u64>| parse(&storage::remembered(key)?);
        let same = |known: &Connection| Some(&known.name) == connection.as_ref();
        let chosen = site
            .config
            .with_untracked(|config| config.connections.iter().position(same).unwrap_or(config.default_connection()));
        let settings = Self {
            site,
            theme: RwSignal::new(Theme::from_key(&storage::remembered(THEME).unwrap_or_default())),
            connection: RwSignal::new(chosen),
            time_limit: RwSignal::new(number(TIME_LIMIT, seconds)),
            idle_minutes: RwSignal::new(number(IDLE_MINUTES, minutes)),
        };
        Effect::new(move |_| dom::set_root_attribute("data-theme", settings.theme.get().key()));
        settings
    }

    pub(crate) fn theme(self) -> Theme {
        self.theme.get()
    }

    pub(crate) fn choose_theme(self, theme: Theme) {
        self.theme.set(theme);
        storage::remember(THEME, theme.key());
    }

    /// The index of the chosen connection; the deployment's, where it lets nobody choose.
    pub(crate) fn connection_index(self) -> usize {
        let chosen = self.connection.get();
        self.site.config.with(|config| {
            if config.is_locked(crate::config::Setting::Connection) { config.default_connection() } else { chosen }
        })
    }

    pub(crate) fn connection(self) -> Connection {
        let index = self.connection_index();
        self.site.config.with(|config| {
            let chosen = config.connections.get(index).or(config.connections.first()).cloned();
            chosen.unwrap_or_else(|| Connection { name: String::new(), kind: ConnectionKind::Sandbox })
        })
    }

    /// The connection of this name, if the deployment lets it be used.
    pub(crate) fn connection_named(self, name: &str) -> Option<Connection> {
        let chosen = self.connection();
        if chosen.name == name {
            return Some(chosen);
        }
        self.site.config.with(|config| {
            let others = config.connections.iter().filter(|_| !config.is_locked(crate::config::Setting::Connection));
            others.into_iter().find(|connection| connection.name == name).cloned()
        })
    }

    pub(crate) fn choose_connection(self, index: usize) {
        self.connection.set(index);
    }

    /// Seconds to wait for an answer. What the browser remembers never wins over a locked value.
    pub(crate) fn time_limit(self) -> u64 {
        let own = self.time_limit.get();
        self.site.config.with(|config| {
            own.filter(|_| !config.is_locked(crate::config::Setting::TimeLimit)).unwrap_or(config.time_limit)
        })
    }

    /// Sets the time limit from what was typed. `false`: it is no number from 1 to 600.
    pub(crate) fn set_time_limit(self, text: &str) -> bool {
        set(self.time_limit, TIME_LIMIT, seconds(text))
    }

    /// Minutes without activity after which secrets are forgotten.
    pub(crate) fn idle_minutes(self) -> u64 {
        let own = self.idle_minutes.get();
        self.site.config.with(|config| {
            own.filter(|_| !config.is_locked(crate::config::Setting::IdleMinutes)).unwrap_or(config.idle_minutes)
        })
    }

    /// Sets the idle lock from what was typed. `false`: it is no number from 1 to 480.
    pub(crate) fn set_idle_minutes(self, text: &str) -> bool {
        set(self.idle_minutes, IDLE_MINUTES, minutes(text))
    }
}

fn seconds(text: &str) -> Option<u64> {
    text.trim().parse().ok().filter(|seconds| (1..=600).contains(seconds))
}

fn minutes(text: &str) -> Option<u64> {
    text.trim().parse().ok().filter(|minutes| (1..=480).contains(minutes))
}

/// Remembers a number, if it is one.
fn set(setting: RwSignal<Option<u64>>, key: &str, number: Option<u64>) -> bool {
    if let Some(number) = number {
        setting.set(Some(number));
        storage::remember(key, &number.to_string());
    }
    number.is_some()
}
