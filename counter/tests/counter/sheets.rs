//! The papers of a visit: nothing required is missing on a sheet, nothing discreet stands on a shared one.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use jiff::civil::{Date, date};
use kakanai_counter::characters::Settled;
use kakanai_counter::event::{Outcome, Outcomes};
use kakanai_counter::papers::{self, CHECK, DISCREET, GUIDE, Packet, PacketPaper, Visit};
use kakanai_forms::{FontSet, Mark};
use kakanai_rules::pack::{Dated, PaperRow};
use kakanai_rules::{
    Answer, Determination, Engine, Fact, FactSet, FactType, Pack, Source, Status, Subject,
    SubjectKind, Value, parse_facts,
};

use crate::kept;
use kakanai_counter::shelf::KeptPack;

const ON: Date = date(2026, 11, 20);

/// A household that moves in and asks for protection.
const PROTECTED: &str = r#"{"case":{"event":"tennyu","from":"other_pref","move_date":"2026-11-10",
    "planned_out_date":"2026-11-09","out_certificate":"paper","dv_support":true,"has_dog":true,
    "new_address":"みほん県みほん市中央一丁目2番地3","phone":"000-0000-0000","wants_certificates":true},
  "people":[
    {"id":"p1","name":"大王　花子","birth_date":"1985-04-01","sex":"female","relation":"head","moving":true,
     "nationality":"jp","insurance_after":"kokuho","mynumber_card":"valid","seal_registration":true,
     "certificates":["juminhyo"],"copies":2},
    {"id":"p2","name":"大王　太郎","birth_date":"2018-05-05","sex":"male","relation":"child","moving":true,
     "nationality":"jp","insurance_after":"kokuho","mynumber_card":"none","certificates":["juminhyo"],"copies":1}]}"#;

struct Made {
    packet: Packet,
    determination: Determination,
}

fn fonts() -> &'static FontSet {
    static FONTS: OnceLock<FontSet> = OnceLock::new();
    FONTS.get_or_init(|| FontSet::debian().unwrap())
}

fn pack() -> &'static Pack {
    static KEPT: OnceLock<KeptPack> = OnceLock::new();
    KEPT.get_or_init(kept).pack()
}

fn make(pack: &Pack, facts: &FactSet, lang: &str) -> Made {
    make_after(pack, facts, lang, &Outcomes::new())
}

fn make_after(pack: &Pack, facts: &FactSet, lang: &str, outcomes: &Outcomes) -> Made {
    let engine = Engine::new(pack);
    let determination = engine.determine(facts, ON, lang);
    let visit = Visit {
        slip: &kakanai_counter::slip::Slip::NoCase,
        outcomes,
        engine: &engine,
        facts,
        determination: &determination,
        lang,
        case: "A-0001",
        settled: &Settled::default(),
    };
    let packet = papers::prepare(&visit, fonts(), &[]).unwrap();
    Made { packet, determination }
}

/// The text of a paper, column by column, without white space.
fn text(paper: &PacketPaper) -> String {
    let mut columns: BTreeMap<i32, String> = BTreeMap::new();
    for mark in paper.paper.pages.iter().flat_map(|page| &page.marks) {
        if let Mark::Run(run) = mark {
            let column = columns.entry(format!("{:.0}", run.x * 10.0).parse().unwrap());
            column.or_default().push_str(&squeeze(&run.text));
        }
    }
    columns.into_values().collect::<Vec<_>>().join("\n")
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect()
}

fn ids(papers: &[PacketPaper]) -> Vec<&str> {
    papers.iter().map(|paper| paper.id.as_str()).collect()
}

#[test]
fn the_packet_holds_the_forms_by_counter_and_then_the_sheets() {
    let pack = pack();
    let facts = parse_facts(PROTECTED, &pack.vocabulary()).unwrap();
    let Made { packet, .. } = make(pack, &facts, "ja");
    assert!(packet.refusals.is_empty(), "{:?}", packet.refusals);
    let ids = ids(&packet.papers);
    assert!(ids.starts_with(&["juki-ido"]), "{ids:?}");
    assert!(ids.ends_with(&["fees", "counters", GUIDE]), "{ids:?}");
    let apart: Vec<&str> = packet.apart.iter().map(|paper| paper.id.as_str()).collect();
    assert_eq!(apart, ["gakudo", CHECK, "tenki", DISCREET]);

    let whole = packet.pdf(&[], fonts()).unwrap();
    let named: Vec<String> = packet.papers.iter().map(|paper| paper.id.clone()).collect();
    assert!(whole == packet.pdf(&named, fonts()).unwrap(), "something else is in the packet");

    let fees = text(packet.paper("fees").unwrap());
    assert!(fees.contains("900円"), "two copies and one: {fees}");
    let signatures: usize = packet.papers.iter().map(|paper| paper.signatures).sum();
    let guide = text(packet.paper(GUIDE).unwrap());
    assert!(guide.contains(&format!("ご署名は{signatures}か所です")), "{guide}");
}

#[test]
fn what_became_of_a_procedure_decides_where_it_stands_on_the_sheets() {
    let pack = pack();
    let facts = parse_facts(PROTECTED, &pack.vocabulary()).unwrap();
    let became = |kind: &str, until: Option<&str>, note: &str| {
        let people = ["p1", "p2"].map(str::to_owned).to_vec();
        let until = until.map(|day| day.parse().unwrap());
        let outcome = Outcome { kind: kind.to_owned(), until, note: note.to_owned() };
        let outcomes = Outcomes::from([(("juki.tennyu".to_owned(), people), outcome)]);
        let Made { packet, .. } = make_after(pack, &facts, "ja", &outcomes);
        [GUIDE, CHECK].map(|id| text(packet.paper(id).unwrap()))
    };
    for (kind, until, note, on_guide, on_check) in [
        ("taken", None, "", "きょう申請した手続き", "処理結果：受付済み"),
        (
            "paper-to-follow",
            Some("2026-12-04"),
            "在留カード",
            "残りの書類を令和8年12月4日(金)までに出してください。在留カード",
            "処理結果：受付済み（書類は令和8年12月4日(金)まで）（在留カード）",
        ),
        (
            "missing",
            None,
            "転出証明書",
            "きょうは足りないものがあり、受け付けていません。転出証明書",
            "処理結果：きょうは受け付けず（転出証明書）",
        ),
        (
            "section",
            None,
            "3番窓口",
            "担当の窓口でお手続きください。3番窓口",
            "処理結果：担当課へ案内（3番窓口）",
        ),
        ("already-done", None, "", "ご家族", "処理結果：手続き済み"),
    ] {
        let [guide, check] = became(kind, until, note);
        assert!(guide.contains(on_guide), "{kind}: {guide}");
        assert!(check.contains(on_check), "{kind}: {check}");
        let stands = guide.contains("転入届");
        assert_eq!(stands, kind != "already-done", "{kind}: {guide}");
    }
    let Made { packet, .. } = make(pack, &facts, "ja");
    assert!(!text(packet.paper(CHECK).unwrap()).contains("処理結果"));
}

#[test]
fn what_is_discreet_stands_on_its_own_sheet_and_nowhere_else() {
    let mut pack = pack().clone();
    // Even a discreet procedure with a form of its own leaves the packet as it is.
    pack.papers.push(PaperRow {
        id: "shien".to_owned(),
        procedure: "juki.shien".to_owned(),
        form: "jidoteate-nintei".to_owned(),
        conditions: Vec::new(),
        dated: Dated::default(),
    });
    let facts = parse_facts(PROTECTED, &pack.vocabulary()).unwrap();
    for lang in ["ja", "en"] {
        let Made { packet, determination } = make(&pack, &facts, lang);
        let secret = determination.decisions.iter().find(|one| one.discreet).unwrap();
        assert_eq!(secret.status, Status::Required);
        let words = ["支援措置", "相談支援センター", "相手の目に触れる"];
        let sheet = packet.paper(DISCREET).unwrap();
        for word in words {
            assert!(text(sheet).contains(word), "{lang}: {word} is not on {}", text(sheet));
        }
        assert!(!sheet.title.contains("支援"), "{}", sheet.title);
        for paper in packet.papers.iter().chain(&packet.apart).filter(|one| one.id != DISCREET) {
            for word in words {
                assert!(!text(paper).contains(word), "{lang}: {word} is on {}", paper.id);
            }
            assert!(!paper.id.contains("jidoteate"), "{lang}: a discreet form is shared");
        }
        for refusal in &packet.refusals {
            let told = refusal.to_string();
            assert!(!told.contains("jidoteate") && !told.contains("児童"), "{told}");
        }
    }
}

#[test]
fn a_discreet_procedure_that_was_done_before_is_on_no_shared_paper_either() {
    let done =
        r#""dv_support":true,"already_done":[{"procedure":"juki.shien"},{"procedure":"gomi"}],"#;
    let facts = PROTECTED.replace("\"dv_support\":true,", done);
    let facts = parse_facts(&facts, &pack().vocabulary()).unwrap();
    let Made { packet, .. } = make(pack(), &facts, "ja");
    for paper in packet.papers.iter().chain(&packet.apart).filter(|one| one.id != DISCREET) {
        let text = text(paper);
        assert!(!text.contains("支援措置") && !text.contains("juki.shien"), "{}", paper.id);
    }
    let gomi = squeeze(&papers::title(pack(), "ja", "gomi", ON));
    assert!(text(packet.paper(CHECK).unwrap()).contains(&gomi));
}

#[test]
fn nobody_asked_means_no_discreet_sheet() {
    let pack = pack();
    let facts = PROTECTED.replace("\"dv_support\":true,", "");
    let facts = parse_facts(&facts, &pack.vocabulary()).unwrap();
    assert!(make(pack, &facts, "ja").packet.paper(DISCREET).is_none());
}

#[test]
fn a_discreet_fact_reaches_no_shared_form_that_asks_for_it() {
    let mut pack = pack().clone();
    let form = pack.forms.get_mut("juki-ido").unwrap();
    let asking = form.replace("case.previous_address_katagaki", "case.dv_support");
    assert!(*form != asking);
    *form = asking;
    let facts = parse_facts(PROTECTED, &pack.vocabulary()).unwrap();
    let Made { packet, .. } = make(&pack, &facts, "ja");
    // A value that came through would be none that the place can draw.
    assert!(packet.refusals.is_empty(), "{:?}", packet.refusals);
    assert!(packet.paper("juki-ido").is_some());
}

#[test]
fn the_blank_set_has_every_form_and_asks_nothing_discreet() {
    let pack = pack();
    let packet = papers::blank_set(pack, ON, fonts()).unwrap();
    assert!(packet.refusals.is_empty(), "{:?}", packet.refusals);
    let ids = ids(&packet.papers);
    for form in pack.forms.keys() {
        assert!(ids.contains(&form.as_str()), "{form} is not in {ids:?}");
    }
    for paper in ["questions-tennyu", "questions-tenshutsu", CHECK] {
        assert!(ids.contains(&paper), "{paper} is not in {ids:?}");
    }
    for paper in &packet.papers {
        assert!(!text(paper).contains("支援措置"), "{}", paper.id);
        assert!(paper.people.is_empty() && !paper.paper.pages.is_empty());
    }
    let check = text(packet.paper(CHECK).unwrap());
    for row in pack.procedures.iter().filter(|row| !row.discreet) {
        let title = squeeze(&papers::title(pack, "ja", &row.id, ON));
        assert!(check.contains(&title), "{title} is not on the empty check sheet");
    }
}

/// Pseudo-random numbers out of a seed that a failing run prints.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// A household of which anything at all may be known.
fn household(pack: &Pack, dice: &mut Dice) -> FactSet {
    let mut facts = FactSet::unfinished();
    facts.household_complete = dice.roll(2) == 0;
    let people = 1 + dice.roll(4);
    let mut subjects = vec![Subject::Case];
    for person in 1..=people {
        facts.add_person(&format!("p{person}"));
        subjects.push(Subject::Person(format!("p{person}")));
    }
    let vocabulary = pack.vocabulary();
    for subject in &subjects {
        let kind = if *subject == Subject::Case { SubjectKind::Case } else { SubjectKind::Person };
        for def in vocabulary.iter().filter(|def| def.subject == kind) {
            if dice.roll(3) == 0 || def.id == "counter_date" {
                continue;
            }
            let choices: Vec<&String> = def.values.iter().collect();
            let Some(value) = value(def.kind, &choices, people, dice) else { continue };
            let answer = if dice.roll(20) == 0 { Answer::Unknown } else { Answer::Known(value) };
            facts.state(subject, &def.id, Fact { answer, source: Source::Staff, settles: false });
        }
    }
    facts
}

fn value(kind: FactType, choices: &[&String], people: u64, dice: &mut Dice) -> Option<Value> {
    let pick = |dice: &mut Dice| {
        let count = u64::try_from(choices.len()).unwrap();
        (count > 0).then(|| choices[usize::try_from(dice.roll(count)).unwrap()].clone())
    };
    Some(match kind {
        FactType::YesNo => Value::YesNo(dice.roll(2) == 0),
        FactType::Choice => Value::Choice(pick(dice)?),
        FactType::Choices => Value::Choices(vec![pick(dice)?]),
        FactType::Number => Value::Number(i64::try_from(dice.roll(4)).unwrap()),
        FactType::Text => Value::Text("みほん".to_owned()),
        FactType::PersonId => Value::PersonId(format!("p{}", 1 + dice.roll(people))),
        FactType::Date => {
            let years = [1940, 1985, 2009, 2018, 2026];
            let year = years[usize::try_from(dice.roll(5)).unwrap()];
            Value::Date(format!("{year}-{:02}-14", 1 + dice.roll(11)).parse().unwrap())
        }
        FactType::DoneList => return None,
    })
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(10))]

    #[test]
    fn whatever_is_required_is_on_the_list_to_keep_and_on_the_check_sheet(seed in 0u64..1_000_000) {
        let pack = pack();
        let facts = household(pack, &mut Dice(seed));
        let lang = if seed % 2 == 0 { "ja" } else { "en" };
        let Made { packet, determination } = make(pack, &facts, lang);
        let (guide, check) = (packet.paper(GUIDE), packet.paper(CHECK));
        let (guide, check) = (text(guide.unwrap()), text(check.unwrap()));
        let required = |one: &&kakanai_rules::Decision| {
            one.status == Status::Required && !one.discreet
        };
        for decision in determination.decisions.iter().filter(required) {
            let title = squeeze(&papers::title(pack, "ja", &decision.procedure, ON));
            proptest::prop_assert!(guide.contains(&title), "{title} is not on the list: {guide}");
            proptest::prop_assert!(check.contains(&title), "{title} is not on the check: {check}");
        }
    }
}
