//! The cases that prove a pack (`tests` sheet): what is given, then what must come out.
//!
//! Lines of one test share its name. `given` states facts of the case or, with `person`, of a member of the
//! household; a line with `procedure` expects. `like` takes over what another test is given, and its day.

mod given;
mod run;

use std::collections::{BTreeMap, BTreeSet};

use kakanai_rules::pack::{Expectation, TestRow};
use kakanai_text::PartialDate;

use crate::cells::Cells;
use crate::finding::{Finding, Place};
use crate::names::Names;
use crate::row::Row;
use given::Given;
pub use run::run;

/// Where the expectations of each test stand, which a compiled pack does not keep.
pub type Places = BTreeMap<String, Vec<Place>>;

/// Reads the sheet.
pub fn read(
    rows: &[Row],
    names: &Names<'_>,
    findings: &mut Vec<Finding>,
) -> (Vec<TestRow>, Places) {
    let mut order: Vec<&str> = Vec::new();
    let mut lines: BTreeMap<&str, Vec<(u64, &Row)>> = BTreeMap::new();
    for row in rows {
        let mut cells = Cells::new(row, findings);
        let (Some(_), Some(line)) = (cells.id("test"), cells.number("line")) else { continue };
        let id = row.cell("test");
        if !lines.contains_key(id) {
            order.push(id);
        }
        lines.entry(id).or_default().push((line, row));
    }
    let mut drafts: BTreeMap<&str, Draft<'_>> = BTreeMap::new();
    for (id, mut lines) in lines {
        lines.sort_by_key(|(line, _)| *line);
        let mut draft = Draft::default();
        for (_, row) in lines {
            draft.line(row, &mut Cells::new(row, findings), names);
        }
        drafts.insert(id, draft);
    }
    let mut places = Places::new();
    let mut tests = Vec::new();
    for id in order {
        let Some(draft) = drafts.get(id) else { continue };
        places.insert(id.to_owned(), draft.places.clone());
        tests.extend(test(id, draft, &drafts, findings));
    }
    (tests, places)
}

/// One test as its own lines say it.
#[derive(Default)]
struct Draft<'a> {
    first: Option<&'a Row>,
    like: Option<(&'a Row, String)>,
    on: Option<PartialDate>,
    /// A day stands in some row, readable or not.
    dated: bool,
    basis: String,
    given: Vec<Given>,
    places: Vec<Place>,
    expect: Vec<Expectation>,
}

impl<'a> Draft<'a> {
    fn line(&mut self, row: &'a Row, cells: &mut Cells<'_>, names: &Names<'_>) {
        self.first.get_or_insert(row);
        if let Some(like) = cells.optional("like") {
            self.like = Some((row, like));
        }
        self.dated |= cells.optional("on").is_some();
        if let Some(on) = cells.date("on") {
            if on.full().is_none() {
                let cell = row.cell("on");
                cells.wrong("on", cell, "年月日のそろった日付", "a date with year, month and day");
            }
            self.on = Some(on);
        }
        if let Some(basis) = cells.optional("basis") {
            self.basis = basis;
        }
        let expected = cells.list("procedure");
        self.given.extend(given::read(cells, names, expected.is_empty()));
        if let Some(expectation) = (!expected.is_empty()).then(|| expectation(cells)).flatten() {
            for procedure in expected {
                self.places.push(row.place.clone());
                self.expect.push(Expectation { procedure, ..expectation.clone() });
            }
        }
    }
}

/// What a line expects, but for the procedure.
fn expectation(cells: &mut Cells<'_>) -> Option<Expectation> {
    let statuses =
        ["required", "may-apply", "not-needed", "undecided"].map(|status| (status, status));
    let status = cells.one_of("status", &statuses, None)?;
    let deadline = match cells.row.cell("deadline") {
        "" => None,
        "-" => Some(None),
        _ => Some(Some(cells.date("deadline")?)),
    };
    let covered_by = match cells.row.cell("covered_by") {
        "" => None,
        "-" => Some(None),
        procedure => Some(Some(procedure.to_owned())),
    };
    let (not, bring): (Vec<_>, Vec<_>) =
        cells.list("bring").into_iter().partition(|item| item.starts_with('!'));
    Some(Expectation {
        procedure: String::new(),
        person: cells.optional("person"),
        status: status.to_owned(),
        deadline,
        covered_by,
        bring,
        bring_not: not.iter().map(|item| item.trim_start_matches('!').to_owned()).collect(),
    })
}

/// A test with what it takes over; without a full day at the counter it is none, and that is found.
fn test(
    id: &str,
    draft: &Draft<'_>,
    drafts: &BTreeMap<&str, Draft<'_>>,
    findings: &mut Vec<Finding>,
) -> Option<TestRow> {
    let mut chain = vec![draft];
    let mut seen = BTreeSet::from([id]);
    let mut current = draft;
    while let Some((row, like)) = &current.like {
        let Some(next) = drafts.get(like.as_str()).filter(|_| seen.insert(like)) else {
            let cell = like.as_str();
            Cells::new(row, findings).wrong(
                "like",
                cell,
                "この表の別のテストの名前（自分自身に戻らないもの）",
                "the name of another test of this sheet that does not lead back to this one",
            );
            return None;
        };
        chain.push(next);
        current = next;
    }
    let on = chain.iter().find_map(|draft| draft.on);
    if on.is_none() && !chain.iter().any(|draft| draft.dated) {
        let finding = draft.first?.place.error(
            "wrong-value",
            "on",
            format!("テスト「{id}」に窓口の日がありません。"),
            "このテストの行のどれかで、on に年月日を書いてください。",
        );
        findings.push(finding.english(
            format!("The test \"{id}\" has no day at the counter."),
            "Write a date into `on` in one of its lines.",
        ));
    }
    let given = chain.iter().rev().flat_map(|draft| &draft.given);
    Some(TestRow {
        id: id.to_owned(),
        on: on.filter(|on| on.full().is_some())?,
        basis: draft.basis.clone(),
        facts: given::facts(given),
        expect: draft.expect.clone(),
    })
}

#[cfg(test)]
mod tests {
    use kakanai_rules::pack::Pack;
    use serde_json::json;

    use crate::finding::Finding;
    use crate::fixture::Packs;
    use crate::load::load_with_findings;

    const HEADINGS: &str =
        "test,line,like,on,person,given,procedure,status,deadline,covered_by,bring,basis\n";

    fn read(lines: &str) -> (Pack, Vec<Finding>) {
        let packs = Packs::new();
        packs
            .write(
                "base/facts",
                "id,subject,type,expression\ngrown,person,yes-no,person.age >= 20\n",
            )
            .write("base/tests", &format!("{HEADINGS}{lines}"));
        let loaded = load_with_findings(&packs.path("base")).unwrap();
        let of_tests = |finding: &Finding| finding.sheet == "base/sheets/tests.csv";
        let findings = loaded.findings.into_iter().filter(of_tests);
        // That these procedures are not there is for the checks.
        (loaded.pack, findings.filter(|finding| !finding.kind.starts_with("unknown-p")).collect())
    }

    #[test]
    fn what_a_test_is_given_and_expects_is_read_line_by_line() {
        let (pack, findings) = read(
            "t,10,,,p2,,,,,,,\n\
             t,2,,,p1,moving=yes birth_date=1990-00-00 certificates=inkan pension=unknown,,,,,,\n\
             t,1,,2026-11-20,,\"event=tennyu also_events=tenkyo,setai already_done=juki.tennyu@2026-11-02,a.b\",,,,,,T1 法22条\n\
             t,11,,,,,a.b c.d,required,2026-12-04,-,id !seal,\n\
             t,12,,,p1,,e.f,may-apply,-,a.b,,\n",
        );
        assert!(findings.iter().all(|finding| finding.kind == "unknown-item"), "{findings:#?}");
        let test = &pack.tests[0];
        assert_eq!(
            (test.on.to_string().as_str(), test.basis.as_str()),
            ("2026-11-20", "T1 法22条")
        );
        assert_eq!(
            test.facts,
            json!({
                "case": {
                    "event": "tennyu",
                    "also_events": ["tenkyo", "setai"],
                    "already_done": [{"procedure": "juki.tennyu", "when": "2026-11-02"}, {"procedure": "a.b"}],
                },
                "people": [
                    {"id": "p1", "moving": true, "birth_date": "1990-00-00", "certificates": ["inkan"],
                     "pension": {"value": null, "answer": "unknown"}},
                    {"id": "p2"},
                ],
            })
        );
        let expected: Vec<_> = test
            .expect
            .iter()
            .map(|expected| {
                let day = expected.deadline.map(|day| day.map(|day| day.to_string()));
                (
                    expected.procedure.as_str(),
                    expected.person.as_deref(),
                    day,
                    expected.covered_by.clone(),
                )
            })
            .collect();
        let day = || Some(Some("2026-12-04".to_owned()));
        assert_eq!(
            expected,
            [
                ("a.b", None, day(), Some(None)),
                ("c.d", None, day(), Some(None)),
                ("e.f", Some("p1"), Some(None), Some(Some("a.b".to_owned()))),
            ]
        );
        assert_eq!(
            (&test.expect[1].bring[..], &test.expect[1].bring_not[..]),
            (&["id".to_owned()][..], &["seal".to_owned()][..])
        );
        assert!(test.expect[2].bring.is_empty() && test.expect[2].bring_not.is_empty());
    }

    #[test]
    fn a_test_like_another_changes_what_it_says_itself() {
        let (pack, findings) = read(
            "c,1,b,,,event=setai,a.b,required,,,,\n\
             b,1,a,,p1,moving=no,,,,,,\n\
             b,2,,,p2,,,,,,,\n\
             a,1,,2026-11-20,,event=tennyu from=abroad,a.b,required,,,,own\n\
             a,2,,,p1,moving=yes sex=male,,,,,,\n",
        );
        assert!(findings.is_empty(), "{findings:#?}");
        let c = &pack.tests[0];
        assert_eq!(c.on.to_string(), "2026-11-20");
        assert_eq!(
            c.facts,
            json!({"case": {"event": "setai", "from": "abroad"},
                   "people": [{"id": "p1", "moving": false, "sex": "male"}, {"id": "p2"}]})
        );
        assert_eq!((c.expect.len(), c.basis.as_str()), (1, ""));
    }

    #[test]
    fn a_line_that_cannot_be_read_is_found() {
        let table = [
            ("t,1,,,,event=tennyu,,,,,,", "on", "窓口の日がありません"),
            ("t,1,,2026-11-00,,event=tennyu,,,,,,", "on", "2026-11-00"),
            ("t,x,,2026-11-20,,event=tennyu,,,,,,", "line", "「x」"),
            ("t,1,t,2026-11-20,,event=tennyu,,,,,,", "like", "「t」"),
            ("t,1,u,2026-11-20,,event=tennyu,,,,,,", "like", "「u」"),
            ("t,1,,2026-11-20,,event,,,,,,", "given", "「event」"),
            ("t,1,,2026-11-20,,event=tenyu,,,,,,", "given", "「event=tenyu」"),
            ("t,1,,2026-11-20,,evnet=tennyu,,,,,,", "given", "「evnet」"),
            ("t,1,,2026-11-20,,moving=yes,,,,,,", "given", "「moving=yes」"),
            ("t,1,,2026-11-20,p1,event=tennyu,,,,,,", "given", "「event=tennyu」"),
            ("t,1,,2026-11-20,p1,grown=yes,,,,,,", "given", "「grown=yes」"),
            ("t,1,,2026-11-20,,already_done=a@gestern,,,,,,", "given", "gestern"),
            ("t,1,,2026-11-20,p 1,moving=yes,,,,,,", "person", "「p 1」"),
            ("t,1,,2026-11-20,,,a.b,yes,,,,", "status", "「yes」"),
            ("t,1,,2026-11-20,,,a.b,required,morgen,,,", "deadline", "「morgen」"),
        ];
        for (line, column, text) in table {
            let (_, findings) = read(&format!("{line}\n"));
            let found = findings.iter().find(|finding| finding.column == column);
            let found = found.unwrap_or_else(|| panic!("{line}: {findings:#?}"));
            assert!(found.text.contains(text), "{line}: {}", found.text);
            assert_eq!(found.row, 2, "{line}");
        }
    }
}
