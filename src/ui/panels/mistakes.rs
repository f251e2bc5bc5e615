//! What is wrong with `config.json`, at the top of every page.

use super::Panels;
use crate::catalog::Api;
use crate::config::{Config, ConfigSource, lint};
use crate::outcome::describe;
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
    let source = panels.config_source().unwrap_or_else(|| ConfigSource::Missing(String::new()));
    let (config, mut issues) = Config::read(&source);
    if config.names_something() {
        issues.extend(apis(panels, &config).map(|apis| lint(&source, &apis)).into_iter().flatten());
    }
    (!issues.is_empty()).then(|| {
        el("section")
            .class("banner")
            .attr("data-tone", "unsure")
            .attr("aria-label", words().config_problems)
            .child(with_icon(el("h2"), Icon::Unsure, words().config_problems))
            .child(el("ul").child(items(issues.iter().map(describe::config_issue))))
    })
}

/// What all descriptions have, offered here or not. `None`: they are not all there, or one cannot be used.
fn apis(panels: Panels, config: &Config) -> Option<Vec<Api>> {
    let of_file = |file: &String| {
        let description = panels.ask(Command::Description, Api::id_of(file))?;
        let (file, text) = description.split_once('\n')?;
        Api::load(file, text).ok()
    };
    config.descriptions.iter().map(of_file).collect()
}
