//! Reading that begins by itself, at a real card service: a card that is laid down is asked for its PIN, once.
//!
//! The service's socket comes from the environment, which a test must not change for its neighbours: the test
//! program runs itself with the one test selected.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use kakanai_counter::door::{CardStep, StepInput};
use kakanai_counter::{Counter, Pin};
use kakanai_simulators::card::{CardOptions, Log, Verify, VirtualCard};
use kakanai_simulators::reader::VirtualReader;

use crate::pack_folder;
use crate::windows::{counter_with, set_up};

const PORT: &str = "KAKANAI_TEST_PORT";
/// Longer than a few looks at the reader.
const WATCHED: Duration = Duration::from_secs(3);
const WITHIN: Duration = Duration::from_secs(20);

fn card(name: &str) -> VirtualCard {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let file: PathBuf = root.join(format!("../hardware/simulators/personas/{name}.json"));
    VirtualCard::of_persona(&file, CardOptions::default(), Log::default()).unwrap()
}

fn step(counter: &Counter) -> CardStep {
    counter.staff_view().case.unwrap().card
}

fn wait_for(counter: &Counter, what: &str, reached: impl Fn(&CardStep) -> bool) {
    let deadline = Instant::now() + WITHIN;
    while !reached(&step(counter)) {
        assert!(Instant::now() < deadline, "waited for {what}: {:?}", step(counter));
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn stays(counter: &Counter, what: &str, as_it_is: impl Fn(&CardStep) -> bool) {
    let deadline = Instant::now() + WATCHED;
    while Instant::now() < deadline {
        assert!(as_it_is(&step(counter)), "{what}: {:?}", step(counter));
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn awaits_pin(step: &CardStep) -> bool {
    matches!(step, CardStep::WaitingForPin { .. })
}

#[test]
fn a_card_is_read_when_it_is_laid_down_and_never_asked_twice_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let reader = VirtualReader::start(folder.path()).unwrap();
    let told = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "auto_read::the_child_process", "--ignored", "--nocapture"])
        .env("PCSCLITE_CSOCK_NAME", reader.csock_name())
        .env(PORT, reader.port().to_string())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&told.stderr);
    assert!(told.status.success(), "{said}");
}

#[test]
#[ignore = "the child process of the other test"]
fn the_child_process() {
    let Ok(port) = std::env::var(PORT) else { return };
    let port: u16 = port.parse().unwrap();
    let home = tempfile::tempdir().unwrap();
    let counter = counter_with(&pack_folder(), &home);
    set_up(&counter);
    let [mut first, mut second] = ["ordinary", "variants"].map(card);
    first.insert(port).unwrap();

    counter.case_new("tennyu").unwrap();
    wait_for(&counter, "the PIN pad of a card that lay there", awaits_pin);
    counter.resident_pin(Pin::parse("1234".to_owned()).unwrap(), false).unwrap();
    wait_for(&counter, "the reading", |step| matches!(step, CardStep::Read { confirmed: None }));
    counter.resident_confirm(true).unwrap();
    let read = |step: &CardStep| matches!(step, CardStep::Read { confirmed: Some(true) });
    stays(&counter, "a card that was read and still lies there", read);
    let suggested = counter.staff_view().case.unwrap().identity;
    assert_eq!(
        (&suggested.suggested[..], &suggested.cards_read[..]),
        (&["mynumber-card".to_owned()][..], &["p1".to_owned()][..])
    );

    counter.step(&StepInput { step: "document".to_owned() }).unwrap();
    first.remove();
    second.insert(port).unwrap();
    wait_for(&counter, "the PIN pad of the next card", awaits_pin);
    counter.resident_pin_decline().unwrap();
    let declined = |step: &CardStep| matches!(step, CardStep::PinDeclined);
    stays(&counter, "a card whose PIN was declined", declined);

    counter.step(&StepInput { step: "questions".to_owned() }).unwrap();
    second.remove();
    second.insert(port).unwrap();
    stays(&counter, "a card that is laid down during the questions", declined);
    counter.case_park().unwrap();

    let tries = |card: &VirtualCard| {
        card.log().iter().filter(|command| command.verify == Some(Verify::Pin)).count()
    };
    assert_eq!((tries(&first), tries(&second)), (1, 0));
}
