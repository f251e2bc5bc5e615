//! The language of the templates: Mustache's tags, written `<% … %>`, for programs have braces of their own.
//!
//! | tag | meaning |
//! |---|---|
//! | `<% name %>` | a text as it is |
//! | `<% name \| filter %>` | a value spelled for a language ([`super::language`]) |
//! | `<%# name %>` … `<%/ name %>` | once if there is something of this name, once an item of a list |
//! | `<%^ name %>` … `<%/ name %>` | once if there is nothing of this name |
//!
//! `a.b` is a member of `a`, and `.` the item at hand. A tag of the last three kinds that has a line for itself takes the
//! line away.

use super::language;
use serde_json::Value;
use thiserror::Error;

/// What is wrong with a template. The templates are a part of the program, and a test renders each.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TemplateError {
    /// A tag without its end.
    #[error("the tag {0} has no end")]
    Open(String),
    /// An end without its beginning.
    #[error("unexpected end of {0}")]
    End(String),
    #[error("unknown filter {0}")]
    Filter(String),
}

enum Part<'a> {
    Text(&'a str),
    Value { path: &'a str, filter: Option<language::Filter> },
    Section { path: &'a str, wanted: bool, parts: Vec<Self> },
}

/// Fills a template.
pub(super) fn render(template: &str, facts: &Value) -> Result<String, TemplateError> {
    let mut rest = template;
    let parts = parse(template, &mut rest, None)?;
    let mut text = String::new();
    write(&parts, &[facts], &mut text);
    Ok(text)
}

/// `rest` is what of the whole is to be read.
fn parse<'a>(whole: &'a str, rest: &mut &'a str, within: Option<&str>) -> Result<Vec<Part<'a>>, TemplateError> {
    let mut parts = Vec::new();
    while let Some((before, after)) = rest.split_once("<%") {
        let (tag, behind) = after.split_once("%>").ok_or_else(|| TemplateError::Open(after.to_owned()))?;
        let tag = tag.trim();
        let sign = tag.chars().next().filter(|sign| "#^/".contains(*sign));
        let Some(sign) = sign else {
            parts.push(Part::Text(before));
            *rest = behind;
            let (path, name) = tag.split_once('|').map_or((tag, None), |(path, name)| (path.trim(), Some(name.trim())));
            let unknown = |name: &str| TemplateError::Filter(name.to_owned());
            let filter = name.map(|name| language::filter(name).ok_or_else(|| unknown(name))).transpose()?;
            parts.push(Part::Value { path, filter });
            continue;
        };
        let path = tag.trim_start_matches(sign).trim();
        let until = whole.get(..whole.len() - rest.len() + before.len()).unwrap_or_default().trim_end_matches(' ');
        let begins = until.is_empty() || until.ends_with('\n');
        let (before, behind) = match behind.trim_start_matches(' ').strip_prefix('\n') {
            // It has a line for itself.
            Some(next) if begins => (before.trim_end_matches(' '), next),
            _ => (before, behind),
        };
        parts.push(Part::Text(before));
        *rest = behind;
        if sign == '/' {
            return if within == Some(path) { Ok(parts) } else { Err(TemplateError::End(path.to_owned())) };
        }
        parts.push(Part::Section { path, wanted: sign == '#', parts: parse(whole, rest, Some(path))? });
    }
    if let Some(open) = within {
        return Err(TemplateError::Open(open.to_owned()));
    }
    parts.push(Part::Text(std::mem::take(rest)));
    Ok(parts)
}

fn write(parts: &[Part<'_>], scopes: &[&Value], text: &mut String) {
    for part in parts {
        match part {
            Part::Text(own) => text.push_str(own),
            Part::Value { path, filter } => {
                let value = find(path, scopes).unwrap_or(&Value::Null);
                text.push_str(&filter.map_or_else(|| language::plain(value), |filter| filter(value)));
            }
            Part::Section { path, wanted, parts } => {
                let value = find(path, scopes).filter(|value| is_something(value));
                match (value, wanted) {
                    (None, false) => write(parts, scopes, text),
                    (Some(Value::Array(items)), true) => {
                        items.iter().for_each(|item| write(parts, &[scopes, &[item]].concat(), text));
                    }
                    (Some(value), true) => write(parts, &[scopes, &[value]].concat(), text),
                    (None, true) | (Some(_), false) => {}
                }
            }
        }
    }
}

/// The value of a path: in the innermost scope that knows its first name.
fn find<'a>(path: &str, scopes: &[&'a Value]) -> Option<&'a Value> {
    if path == "." {
        return scopes.last().copied();
    }
    let mut names = path.split('.');
    let first = names.next()?;
    let value = scopes.iter().rev().find_map(|scope| scope.get(first))?;
    names.try_fold(value, |value, name| value.get(name))
}

fn is_something(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(is) => *is,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Number(_) | Value::Object(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_sections_and_lists_are_filled() {
        let facts =
            json!({"a": "x'y", "b": {"c": "deep"}, "list": [{"n": "1"}, {"n": "2"}], "none": [], "texts": ["p"]});
        let filled = |template: &str| render(template, &facts).unwrap();
        assert_eq!(filled("<% a %> <% a | sh %> <% b.c %>"), r"x'y 'x'\''y' deep");
        assert_eq!(filled("<%# list %><% n %>:<% b.c %>;<%/ list %>"), "1:deep;2:deep;");
        assert_eq!(filled("a\n  <%# none %>\nx\n<%/ none %>\n<%^ none %>\nz\n<%/ none %>\nb"), "a\nz\nb");
        assert_eq!(filled("<%# texts %>[<% . %>]<%/ texts %><% missing %>"), "[p]");
        assert_eq!(filled("<%# b %><% c %><%/ b %>{{x}} %>"), "deep{{x}} %>");
        assert_eq!(filled("<% b.c %><%# b %>?<%/ b %>\n<%# b %>\nx\n<%/ b %>\n"), "deep?\nx\n");
    }

    #[test]
    fn a_broken_template_is_told() {
        let error = |template: &str| render(template, &json!({})).unwrap_err();
        assert_eq!(error("<%# a %>"), TemplateError::Open("a".into()));
        assert_eq!(error("<%# a %><%/ b %>"), TemplateError::End("b".into()));
        assert_eq!(error("<% a | x %>"), TemplateError::Filter("x".into()));
        assert_eq!(error("<% a"), TemplateError::Open(" a".into()));
    }
}
