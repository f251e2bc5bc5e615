//! What an audit of any site asks for, on every page: title, language, viewport, landmarks, headings, sizes, no errors.

use serde_json::Value;

use crate::page::{HTTPS, SSL};
use crate::scene::scene;

/// The facts of one page, as an auditor reads them off.
const FACTS: &str = "({
    title: document.title,
    lang: document.documentElement.lang,
    charset: document.characterSet,
    viewport: document.querySelector('meta[name=viewport]').content,
    description: document.querySelector('meta[name=description]').content.length > 20,
    icon: document.querySelector('link[rel=icon]') !== null,
    doctype: document.doctype?.name,
    mains: document.querySelectorAll('main').length,
    banners: document.querySelectorAll('body > header').length,
    navigations: document.querySelectorAll('nav').length,
    headings: document.querySelectorAll('h1').length,
    wide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
    images: [...document.images].every((image) => image.hasAttribute('alt')),
    unlabelled: [...document.querySelectorAll('input, select, textarea')]
        .filter((control) => control.labels.length === 0 && !control.getAttribute('aria-label')).length,
    targets: [...document.querySelectorAll('a[target=_blank]')].every((link) => link.rel.includes('noopener')),
    inline: document.querySelectorAll('script:not([src]), style, [style], [onclick]').length,
})";

#[tokio::test]
async fn every_page_has_what_an_audit_asks_for() {
    scene()
        .run(async |page| {
            let mut titles = Vec::new();
            let pages = [
                "#/credentials",
                "#/settings",
                "#/fleet",
                "#/history",
                "#/check",
                "#/import",
                "#/about",
                "#/nowhere",
            ];
            for place in ["#/", SSL, HTTPS].into_iter().chain(pages) {
                page.open(place).await;
                page.wait_for("document.querySelector('h1') !== null && document.title.includes('–')").await;
                let facts: Value = page.eval(FACTS).await;
                let is = |name: &str, wanted: Value| assert_eq!(facts[name], wanted, "{name} of {place}");
                is("lang", "en".into());
                is("charset", "UTF-8".into());
                is("viewport", "width=device-width, initial-scale=1".into());
                is("doctype", "html".into());
                for yes in ["description", "icon", "images", "targets"] {
                    is(yes, true.into());
                }
                for one in ["mains", "banners", "navigations", "headings"] {
                    is(one, 1.into());
                }
                for none in ["unlabelled", "inline"] {
                    is(none, 0.into());
                }
                is("wide", false.into());
                titles.push(facts["title"].clone());
            }
            let distinct: std::collections::HashSet<_> = titles.iter().map(Value::to_string).collect();
            assert_eq!(distinct.len(), titles.len(), "each page has a title of its own: {titles:?}");
            // What was fetched to show all this came from this site and was found.
            let failed: Vec<String> = page
                .eval("performance.getEntriesByType('resource').filter((entry) => entry.responseStatus >= 400 || !entry.name.startsWith(location.origin)).map((entry) => entry.name)")
                .await;
            assert_eq!(failed, [] as [String; 0]);
        })
        .await;
}
