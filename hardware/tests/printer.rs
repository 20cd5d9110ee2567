//! Printing on a real IPP printer without paper.

use std::fs;
use std::io::Read;
use std::net::{Ipv4Addr, TcpListener};
use std::ops::ControlFlow;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use kakanai_hardware::print::{
    Follower, JobId, JobName, JobState, JobStatus, Media, Patience, PrintError, PrintJob,
    PrinterState, PrinterUri, Reason, Sides, cancel, capabilities, follow, job, queues, submit,
};
use kakanai_simulators::cups::Cups;
use kakanai_simulators::printer::{Model, Tray, VirtualPrinter};
use tempfile::TempDir;

use crate::child::{Act, Request, Running};

const PATIENCE: Patience =
    Patience { unexplained: Duration::from_secs(20), explained: Duration::from_secs(60) };

/// Not a document, but nobody here looks inside.
fn pdf() -> Vec<u8> {
    let body = (0_u32..60_000).flat_map(|number| number.wrapping_mul(2_654_435_761).to_le_bytes());
    b"%PDF-1.7\n".iter().copied().chain(body).collect()
}

/// CUPS asks the printer of a new queue for its paper sizes in its own time.
fn wait_for_a4(queue: &PrinterUri) {
    let deadline = Instant::now() + Duration::from_secs(15);
    while !capabilities(queue).unwrap().media.contains(&Media::A4) {
        assert!(Instant::now() < deadline, "the queue has no A4");
        thread::sleep(Duration::from_millis(50));
    }
}

/// One empty page: CUPS opens what it passes on.
const SMALLEST_PDF: &[u8] = b"%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj
trailer<</Root 1 0 R>>
%%EOF
";

fn printer(model: Model) -> (VirtualPrinter, PrinterUri, TempDir) {
    let dir = tempfile::tempdir().unwrap();
    let printer = VirtualPrinter::start(dir.path(), model).unwrap();
    let uri = printer.uri().parse().unwrap();
    (printer, uri, dir)
}

fn send(uri: &PrinterUri, pdf: &[u8], sides: Sides) -> Result<JobId, PrintError> {
    let name = "2026-000123".parse().unwrap();
    submit(uri, &PrintJob { name, pdf, media: Media::A4, tray: None, sides })
}

#[test]
fn a_document_arrives_byte_for_byte_on_a4() {
    for (model, scaling) in [(Model::Office, None), (Model::OriginalSize, Some("none"))] {
        let (printer, uri, _dir) = printer(model);
        let able = capabilities(&uri).unwrap();
        assert!(able.accepts_pdf && able.media.contains(&Media::A4) && able.accepting);
        assert_eq!((able.state, &able.reasons[..]), (PrinterState::Idle, &[][..]));
        assert_eq!(able.original_size, scaling.is_some());
        assert_eq!(able.sides.len(), 3);

        let document = pdf();
        let id = send(&uri, &document, Sides::TwoSidedLongEdge).unwrap();
        let status = follow(&uri, id, PATIENCE, |_: &JobStatus| {}).unwrap();

        assert_eq!(status.state, JobState::Completed);
        let received = printer.received().unwrap();
        assert_eq!(received.len(), 1);
        assert!(fs::read(&received[0]).unwrap() == document, "the document was changed");
        let job = printer.last_job().unwrap();
        let attribute =
            |name: &str| job.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
        assert_eq!(attribute("IPP_MEDIA"), Some("iso_a4_210x297mm"), "{job}");
        assert_eq!(attribute("IPP_SIDES"), Some("two-sided-long-edge"), "{job}");
        assert_eq!(attribute("IPP_PRINT_SCALING"), scaling, "{job}");
        assert_eq!(attribute("IPP_JOB_NAME"), Some("2026-000123"), "{job}");
        assert_eq!(attribute("IPP_JOB_ORIGINATING_USER_NAME"), Some("kakanai"), "{job}");
    }
}

#[test]
fn a_printer_without_pdf_is_told_before_anything_is_sent() {
    let (printer, uri, _dir) = printer(Model::RasterOnly);
    assert!(!capabilities(&uri).unwrap().accepts_pdf);
    assert_eq!(send(&uri, &pdf(), Sides::OneSided), Err(PrintError::RefusedFormat));
    assert!(printer.received().unwrap().is_empty());
}

#[test]
fn an_empty_tray_is_told_and_after_the_refill_the_job_completes() {
    let (printer, uri, _dir) = printer(Model::Office);
    printer.set_paper(Tray::Empty).unwrap();
    let id = send(&uri, &pdf(), Sides::OneSided).unwrap();
    let mut told = Vec::new();
    let status = follow(&uri, id, PATIENCE, |status: &JobStatus| {
        told.push((status.state, status.printer_reasons.clone()));
        if status.printer_reasons.contains(&Reason::MediaEmpty) {
            printer.set_paper(Tray::Full).unwrap();
        }
    });
    assert_eq!(status.unwrap().state, JobState::Completed);
    assert!(told.contains(&(JobState::Processing, vec![Reason::MediaEmpty])), "{told:?}");
    assert_eq!(told.last(), Some(&(JobState::Completed, vec![])), "{told:?}");
}

#[test]
fn an_empty_tray_that_nobody_fills_ends_the_waiting_and_not_the_job() {
    let (printer, uri, _dir) = printer(Model::Office);
    printer.set_paper(Tray::Empty).unwrap();
    let id = send(&uri, &pdf(), Sides::OneSided).unwrap();
    let patience = Patience { explained: Duration::from_millis(1), ..PATIENCE };
    assert_eq!(follow(&uri, id, patience, |_: &JobStatus| {}), Err(PrintError::NoAnswer));
    assert_eq!(job(&uri, id).unwrap().state, JobState::Processing);
}

/// Waits as long as it is told to.
struct Patient {
    silent: usize,
    seen: Vec<JobState>,
    /// What is done each time the job has stood still.
    then: Box<dyn FnMut(usize)>,
    leaves_after: usize,
}

impl Follower for &mut Patient {
    fn changed(&mut self, status: &JobStatus) {
        self.seen.push(status.state);
    }

    fn silent(&mut self, explained: bool) -> ControlFlow<()> {
        assert!(!explained, "nobody could do anything about it");
        self.silent += 1;
        (self.then)(self.silent);
        ControlFlow::Continue(())
    }

    fn leaves(&mut self) -> bool {
        self.silent >= self.leaves_after
    }
}

#[test]
fn a_printer_that_takes_a_job_and_never_finishes_it_is_told_and_can_be_waited_for_or_left() {
    let (printer, uri, _dir) = printer(Model::Office);
    let short = Patience { unexplained: Duration::from_millis(600), ..PATIENCE };
    printer.set_asleep(true).unwrap();
    let id = send(&uri, &pdf(), Sides::OneSided).unwrap();
    assert_eq!(follow(&uri, id, short, |_: &JobStatus| {}), Err(PrintError::NoAnswer));
    let then = Box::new(|_| {});
    let mut leaving = Patient { silent: 0, seen: Vec::new(), then, leaves_after: 2 };
    assert_eq!(follow(&uri, id, short, &mut leaving), Err(PrintError::NoAnswer));
    assert_eq!((leaving.silent, leaving.seen), (2, vec![JobState::Processing]));

    let then = Box::new(move |count| {
        if count == 2 {
            printer.set_asleep(false).unwrap();
        }
    });
    let mut waiting = Patient { silent: 0, seen: Vec::new(), then, leaves_after: usize::MAX };
    let status = follow(&uri, id, short, &mut waiting).unwrap();
    assert_eq!(status.state, JobState::Completed);
    assert!(waiting.silent >= 2);
}

#[test]
fn a_size_or_a_tray_the_printer_lacks_is_refused_before_anything_is_sent() {
    let (printer, uri, _dir) = printer(Model::Office);
    let able = capabilities(&uri).unwrap();
    assert!(!able.media.contains(&Media::A3), "{able:?}");
    let name: JobName = "2026-000123".parse().unwrap();
    let job = |media, tray: Option<&str>| PrintJob {
        name: name.clone(),
        pdf: b"%PDF-1.7\n",
        media,
        tray: tray.map(|tray| tray.parse().unwrap()),
        sides: Sides::OneSided,
    };
    let refused = submit(&uri, &job(Media::A3, None));
    assert_eq!(refused, Err(PrintError::RefusedMedia { media: Media::A3 }));
    let refused = submit(&uri, &job(Media::A4, Some("tray-99")));
    assert_eq!(refused, Err(PrintError::RefusedTray { tray: "tray-99".to_owned() }));
    assert!(printer.received().unwrap().is_empty());
}

#[test]
fn a_job_for_a_tray_asks_for_that_tray_and_its_size() {
    let (printer, uri, _dir) = printer(Model::Office);
    assert!(capabilities(&uri).unwrap().trays.contains(&"manual".to_owned()));
    let tray = Some("manual".parse().unwrap());
    let (name, pdf) = ("2026-000123".parse().unwrap(), pdf());
    let job = PrintJob { name, pdf: &pdf, media: Media::A4, tray, sides: Sides::OneSided };
    let id = submit(&uri, &job).unwrap();
    follow(&uri, id, PATIENCE, |_: &JobStatus| {}).unwrap();
    let job = printer.last_job().unwrap();
    let asked = job.lines().find(|line| line.starts_with("IPP_MEDIA_COL=")).unwrap();
    for part in ["media-source=manual", "x-dimension=21000", "y-dimension=29700"] {
        assert!(asked.contains(part), "{job}");
    }
}

#[test]
fn a_printer_that_accepts_no_jobs_is_told_before_anything_is_sent() {
    let dir = tempfile::tempdir().unwrap();
    let cups = Cups::start(dir.path()).unwrap();
    let (printer, direct, _dir) = printer(Model::OriginalSize);
    let queue: PrinterUri = cups.add("Counter", &direct.to_string()).unwrap().parse().unwrap();
    assert!(capabilities(&queue).unwrap().accepting);
    cups.reject("Counter").unwrap();
    assert_eq!(send(&queue, &pdf(), Sides::OneSided), Err(PrintError::NotAccepting));
    assert!(printer.received().unwrap().is_empty());
}

#[test]
fn with_cups_between_the_queue_is_found_and_the_document_arrives() {
    let dir = tempfile::tempdir().unwrap();
    let cups = Cups::start(dir.path()).unwrap();
    let list: PrinterUri = cups.uri().parse().unwrap();
    assert_eq!(queues(&list), Ok(Vec::new()));
    let (printer, direct, _dir) = printer(Model::Office);
    let queue = cups.add("Counter", &direct.to_string()).unwrap();
    let found = queues(&list).unwrap();
    assert_eq!(found.iter().map(|queue| &queue.uri).collect::<Vec<_>>(), [&queue]);

    let uri: PrinterUri = queue.parse().unwrap();
    wait_for_a4(&uri);
    let id = send(&uri, SMALLEST_PDF, Sides::OneSided).unwrap();
    let status = follow(&uri, id, PATIENCE, |_: &JobStatus| {}).unwrap();
    assert_eq!(status.state, JobState::Completed);
    let received = printer.received().unwrap();
    let [received] = received.as_slice() else { panic!("{received:?}") };
    assert!(fs::read(received).unwrap().starts_with(b"%PDF-"), "CUPS rewrites a document as PDF");
}

#[test]
fn a_machine_without_cups_has_no_queues_and_says_why() {
    let nobody: PrinterUri = "ipp://127.0.0.1:9/".parse().unwrap();
    assert_eq!(queues(&nobody), Err(PrintError::Unreachable));
}

#[test]
fn a_job_the_printer_gives_up_is_aborted_in_the_printers_words() {
    let (printer, uri, _dir) = printer(Model::Office);
    printer.break_fuser().unwrap();
    let id = send(&uri, &pdf(), Sides::OneSided).unwrap();
    let Err(PrintError::JobAborted { message }) = follow(&uri, id, PATIENCE, |_: &JobStatus| {})
    else {
        panic!("the job was not aborted");
    };
    assert!(message.is_some());
}

#[test]
fn a_cancelled_job_ends_when_the_device_lets_go_of_it() {
    let (printer, uri, _dir) = printer(Model::Office);
    printer.set_paper(Tray::Empty).unwrap();
    let id = send(&uri, &pdf(), Sides::OneSided).unwrap();
    let mut told = Vec::new();
    let mut asked = false;
    let ended = follow(&uri, id, PATIENCE, |status: &JobStatus| {
        told.push(status.clone());
        if status.reasons.contains(&Reason::ProcessingToStopPoint) {
            printer.set_paper(Tray::Full).unwrap();
        } else if status.state == JobState::Processing && !asked {
            asked = true;
            cancel(&uri, id).unwrap();
        }
    });
    assert_eq!(ended, Err(PrintError::JobCanceled), "{told:?}");
}

#[test]
fn nobody_listening_is_unreachable_before_and_during_a_job() {
    let (mut printer, uri, _dir) = printer(Model::Office);
    printer.set_paper(Tray::Empty).unwrap();
    let id = send(&uri, &pdf(), Sides::OneSided).unwrap();
    let ended = follow(&uri, id, PATIENCE, |_: &JobStatus| printer.switch_off());
    assert_eq!(ended, Err(PrintError::Unreachable));
    assert_eq!(send(&uri, &pdf(), Sides::OneSided), Err(PrintError::Unreachable));

    printer.switch_on().unwrap();
    assert!(capabilities(&uri).is_ok(), "it is back at the same address");
    assert_eq!(job(&uri, id), Err(PrintError::JobNotFound));
}

#[test]
fn a_printer_that_accepts_the_connection_and_says_nothing_does_not_hang_the_caller() {
    let silent = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let uri = format!("ipp://{}/ipp/print", silent.local_addr().unwrap()).parse().unwrap();
    assert_eq!(capabilities(&uri), Err(PrintError::NoAnswer));
}

#[test]
fn a_redirect_leads_to_no_other_host() {
    let other = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    other.set_nonblocking(true).unwrap();
    let elsewhere = other.local_addr().unwrap();
    for status in ["302 Found", "303 See Other", "307 Temporary Redirect"] {
        let answer = format!(
            "HTTP/1.1 {status}\r\nLocation: http://{elsewhere}/ipp/print\r\nContent-Length: 0\r\n\r\n"
        );
        assert_eq!(answered_by(answer.as_bytes()), Err(PrintError::Protocol), "{status}");
        assert!(other.accept().is_err(), "{status} was followed");
    }
}

#[test]
fn what_is_not_ipp_is_said_to_be_so() {
    let page = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n<html";
    assert_eq!(answered_by(page), Err(PrintError::Protocol));
    let missing = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
    assert_eq!(answered_by(missing), Err(PrintError::Refused { status: 404 }));
}

/// What the client makes of these bytes as the answer to its request.
fn answered_by(answer: &[u8]) -> Result<(), PrintError> {
    let server = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let uri = format!("ipp://{}/ipp/print", server.local_addr().unwrap()).parse().unwrap();
    thread::scope(|scope| {
        scope.spawn(|| {
            let (mut stream, _) = server.accept().unwrap();
            assert!(stream.read(&mut [0; 4096]).unwrap() > 0);
            std::io::Write::write_all(&mut stream, answer).unwrap();
        });
        capabilities(&uri).map(drop)
    })
}

#[test]
fn a_proxy_in_the_environment_is_not_asked() {
    let (_printer, uri, _dir) = printer(Model::Office);
    let request =
        Request { cards: 0, ..Request::new(Act::Capabilities { printer: uri.to_string() }) };
    let nobody = "http://127.0.0.1:9";
    let proxies = ["http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"].map(|name| (name, nobody));
    let able = Running::start(&request, Path::new("unused"), &proxies).result();
    assert_eq!(able["accepts_pdf"], true, "{able}");
}
