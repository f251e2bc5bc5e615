//! Finding calls: one text with words and filters, over summaries only.
//!
//! A word is found anywhere in what a summary says. A filter is a name, a colon and a value: see [`Query::parse`].

use super::{Standing, Summary};
use time::{Date, Duration, Month, OffsetDateTime};

/// The stored calls, the latest first, ready to be searched.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Index {
    rows: Vec<Row>,
}

#[derive(Debug, Clone, PartialEq)]
struct Row {
    summary: Summary,
    /// What words are looked for in, in lower case: made once, so that a search only compares.
    text: String,
}

/// What decides the order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SortBy {
    Started,
    Operation,
    Subject,
    Status,
    Result,
}

impl Index {
    /// `shown`: what a row shows that is not in its summary, such as the word for a pinned one.
    pub fn new(mut summaries: Vec<Summary>, shown: &dyn Fn(&Summary) -> String) -> Self {
        summaries.sort_by(|one, other| (other.started, &other.id).cmp(&(one.started, &one.id)));
        let row = |summary: Summary| Row { text: searchable(&summary, &shown(&summary)), summary };
        Self { rows: summaries.into_iter().map(row).collect() }
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub fn get(&self, row: usize) -> Option<&Summary> {
        self.rows.get(row).map(|row| &row.summary)
    }

    pub fn of_id(&self, id: &str) -> Option<&Summary> {
        self.rows.iter().map(|row| &row.summary).find(|summary| summary.id == id)
    }

    /// The rows that a query finds. Pinned ones come first, then the latest, unless another order is wanted.
    pub fn search(&self, query: &Query, sort: Option<(SortBy, bool)>) -> Vec<usize> {
        let found = self.rows.iter().enumerate().filter(|(_, row)| query.finds(&row.summary, &row.text));
        let mut found: Vec<(usize, &Summary)> = found.map(|(place, row)| (place, &row.summary)).collect();
        match sort {
            None => found.sort_by_key(|(_, summary)| !summary.pinned),
            Some((by, descending)) => found.sort_by(|(_, one), (_, other)| {
                let order = by.compare(one, other);
                if descending { order.reverse() } else { order }
            }),
        }
        found.into_iter().map(|(place, _)| place).collect()
    }
}

impl SortBy {
    fn compare(self, one: &Summary, other: &Summary) -> std::cmp::Ordering {
        match self {
            Self::Started => one.started.cmp(&other.started),
            Self::Operation => one.what().cmp(other.what()),
            Self::Subject => one.subject.cmp(&other.subject),
            Self::Status => one.status.cmp(&other.status),
            Self::Result => (one.standing, &one.title).cmp(&(other.standing, &other.title)),
        }
    }
}

impl Summary {
    /// What was done: the act, or the operation where the description has no act.
    pub fn what(&self) -> &str {
        if self.act.is_empty() { &self.operation_title } else { &self.act }
    }
}

fn searchable(summary: &Summary, shown: &str) -> String {
    let status = summary.status.map(|status| status.to_string()).unwrap_or_default();
    let mut text = [
        summary.what(),
        &summary.operation_title,
        &summary.api_title,
        &summary.api,
        &summary.operation,
        &summary.subject,
        &summary.region,
        &summary.connection,
        &status,
        &summary.code,
        &summary.became().1,
        &summary.note,
        &summary.id,
        shown,
    ]
    .join("\n");
    for (_, value) in &summary.ids {
        text.push('\n');
        text.push_str(value);
    }
    text.to_lowercase()
}

/// What is looked for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Query {
    /// All of them have to fit.
    terms: Vec<Term>,
    /// The filters with a value that is none of theirs, as they were typed.
    pub mistakes: Vec<String>,
}

#[derive(Debug, Clone, PartialEq)]
enum Term {
    Word(String),
    Operation(String),
    Subject(String),
    Code(String),
    Connection(String),
    /// From one status to another, both included.
    Status(u16, u16),
    NoAnswer,
    /// From one time to another, the second excluded; in milliseconds since 1970.
    Time(i64, i64),
    Standing(Standing),
    Pinned,
    Noted,
    Simulated,
    Followed,
}

impl Query {
    /// Reads what was typed. Words in quotes stay together. The filters are `operation:`, `subject:`, `code:`, `connection:`,
    /// `status:403`, `status:4xx`, `status:none`, `on:2026-11-27`, `after:2026-11-01`, `before:2026-12-01`, and `is:` with
    /// `good`, `unsure`, `bad`, `pinned`, `noted`, `simulated` or `followed`. A day begins where the user lives:
    /// `offset_minutes` is east of UTC.
    pub fn parse(text: &str, offset_minutes: i32) -> Self {
        let mut query = Self::default();
        for token in tokens(text) {
            match token.split_once(':').and_then(|(name, value)| filter(name, value, offset_minutes)) {
                Some(Ok(term)) => query.terms.push(term),
                // A filter that is still being typed holds nothing back.
                Some(Err(Unfinished::Empty)) => {}
                Some(Err(Unfinished::Wrong)) => query.mistakes.push(token),
                None => query.terms.push(Term::Word(token.to_lowercase())),
            }
        }
        query
    }

    fn finds(&self, summary: &Summary, text: &str) -> bool {
        self.terms.iter().all(|term| term.fits(summary, text))
    }
}

impl Term {
    fn fits(&self, summary: &Summary, text: &str) -> bool {
        let has = |text: &str, part: &str| text.to_lowercase().contains(part);
        match self {
            Self::Word(word) => text.contains(word),
            Self::Operation(part) => {
                has(summary.what(), part) || has(&summary.operation_title, part) || has(&summary.operation, part)
            }
            Self::Subject(part) => has(&summary.subject, part),
            Self::Code(part) => has(&summary.code, part),
            Self::Connection(part) => has(&summary.connection, part),
            Self::Status(from, to) => summary.status.is_some_and(|status| (*from..=*to).contains(&status)),
            Self::NoAnswer => summary.status.is_none(),
            Self::Time(from, to) => (*from..*to).contains(&summary.started),
            Self::Standing(standing) => summary.standing == *standing,
            Self::Pinned => summary.pinned,
            Self::Noted => !summary.note.is_empty(),
            Self::Simulated => summary.simulated,
            Self::Followed => summary.follow.is_some(),
        }
    }
}

enum Unfinished {
    Empty,
    Wrong,
}

/// `None`: this is no filter, and may be part of an id.
fn filter(name: &str, value: &str, offset_minutes: i32) -> Option<Result<Term, Unfinished>> {
    let lower = value.to_lowercase();
    let midnight = |day: i64| midnight(&lower, day, offset_minutes);
    let term = match name.to_lowercase().as_str() {
        "operation" => Some(Term::Operation(lower.clone())),
        "subject" | "instance" => Some(Term::Subject(lower.clone())),
        "code" => Some(Term::Code(lower.clone())),
        "connection" | "via" => Some(Term::Connection(lower.clone())),
        "status" => status(&lower),
        "on" => midnight(0).zip(midnight(1)).map(|(from, to)| Term::Time(from, to)),
        "after" => midnight(0).map(|from| Term::Time(from, i64::MAX)),
        "before" => midnight(0).map(|to| Term::Time(i64::MIN, to)),
        "is" => match lower.as_str() {
            "good" => Some(Term::Standing(Standing::Good)),
            "unsure" => Some(Term::Standing(Standing::Unsure)),
            "bad" => Some(Term::Standing(Standing::Bad)),
            "pinned" => Some(Term::Pinned),
            "noted" => Some(Term::Noted),
            "simulated" => Some(Term::Simulated),
            "followed" => Some(Term::Followed),
            _ => None,
        },
        _ => return None,
    };
    Some(match term {
        _ if lower.is_empty() => Err(Unfinished::Empty),
        Some(term) => Ok(term),
        None => Err(Unfinished::Wrong),
    })
}

/// `403`, `4xx`, `none`.
fn status(value: &str) -> Option<Term> {
    if value == "none" {
        return Some(Term::NoAnswer);
    }
    if let Some(class) = value.strip_suffix("xx") {
        let class: u16 = class.parse().ok().filter(|class| (1..=9).contains(class))?;
        return Some(Term::Status(class * 100, class * 100 + 99));
    }
    value.parse().ok().map(|status| Term::Status(status, status))
}

/// The beginning of a day such as `2026-11-27`, or of one so many days later, in milliseconds since 1970.
fn midnight(value: &str, days: i64, offset_minutes: i32) -> Option<i64> {
    let mut parts = value.splitn(3, '-');
    let year = parts.next()?.parse().ok()?;
    let month = Month::try_from(parts.next()?.parse::<u8>().ok()?).ok()?;
    let date = Date::from_calendar_date(year, month, parts.next()?.parse().ok()?).ok()?;
    let midnight = OffsetDateTime::UNIX_EPOCH.replace_date(date).checked_add(Duration::days(days))?;
    Some((midnight.unix_timestamp() - i64::from(offset_minutes) * 60) * 1_000)
}

/// Words, and what stands in quotes as one.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut token = String::new();
    let mut quoted = false;
    for c in text.chars() {
        match c {
            '"' => quoted = !quoted,
            c if c.is_whitespace() && !quoted => tokens.push(std::mem::take(&mut token)),
            c => token.push(c),
        }
    }
    tokens.push(token);
    tokens.retain(|token| !token.trim().is_empty());
    tokens
}
