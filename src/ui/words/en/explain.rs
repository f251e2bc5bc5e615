//! Results, mistakes and rules in English: one file a subject.

mod call;
mod check;
mod comparison;
mod config;
mod diagnosis;
mod form;
pub(super) mod time;
mod vault;

use super::super::{AnswerWords, CheckWords, ExplainWords, FileWords, VaultWords};

pub(super) static EXPLAIN: ExplainWords = ExplainWords {
    stopped: call::stopped,
    not_complete: call::not_complete,
    violation: form::violation,
    constraint: form::constraint,
    warning: form::warning,
    call_error: call::call_error,
    build_error: call::build_error,
    clock_off: time::clock_off,
    clock_offset: time::clock_offset,
};

pub(super) static FILES: FileWords = FileWords {
    catalog_error: config::catalog_error,
    omission: config::omission,
    description_not_loaded: config::description_not_loaded,
    config_issue: config::config_issue,
};

pub(super) static ANSWER: AnswerWords = AnswerWords {
    title: diagnosis::title,
    cause: diagnosis::cause,
    remedy: diagnosis::remedy,
    status: diagnosis::status,
    reading: "The answer has come. Reading it…",
    granted: call::granted,
    comparison_title: comparison::title,
    comparison_cause: comparison::cause,
    comparison_remedy: comparison::remedy,
};

pub(super) static CHECK: CheckWords = CheckWords {
    what_is_sent: "What is sent to each provider, by each address in config.json",
    sent: [
        "To the proxy itself: a GET.",
        "To the provider's hosts, without a credential: a GET, and a PUT of an address that does not exist.",
        "To a host that the proxy must refuse: the same GET.",
        "If an access key is there: one signed call that only reads.",
    ],
    step: check::step,
    step_skipped: check::step_skipped,
    passed: check::passed,
    skipped: check::skipped,
    step_title: check::failed::title,
    step_cause: check::failed::cause,
    step_remedy: check::failed::remedy,
};

pub(super) static VAULT: VaultWords = VaultWords {
    vault_error: vault::vault_error,
    passphrase_rule: vault::passphrase_rule,
    passphrases_differ: vault::passphrases_differ,
    vault_conflict: vault::vault_conflict,
};
