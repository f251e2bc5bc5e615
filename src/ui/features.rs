//! What pages are made of and what does something: sending, answers, credentials, checks.

pub(crate) mod answer;
pub(crate) mod clock;
pub(crate) mod config_issues;
pub(crate) mod connection_check;
pub(crate) mod credential;
pub(crate) mod diagnosis;
pub(crate) mod exchange;
pub(crate) mod form;
pub(crate) mod idle_lock;
pub(crate) mod issued_credential;
pub(crate) mod lockout;
pub(crate) mod lookup;
pub(crate) mod navigation;
pub(crate) mod omissions;
pub(crate) mod profile_words;
pub(crate) mod request;
pub(crate) mod results;
pub(crate) mod sandbox_guide;
pub(crate) mod send;
pub(crate) mod shortcuts;
pub(crate) mod signature;
pub(crate) mod simulation;
pub(crate) mod top_bar;
pub(crate) mod update;
pub(crate) mod vault;
