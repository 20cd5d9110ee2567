//! What a card call gives back. The JSON of [`CardReading`] is a contract of the command line.
//!
//! [`Items`] holds a resident's data and therefore has no `Debug`: it must not get into a log or a panic.

use kakanai_text::PartialDate;
use serde::Serialize;

/// One reader as PC/SC names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reader {
    /// The name; readers of one kind differ in their trailing numbers.
    pub name: String,
    /// Whether a card is in it.
    pub card: bool,
}

/// A card that can be read, before the PIN is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CardReady {
    /// The reader it is in.
    pub reader: String,
    /// What it is.
    pub document: Document,
    /// Tries the PIN has left; 0 = do not ask for it, [`CardReady::pin`] says why.
    pub tries_left: u8,
    /// Whether there is a PIN to ask for.
    pub pin: PinState,
}

/// Whether a card takes a PIN, as far as asking its counter tells.
///
/// A 顔認証マイナンバーカード has no PIN. What its counter answers is published nowhere: 63C0 (as a blocked one does) and
/// 63C3 (as a fresh one does) are both reported. So neither answer proves that there is a PIN; 「顔認証」 in the card's
/// 追記欄 does, and the resident knows. All three states leave 照合番号B and typing open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PinState {
    /// The counter has tries: ask for the PIN, unless the face of the card says 「顔認証」.
    Usable,
    /// The counter has none: blocked by wrong PINs, or a card without one. The chip answers the same to both.
    BlockedOrNone,
    /// The card has no key for a PIN: surely a card without one.
    None,
}

/// The kind of document, which is the source of the items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Document {
    /// マイナンバーカード (and 特定在留カード, which is one).
    #[serde(rename = "mynumber")]
    MyNumber,
}

/// What was read from one card.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct CardReading {
    /// The document.
    pub document: Document,
    /// Its items.
    pub items: Items,
    /// Tries left as asked before PIN or 照合番号B was sent; absent when the card does not tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tries_left: Option<u8>,
    /// What was odd about the data.
    pub warnings: Vec<Warning>,
}

/// The basic four items, code point for code point as on the chip; an item that is not there is absent.
#[derive(Clone, PartialEq, Eq, Default, Serialize)]
pub struct Items {
    /// 氏名, one string; never split it at the first space.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// 住所
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// 生年月日; month and day may be unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<PartialDate>,
    /// 性別
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sex: Option<Sex>,
}

/// 性別 (JIS X 0303).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sex {
    /// 男, code 1
    Male,
    /// 女, code 2
    Female,
    /// 不明, code 0
    Unknown,
    /// 適用不能, code 9
    NotApplicable,
}

/// Oddities that do not stop a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Warning {
    /// The table of offsets (DF21) is missing or does not fit the objects; they were found by their tags.
    OffsetTable,
    /// The birth date is not a date; the item is absent.
    BirthDateUnreadable,
    /// The code of the sex is not one of JIS X 0303; the item is absent.
    SexCodeUnknown,
}
