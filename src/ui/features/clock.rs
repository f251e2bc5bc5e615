//! The two clocks: what is known of the server's, and whether signatures follow it.

use crate::clock::NOTABLE_SKEW;
use crate::outcome::Severity;
use crate::ui::components::alert::Notice;
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::words;
use leptos::prelude::*;

/// After an answer of a server whose clock is another: signing with its time. Only the user turns that on.
#[component]
pub(crate) fn ClockOffer(
    /// By how many seconds the server's clock is ahead, if that is known.
    skew: Option<i64>,
    /// The connection's name.
    connection: String,
    provider: String,
) -> impl IntoView {
    let stores = use_stores();
    let skew = skew.filter(|skew| skew.abs() >= NOTABLE_SKEW)?;
    let offset = {
        let (connection, provider) = (connection.clone(), provider.clone());
        Memo::new(move |_| stores.clocks.offset(&connection, &provider))
    };
    Some(move || {
        // Compared roughly: an answer takes its time.
        if (offset.get() - skew).abs() < NOTABLE_SKEW {
            return view! { <AppliedOffset connection=connection.clone() provider=provider.clone()/> }.into_any();
        }
        let (connection, provider) = (connection.clone(), provider.clone());
        let apply = move |_| set_offset(stores, &connection, &provider, skew);
        view! { <button type="button" class="button" on:click=apply>{words().use_server_time}</button> }.into_any()
    })
}

/// Says that signatures follow another clock, while they do.
#[component]
pub(crate) fn AppliedOffset(
    /// The connection's name.
    connection: String,
    provider: String,
) -> impl IntoView {
    let stores = use_stores();
    move || {
        let offset = stores.clocks.offset(&connection, &provider);
        let (connection, provider) = (connection.clone(), provider.clone());
        (offset != 0).then(|| {
            view! {
                <Notice severity=Severity::Warning text=(words().explain.clock_offset)(offset)/>
                <button
                    type="button"
                    class="button quiet"
                    on:click=move |_| set_offset(stores, &connection, &provider, 0)
                >
                    {words().use_own_time}
                </button>
            }
            .into_any()
        })
    }
}

fn set_offset(stores: Stores, connection: &str, provider: &str, seconds: i64) {
    stores.clocks.set_offset(connection, provider, seconds);
    stores.shell.announce(if seconds == 0 {
        words().use_own_time.to_owned()
    } else {
        (words().explain.clock_offset)(seconds)
    });
}
