//! The sandbox's fleets, in English.

use super::super::FleetSandboxWords;
use crate::sandbox::FaultLevel;

pub(crate) static FLEET_SANDBOX: FleetSandboxWords = FleetSandboxWords {
    title: "Fleet of the sandbox",
    lead: "The simulated clouds can have many instances, and calls that go wrong. Nothing here leaves the page.",
    size: "Instances on each cloud",
    size_help: |most| {
        format!("A whole number from 1 to {most}. Most of them can be switched; some are on already, and some refuse.")
    },
    size_wrong: |most| format!("Type a whole number from 1 to {most}."),
    faults: "Faults",
    level,
    level_help,
    seed: "Seed",
    seed_help: "A whole number. The same seed makes the same instances and the same faults again. The examples use seed 0.",
    seed_wrong: "Type a whole number that is not negative.",
    set_up: "Set up the sandbox",
    forgets: "The sandbox forgets the instances that it has now, with all changes of them.",
    is_set_up: |size, seed| format!("Each cloud has {size} instances of seed {seed}."),
    not_set_up: "The sandbox did not answer. Load the page again, and try once more.",
    example_title: "Rows to begin with",
    example_lead: "The first instances of both clouds as CSV. Paste them where a fleet asks for rows, or choose the file there.",
    example_rows: "Example rows",
    example_wrong: |most| format!("Type a whole number from 1 to {most}."),
    copy_rows: "Copy rows",
    as_csv: "as CSV",
    download_rows: "Download rows",
    download_refused: "The browser refuses the download.",
};

fn level(level: FaultLevel) -> &'static str {
    match level {
        FaultLevel::None => "No faults",
        FaultLevel::Few => "Few (1 %)",
        FaultLevel::Many => "Many (5 %)",
    }
}

fn level_help(level: FaultLevel) -> &'static str {
    match level {
        FaultLevel::None => "Every call succeeds if the state of the instance allows it.",
        FaultLevel::Few => {
            "One call in a hundred is throttled, one finds a server error, one is lost, one finds the instance busy. One change \
             in a hundred fails, and one is seen late. Each cloud takes 100 calls a second."
        }
        FaultLevel::Many => {
            "Five calls in a hundred are throttled, five find a server error, five are lost, five find the instance busy. Five \
             changes in a hundred fail, and five are seen late. Each cloud takes 20 calls a second. On the way one token or \
             temporary key of each cloud ends: bring another one then."
        }
    }
}
