//! Two calls beside each other: what differs.

use super::loaded::Loaded;
use crate::history::{Difference, Line, RecordComparison, Side, compare};
use crate::ui::platform::dom;
use crate::ui::platform::history_store::HistoryStore;
use crate::ui::words::history_words;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

const HEADING_ID: &str = "history-comparison";

/// The comparison, from the choice of the first call on.
#[component]
pub(super) fn CompareView(loaded: Loaded) -> impl IntoView {
    let comparison = RwSignal::new(None::<RecordComparison>);
    Effect::new(move |_| {
        comparison.set(None);
        let Some((first, Some(second))) = loaded.pair.get() else { return };
        spawn_local(async move {
            match async { HistoryStore::open().await?.records(&[first, second]).await }.await {
                Ok(records) => {
                    if let [first, second] = records.as_slice() {
                        comparison.try_set(Some(compare(first, second)));
                        dom::next_frame(|| dom::focus(HEADING_ID));
                    }
                }
                Err(error) => loaded.fail(error),
            }
        });
    });
    let end = move |_| {
        loaded.pair.set(None);
        dom::focus(super::list::SEARCH_ID);
    };
    let content = move || match comparison.get() {
        None => view! { <p>{history_words().choose_other}</p> }.into_any(),
        Some(comparison) => {
            let bodies = (history_words().bodies)(comparison.bodies);
            let bodies = bodies.map(|text| view! { <p class="muted">{text}</p> }.into_any());
            let found = match comparison.is_empty() {
                true => view! { <p>{history_words().no_difference}</p> }.into_any(),
                false => differences(comparison),
            };
            view! { {found}{bodies} }.into_any()
        }
    };
    let is_open = Memo::new(move |_| loaded.pair.with(Option::is_some));
    view! {
        <Show when=move || is_open.get()>
            <section class="panel" aria-labelledby=HEADING_ID>
                <div class="panel-head">
                    <h2 id=HEADING_ID tabindex="-1">{history_words().comparison}</h2>
                    <button type="button" class="button quiet" on:click=end>{history_words().stop_comparing}</button>
                </div>
                {move || content()}
            </section>
        </Show>
    }
}

fn differences(comparison: RecordComparison) -> AnyView {
    let words = history_words();
    let RecordComparison { differences, body, more_lines, .. } = comparison;
    let row = |Difference { aspect, one, other }: Difference| {
        view! {
            <tr>
                <th scope="row">{(history_words().aspect)(&aspect)}</th>
                <td><code class="breakable">{one}</code></td>
                <td><code class="breakable">{other}</code></td>
            </tr>
        }
        .into_any()
    };
    let line = |Line { side, text }: Line| {
        let mark = match side {
            Side::One => '−',
            Side::Other => '+',
        };
        view! { <span class="block">{format!("{mark} {text}\n")}</span> }.into_any()
    };
    let lines = (!body.is_empty()).then(|| {
        let more =
            (more_lines != 0).then(|| view! { <p class="muted">{(words.more_lines)(more_lines)}</p> }.into_any());
        view! {
            <h3>{words.body_lines}</h3>
            <pre class="code body" tabindex="0" aria-label=words.body_lines>
                {body.into_iter().map(line).collect_view()}
            </pre>
            {more}
        }
        .into_any()
    });
    let rows = (!differences.is_empty()).then(|| {
        view! {
            <div class="table-window compared" role="region" aria-label=words.differences tabindex="0">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{words.aspect_column}</th>
                            <th scope="col">{words.first}</th>
                            <th scope="col">{words.second}</th>
                        </tr>
                    </thead>
                    <tbody>{differences.into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        }
        .into_any()
    });
    view! { {rows}{lines} }.into_any()
}
