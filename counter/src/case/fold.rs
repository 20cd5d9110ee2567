//! The fold: what the events of a journal come to, one after the other.

use std::collections::{BTreeMap, BTreeSet};

use kakanai_records::CaseId;
use kakanai_rules::{Answer, Fact, FactSet, Subject};

use super::{COMPLETED, Case, CaseError, Identity};
use crate::characters::Settled;
use crate::event::{CaseEvent, Item, ReadBefore, Received, Statement};

/// A job that went to a printer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentJob {
    /// The printer's number.
    pub job: Option<i32>,
    /// Keys of the papers.
    pub papers: Vec<String>,
    /// First and last page, when not all of them were sent.
    pub pages: Option<(u32, u32)>,
    /// How it ended; `None` while it is on its way, or when nobody saw its end.
    pub state: Option<String>,
    /// What the clerk said (出ましたか).
    pub came_out: Option<bool>,
}

impl SentJob {
    /// The printer has finished it and the clerk has not been heard.
    pub fn asks(&self) -> bool {
        self.came_out.is_none() && self.state.as_deref() == Some(COMPLETED)
    }
}

impl Case {
    pub(super) fn fold(id: CaseId, events: Vec<(u64, CaseEvent)>) -> Result<Case, CaseError> {
        let Some((_, CaseEvent::CaseOpened { pack, counter_date, .. })) = events.first() else {
            return Err(CaseError::Event);
        };
        let withdrawn: BTreeSet<u64> = events
            .iter()
            .filter_map(|(_, event)| match event {
                CaseEvent::Withdrawn { revision } => Some(*revision),
                _ => None,
            })
            .collect();
        let mut case = Case {
            id,
            facts: FactSet::unfinished(),
            counter_date: counter_date.full().ok_or(CaseError::Event)?,
            pack: pack.clone(),
            printed: BTreeSet::new(),
            confirmed: None,
            jobs: Vec::new(),
            settled: Settled::default(),
            handed_over: false,
            closed: false,
            lang: None,
            continues: None,
            read_documents: Vec::new(),
            sheets: Vec::new(),
            identity: None,
            outcomes: BTreeMap::new(),
            signed: BTreeSet::new(),
            step: None,
            step_at: 0,
            document: None,
            undoable: Vec::new(),
            events: Vec::new(),
            stamps: BTreeMap::new(),
        };
        for (revision, event) in &events {
            if !withdrawn.contains(revision) {
                case.apply(*revision, event);
            }
        }
        case.events = events;
        Ok(case)
    }

    fn state(&mut self, statements: &[Statement]) {
        for Statement { subject, fact, statement } in statements {
            self.facts.state(subject, fact, statement.clone());
        }
    }

    fn receive(&mut self, received: &Received) {
        for person in &received.people {
            self.facts.add_person(person);
        }
        self.state(&received.statements);
        if let Some(complete) = received.household_complete {
            self.facts.household_complete = complete;
        }
        self.lang = Some(received.lang.clone());
        self.sheets.push(received.sheet.clone());
        let Some(slip) = &received.slip else { return };
        self.continues = Some(slip.case.clone());
        for ReadBefore { document, person } in &slip.documents {
            let source = CaseEvent::source_of(document);
            let of_document = |stated: &&Statement| {
                stated.subject.person() == Some(person) && stated.statement.source == source
            };
            let item = |stated: &Statement| match &stated.statement.answer {
                Answer::Known(value) => {
                    Some(Item { fact: stated.fact.clone(), value: value.clone() })
                }
                Answer::Unknown | Answer::Declined => None,
            };
            let items = received.statements.iter().filter(of_document).filter_map(item).collect();
            self.document = Some((person.clone(), items));
            self.note_document(document, person);
            self.confirmed = None;
        }
    }

    fn note_document(&mut self, document: &str, person: &str) {
        let read = (document.to_owned(), person.to_owned());
        if !self.read_documents.contains(&read) {
            self.read_documents.push(read);
        }
    }

    /// A paper whose facts have changed is no longer a printed one, and what was handed over no longer all there is.
    fn papers_outdated(&mut self) {
        self.handed_over = false;
        self.printed.clear();
        self.signed.clear();
        self.jobs.clear();
    }

    fn apply(&mut self, revision: u64, event: &CaseEvent) {
        match event {
            CaseEvent::DocumentRead { document, person, items, .. } => {
                let subject = Subject::Person(person.clone());
                let source = CaseEvent::source_of(document);
                self.facts.add_person(person);
                for item in items {
                    let answer = Answer::Known(item.value.clone());
                    self.facts.state(&subject, &item.fact, Fact { answer, source, settles: false });
                }
                self.document = Some((person.clone(), items.clone()));
                self.note_document(document, person);
                self.confirmed = None;
                self.papers_outdated();
            }
            CaseEvent::DocumentConfirmed { correct } => self.confirmed = Some(*correct),
            CaseEvent::CaseOpened { statements, .. } => self.state(statements),
            CaseEvent::Stated { people, statements, household_complete } => {
                for person in people {
                    self.facts.add_person(person);
                }
                self.state(statements);
                if let Some(complete) = household_complete {
                    self.facts.household_complete = *complete;
                }
                self.undoable.push(revision);
                self.papers_outdated();
            }
            CaseEvent::SheetReceived(received) => {
                self.receive(received);
                self.undoable.push(revision);
                self.papers_outdated();
            }
            CaseEvent::PersonRemoved { person } => {
                self.facts.remove_person(person);
                self.document.take_if(|(whose, _)| whose == person);
                self.read_documents.retain(|(_, whose)| whose != person);
                self.undoable.push(revision);
                self.papers_outdated();
            }
            // The step taken back is skipped; the papers that were printed with it are outdated from here on.
            CaseEvent::Withdrawn { .. } => self.papers_outdated(),
            CaseEvent::Printed { papers, job, part, pages, .. } => {
                if *part <= 1 {
                    self.jobs.clear();
                }
                let (papers, job, pages) = (papers.clone(), *job, *pages);
                self.jobs.push(SentJob { job, papers, pages, state: None, came_out: None });
            }
            CaseEvent::PrintFinished { job, state } => {
                // A number is another job's on another printer: the last one is meant.
                let sent = self.jobs.iter_mut().rfind(|sent| sent.job == Some(*job));
                if let Some(sent) = sent {
                    sent.state = Some(state.clone());
                }
            }
            CaseEvent::CameOut { yes, job } => {
                for sent in &mut self.jobs {
                    if sent.asks() && (job.is_none() || sent.job == *job) {
                        sent.came_out = Some(*yes);
                        if *yes {
                            self.printed.extend(sent.papers.iter().cloned());
                        }
                    }
                }
            }
            CaseEvent::CharacterSettled { spot, choice, value } => {
                self.settled.settle(spot.clone(), choice.clone(), value.clone());
                let of_form =
                    |key: &str| key.split_once('/').map_or(key, |(form, _)| form) == spot.form;
                self.printed.retain(|key| !of_form(key));
                self.jobs.retain(|job| !job.papers.iter().any(|key| of_form(key)));
            }
            CaseEvent::HandedOver { .. } => self.handed_over = true,
            CaseEvent::Closed {} => self.closed = true,
            CaseEvent::IdentityChecked { visitor, person, documents, proxy_letter, statements } => {
                self.state(statements);
                self.identity = Some(Identity {
                    visitor: visitor.clone(),
                    person: person.clone(),
                    documents: documents.clone(),
                    proxy_letter: *proxy_letter,
                    revision,
                });
                self.undoable.push(revision);
                self.papers_outdated();
            }
            CaseEvent::OutcomeSet { procedure, people, outcome } => {
                let key = (procedure.clone(), people.clone());
                match outcome {
                    Some(outcome) => self.outcomes.insert(key, outcome.clone()),
                    None => self.outcomes.remove(&key),
                };
            }
            CaseEvent::SignatureReceived { papers, received } => {
                for paper in papers {
                    if *received {
                        self.signed.insert(paper.clone());
                    } else {
                        self.signed.remove(paper);
                    }
                }
            }
            CaseEvent::StepShown { step } => {
                self.step = Some(step.clone());
                self.step_at = revision;
            }
            CaseEvent::LangChosen { lang } => self.lang = Some(lang.clone()),
            // Whoever takes it up again begins a step anew.
            CaseEvent::Parked {} => self.step = None,
            CaseEvent::Decided { .. }
            | CaseEvent::PrivateOpened {}
            | CaseEvent::AloneSaid { .. }
            | CaseEvent::Viewed {}
            | CaseEvent::Previewed { .. }
            | CaseEvent::Exported { .. } => {}
        }
    }

    /// The jobs that a printer has finished while nobody has said yet whether the papers came out.
    pub fn came_out_open(&self) -> impl Iterator<Item = &SentJob> {
        self.jobs.iter().filter(|job| job.asks())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::characters::{Choice, Spot, ValueDigest};
    use crate::event::PackUsed;

    fn case(steps: Vec<CaseEvent>) -> Case {
        let pack = PackUsed {
            id: "mihon-city".to_owned(),
            version: 1,
            base: None,
            fingerprint: String::new(),
        };
        let counter_date = jiff::civil::date(2026, 11, 20).into();
        let opened = CaseEvent::CaseOpened { pack, counter_date, statements: Vec::new() };
        let events = (1..).zip(std::iter::once(opened).chain(steps)).collect();
        Case::fold("01931c3e-0000-7000-8000-000000000000".parse().unwrap(), events).unwrap()
    }

    fn stated() -> CaseEvent {
        let people = vec!["p1".to_owned()];
        CaseEvent::Stated { people, statements: Vec::new(), household_complete: None }
    }

    fn sent_as(papers: Vec<String>, job: i32, part: u32) -> CaseEvent {
        let printer = "ipp://127.0.0.1/".to_owned();
        CaseEvent::Printed { papers, printer, job: Some(job), part, pages: None }
    }

    fn sent() -> [CaseEvent; 2] {
        let papers = vec!["guide".to_owned()];
        [sent_as(papers, 1, 1), CaseEvent::PrintFinished { job: 1, state: COMPLETED.to_owned() }]
    }

    fn printed() -> Vec<CaseEvent> {
        let mut steps = vec![stated()];
        steps.extend(sent());
        steps.push(CaseEvent::CameOut { yes: true, job: None });
        steps
    }

    fn read(person: &str) -> CaseEvent {
        CaseEvent::DocumentRead {
            document: "mynumber".to_owned(),
            person: person.to_owned(),
            items: Vec::new(),
            warnings: Vec::new(),
        }
    }

    #[test]
    fn a_paper_whose_facts_changed_is_no_longer_printed() {
        assert_eq!(case(printed()).printed.len(), 1);
        let person = "p1".to_owned();
        for change in [
            stated(),
            read("p1"),
            CaseEvent::PersonRemoved { person },
            CaseEvent::Withdrawn { revision: 2 },
        ] {
            let mut steps = printed();
            steps.push(change.clone());
            steps.push(CaseEvent::CameOut { yes: true, job: None });
            assert!(case(steps.clone()).printed.is_empty(), "{change:?}");
            steps.extend(sent());
            steps.push(CaseEvent::CameOut { yes: true, job: None });
            assert_eq!(case(steps).printed.len(), 1, "printed again after {change:?}");
        }
    }

    #[test]
    fn the_question_whether_papers_came_out_stays_open_until_it_is_answered() {
        let mut steps = vec![stated()];
        steps.extend(sent());
        assert_eq!(case(steps.clone()).came_out_open().count(), 1);
        steps.push(CaseEvent::CameOut { yes: false, job: None });
        assert_eq!(case(steps).came_out_open().count(), 0);
        let failed = CaseEvent::PrintFinished { job: 1, state: "job-aborted".to_owned() };
        assert_eq!(case(vec![sent()[0].clone(), failed]).came_out_open().count(), 0);
    }

    #[test]
    fn each_job_of_a_printing_is_asked_about_and_a_new_printing_asks_anew() {
        let finished = |job| CaseEvent::PrintFinished { job, state: COMPLETED.to_owned() };
        let paper = |name: &str| vec![name.to_owned()];
        let mut steps = vec![
            stated(),
            sent_as(paper("a4"), 7, 1),
            finished(7),
            sent_as(paper("a3"), 8, 2),
            finished(8),
        ];
        assert_eq!(case(steps.clone()).came_out_open().count(), 2);
        steps.push(CaseEvent::CameOut { yes: true, job: Some(8) });
        let half = case(steps.clone());
        assert!(half.printed.contains("a3") && !half.printed.contains("a4"));
        assert_eq!(half.came_out_open().map(|job| job.job).collect::<Vec<_>>(), [Some(7)]);
        steps.push(sent_as(paper("a4"), 9, 1));
        assert_eq!(case(steps.clone()).came_out_open().count(), 0, "the paper is on its way anew");
        assert!(case(steps).printed.contains("a3"));
    }

    #[test]
    fn a_settled_character_outdates_the_papers_of_its_form_only() {
        let mut steps = vec![stated()];
        let papers = ["guide", "juki-ido", "inkan/p1"].map(str::to_owned).to_vec();
        steps.push(sent_as(papers, 1, 1));
        steps.push(CaseEvent::PrintFinished { job: 1, state: COMPLETED.to_owned() });
        steps.push(CaseEvent::CameOut { yes: true, job: Some(1) });
        let spot = Spot { form: "inkan".to_owned(), field: "name".to_owned(), person: None };
        let value = ValueDigest::of("x");
        steps.push(CaseEvent::CharacterSettled { spot, choice: Choice::ByHand, value });
        let settled = case(steps).printed;
        assert!(settled.iter().eq(["guide", "juki-ido"]), "{settled:?}");
    }

    #[test]
    fn a_document_counts_as_unconfirmed_until_the_resident_has_spoken_and_goes_with_its_person() {
        let mut steps = vec![read("p1")];
        let unasked = case(steps.clone());
        assert!(unasked.document().is_some() && unasked.confirmed.is_none());
        steps.push(CaseEvent::DocumentConfirmed { correct: false });
        assert_eq!(case(steps.clone()).confirmed, Some(false));
        steps.push(CaseEvent::PersonRemoved { person: "p1".to_owned() });
        assert!(case(steps).document().is_none());
    }
}
