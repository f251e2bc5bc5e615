//! Whatever comes: nothing panics, and every valid document is read.

use super::*;

/// Does everything that the screen does.
fn use_all(read: &Document) {
    let all = read.all();
    let mut folds = Folds::to_depth(read, 1);
    let rows = Rows::of(read, &all, &folds, &read.long_lines(8));
    for row in 0..rows.len() {
        let row = rows.get(row).unwrap();
        let is_folded = folds.contains(row.line);
        let _ = read.piece(row.line, is_folded, row.piece * 8, row.piece * 8 + 8);
    }
    for line in 0..read.lines() {
        let _ = (read.value(line), read.path(line).map(|path| (normalized(&path), pointer(&path))), read.size(line));
    }
    for words in ["a", "\"", "{", "\u{e9}"] {
        let search = Search::new(words).unwrap();
        assert_eq!(search.count(read, &all) > 0, search.next(read, &all, None).is_some());
        if let Some(at) = search.previous(read, &all, None) {
            folds.reveal(read, read.index().line_at(at));
        }
    }
    let _ = Filter::parse("$..a[0]").unwrap().lines(read);
    let _ = (compare(read, &read.raw()), hex(read.bytes(), 64), read.excerpt(20));
}

#[test]
fn arbitrary_bytes_never_panic_and_what_is_json_is_read_as_json() {
    let mut random = Random(20_261_127);
    let alphabet = b"{}[]\",:\\ud80019e.-+ \n\ttruefalsn\xc3\xa9\xff\0a";
    for _ in 0..20_000 {
        let bytes: Vec<u8> = (0..random.below(40)).map(|_| alphabet[random.below(alphabet.len())]).collect();
        let read = typed(&bytes, "application/json");
        let is_json = serde_json::from_slice::<serde::de::IgnoredAny>(&bytes).is_ok();
        if let Ok(text) = std::str::from_utf8(&bytes) {
            let expected = is_json && !text.trim_ascii().is_empty();
            assert_eq!(read.kind == Kind::Json, expected, "{text:?}");
            let value = read.excerpt(usize::MAX).map(|all| serde_json::from_str::<Value>(&all.text));
            assert!(value.is_none_or(|value| value.is_ok()), "{text:?}");
        }
        use_all(&read);
    }
}

#[test]
fn json_that_was_damaged_in_one_place_never_panics() {
    let mut random = Random(42);
    for _ in 0..3_000 {
        let mut bytes = random.json(4).into_bytes();
        let at = random.below(bytes.len());
        match random.below(3) {
            0 => bytes.truncate(at),
            1 => bytes[at] = b"{}[]\",:\\x"[random.below(9)],
            _ => bytes.insert(at, b"{}[]\",:\\x"[random.below(9)]),
        }
        use_all(&typed(bytes, "application/json"));
    }
}

#[test]
fn arbitrary_paths_never_panic() {
    let mut random = Random(1);
    let alphabet: Vec<char> = "$.[]*'\"\\-019aé, ?@u".chars().collect();
    let read = document(r#"{"a":[{"a":1},["é"]],"é":{"a":[]}}"#);
    for _ in 0..20_000 {
        let path: String = (0..random.below(12)).map(|_| alphabet[random.below(alphabet.len())]).collect();
        if let Ok(filter) = Filter::parse(&path) {
            let lines = filter.lines(&read);
            assert!(lines.is_sorted() && lines.iter().all(|line| *line < read.lines()), "{path}");
        }
    }
}
