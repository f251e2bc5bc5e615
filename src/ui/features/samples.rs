//! The call of the form as a program, beside the form: it follows what is typed.

use crate::call::PlannedCall;
use crate::catalog::Vendor;
use crate::outcome::Severity;
use crate::samples::{Sample, SampleError, SampleKind, kinds, sample};
use crate::ui::components::alert::Notice;
use crate::ui::components::copy_button::CopyButton;
use crate::ui::components::form_field::FieldFrame;
use crate::ui::components::later::OnUse;
use crate::ui::components::select_control::SelectControl;
use crate::ui::on_use::on_use;
use crate::ui::platform::{download, site_files, storage};
use crate::ui::state::operation_form::OperationForm;
use crate::ui::state::use_stores;
use crate::ui::words::{reuse_words, sample_words};
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// Where this tab of the browser keeps the kind that was chosen last.
const KEPT: &str = "sample";

/// The samples.
#[component]
pub(crate) fn Samples(form: OperationForm) -> impl IntoView {
    view! { <OnUse load=Box::new(move || Box::pin(samples(form)))/> }
}

on_use! { answers => fn samples(form: OperationForm) -> AnyView { view! { <SampleOfForm form=form/> }.into_any() } }

#[component]
fn SampleOfForm(form: OperationForm) -> impl IntoView {
    let stores = use_stores();
    let operation = form.operation();
    let file = untrack(|| stores.site.api(&operation.api)).and_then(|api| api.samples_file());
    // Until the file has come, nothing is shown: it names the variables.
    let vendor = RwSignal::new(file.is_none().then(Vendor::default));
    let complaint = RwSignal::new(None::<String>);
    if let Some(file) = file {
        spawn_local(async move {
            let loaded = match site_files::fetch_text(&file).await {
                Ok(text) => Vendor::load(&text, &operation.id).map_err(|error| error.to_string()),
                Err(error) => Err(error),
            };
            // The page may have been left.
            complaint.try_set(loaded.as_ref().err().map(|why| format!("{file}: {why}")));
            vendor.try_set(Some(loaded.unwrap_or_default()));
        });
    }
    let offered = Memo::new(move |_| vendor.with(|vendor| vendor.as_ref().map(kinds).unwrap_or_default()));
    let wanted = RwSignal::new(storage::kept_in_session(KEPT).unwrap_or_default());
    // What was chosen for another operation may not exist for this one.
    let kind = Memo::new(move |_| {
        let wanted = wanted.get();
        offered.with(|all| all.iter().find(|kind| kind.id == wanted).or(all.first()).copied())
    });
    let made = Memo::new(move |_| {
        let connection = stores.settings.connection();
        let (operation, none) = (form.operation(), Vendor::default());
        let make = |kind: SampleKind| {
            stores.profiles.with(|keyring| {
                form.draft.with(|draft| {
                    let planned = PlannedCall { operation: &operation, draft, keyring, connection: &connection };
                    vendor.with(|vendor| sample(&kind, &planned, vendor.as_ref().unwrap_or(&none)))
                })
            })
        };
        kind.get().map(make)
    });
    let options = Signal::derive(move || {
        offered.with(|all| {
            all.iter().map(|kind| (kind.id.to_owned(), kind.title.to_owned())).collect::<Vec<(String, String)>>()
        })
    });
    let chosen = Signal::derive(move || kind.get().map(|kind| kind.id.to_owned()).unwrap_or_default());
    let choose = move |id: String| {
        storage::keep_in_session(KEPT, &id);
        wanted.set(id);
    };
    let frame = FieldFrame::plain("sample-kind", sample_words().kind);
    view! {
        <div class="field">
            <label for=frame.id.clone()>{sample_words().kind}</label>
            <SelectControl frame=frame options=options chosen=chosen on_choose=choose/>
        </div>
        {move || complaint.get().map(|why| {
            view! { <Notice severity=Severity::Warning text=(sample_words().no_tools)(&why)/> }.into_any()
        })}
        {move || shown(made)}
    }
}

fn shown(made: Memo<Option<Result<Sample, SampleError>>>) -> AnyView {
    let Sample { text, file_name, variables, optional_variables, missing } = match made.get() {
        Some(Ok(sample)) => sample,
        Some(Err(error)) => return view! { <p>{(sample_words().error)(&error)}</p> }.into_any(),
        None => return ().into_any(),
    };
    let incomplete = (!missing.is_empty())
        .then(|| view! { <p class="field-warning">{(sample_words().missing)(&missing)}</p> }.into_any());
    let save = (sample_words().save)(&file_name);
    let bytes = text.clone();
    let refused = RwSignal::new(false);
    let download = move |_| refused.set(download::download(&file_name, bytes.as_bytes()).is_none());
    let status = move || if refused.get() { reuse_words().download_refused } else { "" };
    view! {
        <p class="muted">{(sample_words().variables)(&variables, &optional_variables)}</p>
        {incomplete}
        <pre class="code sample" tabindex="0" role="group" aria-label=sample_words().text>{text.clone()}</pre>
        <div class="actions">
            <CopyButton text=text what=sample_words().copied/>
            <button type="button" class="button quiet" on:click=download>{save}</button>
            <span class="muted" role="status">{move || status()}</span>
        </div>
    }
    .into_any()
}
