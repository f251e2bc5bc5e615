//! The version of the console, where it comes from, and what it is made of.

use super::NarrowPage;
use crate::ui::words::words;
use leptos::prelude::*;

/// The libraries that the page is made of, with their licences. A test holds the list to `Cargo.toml`.
const LIBRARIES: &str = include_str!("about/libraries.txt");

/// The page "About".
#[component]
pub(super) fn AboutPage() -> impl IntoView {
    let libraries = LIBRARIES.lines().filter_map(|line| line.split_once(": ")).map(|(name, licence)| {
        view! {
            <dt><a href=format!("https://docs.rs/{name}") target="_blank" rel="noopener noreferrer">{name}</a></dt>
            <dd>{licence}</dd>
        }
    });
    view! {
        <NarrowPage title=words().about lead=words().about_lead>
            <div class="sections">
                <section class="group">
                    <h2>{words().version}</h2>
                    <p><code>{env!("CARGO_PKG_VERSION")}</code></p>
                </section>
                <section class="group">
                    <h2>{words().libraries}</h2>
                    <dl class="facts">{libraries.collect_view()}</dl>
                </section>
            </div>
        </NarrowPage>
    }
}
