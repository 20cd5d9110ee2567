//! Printers through IPP: a network printer (`ipp://printer/ipp/print`) or a queue of CUPS
//! (`ipp://localhost:631/printers/NAME`), by the same code.
//!
//! Sends PDF only, talks to the chosen printer and to nobody else (no proxy, no redirect), and every
//! request has a time limit. Trust the job, not the printer: between a failure and `aborted` the printer
//! already says that it is idle. `completed` means that the printer has the pages, so the clerk is still to
//! be asked whether they came out.

mod capabilities;
mod client;
mod error;
mod follow;
mod job;
mod reason;
mod uri;
mod wire;

pub use capabilities::{Capabilities, PrinterState, Queue, capabilities, queues};
pub use client::{cancel, job, submit};
pub use error::PrintError;
pub use follow::{Follower, Patience, follow};
pub use job::{JobId, JobName, JobState, JobStatus, Media, PrintJob, Sides, Tray};
pub use reason::Reason;
pub use uri::PrinterUri;
