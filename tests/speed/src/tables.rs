//! The tables.

use std::error::Error;
use std::hint::black_box;

use datalogic_rs::bumpalo::Bump;
use kakanai_rules::{Detail, Engine, FactSet, Pack, Status};

use crate::chance::Chance;
use crate::clock::median_us;
use crate::datalogic::{self, DataLogic};
use crate::generator::{ON, pack};
use crate::household::{facts, household};
use crate::zen::{self, Layout, Zen};
use crate::{SEED, interview};

const SIZES: [usize; 3] = [20, 200, 2000];
const SAMPLES: usize = 31;
/// Households per measurement; the time is the mean of one.
const HOUSEHOLDS: u64 = 8;

type Outcome = Result<(), Box<dyn Error>>;

fn seed(procedures: usize, size: usize, number: u64) -> u64 {
    let parts = [procedures, size].map(|part| u64::try_from(part).unwrap_or(0));
    SEED ^ (parts[0] << 40) ^ (parts[1] << 32) ^ number
}

/// How much of a household is known.
#[derive(Clone, Copy)]
pub enum Known {
    /// The event: the first answer.
    First,
    /// Half of the answers.
    Half,
    /// Seven answers of ten.
    Most,
    /// Everything.
    All,
}

/// One household.
pub fn case(pack: &Pack, size: usize, number: u64, known: Known) -> FactSet {
    let seed = seed(pack.procedures.len(), size, number);
    let stated = household(pack, size, seed);
    let mut chance = Chance::new(seed ^ 1);
    facts(size, &stated, |one| match known {
        Known::First => one.fact == "event",
        Known::Half => one.fact == "event" || chance.percent(50),
        Known::Most => chance.percent(70),
        Known::All => true,
    })
}

/// Several households.
pub fn cases(pack: &Pack, size: usize, known: Known) -> Vec<FactSet> {
    (0..HOUSEHOLDS).map(|number| case(pack, size, number, known)).collect()
}

/// The mean CPU time of one household.
fn each<T>(cases: &[T], mut work: impl FnMut(&T)) -> f64 {
    let all = median_us(SAMPLES, || cases.iter().for_each(&mut work));
    all / cases.len() as f64
}

fn packs() -> impl Iterator<Item = Pack> {
    SIZES.into_iter().map(|procedures| pack(procedures, SEED))
}

/// The other engines with one pack.
struct Others {
    zen: [Zen; 2],
    datalogic: DataLogic,
}

impl Others {
    fn new(pack: &Pack) -> Result<Others, Box<dyn Error>> {
        Ok(Others {
            zen: [Zen::new(pack, ON, Layout::Event)?, Zen::new(pack, ON, Layout::EveryFact)?],
            datalogic: DataLogic::new(pack, ON)?,
        })
    }

    fn zen(&self, layout: usize, facts: &FactSet) -> Result<Vec<Status>, Box<dyn Error>> {
        let found = self.zen[layout].evaluate(&zen::Case::new(facts, ON))?;
        Ok(self.zen[layout].statuses(&found))
    }

    fn datalogic(&self, facts: &FactSet) -> Result<Vec<Status>, Box<dyn Error>> {
        let (data, arena) = (Bump::new(), Bump::new());
        let mut results = Vec::new();
        self.datalogic.evaluate(&datalogic::Case::new(facts, ON, &data)?, &arena, &mut results);
        Ok(datalogic::statuses(&results))
    }

    fn zen_us(&self, layout: usize, cases: &[FactSet]) -> f64 {
        let cases: Vec<zen::Case> = cases.iter().map(|facts| zen::Case::new(facts, ON)).collect();
        each(&cases, |case| {
            let found = self.zen[layout].evaluate(case);
            black_box(found.is_ok());
        })
    }

    fn datalogic_us(&self, cases: &[FactSet]) -> Result<f64, Box<dyn Error>> {
        let data = Bump::new();
        let cases: Result<Vec<datalogic::Case>, _> =
            cases.iter().map(|facts| datalogic::Case::new(facts, ON, &data)).collect();
        let mut results = Vec::new();
        Ok(each(&cases?, |case| {
            let arena = Bump::with_capacity(1 << 16);
            results.clear();
            // The arena of the results lives as long as one household.
            let case: &datalogic::Case<'_> = case;
            self.datalogic.evaluate(case, &arena, &mut results);
            black_box(&results);
        }))
    }
}

/// Every engine decides complete households; one difference is an error.
pub fn agreement() -> Outcome {
    let (mut decisions, mut required) = (0, 0);
    for pack in packs() {
        let (engine, others) = (Engine::new(&pack), Others::new(&pack)?);
        for size in 1..=8 {
            for facts in cases(&pack, size, Known::All) {
                let ours = engine.statuses(&facts, ON);
                let step: Vec<Status> =
                    engine.step(&facts, ON, "ja").states.iter().map(|state| state.status).collect();
                let theirs = [
                    ("step", step),
                    ("zen-engine", others.zen(0, &facts)?),
                    ("zen-engine, every fact", others.zen(1, &facts)?),
                    ("datalogic-rs", others.datalogic(&facts)?),
                ];
                for (name, theirs) in theirs {
                    if ours.len() != theirs.len() {
                        return Err(format!(
                            "{name} decides {} instead of {}",
                            theirs.len(),
                            ours.len()
                        )
                        .into());
                    }
                    let differ = ours.iter().zip(&theirs).position(|(ours, theirs)| ours != theirs);
                    if let Some(place) = differ {
                        let text = format!(
                            "{name} disagrees in {} about {:?} of {:?}: {:?} instead of {:?}",
                            pack.id,
                            engine.step(&facts, ON, "ja").states[place],
                            facts,
                            theirs[place],
                            ours[place]
                        );
                        return Err(text.into());
                    }
                }
                decisions += ours.len();
                required += ours
                    .iter()
                    .filter(|status| matches!(status, Status::Required | Status::MayApply))
                    .count();
            }
        }
    }
    println!(
        "Agreement: all engines gave the same answer in each of {decisions} decisions over {} complete households ({required} of them required or may apply).\n",
        SIZES.len() as u64 * 8 * HOUSEHOLDS
    );
    Ok(())
}

/// Bare decisions beside the others.
pub fn bare() -> Outcome {
    println!("### Bare decisions, household of 4, everything known (µs of CPU per household)\n");
    println!(
        "| procedures | facts | rule rows | decisions | ours `statuses` | zen-engine, event column | zen-engine, column per fact | datalogic-rs | faster zen ÷ ours | datalogic ÷ ours |"
    );
    println!("|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
    for pack in packs() {
        let (engine, others) = (Engine::new(&pack), Others::new(&pack)?);
        let cases = cases(&pack, 4, Known::All);
        let ours = each(&cases, |facts| {
            black_box(engine.statuses(facts, ON));
        });
        let zen = [others.zen_us(0, &cases), others.zen_us(1, &cases)];
        let datalogic = others.datalogic_us(&cases)?;
        println!(
            "| {} | {} | {} | {} | {ours:.1} | {:.1} | {:.1} | {datalogic:.1} | {:.1} | {:.1} |",
            pack.procedures.len(),
            pack.facts.len() + 3,
            pack.rules.len(),
            engine.statuses(&cases[0], ON).len(),
            zen[0],
            zen[1],
            zen[0].min(zen[1]) / ours,
            datalogic / ours
        );
    }
    println!();
    Ok(())
}

/// Ours with everything.
pub fn full() -> Outcome {
    println!("### Ours in full, household of 4 (µs of CPU)\n");
    println!(
        "| procedures | known | undecided | `statuses` | `step` | `questions`, next | `questions`, all | `determine`, all words | `Engine::new` |"
    );
    println!("|---:|---|---:|---:|---:|---:|---:|---:|---:|");
    for pack in packs() {
        let engine = Engine::new(&pack);
        let made = median_us(SAMPLES, || {
            black_box(Engine::new(&pack));
        });
        let states =
            [("first answer", Known::First), ("half", Known::Half), ("everything", Known::All)];
        for (name, known) in states {
            let cases = cases(&pack, 4, known);
            let statuses = each(&cases, |facts| {
                black_box(engine.statuses(facts, ON));
            });
            let step = each(&cases, |facts| {
                black_box(engine.step(facts, ON, "ja"));
            });
            let next = each(&cases, |facts| {
                black_box(engine.questions(facts, ON, "ja", Detail::Next));
            });
            let all = each(&cases, |facts| {
                black_box(engine.questions(facts, ON, "ja", Detail::All));
            });
            let words = each(&cases, |facts| {
                black_box(engine.determine(facts, ON, "ja"));
            });
            println!(
                "| {} | {name} | {} | {statuses:.1} | {step:.1} | {next:.1} | {all:.1} | {words:.1} | {made:.0} |",
                pack.procedures.len(),
                mean(&cases, |facts| undecided(&engine.statuses(facts, ON)))
            );
        }
    }
    println!();
    Ok(())
}

fn undecided(statuses: &[Status]) -> usize {
    statuses.iter().filter(|status| **status == Status::Undecided).count()
}

fn mean<T>(list: &[T], count: impl Fn(&T) -> usize) -> usize {
    list.iter().map(count).sum::<usize>() / list.len().max(1)
}

/// Growth with the household.
pub fn households() -> Outcome {
    println!("### Households of 1 to 8, 2,000 procedures (µs of CPU)\n");
    println!(
        "| people | ours `statuses`, everything known | zen-engine, faster layout | datalogic-rs | zen ÷ ours | datalogic ÷ ours | ours `step`, first answer | ours `step`, half |"
    );
    println!("|---:|---:|---:|---:|---:|---:|---:|---:|");
    let pack = pack(2000, SEED);
    let (engine, others) = (Engine::new(&pack), Others::new(&pack)?);
    for size in [1, 2, 4, 6, 8] {
        let all = cases(&pack, size, Known::All);
        let ours = each(&all, |facts| {
            black_box(engine.statuses(facts, ON));
        });
        let zen = others.zen_us(0, &all).min(others.zen_us(1, &all));
        let datalogic = others.datalogic_us(&all)?;
        let step = |known| {
            each(&cases(&pack, size, known), |facts| {
                black_box(engine.step(facts, ON, "ja"));
            })
        };
        println!(
            "| {size} | {ours:.1} | {zen:.1} | {datalogic:.1} | {:.1} | {:.1} | {:.1} | {:.1} |",
            zen / ours,
            datalogic / ours,
            step(Known::First),
            step(Known::Half)
        );
    }
    println!();
    Ok(())
}

/// What the others make of missing answers.
pub fn missing() -> Outcome {
    println!("### 30 % of the answers missing, households of 1 to 8\n");
    println!(
        "| procedures | decisions | undecided | shown as \"no\" by zen-engine | by datalogic-rs | shown as \"yes\" by zen-engine | by datalogic-rs | decided by ours and changed by later answers |"
    );
    println!("|---:|---:|---:|---:|---:|---:|---:|---:|");
    for pack in packs() {
        let (engine, others) = (Engine::new(&pack), Others::new(&pack)?);
        let (mut decisions, mut open, mut no, mut yes, mut wrong) = (0, 0, [0; 2], [0; 2], 0);
        for size in 1..=8 {
            for number in 0..HOUSEHOLDS {
                let facts = case(&pack, size, number, Known::Most);
                let ours = engine.statuses(&facts, ON);
                let end = engine.statuses(&case(&pack, size, number, Known::All), ON);
                let theirs = [others.zen(0, &facts)?, others.datalogic(&facts)?];
                decisions += ours.len();
                for (place, status) in ours.iter().enumerate() {
                    // A state that more answers change was shown too early.
                    wrong += usize::from(*status != Status::Undecided && *status != end[place]);
                    if *status != Status::Undecided {
                        continue;
                    }
                    open += 1;
                    for (other, theirs) in theirs.iter().enumerate() {
                        let said_no = theirs[place] == Status::NotNeeded;
                        no[other] += usize::from(said_no);
                        yes[other] += usize::from(!said_no);
                    }
                }
            }
        }
        if wrong > 0 {
            return Err(format!("{wrong} states of ours were changed by later answers").into());
        }
        println!(
            "| {} | {decisions} | {open} | {} | {} | {} | {} | {wrong} |",
            pack.procedures.len(),
            no[0],
            no[1],
            yes[0],
            yes[1]
        );
    }
    println!();
    Ok(())
}

/// Questions asked until nothing is missing.
pub fn questions() -> Outcome {
    println!("### Questions asked until nothing is missing (mean of the households)\n");
    println!(
        "| procedures | people | ours, until all is decided | greedy chooser, the same | everything | ours, with last days and papers |"
    );
    println!("|---:|---:|---:|---:|---:|---:|");
    for pack in packs() {
        let engine = Engine::new(&pack);
        for size in [1, 4] {
            let households = if pack.procedures.len() > 200 { HOUSEHOLDS / 2 } else { HOUSEHOLDS };
            let asked: Result<Vec<interview::Asked>, String> = (0..households)
                .map(|number| {
                    interview::interview(
                        &pack,
                        &engine,
                        size,
                        seed(pack.procedures.len(), size, number),
                    )
                })
                .collect();
            let asked = asked?;
            let mean = |count: fn(&interview::Asked) -> usize| {
                asked.iter().map(count).sum::<usize>() as f64 / asked.len() as f64
            };
            println!(
                "| {} | {size} | {:.1} | {:.1} | {:.0} | {:.1} |",
                pack.procedures.len(),
                mean(|one| one.ours),
                mean(|one| one.greedy),
                mean(|one| one.everything),
                mean(|one| one.ours_with_papers)
            );
        }
    }
    println!();
    Ok(())
}
