//! What is wrong with `config.json`, at the top of every page.

use super::Panels;
use crate::catalog::Api;
use crate::config::{Config, Known, remarks};
use crate::ui::dom::{Child, El, el, live};
use crate::ui::host::Command;
use crate::ui::words::words;
use crate::ui::widgets::{Icon, items, with_icon};
use leptos::prelude::*;

/// A list of all that is wrong; nothing where nothing is.
pub(super) fn mistakes(panels: Panels) -> AnyView {
    // More can be said when all descriptions are there.
    let there = Memo::new(move |_| panels.context.with(|context| (context.configured, context.apis)));
    live(move || if there.get().0 { list(panels).into() } else { Child::none() })
}

fn list(panels: Panels) -> Option<El> {
    let text = panels.ask(Command::Config, "").unwrap_or_default();
    let (config, mut issues) = Config::read(&text);
    issues.extend(remarks(&text, || known(panels, &config)));
    (!issues.is_empty()).then(|| {
        el("section")
            .class("banner")
            .attr("data-tone", "unsure")
            .attr("aria-label", words().config_problems)
            .child(with_icon(el("h2"), Icon::Unsure, words().config_problems))
            .child(el("ul").child(items(issues.iter().map(words().explain.config_issue))))
    })
}

/// What all descriptions have, offered here or not. `None`: they are not all there, or one cannot be used.
fn known(panels: Panels, config: &Config) -> Option<Known> {
    let of_file = |file: &String| {
        let description = panels.ask(Command::Description, Api::id_of(file))?;
        let (file, text) = description.split_once('\n')?;
        Api::load(file, text).ok()
    };
    let apis: Option<Vec<Api>> = config.descriptions.iter().map(of_file).collect();
    apis.map(|apis| Known::of(&apis))
}
