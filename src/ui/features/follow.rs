//! Following a change on this page: carries out what [`crate::follow`] says, and shows it.

mod engine;
mod list;
mod look;
mod repeat;
mod view;

pub(crate) use engine::{begin, keep_sent, secrets_came, time_changed, watch};
pub(crate) use list::OtherFollows;
pub(crate) use look::{has_no_credential, look, look_and_show, result as result_of_look, with_entry};
pub(crate) use view::{FollowView, evidence};
