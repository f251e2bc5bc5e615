//! The frame of the page: where it is, whether its menu is open, announcements to screen readers.

use crate::ui::platform::dom;
use crate::ui::route::Route;
use leptos::prelude::*;

#[derive(Clone, Copy)]
pub(crate) struct Shell {
    pub(crate) route: RwSignal<Route>,
    /// Whether the list of operations is open, where there is no room for it beside the page.
    pub(crate) menu_open: RwSignal<bool>,
    pub(crate) announcement: RwSignal<String>,
}

impl Shell {
    pub(super) fn new() -> Self {
        Self {
            route: RwSignal::new(Route::parse(&dom::hash())),
            menu_open: RwSignal::new(false),
            announcement: RwSignal::new(String::new()),
        }
    }

    /// Tells screen readers.
    pub(crate) fn announce(self, sentence: impl Into<String>) {
        self.announcement.set(sentence.into());
    }
}
