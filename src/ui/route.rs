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
}
