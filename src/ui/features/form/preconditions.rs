//! What the API says of the preconditions: read when the question before the call is opened, each once.

use crate::call::PlannedCall;
use crate::follow::preconditions::{Finding, Read, Standing, Unknown, reads};
use crate::follow::{LookRequest, LookResult, Origin, Place, Subject};
use crate::ui::features::follow::look;
use crate::ui::on_use::on_use;
use crate::ui::platform::{dates, fetch};
use crate::ui::state::Stores;
use crate::ui::state::operation_form::OperationForm;
use crate::ui::words::{follow_words, words};
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// What is known of the preconditions of a form.
#[derive(Clone, Copy)]
pub(super) struct Preconditions {
    form: OperationForm,
    /// Whether the question is open.
    open: RwSignal<bool>,
    /// What was read, and when, in seconds since 1970.
    findings: RwSignal<Vec<(Finding, i64)>>,
    /// The preconditions that are being read.
    reading: RwSignal<Vec<usize>>,
    /// It is known what there is to read.
    begun: RwSignal<bool>,
    /// The user wants to send whatever they say.
    overridden: RwSignal<bool>,
    /// Counts the questions: an answer to an earlier one comes too late.
    question: StoredValue<u32>,
}

impl Preconditions {
    pub(super) fn new(form: OperationForm, open: RwSignal<bool>) -> Self {
        Self {
            form,
            open,
            findings: RwSignal::new(Vec::new()),
            reading: RwSignal::new(Vec::new()),
            begun: RwSignal::new(false),
            overridden: RwSignal::new(false),
            question: StoredValue::new(0),
        }
    }

    /// Begins a new question, or ends the one before: nothing is known, not even what there is to read.
    pub(super) fn begin_anew(self) {
        self.question.update_value(|question| *question += 1);
        self.findings.set(Vec::new());
        self.reading.set(Vec::new());
        self.begun.set(false);
        self.overridden.set(false);
    }

    /// Reads them for the question that is open. The form is complete.
    pub(super) fn read(self, stores: Stores) {
        let question = self.question.get_value();
        spawn_local(async move {
            // Without the code the question stays blocked, and the user can send all the same.
            let _ = reading(self, stores, question).await;
        });
    }

    fn read_for(self, stores: Stores, question: u32) {
        if self.question.try_get_value() != Some(question) {
            return;
        }
        self.begun.set(true);
        let operation = self.form.operation();
        let draft = self.form.draft.get_untracked();
        let connection = untrack(|| stores.settings.connection());
        let Some(api) = untrack(|| stores.site.api(&operation.api)) else { return };
        let Some(follow_up) = api.follow_up(&operation.id) else { return };
        let planned = stores.profiles.keyring.with_untracked(|keyring| {
            PlannedCall { operation: &operation, draft: &draft, keyring, connection: &connection }.preview()
        });
        let reads = planned.ok().and_then(|shown| reads(&follow_up, &Subject::planned(&operation, &shown)).ok());
        let origin = Origin {
            id: String::new(),
            api: operation.api.clone(),
            operation: operation.id.clone(),
            subject: String::new(),
            act: String::new(),
            region: String::new(),
            place: Place::of(&operation, &draft),
            connection: connection.name,
            profile: untrack(|| stores.profiles.chosen_id(&operation.provider)),
        };
        let reads = reads.unwrap_or_default();
        self.reading.set(reads.iter().flat_map(Read::preconditions).collect());
        let at_limit = stores.profiles.keyring.with_untracked(|keyring| {
            let key = keyring.key_hash(keyring.chosen_id(&operation.provider)).unwrap_or_default();
            stores.lockouts.is_at_limit(&key)
        });
        spawn_local(async move {
            let mut refused = at_limit;
            // One after the other: a key that the provider refuses is sent once, for each refusal counts towards its lock.
            for read in reads {
                let request =
                    LookRequest { number: 0, operation: read.operation.clone(), parameters: read.parameters.clone() };
                let result = if refused { LookResult::NeedsCredential } else { look(stores, &origin, &request).await };
                refused |= matches!(result, LookResult::NeedsCredential | LookResult::NoCredential);
                if self.question.try_get_value() != Some(question) {
                    return;
                }
                let now = dates::now_in_seconds();
                let findings = match result {
                    LookResult::NoAnswer { .. } if !fetch::is_online() => read.unread(&Unknown::Offline),
                    result => read.judge(&result),
                };
                let judged = read.preconditions();
                self.findings.update(|known| known.extend(findings.into_iter().map(|finding| (finding, now))));
                self.reading.update(|reading| reading.retain(|index| !judged.contains(index)));
            }
        });
    }

    fn has(self, wanted: fn(&Standing) -> bool) -> bool {
        self.findings.with(|findings| findings.iter().any(|(finding, _)| wanted(&finding.standing)))
    }

    fn is_reading(self) -> bool {
        self.open.get() && (!self.begun.get() || self.reading.with(|reading| !reading.is_empty()))
    }

    /// Keeps what is known for the answer: it may say why the call is refused.
    pub(super) fn keep(self) {
        let findings = self.findings.with_untracked(|all| all.iter().map(|(finding, _)| finding.clone()).collect());
        self.form.findings.set_value(findings);
    }

    /// Whether the state that is wanted is there.
    pub(super) fn is_already(self) -> bool {
        self.has(|standing| matches!(standing, Standing::Already))
    }

    /// Why one of them speaks against sending.
    fn objection(self) -> Option<&'static str> {
        let words = words();
        if self.has(|standing| matches!(standing, Standing::Fail)) {
            Some(words.condition_fails)
        } else if self.is_already() {
            Some(words.already_on)
        } else if self.has(|standing| matches!(standing, Standing::Unknown(Unknown::NeedsCredential))) {
            Some(words.credential_refused)
        } else {
            None
        }
    }

    /// Whether the call must not be sent before the user says so once more.
    pub(super) fn block(self) -> bool {
        !self.overridden.get() && (self.is_reading() || self.objection().is_some())
    }

    /// What is known of one of them.
    fn finding(self, index: usize) -> AnyView {
        let found =
            self.findings.with(|findings| findings.iter().find(|(finding, _)| finding.precondition == index).cloned());
        let Some((finding, time)) = found else {
            let reading = !self.begun.get() || self.reading.with(|reading| reading.contains(&index));
            let text = if reading { follow_words().reading } else { follow_words().not_checked };
            return view! { <p class="standing muted">{text}</p> }.into_any();
        };
        // One read that does not come is why several of them are not known.
        let is_said = matches!(finding.standing, Standing::Unknown(_))
            && self.findings.with(|findings| {
                findings.iter().any(|(other, _)| other.precondition < index && other.standing == finding.standing)
            });
        if is_said {
            return view! { <p class="standing muted" data-standing="unknown">{follow_words().same_reason}</p> }
                .into_any();
        }
        let evidence: Vec<String> = finding.evidence.iter().map(|(label, value)| format!("{label} {value}")).collect();
        let read_at = finding.standing.was_answered().then(|| (follow_words().read_at)(&dates::time_of_day(time)));
        let facts = [Some(evidence.join(", ")), read_at].into_iter().flatten().filter(|text| !text.is_empty());
        let facts: String = facts.map(|text| format!(" · {text}")).collect();
        view! {
            <p class="standing" data-standing=finding.standing.name()>
                <b>{(follow_words().standing)(&finding.standing)}</b>
                <span class="muted breakable">{facts}</span>
            </p>
        }
        .into_any()
    }

    /// The preconditions, each with what is known of it; nothing where the operation has none.
    pub(super) fn list(self) -> Option<AnyView> {
        let operation = self.form.operation();
        let item = |(index, one): (usize, &crate::catalog::Precondition)| {
            let exceptions = one.exceptions.clone().into_iter().map(|text| view! { <li>{text}</li> }.into_any());
            let exceptions =
                (!one.exceptions.is_empty()).then(|| view! { <ul>{exceptions.collect_view()}</ul> }.into_any());
            view! { <li>{one.text.clone()}{exceptions}{move || self.finding(index)}</li> }.into_any()
        };
        let items: Vec<AnyView> = operation.preconditions.iter().enumerate().map(item).collect();
        (!items.is_empty()).then(|| view! { <ul class="conditions">{items}</ul> }.into_any())
    }
}

on_use! { answers =>
    fn reading(preconditions: Preconditions, stores: Stores, question: u32) -> () {
        preconditions.read_for(stores, question)
    }
}

/// Describes the button that sends.
pub(super) const OBJECTION_ID: &str = "objection";
/// The word of the user.
pub(super) const OVERRIDE_ID: &str = "override";

/// What keeps the call from being sent, and the word that sends it all the same.
#[component]
pub(super) fn Objection(
    /// What is known.
    preconditions: Preconditions,
) -> impl IntoView {
    let shown = Memo::new(move |_| preconditions.is_reading() || preconditions.objection().is_some());
    let why = move || {
        let why = preconditions.objection();
        why.map(|why| view! { <p class="notice" data-tone="unsure">{why}</p> }.into_any())
    };
    // A word that was given before something spoke against sending is no answer to it.
    let objection = Memo::new(move |_| preconditions.objection());
    Effect::new(move |before: Option<()>| {
        objection.get();
        if before.is_some() {
            preconditions.overridden.set(false);
        }
    });
    let label =
        move || if preconditions.is_reading() { words().send_without_waiting } else { words().send_all_the_same };
    let change = move |event| preconditions.overridden.set(event_target_checked(&event));
    view! {
        // It keeps its room: the button below must not move under the pointer.
        <div class="objection">
            <div id=OBJECTION_ID role="status">{move || why()}</div>
            <Show when=move || shown.get()>
                <label class="check" for=OVERRIDE_ID>
                    <input
                        id=OVERRIDE_ID
                        type="checkbox"
                        data-action="override"
                        prop:checked=move || preconditions.overridden.get()
                        on:change=change
                    />
                    <span>{move || label()}</span>
                </label>
            </Show>
        </div>
    }
}
