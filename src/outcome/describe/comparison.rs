//! Why a signature was refused, from the server's text beside ours.

use super::{Explanation, Tone};
use crate::catalog::MASK;
use crate::sign::compare::{Comparison, Difference};
use percent_encoding::percent_decode_str;

/// What the two texts say together.
pub fn comparison(comparison: &Comparison) -> Explanation {
    let mut reasons = comparison.reasons.iter().map(reason);
    let Some(first) = reasons.next() else {
        return Explanation::new(Tone::Unsure, "There is nothing to compare")
            .because("The request was sent without a signature, so the console has no text of its own.")
            .then("Choose a credential that signs, send again, and compare its answer.");
    };
    let mut told = reasons.fold(first, |mut told, other| {
        told.causes.extend(other.causes);
        told.next.extend(other.next.into_iter().filter(|step| !told.next.contains(step)).collect::<Vec<_>>());
        told
    });
    let count = comparison.reasons.len();
    if count > 1 {
        told.title = format!("The server signed another request: {count} differences");
    }
    told
}

fn reason(difference: &Difference) -> Explanation {
    let told = |title: &str| Explanation::new(Tone::Bad, title);
    match difference {
        Difference::AllEqual => told("The server signed the same text: the secret is wrong")
            .because("Both texts are the same, letter by letter, so only the key differs: this AccessKey secret does not belong to this AccessKey ID.")
            .then("Enter the AccessKey secret again, whole: a missing last character is the usual cause.")
            .then("If the secret is lost, create a new key; clouds show a secret only once."),
        Difference::Method { ours, theirs } => told("The server saw another method")
            .because(format!("The console signed {ours}, the server received {theirs}: something on the way changes the method, often by following a redirect."))
            .then("Let the proxy pass the method on as it is, and not follow redirects."),
        Difference::Path { ours, theirs } => path(ours, theirs),
        Difference::Query { ours, theirs } => query(ours, theirs),
        Difference::HeaderChanged { name, ours, theirs } => header_changed(name, ours, theirs),
        Difference::HeaderMissing { name } => told("The server did not see a signed header")
            .because(format!("{name} was signed and did not arrive: the proxy does not pass it on."))
            .then(format!("Let the proxy pass {name} on; its configuration may have a list of allowed headers.")),
        Difference::HeaderAdded { name } => told("The server signed a header that the console did not send")
            .because(format!("{name} is in the server's text only. Either the proxy adds it and the list of signed headers, or this answer belongs to another request."))
            .then("Check that the answer belongs to the request that is shown here."),
        Difference::SignedHeaders => told("The lists of signed headers differ")
            .because("The headers are the same and the lists of their names are not: the Authorization header was changed on the way, or this answer belongs to another request.")
            .then("Let the proxy pass Authorization on as it is."),
        Difference::Payload { lost: true } => told("The body did not arrive")
            .because("The server computed the hash of an empty body: the proxy dropped the body.")
            .then("Let the proxy pass the body on, for this method as well."),
        Difference::Payload { lost: false } => told("The server saw another body")
            .because("The hash of the body differs: something on the way changes its bytes, for example by formatting the JSON or converting its encoding.")
            .then("Let the proxy pass the body on byte by byte."),
        Difference::DateOnly => told("This answer belongs to another attempt")
            .because("Only what is new in every attempt differs, the date or the nonce. Everything else is the same.")
            .then("Compare the answer to the request that is shown here, or send again and compare that answer."),
        Difference::StringToSignOnly => told("The strings to sign differ")
            .because("Nothing that can be seen in the canonical requests differs. A header that is masked here may, such as the security token; or this answer belongs to another request.")
            .then("Enter the security token again, if there is one, and send again."),
    }
}

fn decoded(text: &str) -> String {
    percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}

fn path(ours: &str, theirs: &str) -> Explanation {
    let told = Explanation::new(Tone::Bad, "The server saw another path");
    if decoded(ours) == decoded(theirs) {
        return told
            .because("It is the same path, encoded in another way: the proxy decodes it and encodes it again.")
            .then("Let the proxy pass the path on as it is, without normalising it.");
    }
    let told = told.because(format!("The console signed {ours}, the server received {theirs}."));
    let told = if theirs.ends_with(ours) || ours.ends_with(theirs) {
        told.because("The proxy adds a prefix to the path, or takes one away.")
    } else {
        told.because("The proxy rewrites the path.")
    };
    told.then("Correct the proxy's target, or the connection's address in config.json.")
}

fn query(ours: &str, theirs: &str) -> Explanation {
    let told = Explanation::new(Tone::Bad, "The server saw another query");
    let told = match (ours, theirs) {
        (_, "") => told.because("The query did not arrive: the proxy drops it."),
        ("", _) => told.because(format!("The console sent none, the server received {theirs}: the proxy adds it.")),
        _ if decoded(ours) == decoded(theirs) => {
            told.because("It is the same query, encoded in another way: the proxy decodes it and encodes it again.")
        }
        _ => told.because(format!("The console signed {ours}, the server received {theirs}: the proxy changes it.")),
    };
    told.then(
        "Let the proxy pass the query on as it is; {query} in the connection's address brings its own question mark.",
    )
}

fn header_changed(name: &str, ours: &str, theirs: &str) -> Explanation {
    if ours == MASK {
        return Explanation::new(Tone::Bad, "The server saw another secret header")
            .because(format!("{name} is masked on both sides, and the hash of the whole says that its value differs."))
            .then(format!("Enter what goes into {name} again, and check that the proxy does not replace it."));
    }
    let told = Explanation::new(Tone::Bad, "The server saw another header")
        .because(format!("The console signed {name}: {ours}, the server received {name}: {theirs}."));
    match name {
        "host" => told
            .because("The proxy sends a Host of its own.")
            .then(format!("Let the proxy send Host: {ours} to the provider.")),
        "content-type" => told
            .because("The proxy changes the content type, for example by adding a charset.")
            .then("Let the proxy pass Content-Type on as it is."),
        _ => told.because("Something on the way changes it.").then(format!("Let the proxy pass {name} on as it is.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sign::compare::Difference as D;

    fn told(reasons: Vec<D>) -> Explanation {
        comparison(&Comparison { lines: Vec::new(), reasons })
    }

    #[test]
    fn each_difference_has_a_cause_and_something_to_do() {
        let (ours, theirs) = (String::from("/a%20b"), String::from("/c"));
        let all = [
            D::AllEqual,
            D::Method { ours: "PUT".into(), theirs: "GET".into() },
            D::Path { ours: ours.clone(), theirs: theirs.clone() },
            D::Query { ours: ours.clone(), theirs: theirs.clone() },
            D::HeaderChanged { name: "host".into(), ours: ours.clone(), theirs: theirs.clone() },
            D::HeaderChanged { name: "content-type".into(), ours: ours.clone(), theirs: theirs.clone() },
            D::HeaderChanged { name: "x-a".into(), ours, theirs },
            D::HeaderChanged { name: "x-security-token".into(), ours: MASK.into(), theirs: MASK.into() },
            D::HeaderMissing { name: "x-a".into() },
            D::HeaderAdded { name: "x-a".into() },
            D::SignedHeaders,
            D::Payload { lost: true },
            D::Payload { lost: false },
            D::DateOnly,
            D::StringToSignOnly,
        ];
        let mut causes = Vec::new();
        for difference in all {
            let told = told(vec![difference.clone()]);
            assert!(!told.title.is_empty() && !told.next.is_empty(), "{difference:?}");
            assert!(!causes.contains(&told.causes), "{difference:?} says what another one says");
            causes.push(told.causes);
        }
    }

    #[test]
    fn the_kind_of_change_names_its_cause() {
        let path = |ours: &str, theirs: &str| {
            let told = told(vec![D::Path { ours: ours.into(), theirs: theirs.into() }]);
            told.causes.last().unwrap().clone()
        };
        assert!(path("/a%2Ab", "/a*b").contains("encoded in another way"));
        assert!(path("/v3/a", "/proxy/v3/a").contains("prefix"));
        assert!(path("/v3/a", "/v1/a").contains("rewrites"));
        let query = |ours: &str, theirs: &str| {
            told(vec![D::Query { ours: ours.into(), theirs: theirs.into() }]).causes[0].clone()
        };
        assert!(query("a=1", "").contains("drops"));
        assert!(query("", "a=1").contains("adds"));
        assert!(query("a=b%20c", "a=b+c").contains("encoded in another way"));
        assert!(query("a=1", "a=2").contains("changes"));
    }

    #[test]
    fn several_differences_are_counted_and_a_step_is_told_once() {
        let told = told(vec![D::Payload { lost: true }, D::Payload { lost: true }, D::SignedHeaders]);
        assert_eq!(told.title, "The server signed another request: 3 differences");
        assert_eq!((told.causes.len(), told.next.len()), (3, 2));
    }

    #[test]
    fn without_a_signature_there_is_nothing_to_compare() {
        assert_eq!(told(Vec::new()).tone, Tone::Unsure);
    }
}
