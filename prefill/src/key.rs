//! Key pairs: the public one stands on the page at home, the private one opens at the counter.
//!
//! X25519, one pair a municipality and year for pre-filling, one for case slips. A private key is wiped when dropped
//! and has no `Debug`; what is written on disk in clear exists only for `prefill keygen` and tests.

use hpke::kem::{Kem as _, X25519HkdfSha256};
use hpke::{Deserializable as _, Serializable as _};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

/// What a key is for; a sheet sealed for one purpose never opens as the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Pre-filling at home (事前入力).
    Prefill,
    /// The case slip from terminal to terminal (受付票).
    Slip,
}

impl Purpose {
    /// The id used in files.
    pub fn id(self) -> &'static str {
        match self {
            Purpose::Prefill => "prefill",
            Purpose::Slip => "slip",
        }
    }

    /// HPKE's `info`: what the key is for, a zero byte, the municipality code.
    pub(crate) fn info(self, municipality: u32) -> Vec<u8> {
        let mut info = match self {
            Purpose::Prefill => b"kakanai prefill 1".to_vec(),
            Purpose::Slip => b"kakanai slip 1".to_vec(),
        };
        info.push(0);
        info.extend_from_slice(&municipality.to_be_bytes());
        info
    }
}

/// Why a text is not a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not one line `kakanai-…-key-1 HEX`.
    #[error("not a key of this program")]
    Form,
    /// A private key where a public one belongs. It must not be shown to anybody.
    #[error("this is a private key; give the public one")]
    Private,
    /// A public key where a private one belongs.
    #[error("this is a public key; give the private one")]
    Public,
}

impl KeyError {
    /// Stable code.
    pub fn code(self) -> &'static str {
        match self {
            KeyError::Form => "key-form",
            KeyError::Private => "key-private",
            KeyError::Public => "key-public",
        }
    }
}

/// A public key: seals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PublicKey {
    purpose: Purpose,
    bytes: [u8; 32],
}

impl PublicKey {
    /// A key from its 32 bytes (RFC 7748).
    pub fn from_bytes(purpose: Purpose, bytes: [u8; 32]) -> PublicKey {
        PublicKey { purpose, bytes }
    }

    /// The 32 bytes.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.bytes
    }

    /// What it is for.
    pub fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// The first four bytes of its SHA-256: stands in every message.
    pub fn id(&self) -> [u8; 4] {
        let digest = Sha256::digest(self.bytes);
        digest.first_chunk().copied().unwrap_or_default()
    }

    /// For people to compare: 16 bytes of its SHA-256 in eight groups of four hexadecimal digits.
    pub fn fingerprint(&self) -> String {
        let digest = Sha256::digest(self.bytes);
        let groups: Vec<String> = digest.chunks(2).take(8).map(hex::encode).collect();
        groups.join(" ")
    }

    /// One line for a file: `kakanai-prefill-public-key-1 HEX`.
    pub fn to_line(&self) -> String {
        line(self.purpose, "public", &self.bytes)
    }

    /// Reads [`PublicKey::to_line`].
    ///
    /// # Errors
    /// [`KeyError`]; a private key is named as such.
    pub fn parse(text: &str) -> Result<PublicKey, KeyError> {
        let (purpose, private, bytes) = parse(text)?;
        if private { Err(KeyError::Private) } else { Ok(PublicKey { purpose, bytes: *bytes }) }
    }
}

/// A private key: opens. Wiped when dropped.
#[derive(Clone)]
pub struct OpeningKey {
    secret: Zeroizing<[u8; 32]>,
    public: PublicKey,
}

impl OpeningKey {
    /// A key from its 32 secret bytes.
    pub fn from_bytes(purpose: Purpose, secret: &[u8; 32]) -> OpeningKey {
        let secret = Zeroizing::new(*secret);
        let bytes = hpke_key(&secret).map_or([0; 32], |key| {
            let mut bytes = [0; 32];
            X25519HkdfSha256::sk_to_pk(&key).write_exact(&mut bytes);
            bytes
        });
        OpeningKey { secret, public: PublicKey { purpose, bytes } }
    }

    /// The 32 secret bytes, for the key slot of the store.
    pub fn secret(&self) -> &[u8; 32] {
        &self.secret
    }

    /// The public key of the pair.
    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    /// One line for a file: `kakanai-prefill-private-key-1 HEX`.
    pub fn to_line(&self) -> Zeroizing<String> {
        Zeroizing::new(line(self.public.purpose, "private", &self.secret))
    }

    /// Reads [`OpeningKey::to_line`].
    ///
    /// # Errors
    /// [`KeyError`]; a public key is named as such.
    pub fn parse(text: &str) -> Result<OpeningKey, KeyError> {
        let (purpose, private, bytes) = parse(text)?;
        if private { Ok(OpeningKey::from_bytes(purpose, &bytes)) } else { Err(KeyError::Public) }
    }

    pub(crate) fn hpke(&self) -> Option<<X25519HkdfSha256 as hpke::Kem>::PrivateKey> {
        hpke_key(&self.secret)
    }
}

/// The pair for pre-filling that 32 random bytes give (RFC 9180, `DeriveKeyPair`).
pub fn keypair(seed: &[u8; 32]) -> (OpeningKey, PublicKey) {
    pair_for(Purpose::Prefill, seed)
}

/// The pair for a purpose that 32 random bytes give (RFC 9180, `DeriveKeyPair`).
pub fn pair_for(purpose: Purpose, seed: &[u8; 32]) -> (OpeningKey, PublicKey) {
    let (private, _) = X25519HkdfSha256::derive_keypair(seed);
    let mut secret = Zeroizing::new([0; 32]);
    private.write_exact(secret.as_mut_slice());
    let key = OpeningKey::from_bytes(purpose, &secret);
    let public = key.public;
    (key, public)
}

fn hpke_key(secret: &[u8; 32]) -> Option<<X25519HkdfSha256 as hpke::Kem>::PrivateKey> {
    <X25519HkdfSha256 as hpke::Kem>::PrivateKey::from_bytes(secret).ok()
}

fn line(purpose: Purpose, half: &str, bytes: &[u8; 32]) -> String {
    format!("kakanai-{}-{half}-key-1 {}\n", purpose.id(), *Zeroizing::new(hex::encode(bytes)))
}

fn parse(text: &str) -> Result<(Purpose, bool, Zeroizing<[u8; 32]>), KeyError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).trim();
    let (kind, digits) = text.split_once(' ').ok_or(KeyError::Form)?;
    let (purpose, private) = match kind {
        "kakanai-prefill-public-key-1" => (Purpose::Prefill, false),
        "kakanai-prefill-private-key-1" => (Purpose::Prefill, true),
        "kakanai-slip-public-key-1" => (Purpose::Slip, false),
        "kakanai-slip-private-key-1" => (Purpose::Slip, true),
        _ => return Err(KeyError::Form),
    };
    let mut bytes = Zeroizing::new([0; 32]);
    hex::decode_to_slice(digits, bytes.as_mut_slice()).map_err(|_| KeyError::Form)?;
    Ok((purpose, private, bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_as_it_was_written_and_the_halves_are_told_apart() {
        for purpose in [Purpose::Prefill, Purpose::Slip] {
            let (key, public) = pair_for(purpose, &[7; 32]);
            assert_eq!(PublicKey::parse(&public.to_line()), Ok(public));
            let again = OpeningKey::parse(&key.to_line()).ok().unwrap();
            assert_eq!((again.secret(), again.public()), (key.secret(), &public));
            assert_eq!(PublicKey::parse(&key.to_line()), Err(KeyError::Private));
            assert_eq!(OpeningKey::parse(&public.to_line()).err(), Some(KeyError::Public));
        }
        for bad in [
            "",
            "x",
            "kakanai-prefill-public-key-1",
            "kakanai-prefill-public-key-1 00",
            "kakanai-prefill-public-key-2 0000000000000000000000000000000000000000000000000000000000000000",
        ] {
            assert_eq!(PublicKey::parse(bad), Err(KeyError::Form), "{bad}");
        }
    }

    #[test]
    fn the_fingerprint_is_read_aloud_in_groups() {
        let (_, public) = keypair(&[7; 32]);
        let groups: Vec<String> = public.fingerprint().split(' ').map(str::to_owned).collect();
        assert_eq!(groups.len(), 8);
        assert!(groups.iter().all(|group| group.len() == 4));
        assert_eq!(groups[..2].concat(), hex::encode(public.id()));
    }
}
