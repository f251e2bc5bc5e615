//! The jobs of accepted switches, so kept that no look has to walk through all of them.

use std::collections::{BTreeSet, HashMap};

use time::{Duration, OffsetDateTime};

use crate::sandbox::course::End;
use crate::sandbox::switch::{Change, Stage};

/// A job of an accepted switch.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) id: String,
    pub(super) instance: String,
    pub(super) created: OffsetDateTime,
    pub(super) change: Change,
}

/// What a list of jobs is to have; `None` leaves it open.
#[derive(Debug)]
pub(super) struct Wanted {
    pub(super) status: Option<String>,
    pub(super) name: Option<String>,
    pub(super) id: Option<String>,
    /// Not created before.
    pub(super) start: Option<OffsetDateTime>,
    /// Not created after.
    pub(super) end: Option<OffsetDateTime>,
}

impl Wanted {
    pub(super) fn is_at(&self, created: OffsetDateTime) -> bool {
        self.start.is_none_or(|start| start <= created) && self.end.is_none_or(|end| created <= end)
    }
}

/// The name of a job's state. `None`: nobody can see the job.
pub(super) fn status(stage: Stage) -> Option<&'static str> {
    match stage {
        Stage::Hidden => None,
        Stage::Pending | Stage::Flapped => Some("Pending"),
        Stage::Running(_) => Some("Running"),
        Stage::Odd(_) => Some("Suspending"),
        Stage::Ended(End::Done) => Some("Completed"),
        Stage::Ended(End::Failed) => Some("Failed"),
        Stage::Ended(End::Canceled) => Some("Canceled"),
    }
}

/// All jobs of accepted switches, in the order of their creation.
#[derive(Debug, Default)]
pub(super) struct Jobs {
    all: Vec<Job>,
    by_id: HashMap<String, usize>,
    /// The places of those whose end nobody has seen.
    open: BTreeSet<usize>,
    done: BTreeSet<usize>,
    failed: BTreeSet<usize>,
    canceled: BTreeSet<usize>,
}

impl Jobs {
    pub(super) fn push(&mut self, job: Job) {
        self.by_id.insert(job.id.clone(), self.all.len());
        self.open.insert(self.all.len());
        self.all.push(job);
    }

    pub(super) fn find(&self, id: &str) -> Option<&Job> {
        self.all.get(*self.by_id.get(id)?)
    }

    /// Forgets the jobs of all other instances.
    pub(super) fn retain(&mut self, stays: impl Fn(&str) -> bool) {
        for job in std::mem::take(self).all {
            if stays(&job.instance) {
                self.push(job);
            }
        }
    }

    /// Takes the jobs that have ended from the open ones.
    pub(super) fn settle(&mut self, work: Duration) {
        let Self { all, open, done, failed, canceled, .. } = self;
        open.retain(|place| {
            let ended = match all.get(*place).map(|job| job.change.stage(work)) {
                Some(Stage::Ended(End::Done)) => &mut *done,
                Some(Stage::Ended(End::Failed)) => &mut *failed,
                Some(Stage::Ended(End::Canceled)) => &mut *canceled,
                _ => return true,
            };
            ended.insert(*place);
            false
        });
    }

    /// A page of the jobs that fit, the newest first, and how many fit at all. [`Self::settle`] comes before. Only a list
    /// between two times walks through all jobs.
    pub(super) fn page(&self, work: Duration, wanted: &Wanted, offset: usize, limit: usize) -> (Vec<&Job>, usize) {
        let is_wanted = |job: &Job| {
            let own = status(job.change.stage(work));
            own.is_some_and(|own| wanted.status.as_ref().is_none_or(|status| status == own))
        };
        if let Some(id) = &wanted.id {
            let found: Vec<&Job> =
                self.find(id).filter(|job| is_wanted(job) && wanted.is_at(job.created)).into_iter().collect();
            let total = found.len();
            return (found.into_iter().skip(offset).take(limit).collect(), total);
        }
        let open: BTreeSet<usize> =
            self.open.iter().copied().filter(|place| self.all.get(*place).is_some_and(is_wanted)).collect();
        let ended: &[&BTreeSet<usize>] = match wanted.status.as_deref() {
            None => &[&self.done, &self.failed, &self.canceled],
            Some("Completed") => &[&self.done],
            Some("Failed") => &[&self.failed],
            Some("Canceled") => &[&self.canceled],
            Some(_) => &[],
        };
        let places: Box<dyn Iterator<Item = usize> + '_> = match (wanted.status.as_deref(), ended) {
            (None, _) => {
                let is_seen = |place: &usize| !self.open.contains(place) || open.contains(place);
                Box::new((0..self.all.len()).rev().filter(is_seen))
            }
            // A job that has ended is no more among the open ones.
            (Some(_), [ended]) => Box::new(ended.iter().rev().copied()),
            (Some(_), _) => Box::new(open.iter().rev().copied()),
        };
        let jobs = places.filter_map(|place| self.all.get(place));
        if wanted.start.is_none() && wanted.end.is_none() {
            let total = open.len() + ended.iter().map(|places| places.len()).sum::<usize>();
            return (jobs.skip(offset).take(limit).collect(), total);
        }
        let mut total = 0;
        let mut page = Vec::new();
        for job in jobs.filter(|job| wanted.is_at(job.created)) {
            if (offset..offset.saturating_add(limit)).contains(&total) {
                page.push(job);
            }
            total += 1;
        }
        (page, total)
    }
}
