//! No file, however broken, makes the page unusable: a thousand mutations of the shipped documents.

use super::{documents, read};
use serde_json::{Value, json};
use tls_console::catalog::{Api, Kind, Location};
use tls_console::form::{Draft, FieldPath, check_server, validate, warnings};
use tls_console::request::build;

/// Marsaglia's xorshift: the same thousand every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end.max(1) as u64) as usize
    }

    fn pick<T: Clone>(&mut self, list: &[T]) -> T {
        list.get(self.below(list.len())).unwrap().clone()
    }
}

/// What stands in the text for a value nested deeper than any parser follows.
const DEEP: &str = "\"@deep\"";

fn pointers(value: &Value, at: &str, all: &mut Vec<String>) {
    all.push(at.to_owned());
    match value {
        Value::Object(members) => members.iter().for_each(|(name, member)| {
            pointers(member, &format!("{at}/{}", name.replace('~', "~0").replace('/', "~1")), all);
        }),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| pointers(item, &format!("{at}/{index}"), all));
        }
        _ => {}
    }
}

fn mutate(document: &mut Value, dice: &mut Dice) {
    let mut all = Vec::new();
    pointers(document, "", &mut all);
    let at = dice.pick(&all);
    // The whole document has no place inside another.
    let Some((parent, key)) = at.rsplit_once('/') else { return };
    let key = key.replace("~1", "/").replace("~0", "~");
    let target = dice.pick(&all);
    let values = [
        json!(null),
        json!(true),
        json!(-1),
        json!(1e300),
        json!(""),
        json!("\u{0}é/{}#?%zz..\\"),
        json!([]),
        json!({}),
        json!({"$ref": format!("#{target}")}),
        json!({"allOf": [{"$ref": format!("#{target}")}, {"$ref": format!("#{at}")}]}),
        json!({"anyOf": [{"$ref": format!("#{target}")}, {"type": "null"}]}),
        json!({"oneOf": [{"$ref": format!("#{at}")}, {"type": ["string", "array"]}]}),
        json!({"type": "array", "items": {"$ref": format!("#{at}")}}),
        json!({"type": "object", "additionalProperties": {"$ref": format!("#{target}")}}),
        json!("@deep"),
        document.pointer(&target).cloned().unwrap_or_default(),
    ];
    let value = dice.pick(&values);
    let removes = dice.below(3) == 0;
    match document.pointer_mut(parent) {
        Some(Value::Object(members)) if removes => drop(members.shift_remove(&key)),
        Some(Value::Object(members)) => drop(members.insert(key, value)),
        Some(Value::Array(items)) => {
            let index = key.parse::<usize>().unwrap();
            if removes {
                items.remove(index);
            } else {
                *items.get_mut(index).unwrap() = value;
            }
        }
        _ => {}
    }
}

/// Everything that the page does with a description before anything is sent.
fn open(text: &str) {
    let Ok(api) = Api::load("apis/mutated.json", text) else { return };
    let _ = api.grants();
    for entry in &api.operations {
        let _ = api.follow_up(&entry.id);
        let Some(Ok(operation)) = api.operation(&entry.id) else { continue };
        let mut draft = Draft::new(&operation, &mut || String::from("an id"));
        for field in operation.fields() {
            match (&field.schema.example, &field.schema.kind) {
                (Some(example), _) => draft.set_as(&FieldPath::of(field), &field.schema, example),
                (None, Kind::Object(_)) => draft.turn_on(&FieldPath::of(field), &field.schema),
                (None, Kind::OneOf(_)) => draft.choose(&FieldPath::of(field), 1, &field.schema),
                (None, _) => draft.set_value(&FieldPath::of(field), &json!("..")),
            }
        }
        if let Some(example) = operation.body.as_ref().and_then(|body| body.schema.example.as_ref()) {
            draft.set_as(
                &FieldPath { location: Location::Body, path: String::new() },
                &operation.body.as_ref().unwrap().schema,
                example,
            );
        }
        let _ = (check_server(&operation, &draft), warnings(&operation, &draft));
        if let Ok(arguments) = validate(&operation, &draft)
            && let Ok(request) = build(&operation, &arguments)
        {
            assert_eq!(url::Url::parse(&request.url()).unwrap().as_str(), request.url(), "a browser respells it");
        }
        let _ = Draft::from_value(&operation, &draft.to_value(&operation));
    }
}

#[test]
fn a_thousand_mutations_of_the_shipped_documents_are_read_without_a_panic() {
    let mut dice = Dice(0x7153_6f6e_736f_6c65);
    let documents: Vec<Value> = documents().iter().map(|file| serde_json::from_str(&read(file)).unwrap()).collect();
    let deep = format!("{}1{}", "[".repeat(10_000), "]".repeat(10_000));
    for _ in 0..1_000 {
        let mut document = documents[dice.below(documents.len())].clone();
        (0..=dice.below(4)).for_each(|_| mutate(&mut document, &mut dice));
        open(&document.to_string().replace(DEEP, &deep));
    }
}
