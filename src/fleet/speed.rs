//! Figures, never limits of time: `cargo test --release --no-default-features --lib fleet::speed -- --nocapture`.

use super::plan_file::PlanFile;
use super::report::{Description, Report, ReportContext, verify};
use super::rows::refused_csv;
use super::table::{Table, guess_columns};
use super::{Defaults, Fleet, Head, ReadRow, Row, RowId, RowReader};
use crate::fixtures::{PROJECT, shipped_acts, shipped_apis};
use std::time::Instant;
use time::OffsetDateTime;

const COUNT: usize = 10_000;

/// Lines of both clouds, every hundredth wrong.
fn lines() -> String {
    let mut text = String::from("provider,region,project,instance,act\n");
    for number in 0..COUNT {
        let line = match number % 100 {
            99 => format!("Huawei Cloud,cn-north-4,{PROJECT},short-{number},SSL on\n"),
            even if even % 2 == 0 => format!("Huawei Cloud,cn-north-4,{PROJECT},{number:032x}in07,SSL on\n"),
            _ => format!("Alibaba Cloud,cn-hangzhou,,es-cn-{number:012x},HTTPS on\n"),
        };
        text.push_str(&line);
    }
    text
}

/// The same as objects of JSON.
fn objects(table: &Table) -> String {
    let names = &table.header().unwrap().cells;
    let object = |cells: &Vec<String>| {
        let members = names.iter().cloned().zip(cells.iter().map(|cell| serde_json::Value::from(cell.as_str())));
        serde_json::Value::Object(members.collect())
    };
    serde_json::to_string_pretty(&table.data().iter().map(|row| object(&row.cells)).collect::<Vec<_>>()).unwrap()
}

fn timed<T>(name: &str, run: impl FnOnce() -> T) -> T {
    #[allow(clippy::disallowed_methods, reason = "tests run on the host")]
    let start = Instant::now();
    let result = run();
    println!("{name}: {:?}", start.elapsed());
    result
}

fn read_rows(table: &Table, has_provider: bool) -> Vec<ReadRow> {
    let acts = shipped_acts();
    let mut columns = guess_columns(table, &acts);
    if !has_provider {
        columns[0] = super::table::Column::Ignored;
    }
    let mut reader = RowReader::new(columns, acts, Defaults::default(), Vec::new(), std::iter::empty());
    table.data().iter().map(|row| reader.read(row)).collect()
}

#[test]
fn ten_thousand_lines_become_rows_a_plan_and_a_report() {
    let acts = shipped_acts();
    let text = lines();
    println!("{COUNT} lines, {} bytes", text.len());
    let table = timed("table of CSV", || Table::read(&text, &acts).unwrap());
    let json = objects(&table);
    let of_json = timed("table of JSON", || Table::read(&json, &acts).unwrap());
    assert_eq!((of_json.data().len(), table.data().len()), (COUNT, COUNT));
    timed("meaning of the columns", || guess_columns(&table, &acts));
    let read = timed("rows", || read_rows(&table, true));
    assert_eq!(read.iter().filter(|row| row.result.is_ok()).count(), COUNT - COUNT / 100);
    assert_eq!(read.last().map(|row| row.line), Some(COUNT + 1));
    let without = timed("rows without a provider", || read_rows(&table, false));
    assert!(without.iter().zip(&read).all(|(one, other)| one.result.is_ok() == other.result.is_ok()));
    timed("refused rows as CSV", || refused_csv(&table, &read, "Problem", &|problem| format!("{problem:?}"), &[]));

    let specs = read.into_iter().filter_map(|row| row.result.ok());
    let rows = specs.enumerate().map(|(number, spec)| Row::new(RowId(number as u32), spec, 0));
    let now = OffsetDateTime::UNIX_EPOCH;
    let fleet = Fleet::new(Head::new("f".into(), "Friday".into(), now, "Sandbox".into()), rows.collect::<Vec<_>>());
    let plan = timed("plan written", || PlanFile::write(&fleet, &[], now, &[]));
    let again = timed("plan read", || PlanFile::read(&plan, &acts, &[], std::iter::empty(), Vec::new()).unwrap());
    assert!(again.rows.iter().all(|row| row.result.is_ok()));

    let descriptions: Vec<Description> =
        timed("digests of descriptions", || shipped_apis().iter().map(Description::of).collect());
    let context = ReportContext {
        now,
        console: "1",
        descriptions: &descriptions,
        profiles: &[],
        simulated: false,
        secrets: &[],
        outcome: &|_| String::from("Verified"),
    };
    let report = timed("report", || Report::of(&fleet, context));
    let csv = timed("report as CSV", || report.to_csv());
    let json = timed("report as JSON", || report.to_json());
    println!("CSV {} bytes, JSON {} bytes", csv.len(), json.len());
    for text in [csv, json] {
        let verified = timed("report verified", || verify(&text));
        assert!(matches!(verified, super::report::Verification::Same { .. }));
    }
}
