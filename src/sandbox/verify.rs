//! The providers' side of signatures: recomputed from the bytes received.
//!
//! Written from the vendors' descriptions, apart from the code that signs: a mistake in one must not hide in the other.
//! Even HMAC is spelt out. One file a scheme; here stands what the schemes share.

pub mod acs3;
pub mod sdk_hmac;

use sha2::{Digest, Sha256};

use super::{Request, wire};

/// What an `Authorization` header claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim<'a> {
    /// Whose signature it is.
    pub access_key_id: &'a str,
    /// Lower-case header names, in the order of the claim.
    pub signed_headers: Vec<&'a str>,
    /// 64 hexadecimal digits, if it is right.
    pub signature: &'a str,
}

/// Why there is no [`Claim`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoClaim {
    /// No `Authorization` header.
    Missing,
    Algorithm,
    /// Not the three parts that the scheme asks for.
    Malformed,
}

/// The two texts that the server computes; an error answer shows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerView {
    /// The request in its canonical form. Bytes, because headers may hold any.
    pub canonical_request: Vec<u8>,
    /// What the HMAC is taken of.
    pub string_to_sign: String,
}

/// The signature of a string to sign, as lower-case hexadecimal digits.
pub fn signature(secret: &str, string_to_sign: &str) -> String {
    hex(&hmac_sha256(secret.as_bytes(), string_to_sign.as_bytes()))
}

/// The canonical request, which both schemes lay out alike: pairs of the query and headers in order.
fn canonical(request: &Request, path: &str, signed_headers: &[&str], payload: &str) -> Vec<u8> {
    let mut pairs = wire::query(request);
    in_order(&mut pairs);
    let pairs: Vec<String> =
        pairs.iter().map(|(name, value)| format!("{}={}", wire::encode(name), wire::encode(value))).collect();

    let mut names = signed_headers.to_vec();
    in_order(&mut names);

    let mut canonical = format!("{}\n{path}\n{}\n", request.method(), pairs.join("&")).into_bytes();
    for name in &names {
        canonical.extend_from_slice(name.as_bytes());
        canonical.push(b':');
        canonical.extend(header_value(request, name));
        canonical.push(b'\n');
    }
    canonical.push(b'\n');
    canonical.extend_from_slice(names.join(";").as_bytes());
    canonical.push(b'\n');
    canonical.extend_from_slice(payload.as_bytes());
    canonical
}

/// Plain exchange of neighbours: there are a handful.
fn in_order<T: Ord>(items: &mut [T]) {
    for end in (1..items.len()).rev() {
        for index in 0..end {
            if items.get(index) > items.get(index + 1) {
                items.swap(index, index + 1);
            }
        }
    }
}

/// A signed header as the canonical request has it: outer blanks gone, repeated headers joined by commas.
fn header_value(request: &Request, name: &str) -> Vec<u8> {
    if name == "host" {
        return wire::host(request).into_bytes();
    }
    let values: Vec<&[u8]> = request.headers().get_all(name).iter().map(|v| v.as_bytes().trim_ascii()).collect();
    values.join(&b',')
}

fn sha256(data: &[u8]) -> Vec<u8> {
    Sha256::digest(data).to_vec()
}

/// RFC 2104: `H((key ^ opad) ‖ H((key ^ ipad) ‖ data))`, the key filled up to one block of 64 bytes.
fn hmac_sha256(key: &[u8], data: &[u8]) -> Vec<u8> {
    let mut block = if key.len() > 64 { sha256(key) } else { key.to_vec() };
    block.resize(64, 0);
    let padded = |pad: u8| block.iter().map(move |byte| byte ^ pad);
    let inner: Vec<u8> = padded(0x36).chain(data.iter().copied()).collect();
    let outer: Vec<u8> = padded(0x5c).chain(sha256(&inner)).collect();
    sha256(&outer)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hmac_gives_the_results_of_rfc_4231() {
        assert_eq!(
            hex(&hmac_sha256(b"Jefe", b"what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
        assert_eq!(
            hex(&hmac_sha256(&[0xaa; 131], b"Test Using Larger Than Block-Size Key - Hash Key First")),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        );
    }
}
