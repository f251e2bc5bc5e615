//! What is said around a code sample.

use super::*;
use crate::request::BuildError;
use crate::samples::{SampleError, TemplateError};

#[test]
fn every_reason_for_no_sample_has_its_own_words() {
    let errors = every!(SampleError:
        SampleError::File => SampleError::File,
        SampleError::Build(_) => SampleError::Build(BuildError::PathStep(String::from(".."))),
        SampleError::Template(_) => SampleError::Template(TemplateError::Filter(String::from("x"))),
    );
    let words = crate::ui::words::sample_words();
    read_all(&errors, words.error, assert_sentence);
    let names = [String::from("HW_AUTH_TOKEN"), String::from("B")];
    for text in [(words.variables)(&names, &[]), (words.variables)(&[], &names), (words.missing)(&names)] {
        assert_sentence("names", &text);
        assert!(names.iter().all(|name| text.contains(name.as_str())), "{text}");
    }
    assert_sentence("no names", &(words.variables)(&[], &[]));
}
