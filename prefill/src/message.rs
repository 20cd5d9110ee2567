//! The message: a body packed (raw deflate, RFC 1951) and sealed to a public key (HPKE, RFC 9180).
//!
//! `suite (1) | key id (4) | encapsulated key (32) | ciphertext with tag`; suite, key id and municipality are
//! bound to the ciphertext, so that no bit of the message can be changed. Nothing is unpacked before the seal has
//! been opened, and never more than [`BODY_MAX`] bytes.

use chacha20::ChaCha20Rng;
use chacha20::rand_core::{Rng as _, SeedableRng as _};
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable as _, Kem, OpModeR, OpModeS, Serializable as _};
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

use crate::key::{OpeningKey, PublicKey, Purpose};
use crate::refusal::{EncodeError, OpenError};

/// Longest message: sixteen parts of the largest code.
pub const MESSAGE_MAX: usize = 5_024;
/// Longest body, in bytes.
pub const BODY_MAX: usize = 32 * 1024;

/// DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305; base mode: anybody can seal.
const SUITE_BASE: u8 = 1;
/// The same in auth mode: only who has the private key can seal.
const SUITE_AUTH: u8 = 2;
/// Bytes before the encapsulated key: suite and key id.
const HEAD: usize = 5;
/// Bytes of the encapsulated key.
const ENCAPSULATED: usize = 32;
/// Bytes of the tag.
const TAG: usize = 16;

/// The randomness of one sheet, drawn from 32 random bytes: the ChaCha20 key stream (RFC 8439 with counter and nonce
/// zero). Its first eight bytes are the submission id, the next 32 the `ikm` of HPKE's key pair.
pub struct Randomness(ChaCha20Rng);

impl Randomness {
    /// From 32 bytes that are used for this sheet only.
    pub fn new(seed: &[u8; 32]) -> Randomness {
        Randomness(ChaCha20Rng::from_seed(*seed))
    }

    /// A new submission id; must be drawn before sealing.
    pub fn submission_id(&mut self) -> [u8; 8] {
        let mut id = [0; 8];
        self.0.fill_bytes(&mut id);
        id
    }
}

/// Packs a body. How it is packed may differ from version to version; what it unpacks to never does.
pub fn pack(body: &[u8]) -> Vec<u8> {
    compress_to_vec(body, 10)
}

/// Unpacks a body.
///
/// # Errors
/// `unpack-limit` when it would be longer than [`BODY_MAX`], `unpack-broken` when it is not one whole stream.
pub fn unpack(packed: &[u8]) -> Result<Vec<u8>, OpenError> {
    let mut body = vec![0; BODY_MAX];
    let flags = TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
    let mut state = Box::<DecompressorOxide>::default();
    let (status, used, length) = decompress(&mut state, packed, &mut body, 0, flags);
    match status {
        TINFLStatus::Done if used == packed.len() => {
            body.truncate(length);
            Ok(body)
        }
        TINFLStatus::HasMoreOutput => Err(OpenError::UnpackLimit),
        _ => Err(OpenError::UnpackBroken),
    }
}

/// Who may seal.
pub enum Sealer<'a> {
    /// Anybody who has the public key: what comes out is claimed, never proved.
    Anybody(&'a PublicKey),
    /// A holder of the private key, to all who hold it (HPKE auth mode): a terminal of the town.
    Holder(&'a OpeningKey),
}

impl Sealer<'_> {
    fn public(&self) -> &PublicKey {
        match self {
            Sealer::Anybody(key) => key,
            Sealer::Holder(key) => key.public(),
        }
    }
}

/// Seals packed bytes to a key.
///
/// # Errors
/// `key-unusable` when the key is not a point that can be sealed to, `too-long` when nobody would read the message.
pub fn seal(
    packed: &[u8],
    sealer: &Sealer<'_>,
    municipality: u32,
    randomness: &mut Randomness,
) -> Result<Vec<u8>, EncodeError> {
    let key = sealer.public();
    let public = hpke_public(key).ok_or(EncodeError::Key)?;
    let (suite, mode) = match sealer {
        Sealer::Anybody(_) => (SUITE_BASE, OpModeS::Base),
        Sealer::Holder(own) => {
            let private = own.hpke().ok_or(EncodeError::Key)?;
            (SUITE_AUTH, OpModeS::Auth((private, public.clone())))
        }
    };
    let mut message = vec![suite];
    message.extend_from_slice(&key.id());
    let (encapsulated, ciphertext) =
        hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &mode,
            &public,
            &key.purpose().info(municipality),
            packed,
            &message,
            &mut randomness.0,
        )
        .map_err(|_| EncodeError::Key)?;
    message.extend_from_slice(&encapsulated.to_bytes());
    message.extend_from_slice(&ciphertext);
    if message.len() > MESSAGE_MAX {
        return Err(EncodeError::TooLong);
    }
    Ok(message)
}

/// Opens a message with the key it was sealed to; what comes out is still packed.
///
/// # Errors
/// `message-size`, `suite-unknown`, `key-unknown`, `seal-broken`.
pub fn unseal(
    message: &[u8],
    purpose: Purpose,
    keys: &[OpeningKey],
    municipality: u32,
) -> Result<Vec<u8>, OpenError> {
    if !(HEAD + ENCAPSULATED + TAG..=MESSAGE_MAX).contains(&message.len()) {
        return Err(OpenError::Size);
    }
    let (head, sealed) = message.split_at_checked(HEAD).ok_or(OpenError::Size)?;
    let (encapsulated, ciphertext) =
        sealed.split_at_checked(ENCAPSULATED).ok_or(OpenError::Size)?;
    let (suite, id) = head.split_first().ok_or(OpenError::Size)?;
    if !matches!(*suite, SUITE_BASE | SUITE_AUTH) {
        return Err(OpenError::Suite);
    }
    let encapsulated = <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(encapsulated)
        .map_err(|_| OpenError::Seal)?;
    let fitting =
        |key: &&OpeningKey| key.public().purpose() == purpose && key.public().id().as_slice() == id;
    let mut refusal = OpenError::Key;
    for key in keys.iter().filter(fitting) {
        let private = key.hpke().ok_or(OpenError::Seal)?;
        let mode = match (purpose, *suite) {
            (Purpose::Prefill, SUITE_BASE) => OpModeR::Base,
            (Purpose::Slip, SUITE_AUTH) => {
                OpModeR::Auth(hpke_public(key.public()).ok_or(OpenError::Seal)?)
            }
            _ => return Err(OpenError::Seal),
        };
        let opened = hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &mode,
            &private,
            &encapsulated,
            &purpose.info(municipality),
            ciphertext,
            head,
        );
        match opened {
            Ok(packed) => return Ok(packed),
            Err(_) => refusal = OpenError::Seal,
        }
    }
    Err(refusal)
}

fn hpke_public(key: &PublicKey) -> Option<<X25519HkdfSha256 as Kem>::PublicKey> {
    <X25519HkdfSha256 as Kem>::PublicKey::from_bytes(key.bytes()).ok()
}

/// The key id that a message names; `None` when it is too short to be one.
pub fn key_id(message: &[u8]) -> Option<[u8; 4]> {
    message.get(1..HEAD)?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::{keypair, pair_for};

    #[test]
    fn a_zip_bomb_stops_at_the_limit() {
        let bomb = pack(&vec![0; 50_000_000]);
        assert!(bomb.len() < 60_000);
        assert_eq!(unpack(&bomb).unwrap_err(), OpenError::UnpackLimit);
        assert_eq!(unpack(&pack(&vec![0; BODY_MAX])).unwrap().len(), BODY_MAX);
        assert_eq!(unpack(&pack(&vec![0; BODY_MAX + 1])).unwrap_err(), OpenError::UnpackLimit);
    }

    #[test]
    fn a_stream_that_ends_early_or_goes_on_is_broken() {
        let packed = pack(b"kakanai");
        assert_eq!(unpack(&packed).unwrap(), b"kakanai");
        assert_eq!(unpack(&packed[..packed.len() - 1]).unwrap_err(), OpenError::UnpackBroken);
        assert_eq!(unpack(&[packed, vec![0]].concat()).unwrap_err(), OpenError::UnpackBroken);
        assert_eq!(unpack(&[]).unwrap_err(), OpenError::UnpackBroken);
    }

    #[test]
    fn a_message_opens_only_with_its_key_its_town_and_its_purpose() {
        let (key, public) = keypair(&[1; 32]);
        let (other, _) = keypair(&[2; 32]);
        let (slip, _) = pair_for(Purpose::Slip, &[1; 32]);
        let message =
            seal(b"packed", &Sealer::Anybody(&public), 990_019, &mut Randomness::new(&[3; 32]))
                .unwrap();
        assert_eq!(message.len(), 53 + 6);
        let open = |keys: &[OpeningKey], purpose, town| unseal(&message, purpose, keys, town);
        let both = [other.clone(), key.clone()];
        assert_eq!(open(&both, Purpose::Prefill, 990_019).unwrap(), b"packed");
        assert_eq!(open(&[other], Purpose::Prefill, 990_019).unwrap_err(), OpenError::Key);
        assert_eq!(
            open(std::slice::from_ref(&slip), Purpose::Slip, 990_019).unwrap_err(),
            OpenError::Seal
        );
        assert_eq!(open(&both, Purpose::Slip, 990_019).unwrap_err(), OpenError::Key);
        assert_eq!(open(&both, Purpose::Prefill, 990_027).unwrap_err(), OpenError::Seal);
    }

    #[test]
    fn only_who_holds_the_key_of_slips_can_make_one() {
        let (key, public) = pair_for(Purpose::Slip, &[1; 32]);
        let (other, _) = pair_for(Purpose::Slip, &[2; 32]);
        let keys = [key, other];
        let open = |message: &[u8]| unseal(message, Purpose::Slip, &keys, 990_019);
        let sealed = |sealer: &Sealer<'_>| {
            seal(b"packed", sealer, 990_019, &mut Randomness::new(&[3; 32])).unwrap()
        };
        let own = sealed(&Sealer::Holder(&keys[0]));
        assert_eq!(own.len(), 53 + 6);
        assert_eq!(open(&own).unwrap(), b"packed");
        let mut claimed = sealed(&Sealer::Anybody(&public));
        assert_eq!(open(&claimed).unwrap_err(), OpenError::Seal);
        claimed[0] = SUITE_AUTH;
        assert_eq!(open(&claimed).unwrap_err(), OpenError::Seal);
        // Another town's terminal, sealing to this town's key.
        let mut randomness = Randomness::new(&[3; 32]);
        let (enc, text) =
            hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
                &OpModeS::Auth((keys[1].hpke().unwrap(), hpke_public(keys[1].public()).unwrap())),
                &hpke_public(&public).unwrap(),
                &Purpose::Slip.info(990_019),
                b"packed",
                &own[..HEAD],
                &mut randomness.0,
            )
            .unwrap();
        let forged = [&own[..HEAD], &enc.to_bytes(), &text].concat();
        assert_eq!(open(&forged).unwrap_err(), OpenError::Seal);
    }

    #[test]
    fn a_public_key_that_gives_no_secret_is_not_used() {
        let zero = PublicKey::from_bytes(Purpose::Prefill, [0; 32]);
        let sealed =
            seal(b"packed", &Sealer::Anybody(&zero), 990_019, &mut Randomness::new(&[3; 32]));
        assert_eq!(sealed.unwrap_err(), EncodeError::Key);
    }
}
