//! The controls of the console as its user handles them. What the page draws anew or moves meanwhile is looked for again.

use serde_json::{Value, json};
use thirtyfour::error::WebDriverErrorInner;
use thirtyfour::prelude::*;

use crate::browser::retry;
use crate::page::Page;

impl Page {
    /// Chooses the connection at the top of the page.
    pub(crate) async fn connect_by(&self, connection: &str) {
        self.choose("Connection", connection).await;
        let chosen = format!(
            "tidy(find('choice', 'Connection').selectedOptions[0].textContent).startsWith({})",
            json!(connection)
        );
        self.wait_for(&format!("find('dialog', 'examples') !== null || {chosen}")).await;
        self.settled().await;
        // Example values of the simulation are taken along here; another test looks at the question.
        if self.has("dialog", "examples").await {
            self.click("button", "Keep them").await;
            self.wait_for("find('dialog', 'examples') === null").await;
        }
        self.wait_for(&chosen).await;
    }

    /// Waits until the page has done what it has put off until the browser has nothing else to do.
    pub(crate) async fn settled(&self) {
        self.later("const done = arguments[0]; requestIdleCallback(() => done(true), { timeout: 2000 });").await;
    }

    /// Clicks it. What is drawn anew, moved or covered meanwhile is looked for again, and a click that arrived elsewhere
    /// is repeated.
    pub(crate) async fn click(&self, kind: &str, name: &str) {
        // A complete credential is one line: what its inputs have around them is behind Change.
        let around = [
            "All credentials",
            "Profile",
            "Forget secret",
            "Temporary keys (STS)",
            "New profile",
            "Get temporary keys",
        ];
        let is_around = around.contains(&name) || name.starts_with("Renew: ");
        retry(&format!("a click on the {kind} “{name}”"), async || {
            if is_around && !self.has(kind, name).await {
                self.try_script("document.getElementById('credential-change')?.click();", Vec::new()).await?;
            }
            let element = self.find_now(kind, name).await?;
            let argument = vec![element.to_json().expect("an element")];
            let before = "const element = arguments[0];
                element.scrollIntoView({ block: 'center', behavior: 'instant' });
                element.isClicked = false;
                element.addEventListener('click', () => { element.isClicked = true; }, { capture: true, once: true });";
            self.try_script(before, argument.clone()).await?;
            clicked(element.click().await)?;
            // What is gone since then has done what it is for.
            match self.try_script("return !arguments[0].isConnected || arguments[0].isClicked;", argument).await {
                Ok(Value::Bool(false)) => Err("something else got the click".to_owned()),
                _ => Ok(()),
            }
        })
        .await;
    }

    /// Clicks where the selector finds something, once: as a hand does, which does not try again.
    pub(crate) async fn click_once(&self, selector: &str) {
        let element = self.element("return document.querySelector(arguments[0]);", vec![json!(selector)]).await;
        element.expect("something to click").click().await.expect("a click");
    }

    /// Opens what a control is folded into.
    async fn unfold_to(&self, label: &str) {
        let script = "if (!find('field', arguments[0]) && !find('choice', arguments[0])) unfoldTo(arguments[0]);";
        // What stands inside a credential that is one line is folded twice.
        for _ in 0..2 {
            self.script(script, vec![json!(label)]).await;
        }
        // The content of these comes when they are opened for the first time.
        let inside = [
            ("Profile", "Profile name"),
            ("Temporary keys (STS)", "Answer of the token service"),
            ("Temporary keys (STS)", "Expires at (optional)"),
        ];
        for (summary, _) in inside.iter().filter(|(_, inside)| *inside == label) {
            if self.eval("document.getElementById('form') !== null").await {
                self.wait_for("document.querySelector('.credential-tools details') !== null").await;
            }
            let open = "const all = [...document.querySelectorAll('.credential-tools details')];
                const mine = all.find((one) => tidy(one.querySelector('summary').textContent) === arguments[0]);
                if (mine && !mine.open && !find('field', arguments[1])) mine.open = true;";
            self.script(open, vec![json!(summary), json!(label)]).await;
        }
    }

    /// Replaces what stands in an input, as by pasting, and leaves it.
    pub(crate) async fn fill(&self, label: &str, text: &str) {
        self.enter(label, text).await;
        self.script("document.activeElement.blur();", Vec::new()).await;
    }

    /// The same, and the focus stays there. Focus and text are one step: where the page moves the focus in between, the
    /// text would go elsewhere. An input that did not take the text is looked for again.
    pub(crate) async fn enter(&self, label: &str, text: &str) {
        let replace = r"const [label, text] = arguments, field = find('field', label);
            if (!field) return 'there is none';
            let taken = field.value;
            const look = () => { taken = field.value; };
            field.focus();
            if (document.activeElement !== field) return 'it does not take the focus';
            field.select();
            field.addEventListener('input', look, { capture: true, once: true });
            if (text !== '') document.execCommand('insertText', false, text);
            else if (field.value !== '') document.execCommand('delete');
            field.removeEventListener('input', look, { capture: true });
            const plain = (text) => text.replace(/\s/g, '');
            return plain(taken) === plain(text) ? '' : 'it does not take the text';";
        retry(&format!("the field “{label}” to be filled"), async || {
            self.unfold_to(label).await;
            match self.try_script(replace, vec![json!(label), json!(text)]).await?.as_str() {
                Some("") => Ok(()),
                why => Err(why.unwrap_or_default().to_owned()),
            }
        })
        .await;
    }

    /// Fills the form with the example of the simulation.
    pub(crate) async fn fill_example(&self) {
        self.click("button", "Fill in an example").await;
        self.announces("Filled in.").await;
    }

    /// Fills several inputs.
    pub(crate) async fn fill_all(&self, inputs: &[(&str, &str)]) {
        for (label, text) in inputs {
            match *label {
                "ssl_option" | "X-Language" => self.choose(label, text).await,
                _ => self.fill(label, text).await,
            }
        }
    }

    /// What stands in an input.
    pub(crate) async fn value(&self, label: &str) -> String {
        let value = retry(&format!("the field “{label}”"), async || {
            self.unfold_to(label).await;
            self.try_script("return find('field', arguments[0]).value;", vec![json!(label)]).await
        })
        .await;
        value.as_str().unwrap_or_default().to_owned()
    }

    /// Chooses the first option whose words begin so, or the button of this value. A list that is drawn anew meanwhile is
    /// looked at again.
    pub(crate) async fn choose(&self, label: &str, option: &str) {
        let script = "const list = find('choice', arguments[0]);
            const radios = [...document.querySelectorAll('main input[type=radio]')].filter((radio) => radio.name === arguments[0]);
            const radio = radios.find((radio) => radio.value === arguments[1]);
            if (radio) return radio;
            return list && [...list.options].find((option) => tidy(option.textContent).startsWith(arguments[1])) || null;";
        retry(&format!("{option} in {label} to be chosen"), async || {
            self.unfold_to(label).await;
            let element = self.element(script, vec![json!(label), json!(option)]).await?;
            let argument = vec![element.to_json().expect("an element")];
            let before = "const [one] = arguments;
                one.closest('label, select')?.scrollIntoView({ block: 'center', behavior: 'instant' });
                one.isTaken = one.selected || one.checked;
                one.closest('select, input').addEventListener('change', () => { one.isTaken = true; }, { capture: true, once: true });";
            self.try_script(before, argument.clone()).await?;
            clicked(element.click().await)?;
            let is_chosen = "return !arguments[0].isConnected || arguments[0].isTaken;";
            match self.try_script(is_chosen, argument).await {
                Ok(Value::Bool(false)) => Err("it is not chosen".to_owned()),
                _ => Ok(()),
            }
        })
        .await;
    }

    /// The words of the option that is chosen in a list, or the value of the button.
    pub(crate) async fn chosen(&self, label: &str) -> String {
        let script = "const radios = [...document.querySelectorAll('main input[type=radio]')].filter((radio) => radio.name === arguments[0]);
            if (radios.length > 0) return radios.find((radio) => radio.checked)?.value ?? '';
            return tidy(find('choice', arguments[0]).selectedOptions[0].textContent);";
        let chosen = retry(&format!("the list “{label}”"), async || {
            self.unfold_to(label).await;
            self.try_script(script, vec![json!(label)]).await
        })
        .await;
        chosen.as_str().unwrap_or_default().to_owned()
    }
}

/// Whether a click was carried out; else why it is worth another attempt.
fn clicked(result: WebDriverResult<()>) -> Result<(), String> {
    use WebDriverErrorInner::{ElementClickIntercepted, ElementNotInteractable, NoSuchElement, StaleElementReference};
    match result {
        Ok(()) => Ok(()),
        Err(error) => match error.as_inner() {
            ElementClickIntercepted(_) | ElementNotInteractable(_) | NoSuchElement(_) | StaleElementReference(_) => {
                Err(error.to_string())
            }
            _ => panic!("a click: {error}"),
        },
    }
}
