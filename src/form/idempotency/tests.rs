use super::*;
use crate::fixtures::*;
use crate::form::Raw;

/// A page with Alibaba's form: what is in it, what is remembered, and ids that count up.
struct Page {
    operation: Operation,
    rule: Idempotency,
    draft: Draft,
    ids: u32,
}

impl Page {
    fn open(cluster: &str) -> Self {
        let operation = open_https();
        let mut page = Self { draft: Draft::default(), rule: Idempotency::default(), ids: 0, operation };
        page.draft = Draft::new(&page.operation, &mut counter(&mut page.ids));
        page.edit(cluster);
        page
    }

    fn edit(&mut self, cluster: &str) {
        self.change(|draft| draft.set(path("InstanceId"), Raw::Text(cluster.to_owned())));
    }

    fn type_token(&mut self, token: &str) {
        self.change(|draft| draft.set(query("clientToken"), Raw::Text(token.to_owned())));
    }

    fn change(&mut self, edit: impl FnOnce(&mut Draft)) {
        let before = self.draft.clone();
        edit(&mut self.draft);
        self.rule.follow(&self.operation, &before, &mut self.draft, &mut counter(&mut self.ids));
    }

    fn settle(&mut self, sent: &Draft, certain: bool) {
        self.rule.settle(&self.operation, sent, &mut self.draft, certain, &mut counter(&mut self.ids));
    }

    /// Sends the form as it stands and gives the token that went with it.
    fn send(&mut self, certain: bool) -> String {
        let sent = self.draft.clone();
        self.settle(&sent, certain);
        token(&sent)
    }

    fn token(&self) -> String {
        token(&self.draft)
    }

    fn cluster(&self) -> &Raw {
        self.draft.get(&path("InstanceId"))
    }
}

fn counter(ids: &mut u32) -> impl FnMut() -> String {
    move || {
        *ids += 1;
        format!("token-{ids}")
    }
}

fn token(draft: &Draft) -> String {
    match draft.get(&query("clientToken")) {
        Raw::Text(text) => text.clone(),
        other => panic!("no token but {other:?}"),
    }
}

#[test]
fn the_form_opens_with_a_token_and_typing_keeps_it() {
    let mut page = Page::open("a");
    page.edit("ab");
    assert_eq!(page.token(), "token-1");
}

#[test]
fn the_token_is_kept_after_an_uncertain_result() {
    let mut page = Page::open("a");
    let first = page.send(false);
    assert_eq!(page.token(), first);
    assert_eq!(page.send(false), first, "and after the second");
    assert_eq!(page.token(), first);
}

#[test]
fn the_token_is_new_after_a_certain_result() {
    let mut page = Page::open("a");
    let first = page.send(true);
    assert_ne!(page.token(), first);
    let second = page.send(false);
    assert_eq!(page.send(true), second, "the repeated call that settles it carries the same token");
    assert_ne!(page.token(), second);
}

#[test]
fn another_request_gets_a_token_of_its_own_and_keeps_it_while_it_is_typed() {
    let mut page = Page::open("a");
    let first = page.send(false);
    page.edit("b");
    let second = page.token();
    assert_ne!(second, first);
    page.edit("bc");
    assert_eq!(page.token(), second);
}

#[test]
fn another_region_is_another_request() {
    let mut page = Page::open("a");
    let first = page.send(false);
    page.change(|draft| draft.server = 1);
    assert_ne!(page.token(), first);
    page.change(|draft| draft.server = 0);
    assert_eq!(page.token(), first);
}

#[test]
fn the_uncertain_request_gets_its_token_back() {
    let mut page = Page::open("a");
    let first = page.send(false);
    page.edit("b");
    page.edit("a");
    assert_eq!(page.token(), first);
    assert_eq!(page.send(true), first);
    page.edit("b");
    page.edit("a");
    assert_ne!(page.token(), first, "it is settled: this is a new call");
}

#[test]
fn an_uncertain_request_keeps_its_token_whatever_becomes_of_others() {
    for certain in [true, false] {
        let mut page = Page::open("a");
        let first = page.send(false);
        page.edit("b");
        let second = page.send(certain);
        page.edit("a");
        assert_eq!(page.token(), first, "after the other call, certain: {certain}");
        page.edit("b");
        assert_eq!(page.token() == second, !certain);
    }
}

#[test]
fn a_token_typed_by_the_user_is_left_alone() {
    let mut page = Page::open("a");
    page.type_token("mine");
    page.edit("b");
    assert_eq!(page.token(), "mine", "before anything is sent");
    page.send(false);
    page.type_token("other");
    page.edit("c");
    assert_eq!(page.token(), "other", "after an uncertain call, also when the request becomes another");
    page.edit("cd");
    assert_eq!(page.token(), "other");
}

#[test]
fn a_form_edited_while_the_call_ran_does_not_carry_its_token() {
    for certain in [true, false] {
        let mut page = Page::open("a");
        let sent = page.draft.clone();
        page.edit("b");
        page.settle(&sent, certain);
        assert_ne!(page.token(), token(&sent), "certain: {certain}");
        assert_eq!(page.cluster(), &Raw::Text("b".into()), "the edit itself stays");
    }
    let mut page = Page::open("a");
    let sent = page.draft.clone();
    page.type_token("mine");
    page.settle(&sent, true);
    assert_eq!(page.token(), "mine");
}

#[test]
fn a_call_without_a_token_stays_as_it_is() {
    let (operation, mut rule, mut draft) = (switch_ssl(), Idempotency::default(), ssl_on());
    let mut no_id = || -> String { panic!("nothing to generate") };
    for certain in [true, false] {
        rule.settle(&operation, &ssl_on(), &mut draft, certain, &mut no_id);
        let before = draft.clone();
        draft.set(body("ssl_option"), Raw::Text("false".into()));
        rule.follow(&operation, &before, &mut draft, &mut no_id);
        assert_eq!(draft.get(&body("ssl_option")), &Raw::Text("false".into()));
        draft = ssl_on();
    }
}
