//! What keeps new rows from beginning: concurrency, rate, ramp, threshold, window, refusals.

use super::*;

fn per_second(sent: &[(i64, u32)]) -> usize {
    let seconds: std::collections::BTreeSet<i64> = sent.iter().map(|(second, _)| *second).collect();
    seconds.iter().map(|second| sent.iter().filter(|(other, _)| other == second).count()).max().unwrap_or_default()
}

#[test]
fn no_more_rows_are_under_way_and_no_more_calls_are_made_than_the_limits_say() {
    let mut page = Page::started(rows(40), Limits { concurrency: Share::Number(3), ..free() });
    page.takes = Duration::seconds(10);
    let begun = page.seconds();
    page.run();
    let waves: Vec<usize> =
        (0..14).map(|wave| page.sent.iter().filter(|(at, _)| (at - begun) / 10 == wave).count()).collect();
    assert_eq!(waves, [3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 1]);
    let mut page = Page::started(rows(40), Limits { rate: 4.0, ..free() });
    page.run();
    assert_eq!((per_second(&page.sent), per_second(&page.reads)), (4, 4));
}

#[test]
fn a_percentage_is_of_the_rows_that_are_to_change_and_one_row_is_the_least() {
    for (percent, rows_to_change, most) in [(10, 40, 4), (10, 9, 1), (50, 5, 2)] {
        let mut page = Page::new(rows(50), Limits { concurrency: Share::Percent(percent), ..free() });
        page.standings =
            Box::new(move |row| (if row.0 < rows_to_change { "pass" } else { "already" }, ReadResult::Answered));
        page.plan_and_start();
        page.run_until(page.seconds());
        assert_eq!(page.sent.len(), most, "{percent} % of {rows_to_change}");
    }
}

#[test]
fn one_row_goes_first_then_two_then_four() {
    let mut page = Page::started(rows(20), Limits { ramp: true, concurrency: Share::Number(6), ..free() });
    page.takes = Duration::seconds(10);
    let begun = page.seconds();
    page.run();
    let waves: Vec<usize> =
        (0..5).map(|wave| page.sent.iter().filter(|(at, _)| (at - begun) / 10 == wave).count()).collect();
    assert_eq!(waves, [1, 2, 4, 6, 6]);
}

#[test]
fn too_many_failures_halt_the_lane_and_no_other_one() {
    let mut all = rows(20);
    all.iter_mut().skip(10).for_each(|row| row.spec.region = String::from("north"));
    let limits = Limits { concurrency: Share::Number(1), threshold: Some(Share::Percent(20)), ..free() };
    let mut page = Page::started(all, limits);
    page.answers = Box::new(|row, _| if row.0 < 10 { refused() } else { accepted() });
    while page.fleet.head.halted.is_empty() {
        assert!(page.go_on());
    }
    assert!(!page.fleet.is_halted(), "the other lane goes on");
    page.run();
    // Two of ten may fail; the third is too much.
    let Counts { failed, waiting, done, .. } = page.fleet.counts();
    assert_eq!((failed, waiting, done), (3, 7, 10));
    assert_eq!((page.fleet.head.halted.len(), page.fleet.head.stage), (1, FleetStage::Running));
    let waits: Vec<Vec<Wait>> = page.fleet.lanes(page.now).into_iter().map(|lane| lane.waits).collect();
    assert_eq!(waits, [vec![Wait::Halted(Halt::Threshold)], vec![]]);
    assert_eq!(page.fleet.lanes(page.now).iter().map(|lane| lane.is_stuck).collect::<Vec<_>>(), [true, false]);
    // Nothing else is left: so says the title of the tab.
    assert_eq!((page.fleet.halted_lanes().len(), page.fleet.is_halted()), (1, true));
    // The user goes on: as many may fail again.
    page.event(EventKind::Resume);
    page.run();
    assert_eq!((page.fleet.counts().failed, page.fleet.head.halted.len()), (6, 1));
    // Another page knows that the user went on, and halts after as many again.
    page.event(EventKind::Resume);
    page.event(EventKind::Pause(PauseReason::User));
    page.reload();
    page.event(EventKind::Resume);
    page.run();
    assert_eq!(page.fleet.counts().failed, 9);
}

#[test]
fn fewer_failures_than_there_are_halt_the_lane_at_once() {
    let mut page = Page::started(rows(4), Limits { concurrency: Share::Number(1), ..free() });
    page.answers = Box::new(|_, _| refused());
    page.run_until(page.seconds() + 2);
    let lane = page.fleet.rows[0].spec.lane();
    page.event(EventKind::Limit { lane, limits: Limits { threshold: Some(Share::Number(0)), ..free() } });
    page.run();
    assert_eq!((page.fleet.head.halted.len(), page.fleet.counts().waiting > 0), (1, true));
}

#[test]
fn a_window_lets_rows_begin_at_its_time_of_day_by_the_clock_of_the_user() {
    let window = Some(Window { from: 23 * 60, to: 60 });
    let mut page = Page::new(rows(3), Limits { window, rate: 1.0, ..free() });
    page.now = START.to_offset(time::macros::offset!(+2));
    page.plan_and_start();
    assert_eq!(page.fleet.lanes(page.now)[0].waits, [Wait::Window(datetime!(2026-11-27 23:00 +2))]);
    assert!(page.fleet.lanes(page.now)[0].is_stuck);
    page.run();
    // 04:00 UTC is 06:00 there: 17 hours to go.
    assert_eq!(page.sent.iter().map(|(second, _)| *second).collect::<Vec<_>>(), [61_200, 61_201, 61_202]);
}

#[test]
fn a_window_that_closes_withdraws_what_is_written_down() {
    let window = Some(Window { from: 4 * 60, to: 4 * 60 + 1 });
    let mut page = Page::started(rows(1), Limits { window, ..free() });
    page.holds_writes = true;
    let mut page = Page { next: BTreeMap::new(), ..page };
    page.now = START + Duration::seconds(61);
    page.event(EventKind::Written(RowId(0)));
    assert!(page.sent.is_empty());
    assert!(matches!(page.fleet.rows[&RowId(0)].state, RowState::Waiting(_)));
    assert_eq!((page.fleet.rows[&RowId(0)].sends, page.fleet.rows[&RowId(0)].started), (0, None));
}

#[test]
fn a_busy_instance_is_tried_again_with_growing_pauses_and_not_for_ever() {
    let mut page = Page::started(rows(1), free());
    page.answers = Box::new(|_, _| busy());
    page.run();
    assert!(matches!(page.end(0), RowEnd::Refused { code, .. } if code == "BUSY"));
    let pauses: Vec<i64> = page.sent.windows(2).map(|pair| pair[1].0 - pair[0].0).collect();
    // Up to a quarter more by chance, and a second for the answer.
    for (pause, least) in pauses.iter().zip([5, 10, 20, 40, 80, 160, 300, 300]) {
        assert!((least..=least * 5 / 4 + 2).contains(pause), "{pauses:?}");
    }
    let row = &page.fleet.rows[&RowId(0)];
    let waited = pauses.iter().sum::<i64>();
    // A second for each answer.
    let told = i64::from(row.waited_in_vain().unwrap()) + pauses.len() as i64;
    assert!((told - 1..=told + 1 + pauses.len() as i64).contains(&waited), "{waited} {told}");
    let most = i64::from(MOST_WAITED);
    assert!((most..most + 300 * 5 / 4 + 20).contains(&waited), "{pauses:?}");
    // The user tries again: it waits anew.
    page.event(EventKind::Retry(vec![RowId(0)]));
    let before = page.sent.len();
    page.run();
    assert_eq!(page.sent.len(), 2 * before);
    assert!(page.fleet.rows[&RowId(0)].waited_in_vain().is_some());
}

#[test]
fn an_instance_that_is_free_at_last_has_not_waited_in_vain() {
    let mut page = Page::started(rows(2), free());
    page.answers = Box::new(|row, sends| match (row.0, sends) {
        (_, 1..=6) => busy(),
        (0, _) => accepted(),
        _ => refused(),
    });
    page.run();
    assert_eq!(page.end(0), &RowEnd::Accepted);
    assert!(page.fleet.rows.values().all(|row| row.waited_in_vain().is_none()));
}

#[test]
fn too_many_calls_slow_the_lane_down_and_not_the_row() {
    let mut page = Page::started(rows(30), Limits { rate: 4.0, ..free() });
    let begun = page.seconds();
    let (code, message) = (String::from("SLOW"), String::new());
    let slow = SendResult::Busy { code, message, status: 429, throttled: true, retry_after: Some(20) };
    page.answers = Box::new(move |row, sends| if row.0 == 0 && sends == 1 { slow.clone() } else { accepted() });
    page.run();
    let after: Vec<i64> = page.sent.iter().map(|(second, _)| second - begun).filter(|second| *second > 2).collect();
    let first = after[0];
    assert!((21..=27).contains(&first), "nobody calls for twenty seconds: {first}");
    assert_eq!(after.iter().filter(|second| **second == first).count(), 2, "then half as fast");
    assert_eq!((page.fleet.counts().done, page.sent.len()), (30, 31));
}

#[test]
fn one_call_too_many_is_no_refusal_of_the_instance() {
    let mut page = Page::started(rows(1), free());
    let (code, message) = (String::from("SLOW"), String::new());
    let slow = SendResult::Busy { code, message, status: 429, throttled: true, retry_after: Some(1) };
    page.answers = Box::new(move |_, sends| if sends <= 30 { slow.clone() } else { accepted() });
    page.run();
    assert_eq!((page.end(0), page.sent.len()), (&RowEnd::Accepted, 31));
    let pauses: Vec<i64> = page.sent.windows(2).map(|pair| pair[1].0 - pair[0].0).collect();
    assert!(pauses.last().is_some_and(|last| *last >= 60), "the pauses grow, whatever the API asks for: {pauses:?}");
}

#[test]
fn a_profile_without_a_credential_waits_alone_and_is_asked_for_once() {
    let mut all = rows(10);
    all.iter_mut().step_by(2).for_each(|row| row.spec.profile = Some(ProfileId::new(2)));
    let mut page = Page::started(all, Limits { concurrency: Share::Number(2), ..free() });
    page.answers = Box::new(|row, _| if row.0 % 2 == 0 { SendResult::NeedsCredential } else { accepted() });
    page.run();
    let Counts { done, waiting, .. } = page.fleet.counts();
    assert_eq!((done, waiting), (5, 5));
    let asked = |page: &Page| page.effects.iter().filter(|effect| matches!(effect, Effect::NeedCredential(_))).count();
    assert_eq!((asked(&page), page.fleet.in_need_of_credential()), (1, vec![ProfileId::new(2)]));
    page.answers = Box::new(|_, _| accepted());
    page.event(EventKind::CredentialReady(ProfileId::new(2)));
    page.run();
    assert_eq!((page.fleet.counts().done, asked(&page)), (10, 1));
}

#[test]
fn rows_without_a_profile_get_the_chosen_one_of_their_provider_and_keep_it() {
    let mut all = rows(3);
    all.iter_mut().for_each(|row| row.spec.profile = None);
    all[1].spec.provider = String::from("other");
    all[2].spec.profile = Some(ProfileId::new(9));
    let mut page = Page::new(all, free());
    let profile = |id, provider: &str, chosen| FleetProfile {
        id: ProfileId::new(id),
        provider: provider.to_owned(),
        chosen,
        ..FleetProfile::default()
    };
    let own = page.fleet.rows[0].spec.provider.clone();
    let operation = (String::from("acme"), String::from("Set"));
    assert_eq!(page.fleet.operations_without_profile(), [operation.clone(), operation], "one of each provider");
    let all = [profile(1, &own, false), profile(2, &own, true), profile(3, "other", true)];
    assert_eq!(page.fleet.name_signers(&all), [RowId(0), RowId(1)]);
    assert_eq!(page.fleet.operations_without_profile(), []);
    let later = [profile(4, &own, true), profile(5, "other", true)];
    page.plan_and_start();
    assert_eq!(page.fleet.name_signers(&later), []);
    let signers: Vec<_> = page.fleet.rows.values().filter_map(|row| row.spec.profile).collect();
    assert_eq!(signers, [2, 3, 9].map(ProfileId::new));
}

#[test]
fn other_limits_count_at_once() {
    let mut page = Page::started(rows(9), Limits { concurrency: Share::Number(1), ..free() });
    page.takes = Duration::seconds(10);
    page.run_until(page.seconds());
    let lane = page.fleet.rows[0].spec.lane();
    page.event(EventKind::Limit { lane, limits: Limits { concurrency: Share::Number(5), ..free() } });
    page.run_until(page.seconds());
    assert_eq!(page.sent.len(), 5);
}

#[test]
fn a_higher_limit_is_reached_step_by_step_too() {
    let mut page = Page::started(rows(40), Limits { concurrency: Share::Number(1), ramp: true, ..free() });
    page.takes = Duration::seconds(10);
    page.run_until(page.seconds() + 15);
    let lane = page.fleet.rows[0].spec.lane();
    page.event(EventKind::Limit { lane, limits: Limits { concurrency: Share::Number(20), ramp: true, ..free() } });
    let begun = page.sent.len();
    let mut waves = Vec::new();
    while page.sent.len() < 30 {
        let before = page.sent.len();
        page.run_until(page.seconds() + 10);
        waves.push(page.sent.len() - before);
    }
    assert_eq!((begun, waves), (2, vec![2, 4, 8, 16]));
}

#[test]
fn a_clock_that_is_set_back_makes_nobody_wait_for_it() {
    let mut page = Page::started(rows(1), free());
    page.answers = Box::new(|_, sends| if sends == 1 { busy() } else { accepted() });
    page.run_until(page.seconds() + 1);
    page.now -= Duration::DAY;
    // Nobody sums up the time in between, before the fleet knows of it and afterwards.
    let calls = |page: &Page| page.fleet.last_minute(page.now).0;
    assert_eq!(calls(&page), 0);
    page.event(EventKind::Time);
    assert_eq!(calls(&page), 2);
    page.run();
    assert!((page.now - START).is_negative() && page.fleet.counts().done == 1);
}

#[test]
fn a_row_that_is_left_out_may_make_the_failures_too_many() {
    let limits = Limits { threshold: Some(Share::Percent(50)), concurrency: Share::Number(1), ..free() };
    let mut page = Page::started(rows(4), limits);
    page.answers = Box::new(|row, _| if row.0 < 2 { refused() } else { accepted() });
    page.run_until(page.seconds() + 2);
    assert_eq!((page.fleet.counts().failed, page.fleet.head.halted.len()), (2, 0), "{:?}", page.fleet.counts());
    page.event(EventKind::Skip(RowId(3)));
    assert_eq!(page.fleet.head.halted.len(), 1);
}

#[test]
fn a_lane_is_held_by_failures_only_where_rows_wait_and_the_run_only_where_nothing_else_goes_on() {
    let mut all = rows(6);
    all.iter_mut().skip(1).for_each(|row| row.spec.region = String::from("north"));
    let limits = Limits { concurrency: Share::Number(1), threshold: Some(Share::Number(0)), ..free() };
    let mut page = Page::started(all, limits);
    page.takes = Duration::seconds(10);
    page.answers = Box::new(|row, _| if row.0 < 2 { refused() } else { accepted() });
    let told = page.effects.len();
    page.run();
    // The only row of the first lane has failed: nothing waits in it.
    let [south, north] = [0, 1].map(|row| page.fleet.rows[row].spec.lane());
    assert_eq!(page.fleet.head.halted.len(), 2);
    assert_eq!(page.fleet.halted_lanes(), [&north]);
    assert!(
        page.fleet.is_halted()
            && !page.fleet.lanes(page.now).iter().any(|lane| lane.lane == south && !lane.waits.is_empty())
    );
    let notices = page.effects[told..].iter().filter(|effect| **effect == Effect::Notify).count();
    assert_eq!(notices, 1, "one lane is held");
    // Another lane goes on.
    page.event(EventKind::Resume);
    page.answers = Box::new(|_, _| accepted());
    page.event(EventKind::Retry(vec![RowId(0)]));
    page.run_until(page.seconds() + 1);
    assert!(!page.fleet.is_halted());
}

#[test]
fn a_row_that_waits_for_its_next_try_says_so() {
    let mut page = Page::started(rows(1), free());
    page.answers = Box::new(|_, sends| if sends == 1 { busy() } else { accepted() });
    page.run_until(page.seconds() + 2);
    let RowState::Waiting(Due(due)) = page.fleet.rows[0].state else { panic!("{:?}", page.fleet.rows[0]) };
    assert_eq!(page.fleet.lanes(page.now)[0].waits, [Wait::Later(due)]);
}
