//! The files of the page at home, put together from the built page, the module and the home pack.
//!
//! The same parts give the same files, byte for byte: nothing here reads a clock or keeps an order of chance. Names
//! of files that may be kept for ever carry a number that follows from their content.

use std::collections::BTreeMap;

use jiff::civil::Date;
use kakanai_rules::{Detail, Engine, FactSet, Pack};
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use super::files::{Assets, PageFile, Stage};
use super::pack::{HomePack, home_pack};
use super::{policy, worker};
use crate::canonical::fingerprint;
use crate::row::hex;

/// What the page belongs to.
#[derive(Debug, Clone)]
pub struct Town<'a> {
    /// The whole pack, as the counter uses it.
    pub pack: &'a Pack,
    /// The municipality's public key, in hexadecimal.
    pub key: &'a str,
    /// Where the page will stand, if that is known.
    pub url: Option<&'a str>,
    /// The day whose first question stands in the page itself.
    pub on: Date,
}

/// Why a page cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// The built page is not there, or is not what it should be.
    #[error("the built page has no {0}")]
    Assets(&'static str),
    /// The pack is no municipality's.
    #[error("the pack has no municipality code")]
    Municipality,
    /// A row that is shown to everybody depends on something discreet.
    #[error("a row that the page would hold names {0}, which is discreet")]
    Discreet(String),
    /// The folder holds something else.
    #[error("the folder is not empty and holds no page made before")]
    Folder,
    /// The file system refused.
    #[error("a file of the page could not be read or written")]
    Io(#[from] std::io::Error),
    /// Something cannot be written as JSON; a fault of the program.
    #[error("a fault of the program")]
    Internal(#[from] serde_json::Error),
}

impl PageError {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            PageError::Assets(_) => "page-assets",
            PageError::Municipality => "page-municipality",
            PageError::Discreet(_) => "page-discreet",
            PageError::Folder => "page-folder",
            PageError::Io(_) => "page-io",
            PageError::Internal(_) => "internal",
        }
    }
}

/// The page, ready to be written.
#[derive(Debug, Clone)]
pub struct Page {
    /// Every file; `index.html` is the first.
    pub files: Vec<PageFile>,
    /// What stands in the page, of which the single file needs more.
    pub(super) boot: Json,
    /// The files of the boot, by the place that it gives them.
    pub(super) named: BTreeMap<String, Vec<u8>>,
}

/// The languages in the order in which they are offered; others follow.
const ORDER: [&str; 9] = ["ja", "ja-x-easy", "en", "zh-Hans", "ko", "vi", "pt-BR", "fil", "ne"];

/// Texts that are not needed before the pack is there, though the page's own.
const LATER: [&str; 12] = [
    "page.people.",
    "page.review.",
    "page.changed.",
    "page.result.",
    "page.codes.",
    "page.paper.",
    "page.save.",
    "page.open.",
    "page.wipe.",
    "page.postal",
    "page.hint.",
    "page.date.",
];

/// Puts the page together.
///
/// # Errors
/// [`PageError`]; a pack with something discreet in a row that everybody would get is refused.
pub fn make_page(town: &Town<'_>, assets: &Assets) -> Result<Page, PageError> {
    let pack = town.pack;
    if pack.municipality_code.is_empty() {
        return Err(PageError::Municipality);
    }
    let home = home_pack(pack);
    if let Some(id) = home.discreet_left(pack) {
        return Err(PageError::Discreet(id));
    }
    let mut named = Named::default();
    let engine = named.put("engine", "wasm", assets.engine.clone(), Stage::Rules);
    let core = named.put("pack", "json", serde_json::to_vec(&home.core)?, Stage::Rules);
    let langs = languages(&home);
    let mut texts = serde_json::Map::new();
    for lang in &langs {
        let document = json!({"lang": lang, "texts": home.texts.get(*lang)});
        let stage = if *lang == "ja" { Stage::Rules } else { Stage::Language };
        let file =
            named.put(&format!("texts.{lang}"), "json", serde_json::to_vec(&document)?, stage);
        texts.insert((*lang).to_owned(), json!(file));
    }
    let readings = named.put("readings", "json", serde_json::to_vec(&home.readings)?, Stage::Rules);
    let postal = named.put("postal", "json", assets.postal.clone(), Stage::Later);
    let question = first_question(&home, town.on);
    let boot = json!({
        "files": {"engine": engine, "pack": core, "texts": texts, "readings": readings, "postal": postal},
        "pack": {
            "id": pack.id,
            "version": pack.version,
            "hash": fingerprint(pack).get(..8),
        },
        "municipality": {"code": pack.municipality_code, "name": pack.name},
        "key": town.key,
        "url": town.url,
        "langs": langs,
        "first": first_texts(&home, &langs, &question, town.on),
        "question": question,
    });
    let policy = policy::of_folder();
    let index = with_boot(&assets.index, &boot, &policy)?;
    let mut files = vec![PageFile::new("index.html", index.into_bytes(), Stage::Shell)];
    let built = assets.files.iter();
    files.extend(built.map(|(name, bytes)| PageFile::new(name, bytes.clone(), Stage::Shell)));
    files.extend(named.files);
    let worker = worker::script(&files);
    files.push(PageFile::new("sw.js", worker.into_bytes(), Stage::Worker));
    Ok(Page { files, boot, named: named.contents })
}

/// Files whose names follow from their content.
#[derive(Default)]
struct Named {
    files: Vec<PageFile>,
    contents: BTreeMap<String, Vec<u8>>,
}

impl Named {
    fn put(&mut self, name: &str, end: &str, bytes: Vec<u8>, stage: Stage) -> String {
        let number = hex(&Sha256::digest(&bytes));
        let name = format!("{name}.{}.{end}", number.get(..8).unwrap_or_default());
        self.contents.insert(name.clone(), bytes.clone());
        self.files.push(PageFile::new(&name, bytes, stage));
        name
    }
}

/// The languages in which the page itself has words, Japanese always.
fn languages(home: &HomePack) -> Vec<&str> {
    let offered = home
        .texts
        .iter()
        .filter(|(lang, texts)| *lang == "ja" || texts.keys().any(|id| id.starts_with("page.")));
    let mut langs: Vec<&str> = offered.map(|(lang, _)| lang.as_str()).collect();
    sort_languages(&mut langs);
    langs
}

/// Puts languages into the order in which every window and page offers them.
pub fn sort_languages(langs: &mut [&str]) {
    langs.sort_by_key(|lang| {
        (ORDER.iter().position(|known| known == lang).unwrap_or(ORDER.len()), *lang)
    });
}

/// What is asked of somebody about whom nothing is known.
fn first_question(home: &HomePack, on: Date) -> Option<Json> {
    let whole = home.whole();
    let engine = Engine::new(&whole);
    let questions = engine.questions(&FactSet::default(), on, "ja", Detail::Next);
    serde_json::to_value(questions.into_iter().find(|question| question.at_home)?).ok()
}

/// The words that are needed before the pack is there, in every language.
fn first_texts(home: &HomePack, langs: &[&str], question: &Option<Json>, on: Date) -> Json {
    let field = |name: &str| {
        let value = question.as_ref().and_then(|question| question.get(name)?.as_str());
        value.unwrap_or_default().to_owned()
    };
    let (asked, choices) =
        (format!("question.{}", field("id")), format!("choice.{}.", field("fact")));
    let needed = |id: &str| {
        let own = id.starts_with("page.") && !LATER.iter().any(|later| id.starts_with(later));
        own || id.starts_with("word.")
            || id.starts_with(&choices)
            || id.strip_prefix(&asked).is_some_and(|rest| matches!(rest, "" | ".why"))
    };
    let of = |lang: &str| -> BTreeMap<&str, &str> {
        let texts = home.texts.get(lang).into_iter().flatten();
        let texts = texts.filter(|(id, _)| needed(id)).filter_map(|(id, versions)| {
            let counts = versions.iter().find(|version| version.dated.holds_on(on));
            Some((id.as_str(), counts.or(versions.last())?.text.as_str()))
        });
        texts.collect()
    };
    langs
        .iter()
        .map(|lang| ((*lang).to_owned(), json!(of(lang))))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

/// The built page with its bootstrap and its content security policy.
pub(super) fn with_boot(index: &str, boot: &Json, policy: &str) -> Result<String, PageError> {
    let place = index.find("id=\"kakanai\"").ok_or(PageError::Assets("place for the bootstrap"))?;
    let (before, rest) = index.split_at(place);
    let (tag, rest) = rest.split_once('>').ok_or(PageError::Assets("place for the bootstrap"))?;
    let end = rest.find("</script>").ok_or(PageError::Assets("place for the bootstrap"))?;
    let after = rest.get(end..).unwrap_or_default();
    // A text of the pack must not be able to end the element it stands in.
    let boot = serde_json::to_string(boot)?.replace('<', "\\u003c");
    let page = format!("{before}{tag}>{boot}{after}");
    let meta =
        format!("<head>\n    <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\" />");
    if !page.contains("<head>") {
        return Err(PageError::Assets("head"));
    }
    Ok(page.replacen("<head>", &meta, 1))
}
