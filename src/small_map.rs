//! A map of a handful of entries: a sorted list, searched from its beginning.
//!
//! The forms and key rings of this console hold ten entries, not thousands; the standard library's tree map costs the
//! bundle more than they hold.

/// Keys in order, each once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SmallMap<K, V>(Vec<(K, V)>);

impl<K, V> Default for SmallMap<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: Ord, V> SmallMap<K, V> {
    /// The value of the first key for which `is` holds.
    pub(crate) fn find(&self, is: impl Fn(&K) -> bool) -> Option<&V> {
        self.0.iter().find(|(key, _)| is(key)).map(|(_, value)| value)
    }

    /// Sets the value of a key.
    pub(crate) fn insert(&mut self, key: K, value: V) {
        match self.0.iter_mut().find(|(other, _)| *other >= key) {
            Some((other, old)) if *other == key => *old = value,
            _ => self.0.insert(self.0.iter().take_while(|(other, _)| *other < key).count(), (key, value)),
        }
    }

    /// Takes a key and its value out.
    pub(crate) fn remove(&mut self, key: &K) -> Option<V> {
        let index = self.0.iter().position(|(other, _)| other == key)?;
        Some(self.0.remove(index).1)
    }

    /// Keeps the entries whose key passes.
    pub(crate) fn retain(&mut self, passes: impl Fn(&K) -> bool) {
        self.0.retain(|(key, _)| passes(key));
    }

    /// The keys in order.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &K> {
        self.0.iter().map(|(key, _)| key)
    }

    /// The entries in the order of their keys.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.0.iter().map(|(key, value)| (key, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn it_holds_what_a_tree_map_holds(steps in prop::collection::vec((any::<bool>(), 0_u8..9, any::<u8>()), 0..40)) {
            let (mut small, mut tree) = (SmallMap::default(), BTreeMap::new());
            for (insert, key, value) in steps {
                if insert {
                    small.insert(key, value);
                    tree.insert(key, value);
                } else {
                    prop_assert_eq!(small.remove(&key), tree.remove(&key));
                }
                prop_assert_eq!(small.find(|other| *other == key), tree.get(&key));
            }
            prop_assert!(small.iter().eq(tree.iter()));
        }
    }
}
