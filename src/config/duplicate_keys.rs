//! Keys that stand twice in an object. What reads JSON keeps the last one and says nothing.

use super::issue::{ConfigIssue, ConfigReason, step};
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// Every key that stands twice; nothing where the text is no JSON.
pub(super) fn twice(text: &str) -> Vec<ConfigIssue> {
    let mut found = Vec::new();
    let whole = Walk { path: String::from("#"), found: &mut found };
    let _ = whole.deserialize(&mut serde_json::Deserializer::from_str(text));
    found
}

/// A walk through the text, and where it is.
struct Walk<'a> {
    path: String,
    found: &'a mut Vec<ConfigIssue>,
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    // Some numbers come here too, as an object of one text: serde_json keeps them as they are written.
    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let mut before: Vec<String> = Vec::new();
        while let Some(key) = members.next_key::<String>()? {
            let path = format!("{}/{}", self.path, step(&key));
            if before.contains(&key) {
                self.found.push(ConfigIssue { path: path.clone(), reason: ConfigReason::Twice, closes: false });
            }
            members.next_value_seed(Walk { path, found: self.found })?;
            before.push(key);
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let mut index = 0_usize;
        while items.next_element_seed(Walk { path: format!("{}/{index}", self.path), found: self.found })?.is_some() {
            index += 1;
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
