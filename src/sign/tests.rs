use super::*;
use crate::sign::scheme::SchemeTraits;
use time::macros::datetime;

/// What signing adds, with everything that a credential can have.
fn added(traits: &SchemeTraits) -> Vec<Header> {
    let [id, secret, token] = ["DUMMYAK0000000000001", "dummySecretKey", "dummyToken"].map(Secret::new);
    let credential = match traits.kind {
        SchemeKind::Basic => Credential::UserAndPassword(&id, Some(&secret)),
        _ if traits.signature.is_none() => Credential::Token(&token),
        _ => Credential::AccessKey(AccessKey::new(&id, &secret, Some(&token)).with_project(Some("p"))),
    };
    let request = UnsignedRequest {
        method: http::Method::PUT,
        host: "api.test".into(),
        path: "/a".into(),
        query: String::new(),
        headers: vec![Header::plain("Content-Type", "application/json").unwrap()],
        body: b"{}".to_vec(),
        shown_target: None,
        body_shown: "{}".into(),
    };
    let scheme =
        Scheme { name: traits.name.to_owned(), action: "A".into(), version: "1".into(), ..Scheme::new(traits.kind) };
    let signing_time = SigningTime { now: datetime!(2026-01-02 03:04:05 UTC), nonce: "n".into() };
    let signed = sign(request.clone(), &[(&scheme, credential)], &signing_time).unwrap();
    let mut headers = signed.request().headers.clone();
    headers.retain(|header| !request.headers.contains(header));
    assert_eq!(headers.len() + 1, signed.request().headers.len(), "the request's own headers stay as they are");
    let own = signed.request().clone();
    let in_query = traits.kind == SchemeKind::QueryToken;
    assert_eq!((own.query.as_str(), own.query_shown()), if in_query { ("=dummyToken", "=••••••") } else { ("", "") });
    let (query, shown_target) = Default::default();
    assert_eq!(UnsignedRequest { headers: request.headers.clone(), query, shown_target, ..own }, request);
    headers
}

#[test]
fn signing_adds_the_headers_of_the_table_and_masks_the_secret_ones() {
    for traits in SchemeKind::ALL.map(SchemeKind::traits) {
        let added = added(traits);
        let names: Vec<&str> = added.iter().map(|header| header.name.as_str()).collect();
        assert_eq!(names, traits.headers.iter().map(|header| header.name).collect::<Vec<_>>());
        for (header, row) in added.iter().zip(traits.headers) {
            assert_eq!(header.mask().is_some(), row.role.is_secret(), "{header:?}");
        }
    }
}

#[test]
fn a_credential_of_another_kind_signs_nothing() {
    let token = Secret::new("dummyToken");
    let key = || Credential::AccessKey(AccessKey::new(&token, &token, None));
    let signing_time = SigningTime { now: OffsetDateTime::UNIX_EPOCH, nonce: String::new() };
    for kind in SchemeKind::ALL {
        let other = if kind.traits().signature.is_some() { Credential::Token(&token) } else { key() };
        {
            let request = UnsignedRequest {
                method: http::Method::GET,
                host: "api.test".into(),
                path: "/".into(),
                query: String::new(),
                headers: Vec::new(),
                body: Vec::new(),
                shown_target: None,
                body_shown: String::new(),
            };
            let signed = sign(request, &[(&Scheme::new(kind), other)], &signing_time);
            assert_eq!(signed, Err(SignError::WrongKind), "{kind:?}");
        }
    }
}
