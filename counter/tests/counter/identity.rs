//! 本人確認 and the page of the 転出証明書.

use kakanai_counter::Counter;
use kakanai_counter::door::{
    CaseView, CertificateInput, CertificatePersonInput, DoorError, FactValueInput, IdentityInput,
    PersonInput, SignInInput, StaffView,
};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::windows::{answer, counter_with, journal, set_up};
use crate::{pack_folder, passphrase};

fn counter() -> (Counter, TempDir) {
    let home = tempfile::tempdir().unwrap();
    let counter = counter_with(&pack_folder(), &home);
    set_up(&counter);
    (counter, home)
}

fn add(counter: &Counter, name: &str) -> StaffView {
    let input = PersonInput {
        id: None,
        name: name.to_owned(),
        name_kana: String::new(),
        birth_date: String::new(),
        sex: String::new(),
        relation: String::new(),
        moving: true,
    };
    counter.person_save(input).unwrap()
}

pub fn seen(visitor: &str, documents: &[&str]) -> IdentityInput {
    IdentityInput {
        visitor: visitor.to_owned(),
        person: None,
        documents: documents.iter().map(|id| (*id).to_owned()).collect(),
        valid_cards: Vec::new(),
        proxy_letter: None,
        agent_name: String::new(),
        agent_address: String::new(),
    }
}

fn case(view: StaffView) -> CaseView {
    view.case.unwrap()
}

fn code(refused: Result<StaffView, DoorError>) -> String {
    refused.unwrap_err().code
}

fn fact(case: &CaseView, person: Option<&str>, id: &str) -> Option<(Value, String)> {
    let facts = match person {
        None => &case.facts,
        Some(person) => &case.people.iter().find(|one| one.id == person)?.facts,
    };
    let fact = facts.iter().find(|fact| fact.id == id)?;
    Some((fact.value.clone(), fact.source.clone()))
}

#[test]
fn one_document_with_a_photograph_is_enough_or_two_without() {
    let (counter, _home) = counter();
    let view = case(counter.case_new("tennyu").unwrap());
    let alone: Vec<_> = view.identity.offered.iter().filter(|one| one.alone).collect();
    assert!(alone.iter().any(|one| one.id == "mynumber-card" && one.text == "マイナンバーカード"));
    assert!(view.identity.offered.iter().any(|one| one.id == "bank-book" && !one.alone));
    assert_eq!(view.identity.proxy_for, ["agent"]);

    for (documents, enough) in [
        (&[][..], false),
        (&["licence"][..], true),
        (&["bank-book"][..], false),
        (&["bank-book", "bank-book"][..], false),
        (&["bank-book", "student-card"][..], true),
        (&["bank-book", "passport"][..], true),
        (&["my-word"][..], false),
    ] {
        counter.case_new("tennyu").unwrap();
        match counter.identity(seen("self", documents)) {
            Ok(view) => assert!(enough && case(view).identity.checked.is_some(), "{documents:?}"),
            Err(error) => {
                assert!(!enough && error.code == "identity-documents", "{documents:?} {error:?}");
                assert!(case(counter.staff_view()).identity.checked.is_none());
            }
        }
    }
}

#[test]
fn who_checked_what_and_when_stands_in_the_view_and_one_undo_takes_all_of_it_back() {
    let (counter, home) = counter();
    let id = case(counter.case_new("tennyu").unwrap()).id;
    add(&counter, "大王　花子");
    let input = IdentityInput {
        person: Some("p1".to_owned()),
        valid_cards: vec!["p1".to_owned()],
        ..seen("self", &["mynumber-card"])
    };
    let view = case(counter.identity(input).unwrap());
    let checked = view.identity.checked.as_ref().unwrap();
    assert_eq!(
        (checked.by.as_str(), &checked.documents[..]),
        ("見本 太郎", &["マイナンバーカード".to_owned()][..])
    );
    assert_eq!(checked.at.len(), "2026-11-20 10:42".len());
    for (person, id, value) in [
        (None, "visitor", json!("self")),
        (None, "visitor_person", json!("p1")),
        (None, "id_documents", json!(["mynumber-card"])),
        (Some("p1"), "mynumber_card", json!("valid")),
        (Some("p1"), "card_present", json!(true)),
    ] {
        assert_eq!(fact(&view, person, id), Some((value, "staff".to_owned())), "{id}");
    }
    assert!(!view.questions.iter().any(|one| one.fact == "visitor"), "nobody is asked again");
    assert!(!view.left.iter().any(|left| left.what == "identity"));

    let view = case(counter.undo().unwrap());
    assert!(view.identity.checked.is_none() && fact(&view, Some("p1"), "mynumber_card").is_none());
    assert!(view.left.first().is_some_and(|left| left.what == "identity" && left.count == 1));
    counter.identity(seen("household", &["residence-card"])).unwrap();
    counter.sign_out().unwrap();

    // Another start of the program knows it from the journal alone.
    let again = counter_with(&pack_folder(), &home);
    let input = SignInInput { account: "mihon".to_owned(), passphrase: passphrase() };
    again.sign_in(input).unwrap();
    let view = case(again.case_open(&id).unwrap());
    assert_eq!(view.identity.checked.unwrap().documents, ["在留カード"]);
    again.case_end().unwrap();
    again.case_open(&id).unwrap();
    assert_eq!(code(again.identity(seen("self", &["licence"]))), "case-closed");
    drop(counter);
    let kinds = journal(again, &home);
    assert_eq!(kinds.iter().filter(|kind| *kind == "IdentityChecked").count(), 2, "{kinds:?}");
}

#[test]
fn an_agent_shows_a_letter_where_the_procedure_needs_one_and_the_household_never_does() {
    let (counter, _home) = counter();
    for (event, visitor, letter, refused) in [
        ("tennyu", "agent", None, true),
        ("tennyu", "agent", Some(false), true),
        ("tennyu", "agent", Some(true), false),
        ("tennyu", "household", None, false),
        ("tennyu", "legal_representative", None, false),
        ("shibo", "undertaker", None, false),
        // Who only carries a notice of the family register is no agent (使者).
        ("shussei", "agent", None, false),
    ] {
        counter.case_new(event).unwrap();
        let input = IdentityInput {
            proxy_letter: letter,
            agent_name: "みほん　次郎".to_owned(),
            agent_address: "三重県みほん市本町1番地".to_owned(),
            ..seen(visitor, &["licence"])
        };
        match counter.identity(input) {
            Err(error) => assert!(refused && error.code == "identity-letter", "{event} {visitor}"),
            Ok(view) => {
                let view = case(view);
                assert!(!refused, "{event} {visitor}");
                let named = fact(&view, None, "agent_name").is_some();
                assert_eq!(named, visitor == "agent", "only an agent's name is kept: {visitor}");
            }
        }
    }
}

#[test]
fn a_card_that_has_run_out_proves_nobody_and_strangers_are_refused() {
    let (counter, _home) = counter();
    counter.case_new("tennyu").unwrap();
    add(&counter, "大王　花子");
    counter.answer(answer("mynumber_card", Some("p1"), json!("expired"))).unwrap();
    let shown = |person: &str, valid: &[&str]| IdentityInput {
        person: Some(person.to_owned()),
        valid_cards: valid.iter().map(|id| (*id).to_owned()).collect(),
        ..seen("self", &["mynumber-card"])
    };
    assert_eq!(code(counter.identity(shown("p1", &[]))), "identity-expired");
    assert_eq!(code(counter.identity(shown("p9", &[]))), "person-unknown");
    assert_eq!(code(counter.identity(shown("p1", &["p9"]))), "person-unknown");
    assert_eq!(code(counter.identity(seen("burglar", &["licence"]))), "fact-wrong-value");
    let long = IdentityInput { agent_name: "あ".repeat(201), ..seen("self", &["licence"]) };
    assert_eq!(code(counter.identity(long)), "identity-agent");
    counter.identity(shown("p1", &["p1"])).unwrap();
}

fn typed(fact: &str, value: Value) -> FactValueInput {
    FactValueInput { fact: fact.to_owned(), value }
}

fn row(id: Option<&str>, facts: Vec<FactValueInput>) -> CertificatePersonInput {
    CertificatePersonInput { id: id.map(str::to_owned), facts }
}

#[test]
fn the_page_has_the_papers_order_and_comes_with_moving_in_from_another_city_only() {
    let (counter, _home) = counter();
    let page = case(counter.case_new("tennyu").unwrap()).certificate.unwrap();
    let facts: Vec<_> = page.person.iter().map(|field| field.fact.as_str()).collect();
    assert_eq!(&facts[..5], ["name", "name_kana", "birth_date", "sex", "relation"]);
    let facts: Vec<_> = page.case.iter().map(|field| field.fact.as_str()).collect();
    assert_eq!(
        facts,
        ["previous_head_name", "previous_address", "new_address", "planned_out_date"]
    );
    let sex = page.person.iter().find(|field| field.fact == "sex").unwrap();
    assert_eq!((sex.kind.as_str(), sex.choices[0].text.as_str()), ("choice", "男"));
    assert!(!page.taken);

    counter.answer(answer("from", None, json!("abroad"))).unwrap();
    assert!(case(counter.staff_view()).certificate.is_none());
    assert!(case(counter.case_new("tenkyo").unwrap()).certificate.is_none());
}

#[test]
fn a_whole_family_is_taken_from_the_paper_in_one_step_with_its_source() {
    let (counter, _home) = counter();
    counter.case_new("tennyu").unwrap();
    add(&counter, "大王　花子");
    let page = || CertificateInput {
        case: vec![
            typed("previous_address", json!("東京都みほん区一丁目2番3号")),
            typed("planned_out_date", json!("2026-11-10")),
            typed("previous_head_name", json!("  ")),
        ],
        people: vec![
            row(
                Some("p1"),
                vec![typed("name", json!("大王　花子")), typed("relation", json!("head"))],
            ),
            row(
                None,
                vec![typed("name", json!("大王　一郎")), typed("birth_date", json!("2020-05-01"))],
            ),
            row(None, vec![typed("name", json!("大王　二郎")), typed("sex", json!("male"))]),
            row(None, vec![typed("name", json!(""))]),
        ],
        complete: true,
    };
    let view = case(counter.certificate(page()).unwrap());
    let names: Vec<_> = view.people.iter().map(|person| person.name.as_str()).collect();
    assert_eq!(names, ["大王　花子", "大王　一郎", "大王　二郎"]);
    let source = "certificate".to_owned();
    for (person, id, value) in [
        (None, "out_certificate", json!("paper")),
        (None, "planned_out_date", json!("2026-11-10")),
        (Some("p1"), "relation", json!("head")),
        (Some("p2"), "birth_date", json!("2020-05-01")),
        (Some("p3"), "moving", json!(true)),
    ] {
        assert_eq!(fact(&view, person, id), Some((value, source.clone())), "{id}");
    }
    assert_eq!(fact(&view, Some("p1"), "name").unwrap().1, "staff", "it was said before");
    assert!(view.certificate.unwrap().taken);
    assert!(!view.questions.iter().any(|one| one.fact == "people"), "everybody is named");

    let view = case(counter.undo().unwrap());
    assert!(view.people.len() == 1 && !view.certificate.unwrap().taken);
}

#[test]
fn a_wrong_page_keeps_nothing_and_has_no_place_for_what_does_not_belong_there() {
    let (counter, _home) = counter();
    counter.case_new("tennyu").unwrap();
    add(&counter, "大王　花子");
    for (case_facts, people, refused) in [
        (vec![typed("phone", json!("0597-00-0000"))], vec![], "fact-unknown"),
        (vec![typed("planned_out_date", json!("yesterday"))], vec![], "fact-wrong-value"),
        (vec![typed("new_address", json!("町".repeat(201)))], vec![], "fact-wrong-value"),
        (vec![], vec![row(Some("p7"), vec![typed("name", json!("だれか"))])], "person-unknown"),
        (vec![], vec![row(Some("p1"), vec![]), row(Some("p1"), vec![])], "person-twice"),
        (vec![], vec![row(None, vec![typed("mynumber", json!("000000000000"))])], "fact-unknown"),
    ] {
        let input = CertificateInput { case: case_facts, people, complete: false };
        assert_eq!(code(counter.certificate(input)), refused);
        let view = case(counter.staff_view());
        assert!(view.people.len() == 1 && fact(&view, None, "out_certificate").is_none());
    }
}
