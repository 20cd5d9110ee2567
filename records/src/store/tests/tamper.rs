//! Edits by somebody who holds the store key and goes past the triggers: every one is reported with
//! the place of the first bad event.

use proptest::prelude::Rng;
use proptest::test_runner::TestRng;
use rusqlite::Connection;

use super::{AT, new_store, open_cases, seeded};
use crate::chain::GENESIS;
use crate::event::NewEvent;
use crate::store::Store;
use crate::tables::journal;

/// Events of the store under test, and edits tried on it.
const EVENTS: u64 = 1_000;
const EDITS: usize = 2_000;

/// A store without its triggers and constraints, as an attacker would have it.
fn defenceless_store(folder: &std::path::Path) -> Store {
    let mut store = new_store(folder);
    let cases = open_cases(&mut store, 20);
    let batch = [NewEvent { kind: "Answered", payload: b"fact: move_date" }; 40];
    for case in &cases {
        store.append_all(case, &batch, AT).unwrap();
    }
    while store.log("list-viewed", b"cases", AT).unwrap().seq < EVENTS {}
    store
        .database
        .execute_batch(
            "DROP TRIGGER journal_keeps_rows;
             DROP TRIGGER journal_keeps_values;
             DROP INDEX journal_case;
             PRAGMA foreign_keys = OFF;
             PRAGMA ignore_check_constraints = ON;",
        )
        .unwrap();
    store
}

fn below(random: &mut TestRng, bound: u64) -> u64 {
    random.next_u64() % bound
}

/// Makes one random edit and returns the place it must be reported at.
fn edit(database: &Connection, random: &mut TestRng) -> u64 {
    let at = 1 + below(random, EVENTS);
    if below(random, 4) == 0 {
        flip_one_bit(database, random, at);
        return at;
    }
    let (sql, first_bad) = rewrite(random, at);
    run(database, &sql);
    first_bad
}

fn flip_one_bit(database: &Connection, random: &mut TestRng, at: u64) {
    let column = ["event_id", "epoch", "sealed", "hash"][below(random, 4) as usize];
    let read = format!("SELECT {column} FROM journal WHERE seq = {at}");
    let mut bytes: Vec<u8> = database.query_row(&read, [], |row| row.get(0)).unwrap();
    let byte = below(random, bytes.len() as u64) as usize;
    bytes[byte] ^= 1 << below(random, 8);
    let write = format!("UPDATE journal SET {column} = ?1 WHERE seq = {at}");
    database.execute(&write, [bytes]).unwrap();
}

/// Changes, deletes, inserts, reorders or swaps whole values or rows.
fn rewrite(random: &mut TestRng, at: u64) -> (String, u64) {
    let next = 1 + at % EVENTS;
    match below(random, 8) {
        0 => {
            let column = ["at", "account", "role", "kind"][below(random, 4) as usize];
            (format!("UPDATE journal SET {column} = {column} || 'x' WHERE seq = {at}"), at)
        }
        1 => (format!("UPDATE journal SET case_rev = case_rev + 1 WHERE seq = {at}"), at),
        2 => {
            let moved = "CASE WHEN case_id IS NULL THEN randomblob(16) END";
            (format!("UPDATE journal SET case_id = {moved} WHERE seq = {at}"), at)
        }
        3 => (format!("DELETE FROM journal WHERE seq = {at}"), at),
        4 => (format!("DELETE FROM journal WHERE seq >= {at}"), at),
        5 => {
            let rest = "case_id, case_rev, epoch, at, account, role, kind, sealed, hash";
            let sql = format!(
                "UPDATE journal SET seq = -seq WHERE seq >= {at};
                 UPDATE journal SET seq = 1 - seq WHERE seq < 0;
                 INSERT INTO journal (seq, event_id, {rest})
                 SELECT {at}, randomblob(16), {rest} FROM journal WHERE seq = {at} + 1"
            );
            (sql, at)
        }
        6 => {
            let sql = format!(
                "UPDATE journal SET seq = -{at} WHERE seq = {at};
                 UPDATE journal SET seq = {at} WHERE seq = {next};
                 UPDATE journal SET seq = {next} WHERE seq = -{at}"
            );
            (sql, at.min(next))
        }
        _ => {
            let sql = format!(
                "CREATE TEMP TABLE two AS
                 SELECT seq, sealed FROM journal WHERE seq IN ({at}, {next});
                 UPDATE journal
                 SET sealed = (SELECT sealed FROM two WHERE two.seq = {at} + {next} - journal.seq)
                 WHERE seq IN ({at}, {next})"
            );
            (sql, at.min(next))
        }
    }
}

fn run(database: &Connection, sql: &str) {
    database.execute_batch(sql).unwrap();
}

#[test]
fn every_edit_is_reported_with_the_first_bad_event() {
    let folder = tempfile::tempdir().unwrap();
    let store = defenceless_store(folder.path());
    let untouched = store.verify().unwrap();
    assert_eq!((untouched.events, untouched.first_bad), (EVENTS, None));

    let mut random = seeded(20261120);
    for number in 0..EDITS {
        run(&store.database, "SAVEPOINT edit");
        let first_bad = edit(&store.database, &mut random);
        let report = store.verify().unwrap();
        run(&store.database, "ROLLBACK TO edit; RELEASE edit");
        assert_eq!(report.first_bad, Some(first_bad), "edit {number}");
        assert_eq!(report.events, first_bad - 1);
    }
    assert_eq!(store.verify().unwrap(), untouched);
}

#[test]
fn a_changed_event_with_a_matching_hash_breaks_the_next_one() {
    let folder = tempfile::tempdir().unwrap();
    let store = defenceless_store(folder.path());
    let mut hashes = Vec::new();
    let mut changed = None;
    journal::walk(&store.database, |header, sealed, hash| {
        if header.seq == 500 {
            let previous = hashes.last().copied().unwrap_or(GENESIS);
            let mut edited = *header;
            edited.kind = b"Decided";
            changed = Some(hex::encode(edited.link(&previous, sealed)));
        }
        hashes.push(hash.try_into().unwrap());
        true
    })
    .unwrap();
    let hash = changed.unwrap();
    let sql = format!("UPDATE journal SET kind = 'Decided', hash = x'{hash}' WHERE seq = 500");
    run(&store.database, &sql);
    assert_eq!(store.verify().unwrap().first_bad, Some(501));
}

#[test]
fn a_careful_cut_of_the_end_shows_only_against_a_head_kept_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let store = defenceless_store(folder.path());
    let kept_on_paper = store.verify().unwrap();
    store
        .database
        .execute_batch(
            "DELETE FROM journal WHERE seq > 990;
             UPDATE sqlite_sequence SET seq = 990 WHERE name = 'journal';",
        )
        .unwrap();
    let report = store.verify().unwrap();
    assert_eq!((report.events, report.first_bad), (990, None));
    assert_ne!(report.head, kept_on_paper.head);
}

#[test]
fn the_journal_refuses_changes_that_come_through_the_store() {
    let folder = tempfile::tempdir().unwrap();
    let store = new_store(folder.path());
    for sql in ["UPDATE journal SET kind = 'x'", "DELETE FROM journal"] {
        assert!(store.database.execute(sql, []).is_err(), "{sql}");
    }
}
