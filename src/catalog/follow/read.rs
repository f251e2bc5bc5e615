//! JSON → [`FollowUp`].

use super::{
    Check, Condition, Fallback, FollowLink, FollowUp, Item, Look, Operand, Recover, Repeat, Stage, State, Timing,
    Verdict,
};
use crate::catalog::load::{parameter_name, read_status};
use crate::catalog::model::StatusRange;
use crate::catalog::node::{Node, Reason, Result, Unsupported};
use crate::catalog::schema::read_pattern;
use serde_json::Value;

/// The words of `is` in one of the extensions.
type Words = [(&'static str, Verdict)];
/// Whether the document has an operation of this id.
type Known<'a> = &'a dyn Fn(&str) -> bool;

pub(super) fn follow_up(node: &Node<'_>, known: Known<'_>) -> FollowUp {
    let recover = node.usable_member("x-recover");
    let preconditions = node.usable_member("x-preconditions");
    let preconditions = preconditions.iter().flat_map(Node::usable_items).enumerate();
    let checks = preconditions.filter_map(|(index, node)| {
        let check = node.usable_member("check")?;
        node.usable(read_check(&check, index, known))
    });
    let checks = checks.collect();
    let links = links(node, known);
    let recover = recover.and_then(|recover| node.usable(read_recover(&recover, &links, known)));
    FollowUp { links, recover, checks, omissions: Vec::new() }
}

/// A link with its own look, before the others are joined to it.
struct Own {
    name: String,
    status: StatusRange,
    stage: Stage,
    then: Option<String>,
}

fn links(node: &Node<'_>, known: Known<'_>) -> Vec<FollowLink> {
    let responses = node.usable_member("responses");
    let mut own = Vec::new();
    for (key, response) in responses.iter().flat_map(Node::usable_members) {
        let Some(status) = read_status(key) else { continue };
        let links = response.usable_member("links");
        for (name, link) in links.iter().flat_map(Node::usable_members) {
            if let Some(found) = link.usable(read_link(&link, name, status, known)).flatten() {
                own.push((found, link));
            }
        }
    }
    let chain = |(first, link): &(Own, Node<'_>)| {
        let mut stages = vec![first.stage.clone()];
        let mut then = first.then.as_deref();
        while let Some(name) = then {
            let next = own.iter().find(|(other, _)| other.name == name && other.status == first.status);
            // A circle of links is as good as none.
            let Some((next, _)) = next.filter(|_| stages.len() <= own.len()) else {
                return Err(link.error_at("x-follow", Reason::Reference(name.to_owned())));
            };
            stages.push(next.stage.clone());
            then = next.then.as_deref();
        }
        let is_later =
            own.iter().any(|(other, _)| other.status == first.status && other.then.as_ref() == Some(&first.name));
        Ok(FollowLink { name: first.name.clone(), status: first.status, stages, is_later })
    };
    own.iter().filter_map(|found| found.1.usable(chain(found))).collect()
}

/// `None`: the link is not followed.
fn read_link(link: &Node<'_>, name: &str, status: StatusRange, known: Known<'_>) -> Result<Option<Own>> {
    let Some(follow) = link.get("x-follow")? else { return Ok(None) };
    let Fallback { look, progress, reason } = read_told(&follow, link, known)?;
    let fallback = follow.usable_member("else");
    let stage = Stage {
        look,
        timing: read_timing(&follow)?,
        progress,
        reason,
        fallback: fallback.and_then(|other| other.usable(read_told(&other, &other, known))),
        proof: follow.bool("proof")?.unwrap_or_default(),
        see: follow.texts("see")?,
    };
    let then = follow.str("then")?.map(str::to_owned);
    Ok(Some(Own { name: name.to_owned(), status, stage, then }))
}

/// A look at a change, with what it tells besides its state.
fn read_told(node: &Node<'_>, call: &Node<'_>, known: Known<'_>) -> Result<Fallback> {
    let look = read_look(node, call, &Verdict::OF_FOLLOW, known)?;
    Ok(Fallback { look, progress: pointer(node, "progress")?, reason: pointer(node, "reason")? })
}

fn read_recover(node: &Node<'_>, links: &[FollowLink], known: Known<'_>) -> Result<Recover> {
    let looks = node.require("looks")?;
    let follow = match node.get("follow")? {
        Some(name) if links.iter().any(|link| Ok(link.name.as_str()) == name.as_str().map_err(drop)) => {
            Some(name.as_str()?.to_owned())
        }
        Some(name) => return Err(name.error(Reason::Reference(name.as_str()?.to_owned()))),
        None => None,
    };
    let with = node.get("with")?.map_or(Ok(Vec::new()), |with| with.members())?;
    let repeat = match node.get("repeat")? {
        None => None,
        Some(repeat) => Some(match repeat.as_str()? {
            "same-token" => Repeat::SameToken,
            "when-absent" => Repeat::WhenAbsent,
            other => return Err(unknown_word(&repeat, other)),
        }),
    };
    Ok(Recover {
        look: read_look(&looks, &looks, &Verdict::OF_RECOVER, known)?,
        timing: read_timing(&looks)?,
        limit_of_conflict: looks.get("conflict-limit")?.map(|limit| seconds(&limit)).transpose()?,
        follow,
        with: with.iter().map(|(to, from)| Ok(((*to).to_owned(), as_pointer(from)?))).collect::<Result<_>>()?,
        repeat,
    })
}

fn read_check(node: &Node<'_>, precondition: usize, known: Known<'_>) -> Result<Check> {
    Ok(Check {
        precondition,
        look: read_look(node, node, &Verdict::OF_CHECK, known)?,
        when_absent: node.get("when-absent")?.map(|word| verdict(&word, &Verdict::OF_CHECK)).transpose()?,
    })
}

/// `call` has the operation and its parameters: a link's are its own.
fn read_look(node: &Node<'_>, call: &Node<'_>, words: &Words, known: Known<'_>) -> Result<Look> {
    let operation = call.require("operationId")?;
    if !known(operation.as_str()?) {
        return Err(operation.error(Reason::Reference(operation.as_str()?.to_owned())));
    }
    let parameters = call.get("parameters")?.map_or(Ok(Vec::new()), |parameters| parameters.members())?;
    let state =
        |state: &Node<'_>| Ok(State { when: condition(state, "when")?, is: verdict(&state.require("is")?, words)? });
    let shows = node.get("shows")?.map_or(Ok(Vec::new()), |shows| shows.items())?;
    let show =
        |show: &Node<'_>| Ok((show.require("label")?.as_str()?.to_owned(), as_pointer(&show.require("value")?)?));
    Ok(Look {
        operation: operation.as_str()?.to_owned(),
        parameters: parameters
            .iter()
            .map(|(name, node)| (parameter_name(name).to_owned(), operand(node.value)))
            .collect(),
        item: node.get("item")?.map(|item| read_item(&item)).transpose()?,
        absent: node.texts("absent")?,
        states: node.require("states")?.items()?.iter().map(state).collect::<Result<_>>()?,
        shows: shows.iter().map(show).collect::<Result<_>>()?,
    })
}

fn read_item(node: &Node<'_>) -> Result<Item> {
    Ok(Item {
        list: as_pointer(&node.require("list")?)?,
        filter: condition(node, "where")?,
        since: pointer(node, "since")?,
        total: pointer(node, "total")?,
        count: node.str("count")?.map(str::to_owned),
    })
}

fn read_timing(node: &Node<'_>) -> Result<Timing> {
    let number = |key: &str| seconds(&node.require(key)?);
    Ok(Timing { first: number("first")?, interval: number("interval")?.max(1), limit: number("limit")? })
}

fn seconds(node: &Node<'_>) -> Result<u32> {
    Ok(u32::try_from(node.as_count()?).unwrap_or(u32::MAX))
}

fn condition(node: &Node<'_>, key: &str) -> Result<Condition> {
    let members = node.get(key)?.map_or(Ok(Vec::new()), |condition| condition.members())?;
    let one = |(pointer, values): &(&str, Node<'_>)| {
        check_pointer(values, pointer)?;
        Ok(((*pointer).to_owned(), values.items()?.iter().map(allowed).collect::<Result<_>>()?))
    };
    members.iter().map(one).collect()
}

/// A value, or a pattern for it.
fn allowed(node: &Node<'_>) -> Result<Operand> {
    match node.get("pattern")? {
        Some(pattern) => Ok(Operand::Pattern(read_pattern(&pattern)?)),
        None => Ok(operand(node.value)),
    }
}

fn operand(value: &Value) -> Operand {
    match value.as_str() {
        Some(text) if text.starts_with("$request.") || text.starts_with("$response.") => {
            Operand::Expression(text.to_owned())
        }
        _ => Operand::Constant(value.clone()),
    }
}

fn verdict(node: &Node<'_>, words: &Words) -> Result<Verdict> {
    let word = node.as_str()?;
    words.iter().find(|(other, _)| *other == word).map(|(_, verdict)| *verdict).ok_or_else(|| unknown_word(node, word))
}

fn pointer(node: &Node<'_>, key: &str) -> Result<Option<String>> {
    node.get(key)?.map(|node| as_pointer(&node)).transpose()
}

fn as_pointer(node: &Node<'_>) -> Result<String> {
    let pointer = node.as_str()?;
    check_pointer(node, pointer)?;
    Ok(pointer.to_owned())
}

/// A pointer is empty or begins with a slash.
fn check_pointer(node: &Node<'_>, pointer: &str) -> Result<()> {
    match pointer.is_empty() || pointer.starts_with('/') {
        true => Ok(()),
        false => Err(node.error(Reason::Reference(pointer.to_owned()))),
    }
}

fn unknown_word(node: &Node<'_>, word: &str) -> Box<crate::catalog::CatalogError> {
    node.error(Reason::Unsupported(Unsupported::Keyword(word.to_owned())))
}
