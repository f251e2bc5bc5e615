//! Words, what stands beside them, and where a quote is open.

use super::*;

fn command(text: &str, is_wanted: &dyn Fn(&str) -> bool) -> Option<Command> {
    commands(text, is_wanted).into_iter().next()
}

fn words(text: &str) -> Vec<String> {
    command(text, &|word| word == "curl").unwrap().words.iter().map(|word| word.to_string()).collect()
}

#[test]
fn what_a_shell_would_do_besides_is_told() {
    for (text, wanted) in [
        ("curl a | jq '.x'", "| jq"),
        ("curl a > out/file.json && echo canary=1 'x'", "> out/file.json, && echo"),
        ("curl a >> f 2>&1 || exit 1", "> f, || exit"),
        ("curl a -d @- <<< MIIFzqToken", "<<<"),
        ("curl a -d @- << 'END'", "<<"),
        ("curl a & TOKEN=canary curl b", "& TOKEN"),
        ("curl a &", "&"),
        ("curl a &\ncurl b", "&"),
        ("curl a; ls; \n rm x", "; ls, 2: …"),
        ("curl a\n-H 'X-Auth-Token: canary'\n\ncanary | jq", "2: -H, 4: …, | jq"),
        ("curl \"a\" ^\n -H \"b\"\n-d canary\n\n\ncanary", "3: -d, 6: …"),
        ("curl a ;", ""),
        ("curl a 2>/dev/null <body.json", "< body.json"),
        ("curl a\ncurl b | jq", ""),
        ("curl \"a\" ^\n -H \"b\" | findstr x", "| findstr"),
        ("curl \"a\" ^\n -H \"b\" > NUL & curl \"c\"", "& curl"),
        ("curl \"a\" ^\n -H \"b\" 2>&1 | findstr x", "| findstr"),
        ("curl ^\"a^&b=1^\" ^\n -H ^\"c^\"", ""),
    ] {
        let text = text.replace("\\n", "\n");
        let found = command(&text, &|word| word == "curl").unwrap();
        let besides = found.besides.iter().map(|beside| match beside.why {
            MisfitReason::OtherLine { line } => format!("{line}: {}", beside.name),
            _ => beside.name.clone(),
        });
        assert_eq!(besides.collect::<Vec<_>>().join(", "), wanted, "{text}");
        assert_eq!(found.words.first().map(|word| word.starts_with('a')), Some(true), "{text}");
    }
    assert_eq!(words("curl a 2>&1 -H b"), ["a", "-H", "b"], "what follows is still the command's");
}

#[test]
fn a_quote_that_is_not_closed_has_its_place() {
    for (text, wanted) in [
        ("curl 'a' \\\n  -H 'never closed\nat all", Some(('\'', 2, 6))),
        ("curl \"é\" \"a \\\" b", Some(('"', 1, 10))),
        ("curl $'a", Some(('\'', 1, 7))),
        ("curl ^\"a^\" ^\r\n -H ^\"b", Some(('"', 2, 6))),
        ("curl \"a\" ^\n -H \"b", Some(('"', 2, 5))),
        ("curl 'a'\nit's", None),
        ("curl 'a' \"b\" $'c'", None),
    ] {
        let found = command(text, &|word| word == "curl").unwrap();
        let place = found.open_quote.map(|open| (open.quote, open.line, open.column));
        assert_eq!(place, wanted, "{text}");
    }
    assert_eq!(words("curl 'a' \\\n  -H 'never closed\nat all"), ["a", "-H", "never closed\nat all"]);
}

#[test]
fn bash_parts_words_as_it_does() {
    for (text, wanted) in [
        ("curl a  b", &["a", "b"][..]),
        (r#"$ sudo curl 'a b' "c \"d\" \\ \x" e\ f ''"#, &["a b", r#"c "d" \ \x"#, "e f", ""]),
        ("curl a \\\n  b \\\r\n c", &["a", "b", "c"]),
        ("curl a \\ \n  b \\\u{a0}\t\r\n c\\ d", &["a", "b", "c d"]),
        (r"curl $'it\'s\n\u00e9\x41\101\ud83d\ude00'", &["it's\né\u{41}A😀"]),
        ("TOKEN=x curl a'b'\"c\" 2>/dev/null | jq . ; curl z", &["abc"]),
        ("echo hi\ncurl a # a comment\ncurl b", &["a"]),
        (r#"curl "$(date -u "+%F")" b"#, &[r#"$(date -u "+%F")"#, "b"]),
        ("curl 'never closed", &["never closed"]),
        ("# it's a comment\n# curl a", &["a"]),
        (
            "set -e\nall=(\n  --x='1 2'  # one's\n  -y\n)\ncurl b \"${all[@]}\" \"${none[@]}\"",
            &["b", "--x=1 2", "-y", "${none[@]}"],
        ),
    ] {
        assert_eq!(words(text), wanted, "{text}");
    }
    assert!(command("all=(never closed\ncurl a", &|word| word == "curl").is_none());
    assert!(command("echo curl", &|word| word == "curl").is_none());
}
