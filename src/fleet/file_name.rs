//! The name of a file that a fleet is exported to.

/// What the file is, and letters and digits of the fleet's name.
pub fn file_name(kind: &str, name: &str) -> String {
    let parts = name.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    std::iter::once(kind).chain(parts).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_by_letters_and_digits() {
        assert_eq!(file_name("report", "Friday, TLS everywhere"), "report-Friday-TLS-everywhere");
        assert_eq!(file_name("plan", "../Größe 2: a/b"), "plan-Größe-2-a-b");
        assert_eq!(file_name("plan", " / "), "plan");
    }
}
