//! What the columns of a text are about, and what counts where a line says nothing.

use super::reading::{Changed, read_anew};
use crate::credentials::ProfileId;
use crate::fleet::ProviderDefaults;
use crate::fleet::table::Column;
use crate::ui::components::form_field::FieldFrame;
use crate::ui::components::select_control::SelectControl;
use crate::ui::components::text_field::id_of;
use crate::ui::features::fleet::acts::Acts;
use crate::ui::features::profile_words::profile_words;
use crate::ui::state::fleet_choice::Pasted;
use crate::ui::state::use_stores;
use crate::ui::words::{fleet_plan_words, words};
use leptos::prelude::*;
use std::sync::Arc;

/// A list for each column, and whether the first line has their names.
#[component]
pub(super) fn Mapping(
    /// All acts.
    acts: Acts,
) -> impl IntoView {
    let stores = use_stores();
    let pasted = stores.fleet_choice().pasted;
    let text = fleet_plan_words();
    // Name and first value of each column.
    let columns = Memo::new(move |_| {
        pasted.table.with(|table| {
            let Some(Ok(table)) = table else { return Vec::new() };
            let first = table.data().first();
            let column = |place: usize| {
                let name = table.header().map(|header| header.cell(place).to_owned()).unwrap_or_default();
                (name, first.map(|row| row.cell(place).to_owned()).unwrap_or_default())
            };
            (0..table.width).map(column).collect::<Vec<_>>()
        })
    });
    let options = Memo::new(move |_| {
        acts.with(|acts| {
            let all = Column::all(acts);
            all.iter().map(|column| (column.key(), (text.column)(column))).collect::<Vec<(String, String)>>()
        })
    });
    let select = move |(place, (name, first)): (usize, (String, String))| {
        let label = (text.column_label)(place + 1, &name);
        let frame = FieldFrame::plain(&format!("fleet-column-{place}"), &label);
        let chosen = Signal::derive(move || {
            pasted.columns.with(|columns| columns.get(place).map(Column::key).unwrap_or_default())
        });
        let choose = move |key: String| {
            pasted.columns.update(|columns| {
                let column = Column::from_key(&key);
                // Only what is ignored can be there twice.
                columns.iter_mut().filter(|other| **other == column).for_each(|other| *other = Column::Ignored);
                if let Some(own) = columns.get_mut(place) {
                    *own = column;
                }
            });
            let names =
                pasted.table.with_untracked(|table| table.as_ref()?.as_ref().ok().map(|table| Pasted::names(table)));
            pasted.said_of.set(names);
            read_anew(stores, Changed::Rows);
        };
        let example =
            (!first.is_empty()).then(|| view! { <p class="field-help">{(text.such_as)(&first)}</p> }.into_any());
        view! {
            <div class="field">
                <label for=frame.id.clone()>{label}</label>
                <SelectControl frame=frame options=options chosen=chosen on_choose=choose/>
                {example}
            </div>
        }
        .into_any()
    };
    let selects = move || columns.get().into_iter().enumerate().map(select).collect_view();
    let has_header =
        Memo::new(move |_| pasted.table.with(|table| matches!(table, Some(Ok(table)) if table.has_header)));
    let can_turn = Memo::new(move |_| {
        use crate::fleet::table::TableFormat;
        pasted.table.with(|table| matches!(table, Some(Ok(table)) if matches!(table.format, TableFormat::Separated(_))))
    });
    let turn = move |event| {
        let wanted = event_target_checked(&event);
        pasted.table.update(|table| {
            if let Some(Ok(table)) = table {
                Arc::make_mut(table).has_header = wanted;
            }
        });
        read_anew(stores, Changed::Header);
    };
    view! {
        <fieldset class="fleet-mapping">
            <legend>{text.columns}</legend>
            <Show when=move || can_turn.get()>
                <label class="check">
                    <input type="checkbox" prop:checked=move || has_header.get() on:change=turn/>
                    {text.first_line_names}
                </label>
            </Show>
            <div class="fields">{move || selects()}</div>
        </fieldset>
    }
}

/// What counts where a line says nothing: for all lines the API, and for those of a provider the rest.
#[component]
pub(super) fn Defaults(
    /// All acts.
    acts: Acts,
) -> impl IntoView {
    let stores = use_stores();
    let pasted = stores.fleet_choice().pasted;
    let text = fleet_plan_words();
    let apis = Signal::derive(move || {
        let mut apis = vec![(String::new(), words().not_set.to_owned())];
        acts.with(|acts| {
            for act in acts {
                if apis.iter().all(|(id, _)| id != act.api()) {
                    apis.push((act.api().to_owned(), act.operation.api_title.clone()));
                }
            }
        });
        apis
    });
    let api = Signal::derive(move || pasted.defaults.with(|defaults| defaults.provider.clone()));
    let choose_api = move |api: String| {
        pasted.defaults.update(|defaults| defaults.provider = api);
        read_anew(stores, Changed::Rows);
    };
    let frame = FieldFrame::plain("fleet-default-api", text.api);
    let providers = move || {
        let mut names: Vec<String> = Vec::new();
        for act in acts.get() {
            if names.iter().all(|name| name != act.provider()) {
                names.push(act.provider().to_owned());
            }
        }
        names.into_iter().map(|name| view! { <OfProvider provider=name acts=acts/> }.into_any()).collect_view()
    };
    // Somebody who brings no column for it needs it.
    let is_needed = untrack(|| {
        pasted.columns.with(|columns| {
            [Column::Provider, Column::Act, Column::Region].iter().any(|column| !columns.contains(column))
        })
    });
    view! {
        <details class="fleet-defaults" open=is_needed>
            <summary>{text.defaults}</summary>
            <p class="field-help">{text.defaults_help}</p>
            <div class="fields">
                <div class="field">
                    <label for=frame.id.clone()>{text.api}</label>
                    <SelectControl frame=frame options=apis chosen=api on_choose=choose_api/>
                </div>
            </div>
            {move || providers()}
        </details>
    }
}

/// What counts for the lines of a provider.
#[component]
fn OfProvider(
    /// Its name.
    provider: String,
    /// All acts.
    acts: Acts,
) -> impl IntoView {
    let stores = use_stores();
    let pasted = stores.fleet_choice().pasted;
    let text = fleet_plan_words();
    let id = id_of("fleet-default", &provider);
    let own = provider.clone();
    let own_acts = untrack(|| acts.get()).into_iter().filter(|act| act.provider() == own).collect::<Vec<_>>();
    let provider = StoredValue::new(provider);
    let read = move |get: fn(&ProviderDefaults) -> String| {
        pasted.defaults.with(|defaults| {
            provider.with_value(|provider| defaults.providers.get(provider).map(get)).unwrap_or_default()
        })
    };
    let change = move |set: Box<dyn FnOnce(&mut ProviderDefaults)>| {
        pasted.defaults.update(|defaults| set(defaults.providers.entry(provider.get_value()).or_default()));
        read_anew(stores, Changed::Rows);
    };
    let act_options: Vec<(String, String)> = std::iter::once((String::new(), words().not_set.to_owned()))
        .chain(own_acts.iter().map(|act| (act.id.clone(), format!("{} · {}", act.short, act.operation.api_title))))
        .collect();
    let mut regions: Vec<(String, String)> = Vec::new();
    let mut fields: Vec<(String, String)> = Vec::new();
    for act in &own_acts {
        for region in &act.regions {
            if regions.iter().all(|(known, _)| *known != region.region) {
                regions.push((region.region.clone(), region.label.clone()));
            }
        }
        for field in act.required() {
            if fields.iter().all(|(known, _)| *known != field.name) {
                fields.push((field.name.clone(), field.label.clone()));
            }
        }
    }
    let act = FieldFrame::plain(&format!("{id}-act"), text.act);
    let signer = FieldFrame::plain(&format!("{id}-profile"), words().profile);
    let region_id = format!("{id}-region");
    let regions_id = format!("{id}-regions");
    let region_options =
        regions.into_iter().map(|(region, label)| view! { <option value=region>{label}</option> }.into_any());
    let profiles = Signal::derive(move || {
        let own = stores.profiles.summaries().into_iter();
        let own = own.filter(|profile| provider.with_value(|provider| profile.provider == *provider));
        let own = own.map(|profile| (profile.id.to_string(), profile_words(stores, &profile)));
        std::iter::once((String::new(), text.chosen_profile.to_owned())).chain(own).collect::<Vec<_>>()
    });
    let chosen_act = Signal::derive(move || read(|defaults| defaults.act.clone()));
    let chosen_profile =
        Signal::derive(move || read(|defaults| defaults.profile.map(|id| id.to_string()).unwrap_or_default()));
    let choose_act = move |act: String| change(Box::new(move |defaults| defaults.act = act));
    let choose_profile =
        move |id: String| change(Box::new(move |defaults| defaults.profile = id.parse::<ProfileId>().ok()));
    let type_region = move |event| {
        let region = event_target_value(&event).trim().to_owned();
        change(Box::new(move |defaults| defaults.region = region));
    };
    let field = |(name, label): (String, String)| {
        let own_id = format!("{id}-{name}");
        let label = (text.field_label)(&name, &label);
        let name = StoredValue::new(name);
        let value = move || {
            pasted.defaults.with(|defaults| {
                let own = provider.with_value(|provider| defaults.providers.get(provider));
                own.and_then(|own| name.with_value(|name| own.fields.get(name).cloned())).unwrap_or_default()
            })
        };
        let set = move |event| {
            let text = event_target_value(&event).trim().to_owned();
            change(Box::new(move |defaults| {
                if text.is_empty() {
                    name.with_value(|name| defaults.fields.shift_remove(name));
                } else {
                    defaults.fields.insert(name.get_value(), text);
                }
            }));
        };
        view! {
            <div class="field">
                <label for=own_id.clone()>{label}</label>
                <input
                    id=own_id
                    type="text"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    prop:value=move || value()
                    on:change=set
                />
            </div>
        }
        .into_any()
    };
    let fields = fields.into_iter().map(field).collect_view();
    view! {
        <fieldset class="fleet-mapping">
            <legend>{provider.get_value()}</legend>
            <div class="fields">
                <div class="field">
                    <label for=act.id.clone()>{text.act}</label>
                    <SelectControl frame=act options=Signal::stored(act_options) chosen=chosen_act on_choose=choose_act/>
                </div>
                <div class="field">
                    <label for=region_id.clone()>{words().region}</label>
                    <input
                        id=region_id
                        type="text"
                        list=regions_id.clone()
                        autocomplete="off"
                        autocapitalize="off"
                        spellcheck="false"
                        prop:value=move || read(|defaults| defaults.region.clone())
                        on:change=type_region
                    />
                    <datalist id=regions_id>{region_options.collect_view()}</datalist>
                </div>
                {fields}
                <div class="field">
                    <label for=signer.id.clone()>{words().profile}</label>
                    <SelectControl frame=signer options=profiles chosen=chosen_profile on_choose=choose_profile/>
                </div>
            </div>
        </fieldset>
    }
}
