//! Reading a text with rows, in slices: its table, what its columns are about, and its rows.

use crate::fleet::plan_file::PlanFile;
use crate::fleet::table::{Table, TableError, TableReader, guess_columns};
use crate::fleet::{FleetAct, ReadRow, RowReader};
use crate::ui::features::fleet::acts::{acts, profiles, secrets};
use crate::ui::platform::slices::Slices;
use crate::ui::state::Stores;
use crate::ui::state::fleet_choice::Pasted;
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen_futures::spawn_local;

/// So many rows are read between two looks at the clock.
const AT_ONCE: usize = 20;

/// What has changed since the last reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Changed {
    /// The text: everything is read anew.
    Text,
    /// Whether the first line has names: the columns are guessed anew.
    Header,
    /// The columns, the defaults, or the fleet: only the rows are read anew.
    Rows,
}

/// Reads what has changed. A reading that is under way ends.
pub(super) fn read_anew(stores: Stores, changed: Changed) {
    let pasted = stores.fleet_choice().pasted;
    // A text whose reading was cut short by this one is read from its beginning.
    let changed = if pasted.is_stale.get_value() { Changed::Text } else { changed };
    pasted.is_stale.set_value(changed == Changed::Text);
    let number = pasted.reading.get_untracked().wrapping_add(1);
    pasted.reading.set(number);
    pasted.progress.set(Some((0, 0)));
    spawn_local(async move {
        // `None`: another reading has begun.
        if read(stores, number, changed).await.is_some() {
            pasted.progress.set(None);
        }
    });
}

async fn read(stores: Stores, number: u32, changed: Changed) -> Option<()> {
    let pasted = stores.fleet_choice().pasted;
    let mut slices = Slices::begin();
    let own_acts = untrack(|| acts(stores));
    if changed == Changed::Text {
        let table = read_table(pasted, number, &own_acts, &mut slices).await?;
        pasted.table.set(table);
        pasted.is_stale.set_value(false);
    }
    let table = pasted.table.with_untracked(|table| table.as_ref()?.as_ref().ok().cloned());
    let Some(table) = table else {
        pasted.rows.set(Arc::default());
        return Some(());
    };
    if changed != Changed::Rows {
        let width = pasted.columns.with_untracked(Vec::len);
        // What the user has said of the columns stays while they are the same.
        let names = Some(Pasted::names(&table));
        if changed == Changed::Header || width != table.width || pasted.said_of.get_untracked() != names {
            pasted.columns.set(guess_columns(&table, &own_acts));
            pasted.said_of.set(None);
        }
    }
    slices.pause().await;
    let rows = read_rows(stores, number, &table, own_acts, &mut slices).await?;
    pasted.rows.set(Arc::new(rows));
    Some(())
}

/// The table of the text; nothing where there is no text.
async fn read_table(
    pasted: Pasted,
    number: u32,
    acts: &[FleetAct],
    slices: &mut Slices,
) -> Option<Option<Result<Arc<Table>, TableError>>> {
    let text = pasted.text();
    let is_plan = PlanFile::is_plan(&text);
    pasted.is_plan.set(is_plan);
    if is_plan || text.trim().is_empty() {
        return Some(None);
    }
    let mut reader = match TableReader::new(&text) {
        Ok(reader) => reader,
        Err(error) => return Some(Some(Err(error))),
    };
    loop {
        match reader.read(AT_ONCE) {
            Ok(true) => {}
            Ok(false) => return Some(Some(reader.finish(acts).map(Arc::new))),
            Err(error) => return Some(Some(Err(error))),
        }
        slices.pause().await;
        if pasted.reading.get_untracked() != number {
            return None;
        }
    }
}

async fn read_rows(
    stores: Stores,
    number: u32,
    table: &Table,
    acts: Vec<FleetAct>,
    slices: &mut Slices,
) -> Option<Vec<ReadRow>> {
    let pasted = stores.fleet_choice().pasted;
    let (columns, defaults) = (pasted.columns.get_untracked(), pasted.defaults.get_untracked());
    let profiles = untrack(|| profiles(stores));
    let known = stores.fleet().with(|fleet| {
        RowReader::new(columns.clone(), acts.clone(), defaults.clone(), profiles.clone(), fleet.rows.values())
    });
    let reader = known.unwrap_or_else(|| RowReader::new(columns, acts, defaults, profiles, std::iter::empty()));
    let mut reader = reader.without_secrets(secrets(stores));
    let data = table.data();
    let mut told = 0;
    let mut rows = Vec::with_capacity(data.len());
    for part in data.chunks(AT_ONCE) {
        rows.extend(part.iter().map(|row| reader.read(row)));
        slices.pause().await;
        if pasted.reading.get_untracked() != number {
            return None;
        }
        if rows.len() >= told + 500 {
            told = rows.len();
            pasted.progress.set(Some((rows.len(), data.len())));
        }
    }
    Some(rows)
}
