//! `questions`, `determine` and `print`: a pack and a facts file, no store and no display.

use kakanai_counter::headless::{self, Decided};
use kakanai_counter::printing::Printed;
use serde_json::json;

use crate::args::{BlankSet, Determine, Print, Questions};
use crate::outcome::{Answer, Exit, Failure, Outcome};

/// The questions that still matter.
pub fn questions(arguments: &Questions, lang: &str) -> Outcome {
    let found = headless::questions(&arguments.inputs.as_inputs(), lang, arguments.all)?;
    let lines = found
        .questions
        .iter()
        .map(|question| {
            let person = question.person.as_deref().unwrap_or_default();
            format!("{} {person} {}", question.number, question.text)
        })
        .collect();
    Answer::of(&found, lines)
}

/// Decides every procedure.
pub fn determine(arguments: &Determine, lang: &str) -> Outcome {
    decided(&headless::determine(&arguments.inputs.as_inputs(), lang)?)
}

/// Makes the papers, and prints them if a printer is given.
pub fn print(arguments: &Print, lang: &str) -> Outcome {
    printed(&headless::print(&arguments.inputs.as_inputs(), &arguments.target.as_target(), lang)?)
}

/// Makes every paper of a pack empty.
pub fn blank_set(arguments: &BlankSet) -> Outcome {
    let BlankSet { pack, out, printer, on } = arguments;
    printed(&headless::blank_set(pack, out, printer.as_deref(), *on)?)
}

/// The document of decisions.
pub fn decided(decided: &Decided) -> Outcome {
    let lines = decided
        .lines
        .iter()
        .map(|line| {
            let deadline = line.deadline.as_deref().unwrap_or_default();
            format!("{}\t{}\t{}\t{deadline}", line.status, line.title, line.people.join("、"))
        })
        .collect();
    Answer::of(decided, lines)
}

/// The document of a print command; refused papers make it a failure that still tells what was made.
pub fn printed(printed: &Printed) -> Outcome {
    let Printed { made, refused } = printed;
    if !refused.is_empty() {
        let details = json!({ "refusals": refused, "made": made });
        return Err(Failure::new("paper-refused", Exit::No).with(details));
    }
    Answer::of(made, made.papers.iter().map(|paper| paper.file.clone()).collect())
}
