//! Why a signature was refused, from the server's text beside the console's.

use crate::outcome::diagnosis::comparison::{Cause, Remedy, Title};

pub(super) fn title(title: &Title) -> String {
    let fixed = match title {
        Title::Several(count) => return format!("The server signed another request: {count} differences"),
        Title::NothingToCompare => "There is nothing to compare",
        Title::WrongSecret => "The server signed the same text: the secret is wrong",
        Title::Method => "The server saw another method",
        Title::Path => "The server saw another path",
        Title::Query => "The server saw another query",
        Title::Header => "The server saw another header",
        Title::SecretHeader => "The server saw another secret header",
        Title::HeaderMissing => "The server did not see a signed header",
        Title::HeaderAdded => "The server signed a header that the console did not send",
        Title::SignedHeaders => "The lists of signed headers differ",
        Title::BodyLost => "The body did not arrive",
        Title::BodyChanged => "The server saw another body",
        Title::OtherAttempt => "This answer belongs to another attempt",
        Title::StringToSign => "The strings to sign differ",
    };
    fixed.to_owned()
}

pub(super) fn cause(cause: &Cause) -> String {
    let fixed = match cause {
        Cause::Method { ours, theirs } => {
            return format!(
                "The console signed {ours}, the server received {theirs}: something on the way changes the method, often by following a redirect."
            );
        }
        Cause::Path { ours, theirs } => return format!("The console signed {ours}, the server received {theirs}."),
        Cause::QueryAdded { theirs } => {
            return format!("The console sent none, the server received {theirs}: the proxy adds it.");
        }
        Cause::Query { ours, theirs } => {
            return format!("The console signed {ours}, the server received {theirs}: the proxy changes it.");
        }
        Cause::Header { name, ours, theirs } => {
            return format!("The console signed {name}: {ours}, the server received {name}: {theirs}.");
        }
        Cause::SecretHeader { name } => {
            return format!(
                "The header {name} is masked on both sides, and the hash of the whole says that its value differs."
            );
        }
        Cause::HeaderMissing { name } => {
            return format!("The header {name} was signed and did not arrive: the proxy does not pass it on.");
        }
        Cause::HeaderAdded { name } => {
            return format!(
                "The header {name} is in the server's text only. Either the proxy adds it and the list of signed headers, or this answer belongs to another request."
            );
        }
        Cause::NotSigned => "The request was sent without a signature, so the console has no text of its own.",
        Cause::WrongSecret => {
            "Both texts are the same, letter by letter, so only the key differs: this AccessKey secret does not belong to this AccessKey ID."
        }
        Cause::PathEncoded => "It is the same path, encoded in another way: the proxy decodes it and encodes it again.",
        Cause::PathPrefix => "The proxy adds a prefix to the path, or takes one away.",
        Cause::PathRewritten => "The proxy rewrites the path.",
        Cause::QueryEncoded => {
            "It is the same query, encoded in another way: the proxy decodes it and encodes it again."
        }
        Cause::QueryLost => "The query did not arrive: the proxy drops it.",
        Cause::HostReplaced => "The proxy sends a Host of its own.",
        Cause::ContentTypeChanged => "The proxy changes the content type, for example by adding a charset.",
        Cause::HeaderChanged => "Something on the way changes the header.",
        Cause::SignedHeaders => {
            "The headers are the same and the lists of their names are not: the Authorization header was changed on the way, or this answer belongs to another request."
        }
        Cause::BodyLost => "The server computed the hash of an empty body: the proxy dropped the body.",
        Cause::BodyChanged => {
            "The hash of the body differs: something on the way changes its bytes, for example by formatting the JSON or converting its encoding."
        }
        Cause::OtherAttempt => {
            "Only what is new in every attempt differs, the date or the nonce. Everything else is the same."
        }
        Cause::StringToSign => {
            "Nothing that can be seen in the canonical requests differs. A header that is masked here may, such as the security token; or this answer belongs to another request."
        }
    };
    fixed.to_owned()
}

pub(super) fn remedy(remedy: &Remedy) -> String {
    let fixed = match remedy {
        Remedy::SendHost { host } => return format!("Let the proxy send Host: {host} to the provider."),
        Remedy::KeepHeader { name } => return format!("Let the proxy pass {name} on as it is."),
        Remedy::EnterHeaderAgain { name } => {
            return format!("Enter what goes into {name} again, and check that the proxy does not replace it.");
        }
        Remedy::PassHeader { name } => {
            return format!("Let the proxy pass {name} on; its configuration may have a list of allowed headers.");
        }
        Remedy::ChooseSigner => "Choose a credential that signs, send again, and compare its answer.",
        Remedy::EnterSecretAgain => {
            "Enter the AccessKey secret again, whole: a missing last character is the usual cause."
        }
        Remedy::CreateKey => "If the secret is lost, create a new key; clouds show a secret only once.",
        Remedy::KeepMethod => "Let the proxy pass the method on as it is, and not follow redirects.",
        Remedy::KeepPath => "Let the proxy pass the path on as it is, without normalising it.",
        Remedy::CorrectTarget => "Correct the proxy's target, or the connection's address in config.json.",
        Remedy::KeepQuery => {
            "Let the proxy pass the query on as it is; {query} in the connection's address brings its own question mark."
        }
        Remedy::CheckAnswer => "Check that the answer belongs to the request that is shown here.",
        Remedy::KeepAuthorization => "Let the proxy pass Authorization on as it is.",
        Remedy::PassBody => "Let the proxy pass the body on, for this method as well.",
        Remedy::KeepBody => "Let the proxy pass the body on byte by byte.",
        Remedy::CompareRightAnswer => {
            "Compare the answer to the request that is shown here, or send again and compare that answer."
        }
        Remedy::EnterTokenAgain => "Enter the security token again, if there is one, and send again.",
    };
    fixed.to_owned()
}
