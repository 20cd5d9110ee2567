//! `kakanai prefill …`: what pre-filling at home needs.

use kakanai_counter::headless;
use kakanai_counter::home_page::{Made, Making, make};

use crate::outcome::{Answer, Outcome};
use crate::prefill_args::{Leaflet, Page, PrefillCommand};

/// Runs a command of pre-filling.
pub fn run(command: &PrefillCommand) -> Outcome {
    match command {
        PrefillCommand::Page(arguments) => page(arguments),
        PrefillCommand::Leaflet(leaflet) => {
            let Leaflet { pack, url, out, on } = leaflet;
            let made = headless::leaflet(pack, url, out, *on)?;
            let lines = vec![made.file.clone()];
            Answer::of(&made, lines)
        }
    }
}

/// Makes the page at home and tells its sizes.
fn page(arguments: &Page) -> Outcome {
    let made = make(&Making {
        pack: &arguments.pack,
        key: &arguments.key,
        out: arguments.out.as_deref(),
        single: arguments.single.as_deref(),
        url: arguments.url.as_deref(),
        assets: arguments.assets.as_deref(),
        on: arguments.on,
    })?;
    let lines = table(&made);
    Answer::of(&made, lines)
}

/// The sizes as a table, and the key to compare.
fn table(made: &Made) -> Vec<String> {
    let sizes = &made.sizes;
    let sums = [&sizes.first, &sizes.everything, &sizes.postal];
    let rows = sizes.files.iter().chain(sums);
    let line =
        |file: &str, raw: &str, br: &str, gz: &str| format!("{file:<32} {raw:>9} {br:>9} {gz:>9}");
    let mut lines = vec![line("", "raw", "br", "gz")];
    lines.extend(rows.map(|size| {
        line(&size.file, &size.raw.to_string(), &size.br.to_string(), &size.gz.to_string())
    }));
    let single =
        made.single.as_ref().map(|single| line(&single.file, &single.bytes.to_string(), "", ""));
    lines.extend(single);
    lines.push(format!("key {}", made.key));
    lines
}
