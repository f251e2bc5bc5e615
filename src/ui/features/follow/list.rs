//! The changes that are followed, one below the other.

use super::view::FollowView;
use crate::ui::components::later::{OnUse, ViewOnUse};
use crate::ui::ids::MAIN_ID;
use crate::ui::on_use::on_use;
use crate::ui::platform::dom;
use crate::ui::state::use_stores;
use crate::ui::words::follow_words;
use leptos::prelude::*;

/// The changes that are followed besides the one whose answer is on the screen.
#[component]
pub(crate) fn OtherFollows(
    /// The id of the call whose answer is on the screen.
    #[prop(into)]
    except: Signal<Option<String>>,
    /// Whether each is one line.
    #[prop(optional)]
    folded: bool,
) -> impl IntoView {
    let stores = use_stores();
    let ids = Memo::new(move |_| {
        let except = except.get();
        stores.follows.ids().into_iter().filter(|id| Some(id) != except.as_ref()).collect::<Vec<String>>()
    });
    let any = Memo::new(move |_| ids.with(|ids| !ids.is_empty()));
    move || {
        let load = move || -> ViewOnUse { Box::pin(list(ids, folded)) };
        any.get().then(|| view! { <OnUse load=Box::new(load)/> }.into_any())
    }
}

on_use! { answers =>
    fn list(ids: Memo<Vec<String>>, folded: bool) -> AnyView {
        view! { <List ids=ids folded=folded/> }.into_any()
    }
}

#[component]
fn List(ids: Memo<Vec<String>>, folded: bool) -> impl IntoView {
    let stores = use_stores();
    let is_over = move |id: &String| stores.follows.get(id).is_some_and(|follow| follow.end().is_some());
    // Those under way come first. One that ends stays where it is: nothing moves under the eyes.
    let sorted = Memo::new(move |_| {
        let mut ids = ids.get();
        if folded {
            untrack(|| ids.sort_by_key(is_over));
        }
        ids
    });
    let all_over = Memo::new(move |_| ids.get().into_iter().filter(is_over).collect::<Vec<String>>());
    let dismiss_all = move |_| {
        for id in all_over.get_untracked() {
            stores.follows.remove(&id);
        }
        dom::next_frame(|| dom::focus_if_lost(MAIN_ID));
    };
    view! {
        <section class="panel follows" aria-labelledby="follows-title">
            <div class="panel-head">
                <h2 id="follows-title">{follow_words().list}</h2>
                <Show when=move || folded && all_over.with(|all| all.len() > 1)>
                    <button type="button" class="button quiet" on:click=dismiss_all>{follow_words().dismiss_all}</button>
                </Show>
            </div>
            <For each=move || sorted.get() key=Clone::clone let:id><FollowView id=id named=true folded=folded/></For>
        </section>
    }
}
