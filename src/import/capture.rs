//! Texts against templates with `{names}`.

/// The values of the names, if the text fits the template. A value has at least one character, and none of `barred`.
pub(super) fn capture(template: &str, text: &str, barred: &[char]) -> Option<Vec<(String, String)>> {
    let mut found = Vec::new();
    let (mut template, mut text) = (template, text);
    loop {
        let Some((literal, after)) = template.split_once('{') else {
            return (template == text).then_some(found);
        };
        let (name, behind) = after.split_once('}')?;
        text = text.strip_prefix(literal)?;
        // The value ends where the next literal begins.
        let next = behind.split('{').next().unwrap_or_default();
        let end = if next.is_empty() { text.len() } else { text.find(next)? };
        let (value, rest) = text.split_at_checked(end)?;
        if value.is_empty() || value.contains(barred) {
            return None;
        }
        found.push((name.to_owned(), value.to_owned()));
        (template, text) = (behind, rest);
    }
}

#[cfg(test)]
mod tests {
    use super::capture;

    #[test]
    fn a_text_that_fits_gives_the_values() {
        let values = |template, text| {
            capture(template, text, &['.', '/']).map(|found| {
                found.into_iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(" ")
            })
        };
        assert_eq!(
            values("{service}.{region}.a.test", "x.north-1.a.test").as_deref(),
            Some("service=x region=north-1")
        );
        assert_eq!(values("{service}.{region}.a.test", "x.y.z.a.test"), None);
        assert_eq!(values("{id}", ""), None);
        assert_eq!(values("open", "open").as_deref(), Some(""));
        assert_eq!(values("v{n}x", "v7x").as_deref(), Some("n=7"));
        assert_eq!(values("{broken", "x"), None);
    }
}
