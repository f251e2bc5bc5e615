//! What is sent as it was typed and is probably not what was meant.

use super::draft::{Draft, Raw};
use super::field_path::FieldPath;
use super::validate::Target;
use crate::catalog::{Additional, Kind, Operation, Remark, Schema};
use crate::duplicate_names::duplicate_names;
use crate::json_pointer::json_pointer;
use crate::pattern;

/// One thing to look at before sending. It keeps nobody from sending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldWarning {
    /// What it is about.
    pub target: Target,
    /// What is odd there.
    pub warning: Warning,
}

/// What is odd about a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    /// What the description says of such a value: the rest of a sentence that begins with the field's name.
    Remark(String),
    /// Raw JSON has a name twice in one object: most servers take one of the values and say nothing.
    DuplicateName {
        /// RFC 6901 pointer of the second one, with a leading `#`.
        pointer: String,
    },
}

/// What is odd about a form, in the order of its fields.
pub fn warnings(operation: &Operation, draft: &Draft) -> Vec<FieldWarning> {
    let mut found = Vec::new();
    for field in &operation.parameters {
        collect(draft, &FieldPath::of(field), &field.schema, &mut found);
    }
    if let Some(body) = &operation.body {
        collect(draft, &FieldPath::body(), &body.schema, &mut found);
    }
    found
}

fn collect(draft: &Draft, path: &FieldPath, schema: &Schema, found: &mut Vec<FieldWarning>) {
    if let Raw::Text(text) = draft.get(path) {
        let fits = |remark: &&Remark| pattern::matches(&remark.pattern, text) != remark.not;
        found.extend(schema.remarks.iter().filter(fits).map(|remark| FieldWarning {
            target: Target::Field(path.clone()),
            warning: Warning::Remark(remark.text.clone()),
        }));
    }
    match (&schema.kind, draft.get(path)) {
        (Kind::Json, Raw::Text(text)) => {
            let warning = |names: Vec<String>| FieldWarning {
                target: Target::Field(path.clone()),
                warning: Warning::DuplicateName { pointer: json_pointer(&names) },
            };
            found.extend(duplicate_names(text).into_iter().map(warning));
        }
        (Kind::Array(item), Raw::Items(count)) => {
            (0..*count).for_each(|index| collect(draft, &path.child(index), item, found));
        }
        (Kind::Object(fields), raw) => {
            fields.iter().for_each(|field| collect(draft, &path.child(&field.name), &field.schema, found));
            if let (Raw::Members(names), false) = (raw, schema.additional == Additional::Refused) {
                names.iter().for_each(|name| collect(draft, &path.child(name), schema.additional.schema(), found));
            }
        }
        (Kind::OneOf(alternatives), _) => {
            if let Some(chosen) = alternatives.get(draft.alternative(path)) {
                collect(draft, path, &chosen.schema, found);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{open_https, path};

    #[test]
    fn an_id_with_stars_and_one_of_another_product_are_remarked_and_sent_all_the_same() {
        let operation = open_https();
        let remarks = |id: &str| {
            let mut draft = Draft::default();
            draft.set(path("InstanceId"), Raw::Text(id.to_owned()));
            assert!(crate::form::validate(&operation, &draft).is_ok(), "{id}");
            let found = warnings(&operation, &draft);
            assert!(found.iter().all(|found| found.target.name() == "InstanceId"), "{found:?}");
            found.len()
        };
        assert_eq!(remarks("es-cn-n6w1o1x0w001c0001"), 0);
        assert_eq!(remarks("es-cn-n6w1o1x0w001c****"), 1);
        assert_eq!(remarks("foo"), 1);
        assert_eq!(remarks("rm-****"), 2);
        assert!(warnings(&operation, &Draft::default()).is_empty(), "nothing is said of an empty field");
    }
}
