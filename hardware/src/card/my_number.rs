//! The dialogue with 券面事項入力補助AP of a My Number card: SELECT, the counter, one VERIFY, one record.
//!
//! Selects nothing but the application, the PIN's key (0011) and the basic four items (0002), and at the
//! end the card's issuer domain, which drops what was opened. Files 0001 and 0003 have no name here.

use super::apdu::{self, Channel, OK, exchange};
use super::basic_four;
use super::error::Malformation;
use super::limit::{Patience, Step};
use super::reading::{CardReading, Document};
use super::secret::{Secret, tries_of};
use super::{CardError, LastTry};

/// 券面事項入力補助AP. The next generation of cards may have another one: it goes here.
const TEXT_AP: [u8; 10] = [0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x08];
const ISSUER_DOMAIN: [u8; 7] = [0xA0, 0x00, 0x00, 0x01, 0x51, 0x00, 0x00];
const BASIC_FOUR: u16 = 0x0002;
const READ_LEN: usize = 256;

/// Whether the card is a My Number card, by selecting the application; it is selected afterwards.
pub(super) fn is_my_number_card(card: &mut impl Channel) -> Result<bool, CardError> {
    let select = apdu::select_application(&TEXT_AP);
    let mut answer = exchange(card, &select)?;
    if answer.status == 0x6F00 {
        // Some cards answer their first command after power-up so.
        answer = exchange(card, &select)?;
    }
    Ok(answer.status == OK)
}

/// Reads the items of a card that [`is_my_number_card`] has selected, and closes what the secret opened.
pub(super) fn read(
    card: &mut impl Channel,
    secret: &Secret,
    last_try: LastTry,
    patience: &Patience,
) -> Result<CardReading, CardError> {
    let reading = read_open(card, secret, last_try, patience);
    if !matches!(reading, Err(CardError::CardRemoved { .. } | CardError::Timeout { .. })) {
        // Some readers keep the card powered after the disconnect, and the verified state with it.
        // What this answers makes no difference to what was read.
        let _ = card.transmit(&apdu::select_application(&ISSUER_DOMAIN));
    }
    reading
}

fn read_open(
    card: &mut impl Channel,
    secret: &Secret,
    last_try: LastTry,
    patience: &Patience,
) -> Result<CardReading, CardError> {
    let tries_left = secret.tries_left(card)?;
    match (tries_left, last_try) {
        (Some(0), _) => return Err(secret.blocked()),
        (Some(1), LastTry::Refuse) => return Err(secret.last_try()),
        _ => verify_once(card, secret, tries_left, patience)?,
    }
    select_file(card, BASIC_FOUR, "SELECT file")?;
    let record = read_record(card)?;
    let (items, warnings) = basic_four::parse(&record).map_err(CardError::Malformed)?;
    Ok(CardReading { document: Document::MyNumber, items, tries_left, warnings })
}

/// The one VERIFY. There is no way back into it from any answer or error.
fn verify_once(
    card: &mut impl Channel,
    secret: &Secret,
    tries_before: Option<u8>,
    patience: &Patience,
) -> Result<(), CardError> {
    patience.go_on(Step::Verifying)?;
    // Whether a lost answer has cost a try, only the counter knows. It is asked at the start of the next
    // call and not here: what is in the reader by now may be somebody else's card.
    let Ok(answer) = card.transmit(secret.command().as_slice()) else {
        return Err(CardError::CardRemoved { try_may_be_used: true });
    };
    patience.go_on(Step::Exchanging)?;
    match answer.status {
        OK => Ok(()),
        0x6983 | 0x6984 if tries_before.is_some_and(|tries| tries > 1) => {
            Err(secret.blocked_with_tries())
        }
        0x6300 => Err(secret.wrong(secret.tries_after(card)?)),
        status => match tries_of(status) {
            Some(tries_left) => Err(secret.wrong(Some(tries_left))),
            None => Err(unexpected("VERIFY", status)),
        },
    }
}

pub(super) fn select_file(
    card: &mut impl Channel,
    id: u16,
    command: &'static str,
) -> Result<(), CardError> {
    match exchange(card, &apdu::select_file(id))?.status {
        OK => Ok(()),
        status => Err(unexpected(command, status)),
    }
}

/// Reads exactly the record: its own length comes with the first block.
fn read_record(card: &mut impl Channel) -> Result<Vec<u8>, CardError> {
    let mut record = read_block(card, 0, READ_LEN)?;
    let len = basic_four::record_len(&record).map_err(CardError::Malformed)?;
    while record.len() < len {
        let wanted = READ_LEN.min(len - record.len());
        let block = read_block(card, record.len(), wanted)?;
        if block.is_empty() {
            return Err(CardError::Malformed(Malformation::Truncated));
        }
        record.extend(block);
    }
    Ok(record)
}

fn read_block(card: &mut impl Channel, offset: usize, len: usize) -> Result<Vec<u8>, CardError> {
    let command =
        apdu::read_binary(offset, len).ok_or(CardError::Malformed(Malformation::TooLong))?;
    let answer = exchange(card, &command)?;
    match answer.status {
        OK | 0x6282 => Ok(answer.data),
        0x6B00 => Err(CardError::Malformed(Malformation::Truncated)),
        status => Err(unexpected("READ BINARY", status)),
    }
}

pub(super) fn unexpected(command: &'static str, status: u16) -> CardError {
    CardError::Malformed(Malformation::Status { command, status })
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use super::super::apdu::Answer;
    use super::super::{CodeB, Pin};
    use super::*;

    const RECORD: [u8; 8] = [0xFF, 0x20, 0x05, 0xDF, 0x22, 0x02, 0x41, 0x42];

    /// A card that answers by the script and keeps what it was sent; `None` = no answer.
    struct Script {
        answers: VecDeque<Option<Vec<u8>>>,
        sent: Vec<Vec<u8>>,
    }

    impl Channel for Script {
        fn transmit(&mut self, command: &[u8]) -> Result<Answer, CardError> {
            self.sent.push(command.to_vec());
            self.answers
                .pop_front()
                .flatten()
                .and_then(|bytes| Answer::parse(&bytes))
                .ok_or(CardError::REMOVED)
        }
    }

    impl Script {
        fn new(answers: &[&[u8]]) -> Self {
            let answers =
                answers.iter().map(|bytes| (!bytes.is_empty()).then(|| bytes.to_vec())).collect();
            Self { answers, sent: Vec::new() }
        }

        fn read(&mut self) -> Result<CardReading, CardError> {
            let pin = Pin::parse("1234".to_owned()).unwrap_or_else(|error| panic!("{error}"));
            read(self, &Secret::Pin(pin), LastTry::Refuse, &Patience::new())
        }

        fn read_by_code(&mut self, last_try: LastTry) -> Result<CardReading, CardError> {
            let code = CodeB::parse("55021720352285".to_owned());
            let code = code.unwrap_or_else(|error| panic!("{error}"));
            read(self, &Secret::CodeB(code), last_try, &Patience::new())
        }

        fn verifies(&self) -> usize {
            self.sent.iter().filter(|command| command[1] == 0x20 && command.len() > 4).count()
        }
    }

    const DONE: &[u8] = &[0x90, 0x00];
    const THREE: &[u8] = &[0x63, 0xC3];

    #[test]
    fn the_first_select_is_repeated_once_after_6f00_and_then_no_more() {
        let mut card = Script::new(&[&[0x6F, 0x00], DONE]);
        assert_eq!(is_my_number_card(&mut card), Ok(true));
        let mut card = Script::new(&[&[0x6F, 0x00], &[0x6F, 0x00], DONE]);
        assert_eq!(is_my_number_card(&mut card), Ok(false));
        assert_eq!(card.sent.len(), 2);
    }

    #[test]
    fn waiting_bytes_and_corrected_lengths_are_fetched() {
        let (head, tail) = RECORD.split_at(5);
        let mut card = Script::new(&[
            DONE,
            THREE,
            DONE,
            &[0x61, 0x02],
            DONE,
            &[0x6C, 0x08],
            &[head, &[0x61, 0x03]].concat(),
            &[tail, DONE].concat(),
            DONE,
        ]);
        let reading = card.read();
        assert!(reading.is_ok_and(|reading| reading.items.name.as_deref() == Some("AB")));
        assert_eq!(card.sent[6], [0x00, 0xB0, 0x00, 0x00, 0x08]);
        assert_eq!(card.sent[7], [0x00, 0xC0, 0x00, 0x00, 0x03]);
    }

    #[test]
    fn no_answer_to_verify_makes_it_be_sent_again() {
        for answer in [
            &[0x6F, 0x00][..],
            &[0x6C, 0x04],
            &[0x61, 0x04],
            &[0x67, 0x00],
            &[0x69, 0x82],
            &[0x63, 0xC2],
            &[0x63, 0xC0],
            &[0x63, 0x00],
            &[0x69, 0x83],
            &[0x69, 0x84],
            &[],
        ] {
            let mut card = Script::new(&[DONE, THREE, answer, DONE, &[0x63, 0xC2], DONE, DONE]);
            assert!(card.read().is_err(), "{answer:02X?}");
            assert_eq!(card.verifies(), 1, "{answer:02X?}");
        }
    }

    #[test]
    fn each_refusal_of_the_pin_has_its_error() {
        let wrong = |tries_left| CardError::PinWrong { tries_left };
        for (answers, expected) in [
            (vec![DONE, THREE, &[0x63, 0xC2]], wrong(2)),
            (vec![DONE, THREE, &[0x63, 0x00], &[0x63, 0xC1]], wrong(1)),
            (vec![DONE, THREE, &[0x63, 0xC0]], CardError::PinBlocked),
            (vec![DONE, THREE, &[0x69, 0x84]], CardError::PinNone),
            (vec![DONE, THREE, &[0x69, 0x83]], CardError::PinNone),
            (vec![&[0x6A, 0x82]], CardError::PinNone),
            (vec![DONE, &[0x69, 0x83]], CardError::PinBlocked),
            (vec![DONE, &[0x63, 0xC0]], CardError::PinBlocked),
            (vec![DONE, &[0x63, 0xC1]], CardError::PinLastTry),
        ] {
            let mut card = Script::new(&answers);
            assert_eq!(card.read().err(), Some(expected));
        }
    }

    #[test]
    fn after_a_lost_answer_nothing_more_is_sent() {
        let mut card = Script::new(&[DONE, THREE, &[], DONE, DONE, DONE]);
        assert_eq!(card.read().err(), Some(CardError::CardRemoved { try_may_be_used: true }));
        assert_eq!(card.sent.len(), 3);
    }

    #[test]
    fn somebody_elses_verified_state_does_not_replace_the_pin() {
        let mut card = Script::new(&[DONE, DONE, &[0x63, 0xC2]]);
        assert_eq!(card.read().err(), Some(CardError::PinWrong { tries_left: 2 }));
        assert_eq!(card.verifies(), 1);
    }

    #[test]
    fn a_file_that_ends_before_its_record_is_malformed() {
        for end in [&[0x6B, 0x00][..], &[0x90, 0x00], &[0x62, 0x82]] {
            let head = [&RECORD[..5], DONE].concat();
            let mut card = Script::new(&[DONE, THREE, DONE, DONE, &head, end, DONE]);
            let truncated = CardError::Malformed(Malformation::Truncated);
            assert_eq!(card.read().err(), Some(truncated), "{end:02X?}");
        }
    }

    #[test]
    fn the_printed_code_opens_the_record_with_one_verify_of_its_own_key() {
        let record = [&RECORD[..], DONE].concat();
        for (asked, tries_left) in
            [(&[0x63, 0xCA][..], Some(10)), (&[0x6A, 0x86], None), (DONE, None)]
        {
            let mut card = Script::new(&[asked, DONE, DONE, &record, DONE]);
            let reading = card.read_by_code(LastTry::Refuse);
            assert!(reading.is_ok_and(|reading| reading.tries_left == tries_left));
            assert_eq!(card.sent[0], [0x00, 0x20, 0x00, 0x95]);
            assert_eq!(card.sent[1], b"\x00\x20\x00\x95\x0E55021720352285");
            assert_eq!(card.sent[2], [0x00, 0xA4, 0x02, 0x0C, 0x02, 0x00, 0x02]);
        }
    }

    #[test]
    fn each_refusal_of_the_printed_code_has_its_error_and_nothing_sends_it_again() {
        let wrong = |tries_left| CardError::CodeBWrong { tries_left };
        let ten: &[u8] = &[0x63, 0xCA];
        let silent: &[u8] = &[0x6A, 0x86];
        for (answers, expected, verifies) in [
            (vec![ten, &[0x63, 0xC9]], wrong(Some(9)), 1),
            (vec![ten, &[0x63, 0x00], &[0x63, 0xC8]], wrong(Some(8)), 1),
            (vec![ten, &[0x63, 0x00], silent], wrong(None), 1),
            (vec![silent, &[0x63, 0x00], silent], wrong(None), 1),
            (vec![ten, &[0x63, 0xC0]], CardError::CodeBBlocked, 1),
            (vec![silent, &[0x69, 0x84]], CardError::CodeBBlocked, 1),
            (vec![ten, &[0x69, 0x83]], CardError::CodeBBlocked, 1),
            (vec![&[0x63, 0xC0]], CardError::CodeBBlocked, 0),
            (vec![&[0x63, 0xC1]], CardError::CodeBLastTry, 0),
            (vec![ten, &[]], CardError::CardRemoved { try_may_be_used: true }, 1),
        ] {
            let mut card = Script::new(&answers);
            assert_eq!(card.read_by_code(LastTry::Refuse).err(), Some(expected));
            assert_eq!(card.verifies(), verifies);
        }
    }
}
