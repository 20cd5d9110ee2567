//! What the staff window shows of codes that are read: the parts of a sheet, what the last reading came to, and the
//! whole sheet before it is taken in.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ChoiceView, DoorError};

/// Where reading codes stands; the same with and without a case on the desk.
#[derive(Debug, Clone, Default, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct ScanView {
    /// The scanner at the end of the cable.
    pub scanner: ScannerView,
    /// The sheet being collected; `null` before its first part, and again once it was taken in.
    pub parts: Option<PartsView>,
    /// What the last reading came to; `null` until something was read.
    pub told: Option<ScanTold>,
    /// The whole sheet, opened and waiting for `staff_scan_accept`.
    pub sheet: Option<SheetView>,
}

/// The handheld scanner on a serial line.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct ScannerView {
    /// `none` (no scanner on a serial line was found or set) `| connected | unplugged` (it was there and is looked for
    /// again). A scanner that types like a keyboard, and the camera, need no entry here.
    pub state: String,
    /// The port, `/dev/ttyACM0` or `COM3`; empty with `none`.
    pub port: String,
}

impl Default for ScannerView {
    fn default() -> ScannerView {
        ScannerView { state: "none".to_owned(), port: String::new() }
    }
}

/// The parts of a sheet. They may be read in any order and any number of times.
#[derive(Debug, Clone, Default, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct PartsView {
    /// Numbers that were read, from 1, ascending.
    pub have: Vec<u8>,
    /// How many the sheet has.
    pub of: u8,
    /// Numbers still missing, from 1, ascending.
    pub missing: Vec<u8>,
}

/// What a reading came to: a stable code with the numbers a sentence needs.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct ScanTold {
    /// Grows with each reading: the same code twice is two readings, to be announced twice.
    pub count: u32,
    /// `new-part` `repeated-part` (details: `part`, `of`) `| not-ours | damaged | newer-format | foreign-sheet` (see
    /// `ask`) `| part-conflict` (`part`: two different parts say that they are this one) `| no-code` (an image without
    /// one) `| image-unknown | image-too-large | image-damaged` (why an image could not be read) `| sheet-ready |
    /// sheet-taken`; and why a whole sheet cannot be opened: `key-unknown` (made for another municipality, or before the
    /// key was changed) `| other-municipality | seal-broken` (altered) `| message-size | suite-unknown | unpack-broken |
    /// unpack-limit | body-encoding | body-malformed | format-unknown | validity-wrong`.
    pub code: String,
    /// Numbers for the sentence, never a resident's data.
    #[ts(type = "{ [key in string]: string }")]
    pub details: std::collections::BTreeMap<String, String>,
    /// What has to be decided before the reading is of use.
    pub ask: Option<ScanAsk>,
    /// `serial | wedge | camera | image | text`.
    pub via: String,
}

/// What the clerk is asked about a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "door.ts")]
pub enum ScanAsk {
    /// The part belongs to another sheet: start over with it (`staff_scan_reset` with `keep`), or leave it.
    StartOver,
}

/// A whole sheet that was opened: what it holds, and what the clerk should know before taking it in.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct SheetView {
    /// Which sheet.
    pub kind: SheetKind,
    /// Whom it names, in its order.
    pub people: Vec<SheetPersonView>,
    /// How many answers it carries.
    pub answers: u32,
    /// The life event in words; empty if it does not say.
    pub event: String,
    /// Made at, local time `2026-11-18 21:05`.
    pub made: String,
    /// Last day, `YYYY-MM-DD`.
    pub valid_until: String,
    /// Whether today lies within its days. Anything but `valid` is taken only with `even_so`.
    pub standing: SheetStanding,
    /// Language tag of the page: `ja`, `en`, `zh-Hans`, ….
    pub lang: String,
    /// The pack it was made with, against the one it is read with.
    pub pack: SheetPackView,
    /// Questions "rather at the counter" or "don't know": they are asked here.
    pub at_counter: Vec<SheetQuestionView>,
    /// Answers that were not taken over, and why.
    pub refused: Vec<SheetRefusedView>,
    /// When it was received before, latest first; taking it in again is possible.
    pub received: Vec<ReceivedView>,
    /// Where it can go; the first is the usual one. Empty: nowhere at this moment (`no_place` says why).
    pub into: Vec<SheetInto>,
    /// Why it can go nowhere: `case-closed`, `print-running`.
    pub no_place: Option<DoorError>,
    /// Of a case slip: the case it carries.
    pub slip: Option<SlipView>,
}

/// Which kind of sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "door.ts")]
pub enum SheetKind {
    /// Answers that a resident gave at home.
    Resident,
    /// The case slip (受付票) of another terminal of this municipality.
    Slip,
}

impl SheetKind {
    /// Stable id.
    pub fn id(self) -> &'static str {
        match self {
            SheetKind::Resident => "resident",
            SheetKind::Slip => "slip",
        }
    }
}

/// Whether a sheet may still, or already, be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "door.ts")]
pub enum SheetStanding {
    /// Within its days.
    Valid,
    /// Its last day is past.
    Expired,
    /// It says that it was made later than now.
    FromTheFuture,
}

/// Somebody the sheet names, and who of the household that would be.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct SheetPersonView {
    /// Id on the sheet, `p1`.
    pub id: String,
    /// Name as the sheet has it; may be empty.
    pub name: String,
    /// Birth date in words; may be empty.
    pub birth_date: String,
    /// Members of the case on the desk who may be the same person, best first; empty: somebody new.
    pub same_as: Vec<HolderView>,
}

/// A member of the household who may be the person on a document or a sheet.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct HolderView {
    /// Person id.
    pub person: String,
    /// Name in the case.
    pub name: String,
    /// Birth date in words; may be empty.
    pub birth_date: String,
    /// `exact` (name and birth date are equal) `| name-written-otherwise` (spaces, width, variants, kana; same birth
    /// date) `| birth-date-only | name-only | none`.
    pub why: String,
}

/// The pack of a sheet against the pack it is read with.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct SheetPackView {
    /// `same | older | newer | other` (the same version with other contents).
    pub standing: String,
    /// Its version.
    pub version: u32,
    /// Questions of the sheet that there are no more: their answers are not taken over.
    pub withdrawn: Vec<u32>,
    /// Questions that the page did not ask and the pack here does: they are asked here. Only when the packs differ.
    pub asked: Vec<SheetQuestionView>,
}

/// A question about a sheet.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct SheetQuestionView {
    /// Its fact.
    pub fact: String,
    /// What the clerk calls it.
    pub label: String,
    /// Name of the person it is about; empty for the case.
    pub person: String,
}

/// An answer that was not taken over.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct SheetRefusedView {
    /// Number of the question.
    pub number: u32,
    /// What the clerk calls it; empty for a number that there never was.
    pub label: String,
    /// Name of the person it is about; empty for the case.
    pub person: String,
    /// Why: `not-at-home | wrong-subject | wrong-type | option-unknown | option-withdrawn | text-not-allowed |
    /// person-unknown`.
    pub why: String,
}

/// An earlier reception of the same sheet.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct ReceivedView {
    /// When, local time `2026-11-20 10:05`.
    pub at: String,
    /// Case id, to open it.
    pub case: String,
    /// Its reception number.
    pub reception: String,
    /// It is the case on the desk.
    pub here: bool,
}

/// Where a sheet can go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "door.ts")]
pub enum SheetInto {
    /// Into the case on the desk.
    Case,
    /// Into a new case.
    New,
}

/// The case on a case slip.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct SlipView {
    /// Its number where it was written.
    pub case: String,
    /// Its day at the counter, `YYYY-MM-DD`.
    pub counter_date: String,
    /// Documents that were read, and whose: id `mynumber`, text is the person's name.
    pub documents: Vec<ChoiceView>,
}

/// Sources that disagree about one thing: a person chooses.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct ConflictView {
    /// The fact that the choice is about.
    pub fact: String,
    /// About whom; `null` for the case.
    pub person: Option<String>,
    /// That person's name.
    pub person_name: Option<String>,
    /// What the clerk calls the fact.
    pub label: String,
    /// The values, each with its source; the first is the one that counts until somebody chooses.
    pub candidates: Vec<CandidateView>,
}

/// One of several values.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct CandidateView {
    /// What `staff_conflict_settle` takes as `choice`.
    pub choice: String,
    /// The value as people read it.
    pub text: String,
    /// Its source: `card | qr | staff | …`.
    pub source: String,
    /// The source in words, and which fact it stands under where that is another one (the address on the card against
    /// the previous address).
    pub source_label: String,
    /// It counts at this moment.
    pub counts: bool,
    /// Pieces of the text, so that what differs can be marked; together they are `text`.
    pub pieces: Vec<PieceView>,
    /// Characters of the value that no font has.
    pub lacking: Vec<String>,
}

/// A piece of a value.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct PieceView {
    /// The piece.
    pub text: String,
    /// It is not in the value that counts, or not in the others.
    pub differs: bool,
}

/// A text that a code held.
#[derive(Deserialize, TS)]
#[ts(export_to = "door.ts")]
pub struct ScanTextInput {
    /// As it came: digits, possibly full-width, possibly with a line end.
    pub text: String,
    /// `wedge` for a scanner that types, `text` for anything else.
    pub by: String,
}

/// Taking a whole sheet in.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export_to = "door.ts")]
pub struct ScanAcceptInput {
    /// Where.
    pub into: SheetInto,
    /// Also though it has expired or comes from the future.
    pub even_so: bool,
    /// Who is who, where the clerk decided otherwise than the first of `same_as` (which is followed without an entry
    /// only when it is `exact`).
    pub people: Vec<SameInput>,
}

/// Who of the household a person on the sheet is.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export_to = "door.ts")]
pub struct SameInput {
    /// Id on the sheet.
    pub sheet: String,
    /// Person id in the case; `null`: somebody new.
    pub person: Option<String>,
}

/// Choosing one of several values.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export_to = "door.ts")]
pub struct ConflictSettleInput {
    /// The fact.
    pub fact: String,
    /// About whom; `null` for the case.
    pub person: Option<String>,
    /// `choice` of the candidate.
    pub choice: String,
}
