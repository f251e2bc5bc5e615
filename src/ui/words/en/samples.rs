//! Code samples, in English.

use super::super::SampleWords;
use crate::samples::SampleError;

pub(in crate::ui::words) static SAMPLES: SampleWords = SampleWords {
    kind: "Tool or language",
    text: "Sample",
    copied: "sample",
    save: |name| format!("Download {name}"),
    variables,
    missing: |names| format!("The form is not complete, and neither is the sample: {}.", names.join(", ")),
    no_tools: |why| format!("The file about the vendor's tools cannot be used, so samples are missing: {why}"),
    error,
};

fn variables(needed: &[String], optional: &[String]) -> String {
    let mut text = String::from("The console sends nothing here, and no secret is in the sample.");
    if !needed.is_empty() {
        text.push_str(&format!(" Set these environment variables: {}.", needed.join(", ")));
    }
    if !optional.is_empty() {
        text.push_str(&format!(" If you need them: {}.", optional.join(", ")));
    }
    text
}

fn error(error: &SampleError) -> String {
    match error {
        SampleError::File => "The call sends a file, and the bytes of a file do not fit into a sample.",
        SampleError::Build(_) => "The call cannot be made as the form stands. The tab Request says why.",
        SampleError::Template(_) => "The template of this sample is broken.",
    }
    .to_owned()
}
