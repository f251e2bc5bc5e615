//! Preconditions and follow-through, in English.

use super::super::{FollowWords, Message};
use super::explain::time::span;
use crate::follow::preconditions::{Standing, Unknown};
use crate::follow::{End, Refusal, Why};
use crate::outcome::Severity;

pub(super) static FOLLOW: FollowWords = FollowWords {
    title: "Follow-through",
    list: "Changes",
    progress: "Progress",
    looking: "looking now…",
    look_now: "Look now",
    stop: "Stop looking",
    resume: "Look again",
    go_on: "Go on with the new credential",
    repeat: "Send again…",
    notify: "Notify me at the end",
    needs_credential: "The provider does not accept the credential any more. Enter a new one to go on.",
    no_credential: "A credential is needed to look. Enter one to go on.",
    accepted: "The console has read nothing of the change yet.",
    unseen,
    how_to_see: "The API does not show the state. To see it:",
    stopped: "Not known: you stopped looking.",
    no_answer_to_call: "The call got no usable answer.",
    recovering: "The console checks whether the change was carried out.",
    recovered: "The call got no usable answer, but the console found the change.",
    conflict: "Refused: something is under way there. It may be this very change, if the call was delivered twice. The console looks.",
    came_twice: "The call was refused because such a change was under way already, which the console followed: a browser or a proxy may have delivered the call twice.",
    sent_again: "Sent again: the later call shows what became of it.",
    overtaken,
    limit,
    looks,
    profile_gone,
    offline: "waiting for the network",
    running,
    end,
    since,
    last_look,
    next_look,
    speed,
    no_answer: "The last look got no answer.",
    refused,
    evidence,
    picker_filter: "Type in the field to filter. The arrow keys lead into the list, Escape closes it.",
    more_rows: "More",
    nothing_fits,
    picker_needs,
    reading: "Checking the conditions…",
    not_checked: "Not known: the API does not tell.",
    same_reason: "Not known, for the same reason.",
    standing,
    read_at,
    unmet,
};

fn running(progress: Option<&str>) -> String {
    progress.map_or_else(|| String::from("The change is running."), |progress| format!("Running: {progress}"))
}

fn overtaken(before: &str) -> String {
    format!("A later change of the same instance was accepted. What was known before: {before}")
}

fn unseen(was_seen: bool, read: &[(String, String)]) -> String {
    let when = if was_seen { "now" } else { "yet" };
    [format!("The provider does not show the change {when}."), values(read)].join(" ").trim_end().to_owned()
}

fn limit(seconds: u64, read: &[(String, String)]) -> String {
    let stopped = format!("Not known: the console stopped looking {} after the call.", span(seconds));
    match values(read) {
        read if read.is_empty() => format!("{stopped} The last look showed no end."),
        read => format!("{stopped} The last look read: {read}"),
    }
}

/// What was read, as a sentence. Empty where nothing was.
fn values(read: &[(String, String)]) -> String {
    let values = read.iter().map(|(label, value)| format!("{label} {value}")).collect::<Vec<_>>().join(", ");
    if values.is_empty() { values } else { format!("{values}.") }
}

fn looks(connection: Option<&str>, region: &str, profile: &str) -> String {
    let way = connection.map_or_else(|| String::from("Simulated"), |name| format!("Looks go through {name}"));
    [way.as_str(), region, profile].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn profile_gone(instead: &str) -> String {
    format!("{instead} (the profile that sent the call is not here)").trim().to_owned()
}

fn end(end: &End) -> String {
    let fixed = match end {
        End::Verified => "Verified: the state was read from the API.",
        End::Completed => "Completed: the task is finished.",
        End::Failed(None) => "Failed: the change was not carried out.",
        End::Failed(Some(reason)) => return format!("Failed: {reason}"),
        End::NotCarriedOut => "Not carried out: the provider shows no such change.",
        End::NotSeen(seconds) => {
            return format!(
                "Not known: {} after the call, the provider shows no such change. It may still appear. Look again, or check in the provider's console, before you send the call again.",
                span((*seconds).into())
            );
        }
        End::Unknown(Why::Refused(refusal)) => return format!("Not known. {}", refused(refusal)),
        End::Unknown(why) => return format!("Not known: {}", unknown(why)),
    };
    fixed.to_owned()
}

fn unknown(why: &Why) -> String {
    let fixed = match why {
        Why::Limit => "the console stopped looking before it saw an end.",
        Why::Unclear => "what the provider shows does not tell whether the change was carried out.",
        Why::NeverSeen => "the provider never showed this change.",
        Why::Refused(refusal) => return refused(refusal),
        Why::NoAnswer => "the console asked several times, and got no answer.",
        Why::NotOffered => "this site does not offer the call that shows it.",
        Why::MissingValue(_) => "the answer to the call lacks a value that is needed to look.",
        Why::NotDescribed => "the description of the API does not say where to look.",
    };
    fixed.to_owned()
}

fn since(seconds: i64) -> String {
    format!("{} since the call", span(seconds.max(0).unsigned_abs()))
}

fn last_look(time: &str, looks: u32) -> String {
    match looks {
        1 => format!("1 look, at {time}"),
        looks => format!("{looks} looks, the last at {time}"),
    }
}

fn next_look(seconds: i64, is_first: bool) -> String {
    format!("{} look in {seconds} s", if is_first { "first" } else { "next" })
}

fn speed(times: i32) -> String {
    format!("simulated time, {times} times as fast")
}

fn refused(refusal: &Refusal) -> String {
    let said = [refusal.code.as_str(), refusal.message.as_str()].into_iter().filter(|text| !text.is_empty());
    match said.collect::<Vec<_>>().join(": ") {
        said if said.is_empty() => format!("The provider answered the look with HTTP {}.", refusal.status),
        said => format!("The provider answered the look with {said}"),
    }
}

fn evidence(time: Option<&str>, proves: bool) -> String {
    match time {
        None => String::from("Nothing read yet:"),
        Some(time) if proves => format!("Evidence, read at {time}:"),
        Some(time) => format!("Read at {time}:"),
    }
}

fn standing(standing: &Standing) -> String {
    let fixed = match standing {
        Standing::Pass => "Holds",
        Standing::Fail => "Does not hold",
        Standing::Depends => "Not known: it depends on what the vendor does not publish",
        Standing::Already => "Already switched",
        Standing::Unknown(Unknown::Absent) => "Not known: the provider does not show it",
        Standing::Unknown(Unknown::Unclear) => "Not known: the answer does not say it clearly",
        Standing::Unknown(Unknown::NoAnswer) => "Not known: nobody answered",
        Standing::Unknown(Unknown::Offline) => "Not known: this computer is offline",
        Standing::Unknown(Unknown::NeedsCredential) => "Not known: the credential was not accepted",
        Standing::Unknown(Unknown::NotOffered) => "Not known: this site does not offer the call that reads it",
        Standing::Unknown(Unknown::Refused(refusal)) => return format!("Not known. {}", refused(refusal)),
    };
    fixed.to_owned()
}

fn read_at(time: &str) -> String {
    format!("read at {time}")
}

fn unmet(condition: &str, read: &[(String, String)]) -> String {
    let read = values(read);
    let said = format!("This did not hold when the console read it: {condition} {read}");
    format!("{} Correct this first. Waiting alone may not help.", said.trim_end())
}

fn nothing_fits(rows: usize, has_more: bool) -> String {
    let more = if has_more { "Press More to get the next ones. " } else { "" };
    format!("What is typed matches none of the {rows} in the list. {more}You can still send it as it is.")
}

fn picker_needs(fields: &[String]) -> Message {
    Message {
        severity: Severity::Warning,
        title: format!("Fill in {} first", fields.join(" and ")),
        causes: vec![String::from("The list depends on it.")],
        remedies: Vec::new(),
    }
}
