//! What the whole page shares: a handful of stores, each given by context.
//!
//! A store is a few signals that are copied freely. A store may read another's public signals, and each uses only
//! those above it in this list:
//!
//! | store | holds |
//! |---|---|
//! | [`shell::Shell`] | the route, the open menu, announcements to screen readers |
//! | [`site::Site`] | `config.json`, the descriptions, the error catalogues |
//! | [`settings::Settings`] | what the user set: theme, connection, time limit, idle lock |
//! | [`profiles::Profiles`] | who signs: profiles and secrets |
//! | [`vault::Vault`] | the sealed copy of the profiles in this browser |
//! | [`clocks::Clocks`] | this computer's clock and the servers' |
//! | [`lockout::Lockouts`] | bad signatures in a row, by key |
//! | [`recent::Recent`] | the ids of the last calls |
//! | [`follows::Follows`] | the changes that are followed |
//! | [`history::History`] | which calls were written into the history, and why one could not be |
//! | [`calls::Calls`] | every call of this page by its id, and the log of the session |
//! | [`forms::Forms`] | the forms that were opened, with their values |
//! | [`fleets::Fleets`] | the next two, from when the page of fleets is opened for the first time |
//! | [`fleet::FleetStore`] | the fleet of this page |
//! | [`fleet_choice::FleetChoice`] | what was typed and chosen for its next rows |

pub(crate) mod calls;
pub(crate) mod clocks;
pub(crate) mod fleet;
pub(crate) mod fleet_choice;
pub(crate) mod fleets;
pub(crate) mod follows;
pub(crate) mod forms;
pub(crate) mod history;
pub(crate) mod lockout;
pub(crate) mod operation_form;
pub(crate) mod profiles;
pub(crate) mod recent;
pub(crate) mod session_log;
pub(crate) mod settings;
pub(crate) mod shell;
pub(crate) mod site;
pub(crate) mod snapshot;
pub(crate) mod theme;
pub(crate) mod vault;

use leptos::prelude::*;

/// All stores. Features that work after a pause take it before the pause: there is no context after it.
#[derive(Clone, Copy)]
pub(crate) struct Stores {
    pub(crate) shell: shell::Shell,
    pub(crate) site: site::Site,
    pub(crate) settings: settings::Settings,
    pub(crate) profiles: profiles::Profiles,
    pub(crate) vault: vault::Vault,
    pub(crate) clocks: clocks::Clocks,
    pub(crate) lockouts: lockout::Lockouts,
    pub(crate) recent: recent::Recent,
    pub(crate) follows: follows::Follows,
    pub(crate) history: history::History,
    pub(crate) calls: calls::Calls,
    pub(crate) forms: forms::Forms,
    pub(crate) fleets: fleets::Fleets,
}

/// Makes the stores and gives them to everything below. `snapshot`: what the page before this one has left.
pub(crate) fn provide_stores(config: site::ReadConfig, snapshot: Option<snapshot::Snapshot>) -> Stores {
    let site = site::Site::new(config);
    let settings = settings::Settings::new(site, snapshot.as_ref().map(|snapshot| snapshot.connection.clone()));
    let follows = follows::Follows::new(site, settings);
    let stores = Stores {
        shell: shell::Shell::new(),
        site,
        settings,
        profiles: profiles::Profiles::new(snapshot.as_ref().and_then(|snapshot| snapshot.profiles.clone())),
        vault: vault::Vault::new(),
        clocks: clocks::Clocks::new(),
        lockouts: lockout::Lockouts::new(),
        recent: recent::Recent::new(site),
        follows,
        history: history::History::new(),
        calls: calls::Calls::new(snapshot.as_ref().map(|snapshot| snapshot.log.clone()).unwrap_or_default()),
        forms: forms::Forms::new(snapshot.map(|snapshot| snapshot.forms).unwrap_or_default()),
        fleets: fleets::Fleets::new(),
    };
    provide_context(stores);
    stores
}

/// The stores of the page.
pub(crate) fn use_stores() -> Stores {
    expect_context()
}
