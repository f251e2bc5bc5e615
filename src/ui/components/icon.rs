//! The icons: a small set of strokes on a 16-pixel grid. Each stands beside a word or carries a label.

use leptos::prelude::*;

/// The icons by what they mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum IconName {
    Good,
    Unsure,
    Bad,
    Running,
    Sun,
    Moon,
    Auto,
    Menu,
    Search,
}

/// Draws an icon. Screen readers pass it over.
#[component]
pub(crate) fn Icon(
    /// Which one.
    name: IconName,
) -> impl IntoView {
    let path = match name {
        IconName::Good => "M2.5 8.5l3.5 3.5 7.5-8",
        IconName::Unsure => "M8 1.5l6.7 12H1.3zM8 6v3.4M8 11.3v.4",
        IconName::Bad => "M8 1.7a6.3 6.3 0 1 0 0 12.6A6.3 6.3 0 0 0 8 1.7zM5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4",
        IconName::Running => "M8 1.7a6.3 6.3 0 1 0 0 12.6A6.3 6.3 0 0 0 8 1.7zM8 4.5V8l2.5 1.5",
        IconName::Sun => {
            "M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM8 1v1M8 14v1M1 8h1M14 8h1M3 3l1 1M12 12l1 1M3 13l1-1M12 4l1-1"
        }
        IconName::Moon => "M13.5 9.5A5.8 5.8 0 0 1 6.5 2.5a5.8 5.8 0 1 0 7 7z",
        IconName::Auto => "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 2v12M8 5.5h5.4M8 8.5h6M8 11.5h4.8",
        IconName::Menu => "M2 4h12M2 8h12M2 12h12",
        IconName::Search => "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM10.5 10.5l3.5 3.5",
    };
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <path d=path></path>
        </svg>
    }
}
