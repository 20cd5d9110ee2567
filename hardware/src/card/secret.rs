//! The two secrets that open the basic four items: how each is asked about, sent and refused.

use zeroize::Zeroizing;

use super::apdu::{self, Channel, OK};
use super::my_number::unexpected;
use super::{CardError, CodeB, Pin, PinState};

const PIN_KEY: u16 = 0x0011;
/// VERIFY for the key that is selected.
const SELECTED: u8 = 0x80;
/// VERIFY for key 0015, 照合番号B, without selecting it.
const CODE_B_KEY: u8 = 0x80 | 0x15;

/// What the PIN's counter goes back to with each right PIN.
pub(super) const PIN_TRIES_FULL: u8 = 3;

/// What is sent to the card once.
pub(super) enum Secret {
    /// The resident's PIN (暗証番号).
    Pin(Pin),
    /// 照合番号B, printed on the card.
    CodeB(CodeB),
}

impl Secret {
    /// Asks how many tries are left; costs none. `None`: the card does not say.
    pub(super) fn tries_left(&self, card: &mut impl Channel) -> Result<Option<u8>, CardError> {
        match self {
            Self::Pin(_) => match pin_state(card)? {
                (_, PinState::None) => Err(CardError::PinNone),
                (tries_left, _) => Ok(Some(tries_left)),
            },
            Self::CodeB(_) => code_b_tries(card),
        }
    }

    /// Asks once more after a refusal that named no number.
    pub(super) fn tries_after(&self, card: &mut impl Channel) -> Result<Option<u8>, CardError> {
        match self {
            Self::Pin(_) => ask_pin_tries(card).map(Some),
            Self::CodeB(_) => code_b_tries(card),
        }
    }

    /// The one VERIFY.
    pub(super) fn command(&self) -> Zeroizing<Vec<u8>> {
        match self {
            Self::Pin(pin) => apdu::verify(SELECTED, pin.digits()),
            Self::CodeB(code) => apdu::verify(CODE_B_KEY, code.digits()),
        }
    }

    pub(super) fn wrong(&self, tries_left: Option<u8>) -> CardError {
        match (self, tries_left) {
            (_, Some(0)) => self.blocked(),
            (Self::Pin(_), Some(tries_left)) => CardError::PinWrong { tries_left },
            (Self::Pin(_), None) => unexpected("VERIFY", 0x6300),
            (Self::CodeB(_), _) => CardError::CodeBWrong { tries_left },
        }
    }

    pub(super) fn blocked(&self) -> CardError {
        match self {
            Self::Pin(_) => CardError::PinBlocked,
            Self::CodeB(_) => CardError::CodeBBlocked,
        }
    }

    /// VERIFY was answered as on a blocked key, although the counter had named tries just before: nobody used them
    /// up in between, so this PIN does not exist.
    pub(super) fn blocked_with_tries(&self) -> CardError {
        match self {
            Self::Pin(_) => CardError::PinNone,
            Self::CodeB(_) => CardError::CodeBBlocked,
        }
    }

    pub(super) fn last_try(&self) -> CardError {
        match self {
            Self::Pin(_) => CardError::PinLastTry,
            Self::CodeB(_) => CardError::CodeBLastTry,
        }
    }
}

/// Selects the PIN's key and asks its counter; costs no try.
pub(super) fn pin_state(card: &mut impl Channel) -> Result<(u8, PinState), CardError> {
    match apdu::exchange(card, &apdu::select_file(PIN_KEY))?.status {
        OK => {}
        0x6A82 | 0x6A83 => return Ok((0, PinState::None)),
        status => return Err(unexpected("SELECT key", status)),
    }
    Ok(match ask_pin_tries(card)? {
        0 => (0, PinState::BlockedOrNone),
        tries_left => (tries_left, PinState::Usable),
    })
}

fn ask_pin_tries(card: &mut impl Channel) -> Result<u8, CardError> {
    match card.transmit(&apdu::ask_tries(SELECTED))?.status {
        // Verified by somebody before us: the last PIN was right, so the counter is full.
        OK => Ok(PIN_TRIES_FULL),
        status => tries_of(status).ok_or_else(|| unexpected("VERIFY without data", status)),
    }
}

/// The counter of 照合番号B. That it can be asked is measured on few cards; one that does not tell is no reason to stop.
fn code_b_tries(card: &mut impl Channel) -> Result<Option<u8>, CardError> {
    Ok(tries_of(card.transmit(&apdu::ask_tries(CODE_B_KEY))?.status))
}

/// The tries that a status word names.
pub(super) fn tries_of(status: u16) -> Option<u8> {
    match status {
        0x63C0..=0x63CF => {
            let [_, low] = status.to_be_bytes();
            Some(low & 0x0F)
        }
        0x6983 | 0x6984 => Some(0),
        _ => None,
    }
}
