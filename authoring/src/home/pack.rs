//! The home pack: the rows and texts of a pack that a resident's browser needs, and no others.

use std::collections::{BTreeMap, BTreeSet};

use kakanai_rules::pack::{Handover, Text};
use kakanai_rules::{Pack, Sensitivity};
use serde_json::Value as Json;

use crate::readings::words_of;

/// The texts of one language by id, with their versions.
pub type Texts = BTreeMap<String, Vec<Text>>;

/// A pack cut down for the page at home.
#[derive(Debug, Clone)]
pub struct HomePack {
    /// The rows, without texts and readings.
    pub core: Pack,
    /// Texts by language.
    pub texts: BTreeMap<String, Texts>,
    /// The readings of words that stand in the Japanese texts.
    pub readings: BTreeMap<String, String>,
}

impl HomePack {
    /// Rows and texts together, as the page loads them.
    pub fn whole(&self) -> Pack {
        Pack { texts: self.texts.clone(), ..self.core.clone() }
    }

    /// A discreet fact or procedure of `pack` that a row or text still names.
    pub fn discreet_left(&self, pack: &Pack) -> Option<String> {
        let kept = serde_json::to_value(self.whole()).ok()?;
        let discreet = Discreet::of(pack);
        discreet.ids().find(|id| names(&kept, id)).map(str::to_owned)
    }
}

/// Whether a text of the document is `id`, or has it between dots.
fn names(json: &Json, id: &str) -> bool {
    let is_it = |text: &str| format!(".{text}.").contains(&format!(".{id}."));
    match json {
        Json::String(text) => is_it(text),
        Json::Array(list) => list.iter().any(|each| names(each, id)),
        Json::Object(map) => map.iter().any(|(key, value)| is_it(key) || names(value, id)),
        Json::Null | Json::Bool(_) | Json::Number(_) => false,
    }
}

/// What never leaves the town hall.
struct Discreet {
    facts: BTreeSet<String>,
    procedures: BTreeSet<String>,
}

impl Discreet {
    fn of(pack: &Pack) -> Discreet {
        let vocabulary = pack.vocabulary();
        let facts = vocabulary.iter().filter(|def| def.sensitivity == Sensitivity::Discreet);
        let procedures = pack.procedures.iter().filter(|row| row.discreet);
        Discreet {
            facts: facts.map(|def| def.id.clone()).collect(),
            procedures: procedures.map(|row| row.id.clone()).collect(),
        }
    }

    fn ids(&self) -> impl Iterator<Item = &str> {
        self.facts.iter().chain(&self.procedures).map(String::as_str)
    }
}

/// Cuts a pack down for the page at home.
pub fn home_pack(pack: &Pack) -> HomePack {
    let hidden = Discreet::of(pack);
    let kept = |procedure: &str| !hidden.procedures.contains(procedure);
    let open = |fact: &str| !hidden.facts.contains(fact);
    let mut core = Pack {
        handover: Handover::default(),
        tests: Vec::new(),
        texts: BTreeMap::new(),
        readings: BTreeMap::new(),
        forms: BTreeMap::new(),
        blanks: BTreeMap::new(),
        sources: Vec::new(),
        ..pack.clone()
    };
    core.procedures.retain(|row| kept(&row.id));
    for row in &mut core.procedures {
        row.covered_by.retain(|other| kept(other));
        row.asks.retain(|fact| open(fact));
    }
    core.rules.retain(|row| kept(&row.procedure));
    for row in &mut core.rules {
        // Who checked which source is a matter of the town hall.
        row.source.clear();
        row.checked_by.clear();
        row.article.clear();
    }
    core.deadlines.retain(|row| kept(&row.procedure));
    core.bring.retain(|row| kept(&row.procedure));
    core.fees.retain(|row| kept(&row.procedure));
    core.papers.retain(|row| kept(&row.procedure));
    core.facts.retain(|def| open(&def.id));
    core.derived.retain(|row| open(&row.fact));
    core.choices.retain(|row| open(&row.fact));
    core.questions.retain(|row| open(&row.fact) && !row.retired);
    for row in &mut core.questions {
        // One question a screen: nothing is asked together, and nobody reads the words for it.
        row.group = None;
    }
    core.follows.retain(|row| open(&row.fact));
    for row in &mut core.follows {
        row.article.clear();
        row.source.clear();
        row.checked_by.clear();
    }
    // Rows that no answer names need no names of their own.
    core.bring.iter_mut().for_each(|row| row.id.clear());
    core.papers.iter_mut().for_each(|row| row.id.clear());
    core.gates.retain(|row| open(&row.fact) && open(&row.gate));
    let shown = Shown::of(&core, &hidden);
    let texts: BTreeMap<String, Texts> = pack
        .texts
        .iter()
        .map(|(lang, texts)| (lang.clone(), unsaid(lang, shown.texts(texts))))
        .filter(|(_, texts): &(_, Texts)| !texts.is_empty())
        .collect();
    let japanese = texts.iter().filter(|(lang, _)| lang.starts_with("ja"));
    let japanese = japanese.flat_map(|(_, texts)| texts.values().flatten());
    let used: BTreeSet<&str> =
        japanese.flat_map(|text| words_of(&text.text, &pack.readings).read).collect();
    let readings = pack.readings.iter().filter(|(word, _)| used.contains(word.as_str()));
    let readings = readings.map(|(word, reading)| (word.clone(), reading.clone())).collect();
    HomePack { core, texts, readings }
}

/// The same texts without an origin where the page takes it for granted: Japanese is the author's, all else a draft.
fn unsaid(lang: &str, mut texts: Texts) -> Texts {
    for text in texts.values_mut().flatten() {
        if lang == "ja" || text.origin == "machine-draft" {
            text.origin.clear();
        }
    }
    texts
}

/// The ids of the texts that the page shows.
struct Shown<'a> {
    core: &'a Pack,
    hidden: &'a Discreet,
    questions: BTreeSet<&'a str>,
    rules: BTreeSet<&'a str>,
    items: BTreeSet<&'a str>,
    notes: BTreeSet<&'a str>,
    forms: BTreeSet<&'a str>,
}

impl<'a> Shown<'a> {
    fn of(core: &'a Pack, hidden: &'a Discreet) -> Shown<'a> {
        let at_home = core.questions.iter().filter(|row| row.at_home);
        Shown {
            core,
            hidden,
            questions: at_home.map(|row| row.id.as_str()).collect(),
            rules: core.rules.iter().map(|row| row.id.as_str()).collect(),
            items: core.bring.iter().map(|row| row.item.as_str()).collect(),
            notes: core.procedures.iter().flat_map(|row| &row.notes).map(String::as_str).collect(),
            forms: core.papers.iter().map(|row| row.form.as_str()).collect(),
        }
    }

    fn texts(&self, texts: &Texts) -> Texts {
        let shown = texts.iter().filter(|(id, _)| self.shows(id));
        shown.map(|(id, versions)| (id.clone(), versions.clone())).collect()
    }

    fn shows(&self, id: &str) -> bool {
        let Some((family, name)) = id.split_once('.') else { return false };
        match family {
            "page" | "word" | "reason" => true,
            "procedure" => self.core.procedure(name).is_some(),
            "question" => self.questions.contains(name.strip_suffix(".why").unwrap_or(name)),
            "fact" => !self.hidden.facts.contains(name),
            "choice" => {
                name.split_once('.').is_some_and(|(fact, _)| !self.hidden.facts.contains(fact))
            }
            "rule" => self.rules.contains(name),
            "bring" => self.items.contains(name),
            "office" => self.core.offices.iter().any(|row| row.id == name),
            "fee" => self.core.fees.iter().any(|row| row.id == name),
            "note" => self.notes.contains(id),
            "form" => self.forms.contains(name),
            _ => false,
        }
    }
}
