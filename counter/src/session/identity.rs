//! 本人確認 and the page of the 転出証明書: the clerk's looking becomes a step of the case.

use super::Counter;
use crate::door::{CertificateInput, DoorError, IdentityInput, StaffView};
use crate::{certificate, identity};

impl Counter {
    /// Keeps that the identity was checked (本人確認), and what follows from it.
    ///
    /// # Errors
    /// `no-case`, `case-closed`, `print-running`, `identity-documents` (neither one of the first kind nor two of the
    /// second), `identity-letter` (no 委任状 though one is needed), `identity-expired`, `identity-agent`,
    /// `person-unknown`, `fact-wrong-value`; what the store says.
    pub fn identity(&self, input: IdentityInput) -> Result<StaffView, DoorError> {
        self.change(|case, engine, store, now| {
            case.check_open()?;
            let step = identity::checked(case, engine, input)?;
            Ok(case.record(store, step, now)?)
        })
    }

    /// Takes in what stands on the 転出証明書, the whole family in one step.
    ///
    /// # Errors
    /// As [`Counter::answer`], and `person-twice`; nothing is kept then.
    pub fn certificate(&self, input: CertificateInput) -> Result<StaffView, DoorError> {
        self.change(|case, engine, store, now| {
            case.check_open()?;
            let step = certificate::taken(case, engine.vocabulary(), input)?;
            Ok(case.record(store, step, now)?)
        })
    }
}
