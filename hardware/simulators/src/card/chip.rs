//! The chip: files, security state and the counters of tries, as far as programs can see them.

use super::persona::{Persona, PinDigits};

const TEXT_AP: [u8; 10] = [0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x08];
const ISSUER_DOMAIN: [u8; 7] = [0xA0, 0x00, 0x00, 0x01, 0x51, 0x00, 0x00];

const PIN_KEY: u16 = 0x0011;
const CODE_B_KEY: u16 = 0x0015;
const BASIC_FOUR: u16 = 0x0002;
const KEYS: [u16; 4] = [PIN_KEY, 0x0012, 0x0014, CODE_B_KEY];
/// Files that can be selected, but hold nothing here. 0001 and 0003 are among them so that the log shows
/// who goes near the 個人番号.
const OTHER_FILES: [u16; 7] = [0x0001, 0x0003, 0x0004, 0x0005, 0x0006, 0x0007, 0x0008];

const PIN_TRIES_FULL: u8 = 3;
const CODE_B_TRIES_FULL: u8 = 10;
/// Bytes of EF 0002; what the record does not fill is FF.
const FILE_LEN: usize = 1024;

/// How this card differs from an ordinary one; each is a fault to test against.
#[derive(Debug, Clone, Default)]
pub struct CardOptions {
    /// The PIN, in place of the persona's.
    pub pin: Option<PinDigits>,
    /// Tries the PIN has left, in place of the persona's.
    pub tries: Option<u8>,
    /// Tries 照合番号B has left, in place of ten.
    pub code_b_tries: Option<u8>,
    /// The card does not know the application: it is another kind of card.
    pub unknown: bool,
    /// The record is broken: an object says that it is longer than the record.
    pub malformed: bool,
    /// The first command after each power-up is answered with 6F00.
    pub first_6f00: bool,
    /// The card acts on this command (from 1) and is taken out before it answers.
    pub remove_at: Option<u64>,
    /// The card answers neither this command (from 1) nor any later one.
    pub mute_at: Option<u64>,
    /// Time each answer takes.
    pub delay: std::time::Duration,
}

/// What becomes of a command.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Reaction {
    /// Data and status word.
    Answer(Vec<u8>, u16),
    /// Nothing, for ever.
    Mute,
    /// The card is taken out.
    Leave,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Application {
    Text,
    IssuerDomain,
}

/// The chip's memory.
#[derive(Debug)]
pub(crate) struct Chip {
    options: CardOptions,
    file: Vec<u8>,
    /// `None`: a card without a PIN.
    pin: Option<[u8; 4]>,
    code_b: Option<String>,
    tries: u8,
    code_b_tries: u8,
    commands: u64,
    fresh: bool,
    application: Option<Application>,
    selected: Option<u16>,
    verified: bool,
}

impl Chip {
    pub(super) fn new(persona: &Persona, options: CardOptions) -> Self {
        let mut file = record(persona);
        if options.malformed {
            break_last_object(&mut file);
        }
        file.resize(file.len().max(FILE_LEN), 0xFF);
        Self {
            pin: (!persona.face).then_some(options.pin.unwrap_or(persona.pin).0),
            code_b: persona.code_b(),
            tries: options.tries.unwrap_or(persona.tries).min(PIN_TRIES_FULL),
            code_b_tries: options.code_b_tries.unwrap_or(CODE_B_TRIES_FULL).min(CODE_B_TRIES_FULL),
            options,
            file,
            commands: 0,
            fresh: true,
            application: None,
            selected: None,
            verified: false,
        }
    }

    pub(crate) fn tries_left(&self) -> u8 {
        self.tries
    }

    pub(crate) fn code_b_tries_left(&self) -> u8 {
        self.code_b_tries
    }

    pub(super) fn delay(&self) -> std::time::Duration {
        self.options.delay
    }

    /// Power-up, power-down or reset: everything but the counters is forgotten.
    pub(super) fn reset(&mut self) {
        self.fresh = true;
        self.application = None;
        self.selected = None;
        self.verified = false;
    }

    pub(super) fn react(&mut self, command: &[u8]) -> Reaction {
        self.commands += 1;
        if self.options.mute_at.is_some_and(|at| self.commands >= at) {
            return Reaction::Mute;
        }
        let fresh = std::mem::replace(&mut self.fresh, false);
        let (data, status) = if fresh && self.options.first_6f00 {
            (Vec::new(), 0x6F00)
        } else {
            self.answer(command)
        };
        if self.options.remove_at == Some(self.commands) {
            return Reaction::Leave;
        }
        Reaction::Answer(data, status)
    }

    fn answer(&mut self, command: &[u8]) -> (Vec<u8>, u16) {
        let status = match command {
            [0x00, 0xA4, 0x04, _, len, aid @ ..] if usize::from(*len) == aid.len() => {
                self.select_application(aid)
            }
            [0x00, 0xA4, 0x02, 0x0C, 2, high, low] => {
                self.select_file(u16::from_be_bytes([*high, *low]))
            }
            [0x00, 0xA4, ..] => 0x6A86,
            [0x00, 0x20, 0x00, key] if key & 0x80 != 0 => self.ask_tries(self.key(*key)),
            [0x00, 0x20, 0x00, key, len, secret @ ..]
                if key & 0x80 != 0 && usize::from(*len) == secret.len() =>
            {
                self.verify(self.key(*key), secret)
            }
            [0x00, 0x20, ..] => 0x6A86,
            [0x00, 0xB0, high, low, le] => return self.read(*high, *low, *le),
            [0x00, 0xB0, ..] => 0x6700,
            [0x00, ..] => 0x6D00,
            _ => 0x6E00,
        };
        (Vec::new(), status)
    }

    fn select_application(&mut self, aid: &[u8]) -> u16 {
        let found = match aid {
            _ if aid == ISSUER_DOMAIN => Application::IssuerDomain,
            _ if aid == TEXT_AP && !self.options.unknown => Application::Text,
            _ => return 0x6A82,
        };
        if self.application != Some(found) {
            self.verified = false;
        }
        self.application = Some(found);
        self.selected = None;
        0x9000
    }

    fn select_file(&mut self, id: u16) -> u16 {
        let known = id == BASIC_FOUR || KEYS.contains(&id) || OTHER_FILES.contains(&id);
        if self.application != Some(Application::Text) || !known {
            return 0x6A82;
        }
        self.selected = Some(id);
        0x9000
    }

    /// The key that P2 of VERIFY means: 80 the selected file, else 80 + the number of the key.
    fn key(&self, p2: u8) -> Option<u16> {
        match p2 & 0x7F {
            0 => self.selected,
            number => (self.application == Some(Application::Text)).then_some(u16::from(number)),
        }
    }

    /// Only PIN and 照合番号B have a counter; the other keys are as on a card whose keys are blocked.
    fn ask_tries(&self, key: Option<u16>) -> u16 {
        match key {
            Some(PIN_KEY) => 0x63C0 | u16::from(self.tries),
            Some(CODE_B_KEY) => 0x63C0 | u16::from(self.code_b_tries),
            Some(key) if KEYS.contains(&key) => 0x63C0,
            Some(_) => 0x6981,
            None => 0x6986,
        }
    }

    fn verify(&mut self, key: Option<u16>, secret: &[u8]) -> u16 {
        let (right, tries, full) = match key {
            // Without a PIN the key is there and blocked, whatever its counter says.
            Some(PIN_KEY) => match &self.pin {
                None => return 0x6984,
                Some(pin) => (secret == pin, &mut self.tries, PIN_TRIES_FULL),
            },
            Some(CODE_B_KEY) => {
                let right = self.code_b.as_ref().is_some_and(|code| secret == code.as_bytes());
                (right, &mut self.code_b_tries, CODE_B_TRIES_FULL)
            }
            Some(key) if KEYS.contains(&key) => return 0x6984,
            Some(_) => return 0x6981,
            None => return 0x6986,
        };
        if *tries == 0 {
            return 0x6984;
        }
        self.verified = right;
        if right {
            *tries = full;
            0x9000
        } else {
            *tries -= 1;
            0x63C0 | u16::from(*tries)
        }
    }

    fn read(&self, high: u8, low: u8, le: u8) -> (Vec<u8>, u16) {
        let refused = |status| (Vec::new(), status);
        match self.selected {
            None => return refused(0x6986),
            Some(key) if KEYS.contains(&key) => return refused(0x6981),
            Some(BASIC_FOUR) if self.verified => {}
            Some(_) => return refused(0x6982),
        }
        if high & 0x80 != 0 {
            return refused(0x6A86);
        }
        let offset = usize::from(u16::from_be_bytes([high, low]));
        let wanted = if le == 0 { 256 } else { usize::from(le) };
        match self.file.get(offset..).filter(|rest| !rest.is_empty()) {
            None => refused(0x6B00),
            Some(rest) => match rest.get(..wanted) {
                Some(data) => (data.to_vec(), 0x9000),
                None => (rest.to_vec(), 0x6282),
            },
        }
    }
}

/// EF 0002: the table of offsets and the items the persona has.
fn record(persona: &Persona) -> Vec<u8> {
    let items = [
        persona.name.as_ref().map(|name| object(0xDF22, name.as_bytes())),
        persona.address.as_ref().map(|address| object(0xDF23, address.as_bytes())),
        persona.birth_date.as_ref().map(|date| object(0xDF24, &date.0)),
        persona.sex.as_ref().map(|code| object(0xDF25, &[code.0])),
    ];
    const TABLE_LEN: usize = 3 + 8;
    let content_len = TABLE_LEN + items.iter().flatten().map(Vec::len).sum::<usize>();
    let mut offset = 2 + length(content_len).len() + TABLE_LEN;
    let mut table = Vec::new();
    for item in &items {
        let entry = item.as_ref().map_or(0, |_| u16::try_from(offset).unwrap_or(u16::MAX));
        table.extend(entry.to_be_bytes());
        offset += item.as_ref().map_or(0, Vec::len);
    }
    let content = items.into_iter().flatten().fold(object(0xDF21, &table), |mut content, item| {
        content.extend(item);
        content
    });
    object(0xFF20, &content)
}

fn object(tag: u16, value: &[u8]) -> Vec<u8> {
    [&tag.to_be_bytes()[..], &length(value.len()), value].concat()
}

fn length(len: usize) -> Vec<u8> {
    let [.., high, low] = len.to_be_bytes();
    match len {
        0..=0x7F => vec![low],
        0x80..=0xFF => vec![0x81, low],
        _ => vec![0x82, high, low],
    }
}

/// Makes the first object inside say that it is longer than the record.
fn break_last_object(record: &mut [u8]) {
    let table = record.windows(2).position(|tag| tag == [0xDF, 0x21]);
    if let Some(length) = table.and_then(|at| record.get_mut(at + 2..at + 4)) {
        length.copy_from_slice(&[0x81, 0xFF]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SELECT: [u8; 15] = [0, 0xA4, 4, 0x0C, 10, 0xD3, 0x92, 0x10, 0, 0x31, 0, 1, 1, 4, 8];

    fn chip(options: CardOptions) -> Chip {
        let persona = r#"{"name":"大王　花子","birth_date":"1985-04-01","sex":"female"}"#;
        Chip::new(&serde_json::from_str(persona).unwrap(), options)
    }

    fn statuses(chip: &mut Chip, commands: &[&[u8]]) -> Vec<u16> {
        commands
            .iter()
            .map(|command| match chip.react(command) {
                Reaction::Answer(_, status) => status,
                other => panic!("{other:?}"),
            })
            .collect()
    }

    fn select(ef: u8) -> [u8; 7] {
        [0, 0xA4, 2, 0x0C, 2, 0, ef]
    }

    const ASK: &[u8] = &[0, 0x20, 0, 0x80];
    const RIGHT: &[u8] = b"\x00\x20\x00\x80\x041234";
    const WRONG: &[u8] = b"\x00\x20\x00\x80\x040000";
    const READ: &[u8] = &[0, 0xB0, 0, 0, 0];

    #[test]
    fn three_wrong_pins_block_and_a_right_one_fills_the_counter() {
        let mut card = chip(CardOptions::default());
        let sent = [&SELECT[..], &select(0x11), ASK, WRONG, WRONG, RIGHT, ASK, WRONG, WRONG, WRONG];
        assert_eq!(
            statuses(&mut card, &sent),
            [0x9000, 0x9000, 0x63C3, 0x63C2, 0x63C1, 0x9000, 0x63C3, 0x63C2, 0x63C1, 0x63C0]
        );
        card.reset();
        let sent = [&SELECT[..], &select(0x11), ASK, RIGHT];
        assert_eq!(statuses(&mut card, &sent), [0x9000, 0x9000, 0x63C0, 0x6984]);
    }

    #[test]
    fn the_printed_code_has_a_counter_of_its_own_and_opens_the_basic_four_but_not_0001() {
        const ASK_B: &[u8] = &[0, 0x20, 0, 0x95];
        const RIGHT_B: &[u8] = b"\x00\x20\x00\x95\x0E60040120352285";
        const WRONG_B: &[u8] = b"\x00\x20\x00\x95\x0E60040120352286";
        let mut card = chip(CardOptions { code_b_tries: Some(2), ..CardOptions::default() });
        let sent =
            [&SELECT[..], ASK_B, WRONG_B, RIGHT_B, ASK_B, &select(2), READ, &select(1), READ];
        assert_eq!(
            statuses(&mut card, &sent),
            [0x9000, 0x63C2, 0x63C1, 0x9000, 0x63CA, 0x9000, 0x9000, 0x9000, 0x6982]
        );
        assert_eq!((card.tries_left(), card.code_b_tries_left()), (3, 10));
        let mut card = chip(CardOptions { code_b_tries: Some(1), ..CardOptions::default() });
        let sent = [ASK_B, &SELECT[..], WRONG_B, RIGHT_B, ASK_B, &select(0x15), ASK];
        assert_eq!(
            statuses(&mut card, &sent),
            [0x6986, 0x9000, 0x63C0, 0x6984, 0x63C0, 0x9000, 0x63C0]
        );
    }

    #[test]
    fn a_card_without_a_pin_is_blocked_to_every_pin_whatever_its_counter_says() {
        for (tries, asked) in [(0, 0x63C0), (3, 0x63C3)] {
            let persona = format!(r#"{{"birth_date":"1985-04-01","face":true,"tries":{tries}}}"#);
            let persona = serde_json::from_str(&persona).unwrap();
            let mut card = Chip::new(&persona, CardOptions::default());
            let sent = [&SELECT[..], &select(0x11), ASK, RIGHT];
            assert_eq!(statuses(&mut card, &sent), [0x9000, 0x9000, asked, 0x6984]);
        }
    }

    #[test]
    fn before_the_pin_the_basic_four_are_shut_and_nothing_opens_0001() {
        let mut card = chip(CardOptions::default());
        let issuer = [&[0, 0xA4, 4, 0x0C, 7][..], &ISSUER_DOMAIN].concat();
        let sent = [
            &SELECT[..],
            &select(2),
            READ,
            &select(0x11),
            RIGHT,
            &select(2),
            READ,
            &select(1),
            READ,
            &select(9),
            &issuer,
            &select(2),
            &SELECT,
            &select(2),
            READ,
            READ,
        ];
        assert_eq!(
            statuses(&mut card, &sent),
            [
                0x9000, 0x9000, 0x6982, 0x9000, 0x9000, 0x9000, 0x9000, 0x9000, 0x6982, 0x6A82,
                0x9000, 0x6A82, 0x9000, 0x9000, 0x6982, 0x6982
            ]
        );
    }

    #[test]
    fn the_file_ends_where_it_ends() {
        let mut card = chip(CardOptions::default());
        let sent = [&SELECT[..], &select(0x11), RIGHT, &select(2)];
        statuses(&mut card, &sent);
        for (offset, len, status) in
            [(0, 256, 0x9000), (1000, 24, 0x6282), (1023, 1, 0x6282), (1024, 0, 0x6B00)]
        {
            let [high, low] = u16::to_be_bytes(offset);
            let Reaction::Answer(data, got) = card.react(&[0, 0xB0, high, low, 0]) else {
                panic!()
            };
            assert_eq!((data.len(), got), (len, status), "{offset}");
        }
        assert!(
            card.file.starts_with(&[0xFF, 0x20, 0x2C, 0xDF, 0x21, 0x08, 0x00, 0x0E, 0x00, 0x00])
        );
    }

    #[test]
    fn faults_come_when_they_are_ordered() {
        let mut card = chip(CardOptions { remove_at: Some(2), ..CardOptions::default() });
        assert!(matches!(card.react(&SELECT), Reaction::Answer(_, 0x9000)));
        assert_eq!(card.react(&select(2)), Reaction::Leave);
        let mut card = chip(CardOptions { mute_at: Some(1), ..CardOptions::default() });
        assert_eq!((card.react(&SELECT), card.react(&SELECT)), (Reaction::Mute, Reaction::Mute));
        let mut card = chip(CardOptions { first_6f00: true, ..CardOptions::default() });
        assert_eq!(statuses(&mut card, &[&SELECT, &SELECT]), [0x6F00, 0x9000]);
        let mut card = chip(CardOptions { unknown: true, ..CardOptions::default() });
        assert_eq!(statuses(&mut card, &[&SELECT]), [0x6A82]);
    }
}
