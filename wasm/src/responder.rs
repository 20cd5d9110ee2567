//! Requests to the rules: JSON in, JSON out, the same on every target.
//!
//! An answer has its keys in alphabetical order, as `kakanai … --json` prints them. Nothing is borrowed while
//! the rules run, so that a call that ends in a trap leaves the next one the pack as it was.

use std::cell::RefCell;
use std::rc::Rc;

use kakanai_rules::pack::FORMAT;
use kakanai_rules::{Detail, Engine, FactSet, Pack, Vocabulary, parse_facts};
use kakanai_text::PartialDate;
use serde::Deserialize;
use serde_json::{Value as Json, json};

use crate::error::CallError;

/// What can be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Call {
    /// Takes a compiled pack and keeps it for the calls that follow, in place of the one before; a pack that is
    /// refused changes nothing. Answers `{"pack":{"base","id","version"}}`.
    PackLoad,
    /// Every decision: `{"decisions","on","pack"}`, as `kakanai determine --json`.
    Determine,
    /// The questions that still matter: `{"questions"}`, as `kakanai questions --json`.
    Questions,
}

impl Call {
    /// The name of the export.
    pub fn name(self) -> &'static str {
        match self {
            Call::PackLoad => "pack_load",
            Call::Determine => "determine",
            Call::Questions => "questions",
        }
    }
}

/// A request to decide or to ask.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Request {
    /// A facts file.
    facts: Json,
    /// The day at the counter.
    on: String,
    /// The language of texts.
    #[serde(default = "japanese")]
    lang: String,
    /// Also questions that wait behind others.
    #[serde(default)]
    all: bool,
}

fn japanese() -> String {
    "ja".to_owned()
}

/// Answers requests by one pack.
#[derive(Default)]
pub struct Responder {
    loaded: RefCell<Option<Rc<Engine<'static>>>>,
}

impl Responder {
    /// No pack yet.
    pub const fn new() -> Responder {
        Responder { loaded: RefCell::new(None) }
    }

    /// Answers a request; whatever is wrong with it becomes `{"error":{"code","message"}}`.
    pub fn answer(&self, call: Call, request: &[u8]) -> Vec<u8> {
        let answer = match call {
            Call::PackLoad => self.load(request),
            Call::Determine => self.determine(request),
            Call::Questions => self.questions(request),
        };
        answer.unwrap_or_else(|error| error.answer()).to_string().into_bytes()
    }

    fn load(&self, text: &[u8]) -> Result<Json, CallError> {
        let pack: Pack = serde_json::from_slice(text).map_err(|error| CallError::PackSyntax {
            line: error.line(),
            column: error.column(),
        })?;
        if pack.format != FORMAT {
            return Err(CallError::PackFormat(FORMAT));
        }
        let answer = json!({"pack": {"id": pack.id, "version": pack.version, "base": pack.base}});
        // The engine borrows its pack; a page loads one and keeps it to its end.
        let engine = Engine::new(Box::leak(Box::new(pack)));
        self.loaded.replace(Some(Rc::new(engine)));
        Ok(answer)
    }

    fn determine(&self, request: &[u8]) -> Result<Json, CallError> {
        let engine = self.loaded()?;
        let request = Request::parse(request)?;
        let facts = request.facts(engine.vocabulary())?;
        let determination = engine.determine(&facts, request.day()?, &request.lang);
        serde_json::to_value(determination).map_err(|_| CallError::Internal)
    }

    fn questions(&self, request: &[u8]) -> Result<Json, CallError> {
        let engine = self.loaded()?;
        let request = Request::parse(request)?;
        let facts = request.facts(engine.vocabulary())?;
        let detail = if request.all { Detail::All } else { Detail::Next };
        let asked = engine.questions(&facts, request.day()?, &request.lang, detail);
        let asked = serde_json::to_value(asked).map_err(|_| CallError::Internal)?;
        Ok(json!({ "questions": asked }))
    }

    fn loaded(&self) -> Result<Rc<Engine<'static>>, CallError> {
        self.loaded.borrow().clone().ok_or(CallError::PackMissing)
    }
}

impl Request {
    fn parse(text: &[u8]) -> Result<Request, CallError> {
        serde_json::from_slice(text)
            .map_err(|error| CallError::RequestShape { line: error.line(), column: error.column() })
    }

    fn facts(&self, vocabulary: &Vocabulary) -> Result<FactSet, CallError> {
        Ok(parse_facts(&self.facts.to_string(), vocabulary)?)
    }

    fn day(&self) -> Result<jiff::civil::Date, CallError> {
        let day: Option<PartialDate> = self.on.parse().ok();
        day.and_then(PartialDate::full).ok_or(CallError::RequestDay)
    }
}
