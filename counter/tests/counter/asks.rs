//! Screens of questions: answered in one step, by whoever's turn it is, and taken over for others.

use kakanai_counter::Counter;
use kakanai_counter::door::{
    AnswerInput, AnswersInput, AskView, CaseView, DisplayInput, QuestionView, ResidentScreen,
    SameForInput, StaffView,
};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::pack_folder;
use crate::windows::{answer, counter_with, set_up};

/// A case of somebody who moves in alone; the household is not said to be complete.
pub fn moving_in() -> (Counter, TempDir) {
    let home = tempfile::tempdir().unwrap();
    let counter = counter_with(&pack_folder(), &home);
    set_up(&counter);
    counter.case_new("tennyu").unwrap();
    add(&counter, "見本　太郎", "1984-02-29", "head");
    (counter, home)
}

pub fn add(counter: &Counter, name: &str, birth_date: &str, relation: &str) {
    let input = kakanai_counter::door::PersonInput {
        id: None,
        name: name.to_owned(),
        name_kana: "みほん".to_owned(),
        birth_date: birth_date.to_owned(),
        sex: "unknown".to_owned(),
        relation: relation.to_owned(),
        moving: true,
    };
    counter.person_save(input).unwrap();
}

pub fn case(view: StaffView) -> CaseView {
    view.case.unwrap()
}

/// No to everything that can be answered so, else the first choice.
pub fn plain_answer(question: &QuestionView) -> AnswerInput {
    let first = question.choices.first().map(|choice| choice.id.clone());
    let none = question.choices.iter().find(|choice| choice.id == "none");
    let choice = none.map(|choice| choice.id.clone()).or(first).unwrap_or_default();
    let value = match question.kind.as_str() {
        "yes-no" => json!(false),
        "choice" => json!(choice),
        "choices" => json!([choice]),
        "date" => json!("2026-11-10"),
        "number" => json!(1),
        "person-list" => json!(true),
        _ => json!("みほん"),
    };
    AnswerInput { value, ..answer(&question.fact, question.person.as_deref(), Value::Null) }
}

pub fn answers_to(ask: &AskView) -> AnswersInput {
    AnswersInput { answers: ask.questions.iter().map(plain_answer).collect() }
}

/// Answers every screen of the clerk's, whatever the resident is asked meanwhile.
pub fn answer_as_clerk(counter: &Counter) -> CaseView {
    for _ in 0..200 {
        let case = case(counter.staff_view());
        match case.asks.first() {
            Some(ask) if ask.turn == "staff" => {
                counter.answers(answers_to(ask)).unwrap();
            }
            _ => return case,
        }
    }
    panic!("the questions have no end");
}

/// Answers screens of the clerk's until one of this kind is asked.
fn until_asked(counter: &Counter, wanted: impl Fn(&AskView) -> bool) -> (CaseView, AskView) {
    for _ in 0..200 {
        let case = case(counter.staff_view());
        let of_clerk = |ask: &&AskView| ask.turn == "staff";
        if let Some(ask) = case.asks.iter().filter(of_clerk).find(|ask| wanted(ask)).cloned() {
            return (case, ask);
        }
        let ask = case.asks.iter().find(of_clerk).expect("a screen of this kind");
        counter.answers(answers_to(ask)).unwrap();
    }
    panic!("the questions have no end");
}

fn ids(case: &CaseView) -> Vec<String> {
    case.asks.iter().map(|ask| ask.id.clone()).collect()
}

#[test]
fn a_screen_is_answered_in_one_step_and_taken_back_in_one() {
    let (counter, _home) = moving_in();
    add(&counter, "見本　花子", "1986-07-15", "spouse");
    counter.answer(answer("people", None, json!(true))).unwrap();
    let (before, ask) = until_asked(&counter, |ask| ask.questions.len() > 1);
    let ask = &ask;
    let mut wrong = answers_to(ask);
    wrong.answers.last_mut().unwrap().value = json!({"no": "such value"});
    assert_eq!(counter.answers(wrong).unwrap_err().code, "fact-wrong-value");
    assert_eq!(ids(&case(counter.staff_view())), ids(&before), "nothing of it was kept");

    let after = case(counter.answers(answers_to(ask)).unwrap());
    assert!(!ids(&after).contains(&ask.id), "{:?}", ids(&after));
    let undone = case(counter.undo().unwrap());
    assert_eq!(ids(&undone), ids(&before));
    let nothing = AnswersInput { answers: Vec::new() };
    assert_eq!(counter.answers(nothing).unwrap_err().code, "answers-none");
}

#[test]
fn the_same_question_about_several_people_is_one_screen_that_names_nobody() {
    let (counter, _home) = moving_in();
    add(&counter, "見本　花子", "1986-07-15", "spouse");
    counter.answer(answer("people", None, json!(true))).unwrap();
    let (_, ask) = until_asked(&counter, |ask| ask.kind == "people");
    let people: Vec<_> = ask.questions.iter().map(|one| one.person.as_deref().unwrap()).collect();
    assert_eq!(people, ["p1", "p2"]);
    assert!(!ask.text.contains("{name}") && !ask.text.contains("見本"), "{}", ask.text);
    let told = &ask.questions[1];
    assert_eq!(told.person_name.as_deref(), Some("見本　花子"));
    assert!(!told.text.contains("{name}") && !told.text.contains("それぞれ"), "{}", told.text);
}

#[test]
fn answers_are_taken_over_for_others_and_identity_never() {
    let (counter, _home) = moving_in();
    add(&counter, "見本　花子", "1986-07-15", "spouse");
    let same = |from: &str, to: &[&str], facts: &[&str]| {
        let all = |list: &[&str]| list.iter().map(|&id| id.to_owned()).collect();
        counter.same_for(SameForInput { from: from.to_owned(), to: all(to), facts: all(facts) })
    };
    for (from, to, facts, code) in [
        ("p1", ["p2"], ["name"], "fact-of-identity"),
        ("p1", ["p2"], ["birth_date"], "fact-of-identity"),
        ("p1", ["p2"], ["mynumber_card"], "fact-of-identity"),
        ("p1", ["p2"], ["no_such_fact"], "fact-unknown"),
        ("p1", ["p2"], ["from"], "fact-unknown"),
        ("p1", ["p2"], ["pregnant"], "fact-private"),
        ("p1", ["p9"], ["school"], "person-unknown"),
        ("p1", ["p2"], ["school"], "answers-none"),
    ] {
        assert_eq!(same(from, &to, &facts).unwrap_err().code, code, "{facts:?}");
    }
    counter.answer(answer("insurance_after", Some("p1"), json!("shaho"))).unwrap();
    counter.answer(answer("pregnant", Some("p1"), json!(false))).unwrap();
    let view = case(same("p1", &["p2"], &[]).unwrap());
    let stated = |case: &CaseView, fact: &str| {
        let facts = &case.people[1].facts;
        facts.iter().find(|one| one.id == fact).map(|one| one.value.clone())
    };
    assert_eq!(stated(&view, "insurance_after"), Some(json!("shaho")));
    assert_eq!(stated(&view, "name"), Some(json!("見本　花子")));
    assert_eq!(stated(&view, "birth_date"), Some(json!("1986-07-15")));
    let opened = case(counter.private_open(true).unwrap());
    assert_eq!(stated(&opened, "pregnant"), None, "what is private is not taken over by the way");
    let undone = case(counter.undo().unwrap());
    assert_eq!(stated(&undone, "insurance_after"), None);
}

#[test]
fn a_private_screen_is_the_residents_until_the_clerk_takes_it_back() {
    let (counter, _home) = moving_in();
    let nobody = counter.resident_answers(AnswersInput { answers: Vec::new() });
    assert_eq!(nobody.unwrap_err().code, "answers-none");
    counter.answer(answer("people", None, json!(true))).unwrap();
    let mut met_private = false;
    for _ in 0..40 {
        let now = answer_as_clerk(&counter);
        if now.turn != "resident" {
            break;
        }
        let ResidentScreen::Questions { asks, answered } = counter.resident_view().screen else {
            panic!("the resident is not asked");
        };
        assert_eq!(answered, now.resident_answered);
        let asked = &asks[0].questions;
        if asked[0].fact == "phone" {
            assert_eq!(asked[0].pad, "digits");
        } else {
            met_private = true;
            let told = now.asks.iter().find(|ask| ask.private).unwrap();
            assert!(told.text.is_empty() && told.questions.is_empty(), "{told:?}");
            let shown = serde_json::to_string(&now.asks).unwrap();
            assert!(asked.iter().all(|one| !shown.contains(&one.fact)), "{shown}");
            let taken = case(counter.turn("staff").unwrap());
            let first = taken.asks.first().unwrap();
            assert!(taken.turn == "staff" && first.turn == "staff" && !first.text.is_empty());
            assert!(matches!(counter.resident_view().screen, ResidentScreen::Working { .. }));
            assert_eq!(case(counter.turn("resident").unwrap()).turn, "resident");
        }
        let other = AnswersInput { answers: vec![answer("from", None, json!("abroad"))] };
        assert_eq!(counter.resident_answers(other).unwrap_err().code, "not-your-turn");
        let answers = asked.iter().map(|one| AnswerInput {
            fact: one.fact.clone(),
            person: one.person.clone(),
            value: if one.kind == "yes-no" { json!(false) } else { json!("09000000000") },
            said: (one.kind != "yes-no" && one.fact != "phone").then(|| "declined".to_owned()),
        });
        counter.resident_answers(AnswersInput { answers: answers.collect() }).unwrap();
        let after = case(counter.staff_view());
        assert_eq!(after.resident_answered, answered + 1);
        for one in asked {
            let mut facts = after.facts.iter().chain(after.people.iter().flat_map(|p| &p.facts));
            if let Some(fact) = facts.find(|fact| fact.id == one.fact) {
                assert_eq!(fact.source, "resident");
            }
        }
    }
    assert!(met_private, "nothing private was asked");
    assert!(matches!(counter.resident_view().screen, ResidentScreen::Working { .. }));
}

#[test]
fn any_screen_can_be_handed_over_and_taken_back() {
    let (counter, _home) = moving_in();
    let before = case(counter.answer(answer("people", None, json!(true))).unwrap());
    assert_eq!(before.turn, "staff");
    let first = before.asks[0].id.clone();
    let handed = case(counter.turn("resident").unwrap());
    assert_eq!(handed.turn, "resident");
    assert_ne!(handed.asks[0].id, first, "the clerk goes on with the next one");
    assert!(handed.asks.iter().any(|ask| ask.id == first && ask.turn == "resident"));
    let ResidentScreen::Questions { asks, .. } = counter.resident_view().screen else {
        panic!("it was not handed over");
    };
    assert_eq!(asks[0].id, first);
    let back = case(counter.turn("staff").unwrap());
    assert_eq!((back.turn.as_str(), &back.asks[0].id), ("staff", &first));
    assert_eq!(counter.turn("nobody").unwrap_err().code, "turn-unknown");
}

#[test]
fn the_resident_chooses_language_and_display_and_the_next_person_finds_the_usual() {
    let (counter, home) = moving_in();
    let usual = counter.resident_view();
    assert_eq!((usual.lang.as_str(), usual.display.size), ("ja", 2));
    let offered: Vec<String> = usual.langs.iter().map(|lang| lang.id.clone()).collect();
    assert_eq!(offered, ["ja", "ja-x-easy", "en", "zh-Hans", "ko", "vi", "pt-BR", "fil", "ne"]);
    assert!(usual.texts["welcome.heading"].contains("{窓口|まどぐち}"));
    assert!(usual.texts_ja.is_empty() && !usual.draft);
    assert_eq!(counter.resident_lang("tlh").unwrap_err().code, "lang-unknown");
    let spoken = counter.resident_lang("vi").unwrap();
    assert_eq!(spoken.lang, "vi");
    assert!(spoken.draft && spoken.texts_ja["welcome.heading"].contains("窓口"));
    let view = case(counter.staff_view());
    assert_eq!(view.lang, "vi");
    let pair = view.asks[0].pair.as_ref().expect("the sentence in both languages");
    assert_eq!(pair.lang, "vi");
    assert_ne!(pair.ja, pair.said);
    assert_eq!(pair.number, view.asks[0].questions[0].number.to_string());
    assert!(view.pairs.iter().all(|pair| pair.lang == "vi" && !pair.said.contains("{n}")));
    assert!(!view.pairs.is_empty());

    let large = |size: u8, contrast: &str| {
        counter.resident_display(&DisplayInput {
            size,
            contrast: contrast.to_owned(),
            furigana: false,
        })
    };
    assert_eq!(large(5, "standard").unwrap_err().code, "display-unknown");
    assert_eq!(large(4, "pink").unwrap_err().code, "display-unknown");
    assert_eq!(large(4, "inverted").unwrap().display.size, 4);
    let id = view.id;
    counter.case_end().unwrap();
    let thanks = counter.resident_view();
    assert!(matches!(thanks.screen, ResidentScreen::Thanks));
    assert_eq!((thanks.lang.as_str(), thanks.display.size), ("vi", 4), "thanks are still theirs");
    counter.case_new("tennyu").unwrap();
    let next = counter.resident_view();
    assert_eq!((next.lang.as_str(), next.display.size), ("ja", 2));
    counter.case_end().unwrap();
    assert_eq!(case(counter.case_open(&id).unwrap()).lang, "vi", "kept with the case");
    drop(home);
}

#[test]
fn the_language_of_the_welcome_screen_is_that_of_the_case_that_follows() {
    let home = tempfile::tempdir().unwrap();
    let counter = counter_with(&pack_folder(), &home);
    set_up(&counter);
    assert_eq!(counter.resident_lang("ne").unwrap().lang, "ne");
    counter.case_new("tennyu").unwrap();
    assert_eq!(case(counter.staff_view()).lang, "ne");
    assert_eq!(counter.resident_view().lang, "ne");
    assert_eq!(case(counter.lang("ja").unwrap()).lang, "ja");
    assert!(case(counter.staff_view()).pairs.is_empty());
}

#[test]
fn a_call_stands_until_the_clerk_has_come() {
    let (counter, _home) = moving_in();
    assert!(!counter.resident_view().called);
    assert!(counter.resident_call().unwrap().called);
    let call = case(counter.staff_view()).call.unwrap();
    assert_eq!((call.count, call.screen.as_str()), (1, "working"));
    assert!(case(counter.call_seen().unwrap()).call.is_none());
    counter.resident_call().unwrap();
    assert_eq!(case(counter.staff_view()).call.unwrap().count, 2);
    counter.case_end().unwrap();
    assert!(!counter.resident_view().called);
}

#[test]
fn the_list_to_keep_says_what_is_done_here_and_what_is_left_in_the_residents_words() {
    let (counter, _home) = moving_in();
    counter.answer(answer("people", None, json!(true))).unwrap();
    counter.answer(answer("from", None, json!("other_pref"))).unwrap();
    counter.answer(answer("move_date", None, json!("2026-11-10"))).unwrap();
    counter.lang("en").unwrap();
    counter.list_show(true).unwrap();
    let ResidentScreen::List { entries } = counter.resident_view().screen else {
        panic!("the list is not shown");
    };
    let here = entries.iter().find(|entry| entry.state == "here").expect("a procedure of today");
    assert!(!here.ja.is_empty() && here.ja != here.title, "{here:?}");
    counter.list_show(false).unwrap();
    assert!(!matches!(counter.resident_view().screen, ResidentScreen::List { .. }));
    assert_eq!(counter.resident_view().progress.unwrap().of, 4);
}

#[test]
fn a_question_names_the_articles_that_wait_for_it_and_a_veiled_one_names_none() {
    let (counter, home) = moving_in();
    let mut named: Vec<String> = Vec::new();
    for _ in 0..30 {
        let view = case(counter.staff_view());
        for ask in &view.asks {
            assert!(ask.laws.len() <= 3, "{}: {:?}", ask.id, ask.laws);
            assert!(ask.id != "private" || ask.laws.is_empty());
            named.extend(ask.laws.iter().cloned());
        }
        let Some(ask) = view.asks.iter().find(|ask| ask.turn == "staff") else { break };
        counter.answers(answers_to(ask)).unwrap();
    }
    assert!(named.iter().any(|law| law.starts_with("住民基本台帳法22条")), "{named:?}");
    drop(home);
}

#[test]
fn the_staff_window_has_two_sizes_and_keeps_what_was_chosen_beyond_the_case() {
    let (counter, home) = moving_in();
    let drawn = |size: u8, contrast: &str| {
        counter.display(&DisplayInput { size, contrast: contrast.to_owned(), furigana: false })
    };
    assert_eq!(drawn(3, "standard").unwrap_err().code, "display-unknown");
    assert_eq!(drawn(1, "pink").unwrap_err().code, "display-unknown");
    drawn(2, "low").unwrap();
    counter.case_end().unwrap();
    let display = counter.staff_view().display;
    assert_eq!((display.size, display.contrast.as_str()), (2, "low"));
    assert_eq!(counter.resident_view().display.size, 2, "the resident's own");
    drop(home);
}
