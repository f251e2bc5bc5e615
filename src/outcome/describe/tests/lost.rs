//! Answers that were lost, notes beside an answer, and the shipped catalogues.

use super::*;

fn lost_answers() -> Vec<(String, Explanation, Explanation, Explanation)> {
    let api_error = |status| Outcome::ApiError { code: "InternalError".into(), message: "m".into(), status };
    let outcomes = [
        Outcome::HttpError { status: 502, body: BodyKind::Html },
        Outcome::HttpError { status: 408, body: BodyKind::Empty },
        Outcome::Undecodable { status: 200, why: Why::BrokenJson("EOF at line 1 column 2".into()) },
        Outcome::Undecodable { status: 200, why: Why::MissingField("Result".into()) },
        api_error(500),
        api_error(408),
    ];
    let errors = [
        TransportError::TimedOut(Duration::from_secs(30)),
        TransportError::Cancelled,
        TransportError::Blocked(Circumstances::default()),
    ];
    let calls = [open_https(), switch_ssl(), reading()];
    let answered = outcomes.into_iter().map(|outcome| {
        let [https, ssl, get] = calls.each_ref().map(|call| tell(outcome.clone(), call));
        (format!("{outcome:?}"), https, ssl, get)
    });
    let unanswered = errors.into_iter().map(|error| {
        let [https, ssl, get] = calls.each_ref().map(|call| transport_error(&error, call));
        (format!("{error:?}"), https, ssl, get)
    });
    answered.chain(unanswered).collect()
}

#[test]
fn a_changing_call_without_a_usable_answer_may_have_happened_and_how_to_find_out_comes_first() {
    let find_out = |operation: Operation| operation.impact.unwrap().find_out.unwrap();
    let (https_find_out, ssl_find_out) = (find_out(open_https()), find_out(switch_ssl()));
    for (what, https, ssl, _) in lost_answers() {
        for (told, find_out) in [(&https, &https_find_out), (&ssl, &ssl_find_out)] {
            assert_eq!(told.tone, Tone::Unsure, "{what}");
            assert!(told.causes[0].contains("may have been carried out"), "{what}: {told:?}");
            assert_eq!(&told.next[0], find_out, "{what}");
        }
        assert!(words(&https).contains("clientToken is kept"), "{what}: {https:?}");
        assert!(!words(&ssl).contains("is kept"), "{what}: this API has no such token");
    }
}

#[test]
fn a_reading_call_without_an_answer_can_be_sent_again() {
    for (what, _, _, told) in lost_answers() {
        assert_eq!(told.tone, Tone::Bad, "{what}");
        assert!(
            words(&told).contains("only reads: send it again") && !words(&told).contains("may have been carried"),
            "{what}"
        );
    }
}

#[test]
fn a_call_that_was_refused_or_never_sent_did_not_happen() {
    let refused = [
        Outcome::ApiError { code: "InstanceActivating".into(), message: "m".into(), status: 400 },
        Outcome::HttpError { status: 404, body: BodyKind::Html },
        Outcome::Declined { field: "Result".into(), value: "false".into(), meaning: None },
    ];
    let policy = Circumstances { policy: true, ..Circumstances::default() };
    let unsent = [TransportError::Offline, TransportError::Browser("no".into()), TransportError::Blocked(policy)];
    let refused = refused.into_iter().map(|outcome| tell(outcome, &open_https()));
    for told in refused.chain(unsent.iter().map(|error| transport_error(error, &open_https()))) {
        assert_eq!(told.tone, Tone::Bad);
        assert!(!words(&told).contains("may have been carried out"), "{told:?}");
    }
}

#[test]
fn an_accepted_change_goes_on_in_the_background_and_a_reading_call_is_done() {
    let accepted = tell(Outcome::Success, &open_https());
    assert_eq!((accepted.tone, accepted.title.as_str()), (Tone::Good, "Accepted"));
    assert_eq!(accepted.next, [open_https().impact.unwrap().find_out.unwrap()]);
    let done = tell(Outcome::Success, &reading());
    assert_eq!((done.tone, done.title.as_str(), done.next.len()), (Tone::Good, "Done", 0));
}

#[test]
fn waiting_relabelling_and_clocks_are_told_beside_any_answer() {
    let told = |change: fn(&mut Answer)| {
        let mut found = answer_with(Outcome::Success);
        change(&mut found);
        words(&answer(&found, &open_https(), Lookup::Unknown))
    };
    assert!(told(|a| a.retry_after = Some(Duration::from_millis(1500))).contains("asks to wait 2 seconds"));
    assert!(told(|a| a.mislabelled = Some("text/plain".into())).contains("labelled text/plain"));
    assert!(told(|a| a.mislabelled = Some(String::new())).contains("labelled nothing"));
    assert!(told(|a| a.clock_skew = Some(1200)).contains("this computer's clock is 20 minutes behind the server's"));
    assert!(told(|a| a.clock_skew = Some(-7200)).contains("this computer's clock is 2 hours ahead of the server's"));
    assert_eq!(told(|a| a.clock_skew = Some(-299)), told(|_| ()), "a few seconds are not worth a word");
}

#[test]
fn every_code_of_the_shipped_catalogues_is_found_and_explained() {
    let catalogues = [
        (include_str!("../../../../apis/huawei-taurusdb.errors.json"), 150, switch_ssl()),
        (include_str!("../../../../apis/huawei-iam.errors.json"), 91, switch_ssl()),
        (include_str!("../../../../apis/aliyun-elasticsearch.errors.json"), 57, open_https()),
    ];
    for (text, count, operation) in catalogues {
        let catalogue = ErrorCatalogue::load("a.errors.json", text).unwrap();
        assert_eq!(catalogue.entries().len(), count);
        for entry in catalogue.entries() {
            let (status, message) = (entry.status.unwrap_or(400), entry.message.clone().unwrap_or_default());
            let own = catalogue.find(&entry.code, entry.status.unwrap_or_default(), &message);
            assert_eq!(own, Some(entry), "another entry hides it");
            for alias in &entry.aliases {
                assert!(catalogue.find(alias, status, &message).is_some(), "{alias}");
            }
            let outcome = Outcome::ApiError { code: entry.code.clone(), message, status };
            let told = answer(&answer_with(outcome), &operation, Lookup::Found(entry));
            assert!(told.title.starts_with(&entry.code));
            assert!(told.causes.contains(&entry.meaning) && told.next.contains(&entry.remedy), "{}", entry.code);
        }
    }
}
