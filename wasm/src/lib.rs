//! The rules and the sealing of answers as a WebAssembly module that imports nothing: for the resident's page at home, and for the test
//! that the page decides what the counter decides, byte for byte.
//!
//! The room only passes on: JSON in, JSON out ([`Responder`]). It never decides anything itself, reads no clock
//! (the day is part of a request), makes no random numbers (the seed is) and keeps nothing but the pack. Outside WebAssembly there are no exports, so
//! that a native program can ask the same [`Responder`] the same requests.
//!
//! ```text
//! alloc(length) -> pointer          room for a request; 0 when there is no memory for it
//! free(pointer)                     gives an answer (or an unused request) back
//! pack_load(pointer, length)   ┐
//! determine(pointer, length)   ├─> pointer << 32 | length of the answer
//! questions(pointer, length)   │
//! question(pointer, length)    │
//! prefill_encode(pointer, …)   ┘
//! ```
//!
//! A call takes its request's buffer; the caller frees the answer. Requests and answers are JSON in UTF-8.
//! `engine.mjs` is the other side, for pages and for Node.

#[cfg(any(target_arch = "wasm32", test))]
mod buffers;
mod error;
#[cfg(target_arch = "wasm32")]
#[allow(unsafe_code, reason = "an export by name is an unsafe attribute; there is no other unsafe")]
mod exports;
mod request;
mod responder;
mod sheet;

pub use responder::{Call, Responder};
