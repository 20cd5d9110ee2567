//! Commands and answers of ISO 7816-4, short form only: extended lengths fail on many readers.

use zeroize::Zeroizing;

use super::CardError;

/// `90 00`: done.
pub(super) const OK: u16 = 0x9000;

/// How often GET RESPONSE may be asked for one command.
const ROUNDS_MAX: usize = 16;

/// A card behind some transport.
pub(super) trait Channel {
    /// Sends one command once and gives its answer.
    ///
    /// # Errors
    /// When no complete answer came; what the card did is unknown then.
    fn transmit(&mut self, command: &[u8]) -> Result<Answer, CardError>;
}

/// Data and status word.
pub(super) struct Answer {
    pub(super) data: Vec<u8>,
    pub(super) status: u16,
}

impl Answer {
    /// `None` for fewer than two bytes, which is what a card that is gone "answers".
    pub(super) fn parse(bytes: &[u8]) -> Option<Self> {
        let (data, status) = bytes.split_last_chunk::<2>()?;
        Some(Self { data: data.to_vec(), status: u16::from_be_bytes(*status) })
    }
}

/// SELECT by AID without answer data. An AID has 5 to 16 bytes.
pub(super) fn select_application(aid: &[u8]) -> Vec<u8> {
    let len = u8::try_from(aid.len()).unwrap_or(u8::MAX);
    [&[0x00, 0xA4, 0x04, 0x0C, len], aid].concat()
}

/// SELECT of an EF of the current application, without answer data.
pub(super) fn select_file(id: u16) -> [u8; 7] {
    let [high, low] = id.to_be_bytes();
    [0x00, 0xA4, 0x02, 0x0C, 0x02, high, low]
}

/// VERIFY without data: asks the counter of a key, uses no try. `key` as in [`verify`].
pub(super) fn ask_tries(key: u8) -> [u8; 4] {
    [0x00, 0x20, 0x00, key]
}

/// VERIFY with a secret of up to 255 bytes: uses a try. Never send it twice. `key` is `80` for the key that is
/// selected, else `80` + the number of the key's file.
pub(super) fn verify(key: u8, secret: &[u8]) -> Zeroizing<Vec<u8>> {
    let len = u8::try_from(secret.len()).unwrap_or(u8::MAX);
    // Long enough from the start: a vector that grows leaves a copy behind.
    let mut command = Zeroizing::new(Vec::with_capacity(5 + secret.len()));
    command.extend([0x00, 0x20, 0x00, key, len]);
    command.extend(secret);
    command
}

/// READ BINARY of up to 256 bytes; `None` when the offset or the length do not fit the short form.
pub(super) fn read_binary(offset: usize, len: usize) -> Option<[u8; 5]> {
    let offset = u16::try_from(offset).ok().filter(|offset| *offset <= 0x7FFF)?;
    let [high, low] = offset.to_be_bytes();
    let le = if len == 256 { 0 } else { u8::try_from(len).ok()? };
    Some([0x00, 0xB0, high, low, le])
}

/// Sends a command that is harmless to repeat and collects the whole answer (61xx, 6Cxx).
///
/// Not for VERIFY: 6Cxx repeats the command.
pub(super) fn exchange(channel: &mut impl Channel, command: &[u8]) -> Result<Answer, CardError> {
    let mut answer = channel.transmit(command)?;
    if let (0x6C, [cla, ins, p1, p2, _]) = (answer.status >> 8, command) {
        let [_, le] = answer.status.to_be_bytes();
        answer = channel.transmit(&[*cla, *ins, *p1, *p2, le])?;
    }
    for _ in 0..ROUNDS_MAX {
        let [0x61, waiting] = answer.status.to_be_bytes() else { break };
        let more = channel.transmit(&[0x00, 0xC0, 0x00, 0x00, waiting])?;
        answer.data.extend(more.data);
        answer.status = more.status;
    }
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offset_beyond_the_short_form_is_refused() {
        assert_eq!(read_binary(0, 256), Some([0, 0xB0, 0, 0, 0]));
        assert_eq!(read_binary(0x7FFF, 255), Some([0, 0xB0, 0x7F, 0xFF, 0xFF]));
        assert_eq!(read_binary(0x8000, 1), None);
        assert_eq!(read_binary(0, 257), None);
    }

    #[test]
    fn fewer_than_two_bytes_are_no_answer() {
        assert!(Answer::parse(&[]).is_none());
        assert!(Answer::parse(&[0x90]).is_none());
        assert!(Answer::parse(&[7, 0x90, 0]).is_some_and(|a| a.data == [7] && a.status == OK));
    }
}
