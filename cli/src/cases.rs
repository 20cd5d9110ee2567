//! `kakanai store …` and `kakanai case …`: the journal of cases, headless.

use kakanai_counter::characters::Spot;
use kakanai_counter::register::{Receipt, Register, SheetTaken};
use serde_json::json;

use crate::args::{StoreArgs, StoreCommand};
use crate::case_args::CaseCommand;
use crate::handover::handed_over;
use crate::headless::{decided, printed};
use crate::outcome::{Answer, Failure, Outcome};
use crate::secret;

/// Runs a store command.
pub fn run_store(command: &StoreCommand) -> Outcome {
    match command {
        StoreCommand::New { store, name } => {
            let passphrase = secret::passphrase()?;
            let register = Register::create(&store.as_place(), name.as_deref(), &passphrase)?;
            let account = register.account().to_owned();
            Ok(Answer::yes(json!({ "account": account }), vec![account]))
        }
        StoreCommand::Verify { store } => verify(&open(store)?),
    }
}

/// Runs a case command.
pub fn run(command: &CaseCommand, lang: &str) -> Outcome {
    match command {
        CaseCommand::New { store, facts, sheet, on } => {
            let passphrase = secret::passphrase()?;
            let mut register = Register::open_or_create(&store.as_place(), &passphrase)?;
            match sheet.as_source() {
                Some(source) => taken(&register.new_case_of_sheet(&source, *on)?),
                None => told(&register.new_case(facts.as_deref(), *on)?),
            }
        }
        CaseCommand::Add { case, store, facts, sheet, person, reader, yes_last_try, .. } => {
            let mut register = open(store)?;
            let entry = register.entry(case)?;
            match (facts, sheet.as_source()) {
                (Some(file), _) => told(&entry.add_facts(file)?),
                (None, Some(source)) => taken(&entry.add_sheet(&source)?),
                (None, None) => {
                    let (reader, person) = (reader.as_deref(), person.as_deref());
                    told(&entry.add_card(reader, secret::pin()?, *yes_last_try, person)?)
                }
            }
        }
        CaseCommand::SettleConflict { case, store, fact, person, choice } => {
            told(&open(store)?.entry(case)?.settle_conflict(person.as_deref(), fact, choice)?)
        }
        CaseCommand::Answer { case, answers, person, store } => {
            told(&open(store)?.entry(case)?.answer(person.as_deref(), answers)?)
        }
        CaseCommand::Undo { case, store } => told(&open(store)?.entry(case)?.undo()?),
        CaseCommand::Decide { case, store } => decided(&open(store)?.entry(case)?.decide(lang)?),
        CaseCommand::Settle { case, store, form, field, person, settling } => {
            let (form, field, person) = (form.clone(), field.clone(), person.clone());
            let spot = Spot { form, field, person };
            told(&open(store)?.entry(case)?.settle(&spot, &settling.choice())?)
        }
        CaseCommand::Print { case, store, target } => {
            printed(&open(store)?.entry(case)?.print(&target.as_target(), lang)?)
        }
        CaseCommand::List { store } => list(&mut open(store)?),
        CaseCommand::Show { case, store } => {
            let shown = open(store)?.entry(case)?.show(lang)?;
            let lines = shown.questions.iter().map(|question| question.text.clone()).collect();
            Answer::of(&shown, lines)
        }
        CaseCommand::Export { case, store, out } => told(&open(store)?.entry(case)?.export(out)?),
        CaseCommand::Handover { case, store, out } => {
            handed_over(&open(store)?.entry(case)?.hand_over(out.as_deref(), lang)?)
        }
        CaseCommand::Slip { case, store, out } => {
            let slip = open(store)?.entry(case)?.slip_texts(out.as_deref(), lang)?;
            let lines = slip.texts.clone();
            Answer::of(&slip, lines)
        }
        CaseCommand::Close { case, store } => told(&open(store)?.entry(case)?.close()?),
        CaseCommand::Purge { case, store, reason } => {
            let purged = open(store)?.purge(case, reason)?;
            let lines = vec![purged.reception.clone()];
            Answer::of(&purged, lines)
        }
    }
}

fn open(arguments: &StoreArgs) -> Result<Register, Failure> {
    Ok(Register::open(&arguments.as_place(), &secret::passphrase()?)?)
}

fn told(receipt: &Receipt) -> Outcome {
    Answer::of(receipt, vec![receipt.reception.clone()])
}

fn taken(taken: &SheetTaken) -> Outcome {
    Answer::of(taken, vec![taken.receipt.reception.clone()])
}

fn list(register: &mut Register) -> Outcome {
    let listed = register.list()?;
    let lines = listed
        .cases
        .iter()
        .map(|case| format!("{}\t{}", case.receipt.reception, case.opened_at))
        .collect();
    Answer::of(&listed, lines)
}

fn verify(register: &Register) -> Outcome {
    let verified = register.verify()?;
    let line = match verified.first_bad {
        None => format!("{} 件の記録がつながっています。", verified.events),
        Some(seq) => format!("{seq} 件目から記録がつながっていません。"),
    };
    let answer = Answer::of(&verified, vec![line])?;
    Ok(Answer { no: verified.first_bad.is_some(), ..answer })
}
