//! What an answer says: a look and a JSON body → [`Observation`].

use super::ClockSkew;
use super::resolve::constant;
use crate::catalog::follow::{Condition, Item, Look, Operand, Verdict};
use crate::catalog::plain_text;
use crate::clock::parse_timestamp;
use crate::pattern;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use time::{Duration, OffsetDateTime};

/// The provider's clock may be off by so little where it is known.
const KNOWN_SKEW: Duration = Duration::seconds(5);
/// Where it is not known, an item that is older than the call by so little is taken for the call's.
const UNKNOWN_SKEW: Duration = Duration::seconds(60);
/// And by so much this computer's clock may be ahead: signatures with a time further off are refused.
const MOST_SKEW: Duration = Duration::minutes(15);

/// A call, or a second copy of it that a browser or a proxy held back, arrives within so long. What begins later is of another one.
const ARRIVES: Duration = Duration::seconds(90);

/// A provider shows a change that it accepted within so long. What begins later may be somebody else's.
const MOST_DELAY: Duration = Duration::minutes(15);

/// What a look says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Observation {
    pub seen: Seen,
    /// Labels and values.
    pub evidence: Vec<(String, String)>,
    /// How far the change has got, in the provider's words.
    pub progress: Option<String>,
    /// The provider's reason of a failure.
    pub reason: Option<String>,
}

/// What an answer means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Seen {
    Says(Verdict),
    /// There is nothing to see.
    Absent,
    /// There is something, and the description does not say what it means.
    Unclear,
}

impl Observation {
    /// What an error code means that the look names as "absent".
    pub(super) fn absent() -> Self {
        Self { seen: Seen::Absent, evidence: Vec::new(), progress: None, reason: None }
    }

    pub(super) fn unclear() -> Self {
        Self { seen: Seen::Unclear, ..Self::absent() }
    }
}

/// The call before which no item of a list is of interest.
#[derive(Debug, Clone, Copy)]
pub(super) struct After<'a> {
    pub(super) sent: OffsetDateTime,
    /// When it was sent for the last time.
    pub(super) last: OffsetDateTime,
    /// Where the API refused every one of the calls because something is under way: when each was sent.
    pub(super) refused: Option<&'a [OffsetDateTime]>,
    pub(super) skew: Option<ClockSkew>,
    /// Where an item has an id, and the ids of other calls.
    pub(super) ids: &'a [(String, String)],
    pub(super) known: &'a [String],
}

impl After<'_> {
    /// What is from then on is of the call, or of one soon after it.
    fn earliest(&self) -> OffsetDateTime {
        self.skew.map_or_else(|| self.sent.saturating_sub(UNKNOWN_SKEW), |skew| self.there(skew.most))
    }

    /// What is from before then is of another call, whatever the clocks say.
    fn surely_before(&self) -> OffsetDateTime {
        self.skew.map_or_else(|| self.sent.saturating_sub(MOST_SKEW), |skew| self.there(skew.least))
    }

    /// What is from after then is of a later call, whatever the clocks say.
    fn latest(&self) -> OffsetDateTime {
        let skew = self.skew.map_or(MOST_SKEW, |skew| Duration::seconds(skew.most).saturating_add(KNOWN_SKEW));
        self.last.saturating_add(skew).saturating_add(MOST_DELAY)
    }

    /// Whether something that began then is of a call that was refused because something is under way. That may be a colleague's
    /// change as well as the call's own, which came twice: only one that began while a call was on its way is taken for its own,
    /// and only where the clocks can be compared.
    fn is_of_refused(&self, calls: &[OffsetDateTime], time: OffsetDateTime) -> bool {
        let Some(ClockSkew { least, most }) = self.skew else { return false };
        let is_of = |sent: &OffsetDateTime| {
            let [earliest, latest] = [most, least].map(|skew| sent.saturating_add(Duration::seconds(skew)));
            time >= earliest.saturating_sub(KNOWN_SKEW) && time <= latest.saturating_add(ARRIVES + KNOWN_SKEW)
        };
        calls.iter().any(is_of)
    }

    /// When the call was sent, by the provider's clock.
    fn there(&self, skew: i64) -> OffsetDateTime {
        self.sent.saturating_add(Duration::seconds(skew)).saturating_sub(KNOWN_SKEW)
    }
}

/// What a look is about.
pub(super) enum Match<'a> {
    This(&'a Value),
    Absent,
    /// No list, a list that goes on on another page, or an item whose time cannot be read or compared.
    Unclear,
}

/// The part of a body that a look is about.
pub(super) fn find<'a>(look: &Look, body: &'a Value, after: Option<After<'_>>) -> Match<'a> {
    let Some(item) = &look.item else { return Match::This(body) };
    let Some(items) = body.pointer(&item.list).and_then(Value::as_array) else { return Match::Unclear };
    let mut is_open = false;
    for value in items.iter().filter(|value| holds(&item.filter, value)) {
        match is_of_call(item, value, after) {
            Some(true) => return Match::This(value),
            Some(false) => {}
            None => is_open = true,
        }
    }
    let is_whole = item.total.as_ref().is_none_or(|total| {
        let count = body.pointer(total).and_then(|count| plain_text(count).parse().ok());
        count.is_some_and(|count: usize| count <= items.len())
    });
    if (is_whole || goes_back(item, items, after)) && !is_open { Match::Absent } else { Match::Unclear }
}

/// Whether a page of a list, whose items come with the latest first, goes back to before the call: other pages have nothing of it.
fn goes_back(item: &Item, items: &[Value], after: Option<After<'_>>) -> bool {
    let (Some(since), Some(after)) = (&item.since, after) else { return false };
    let time = |value: &Value| parse_timestamp(&plain_text(value.pointer(since)?));
    let Some(times) = items.iter().map(time).collect::<Option<Vec<_>>>() else { return false };
    times.is_sorted_by(|one, other| one >= other) && times.last().is_some_and(|oldest| *oldest < after.surely_before())
}

/// Whether an item is of the call. `None`: its time cannot be read, cannot be compared with this computer's, or is one at which
/// somebody else may have begun it.
fn is_of_call(item: &Item, value: &Value, after: Option<After<'_>>) -> Option<bool> {
    let (Some(since), Some(after)) = (&item.since, after) else { return Some(true) };
    let id_of = |pointer: &String| value.pointer(pointer).map(plain_text);
    if after.ids.iter().any(|(_, pointer)| id_of(pointer).is_some_and(|id| after.known.contains(&id))) {
        return Some(false);
    }
    let time = parse_timestamp(&plain_text(value.pointer(since)?))?;
    match time {
        _ if time > after.latest() => None,
        _ if time >= after.earliest() => {
            after.refused.is_none_or(|calls| after.is_of_refused(calls, time)).then_some(true)
        }
        _ => (time < after.surely_before()).then_some(false),
    }
}

/// What a look says. `body`: of an answer that is a success.
pub(super) fn judge(look: &Look, body: &Value, after: Option<After<'_>>) -> Observation {
    match find(look, body, after) {
        Match::This(value) => observe(look, value),
        Match::Absent => {
            let label = look.item.iter().filter_map(|item| item.count.clone());
            Observation { evidence: label.map(|label| (label, String::from("0"))).collect(), ..Observation::absent() }
        }
        Match::Unclear => Observation::unclear(),
    }
}

/// The same, with how far a change has got and why it failed.
pub(super) fn judge_change(
    look: &Look,
    [progress, reason]: [&Option<String>; 2],
    body: &Value,
    after: After<'_>,
) -> Observation {
    let Match::This(value) = find(look, body, Some(after)) else { return judge(look, body, Some(after)) };
    let text = |pointer: &Option<String>| text_at(value, pointer.as_ref()?);
    Observation { progress: text(progress), reason: text(reason), ..observe(look, value) }
}

pub(super) fn observe(look: &Look, value: &Value) -> Observation {
    let state = look.states.iter().find(|state| holds(&state.when, value));
    let evidence = look.shows.iter().filter_map(|(label, pointer)| Some((label.clone(), text_at(value, pointer)?)));
    Observation {
        seen: state.map_or(Seen::Unclear, |state| Seen::Says(state.is)),
        evidence: evidence.collect(),
        progress: None,
        reason: None,
    }
}

/// A single value as text; `None` where there is none.
fn text_at(value: &Value, pointer: &str) -> Option<String> {
    let found = value.pointer(pointer).filter(|found| !found.is_null() && !found.is_object() && !found.is_array())?;
    Some(plain_text(found)).filter(|text| !text.trim().is_empty())
}

/// Whether each of the values is one of those that are allowed.
fn holds(condition: &Condition, value: &Value) -> bool {
    let fits = |(pointer, allowed): &(String, Vec<Operand>)| {
        let found = value.pointer(pointer).unwrap_or(&Value::Null);
        allowed.iter().any(|operand| is_equal(operand, found))
    };
    condition.iter().all(fits)
}

/// Some APIs answer with texts for what others write as a number or as `true`, and what was sent is known as text.
fn is_equal(operand: &Operand, found: &Value) -> bool {
    match operand {
        Operand::Pattern(pattern) => !found.is_null() && pattern::matches(pattern, &plain_text(found)),
        other => constant(other).is_some_and(|wanted| match (wanted, found) {
            (Value::Null, _) | (_, Value::Null) => wanted == found,
            _ => plain_text(wanted) == plain_text(found),
        }),
    }
}

#[cfg(test)]
mod tests;
