//! Building the page from Leptos' elements, with their types erased at once.
//!
//! In Leptos every distinct piece of a view is a type of its own, with its own code for building and changing it; with
//! the `view!` macro this screen was far above its budget. Here all elements share one type and all attributes a handful,
//! so that a view costs what it says and no more. What changes is given as a closure that reads signals; only what it
//! drives is updated.

use leptos::attr::any_attribute::{AnyAttribute, IntoAnyAttribute};
use leptos::attr::custom::custom_attribute;
use leptos::ev::{Custom, on};
use leptos::html::custom;
use leptos::prelude::*;
use leptos::tachys::html::property::prop;
use leptos::tachys::view::add_attr::AddAnyAttr;
use web_sys::Event;

/// An element in the making. Boxed, so that handing it on is handing on a pointer.
pub(crate) struct El(Box<Parts>);

struct Parts {
    tag: &'static str,
    attributes: Vec<AnyAttribute>,
    children: Vec<AnyView>,
}

/// Begins an element.
#[inline(never)]
pub(crate) fn el(tag: &'static str) -> El {
    El(Box::new(Parts { tag, attributes: Vec::new(), children: Vec::new() }))
}

/// A closure that is run again when a signal it reads has changed.
type Live<T> = Box<dyn FnMut() -> T + Send>;

impl El {
    /// An attribute that stays as it is.
    pub(crate) fn attr(self, name: &'static str, value: impl AsRef<str>) -> Self {
        self.fixed(name, value.as_ref())
    }

    #[inline(never)]
    fn fixed(self, name: &'static str, value: &str) -> Self {
        self.with(custom_attribute(name, value.to_owned()).into_any_attr())
    }

    /// An attribute without a value.
    #[inline(never)]
    pub(crate) fn flag(self, name: &'static str) -> Self {
        self.attr(name, "")
    }

    /// The class.
    #[inline(never)]
    pub(crate) fn class(self, names: &'static str) -> Self {
        self.fixed("class", names)
    }

    /// An attribute that changes; `None` leaves it out.
    pub(crate) fn live_attr(self, name: &'static str, value: impl FnMut() -> Option<String> + Send + 'static) -> Self {
        self.changing(name, Box::new(value))
    }

    #[inline(never)]
    fn changing(self, name: &'static str, value: Live<Option<String>>) -> Self {
        self.with(custom_attribute(name, value).into_any_attr())
    }

    /// An attribute that says `true` or `false`.
    pub(crate) fn live_bool(self, name: &'static str, mut value: impl FnMut() -> bool + Send + 'static) -> Self {
        self.live_attr(name, move || Some(value().to_string()))
    }

    /// The text in an input.
    pub(crate) fn live_value(self, value: impl FnMut() -> String + Send + 'static) -> Self {
        let value: Live<String> = Box::new(value);
        self.with(prop("value", value).into_any_attr())
    }

    /// A property of the element that is on or off, such as `disabled`, `checked`, `selected`.
    pub(crate) fn live_switch(self, name: &'static str, value: impl FnMut() -> bool + Send + 'static) -> Self {
        self.switching(name, Box::new(value))
    }

    #[inline(never)]
    fn switching(self, name: &'static str, value: Live<bool>) -> Self {
        self.with(prop(name, value).into_any_attr())
    }

    /// Calls `handler` for every event of this name.
    pub(crate) fn on(self, event: &'static str, handler: impl FnMut(Event) + 'static) -> Self {
        self.listening(event, Box::new(handler))
    }

    #[inline(never)]
    fn listening(self, event: &'static str, handler: Box<dyn FnMut(Event)>) -> Self {
        self.with(on(Custom::<Event>::new(event), handler).into_any_attr())
    }

    /// Adds something inside, behind what is there.
    pub(crate) fn child(self, child: impl Into<Child>) -> Self {
        self.append(child.into())
    }

    #[inline(never)]
    fn append(mut self, mut child: Child) -> Self {
        self.0.children.append(&mut child.0);
        self
    }

    /// Adds several things.
    pub(crate) fn children<C: Into<Child>>(self, children: impl IntoIterator<Item = C>) -> Self {
        self.append(Child::many(children))
    }

    /// Adds a text that changes.
    pub(crate) fn live_text(self, text: impl FnMut() -> String + Send + 'static) -> Self {
        self.saying(Box::new(text))
    }

    #[inline(never)]
    fn saying(self, text: Live<String>) -> Self {
        self.append(Child(vec![text.into_any()]))
    }

    /// Adds a part of the page that is built anew when a signal that `build` reads has changed.
    pub(crate) fn live(self, build: impl FnMut() -> Child + Send + 'static) -> Self {
        self.child(live(build))
    }

    /// The finished element.
    #[inline(never)]
    pub(crate) fn view(self) -> AnyView {
        let Parts { tag, attributes, children } = *self.0;
        custom(tag).add_any_attr(attributes).child(children).into_any()
    }

    #[inline(never)]
    fn with(mut self, attribute: AnyAttribute) -> Self {
        self.0.attributes.push(attribute);
        self
    }
}

/// A part of the page that is built anew when a signal that `build` reads has changed.
pub(crate) fn live(mut build: impl FnMut() -> Child + Send + 'static) -> AnyView {
    live_views(Box::new(move || build().0))
}

#[inline(never)]
fn live_views(build: Live<Vec<AnyView>>) -> AnyView {
    build.into_any()
}

/// What can stand inside an element: an element, a text, something optional, or several of them.
pub(crate) struct Child(Vec<AnyView>);

impl Child {
    /// Nothing at all.
    pub(crate) fn none() -> Self {
        Self(Vec::new())
    }

    /// Several things in a row.
    pub(crate) fn many<C: Into<Self>>(children: impl IntoIterator<Item = C>) -> Self {
        let mut all = Self::none();
        for child in children {
            all.add(child.into());
        }
        all
    }

    #[inline(never)]
    fn add(&mut self, mut child: Self) {
        self.0.append(&mut child.0);
    }

    /// As a view of its own.
    pub(crate) fn view(self) -> AnyView {
        self.0.into_any()
    }
}

impl From<AnyView> for Child {
    fn from(view: AnyView) -> Self {
        Self(vec![view])
    }
}

impl From<El> for Child {
    #[inline(never)]
    fn from(element: El) -> Self {
        Self(vec![element.view()])
    }
}

impl From<String> for Child {
    #[inline(never)]
    fn from(text: String) -> Self {
        Self(vec![text.into_any()])
    }
}

impl From<&str> for Child {
    #[inline(never)]
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl<C: Into<Child>> From<Option<C>> for Child {
    fn from(child: Option<C>) -> Self {
        child.map_or_else(Self::none, Into::into)
    }
}

/// The text that an event's control holds now.
pub(crate) fn value_of(event: &Event) -> String {
    event_target_value(event)
}
