//! A door for `tests/web.rs`: the form of one operation, without the page around it.

use super::form::operation_form;
use super::model::CallModel;
use super::state::AppState;
use super::widgets::remembered_theme;
use crate::catalog::Operation;
use crate::form::{Arguments, Draft, FieldIssue, validate};
use leptos::mount::mount_to;
use leptos::prelude::*;
use std::any::Any;
use std::cell::Cell;
use std::rc::Rc;
use web_sys::HtmlElement;

/// A form on the page, for as long as this lives.
pub struct MountedForm {
    model: CallModel,
    operation: Operation,
    _mount: Box<dyn Any>,
}

impl std::fmt::Debug for MountedForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MountedForm").finish_non_exhaustive()
    }
}

impl MountedForm {
    /// Shows the form of an operation inside `parent`. `None` when the browser could not.
    pub fn new(parent: HtmlElement, operation: Operation) -> Option<Self> {
        let made = Rc::new(Cell::new(None));
        let (inner, shown) = (made.clone(), operation.clone());
        let mount = mount_to(parent, move || {
            let state = AppState::new(remembered_theme());
            let model = state.model(shown);
            inner.set(Some(model));
            operation_form(state, model).view()
        });
        Some(Self { model: made.get()?, operation, _mount: Box::new(mount) })
    }

    /// What the form holds.
    pub fn draft(&self) -> Draft {
        self.model.draft.get_untracked()
    }

    /// What the form would send.
    pub fn arguments(&self) -> Result<Arguments, Vec<FieldIssue>> {
        validate(&self.operation, &self.draft())
    }
}
