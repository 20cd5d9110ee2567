//! A whole message, opened with one of the municipality's keys: whose sheet it is, and what it gives under a pack.

use jiff::civil::Date;
use jiff::{Span, Timestamp};
use kakanai_prefill::message::key_id;
use kakanai_prefill::{
    Imported, OpenError, OpeningKey, PackMark, Purpose, Submission, Validity, open,
};
use kakanai_rules::Pack;
use sha2::{Digest as _, Sha256};

use super::Via;
use crate::door::{DoorError, SheetKind};

/// Minutes of a sheet count from 2025-01-01T00:00Z.
const EPOCH_SECONDS: i64 = 1_735_689_600;
/// Sets the digest of a sheet's id apart from every other digest.
const DOMAIN: &[u8] = b"kakanai sheet id 1\0";

/// Whether a sheet may still, or already, be used.
pub type Standing = Validity;

/// A sheet that was opened.
pub struct Opened {
    /// SHA-256 over its id, hexadecimal.
    pub sheet: String,
    /// When it was made: minutes since 2025-01-01T00:00Z.
    pub made_minutes: u32,
    /// Its last day.
    pub valid_until: Date,
    /// The pack it was made with.
    pub pack: PackMark,
    /// Language tag of the page.
    pub lang: String,
    /// How its last part was read.
    pub via: Via,
    content: Submission,
}

impl Opened {
    /// Opens a message.
    ///
    /// # Errors
    /// [`OpenError`].
    pub fn open(
        message: &[u8],
        keys: &[OpeningKey],
        municipality: u32,
        via: Via,
    ) -> Result<Opened, OpenError> {
        let id = key_id(message).ok_or(OpenError::Size)?;
        let key = keys.iter().find(|key| key.public().id() == id).ok_or(OpenError::Key)?;
        match key.public().purpose() {
            Purpose::Prefill => {
                let content = open(message, keys, municipality)?;
                Ok(Opened {
                    sheet: digest(&content.id),
                    made_minutes: content.made_minutes,
                    valid_until: content.valid_until,
                    pack: content.pack,
                    lang: content.lang.clone(),
                    via,
                    content,
                })
            }
            Purpose::Slip => Err(OpenError::Key),
        }
    }

    /// Which kind of sheet.
    pub fn kind(&self) -> SheetKind {
        SheetKind::Resident
    }

    /// When it was made.
    pub fn made(&self) -> Timestamp {
        let start = Timestamp::from_second(EPOCH_SECONDS).unwrap_or_default();
        let minutes = Span::new().try_minutes(self.made_minutes);
        minutes.and_then(|minutes| start.checked_add(minutes)).unwrap_or(start)
    }

    /// Whether it may be used on a day.
    pub fn standing(&self, on: Date) -> Standing {
        self.content.validity(on)
    }

    /// What it gives under a pack.
    pub fn import(&self, pack: &Pack) -> Imported {
        self.content.import(pack)
    }
}

/// Refuses a sheet outside its days, unless the clerk takes it even so.
///
/// # Errors
/// `sheet-expired`, `sheet-from-the-future`.
pub fn check_standing(opened: &Opened, on: Date, even_so: bool) -> Result<(), DoorError> {
    let until = opened.valid_until.to_string();
    match opened.standing(on) {
        Standing::Valid => Ok(()),
        _ if even_so => Ok(()),
        Standing::Expired => Err(DoorError::of("sheet-expired").with("valid_until", until)),
        Standing::FromFuture => Err(DoorError::of("sheet-from-the-future")),
    }
}

fn digest(id: &[u8]) -> String {
    hex::encode(Sha256::new().chain_update(DOMAIN).chain_update(id).finalize())
}
