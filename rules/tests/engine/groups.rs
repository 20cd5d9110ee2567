//! Groups: the open questions of one group about one subject follow each other at once.

use kakanai_rules::Detail;

use super::build::Rows;
use super::seen::see;

fn rows() -> Rows {
    Rows::new()
        .ask("has_dog event has_moped phone name has_motorbike sex")
        .household("p")
        .rule("p required", &["event is tennyu"])
        .with(|row| {
            row.asks = ["phone", "name", "sex", "has_motorbike"].map(str::to_owned).to_vec()
        })
        .household("q")
        .rule("q required", &["has_dog is yes"])
        .household("r")
        .rule("r required", &["has_moped is yes"])
}

#[test]
fn the_first_open_question_of_a_group_brings_the_others_along() {
    let pack =
        rows().group("things", "has_dog has_moped has_motorbike").group("who", "name sex").pack();
    let seen = see(&pack, &["event=tennyu", "p1: moving=yes", "p2: moving=yes"]);
    let order = [
        "has_dog",
        "has_moped",
        "has_motorbike",
        "phone",
        "p1.name",
        "p1.sex",
        "p2.name",
        "p2.sex",
    ];
    assert_eq!(seen.asks(), order);
    assert_eq!(seen.asks_all(), order);
    let step = seen.engine.step(&seen.facts, seen.on, "ja");
    assert_eq!(step.next, seen.questions(Detail::Next).into_iter().next());
    // What was answered leaves the screen, what is not open never stood on it.
    assert_eq!(see(&pack, &["has_dog=no event=setai"]).asks(), ["has_moped"]);
}

#[test]
fn on_one_screen_a_question_does_not_wait_for_the_one_before_it() {
    let rows = || {
        Rows::new()
            .ask("out_certificate planned_out_date move_date")
            .household("p")
            .rule("p required", &["out_certificate is paper", "planned_out_date < 2026-11-20"])
            .rule("p required", &["out_certificate is card", "move_date < 2026-11-20"])
    };
    assert_eq!(see(&rows().pack(), &[]).asks(), ["out_certificate"]);
    let pack = rows().group("out", "out_certificate planned_out_date").pack();
    assert_eq!(see(&pack, &[]).asks(), ["out_certificate", "planned_out_date"]);
    assert_eq!(see(&pack, &["out_certificate=card"]).asks(), ["move_date"]);
    assert!(see(&pack, &["out_certificate=none"]).asks().is_empty());
}

#[test]
fn without_groups_the_order_is_the_authors() {
    let seen_pack = rows().pack();
    let seen = see(&seen_pack, &["event=tennyu", "p1: moving=yes", "p2: moving=yes"]);
    let order = [
        "has_dog",
        "has_moped",
        "phone",
        "has_motorbike",
        "p1.name",
        "p2.name",
        "p1.sex",
        "p2.sex",
    ];
    assert_eq!(seen.asks(), order);
    assert!(seen.questions(Detail::Next).iter().all(|question| question.group.is_none()));
}

#[test]
fn a_question_carries_its_group_and_the_short_words_of_a_checklist() {
    let pack = rows()
        .group("things", "has_dog has_moped")
        .text("question.q-has_dog", "犬を飼っていますか。", "")
        .text("question.q-has_dog.short", "犬を飼っている", "")
        .text("question.q-has_moped", "原付がありますか。", "")
        .text("group.things", "あてはまるものはありますか。", "")
        .text("group.things.staff", "一つずつ読み上げます。", "")
        .pack();
    let seen = see(&pack, &["event=setai"]);
    let asked = seen.questions(Detail::Next);
    let shown: Vec<_> =
        asked.iter().map(|question| (question.group.as_deref(), question.short.as_str())).collect();
    assert_eq!(shown, [(Some("things"), "犬を飼っている"), (Some("things"), "原付がありますか。")]);
    let group = seen.engine.group("things", "ja", seen.on).unwrap();
    assert_eq!(
        (group.text.as_str(), group.why.as_str(), group.staff_text.as_str()),
        ("あてはまるものはありますか。", "", "一つずつ読み上げます。")
    );
    assert_eq!(seen.engine.group("nothing", "ja", seen.on), None);
}

#[test]
fn questions_written_before_there_were_groups_can_be_read() {
    let old = r#"{"id":"event","number":1,"fact":"event","person":null,"type":"choice","choices":[],
        "many":false,"text":"","why":"","staff_text":"","private":false,"at_home":true}"#;
    let question: kakanai_rules::Question = serde_json::from_str(old).unwrap();
    assert_eq!((question.group, question.suggested), (None, None));
    let pack = rows().pack();
    let seen = see(&pack, &[]);
    let json = serde_json::to_string(&seen.questions(Detail::Next)).unwrap();
    assert!(!json.contains("group") && !json.contains("suggested"), "{json}");
}
