//! Errors as they cross the door: a stable code and the numbers a sentence needs.
//!
//! The screen puts codes into words. Nothing here carries a resident's data.

use kakanai_authoring::home::PageError;
use kakanai_authoring::{BlankError as PutBlankError, PackError, Severity};
use kakanai_forms::{BlankError, Refusal, code_points};
use kakanai_handover as handover;
use kakanai_hardware::card::CardError;
use kakanai_hardware::print::PrintError;
use kakanai_prefill::{EncodeError, OpenError};
use kakanai_records::{IdentityError, StoreError};
use kakanai_rules::FactsError;

use crate::case::CaseError;
use crate::door::DoorError;
use crate::papers::PaperError;
use crate::settings::SettingsError;

impl DoorError {
    /// An error of this code without details.
    pub fn of(code: &str) -> DoorError {
        DoorError { code: code.to_owned(), ..DoorError::default() }
    }

    /// Adds a detail.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> DoorError {
        self.details.insert(name.to_owned(), value.to_string());
        self
    }
}

impl From<CardError> for DoorError {
    fn from(error: CardError) -> DoorError {
        let details = error.details();
        let mut door = DoorError::of(error.code());
        if let Some(tries) = details.tries_left {
            door = door.with("tries_left", tries);
        }
        if details.try_may_be_used { door.with("try_may_be_used", true) } else { door }
    }
}

impl From<PrintError> for DoorError {
    fn from(error: PrintError) -> DoorError {
        let door = DoorError::of(error.code());
        match error {
            PrintError::Refused { status } => door.with("status", format!("{status:04X}")),
            PrintError::JobAborted { message: Some(message) } => door.with("message", message),
            PrintError::RefusedMedia { media } => door.with("media", media.name()),
            PrintError::RefusedTray { tray } => door.with("tray", tray),
            _ => door,
        }
    }
}

impl From<StoreError> for DoorError {
    fn from(error: StoreError) -> DoorError {
        DoorError::of(error.code())
    }
}

impl From<CaseError> for DoorError {
    fn from(error: CaseError) -> DoorError {
        DoorError::of(error.code())
    }
}

impl From<EncodeError> for DoorError {
    fn from(error: EncodeError) -> DoorError {
        let door = DoorError::of(error.code());
        match error {
            EncodeError::Text { fact, person } | EncodeError::Value { fact, person } => {
                let door = door.with("fact", fact);
                match person {
                    Some(place) => door.with("person", place.saturating_add(1)),
                    None => door,
                }
            }
            _ => door,
        }
    }
}

impl From<OpenError> for DoorError {
    fn from(error: OpenError) -> DoorError {
        DoorError::of(error.code())
    }
}

impl From<IdentityError> for DoorError {
    fn from(error: IdentityError) -> DoorError {
        DoorError::of(error.code())
    }
}

impl From<PaperError> for DoorError {
    fn from(error: PaperError) -> DoorError {
        let door = DoorError::of(error.code());
        match error {
            PaperError::NoForm { form } => door.with("form", form),
            PaperError::Blank(BlankError::Missing { form } | BlankError::Differs { form }) => {
                door.with("form", form)
            }
            PaperError::Fonts(_) | PaperError::Pdf(_) => door,
        }
    }
}

impl From<FactsError> for DoorError {
    fn from(error: FactsError) -> DoorError {
        let door = DoorError::of(error.code()).with("place", error.place());
        match error {
            FactsError::Shape { expected, .. } | FactsError::WrongValue { expected, .. } => {
                door.with("expected", expected)
            }
            FactsError::UnknownFact { fact, .. } => door.with("fact", fact),
            FactsError::PersonTwice { .. } => door,
        }
    }
}

impl From<PackError> for DoorError {
    fn from(error: PackError) -> DoorError {
        let door = DoorError::of(error.code());
        match error {
            PackError::Syntax { file, row, expected } => {
                door.with("file", file).with("row", row).with("expected", expected)
            }
            PackError::Base { id, expected } => door.with("base", id).with("expected", expected),
            PackError::Invalid(findings) => {
                let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
                match errors.clone().next() {
                    Some(first) => door
                        .with("file", &first.sheet)
                        .with("row", first.row)
                        .with("column", &first.column)
                        .with("text", &first.text)
                        .with("expected", &first.hint)
                        .with("errors", errors.count()),
                    None => door,
                }
            }
            PackError::Missing | PackError::Fonts(_) | PackError::Io(_) => door,
        }
    }
}

impl From<PageError> for DoorError {
    fn from(error: PageError) -> DoorError {
        let door = DoorError::of(error.code());
        match error {
            PageError::Assets(missing) => door.with("missing", missing),
            PageError::Discreet(id) => door.with("id", id),
            _ => door,
        }
    }
}

impl From<PutBlankError> for DoorError {
    fn from(error: PutBlankError) -> DoorError {
        let code = error.code();
        match error {
            PutBlankError::NoForm { form } => DoorError::of(code).with("form", form),
            PutBlankError::Pack(error) => error.into(),
            _ => DoorError::of(code),
        }
    }
}

impl From<SettingsError> for DoorError {
    fn from(error: SettingsError) -> DoorError {
        let door = DoorError::of(error.code());
        match error {
            SettingsError::Syntax { line, expected } => {
                door.with("row", line).with("expected", expected)
            }
            SettingsError::NoHome | SettingsError::Io(_) => door,
        }
    }
}

impl From<&handover::Refusal> for DoorError {
    fn from(refusal: &handover::Refusal) -> DoorError {
        let door = DoorError::of(refusal.code())
            .with("file", &refusal.section)
            .with("column", &refusal.column)
            .with("heading", &refusal.heading);
        let of = [("person", &refusal.person), ("procedure", &refusal.procedure)];
        let door = of.into_iter().fold(door, |door, (name, id)| match id {
            Some(id) => door.with(name, id),
            None => door,
        });
        match &refusal.kind {
            handover::RefusalKind::Character { code_points } => {
                door.with("characters", code_points.join(", "))
            }
            handover::RefusalKind::TooLong { bytes, max } => {
                door.with("bytes", bytes).with("max", max)
            }
            _ => door,
        }
    }
}

impl From<&Refusal> for DoorError {
    fn from(refusal: &Refusal) -> DoorError {
        let place = refusal.place();
        let door = DoorError::of(refusal.code())
            .with("form", &place.form)
            .with("field", &place.field)
            .with("label", &place.label);
        let door = match &place.person {
            Some(person) => door.with("person", person),
            None => door,
        };
        match refusal {
            Refusal::Character { code_points: points, why, base_font, .. } => door
                .with("character", code_points(points))
                .with("why", why.to_string().replace(' ', "-"))
                .with("base_form", base_font.is_some()),
            _ => door,
        }
    }
}
