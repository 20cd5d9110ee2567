//! Printing from the windows' face on a real printer: jobs, answers, other printers, and settled characters.

use std::thread::sleep;
use std::time::{Duration, Instant};

use kakanai_counter::door::{
    PageRange, PlaceInput, PrintInput, PrintStep, ResidentScreen, SettleInput, StaffView,
};
use kakanai_counter::register::{Place, Register};
use kakanai_counter::shelf::canonical_of;
use kakanai_counter::{Counter, Settings};
use kakanai_simulators::printer::{Model, VirtualPrinter};
use tempfile::TempDir;

use crate::windows::answer;
use crate::{pack_folder, passphrase};

/// A variation sequence that no font has.
const UNPRINTABLE: &str = "見本\u{9089}\u{E011E}　太郎";

/// A counter with a case on the desk and a printer beside it.
struct Desk {
    counter: Counter,
    printer: VirtualPrinter,
    _folders: [TempDir; 2],
}

impl Desk {
    fn with(name: &str) -> Desk {
        let [home, device] = [0; 2].map(|_| tempfile::tempdir().unwrap());
        let printer = VirtualPrinter::start(device.path(), Model::Office).unwrap();
        let facts = home.path().join("facts.json");
        let text = format!(
            r#"{{"case":{{"event":"tennyu","from":"other_pref","move_date":"2026-11-14"}},
                "people":[{{"id":"p1","name":"{name}","moving":true}}]}}"#
        );
        std::fs::write(&facts, text).unwrap();
        let (store, pack) = (home.path().join("store"), pack_folder());
        let place = Place { store: Some(&store), account: Some("mihon"), pack: Some(&pack) };
        let case = {
            let mut register = Register::open_or_create(&place, &passphrase()).unwrap();
            register.new_case(Some(&facts), Some("2026-11-20".parse().unwrap())).unwrap().case
        };
        let settings = format!(
            "pack = {:?}\nprinter = {:?}\ncups = \"\"\n[[printers]]\nuri = \"ipp://127.0.0.1:9/\"\n",
            pack.display().to_string(),
            printer.uri()
        );
        std::fs::write(home.path().join("settings.toml"), settings).unwrap();
        let counter = Counter::start(Settings::read(home.path()), canonical_of, || {});
        let input = kakanai_counter::door::SignInInput {
            account: "mihon".to_owned(),
            passphrase: passphrase(),
        };
        counter.sign_in(input).unwrap();
        counter.case_open(&case).unwrap();
        Desk { counter, printer, _folders: [home, device] }
    }

    fn view(&self) -> StaffView {
        self.counter.staff_view()
    }

    fn print(&self, input: &PrintInput) -> Result<(), String> {
        self.counter.print(input).map(drop).map_err(|error| error.code)
    }

    /// Waits until printing stands where `reached` says.
    fn wait(&self, what: &str, reached: impl Fn(&PrintStep) -> bool) {
        let deadline = Instant::now() + Duration::from_secs(60);
        loop {
            let step = self.view().case.unwrap().print;
            if reached(&step) {
                return;
            }
            assert!(Instant::now() < deadline, "waited for {what}: {step:?}");
            sleep(Duration::from_millis(50));
        }
    }

    fn lines(&self) -> Vec<String> {
        self.view().case.unwrap().print_jobs.into_iter().map(|job| job.state).collect()
    }
}

fn guide() -> PrintInput {
    PrintInput { papers: vec!["guide".to_owned()], ..PrintInput::default() }
}

fn asked(step: &PrintStep) -> bool {
    matches!(step, PrintStep::AskCameOut)
}

#[test]
fn each_job_is_answered_once_and_what_did_not_come_out_is_printed_again() {
    let desk = Desk::with("大王　花子");
    desk.print(&guide()).unwrap();
    desk.wait("the question", asked);
    assert_eq!(desk.lines(), ["asked"]);
    assert_eq!(desk.counter.print_came_out(1, true).unwrap_err().code, "not-waiting");
    desk.counter.print_came_out(0, false).unwrap();
    assert_eq!(desk.lines(), ["not-out"]);
    assert_eq!(desk.counter.print_came_out(0, true).unwrap_err().code, "not-waiting");
    assert!(desk.view().case.unwrap().papers.iter().all(|paper| !paper.printed));

    let first = PageRange { first: 1, last: 1 };
    desk.print(&PrintInput { pages: Some(first), ..guide() }).unwrap();
    desk.wait("the question", asked);
    assert_eq!(desk.view().case.unwrap().print_jobs[0].pages, 1);
    desk.counter.print_came_out(0, true).unwrap();
    assert!(matches!(desk.view().case.unwrap().print, PrintStep::Done));
    let papers = desk.view().case.unwrap().papers;
    assert!(papers.iter().find(|paper| paper.id == "guide").unwrap().printed);
    assert_eq!(desk.printer.received().unwrap().len(), 2);
}

#[test]
fn the_residents_window_tells_only_of_papers_that_are_the_residents_and_no_line_names_the_discreet()
{
    let desk = Desk::with("大王　花子");
    desk.counter.alone(true).unwrap();
    desk.counter.answer(answer("dv_support", None, true.into())).unwrap();
    let print = |paper: &str| {
        let papers = vec![paper.to_owned()];
        desk.print(&PrintInput { papers, ..PrintInput::default() }).unwrap();
        desk.wait("the question", asked);
        desk.counter.print_came_out(0, true).unwrap();
        let [job] = desk.view().case.unwrap().print_jobs.try_into().unwrap();
        (job.titles, desk.counter.resident_view().screen)
    };
    let working = |screen: &ResidentScreen| matches!(screen, ResidentScreen::Working { .. });
    let (titles, screen) = print("check");
    assert!(titles == ["手続きチェックシート"] && working(&screen), "{titles:?} {screen:?}");
    let (titles, screen) = print("discreet");
    assert!(titles.is_empty() && working(&screen), "{titles:?} {screen:?}");
    let (_, screen) = print("guide");
    assert!(matches!(screen, ResidentScreen::Papers { papers: 1, signatures: 0 }), "{screen:?}");
    let screen = desk.counter.resident_lang("vi").unwrap().screen;
    assert!(matches!(screen, ResidentScreen::Papers { papers: 1, signatures: 0 }), "{screen:?}");
}

#[test]
fn papers_go_to_a_printer_of_the_list_or_nowhere() {
    let desk = Desk::with("大王　花子");
    for (uri, code) in
        [("ipp://192.0.2.7/ipp/print", "printer-unknown"), ("http://localhost/", "printer-unknown")]
    {
        let input = PrintInput { printer: Some(uri.to_owned()), ..guide() };
        assert_eq!(desk.print(&input), Err(code.to_owned()), "{uri}");
    }
    for wrong in [(0, 1), (2, 1)] {
        let pages = Some(PageRange { first: wrong.0, last: wrong.1 });
        let input = PrintInput { pages, ..guide() };
        assert_eq!(desk.print(&input), Err("page-range".to_owned()));
    }
    let far = PrintInput { pages: Some(PageRange { first: 900, last: 900 }), ..guide() };
    assert_eq!(desk.print(&far), Err("nothing-to-print".to_owned()));

    let other = PrintInput { printer: Some("ipp://127.0.0.1:9/".to_owned()), ..guide() };
    desk.print(&other).unwrap();
    desk.wait(
        "the failure",
        |step| matches!(step, PrintStep::Failed { error } if error.code == "printer-unreachable"),
    );
    assert!(desk.lines().is_empty(), "nothing was sent");
    let printers = desk.counter.printers().unwrap();
    let usable: Vec<bool> = printers.iter().map(|printer| printer.error.is_none()).collect();
    assert_eq!(usable, [true, false]);
    assert!(printers[0].usual && printers[0].media == ["A4"]);
}

#[test]
fn a_paper_of_the_office_is_named_in_the_list_of_jobs_and_one_that_is_gone_is_told() {
    let desk = Desk::with("大王　花子");
    let of = |papers: &[&str]| PrintInput {
        papers: papers.iter().map(|&paper| paper.to_owned()).collect(),
        ..PrintInput::default()
    };
    assert_eq!(desk.print(&of(&["guide", "gone"])).unwrap_err(), "paper-unknown");
    assert!(desk.printer.received().unwrap().is_empty());
    desk.print(&of(&["check"])).unwrap();
    desk.wait("the question", asked);
    let case = desk.view().case.unwrap();
    let titles: Vec<_> = case.print_jobs.iter().flat_map(|job| job.titles.clone()).collect();
    assert_eq!(titles, ["手続きチェックシート"]);
}

#[test]
fn a_case_taken_up_again_is_asked_for_the_papers_that_nobody_answered_for() {
    let desk = Desk::with("大王　花子");
    desk.print(&guide()).unwrap();
    desk.wait("the question", asked);
    let case = desk.view().case.unwrap().id;
    desk.counter.case_end().unwrap();
    desk.counter.case_open(&case).unwrap();
    let shown = desk.view().case.unwrap();
    assert!(asked(&shown.print));
    let [job] = shown.print_jobs.as_slice() else { panic!("{:?}", shown.print_jobs) };
    assert_eq!((job.state.as_str(), job.papers.as_slice()), ("asked", &["guide".to_owned()][..]));
    assert!(job.pages > 0 && !job.titles.is_empty());
    desk.counter.print_came_out(0, true).unwrap();
    assert!(matches!(desk.view().case.unwrap().print, PrintStep::Done));
}

#[test]
fn a_name_no_font_has_is_marked_shown_as_it_would_be_drawn_and_settled_once_for_all_its_places() {
    let desk = Desk::with(UNPRINTABLE);
    let case = desk.view().case.unwrap();
    assert_eq!(case.people[0].lacking, ["U+9089 U+E011E"]);
    assert!(case.refusals.iter().all(|refusal| refusal.code != "character-missing"));
    let [finding] = case.characters.as_slice() else { panic!("{:?}", case.characters) };
    assert_eq!((finding.value.as_str(), &finding.choice), (UNPRINTABLE, &None));
    let [character] = finding.characters.as_slice() else { panic!("{finding:?}") };
    assert_eq!(character.why, "variant-missing");
    assert!(character.base.as_ref().is_some_and(|svg| svg.starts_with("<svg ")));
    assert!(finding.base_form.is_some());
    assert!(case.papers.iter().all(|paper| paper.id != "juki-ido"), "nothing is chosen by default");

    let places = || {
        let place = |place: &kakanai_counter::door::PlaceView| PlaceInput {
            form: place.form.clone(),
            field: place.field.clone(),
            person: place.person.clone(),
        };
        finding.places.iter().map(place).collect()
    };
    let choose = |choice: &str, text: Option<&str>| {
        let (choice, text) = (choice.to_owned(), text.map(str::to_owned));
        desk.counter.settle(SettleInput { places: places(), choice, text })
    };
    assert_eq!(choose("whatever", None).unwrap_err().code, "choice-unknown");
    assert_eq!(choose("substitute", None).unwrap_err().code, "substitute-form");
    assert_eq!(choose("substitute", Some(UNPRINTABLE)).unwrap_err().code, "substitute-missing");
    for (choice, text, printed) in [
        ("by-hand", None, true),
        ("not-printed", None, false),
        ("substitute", Some("見本　タロウ"), true),
        ("base-form", None, true),
    ] {
        let case = choose(choice, text).unwrap().case.unwrap();
        let [settled] = case.characters.as_slice() else { panic!("{:?}", case.characters) };
        assert_eq!(settled.choice.as_deref(), Some(choice));
        assert_eq!(settled.substitute.as_deref(), text);
        assert_eq!(case.papers.iter().any(|paper| paper.id == "juki-ido"), printed, "{choice}");
    }
    desk.counter.case_end().unwrap();
}

#[test]
fn finishing_says_that_papers_came_out_and_that_they_are_signed_before_the_case_ends() {
    let desk = Desk::with("大王　花子");
    let case = desk.view().case.unwrap();
    let signed: Vec<_> = case.papers.iter().filter(|paper| paper.signatures > 0).collect();
    assert!(!signed.is_empty() && case.left.iter().any(|left| left.what == "papers"));
    desk.print(&PrintInput::default()).unwrap();
    assert_eq!(desk.counter.finish().unwrap_err().code, "print-running");
    desk.wait("the question", asked);
    let left = desk.view().case.unwrap().left;
    assert!(left.iter().any(|one| one.what == "came-out"), "{left:?}");
    assert!(desk.counter.finish().unwrap().case.is_none());

    let shown = desk.counter.case_open(&case.id).unwrap().case.unwrap();
    assert!(shown.closed && matches!(shown.print, PrintStep::Idle));
    for paper in &shown.papers {
        assert!(paper.printed, "{}", paper.id);
        assert_eq!(paper.signed, paper.signatures > 0, "{}", paper.id);
    }
    assert_eq!(desk.counter.case_park().unwrap().cases.len(), 1);
}
