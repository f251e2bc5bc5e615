//! A fleet that runs, in English.

use super::super::FleetWords;

pub(in crate::ui::words) static FLEET: FleetWords = FleetWords {
    lead: "One switch for many instances: choose them, plan, run, and keep the proof.",
    steps: "Steps",
    choose: "1 Choose",
    plan: "2 Plan",
    run: "3 Run",
    report: "4 Report",
    nothing_runs: "Nothing runs yet. Choose instances, and let the console plan the change.",
};
