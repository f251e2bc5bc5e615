//! Names that an object of a JSON text has twice. RFC 8259 leaves open what a reader makes of them; most keep one value
//! and say nothing.

use indexmap::IndexSet;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// The path of every second member of the same name, from the root on; nothing for a text that is not JSON.
pub(crate) fn duplicate_names(text: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let whole = Walk { path: &mut Vec::new(), found: &mut found };
    let read = whole.deserialize(&mut deserializer).and_then(|()| deserializer.end());
    read.map_or_else(|_| Vec::new(), |()| found)
}

/// A walk through the text.
struct Walk<'a> {
    /// Where it is.
    path: &'a mut Vec<String>,
    found: &'a mut Vec<Vec<String>>,
}

impl Walk<'_> {
    fn child(&mut self) -> Walk<'_> {
        Walk { path: self.path, found: self.found }
    }
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("JSON")
    }

    // Some numbers come here too, as an object of one text: serde_json keeps them as they are written.
    fn visit_map<A: MapAccess<'de>>(mut self, mut members: A) -> Result<(), A::Error> {
        let mut before = IndexSet::new();
        while let Some(name) = members.next_key::<String>()? {
            self.path.push(name.clone());
            if !before.insert(name) {
                self.found.push(self.path.clone());
            }
            members.next_value_seed(self.child())?;
            self.path.pop();
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<(), A::Error> {
        for index in 0_usize.. {
            self.path.push(index.to_string());
            let item = items.next_element_seed(self.child())?;
            self.path.pop();
            if item.is_none() {
                break;
            }
        }
        Ok(())
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_leads_to_the_second_member() {
        let text =
            r#"{"a": 1, "b": [{"c": 1.5, "c": null}, {"a": {"d": true, "e": "", "d": {}}}], "a": {"x": 1, "x": 2}}"#;
        let found = duplicate_names(text);
        assert_eq!(found.iter().map(|path| path.join("/")).collect::<Vec<_>>(), ["b/0/c", "b/1/a/d", "a", "a/x"]);
    }

    #[test]
    fn a_text_that_is_not_json_has_none() {
        for text in [r#"{"a": 1, "a": 2"#, r#"{"a": 1, "a": 2} x"#, ""] {
            assert!(duplicate_names(text).is_empty(), "{text}");
        }
    }
}
