//! What the viewer shows of a body. A short body is looked at where it is, a long one by messages to its worker: the
//! questions and the answers are the same (`crate::viewer::View`).

use super::super::document::BODY_ID;
use crate::ui::platform::worker_client::bodies;
use crate::ui::platform::{clipboard, dom};
use crate::ui::turn::Turn;
use crate::viewer::{Action, Document, Extract, MoveKey, Search, Shown, Sight, View, Window};
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen_futures::spawn_local;

/// Bytes of a wrapped row where the browser does not say how many fit.
const NARROW: usize = 80;
pub(super) const RULER_ID: &str = "response-body-ruler";

/// Where the body is.
enum Place {
    Page(View),
    /// In the worker of this number.
    Worker(u32),
}

#[derive(Clone, Copy)]
pub(super) struct Viewer {
    place: StoredValue<Place>,
    /// What is on the screen.
    pub(super) shown: RwSignal<Shown>,
    /// The line that keys and copies are about.
    pub(super) cursor: Memo<usize>,
    pub(super) wraps: RwSignal<bool>,
    /// What is searched for, once it is found.
    pub(super) search: Memo<Option<Search>>,
    sight: StoredValue<Sight>,
    /// Scrolling asks faster than a worker answers.
    looking: StoredValue<Turn>,
    /// The worker keeps the body no more.
    is_lost: RwSignal<bool>,
}

impl Viewer {
    /// The viewer of a body on this page.
    pub(super) fn new(document: Arc<Document>, is_lost: RwSignal<bool>) -> Self {
        let mut view = View::new(document);
        let shown = view.act(Action::Look, Sight::FIRST);
        let viewer = Self::at(Place::Page(view), shown, is_lost);
        // A long body is scrolled sideways, until somebody wants it wrapped.
        viewer.wraps.set(!viewer.shown.with_untracked(|shown| shown.is_windowed));
        viewer
    }

    /// The viewer of a body in a worker. `is_lost` becomes true when the worker has it no more.
    pub(super) fn of_worker(body: u32, is_lost: RwSignal<bool>) -> Self {
        if let Some(shown) = bodies::first_look(body) {
            return Self::at(Place::Worker(body), shown, is_lost);
        }
        let viewer = Self::at(Place::Worker(body), Shown::default(), is_lost);
        viewer.act(Action::Look);
        viewer
    }

    fn at(place: Place, shown: Shown, is_lost: RwSignal<bool>) -> Self {
        let shown = RwSignal::new(shown);
        Self {
            place: StoredValue::new(place),
            shown,
            cursor: Memo::new(move |_| shown.with(|shown| shown.cursor.line)),
            wraps: RwSignal::new(false),
            search: Memo::new(move |_| shown.with(|shown| Search::new(&shown.searched))),
            sight: StoredValue::new(Sight::FIRST),
            looking: StoredValue::new(Turn::default()),
            is_lost,
        }
    }

    /// Does what a person does: at once on this page, as soon as the worker has answered else.
    pub(super) fn act(self, action: Action) {
        let Some(body) =
            self.on_page(|view| view.act(action.clone(), self.sight.get_value()), |shown| self.show(shown))
        else {
            return;
        };
        spawn_local(async move {
            self.ask(body, action).await;
        });
    }

    /// Calls the view of a body on this page. `Some`: the body is in the worker of this number.
    fn on_page<T>(self, call: impl FnOnce(&mut View) -> T, then: impl FnOnce(T)) -> Option<u32> {
        let called = self.place.try_update_value(|place| match place {
            Place::Page(view) => Ok(call(view)),
            Place::Worker(body) => Err(*body),
        });
        match called? {
            Ok(result) => {
                then(result);
                None
            }
            Err(body) => Some(body),
        }
    }

    async fn ask(self, body: u32, action: Action) {
        let Some(sight) = self.sight.try_get_value() else { return };
        match bodies::view(body, action, sight).await {
            Some(shown) => self.show(shown),
            None => drop(self.is_lost.try_set(true)),
        }
    }

    fn show(self, shown: Shown) {
        let (reveal, rows, is_windowed) = (shown.reveal, shown.all_rows, shown.is_windowed);
        // The page may have been left.
        if self.shown.try_set(shown).is_some() {
            return;
        }
        let Some((row, line, piece)) = reveal else { return };
        dom::next_frame(move || {
            if !is_windowed {
                return dom::keep_in_sight(&row_id(line, piece));
            }
            let Some((position, inside)) = dom::scroll_position(BODY_ID) else { return };
            if let Some(position) = Window::position_of(row, rows, position, inside) {
                dom::scroll_to(BODY_ID, position);
            }
        });
    }

    /// The lines were scrolled.
    pub(super) fn scroll(self, position: usize, inside: usize) {
        self.sight.set_value(Sight { position, inside });
        if !self.shown.with_untracked(|shown| shown.is_windowed) {
            return;
        }
        let Some(body) =
            self.on_page(|view| view.act(Action::Look, Sight { position, inside }), |shown| self.show(shown))
        else {
            return;
        };
        if self.looking.try_update_value(Turn::begin) != Some(true) {
            return;
        }
        spawn_local(async move {
            loop {
                self.ask(body, Action::Look).await;
                if self.looking.try_update_value(Turn::done) != Some(true) {
                    break;
                }
            }
        });
    }

    pub(super) fn set_wraps(self, wraps: bool) {
        self.wraps.set(wraps);
        let is_cut = wraps && self.shown.with_untracked(|shown| shown.is_windowed) && dom::exists(RULER_ID);
        self.act(Action::Wrap(is_cut.then(|| dom::columns(BODY_ID, RULER_ID).unwrap_or(NARROW))));
    }

    /// A key in the lines, as in a tree. Whether it does something.
    pub(super) fn key(self, key: &str) -> bool {
        let Some(key) = MoveKey::of(key) else { return false };
        let is_nothing =
            self.shown.with_untracked(|shown| !shown.is_tree || key == MoveKey::Turn && shown.cursor.fold.is_none());
        if is_nothing {
            return false;
        }
        self.act(Action::Move(key));
        true
    }

    /// Copies a part of the body. Whether that worked.
    pub(super) async fn copy(self, extract: Extract) -> bool {
        let mut part = None;
        let Some(body) = self.on_page(|view| view.extract(extract), |bytes| part = Some(bytes)) else {
            let text = part.and_then(|bytes| String::from_utf8(bytes).ok());
            return match text {
                Some(text) => clipboard::copy(&text).await,
                None => false,
            };
        };
        match bodies::extract(body, extract).await {
            Some(bytes) => clipboard::copy_bytes(&bytes).await,
            None => false,
        }
    }
}

/// The id of a row.
pub(super) fn row_id(line: usize, piece: usize) -> String {
    format!("response-body-{line}-{piece}")
}
