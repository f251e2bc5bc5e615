//! Authorities that vouch for hosts, and the certificate that a host shows, chosen by the name it is asked for.

use std::fmt;
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, KeyUsagePurpose};
use time::macros::datetime;
use tokio_rustls::rustls::crypto::ring::{self, sign::any_ecdsa_type};
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::rustls::server::{ClientHello, ResolvesServerCert};
use tokio_rustls::rustls::sign::CertifiedKey;
use tokio_rustls::rustls::{ClientConfig, RootCertStore, ServerConfig, version};

type Issuer = CertifiedIssuer<'static, KeyPair>;

/// Two authorities: one that the servers under test trust, one that they do not.
pub(crate) struct Authority {
    trusted: Issuer,
    /// Two others, of which the trusted one vouches for the first, and that for the second, as with providers.
    between: [Issuer; 2],
    unknown: Issuer,
}

impl fmt::Debug for Authority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Authority")
    }
}

impl Authority {
    pub(crate) fn new() -> Self {
        let trusted = issuer("The test's authority");
        let first = vouched("One in between", &trusted);
        let second = vouched("Another in between", &first);
        Self { trusted, between: [first, second], unknown: issuer("Another authority") }
    }

    /// The certificate to trust, as a file's text.
    pub(crate) fn pem(&self) -> String {
        self.trusted.pem()
    }

    /// A server that shows what its name says: `gaussdb.unknown-authority.…` a certificate of the other authority,
    /// `….another-name.…` one of another host, `….expired.…` one of the past, every other host a good one.
    pub(crate) fn server(self) -> Arc<ServerConfig> {
        let versions = [&version::TLS12, &version::TLS13];
        let builder = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()));
        let builder = builder.with_protocol_versions(&versions).expect("versions of TLS");
        let mut config = builder.with_no_client_auth().with_cert_resolver(Arc::new(self));
        // What is behind it speaks HTTP/1.1: a client that would rather have HTTP/2 notices.
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Arc::new(config)
    }

    /// A good certificate for a name and its key, as the texts of files.
    pub(crate) fn pair(&self, name: &str) -> (String, String) {
        let params = CertificateParams::new([name.to_owned()]).expect("a name");
        let key = KeyPair::generate().expect("a key");
        (params.signed_by(&key, &self.trusted).expect("a certificate").pem(), key.serialize_pem())
    }

    /// A client that believes the trusted authority.
    pub(crate) fn client(&self) -> Arc<ClientConfig> {
        let mut roots = RootCertStore::empty();
        roots.add(self.trusted.der().clone()).expect("a root");
        let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
        let builder = builder.with_protocol_versions(&[&version::TLS13]).expect("versions of TLS");
        Arc::new(builder.with_root_certificates(roots).with_no_client_auth())
    }

    fn certificate(&self, name: &str) -> CertifiedKey {
        let shown = if name.contains(".another-name.") { "gaussdb.cn-north-4.myhuaweicloud.com" } else { name };
        let mut params = CertificateParams::new([shown.to_owned()]).expect("a name");
        if name.contains(".expired.") {
            (params.not_before, params.not_after) = (datetime!(2020-01-01 0:00 UTC), datetime!(2020-02-01 0:00 UTC));
        }
        let [first, second] = &self.between;
        let issuer = if name.contains(".unknown-authority.") { &self.unknown } else { second };
        let key = KeyPair::generate().expect("a key");
        let certificate = params.signed_by(&key, issuer).expect("a certificate");
        let key = PrivateKeyDer::try_from(key.serialize_der()).expect("a key");
        let chain = vec![certificate.der().clone(), second.der().clone(), first.der().clone()];
        CertifiedKey::new(chain, any_ecdsa_type(&key).expect("a key"))
    }
}

impl ResolvesServerCert for Authority {
    /// Without a name there is no certificate: whoever calls must say whom.
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        hello.server_name().map(|name| Arc::new(self.certificate(name)))
    }
}

fn issuer(name: &str) -> Issuer {
    CertifiedIssuer::self_signed(of_issuer(name), KeyPair::generate().expect("a key")).expect("a certificate")
}

fn vouched(name: &str, by: &Issuer) -> Issuer {
    CertifiedIssuer::signed_by(of_issuer(name), KeyPair::generate().expect("a key"), by).expect("a certificate")
}

fn of_issuer(name: &str) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params
}
