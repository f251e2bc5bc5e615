//! The document: focus, scrolling, dialogs, the address behind `#`.

use futures_channel::oneshot;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Document, Element, Event, HtmlDialogElement, HtmlElement, IdleRequestOptions};

pub(crate) fn document() -> Option<Document> {
    web_sys::window()?.document()
}

fn by_id(id: &str) -> Option<Element> {
    document()?.get_element_by_id(id)
}

/// Puts the focus on the element of this id. What it is folded into opens.
pub(crate) fn focus(id: &str) {
    focus_on(by_id(id));
}

/// Puts the focus on the first control inside the element of this id.
pub(crate) fn focus_within(id: &str) {
    focus_on(by_id(id).and_then(|element| element.query_selector("input, select, textarea").ok().flatten()));
}

fn focus_on(element: Option<Element>) {
    let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) else { return };
    while let Ok(Some(folded)) = element.closest("details:not([open])") {
        let _ = folded.set_attribute("open", "");
    }
    let _ = element.focus();
}

/// Moves the focus to the next button inside the element of this id, or to the one before; to the first where none of them has
/// it. `false`: there is none.
pub(crate) fn focus_button(inside: &str, forward: bool) -> bool {
    let Some(buttons) = by_id(inside).and_then(|element| element.query_selector_all("button").ok()) else {
        return false;
    };
    let active = document().and_then(|document| document.active_element());
    let has_focus =
        |index: &u32| buttons.item(*index).is_some() && buttons.item(*index) == active.clone().map(Into::into);
    let next = match (0..buttons.length()).find(has_focus) {
        Some(index) if forward => index.checked_add(1),
        Some(index) => index.checked_sub(1),
        None => Some(0),
    };
    let next = next.and_then(|index| buttons.item(index)).and_then(|node| node.dyn_into::<Element>().ok());
    let found = next.is_some();
    focus_on(next);
    found
}

/// Presses the button of this id, as a user does.
pub(crate) fn press(id: &str) {
    focus(id);
    if let Some(button) = by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        button.click();
    }
}

/// Puts the focus there if it is nowhere: what had it is gone.
pub(crate) fn focus_if_lost(id: &str) {
    if document().and_then(|document| document.active_element()).is_none_or(|active| active.tag_name() == "BODY") {
        focus(id);
    }
}

/// Whether the element of this id, or one inside it, has the focus.
pub(crate) fn has_focus(id: &str) -> bool {
    let active = document().and_then(|document| document.active_element());
    by_id(id).is_some_and(|element| element.contains(active.as_deref()))
}

/// Whether it tells of a text that came at once, by pasting or dropping.
pub(crate) fn is_pasted(input: &Event) -> bool {
    let kind = js_sys::Reflect::get(input, &"inputType".into()).ok();
    kind.and_then(|kind| kind.as_string()).is_some_and(|kind| kind.starts_with("insertFrom"))
}

/// Takes away the element of this id.
pub(crate) fn remove(id: &str) {
    if let Some(element) = by_id(id) {
        element.remove();
    }
}

/// Scrolls to the beginning of the element of this id.
pub(crate) fn reveal(id: &str) {
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Start);
    if let Some(element) = by_id(id) {
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// The same where its beginning is in the lower half of the window, or below it.
pub(crate) fn reveal_if_below(id: &str) {
    let height = web_sys::window().and_then(|window| window.inner_height().ok()?.as_f64()).unwrap_or_default();
    if by_id(id).is_some_and(|element| element.get_bounding_client_rect().top() > height / 2.0) {
        reveal(id);
    }
}

/// Scrolls the element of this id to the end of what is in it.
pub(crate) fn scroll_to_end(id: &str) {
    if let Some(element) = by_id(id) {
        element.set_scroll_top(element.scroll_height());
    }
}

pub(crate) fn scroll_to_top() {
    if let Some(window) = web_sys::window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// Runs `then` when the document shows what the signals say by now.
pub(crate) fn next_frame(then: impl FnOnce() + 'static) {
    leptos::prelude::request_animation_frame(then);
}

/// A busy browser does it after so many milliseconds all the same.
const LONGEST_IDLE_WAIT: u32 = 2_000;

/// Runs `then` when the browser has nothing else to do; in the next frame where it cannot say.
pub(crate) fn when_idle(then: impl Fn() + Clone + 'static) {
    let options = IdleRequestOptions::new();
    options.set_timeout(LONGEST_IDLE_WAIT);
    let callback = Closure::once_into_js(then.clone());
    let has_begun = web_sys::window()
        .is_some_and(|window| window.request_idle_callback_with_options(callback.unchecked_ref(), &options).is_ok());
    if !has_begun {
        next_frame(then);
    }
}

/// Waits until the browser has nothing else to do.
pub(crate) async fn idle() {
    let (sender, receiver) = oneshot::channel();
    let sender = Rc::new(Cell::new(Some(sender)));
    when_idle(move || {
        if let Some(sender) = sender.take() {
            // The one who waited may be gone.
            let _ = sender.send(());
        }
    });
    let _ = receiver.await;
}

/// Whether the user is typing there, so that a letter is a letter and not a shortcut.
pub(crate) fn is_typing(target: Option<Element>) -> bool {
    target.is_some_and(|element| matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT"))
}

/// Opens or closes a modal dialog.
pub(crate) fn show_dialog(dialog: &HtmlDialogElement, open: bool) {
    if open && !dialog.open() {
        let _ = dialog.show_modal();
    } else if !open && dialog.open() {
        dialog.close();
    }
}

/// Scrolls as little as is needed to see the element of this id.
pub(crate) fn keep_in_sight(id: &str) {
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
    if let Some(element) = by_id(id) {
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Whether the document has an element of this id.
pub(crate) fn exists(id: &str) -> bool {
    by_id(id).is_some()
}

/// How far the element of this id is scrolled, and how high it is inside.
pub(crate) fn scroll_position(id: &str) -> Option<(usize, usize)> {
    let element = by_id(id)?;
    let pixels = |length: i32| usize::try_from(length).unwrap_or_default();
    Some((pixels(element.scroll_top()), pixels(element.client_height())))
}

/// Scrolls the element of this id so far.
pub(crate) fn scroll_to(id: &str, position: usize) {
    if let Some(element) = by_id(id) {
        element.set_scroll_top(i32::try_from(position).unwrap_or(i32::MAX));
    }
}

/// How many characters fit beside each other into the element of this id; the ruler is ten of them wide.
pub(crate) fn columns(id: &str, ruler: &str) -> Option<usize> {
    let width = f64::from(by_id(id)?.client_width());
    let ten = by_id(ruler)?.get_bounding_client_rect().width();
    // Numbers of lines, a marker and the space around the text.
    let columns = width * 10.0 / ten - BESIDE;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between these limits")]
    (ten > 0.0).then(|| columns.clamp(20.0, 1_000.0) as usize)
}

/// Characters beside the text of a line.
const BESIDE: f64 = 14.0;

/// Whether a modal dialog is open.
pub(crate) fn has_open_dialog() -> bool {
    document().and_then(|document| document.query_selector("dialog:modal").ok()).flatten().is_some()
}

/// Goes to another address of the console.
#[allow(clippy::disallowed_methods, reason = "the one place that writes it")]
pub(crate) fn go(hash: &str) {
    if let Some(window) = web_sys::window() {
        let _ = window.location().set_hash(hash);
    }
}

/// Writes another address without going there.
pub(crate) fn replace_hash(hash: &str) {
    if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(hash));
    }
}

/// The part of the address from `#` on.
#[allow(clippy::disallowed_methods, reason = "the one place that reads it")]
pub(crate) fn hash() -> String {
    web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default()
}

pub(crate) fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Sets an attribute of the root element, where the style sheet looks for the theme.
pub(crate) fn set_root_attribute(name: &str, value: &str) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _ = root.set_attribute(name, value);
    }
}

/// Whether nobody sees the page: it is in a tab in the background, or the window is minimised.
pub(crate) fn is_hidden() -> bool {
    document().is_some_and(|document| document.hidden())
}

/// Sends an event to what listens on the window.
pub(crate) fn dispatch(name: &str) {
    if let (Some(window), Ok(event)) = (web_sys::window(), web_sys::Event::new(name)) {
        let _ = window.dispatch_event(&event);
    }
}

/// Milliseconds since the page was opened.
pub(crate) fn milliseconds() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0.0, |performance| performance.now())
}

/// Waits until everything else that is due in this task has begun.
pub(crate) async fn microtask() {
    let _ = wasm_bindgen_futures::JsFuture::from(js_sys::Promise::resolve(&wasm_bindgen::JsValue::UNDEFINED)).await;
}

/// Whether the window is as narrow as a phone's.
pub(crate) fn is_narrow() -> bool {
    let width = web_sys::window().and_then(|window| window.inner_width().ok()?.as_f64());
    width.is_some_and(|width| width < 640.0)
}

/// Opens the browser's print dialog, and comes back when it is closed. `None`: the browser has none.
pub(crate) fn print() -> Option<()> {
    web_sys::window()?.print().ok()
}
