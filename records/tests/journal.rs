//! Cases and events: what is written comes back, in order, after a reopening too.

use kakanai_records::{NewEvent, ReceptionNumber, Role, Store};
use proptest::prelude::*;

use crate::{PASSPHRASE, at, code, new_store, now, open};

fn kinds(store: &Store) -> Vec<String> {
    store.journal(1..=u64::MAX).unwrap().into_iter().map(|entry| entry.kind).collect()
}

#[test]
fn a_case_comes_back_after_a_reopening_as_it_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = new_store(folder.path(), Role::Staff);
    let opened = at("2026-11-20T00:00:00Z");
    let later = at("2026-11-20T00:05:00.25Z");
    let case = store.open_case("CaseOpened", "転入".as_bytes(), opened).unwrap();
    let read = store.append(&case, "DocumentRead", "大王　花子".as_bytes(), later).unwrap();
    assert_eq!((read.seq, read.case_rev), (4, 2));
    let epoch = store.journal(4..=4).unwrap()[0].epoch;
    store.sign_out(later).unwrap();

    let store = open(folder.path(), "hanako", PASSPHRASE).unwrap();
    let events = store.events(&case).unwrap();
    assert_eq!(events.len(), 2);
    assert_eq!(&*events[0].payload, "転入".as_bytes());
    assert_eq!(&*events[1].payload, "大王　花子".as_bytes());
    assert_eq!((events[1].event_id, events[1].seq), (read.event_id, read.seq));
    assert_eq!((events[1].at, events[1].kind.as_str()), (later, "DocumentRead"));
    assert_eq!((events[1].case_rev, &events[1].actor), (2, store.actor()));

    let journal = store.journal(1..=u64::MAX).unwrap();
    assert_eq!(journal[3].epoch, epoch);
    assert_ne!(journal[5].epoch, epoch, "each opening has its own epoch");
    assert!(journal[3].detail.is_none(), "the audit shows no data of a case");
    assert_eq!(
        kinds(&store),
        ["store-created", "signed-in", "CaseOpened", "DocumentRead", "signed-out", "signed-in"]
    );
}

#[test]
fn reception_numbers_run_on_and_are_never_used_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = new_store(folder.path(), Role::Staff);
    let first = store.open_case("CaseOpened", b"", now()).unwrap();
    assert_eq!(code(store.open_case("not a kind", b"", now())), "kind-invalid");
    let second = store.open_case("CaseOpened", b"", now()).unwrap();
    store.purge_case(&second, b"opened by mistake", now()).unwrap();
    drop(store);

    let mut store = open(folder.path(), "hanako", PASSPHRASE).unwrap();
    let third = store.open_case("CaseOpened", b"", now()).unwrap();
    let number = |case| store.case(case).unwrap().reception.to_string();
    assert_eq!([number(&first), number(&second), number(&third)], ["A-0001", "A-0002", "A-0003"]);
    assert_eq!("A-0003".parse::<ReceptionNumber>().unwrap(), store.case(&third).unwrap().reception);
}

#[test]
fn the_list_shows_each_case_with_its_newest_event() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = new_store(folder.path(), Role::Staff);
    let closed_at = at("2026-11-20T09:00:00Z");
    let first = store.open_case("CaseOpened", b"", now()).unwrap();
    let second = store.open_case("CaseOpened", b"", now()).unwrap();
    store.append(&second, "Answered", b"", now()).unwrap();
    store.close_case(&first, "HandedOver", b"", closed_at).unwrap();

    let list = store.cases().unwrap();
    assert_eq!(list, [store.case(&first).unwrap(), store.case(&second).unwrap()]);
    assert_eq!((list[0].closed_at, list[0].last_kind.as_str()), (Some(closed_at), "HandedOver"));
    assert_eq!((list[1].closed_at, list[1].last_kind.as_str()), (None, "Answered"));
    assert_eq!((list[0].events, list[1].events), (2, 2));
    assert_eq!(list[0].opened_at, now());
}

#[test]
fn several_events_go_in_together_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = new_store(folder.path(), Role::Staff);
    let case = store.open_case("CaseOpened", b"", now()).unwrap();
    let event = |kind| NewEvent { kind, payload: b"x" };
    let refused = store.append_all(&case, &[event("Answered"), event("")], now());
    assert_eq!(code(refused), "kind-invalid");
    assert_eq!(store.events(&case).unwrap().len(), 1);
    let recorded = store.append_all(&case, &[event("Answered"), event("Decided")], now()).unwrap();
    assert_eq!(recorded.iter().map(|event| event.case_rev).collect::<Vec<_>>(), [2, 3]);
    assert_eq!(store.events(&case).unwrap().len(), 3);
}

#[test]
fn a_case_of_another_store_is_unknown() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = new_store(folder.path(), Role::Staff);
    let stranger = "01939f5a-0000-7000-8000-000000000000".parse().unwrap();
    assert_eq!(code(store.append(&stranger, "Answered", b"", now())), "case-unknown");
    assert_eq!(code(store.events(&stranger)), "case-unknown");
    assert_eq!(code(store.case(&stranger)), "case-unknown");
    assert_eq!(code(store.purge_case(&stranger, b"", now())), "case-unknown");
}

#[test]
fn what_belongs_to_no_case_is_in_the_same_chain() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = new_store(folder.path(), Role::Staff);
    let viewed = store.log("list-viewed", b"20 cases", now()).unwrap();
    assert_eq!((viewed.seq, viewed.case_rev), (3, 0));
    assert_eq!(code(store.log("signed-in", b"", now())), "kind-invalid");
    let entry = store.journal(3..=3).unwrap().remove(0);
    assert_eq!(entry.case, None);
    assert_eq!(&*entry.detail.unwrap(), b"20 cases");
    let report = store.verify().unwrap();
    assert_eq!((report.events, report.head.len(), report.first_bad), (3, 64, None));
}

/// One step on a randomly chosen case.
#[derive(Debug, Clone)]
struct Step {
    case: prop::sample::Index,
    payloads: Vec<Vec<u8>>,
    reopen: bool,
}

fn step() -> impl Strategy<Value = Step> {
    let payload = prop::collection::vec(any::<u8>(), 0..3_000);
    (any::<prop::sample::Index>(), prop::collection::vec(payload, 1..4), prop::bool::weighted(0.1))
        .prop_map(|(case, payloads, reopen)| Step { case, payloads, reopen })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn events_read_back_equal_the_events_written(
        steps in prop::collection::vec(step(), 1..20),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut store = new_store(folder.path(), Role::Staff);
        let cases: Vec<_> =
            (0..3).map(|_| store.open_case("CaseOpened", b"", now()).unwrap()).collect();
        let mut written = vec![vec![Vec::new()]; cases.len()];
        for Step { case, payloads, reopen } in steps {
            let index = case.index(cases.len());
            let events: Vec<_> = payloads
                .iter()
                .map(|payload| NewEvent { kind: "Answered", payload })
                .collect();
            store.append_all(&cases[index], &events, now()).unwrap();
            written[index].extend(payloads);
            if reopen {
                drop(store);
                store = open(folder.path(), "hanako", PASSPHRASE).unwrap();
            }
        }
        for (case, expected) in cases.iter().zip(&written) {
            let events = store.events(case).unwrap();
            let read: Vec<_> = events.iter().map(|event| event.payload.to_vec()).collect();
            prop_assert_eq!(&read, expected);
            let revisions: Vec<_> = events.iter().map(|event| event.case_rev).collect();
            prop_assert_eq!(revisions, (1..=expected.len() as u64).collect::<Vec<_>>());
        }
        prop_assert_eq!(store.verify().unwrap().first_bad, None);
    }
}
