//! Requests to the rules: JSON in, JSON out, the same on every target.
//!
//! An answer has its keys in alphabetical order, as `kakanai … --json` prints them. Nothing is borrowed while
//! the rules run, so that a call that ends in a trap leaves the next one the pack as it was.

use std::cell::RefCell;
use std::rc::Rc;

use kakanai_rules::pack::FORMAT;
use kakanai_rules::{Detail, Engine, Pack};
use serde_json::{Value as Json, json};

use crate::error::CallError;
use crate::request::{About, Request, Sealing, bytes, day, facts, parse};
use crate::sheet;

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
    /// The question about one fact, open or not: `{"question"}`, `null` when nothing asks for it.
    Question,
    /// The answers as sealed codes: `{"bytes","codes":[{"rows","size"}],"texts","version"}`.
    PrefillEncode,
}

impl Call {
    /// The name of the export.
    pub fn name(self) -> &'static str {
        match self {
            Call::PackLoad => "pack_load",
            Call::Determine => "determine",
            Call::Questions => "questions",
            Call::Question => "question",
            Call::PrefillEncode => "prefill_encode",
        }
    }
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
            Call::Question => self.question(request),
            Call::PrefillEncode => self.prefill_encode(request),
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
        let request: Request = parse(request)?;
        let facts = facts(&request.facts, engine.vocabulary())?;
        let determination = engine.determine(&facts, day(&request.on)?, &request.lang);
        serde_json::to_value(determination).map_err(|_| CallError::Internal)
    }

    fn questions(&self, request: &[u8]) -> Result<Json, CallError> {
        let engine = self.loaded()?;
        let request: Request = parse(request)?;
        let facts = facts(&request.facts, engine.vocabulary())?;
        let detail = if request.all { Detail::All } else { Detail::Next };
        let asked = engine.questions(&facts, day(&request.on)?, &request.lang, detail);
        let asked = serde_json::to_value(asked).map_err(|_| CallError::Internal)?;
        Ok(json!({ "questions": asked }))
    }

    fn question(&self, request: &[u8]) -> Result<Json, CallError> {
        let engine = self.loaded()?;
        let request: About = parse(request)?;
        let (facts, on) = (facts(&request.facts, engine.vocabulary())?, day(&request.on)?);
        let subject = request.subject();
        let asked = engine.question_about(&facts, on, &request.lang, &subject, &request.fact);
        let asked = serde_json::to_value(asked).map_err(|_| CallError::Internal)?;
        Ok(json!({ "question": asked }))
    }

    fn prefill_encode(&self, request: &[u8]) -> Result<Json, CallError> {
        let engine = self.loaded()?;
        let request: Sealing = parse(request)?;
        let facts = facts(&request.facts, engine.vocabulary())?;
        let seed = bytes(&request.seed)?;
        sheet::encode(engine.pack(), &facts, &request.key()?, &request.making(&seed)?)
    }

    fn loaded(&self) -> Result<Rc<Engine<'static>>, CallError> {
        self.loaded.borrow().clone().ok_or(CallError::PackMissing)
    }
}
