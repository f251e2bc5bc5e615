//! Values spelled for a language, so that a program reads back the very value.
//!
//! A text may hold [`variable`]s: places where the program reads a secret from its environment.

use serde_json::Value;

/// Spells a value for one language.
pub(super) type Filter = fn(&Value) -> String;

/// The filters by the names that templates give them.
pub(super) fn filter(name: &str) -> Option<Filter> {
    Some(match name {
        "sh" => |value| SHELL.spell(value),
        "py" => |value| PYTHON.spell(value),
        "js" => |value| JAVASCRIPT.spell(value),
        "go" => |value| GO.spell(value),
        "java" => |value| JAVA.spell(value),
        "hcl" => |value| HCL.spell(value),
        "http" => |value| HTTP.spell(value),
        // A text, whatever the value is.
        "text_hcl" => |value| HCL.spell(&Value::from(plain(value))),
        // The name of a class, whatever the description allows.
        "identifier" => |value| plain(value).chars().filter(char::is_ascii_alphanumeric).collect(),
        "comment" => |value| plain(value).split(char::is_control).collect::<Vec<_>>().join(" "),
        _ => return None,
    })
}

/// A value as a text, for names and for what is spelled already.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        value => crate::catalog::plain_text(value),
    }
}

/// How a secret is spelled inside a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spelling {
    /// As it is.
    Raw,
    /// Inside the quotes of a JSON text.
    Json,
    /// Percent-encoded.
    Url,
    /// `user:password` in base64, of two variables with a colon between their names.
    Basic,
}

const SPELLINGS: [(char, Spelling); 4] =
    [('r', Spelling::Raw), ('j', Spelling::Json), ('u', Spelling::Url), ('b', Spelling::Basic)];

/// Characters of the private use area: no API takes them.
pub(super) const BEGIN: char = '\u{E000}';
pub(super) const END: char = '\u{E001}';

/// The place of an environment variable in a text.
pub(super) fn variable(name: &str, spelling: Spelling) -> String {
    let sign = SPELLINGS.iter().find(|(_, own)| *own == spelling).map_or('r', |(sign, _)| *sign);
    format!("{BEGIN}{sign}{name}{END}")
}

/// What the place of a variable of this spelling begins with.
pub(super) fn begin_of(spelling: Spelling) -> String {
    variable("", spelling).trim_end_matches(END).to_owned()
}

enum Piece<'a> {
    Text(&'a str),
    Variable(Spelling, &'a str),
}

/// The pieces of a text. What a person typed has none of the private characters any more ([`super::secrets`]).
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(BEGIN) {
        let Some((spelling, name, behind)) = read_variable(after) else { break };
        pieces.push(Piece::Text(before));
        pieces.push(Piece::Variable(spelling, name));
        rest = behind;
    }
    pieces.push(Piece::Text(rest));
    pieces.retain(|piece| !matches!(piece, Piece::Text("")));
    pieces
}

fn read_variable(text: &str) -> Option<(Spelling, &str, &str)> {
    let (inner, behind) = text.split_once(END)?;
    let sign = inner.chars().next()?;
    let (_, spelling) = SPELLINGS.iter().find(|(own, _)| *own == sign)?;
    let name = inner.strip_prefix(sign)?;
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | ':');
    name.chars().all(fits).then_some((*spelling, name, behind))
}

/// How a language writes values.
struct Language {
    quote: fn(&str) -> String,
    variable: fn(Spelling, &str) -> String,
    /// Between the pieces of a text.
    join: &'static str,
    /// `null`, `false`, `true`.
    words: [&'static str; 3],
}

impl Language {
    fn spell(&self, value: &Value) -> String {
        let [null, no, yes] = self.words;
        match value {
            Value::Null => null.to_owned(),
            Value::Bool(is) => if *is { yes } else { no }.to_owned(),
            Value::Number(number) => number.to_string(),
            Value::String(text) => self.text(text),
            Value::Array(items) => {
                format!("[{}]", items.iter().map(|item| self.spell(item)).collect::<Vec<_>>().join(", "))
            }
            Value::Object(members) => {
                let member = |(name, value): (&String, &Value)| format!("{}: {}", self.text(name), self.spell(value));
                format!("{{{}}}", members.iter().map(member).collect::<Vec<_>>().join(", "))
            }
        }
    }

    fn text(&self, text: &str) -> String {
        let pieces = pieces(text);
        if pieces.is_empty() {
            return (self.quote)("");
        }
        let spell = |piece: &Piece<'_>| match piece {
            Piece::Text(text) => (self.quote)(text),
            Piece::Variable(spelling, name) => (self.variable)(*spelling, name),
        };
        pieces.iter().map(spell).collect::<Vec<_>>().join(self.join)
    }
}

static SHELL: Language = Language {
    quote: |text| {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "_-./:,@%+".contains(c);
        if !text.is_empty() && text.chars().all(is_plain) {
            return text.to_owned();
        }
        format!("'{}'", text.replace('\'', r"'\''"))
    },
    variable: |spelling, name| match spelling {
        Spelling::Raw => format!("\"${name}\""),
        Spelling::Json => format!("\"$(json_text \"${name}\")\""),
        Spelling::Url => format!("\"$(percent_encode \"${name}\")\""),
        Spelling::Basic => format!("\"$(printf %s \"${}\" | base64 | tr -d '\\n')\"", name.replace(':', ":$")),
    },
    join: "",
    words: ["''", "false", "true"],
};

static PYTHON: Language = Language {
    quote: |text| quoted(text, &|c| format!("\\x{:02x}", u32::from(c))),
    variable: |spelling, name| {
        let read = |name: &str| format!("os.environ[\"{name}\"]");
        match spelling {
            Spelling::Raw => read(name),
            Spelling::Json => format!("json.dumps({})[1:-1]", read(name)),
            Spelling::Url => format!("urllib.parse.quote({}, safe=\"-_.~\")", read(name)),
            Spelling::Basic => {
                let both = name.split(':').map(read).collect::<Vec<_>>().join(" + \":\" + ");
                format!("base64.b64encode(({both}).encode()).decode()")
            }
        }
    },
    join: " + ",
    words: ["None", "False", "True"],
};

static JAVASCRIPT: Language = Language {
    quote: |text| quoted(text, &|c| format!("\\u{:04x}", u32::from(c))),
    variable: |_, name| format!("process.env.{name}"),
    join: " + ",
    words: ["null", "false", "true"],
};

static GO: Language = Language {
    // The compiler refuses a byte order mark inside a program.
    quote: |text| quoted(text, &|c| format!("\\u{:04x}", u32::from(c))).replace('\u{feff}', "\\ufeff"),
    variable: |_, name| format!("os.Getenv(\"{name}\")"),
    join: " + ",
    words: ["nil", "false", "true"],
};

static JAVA: Language = Language {
    // Java reads \u before it reads texts: there, it would be the character itself.
    quote: |text| quoted(text, &|c| format!("\\{:03o}", u32::from(c))),
    variable: |_, name| format!("System.getenv(\"{name}\")"),
    join: " + ",
    words: ["null", "false", "true"],
};

static HCL: Language = Language {
    quote: |text| quoted(text, &|c| format!("\\u{:04x}", u32::from(c))).replace("${", "$${").replace("%{", "%%{"),
    variable: |_, name| format!("var.{}", name.to_ascii_lowercase()),
    join: " ",
    words: ["null", "false", "true"],
};

/// Without quotes: the format has none.
static HTTP: Language = Language {
    quote: str::to_owned,
    variable: |_, name| format!("{{{{$processEnv {}}}}}", name.replace(':', "}}:{{$processEnv ")),
    join: "",
    words: ["", "false", "true"],
};

/// A text in double quotes with the escapes that all these languages share; `control` writes the other control characters.
fn quoted(text: &str, control: &dyn Fn(char) -> String) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            c if c < ' ' || c == '\u{7f}' => quoted.push_str(&control(c)),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn spelled(name: &str, value: &Value) -> String {
        filter(name).unwrap()(value)
    }

    #[test]
    fn hostile_texts_are_escaped_in_each_language() {
        let text = json!("a'b\"c\\d\ne$f`g${h}\u{1}é");
        for (name, expected) in [
            ("sh", "'a'\\''b\"c\\d\ne$f`g${h}\u{1}é'"),
            ("py", r#""a'b\"c\\d\ne$f`g${h}\x01é""#),
            ("js", r#""a'b\"c\\d\ne$f`g${h}\u0001é""#),
            ("go", r#""a'b\"c\\d\ne$f`g${h}\u0001é""#),
            ("java", r#""a'b\"c\\d\ne$f`g${h}\001é""#),
            ("hcl", r#""a'b\"c\\d\ne$f`g$${h}\u0001é""#),
        ] {
            assert_eq!(spelled(name, &text), expected, "{name}");
        }
        assert_eq!(spelled("comment", &json!("a\nb\rc")), "a b c");
    }

    #[test]
    fn values_that_are_no_texts_are_the_languages_own() {
        let value = json!({"on": true, "n": 1.50, "list": [null, "x"]});
        assert_eq!(spelled("py", &value), r#"{"on": True, "n": 1.5, "list": [None, "x"]}"#);
        assert_eq!(spelled("js", &value), r#"{"on": true, "n": 1.5, "list": [null, "x"]}"#);
    }

    #[test]
    fn a_secret_is_read_from_the_environment() {
        let text = |spelling| json!(format!("a {}'b", variable("T", spelling)));
        assert_eq!(spelled("sh", &text(Spelling::Raw)), r#"'a '"$T"''\''b'"#);
        assert_eq!(spelled("sh", &text(Spelling::Json)), r#"'a '"$(json_text "$T")"''\''b'"#);
        assert_eq!(spelled("py", &text(Spelling::Json)), r#""a " + json.dumps(os.environ["T"])[1:-1] + "'b""#);
        assert_eq!(spelled("http", &text(Spelling::Raw)), "a {{$processEnv T}}'b");
        let basic = json!(variable("U:P", Spelling::Basic));
        assert_eq!(spelled("sh", &basic), r#""$(printf %s "$U:$P" | base64 | tr -d '\n')""#);
        let odd = json!(format!("{BEGIN}r'; rm{END}"));
        assert_eq!(spelled("sh", &odd), format!("'{BEGIN}r'\\''; rm{END}'"), "typed by a person");
    }
}
