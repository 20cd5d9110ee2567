//! A card for practice (練習モード): no reader and no chip, but the rules of one.
//!
//! Fictitious people only. It has the counters of a real card and refuses as one does, so that what is practised is
//! what will happen; it can be laid on no reader, and nothing it does reaches one.

use super::secret::{PIN_TRIES_FULL, Secret};
use super::{CardError, CardReading, CardReady, CodeB, Document, Items, LastTry, Pin, PinState};

/// What the reader of practice cards is called.
pub const PRACTICE_READER: &str = "練習用リーダー";

const CODE_B_TRIES_FULL: u8 = 10;

/// One practice card with its counters.
pub struct PracticeCard {
    items: Items,
    /// `None`: a 顔認証マイナンバーカード.
    pin: Option<String>,
    code_b: String,
    pin_tries: u8,
    code_b_tries: u8,
}

impl PracticeCard {
    /// A card with these items; `pin` has four digits or is missing, `code_b` has fourteen.
    pub fn new(items: Items, pin: Option<String>, code_b: String) -> Self {
        let pin_tries = if pin.is_some() { PIN_TRIES_FULL } else { 0 };
        Self { items, pin, code_b, pin_tries, code_b_tries: CODE_B_TRIES_FULL }
    }

    /// As [`pin_tries_left`](super::pin_tries_left).
    pub fn ready(&self) -> CardReady {
        CardReady {
            reader: PRACTICE_READER.to_owned(),
            document: Document::MyNumber,
            tries_left: self.pin_tries,
            pin: if self.pin_tries > 0 { PinState::Usable } else { PinState::BlockedOrNone },
        }
    }

    /// As [`read_my_number_card`](super::read_my_number_card).
    ///
    /// # Errors
    /// The ones about a PIN.
    pub fn read(&mut self, pin: Pin, last_try: LastTry) -> Result<CardReading, CardError> {
        self.open(&Secret::Pin(pin), last_try)
    }

    /// As [`read_my_number_card_by_code_b`](super::read_my_number_card_by_code_b).
    ///
    /// # Errors
    /// The ones about a 照合番号B.
    pub fn read_by_code_b(
        &mut self,
        code: CodeB,
        last_try: LastTry,
    ) -> Result<CardReading, CardError> {
        self.open(&Secret::CodeB(code), last_try)
    }

    fn open(&mut self, secret: &Secret, last_try: LastTry) -> Result<CardReading, CardError> {
        let (right, tries, full) = match secret {
            Secret::Pin(pin) => {
                let right = self.pin.as_ref().is_some_and(|own| own.as_bytes() == pin.digits());
                (right, &mut self.pin_tries, PIN_TRIES_FULL)
            }
            Secret::CodeB(code) => {
                let right = self.code_b.as_bytes() == code.digits();
                (right, &mut self.code_b_tries, CODE_B_TRIES_FULL)
            }
        };
        let tries_left = *tries;
        match (tries_left, last_try) {
            (0, _) => return Err(secret.blocked()),
            (1, LastTry::Refuse) => return Err(secret.last_try()),
            _ => {}
        }
        if !right {
            *tries = tries_left.saturating_sub(1);
            return Err(secret.wrong(Some(*tries)));
        }
        *tries = full;
        Ok(CardReading {
            document: Document::MyNumber,
            items: self.items.clone(),
            tries_left: Some(tries_left),
            warnings: Vec::new(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(pin: Option<&str>) -> PracticeCard {
        let items = Items { name: Some("見本　太郎".to_owned()), ..Items::default() };
        PracticeCard::new(items, pin.map(str::to_owned), "60040120352285".to_owned())
    }

    fn read(card: &mut PracticeCard, pin: &str, last_try: LastTry) -> Result<u8, CardError> {
        let pin = Pin::parse(pin.to_owned()).unwrap();
        card.read(pin, last_try).map(|reading| reading.tries_left.unwrap())
    }

    #[test]
    fn tries_go_down_and_up_as_on_a_card() {
        let mut card = card(Some("1234"));
        assert_eq!((card.ready().tries_left, card.ready().pin), (3, PinState::Usable));
        let refuse = LastTry::Refuse;
        assert_eq!(read(&mut card, "0000", refuse), Err(CardError::PinWrong { tries_left: 2 }));
        assert_eq!(read(&mut card, "1234", refuse), Ok(2));
        assert_eq!(read(&mut card, "0000", refuse), Err(CardError::PinWrong { tries_left: 2 }));
        assert_eq!(read(&mut card, "0000", refuse), Err(CardError::PinWrong { tries_left: 1 }));
        assert_eq!(read(&mut card, "1234", refuse), Err(CardError::PinLastTry));
        assert_eq!(read(&mut card, "0000", LastTry::Confirmed), Err(CardError::PinBlocked));
        assert_eq!(read(&mut card, "1234", LastTry::Confirmed), Err(CardError::PinBlocked));
        assert_eq!((card.ready().tries_left, card.ready().pin), (0, PinState::BlockedOrNone));
    }

    #[test]
    fn a_card_without_a_pin_opens_to_the_printed_code() {
        let mut card = card(None);
        assert_eq!(card.ready().pin, PinState::BlockedOrNone);
        assert_eq!(read(&mut card, "1234", LastTry::Refuse), Err(CardError::PinBlocked));
        let mut by_code = |typed: &str| {
            let code = CodeB::parse(typed.to_owned()).unwrap();
            card.read_by_code_b(code, LastTry::Refuse).map(|reading| reading.items.name)
        };
        let wrong = CardError::CodeBWrong { tries_left: Some(9) };
        assert_eq!(by_code("60040120352286"), Err(wrong));
        assert_eq!(by_code("60040120352285"), Ok(Some("見本　太郎".to_owned())));
    }
}
