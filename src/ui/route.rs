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
    /// The version, and what the console is made of.
    About,
    /// The calls that this browser remembers.
    History,
    /// One switch for many instances.
    Fleet,
    /// Profiles, vault, clock.
    Credentials,
    /// What lies between this page and the providers.
    ConnectionCheck,
    /// A command from elsewhere.
    Import,
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
            ["about"] => Self::About,
            ["history"] => Self::History,
            ["fleet"] => Self::Fleet,
            ["credentials"] => Self::Credentials,
            ["import"] => Self::Import,
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
            Self::About => String::from("#/about"),
            Self::History => String::from("#/history"),
            Self::Fleet => String::from("#/fleet"),
            Self::Credentials => String::from("#/credentials"),
            Self::Import => String::from("#/import"),
            Self::ConnectionCheck => String::from("#/check"),
            Self::NotFound(place) => format!("#{place}"),
        }
    }
}

/// The names and values behind the `?` of an address. They may fill a form, and have no other influence.
pub(super) fn address_values(hash: &str) -> Vec<(String, String)> {
    // A broken escape leaves a mark in the text, by which the form knows it.
    let decode = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let pairs = hash.split_once('?').map(|(_, query)| query.split('&')).into_iter().flatten();
    pairs.filter_map(|pair| pair.split_once('=')).map(|(name, value)| (decode(name), decode(value))).collect()
}

/// The address of a form that these values fill.
pub(super) fn filled(route: &Route, values: &[(String, String)]) -> String {
    use crate::request::encode;
    let pairs = values.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value)));
    format!("{}?{}", route.to_hash(), pairs.collect::<Vec<_>>().join("&"))
}

#[cfg(test)]
mod tests {
    use super::{Route, address_values, filled};

    #[test]
    fn every_place_is_read_as_it_is_written() {
        let operation = Route::Operation { api: String::from("a b"), id: String::from("x/y") };
        for route in [
            Route::Home,
            Route::Settings,
            Route::ConnectionCheck,
            Route::History,
            Route::Fleet,
            Route::Credentials,
            Route::About,
            Route::Import,
            operation,
            Route::NotFound(String::from("/a/b/c")),
        ] {
            assert_eq!(Route::parse(&route.to_hash()), route, "{}", route.to_hash());
        }
    }

    #[test]
    fn the_values_of_a_form_are_read_as_they_are_written() {
        let route = Route::Operation { api: String::from("a"), id: String::from("x") };
        let values = [("InstanceId", "es-cn-1/&=?# é"), ("region", "")];
        let values = values.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let address = filled(&route, &values);
        assert_eq!(address_values(&address), values);
        assert_eq!(Route::parse(&address), route);
        for odd in ["#/a/x", "#/a/x?", "#/a/x?name"] {
            assert_eq!(address_values(odd), [], "{odd}");
        }
    }

    proptest::proptest! {
        #[test]
        fn arbitrary_addresses_are_read_and_written_values_come_back(
            hash in "\\PC{0,40}", names in proptest::collection::vec(("\\PC{1,8}", "\\PC{0,12}"), 1..6),
        ) {
            let route = Route::parse(&hash);
            let _ = (address_values(&hash), route.to_hash());
            let route = Route::Operation { api: String::from("a"), id: String::from("x") };
            proptest::prop_assert_eq!(address_values(&filled(&route, &names)), names);
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
