//! From facts to the digit texts of a sheet's codes.
//!
//! Only what the pack lets be asked at home is encoded, and nothing discreet, whoever stated it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use kakanai_rules::{
    Answer, FactDef, FactSet, PEOPLE_MAX, Pack, Sensitivity, Subject, SubjectKind,
};

use crate::answer::{Answers, Given, Why, give};
use crate::code::Medium;
use crate::import::PEOPLE;
use crate::key::PublicKey;
use crate::message::{Randomness, Sealer, pack as packed, seal};
use crate::part::split;
use crate::refusal::EncodeError;
use crate::submission::{PackMark, Submission, is_allowed_validity, is_language};

/// What a sheet needs besides the answers: this crate has neither a clock nor randomness.
pub struct Making<'a> {
    /// Minutes since 2025-01-01T00:00Z.
    pub made_minutes: u32,
    /// The last day it is valid; at most 180 days later.
    pub valid_until: Date,
    /// Language tag of the page.
    pub lang: &'a str,
    /// The first four bytes of the compiled pack's SHA-256.
    pub pack_hash: [u8; 4],
    /// 32 random bytes, used for this sheet only.
    pub seed: &'a [u8; 32],
    /// Where the codes are shown.
    pub medium: Medium,
}

impl Making<'_> {
    pub(crate) fn check(&self) -> Result<(), EncodeError> {
        if !is_language(self.lang) {
            return Err(EncodeError::Language);
        }
        if !is_allowed_validity(self.made_minutes, self.valid_until) {
            return Err(EncodeError::Validity);
        }
        Ok(())
    }
}

/// The codes of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The digits of each code; read in any order.
    pub texts: Vec<String>,
    /// Bytes of the sealed message.
    pub message_len: usize,
    /// The version of every code, level M.
    pub version: u8,
}

/// Seals what the household answered at home to the municipality's key.
///
/// # Errors
/// [`EncodeError`]; it names the fact and the person's place, never a value.
pub fn encode(
    pack: &Pack,
    facts: &FactSet,
    key: &PublicKey,
    making: &Making<'_>,
) -> Result<Sheet, EncodeError> {
    let mut randomness = Randomness::new(making.seed);
    let submission = submission(pack, facts, making, randomness.submission_id())?;
    let packed = packed(&submission.body());
    let sealer = Sealer::Anybody(key);
    let message = seal(&packed, &sealer, submission.municipality, &mut randomness)?;
    sheet(&message, making.medium)
}

/// The codes of a sealed message.
pub(crate) fn sheet(message: &[u8], medium: Medium) -> Result<Sheet, EncodeError> {
    let (parts, version) = medium.cut(message.len()).ok_or(EncodeError::TooLong)?;
    Ok(Sheet { texts: split(message, parts), message_len: message.len(), version })
}

/// What the household answered at home.
///
/// # Errors
/// As [`encode`].
pub fn submission(
    pack: &Pack,
    facts: &FactSet,
    making: &Making<'_>,
    id: [u8; 8],
) -> Result<Submission, EncodeError> {
    making.check()?;
    let (case, people) = Asked::new(pack, facts)?.answers()?;
    Ok(Submission {
        municipality: municipality(pack)?,
        pack: PackMark { revision: pack.version, hash: making.pack_hash },
        made_minutes: making.made_minutes,
        valid_until: making.valid_until,
        id,
        lang: making.lang.to_owned(),
        case,
        people,
    })
}

/// The municipality code as a number.
///
/// # Errors
/// `municipality-code` when it is not six digits.
pub fn municipality(pack: &Pack) -> Result<u32, EncodeError> {
    let code = &pack.municipality_code;
    if code.len() != 6 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(EncodeError::Municipality);
    }
    code.parse().map_err(|_| EncodeError::Municipality)
}

/// The questions that may be asked at home, by fact.
struct Asked<'a> {
    pack: &'a Pack,
    facts: &'a FactSet,
    people: Vec<&'a str>,
    questions: BTreeMap<String, (u32, FactDef)>,
    household: Option<u32>,
}

impl<'a> Asked<'a> {
    fn new(pack: &'a Pack, facts: &'a FactSet) -> Result<Asked<'a>, EncodeError> {
        if facts.people().len() > PEOPLE_MAX {
            return Err(EncodeError::People);
        }
        let vocabulary = pack.vocabulary();
        let rows = || pack.questions.iter().filter(|row| row.at_home && !row.retired);
        let question = |row: &kakanai_rules::pack::QuestionRow| {
            let def = vocabulary.get(&row.fact)?;
            let open = def.sensitivity != Sensitivity::Discreet;
            open.then(|| (row.fact.clone(), (row.number, def.clone())))
        };
        Ok(Asked {
            pack,
            facts,
            people: facts.people().iter().map(|person| person.id.as_str()).collect(),
            questions: rows().filter_map(question).collect(),
            household: rows().find(|row| row.fact == PEOPLE).map(|row| row.number),
        })
    }

    fn answers(&self) -> Result<(Answers, Vec<Answers>), EncodeError> {
        let mut case = self.about(&Subject::Case, None)?;
        if let Some(number) = self.household {
            case.insert(number, Given::YesNo(self.facts.household_complete));
        }
        let person = |(place, id): (usize, &&str)| {
            self.about(&Subject::Person((*id).to_owned()), Some(place))
        };
        let people: Result<_, _> = self.people.iter().enumerate().map(person).collect();
        Ok((case, people?))
    }

    fn about(&self, subject: &Subject, person: Option<usize>) -> Result<Answers, EncodeError> {
        let mut answers = Answers::new();
        for (fact, statement) in self.facts.newest(subject) {
            let Some((number, def)) = self.questions.get(fact) else { continue };
            if (def.subject == SubjectKind::Case) != (*subject == Subject::Case) {
                continue;
            }
            let given = match &statement.answer {
                Answer::Unknown => Given::Unknown,
                Answer::Declined => Given::AtCounter,
                Answer::Known(value) => {
                    give(self.pack, def, value, &self.people).map_err(|why| match why {
                        Why::Text => EncodeError::Text { fact: fact.to_owned(), person },
                        _ => EncodeError::Value { fact: fact.to_owned(), person },
                    })?
                }
            };
            answers.insert(*number, given);
        }
        Ok(answers)
    }
}
