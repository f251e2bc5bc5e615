use super::*;
use crate::fixtures::shipped_acts;
use crate::fixtures::{CLUSTER, PROJECT, TAURUSDB};
use proptest::prelude::*;

fn cells(table: &Table) -> Vec<Vec<&str>> {
    table.rows.iter().map(|row| row.cells.iter().map(String::as_str).collect()).collect()
}

fn read(text: &str) -> Table {
    Table::read(text, &shipped_acts()).unwrap_or_else(|error| panic!("{error:?}\n{text}"))
}

fn guessed(text: &str) -> (bool, Vec<Column>) {
    let table = read(text);
    (table.has_header, guess_columns(&table, &shipped_acts()))
}

fn field(name: &str) -> Column {
    Column::Field(name.to_owned())
}

#[test]
fn every_usual_separator_is_found() {
    for (separator, text) in [
        (',', "region,instance\ncn-north-4,a\n"),
        (';', "region;instance\ncn-north-4;a, b\n"),
        ('\t', "region\tinstance\ncn-north-4\ta,b;c\n"),
        (',', "instance\na\nb"),
    ] {
        assert_eq!(read(text).format, TableFormat::Separated(separator), "{text}");
    }
}

#[test]
fn what_a_table_says_to_programs_and_to_people_is_no_row() {
    for text in ["sep=;\na,x;b\n1,5;2\n", "\u{feff}\"SEP=;\"\r\na,x;b\r\n1,5;2\r\n"] {
        let table = read(text);
        assert_eq!(table.format, TableFormat::Separated(';'), "{text}");
        assert_eq!(cells(&table), [["a,x", "b"], ["1,5", "2"]]);
        assert_eq!(table.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 3]);
    }
    let table = read("# made by hand, on Friday\n#\nregion;instance\ncn-north-4;a, b\n#cn-north-4;c\ncn-north-4;d\n");
    assert_eq!(table.format, TableFormat::Separated(';'));
    assert_eq!(cells(&table), [["region", "instance"], ["cn-north-4", "a, b"], ["cn-north-4", "d"]]);
    assert_eq!(table.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [3, 4, 6]);
    assert!(table.has_header);
    // A column of numbers has this name in many tables.
    assert_eq!(cells(&read("#,instance\n1,a\n")), [["#", "instance"], ["1", "a"]]);
    assert_eq!(Table::read("# nothing\n", &[]), Err(TableError::Empty));
}

#[test]
fn quotes_blanks_and_line_ends_are_those_of_rfc_4180_and_of_people() {
    let table = read("\u{feff}a , b\r\n\"x, \"\"y\"\"\",\" z \"\r\n\r\n,,\r\n1,2,3\r\n");
    assert_eq!(cells(&table), [vec!["a", "b"], vec!["x, \"y\"", "z"], vec!["1", "2", "3"]]);
    assert_eq!(table.width, 3);
    assert_eq!(table.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [1, 2, 5]);
    assert_eq!(cells(&read("a,b\rc,d\r")), [["a", "b"], ["c", "d"]]);
}

#[test]
fn a_row_knows_its_line_behind_a_cell_with_lines() {
    let table = read("\n\na,\"b\nc\"\nd,e\n");
    assert_eq!(table.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [3, 5]);
}

#[test]
fn what_nobody_can_see_is_no_part_of_a_cell() {
    let table = read("na\u{ad}me,b\n\u{200b}i\u{2066}d\u{2069},x\n\u{200b},\u{feff}\n\u{a0}id\u{a0}, x\na\u{a0}b,x\n");
    assert_eq!(cells(&table), [["name", "b"], ["id", "x"], ["id", "x"], ["a b", "x"]]);
    assert_eq!(table.cleaned, 3, "blanks around a text are no news");
    let table = read(r#"[{"na\u200bme": "\u202eid"}, {"name": "id"}]"#);
    assert_eq!((cells(&table)[1][0], cells(&table)[0][0], table.cleaned), ("id", "name", 2));
    assert_eq!(read("a,b\n1,2\n").cleaned, 0);
}

#[test]
fn a_guard_against_formulas_is_taken_off() {
    assert_eq!(cells(&read("a,b\n'=1,'x'\n")), [["a", "b"], ["=1", "'x'"]]);
}

#[test]
fn a_quote_without_an_end_is_told_with_its_line() {
    let error = Table::read("a,b\n\"c,d\ne,f\n", &[]);
    assert_eq!(error, Err(TableError::OpenQuote { line: 2 }));
    assert_eq!(cells(&read("5\" disk,b\nc,d\n")), [["5\" disk", "b"], ["c", "d"]]);
}

#[test]
fn objects_of_json_have_names() {
    let table = read("[\n {\"id\": \"a\", \"n\": 1},\n {\"n\": null, \"more\": {\"x\": [1]}, \"id\": \" b \"}\n]\n");
    assert_eq!(cells(&table), [vec!["id", "n", "more"], vec!["a", "1"], vec!["b", "", "{\"x\":[1]}"]]);
    assert_eq!((table.has_header, table.format), (true, TableFormat::Json));
    assert_eq!(table.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(table.data().len(), 2);
}

#[test]
fn lines_of_json_the_list_of_an_answer_and_lists_of_texts_are_read() {
    assert_eq!(cells(&read("{\"id\":\"a\"}\n{\"id\":\"b\"}")), [["id"], ["a"], ["b"]]);
    let answer = "{\"instances\": [{\"id\": \"a\"}], \"total_count\": 1, \"tags\": [1]}";
    assert_eq!(cells(&read(answer)), [["id"], ["a"]]);
    assert_eq!(cells(&read("[\"a\", \"b\"]")), [["a"], ["b"]]);
    assert_eq!(cells(&read("[[\"a\", 1], [\"b\", 2]]")), [["a", "1"], ["b", "2"]]);
}

#[test]
fn what_is_wrong_with_json_is_told_with_its_line() {
    let error = |text: &str| Table::read(text, &[]).unwrap_err();
    for (text, line) in [("[{\"a\": 1},\n{\"b\" 2}]", 2), ("[{\"a\": 1}\n", 2), ("[{\"a\":1}] x", 1), ("{\"a\"", 1)] {
        assert!(
            matches!(error(text), TableError::NotJson { line: own, .. } if own == line),
            "{text} {:?}",
            error(text)
        );
    }
    for (text, line) in [("[1]", 1), ("[\nnull, 2]", 2)] {
        assert_eq!(error(text), TableError::NotAList { line }, "{text}");
    }
    assert_eq!(error("[]"), TableError::Empty);
}

#[test]
fn one_odd_item_of_json_keeps_nobody_from_the_others() {
    let table = read("[null, {\"id\": \"a\"}, \"b\", [\"c\"], {\"id\": \"d\"}]");
    assert_eq!(cells(&table), [["id"], ["null"], ["a"], ["\"b\""], ["[\"c\"]"], ["d"]]);
    assert_eq!(table.data().iter().map(|row| row.line).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
}

#[test]
fn limits_are_said() {
    assert_eq!(Table::read(" \n", &[]), Err(TableError::Empty));
    let long = "a".repeat(MOST_BYTES + 1);
    assert_eq!(Table::read(&long, &[]), Err(TableError::TooManyBytes { bytes: MOST_BYTES + 1 }));
    assert_eq!(Table::read(&"a\n".repeat(MOST_ROWS + 1), &[]), Err(TableError::TooManyRows));
    assert!(Table::read(&"a\n".repeat(MOST_ROWS), &[]).is_ok());
    let wide = format!("a\n{}", "b,".repeat(MOST_COLUMNS));
    assert_eq!(Table::read(&wide, &[]), Err(TableError::TooManyColumns { line: 2 }));
    let members: Vec<String> = (0..=MOST_COLUMNS).map(|number| format!("\"{number}\":1")).collect();
    let wide = format!("[{{{}}}]", members.join(","));
    assert_eq!(Table::read(&wide, &[]), Err(TableError::TooManyColumns { line: 1 }));
}

#[test]
fn the_files_of_spreadsheets_are_decoded() {
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain("a\tü\r\n".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(decode(&utf16).as_deref(), Ok("a\tü\r\n"));
    assert_eq!(decode("ü".as_bytes()).as_deref(), Ok("ü"));
    assert_eq!(decode(&[0x89, b'P', b'N', b'G', 0, 1, 0xff]), Err(TableError::NotText));
    assert_eq!(decode(b"a\0b"), Err(TableError::NotText));
}

#[test]
fn columns_are_known_by_the_names_of_the_descriptions_and_of_most_tables() {
    let text = "Cloud;Region;project_id;Instance ID;SSL_option;Account;Owner\nHuawei;cn-north-4;p;i;true;a;me\n";
    let expected = [
        Column::Provider,
        Column::Region,
        field("project_id"),
        Column::Subject,
        field("ssl_option"),
        Column::Profile,
        Column::Ignored,
    ];
    assert_eq!(guessed(text), (true, expected.to_vec()));
    let short = guessed("cluster,action,project\nx,on,y\n");
    assert_eq!(short, (true, vec![Column::Subject, Column::Act, field("project_id")]));
}

#[test]
fn a_line_of_names_alone_is_no_row() {
    assert!(guessed("region,instance,act").0);
    assert!(!guessed("instance").0 && !guessed("orders,act").0);
}

#[test]
fn a_name_of_the_api_comes_before_a_usual_one() {
    let (_, columns) = guessed("id,instance_id\n1,2\n");
    assert_eq!(columns, [Column::Ignored, Column::Subject]);
}

#[test]
fn columns_without_names_are_known_by_their_values() {
    let line = format!("Huawei Cloud, cn-north-4, {PROJECT}, {TAURUSDB}, SSL on\n");
    let expected = vec![Column::Provider, Column::Region, field("project_id"), Column::Subject, Column::Act];
    assert_eq!(guessed(&line), (false, expected.clone()));
    let other = format!("aliyun, cn-hangzhou,, {CLUSTER}, on\n");
    assert_eq!(guessed(&format!("{other}{line}")), (false, expected));
    assert_eq!(guessed(&format!("{CLUSTER}\n{CLUSTER}")), (false, vec![Column::Subject]));
    assert_eq!(guessed("nobody-knows\nthese-ids\n"), (false, vec![Column::Subject]));
}

#[test]
fn names_that_nobody_knows_are_names_if_the_values_below_are_values() {
    let text = format!("Ding;Ort\n{TAURUSDB};cn-north-4\n");
    assert_eq!(guessed(&text), (true, vec![Column::Subject, Column::Region]));
    // "off" is the state of today, not what is wanted.
    let text = format!("Ding;Jetzt\n{TAURUSDB};off\n");
    assert_eq!(guessed(&text), (true, vec![Column::Subject, Column::Ignored]));
}

#[test]
fn every_column_has_a_word() {
    for column in Column::all(&shipped_acts()) {
        assert_eq!(Column::from_key(&column.key()), column);
    }
    assert!(Column::all(&shipped_acts()).contains(&field("ssl_option")));
}

#[test]
fn a_table_is_read_piece_by_piece() {
    let text = "a,b\n".repeat(10);
    let mut reader = TableReader::new(&text).unwrap();
    assert_eq!((reader.read(4), reader.read(6), reader.read(1)), (Ok(true), Ok(true), Ok(false)));
    assert_eq!(reader.finish(&[]).unwrap().rows.len(), 10);
}

proptest! {
    #[test]
    fn no_bytes_end_the_program(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(text) = decode(&bytes) {
            let _ = Table::read(&text, &shipped_acts());
        }
        let _ = Table::read(&String::from_utf8_lossy(&bytes), &[]);
    }

    #[test]
    fn no_text_of_a_table_ends_the_program(text in "[\\[\\]{}\",;:a1\t\r\n '=\u{feff}é]{0,80}") {
        if let Ok(table) = Table::read(&text, &shipped_acts()) {
            let columns = guess_columns(&table, &shipped_acts());
            prop_assert_eq!(columns.len(), table.width);
        }
    }

    #[test]
    fn cells_come_back_as_they_were_written(rows in proptest::collection::vec(proptest::collection::vec("[a-z=+@\",;\t\n'-]{0,6}", 3), 2..6)) {
        let mut records = crate::fleet::report::Records::default();
        // A first cell keeps every row from being empty, and every separator but the comma from fitting better.
        rows.iter().for_each(|row| records.add(std::iter::once("x").chain(row.iter().map(String::as_str))));
        let text = records.into_text();
        let mut reader = TableReader { source: Source::Separated(separated::Reader::with(&text, b',')), rows: Vec::new(), cleaned: 0 };
        while reader.read(9).unwrap() {}
        let read: Vec<Vec<String>> = reader.rows.iter().map(|row| row.cells.iter().skip(1).cloned().collect()).collect();
        let typed: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|cell| cell.trim().to_owned()).collect()).collect();
        prop_assert_eq!(read, typed);
    }
}

#[test]
fn a_wrong_line_does_not_keep_the_others_from_being_read() {
    let good = [
        format!("Huawei Cloud,cn-north-4,{PROJECT},{TAURUSDB},on"),
        format!("Alibaba Cloud,cn-hangzhou,,{CLUSTER},on"),
    ];
    let wanted = guessed(&good.join("\n")).1;
    assert!(!wanted.contains(&Column::Ignored), "{wanted:?}");
    let [first, second] = good.each_ref().map(String::as_str);
    let odd = "AWS,x,,y,on";
    for lines in [[first, second, odd], [odd, first, second], [first, odd, second], [first, second, "AWS,x,z,y,maybe"]]
    {
        assert_eq!(guessed(&lines.join("\n")), (false, wanted.clone()), "{lines:?}");
    }
    let wanted = guessed(first).1;
    assert_eq!(guessed(&format!("{first}\n{odd}")).1, wanted, "half of them");
}
