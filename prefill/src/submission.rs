//! The submission: what the body of a sheet says, and the body as CBOR.
//!
//! A submission is *claimed by the resident*: anybody can seal to a public key. It has no `Debug` that shows answers.

use std::fmt;

use jiff::civil::{Date, DateTime};
use jiff::{Span, ToSpan as _};
use kakanai_rules::PEOPLE_MAX;

use crate::answer::{Answers, Given};
use crate::cbor::{self, Item};
use crate::key::{OpeningKey, Purpose};
use crate::message::{unpack, unseal};
use crate::refusal::OpenError;

/// The format that this program writes and reads.
pub const FORMAT: i64 = 1;
/// Days a sheet may be valid at most.
pub const VALID_MAX_DAYS: i64 = 180;
/// Days a sheet is valid unless said otherwise.
pub const VALID_DAYS: i64 = 30;

/// Minutes and days of the format count from here.
const EPOCH: Date = Date::constant(2025, 1, 1);

/// Which pack the page had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PackMark {
    /// [`kakanai_rules::Pack::version`].
    pub revision: u32,
    /// The first four bytes of the compiled pack's SHA-256.
    pub hash: [u8; 4],
}

/// Whether a sheet may still be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Validity {
    /// It may.
    Valid,
    /// Its last day is over: shown, and opened for reading only when the staff say so.
    Expired,
    /// It was made on a later day: a clock is wrong.
    FromFuture,
}

/// What a sheet says.
#[derive(Clone, PartialEq, Eq)]
pub struct Submission {
    /// Six-digit municipality code (全国地方公共団体コード).
    pub municipality: u32,
    /// The page's pack.
    pub pack: PackMark,
    /// When it was made: minutes since 2025-01-01T00:00Z.
    pub made_minutes: u32,
    /// The last day it is valid.
    pub valid_until: Date,
    /// Tells submissions apart.
    pub id: [u8; 8],
    /// Language tag of the page.
    pub lang: String,
    /// Answers for the household.
    pub case: Answers,
    /// Answers for each person, in the order in which they were named.
    pub people: Vec<Answers>,
}

impl fmt::Debug for Submission {
    /// Which sheet it is; never an answer.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Submission").field("id", &hex::encode(self.id)).finish_non_exhaustive()
    }
}

/// Opens a message of a resident's sheet.
///
/// # Errors
/// [`OpenError`], one for each row of the format's table of refusals.
pub fn open(
    message: &[u8],
    keys: &[OpeningKey],
    municipality: u32,
) -> Result<Submission, OpenError> {
    let body = unpack(&unseal(message, Purpose::Prefill, keys, municipality)?)?;
    let submission = Submission::read(&body)?;
    if submission.municipality != municipality {
        return Err(OpenError::Municipality);
    }
    Ok(submission)
}

impl Submission {
    /// The body: deterministic CBOR.
    pub fn body(&self) -> Vec<u8> {
        let number = |number: u32| Item::Integer(number.into());
        let entries = vec![
            Item::Integer(FORMAT),
            number(self.municipality),
            Item::Array(vec![number(self.pack.revision), Item::Bytes(self.pack.hash.to_vec())]),
            number(self.made_minutes),
            Item::Integer(days(self.valid_until)),
            Item::Bytes(self.id.to_vec()),
            Item::Text(self.lang.clone()),
            answers_item(&self.case),
            Item::Array(self.people.iter().map(answers_item).collect()),
        ];
        cbor::write(&Item::Map((0..).map(Item::Integer).zip(entries).collect()))
    }

    /// Reads a body.
    ///
    /// # Errors
    /// `body-encoding`, `format-unknown`, `body-malformed` with the key, `validity-wrong`.
    pub fn read(body: &[u8]) -> Result<Submission, OpenError> {
        let mut fields = Fields::read(body)?;
        let submission = Submission {
            municipality: fields.number(1)?,
            pack: fields.pack(2)?,
            made_minutes: fields.number(3)?,
            valid_until: fields.day(4)?,
            id: fields.bytes(5)?,
            lang: fields.language(6)?,
            case: fields.take(7, answers)?,
            people: fields.list(8, PEOPLE_MAX, answers)?,
        };
        fields.end()?;
        if !is_allowed_validity(submission.made_minutes, submission.valid_until) {
            return Err(OpenError::Validity);
        }
        Ok(submission)
    }

    /// The day it was made, in Japan.
    pub fn made_on(&self) -> Date {
        day_made(self.made_minutes)
    }

    /// Whether it may be used on the day `on`.
    pub fn validity(&self, on: Date) -> Validity {
        validity(self.made_minutes, self.valid_until, on)
    }
}

/// Whether a sheet made at `made_minutes` may be valid until `until`: not before the day it was made, and not more
/// than [`VALID_MAX_DAYS`] later.
pub(crate) fn is_allowed_validity(made_minutes: u32, until: Date) -> bool {
    let made = day_made(made_minutes);
    let last = made.saturating_add(VALID_MAX_DAYS.days());
    (made..=last).contains(&until)
}

/// Whether a sheet may be used on the day `on`.
pub(crate) fn validity(made_minutes: u32, until: Date, on: Date) -> Validity {
    if until < on {
        Validity::Expired
    } else if day_made(made_minutes) > on {
        Validity::FromFuture
    } else {
        Validity::Valid
    }
}

/// The day in Japan (UTC+9, no summer time) of a minute since 2025-01-01T00:00Z.
fn day_made(minutes: u32) -> Date {
    let start: DateTime = EPOCH.at(9, 0, 0, 0);
    let made = Span::new().try_minutes(minutes).and_then(|span| start.checked_add(span));
    made.map_or(Date::MAX, DateTime::date)
}

/// Whether a text has the shape of a language tag.
pub(crate) fn is_language(tag: &str) -> bool {
    (2..=35).contains(&tag.len())
        && tag.split('-').all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

/// Days from 2025-01-01.
pub(crate) fn days(day: Date) -> i64 {
    day.since(EPOCH).map_or(0, |span| span.get_days().into())
}

pub(crate) fn answers_item(answers: &Answers) -> Item {
    let pair = |(number, given): (&u32, &Given)| (Item::Integer((*number).into()), given.to_item());
    Item::Map(answers.iter().map(pair).collect())
}

pub(crate) fn answers(item: Item) -> Option<Answers> {
    let Item::Map(pairs) = item else { return None };
    let answer = |(number, given)| Some((unsigned(number)?, Given::from_item(given)?));
    pairs.into_iter().map(answer).collect()
}

pub(crate) fn unsigned(item: Item) -> Option<u32> {
    match item {
        Item::Integer(number) => number.try_into().ok(),
        _ => None,
    }
}

/// The entries of a body, taken one by one in the order of their keys; what is left over is refused.
pub(crate) struct Fields(std::iter::Peekable<std::vec::IntoIter<(Item, Item)>>);

impl Fields {
    /// Reads a body up to and including its format number.
    pub(crate) fn read(body: &[u8]) -> Result<Fields, OpenError> {
        let Item::Map(pairs) = cbor::read(body)? else { return Err(OpenError::Body(0)) };
        let mut fields = Fields(pairs.into_iter().peekable());
        if fields.take(0, unsigned)? != 1 {
            return Err(OpenError::Format);
        }
        Ok(fields)
    }

    pub(crate) fn take<T>(
        &mut self,
        key: i64,
        read: impl FnOnce(Item) -> Option<T>,
    ) -> Result<T, OpenError> {
        self.maybe(key, read)?.ok_or(OpenError::Body(key))
    }

    /// An entry that may be missing.
    pub(crate) fn maybe<T>(
        &mut self,
        key: i64,
        read: impl FnOnce(Item) -> Option<T>,
    ) -> Result<Option<T>, OpenError> {
        let Some((_, item)) = self.0.next_if(|(at, _)| *at == Item::Integer(key)) else {
            return Ok(None);
        };
        read(item).map(Some).ok_or(OpenError::Body(key))
    }

    pub(crate) fn number(&mut self, key: i64) -> Result<u32, OpenError> {
        self.take(key, unsigned)
    }

    pub(crate) fn day(&mut self, key: i64) -> Result<Date, OpenError> {
        let days = i64::from(self.number(key)?);
        let day = Span::new().try_days(days).and_then(|span| EPOCH.checked_add(span));
        day.map_err(|_| OpenError::Body(key))
    }

    pub(crate) fn bytes<const N: usize>(&mut self, key: i64) -> Result<[u8; N], OpenError> {
        self.take(key, |item| match item {
            Item::Bytes(bytes) => bytes.try_into().ok(),
            _ => None,
        })
    }

    pub(crate) fn pack(&mut self, key: i64) -> Result<PackMark, OpenError> {
        self.take(key, |item| match item {
            Item::Array(items) => match <[Item; 2]>::try_from(items).ok()? {
                [revision, Item::Bytes(hash)] => {
                    Some(PackMark { revision: unsigned(revision)?, hash: hash.try_into().ok()? })
                }
                _ => None,
            },
            _ => None,
        })
    }

    pub(crate) fn language(&mut self, key: i64) -> Result<String, OpenError> {
        self.take(key, |item| match item {
            Item::Text(tag) if is_language(&tag) => Some(tag),
            _ => None,
        })
    }

    pub(crate) fn list<T>(
        &mut self,
        key: i64,
        most: usize,
        read: impl Fn(Item) -> Option<T>,
    ) -> Result<Vec<T>, OpenError> {
        self.take(key, |item| match item {
            Item::Array(items) if items.len() <= most => items.into_iter().map(read).collect(),
            _ => None,
        })
    }

    /// Nothing may be left.
    pub(crate) fn end(mut self) -> Result<(), OpenError> {
        match self.0.next() {
            None => Ok(()),
            Some((Item::Integer(key), _)) => Err(OpenError::Body(key)),
            Some(_) => Err(OpenError::Body(-1)),
        }
    }
}
