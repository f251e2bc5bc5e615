use super::*;
use serde_json::Value;
use std::time::Instant;

mod hostile;
mod looking;
mod moving;
mod speed;

fn document(text: &str) -> Document {
    typed(text, "application/json")
}

fn typed(bytes: impl AsRef<[u8]>, content_type: &str) -> Document {
    Document::read(Arc::new(bytes.as_ref().to_vec()), content_type)
}

/// Random numbers that are the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).unwrap()
    }

    /// A JSON value of some levels.
    fn json(&mut self, depth: usize) -> String {
        let size = self.below(4);
        match self.below(if depth == 0 { 4 } else { 6 }) {
            0 => ["null", "true", "false"][self.below(3)].to_owned(),
            1 => ["0", "-0.0", "1e400", "12345678901234567890.10", "7E-2"][self.below(5)].to_owned(),
            2 | 3 => self.string(),
            4 => format!("[{}]", (0..size).map(|_| self.json(depth - 1)).collect::<Vec<_>>().join(" ,\n")),
            _ => {
                let member = |random: &mut Self| format!("{} : {}", random.string(), random.json(depth - 1));
                format!("{{ {} }}", (0..size).map(|_| member(self)).collect::<Vec<_>>().join(","))
            }
        }
    }

    fn string(&mut self) -> String {
        [r#""""#, r#""a""#, r#""é 库""#, r#""\u00e9 {,:} \"\\""#, r#""a/b~c'd""#][self.below(5)].to_owned()
    }
}

#[test]
fn a_document_is_laid_out_as_the_other_printer_does_it() {
    let mut random = Random(7);
    for _ in 0..2_000 {
        let text = random.json(4);
        let read = document(&text);
        assert_eq!(read.mistake, None, "{text}");
        assert_eq!(read.whole(), crate::outcome::json::pretty(&text), "{text}");
        assert_eq!(read.index().len(), read.whole().lines().count(), "{text}");
    }
}

#[test]
fn numbers_the_order_of_names_and_doubled_names_stay() {
    let text = r#"{"b":1.10,"a":1E400,"b":-0,"c":12345678901234567890}"#;
    assert_eq!(
        document(text).whole(),
        "{\n  \"b\": 1.10,\n  \"a\": 1E400,\n  \"b\": -0,\n  \"c\": 12345678901234567890\n}"
    );
}

#[test]
fn a_document_of_ten_thousand_levels_is_read_and_walked() {
    let text = format!("{}1{}", "[".repeat(10_000), "]".repeat(10_000));
    let read = document(&text);
    assert_eq!(read.lines(), 20_001);
    assert_eq!(read.path(10_000).unwrap().len(), 10_000);
    let mut folds = Folds::to_depth(&read, 1);
    assert!(folds.reveal(&read, 10_000));
    assert_eq!(Rows::of(&read, &read.all(), &folds, &LongLines::default()).len(), 20_001);
}

#[test]
fn brackets_alone_take_no_memory_for_lines() {
    let text = "[".repeat(4_000_000);
    assert!(super::read::json(text.as_bytes()).is_err());
    assert!(super::read::most_lines(text.as_bytes()) < text.len());
}

#[test]
fn damaged_json_is_text_and_its_mistake_has_a_place() {
    let cases = [
        ("{\"a\": 1,\n \"b\" 2}", 2, 6, Expected::Colon),
        ("[1, 2", 1, 6, Expected::CommaOrEnd),
        ("[1,]", 1, 4, Expected::Value),
        ("{\"a\": 1,}", 1, 9, Expected::Name),
        ("{\"é\": tru}", 1, 7, Expected::Value),
        ("[01]", 1, 3, Expected::CommaOrEnd),
        ("[1.]", 1, 4, Expected::Value),
        ("[\"a", 1, 4, Expected::Quote),
        ("[\"a\\x\"]", 1, 4, Expected::Escape),
        ("[\"a\nb\"]", 1, 4, Expected::Escape),
        ("{} {}", 1, 4, Expected::End),
    ];
    for (text, line, column, expected) in cases {
        let read = document(text);
        assert_eq!(read.mistake, Some(Mistake { line, column, expected }), "{text}");
        assert_eq!((read.kind, read.whole()), (Kind::Text, text.to_owned()));
        assert_eq!(read.path(0), None);
    }
    assert_eq!(document(&"[".repeat(200_000)).mistake.unwrap().expected, Expected::LessDepth);
    // What its sender calls a text may begin with a bracket.
    assert_eq!(typed("[INFO] started", "text/plain").mistake, None);
}

#[test]
fn a_body_is_of_the_kind_that_its_bytes_and_its_type_say() {
    let cases: [(&[u8], &str, Kind); 15] = [
        (b" \r\n", "application/json", Kind::Empty),
        (b" {\"a\":1}", "", Kind::Json),
        (b"7", "application/problem+json; charset=utf-8", Kind::Json),
        (b"<?xml version=\"1.0\"?><a/>", "", Kind::Xml),
        (b"<a/>", "text/xml", Kind::Xml),
        (b"<svg/>", "image/svg+xml", Kind::Xml),
        (b"<!DOCTYPE html><p>", "", Kind::Html),
        (b"<p>", "text/html; charset=utf-8", Kind::Html),
        (b"hello", "", Kind::Text),
        (b"\x89PNG\r\n\x1a\n\0\0\0\r", "application/octet-stream", Kind::Image(ImageFormat::Png)),
        (b"\xff\xd8\xff\xe0", "", Kind::Image(ImageFormat::Jpeg)),
        (b"RIFF\x90\0\0\0WEBPVP8 ", "image/webp", Kind::Image(ImageFormat::WebP)),
        (b"GIF89a\x01\0\x01\0", "", Kind::Image(ImageFormat::Gif)),
        (b"\xff\xfe\0\x01", "application/json", Kind::Binary),
        (b"a\0b", "text/plain", Kind::Binary),
    ];
    for (bytes, content_type, kind) in cases {
        assert_eq!(typed(bytes, content_type).kind, kind, "{bytes:?} {content_type}");
    }
    assert_eq!(hex(b"ab\0\xffcdefghijklmnopq", 18).lines().next().unwrap().len(), 10 + 47 + 2 + 16);
    assert!(hex(&[0; 1_000], 256).lines().count() == 16);
}

#[test]
fn lines_of_text_end_where_they_end() {
    assert_eq!(typed("a\r\nb\n\nc\n", "text/plain").whole(), "a\nb\n\nc");
    assert_eq!(typed("a", "text/plain").lines(), 1);
}

#[test]
fn a_copied_value_is_what_a_program_would_read() {
    let text = r#"{"a":{"b":[1,{"c":"x\ny"}]},"e":[],"f":{}}"#;
    let read = document(text);
    let whole: Value = serde_json::from_str(text).unwrap();
    let value = |line| serde_json::from_str::<Value>(&read.value(line)).unwrap();
    assert_eq!(value(0), whole);
    assert_eq!(value(1), whole["a"]);
    assert_eq!(read.value(5), "x\ny", "a text is copied without its quotation marks");
    let closing = (0..read.lines()).find(|line| read.index().kind(*line) == LineKind::CloseArray).unwrap();
    assert_eq!(value(closing), whole["a"]["b"]);
    assert_eq!(read.value(2), "[\n  1,\n  {\n    \"c\": \"x\\ny\"\n  }\n]");
    assert_eq!((read.value(9), read.value(10)), (String::from("[]"), String::from("{}")), "{}", read.whole());
}

#[test]
fn every_path_leads_back_to_its_value() {
    let mut random = Random(11);
    for _ in 0..500 {
        let text = random.json(4);
        let read = document(&text);
        let whole: Value = serde_json::from_str(&text).unwrap();
        for line in 0..read.lines() {
            let path = read.path(line).unwrap();
            // Of names that stand twice, a tree of values has the last one only.
            let lines = Filter::parse(&normalized(&path)).unwrap().lines(&read);
            let begins = if read.index().kind(line).closes() { read.index().partner(line) } else { line };
            assert!(lines.contains(&begins), "{text} {path:?}");
            if path.iter().all(|step| matches!(step, Step::Item(_))) {
                let written = read.value(begins);
                match whole.pointer(&pointer(&path)).unwrap() {
                    Value::String(text) => assert_eq!(written, *text),
                    value => assert_eq!(serde_json::from_str::<Value>(&written).unwrap(), *value),
                }
            }
        }
    }
}

#[test]
fn paths_are_written_as_their_standards_say() {
    let read = document(r#"{"it's":{"a/b~c\n":[null,0]}}"#);
    let path = read.path(4).unwrap();
    assert_eq!(normalized(&path), r"$['it\'s']['a/b~c\n'][1]");
    assert_eq!(pointer(&path), "/it's/a~1b~0c\n/1");
    assert_eq!(normalized(&read.path(0).unwrap()), "$");
}

#[test]
fn masked_bytes_are_all_that_can_be_found_copied_or_compared() {
    use crate::outcome;
    use crate::transport::Reply;
    let operation = crate::fixtures::switch_ssl();
    let secret = || vec![zeroize::Zeroizing::new(String::from("canary-secret"))];
    let body = br#"{"job_id":"a","echo":"token canary-secret","inside":"{\"x\":\"canary-secret\"}"}"#;
    let headers = vec![(String::from("content-type"), String::from("application/json"))];
    let reply = Reply {
        status: 202,
        headers,
        body: body.to_vec(),
        took: std::time::Duration::ZERO,
        received: time::OffsetDateTime::UNIX_EPOCH,
    };
    let shown = outcome::read(&operation, secret(), reply).shown.body;
    let read = typed(shown, "application/json");
    let all = read.all();
    assert_eq!(Search::new("canary").unwrap().count(&read, &all), 0);
    assert_eq!(Search::new("canary").unwrap().next(&read, &all, None), None);
    assert!(Search::new("••••••").unwrap().count(&read, &all) >= 2, "{}", read.whole());
    for line in 0..read.lines() {
        let words: String = read.spans(line).iter().map(|span| span.text).collect();
        for text in [read.value(line), normalized(&read.path(line).unwrap()), words, format!("{read:?}")] {
            assert!(!text.contains("canary"), "{text}");
        }
    }
    let compared = compare(&read, &document("{}"));
    assert!(!format!("{compared:?}{}{}", read.whole(), read.raw().whole()).contains("canary"));
}
