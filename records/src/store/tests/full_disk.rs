//! A full disk refuses a step as a whole and harms nothing that was kept.

use super::{AT, new_store, open_cases};

#[test]
fn a_step_that_does_not_fit_leaves_nothing_and_later_steps_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = new_store(folder.path());
    let case = open_cases(&mut store, 1)[0];
    let pages: i64 =
        store.database.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
    let limit = |store: &super::Store, pages: i64| {
        let query = format!("PRAGMA max_page_count = {pages}");
        store.database.query_row(&query, [], |_| Ok(())).unwrap();
    };

    limit(&store, pages);
    let large = vec![7; 100_000];
    assert_eq!(store.append(&case, "Scanned", &large, AT).err().unwrap().code(), "store-full");
    assert_eq!(store.events(&case).unwrap().len(), 1);
    assert_eq!(store.verify().unwrap().first_bad, None);

    limit(&store, pages + 100);
    assert_eq!(store.append(&case, "Scanned", &large, AT).unwrap().case_rev, 2);
    assert_eq!(&*store.events(&case).unwrap()[1].payload, large);
    assert_eq!(store.verify().unwrap().first_bad, None);
}
