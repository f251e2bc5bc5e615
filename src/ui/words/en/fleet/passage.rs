//! Through which connection a fleet goes, in English.

use crate::ui::words::RowsPassage;

pub(super) fn really_sent(connection: &str) -> String {
    format!("This fleet goes through {connection}: what you do here is sent.")
}

pub(super) fn passage(passage: &RowsPassage) -> String {
    let RowsPassage { connection, is_simulated, is_empty, is_apart } = passage;
    let rows = if *is_empty { "New rows will go" } else { "The rows of this fleet go" };
    let meaning = if *is_simulated { ", a simulation: nothing is sent to a real cloud." } else { "." };
    let top = if *is_apart {
        " The connection that is chosen at the top is another one, and does not change that."
    } else {
        ""
    };
    format!("{rows} through {connection}{meaning}{top}")
}
