//! One schema as it is written in several places: itself, what its `$ref` leads to, the members of its `allOf`.

use crate::catalog::node::Node;
use serde_json::Value;

/// The places where one schema is written, the nearest first. A keyword in a nearer place wins.
#[derive(Clone)]
pub(super) struct View<'a> {
    parts: Vec<Part<'a>>,
}

#[derive(Clone)]
struct Part<'a> {
    node: Node<'a>,
    /// Of `oneOf` and `anyOf`, those of which one alternative is chosen.
    chosen: Vec<&'static str>,
}

impl<'a> View<'a> {
    /// More parts than this is a document that goes wild.
    const MOST: usize = 64;

    pub(super) fn of(node: &Node<'a>) -> Self {
        let mut view = Self { parts: Vec::new() };
        view.collect(node);
        view
    }

    fn collect(&mut self, node: &Node<'a>) {
        let mut queue = vec![node.clone()];
        // In the order of the document; a schema that contains itself adds nothing the second time.
        while let Some(node) = queue.pop() {
            let known = |part: &Part<'a>| part.node.pointer() == node.pointer();
            if self.parts.len() >= Self::MOST || self.parts.iter().any(known) || !node.value.is_object() {
                continue;
            }
            let mut more = Vec::new();
            for node in node.referring().into_iter().chain([node]) {
                more.extend(node.raw("allOf").map(|_| node.usable_member("allOf")).into_iter().flatten());
                self.parts.push(Part { node, chosen: Vec::new() });
            }
            let members: Vec<Node<'a>> = more.iter().flat_map(Node::usable_items).collect();
            queue.extend(members.into_iter().rev());
        }
    }

    /// The view with one of its [`Self::alternatives`] chosen.
    pub(super) fn choosing(&self, alternative: &Node<'a>) -> Self {
        let mut own = self.clone();
        let chosen = self.open_choice().and_then(|(at, key, _)| Some((own.parts.get_mut(at)?, key)));
        if let Some((part, key)) = chosen {
            part.chosen.push(key);
        }
        own.with(alternative)
    }

    /// The view with a nearer place in which the same schema is written.
    pub(super) fn with(&self, nearer: &Node<'a>) -> Self {
        let mut view = Self::of(nearer);
        for own in &self.parts {
            match view.parts.iter_mut().find(|part| part.node.pointer() == own.node.pointer()) {
                // An alternative that leads back here is not asked for its alternatives again.
                Some(part) => part.chosen.clone_from(&own.chosen),
                None => view.parts.push(own.clone()),
            }
        }
        view
    }

    /// Whether alternatives lead to alternatives without end.
    pub(super) fn is_endless(&self) -> bool {
        self.parts.len() > 2 * Self::MOST
    }

    /// The addresses of all parts.
    pub(super) fn pointers(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().map(|part| part.node.pointer())
    }

    /// A part to name in a complaint about the whole.
    pub(super) fn nearest(&self) -> Option<&Node<'a>> {
        self.parts.first().map(|part| &part.node)
    }

    /// The keyword in every part that has it.
    pub(super) fn all(&self, key: &str) -> Vec<Node<'a>> {
        let has = |part: &&Part<'a>| part.node.raw(key).is_some();
        self.parts.iter().filter(has).filter_map(|part| part.node.usable_member(key)).collect()
    }

    /// The keyword in the nearest part that has it.
    pub(super) fn get(&self, key: &str) -> Option<Node<'a>> {
        self.parts.iter().find(|part| part.node.raw(key).is_some())?.node.usable_member(key)
    }

    /// The keyword as it stands in the nearest part that has it: data, in which a `$ref` is no reference.
    pub(super) fn raw(&self, key: &str) -> Option<&'a Value> {
        self.parts.iter().find_map(|part| part.node.raw(key))
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.raw(key).is_some()
    }

    pub(super) fn str(&self, key: &str) -> Option<&'a str> {
        let node = self.get(key)?;
        node.usable(node.as_str())
    }

    /// Whether any part says `true`.
    pub(super) fn flag(&self, key: &str) -> bool {
        self.parts.iter().any(|part| part.node.raw(key).is_some() && part.node.flag(key))
    }

    /// The alternatives of the first `oneOf` or `anyOf` of which none is chosen yet.
    pub(super) fn alternatives(&self) -> Option<Vec<Node<'a>>> {
        self.open_choice().map(|(.., list)| list.usable_items())
    }

    /// The first part with such a keyword, and what it says.
    fn open_choice(&self) -> Option<(usize, &'static str, Node<'a>)> {
        let keys = self.parts.iter().enumerate().flat_map(|part| ["oneOf", "anyOf"].map(|key| (part, key)));
        keys.into_iter().find_map(|((at, part), key)| {
            let is_open = part.node.raw(key).is_some() && !part.chosen.contains(&key);
            is_open.then(|| part.node.usable_member(key)).flatten().map(|list| (at, key, list))
        })
    }
}
