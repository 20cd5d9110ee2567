//! A purge leaves no image of the key: not in a page, not in the free part of one, not in the log.

use std::fs;

use proptest::prelude::Rng;

use super::{AT, new_store, open_cases, reopened, seeded};
use crate::identity::CaseId;
use crate::store::Store;
use crate::tables::case_key;

/// Every page of the database in clear, free pages and unused parts of pages included.
fn pages(store: &mut Store) -> Vec<u8> {
    store.database.serialize("main").unwrap().to_vec()
}

fn holds(pages: &[u8], bytes: &[u8]) -> bool {
    pages.windows(bytes.len()).any(|window| window == bytes)
}

fn log_bytes(folder: &std::path::Path) -> u64 {
    fs::metadata(folder.join("store.db-wal")).map_or(0, |file| file.len())
}

#[test]
fn a_purged_case_cannot_be_read_and_the_chain_still_holds() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = new_store(folder.path());
    let cases = open_cases(&mut store, 2);
    let head = store.verify().unwrap().head;
    let purged = store.purge_case(&cases[0], b"retention: 30 days", AT).unwrap();

    assert_eq!(purged.case_rev, 2);
    assert_eq!(store.events(&cases[0]).err().unwrap().code(), "case-purged");
    assert_eq!(store.append(&cases[0], "Printed", b"", AT).err().unwrap().code(), "case-purged");
    assert_eq!(store.purge_case(&cases[0], b"", AT).err().unwrap().code(), "case-purged");
    assert_eq!(store.events(&cases[1]).unwrap().len(), 1);

    let entry = store.journal(purged.seq..=purged.seq).unwrap().remove(0);
    assert_eq!((entry.case, entry.kind.as_str()), (Some(cases[0]), "case-purged"));
    assert_eq!(&*entry.detail.unwrap(), b"retention: 30 days");

    let report = store.verify().unwrap();
    assert_eq!(report.first_bad, None);
    assert_ne!(report.head, head);
    let shown = store.case(&cases[0]).unwrap();
    assert_eq!((shown.purged_at, shown.events), (Some(AT), 2));
}

#[test]
fn no_page_and_no_log_frame_holds_a_destroyed_key() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = new_store(folder.path());
    // Enough rows for several pages, so that rows would move if anything made them.
    let mut left = open_cases(&mut store, 200);
    let sealed = |store: &Store, case: CaseId| case_key::sealed(&store.database, case).unwrap();
    let all: Vec<_> = left.iter().map(|case| (*case, sealed(&store, *case))).collect();
    let before = pages(&mut store);
    assert!(all.iter().all(|(_, key)| holds(&before, key)), "the search is blind");

    let mut random = seeded(17);
    while left.len() > 100 {
        let case = left.swap_remove(random.next_u32() as usize % left.len());
        store.purge_case(&case, b"retention", AT).unwrap();
        assert_eq!(log_bytes(folder.path()), 0);
    }
    let after = pages(&mut store);
    for (case, key) in all {
        assert_eq!(holds(&after, &key), left.contains(&case));
    }
    assert!(left.iter().all(|case| store.events(case).is_ok()));
    assert_eq!(store.verify().unwrap().first_bad, None);
}

#[test]
fn a_purge_cut_short_after_its_commit_is_finished_by_the_next_opening() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = new_store(folder.path());
    let case = open_cases(&mut store, 1)[0];
    let sealed = case_key::sealed(&store.database, case).unwrap();
    store.commit_purge(case, b"retention", AT).unwrap();
    assert!(log_bytes(folder.path()) > 0, "nothing is left to be finished");

    let cut = tempfile::tempdir().unwrap();
    for name in ["keys.json", "store.db", "store.db-wal"] {
        fs::copy(folder.path().join(name), cut.path().join(name)).unwrap();
    }
    let log_before = fs::read(cut.path().join("store.db-wal")).unwrap();
    let mut store = reopened(cut.path());
    let log_after = fs::read(cut.path().join("store.db-wal")).unwrap();
    assert!(log_after.len() < log_before.len(), "the log holds the signing in and nothing older");
    assert!(!holds(&pages(&mut store), &sealed));
    assert_eq!(store.events(&case).err().unwrap().code(), "case-purged");
}
