//! The page of an operation: what is in sight, how far it is to the act, what the answer says.

use serde_json::{Value, json};
use thirtyfour::Key;

use crate::page::{
    ACCESS_KEY, HTTPS, HTTPS_INPUTS, HUAWEI_KEY, INSTANCE, INSTANCE_INPUTS, PROJECT, Page, SSL, SSL_INPUTS,
};
use crate::scene::scene;

pub(crate) async fn window_of(page: &Page, width: u32, height: u32) {
    let window = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
    page.browser.devtools("Emulation.setDeviceMetricsOverride", window).await;
    page.wait_for(&format!("innerWidth === {width}")).await;
}

/// The selectors of a list whose elements are not wholly in the window, or are behind something else.
async fn out_of_sight(page: &Page, selectors: &[&str]) -> Vec<String> {
    let script = "return arguments[0].filter((selector) => {
        const element = document.querySelector(selector), box = element?.getBoundingClientRect();
        if (!box || box.top < 0 || box.bottom > innerHeight || box.left < 0 || box.right > innerWidth) return true;
        const top = document.elementFromPoint(box.x + Math.min(box.width / 2, 20), box.y + box.height / 2);
        return !top || !(element.contains(top) || top.contains(element));
    });";
    serde_json::from_value(page.script(script, vec![json!(selectors)]).await).expect("selectors")
}

#[tokio::test]
async fn all_that_decides_is_in_the_window_on_opening() {
    scene()
        .run(async |page| {
            let common = ["#server", "#credential-kind", ".impact summary", "[data-action=send]"];
            let ssl =
                ["[name=instance_id]", "[name=ssl_option]", "[name=ssl_option][value=false]", "[name=project_id]"];
            for (operation, own) in [(SSL, &ssl[..]), (HTTPS, &["[name=InstanceId]"][..])] {
                for connection in ["Sandbox", "Proxy"] {
                    for (width, height) in [(1440, 900), (1024, 768), (390, 844)] {
                        window_of(page, width, height).await;
                        page.open("").await;
                        page.open_operation(operation).await;
                        page.connect_by(connection).await;
                        page.script("scrollTo(0, 0); return null;", Vec::new()).await;
                        let mut wanted = own.to_vec();
                        if width == 390 {
                            wanted.truncate(3);
                            wanted.push("[data-action=send]");
                        } else {
                            wanted.extend(common);
                        }
                        let missing = out_of_sight(page, &wanted).await;
                        assert_eq!(missing, [] as [&str; 0], "{operation} by {connection} at {width} x {height}");
                    }
                }
            }
        })
        .await;
}

/// The words of `main` that are on the screen, with one option of each list.
const WORDS: &str = "(() => {
    const texts = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
    let count = 0;
    while (texts.nextNode()) {
        const text = texts.currentNode, parent = text.parentElement;
        const shown = parent.matches('option') ? parent.selected : isShown(parent) && !parent.closest('.visually-hidden');
        if (shown) count += tidy(text.data).split(' ').filter(Boolean).length;
    }
    return count;
})()";

#[tokio::test]
async fn the_switch_is_near_and_the_words_are_few() {
    scene()
        .run(async |page| {
            for connection in ["Sandbox", "Proxy"] {
                for operation in [SSL, HTTPS] {
                    page.open("").await;
                    page.open_operation(operation).await;
                    page.connect_by(connection).await;
                    let words: u32 = page.eval(WORDS).await;
                    assert!(words <= 180, "{words} words in {operation} by {connection}");
                }
            }
            page.open("").await;
            page.open_operation(SSL).await;
            page.reload().await;
            page.find("action", "send").await;
            page.press(Key::Tab.value().to_string()).await;
            assert_eq!(page.focused().await, "A Skip to content");
            page.press(Key::Enter.value().to_string()).await;
            let mut presses = 1;
            while page.eval::<String>("document.activeElement.name ?? ''").await != "ssl_option" {
                page.press(Key::Tab.value().to_string()).await;
                presses += 1;
                assert!(presses <= 8, "the focus is on {}", page.focused().await);
            }
        })
        .await;
}

#[tokio::test]
async fn the_next_instance_takes_four_interactions() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.connect_by("Proxy").await;
            page.fill_all(&SSL_INPUTS).await;
            page.call().await;
            assert_eq!(
                page.eval::<String>("tidy(document.querySelector('.credential-line').textContent)").await,
                "X-Auth-TokenChange"
            );
            let next = "a0000000000000000000000000000000in07";
            let interactions = [
                page.fill("instance_id", next).await,
                page.choose("ssl_option", "false").await,
                page.send().await,
                page.confirm().await,
            ];
            assert_eq!(interactions.len(), 4);
            page.answer().await;
            let received = page.received_last();
            assert!(
                received.target.ends_with(&format!("/v3/{PROJECT}/instances/{next}/ssl-option")),
                "{}",
                received.target
            );
            assert_eq!(received.body, br#"{"ssl_option":false}"#);
            assert_eq!(received.header("x-auth-token"), "any-token-will-do");
        })
        .await;
}

#[tokio::test]
async fn the_answer_says_what_it_answers_and_when_it_is_old() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.connect_by("Proxy").await;
            page.fill_all(&SSL_INPUTS).await;
            let answer = page.call().await;
            Page::says(&answer, &["SSL on", INSTANCE, "via Proxy", " ms · ", "200 OK"]);
            assert!(!answer.contains("Simulated"), "{answer}");
            for once in ["Accepted", "200 OK", "has read nothing of the change yet"] {
                assert_eq!(answer.matches(once).count(), 1, "{once} in {answer}");
            }
            let old = "The form has changed since.";
            assert!(!answer.contains(old), "{answer}");
            page.choose("ssl_option", "false").await;
            page.shows(old).await;
            page.axe("an old answer").await;
            Page::says(&page.response_text().await, &["SSL on"]);
            page.choose("ssl_option", "true").await;
            page.wait_for("document.querySelector('.answer').dataset.old === 'false'").await;

            page.click("button", "Same for another instance").await;
            page.wait_for("document.activeElement === find('field', 'instance_id')").await;
            let values =
                (page.value("instance_id").await, page.value("project_id").await, page.chosen("ssl_option").await);
            assert_eq!(values, (String::new(), PROJECT.to_owned(), "true".to_owned()));
        })
        .await;
}

/// Notes what moves in the window from here on.
const WATCH: &str = "window.shifts = [];
    const note = (entries) => window.shifts.push(...entries.map((entry) =>
        `${entry.value} ${entry.sources.map(({ node }) => node?.className ?? node?.nodeName)}`));
    const observer = new PerformanceObserver((list) => note(list.getEntries()));
    observer.observe({ type: 'layout-shift' });
    window.flush = () => note(observer.takeRecords());
    window.scrolled = scrollY; return null;";

/// Nothing has moved since [`WATCH`].
async fn nothing_moved(page: &Page, state: &str) {
    assert_eq!(shifts(page).await, [] as [&str; 0], "{state}");
    assert!(page.eval::<bool>("scrollY === window.scrolled").await, "{state} scrolls");
}

#[tokio::test]
async fn nothing_moves_while_a_change_is_followed() {
    scene()
        .run(async |page| {
            window_of(page, 1440, 900).await;
            for (operation, inputs, end) in
                [(SSL, &SSL_INPUTS[..], "completed"), (HTTPS, &HTTPS_INPUTS[..], "verified")]
            {
                page.open_operation(operation).await;
                page.connect_by("Proxy").await;
                page.fill_all(inputs).await;
                page.call().await;
                page.until_followed("running").await;
                page.script(WATCH, Vec::new()).await;
                page.sandbox.set_speed(1000);
                page.look_until(end).await;
                nothing_moved(page, operation).await;
                page.sandbox.set_speed(1);
            }
        })
        .await;
}

#[tokio::test]
async fn nothing_moves_when_an_answer_arrives() {
    scene()
        .run(async |page| {
            window_of(page, 1440, 900).await;
            for (operation, inputs) in [(SSL, &SSL_INPUTS[..]), (HTTPS, &HTTPS_INPUTS[..])] {
                page.open("").await;
                page.open_operation(operation).await;
                page.connect_by("Proxy").await;
                page.fill_all(inputs).await;
                // The first call folds the credential, which its user has asked for; it is the answers that must not move.
                page.call().await;
                for _ in 0..2 {
                    page.send().await;
                    page.script(WATCH, Vec::new()).await;
                    page.confirm().await;
                    page.answer().await;
                    nothing_moved(page, operation).await;
                    let bars = "[...document.querySelectorAll('.results *')].filter((part) => part.scrollHeight > part.clientHeight + 1
                        && ['auto', 'scroll'].includes(getComputedStyle(part).overflowY)).map((part) => part.className)";
                    let bars: Vec<String> = page.eval(bars).await;
                    assert!(bars.len() <= 1, "one scroll bar, not {bars:?}");
                }
            }
        })
        .await;
}

/// What has moved in the window since [`WATCH`].
async fn shifts(page: &Page) -> Vec<String> {
    // What is painted is counted in the frame after it.
    page.later("requestAnimationFrame(() => requestAnimationFrame(() => { window.flush(); arguments[0](); }))").await;
    page.eval("window.shifts").await
}

/// The answer to a change comes when the flow lets it.
const LATE_ANSWER: &str = "const send = window.fetch;
    window.fetch = async (wanted, ...rest) => {
        const { pathname } = new URL(wanted.url ?? wanted, location);
        if (pathname.endsWith('/ssl-option')) await new Promise((done) => { window.answerNow = done; });
        return send(wanted, ...rest);
    };";

#[tokio::test]
async fn on_a_phone_the_page_goes_to_the_result_at_the_press_and_nothing_moves_later() {
    scene()
        .before(LATE_ANSWER)
        .run(async |page| {
            window_of(page, 390, 844).await;
            let still = json!({ "features": [{ "name": "prefers-reduced-motion", "value": "reduce" }] });
            page.browser.devtools("Emulation.setEmulatedMedia", still).await;
            page.open_operation(SSL).await;
            page.connect_by("Proxy").await;
            page.fill_all(&SSL_INPUTS).await;
            page.send().await;
            page.confirm().await;
            page.wait_for(
                "document.querySelector('#response[aria-busy=true]') !== null && window.answerNow !== undefined
                && Math.abs(document.getElementById('result-tab').getBoundingClientRect().top) < 100",
            )
            .await;
            page.script(WATCH, Vec::new()).await;
            page.script("window.answerNow(); return null;", Vec::new()).await;
            page.answer().await;
            nothing_moved(page, "the answer").await;
            page.until_followed("running").await;
            page.script(WATCH, Vec::new()).await;
            page.until_the_change_says("1 look").await;
            nothing_moved(page, "a look").await;
        })
        .await;
}

#[tokio::test]
async fn what_is_looked_up_has_its_height_from_the_press_on() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.connect_by("Proxy").await;
            let height = "[...document.querySelectorAll('.field > .lookup')].map((one) => one.offsetHeight)
                .filter((height) => height > 0)";
            assert_eq!(page.eval::<Vec<u32>>(height).await, [] as [u32; 0]);
            page.click("button", "Look up instance_id").await;
            page.wait_for("document.querySelector('main').textContent.includes('Fill in project_id first')").await;
            let refused: Vec<u32> = page.eval(height).await;
            page.fill_all(&SSL_INPUTS).await;
            page.fill("instance_id", "").await;
            page.click("button", "Look up instance_id").await;
            page.find("button", "More").await;
            assert_eq!(page.eval::<Vec<u32>>(height).await, refused);
        })
        .await;
}

#[tokio::test]
async fn the_tabs_of_the_panel_follow_the_arrows() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            let shown = "tidy(document.querySelector('[role=tabpanel]:not([hidden])').id)";
            let chosen = "tidy(document.querySelector('[role=tab][aria-selected=true]').textContent)";
            assert_eq!(page.eval::<String>(shown).await, "request-panel", "the request until there is a result");
            page.click("tab", "Request").await;
            for (key, wanted) in [
                (Key::Right, "Signature"),
                (Key::Right, "Code"),
                (Key::Right, "Result"),
                (Key::Left, "Code"),
                (Key::Home, "Result"),
                (Key::End, "Code"),
            ] {
                page.press(key.value().to_string()).await;
                assert_eq!(page.focused().await, format!("BUTTON {wanted}"));
                assert_eq!(page.eval::<String>(chosen).await, wanted);
                page.axe(wanted).await;
            }
            assert_eq!(page.eval::<u32>("document.querySelectorAll('[role=tab][tabindex=\"0\"]').length").await, 1);
            page.fill_all(&SSL_INPUTS).await;
            page.call().await;
            assert_eq!(page.eval::<String>(chosen).await, "Result");
        })
        .await;
}

#[tokio::test]
async fn the_question_names_the_act_and_its_conditions_and_is_red_for_a_real_cloud_only() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            let act = "tidy(find('action', 'send').textContent)";
            assert_eq!(page.eval::<String>(act).await, "Switch SSL…");
            page.fill_all(&SSL_INPUTS).await;
            assert_eq!(page.eval::<String>(act).await, "Switch SSL on…");
            for (connection, class, goes) in [
                ("Sandbox", "button primary", "Not sent (simulation)"),
                ("Proxy", "button danger", "Goes to gaussdb.cn-north-4.myhuaweicloud.com through Proxy"),
            ] {
                page.connect_by(connection).await;
                page.shows(goes).await;
                page.send().await;
                page.axe(&format!("the question by {connection}")).await;
                let question = page.words("dialog[open]").await;
                let title = format!("Switch SSL on for {INSTANCE}?");
                Page::says(
                    &question,
                    &[
                        &title,
                        "The instance has more than one node.",
                        PROJECT,
                        &format!("Destination {goes}"),
                        "Switch on and restart",
                    ],
                );
                assert_eq!(page.eval::<String>("find('action', 'confirm').className").await, class);
                // The dialog itself is no stop.
                let mut stops = Vec::new();
                for _ in 0..3 {
                    page.press(Key::Tab.value().to_string()).await;
                    stops.push(page.focused().await);
                }
                assert!(!stops.iter().any(|stop| stop.starts_with("DIALOG")), "{stops:?}");
                page.press(Key::Escape.value().to_string()).await;
                page.wait_for("document.querySelector('dialog[open]') === null").await;
            }
            page.choose("ssl_option", "false").await;
            assert_eq!(page.eval::<String>(act).await, "Switch SSL off…");
            page.open_operation(HTTPS).await;
            assert_eq!(page.eval::<String>(act).await, "Enable HTTPS…");
        })
        .await;
}

#[tokio::test]
async fn a_complete_credential_is_one_line_and_another_region_is_remarked() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.fill_all(&INSTANCE_INPUTS).await;
            page.sign_with(ACCESS_KEY, &HUAWEI_KEY).await;
            assert!(page.has("field", "AccessKey secret").await, "nothing folds under the hands of who types");
            page.click("button", "Done").await;
            page.wait_for("document.activeElement.id === 'credential-change'").await;
            let line: String = page.eval("tidy(document.querySelector('.credential-line > span').textContent)").await;
            assert_eq!(line, "AccessKey · ••••0001");
            page.axe("a credential in one line").await;
            page.click("button", "Change").await;
            page.wait_for("document.activeElement.id === 'credential-kind'").await;
            page.unfold("Profile").await;
            page.fill("Region", "ap-southeast-3").await;
            page.click("button", "Save profile").await;
            let remark = "This profile is for ap-southeast-3, and the call goes to cn-north-4.";
            page.shows(remark).await;
            page.send().await;
            Page::says(&page.words("dialog[open]").await, &[remark]);
            page.click("button", "Cancel").await;
            page.choose("Region", "AP-Singapore").await;
            page.wait_for(&format!("!document.querySelector('main').textContent.includes('{remark}')")).await;
        })
        .await;
}

#[tokio::test]
async fn long_names_leave_the_header_as_it_is() {
    let long = "A connection with a very long name that somebody has given it in config.json for good reasons";
    crate::config::configured(&json!({ "connections": [
        { "name": long, "kind": "proxy", "url": "/proxy/{host}{path}{query}" },
        { "name": "Sandbox", "kind": "sandbox" }
    ] }))
    .run(async |page| {
        page.open_operation(SSL).await;
        page.unfold("Profile").await;
        page.fill("Profile name", &"Production of the platform team ".repeat(4)).await;
        page.click("button", "Save profile").await;
        for (width, height, highest) in [(1440, 900, 56.0), (1024, 768, 56.0), (390, 844, 120.0), (320, 640, 120.0)] {
            window_of(page, width, height).await;
            let header: f64 = page.eval("document.querySelector('.topbar').getBoundingClientRect().height").await;
            assert!(header <= highest, "{header} at {width}");
            let wide: bool =
                page.eval("document.documentElement.scrollWidth > document.documentElement.clientWidth").await;
            assert!(!wide, "at {width}");
            page.find("choice", "Connection").await;
            page.find("choice", "Profile").await;
        }
    })
    .await;
}

#[tokio::test]
async fn what_answers_the_question_is_in_sight_in_any_window() {
    scene()
        .run(async |page| {
            for (operation, inputs) in [(SSL, &SSL_INPUTS[..]), (HTTPS, &HTTPS_INPUTS[..])] {
                page.open_operation(operation).await;
                page.fill_all(inputs).await;
                for (width, height) in [(720, 450), (390, 844), (320, 640)] {
                    window_of(page, width, height).await;
                    page.send().await;
                    page.wait_for("document.querySelector('#confirm .facts') !== null").await;
                    let missing = out_of_sight(page, &["#confirm [autofocus]", "#confirm [data-action=confirm]"]).await;
                    assert_eq!(missing, [] as [&str; 0], "{operation} at {width} x {height}");
                    page.click("button", "Cancel").await;
                }
            }
        })
        .await;
}

#[tokio::test]
async fn capital_letters_of_a_region_become_small_ones() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.connect_by("Proxy").await;
            page.fill_all(&SSL_INPUTS).await;
            page.choose("Region", "Another region").await;
            page.fill("region", "EU-WEST-9").await;
            assert_eq!(page.value("region").await, "eu-west-9", "the user sees what is sent");
            page.call().await;
            assert!(page.received_one().target.starts_with("/gaussdb.eu-west-9.myhuaweicloud.com/"));
        })
        .await;
}

#[tokio::test]
async fn zoomed_and_in_forced_colours_nothing_is_lost() {
    scene()
        .run(async |page| {
            for (operation, inputs) in [(SSL, &SSL_INPUTS[..]), (HTTPS, &HTTPS_INPUTS[..])] {
                // 1440 x 900 at 200 %.
                window_of(page, 720, 450).await;
                page.open("").await;
                page.open_operation(operation).await;
                for colours in ["none", "active"] {
                    let forced = json!({ "features": [{ "name": "forced-colors", "value": colours }] });
                    page.browser.devtools("Emulation.setEmulatedMedia", forced).await;
                    page.axe(&format!("{operation}, forced colours {colours}")).await;
                    page.fill_all(inputs).await;
                    page.call().await;
                    page.axe(&format!("the answer, forced colours {colours}")).await;
                    let lost: Vec<Value> = page
                        .eval("[...document.querySelectorAll('main :is(input, select, button, summary)')].filter((part) => {
                            const box = part.getBoundingClientRect();
                            return isShown(part) && (box.right > document.documentElement.clientWidth || box.left < 0 || box.height < 10);
                        }).map((part) => nameOf(part))")
                        .await;
                    assert_eq!(lost, [] as [Value; 0]);
                }
            }
        })
        .await;
}
