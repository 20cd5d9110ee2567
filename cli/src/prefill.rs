//! `kakanai prefill …`: what pre-filling at home needs.

use kakanai_counter::headless;
use kakanai_counter::home_page::{Made, Making, make};
use kakanai_counter::prefill::{self, Decoding, Encoding, Keyring, ListedKeys};

use crate::args::StoreArgs;
use crate::outcome::{Answer, Failure, Outcome};
use crate::prefill_args::{Decode, Encode, KeyCommand, Leaflet, Page, PrefillCommand};
use crate::secret;

/// Runs a command of pre-filling.
pub fn run(command: &PrefillCommand, lang: &str) -> Outcome {
    match command {
        PrefillCommand::Keygen { out, slip } => {
            let made = prefill::keygen(out, *slip)?;
            let lines = vec![made.private.clone(), made.public.clone(), made.fingerprint.clone()];
            Answer::of(&made, lines)
        }
        PrefillCommand::Encode(arguments) => encode(arguments, lang),
        PrefillCommand::Decode(arguments) => decode(arguments),
        PrefillCommand::Key { command } => key(command),
        PrefillCommand::Page(arguments) => page(arguments),
        PrefillCommand::Leaflet(leaflet) => {
            let Leaflet { pack, url, out, on } = leaflet;
            let made = headless::leaflet(pack, url, out, *on)?;
            let lines = vec![made.file.clone()];
            Answer::of(&made, lines)
        }
    }
}

fn encode(arguments: &Encode, lang: &str) -> Outcome {
    let sheet = prefill::encode(&Encoding {
        pack: &arguments.pack,
        facts: &arguments.facts,
        key: &arguments.key,
        out: &arguments.out,
        on: arguments.on,
        paper: arguments.paper,
        valid_until: arguments.valid_until,
        lang,
    })?;
    let lines = sheet.parts.iter().map(|part| part.file.clone()).collect();
    Answer::of(&sheet, lines)
}

fn decode(arguments: &Decode) -> Outcome {
    let sheet = prefill::decode(&Decoding {
        pack: &arguments.pack,
        key: &arguments.key,
        images: &arguments.images,
        texts: arguments.text.as_deref(),
    })?;
    let lines = vec![sheet.facts.to_string()];
    Answer::of(&sheet, lines)
}

fn key(command: &KeyCommand) -> Outcome {
    let open = |store: &StoreArgs| -> Result<Keyring, Failure> {
        Ok(Keyring::open(&store.as_place(), &secret::passphrase()?)?)
    };
    listed(&match command {
        KeyCommand::Add { store, slip, file } => open(store)?.add(file, *slip)?,
        KeyCommand::List { store } => open(store)?.list()?,
        KeyCommand::Retire { store, id, until } => open(store)?.retire(id, *until)?,
    })
}

fn listed(listed: &ListedKeys) -> Outcome {
    let lines = listed.keys.iter().map(|key| {
        let until = key.opens_until.as_deref().unwrap_or_default();
        format!("{}\t{}\t{}\t{until}\t{}", key.id, key.purpose, key.state, key.fingerprint)
    });
    Answer::of(listed, lines.collect())
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
