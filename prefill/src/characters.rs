//! Text of an answer: which characters it may hold, and how kana are composed.
//!
//! Text is never normalised as a whole: NFC would replace CJK compatibility ideographs (`神` U+FA19 becomes U+795E),
//! and with them the names of people. Kana with a separate voicing mark are composed, because some systems type
//! them so; everything else, variation selectors included, stays as it was typed.

/// Longest text of an answer, in Unicode scalar values.
pub const TEXT_MAX: usize = 200;

/// Kana and the kana that U+3099 makes of them, in pairs.
const VOICED: &str = "かがきぎくぐけげこごさざしじすずせぜそぞただちぢつづてでとどはばひびふぶへべほぼうゔゝゞ\
                      カガキギクグケゲコゴサザシジスズセゼソゾタダチヂツヅテデトドハバヒビフブヘベホボウヴワヷヰヸヱヹヲヺヽヾ";
/// The same for U+309A.
const HALF_VOICED: &str = "はぱひぴふぷへぺほぽハパヒピフプヘペホポ";

/// The text with its kana composed.
pub fn composed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let pairs = match c {
            '\u{3099}' => VOICED,
            '\u{309a}' => HALF_VOICED,
            _ => "",
        };
        match out.chars().next_back().and_then(|base| partner(pairs, base)) {
            Some(whole) => {
                out.pop();
                out.push(whole);
            }
            None => out.push(c),
        }
    }
    out
}

fn partner(pairs: &str, base: char) -> Option<char> {
    let mut pairs = pairs.chars();
    while let (Some(plain), Some(marked)) = (pairs.next(), pairs.next()) {
        if plain == base {
            return Some(marked);
        }
    }
    None
}

/// Whether a text may be an answer: short enough, and no character that could act on a screen, a printer or a file
/// instead of being shown.
pub fn is_allowed(text: &str) -> bool {
    text.chars().count() <= TEXT_MAX && !text.chars().any(acts)
}

/// Control characters, line separators, marks that turn the direction of writing, annotations, tags and
/// noncharacters.
fn acts(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fdd0}'..='\u{fdef}' | '\u{e0000}'..='\u{e007f}')
        || u32::from(c) & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kana_are_composed_and_ideographs_stay_as_typed() {
        assert_eq!(composed("か\u{3099}ハ\u{309a}ヷ゙ワ\u{3099}ん\u{3099}"), "がパヷ゙ヷん\u{3099}");
        for kept in ["神\u{fa19}", "葛\u{e0100}", "辻󠄀", "\u{3099}か", "Đặng", "कि"] {
            assert_eq!(composed(kept), kept);
        }
    }

    #[test]
    fn characters_that_act_are_not_text() {
        for bad in [
            '\0',
            '\n',
            '\u{1b}',
            '\u{7f}',
            '\u{85}',
            '\u{202e}',
            '\u{2066}',
            '\u{200f}',
            '\u{2028}',
            '\u{feff}',
            '\u{e0041}',
            '\u{ffff}',
            '\u{10ffff}',
            '\u{fdd0}',
        ] {
            assert!(!is_allowed(&format!("大王{bad}花子")), "U+{:04X}", u32::from(bad));
        }
        for good in
            ["大王　花子", "葛\u{e0100}", "\u{e000}", "नि\u{200d}", "=1+1", &"あ".repeat(200)]
        {
            assert!(is_allowed(good), "{good}");
        }
        assert!(!is_allowed(&"あ".repeat(201)));
    }
}
