//! The clerk's own work on a case: 本人確認, the 転出証明書, outcomes, signatures, the end.

use super::Counter;
use crate::door::{
    CertificateInput, DoorError, IdentityInput, OutcomeInput, SignedInput, StaffView, StepInput,
};

impl Counter {
    /// Keeps that the identity was checked (本人確認), and what follows from it.
    ///
    /// # Errors
    /// `no-case`, `case-closed`, `identity-documents` (neither one of the first kind nor two of the second),
    /// `person-unknown`; what the store says.
    pub fn identity(&self, input: IdentityInput) -> Result<StaffView, DoorError> {
        let _ = input;
        Err(DoorError::of("not-built"))
    }

    /// Takes in what stands on the 転出証明書, the whole family in one step.
    ///
    /// # Errors
    /// As [`Counter::answer`]; nothing is kept then.
    pub fn certificate(&self, input: CertificateInput) -> Result<StaffView, DoorError> {
        let _ = input;
        Err(DoorError::of("not-built"))
    }

    /// Keeps what became of a procedure at this visit.
    ///
    /// # Errors
    /// `no-case`, `case-closed`, `procedure-unknown`, `outcome-unknown`, `outcome-until`; what the store says.
    pub fn outcome(&self, input: OutcomeInput) -> Result<StaffView, DoorError> {
        let _ = input;
        Err(DoorError::of("not-built"))
    }

    /// Keeps that signatures were received, or takes that back.
    ///
    /// # Errors
    /// `no-case`, `case-closed`, `paper-unknown`; what the store says.
    pub fn signed(&self, input: &SignedInput) -> Result<StaffView, DoorError> {
        let _ = input;
        Err(DoorError::of("not-built"))
    }

    /// The clerk opened a step of the case.
    ///
    /// # Errors
    /// `step-unknown`; what the store says.
    pub fn step(&self, input: &StepInput) -> Result<StaffView, DoorError> {
        let _ = input;
        Err(DoorError::of("not-built"))
    }

    /// Parks the case (保留): it leaves the desk, both windows are wiped, and it can be taken up again.
    ///
    /// # Errors
    /// `no-case`, `print-running`.
    pub fn case_park(&self) -> Result<StaffView, DoorError> {
        Err(DoorError::of("not-built"))
    }

    /// Ends the case in one step: the papers came out, signatures are received, what is done here is taken; then as
    /// [`Counter::case_end`].
    ///
    /// # Errors
    /// `print-running`, `no-case`; what the store says.
    pub fn finish(&self) -> Result<StaffView, DoorError> {
        Err(DoorError::of("not-built"))
    }
}
