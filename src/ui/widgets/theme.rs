//! Light, dark, or what the system prefers. The colours themselves are tokens that know both (`style/tokens.css`).

use super::{Icon, button, icon};
use crate::ui::dom::{El, live};
use crate::ui::browser;
use crate::ui::words::words;
use leptos::prelude::*;

/// The choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Theme {
    /// What the operating system says.
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// All of them.
    pub(crate) const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The name in the style sheets.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Reads what [`Self::key`] gives.
    pub(crate) fn from_key(key: &str) -> Self {
        Self::ALL.into_iter().find(|theme| theme.key() == key).unwrap_or(Self::System)
    }

    /// The name for people.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::System => words().colours_system,
            Self::Light => words().colours_light,
            Self::Dark => words().colours_dark,
        }
    }

    fn icon(self) -> Icon {
        match self {
            Self::System => Icon::Auto,
            Self::Light => Icon::Sun,
            Self::Dark => Icon::Moon,
        }
    }

    fn next(self) -> Self {
        match self {
            Self::System => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::System,
        }
    }
}

/// Changes it, and has it remembered.
pub(crate) fn choose_theme(theme: RwSignal<Theme>, choice: Theme) {
    theme.set(choice);
    browser::remember("theme", choice.key());
}

/// The choice as remembered, kept in step with the page.
pub(crate) fn remembered_theme() -> RwSignal<Theme> {
    let theme = RwSignal::new(Theme::from_key(&browser::remembered("theme").unwrap_or_default()));
    Effect::new(move |_| {
        let root = browser::document().and_then(|document| document.document_element());
        if let Some(root) = root {
            let _ = root.set_attribute("data-theme", theme.get().key());
        }
    });
    theme
}

/// Steps through the choices.
pub(crate) fn theme_button(theme: RwSignal<Theme>) -> El {
    let name = move || Some(format!("{}: {}", words().colours, theme.get().label()));
    button("button quiet icon-only")
        .live_attr("aria-label", name)
        .live_attr("title", name)
        .on("click", move |_| choose_theme(theme, theme.get_untracked().next()))
        .child(live(move || icon(theme.get().icon()).into()))
}
