//! OpenAPI 3.1 files of npm packages. `tools/setup.sh test` fetches them; none of them is in this repository.

use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use tls_console::catalog::Api;
use tls_console::form::{Draft, validate};

/// Where tools/setup.sh keeps the files.
fn published() -> PathBuf {
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let home = || variable("XDG_CACHE_HOME").or_else(|| Some(variable("HOME")?.join(".cache")));
    variable("TLS_CONSOLE_CACHE").or_else(|| Some(home()?.join("tls-console"))).unwrap().join("published")
}

/// All files below a folder, in order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder);
    let entries = entries.unwrap_or_else(|_| panic!("{} is missing: run tools/setup.sh test", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().flat_map(|path| if path.is_dir() { files(path) } else { vec![path.clone()] }).collect()
}

/// The packages by name: each has a file that says which version it is.
fn packages() -> Vec<(String, PathBuf)> {
    let published = published();
    let versions = files(&published).into_iter().filter(|path| path.ends_with(".version"));
    let folders = versions.map(|path| path.parent().unwrap().to_owned());
    folders.map(|folder| (folder.strip_prefix(&published).unwrap().to_string_lossy().into_owned(), folder)).collect()
}

/// The document as JSON. `None`: another version of OpenAPI.
fn document(path: &Path) -> Option<Value> {
    let text = std::fs::read_to_string(path).unwrap();
    let document: Value = match path.extension().and_then(|end| end.to_str()) {
        Some("json") => serde_json::from_str(&text).unwrap(),
        Some("yaml" | "yml") => serde_yaml_ng::from_str(&text).unwrap(),
        _ => return None,
    };
    document["openapi"].as_str().is_some_and(|version| version.starts_with("3.1")).then_some(document)
}

#[derive(Default)]
struct Tally {
    operations: usize,
    open: usize,
    omissions: usize,
    closed: BTreeMap<String, usize>,
}

#[test]
fn nearly_every_published_operation_opens_and_the_others_say_why() {
    let mut all = Tally::default();
    println!("{:<30} {:>10} {:>6} {:>9}", "package", "operations", "open", "left out");
    let packages = packages();
    for (package, folder) in &packages {
        let mut tally = Tally::default();
        for path in files(folder) {
            let Some(document) = document(&path) else { continue };
            let file = path.file_name().unwrap().to_string_lossy().into_owned();
            let api = Api::load(&file, &document.to_string()).unwrap_or_else(|error| panic!("{package}: {error}"));
            for entry in &api.operations {
                tally.operations += 1;
                match api.operation(&entry.id).unwrap() {
                    Ok(operation) => {
                        tally.open += 1;
                        tally.omissions += operation.omissions.len();
                        let draft = Draft::new(&operation, &mut || String::from("an id"));
                        let _ = validate(&operation, &draft);
                    }
                    Err(error) => {
                        *tally
                            .closed
                            .entry(format!("{file} {} {}: {}", entry.method, entry.path, error.reason))
                            .or_default() += 1
                    }
                }
            }
        }
        println!("{package:<30} {:>10} {:>6} {:>9}", tally.operations, tally.open, tally.omissions);
        all.operations += tally.operations;
        all.open += tally.open;
        all.omissions += tally.omissions;
        all.closed.append(&mut tally.closed);
    }
    println!("{:<30} {:>10} {:>6} {:>9}", "all", all.operations, all.open, all.omissions);
    all.closed.keys().for_each(|reason| println!("closed: {reason}"));
    assert!(packages.len() >= 5, "{packages:?}");
    assert!(all.operations >= 500, "{}", all.operations);
    assert!(all.open * 100 >= all.operations * 95, "{} of {}", all.open, all.operations);
}
