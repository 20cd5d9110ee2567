//! What the resident does on the other window: answers, language, size and contrast, calling the clerk.

use kakanai_rules::Source;

use super::asks::{open_asks, stated};
use super::{Counter, Desk, Shown, no_case, view};
use crate::door::{AnswersInput, CallView, DisplayInput, DoorError, ResidentView, StaffView};
use crate::event::CaseEvent;

/// Sizes of text, by capital height.
const SIZES: std::ops::RangeInclusive<u8> = 1..=4;
/// Contrasts.
pub(super) const CONTRASTS: [&str; 4] = ["standard", "inverted", "medium", "low"];

/// How the resident's window is shown. What one person chose is no other's: it ends with the case.
#[derive(Default)]
pub(super) struct OtherWindow {
    /// Chosen before a case was open, or that of the case which has just ended.
    pub lang: Option<String>,
    /// Size, contrast and readings; `None`: the usual.
    pub display: Option<DisplayInput>,
    /// The clerk has been called.
    pub call: Option<CallView>,
    /// The list to keep is shown.
    pub list: bool,
    calls: u32,
}

impl Counter {
    /// Keeps what the resident answered in their own turn, with the source `resident`.
    ///
    /// # Errors
    /// `no-case`, `case-closed`, `not-your-turn`, a fact that is not asked there, a wrong value; what the store says.
    pub fn resident_answers(&self, input: AnswersInput) -> Result<ResidentView, DoorError> {
        {
            let desk = self.desk();
            let kept = desk.kept.clone().ok_or_else(no_case)?;
            let asks = open_asks(kept.engine(), desk.open_case()?);
            let offered = desk.sight.of_resident(&asks);
            let asked =
                |fact: &str, person: Option<&str>| offered.iter().any(|ask| ask.asks(fact, person));
            let mut answers = input.answers.iter();
            if !answers.all(|answer| asked(&answer.fact, answer.person.as_deref())) {
                return Err(DoorError::of("not-your-turn"));
            }
        }
        self.keep_change(|case, engine, store, now| {
            let step = stated(case, engine.vocabulary(), input, Source::Resident)?;
            Ok(case.record(store, step, now)?)
        })?;
        {
            let mut desk = self.desk();
            desk.sight.answered = desk.sight.answered.saturating_add(1);
        }
        self.notify();
        Ok(self.resident_view())
    }

    /// Changes the language of the resident's window; kept with the case.
    ///
    /// # Errors
    /// `lang-unknown`; what the store says.
    pub fn resident_lang(&self, lang: &str) -> Result<ResidentView, DoorError> {
        self.choose_lang(lang)?;
        self.notify();
        Ok(self.resident_view())
    }

    /// Changes size, contrast and readings of the resident's window until the case ends.
    ///
    /// # Errors
    /// `display-unknown`.
    pub fn resident_display(&self, input: &DisplayInput) -> Result<ResidentView, DoorError> {
        if !SIZES.contains(&input.size) || !CONTRASTS.contains(&input.contrast.as_str()) {
            return Err(DoorError::of("display-unknown"));
        }
        self.desk().other.display = Some(input.clone());
        self.notify();
        Ok(self.resident_view())
    }

    /// Calls the clerk.
    ///
    /// # Errors
    /// None today.
    pub fn resident_call(&self) -> Result<ResidentView, DoorError> {
        let screen = view::screen_name(&self.resident_view().screen);
        {
            let mut desk = self.desk();
            // Nobody calls from the welcome screen: there the clerk has not come yet.
            if desk.case.is_some() {
                desk.other.calls = desk.other.calls.saturating_add(1);
                let count = desk.other.calls;
                desk.other.call = Some(CallView { count, screen: screen.to_owned() });
            }
        }
        self.notify();
        Ok(self.resident_view())
    }

    /// The clerk has come.
    ///
    /// # Errors
    /// None today.
    pub fn call_seen(&self) -> Result<StaffView, DoorError> {
        self.desk().other.call = None;
        Ok(self.changed())
    }

    /// The clerk changes the language of the resident's window.
    ///
    /// # Errors
    /// As [`Counter::resident_lang`].
    pub fn lang(&self, lang: &str) -> Result<StaffView, DoorError> {
        self.choose_lang(lang)?;
        Ok(self.changed())
    }

    /// Shows the list to keep on the resident's window, or goes back to what is being done.
    ///
    /// # Errors
    /// `no-case`.
    pub fn list_show(&self, show: bool) -> Result<StaffView, DoorError> {
        {
            let mut desk = self.desk();
            desk.case.as_ref().ok_or_else(no_case)?;
            desk.other.list = show;
        }
        Ok(self.changed())
    }

    fn choose_lang(&self, lang: &str) -> Result<(), DoorError> {
        let mut desk = self.desk();
        let kept = self.pack_of(&desk)?;
        if !view::langs(kept.pack(), self.today()).iter().any(|offered| offered.id == lang) {
            return Err(DoorError::of("lang-unknown").with("lang", lang));
        }
        desk.speak(lang)?;
        // What the resident keeps is printed in their language.
        desk.packet = None;
        Ok(())
    }
}

impl Desk {
    /// Uses a language on the resident's window, and keeps it with a case that still takes something in.
    pub(super) fn speak(&mut self, lang: &str) -> Result<(), DoorError> {
        self.other.lang = Some(lang.to_owned());
        let open = self.case.as_ref().filter(|case| !case.closed);
        if open.is_some_and(|case| case.lang.as_deref() != Some(lang)) {
            self.record(CaseEvent::LangChosen { lang: lang.to_owned() })?;
        }
        Ok(())
    }

    /// Prepares the resident's window for the next person. What was chosen on the welcome screen is that person's;
    /// thanks are said as the one before saw everything else.
    pub(super) fn leave_other_window(&mut self, next: &Shown) {
        let OtherWindow { lang, display, .. } = std::mem::take(&mut self.other);
        let of_next = self.case.is_none() && !matches!(self.shown, Shown::Thanks);
        if of_next {
            self.other = OtherWindow { lang, display, ..OtherWindow::default() };
        } else if matches!(next, Shown::Thanks) {
            let lang = self.case.as_ref().and_then(|case| case.lang.clone());
            self.other = OtherWindow { lang, display, ..OtherWindow::default() };
        }
    }

    /// Nobody is served any more: the window welcomes in its usual dress.
    pub(super) fn welcome(&mut self) {
        self.shown = Shown::Case;
        self.other = OtherWindow::default();
    }
}
