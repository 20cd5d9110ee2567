//! The one way of papers out of the counter, for both faces: into files, and to the chosen printer.
//!
//! What goes to a printer stands in the journal as soon as the printer has it (`Printed`), and its end with the
//! outcome whatever that is (`PrintFinished`). Nothing is written to a disk but the files that were asked for.

use std::path::Path;

use kakanai_forms::FontSet;
use kakanai_hardware::print::{
    self, JobId, JobState, JobStatus, Media, Patience, PrintError, PrintJob, PrinterUri, Sides,
};
use serde::Serialize;

use crate::case::COMPLETED;
use crate::door::DoorError;
use crate::event::CaseEvent;
use crate::file::write_over;
use crate::papers::{DISCREET, Packet, PacketPaper};

/// Where papers go.
#[derive(Debug, Clone, Copy)]
pub struct Target<'a> {
    /// Folder for one PDF of each paper and `packet.pdf`.
    pub out: Option<&'a Path>,
    /// Printer, `ipp://…`.
    pub printer: Option<&'a str>,
    /// Only these forms; all when empty.
    pub forms: &'a [String],
}

/// What was made and printed.
#[derive(Debug, Serialize)]
pub struct Made {
    /// The file with all papers; `None` when none was written.
    pub packet: Option<&'static str>,
    /// The papers.
    pub papers: Vec<MadePaper>,
    /// Reserved.
    pub warnings: Vec<String>,
    /// The printer's job.
    pub job: Option<Job>,
}

/// One paper that was made.
#[derive(Debug, Serialize)]
pub struct MadePaper {
    /// Form id.
    pub form: String,
    /// File name.
    pub file: String,
    /// The people it is for.
    pub people: Vec<String>,
}

/// A job that the printer has finished.
#[derive(Debug, Serialize)]
pub struct Job {
    /// The printer's number.
    pub id: JobId,
    /// `completed`.
    pub state: JobState,
}

/// Why one paper was not made.
#[derive(Debug, Serialize)]
pub struct Refused {
    /// Code and place.
    #[serde(flatten)]
    pub error: DoorError,
    /// For developers; never a value.
    pub text: String,
}

/// Papers that were made beside those that were refused.
#[derive(Debug)]
pub struct Printed {
    /// What was made.
    pub made: Made,
    /// What was refused; the answer is no when there is any.
    pub refused: Vec<Refused>,
}

/// Who follows a print job.
pub(crate) trait JobWatch {
    /// Keeps a step of the case.
    fn record(&mut self, event: CaseEvent) -> Result<(), DoorError>;
    /// The printer has taken the job.
    fn sent(&mut self, _job: JobId) {}
    /// The job or its printer has changed.
    fn changed(&mut self, _status: &JobStatus) {}
}

impl Target<'_> {
    /// Refuses what could never be done: an address that is none, and the discreet sheet together with others.
    pub(crate) fn check(&self) -> Result<(), DoorError> {
        self.printer()?;
        let discreet = self.forms.iter().any(|form| form == DISCREET);
        if self.printer.is_some() && discreet && self.forms.iter().any(|form| form != DISCREET) {
            return Err(DoorError::of("discreet-apart"));
        }
        Ok(())
    }

    /// What goes to the printer: the packet, and of what lies apart from it only what was named.
    fn keys(&self, packet: &Packet) -> Vec<String> {
        let named = |paper: &&PacketPaper| self.forms.contains(&paper.form);
        let apart = packet.apart.iter().filter(named);
        packet.papers.iter().chain(apart).map(|paper| paper.id.clone()).collect()
    }

    /// The printer's address, read.
    pub(crate) fn printer(&self) -> Result<Option<PrinterUri>, PrintError> {
        self.printer.map(str::parse).transpose()
    }
}

/// The file with all papers of a packet.
const PACKET: &str = "packet.pdf";

/// Puts a packet where the target says; `name` is all that the printer learns about whose it is.
pub(crate) fn put_out(
    packet: &Packet,
    fonts: &FontSet,
    target: &Target<'_>,
    name: &str,
    watch: &mut dyn JobWatch,
) -> Result<Printed, DoorError> {
    put_out_as(PACKET, packet, fonts, target, name, watch)
}

/// As [`put_out`], with the name of the file that holds all papers.
pub(crate) fn put_out_as(
    file: &'static str,
    packet: &Packet,
    fonts: &FontSet,
    target: &Target<'_>,
    name: &str,
    watch: &mut dyn JobWatch,
) -> Result<Printed, DoorError> {
    target.check()?;
    let printer = target.printer()?;
    if target.out.is_some() {
        watch.record(CaseEvent::Exported { what: "packet".to_owned() })?;
    }
    let mut made = write(file, packet, fonts, target.out)?;
    let keys = target.keys(packet);
    if let Some(printer) = printer
        && !keys.is_empty()
    {
        let pdf = packet.pdf(&keys, fonts)?;
        made.job = Some(send(&printer, name, &pdf, keys, watch)?);
    }
    let refused = packet
        .refusals
        .iter()
        .map(|refusal| Refused { error: refusal.into(), text: refusal.to_string() })
        .collect();
    Ok(Printed { made, refused })
}

/// Sends papers as one job and follows it to its end, even when the store cannot keep that it was sent: the
/// printer has it all the same.
pub(crate) fn send(
    printer: &PrinterUri,
    name: &str,
    pdf: &[u8],
    papers: Vec<String>,
    watch: &mut dyn JobWatch,
) -> Result<Job, DoorError> {
    let job = PrintJob { name: name.parse()?, pdf, media: Media::A4, sides: Sides::OneSided };
    let id = print::submit(printer, &job)?;
    watch.sent(id);
    let printed = CaseEvent::Printed { papers, printer: printer.to_string(), job: Some(id.0) };
    let sent_kept = watch.record(printed);
    let outcome = print::follow(printer, id, Patience::default(), |status| watch.changed(status));
    let state = match &outcome {
        Ok(_) => COMPLETED,
        Err(error) => error.code(),
    };
    let end_kept = watch.record(CaseEvent::PrintFinished { job: id.0, state: state.to_owned() });
    sent_kept.and(end_kept)?;
    Ok(Job { id, state: outcome?.state })
}

fn write(
    all: &'static str,
    packet: &Packet,
    fonts: &FontSet,
    out: Option<&Path>,
) -> Result<Made, DoorError> {
    let mut papers = Vec::new();
    for paper in packet.papers.iter().chain(&packet.apart) {
        let file = format!("{}.pdf", paper.id.replace('/', "-"));
        if let Some(out) = out {
            write_over(out, &file, &packet.pdf(std::slice::from_ref(&paper.id), fonts)?)?;
        }
        papers.push(MadePaper { form: paper.form.clone(), file, people: paper.people.clone() });
    }
    let name = out.filter(|_| !packet.papers.is_empty()).map(|_| all);
    if let (Some(out), Some(name)) = (out, name) {
        write_over(out, name, &packet.pdf(&[], fonts)?)?;
    }
    Ok(Made { packet: name, papers, warnings: Vec::new(), job: None })
}
