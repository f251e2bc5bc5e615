//! Figures, never limits of time: `cargo test --release --no-default-features --lib viewer::tests::speed -- --nocapture`.

use super::*;

/// A list of instances as clouds answer it, of so many bytes.
fn list(bytes: usize) -> String {
    let mut text = String::from("{\"instances\":[");
    let mut count = 0;
    while text.len() < bytes {
        let comma = if count == 0 { "" } else { "," };
        text += &format!(
            "{comma}{{\"id\":\"{count:032x}in07\",\"name\":\"gauss-{count}\",\"status\":\"normal\",\"port\":{},\
             \"created\":\"2026-11-27T00:00:00+0000\",\"ssl\":{},\"nodes\":[{{\"id\":\"{count:032x}no07\",\"role\":\"master\",\
             \"az\":null}}],\"volume\":{{\"type\":\"ULTRAHIGH\",\"size\":{}}}}}",
            3306 + count % 7,
            count % 2 == 0,
            count * 10
        );
        count += 1;
    }
    format!("{text}],\"total_count\":{count}}}")
}

#[test]
fn twenty_megabytes_keep_their_bound_of_memory() {
    let size = if cfg!(debug_assertions) { 1_000_000 } else { 20_000_000 };
    let dense = format!("[0{}]", ",0".repeat(size / 2 - 2));
    let brackets = format!("[[]{}]", ",[]".repeat(size / 3 - 2));
    for (name, text) in [("list", list(size)), ("dense", dense), ("brackets", brackets)] {
        let source: Source = Arc::new(text.into_bytes());
        #[allow(clippy::disallowed_methods, reason = "tests run on the host")]
        let clock = Instant::now;
        let start = clock();
        let read = Document::read(source.clone(), "application/json");
        let indexed = start.elapsed();
        assert_eq!(read.kind, Kind::Json);
        let whole = read.bytes().len() + read.index().bytes();
        // The last figures: one line each two bytes, of ten bytes.
        assert!(whole <= 6 * read.bytes().len() + 200, "{name}: {whole}");
        let start = clock();
        let parsed = serde_json::from_slice::<Value>(read.bytes()).unwrap();
        let as_values = start.elapsed();
        drop(parsed);
        let all = read.all();
        let mut searches = Vec::new();
        for words in ["e", "MASTER", "no such words", "\"id\"", ": "] {
            let start = clock();
            let count = Search::new(words).unwrap().count(&read, &all);
            searches.push(format!("“{words}” {count} in {:?}", start.elapsed()));
        }
        let start = clock();
        let folds = Folds::to_depth(&read, 2);
        let rows = Rows::of(&read, &all, &folds, &read.long_lines(4_000));
        let folded = start.elapsed();
        let start = clock();
        let found = Filter::parse("$..role").unwrap().lines(&read).len();
        let filtered = start.elapsed();
        println!(
            "{name}: {} bytes, {} lines; index {indexed:?}, memory {:.2} × the text; serde_json's values {as_values:?}; \
             search {searches:?}; {} rows folded in {folded:?}; {found} by path in {filtered:?}",
            read.bytes().len(),
            read.lines(),
            whole as f64 / read.bytes().len() as f64,
            rows.len(),
        );
    }
}
