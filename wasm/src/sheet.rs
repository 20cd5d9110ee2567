//! Sealed answers as a page draws them: digits and modules.

use kakanai_prefill::{Making, Modules, PublicKey, modules};
use kakanai_rules::{FactSet, Pack};
use serde_json::{Value as Json, json};

use crate::error::CallError;

/// Seals the answers and draws their codes.
pub fn encode(
    pack: &Pack,
    facts: &FactSet,
    key: &PublicKey,
    making: &Making<'_>,
) -> Result<Json, CallError> {
    let sheet = kakanai_prefill::encode(pack, facts, key, making)?;
    let draw = |text: &String| modules(text, sheet.version).map_err(|_| CallError::Internal);
    let codes: Result<Vec<_>, _> = sheet.texts.iter().map(draw).collect();
    let codes = codes?.into_iter().map(|code| json!({"size": code.size, "rows": rows(&code)}));
    Ok(json!({
        "texts": sheet.texts,
        "version": sheet.version,
        "bytes": sheet.message_len,
        "codes": codes.collect::<Vec<_>>(),
    }))
}

/// Each row in hexadecimal: dark modules are ones, the first the highest bit of its byte, the rest of the last
/// byte zeros.
fn rows(code: &Modules) -> Vec<String> {
    let byte = |eight: &[bool]| {
        let bits = eight.iter().enumerate().filter(|(_, dark)| **dark);
        bits.fold(0_u8, |byte, (place, _)| byte | 0x80 >> place)
    };
    let row = |row: &[bool]| hex::encode(row.chunks(8).map(byte).collect::<Vec<_>>());
    code.bits.chunks(code.size.max(1)).map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_read_from_the_highest_bit() {
        let bits = [true, false, true, true, false, false, false, false, true, false];
        let code = Modules { size: 5, bits: bits.to_vec() };
        assert_eq!(rows(&code), ["b0", "10"]);
    }
}
