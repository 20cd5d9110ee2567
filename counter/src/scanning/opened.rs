//! A whole message, opened with one of the municipality's keys: whose sheet it is, and what it gives under a pack.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use kakanai_prefill::message::key_id;
use kakanai_prefill::slip::{self, Slip};
use kakanai_prefill::{OpenError, OpeningKey, PackMark, Purpose, Submission, Validity, Why, open};
use kakanai_rules::{FactSet, Pack, Subject};
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
    content: Content,
}

enum Content {
    Resident(Submission),
    Slip(Slip),
}

/// What a sheet gives under a pack.
pub struct Given {
    /// The facts with their sources; people are `p1`, `p2`, … in the order of the sheet.
    pub facts: FactSet,
    /// Questions that it leaves to the counter.
    pub at_counter: Vec<(Subject, String)>,
    /// Numbers of questions that there are no more.
    pub withdrawn: Vec<u32>,
    /// What was not taken over.
    pub refused: Vec<NotTaken>,
    /// Documents that another terminal read: kind, and whose.
    pub documents: Vec<(String, String)>,
}

/// An answer that was not taken over.
pub struct NotTaken {
    /// Number of the question, or the id of its fact.
    pub what: String,
    /// Person id on the sheet; `None` for the case.
    pub person: Option<String>,
    /// Why.
    pub why: Why,
}

impl Opened {
    /// Opens a message. The key that it names says which kind of sheet it is.
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
        Ok(match key.public().purpose() {
            Purpose::Prefill => {
                let content = open(message, keys, municipality)?;
                Opened {
                    sheet: digest(&content.id),
                    made_minutes: content.made_minutes,
                    valid_until: content.valid_until,
                    pack: content.pack,
                    lang: content.lang.clone(),
                    via,
                    content: Content::Resident(content),
                }
            }
            Purpose::Slip => {
                let content = slip::open(message, keys, municipality)?;
                Opened {
                    sheet: digest(&content.id),
                    made_minutes: content.made_minutes,
                    valid_until: content.valid_until,
                    pack: content.pack,
                    lang: content.lang.clone(),
                    via,
                    content: Content::Slip(content),
                }
            }
        })
    }

    /// Which kind of sheet.
    pub fn kind(&self) -> SheetKind {
        match self.content {
            Content::Resident(_) => SheetKind::Resident,
            Content::Slip(_) => SheetKind::Slip,
        }
    }

    /// Of a slip: the number of the case and its day at the counter.
    pub fn goes_on_from(&self) -> Option<(&str, Date)> {
        match &self.content {
            Content::Resident(_) => None,
            Content::Slip(slip) => Some((&slip.reception, slip.counter_date)),
        }
    }

    /// When it was made.
    pub fn made(&self) -> Timestamp {
        let minutes = Span::new().try_minutes(self.made_minutes);
        minutes.and_then(|minutes| epoch().checked_add(minutes)).unwrap_or(epoch())
    }

    /// Whether it may be used on a day.
    pub fn standing(&self, on: Date) -> Standing {
        match &self.content {
            Content::Resident(submission) => submission.validity(on),
            Content::Slip(slip) => slip.validity(on),
        }
    }

    /// What it gives under a pack.
    pub fn given(&self, pack: &Pack) -> Given {
        match &self.content {
            Content::Resident(submission) => {
                let imported = submission.import(pack);
                let refused = imported.refused.into_iter().map(|one| NotTaken {
                    what: one.number.to_string(),
                    person: one.person,
                    why: one.why,
                });
                Given {
                    refused: refused.collect(),
                    facts: imported.facts,
                    at_counter: imported.at_counter,
                    withdrawn: imported.withdrawn,
                    documents: Vec::new(),
                }
            }
            Content::Slip(slip) => {
                let resumed = slip.import(pack);
                let refused = resumed.left.into_iter().map(|one| NotTaken {
                    what: one.what,
                    person: one.person,
                    why: one.why,
                });
                Given {
                    refused: refused.collect(),
                    facts: resumed.facts,
                    at_counter: Vec::new(),
                    withdrawn: Vec::new(),
                    documents: resumed.documents,
                }
            }
        }
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

/// The minute that a sheet made now says; on a day at the counter that is not today, the middle of it.
pub fn made_minutes(now: Timestamp, on: Date) -> u32 {
    let today = crate::settings::today();
    let noon = on.at(3, 0, 0, 0).to_zoned(TimeZone::UTC).map_or(now, |noon| noon.timestamp());
    let made = if on == today { now } else { noon };
    let seconds = made.as_second().saturating_sub(EPOCH_SECONDS);
    u32::try_from(seconds / 60).unwrap_or_default()
}

fn epoch() -> Timestamp {
    Timestamp::from_second(EPOCH_SECONDS).unwrap_or_default()
}

fn digest(id: &[u8]) -> String {
    hex::encode(Sha256::new().chain_update(DOMAIN).chain_update(id).finalize())
}
