//! The frame of the page: where it is, whether its menu is open, announcements to screen readers.

use crate::ui::platform::dom;
use crate::ui::route::{Route, address_values};
use leptos::prelude::*;

#[derive(Clone, Copy)]
pub(crate) struct Shell {
    pub(crate) route: RwSignal<Route>,
    /// Whether the list of operations is open, where there is no room for it beside the page.
    pub(crate) menu_open: RwSignal<bool>,
    /// Whether the user has gone from one page to another, so that the heading of a page takes the focus when it comes.
    pub(crate) has_moved: StoredValue<bool>,
    pub(crate) announcement: RwSignal<String>,
    /// Whether the search is open.
    pub(crate) palette_open: RwSignal<bool>,
    /// Whether the list of keys is open.
    pub(crate) keys_open: RwSignal<bool>,
    /// What the address says besides the place: values for a form. They are taken by the form that they are for.
    pub(crate) address_values: RwSignal<Vec<(String, String)>>,
}

impl Shell {
    pub(super) fn new() -> Self {
        Self {
            route: RwSignal::new(Route::parse(&dom::hash())),
            menu_open: RwSignal::new(false),
            has_moved: StoredValue::new(false),
            announcement: RwSignal::new(String::new()),
            palette_open: RwSignal::new(false),
            keys_open: RwSignal::new(false),
            address_values: RwSignal::new(address_values(&dom::hash())),
        }
    }

    /// Tells screen readers.
    pub(crate) fn announce(self, sentence: impl Into<String>) {
        self.announcement.set(sentence.into());
    }
}
