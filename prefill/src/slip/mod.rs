//! The case slip (受付票): a case carried on its own check sheet from one terminal of the town to the next.
//!
//! The same layers as a resident's sheet, with two differences. It is sealed in HPKE's auth mode by a holder of the
//! counter key: what opens was made by a terminal of the town, so its facts keep their sources. And it carries every
//! fact of the case, not only what may be asked at home; nothing discreet even so.

mod body;
mod carried;
mod layout;
mod resume;

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;
use kakanai_rules::{
    Answer, FactSet, PEOPLE_MAX, Pack, Sensitivity, Source, Subject, SubjectKind, Vocabulary,
};

use crate::key::{OpeningKey, Purpose};
use crate::message::{Randomness, Sealer, pack as packed, seal, unpack, unseal};
use crate::refusal::{EncodeError, OpenError};
use crate::sheet::{Making, Sheet, municipality, sheet};
use crate::submission::{PackMark, Validity, validity};

use carried::{Carried, Key, Statements, document_number, numbered_source, source_number};
pub use resume::{Resumed, Uncarried};

/// Fact that the slip carries by itself.
const COUNTER_DATE: &str = "counter_date";

/// What of a case goes onto its slip.
pub struct Contents<'a> {
    /// Reception number (受付番号), `A-0042`.
    pub reception: &'a str,
    /// The day at the counter.
    pub counter_date: Date,
    /// Everything known; the discreet is left out here.
    pub facts: &'a FactSet,
    /// Documents that were read: kind (`mynumber`, …) and whose. One that the format does not know, or of somebody
    /// who left the case, does not travel; its facts do.
    pub documents: &'a [(&'a str, &'a str)],
}

/// What a slip says.
#[derive(Clone, PartialEq, Eq)]
pub struct Slip {
    /// Six-digit municipality code.
    pub municipality: u32,
    /// The pack of the terminal that made it.
    pub pack: PackMark,
    /// When it was made: minutes since 2025-01-01T00:00Z.
    pub made_minutes: u32,
    /// The last day it is valid.
    pub valid_until: Date,
    /// Tells slips apart.
    pub id: [u8; 8],
    /// Language of the visit.
    pub lang: String,
    /// Reception number at the terminal that made it.
    pub reception: String,
    /// The day at the counter.
    pub counter_date: Date,
    /// Documents that were read: kind and whose, as the place in the list of people.
    pub documents: Vec<(String, usize)>,
    household_complete: bool,
    case: Statements,
    people: Vec<Statements>,
    default_source: Source,
    other_sources: BTreeMap<u32, Vec<Vec<Key>>>,
    disagreeing: Vec<Disagreeing>,
}

/// A statement that disagrees with the one that counts; somebody has yet to settle it.
#[derive(Clone, PartialEq, Eq)]
struct Disagreeing {
    person: Option<usize>,
    key: Key,
    source: Source,
    value: Carried,
}

impl fmt::Debug for Slip {
    /// Which slip it is; never a fact.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Slip").field("id", &hex::encode(self.id)).finish_non_exhaustive()
    }
}

/// Seals a case for the other terminals of the town.
///
/// # Errors
/// [`EncodeError`]; it names the fact and the person's place, never a value.
pub fn encode(
    pack: &Pack,
    contents: &Contents<'_>,
    key: &OpeningKey,
    making: &Making<'_>,
) -> Result<Sheet, EncodeError> {
    if key.public().purpose() != Purpose::Slip {
        return Err(EncodeError::Key);
    }
    let mut randomness = Randomness::new(making.seed);
    let slip = Slip::new(pack, contents, making, randomness.submission_id())?;
    let sealer = Sealer::Holder(key);
    let message = seal(&packed(&slip.body()), &sealer, slip.municipality, &mut randomness)?;
    sheet(&message, making.medium)
}

/// Opens a message of a case slip.
///
/// # Errors
/// [`OpenError`].
pub fn open(message: &[u8], keys: &[OpeningKey], municipality: u32) -> Result<Slip, OpenError> {
    let body = unpack(&unseal(message, Purpose::Slip, keys, municipality)?)?;
    let slip = Slip::read(&body)?;
    if slip.municipality != municipality {
        return Err(OpenError::Municipality);
    }
    Ok(slip)
}

impl Slip {
    fn new(
        pack: &Pack,
        contents: &Contents<'_>,
        making: &Making<'_>,
        id: [u8; 8],
    ) -> Result<Slip, EncodeError> {
        making.check()?;
        let facts = contents.facts;
        if facts.people().len() > PEOPLE_MAX {
            return Err(EncodeError::People);
        }
        let people: Vec<&str> = facts.people().iter().map(|person| person.id.as_str()).collect();
        let document = |(kind, person): &(&str, &str)| {
            let place = people.iter().position(|id| id == person)?;
            document_number(kind).map(|_| ((*kind).to_owned(), place))
        };
        let mut slip = Slip {
            municipality: municipality(pack)?,
            pack: PackMark { revision: pack.version, hash: making.pack_hash },
            made_minutes: making.made_minutes,
            valid_until: making.valid_until,
            id,
            lang: making.lang.to_owned(),
            reception: contents.reception.to_owned(),
            counter_date: contents.counter_date,
            documents: contents.documents.iter().filter_map(document).collect(),
            household_complete: facts.household_complete,
            case: Statements::new(),
            people: vec![Statements::new(); people.len()],
            default_source: commonest_source(facts),
            other_sources: BTreeMap::new(),
            disagreeing: Vec::new(),
        };
        let vocabulary = pack.vocabulary();
        slip.take(pack, &vocabulary, facts, None, &people)?;
        for place in 0..people.len() {
            slip.take(pack, &vocabulary, facts, Some(place), &people)?;
        }
        Ok(slip)
    }

    /// Takes what is known of the case or one person.
    fn take(
        &mut self,
        pack: &Pack,
        vocabulary: &Vocabulary,
        facts: &FactSet,
        person: Option<usize>,
        people: &[&str],
    ) -> Result<(), EncodeError> {
        let id = person.and_then(|place| people.get(place)).map(|id| (*id).to_owned());
        let subject = Subject::from(id);
        let kind = if person.is_none() { SubjectKind::Case } else { SubjectKind::Person };
        for (fact, statement) in facts.newest(&subject) {
            let Some(def) = vocabulary.about(kind, fact) else { continue };
            if def.sensitivity == Sensitivity::Discreet || fact == COUNTER_DATE {
                continue;
            }
            let carry = |answer: &Answer| {
                Carried::of(pack, def, answer, people)
                    .map_err(|_| EncodeError::Value { fact: fact.to_owned(), person })
            };
            let Some(value) = carry(&statement.answer)? else { continue };
            let key = Key::of(pack, fact);
            if statement.source != self.default_source {
                self.note_source(statement.source, person, key.clone());
            }
            for other in facts.conflicts(&subject, fact) {
                if let Some(value) = carry(&other.answer)? {
                    let (key, source) = (key.clone(), other.source);
                    self.disagreeing.push(Disagreeing { person, key, source, value });
                }
            }
            let statements = match person {
                None => Some(&mut self.case),
                Some(place) => self.people.get_mut(place),
            };
            if let Some(statements) = statements {
                statements.insert(key, value);
            }
        }
        Ok(())
    }

    fn note_source(&mut self, source: Source, person: Option<usize>, key: Key) {
        let subjects = self.people.len().saturating_add(1);
        let keys = self
            .other_sources
            .entry(source_number(source))
            .or_insert_with(|| vec![Vec::new(); subjects]);
        let at = person.map_or(0, |place| place.saturating_add(1));
        if let Some(keys) = keys.get_mut(at) {
            keys.push(key);
        }
    }

    /// Whether it may be used on the day `on`.
    pub fn validity(&self, on: Date) -> Validity {
        validity(self.made_minutes, self.valid_until, on)
    }

    fn source_of(&self, person: Option<usize>, key: &Key) -> Source {
        let at = person.map_or(0, |place| place.saturating_add(1));
        let listed =
            |subjects: &Vec<Vec<Key>>| subjects.get(at).is_some_and(|keys| keys.contains(key));
        let found = self.other_sources.iter().find(|(_, subjects)| listed(subjects));
        let source = found.and_then(|(number, _)| numbered_source(*number));
        source.unwrap_or(self.default_source)
    }
}

/// The source that most statements have: it need not be written.
fn commonest_source(facts: &FactSet) -> Source {
    let people = facts.people().iter().map(|person| Subject::Person(person.id.clone()));
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for subject in people.chain([Subject::Case]) {
        for (_, statement) in facts.newest(&subject) {
            let count = counts.entry(source_number(statement.source)).or_default();
            *count = count.saturating_add(1);
        }
    }
    let most = counts.iter().max_by_key(|(_, count)| **count);
    most.and_then(|(number, _)| numbered_source(*number)).unwrap_or(Source::Resident)
}
