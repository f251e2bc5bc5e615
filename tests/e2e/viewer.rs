//! The body of an answer: folded, searched, filtered, copied, compared, and long.

use crate::page::{KEY_ID, KEY_SECRET, Page, SSL, SSL_INPUTS};
use crate::scene::scene;
use thirtyfour::Key;

const LIST: &str = "#/aliyun-elasticsearch/ListInstance";
const BODY: &str = "document.getElementById('response-body')";
/// The words of the rows that are in the page.
const ROWS: &str = "[...document.querySelectorAll('#response-body .line .words')].map((row) => row.textContent.trim())";
/// The row that the keys are about.
const CURRENT: &str =
    "document.getElementById(document.getElementById('response-body').getAttribute('aria-activedescendant'))";
const ELEMENTS: &str = "document.querySelectorAll('*').length";

/// The path of the row that the keys are about.
const PATH: &str = "document.querySelector('.viewer-path code').textContent";

async fn open_list(page: &Page) {
    page.open_operation(LIST).await;
    page.fill_all(&[("AccessKey ID", KEY_ID), ("AccessKey secret", KEY_SECRET)]).await;
    page.connect_by("Proxy").await;
    page.ask().await;
}

async fn press(page: &Page, key: Key) {
    page.press(key.value().to_string()).await;
}

/// What was copied last.
async fn copied(page: &Page, button: &str) -> String {
    page.script("window.copied.length = 0; return null;", Vec::new()).await;
    page.click("button", button).await;
    page.wait_for("window.copied.length === 1").await;
    page.eval("window.copied[0]").await
}

/// Answers every call through the proxy with a body that a script makes.
fn answering(body: &str, content_type: &str) -> String {
    format!(
        "const original = window.fetch;
        window.fetch = (wanted, ...rest) => new URL(wanted.url ?? wanted, location).pathname.includes('/proxy/')
            ? Promise.resolve(new Response({body}, {{ status: 200, headers: {{ 'content-type': '{content_type}' }} }}))
            : original(wanted, ...rest);"
    )
}

#[tokio::test]
async fn a_body_is_folded_and_unfolded_by_keyboard() {
    scene()
        .run(async |page| {
            open_list(page).await;
            page.wait_for(&format!("{ROWS}.length > 12")).await;
            let all: Vec<String> = page.eval(ROWS).await;
            assert!(all.len() > 12 && all[0] == "{", "{all:?}");
            page.axe("a body with its tools").await;
            page.script(&format!("{BODY}.focus(); return null;"), Vec::new()).await;
            assert_eq!(page.eval::<String>(PATH).await, "$");
            // Left folds the whole, Right unfolds it and then goes into it.
            press(page, Key::Left).await;
            page.wait_for(&format!("{ROWS}.length === 1")).await;
            page.wait_for(&format!("{CURRENT}.getAttribute('aria-expanded') === 'false'")).await;
            assert!(page.eval::<String>(&format!("{ROWS}[0]")).await.contains('…'));
            press(page, Key::Right).await;
            page.wait_for(&format!("{ROWS}.length > 1")).await;
            assert_eq!(page.eval::<Vec<String>>(ROWS).await, all);
            press(page, Key::Right).await;
            page.wait_for(&format!("{PATH} !== '$'")).await;
            // Left folds what is open; then it leads to what that is in.
            press(page, Key::Left).await;
            press(page, Key::Left).await;
            page.wait_for(&format!("{PATH} === '$'")).await;
            press(page, Key::End).await;
            press(page, Key::Home).await;
            page.wait_for(&format!("{PATH} === '$'")).await;
            press(page, Key::Down).await;
            page.wait_for(&format!("{PATH} !== '$'")).await;
            assert!(page.eval::<bool>(&format!("document.activeElement === {BODY}")).await, "one stop for Tab");
            // The same by mouse.
            page.click("button", "Fold all").await;
            page.wait_for(&format!("{ROWS}.length < 12")).await;
            page.axe("a folded body").await;
            page.click("button", "Unfold all").await;
            page.wait_for(&format!("{ROWS}.length === {}", all.len())).await;
            page.script("document.querySelector('#response-body .fold').click(); return null;", Vec::new()).await;
            page.wait_for(&format!("{ROWS}.length === 1")).await;
        })
        .await;
}

#[tokio::test]
async fn a_search_finds_what_is_folded_and_says_how_often() {
    scene()
        .run(async |page| {
            open_list(page).await;
            page.click("button", "Fold all").await;
            page.enter("Search in the body", "INSTANCEID").await;
            page.wait_for(
                "/^[0-9]+ matches$/.test(document.querySelector('.viewer-search [role=status]').textContent)",
            )
            .await;
            let count = "parseInt(document.querySelector('.viewer-search [role=status]').textContent)";
            let matches: u32 = page.eval(count).await;
            assert!(matches > 1, "{matches}");
            press(page, Key::Enter).await;
            let said = |ordinal: u32| {
                format!(
                    "document.querySelector('.viewer-search [role=status]').textContent === '{ordinal} of {matches}'"
                )
            };
            page.wait_for(&said(1)).await;
            page.wait_for("document.querySelector('#response-body [aria-selected=true] mark') !== null").await;
            page.axe("a match").await;
            page.click("button", "Previous match").await;
            page.wait_for(&said(matches)).await;
            page.click("button", "Next match").await;
            page.wait_for(&said(1)).await;
            // What stands in a line as it is laid out, over the borders of its words.
            page.enter("Search in the body", "\"status\": \"active\"").await;
            press(page, Key::Enter).await;
            page.wait_for("document.querySelector('#response-body [aria-selected=true] mark') !== null").await;
            let marked = "[...document.querySelectorAll('#response-body [aria-selected=true] mark')].map((mark) => mark.textContent).join('')";
            assert_eq!(page.eval::<String>(marked).await, "\"status\": \"active\"");
            assert_eq!(page.eval::<String>(&format!("{BODY}.querySelector('[role=treeitem]').getAttribute('aria-level')")).await, "1");
            page.enter("Search in the body", "no such words").await;
            page.announces("No match").await;
        })
        .await;
}

#[tokio::test]
async fn a_path_filters_and_values_and_paths_are_copied() {
    scene()
        .run(async |page| {
            open_list(page).await;
            page.enter("JSON path", "$.Result[0].instanceId").await;
            page.announces("1 value").await;
            page.wait_for(&format!("{ROWS}.length === 1")).await;
            let value = copied(page, "Copy value of the line").await;
            assert!(value.starts_with("es-cn-"), "{value}");
            assert_eq!(copied(page, "Copy path of the line").await, "$['Result'][0]['instanceId']");
            assert_eq!(copied(page, "Copy pointer of the line").await, "/Result/0/instanceId");
            page.axe("a filtered body").await;
            page.enter("JSON path", "$.Result[?").await;
            page.announces("The path cannot be read from character 10 on. Everything is shown.").await;
            page.enter("JSON path", "").await;
            page.wait_for(&format!("{ROWS}.length > 12")).await;
            let whole = copied(page, "Copy body").await;
            assert!(whole.starts_with("{\n  \"") && whole.contains(&value));
            assert!(!whole.contains(KEY_SECRET));

            page.click("button", "Raw").await;
            page.wait_for(&format!("{BODY}.getAttribute('role') === 'group'")).await;
            let raw = copied(page, "Copy body").await;
            assert!(!raw.contains("\n  \"") && raw.contains(&value));
            page.axe("a raw body").await;
            page.click("button", "Raw").await;
            page.wait_for(&format!("{ROWS}.length > 12")).await;
        })
        .await;
}

#[tokio::test]
async fn a_short_body_has_no_tools_until_somebody_wants_them() {
    scene()
        .run(async |page| {
            page.open_operation(SSL).await;
            page.connect_by("Proxy").await;
            page.fill_all(&SSL_INPUTS).await;
            page.call().await;
            assert!(!page.has("field", "Search in the body").await);
            page.wait_for(&format!("{ROWS}.length === 3")).await;
            page.click("button", "Body tools").await;
            page.find("field", "Search in the body").await;
            page.axe("the tools of a short body").await;
            page.click("button", "Body tools").await;
            page.wait_for("find('field', 'Search in the body') === null").await;
        })
        .await;
}

#[tokio::test]
async fn two_answers_are_compared_and_no_secret_is_in_it() {
    scene()
        .run(async |page| {
            open_list(page).await;
            assert!(!page.has("details", "Compare with an earlier answer").await, "there is no earlier one");
            page.fill("size", "1").await;
            page.ask().await;
            page.click("details", "Compare with an earlier answer").await;
            page.find("choice", "Earlier answer").await;
            page.wait_for("document.querySelector('.comparison [data-change=removed]') !== null").await;
            let words: String = page.eval("wordsOf(document.querySelector('.comparison'))").await;
            Page::says(&words, &["only in the earlier one.", "Only in the earlier answer:"]);
            assert!(!words.contains(KEY_SECRET));
            page.axe("a comparison").await;
        })
        .await;
}

#[tokio::test]
async fn five_megabytes_stay_below_two_thousand_elements() {
    let item = "{ InstanceId: 'es-cn-' + i, description: 'x'.repeat(60), status: 'active', nodeAmount: i }";
    let body =
        format!("JSON.stringify({{ RequestId: 'r', Body: Array.from({{ length: 40000 }}, (_, i) => ({item})) }})");
    scene()
        .before(&answering(&body, "application/json"))
        .run(async |page| {
            open_list(page).await;
            // A worker reads it: the lines come a moment after the rest of the answer. Every line has its place.
            page.wait_for(&format!("{BODY}.scrollHeight > 200000 * 20")).await;
            assert!(page.eval::<u32>(ELEMENTS).await < 2000);
            page.axe("five megabytes").await;
            page.enter("Search in the body", "es-cn-39999").await;
            press(page, Key::Enter).await;
            page.wait_for("document.querySelector('#response-body [aria-selected=true] mark') !== null").await;
            let sight = format!(
                "(() => {{ const row = {CURRENT}.getBoundingClientRect(), body = {BODY}.getBoundingClientRect();
                return row.top >= body.top && row.bottom <= body.bottom; }})()"
            );
            page.wait_for(&sight).await;
            assert!(page.eval::<u32>(ELEMENTS).await < 2000);
            page.script(&format!("{BODY}.focus(); return null;"), Vec::new()).await;
            press(page, Key::Home).await;
            page.wait_for(&format!("{BODY}.scrollTop === 0")).await;
            page.wait_for(&format!("{ROWS}[0] === '{{'")).await;
            page.click("button", "Wrap").await;
            page.wait_for(&format!("{BODY}.dataset.wraps === 'true'")).await;
            page.click("button", "Raw").await;
            page.wait_for(&format!("{BODY}.getAttribute('role') === 'group'")).await;
            assert!(page.eval::<u32>(ELEMENTS).await < 2000);
            page.axe("five megabytes, raw and wrapped").await;
        })
        .await;
}

/// A list of twenty megabytes, with the key's secret in it: no server should repeat it, and some do.
fn twenty_megabytes() -> String {
    let item = "{ instanceId: 'es-cn-' + i, description: 'x'.repeat(180), status: 'active', nodeAmount: i }";
    let echo = format!("echo: '{KEY_SECRET}'");
    let list = format!("Array.from({{ length: 80000 }}, (_, i) => ({item}))");
    answering(&format!("JSON.stringify({{ RequestId: 'r', {echo}, Result: {list} }})"), "application/json")
}

const SEARCHED: &str = "document.querySelector('.viewer-search [role=status]').textContent";

#[tokio::test]
async fn twenty_megabytes_are_searched_filtered_copied_and_compared_by_a_worker() {
    scene()
        .before(&twenty_megabytes())
        .run(async |page| {
            open_list(page).await;
            page.wait_for(&format!("{BODY}.scrollHeight === 10000000 || {BODY}.scrollHeight > 480000 * 20")).await;
            page.wait_for(&format!("{ROWS}[0] === '{{'")).await;
            assert!(page.eval::<u32>(ELEMENTS).await < 2000);
            let answer = page.response_text().await;
            Page::says(&answer, &["Result: 80000 items", "of 80000. The body below has all of them.", "21.0 MB"]);
            assert!(!answer.contains(KEY_SECRET));
            page.axe("twenty megabytes").await;

            page.enter("Search in the body", "\"es-cn-79999\"").await;
            press(page, Key::Enter).await;
            page.wait_for(&format!("{SEARCHED} === '1 of 1'")).await;
            page.wait_for("document.querySelector('#response-body [aria-selected=true] mark') !== null").await;
            page.wait_for(&format!("{PATH} === \"$['Result'][79999]['instanceId']\"")).await;
            assert_eq!(copied(page, "Copy value of the line").await, "es-cn-79999");
            page.enter("Search in the body", "instanceId").await;
            press(page, Key::Enter).await;
            page.wait_for(&format!("{SEARCHED} === '1 of 80000'")).await;
            page.enter("Search in the body", KEY_SECRET).await;
            page.wait_for(&format!("{SEARCHED} === 'No match'")).await;

            page.enter("JSON path", "$.Result[-1]").await;
            page.announces("1 value").await;
            page.wait_for(&format!("{ROWS}.length === 6")).await;
            let value = copied(page, "Copy value of the line").await;
            assert!(value.contains("\"es-cn-79999\"") && value.contains("\"nodeAmount\": 79999"), "{value}");
            page.enter("JSON path", "").await;
            page.click("button", "Fold all").await;
            page.wait_for(&format!("{ROWS}.length < 12")).await;

            // Another answer, by another worker, and the two against each other.
            page.ask().await;
            page.wait_for(&format!("{ROWS}[0] === '{{'")).await;
            page.click("details", "Compare with an earlier answer").await;
            page.wait_for("wordsOf(document.querySelector('.comparison')).includes('No line differs.')").await;
        })
        .await;
}

#[tokio::test]
async fn reading_a_long_answer_is_cancelled_and_the_answer_is_not_lost() {
    // The worker gets no body: it would read it faster than anybody can click.
    let held = "const post = Worker.prototype.postMessage;
        Worker.prototype.postMessage = function (message, ...rest) {
            if (Array.isArray(message) && !window.released) window.held = true;
            else post.call(this, message, ...rest);
        };";
    scene()
        .before(&format!("{}\n{held}", twenty_megabytes()))
        .run(async |page| {
            page.open_operation(LIST).await;
            page.fill_all(&[("AccessKey ID", KEY_ID), ("AccessKey secret", KEY_SECRET)]).await;
            page.connect_by("Proxy").await;
            page.click("action", "send").await;
            page.wait_for("window.held === true && response().textContent.includes('Reading it')").await;
            page.click("button", "Cancel").await;
            let answer = page.answer().await;
            Page::says(&answer, &["The answer came, and its body was not read", "You stopped the reading", "200"]);
            page.axe("a body that was not read").await;
            page.script("window.released = true; return null;", Vec::new()).await;
            page.ask().await;
            page.wait_for(&format!("{ROWS}[0] === '{{'")).await;
        })
        .await;
}

#[tokio::test]
async fn without_a_worker_the_page_reads_what_it_can_and_says_what_it_cannot() {
    let blocked = "window.Worker = class { constructor() { throw new Error('forbidden'); } };";
    let item = "{ instanceId: 'es-cn-' + i, description: 'x'.repeat(180) }";
    let body =
        format!("JSON.stringify({{ RequestId: 'r', Result: Array.from({{ length: 4000 }}, (_, i) => ({item})) }})");
    scene()
        .before(&format!("{}\n{blocked}", answering(&body, "application/json")))
        .run(async |page| {
            open_list(page).await;
            page.wait_for(&format!("{ROWS}[0] === '{{'")).await;
            Page::says(&page.response_text().await, &["Result: 4000 items"]);
        })
        .await;
    scene()
        .before(&format!("{}\n{blocked}", twenty_megabytes()))
        .run(async |page| {
            open_list(page).await;
            let answer = page.response_text().await;
            Page::says(
                &answer,
                &["its body is too long for the page", "The program that reads long bodies did not load"],
            );
            page.axe("a body that is too long").await;
        })
        .await;
}

#[tokio::test]
async fn damaged_json_html_and_images_are_shown_as_what_they_are() {
    let damaged = "'{\"RequestId\": \"r\",\\n \"Result\" []}'";
    let page_of_others = "'<html><body><script>window.ran = true;</script><h1>Bad gateway</h1></body></html>'";
    let damaged_image = "new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10, 255, 0, 1, 2])";
    // Three pixels by two.
    let image = "Uint8Array.from(atob('iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAEElEQVR42mM4IScHQQxwFgBBAAYZ1ETuGQAAAABJRU5ErkJggg=='), (letter) => letter.charCodeAt(0))";
    let cases = [
        (damaged, "application/json", "not valid JSON: in line 2, column 11"),
        (page_of_others, "text/html", "<h1>Bad gateway</h1>"),
        (damaged_image, "image/png", "The body is an image (PNG) of 12 bytes. It cannot be shown"),
        (image, "application/octet-stream", "PNG image, 3 × 2 pixels"),
    ];
    for (body, content_type, words) in cases {
        scene()
            .before(&answering(body, content_type))
            .run(async |page| {
                open_list(page).await;
                page.wait_for("(find('button', 'Show the body') ?? find('button', 'Download')) !== null").await;
                if page.has("button", "Show the body").await {
                    page.click("button", "Show the body").await;
                }
                page.find("button", "Download").await;
                page.shows(words).await;
                if words.starts_with("PNG image") {
                    let drawn = "(() => { const all = document.querySelector('#response canvas.picture'); const at = \
                        all.getContext('2d').getImageData(2, 1, 1, 1).data; return [all.width, all.height, ...at]; })()";
                    assert_eq!(page.eval::<Vec<u32>>(drawn).await, [3, 2, 200, 30, 30, 255]);
                    let wide = "document.querySelector('#response canvas.picture').getBoundingClientRect().width";
                    assert!((page.eval::<f64>(wide).await - 3.0).abs() < 0.5, "no larger than it is");
                    let name = "document.querySelector('#response canvas[role=img]').getAttribute('aria-label')";
                    assert!(page.eval::<String>(name).await.starts_with(words), "it has a name");
                }
                assert!(page.eval::<bool>("window.ran === undefined && !document.querySelector('#response h1')").await);
                page.axe(content_type).await;
            })
            .await;
    }
}

#[tokio::test]
async fn a_body_that_is_not_quite_text_says_so_and_a_mark_of_direction_stays_in_its_value() {
    let body = "JSON.stringify({ name: 'a\\u202eb', next: 'x\\ufffdy' })";
    scene()
        .before(&answering(body, "application/json"))
        .run(async |page| {
            open_list(page).await;
            page.shows("The body has the character �.").await;
            let isolated = "[...document.querySelectorAll('#response-body [data-token=string]')].every((part) => getComputedStyle(part).unicodeBidi === 'isolate')";
            assert!(page.eval::<bool>(isolated).await);
        })
        .await;
}
