//! Addresses of the page: the part behind `#`. One enum renders and reads them all.

use percent_encoding::percent_decode_str;
use std::borrow::Cow;

/// A place in the console.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Route {
    /// What can be done here.
    Home,
    /// One operation of one API.
    Operation {
        /// The API's id: the name of its file.
        api: String,
        /// `operationId`.
        id: String,
    },
    /// Appearance, time limit, connections.
    Settings,
    /// Profiles, vault, clock.
    Credentials,
    /// What lies between this page and the providers.
    ConnectionCheck,
    /// No such place.
    NotFound(String),
}

impl Route {
    /// Reads the address behind `#`, with or without it. What follows a `?` is not part of the place.
    pub(super) fn parse(hash: &str) -> Self {
        let place = hash.trim_start_matches('#').split('?').next().unwrap_or_default();
        let decode =
            |part: &str| percent_decode_str(part).decode_utf8().map_or_else(|_| part.to_owned(), Cow::into_owned);
        let parts: Vec<String> = place.trim_matches('/').split('/').map(decode).collect();
        match parts.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            [""] => Self::Home,
            ["settings"] => Self::Settings,
            ["credentials"] => Self::Credentials,
            ["check"] => Self::ConnectionCheck,
            [api, id] if !api.is_empty() && !id.is_empty() => {
                Self::Operation { api: (*api).to_owned(), id: (*id).to_owned() }
            }
            _ => Self::NotFound(place.to_owned()),
        }
    }

    /// The address, with its `#`.
    pub(super) fn to_hash(&self) -> String {
        use crate::request::encode;
        match self {
            Self::Home => String::from("#/"),
            Self::Operation { api, id } => format!("#/{}/{}", encode(api), encode(id)),
            Self::Settings => String::from("#/settings"),
            Self::Credentials => String::from("#/credentials"),
            Self::ConnectionCheck => String::from("#/check"),
            Self::NotFound(place) => format!("#{place}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Route;
    use std::path::Path;

    #[test]
    fn every_place_is_read_as_it_is_written() {
        let operation = Route::Operation { api: String::from("a b"), id: String::from("x/y") };
        for route in
            [Route::Home, Route::Settings, Route::Credentials, operation, Route::NotFound(String::from("/a/b/c"))]
        {
            assert_eq!(Route::parse(&route.to_hash()), route, "{}", route.to_hash());
        }
    }

    #[test]
    fn what_follows_the_question_mark_has_no_influence() {
        for place in ["#/", "#/settings", "#/credentials", "#/huawei-taurusdb/SwitchGaussMySqlInstanceSsl"] {
            for more in [
                "url=https://evil.test/{url}",
                "proxy=//evil.test",
                "config=https://evil.test/config.json",
                "descriptions=apis/evil.json&connections=x&defaultConnection=Direct",
                "servers=https://evil.test&host=evil.test&region=evil&readOnly=false&timeLimit=1",
            ] {
                assert_eq!(Route::parse(&format!("{place}?{more}")), Route::parse(place), "{place}?{more}");
            }
        }
    }

    /// So that nothing can be set from there: the address is read in one place, and only behind its `#`. `fetch` compares
    /// origins, to explain why a browser refused.
    #[test]
    fn nothing_else_reads_the_address() {
        fn visit(folder: &Path, found: &mut Vec<String>) {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    visit(&path, found);
                } else {
                    let text = std::fs::read_to_string(&path).unwrap();
                    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
                    // In two halves, so that this test does not find itself; a panic has a location too.
                    let signs = [
                        [".location", "()"],
                        [".searc", "h()"],
                        ["UrlSearch", "Params"],
                        ["location.", "search"],
                        ["location.", "href"],
                    ];
                    let reads = code.filter(|line| {
                        !line.contains("info.loc")
                            && signs.iter().any(|[one, two]| line.contains(&format!("{one}{two}")))
                    });
                    found.extend(reads.map(|line| format!("{}: {}", path.display(), line.trim())));
                }
            }
        }
        let mut found = Vec::new();
        visit(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
        found.sort();
        let files: Vec<&str> = found.iter().filter_map(|line| line.split_once(": ")).map(|(file, _)| file).collect();
        assert!(
            matches!(files.as_slice(), [one, two] if one.ends_with("fetch.rs") && two.ends_with("browser.rs")),
            "{found:#?}"
        );
        assert!(found.iter().any(|line| line.contains("().hash()")), "{found:#?}");
    }
}
