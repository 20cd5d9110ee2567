//! `kakanai readers` and `kakanai card read`.

use kakanai_counter::card;
use serde_json::{Value as Json, json};

use crate::args::{CardKind, CardRead};
use crate::outcome::{Answer, Exit, Failure, Outcome};
use crate::secret;

/// Lists the readers.
pub fn readers() -> Outcome {
    let found = card::readers()?;
    let lines = found
        .readers
        .iter()
        .map(|reader| {
            format!("{}\t{}", reader.name, if reader.card { "カードあり" } else { "カードなし" })
        })
        .collect();
    Answer::of(&found, lines)
}

/// Reads a card.
pub fn read(arguments: &CardRead) -> Outcome {
    if matches!(arguments.kind, CardKind::Licence | CardKind::Residence) {
        let usage = "--kind: this version reads My Number cards only (auto, mynumber)";
        return Err(Failure::new("usage", Exit::Input).with(json!({ "usage": usage })));
    }
    let (reader, last_try) = (arguments.reader.as_deref(), arguments.yes_last_try);
    let reading = if arguments.secret.code_b_stdin {
        card::read_by_code_b(reader, secret::code_b()?, last_try)?
    } else {
        card::read(reader, secret::pin()?, last_try)?
    };
    let answer = Answer::of(&reading, Vec::new())?;
    let items = answer.json.get("items").and_then(Json::as_object).cloned().unwrap_or_default();
    let lines = items
        .iter()
        .map(|(name, value)| format!("{name}\t{}", value.as_str().unwrap_or_default()))
        .collect();
    Ok(Answer { lines, ..answer })
}
