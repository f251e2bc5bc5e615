//! `x-grants`: calls that give a credential, and the few inputs that a person has to fill for them. For the second
//! program only.

use super::load::Api;
use super::lookup::fill_region;
use super::node::{Node, Reason, Result, Unsupported};
use super::template::{at, fill_value};
use super::value::plain_text;
use serde_json::{Number, Value};

/// A call that gives a credential.
#[derive(Debug, Clone, PartialEq)]
pub struct Grant {
    /// The id of the [`Api`].
    pub api: String,
    /// The operation to call.
    pub operation: String,
    /// What it does, in a few words.
    pub title: String,
    /// The kind of credential that it fills: a token's header, or the name of a signature.
    pub scheme: String,
    /// What a person has to enter.
    pub inputs: Vec<GrantInput>,
    variants: Vec<Variant>,
    gives: Vec<(String, Source)>,
    expires: Option<String>,
    fills: Vec<(String, String)>,
    region: Option<String>,
}

/// One input of a [`Grant`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantInput {
    /// Its name in the description.
    pub name: String,
    /// Its name for people.
    pub label: String,
    /// More about it; empty for none.
    pub help: String,
    /// Whether its text must never be shown.
    pub secret: bool,
    /// Whether it may stay empty.
    pub optional: bool,
    /// Whether a number is sent.
    pub number: bool,
    default: String,
}

impl GrantInput {
    /// What it begins with, and what counts while it is empty.
    pub fn default_in(&self, region: &str) -> String {
        fill_region(&self.default, region)
    }
}

/// What to send, given that some optional inputs are filled.
#[derive(Debug, Clone, PartialEq)]
struct Variant {
    needs: Vec<String>,
    values: Vec<(String, Value)>,
}

/// What a variant sends in one field.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Sent<'a> {
    /// The text of the input of this name.
    Input(&'a str),
    /// The same for everybody in a region.
    Fixed(Value),
}

/// Where a part of the credential stands in the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Source {
    Header(String),
    Body(String),
}

/// A credential that a call gave.
#[derive(Clone, PartialEq, Eq)]
pub struct Granted {
    /// The credential's inputs by their labels.
    pub values: Vec<(String, String)>,
    /// When it ends, as the API writes it.
    pub expires: Option<String>,
    /// Fields of other calls, and what the answer says belongs into them.
    pub fills: Vec<(String, String)>,
    /// The place that it is for, as the API names it: a region, or a part of one.
    pub place: Option<String>,
}

impl Granted {
    /// The region that it is for, if it is one of these.
    pub fn region<'a>(&self, mut known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
        let place = self.place.as_deref()?;
        // A project inside a region has the region's ID before an underscore.
        let is_in =
            |region: &str| place.strip_prefix(region).is_some_and(|rest| rest.is_empty() || rest.starts_with('_'));
        known.find(|region| !region.is_empty() && is_in(region))
    }
}

/// Nothing but secrets: only what there is gets printed.
impl std::fmt::Debug for Granted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let labels: Vec<&str> = self.values.iter().map(|(label, _)| label.as_str()).collect();
        let mut printed = f.debug_struct("Granted");
        printed.field("labels", &labels).field("expires", &self.expires).finish()
    }
}

impl Api {
    /// The calls of this API that give a credential, in the order of the document.
    pub fn grants(&self) -> Result<Vec<Grant>> {
        let mut grants = Vec::new();
        for entry in &self.operations {
            if let Some(node) = self.nodes(entry)?.1.get("x-grants")? {
                grants.push(Grant::read(&self.id, &entry.id, &node)?);
            }
        }
        Ok(grants)
    }
}

impl Grant {
    fn read(api: &str, operation: &str, node: &Node<'_>) -> Result<Self> {
        let gives = node.require("gives")?;
        Ok(Self {
            api: api.to_owned(),
            operation: operation.to_owned(),
            title: required(node, "title")?,
            scheme: required(node, "scheme")?,
            inputs: node.require("inputs")?.items()?.iter().map(GrantInput::read).collect::<Result<_>>()?,
            variants: node.require("variants")?.items()?.iter().map(Variant::read).collect::<Result<_>>()?,
            gives: gives
                .members()?
                .iter()
                .map(|(label, node)| Ok(((*label).to_owned(), Source::read(node)?)))
                .collect::<Result<_>>()?,
            expires: node.str("expires")?.map(str::to_owned),
            fills: match node.get("fills")? {
                None => Vec::new(),
                Some(fills) => {
                    let fills = fills.members()?.into_iter();
                    fills.map(|(name, node)| Ok((name.to_owned(), node.as_str()?.to_owned()))).collect::<Result<_>>()?
                }
            },
            region: node.str("region")?.map(str::to_owned),
        })
    }

    /// The fields of the operation and what to send in them, or the labels of the inputs that are still to be filled.
    /// `inputs` are names and texts; an empty text is as good as none. The first variant of which all that it needs is
    /// filled counts.
    pub fn request_values(
        &self,
        inputs: &[(String, String)],
        region: &str,
    ) -> std::result::Result<Vec<(String, Value)>, Vec<String>> {
        let text = |input: &GrantInput| {
            let given = inputs.iter().find(|(name, text)| *name == input.name && !text.trim().is_empty());
            let text = given.map_or_else(|| input.default_in(region), |(_, text)| text.clone());
            (!text.is_empty()).then_some(text)
        };
        let value_of = |name: &str| match name {
            "region" => Some(region.to_owned()),
            _ => self.inputs.iter().find(|input| input.name == name).and_then(text),
        };
        let needed: &[String] = self.begun(&|name| value_of(name).is_some()).map_or(&[], |variant| &variant.needs);
        let must = |input: &&GrantInput| !input.optional || needed.contains(&input.name);
        let empty = self.inputs.iter().filter(must).filter(|input| text(input).is_none());
        let missing: Vec<String> = empty.map(|input| input.label.clone()).collect();
        if !missing.is_empty() {
            return Err(missing);
        }
        let fits = |variant: &&Variant| variant.needs.iter().all(|name| value_of(name).is_some());
        let variant = self.variants.iter().find(fits).ok_or_else(Vec::new)?;
        let filled = |value: &Value| self.numbers(fill_value(value, &value_of), value);
        Ok(variant.values.iter().map(|(name, value)| (name.clone(), filled(value))).collect())
    }

    /// The variant that somebody has begun to fill in. An input that belongs to a variant is asked for as soon as one of its
    /// fellows is filled: a passcode without its user would otherwise be left out without a word.
    fn begun(&self, is_filled: &dyn Fn(&str) -> bool) -> Option<&Variant> {
        self.variants.iter().find(|variant| variant.needs.iter().any(|name| is_filled(name)))
    }

    /// The fields of a call in which these inputs are filled, by their names from the top, and what is sent in each.
    pub(crate) fn sent(&self, is_filled: &dyn Fn(&str) -> bool, region: &str) -> Vec<(Vec<&str>, Sent<'_>)> {
        let variant = self.begun(is_filled).or_else(|| self.variants.iter().find(|variant| variant.needs.is_empty()));
        variant.map(|variant| self.leaves(variant, region)).unwrap_or_default()
    }

    /// The same of all calls that it can make.
    pub(crate) fn all_sent(&self) -> Vec<(Vec<&str>, Sent<'_>)> {
        self.variants.iter().flat_map(|variant| self.leaves(variant, "")).collect()
    }

    fn leaves<'a>(&'a self, variant: &'a Variant, region: &str) -> Vec<(Vec<&'a str>, Sent<'a>)> {
        let in_region = |name: &str| (name == "region").then(|| region.to_owned());
        let mut leaves = Vec::new();
        let mut open: Vec<(Vec<&str>, &Value)> =
            variant.values.iter().rev().map(|(name, value)| (vec![name.as_str()], value)).collect();
        while let Some((path, value)) = open.pop() {
            match value {
                Value::Object(members) => open.extend(
                    members.iter().rev().map(|(name, member)| ([path.as_slice(), &[name.as_str()]].concat(), member)),
                ),
                value => {
                    let fixed = || Sent::Fixed(fill_value(value, &in_region));
                    leaves.push((path, self.input_of(value).map_or_else(fixed, Sent::Input)));
                }
            }
        }
        leaves
    }

    /// The input of which a template sends the text, and nothing besides.
    fn input_of(&self, template: &Value) -> Option<&str> {
        let name = template.as_str()?.strip_prefix('{')?.strip_suffix('}')?;
        self.inputs.iter().find(|input| input.name == name).map(|input| input.name.as_str())
    }

    /// Makes numbers of the texts that stand for nothing but an input that is one. What is no number stays text, and
    /// the operation's own rules complain.
    fn numbers(&self, filled: Value, template: &Value) -> Value {
        let is_number = |template: &Value| {
            let own = self.input_of(template);
            self.inputs.iter().any(|input| input.number && own == Some(input.name.as_str()))
        };
        match (filled, template) {
            (Value::String(text), Value::String(_)) if is_number(template) => {
                text.trim().parse::<Number>().map_or(Value::String(text), Value::Number)
            }
            (Value::Array(items), Value::Array(templates)) => {
                items.into_iter().zip(templates).map(|(item, template)| self.numbers(item, template)).collect()
            }
            (Value::Object(members), Value::Object(templates)) => members
                .into_iter()
                .zip(templates.values())
                .map(|((name, member), template)| (name, self.numbers(member, template)))
                .collect(),
            (other, _) => other,
        }
    }

    /// The credential in an answer. `None`: a part of it is not there.
    pub fn given(&self, headers: &[(String, String)], body: &Value) -> Option<Granted> {
        let part = |(label, source): &(String, Source)| Some((label.clone(), source.text(headers, body)?.to_owned()));
        Some(Granted {
            values: self.gives.iter().map(part).collect::<Option<_>>()?,
            expires: self.expires.as_deref().and_then(|path| at(body, path)).map(plain_text),
            fills: self
                .fills
                .iter()
                .filter_map(|(name, path)| Some((name.clone(), at(body, path)?.as_str()?.to_owned())))
                .collect(),
            place: self.region.as_deref().and_then(|path| at(body, path)).map(plain_text),
        })
    }

    /// The header or the path in the body of the first part that an answer does not have.
    pub fn missing(&self, headers: &[(String, String)], body: &Value) -> Option<&str> {
        let (_, source) = self.gives.iter().find(|(_, source)| source.text(headers, body).is_none())?;
        let (Source::Header(place) | Source::Body(place)) = source;
        Some(place)
    }
}

fn required(node: &Node<'_>, key: &str) -> Result<String> {
    Ok(node.require(key)?.as_str()?.to_owned())
}

impl GrantInput {
    fn read(node: &Node<'_>) -> Result<Self> {
        Ok(Self {
            name: required(node, "name")?,
            label: required(node, "label")?,
            help: node.text("help")?,
            secret: node.bool("secret")?.unwrap_or(false),
            optional: node.bool("optional")?.unwrap_or(false),
            number: node.bool("number")?.unwrap_or(false),
            default: node.text("default")?,
        })
    }
}

impl Variant {
    fn read(node: &Node<'_>) -> Result<Self> {
        let values = node.require("values")?;
        let values = values.members()?.into_iter().map(|(name, node)| (name.to_owned(), node.value.clone())).collect();
        Ok(Self { needs: node.texts("needs")?, values })
    }
}

impl Source {
    /// What stands there; never an empty text.
    fn text<'a>(&self, headers: &'a [(String, String)], body: &'a Value) -> Option<&'a str> {
        let text = match self {
            Self::Header(wanted) => {
                headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, text)| text.as_str())
            }
            Self::Body(path) => at(body, path)?.as_str(),
        };
        text.filter(|text| !text.is_empty())
    }

    fn read(node: &Node<'_>) -> Result<Self> {
        match (node.str("header")?, node.str("body")?) {
            (Some(header), None) => Ok(Self::Header(header.to_owned())),
            (None, Some(path)) => Ok(Self::Body(path.to_owned())),
            _ => Err(node.error(Reason::Unsupported(Unsupported::CredentialSource))),
        }
    }
}

#[cfg(test)]
mod tests;
