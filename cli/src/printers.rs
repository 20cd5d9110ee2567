//! `kakanai printers` and `kakanai printer show`.

use kakanai_counter::Settings;
use kakanai_counter::printers::{self, ListedPrinter};
use serde_json::json;

use crate::outcome::{Answer, Outcome};
use crate::words;

/// Lists the printers of the settings and the queues of this machine, with what each can do.
pub fn list() -> Outcome {
    let found = printers::list(&Settings::load()?);
    let lines = found.printers.iter().map(line).collect();
    Answer::of(&found, lines)
}

/// Tells what one printer can do.
pub fn show(uri: &str) -> Outcome {
    let able = printers::show(uri)?;
    let sizes: Vec<&str> = able.media.iter().map(|media| media.name()).collect();
    let reasons: Vec<&str> = able.reasons.iter().map(words::reason).collect();
    let yes_no = |yes: bool| if yes { "はい" } else { "いいえ" };
    let lines = vec![
        format!("名前\t{}", able.name),
        format!("受け付けている\t{}", yes_no(able.accepting)),
        format!("PDFを受け付ける\t{}", yes_no(able.accepts_pdf)),
        format!("用紙\t{}", sizes.join(" ")),
        format!("給紙トレイ\t{}", able.trays.join(" ")),
        format!("様子\t{}", reasons.join(" ")),
    ];
    Ok(Answer::yes(json!({ "uri": uri, "able": able }), lines))
}

fn line(printer: &ListedPrinter) -> String {
    let condition = match (&printer.able, printer.error) {
        (_, Some(code)) => words::error(code).0.to_owned(),
        (Some(able), None) if !able.accepting => words::error("printer-not-accepting").0.to_owned(),
        (Some(able), None) if !able.accepts_pdf => {
            words::error("printer-refused-format").0.to_owned()
        }
        (Some(able), None) => match able.reasons.first() {
            Some(reason) => words::reason(reason).to_owned(),
            None => "使えます".to_owned(),
        },
        (None, None) => String::new(),
    };
    let usual = if printer.usual { "*" } else { "" };
    format!("{usual}{}\t{}\t{condition}", printer.uri, printer.name)
}
