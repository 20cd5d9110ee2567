//! `kill -9` at any moment of the case, inside commits too: no step that was shown as done is lost.
//!
//! The case is played once and its store copied before each step. Each moment takes one of the copies, runs the
//! step that comes next, kills it, and looks at what is left: the steps before are all there, the step under way
//! is there or is not, what was shown as done is there, the chain holds, and the same command goes on. A command
//! that takes several steps (`print`) may have taken the first of them.
//!
//! The page cache survives a kill, so kills prove the order of writes; that a step was flushed before it was
//! acknowledged is proved in the tests of `records`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use kakanai_records::{AccountId, Passphrase};
use tempfile::TempDir;

use crate::case::{ACCOUNT, CASE, PASSPHRASE, Step, Store};
use crate::chance::Chance;
use crate::devices::{CardDesk, Printer};
use crate::repository::copy_folder;
use crate::terminal::{Run, finished, start};
use crate::trace;

/// Half of the moments are inside system calls, half at any time.
const MOMENTS: usize = 50;

/// Calls by which a store or a file gets onto the disk, and by which a document is shown.
const CALLS: [&str; 7] =
    ["pwrite64", "fsync", "fdatasync", "ftruncate", "unlink", "rename", "write"];

/// An event of the case: its kind, and its data unless the case was purged.
type Event = (String, Option<Vec<u8>>);

/// Where the case is exported to.
const EXPORTED: &str = "facts.json";
/// Where its papers are kept.
const PAPERS: &str = "papers";

/// The store before a step, and what the step does when nobody kills it.
#[derive(Default)]
struct Stage {
    step: Step,
    before: PathBuf,
    journal: Vec<Event>,
    /// How often it makes each of [`CALLS`].
    calls: Vec<(String, u64)>,
    takes: Duration,
}

/// What is found out about a step before it is killed.
#[derive(Clone, Copy)]
enum Watched {
    ByCalls,
    ByTime,
}

/// What became of the step that was killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Left {
    Nothing,
    FirstSteps,
    Whole,
}

struct Bench {
    stages: Vec<Stage>,
    // The card leaves before the reader stops, the folders go last.
    desk: CardDesk,
    _printer: Printer,
    folder: TempDir,
}

fn account() -> AccountId {
    ACCOUNT.parse().unwrap()
}

/// The events of the only case; none without a store. The chain holds.
fn journal(folder: &Path) -> Vec<Event> {
    if !kakanai_records::Store::exists(folder) {
        return Vec::new();
    }
    let passphrase = Passphrase::new(PASSPHRASE.to_owned());
    let store = kakanai_records::Store::open(folder, &account(), &passphrase, Timestamp::now())
        .unwrap_or_else(|error| panic!("the store does not open after the kill: {error}"));
    let report = store.verify().unwrap();
    assert_eq!(report.first_bad, None, "the chain is broken");
    let cases = store.cases().unwrap();
    assert!(cases.len() <= 1);
    let Some(case) = cases.first() else { return Vec::new() };
    let entries = store.journal(1..=report.events).unwrap();
    let kinds = entries.iter().filter(|e| e.case == Some(case.id)).map(|e| e.kind.clone());
    let data: Vec<Option<Vec<u8>>> = match case.purged_at {
        Some(_) => vec![None; usize::try_from(case.events).unwrap()],
        None => store.events(&case.id).unwrap().iter().map(|e| Some(e.payload.to_vec())).collect(),
    };
    kinds.zip(data).collect()
}

impl Bench {
    /// Plays the case once, copying the store before each step; watches each step as `how` says.
    fn prepare(how: Watched) -> Self {
        let desk = CardDesk::ordinary(|_| ());
        let printer = Printer::start();
        let folder = tempfile::tempdir().unwrap();
        let steps = [
            Step::new(),
            Step::read_card(),
            Step::answer_all("-"),
            Step::answer_all("p1"),
            Step::household_complete(),
            Step::decide(),
            Step::print_and_keep(&printer.numeric_uri(), &desk.terminal.place(PAPERS)),
            Step::export(&desk.terminal.place(EXPORTED)),
            Step::close(),
            Step::purge(),
        ];
        let store = Store::at(folder.path().join("store"));
        fs::create_dir(&store.folder).unwrap();
        let mut stages = Vec::new();
        for (number, step) in steps.into_iter().enumerate() {
            let before = folder.path().join(format!("before-{number}"));
            copy_folder(&store.folder, &before);
            let mut stage = Stage { journal: journal(&before), step, before, ..Stage::default() };
            let (arguments, input) = store.command(&stage.step);
            match how {
                Watched::ByCalls => {
                    let kinds = CALLS.join(",");
                    let (run, calls) = trace::calls(&desk.terminal, &arguments, &input, &kinds);
                    run.done();
                    stage.calls = trace::counts(&calls).into_iter().collect();
                }
                Watched::ByTime => {
                    let began = Instant::now();
                    desk.terminal.run_with(&arguments, &input).done();
                    stage.takes = began.elapsed();
                }
            }
            stages.push(stage);
        }
        let bench = Self { stages, desk, _printer: printer, folder };
        bench.tidy_up();
        bench
    }

    fn store_before(&self, number: usize) -> Store {
        let folder = self.folder.path().join("killed");
        let _ = fs::remove_dir_all(&folder);
        copy_folder(&self.stages[number].before, &folder);
        self.tidy_up();
        Store::at(folder)
    }

    fn tidy_up(&self) {
        let _ = fs::remove_file(self.desk.terminal.place(EXPORTED));
        let _ = fs::remove_dir_all(self.desk.terminal.place(PAPERS));
    }

    /// Kills the step of a stage by `kill`, and checks what is left.
    fn moment(&self, number: usize, kill: impl FnOnce(&Self, &[String], &str) -> Run) -> Left {
        let stage = &self.stages[number];
        let store = self.store_before(number);
        let (arguments, input) = store.command(&stage.step);
        let run = kill(self, &arguments, &input);

        let after = journal(&store.folder);
        let purged = after.last().is_some_and(|(kind, _)| kind == "case-purged");
        for (was, is) in stage.journal.iter().zip(&after) {
            assert!(
                was.0 == is.0 && (purged || was.1 == is.1),
                "a step that was done has changed: {}",
                was.0
            );
        }
        assert!(after.len() >= stage.journal.len(), "a step that was done is lost");
        let added: Vec<&str> =
            after[stage.journal.len()..].iter().map(|(kind, _)| kind.as_str()).collect();
        assert!(stage.step.events.starts_with(&added), "half a step is left: {added:?}");
        let whole = added.len() == stage.step.events.len();
        let files = [EXPORTED, PAPERS].map(|name| self.desk.terminal.place(name));
        let left_the_store = files.iter().any(|place| place.exists());
        assert!(!left_the_store || added.contains(&"Exported"), "a file without its event");
        if run.stdout.ends_with(b"\n") {
            run.done_even_if_killed();
            assert!(whole, "shown as done and not kept: {:?}", stage.step.arguments);
        }

        self.goes_on(number, &store, whole);
        match (added.len(), whole) {
            (_, true) => Left::Whole,
            (0, false) => Left::Nothing,
            (_, false) => Left::FirstSteps,
        }
    }

    /// The same command goes on; what can be done once only says that it is done.
    fn goes_on(&self, number: usize, store: &Store, whole: bool) {
        let step = &self.stages[number].step;
        let terminal = &self.desk.terminal;
        match (step.events, whole) {
            (["CaseOpened"], true) => {
                let shown = store.run(terminal, &Step::show()).done();
                assert_eq!(shown["case"]["reception"], CASE);
            }
            (["case-purged"], true) => {
                store.run(terminal, step).refused(2, "case-purged");
            }
            (["Exported"], _) if terminal.place(EXPORTED).exists() => {
                let file = fs::read(terminal.place(EXPORTED)).unwrap();
                let facts: serde_json::Value =
                    serde_json::from_slice(&file).expect("half a file is left");
                assert!(facts["people"].is_array());
                store.run(terminal, step).refused(2, "file-exists");
            }
            _ => {
                store.run(terminal, step).done();
            }
        }
    }

    /// Plays the case to its end after a kill.
    fn to_the_end(&self, number: usize) {
        let store = Store::at(self.folder.path().join("killed"));
        for stage in &self.stages[number + 1..] {
            store.run(&self.desk.terminal, &stage.step).done();
        }
        store.verify(&self.desk.terminal);
        self.tidy_up();
    }
}

impl Run {
    /// A document is a line: one whose end was shown is whole, whatever happened afterwards. A document longer than
    /// a pipe holds can be cut off by a kill; its line has no end, so nobody takes it for done.
    fn done_even_if_killed(&self) {
        let document: serde_json::Value = serde_json::from_slice(&self.stdout)
            .unwrap_or_else(|error| panic!("half a document was shown ({error})"));
        assert!(document.get("error").is_none(), "{document}");
    }
}

/// Plays the moments and looks at whether they were worth it.
fn play(
    bench: &Bench,
    chance: &mut Chance,
    mut moment: impl FnMut(&mut Chance, usize) -> (String, Left),
) {
    let mut left = BTreeMap::new();
    for at in 0..MOMENTS {
        // Every step is met, in an order of chance after the first round.
        let number = if at < bench.stages.len() {
            at
        } else {
            usize::try_from(chance.below(bench.stages.len() as u64)).unwrap()
        };
        let (how, found) = moment(chance, number);
        println!("moment {at}: {} killed {how}: {found:?}", bench.stages[number].step.arguments[0]);
        *left.entry(found).or_insert(0_usize) += 1;
        if at < bench.stages.len() && at % 4 == 1 {
            bench.to_the_end(number);
        }
    }
    println!("{left:?}");
    for kind in [Left::Nothing, Left::Whole] {
        assert!(
            left.get(&kind).copied().unwrap_or(0) >= 5,
            "the kills came all too early or too late: {left:?}"
        );
    }
}

#[test]
fn a_case_killed_inside_a_write_a_flush_or_a_rename_loses_no_step_that_was_shown_as_done() {
    let mut chance = Chance::seeded(3);
    let bench = Bench::prepare(Watched::ByCalls);
    play(&bench, &mut chance, |chance, number| {
        let calls = &bench.stages[number].calls;
        // Chance picks the kind of call first: the few flushes count as much as the many writes.
        let (call, count) = &calls[usize::try_from(chance.below(calls.len() as u64)).unwrap()];
        let when = chance.below(*count) + 1;
        let left = bench.moment(number, |bench, arguments, input| {
            let run = trace::killed_in(&bench.desk.terminal, arguments, input, (call, when));
            assert_eq!(run.code, None, "{call} {when} was never made: {}", run.stderr);
            run
        });
        (format!("in {call} {when} of {count}"), left)
    });
}

#[test]
fn a_case_killed_at_any_time_loses_no_step_that_was_shown_as_done() {
    let mut chance = Chance::seeded(4);
    let bench = Bench::prepare(Watched::ByTime);
    // Per cent of the time that the step took alone. Follows the machine, so that the kills stay around the
    // commit, which is where something could be lost.
    let mut share = 90;
    play(&bench, &mut chance, |chance, number| {
        let takes = u64::try_from(bench.stages[number].takes.as_micros()).unwrap();
        let delay = Duration::from_micros(takes * share / 100 * (80 + chance.below(40)) / 100);
        let left = bench.moment(number, |bench, arguments, input| {
            let mut child = start(bench.desk.terminal.command(arguments), input);
            // The moment of the kill, not a wait for anything.
            thread::sleep(delay);
            child.kill().unwrap();
            finished(child)
        });
        share = if left == Left::Nothing { share + 6 } else { share.saturating_sub(6).max(20) };
        (format!("after {delay:?}"), left)
    });
}
