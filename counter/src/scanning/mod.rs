//! Sheets of codes that are read at the counter (事前入力の読み取り): texts become parts, parts a message, a message facts.
//!
//! Where a text comes from, a scanner, the keyboard, the camera or an image, makes no difference here. Whatever it
//! says is what a stranger wrote: it is refused with a reason, or shown to the clerk, who takes it in. Nothing goes
//! into a case by itself.

mod arrival;
mod earlier;
mod files;
mod keys;
mod opened;

use kakanai_prefill::{Added, Parts, Progress};

pub use arrival::{Arrival, Place, WhoIsWho};
pub use earlier::{Earlier, earlier};
pub(crate) use files::texts_of_image_file;
pub use files::{collect, texts_of_file, texts_of_image};
pub use keys::opening_keys;
pub use opened::{Given, NotTaken, Opened, Standing, check_standing, made_minutes};

/// How a text came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Via {
    /// A scanner on a serial line.
    Serial,
    /// A scanner that types like a keyboard.
    Wedge,
    /// The camera.
    Camera,
    /// An image file.
    Image,
    /// Given as text.
    Text,
}

impl Via {
    /// Stable id.
    pub fn id(self) -> &'static str {
        match self {
            Via::Serial => "serial",
            Via::Wedge => "wedge",
            Via::Camera => "camera",
            Via::Image => "image",
            Via::Text => "text",
        }
    }
}

/// What a text came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Read {
    /// The camera still sees what it saw before: nothing to tell.
    Same,
    /// A part, or none; the message is not whole.
    Part(Added),
    /// The last missing part: the message.
    Whole(Vec<u8>),
}

/// Collects the parts of one sheet.
#[derive(Default)]
pub struct Intake {
    parts: Parts,
    /// The text that belongs to another sheet, until it is decided whether to start over.
    foreign: Option<String>,
    /// The text that the camera saw last: it sees the same one many times a second.
    seen: Option<String>,
}

impl Intake {
    /// Takes a text in.
    pub fn take(&mut self, text: &str, via: Via) -> Read {
        if via == Via::Camera {
            if self.seen.as_deref() == Some(text) {
                return Read::Same;
            }
            self.seen = Some(text.to_owned());
        }
        let added = self.parts.add(text);
        self.foreign = (added == Added::Foreign).then(|| text.to_owned());
        match (added, self.parts.message()) {
            (Added::New { .. }, Some(message)) => Read::Whole(message),
            (added, _) => Read::Part(added),
        }
    }

    /// Which parts are there.
    pub fn progress(&self) -> Progress {
        self.parts.state()
    }

    /// Numbers of the parts that are missing, from 1.
    pub fn missing(&self) -> Vec<u8> {
        let Progress { have, of } = self.progress();
        (1..=of).filter(|part| !have.contains(part)).collect()
    }

    /// Forgets the parts, and gives the text of another sheet that was left aside. What the camera sees at this moment
    /// counts as seen.
    pub fn start_over(&mut self) -> Option<String> {
        self.parts.start_over();
        self.foreign.take()
    }

    /// What the camera sees is looked at anew.
    pub fn look_again(&mut self) {
        self.seen = None;
    }
}
