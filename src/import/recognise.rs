//! Which operation a request calls, and where its values belong.

mod fields;
mod place;

use super::shell::{self, Command};
use super::tool::{self, ToolCall, plain};
use super::{Foreign, FoundSecret, OpenQuote, Request, Syntax, curl, http_file, is_program};
use crate::catalog::{Api, Cli, Operation};
use crate::form::{Draft, Filling, Misfit, MisfitReason, REGION};
use fields::Fields;
use place::Place;

/// A pasted command whose operation is known.
#[derive(Debug)]
pub struct Recognised {
    pub syntax: Syntax,
    /// The id of the API.
    pub api: String,
    pub operation: Operation,
    /// For the form, as a link has them; no secret is among them.
    pub pairs: Vec<(String, String)>,
    /// The region; empty where the text names none that is known.
    pub region: String,
    /// The fields that the pairs fill.
    pub filled: Vec<String>,
    pub misfits: Vec<Misfit>,
    /// The credential that stood in the text.
    pub secrets: Vec<FoundSecret>,
    /// The kind of credential that they make; empty if there are none.
    pub kind: String,
}

/// Why a text leads to no operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unrecognised {
    /// It is no command that is known here.
    NoCommand,
    /// It is in a language that is not read here.
    Foreign(Foreign),
    /// All behind a quote that is not closed belongs to it.
    OpenQuote(OpenQuote),
    /// No description has this request.
    NoOperation { method: String, host: String, path: String },
    /// No description has this call of a tool.
    NoSuchCall { service: String, operation: String },
}

/// Reads a text. `operation` gives an operation as the deployment offers it.
pub fn recognise<'a>(
    text: &str,
    apis: impl Iterator<Item = &'a Api> + Clone,
    operation: &dyn Fn(&Api, &str) -> Option<Operation>,
) -> Result<Recognised, Unrecognised> {
    if let Some(foreign) = Foreign::of(text) {
        return Err(Unrecognised::Foreign(foreign));
    }
    let tools: Vec<(&Api, Cli)> = apis.clone().filter_map(|api| Some((api, api.cli()?))).collect();
    let calls = calls(text, &tools);
    // A form is for one call.
    let others: Vec<Misfit> = calls.iter().map(Call::as_other_call).collect();
    let mut first = None;
    for (index, call) in calls.into_iter().enumerate() {
        let open_quote = call.open_quote();
        let found = match call {
            Call::Request(syntax, request, _) => of_request(syntax, request, apis.clone(), operation),
            Call::Tool(written, call) => of_tool(&written, call, &tools, operation),
        };
        match found {
            Ok(mut recognised) => {
                let others = others.into_iter().enumerate().filter(|(other, _)| *other != index);
                recognised.misfits.extend(others.map(|(_, misfit)| misfit));
                return Ok(recognised);
            }
            Err(why) => first = first.or(Some(open_quote.map_or(why, Unrecognised::OpenQuote))),
        }
    }
    Err(first.unwrap_or_else(|| Foreign::of_unread(text).map_or(Unrecognised::NoCommand, Unrecognised::Foreign)))
}

/// A call of a text.
enum Call {
    Request(Syntax, Request, Option<OpenQuote>),
    Tool(Command, ToolCall),
}

impl Call {
    fn open_quote(&self) -> Option<OpenQuote> {
        match self {
            Self::Request(_, _, open_quote) => *open_quote,
            Self::Tool(written, _) => written.open_quote,
        }
    }

    /// The call as one that is left out.
    fn as_other_call(&self) -> Misfit {
        match self {
            Self::Request(_, request, _) => request.as_other_call(),
            Self::Tool(written, call) => {
                let name = [&written.program, &call.service, &call.operation];
                let name = name.into_iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>();
                Misfit { name: name.join(" "), why: MisfitReason::OtherCall }
            }
        }
    }
}

/// The calls of a text: commands of a shell, or else requests of a file.
fn calls(text: &str, tools: &[(&Api, Cli)]) -> Vec<Call> {
    let is_tool = |word: &str| tools.iter().any(|(_, cli)| is_program(word, &cli.command));
    let commands = shell::commands(text, &|word| is_program(word, "curl") || is_tool(word));
    if commands.is_empty() {
        return http_file::read(text)
            .into_iter()
            .map(|request| Call::Request(Syntax::HttpFile, request, None))
            .collect();
    }
    let call = |command: Command| {
        if is_tool(&command.program) {
            let call = tool::read(&command.words);
            return Call::Tool(command, call);
        }
        let mut request = curl::read(&command.words);
        command.note_misfits(&mut request);
        Call::Request(Syntax::Curl, request, command.open_quote)
    };
    commands.into_iter().map(call).collect()
}

fn of_request<'a>(
    syntax: Syntax,
    request: Request,
    apis: impl Iterator<Item = &'a Api>,
    operation: &dyn Fn(&Api, &str) -> Option<Operation>,
) -> Result<Recognised, Unrecognised> {
    let url = place::Url::parse(&request.url);
    let found = apis.flat_map(|api| place::places(api, request.method.as_deref(), &url, operation));
    let best = found.max_by_key(Place::closeness).ok_or_else(|| Unrecognised::NoOperation {
        method: request.method.clone().unwrap_or_default(),
        host: url.host.clone(),
        path: url.path.clone(),
    })?;
    let mut fields = Fields::new(&best.operation);
    fields.misfits = request.misfits;
    let is_one = |value: &str| !request.globs.iter().any(|glob| value.contains(glob));
    for (name, value) in &best.path_values {
        if is_one(value) { fields.path(name, value) } else { fields.misfit(name, MisfitReason::Several) }
    }
    for (name, value) in &url.query_pairs() {
        if is_one(value) { fields.query(name, value) } else { fields.misfit(name, MisfitReason::Several) }
    }
    request.headers.iter().for_each(|(name, value)| fields.header(name, value));
    if let Some((user, password)) = request.user.or(url.user) {
        fields.user(&user, &password);
    }
    if let Some(body) = &request.body {
        fields.body(body);
    }
    request.parts.iter().for_each(|(name, value)| fields.member(name, value));
    let mut scratch = Draft::default();
    let has_region = best.choose_server(&mut scratch);
    if !has_region && !url.host.is_empty() {
        fields.misfits.push(Misfit { name: url.host, why: MisfitReason::Region });
    }
    Ok(finish(syntax, best.api, fields, scratch, has_region))
}

fn of_tool(
    written: &Command,
    call: ToolCall,
    tools: &[(&Api, Cli)],
    operation: &dyn Fn(&Api, &str) -> Option<Operation>,
) -> Result<Recognised, Unrecognised> {
    let is_called = |cli: &Cli| cli.service.iter().any(|service| plain(service) == plain(&call.service));
    let own = tools.iter().filter(|(_, cli)| is_program(&written.program, &cli.command) && is_called(cli));
    let mut found = own.filter_map(|(api, cli)| {
        let (operation, values, query) = called(api, &call, operation)?;
        Some((*api, cli, operation, values, query))
    });
    let Some((api, cli, operation, values, query)) = found.next() else {
        return Err(Unrecognised::NoSuchCall { service: call.service, operation: call.operation });
    };
    let mut fields = Fields::new(&operation);
    let mut request = Request::default();
    written.note_misfits(&mut request);
    fields.misfits = request.misfits;
    fields.misfits.extend(call.unread.iter().cloned());
    let mut scratch = Draft::default();
    let mut has_region = false;
    values.iter().for_each(|(name, value)| fields.path(name, value));
    query.iter().for_each(|(name, value)| fields.query(name, value));
    for (name, value) in &call.options {
        if cli.region.iter().any(|option| plain(option) == plain(name)) {
            has_region = scratch.choose_region(&operation, value);
            if !has_region {
                fields.misfits.push(Misfit { name: format!("{REGION} {value}"), why: MisfitReason::Region });
            }
        } else if let Some(label) = cli.credentials.get(name) {
            fields.secret(label, value);
        } else if !cli.body.is_empty() && *name == cli.body {
            fields.body(value);
        } else if !cli.header.is_empty() && *name == cli.header {
            let headers = value.split(';').filter(|pair| !pair.trim().is_empty());
            let headers = headers.map(|pair| pair.split_once(['=', ':']).unwrap_or((pair, "")));
            headers.for_each(|(name, value)| fields.header(name.trim(), value.trim()));
        } else {
            fields.option(name, value);
        }
    }
    Ok(finish(Syntax::Tool, api, fields, scratch, has_region))
}

type Pairs = Vec<(String, String)>;

/// The operation that a tool calls, by its name or by verb and path, with the values in path and query.
fn called(
    api: &Api,
    call: &ToolCall,
    operation: &dyn Fn(&Api, &str) -> Option<Operation>,
) -> Option<(Operation, Pairs, Pairs)> {
    if http_file::METHODS.contains(&call.operation.to_ascii_uppercase().as_str()) {
        let method = call.operation.to_ascii_uppercase();
        let url = place::Url::parse(&call.path);
        let best = place::places(api, Some(&method), &url, operation).into_iter().max_by_key(Place::closeness)?;
        return Some((best.operation, best.path_values, url.query_pairs()));
    }
    let entry = api.operations.iter().find(|entry| plain(&entry.operation_id) == plain(&call.operation))?;
    Some((operation(api, &entry.id)?, Pairs::new(), Pairs::new()))
}

/// Puts the values into a form that holds nothing else, and takes from it what a link would.
fn finish(syntax: Syntax, api: &Api, fields: Fields<'_>, mut scratch: Draft, has_region: bool) -> Recognised {
    let operation = fields.operation.clone();
    let (pairs, mut misfits, secrets) = fields.into_parts();
    let Filling { mut filled, misfits: unfit } = scratch.fill_from_link(&operation, &pairs);
    misfits.extend(unfit);
    let mut link = scratch.to_pairs(&operation);
    misfits.extend(link.withheld.into_iter().map(|name| Misfit { name, why: MisfitReason::Secret }));
    if has_region {
        filled.push(String::from(REGION));
    } else {
        link.pairs.retain(|(name, _)| !Draft::is_server_pair(&operation, name));
    }
    let is_of =
        |label: &String, inputs: &[crate::catalog::CredentialInput]| inputs.iter().any(|own| own.label == *label);
    let kind = operation.security.iter().find(|requirement| {
        let inputs = requirement.inputs();
        !secrets.is_empty() && secrets.iter().all(|secret| is_of(&secret.label, &inputs))
    });
    Recognised {
        syntax,
        api: api.id.clone(),
        region: if has_region { scratch.region_of(&operation) } else { String::new() },
        pairs: link.pairs,
        filled,
        misfits,
        kind: kind.map(|requirement| requirement.credential_kind()).unwrap_or_default(),
        secrets,
        operation,
    }
}
