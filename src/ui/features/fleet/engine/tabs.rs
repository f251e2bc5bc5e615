//! One tab runs a fleet. The others show what it stores, and one of them takes over when that tab is closed.

use super::{Engine, Unwritten};
use crate::fleet::{EventKind, Fleet, Head, LaneKey, PauseReason, Row, RowId, StoreError};
use crate::ui::platform::fleet_store::{FleetDatabase, Listener, listen};
use crate::ui::platform::locks::{self, Lock};
use crate::ui::platform::slices::Slices;
use crate::ui::state::Stores;
use crate::ui::state::site::Description;
use gloo_timers::future::TimeoutFuture;
use indexmap::{IndexMap, IndexSet};
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

/// Milliseconds until a tab that takes over reads a fleet again that the store did not give.
const READ_AGAIN: u32 = 5_000;

/// What this tab has to do with others.
#[derive(Default)]
pub(super) struct Tabs {
    /// The lock of the fleet on the page, with its id.
    lock: RefCell<Option<(String, Lock)>>,
    listener: RefCell<Option<Listener>>,
    /// What another tab has changed and this one has not read yet.
    changed: RefCell<IndexSet<RowId>>,
    /// The id of the fleet that is being opened, and what another tab has changed of it meanwhile.
    opening: RefCell<Option<String>>,
    missed: RefCell<IndexSet<RowId>>,
    head: Cell<bool>,
    /// The lanes that the fleet of this tab wants, and their locks; `None`: it has to wait.
    lanes: RefCell<IndexMap<LaneKey, Option<Lock>>>,
    is_reading: Cell<bool>,
}

impl Tabs {
    pub(super) fn forget(&self) {
        self.lock.take();
        self.changed.take();
        self.lanes.take();
        self.head.set(false);
    }
}

/// No two fleets use the limits of one lane.
fn lane_lock_name(LaneKey { provider, region }: &LaneKey) -> String {
    format!("tls-console.lane.{provider}/{region}")
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
        } else if own.tabs.opening.borrow().as_ref() == Some(&change.fleet) {
            own.tabs.missed.borrow_mut().extend(change.rows);
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

    /// Takes the limits of a lane for the fleet of this tab, as soon as no other tab has them.
    pub(super) fn hold_lane(self: &Rc<Self>, lane: LaneKey) {
        let fleet = self.stores.fleet();
        self.tabs.lanes.borrow_mut().insert(lane.clone(), None);
        let (own, visit) = (self.clone(), fleet.visit());
        spawn_local(async move {
            // The fleet may have let it go meanwhile, or have gone itself, or have the lock by an earlier wish.
            let is_wanted =
                || fleet.visit() == visit && own.tabs.lanes.borrow().get(&lane).is_some_and(Option::is_none);
            // The simulated clouds are this tab's.
            let lock = if fleet.is_simulated() { Lock::none() } else { own.lane_lock(&lane, &is_wanted).await };
            if is_wanted() {
                own.tabs.lanes.borrow_mut().insert(lane.clone(), Some(lock));
                own.tell(EventKind::LaneHeld(lane.clone()));
            }
        });
    }

    async fn lane_lock(&self, lane: &LaneKey, is_wanted: &dyn Fn() -> bool) -> Lock {
        let name = lane_lock_name(lane);
        if let Some(lock) = locks::try_lock(&name).await {
            return lock;
        }
        if is_wanted() {
            self.tell(EventKind::LaneInUse(lane.clone()));
        }
        locks::lock(&name).await
    }

    /// Lets another tab have the limits of a lane.
    pub(super) fn release_lane(&self, lane: &LaneKey) {
        self.tabs.lanes.borrow_mut().swap_remove(lane);
    }

    fn is_on_page(&self, id: &str) -> bool {
        self.stores.fleet().with(|fleet| fleet.head.id == id) == Some(true)
    }

    /// Puts a stored fleet on the page, unless something else comes onto it first. If another tab has it, this one watches.
    pub(super) async fn open(self: &Rc<Self>, id: &str, unwritten: Unwritten) -> Result<(), StoreError> {
        // A second click opens nothing more.
        if self.tabs.opening.replace(Some(id.to_owned())).as_deref() == Some(id) {
            return Ok(());
        }
        self.tabs.missed.borrow_mut().clear();
        let result = self.open_stored(id, unwritten).await;
        if self.is_opening(id) {
            self.tabs.opening.take();
        }
        result
    }

    fn is_opening(&self, id: &str) -> bool {
        self.tabs.opening.borrow().as_deref() == Some(id)
    }

    async fn open_stored(self: &Rc<Self>, id: &str, unwritten: Unwritten) -> Result<(), StoreError> {
        let fleet = self.stores.fleet();
        let visit = fleet.visit();
        let lock = locks::try_lock(&lock_name(id)).await;
        settled(self.stores).await;
        let stored = read(id).await?;
        self.leave(unwritten).await?;
        // The user may have begun another fleet, or asked for another one.
        if fleet.visit() != visit || !self.is_opening(id) {
            return Ok(());
        }
        self.forget();
        match lock {
            Some(lock) if lock.is_held() => self.own(lock, stored),
            // Nobody knows whether another tab has it: the user has to say so.
            Some(_) => {
                fleet.watch_unguarded();
                fleet.open(stored);
            }
            None => {
                fleet.set_watched(true);
                fleet.open(stored);
                *self.tabs.changed.borrow_mut() = self.tabs.missed.take();
                self.tabs.head.set(true);
                self.read_soon();
                self.own_later(id.to_owned());
            }
        }
        Ok(())
    }

    /// This tab runs the fleet from now on.
    fn own(self: &Rc<Self>, lock: Lock, stored: Fleet) {
        let fleet = self.stores.fleet();
        fleet.set_taken_over(false);
        *self.tabs.lock.borrow_mut() = Some((stored.head.id.clone(), lock));
        fleet.set_watched(false);
        fleet.set_problem(None);
        fleet.open(stored);
        self.tell(EventKind::Opened);
        self.ask_for_credentials();
    }

    /// Goes on with the fleet when the tab that runs it is closed.
    fn own_later(self: &Rc<Self>, id: String) {
        let own = self.clone();
        let visit = self.stores.fleet().visit();
        spawn_local(async move {
            let lock = locks::lock(&lock_name(&id)).await;
            own.own_watched(visit, &id, lock).await;
        });
    }

    /// Goes on with the fleet that this tab watches. The user says that no other tab runs it.
    pub(super) async fn run_here(self: &Rc<Self>) {
        let fleet = self.stores.fleet();
        if let Some(id) = fleet.with(|fleet| fleet.head.id.clone()) {
            self.own_watched(fleet.visit(), &id, Lock::none()).await;
        }
    }

    async fn own_watched(self: &Rc<Self>, visit: u32, id: &str, lock: Lock) {
        let fleet = self.stores.fleet();
        // The user may have gone to another fleet; then the next tab gets the lock.
        let is_watched = || fleet.visit() == visit && fleet.is_watched_untracked();
        if !is_watched() {
            return;
        }
        let stored = loop {
            match read(id).await {
                _ if !is_watched() => return,
                Ok(stored) => break stored,
                Err(error) => fleet.set_problem(Some(error)),
            }
            // Nobody runs the fleet: this tab keeps the lock and tries again.
            TimeoutFuture::new(READ_AGAIN).await;
        };
        // Where nobody knows of another tab, there may have been none.
        let is_taken_over = lock.is_held();
        self.own(lock, stored);
        fleet.set_taken_over(is_taken_over);
    }

    /// The fleet of this page is about to go: a run pauses, and what is not stored yet is stored. An error: the store refuses.
    async fn leave(self: &Rc<Self>, unwritten: Unwritten) -> Result<(), StoreError> {
        if self.stores.fleet().is_watched_untracked() {
            return Ok(());
        }
        self.tell(EventKind::Pause(PauseReason::User));
        match unwritten {
            Unwritten::Store => self.keep_all().await,
            Unwritten::GiveUp => Ok(()),
        }
    }

    /// Lets another tab have the fleet of this page, which is taken off it.
    pub(super) async fn close(self: &Rc<Self>, unwritten: Unwritten) {
        let visit = self.stores.fleet().visit();
        if self.leave(unwritten).await.is_ok() && self.stores.fleet().visit() == visit {
            self.forget();
            self.stores.fleet().discard();
        }
    }

    /// Reads what another tab has changed.
    fn read_soon(self: &Rc<Self>) {
        if self.tabs.is_reading.replace(true) {
            return;
        }
        let own = self.clone();
        spawn_local(async move {
            while own.tabs.head.take() {
                let visit = own.stores.fleet().visit();
                let changed: Vec<RowId> = std::mem::take(&mut *own.tabs.changed.borrow_mut()).into_iter().collect();
                let Some(id) = own.stores.fleet().with(|fleet| fleet.head.id.clone()) else { break };
                let read = async {
                    let database = FleetDatabase::open().await?;
                    Ok::<_, StoreError>((database.head(&id).await?, database.some_rows(&id, &changed).await?))
                };
                match read.await {
                    Ok((head, texts)) if own.is_on_page(&id) && own.stores.fleet().is_watched_untracked() => {
                        own.stores.fleet().set_problem(None);
                        own.show(visit, head, &changed, &texts).await;
                    }
                    // Another fleet came meanwhile, which may have changes of its own.
                    Ok(_) => {}
                    Err(error) => {
                        // They are read with the next change.
                        own.tabs.changed.borrow_mut().extend(changed);
                        own.tabs.head.set(true);
                        own.stores.fleet().set_problem(Some(error));
                        break;
                    }
                }
            }
            own.tabs.is_reading.set(false);
        });
    }

    async fn show(&self, visit: u32, head: Option<Head>, changed: &[RowId], texts: &[Option<String>]) {
        let fleet = self.stores.fleet();
        let mut slices = Slices::begin();
        if let Some(head) = head {
            fleet.change_quietly(|fleet| fleet.head = head);
        }
        let gone: HashSet<RowId> =
            changed.iter().zip(texts).filter(|(_, text)| text.is_none()).map(|(id, _)| *id).collect();
        if !gone.is_empty() {
            fleet.change_quietly(|fleet| fleet.rows.retain(|id, _| !gone.contains(id)));
        }
        for (id, text) in changed.iter().zip(texts) {
            if let Some(row) = text.as_deref().and_then(|text| Row::from_json(text).ok()) {
                fleet.change_quietly(|fleet| drop(fleet.rows.insert(*id, row)));
            }
            slices.pause().await;
            // This tab may run the fleet by now, or another one may be on the page.
            if fleet.visit() != visit {
                return;
            }
        }
        fleet.touch();
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
