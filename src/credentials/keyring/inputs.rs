//! The credential that a profile has for a scheme, checked input by input.

use super::Keyring;
use crate::catalog::{CredentialInput, Scheme, SecurityRequirement};
use crate::credentials::ProfileId;
use crate::form::{Broken, FieldIssue, Target};
use crate::sign::scheme::{KEY_ID, KEY_SECRET, PASSWORD, PROJECT_ID, SECURITY_TOKEN, is_encoded, keeps_blanks};
use crate::sign::{AccessKey, Credential, SchemeKind, Secret};

/// Huawei Cloud's gateway refuses a single header above this size; Alibaba Cloud states no limit.
const LONGEST: u64 = 32 * 1024;

impl Keyring {
    /// The credentials that a profile has for an alternative of `security`, or what is missing or wrong.
    pub fn credentials<'a, 'b>(
        &'a self,
        id: ProfileId,
        requirement: &'b SecurityRequirement,
    ) -> Result<Vec<(&'b Scheme, Credential<'a>)>, Vec<FieldIssue>> {
        let (mut credentials, mut issues) = (Vec::new(), Vec::new());
        for scheme in &requirement.schemes {
            match self.credential(id, scheme) {
                Ok(credential) => credentials.push((scheme, credential)),
                // Two schemes can ask for the same input.
                Err(found) => {
                    issues.extend(found.into_iter().filter(|issue| !issues.contains(issue)).collect::<Vec<_>>())
                }
            }
        }
        if issues.is_empty() { Ok(credentials) } else { Err(issues) }
    }

    /// The credential that a profile has for a scheme, or what is missing or wrong.
    pub fn credential(&self, id: ProfileId, scheme: &Scheme) -> Result<Credential<'_>, Vec<FieldIssue>> {
        let inputs = scheme.inputs();
        let issues: Vec<FieldIssue> = inputs
            .iter()
            .filter_map(|input| {
                let broken = match self.get(id, &input.label) {
                    None if input.required => Broken::Required,
                    None => return None,
                    Some(secret) => secret.with(|text| check(input, text))?,
                };
                Some(FieldIssue { target: Target::Credential(input.label.clone()), broken })
            })
            .collect();
        // An input of another scheme may be filled too.
        let get = |label: &str| self.get(id, label).filter(|_| inputs.iter().any(|input| input.label == label));
        let key = || {
            let (key_id, secret) = get(KEY_ID).zip(get(KEY_SECRET))?;
            let key = AccessKey::new(key_id, secret, get(SECURITY_TOKEN));
            Some(Credential::AccessKey(key.with_project(get(PROJECT_ID).map(Secret::public_text))))
        };
        let first = || get(inputs.first().map(|input| input.label.as_str()).unwrap_or_default());
        let found = match scheme.kind {
            SchemeKind::SdkHmac | SchemeKind::Acs3 => key(),
            SchemeKind::Basic => first().map(|user| Credential::UserAndPassword(user, get(PASSWORD))),
            SchemeKind::Token | SchemeKind::QueryToken | SchemeKind::Bearer => first().map(Credential::Token),
        };
        found.filter(|_| issues.is_empty()).ok_or(issues)
    }
}

fn check(input: &CredentialInput, text: &str) -> Option<Broken> {
    let has = text.chars().count() as u64;
    let blanks = keeps_blanks(&input.label);
    let fits = |char: char| match is_encoded(&input.label) {
        // RFC 7617: the first colon ends the name of the user.
        true => !char.is_control() && (char != ':' || input.label == PASSWORD),
        false => char.is_ascii_graphic() || blanks && char == ' ',
    };
    if text.trim().is_empty() && input.label != PASSWORD {
        Some(Broken::Required)
    } else if !text.chars().all(fits) {
        Some(if is_encoded(&input.label) { Broken::UserText } else { Broken::HeaderText })
    } else {
        (has > LONGEST).then_some(Broken::TooLong { max: LONGEST, has })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: ProfileId = ProfileId::new(1);

    #[test]
    fn what_is_missing_is_named_and_the_optional_token_is_not() {
        let acs3 = Scheme::new(SchemeKind::Acs3);
        let mut keyring = Keyring::default();
        keyring.set(ID, "AccessKey ID", "LTAI5tDummyAccessKeyId");
        let issues = keyring.credential(ID, &acs3).unwrap_err();
        let names: Vec<&str> = issues.iter().map(|issue| issue.target.name()).collect();
        assert_eq!(names, ["AccessKey secret"]);
        keyring.set(ID, "AccessKey secret", "DummyAccessKeySecret0123456789");
        assert!(keyring.credential(ID, &acs3).is_ok());
        assert!(keyring.credential(ProfileId::new(2), &acs3).is_err(), "keys belong to one profile");
    }

    #[test]
    fn a_token_of_32_kilobytes_passes_and_one_character_more_does_not() {
        let scheme = Scheme { name: "X-Auth-Token".into(), ..Scheme::new(SchemeKind::Token) };
        let mut keyring = Keyring::default();
        keyring.set(ID, "X-Auth-Token", &"x".repeat(32 * 1024));
        assert!(keyring.credential(ID, &scheme).is_ok());
        keyring.set(ID, "X-Auth-Token", &"x".repeat(32 * 1024 + 1));
        let issues = keyring.credential(ID, &scheme).unwrap_err();
        assert_eq!(issues[0].broken, Broken::TooLong { max: 32 * 1024, has: 32 * 1024 + 1 });
        keyring.set(ID, "X-Auth-Token", "tökén");
        assert_eq!(keyring.credential(ID, &scheme).unwrap_err()[0].broken, Broken::HeaderText);
    }
}
