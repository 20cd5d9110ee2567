//! `determine` for each event of the counter, on a facts file written by hand from the vocabulary.
//!
//! What is expected was counted from the law, not read off the program.

use serde_json::{Value, json};

use crate::repository::{compiled_pack, root};
use crate::terminal::{Terminal, text};

/// One decision: procedure, person (empty = the household), status, last day, covered by.
type Expected =
    (&'static str, &'static str, &'static str, Option<&'static str>, Option<&'static str>);

const REQUIRED: &str = "required";
const NOT_NEEDED: &str = "not-needed";

/// Decides `tests/facts/<event>.json` on its own day and compares.
fn assert_decided(event: &str, expected: &[Expected]) {
    let facts = root().join("tests/facts").join(event).with_extension("json");
    let arguments = ["determine", "--pack", text(compiled_pack()), "--facts", text(&facts)];
    let document = Terminal::new().run(&arguments).done();
    assert_eq!(document["on"], "2026-11-20");
    for (procedure, person, status, deadline, covered_by) in expected {
        let found = document["decisions"].as_array().unwrap().iter().find(|decision| {
            let people = decision["people"].as_array().unwrap();
            decision["procedure"] == *procedure
                && (person.is_empty() || people == &vec![json!(person)])
        });
        let found = found.unwrap_or_else(|| panic!("{event}: no {procedure} {person}"));
        let is: [&Value; 3] = [&found["status"], &found["deadline"], &found["covered_by"]];
        let should = [json!(status), json!(deadline), json!(covered_by)];
        assert_eq!(is, should.each_ref(), "{event}: {procedure} {person}: {found}");
    }
}

#[test]
fn a_family_from_another_prefecture_is_told_everything_that_its_moving_in_asks() {
    // 住民基本台帳法22条: 14 days from 14 November end on Saturday 28, so Monday 30. 番号法17条: 90 days after the
    // notice. 児童手当法8条: 15 days after the planned day of leaving, Saturday 28.
    let monday = Some("2026-11-30");
    assert_decided(
        "tennyu",
        &[
            ("juki.tennyu", "", REQUIRED, monday, None),
            ("juki.tennyu-tokurei", "", REQUIRED, monday, Some("juki.tennyu")),
            ("juki.tenkyo", "", NOT_NEEDED, None, None),
            ("card.keizoku", "p1", REQUIRED, Some("2027-02-18"), None),
            ("card.keizoku", "p2", NOT_NEEDED, None, None),
            ("kokuho.shutoku", "p1", NOT_NEEDED, None, None),
            ("jidoteate.nintei", "", REQUIRED, monday, None),
            ("kodomo.iryo", "p3", REQUIRED, monday, None),
            ("gakko.tennyu", "p3", REQUIRED, None, None),
            ("gakko.tennyu", "p1", NOT_NEEDED, None, None),
        ],
    );
}

#[test]
fn an_elderly_couple_that_moves_within_the_city_writes_its_insurance_on_the_same_notice() {
    // 住民基本台帳法23条: 14 days from 10 November. 28条 and 28条の3: one notice for 国保 and 介護保険.
    let tuesday = Some("2026-11-24");
    assert_decided(
        "tenkyo",
        &[
            ("juki.tenkyo", "", REQUIRED, tuesday, None),
            ("juki.tennyu", "", NOT_NEEDED, None, None),
            ("card.kisai", "p1", NOT_NEEDED, None, None),
            ("card.kisai", "p2", REQUIRED, tuesday, None),
            ("kokuho.henko", "", REQUIRED, tuesday, Some("juki.tenkyo")),
            ("kouki.jusho", "p1", REQUIRED, tuesday, Some("juki.tenkyo")),
            ("kouki.jusho", "p2", NOT_NEEDED, None, None),
            ("kaigo.jusho", "p1", REQUIRED, tuesday, Some("juki.tenkyo")),
            ("kaigo.jusho", "p2", REQUIRED, tuesday, Some("juki.tenkyo")),
        ],
    );
}

#[test]
fn somebody_who_leaves_alone_needs_no_notice_about_the_household_left_behind() {
    // 14 days after 28 November end on Saturday 12 December, so Monday 14.
    let monday = Some("2026-12-14");
    assert_decided(
        "tenshutsu",
        &[
            ("juki.tenshutsu", "", REQUIRED, monday, None),
            ("juki.setai", "", NOT_NEEDED, None, None),
            ("kokuho.soshitsu", "p1", REQUIRED, monday, Some("juki.tenshutsu")),
            ("kouki.soshitsu", "p1", NOT_NEEDED, None, None),
            ("jidoteate.nintei", "", NOT_NEEDED, None, None),
        ],
    );
}

#[test]
fn a_new_head_of_the_household_is_told_on_one_notice_within_fourteen_days() {
    // 住民基本台帳法25条: 14 days from 9 November end on the 23rd, a holiday (勤労感謝の日), so Tuesday 24.
    let tuesday = Some("2026-11-24");
    assert_decided(
        "setai",
        &[
            ("juki.setai", "", REQUIRED, tuesday, None),
            ("juki.tenkyo", "", NOT_NEEDED, None, None),
            ("kokuho.henko", "", REQUIRED, tuesday, Some("juki.setai")),
            ("kouki.jusho", "p1", REQUIRED, tuesday, Some("juki.setai")),
            ("kouki.jusho", "p2", NOT_NEEDED, None, None),
            ("kaigo.jusho", "p1", REQUIRED, tuesday, Some("juki.setai")),
        ],
    );
}

#[test]
fn whoever_came_for_certificates_gets_those_and_nothing_else() {
    assert_decided(
        "shomei",
        &[
            ("shomei.juminhyo", "p1", REQUIRED, None, None),
            ("shomei.inkan", "p1", REQUIRED, None, None),
            ("shomei.koseki", "p1", NOT_NEEDED, None, None),
            ("inkan.toroku", "p1", NOT_NEEDED, None, None),
            ("juki.tennyu", "", NOT_NEEDED, None, None),
        ],
    );
}
