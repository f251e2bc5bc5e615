//! Where a row is sent: the region that it names, or the place.

use super::RowRemark;
use crate::catalog::Operation;
use crate::config::spelling::is_typo;
use crate::fleet::FleetAct;
use crate::fleet::names::region_called;
use crate::follow::Place;
use crate::form::Draft;

/// A form of an act that only lacks what each row says.
#[derive(Debug)]
pub(super) struct Form {
    pub(super) draft: Draft,
    pub(super) place: Place,
    pub(super) region: String,
    /// The region is none of the description's list.
    pub(super) unlisted: Option<RowRemark>,
}

impl Form {
    /// `None`: the act cannot be called there, or it is another region.
    pub(super) fn at(act: &FleetAct, place: &Place, region: &str) -> Option<Self> {
        let mut draft = new_draft(&act.operation);
        let is_there = place.apply(&act.operation, &mut draft);
        let (place, own) = (Place::of(&act.operation, &draft), draft.region_of(&act.operation));
        (is_there && own == region).then_some(Self { draft, place, region: own, unlisted: None })
    }

    /// `None`: the act cannot be called there.
    pub(super) fn new(act: &FleetAct, text: &str) -> Option<Self> {
        let operation = &act.operation;
        let mut draft = new_draft(operation);
        let listed = region_called(act, text);
        let is_only =
            operation.servers.len() == 1 && operation.servers.iter().all(|server| server.variables.is_empty());
        let mut unlisted = None;
        match listed {
            Some(region) if draft.choose_region(operation, region) => {}
            _ if text.is_empty() && is_only => {}
            _ => {
                let region = text.to_ascii_lowercase();
                let known = || act.regions.iter().map(|own| own.region.clone());
                let is_slip = known().any(|known| is_typo(&region, &known));
                if is_slip || !draft.choose_region(operation, &region) {
                    return None;
                }
                unlisted = act.unlisted(&region);
            }
        }
        let (place, region) = (Place::of(operation, &draft), draft.region_of(operation));
        Some(Self { draft, place, region, unlisted })
    }
}

/// The console makes these values when the row is sent: any will do here.
pub(super) fn new_draft(operation: &Operation) -> Draft {
    Draft::new(operation, &mut || String::from("00000000-0000-4000-8000-000000000000"))
}
