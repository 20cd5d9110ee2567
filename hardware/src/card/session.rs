//! PC/SC: contexts, readers, connections and transactions.
//!
//! Cards are recognised by asking them for an application, never by their ATR: a contactless reader
//! makes the ATR up, and lists of ATRs overlook valid cards.

use std::ffi::{CStr, CString};
use std::time::Duration;

use pcsc::{
    Card, Context, Disposition, Error, Protocols, ReaderState, Scope, ShareMode, State, Transaction,
};

use super::CardError;
use super::apdu::{Answer, Channel};
use super::limit::{Patience, Step};
use super::my_number;
use super::reading::Reader;

/// 256 bytes of data and the status word.
const ANSWER_LEN_MAX: usize = 258;

/// A card in a transaction.
pub(super) struct Connection<'card> {
    transaction: Transaction<'card>,
    patience: &'card Patience,
}

impl Channel for Connection<'_> {
    fn transmit(&mut self, command: &[u8]) -> Result<Answer, CardError> {
        // One that is `Verifying` has been let through by `my_number` already.
        self.patience.still_waited_for()?;
        let mut buffer = [0; ANSWER_LEN_MAX];
        let bytes =
            self.transaction.transmit(command, &mut buffer).map_err(|error| refusal(&error))?;
        Answer::parse(bytes).ok_or(CardError::REMOVED)
    }
}

/// The readers and whether a card is in them.
pub(super) fn readers() -> Result<Vec<Reader>, CardError> {
    let readers = reader_states(&establish()?)?;
    Ok(readers
        .iter()
        .map(|reader| Reader {
            name: reader.name().to_string_lossy().into_owned(),
            card: has_card(reader),
        })
        .collect())
}

/// Finds the My Number card, selects its application and lets `work` use it.
///
/// Looks at `reader` only, if named; else at every reader with a card, and takes the first My Number card.
pub(super) fn with_my_number_card<T>(
    reader: Option<&str>,
    patience: &Patience,
    mut work: impl FnMut(&mut Connection<'_>, &str) -> Result<T, CardError>,
) -> Result<T, CardError> {
    let context = establish()?;
    let mut readers = reader_states(&context)?;
    readers.retain(|state| reader.is_none_or(|name| state.name().to_bytes() == name.as_bytes()));
    if readers.is_empty() {
        return Err(CardError::NoReader);
    }
    readers.retain(has_card);

    let mut refused = None;
    for reader in &readers {
        let in_use = reader.event_state().intersects(State::INUSE | State::EXCLUSIVE);
        patience.go_on(Step::Connecting { in_use })?;
        let outcome = on_card(&context, reader.name(), patience, |connection| {
            let found = my_number::is_my_number_card(connection)?;
            Ok(found.then(|| work(connection, &reader.name().to_string_lossy())))
        });
        match outcome {
            // Whatever became of the work, it is over: a PIN must not go on to another card.
            Ok(Some(done)) => return done,
            Ok(None) => refused.get_or_insert(CardError::UnknownCard),
            Err(error) => refused.get_or_insert(error),
        };
    }
    Err(refused.unwrap_or(CardError::NoCard))
}

fn on_card<T>(
    context: &Context,
    reader: &CStr,
    patience: &Patience,
    work: impl FnOnce(&mut Connection<'_>) -> Result<T, CardError>,
) -> Result<T, CardError> {
    let mut card = context
        .connect(reader, ShareMode::Shared, Protocols::ANY)
        .map_err(|error| refusal(&error))?;
    let outcome = in_transaction(&mut card, patience, work);
    // An error here would mean that the card is gone, which is what is wanted.
    let _ = card.disconnect(Disposition::UnpowerCard);
    outcome
}

fn in_transaction<T>(
    card: &mut Card,
    patience: &Patience,
    work: impl FnOnce(&mut Connection<'_>) -> Result<T, CardError>,
) -> Result<T, CardError> {
    let transaction = begin(card, patience)?;
    patience.go_on(Step::Exchanging)?;
    let mut connection = Connection { transaction, patience };
    let outcome = work(&mut connection);
    let _ = connection.transaction.end(Disposition::UnpowerCard);
    outcome
}

/// Begins a transaction. A program that ended its own work on the card since we connected has reset it; nothing of
/// ours was sent yet, so the connection is taken up again.
fn begin<'card>(
    mut card: &'card mut Card,
    patience: &Patience,
) -> Result<Transaction<'card>, CardError> {
    loop {
        match card.transaction2() {
            Ok(transaction) => return Ok(transaction),
            Err((same, Error::ResetCard)) => {
                patience.still_waited_for()?;
                same.reconnect(ShareMode::Shared, Protocols::ANY, Disposition::LeaveCard)
                    .map_err(|error| refusal(&error))?;
                card = same;
            }
            Err((_, error)) => return Err(refusal(&error)),
        }
    }
}

fn establish() -> Result<Context, CardError> {
    Context::establish(Scope::User).map_err(|error| refusal(&error))
}

fn reader_states(context: &Context) -> Result<Vec<ReaderState>, CardError> {
    let names: Vec<CString> = context.list_readers_owned().map_err(|error| refusal(&error))?;
    let mut states: Vec<ReaderState> =
        names.into_iter().map(|name| ReaderState::new(name, State::UNAWARE)).collect();
    if !states.is_empty() {
        match context.get_status_change(Duration::ZERO, &mut states) {
            Ok(()) | Err(Error::Timeout) => {}
            Err(error) => return Err(refusal(&error)),
        }
    }
    Ok(states)
}

fn has_card(reader: &ReaderState) -> bool {
    reader.event_state().contains(State::PRESENT)
}

fn refusal(error: &Error) -> CardError {
    match error {
        Error::UnknownReader | Error::ReaderUnavailable | Error::NoReadersAvailable => {
            CardError::NoReader
        }
        Error::NoSmartcard => CardError::NoCard,
        // A card that another program has reset under our hands is that program's card.
        Error::SharingViolation | Error::ResetCard => CardError::ReaderBusy,
        Error::RemovedCard | Error::UnpoweredCard | Error::CommDataLost => CardError::REMOVED,
        Error::UnresponsiveCard | Error::Timeout => CardError::Timeout { try_may_be_used: false },
        Error::UnsupportedCard | Error::ProtoMismatch => CardError::UnknownCard,
        _ => CardError::ServiceUnavailable,
    }
}
