//! Whether two texts name the same person or the same place though they are written otherwise.
//!
//! What is compared is a folded copy; the texts themselves are never changed by it. Alike is a proposal that a person
//! decides on, never proof: 髙 and 高 are different characters of the family register.

use unicode_normalization::UnicodeNormalization as _;

/// Characters of names that one person is written with now this way and now that: the first stands for the others.
const VARIANTS: [&str; 42] = [
    "高髙",
    "崎﨑嵜碕",
    "辺邊邉",
    "斉齊斎齋",
    "沢澤",
    "浜濱濵",
    "広廣",
    "桜櫻",
    "国國",
    "島嶋嶌",
    "富冨",
    "吉𠮷",
    "館舘",
    "真眞",
    "恵惠",
    "徳德",
    "緑綠",
    "瀬瀨",
    "塚塚",
    "増增",
    "万萬",
    "与與",
    "亀龜",
    "会會",
    "伝傳",
    "児兒",
    "円圓",
    "剣劍劔",
    "実實",
    "学學",
    "寿壽",
    "当當",
    "条條",
    "栄榮",
    "渋澁",
    "滝瀧",
    "竜龍",
    "蔵藏",
    "豊豐",
    "関關",
    "鉄鐵",
    "静靜",
];

/// Prefectures (都道府県) end in one of these; their names have two to four characters.
const PREFECTURE_ENDS: [char; 4] = ['都', '道', '府', '県'];
/// Most characters before the end of a prefecture's name.
const PREFECTURE_CHARS: usize = 3;

/// Whether two names, or a name and a reading, are the same but for spaces, width, kana, capitals and variants of
/// characters. Nothing is the same as nothing.
pub fn is_like_name(one: &str, other: &str) -> bool {
    let one = folded_name(one);
    !one.is_empty() && one == folded_name(other)
}

/// Whether two addresses are the same but for spaces, width, the words between numbers (丁目, 番地, 号, の) and a
/// prefecture that one of them leaves out. Nothing is the same as nothing.
pub fn is_like_address(one: &str, other: &str) -> bool {
    let (one, other) = (folded_address(one), folded_address(other));
    !one.is_empty() && (one == other || without_prefecture(&one) == without_prefecture(&other))
}

fn folded_name(name: &str) -> String {
    name.nfkc()
        .filter(|c| !c.is_whitespace() && !is_selector(*c) && !matches!(c, '・' | ',' | '.' | '\''))
        .map(|c| hiragana(representative(c)))
        .flat_map(char::to_uppercase)
        .collect()
}

fn is_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

fn representative(c: char) -> char {
    let row = VARIANTS.iter().find(|row| row.contains(c));
    row.and_then(|row| row.chars().next()).unwrap_or(c)
}

fn hiragana(c: char) -> char {
    match c {
        'ァ'..='ヶ' => u32::from(c).checked_sub(0x60).and_then(char::from_u32).unwrap_or(c),
        _ => c,
    }
}

fn folded_address(address: &str) -> String {
    let mut folded = String::new();
    let plain: String = address.nfkc().filter(|c| !c.is_whitespace() && !is_selector(*c)).collect();
    let mut chars = plain.chars().map(representative).peekable();
    while let Some(c) = chars.next() {
        let number_before = folded.ends_with(|last: char| last.is_ascii_digit());
        match c {
            '丁' if number_or_kanji(&folded) && chars.peek() == Some(&'目') => {
                chars.next();
                arabic(&mut folded);
                folded.push('-');
            }
            '番' if number_or_kanji(&folded) => {
                chars.next_if(|next| *next == '地');
                arabic(&mut folded);
                folded.push('-');
            }
            '号' if number_or_kanji(&folded) => {
                arabic(&mut folded);
                folded.push('-');
            }
            'の' | 'ノ' if number_before => folded.push('-'),
            '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | 'ー' if number_before => folded.push('-'),
            c => folded.push(c),
        }
    }
    let joined: Vec<&str> = folded.split('-').filter(|piece| !piece.is_empty()).collect();
    joined.join("-")
}

fn number_or_kanji(text: &str) -> bool {
    text.ends_with(|last: char| {
        last.is_ascii_digit() || kanji_digit(last).is_some() || last == '十'
    })
}

fn kanji_digit(c: char) -> Option<u32> {
    "〇一二三四五六七八九".chars().position(|digit| digit == c)?.try_into().ok()
}

/// Writes a number below a hundred at the end in digits, if it stands in kanji.
fn arabic(text: &mut String) {
    let is_kanji = |c: &char| kanji_digit(*c).is_some() || *c == '十';
    let kanji: Vec<char> = text.chars().rev().take_while(is_kanji).collect();
    let number = match kanji.as_slice() {
        [] => return,
        [one] if *one != '十' => kanji_digit(*one),
        ['十'] => Some(10),
        ['十', tens] => kanji_digit(*tens).map(|tens| tens * 10),
        [one, '十'] => kanji_digit(*one).map(|one| 10 + one),
        [one, '十', tens] => {
            kanji_digit(*one).zip(kanji_digit(*tens)).map(|(one, tens)| tens * 10 + one)
        }
        _ => None,
    };
    if let Some(number) = number {
        for _ in &kanji {
            text.pop();
        }
        text.push_str(&number.to_string());
    }
}

fn without_prefecture(address: &str) -> &str {
    let end = address
        .char_indices()
        .take(PREFECTURE_CHARS + 1)
        .skip(2)
        .find(|(_, c)| PREFECTURE_ENDS.contains(c));
    let rest = end.and_then(|(at, c)| address.get(at + c.len_utf8()..));
    rest.filter(|rest| !rest.is_empty()).unwrap_or(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_same_but_for_spaces_width_kana_and_variants() {
        for (one, other) in [
            ("大王　花子", "大王花子"),
            ("大王　花子", "大王 花子"),
            ("髙﨑　恵", "高崎 惠"),
            ("渡邉\u{E0100}　一", "渡辺　一"),
            ("ﾀﾞｲｵｳ ﾊﾅｺ", "だいおう　はなこ"),
            ("ダイオウ　ハナコ", "だいおうはなこ"),
            ("ＭＩＨＯＮ　Ｔａｒｏ", "Mihon, TARO"),
        ] {
            assert!(is_like_name(one, other), "{one} / {other}");
        }
        for (one, other) in
            [("大王　花子", "大王　華子"), ("大王　花子", "大黄　花子"), ("", ""), ("　", "")]
        {
            assert!(!is_like_name(one, other), "{one} / {other}");
        }
    }

    #[test]
    fn an_address_is_the_same_but_for_the_words_between_its_numbers() {
        for (one, other) in [
            ("三重県志摩市阿児町鵜方３０９８番地２２", "三重県志摩市阿児町鵜方3098-22"),
            ("見本県みほん市中央一丁目２番３号", "みほん市中央1-2-3"),
            ("東京都千代田区霞が関二十一丁目１－２", "東京都千代田区霞が関21丁目1番2号"),
            ("京都府みほん市本町10の2", "京都府みほん市本町１０ー２"),
            ("みほん市中央十丁目1", "みほん市中央10-1"),
        ] {
            assert!(is_like_address(one, other), "{one} / {other}");
        }
        for (one, other) in [
            ("みほん市中央1-2-3", "みほん市中央1-23"),
            ("みほん市中央1-2-3", "みほん市中央1-2-4"),
            ("", ""),
            ("見本県", ""),
        ] {
            assert!(!is_like_address(one, other), "{one} / {other}");
        }
    }

    proptest::proptest! {
        #[test]
        fn whatever_is_written_is_like_itself(text in "\\PC*") {
            let _ = is_like_address(&text, &text);
            proptest::prop_assert_eq!(is_like_name(&text, &text), !folded_name(&text).is_empty());
        }
    }
}
