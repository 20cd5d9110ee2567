//! Native answers to hold the module against: `cargo run -p kakanai-wasm --example answers -- PACK.json`
//! prints one line of JSON per call, `{"call","request","answer"}`, in the order in which they are to be made,
//! and last `{"count":N}`. `test/agree.mjs` reads them.
//!
//! The requests come from the tests of the compiled pack: each as it is, and every fortieth on other days too, with
//! every fact left out, asked for in vain, and at the ends of what it can be. Around them stand requests that must
//! be refused.
//! An answer that is a refusal where it should not be, or the other way round, ends the list before its count.

use std::collections::BTreeSet;
use std::error::Error;
use std::io::{self, Write};

use kakanai_rules::Pack;
use kakanai_rules::pack::TestRow;
use kakanai_text::PartialDate;
use kakanai_wasm::{Call, Responder};
use serde_json::{Value as Json, json};

const CALLS: [Call; 2] = [Call::Determine, Call::Questions];

/// A leap day, the turn of a year, a day past every deadline, and the ends of the calendar.
const OTHER_DAYS: [&str; 5] =
    ["0001-01-01", "2024-02-29", "2026-12-31", "2031-04-01", "9999-12-31"];

/// Varying every test would take minutes and tell nothing more.
const VARIED_EVERY: usize = 40;

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args_os().nth(1).ok_or("usage: answers PACK.json")?;
    let text = std::fs::read_to_string(file)?;
    let pack: Pack = serde_json::from_str(&text)?;
    let mut asked = Asked { responder: Responder::new(), out: io::stdout().lock(), count: 0 };

    let first = pack.tests.first().ok_or("the pack has no tests")?;
    let plain = json!({"facts": first.facts, "on": first.on});
    for call in CALLS {
        asked.refused(call, &plain.to_string(), "pack-missing")?;
    }
    asked.answered(Call::PackLoad, &text)?;
    for (place, test) in pack.tests.iter().enumerate() {
        asked.test(test, &languages(&pack))?;
        asked.home(test)?;
        if place % VARIED_EVERY == 0 {
            asked.varied(test)?;
        }
    }
    asked.refusals(&text, &plain)?;
    for call in CALLS {
        asked.answered(call, &plain.to_string())?;
    }
    writeln!(asked.out, "{}", json!({"count": asked.count}))?;
    Ok(())
}

/// Those of the pack, and one that it does not have.
fn languages(pack: &Pack) -> BTreeSet<&str> {
    pack.texts.keys().map(String::as_str).chain(["ja", "en", "tlh"]).collect()
}

struct Asked<W> {
    responder: Responder,
    out: W,
    count: usize,
}

impl<W: Write> Asked<W> {
    fn ask(&mut self, call: Call, request: &str) -> Result<String, Box<dyn Error>> {
        let answer = String::from_utf8(self.responder.answer(call, request.as_bytes()))?;
        let line = json!({"call": call.name(), "request": request, "answer": answer});
        writeln!(self.out, "{line}")?;
        self.count += 1;
        Ok(answer)
    }

    /// An answer that is no error.
    fn answered(&mut self, call: Call, request: &str) -> Result<(), Box<dyn Error>> {
        let answer: Json = serde_json::from_str(&self.ask(call, request)?)?;
        match answer.get("error") {
            Some(error) => Err(format!("{} {request}: {error}", call.name()).into()),
            None => Ok(()),
        }
    }

    /// Decisions, questions near and far, and the question about every fact.
    fn case(&mut self, facts: &Json, on: &str, lang: &str) -> Result<(), Box<dyn Error>> {
        let request = |all: bool| json!({"facts": facts, "on": on, "lang": lang, "all": all});
        self.answered(Call::Determine, &request(false).to_string())?;
        self.answered(Call::Questions, &request(false).to_string())?;
        self.answered(Call::Questions, &request(true).to_string())
    }

    /// The question about each fact that was stated, and sealed answers for both media.
    fn home(&mut self, test: &TestRow) -> Result<(), Box<dyn Error>> {
        let on = test.on.to_string();
        for place in places(&test.facts) {
            let mut steps = place.split('/').skip(1);
            let person = match (steps.next(), steps.next()) {
                (Some("people"), Some(index)) => {
                    test.facts.pointer(&format!("/people/{index}/id")).cloned()
                }
                _ => None,
            };
            let fact = place.rsplit('/').next();
            let about = json!({"facts": test.facts, "on": on, "lang": "en", "fact": fact, "person": person});
            self.answered(Call::Question, &about.to_string())?;
        }
        for medium in ["phone", "paper"] {
            self.ask(Call::PrefillEncode, &sealing(&test.facts, &on, medium).to_string())?;
        }
        Ok(())
    }

    fn test(&mut self, test: &TestRow, languages: &BTreeSet<&str>) -> Result<(), Box<dyn Error>> {
        let on = test.on.to_string();
        for lang in languages {
            self.case(&test.facts, &on, lang)?;
        }
        Ok(())
    }

    fn varied(&mut self, test: &TestRow) -> Result<(), Box<dyn Error>> {
        let on = test.on.to_string();
        for day in OTHER_DAYS {
            self.case(&test.facts, day, "ja")?;
        }
        for variation in variations(&test.facts) {
            self.case(&variation, &on, "ja")?;
        }
        Ok(())
    }

    /// What cannot be answered, and packs that cannot be loaded and leave the one that is.
    fn refusals(&mut self, pack: &str, plain: &Json) -> Result<(), Box<dyn Error>> {
        let whole = plain.to_string();
        let half: String = whole.chars().take(whole.chars().count() / 2).collect();
        let deep = "[".repeat(100_000);
        let texts =
            ["", "null", "[]", "{}", "\u{0}", "\u{feff}{}", r#"{"on":"\ud800","facts":{}}"#];
        for text in texts.into_iter().chain([half.as_str(), &deep]) {
            self.refused(Call::PackLoad, text, "pack-syntax")?;
            for call in CALLS {
                self.refused(call, text, "request-shape")?;
            }
        }
        let nested = (0..100).fold(json!(1), |inner, _| json!([inner]));
        let wrong = [
            ("on", json!("2026-02-30"), "request-shape"),
            ("on", json!("2026-11-00"), "request-shape"),
            ("on", json!("0000-01-01"), "request-shape"),
            ("on", json!(20_261_120), "request-shape"),
            ("lang", json!(null), "request-shape"),
            ("all", json!("yes"), "request-shape"),
            ("days", json!(1), "request-shape"),
            ("facts", json!(null), "facts-shape"),
            ("facts", nested, "facts-shape"),
            ("facts", json!({"people": vec![json!({"id": "p1"}); 51]}), "facts-shape"),
            ("facts", json!({"people": [{"id": "p1"}, {"id": "p1"}]}), "person-twice"),
            ("facts", json!({"case": {"no_such_fact": true}}), "fact-unknown"),
            ("facts", json!({"case": {"event": "no_such_event"}}), "fact-wrong-value"),
            ("facts", json!({"case": {"move_date": "2026-02-30"}}), "fact-wrong-value"),
            ("facts", json!({"case": {"moped_cc": 1e300}}), "fact-wrong-value"),
        ];
        for (key, value, code) in wrong {
            let request = with(plain, key, value).to_string();
            for call in CALLS {
                self.refused(call, &request, code)?;
            }
        }
        let sealing = sealing(&json!({}), "2026-11-20", "phone");
        self.answered(Call::PrefillEncode, &sealing.to_string())?;
        for (key, value, code) in [
            ("medium", json!("wall"), "request-shape"),
            ("seed", json!("00"), "request-shape"),
            ("key", json!("no key"), "request-shape"),
            ("pack_hash", json!(1), "request-shape"),
            ("valid_until", json!("2026-11-00"), "request-shape"),
            ("made_minutes", json!(-1), "request-shape"),
            ("valid_until", json!("2030-01-01"), "validity-wrong"),
            ("lang", json!("日本語"), "language-wrong"),
            ("key", json!("00".repeat(32)), "key-unusable"),
            ("facts", json!({"case": {"no_such_fact": true}}), "fact-unknown"),
        ] {
            self.refused(Call::PrefillEncode, &with(&sealing, key, value).to_string(), code)?;
        }
        let compiled: Json = serde_json::from_str(pack)?;
        for (key, value) in [("format", json!(0)), ("rules", json!({})), ("more", json!(1))] {
            let other = with(&compiled, key, value).to_string();
            self.refused(Call::PackLoad, &other, "pack-syntax")?;
        }
        Ok(())
    }

    fn refused(&mut self, call: Call, request: &str, code: &str) -> Result<(), Box<dyn Error>> {
        let answer: Json = serde_json::from_str(&self.ask(call, request)?)?;
        let found = answer.pointer("/error/code").and_then(Json::as_str);
        if found == Some(code) {
            return Ok(());
        }
        Err(format!("{} {request}: {found:?} instead of {code}", call.name()).into())
    }
}

/// A request to seal answers to the key of RFC 7748, section 6.1.
fn sealing(facts: &Json, on: &str, medium: &str) -> Json {
    json!({
        "facts": facts,
        "on": on,
        "made_minutes": 990_000,
        "valid_until": "2026-12-20",
        "lang": "ja",
        "pack_hash": "01020304",
        "key": "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a",
        "seed": "07".repeat(32),
        "medium": medium,
    })
}

/// The facts with each one left out, asked for in vain or extreme, and with each person left out.
fn variations(facts: &Json) -> Vec<Json> {
    let mut variations = vec![with(facts, "household_complete", json!(false))];
    for place in places(facts) {
        variations.push(without(facts, &place));
        variations.push(replaced(facts, &place, json!({"value": null, "answer": "unknown"})));
        let extremes = extremes(facts.pointer(&place));
        variations.extend(extremes.into_iter().map(|value| replaced(facts, &place, value)));
    }
    let people = facts.get("people").and_then(Json::as_array).map_or(0, Vec::len);
    variations.extend((0..people).map(|index| without(facts, &format!("/people/{index}"))));
    variations
}

/// Where the facts are, as JSON pointers.
fn places(facts: &Json) -> Vec<String> {
    let ids = |json: &Json| -> Vec<String> {
        let ids = json.as_object().into_iter().flatten().map(|(id, _)| id);
        ids.filter(|id| *id != "id").cloned().collect()
    };
    let mut places = Vec::new();
    if let Some(case) = facts.get("case") {
        places.extend(ids(case).into_iter().map(|id| format!("/case/{id}")));
    }
    let people = facts.get("people").and_then(Json::as_array);
    for (index, person) in people.into_iter().flatten().enumerate() {
        places.extend(ids(person).into_iter().map(|id| format!("/people/{index}/{id}")));
    }
    places
}

/// The ends of what a date or a number can be.
fn extremes(value: Option<&Json>) -> Vec<Json> {
    match value {
        Some(Json::String(text)) if text.parse::<PartialDate>().is_ok() => {
            ["0001-01-01", "9999-12-31", "2026-00-00", "0000-00-00"].map(Json::from).into()
        }
        Some(Json::Number(_)) => vec![json!(i64::MIN), json!(i64::MAX)],
        _ => Vec::new(),
    }
}

fn with(object: &Json, key: &str, value: Json) -> Json {
    let mut object = object.as_object().cloned().unwrap_or_default();
    object.insert(key.to_owned(), value);
    Json::Object(object)
}

fn replaced(json: &Json, place: &str, value: Json) -> Json {
    let mut changed = json.clone();
    if let Some(found) = changed.pointer_mut(place) {
        *found = value;
    }
    changed
}

fn without(json: &Json, place: &str) -> Json {
    let mut changed = json.clone();
    let (parent, last) = place.rsplit_once('/').unwrap_or(("", place));
    match (changed.pointer_mut(parent), last.parse::<usize>()) {
        (Some(Json::Object(object)), _) => {
            object.remove(last);
        }
        (Some(Json::Array(list)), Ok(index)) if index < list.len() => {
            list.remove(index);
        }
        _ => {}
    }
    changed
}
