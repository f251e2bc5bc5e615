//! Runtime expressions → the values of one call. What is resolved holds single values only: no body, and no secret, for
//! everything is taken from what the screen may show.

use crate::call::{Exchange, ShownRequest};
use crate::catalog::follow::{Condition, Fallback, Item, Look, Operand, Stage, State};
use crate::catalog::{MASK, Operation};
use crate::outcome::Expression;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use thiserror::Error;

/// The call has no value for this runtime expression.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize, Deserialize)]
#[error("no value for {0}")]
pub struct MissingValue(pub String);

/// The call that runtime expressions are about.
#[derive(Debug)]
pub struct Subject<'a> {
    request: &'a ShownRequest,
    /// The operation's, with its placeholders.
    path: &'a str,
    /// `None`: expressions about the answer stay as they are.
    answer: Option<Value>,
}

impl<'a> Subject<'a> {
    /// A call that was sent.
    pub fn of(exchange: &'a Exchange) -> Self {
        let body = exchange.result.as_ref().ok().and_then(|(reply, answer)| answer.value(reply));
        let answer = Some(body.unwrap_or_default());
        Self { request: &exchange.request, path: &exchange.operation.path, answer }
    }

    /// A call that is not sent yet: [`crate::call::PlannedCall::preview`] gives its request.
    pub fn planned(operation: &'a Operation, request: &'a ShownRequest) -> Self {
        Self { request, path: &operation.path, answer: None }
    }

    pub(super) fn without_answer(self) -> Self {
        Self { answer: None, ..self }
    }

    fn value(&self, expression: &str) -> Option<Value> {
        let value = match Expression::parse(expression)? {
            Expression::ResponseBody(pointer) => self.answer.as_ref()?.pointer(pointer)?.clone(),
            other => {
                let sent = self.request.sent_value(self.path, other)?;
                // A part of the path that is not filled in is shown as the description writes it.
                let is_open = matches!(other, Expression::Request("path", name) if sent == format!("{{{name}}}"));
                Value::from(Some(sent).filter(|_| !is_open)?)
            }
        };
        let is_usable = match &value {
            Value::String(text) => !text.is_empty() && !text.contains(MASK),
            Value::Bool(_) | Value::Number(_) => true,
            Value::Null | Value::Array(_) | Value::Object(_) => false,
        };
        is_usable.then_some(value)
    }

    fn operand(&self, operand: &Operand) -> Result<Operand, MissingValue> {
        match operand {
            Operand::Expression(text) if self.answer.is_some() || !text.starts_with("$response.") => {
                self.value(text).map(Operand::Constant).ok_or_else(|| MissingValue(text.clone()))
            }
            other => Ok(other.clone()),
        }
    }

    /// A value that the call does not have is not equal to any.
    fn condition(&self, condition: &Condition) -> Condition {
        let values = |values: &[Operand]| values.iter().filter_map(|value| self.operand(value).ok()).collect();
        condition.iter().map(|(pointer, allowed)| (pointer.clone(), values(allowed))).collect()
    }
}

/// The look with the values of the call.
pub(super) fn look(look: &Look, subject: &Subject<'_>) -> Result<Look, MissingValue> {
    let parameter = |(name, value): &(String, Operand)| Ok((name.clone(), subject.operand(value)?));
    let item = |item: &Item| Item { filter: subject.condition(&item.filter), ..item.clone() };
    Ok(Look {
        operation: look.operation.clone(),
        parameters: look.parameters.iter().map(parameter).collect::<Result<_, MissingValue>>()?,
        item: look.item.as_ref().map(item),
        absent: look.absent.clone(),
        states: look.states.iter().map(|state| State { when: subject.condition(&state.when), is: state.is }).collect(),
        shows: look.shows.clone(),
    })
}

pub(super) fn stages(stages: &[Stage], subject: &Subject<'_>) -> Result<Vec<Stage>, MissingValue> {
    // A look besides is not made where the call lacks what it needs.
    let besides = |other: &Fallback| Some(Fallback { look: look(&other.look, subject).ok()?, ..other.clone() });
    let stage = |stage: &Stage| {
        let fallback = stage.fallback.as_ref().and_then(besides);
        Ok(Stage { look: look(&stage.look, subject)?, fallback, ..stage.clone() })
    };
    stages.iter().map(stage).collect()
}

/// The stages of a call whose answer was lost, with the values that an item of a list has instead of it: pointers into the
/// answer, and pointers into the item.
pub(super) fn recovered(all: &[Stage], with: &[(String, String)], item: &Value) -> Result<Vec<Stage>, MissingValue> {
    let mut answer = Value::Object(serde_json::Map::new());
    for (to, from) in with {
        if let Some(value) = item.pointer(from) {
            insert(&mut answer, to, value.clone());
        }
    }
    let request = ShownRequest {
        method: String::new(),
        url: String::new(),
        address: None,
        headers: Vec::new(),
        body: String::new(),
        trace: Default::default(),
    };
    stages(all, &Subject { request: &request, path: "", answer: Some(answer) })
}

/// Puts a value where a pointer through objects leads.
fn insert(object: &mut Value, pointer: &str, value: Value) {
    let mut place = object;
    for name in pointer.split('/').skip(1) {
        let Some(members) = place.as_object_mut() else { return };
        place = members.entry(name.replace("~1", "/").replace("~0", "~")).or_insert(Value::Object(Default::default()));
    }
    *place = value;
}

/// The value of an operand that is resolved.
pub(super) fn constant(operand: &Operand) -> Option<&Value> {
    match operand {
        Operand::Constant(value) => Some(value),
        Operand::Expression(_) | Operand::Pattern(_) => None,
    }
}
