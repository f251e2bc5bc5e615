//! What a person does with a body, action by action.

use super::*;

const SIGHT: Sight = Sight { position: 0, inside: 500 };

fn view(text: &str) -> View {
    View::new(Arc::new(document(text)))
}

fn words(shown: &Shown) -> Vec<String> {
    shown.rows.iter().map(|row| row.words.iter().map(|(_, text)| text.as_str()).collect()).collect()
}

#[test]
fn keys_walk_the_tree_as_in_any_tree() {
    let mut view = view(r#"{"a":{"b":[1,2]},"c":3}"#);
    let lines = view.act(Action::Look, SIGHT).all_rows;
    let mut press = |key: &str| {
        let shown = view.act(Action::Move(MoveKey::of(key).unwrap()), SIGHT);
        (shown.cursor.line, shown.all_rows)
    };
    assert_eq!(press("ArrowLeft"), (0, 1), "folds");
    assert_eq!(press("ArrowRight"), (0, lines), "unfolds");
    assert_eq!(press("ArrowRight"), (1, lines), "goes into it");
    assert_eq!(press("ArrowDown"), (2, lines));
    assert_eq!(press("Enter"), (2, lines - 3));
    assert_eq!(press("ArrowDown"), (6, lines - 3), "over what is folded");
    assert_eq!(press("ArrowUp"), (2, lines - 3));
    assert_eq!(press("ArrowRight"), (2, lines));
    assert_eq!(press("PageDown"), (lines - 1, lines));
    assert_eq!(press("Home"), (0, lines));
    assert_eq!(press("End"), (lines - 1, lines));
    assert_eq!(press("ArrowLeft"), (lines - 1, lines), "a bracket at the end is in nothing");
    assert_eq!(MoveKey::of("Tab"), None);
}

#[test]
fn the_path_of_the_line_goes_with_it_and_raw_text_has_none() {
    let mut view = view(r#"{"a":[{"b":"x"}]}"#);
    let shown = view.act(Action::Go(3), SIGHT);
    assert_eq!(shown.cursor.path, Some((String::from("$['a'][0]['b']"), String::from("/a/0/b"))));
    assert_eq!(view.extract(Extract::Value(3)), b"x");
    let raw = view.act(Action::Raw(true), SIGHT);
    assert_eq!(
        (raw.cursor.path.clone(), raw.is_tree, words(&raw)),
        (None, false, vec![String::from(r#"{"a":[{"b":"x"}]}"#)])
    );
    assert_eq!(view.extract(Extract::Whole), view.extract(Extract::Written));
    assert_ne!(view.act(Action::Raw(false), SIGHT).layout, raw.layout);
}

#[test]
fn a_path_is_typed_letter_by_letter_and_the_tools_stay_while_it_leads_to_nothing() {
    let mut view = view(r#"{"Result":[{"id":"x"},{"id":"y"}]}"#);
    let path = "$.Result[*].id";
    let mut typed = String::new();
    for letter in path.chars() {
        typed.push(letter);
        assert!(view.act(Action::Filter(typed.clone()), SIGHT).is_tree, "{typed}");
    }
    let nothing = view.act(Action::Filter(String::from("$.R")), SIGHT);
    assert_eq!((nothing.all_rows, nothing.filtered, nothing.is_tree), (0, Filtered::Values(0), true));
    for key in ["ArrowDown", "ArrowUp", "PageDown", "Home", "End", "ArrowLeft", "ArrowRight"] {
        assert_eq!(view.act(Action::Move(MoveKey::of(key).unwrap()), SIGHT).all_rows, 0, "{key}");
    }
    assert_eq!(view.act(Action::Filter(path.to_owned()), SIGHT).filtered, Filtered::Values(2));
}

#[test]
fn tools_that_are_put_away_hide_nothing() {
    let mut view = view(r#"{"a":[1,2,3],"b":"a"}"#);
    let all = view.act(Action::Look, SIGHT);
    assert_eq!(view.act(Action::Search(String::from("a")), SIGHT).found.count, 2);
    let filtered = view.act(Action::Filter(String::from("$.a[*]")), SIGHT);
    assert_eq!((filtered.all_rows, filtered.filtered, filtered.found.count), (3, Filtered::Values(3), 0));
    assert_eq!(
        view.extract(Extract::Whole),
        words(&filtered).join("\n").into_bytes(),
        "what is shown is what is copied"
    );
    let wrong = view.act(Action::Filter(String::from("$.a[?")), SIGHT);
    assert_eq!((wrong.all_rows, wrong.filtered), (all.all_rows, Filtered::Wrong(5)));
    view.act(Action::Filter(String::from("$.b")), SIGHT);
    let shown = view.act(Action::PutToolsAway, SIGHT);
    assert_eq!((shown.rows, shown.searched, shown.reveal), (all.rows, String::new(), None));
}

#[test]
fn a_long_line_is_wrapped_where_somebody_wants_it() {
    let mut view = view(&format!("[{}\"{}\"]", "0,".repeat(150), "x".repeat(1_000)));
    let wide = view.act(Action::Look, SIGHT);
    assert!(wide.is_windowed);
    let narrow = view.act(Action::Wrap(Some(100)), SIGHT);
    assert_eq!(narrow.all_rows, wide.all_rows + 10);
    let found = view.act(Action::Search(format!("{}\"", "x".repeat(300))), SIGHT);
    assert_eq!(found.found.count, 1);
    let (row, line, piece) = view.act(Action::Step { forward: true }, SIGHT).reveal.unwrap();
    assert_eq!((row - piece, line), (151, 151));
    assert!(piece > 5, "the piece that has the match: {piece}");
    assert_eq!(view.act(Action::Wrap(None), SIGHT).all_rows, wide.all_rows);
}

#[test]
fn whatever_is_done_to_whatever_comes_nothing_panics() {
    let mut random = Random(14);
    for round in 0..300 {
        let text = random.json(4);
        let text = if round % 4 == 0 { text.repeat(2) } else { text };
        let mut view = view(&text);
        for _ in 0..30 {
            let line = random.below(40);
            let keys = ["ArrowDown", "ArrowUp", "PageDown", "PageUp", "Home", "End", "ArrowLeft", "ArrowRight", " "];
            let action = match random.below(12) {
                0 => Action::Look,
                1 => Action::Go(line),
                2 => Action::Fold { line, folded: line.is_multiple_of(2) },
                3 => Action::FoldTo(line % 4),
                4 => Action::UnfoldAll,
                5 => Action::Wrap((!line.is_multiple_of(3)).then_some(line % 9)),
                6 => Action::Raw(line.is_multiple_of(2)),
                7 => Action::Filter(["", "$..a", "$[*]", "$.é", "$["][line % 5].to_owned()),
                8 => Action::Search(["", "a", "\"", ": ", "é"][line % 5].to_owned()),
                9 => Action::Step { forward: line.is_multiple_of(2) },
                10 => Action::PutToolsAway,
                _ => Action::Move(MoveKey::of(keys[line % keys.len()]).unwrap()),
            };
            let shown = view.act(action, Sight { position: random.below(2_000), inside: random.below(900) });
            assert_eq!(shown.rows.len(), shown.window.end - shown.window.first);
            view.extract(Extract::Value(line));
        }
    }
}

#[test]
fn an_excerpt_is_json_and_says_the_same_as_far_as_it_goes() {
    let mut random = Random(5);
    for _ in 0..1_000 {
        let text = random.json(4);
        let read = document(&text);
        let Some(excerpt) = read.excerpt(usize::MAX / 8) else { panic!("{text}") };
        assert_eq!(excerpt.cuts, []);
        let value = |text: &str| serde_json::from_str::<Value>(text).unwrap();
        assert_eq!(value(&excerpt.text), value(&text), "{text}");
        let short = read.excerpt(random.below(40)).unwrap();
        value(&short.text);
        assert!(short.text.len() <= excerpt.text.len());
    }
    assert_eq!(typed("text", "text/plain").excerpt(10), None);
}

#[test]
fn half_a_pair_of_surrogates_is_shown_found_and_copied_as_it_was_written() {
    let text = r#"{"a":"x\ud800\"","\udfff":1,"c":"\ud83d\ude00"}"#;
    let read = document(text);
    assert_eq!((read.kind, read.mistake), (Kind::Json, None));
    assert!(read.whole().contains(r#""a": "x\ud800\"""#), "{}", read.whole());
    assert_eq!(Search::new("\\ud800").unwrap().count(&read, &read.all()), 1);
    assert_eq!((read.value(1), read.value(3)), (String::from(r#"x\ud800\""#), String::from("\u{1f600}")));
    assert_eq!(Filter::parse(&normalized(&read.path(2).unwrap())).unwrap().lines(&read), [2]);
    let excerpt: Value = serde_json::from_str(&read.excerpt(usize::MAX).unwrap().text).unwrap();
    assert_eq!(excerpt, serde_json::json!({"a": "x\\ud800\"", "\\udfff": 1, "c": "\u{1f600}"}));
    let long = format!("[\"{}\\ud800\"]", "\\ud800é".repeat(5_000));
    let short: Value = serde_json::from_str(&document(&long).excerpt(100).unwrap().text).unwrap();
    assert!(short[0].as_str().unwrap().ends_with('…'));
}

#[test]
fn an_excerpt_has_few_levels() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let text = format!("{}1{}", open.repeat(10_000), close.repeat(10_000));
        let excerpt = document(&text).excerpt(usize::MAX).unwrap();
        serde_json::from_str::<Value>(&excerpt.text).unwrap();
        assert!(excerpt.text.contains("\"…\""), "{}", excerpt.text);
    }
}

#[test]
fn the_search_finds_what_the_eye_sees_in_a_line() {
    let text = "{\"instanceId\":\"es-3\",\"n\" : 12 ,\"list\":[1,2],\"a\":\"x: y\"}";
    let read = document(text);
    let count = |words: &str| Search::new(words).unwrap().count(&read, &read.all());
    for (words, wanted) in [
        (r#""instanceId": "es-3""#, 1),
        (r#""instanceId":"ES-3""#, 1),
        (r#"Id": "es"#, 1),
        (r#""es-3","#, 1),
        (r#""n": 12"#, 1),
        (r#""list": ["#, 1),
        ("x: y", 1),
        ("x:y", 0),
        ("1,2", 0),
        (r#""es-3", "n""#, 0),
        (": ", 1),
    ] {
        assert_eq!(count(words), wanted, "{words}");
    }
    let search = Search::new(r#""instanceId": "es"#).unwrap();
    let line: Vec<(Token, String)> = read.spans(1).iter().map(|span| (span.token, span.text.to_owned())).collect();
    let found: String =
        highlight(&search, &line).concat().iter().filter(|(is, _)| *is).map(|(_, text)| *text).collect();
    assert_eq!(found, r#""instanceId": "es"#);
    let place = search.next(&read, &read.all(), None).unwrap();
    assert_eq!((read.index().line_at(place), search.previous(&read, &read.all(), Some(place))), (1, Some(place)));
}

#[test]
fn a_character_is_found_however_the_server_wrote_it() {
    let read = document(r#"{"a":"\u4e2d 中 \\u4e2d","b":"x\u0026y a\/b","c":"\ud83d\ude00😀"}"#);
    for (words, wanted) in [("中", 2), ("x&y", 1), ("a/b", 1), ("😀", 2), ("\\u4e2d", 2), ("\\ud83d", 1)] {
        assert_eq!(Search::new(words).unwrap().count(&read, &read.all()), wanted, "{words}");
    }
}
