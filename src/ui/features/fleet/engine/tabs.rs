//! One tab runs a fleet. The others show what it stores, and one of them takes over when that tab is closed.

use super::Engine;
use crate::fleet::{EventKind, Fleet, Head, Row, RowId, StoreError};
use crate::ui::platform::fleet_store::{FleetDatabase, Listener, listen};
use crate::ui::platform::locks::{self, Lock};
use crate::ui::platform::slices::Slices;
use crate::ui::state::Stores;
use crate::ui::state::site::Description;
use gloo_timers::future::TimeoutFuture;
use indexmap::{IndexMap, IndexSet};
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

/// What this tab has to do with others.
#[derive(Default)]
pub(super) struct Tabs {
    /// The lock of the fleet on the page, with its id.
    lock: RefCell<Option<(String, Lock)>>,
    listener: RefCell<Option<Listener>>,
    /// What another tab has changed and this one has not read yet.
    changed: RefCell<IndexSet<RowId>>,
    head: Cell<bool>,
    is_reading: Cell<bool>,
}

/// No two tabs run one fleet.
pub(crate) fn lock_name(id: &str) -> String {
    format!("tls-console.fleet.{id}")
}

/// Listens for as long as the page lives.
pub(super) fn watch(engine: &Rc<Engine>) {
    let own = engine.clone();
    let listener = listen(move |change| {
        let is_shown = own.stores.fleet().with(|fleet| fleet.head.id == change.fleet) == Some(true);
        if is_shown && own.stores.fleet().is_watched_untracked() {
            own.tabs.changed.borrow_mut().extend(change.rows);
            own.tabs.head.set(true);
            own.read_soon();
        }
    });
    *engine.tabs.listener.borrow_mut() = listener;
}

impl Engine {
    /// A fleet that was made here is this tab's.
    pub(super) fn own_new(self: &Rc<Self>) {
        let Some(id) = self.stores.fleet().with(|fleet| fleet.head.id.clone()) else { return };
        if self.stores.fleet().is_watched_untracked()
            || self.tabs.lock.borrow().as_ref().is_some_and(|(own, _)| *own == id)
        {
            return;
        }
        // Until the browser has answered, nobody else can know of it.
        *self.tabs.lock.borrow_mut() = Some((id.clone(), Lock::none()));
        let own = self.clone();
        spawn_local(async move {
            let lock = locks::lock(&lock_name(&id)).await;
            if own.is_on_page(&id) {
                *own.tabs.lock.borrow_mut() = Some((id, lock));
            }
        });
    }

    fn is_on_page(&self, id: &str) -> bool {
        self.stores.fleet().with(|fleet| fleet.head.id == id) == Some(true)
    }

    /// Puts a stored fleet on the page. If another tab has it, this one watches.
    pub(super) async fn open(self: &Rc<Self>, id: &str) -> Result<(), StoreError> {
        let lock = locks::try_lock(&lock_name(id)).await;
        settled(self.stores).await;
        let fleet = read(id).await?;
        self.forget();
        self.kept.forget();
        *self.tabs.lock.borrow_mut() = None;
        let stores = self.stores;
        stores.fleet().set_watched(lock.is_none());
        stores.fleet().open(fleet);
        match lock {
            Some(lock) => {
                *self.tabs.lock.borrow_mut() = Some((id.to_owned(), lock));
                self.tell(EventKind::Opened);
            }
            None => self.take_over_later(id.to_owned()),
        }
        Ok(())
    }

    /// Goes on with the fleet when the tab that runs it is closed.
    fn take_over_later(self: &Rc<Self>, id: String) {
        let own = self.clone();
        spawn_local(async move {
            let lock = locks::lock(&lock_name(&id)).await;
            // The user may have gone to another fleet; then the next tab gets the lock.
            if !own.is_on_page(&id) || !own.stores.fleet().is_watched_untracked() {
                return;
            }
            match read(&id).await {
                Ok(fleet) => {
                    own.stores.fleet().set_watched(false);
                    own.stores.fleet().open(fleet);
                    *own.tabs.lock.borrow_mut() = Some((id, lock));
                    own.tell(EventKind::Opened);
                }
                Err(error) => own.stores.fleet().set_problem(Some(error)),
            }
        });
    }

    /// Lets another tab have the fleet of this page, which is taken off it.
    pub(super) fn close(&self) {
        self.forget();
        self.kept.forget();
        *self.tabs.lock.borrow_mut() = None;
    }

    /// Reads what another tab has changed.
    fn read_soon(self: &Rc<Self>) {
        if self.tabs.is_reading.replace(true) {
            return;
        }
        let own = self.clone();
        spawn_local(async move {
            while own.tabs.head.take() {
                let changed: Vec<RowId> = std::mem::take(&mut *own.tabs.changed.borrow_mut()).into_iter().collect();
                let Some(id) = own.stores.fleet().with(|fleet| fleet.head.id.clone()) else { break };
                let read = async {
                    let database = FleetDatabase::open().await?;
                    Ok::<_, StoreError>((database.head(&id).await?, database.some_rows(&id, &changed).await?))
                };
                match read.await {
                    Ok((head, texts)) if own.is_on_page(&id) && own.stores.fleet().is_watched_untracked() => {
                        own.show(head, &changed, &texts).await;
                    }
                    Ok(_) => break,
                    Err(error) => {
                        own.stores.fleet().set_problem(Some(error));
                        break;
                    }
                }
            }
            own.tabs.is_reading.set(false);
        });
    }

    async fn show(&self, head: Option<Head>, changed: &[RowId], texts: &[Option<String>]) {
        let mut slices = Slices::begin();
        if let Some(head) = head {
            self.stores.fleet().change_quietly(|fleet| fleet.head = head);
        }
        for (id, text) in changed.iter().zip(texts) {
            let row = text.as_deref().and_then(|text| Row::from_json(text).ok());
            self.stores.fleet().change_quietly(|fleet| match row {
                Some(row) => drop(fleet.rows.insert(*id, row)),
                None => drop(fleet.rows.shift_remove(id)),
            });
            slices.pause().await;
        }
        self.stores.fleet().touch();
    }
}

/// Waits until all descriptions are there, or did not come: without them nothing can be looked at.
async fn settled(stores: Stores) {
    let is_loading = || {
        let any = |all: &IndexMap<String, Description>| all.values().any(|one| matches!(one, Description::Loading));
        stores.site.descriptions.with_untracked(any)
    };
    while is_loading() {
        TimeoutFuture::new(50).await;
    }
}

/// Reads a fleet, a few rows in one turn. A row that cannot be read may have been sent: then the fleet does not go on here.
async fn read(id: &str) -> Result<Fleet, StoreError> {
    let database = FleetDatabase::open().await?;
    let head = database.head(id).await?.ok_or_else(|| StoreError::Unreadable(String::from("no such fleet")))?;
    let mut rows: Vec<Row> = Vec::new();
    let mut slices = Slices::begin();
    let mut after = None;
    loop {
        let texts = database.rows_after(id, after).await?;
        let Some((last, _)) = texts.last() else { break };
        after = Some(*last);
        for (_, text) in &texts {
            rows.push(Row::from_json(text)?);
            slices.pause().await;
        }
    }
    Ok(Fleet::new(head, rows))
}
