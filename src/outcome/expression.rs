//! Runtime expressions of OpenAPI, as far as links use them: `$response.body#/Result/0/id`, `$request.path.id`.

/// Where a link finds a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expression<'a> {
    /// A pointer into the body of the answer.
    ResponseBody(&'a str),
    /// `path`, `query` or `header`, and a name.
    Request(&'a str, &'a str),
    /// A pointer into the body that was sent.
    RequestBody(&'a str),
}

impl<'a> Expression<'a> {
    /// `None`: the text is a value, or an expression that the console does not know.
    pub fn parse(text: &'a str) -> Option<Self> {
        let pointer = |prefix: &str| text.strip_prefix(prefix)?.strip_prefix('#');
        if let Some(pointer) = pointer("$response.body") {
            return Some(Self::ResponseBody(pointer));
        }
        if let Some(pointer) = pointer("$request.body") {
            return Some(Self::RequestBody(pointer));
        }
        let (place, name) = text.strip_prefix("$request.")?.split_once('.')?;
        matches!(place, "path" | "query" | "header").then_some(Self::Request(place, name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expression_is_told_from_a_value() {
        assert_eq!(Expression::parse("$response.body#/a/0"), Some(Expression::ResponseBody("/a/0")));
        assert_eq!(Expression::parse("$request.body#/a"), Some(Expression::RequestBody("/a")));
        assert_eq!(Expression::parse("$request.path.id"), Some(Expression::Request("path", "id")));
        for other in ["$url", "$request.cookie.a", "$response.header.x", "on", "", "$request.path"] {
            assert_eq!(Expression::parse(other), None, "{other}");
        }
    }
}
