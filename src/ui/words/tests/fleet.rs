//! A fleet that runs.

use super::*;
use crate::credentials::ProfileId;
use crate::fleet::{
    CallNote, Checked, Counts, Due, FleetStage, Halt, PauseReason, PlanGroup, Row, RowEnd, RowGroup, RowId, RowSpec,
    RowState, StoreError, Trouble, Wait,
};
use crate::follow::{Place, Refusal, Why};
use crate::storage_error::StorageError;
use crate::ui::words::{CredentialNeed, RowsPassage, WaitNames, fleet_words};
use time::{Duration, OffsetDateTime};

const NOW: OffsetDateTime = OffsetDateTime::UNIX_EPOCH;

#[test]
fn what_the_user_insists_on_is_told_with_its_danger() {
    let words = fleet_words();
    for question in [
        words.insist_unknown,
        words.insist_unplanned,
        words.retry_question,
        words.retry_stopped_question,
        words.stop_question,
        words.leave_run,
        words.leave_unwritten,
    ] {
        assert_title("question", question);
    }
    assert!(words.stop_question.contains("you can go on"), "{}", words.stop_question);
    assert_eq!(
        (words.insisted_unknown)("Not known"),
        "Sent all the same: the instance may be switched a second time (it was: Not known)"
    );
    assert_eq!((words.insisted_unplanned)("As wanted before"), "Sent all the same (it was: As wanted before)");
    for sentence in [
        words.unguarded,
        (words.notification)(true),
        (words.notification)(false),
        words.taken_over,
        words.paused_elsewhere,
        words.resume_after_limits,
        words.needs_credential,
    ] {
        assert_sentence("a notice", sentence);
    }
}

#[test]
fn every_stage_and_every_error_of_the_store_is_explained() {
    let stages = [
        FleetStage::Choosing,
        FleetStage::Planning,
        FleetStage::Planned,
        FleetStage::Running,
        FleetStage::Paused(PauseReason::User),
        FleetStage::Paused(PauseReason::IdleLock),
        FleetStage::Paused(PauseReason::Storage),
        FleetStage::Paused(PauseReason::Reopened),
        FleetStage::Stopped,
        FleetStage::Over,
    ];
    read_all(&stages, |stage| (fleet_words().stage)(*stage), assert_sentence);
    stages.iter().for_each(|stage| assert_title("stage", (fleet_words().stage_short)(*stage)));
    let errors = every! { StoreError:
        StoreError::Storage(_) => StoreError::Storage(StorageError::Full),
        StoreError::Version(_) => StoreError::Version(7),
        StoreError::Unreadable(_) => StoreError::Unreadable(String::from("expected value at line 1 column 1")),
    };
    let refusals = every! { StorageError:
        StorageError::NoStorage(_) => StorageError::NoStorage(String::from("SecurityError: denied")),
        StorageError::Full => StorageError::Full,
        StorageError::Blocked => StorageError::Blocked,
        StorageError::Broken(_) => StorageError::Broken(String::from("UnknownError: internal")),
    };
    let others = errors.into_iter().filter(|error| !matches!(error, StoreError::Storage(_)));
    let errors: Vec<StoreError> = others.chain(refusals.into_iter().map(StoreError::Storage)).collect();
    read_messages(&errors, fleet_words().store_error);
    read_all(&RowGroup::ALL, |group| (fleet_words().group)(*group).to_owned(), assert_title);
}

#[test]
fn what_a_lane_waits_for_is_a_sentence() {
    let waits = every! { Wait:
        Wait::Halted(_) => Wait::Halted(Halt::Threshold),
        Wait::OtherTab => Wait::OtherTab,
        Wait::Window(_) => Wait::Window(NOW),
        Wait::Ramp(_) => Wait::Ramp(4),
        Wait::Concurrency(_) => Wait::Concurrency(10),
        Wait::Throttled(_) => Wait::Throttled(NOW),
        Wait::Later(_) => Wait::Later(NOW),
        Wait::Credential(_) => Wait::Credential(vec![ProfileId::new(1)]),
    };
    let names = WaitNames { profile: &|_| String::from("Production"), time: &|_| String::from("01:00:00") };
    read_all(&waits, |wait| (fleet_words().wait)(wait, &names), assert_sentence);
    for wait in [Wait::Ramp(0), Wait::Ramp(1), Wait::Concurrency(1)] {
        assert_sentence("wait", &(fleet_words().wait)(&wait, &names));
    }
}

#[test]
fn what_went_wrong_is_explained_once() {
    let refusal = Refusal { code: String::from("Forbidden"), status: 403, ..Refusal::default() };
    let troubles = every! { Trouble:
        Trouble::Refused { .. } => Trouble::Refused { code: String::from("DBS.200019"), status: 403 },
        Trouble::NotSent(_) => Trouble::NotSent(String::from("The region is missing.")),
        Trouble::Failed(_) => Trouble::Failed(Some(String::from("disk full"))),
        Trouble::Unknown(_) => Trouble::Unknown(Why::Refused(refusal)),
        Trouble::NotCarriedOut(_) => Trouble::NotCarriedOut([None].into()),
        Trouble::NotSeen(_) => Trouble::NotSeen([None, Some(500), Some(503)].into()),
    };
    let silent = Refusal { status: 403, ..Refusal::default() };
    let more = [
        Trouble::Refused { code: String::new(), status: 500 },
        Trouble::Unknown(Why::Limit),
        Trouble::Unknown(Why::Unclear),
        Trouble::Unknown(Why::NeverSeen),
        Trouble::Unknown(Why::Refused(silent)),
        Trouble::Unknown(Why::NoAnswer),
        Trouble::Unknown(Why::NotOffered),
    ];
    let troubles: Vec<Trouble> = troubles.into_iter().chain(more).collect();
    read_all(&troubles, |trouble| (fleet_words().trouble)(trouble), assert_plain);
    let told = |statuses: &[Option<u16>]| {
        (fleet_words().trouble_meaning)(&Trouble::NotCarriedOut(statuses.iter().copied().collect()))
    };
    assert!(told(&[None]).starts_with("No answer came. "), "{}", told(&[None]));
    let both = "An answer with the status 500 or 503 came, which does not tell whether the call was carried out. ";
    assert!(told(&[Some(500), Some(503)]).starts_with(both), "{}", told(&[Some(500), Some(503)]));
    let all = "No answer came, or one with the status 503, which does not tell whether the call was carried out. ";
    assert!(told(&[None, Some(503)]).starts_with(all), "{}", told(&[None, Some(503)]));
    let hidden = Trouble::Unknown(Why::NotDescribed);
    assert_ne!(
        (fleet_words().trouble_remedy)(&hidden),
        (fleet_words().trouble_remedy)(&Trouble::NotSeen([None].into()))
    );
    for trouble in troubles.iter().chain([&hidden]) {
        assert_sentence("meaning", &(fleet_words().trouble_meaning)(trouble));
        assert_sentence("remedy", &(fleet_words().trouble_remedy)(trouble));
    }
}

#[test]
fn a_row_is_told_in_a_few_words() {
    let spec = RowSpec {
        api: String::from("a"),
        operation: String::from("b"),
        place: Place::default(),
        region: String::new(),
        values: Vec::new(),
        subject: String::from("db"),
        act: String::from("SSL on"),
        provider: String::from("one"),
        profile: None,
    };
    let row = |state: RowState| Row { state, ..Row::new(RowId(1), spec.clone(), 1) };
    let reason = || String::from("too small");
    let states = [
        RowState::New,
        RowState::Checking(1),
        RowState::Planned(PlanGroup::WillChange),
        RowState::Planned(PlanGroup::Refused(reason())),
        RowState::Planned(PlanGroup::CannotBeKnown(reason())),
        RowState::Waiting(Due(NOW)),
        RowState::Sending { call: String::new(), since: NOW },
        RowState::Over(RowEnd::Accepted),
        RowState::Over(RowEnd::Refused { code: String::from("Busy"), message: String::new(), status: 409 }),
        RowState::Over(RowEnd::Refused { code: String::new(), message: String::new(), status: 500 }),
        RowState::Over(RowEnd::NotSent(reason())),
        RowState::Over(RowEnd::AlreadyOn),
        RowState::Over(RowEnd::Skipped),
        RowState::Over(RowEnd::Stopped),
    ];
    read_all(&states, |state| (fleet_words().row_state)(&row(state.clone())), assert_title);
    let refused = RowEnd::Refused { code: String::from("DBS.201014"), message: String::new(), status: 400 };
    let busy = Row { waited: 31 * 60 + 5, refusals: 11, ..row(RowState::Over(refused)) };
    assert_eq!((fleet_words().row_state)(&busy), "Failed: refused with DBS.201014, for 31 minutes");
    let waits = Row { refusals: 1, ..row(RowState::Waiting(Due(NOW))) };
    assert_title("waits", &(fleet_words().row_state)(&waits));
    // What it waits for, and until when.
    let call = |status| CallNote { status, ..CallNote::new(NOW, String::new(), String::from("b")) };
    let until = |row: Row| (fleet_words().row_waits)(&row, "10:23:05");
    let waits = Row { sends: 1, ..waits };
    let refused = CallNote { code: String::from("DBS.201014"), ..call(Some(400)) };
    assert_eq!(
        until(Row { calls: vec![refused], ..waits.clone() }),
        "Waiting: refused for now: DBS.201014, tried again at 10:23:05"
    );
    let looked = Row { refusals: 0, repeats: 1, calls: vec![call(Some(503))], ..waits.clone() };
    assert_eq!(until(looked), "Waiting: a look found that nothing was changed, tried again at 10:23:05");
    let lost = Row { calls: vec![call(None)], ..waits.clone() };
    assert_eq!(until(lost), "Waiting: no answer came, tried again at 10:23:05");
    assert_eq!(until(waits), "Waiting: until 10:23:05");
    let standings = ["pass", "fail", "already", "depends", "unknown"];
    let checked = |standing: &&str| Checked {
        precondition: 0,
        standing: (*standing).to_owned(),
        evidence: Vec::new(),
        why: String::from("absent"),
    };
    read_all(&standings, |standing| (fleet_words().standing)(&checked(standing)), assert_title);
}

#[test]
fn a_fleet_says_where_its_rows_go_whatever_is_chosen_at_the_top() {
    let words = fleet_words();
    assert_eq!((words.really_sent)("Proxy"), "This fleet goes through Proxy: what you do here is sent.");
    let passage = |is_empty, is_simulated, is_apart| {
        let connection = String::from(if is_simulated { "Sandbox" } else { "Proxy" });
        (words.passage)(&RowsPassage { connection, is_simulated, is_empty, is_apart })
    };
    assert_eq!(passage(true, false, false), "New rows will go through Proxy.");
    assert_eq!(
        passage(true, true, false),
        "New rows will go through Sandbox, a simulation: nothing is sent to a real cloud."
    );
    let apart = "The connection that is chosen at the top is another one, and does not change that.";
    assert_eq!(passage(false, false, true), format!("The rows of this fleet go through Proxy. {apart}"));
    assert!(passage(false, true, true).ends_with(&format!("nothing is sent to a real cloud. {apart}")));
}

#[test]
fn why_rows_wait_for_a_credential_is_told() {
    let need = |need: CredentialNeed| (fleet_words().rows_need_credential)("Production", &need);
    let begin = "Rows wait for a credential of Production";
    let refused = |code: &str| need(CredentialNeed::Refused(code.to_owned(), 401));
    let next = "Enter another one, and go on with it. If the provider was wrong, try the same one again.";
    assert_eq!(refused("APIGW.0301"), format!("{begin}: the provider refused the last one with APIGW.0301. {next}"));
    assert_eq!(refused(""), format!("{begin}: the provider refused the last one with status 401. {next}"));
    assert_title("again", fleet_words().try_credential_again);
    assert_eq!(need(CredentialNeed::Entered), format!("{begin}. One is entered now: go on with it."));
    assert!(need(CredentialNeed::NotEntered).starts_with(&format!("{begin}: none is entered on this page. ")));
    assert_sentence("none", &need(CredentialNeed::NotEntered));
    let [with, without] = [true, false].map(fleet_words().idle_locked);
    assert!(with.contains("Unlock the vault") && !without.contains("vault"), "{without}");
}

#[test]
fn counts_are_told_in_words() {
    let words = fleet_words();
    for count in [1, 2, 200] {
        assert_plain("rows", &(words.rows)(count));
        assert_title("start", (words.start)(count).trim_end_matches('…'));
        assert_sentence("title", &(words.start_title)(count));
        assert_sentence("lead", &(words.start_lead)(count, "Proxy"));
        assert_sentence("help", &(words.start_help)(count));
        assert_title("retry", &(words.retry_failed)(count, 0));
        assert_title("look", &(words.retry_failed)(0, count));
        assert_title("all rows", &(words.all_rows_again)(count));
        assert_title("stopped", &(words.retry_stopped)(count));
        assert_sentence("left out", &(words.calls_left_out)(count as u32));
        assert_plain("rows left", &(words.rows_left)(count));
        assert_plain("more", &(words.and_more)(count));
        assert_sentence("pace", &(words.pace)(count as u32, count as u32));
        assert_sentence("remaining", &(words.remaining)(Duration::minutes(count as i64), count));
    }
    assert_eq!((words.retry_failed)(2, 1), "Try 2 failed rows again, look again at the row that is not known");
    let counts = Counts { done: 190, failed: 2, unknown: 1, already_on: 8, stopped: 3, ..Counts::default() };
    let said = "190 done, 8 as wanted before, 2 failed, 1 not known, 3 stopped.";
    assert_eq!((words.ended)(counts, false), format!("The run is over: {said}"));
    assert_eq!((words.ended)(counts, true), format!("The run was stopped, and is over: {said}"));
    assert_eq!((words.milestone)(34, 200), "34 of 200 rows are over.");
    assert_eq!((words.shown)(3, 200), "3 of 200 rows");
    assert_eq!((words.calls_made)(7, 20.0, 20.0), "7, at most 20.0 a second");
    assert!((words.calls_made)(7, 3.1, 20.0).ends_with(": the provider asked for fewer than 20"));
    let waits = [String::from("The window, which opens at 01:00."), String::from("A credential of Production.")];
    let said = (words.stage_waits)(&waits[1..]);
    assert_eq!(said, "The run is under way, and all of it waits for this: a credential of Production.");
    let both = "2 things: the window, which opens at 01:00; and a credential of Production.";
    assert_eq!((words.stage_waits)(&waits), format!("The run is under way, and all of it waits for {both}"));
    assert_eq!((words.start_act)("SSL on", 40, "instance"), "SSL on: 40 instances.");
    assert_eq!((words.start_act)("HTTPS on", 1, "cluster"), "HTTPS on: 1 cluster.");
    assert_eq!((words.start_act)("HTTPS on", 2, ""), "HTTPS on: 2 instances.");
    for is_watched in [true, false] {
        assert_sentence("halted", &(words.halted)("Alibaba Cloud cn-hangzhou", is_watched));
    }
    assert_sentence("field", &(words.no_field)("id"));
    assert_sentence("connection", &(words.no_connection)("Proxy"));
    assert_sentence("gone", &(words.profile_is_gone)("Huawei Cloud", "Production"));
    assert_sentence("adopted", &(words.adopted)("Production"));
    for sentence in [words.lead, words.nothing_runs, words.not_offered, words.no_server, words.needs_credential] {
        assert_sentence("fleet", sentence);
    }
    assert_title("not well", words.not_well);
    assert_title("whole", words.whole_fleet);
    for sentence in [words.all_well, words.digest_later] {
        assert_sentence("report", sentence);
    }
    for sentence in [words.lock_is_near, words.watched, words.world_is_gone, words.report_lead, words.no_report] {
        assert_sentence("fleet", sentence);
    }
    let title = super::words().pages.fleet_progress;
    assert_eq!(title(FleetStage::Running, false, 34, 200), "34 of 200 · ");
    assert_eq!(title(FleetStage::Running, true, 34, 200), "Stopped by failures, 34 of 200 · ");
    assert_eq!(title(FleetStage::Paused(PauseReason::User), true, 34, 200), "Paused, 34 of 200 · ");
    assert_eq!(title(FleetStage::Stopped, false, 34, 200), "Stopped, 34 of 200 · ");
    assert_eq!(title(FleetStage::Over, false, 200, 200), "Run over · ");
    assert_sentence("idle", super::words().pages.idle_fleet);
}
