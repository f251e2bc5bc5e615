//! What is known of a change that is followed, and what a person can do about it.

use super::engine::tell;
use super::look::{has_no_credential, lacks};
use super::repeat::{is_busy, is_known, send_again, would_replace};
use crate::credentials::ProfileSummary;
use crate::follow::{End, EventKind, Follow, Need, Observed, Overtaken, Phase, Why};
use crate::ui::components::ask_button::AskButton;
use crate::ui::components::icon::{Icon, IconName};
use crate::ui::features::change_words::{headline, name};
use crate::ui::features::profile_words::profile_words;
use crate::ui::ids::MAIN_ID;
use crate::ui::platform::{dates, dom, fetch, notification};
use crate::ui::route::Route;
use crate::ui::state::site::OperationKey;
use crate::ui::state::{Stores, use_stores};
use crate::ui::words::{follow_words, history_words, words};
use leptos::prelude::*;

/// A change that is followed.
#[component]
pub(crate) fn FollowView(
    /// The id of the call that made it.
    id: String,
    /// Whether it stands alone: then it says which call it is about.
    #[prop(optional)]
    named: bool,
    /// Whether it is one line among many, and all else is behind that.
    #[prop(optional)]
    folded: bool,
) -> impl IntoView {
    let stores = use_stores();
    let id = StoredValue::new(id);
    let follow = Memo::new(move |_| id.with_value(|id| stores.follows.get(id)));
    let phase = Memo::new(move |_| follow.with(|follow| follow.as_ref().map(Follow::phase)));
    let no_credential = Memo::new(move |_| {
        follow.with(|follow| follow.as_ref().is_some_and(|follow| has_no_credential(stores, follow)))
    });
    let overtaken = Memo::new(move |_| follow.with(|follow| stores.follows.overtaken(follow.as_ref()?)));
    let sentence = Memo::new(move |_| {
        follow.with(|follow| match (follow, overtaken.get()) {
            (None, _) => String::new(),
            (_, Some(Overtaken::SentAgain)) => follow_words().sent_again.to_owned(),
            (Some(follow), Some(Overtaken::ByAnother)) => (follow_words().overtaken)(&headline(follow)),
            _ if no_credential.get() => follow_words().no_credential.to_owned(),
            (Some(follow), None) => headline(follow),
        })
    });
    let label = move || {
        follow.with(|follow| {
            let label = region_name(follow.as_ref()?);
            // No two regions have the same name: calls of one second are counted.
            let ids = stores.follows.ids();
            let before = ids.iter().rev().take_while(|other| id.with_value(|id| *other != id));
            let same = before.filter_map(|other| stores.follows.get(other)).filter(|other| region_name(other) == label);
            Some(match same.count() {
                0 => label,
                before => format!("{label} ({})", before + 1),
            })
        })
    };
    let title = named.then(|| {
        let shown = move || {
            follow.with(|follow| {
                follow.as_ref().map(|follow| {
                    let href = Route::Operation { api: follow.origin.api.clone(), id: follow.origin.operation.clone() };
                    let (act, subject) = (follow.origin.act.clone(), follow.origin.subject.clone());
                    view! { <a href=href.to_hash()>{act}</a>" "<code class="breakable">{subject}</code> }.into_any()
                })
            })
        };
        view! { <p class="follow-name">{move || shown()}</p> }.into_any()
    });
    let way = Memo::new(move |_| {
        follow.with(|follow| {
            let follow = follow.as_ref()?;
            // The answer above says by which way the call went.
            let is_chosen = stores.settings.connection().name == follow.origin.connection;
            (named || follow.need() == Some(Need::Credential) || !is_chosen).then(|| way(stores, follow))
        })
    });
    let way = move || way.get().map(|way| view! { <p class="muted">{way}</p> }.into_any());
    // Who went on without a credential reads what is missing, until it is there.
    let wants_to_go_on = RwSignal::new(false);
    let lacks = Memo::new(move |_| {
        follow.with(|follow| {
            let in_need = follow.as_ref().filter(|follow| follow.need() == Some(Need::Credential));
            in_need.filter(|_| wants_to_go_on.get()).map(|follow| lacks(stores, follow).join(" ")).unwrap_or_default()
        })
    });
    Effect::new(move |_| {
        let lacks = lacks.get();
        if !lacks.is_empty() {
            stores.shell.announce(lacks);
        }
    });
    let lacks = move || {
        let lacks = lacks.get();
        (!lacks.is_empty()).then(|| view! { <p class="notice" data-tone="unsure">{lacks}</p> }.into_any())
    };
    let details = move || follow.with(|follow| follow.as_ref().map(details));
    let times = move || follow.with(|follow| follow.as_ref().map(|follow| times(stores, follow, no_credential.get())));
    // Buttons stay while only times change: the focus must not be lost.
    let can = Memo::new(move |_| {
        follow.with(|follow| follow.as_ref().map(|follow| Can::of(stores, follow)).unwrap_or_default())
    });
    // A button that was pressed may be gone: the focus goes to what it brought.
    let pressed = RwSignal::new(false);
    let headline_id = id.with_value(|id| format!("follow-{id}"));
    Effect::new(move |_| {
        can.track();
        if pressed.get_untracked() {
            pressed.set(false);
            let headline = id.with_value(|id| format!("follow-{id}"));
            dom::next_frame(move || dom::focus_if_lost(&headline));
        }
    });
    let actions = move || {
        let can = can.get();
        actions(stores, id.get_value(), Can { dismiss: can.dismiss && !folded, ..can }, pressed, wants_to_go_on)
    };
    // It stands still until somebody does something.
    let needs_credential =
        Memo::new(move |_| follow.with(|follow| follow.as_ref().is_some_and(|f| f.need() == Some(Need::Credential))));
    let icon = move || match phase.get() {
        _ if overtaken.get().is_some() => ().into_any(),
        _ if needs_credential.get() => view! { <Icon name=IconName::Unsure/>" " }.into_any(),
        Some(Phase::Verified | Phase::Completed) => view! { <Icon name=IconName::Good/>" " }.into_any(),
        Some(Phase::Failed | Phase::NotCarriedOut) => view! { <Icon name=IconName::Bad/>" " }.into_any(),
        Some(Phase::Unknown) => view! { <Icon name=IconName::Unsure/>" " }.into_any(),
        _ => view! { <Icon name=IconName::Running/>" " }.into_any(),
    };
    let rest = view! {
        {move || way()}
        {move || lacks()}
        {move || bar(follow)}
        <p class="follow-times muted">{move || times()}</p>
        {move || details()}
        {move || actions()}
    };
    let content = if folded {
        let summary = move || follow.with(|follow| follow.as_ref().map(call_line));
        let dismiss = move || can.get().dismiss.then(|| dismiss(stores, id, folded));
        view! {
            // What waits for somebody is in sight.
            <details open=needs_credential.get_untracked()>
                <summary id=headline_id>
                    <span class="follow-headline" role="status">
                        {move || icon()}<span>{move || sentence.get()}</span>
                    </span>
                    {move || summary()}
                </summary>
                <div class="follow-rest">{title}{rest}</div>
            </details>
            {move || dismiss()}
        }
        .into_any()
    } else {
        view! {
            {title}
            <p id=headline_id tabindex="-1" class="follow-headline" role="status">
                {move || icon()}<span>{move || sentence.get()}</span>
            </p>
            {rest}
        }
        .into_any()
    };
    view! {
        <section
            class="follow"
            aria-label=move || label()
            data-folded=folded.then_some("")
            data-follow=move || phase.get().map(Phase::name)
            data-needs-credential=move || needs_credential.get().to_string()
            data-overtaken=move || overtaken.get().is_some().to_string()
        >
            {content}
        </section>
    }
}

/// What was called, and when.
fn call_line(follow: &Follow) -> AnyView {
    let (act, subject) = (follow.origin.act.clone(), follow.origin.subject.clone());
    let time = dates::time_of_day(follow.started().unix_timestamp());
    view! { <span class="muted">{act}" "<code class="breakable">{subject}</code>" · "{time}</span> }.into_any()
}

/// The button that takes a change off the page.
fn dismiss(stores: Stores, id: StoredValue<String>, folded: bool) -> AnyView {
    let click = move |_| {
        id.with_value(|id| stores.follows.remove(id));
        // The button goes with it: what is read next is the page.
        dom::next_frame(|| dom::focus_if_lost(MAIN_ID));
    };
    // Among many of them it says what it takes away.
    let follow = untrack(|| id.with_value(|id| stores.follows.get(id))).filter(|_| folded);
    let label = follow.map(|follow| format!("{} {}", words().pages.dismiss, name(&follow)));
    view! {
        <button type="button" class="button quiet" aria-label=label on:click=click>{words().pages.dismiss}</button>
    }
    .into_any()
}

/// The call that a region is about.
fn region_name(follow: &Follow) -> String {
    let time = dates::time_of_day(follow.started().unix_timestamp());
    let way = format!("{} {}", words().via, follow.origin.connection);
    format!("{}: {} {time} {way}", follow_words().title, name(follow))
}

/// Where its looks go, and who signs them.
fn way(stores: Stores, follow: &Follow) -> String {
    let origin = &follow.origin;
    let title = |profile: ProfileSummary| format!("{}: {}", profile.provider, profile_words(stores, &profile));
    let chosen = || {
        let key = OperationKey { api: origin.api.clone(), operation: origin.operation.clone() };
        stores.profiles.chosen(&stores.follows.operation(key)?.provider)
    };
    let profile = match origin.profile.map(|id| stores.profiles.summary(id)) {
        Some(Some(own)) => title(own),
        Some(None) => (follow_words().profile_gone)(&chosen().map(title).unwrap_or_default()),
        None => String::new(),
    };
    let connection = (!stores.follows.is_simulated(follow)).then_some(origin.connection.as_str());
    (follow_words().looks)(connection, &origin.region, &profile)
}

/// How far it has got, where the provider says it as a percentage. It has its place before and after that.
fn bar(follow: Memo<Option<Follow>>) -> Option<AnyView> {
    follow.with(|follow| {
        let follow = follow.as_ref().filter(|follow| follow.has_progress())?;
        let running = follow.progress().filter(|_| follow.phase() == Phase::Running);
        let percent = running.and_then(|progress| progress.trim_end_matches('%').trim().parse::<f64>().ok());
        let label = follow_words().progress;
        let bar = percent.map(|percent| {
            view! { <progress max="100" value=percent.clamp(0.0, 100.0).to_string() aria-label=label></progress> }
                .into_any()
        });
        Some(view! { <div class="follow-bar">{bar}</div> }.into_any())
    })
}

/// When it began, when was the last look and when is the next.
fn times(stores: Stores, follow: &Follow, no_credential: bool) -> String {
    let is_over = follow.end().is_some();
    if !is_over {
        stores.clocks.now.track();
    }
    let now = stores.follows.now(follow);
    let last = follow.last_look();
    // Who stops looking does not stop the time.
    let end = last.filter(|_| is_over).map_or(now, |look| look.at);
    let mut parts = vec![(follow_words().since)((end - follow.started()).whole_seconds())];
    if follow.looks() > 0 {
        // The evidence below has the time of its answer.
        let over = last.filter(|_| !follow.is_looking());
        let at = over.map_or(follow.looked(), |look| look.at);
        let is_unanswered = over.is_some_and(|look| look.is_unanswered);
        let at = dates::time_of_day(at.unix_timestamp());
        parts.push((follow_words().last_look)(&at, follow.looks(), is_unanswered));
    }
    if follow.is_looking() {
        parts.push(follow_words().looking.to_owned());
    } else if follow.next_look().is_some() && !fetch::is_online() {
        parts.push(follow_words().offline.to_owned());
    } else if let Some(next) = follow.next_look().filter(|_| !no_credential) {
        parts.push((follow_words().next_look)((next - now).whole_seconds().max(0), follow.looks() == 0));
    }
    let speed = stores.follows.speed();
    if speed > 1 && stores.follows.is_simulated(follow) {
        parts.push((follow_words().speed)(speed));
    }
    parts.join(" · ")
}

/// What the looks show, and how to see what the API does not show. Its lines are there from the beginning: nothing moves when
/// an answer comes.
fn details(follow: &Follow) -> AnyView {
    let see = follow.see().to_vec();
    let see = (!see.is_empty() && !follow.is_recovering()).then(|| {
        let steps = see.into_iter().map(|step| view! { <li>{step}</li> }.into_any()).collect_view();
        view! { <p>{follow_words().how_to_see}</p><ol>{steps}</ol> }.into_any()
    });
    view! { {shown(follow)}{see} }.into_any()
}

/// Why the last look brought nothing, and what the last one that was answered showed.
pub(crate) fn evidence(follow: &Follow) -> AnyView {
    let is_said = matches!(follow.end(), Some(End::Unknown(Why::NoAnswer)));
    let is_unanswered = !is_said && follow.last_look().is_some_and(|look| look.is_unanswered);
    let trouble = is_unanswered.then(|| notice(follow_words().no_answer.to_owned()));
    view! { {trouble}{shown(follow)} }.into_any()
}

fn notice(trouble: String) -> AnyView {
    view! { <p class="notice" data-tone="unsure">{trouble}</p> }.into_any()
}

/// The same for whoever reads beside it that the last look got no answer.
fn shown(follow: &Follow) -> AnyView {
    let last = follow.last_look();
    let refusal = last.and_then(|look| look.refusal.as_ref());
    // The headline has said so.
    let is_said = matches!(follow.end(), Some(End::Unknown(Why::Refused(_))));
    let trouble = refusal.filter(|_| !is_said).map(|refusal| notice((follow_words().refused)(refusal)));
    let read = facts(last.and_then(|look| look.observed.as_ref()), follow.shows(), follow.phase() == Phase::Verified);
    let aside = last.and_then(|look| look.aside.as_ref());
    let besides = aside.and_then(|aside| {
        let shown = aside.observation.evidence.iter().map(|(label, value)| (label.as_str(), Some(value.as_str())));
        facts(Some(aside), shown.collect(), false)
    });
    view! { {trouble}{read}{besides} }.into_any()
}

/// What a look read, and when.
fn facts(observed: Option<&Observed>, shown: Vec<(&str, Option<&str>)>, proves: bool) -> Option<AnyView> {
    let read_at = observed.map(|observed| dates::time_of_day(observed.at.unix_timestamp()));
    let caption = (follow_words().evidence)(read_at.as_deref(), proves);
    let row = |(label, value): (&str, Option<&str>)| {
        let value = value.unwrap_or("–").to_owned();
        view! { <dt>{label.to_owned()}</dt><dd><code class="breakable">{value}</code></dd> }.into_any()
    };
    let rows: Vec<AnyView> = shown.into_iter().map(row).collect();
    (!rows.is_empty())
        .then(|| view! { <p class="follow-caption">{caption}</p><dl class="facts">{rows}</dl> }.into_any())
}

/// What a person can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Can {
    look: bool,
    stop: bool,
    resume: bool,
    renew: bool,
    repeat: bool,
    /// A call of the same form is under way: nothing else goes into it.
    is_busy: bool,
    dismiss: bool,
}

impl Can {
    fn of(stores: Stores, follow: &Follow) -> Self {
        let (need, over) = (follow.need(), follow.end().is_some());
        Self {
            look: need.is_none() && matches!(follow.phase(), Phase::Running | Phase::Unknown),
            stop: !over && need != Some(Need::Resume),
            resume: need == Some(Need::Resume),
            renew: need == Some(Need::Credential),
            repeat: follow.may_repeat() && is_known(stores, follow) && stores.follows.overtaken(follow).is_none(),
            is_busy: is_busy(stores, follow),
            dismiss: over || need == Some(Need::Resume),
        }
    }
}

fn actions(stores: Stores, id: String, can: Can, pressed: RwSignal<bool>, wants_to_go_on: RwSignal<bool>) -> AnyView {
    let id = StoredValue::new(id);
    let button = move |shown: bool, label: &'static str, kind: fn() -> EventKind| {
        shown.then(|| {
            let click = move |_| {
                pressed.set(true);
                id.with_value(|id| {
                    // Who wants to look wants it with the credential that is there.
                    if kind() != EventKind::Cancel {
                        stores.follows.adopt(id);
                    }
                    tell(stores, id, kind());
                });
            };
            view! { <button type="button" class="button" on:click=click>{label}</button> }.into_any()
        })
    };
    // What one change lacks, the others of the same profile lack too.
    let renew = can.renew.then(|| {
        let click = move |_| {
            pressed.set(true);
            wants_to_go_on.set(true);
            for id in untrack(|| stores.follows.in_need_of_credential()) {
                stores.follows.adopt(&id);
                tell(stores, &id, EventKind::CredentialReady);
            }
        };
        view! { <button type="button" class="button" on:click=click>{follow_words().go_on}</button> }.into_any()
    });
    let repeat = can.repeat.then(|| view! { <Repeat id=id is_busy=can.is_busy/> }.into_any());
    let dismiss = can.dismiss.then(|| dismiss(stores, id, false));
    let asked = RwSignal::new(notification::is_allowed().is_some());
    let notify = move || {
        (can.stop && !asked.get()).then(|| {
            let click = move |_| {
                wasm_bindgen_futures::spawn_local(async move {
                    notification::ask().await;
                    asked.try_set(true);
                });
            };
            view! { <button type="button" class="button quiet" on:click=click>{follow_words().notify}</button> }
                .into_any()
        })
    };
    view! {
        <div class="actions">
            {renew}
            {button(can.resume, follow_words().resume, || EventKind::Resume)}
            {button(can.look, follow_words().look_now, || EventKind::LookNow)}
            {repeat}
            {button(can.stop, follow_words().stop, || EventKind::Cancel)}
            {dismiss}
            {move || notify()}
        </div>
    }
    .into_any()
}

/// Asks whether to send the call again. What is typed in the form and would be lost is asked about first.
#[component]
fn Repeat(id: StoredValue<String>, is_busy: bool) -> impl IntoView {
    let stores = use_stores();
    let follow = move || id.with_value(|id| untrack(|| stores.follows.get(id)));
    let asks_if = move |()| follow().is_some_and(|follow| would_replace(stores, &follow));
    let send = move |()| {
        if let Some(follow) = follow() {
            send_again(stores, &follow);
        }
    };
    view! {
        <AskButton
            label=follow_words().repeat
            question=words().replace_question
            asks_if=asks_if
            disabled=is_busy
            on_sure=send
        />
        {is_busy.then(|| view! { <span class="muted">{history_words().form_is_busy}</span> }.into_any())}
    }
}
