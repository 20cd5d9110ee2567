//! The typed door between the screens and Rust: every shape that crosses it, and nothing else.
//!
//! A window holds no state of its own: each command answers with the whole view of that window, and the
//! payload-free event `view-changed` tells a window to ask again. The resident's window gets
//! [`ResidentView`] only; nothing of the staff view ever crosses to it.
//!
//! The TypeScript twins in `ui/src/door/generated/` are written from these types by `cargo test -p
//! kakanai-counter export_bindings`.

mod ask;
mod input;
mod papers;
mod practice;
mod printing;
mod resident;
mod scan;
mod work;

use std::collections::BTreeMap;

use serde::Serialize;
use ts_rs::TS;

pub use ask::{
    AnswersInput, AskView, CallView, DiscreetView, PrivateOpenInput, SameForInput, SentencePair,
    TableCell, TableColumn, TableRow, TableView,
};
pub use input::{
    AnswerInput, PageRange, PersonInput, PlaceInput, PrintInput, SetUpInput, SettleInput,
    SignInInput,
};
pub use papers::{PaperFieldView, PaperView, PreviewPage, PrintStep};
pub use practice::{PracticeCardView, PracticeInput, PracticeView, StepTimeView};
pub use printing::{CharacterView, LackingView, PlaceView, PrintJobView, PrinterView};
pub use resident::{
    DisplayInput, DisplayView, ProgressView, ResidentAsk, ResidentChoice, ResidentEntry,
    ResidentItem, ResidentQuestion, ResidentScreen, ResidentView,
};
pub use scan::{
    CandidateView, ConflictSettleInput, ConflictView, HolderView, PartsView, PieceView,
    ReceivedView, SameInput, ScanAcceptInput, ScanAsk, ScanTextInput, ScanTold, ScanView,
    ScannerView, SheetInto, SheetKind, SheetPackView, SheetPersonView, SheetQuestionView,
    SheetRefusedView, SheetStanding, SheetView, SlipView,
};
pub use work::{
    AccountInput, AccountView, CaseNewInput, CertificateFieldView, CertificateInput,
    CertificatePersonInput, CertificateView, CodeBInput, DecisionView, FactValueInput,
    IdDocumentView, IdentityChecked, IdentityInput, IdentityView, LeftView, OutcomeInput,
    OutcomeView, SignedInput, StepInput,
};

/// The staff window (職員画面) as one value.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct StaffView {
    /// Whether the store of case journals can be used.
    pub store: StoreState,
    /// Account ids that have a key slot in this store, for the sign-in screen.
    pub accounts: Vec<String>,
    /// Who is signed in.
    pub staff: Option<StaffPerson>,
    /// The rule pack in use.
    pub pack: PackLabel,
    /// The device at the end of the cable: card readers and the printer.
    pub devices: Devices,
    /// Set where sample residents and virtual devices are in use; every screen says so.
    pub demo: bool,
    /// Life events (ライフイベント) a case can be opened for.
    pub events: Vec<ChoiceView>,
    /// The cases of this store, newest first; empty until signed in.
    pub cases: Vec<CaseLine>,
    /// The case being worked on.
    pub case: Option<CaseView>,
    /// Where reading codes stands.
    pub scan: ScanView,
    /// Practice, while it is on.
    pub practice: Option<PracticeView>,
    /// Everybody who may sign in; empty unless an administrator is signed in.
    pub staff_accounts: Vec<AccountView>,
    /// The case that was on the desk when the window was locked, for the person who locked it.
    pub parked: Option<CaseLine>,
    /// Displays that can be used: with one, both windows stand side by side.
    pub displays: u32,
    /// The resident's display was there and has gone; the window has come over to the other one.
    pub display_lost: bool,
    /// Minutes without a key or a touch until the window locks itself; 0: never.
    pub lock_minutes: u32,
    /// How this window is shown.
    pub display: DisplayView,
    /// Languages of the resident's window.
    pub langs: Vec<ChoiceView>,
    /// Why this terminal cannot work at all: the settings, the pack or the fonts.
    pub trouble: Option<DoorError>,
}

/// A text in its exact shape: outlines from the font that has it (字形).
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct NameShape {
    /// `d` of one SVG path; y grows downwards.
    pub path: String,
    /// Width of the drawing, in units of a 1000-unit em.
    pub width: f64,
    /// Height of the drawing.
    pub height: f64,
    /// Distance of the baseline from the top.
    pub baseline: f64,
    /// Characters that no font has, `U+9089 U+E010E`: drawn as an empty box.
    pub missing: Vec<String>,
}

/// Whether the store can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "door.ts")]
pub enum StoreState {
    /// No store yet: the set-up screen makes one.
    Missing,
    /// A store is there; somebody has to sign in.
    Locked,
    /// Open for the person signed in.
    Open,
}

/// The person signed in.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct StaffPerson {
    /// Account id.
    pub account: String,
    /// Name shown on the screen.
    pub display_name: String,
    /// `staff | supervisor | administrator`.
    pub role: String,
}

/// The rule pack in use.
#[derive(Debug, Clone, Default, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct PackLabel {
    /// Pack id, `mihon-city`.
    pub id: String,
    /// Version; only grows.
    pub version: u32,
    /// Name of the municipality, みほん市.
    pub name: String,
}

/// Devices as last seen.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct Devices {
    /// Card readers with the mark whether a card lies on them.
    pub readers: Vec<ReaderView>,
    /// Why readers could not be listed.
    pub reader_error: Option<DoorError>,
    /// Address of the printer, `ipp://…`; empty when none is set.
    pub printer: String,
}

/// One card reader.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct ReaderView {
    /// Its PC/SC name.
    pub name: String,
    /// A card is present.
    pub card: bool,
}

/// One line of the list of cases.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct CaseLine {
    /// Case id.
    pub id: String,
    /// Reception number (受付番号), `A-0001`.
    pub reception: String,
    /// Opened at, local time `2026-11-20 10:42`.
    pub opened_at: String,
    /// The journal of this case is closed.
    pub closed: bool,
    /// The case key was destroyed; nothing of it can be read any more.
    pub purged: bool,
    /// Opened on the counter's present day.
    pub today: bool,
}

/// One case as the staff see it: a fold over its journal.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct CaseView {
    /// Case id.
    pub id: String,
    /// Reception number (受付番号).
    pub reception: String,
    /// The life event, id and text.
    pub event: ChoiceView,
    /// The day at the counter, `YYYY-MM-DD`.
    pub counter_date: String,
    /// The pack the case keeps, when the terminal works with another version by now.
    pub older_pack: Option<PackLabel>,
    /// Where reading the card stands.
    pub card: CardStep,
    /// The case this one goes on from, as its slip named it (`A-0001`).
    pub continues: Option<String>,
    /// The language that the resident reads: of the sheet's page, else `ja`.
    pub lang: String,
    /// Where sources disagree, side by side: a person chooses.
    pub conflicts: Vec<ConflictView>,
    /// The people of the household, in order.
    pub people: Vec<PersonView>,
    /// What is known of the case itself.
    pub facts: Vec<FactView>,
    /// The day's other life events of this visit, in words.
    pub also_events: Vec<ChoiceView>,
    /// The step that the clerk has open, as `StepInput::step`.
    pub step: String,
    /// 本人確認.
    pub identity: IdentityView,
    /// The page of the 転出証明書; `None` where the event knows none.
    pub certificate: Option<CertificateView>,
    /// What is asked, as screens; the first is the next one.
    pub asks: Vec<AskView>,
    /// Whose turn it is: `staff | resident`.
    pub turn: String,
    /// Screens of the resident's turn that are answered already.
    pub resident_answered: u32,
    /// The resident calls.
    pub call: Option<CallView>,
    /// What stands on the resident's window at this moment, beside its Japanese; empty in Japanese.
    pub pairs: Vec<SentencePair>,
    /// Private values are shown on this window.
    pub private_open: bool,
    /// Decisions that depend on private answers and are masked (配慮項目 n件).
    pub private_hidden: u32,
    /// What is discreet.
    pub discreet: DiscreetView,
    /// The person × item table.
    pub table: TableView,
    /// Papers whose signature was received, keys.
    pub signed: Vec<String>,
    /// What is left to do before the end, most important first.
    pub left: Vec<LeftView>,
    /// Questions that still matter, in order; the first is the next one.
    pub questions: Vec<QuestionView>,
    /// The questions behind what is known, so that an answer can be changed.
    pub answered: Vec<QuestionView>,
    /// Every procedure with its state, discreet ones apart.
    pub decisions: Vec<DecisionView>,
    /// How many discreet procedures (配慮項目) are required or can be applied for; no shared screen names them.
    pub discreet_open: u32,
    /// The consequence of the last change, one line each: added, dropped or changed procedures.
    pub consequences: Vec<String>,
    /// The papers these decisions ask for.
    pub papers: Vec<PaperView>,
    /// Papers that lie in no packet and are printed by themselves: those somebody may wish for (forms of the pack),
    /// the office's (`check`, `tenki`) and the one for one pair of eyes (`discreet`). No window that a resident sees
    /// shows any of them.
    pub papers_apart: Vec<PaperView>,
    /// What keeps a paper from being printed, one entry per finding; characters that no font has stand apart.
    pub refusals: Vec<DoorError>,
    /// Characters that no font has: the clerk chooses.
    pub characters: Vec<CharacterView>,
    /// Where printing stands.
    pub print: PrintStep,
    /// The jobs of the last printing, one line each.
    pub print_jobs: Vec<PrintJobView>,
    /// Where handing over stands.
    pub handover: HandoverState,
    /// The last answer can be taken back.
    pub can_undo: bool,
    /// The resident has confirmed what was read from the document.
    pub confirmed_by_resident: bool,
    /// The visit is over: the case can be looked at and printed again, and takes nothing in.
    pub closed: bool,
}

/// Where handing over to the core systems (引き渡し) stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "door.ts")]
pub enum HandoverState {
    /// This terminal hands nothing over.
    Off,
    /// What is known now has not been handed over.
    Open,
    /// It has.
    Done,
}

/// Where reading the card stands.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[ts(export_to = "door.ts")]
pub enum CardStep {
    /// Nothing under way.
    Idle,
    /// The resident is typing the PIN in the other window.
    WaitingForPin {
        /// Tries left as the card said.
        tries_left: u8,
    },
    /// The card is being read.
    Reading,
    /// Read, and nobody in the household is surely its holder: the clerk says who (`staff_card_holder`).
    Whose {
        /// Name on the document; may be empty.
        name: String,
        /// Birth date on it, in words; may be empty.
        birth_date: String,
        /// Members of the household, likely ones first.
        people: Vec<HolderView>,
    },
    /// Read.
    Read {
        /// Whether the resident said that it is right; `null` until asked.
        confirmed: Option<bool>,
    },
    /// The resident does not know or does not want to give the PIN.
    PinDeclined,
    /// Not read, and why.
    Failed {
        /// The reason.
        error: DoorError,
    },
}

/// One member of the household.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct PersonView {
    /// Person id, `p1`.
    pub id: String,
    /// Name, or an empty text while unknown.
    pub name: String,
    /// Characters of the name that no font has, `U+9089 U+E010E`: the screen shows another shape for them.
    pub lacking: Vec<String>,
    /// The name in its exact shape; `None` while unknown.
    pub shape: Option<NameShape>,
    /// What is known, in the pack's order.
    pub facts: Vec<FactView>,
}

/// One fact with its source.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct FactView {
    /// Fact id of the vocabulary.
    pub id: String,
    /// Label in the language of the screen.
    pub label: String,
    /// Value as people read it: dates in eras, choices in words.
    pub text: String,
    /// The value itself: `true`, `"1985-04-01"`, `"kokuho"`, `null` when the person did not know or say.
    #[ts(type = "unknown")]
    pub value: serde_json::Value,
    /// Where it came from: `card | qr | resident | staff | file | pack | derived | …`.
    pub source: String,
    /// Values of other sources that disagree.
    pub conflicts: Vec<OtherValueView>,
    /// Characters of the value that no font has.
    pub lacking: Vec<String>,
    /// Private and not opened: text and value are empty.
    pub masked: bool,
}

/// A value that another source gave.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct OtherValueView {
    /// The value as people read it.
    pub text: String,
    /// Its source.
    pub source: String,
}

/// A choice with its text.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct ChoiceView {
    /// Choice id; what is stored.
    pub id: String,
    /// What is shown.
    pub text: String,
}

/// One question.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct QuestionView {
    /// Question id.
    pub id: String,
    /// Permanent number.
    pub number: u32,
    /// The fact it fills.
    pub fact: String,
    /// About whom; `null` for the case.
    pub person: Option<String>,
    /// That person's name, for the heading.
    pub person_name: Option<String>,
    /// `yes-no | choice | choices | number | date | text | person-list`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Choices in order.
    pub choices: Vec<ChoiceView>,
    /// The question in the resident's words.
    pub text: String,
    /// Why it is asked.
    pub why: String,
    /// What the staff say.
    pub staff_text: String,
    /// Private from the hall: answered by touch or pointing card.
    pub private: bool,
    /// The row of a checklist, or a field's label; the question's text where there is none.
    pub short: String,
    /// Group of questions that are asked together.
    pub group: Option<String>,
    /// What follows from other answers, preselected; `null` without one.
    #[ts(type = "unknown")]
    pub suggested: serde_json::Value,
    /// The same question in the resident's language; `None` where that is Japanese.
    pub pair: Option<SentencePair>,
}

/// An error as it crosses the door: a stable code, which the screen puts into words.
#[derive(Debug, Clone, Default, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct DoorError {
    /// Stable code, `no-card`, `pin-wrong`, `printer-unreachable`, ….
    pub code: String,
    /// Numbers and ids for the sentence, `tries_left` → `2`; never a resident's data.
    pub details: BTreeMap<String, String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes the TypeScript twins in one go: they share one file.
    #[test]
    fn export_bindings() -> Result<(), ts_rs::ExportError> {
        let config = ts_rs::Config::from_env();
        StaffView::export_all(&config)?;
        ResidentView::export_all(&config)?;
        PreviewPage::export_all(&config)?;
        AnswersInput::export_all(&config)?;
        SameForInput::export_all(&config)?;
        PrivateOpenInput::export_all(&config)?;
        CaseNewInput::export_all(&config)?;
        IdentityInput::export_all(&config)?;
        CertificateInput::export_all(&config)?;
        OutcomeInput::export_all(&config)?;
        SignedInput::export_all(&config)?;
        AccountInput::export_all(&config)?;
        CodeBInput::export_all(&config)?;
        StepInput::export_all(&config)?;
        PracticeInput::export_all(&config)?;
        DisplayInput::export_all(&config)?;
        SetUpInput::export_all(&config)?;
        SignInInput::export_all(&config)?;
        AnswerInput::export_all(&config)?;
        PersonInput::export_all(&config)?;
        PrintInput::export_all(&config)?;
        SettleInput::export_all(&config)?;
        ScanTextInput::export_all(&config)?;
        ScanAcceptInput::export_all(&config)?;
        ConflictSettleInput::export_all(&config)?;
        PrinterView::export_all(&config)
    }
}
