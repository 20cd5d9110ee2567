//! What goes from the counter to robots and core systems (引き渡し), as bytes: CSV files in CP932 with fixed names and
//! columns set in the pack, a manifest, the data sheet for whoever writes the robot, and the values of the 転記シート.
//!
//! A value goes out exactly or not at all: one that CP932 cannot hold, or that does not fit, refuses the whole case with a
//! list. Nothing discreet goes out. Pure: no file is written here, and no fact is looked up; values come through
//! [`Sources`]. The same case gives the same bytes.

mod data_sheet;
mod done;
mod export;
mod format;
mod refusal;
mod sample;
mod table;
mod transcription;

pub use data_sheet::{SheetFile, data_sheet};
pub use done::{DONE, Done, DoneFile, FORMAT};
pub use export::{CaseHead, Export, ExportFile, export};
pub use refusal::{Refusal, RefusalKind};
pub use table::Sources;
pub use transcription::{Line, Section, Transcription, transcription};
