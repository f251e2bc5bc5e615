//! Credentials that the provider does not accept.

use super::*;
use crate::follow::{End, Why};

/// Two profiles in one lane.
fn two_profiles(count: u32) -> Vec<Row> {
    let mut all = rows(count);
    all.iter_mut().step_by(2).for_each(|row| row.spec.profile = Some(ProfileId::new(2)));
    all
}

fn asked(page: &Page) -> usize {
    page.effects.iter().filter(|effect| matches!(effect, Effect::NeedCredential(_))).count()
}

/// The user enters another credential whenever one is asked for.
fn run_with_new_credentials(page: &mut Page) {
    page.run();
    for _ in 0..9 {
        for profile in page.fleet.in_need_of_credential() {
            page.event(EventKind::CredentialReady(profile));
            page.run();
        }
    }
}

#[test]
fn a_row_that_no_credential_is_good_for_does_not_stop_its_profile() {
    let mut page = Page::started(rows(5), free());
    page.answers = Box::new(|row, _| if row.0 == 0 { SendResult::NeedsCredential } else { accepted() });
    run_with_new_credentials(&mut page);
    assert_eq!((page.fleet.head.stage, page.fleet.counts().done), (FleetStage::Over, 4));
    assert!(matches!(page.end(0), RowEnd::Refused { status: 200, .. }), "{:?}", page.end(0));
    assert_eq!((asked(&page), page.order().iter().filter(|row| **row == 0).count()), (2, 3));
}

#[test]
fn a_credential_that_is_tried_again_counts_once() {
    let mut page = Page::started(rows(2), free());
    let own = doubt::running(page.now);
    page.answers = Box::new(move |row, _| if row.0 == 0 { SendResult::NeedsCredential } else { own.clone() });
    page.looks = Box::new(|_| LookResult::NeedsCredential);
    page.run();
    let profile = ProfileId::new(1);
    for _ in 0..9 {
        page.event(EventKind::CredentialAgain(profile));
        page.run();
        assert_eq!(page.fleet.in_need_of_credential(), [profile]);
    }
    let Counts { waiting, under_way, .. } = page.fleet.counts();
    assert_eq!((waiting, under_way), (1, 1), "{:?}", page.fleet.counts());
    // Others count.
    run_with_new_credentials(&mut page);
    assert!(matches!(page.end(0), RowEnd::Refused { .. }), "{:?}", page.end(0));
    assert!(matches!(page.end(1), RowEnd::Followed { end: End::Unknown(Why::Refused(_)), .. }), "{:?}", page.end(1));
}

#[test]
fn a_row_that_no_credential_is_good_for_does_not_stop_the_plan() {
    let mut page = Page::new(rows(5), free());
    page.standings =
        Box::new(|row| ("pass", if row.0 == 0 { ReadResult::NeedsCredential } else { ReadResult::Answered }));
    page.event(EventKind::Plan);
    run_with_new_credentials(&mut page);
    assert_eq!(page.fleet.head.stage, FleetStage::Planned);
    assert_eq!((page.fleet.counts().cannot_be_known, page.fleet.counts().will_change, asked(&page)), (1, 4, 2));
}

#[test]
fn a_page_without_a_credential_says_nothing_about_the_row() {
    let mut page = Page::new(rows(1), free());
    page.event(EventKind::Plan);
    page.next.clear();
    for _ in 0..9 {
        let (row, found, note, result) = (RowId(0), Vec::new(), None, ReadResult::NeedsCredential);
        page.event(EventKind::Read { row, read: 0, reads: 1, found, note, result });
        page.event(EventKind::CredentialReady(ProfileId::new(1)));
        page.next.clear();
    }
    assert_eq!(page.fleet.counts().checking, 1);
}

#[test]
fn rows_that_wait_for_a_credential_leave_their_places_to_others() {
    for ramp in [false, true] {
        let mut page = Page::started(two_profiles(6), Limits { concurrency: Share::Number(2), ramp, ..free() });
        let follow = |page: &Page| doubt::running(page.now);
        let own = follow(&page);
        page.answers = Box::new(move |row, _| if row.0 % 2 == 0 { own.clone() } else { accepted() });
        page.looks = Box::new(|_| LookResult::NeedsCredential);
        page.run();
        let Counts { done, under_way, waiting, .. } = page.fleet.counts();
        assert_eq!(done, 3, "ramp {ramp}: {under_way} under way, {waiting} wait");
        // They take them again.
        assert_eq!(page.fleet.in_need_of_credential(), [ProfileId::new(2)]);
    }
}

#[test]
fn a_look_that_no_credential_is_good_for_ends() {
    let mut page = Page::started(rows(1), free());
    let own = doubt::running(page.now);
    page.answers = Box::new(move |_, _| own.clone());
    page.looks = Box::new(|_| LookResult::NeedsCredential);
    run_with_new_credentials(&mut page);
    assert!(matches!(page.end(0), RowEnd::Followed { end: End::Unknown(Why::Refused(_)), .. }), "{:?}", page.end(0));
}

#[test]
fn a_profile_goes_on_in_place_of_one_that_is_gone() {
    let gone = ProfileId::new(2);
    for is_planned in [true, false] {
        let mut page =
            if is_planned { Page::new(two_profiles(6), free()) } else { Page::started(two_profiles(6), free()) };
        if is_planned {
            page.standings = Box::new(|row| {
                ("pass", if row.0 % 2 == 0 { ReadResult::NeedsCredential } else { ReadResult::Answered })
            });
            page.event(EventKind::Plan);
        }
        page.answers = Box::new(|row, _| if row.0 % 2 == 0 { SendResult::NeedsCredential } else { accepted() });
        page.run();
        assert_eq!(page.fleet.in_need_of_credential(), [gone]);
        page.answers = Box::new(|_, _| accepted());
        page.standings = Box::new(|_| ("pass", ReadResult::Answered));
        let by = Box::new(FleetProfile { id: ProfileId::new(3), ..FleetProfile::default() });
        page.event(EventKind::Adopt { gone, by, words: String::from("Adopted") });
        page.run();
        let signers: Vec<_> = page.fleet.rows.values().map(|row| row.spec.profile).collect();
        assert!(!signers.contains(&Some(gone)), "{signers:?}");
        assert_eq!(signers.iter().filter(|profile| **profile == Some(ProfileId::new(3))).count(), 3);
        let counts = page.fleet.counts();
        assert_eq!(if is_planned { counts.will_change } else { counts.done }, 6, "{counts:?}");
        assert_eq!((page.fleet.head.overrides.len(), page.fleet.head.signers.len()), (1, 1));
    }
}

#[test]
fn what_the_page_does_not_have_is_asked_for_before_the_first_call_is_due() {
    let mut page = Page::started(two_profiles(4), free());
    let own = doubt::running(page.now);
    page.answers = Box::new(move |_, _| own.clone());
    page.run_until(page.seconds() + 2);
    page.reload();
    page.event(EventKind::CredentialMissing(ProfileId::new(2)));
    page.event(EventKind::CredentialMissing(ProfileId::new(9)));
    assert_eq!((asked(&page), page.fleet.in_need_of_credential()), (1, vec![ProfileId::new(2)]));
    assert_eq!(page.fleet.credential_refusal(ProfileId::new(2)), None, "nobody refused anything");
    let waits = page.fleet.lanes(page.now)[0].waits.clone();
    assert_eq!(waits, [Wait::Credential(vec![ProfileId::new(2)])]);
    page.event(EventKind::CredentialReady(ProfileId::new(2)));
    assert_eq!(page.fleet.in_need_of_credential(), [] as [ProfileId; 0]);
}

#[test]
fn a_refusal_of_a_credential_is_known_until_another_one_comes() {
    let mut page = Page::started(rows(1), free());
    page.answers = Box::new(|_, _| SendResult::NeedsCredential);
    page.run();
    let own = ProfileId::new(1);
    assert_eq!(page.fleet.credential_refusal(own), Some((String::new(), 200)));
    page.event(EventKind::CredentialReady(own));
    assert_eq!(page.fleet.credential_refusal(own), None);
}

#[test]
fn a_lane_without_rows_left_waits_for_no_credential() {
    let mut all = two_profiles(2);
    all[1].spec.region = String::from("north");
    all[1].spec.profile = Some(ProfileId::new(2));
    let mut page = Page::started(all, free());
    page.answers = Box::new(|row, _| if row.0 == 0 { SendResult::NeedsCredential } else { accepted() });
    page.run();
    let waits: Vec<Vec<Wait>> = page.fleet.lanes(page.now).into_iter().map(|lane| lane.waits).collect();
    assert_eq!(waits, [vec![Wait::Credential(vec![ProfileId::new(2)])], vec![]]);
}

#[test]
fn the_last_minute_counts_calls_that_were_made_and_all_rows_that_ended() {
    let mut page = Page::started(two_profiles(4), free());
    page.run_until(page.seconds() + 61);
    assert_eq!(page.fleet.last_minute(page.now), (0, 0), "it ages without an event");
    let mut page = Page::started(rows(3), free());
    page.run_until(page.seconds());
    assert_eq!(page.sent.len(), 3);
    page.now += Duration::seconds(90);
    page.next.clear();
    for (row, result) in [(0, SendResult::NeedsCredential), (1, refused()), (2, accepted())] {
        let (id, status) = (RowId(row), (row != 0).then_some(400));
        let Some(RowState::Sending { call, .. }) = page.fleet.rows.get(&id).map(|row| row.state.clone()) else {
            panic!("{:?}", page.fleet.rows[row as usize])
        };
        let note = CallNote { status, ..note(page.now, &call, "Set") };
        page.event(EventKind::Sent { row: id, call, note, result });
    }
    assert_eq!(page.fleet.last_minute(page.now), (2, 2), "one had no credential; one failed, one is done");
}
