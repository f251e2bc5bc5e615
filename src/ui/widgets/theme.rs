//! Light, dark, or what the system prefers. The colours themselves are tokens that know both (`style/tokens.css`).

use super::{Icon, icon};
use crate::ui::{browser, text};
use leptos::prelude::*;

/// The choice; shared through the context.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Theme {
    /// What the operating system says.
    System,
    Light,
    Dark,
}

impl Theme {
    const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    fn key(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    fn from_key(key: &str) -> Self {
        Self::ALL.into_iter().find(|theme| theme.key() == key).unwrap_or(Self::System)
    }

    fn label(self) -> &'static str {
        match self {
            Self::System => "As the system",
            Self::Light => "Light",
            Self::Dark => "Dark",
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

/// The choice as remembered, kept in step with the page and with what is remembered.
pub(crate) fn use_theme() -> RwSignal<Theme> {
    let theme = RwSignal::new(Theme::from_key(&browser::remembered("theme").unwrap_or_default()));
    Effect::new(move |before: Option<Theme>| {
        let theme = theme.get();
        let root = browser::document().and_then(|document| document.document_element());
        if let Some(root) = root {
            let _ = root.set_attribute("data-theme", theme.key());
        }
        if before.is_some_and(|before| before != theme) {
            browser::remember("theme", theme.key());
        }
        theme
    });
    theme
}

/// Steps through the choices.
#[component]
pub(crate) fn ThemeButton(
    /// The choice.
    theme: RwSignal<Theme>,
) -> impl IntoView {
    let name = move || format!("{}: {}", text::COLOURS, theme.get().label());
    view! {
        <button type="button" class="button quiet icon-only" aria-label=name title=name on:click=move |_| theme.update(|theme| *theme = theme.next())>
            {move || icon(theme.get().icon())}
        </button>
    }
}

/// The same as a list.
#[component]
pub(crate) fn ThemeSelect(
    /// The choice.
    theme: RwSignal<Theme>,
) -> impl IntoView {
    let options = Theme::ALL.map(|option| {
        view! { <option value=option.key() selected=move || theme.get() == option>{option.label()}</option> }
    });
    view! {
        <select id="theme" on:change=move |event| theme.set(Theme::from_key(&event_target_value(&event)))>
            {options.into_iter().collect_view()}
        </select>
    }
}
