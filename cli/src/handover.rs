//! `kakanai handover …`: files for robots and core systems, and the data sheet that goes with them.

use kakanai_counter::handover::{self, Delivery};
use kakanai_counter::headless;
use serde_json::json;

use crate::args::HandoverCommand;
use crate::outcome::{Answer, Exit, Failure, Outcome};

/// Runs a hand-over command.
pub fn run(command: &HandoverCommand, lang: &str) -> Outcome {
    match command {
        HandoverCommand::Export { inputs, out } => {
            handed_over(&headless::hand_over(&inputs.as_inputs(), out, lang)?)
        }
        HandoverCommand::Sheet { pack, on, out } => {
            let made = handover::data_sheet(pack, out, *on)?;
            Answer::of(&made, made.files.clone())
        }
    }
}

/// The document of a hand-over; a refused one says where, and wrote nothing.
pub fn handed_over(delivery: &Delivery) -> Outcome {
    match delivery {
        Delivery::Done(handed) => {
            let line = |file: &kakanai_counter::handover::DoneFile| {
                format!("{}/{}\t{}", handed.folder, file.file, file.rows)
            };
            Answer::of(handed, handed.files.iter().map(line).collect())
        }
        Delivery::Refused(refused) => {
            Err(Failure::new("handover-refused", Exit::No).with(json!({ "refusals": refused })))
        }
    }
}
