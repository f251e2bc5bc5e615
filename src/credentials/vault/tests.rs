use super::*;

fn sealed() -> Sealed {
    Sealed {
        lock: Lock { rounds: ROUNDS, salt: [0xA5; 16] },
        verifier: Ciphertext { iv: [1; 12], bytes: vec![2; VERIFIED.len() + TAG] },
        payload: Ciphertext { iv: [3; 12], bytes: (0..=255).collect() },
    }
}

/// The record after a change of its text, with a checksum that knows of it.
fn forged(change: impl FnOnce(&str) -> String) -> String {
    let text = sealed().write();
    let changed = change(without_checksum(&text).unwrap());
    let checksum = hex(&Sha256::digest(changed.as_bytes()));
    format!(r#"{changed},"checksum":"{checksum}"}}"#)
}

fn replaced(from: &str, to: &str) -> String {
    forged(|text| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    })
}

fn complaint(text: &str) -> &'static str {
    match Sealed::read(text) {
        Err(VaultError::Corrupted(part)) => part,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_written_is_read() {
    for payload in [vec![0; TAG], (0..=255).collect()] {
        let record = Sealed { payload: Ciphertext { iv: [9; 12], bytes: payload }, ..sealed() };
        assert_eq!(Sealed::read(&record.write()), Ok(record));
    }
}

#[test]
fn the_record_is_one_line_with_everything_but_the_passphrase_that_opening_needs() {
    let record = Sealed { payload: Ciphertext { iv: [3; 12], bytes: vec![4; TAG] }, ..sealed() };
    let (text, checksum) = record.write().split_once(r#","checksum":"#).map(|(a, b)| (a.to_owned(), b.len())).unwrap();
    assert_eq!(
        text,
        format!(
            r#"{{"version":1,"rounds":600000,"salt":"{}","verifierIv":"{}","verifier":"{}","iv":"{}","payload":"{}""#,
            "a5".repeat(16),
            "01".repeat(12),
            "02".repeat(VERIFIED.len() + 16),
            "03".repeat(12),
            "04".repeat(16),
        )
    );
    assert_eq!(checksum, "\"\"}".len() + 64);
}

#[test]
fn fewer_rounds_are_a_downgrade_and_more_are_honoured_up_to_a_limit() {
    let with = |rounds: &str| replaced(":600000,", &format!(":{rounds},"));
    for odd in ["0", "1", "599999", "10000001", "4294967296", "-600000", "600000.5", "\"600000\"", "null", "[]"] {
        assert_eq!(complaint(&with(odd)), "rounds", "{odd}");
    }
    for fine in [600_000, 600_001, 1_000_000, 10_000_000] {
        assert_eq!(Sealed::read(&with(&fine.to_string())).unwrap().lock.rounds, fine);
    }
}

#[test]
fn a_part_that_is_odd_is_named() {
    assert_eq!(complaint(&replaced(r#""version":1"#, r#""version":2"#)), "version");
    assert_eq!(complaint(&replaced(r#""version":1"#, r#""version":"1""#)), "version");
    for name in ["salt", "verifierIv", "verifier", "iv", "payload"] {
        let opening = format!(r#""{name}":""#);
        for odd in ["zz", "0", "+1", "é"] {
            assert_eq!(complaint(&replaced(&opening, &format!("{opening}{odd}"))), name, "{odd}");
        }
        assert_eq!(complaint(&replaced(&opening, &format!(r#""{name}":7,"other":""#))), name);
        assert_eq!(complaint(&replaced(&format!(r#""{name}""#), r#""other""#)), name);
        if name != "payload" {
            assert_eq!(complaint(&replaced(&opening, &format!("{opening}00"))), name, "too long");
        }
    }
    let short = Sealed { payload: Ciphertext { iv: [3; 12], bytes: vec![4; TAG - 1] }, ..sealed() };
    assert_eq!(complaint(&short.write()), "payload");
}

#[test]
fn what_is_not_written_this_way_is_refused_although_its_parts_are_right() {
    let text = sealed().write();
    for odd in [
        "",
        "null",
        "[]",
        "{",
        "\"\"",
        text.trim_start_matches('{'),
        text.trim_end_matches('}'),
        &format!("{text}{text}"),
    ] {
        assert!(["format", "version"].contains(&complaint(odd)), "{odd}");
    }
    assert_eq!(complaint(&format!("{text}\n")), "format");
    assert_eq!(complaint(&replaced("a5", "A5")), "format");
    assert_eq!(complaint(&replaced("600000", "600000.0")), "rounds");
    assert_eq!(complaint(&replaced("\"version\"", " \"version\"")), "format");
    assert_eq!(complaint(&replaced("\"version\"", "\"more\":1,\"version\"")), "format");
    assert_eq!(complaint(&replaced("\"version\":1", "\"version\":1,\"version\":1")), "format");
    assert_eq!(complaint(without_checksum(&text).map(|text| format!("{text}}}")).unwrap().as_str()), "format");
}

#[test]
fn no_single_character_can_be_damaged_unnoticed() {
    let text = sealed().write();
    for (at, old) in text.char_indices() {
        for new in ['0', '1', 'f', ' '].into_iter().filter(|new| *new != old) {
            let mut damaged = text.clone();
            damaged.replace_range(at..=at, &new.to_string());
            assert!(matches!(Sealed::read(&damaged), Err(VaultError::Corrupted(_))), "{at}: {damaged}");
        }
    }
    // A digit for another: only the checksum can tell.
    assert_eq!(complaint(&text.replacen("a5a5", "a5a4", 1)), "checksum");
}

#[test]
fn what_is_authenticated_differs_with_each_of_its_parts() {
    let lock = sealed().lock;
    let text = |lock: &Lock, part| String::from_utf8(lock.additional_data(part)).unwrap();
    let here = text(&lock, Part::Payload);
    assert_eq!(here, format!("tls-console vault 1 600000 {} payload", "a5".repeat(16)));
    assert_ne!(here, text(&lock, Part::Verifier));
    assert_ne!(here, text(&Lock { rounds: ROUNDS + 1, ..lock.clone() }, Part::Payload));
    assert_ne!(here, text(&Lock { salt: [0xA6; 16], ..lock }, Part::Payload));
}

#[test]
fn a_passphrase_is_counted_in_characters() {
    assert_eq!(check_passphrase("elevenchars"), Err(VaultError::ShortPassphrase { least: 12 }));
    assert_eq!(check_passphrase(&"é".repeat(11)), Err(VaultError::ShortPassphrase { least: 12 }));
    assert_eq!(check_passphrase("twelve chars"), Ok(()));
    assert_eq!(check_passphrase(&"密".repeat(12)), Ok(()));
}
