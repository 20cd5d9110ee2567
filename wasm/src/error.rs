//! Why a call is refused: a stable code and the place, never a value, which could be a resident's.

use kakanai_prefill::EncodeError;
use kakanai_rules::FactsError;
use serde_json::{Value as Json, json};

/// Why a call is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// No pack has been loaded.
    #[error("no pack is loaded")]
    PackMissing,
    /// Not a compiled pack.
    #[error("line {line}, column {column}: expected a compiled pack")]
    PackSyntax {
        /// Line, from 1.
        line: usize,
        /// Column in bytes.
        column: usize,
    },
    /// A compiled pack of another format.
    #[error("expected a compiled pack of format {0}")]
    PackFormat(u32),
    /// Not a request.
    #[error(
        "line {line}, column {column}: expected a request with `facts`, `on` and what else the call takes"
    )]
    RequestShape {
        /// Line, from 1.
        line: usize,
        /// Column in bytes.
        column: usize,
    },
    /// The day is not a full date.
    #[error("on: expected a full date, YYYY-MM-DD")]
    RequestDay,
    /// Not so many bytes in hexadecimal.
    #[error("expected {0} bytes in hexadecimal")]
    RequestHex(usize),
    /// The answers cannot be sealed.
    #[error(transparent)]
    Prefill(#[from] EncodeError),
    /// Not a facts file.
    #[error(transparent)]
    Facts(#[from] FactsError),
    /// A pointer that is no buffer of this module, or a length beyond it.
    #[cfg_attr(not(target_arch = "wasm32"), allow(dead_code, reason = "only exports have buffers"))]
    #[error("the pointer and length are no buffer of this module")]
    BufferUnknown,
    /// The answer is not JSON; a fault of the program.
    #[error("a fault of the program")]
    Internal,
}

impl CallError {
    /// Stable code; those of packs and facts are the command line's.
    pub fn code(&self) -> &'static str {
        match self {
            CallError::PackMissing => "pack-missing",
            CallError::PackSyntax { .. } | CallError::PackFormat(_) => "pack-syntax",
            CallError::RequestShape { .. } | CallError::RequestDay | CallError::RequestHex(_) => {
                "request-shape"
            }
            CallError::Prefill(error) => error.code(),
            CallError::Facts(error) => error.code(),
            CallError::BufferUnknown => "buffer-unknown",
            CallError::Internal => "internal",
        }
    }

    /// The answer that says so.
    pub fn answer(&self) -> Json {
        json!({"error": {"code": self.code(), "message": self.to_string()}})
    }
}
