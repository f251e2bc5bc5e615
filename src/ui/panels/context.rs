//! What the first program tells of itself: the profiles, and what is on the screen.

use crate::credentials::ProfileId;
use crate::sign::SchemeKind;
use crate::ui::browser;
use crate::ui::words::words;
use serde_json::Value;

/// The public half of a profile.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct ProfileView {
    pub(super) id: ProfileId,
    pub(super) name: String,
    pub(super) provider: String,
    pub(super) kind: String,
    pub(super) region: String,
    /// Seconds since 1970.
    pub(super) expires: Option<i64>,
    pub(super) remembered: bool,
    /// Whether it signs for its provider.
    pub(super) chosen: bool,
    /// What is typed and not secret, by label.
    pub(super) public: Vec<(String, String)>,
    /// The labels of the secrets that are in memory.
    pub(super) held: Vec<String>,
    /// What the panels keep with it.
    pub(super) memo: Value,
    raw: Value,
}

impl ProfileView {
    fn read(value: &Value) -> Self {
        let text = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let is = |name: &str| value.get(name).and_then(Value::as_bool).unwrap_or_default();
        let public = value.get("public").and_then(Value::as_object).into_iter().flatten();
        let held = value.get("held").and_then(Value::as_array).into_iter().flatten();
        Self {
            id: text("id").parse().unwrap_or_default(),
            name: text("name"),
            provider: text("provider"),
            kind: text("kind"),
            region: text("region"),
            expires: value.get("expires").and_then(Value::as_i64),
            remembered: is("remembered"),
            chosen: is("chosen"),
            public: public.map(|(label, text)| (label.clone(), text.as_str().unwrap_or_default().to_owned())).collect(),
            held: held.filter_map(|label| Some(label.as_str()?.to_owned())).collect(),
            memo: serde_json::from_str(&text("memo")).unwrap_or_default(),
            raw: value.clone(),
        }
    }

    /// What it is called.
    pub(super) fn title(&self) -> String {
        if self.name.is_empty() { (words().kind_words)(&self.kind).to_owned() } else { self.name.clone() }
    }

    /// Whether the console itself signs with it.
    pub(super) fn is_own(&self) -> bool {
        SchemeKind::of_credential(&self.kind).is_some()
    }

    /// What the first program wrote.
    pub(super) fn raw(&self) -> &Value {
        &self.raw
    }
}

/// All of it.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Context {
    pub(super) profiles: Vec<ProfileView>,
    /// The provider, the region and the project of the operation on the screen; empty where there is none.
    pub(super) provider: String,
    pub(super) region: String,
    /// How many descriptions have arrived.
    pub(super) apis: u64,
    /// Seconds added to the clock when signing.
    pub(super) offset: i64,
    pub(super) sandbox: bool,
    /// The chosen connection, by its name.
    pub(super) connection: String,
    /// The key of the theme.
    pub(super) theme: String,
    /// The configuration is there.
    pub(super) configured: bool,
}

impl Context {
    pub(super) fn read(text: &str) -> Self {
        let value: Value = serde_json::from_str(text).unwrap_or_default();
        let text = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let is = |name: &str| value.get(name).and_then(Value::as_bool).unwrap_or_default();
        let profiles = value.get("profiles").and_then(Value::as_array).into_iter().flatten();
        Self {
            profiles: profiles.map(ProfileView::read).collect(),
            provider: text("provider"),
            region: text("region"),
            apis: value.get("apis").and_then(Value::as_u64).unwrap_or_default(),
            offset: text("offset").parse().unwrap_or_default(),
            connection: text("connection"),
            sandbox: is("sandbox"),
            theme: text("theme"),
            configured: is("configured"),
        }
    }

    /// The profile that signs for a provider.
    pub(super) fn chosen(&self, provider: &str) -> Option<&ProfileView> {
        self.profiles.iter().find(|profile| profile.chosen && profile.provider == provider)
    }

    /// Lets this browser remember the public half of the profiles that the user wants remembered.
    pub(super) fn remember(&self) {
        let kept: Vec<&Value> =
            self.profiles.iter().filter(|profile| profile.remembered).map(ProfileView::raw).collect();
        let text = serde_json::to_string(&kept).unwrap_or_default();
        let before = browser::remembered("profiles");
        if before.as_deref().unwrap_or("[]") != text {
            browser::remember("profiles", &text);
        }
    }
}
