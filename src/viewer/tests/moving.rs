//! Folds, rows, search, filter, comparison.

use super::*;

const LIST: &str = r#"{"items":[{"id":"i-1","tags":["a","B"]},{"id":"i-2","tags":[]}],"count":2,"empty":{}}"#;

fn rows(read: &Document, folds: &Folds) -> Rows {
    Rows::of(read, &read.all(), folds, &LongLines::default())
}

/// The words of every row.
fn shown(read: &Document, folds: &Folds) -> Vec<String> {
    let rows = rows(read, folds);
    let line = |row| rows.get(row).unwrap().line;
    let words = |line| {
        let spans = read.piece(line, folds.contains(line), 0, usize::MAX);
        spans.iter().map(|span| span.text).collect::<String>()
    };
    (0..rows.len()).map(|row| words(line(row))).collect()
}

#[test]
fn what_is_folded_takes_one_row_and_comes_back() {
    let read = document(LIST);
    let mut folds = Folds::to_depth(&read, 1);
    assert_eq!(shown(&read, &folds), ["{", "  \"items\": [ … ],", "  \"count\": 2,", "  \"empty\": {}", "}"]);
    folds.set(&read, 1, false);
    assert_eq!(shown(&read, &folds)[2..4], ["    { … },", "    { … }"], "what is inside stays folded");
    folds.set(&read, 3, true);
    assert!(!folds.contains(3), "what opens nothing is not folded");
    let all = shown(&read, &Folds::default());
    assert_eq!(all.join("\n"), read.whole());
    assert_eq!(read.size(1), 2);
}

#[test]
fn rows_and_lines_lead_to_each_other_whatever_is_folded() {
    let mut random = Random(3);
    for _ in 0..300 {
        let read = document(&random.json(5));
        let mut folds = Folds::default();
        for _ in 0..random.below(6) {
            let line = random.below(read.lines());
            folds.set(&read, line, true);
        }
        let width = 4 + random.below(20);
        let long = read.long_lines(width);
        let rows = Rows::of(&read, &read.all(), &folds, &long);
        // The same, line by line.
        let mut expected = Vec::new();
        let mut line = 0;
        while line < read.lines() {
            let size: usize = read.spans(line).iter().map(|span| span.text.len()).sum();
            let pieces = if folds.contains(line) { 1 } else { size.div_ceil(width).max(1) };
            let start = expected.len();
            expected.extend((0..pieces).map(|piece| Row { line, piece }));
            assert_eq!(rows.row_of(line), start);
            line = if folds.contains(line) { read.index().last_of(line) + 1 } else { line + 1 };
        }
        assert_eq!((0..rows.len()).map(|row| rows.get(row).unwrap()).collect::<Vec<_>>(), expected);
        assert_eq!(rows.get(rows.len()), None);
    }
}

#[test]
fn the_pieces_of_a_long_line_are_the_whole_line() {
    let read = document(&format!("{{\"é\":\"{}\"}}", "库é1".repeat(500)));
    let spans = read.spans(1);
    let whole: String = spans.iter().map(|span| span.text).collect();
    for width in [7, 100, 4_000] {
        let pieces = whole.len().div_ceil(width);
        let parts = (0..pieces).flat_map(|piece| read.piece(1, false, piece * width, (piece + 1) * width));
        assert_eq!(parts.map(|span| span.text).collect::<String>(), whole);
        assert_eq!(rows(&read, &Folds::default()).len(), 3);
        assert_eq!(Rows::of(&read, &read.all(), &Folds::default(), &read.long_lines(width)).len(), pieces + 2);
    }
}

#[test]
fn a_match_in_a_folded_part_unfolds_what_it_is_in_and_nothing_else() {
    let read = document(LIST);
    let mut folds = Folds::to_depth(&read, 1);
    let at = Search::new("i-2").unwrap().next(&read, &read.all(), None).unwrap();
    let line = read.index().line_at(at);
    assert!(folds.reveal(&read, line));
    assert!(!folds.reveal(&read, line));
    let rows = rows(&read, &folds);
    assert_eq!(rows.get(rows.row_of(line)), Some(Row { line, piece: 0 }));
    assert!(folds.contains(2), "the other item stays folded");
}

#[test]
fn search_counts_and_moves_in_both_directions() {
    let mut random = Random(5);
    for words in ["a", "B", "é", "null", "1", "\"a\"", "{,", " ", "e9", ":", "a/b", "\\u00E9", "tru"] {
        for _ in 0..100 {
            let read = document(&random.json(5));
            let search = Search::new(words).unwrap();
            let all = read.all();
            let mut places = Vec::new();
            let mut at = search.next(&read, &all, None);
            while let Some(place) = at.filter(|place| places.last().is_none_or(|last| last < place)) {
                places.push(place);
                at = search.next(&read, &all, Some(place));
            }
            // Between names and values nothing is found; in them everything is.
            let words_of =
                |line| read.spans(line).iter().map(|span| (span.token, span.text.to_owned())).collect::<Vec<_>>();
            let found = |line| highlight(&search, &words_of(line)).concat().iter().filter(|(found, _)| *found).count();
            let parts: usize = (0..read.lines()).map(found).sum();
            assert_eq!((places.len(), search.count(&read, &all)), (parts, parts), "{words} in {}", read.whole());
            let mut back = Vec::new();
            let mut at = search.previous(&read, &all, None);
            while let Some(place) = at.filter(|place| back.last().is_none_or(|last| place < last)) {
                back.push(place);
                at = search.previous(&read, &all, Some(place));
            }
            back.reverse();
            assert_eq!(back, places, "{words} in {}", read.whole());
        }
    }
    assert_eq!(Search::new(""), None);
}

#[test]
fn search_looks_at_what_the_filter_shows_only() {
    let read = document(LIST);
    let scope = ranges(&read, &Filter::parse("$.items[1]").unwrap().lines(&read));
    let search = Search::new("I-").unwrap();
    assert_eq!((search.count(&read, &read.all()), search.count(&read, &scope)), (2, 1));
    let at = search.next(&read, &scope, None).unwrap();
    assert!(read.value(read.index().line_at(at)) == "i-2");
    assert_eq!(search.next(&read, &scope, Some(at)), Some(at), "around the end");
}

#[test]
fn matches_far_apart_are_found_backwards_too() {
    let text = format!("needle{}needle{}", "x".repeat(200_000), "y".repeat(70_000));
    let read = typed(&text, "text/plain");
    let search = Search::new("NEEDLE").unwrap();
    assert_eq!(search.previous(&read, &read.all(), None), Some(200_006));
    assert_eq!(search.previous(&read, &read.all(), Some(200_006)), Some(0));
    assert_eq!(search.previous(&read, &read.all(), Some(0)), Some(200_006));
}

#[test]
fn a_filter_leads_to_what_its_path_says() {
    let read = document(LIST);
    let cases: [(&str, &[&str]); 14] = [
        ("$.count", &["2"]),
        ("count", &["2"]),
        ("$['count']", &["2"]),
        ("$.items[*].id", &["i-1", "i-2"]),
        ("$.items[-1].id", &["i-2"]),
        ("$.items[-3].id", &[]),
        ("$.items[0].tags[1]", &["B"]),
        ("$..id", &["i-1", "i-2"]),
        ("$..[0].id", &["i-1"]),
        ("$..tags[*]", &["a", "B"]),
        ("$.items[0]['id', \"tags\"]", &["i-1", "[\n  \"a\",\n  \"B\"\n]"]),
        ("$.count.nothing", &[]),
        ("$[0]", &[]),
        ("$.empty", &["{}"]),
    ];
    for (path, values) in cases {
        let lines = Filter::parse(path).unwrap().lines(&read);
        assert_eq!(lines.iter().map(|line| read.value(*line)).collect::<Vec<_>>(), values, "{path}");
    }
    assert_eq!(ranges(&read, &Filter::parse("$").unwrap().lines(&read)), read.all());
    // One match inside of another, and another one behind that: nothing is looked at again.
    let nested = document(r#"{"a":[{"a":[[1]]},{"a":[[2]]},[3],[4],[5]]}"#);
    let found = Filter::parse("$..a").unwrap().lines(&nested);
    let lists: Vec<usize> = super::super::filter::opened_in(&nested, &found).collect();
    assert_eq!(found.len(), 3);
    assert!(lists.is_sorted_by(|one, other| one < other), "each once: {lists:?}");
    assert_eq!(ranges(&read, &Filter::parse("$..*").unwrap().lines(&read)).len(), 3, "what is inside is shown once");
    for (path, place) in [("$.", 3), ("$[", 3), ("$.a[?@.b]", 5), ("$.a[1:2]", 6), ("$ .a", 2), ("$['a", 3), ("$..", 4)]
    {
        assert_eq!(Filter::parse(path), Err(NoFilter(place)), "{path}");
    }
}

#[test]
fn a_comparison_shows_what_changed_and_a_few_lines_around() {
    let lines = |from: usize, to: usize| (from..to).map(|line| format!("\"l{line}\"")).collect::<Vec<_>>();
    let older = document(&format!("[{}]", lines(0, 5_000).join(",")));
    let mut changed = lines(0, 5_000);
    changed[10] = String::from("\"new\"");
    changed.remove(4_000);
    let newer = document(&format!("[{}]", changed.join(",")));
    let compared = compare(&older, &newer);
    assert_eq!((compared.added, compared.removed, compared.is_cut), (1, 2, false));
    assert!(compared.changes.contains(&Change::Removed(4_001)) && compared.changes.contains(&Change::Added(11)));
    assert!(compared.changes.len() < 30, "{:?}", compared.changes);
    let same = compare(&older, &older);
    assert_eq!((same.added, same.removed, same.changes.len()), (0, 0, 1));
    // The last member of a list has no comma; that is no difference.
    assert_eq!(compare(&document("[1]"), &document("[1,2]")).removed, 0);
    assert_eq!(compare(&document(""), &document("[1]")).added, 3);
}

#[test]
fn a_comparison_has_every_line_once_in_order() {
    let mut random = Random(13);
    for _ in 0..300 {
        let lines =
            |random: &mut Random| (0..random.below(3_000)).map(|_| random.below(9).to_string()).collect::<Vec<_>>();
        let (older, newer) = (lines(&mut random).join("\n"), lines(&mut random).join("\n"));
        let (older, newer) = (typed(&older, "text/plain"), typed(&newer, "text/plain"));
        let compared = compare(&older, &newer);
        let (mut old, mut new) = (0, 0);
        for change in compared.changes {
            match change {
                Change::Gap(lines) => (old, new) = (old + lines, new + lines),
                Change::Same(at, too) => {
                    assert_eq!((at, too, older.value(at)), (old, new, newer.value(too)));
                    (old, new) = (old + 1, new + 1);
                }
                Change::Removed(at) => {
                    assert_eq!(at, old);
                    old += 1;
                }
                Change::Added(at) => {
                    assert_eq!(at, new);
                    new += 1;
                }
            }
        }
        assert_eq!((old, new), (older.lines(), newer.lines()));
    }
}

#[test]
fn every_row_can_be_scrolled_to_and_there_is_never_a_gap_in_sight() {
    let inside = 500;
    for rows in [0, 3, 25, 101, 5_000, 500_000, 500_001, 1_400_000, 10_000_000] {
        let height = (rows * ROW).min(10_000_000);
        let limit = height.saturating_sub(inside);
        for step in 0..=1_000 {
            let position = limit * step / 1_000;
            let window = Window::at(rows, position, inside);
            let shown = (window.end - window.first) * ROW;
            assert_eq!(window.above + shown + window.below, height, "{rows} {position}");
            assert!(
                window.above <= position && window.above + shown >= (position + inside).min(height),
                "{rows} {position} {window:?}"
            );
            assert!(window.end - window.first <= 65);
        }
        assert_eq!(Window::at(rows, 0, inside).first, 0);
        assert_eq!(Window::at(rows, limit, inside).end, rows);
        for step in 0..=1_000 {
            let row = rows.saturating_sub(1) * step / 1_000;
            for from in [0, limit / 3, limit] {
                let position = Window::position_of(row, rows, from, inside).unwrap_or(from).min(limit);
                let window = Window::at(rows, position, inside);
                let y = window.above + (row - window.first) * ROW;
                assert!(rows == 0 || (window.first..window.end).contains(&row), "{rows} {row} {window:?}");
                assert!(rows == 0 || y >= position && y + ROW <= position + inside, "{rows} {row} {y} {position}");
            }
        }
    }
}
