//! Reading begins by itself: a card that is laid on the reader while a document is awaited is asked for its PIN.
//!
//! The reader is looked at without the desk being held. A card that was asked once is not asked again while it lies
//! there, whatever came of it: the next try is the clerk's or the resident's to begin.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use super::{Counter, Desk};
use crate::door::CardStep;

/// How often the reader is looked at: soon enough for somebody who watches it, seldom enough for the machine.
const EVERY: Duration = Duration::from_millis(600);

/// The steps in which a document is awaited; a new case has none yet.
const AWAITED: [&str; 3] = ["start", "identity", "document"];

/// What is known of the card that lies on the reader.
struct Lying {
    /// Nothing more happens by itself until it is taken away.
    dealt_with: bool,
    /// [`Desk::asked`] when the reader was looked at last.
    asked: u64,
}

impl Counter {
    /// Looks at the reader as long as the case on the desk lies there.
    pub(super) fn watch_reader(&self) {
        let (visit, mut lying) = {
            let desk = self.desk();
            let Some(case) = desk.case.as_ref().filter(|case| !case.closed) else { return };
            // The card of a case that is taken up again may still lie there.
            let dealt_with = case.document().is_some();
            (desk.visit, Lying { dealt_with, asked: desk.asked })
        };
        if !self.shared.settings.auto_read {
            return;
        }
        // The watch keeps no counter alive that nobody else has any more.
        let shared = Arc::downgrade(&self.shared);
        thread::spawn(move || {
            let mut look = || {
                let counter = Counter { shared: shared.upgrade()? };
                counter.look_at_reader(visit, &mut lying).then_some(())
            };
            while look().is_some() {
                thread::sleep(EVERY);
            }
        });
    }

    /// Looks once; whether the case still lies on the desk.
    fn look_at_reader(&self, visit: u64, lying: &mut Lying) -> bool {
        let gone = |desk: &Desk| desk.visit != visit || desk.open_case().is_err();
        if gone(&self.desk()) {
            return false;
        }
        let found = self.card_readers();
        let wanted = self.shared.settings.reader.as_deref();
        let (changed, ask) = {
            let mut desk = self.desk();
            if gone(&desk) {
                return false;
            }
            let changed = desk.take_readers(found);
            let mut readers = desk.readers.iter();
            let lies =
                readers.any(|reader| reader.card && wanted.is_none_or(|name| name == reader.name));
            // Somebody asked for the card with a key, or gave it up.
            let dealt_with = lying.dealt_with || desk.asked != lying.asked;
            lying.asked = desk.asked;
            let ask = lies && !dealt_with && desk.awaits_document();
            lying.dealt_with = lies && (dealt_with || ask);
            if ask {
                lying.asked = desk.asked.wrapping_add(1);
            }
            (changed, ask)
        };
        if changed {
            self.notify();
        }
        // A refusal stands in the view, and a case that has left the desk ends the watch with the next look.
        !ask || self.card_ask_pin().is_ok()
    }
}

impl Desk {
    /// Whether a card that is laid down now is to be read.
    fn awaits_document(&self) -> bool {
        let step = self.case.as_ref().and_then(|case| case.step.as_deref());
        let free = matches!(
            self.card,
            CardStep::Idle
                | CardStep::Read { confirmed: Some(_) }
                | CardStep::PinDeclined
                | CardStep::Failed { .. }
        );
        free && step.is_none_or(|step| AWAITED.contains(&step))
    }
}
