//! Screens of questions: answered in one step, for several people at once, by the clerk or by the resident; and what
//! the staff window may show of the answers.

use kakanai_rules::{Detail, Engine, FactSet, Sensitivity, Source, Subject, Vocabulary};

use super::{Counter, Desk, STAFF_LANG};
use crate::answer::{Statements, check_known};
use crate::asks::{Ask, asks};
use crate::case::Case;
use crate::door::{AnswersInput, DoorError, SameForInput, StaffView};
use crate::event::{CaseEvent, Statement};
use crate::privacy::Private;

/// Facts by which somebody is recognised, or that belong to one body and one card: never taken over for others.
const IDENTITY: [&str; 21] = [
    "name",
    "name_kana",
    "name_roman",
    "tsusho",
    "former_name",
    "birth_date",
    "sex",
    "relation",
    "relation_text",
    "new_relation",
    "card_present",
    "card_pin_known",
    "mynumber_card",
    "signature_certificate",
    "residence_card_number",
    "status_until",
    "nationality_code",
    "bank_account",
    "deceased",
    "newborn",
    "applicant",
];

/// What the staff window may show at this moment, and who answers. Nothing of it outlives the case.
#[derive(Default)]
pub(super) struct Sight {
    /// Private values were opened while this step was open.
    private: Option<u64>,
    /// The person was said to be alone while this step was open.
    alone: Option<u64>,
    /// The clerk asks everything, pointing where it is private.
    taken_back: bool,
    /// A screen that the clerk handed over.
    handed: Option<String>,
    /// Screens that the resident has answered.
    pub answered: u32,
}

/// Whose turn a screen is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// The clerk's.
    Staff,
    /// The resident's.
    Resident,
}

impl Turn {
    /// As it crosses the door.
    pub fn id(self) -> &'static str {
        match self {
            Turn::Staff => "staff",
            Turn::Resident => "resident",
        }
    }
}

impl Sight {
    /// Private values are shown. Another step masks them again.
    pub fn private_open(&self, case: &Case) -> bool {
        self.private == Some(case.step_at)
    }

    /// The person is alone. Another step ends it.
    pub fn alone(&self, case: &Case) -> bool {
        self.alone == Some(case.step_at)
    }

    /// Whose turn a screen is.
    pub fn turn(&self, ask: &Ask) -> Turn {
        let handed = self.handed.as_deref() == Some(&ask.id);
        let default = ask.is_the_residents() && !self.taken_back;
        if handed || default { Turn::Resident } else { Turn::Staff }
    }

    /// What the resident is asked now: the screens that come first, as far as they are the resident's, and what was
    /// handed over.
    pub fn of_resident<'a>(&self, asks: &'a [Ask]) -> Vec<&'a Ask> {
        let leading = asks.iter().take_while(|ask| self.turn(ask) == Turn::Resident).count();
        let places = asks
            .iter()
            .enumerate()
            .filter(|(place, ask)| *place < leading || self.handed.as_deref() == Some(&ask.id));
        places.map(|(_, ask)| ask).collect()
    }
}

/// The screens that are open in a case, with the words of the staff window.
pub(super) fn open_asks(engine: &Engine<'_>, case: &Case) -> Vec<Ask> {
    if case.closed {
        return Vec::new();
    }
    asks(engine.questions(&case.facts, case.counter_date, STAFF_LANG, Detail::Next))
}

impl Counter {
    /// Keeps several answers in one step.
    ///
    /// # Errors
    /// As [`Counter::answer`]; nothing is kept then.
    pub fn answers(&self, input: AnswersInput) -> Result<StaffView, DoorError> {
        self.check_discreet(&input)?;
        self.change(|case, engine, store, now| {
            let step = stated(case, engine.vocabulary(), input, Source::Staff)?;
            Ok(case.record(store, step, now)?)
        })
    }

    /// 次の人も同じ: takes answers of one person over for others, never identity. Who gave them stays their source.
    ///
    /// # Errors
    /// `no-case`, `case-closed`, `print-running`, `person-unknown`, `fact-unknown`, `fact-of-identity`,
    /// `fact-private` (a private fact is taken over only while private values are open); what the store says.
    pub fn same_for(&self, input: SameForInput) -> Result<StaffView, DoorError> {
        let private_open = {
            let desk = self.desk();
            desk.sight.private_open(desk.open_case()?)
        };
        self.change(|case, engine, store, now| {
            let step = same_for(case, engine, &input, private_open)?;
            Ok(case.record(store, step, now)?)
        })
    }

    /// Shows private values on the staff window, or masks them again. The opening is journalled.
    ///
    /// # Errors
    /// `no-case`; what the store says.
    pub fn private_open(&self, open: bool) -> Result<StaffView, DoorError> {
        self.look(|desk, step| {
            if open && desk.sight.private != Some(step) {
                desk.record(CaseEvent::PrivateOpened {})?;
            }
            desk.sight.private = open.then_some(step);
            Ok(())
        })
    }

    /// The clerk says that the person is alone: discreet matters may be asked now; or ends it. Journalled.
    ///
    /// # Errors
    /// `no-case`, `case-closed`; what the store says.
    pub fn alone(&self, alone: bool) -> Result<StaffView, DoorError> {
        self.look(|desk, step| {
            desk.open_case()?;
            if alone != (desk.sight.alone == Some(step)) {
                desk.record(CaseEvent::AloneSaid { alone })?;
            }
            desk.sight.alone = alone.then_some(step);
            Ok(())
        })
    }

    /// Hands the present question over to the resident's window (`resident`), or takes it back (`staff`).
    ///
    /// # Errors
    /// `no-case`, `case-closed`, `turn-unknown`.
    pub fn turn(&self, turn: &str) -> Result<StaffView, DoorError> {
        self.look(|desk, _| {
            let kept = desk.kept.clone().ok_or_else(super::no_case)?;
            let asks = open_asks(kept.engine(), desk.open_case()?);
            match turn {
                "staff" if desk.sight.handed.is_some() => desk.sight.handed = None,
                "staff" => desk.sight.taken_back = true,
                "resident" => {
                    desk.sight.taken_back = false;
                    let next = asks.iter().find(|ask| desk.sight.turn(ask) == Turn::Staff);
                    let begun = asks.first().is_some_and(Ask::is_the_residents);
                    desk.sight.handed = next.filter(|_| !begun).map(|ask| ask.id.clone());
                }
                _ => return Err(DoorError::of("turn-unknown")),
            }
            Ok(())
        })
    }

    /// Changes what a window shows of the case on the desk, told the step that the clerk has open.
    fn look(
        &self,
        change: impl FnOnce(&mut Desk, u64) -> Result<(), DoorError>,
    ) -> Result<StaffView, DoorError> {
        {
            let mut desk = self.desk();
            let step = desk.case.as_ref().ok_or_else(super::no_case)?.step_at;
            change(&mut desk, step)?;
        }
        Ok(self.changed())
    }

    /// Refuses answers to discreet questions while nobody has said that the person is alone.
    pub(super) fn check_discreet(&self, input: &AnswersInput) -> Result<(), DoorError> {
        let desk = self.desk();
        let kept = self.pack_of(&desk)?;
        let vocabulary = kept.engine().vocabulary();
        let discreet = |fact: &str| {
            vocabulary.get(fact).is_some_and(|def| def.sensitivity == Sensitivity::Discreet)
        };
        let asked = input.answers.iter().any(|answer| discreet(&answer.fact));
        if asked && !desk.sight.alone(desk.open_case()?) {
            return Err(DoorError::of("not-alone"));
        }
        Ok(())
    }
}

/// The step of several answers.
///
/// # Errors
/// `fact-unknown`, `fact-wrong-value`, `person-unknown`, `answers-none`.
pub(super) fn stated(
    case: &Case,
    vocabulary: &Vocabulary,
    input: AnswersInput,
    source: Source,
) -> Result<CaseEvent, DoorError> {
    let mut all = Vec::new();
    let mut complete = None;
    for answer in input.answers {
        let CaseEvent::Stated { statements, household_complete, .. } =
            Statements::answering(case, vocabulary, answer, source)?.event()
        else {
            continue;
        };
        all.extend(statements);
        complete = complete.or(household_complete);
    }
    if all.is_empty() && complete.is_none() {
        return Err(DoorError::of("answers-none"));
    }
    Ok(CaseEvent::Stated { people: Vec::new(), statements: all, household_complete: complete })
}

fn same_for(
    case: &Case,
    engine: &Engine<'_>,
    input: &SameForInput,
    private_open: bool,
) -> Result<CaseEvent, DoorError> {
    for person in std::iter::once(&input.from).chain(&input.to) {
        check_known(case, person)?;
    }
    let from = Subject::Person(input.from.clone());
    let facts = if input.facts.is_empty() {
        let private = Private::of(engine.vocabulary());
        let open = |fact: &&str| !IDENTITY.contains(fact) && !private.fact(fact);
        said_by_people(case, engine, &from).filter(open).map(str::to_owned).collect()
    } else {
        check_named(engine.vocabulary(), &input.facts, private_open)?;
        input.facts.clone()
    };
    let statement = |person: &String, fact: &String| {
        let statement = case.facts.get(&from, fact)?.clone();
        Some(Statement { subject: Subject::Person(person.clone()), fact: fact.clone(), statement })
    };
    let others = input.to.iter().filter(|person| **person != input.from);
    let statements: Vec<Statement> = others
        .flat_map(|person| facts.iter().filter_map(move |fact| statement(person, fact)))
        .collect();
    if statements.is_empty() {
        return Err(DoorError::of("answers-none"));
    }
    Ok(CaseEvent::Stated { people: Vec::new(), statements, household_complete: None })
}

/// What was asked and answered about a person, not read from a document of theirs.
fn said_by_people<'a>(
    case: &'a Case,
    engine: &'a Engine<'a>,
    subject: &'a Subject,
) -> impl Iterator<Item = &'a str> {
    let discreet = |fact: &str| {
        engine.vocabulary().get(fact).is_some_and(|def| def.sensitivity == Sensitivity::Discreet)
    };
    let asked =
        |fact: &str| engine.pack().questions.iter().any(|row| row.fact == fact && !row.retired);
    let facts: &FactSet = &case.facts;
    facts.known(subject).filter(move |fact| {
        let said = facts.get(subject, fact).is_some_and(|fact| {
            matches!(fact.source, Source::Staff | Source::Resident | Source::Qr)
        });
        said && asked(fact) && !discreet(fact)
    })
}

fn check_named(
    vocabulary: &Vocabulary,
    facts: &[String],
    private_open: bool,
) -> Result<(), DoorError> {
    let private = Private::of(vocabulary);
    for fact in facts {
        let named = |code: &str| DoorError::of(code).with("fact", fact);
        let def = vocabulary.about(kakanai_rules::SubjectKind::Person, fact);
        let def = def.ok_or_else(|| named("fact-unknown"))?;
        if IDENTITY.contains(&fact.as_str()) {
            return Err(named("fact-of-identity"));
        }
        if def.sensitivity == Sensitivity::Discreet || private.fact(fact) && !private_open {
            return Err(DoorError::of("fact-private"));
        }
    }
    Ok(())
}
