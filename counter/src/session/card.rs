//! Reading the card with the resident: tries asked first, the PIN typed in the resident's window, one VERIFY; or the
//! code printed on the card, typed by the clerk.

use kakanai_hardware::card::{CardError, CardReading, CodeB, Pin, PinState};

use super::view::{birth_date_text, holder_view};
use super::{Counter, Desk, Shown, no_case};
use crate::answer::check_known;
use crate::case::{Case, Document};
use crate::door::{CardStep, CodeBInput, DoorError, ResidentView, StaffView};
use crate::event::CaseEvent;
use crate::holder::{Candidate, Holder};

impl Counter {
    /// Asks the card how many tries are left and lets the resident type the PIN. While the PIN is awaited or the
    /// card is read nothing is asked again.
    ///
    /// # Errors
    /// `no-case`, `case-closed`; what the card says stands in the view.
    pub fn card_ask_pin(&self) -> Result<StaffView, DoorError> {
        let (visit, asked) = {
            let mut desk = self.desk();
            desk.open_case()?;
            if matches!(desk.card, CardStep::WaitingForPin { .. } | CardStep::Reading) {
                drop(desk);
                return Ok(self.staff_view());
            }
            desk.asked = desk.asked.wrapping_add(1);
            desk.whose = None;
            (desk.visit, desk.asked)
        };
        let ready = self.card_ready();
        {
            let mut desk = self.desk();
            if desk.visit != visit {
                return Err(no_case());
            }
            if desk.asked != asked {
                drop(desk);
                return Ok(self.staff_view());
            }
            let refused = match ready {
                Ok(ready) if ready.tries_left > 0 => {
                    desk.card = CardStep::WaitingForPin { tries_left: ready.tries_left };
                    desk.shown = Shown::Pin { tries_left: ready.tries_left, wrong_before: false };
                    None
                }
                Ok(ready) if ready.pin == PinState::None => Some(CardError::PinNone),
                Ok(_) => Some(CardError::PinBlocked),
                Err(error) => Some(error),
            };
            if let Some(error) = refused {
                desk.card = CardStep::Failed { error: error.into() };
                desk.shown = Shown::Case;
            }
        }
        Ok(self.changed())
    }

    /// Stops waiting for the PIN, and for the card's answer that comes before it.
    ///
    /// # Errors
    /// None today.
    pub fn card_cancel(&self) -> Result<StaffView, DoorError> {
        {
            let mut desk = self.desk();
            desk.asked = desk.asked.wrapping_add(1);
            desk.whose = None;
            if !matches!(desk.card, CardStep::Reading) {
                desk.card = CardStep::Idle;
                desk.shown = Shown::Case;
            }
        }
        Ok(self.changed())
    }

    /// Reads the card with the PIN that the resident typed. One PIN, one VERIFY: whatever happens, it is never
    /// sent again.
    ///
    /// # Errors
    /// `not-waiting` when no PIN was asked for (a second press of the button); what the store says. What the card
    /// says stands in the views.
    pub fn resident_pin(&self, pin: Pin, last_try: bool) -> Result<ResidentView, DoorError> {
        let visit = {
            let mut desk = self.desk();
            if !matches!(desk.card, CardStep::WaitingForPin { .. }) {
                return Err(DoorError::of("not-waiting"));
            }
            desk.card = CardStep::Reading;
            desk.shown = Shown::Reading;
            desk.visit
        };
        self.notify();
        let reading = self.card_read(pin, last_try);
        {
            let mut desk = self.desk();
            if desk.visit != visit {
                return Err(no_case());
            }
            match reading {
                Ok(reading) => desk.take_card(&reading)?,
                Err(CardError::PinWrong { tries_left }) if tries_left > 0 => {
                    desk.card = CardStep::WaitingForPin { tries_left };
                    desk.shown = Shown::Pin { tries_left, wrong_before: true };
                }
                Err(CardError::PinLastTry) => {
                    desk.card = CardStep::WaitingForPin { tries_left: 1 };
                    desk.shown = Shown::Pin { tries_left: 1, wrong_before: false };
                }
                Err(error) => {
                    let error = DoorError::from(error);
                    desk.card = CardStep::Failed { error: error.clone() };
                    desk.shown = Shown::Trouble(error);
                }
            }
        }
        self.notify();
        Ok(self.resident_view())
    }

    /// Reads the card with 照合番号B, which is printed on it: for those without a PIN, and for those who do not know it.
    /// One code, one VERIFY. Whatever the resident was asked for is taken back.
    ///
    /// # Errors
    /// `no-case`, `case-closed`, `code-b-format`, what the store says; what the card says stands in the view.
    pub fn card_code_b(&self, input: CodeBInput) -> Result<StaffView, DoorError> {
        let CodeBInput { birth, expiry_year, security_code, last_try } = input;
        let (birth, year) = (birth.as_str(), expiry_year.as_str());
        let code = CodeB::from_parts(birth, year, security_code.as_str())?;
        let visit = {
            let mut desk = self.desk();
            desk.open_case()?;
            if matches!(desk.card, CardStep::Reading) {
                drop(desk);
                return Ok(self.staff_view());
            }
            desk.asked = desk.asked.wrapping_add(1);
            desk.whose = None;
            desk.card = CardStep::Reading;
            desk.shown = Shown::Reading;
            desk.visit
        };
        self.notify();
        let reading = self.card_read_by_code_b(code, last_try);
        {
            let mut desk = self.desk();
            if desk.visit != visit {
                return Err(no_case());
            }
            match reading {
                Ok(reading) => desk.take_card(&reading)?,
                Err(error) => {
                    // The clerk typed it: the resident has nothing to put right.
                    desk.card = CardStep::Failed { error: error.into() };
                    desk.shown = Shown::Case;
                }
            }
        }
        Ok(self.changed())
    }

    /// Whose the document is that was read; `None`: somebody new.
    ///
    /// # Errors
    /// `no-case`, `case-closed`, `not-waiting`, `person-unknown`; what the store says stands in the views.
    pub fn card_holder(&self, person: Option<&str>) -> Result<StaffView, DoorError> {
        {
            let mut desk = self.desk();
            let case = desk.open_case()?;
            let person = match person {
                Some(person) => {
                    check_known(case, person)?;
                    person.to_owned()
                }
                None => case.next_person(),
            };
            let document = desk.whose.take().ok_or_else(|| DoorError::of("not-waiting"))?;
            desk.keep_document(document, person);
        }
        Ok(self.changed())
    }

    /// The resident does not know the PIN or does not want to type it; the clerk goes on by typing.
    ///
    /// # Errors
    /// None today.
    pub fn resident_pin_decline(&self) -> Result<ResidentView, DoorError> {
        {
            let mut desk = self.desk();
            if matches!(desk.card, CardStep::WaitingForPin { .. }) {
                desk.card = CardStep::PinDeclined;
                desk.shown = Shown::Case;
            }
        }
        self.notify();
        Ok(self.resident_view())
    }

    /// The resident looked at what was read.
    ///
    /// # Errors
    /// `not-waiting`; what the store says stands in the views.
    pub fn resident_confirm(&self, correct: bool) -> Result<ResidentView, DoorError> {
        {
            let mut desk = self.desk();
            if !matches!(desk.shown, Shown::Confirm { .. }) {
                return Err(DoorError::of("not-waiting"));
            }
            match desk.record(CaseEvent::DocumentConfirmed { correct }) {
                Ok(()) => {
                    desk.card = CardStep::Read { confirmed: Some(correct) };
                    desk.shown = Shown::Case;
                }
                Err(error) => {
                    desk.card = CardStep::Failed { error: error.clone() };
                    desk.shown = Shown::Trouble(error);
                }
            }
        }
        self.notify();
        Ok(self.resident_view())
    }
}

impl Desk {
    /// Takes in what a card said: of whom it surely is, or of whom the clerk will say.
    fn take_card(&mut self, reading: &CardReading) -> Result<(), DoorError> {
        let document = Case::read_card(reading);
        match self.case.as_ref().ok_or_else(no_case)?.holder(&document) {
            Holder::Known(person) => self.keep_document(document, person),
            Holder::Ask(people) => {
                self.card = self.whose(&document, &people);
                self.whose = Some(document);
                self.shown = Shown::Case;
            }
        }
        Ok(())
    }

    /// Keeps a document whose holder is known, and lets the resident look at it.
    fn keep_document(&mut self, document: Document, person: String) {
        let items = document.items.clone();
        if let Err(error) = self.record(document.of(person)) {
            self.card = CardStep::Failed { error: error.clone() };
            self.shown = Shown::Trouble(error);
        } else {
            self.card = CardStep::Read { confirmed: None };
            self.shown = Shown::Confirm { items };
            self.facts_changed();
        }
    }

    /// Asks the clerk whose a document is.
    fn whose(&self, document: &Document, people: &[Candidate]) -> CardStep {
        let traits = document.traits();
        CardStep::Whose {
            name: traits.name.unwrap_or_default().to_owned(),
            birth_date: birth_date_text(traits),
            people: self.case.as_ref().map_or_else(Vec::new, |case| {
                people.iter().map(|candidate| holder_view(&case.facts, candidate)).collect()
            }),
        }
    }
}
