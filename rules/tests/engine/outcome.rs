//! What stands beside a decision: the notice that covers it, papers, fees, things to bring, reasons.

use super::build::{Rows, exists, member_fact};
use super::seen::{Seen, see};
use kakanai_rules::expression::Expression;

fn covered(seen: &Seen<'_>, which: &str) -> Option<String> {
    seen.decision(which).covered_by
}

#[test]
fn the_first_required_notice_covers_a_procedure_and_spares_its_papers() {
    let pack = Rows::new()
        .household("in")
        .rule("in required", &["event is tennyu"])
        .household("within")
        .rule("within required", &["event is tenkyo"])
        .person("p")
        .with(|row| row.covered_by = vec!["in".to_owned(), "within".to_owned()])
        .rule("p required", &["insurance_before is kokuho"])
        .rule("p may-apply", &["insurance_before is none"])
        .paper("p form-p")
        .paper("in form-in")
        .bring("p card each", &[])
        .pack();
    for (facts, person, by) in [
        ("event=tennyu", "p1: insurance_before=kokuho", Some("in")),
        ("event=tenkyo", "p1: insurance_before=kokuho", Some("within")),
        ("event=tennyu also_events=tenkyo", "p1: insurance_before=kokuho", Some("in")),
        ("event=tenkyo", "p1: insurance_before=none", Some("within")),
        ("event=tennyu", "p1: insurance_before=seiho", None),
        ("event=setai", "p1: insurance_before=kokuho", None),
        ("event=tennyu already_done=in", "p1: insurance_before=kokuho", None),
        ("", "p1: insurance_before=kokuho", None),
    ] {
        let seen = see(&pack, &[facts, person]);
        assert_eq!(covered(&seen, "p p1").as_deref(), by, "{facts} {person}");
        let decision = seen.decision("p p1");
        let active = matches!(decision.status.id(), "required" | "may-apply");
        assert_eq!(decision.papers.is_empty(), !active || by.is_some(), "{facts} {person}");
        assert_eq!(decision.bring.is_empty(), !active, "what it takes is still brought");
    }
}

#[test]
fn a_notice_about_one_person_covers_only_theirs() {
    let pack = Rows::new()
        .person("notice")
        .rule("notice required", &["moving is yes"])
        .person("p")
        .with(|row| row.covered_by = vec!["notice".to_owned()])
        .rule("p required", &[])
        .household("h")
        .with(|row| row.covered_by = vec!["notice".to_owned()])
        .rule("h required", &[])
        .pack();
    let seen = see(&pack, &["p1: moving=no", "p2: moving=yes"]);
    assert_eq!(covered(&seen, "p p1"), None);
    assert_eq!(covered(&seen, "p p2").as_deref(), Some("notice"));
    assert_eq!(seen.decision("h").covered_by.as_deref(), Some("notice"));
}

#[test]
fn a_row_with_a_form_of_its_own_is_not_covered() {
    let pack = Rows::new()
        .household("in")
        .rule("in required", &["event is tennyu"])
        .household("p")
        .with(|row| row.covered_by = vec!["in".to_owned()])
        .rule("p required", &["new_household is yes"])
        .rule("p required own_form", &["same_lot is yes"])
        .paper("p form-p")
        .pack();
    let plain = see(&pack, &["event=tennyu new_household=yes same_lot=no"]);
    assert_eq!(covered(&plain, "p").as_deref(), Some("in"));
    let own = see(&pack, &["event=tennyu new_household=yes same_lot=yes"]).decision("p");
    assert_eq!((own.covered_by, own.papers.len()), (None, 1));
}

#[test]
fn papers_and_fees_have_versions_and_belong_to_active_procedures() {
    let pack = Rows::new()
        .text("form.new", "新しい届", "")
        .text("fee.copy", "写し1通", "")
        .household("p")
        .rule("p required", &["event is tennyu"])
        .paper("p old by=move_date until=2026-10-31")
        .paper("p new by=move_date from=2026-11-01")
        .paper("p gone until=2026-11-19")
        .fee("p copy 300 until=2026-12-31")
        .fee("p copy 400 from=2027-01-01")
        .fee("p other -")
        .pack();
    let forms = |facts: &str| -> Vec<String> {
        see(&pack, &[facts]).decision("p").papers.into_iter().map(|paper| paper.form).collect()
    };
    assert_eq!(forms("event=tennyu move_date=2026-10-31"), ["old"]);
    assert_eq!(forms("event=tennyu move_date=2026-11-01"), ["new"]);
    assert_eq!(
        forms("event=tennyu"),
        ["old", "new"],
        "while the day is unknown either may be meant"
    );
    assert!(forms("event=setai move_date=2026-11-01").is_empty());
    let decision = see(&pack, &["event=tennyu move_date=2026-11-01"]).decision("p");
    assert_eq!(decision.papers[0].text, "新しい届");
    let fees: Vec<_> =
        decision.fees.iter().map(|fee| (fee.id.as_str(), fee.text.as_str(), fee.yen)).collect();
    assert_eq!(fees, [("copy", "写し1通", Some(300)), ("other", "fee.other", None)]);
    assert!(see(&pack, &["event=setai"]).decision("p").fees.is_empty());
}

#[test]
fn a_thing_is_named_once_with_everybody_who_brings_it() {
    let pack = Rows::new()
        .text("bring.card", "カード", "")
        .household("p")
        .rule("p required", &["moving is yes"])
        .bring("p id visitor", &[])
        .bring("p card each", &["mynumber_card is valid"])
        .bring("p card each", &["nationality is foreign"])
        .bring("p card visitor", &["event is tennyu"])
        .bring("p pass each", &["nationality is foreign"])
        .bring("p letter visitor", &["residence_status is tokuei"])
        .bring("p gone each until=2026-11-19", &[])
        .pack();
    let bring = |lines: &[&str]| -> Vec<(String, String)> {
        let things = see(&pack, lines).decision("p").bring;
        things.into_iter().map(|thing| (thing.id, thing.who.join(" "))).collect()
    };
    let things = |things: &[(&str, &str)]| -> Vec<(String, String)> {
        things.iter().map(|(id, who)| ((*id).to_owned(), (*who).to_owned())).collect()
    };
    assert_eq!(
        bring(&[
            "event=tennyu",
            "p1: moving=yes nationality=jp mynumber_card=valid",
            "p2: moving=yes nationality=foreign mynumber_card=valid",
            "p3: moving=yes nationality=foreign mynumber_card=none residence_status=tokuei",
            "p4: moving=no nationality=foreign mynumber_card=valid",
        ]),
        things(&[("id", ""), ("card", "p1 p2 p3"), ("pass", "p2 p3"), ("letter", "")])
    );
    // What is not known is not asked for.
    assert_eq!(bring(&["p1: moving=yes", "p2: moving=no"]), things(&[("id", "")]));
    assert!(bring(&["p1: moving=no nationality=foreign"]).is_empty());
    let decision = see(&pack, &["p1: moving=yes mynumber_card=valid"]).decision("p");
    assert_eq!(decision.bring[1].text, "カード");
}

#[test]
fn the_reason_says_the_rule_and_the_values_it_read() {
    let pack = Rows::new()
        .text("rule.p-1", "引っ越してきたためです", "")
        .text("fact.event", "用件", "")
        .text("choice.event.tennyu", "転入", "")
        .text("choice.event.setai", "世帯変更", "")
        .text("fact.move_date", "異動日", "")
        .text("word.yes", "はい", "")
        .text("fact.age", "年齢", "")
        .household("p")
        .rule("p required", &["event is tennyu", "move_date <= @counter_date"])
        .rule("p required", &["event is tenkyo"])
        .rule("p except", &["same_lot is yes"])
        .person("q")
        .rule("q may-apply", &["age >= 65"])
        .pack();
    let because = |lines: &[&str], which: &str| -> Vec<(String, String)> {
        let reasons = see(&pack, lines).decision(which).because;
        reasons.into_iter().map(|reason| (reason.rule, reason.text)).collect()
    };
    let one = |rule: &str, text: &str| vec![(rule.to_owned(), text.to_owned())];
    assert_eq!(
        because(&["event=tennyu move_date=2026-11-10 same_lot=no"], "p"),
        one("p-1", "引っ越してきたためです（用件：転入、異動日：令和8年11月10日(火)）")
    );
    // Without a text the values stand alone; what is not needed says what failed, or the exception.
    let mut failed = one("p-1", "用件：世帯変更");
    failed.extend(one("p-2", "用件：世帯変更"));
    assert_eq!(because(&["event=setai same_lot=no"], "p"), failed);
    assert_eq!(because(&["same_lot=yes"], "p"), one("p-3", "same_lot：はい"));
    assert_eq!(because(&["event=tennyu"], "p"), []);
    assert_eq!(because(&["p1: birth_date=1956-01-01"], "q p1"), one("q-1", "年齢：70"));
}

#[test]
fn the_reason_of_a_household_names_the_member() {
    let pack = Rows::new()
        .text("rule.p-1", "お子さんがいるためです", "")
        .text("fact.relation", "続柄", "")
        .text("choice.relation.child", "子", "")
        .household("p")
        .rule("p required", &["relation is child"])
        .household("q")
        .rule_if("q required", &[], exists(Expression::Holds(member_fact("moving"))))
        .text("fact.moving", "異動", "")
        .pack();
    let seen = see(
        &pack,
        &[
            "p1: name=見本太郎 relation=head moving=no",
            "p2: name=みほん花子 relation=child moving=yes",
        ],
    );
    assert_eq!(seen.decision("p").because[0].text, "お子さんがいるためです（みほん花子 続柄：子）");
    assert_eq!(seen.decision("q").because[0].text, "みほん花子 異動：yes");
}

#[test]
fn a_decision_carries_what_its_procedure_says() {
    let pack = Rows::new()
        .text("note.p", "お早めに", "")
        .household("p")
        .with(|row| {
            row.notes = vec!["note.p".to_owned()];
            row.discreet = true;
            row.signed_off = true;
        })
        .rule("p required", &["event is tennyu"])
        .pack();
    let decision = see(&pack, &["event=tennyu"]).decision("p");
    assert_eq!((decision.law.as_str(), decision.office.as_str()), ("law of p", "citizen"));
    assert_eq!(
        (decision.notes, decision.discreet, decision.signed_off),
        (vec!["お早めに".to_owned()], true, true)
    );
    assert!(see(&pack, &["event=setai"]).decision("p").notes.is_empty());
}

#[test]
fn needs_lists_what_keeps_a_procedure_undecided_and_nothing_else() {
    let pack = Rows::new()
        .household("p")
        .rule("p required", &["event is tennyu", "moving is yes", "move_date > 2026-11-01"])
        .rule("p except", &["same_lot is yes"])
        .pack();
    let all = ["event", "p1.moving", "move_date", "same_lot"];
    assert_eq!(see(&pack, &["p1:"]).needs("p"), all);
    assert_eq!(see(&pack, &["event=unknown", "p1:"]).needs("p"), all);
    let partial =
        see(&pack, &["event=tennyu move_date=2026-11-00", "p1: moving=yes", "p2: moving=no"]);
    assert_eq!(partial.needs("p"), ["move_date", "same_lot"]);
    let unnamed = see(
        &pack,
        &["event=tennyu same_lot=no move_date=2026-11-10", "p1: moving=no", "incomplete"],
    );
    assert_eq!(unnamed.needs("p"), ["people"]);
    assert!(see(&pack, &["event=setai", "p1:"]).needs("p").is_empty());
    assert!(see(&pack, &["same_lot=yes", "p1:"]).needs("p").is_empty());
}

#[test]
fn a_paper_is_needed_for_whom_its_conditions_name_or_when_the_case_asks_for_it() {
    let pack = Rows::new()
        .ask("event phone same_lot moving relation")
        .household("p")
        .rule("p required", &["event is tennyu", "moving is yes"])
        .paper_when("p rows", &["relation is child"])
        .paper_when("p letter", &["same_lot is yes"])
        .paper_when("p both", &["same_lot is yes", "relation is head"])
        .pack();
    let papers = |facts: &str, lines: &[&str]| -> Vec<String> {
        let lines: Vec<&str> = [facts].into_iter().chain(lines.iter().copied()).collect();
        let papers = see(&pack, &lines).decision("p").papers;
        papers
            .into_iter()
            .map(|paper| format!("{} {}", paper.form, paper.people.join(" ")))
            .collect()
    };
    let family = ["p1: moving=yes relation=head", "p2: moving=no relation=child"];
    assert_eq!(papers("event=tennyu same_lot=no", &family), ["rows p2"]);
    let all = ["rows p2", "letter p1", "both p1"];
    assert_eq!(papers("event=tennyu same_lot=yes", &family), all);
    let alone = ["p1: moving=yes relation=spouse"];
    assert_eq!(papers("event=tennyu same_lot=yes", &alone), ["letter p1"]);
    assert!(papers("event=tennyu", &alone).is_empty(), "an open condition is no paper");
    let seen = see(&pack, &["event=tennyu", "p1: moving=yes"]);
    assert_eq!(seen.asks(), ["same_lot", "p1.relation"], "but it is asked");
    assert!(see(&pack, &["event=setai", "p1: moving=yes"]).asks().is_empty());
}
