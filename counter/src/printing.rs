//! The one way of papers out of the counter, for both faces: into files, and to the chosen printer.
//!
//! Papers of one size and tray that follow each other make one job. What the printer cannot do is told before
//! anything is sent. What goes to a printer stands in the journal as soon as the printer has it (`Printed`), and its
//! end with the outcome whatever that is (`PrintFinished`). Nothing is written to a disk but the files that were asked for.

use std::ops::ControlFlow;
use std::path::Path;

use kakanai_forms::{FontSet, Placement};
use kakanai_hardware::print::{
    self, Follower, JobId, JobState, JobStatus, Media, Patience, PrintError, PrintJob, PrinterUri,
    Sides, Tray,
};
use serde::Serialize;

use crate::case::COMPLETED;
use crate::door::DoorError;
use crate::event::CaseEvent;
use crate::file::write_over;
use crate::papers::{DISCREET, Packet, PacketPaper};
use crate::settings::Settings;

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
    /// The printer's first job.
    pub job: Option<Job>,
    /// Every job, one for each paper size and tray in turn.
    pub jobs: Vec<Job>,
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
#[derive(Debug, Clone, Serialize)]
pub struct Job {
    /// The printer's number.
    pub id: JobId,
    /// `completed`.
    pub state: JobState,
    /// The paper size.
    pub media: Media,
    /// Keys of its papers.
    pub papers: Vec<String>,
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

/// Papers that travel as one job: one size, one tray.
pub(crate) struct Batch {
    /// The size.
    pub media: Media,
    /// The tray, where the form names one.
    pub tray: Option<Tray>,
    /// Keys of the papers.
    pub keys: Vec<String>,
    /// Their titles.
    pub titles: Vec<String>,
    /// Pages that are printed.
    pub pages: u32,
    /// First and last page, when not all are printed.
    pub range: Option<(u32, u32)>,
    pdf: Vec<u8>,
}

/// Who follows print jobs.
pub(crate) trait JobWatch {
    /// Keeps a step of the case.
    fn record(&mut self, event: CaseEvent) -> Result<(), DoorError>;
    /// A batch is being sent.
    fn sending(&mut self, _batch: usize) {}
    /// The printer has taken the batch.
    fn sent(&mut self, _batch: usize, _job: JobId) {}
    /// The job or its printer has changed.
    fn changed(&mut self, _batch: usize, _status: &JobStatus) {}
    /// The job has stood still for a while, `explained` by something a person can mend; `Continue` waits on.
    fn silent(&mut self, _batch: usize, _explained: bool) -> ControlFlow<()> {
        ControlFlow::Break(())
    }
    /// Whether nobody waits for the job any more.
    fn leaves(&mut self) -> bool {
        false
    }
    /// The job is over.
    fn ended(&mut self, _batch: usize, _outcome: &Result<(), DoorError>) {}
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
    settings: &Settings,
    target: &Target<'_>,
    name: &str,
    watch: &mut dyn JobWatch,
) -> Result<Printed, DoorError> {
    put_out_as(PACKET, packet, fonts, settings, target, name, watch)
}

/// As [`put_out`], with the name of the file that holds all papers.
pub(crate) fn put_out_as(
    file: &'static str,
    packet: &Packet,
    fonts: &FontSet,
    settings: &Settings,
    target: &Target<'_>,
    name: &str,
    watch: &mut dyn JobWatch,
) -> Result<Printed, DoorError> {
    target.check()?;
    let printer = target.printer()?;
    let keys = target.keys(packet);
    if printer.is_some() && keys.is_empty() && packet.refusals.is_empty() {
        return Err(DoorError::of("nothing-to-print"));
    }
    if target.out.is_some() {
        watch.record(CaseEvent::Exported { what: "packet".to_owned() })?;
    }
    let mut made = write(file, packet, fonts, target.out)?;
    if let Some(printer) = printer
        && !keys.is_empty()
    {
        let placement = settings.placement(&printer.to_string());
        let batches = batches(packet, &keys, None, fonts, placement)?;
        made.jobs = send(&printer, name, &batches, watch)?;
        made.job = made.jobs.first().cloned();
    }
    let refused = packet
        .refusals
        .iter()
        .map(|refusal| Refused { error: refusal.into(), text: refusal.to_string() })
        .collect();
    Ok(Printed { made, refused })
}

/// The jobs for the papers with these keys (the packet when empty). `range` counts pages over all of them and leaves the
/// others out.
pub(crate) fn batches(
    packet: &Packet,
    keys: &[String],
    range: Option<(u32, u32)>,
    fonts: &FontSet,
    placement: Placement,
) -> Result<Vec<Batch>, DoorError> {
    let mut groups: Vec<(Media, Option<Tray>, Vec<&PacketPaper>)> = Vec::new();
    let named = packet.apart.iter().filter(|paper| keys.contains(&paper.id));
    let wanted = |paper: &&PacketPaper| keys.is_empty() || keys.contains(&paper.id);
    for paper in packet.papers.iter().filter(wanted).chain(named) {
        let medium = paper
            .paper
            .pages
            .first()
            .and_then(|page| Media::of_page(page.width, page.height))
            .ok_or_else(|| DoorError::of("page-size-unknown").with("form", &paper.form))?;
        let tray: Option<Tray> = paper.tray.as_deref().map(str::parse).transpose()?;
        match groups.last_mut() {
            Some((media, from, papers)) if *media == medium && *from == tray => papers.push(paper),
            _ => groups.push((medium, tray, vec![paper])),
        }
    }
    let mut batches = Vec::new();
    let mut before = 0;
    for (media, tray, papers) in groups {
        let mut drawn: Vec<_> = papers.iter().map(|paper| paper.paper.clone()).collect();
        for paper in &mut drawn {
            paper.pages.retain(|_| {
                before += 1;
                range.is_none_or(|(first, last)| (first..=last).contains(&before))
            });
        }
        let pages: usize = drawn.iter().map(|paper| paper.pages.len()).sum();
        if pages == 0 {
            continue;
        }
        batches.push(Batch {
            media,
            tray,
            keys: papers.iter().map(|paper| paper.id.clone()).collect(),
            titles: papers.iter().map(|paper| paper.title.clone()).collect(),
            pages: u32::try_from(pages).unwrap_or(u32::MAX),
            range,
            pdf: packet.pdf_of(&drawn, fonts, placement)?,
        });
    }
    if batches.is_empty() { Err(DoorError::of("nothing-to-print")) } else { Ok(batches) }
}

/// Sends one job after the other and follows each to its end, even when the store cannot keep that it was sent: the
/// printer has it all the same. What the printer cannot do is told before the first is sent, with the papers
/// concerned; after a job that failed the next ones are not sent.
pub(crate) fn send(
    printer: &PrinterUri,
    name: &str,
    batches: &[Batch],
    watch: &mut dyn JobWatch,
) -> Result<Vec<Job>, DoorError> {
    let able = print::capabilities(printer)?;
    for batch in batches {
        if let Err(error) = able.check(batch.media, batch.tray.as_ref()) {
            let titles: Vec<&str> = batches
                .iter()
                .filter(|other| able.check(other.media, other.tray.as_ref()).is_err())
                .flat_map(|other| other.titles.iter().map(String::as_str))
                .collect();
            return Err(DoorError::from(error).with("papers", titles.join("、")));
        }
    }
    let mut jobs = Vec::new();
    for (number, batch) in batches.iter().enumerate() {
        watch.sending(number);
        let outcome = send_one(printer, name, number, batch, watch);
        watch.ended(number, &outcome.as_ref().map(drop).map_err(DoorError::clone));
        jobs.push(outcome?);
    }
    Ok(jobs)
}

fn send_one(
    printer: &PrinterUri,
    name: &str,
    number: usize,
    batch: &Batch,
    watch: &mut dyn JobWatch,
) -> Result<Job, DoorError> {
    let (media, tray) = (batch.media, batch.tray.clone());
    let job =
        PrintJob { name: name.parse()?, pdf: &batch.pdf, media, tray, sides: Sides::OneSided };
    let id = print::submit(printer, &job)?;
    watch.sent(number, id);
    let sent_kept = watch.record(CaseEvent::Printed {
        papers: batch.keys.clone(),
        printer: printer.to_string(),
        job: Some(id.0),
        part: u32::try_from(number + 1).unwrap_or(u32::MAX),
        pages: batch.range,
    });
    let outcome =
        print::follow(printer, id, Patience::default(), Watched { watch: &mut *watch, number });
    let state = match &outcome {
        Ok(_) => COMPLETED,
        Err(error) => error.code(),
    };
    let end_kept = watch.record(CaseEvent::PrintFinished { job: id.0, state: state.to_owned() });
    sent_kept.and(end_kept)?;
    Ok(Job { id, state: outcome?.state, media, papers: batch.keys.clone() })
}

/// A watch over one of several jobs.
struct Watched<'a> {
    watch: &'a mut dyn JobWatch,
    number: usize,
}

impl Follower for Watched<'_> {
    fn changed(&mut self, status: &JobStatus) {
        self.watch.changed(self.number, status);
    }

    fn silent(&mut self, explained: bool) -> ControlFlow<()> {
        self.watch.silent(self.number, explained)
    }

    fn leaves(&mut self) -> bool {
        self.watch.leaves()
    }
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
    Ok(Made { packet: name, papers, warnings: Vec::new(), job: None, jobs: Vec::new() })
}
