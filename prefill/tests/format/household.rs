//! Any household: what may be asked at home comes back, whatever the order of the codes; nothing else travels.

use jiff::civil::Date;
use kakanai_prefill::{Added, EncodeError, Given, Medium, Parts, encode, open, submission};
use kakanai_rules::{
    Answer, Fact, FactDef, FactSet, FactType, Sensitivity, Source, Subject, SubjectKind, Value,
};
use kakanai_text::PartialDate;
use proptest::prelude::*;

use crate::chance::Chance;
use crate::sample::{MUNICIPALITY, PACK, joined, keys, making, sheet};

/// A household whose every fact of the vocabulary may be there, with what its sheet must give.
pub struct Household {
    pub facts: FactSet,
    pub expected: FactSet,
    pub at_counter: Vec<(Subject, String)>,
}

impl Household {
    pub fn any(seed: u64, people: usize, filled: usize) -> Household {
        let mut chance = Chance(seed);
        let complete = chance.below(2) == 0;
        let mut household = Household {
            facts: FactSet::unfinished(),
            expected: FactSet::unfinished(),
            at_counter: Vec::new(),
        };
        household.facts.household_complete = complete;
        household.expected.household_complete = complete;
        // The ids need not be those that a sheet gives out.
        let ids: Vec<String> = (0..people).map(|place| format!("m{}", place * 3 + 2)).collect();
        for (place, id) in ids.iter().enumerate() {
            household.facts.add_person(id);
            household.expected.add_person(&format!("p{}", place + 1));
        }
        for def in PACK.vocabulary().iter() {
            let places: Vec<Option<usize>> = match def.subject {
                SubjectKind::Case => vec![None],
                SubjectKind::Person => (0..people).map(Some).collect(),
            };
            for place in places {
                if chance.below(100) < filled {
                    household.state(def, place, &ids, &mut chance);
                }
            }
        }
        household.at_counter.sort();
        household
    }

    fn state(&mut self, def: &FactDef, place: Option<usize>, ids: &[String], chance: &mut Chance) {
        let subject = |prefix: &dyn Fn(usize) -> String| place.map(prefix).into();
        let said: Subject = subject(&|place| ids[place].clone());
        let read: Subject = subject(&|place| format!("p{}", place + 1));
        let mut questions = PACK.questions.iter().filter(|row| row.at_home && !row.retired);
        let asked =
            def.sensitivity != Sensitivity::Discreet && questions.any(|row| row.fact == def.id);
        let (answer, expected) = match chance.below(20) {
            0 => (Answer::Unknown, None),
            1 => (Answer::Declined, None),
            _ => match value(def, ids, chance) {
                Some((value, expected)) => (Answer::Known(value), Some(expected)),
                None => return,
            },
        };
        let source = *chance.one(&[Source::Resident, Source::File, Source::Staff]);
        self.facts.state(&said, &def.id, Fact { answer, source, settles: false });
        match expected {
            _ if !asked => {}
            Some(value) => {
                let answer = Answer::Known(value);
                let fact = Fact { answer, source: Source::Qr, settles: false };
                self.expected.state(&read, &def.id, fact);
            }
            None => self.at_counter.push((read, def.id.clone())),
        }
    }
}

/// A value of a fact, and the value that must come back.
fn value(def: &FactDef, ids: &[String], chance: &mut Chance) -> Option<(Value, Value)> {
    let options: Vec<&str> = PACK
        .choices
        .iter()
        .filter(|row| row.fact == def.id && !row.retired)
        .map(|row| row.value.as_str())
        .collect();
    let same = |value: Value| Some((value.clone(), value));
    match def.kind {
        FactType::YesNo => same(Value::YesNo(chance.below(2) == 0)),
        FactType::Choice if options.is_empty() => None,
        FactType::Choice => same(Value::Choice((*chance.one(&options)).to_owned())),
        FactType::Choices => {
            let chosen = options.iter().filter(|_| chance.below(3) == 0);
            same(Value::Choices(chosen.map(|option| (*option).to_owned()).collect()))
        }
        FactType::Date => same(Value::Date(date(chance))),
        FactType::Number => same(Value::Number(match chance.below(3) {
            0 => chance.next() as i64,
            _ => chance.below(2_000) as i64 - 1_000,
        })),
        FactType::Text => same(Value::Text(text(chance))),
        FactType::PersonId if ids.is_empty() => None,
        FactType::PersonId => {
            let place = chance.below(ids.len());
            let read = format!("p{}", place + 1);
            Some((Value::PersonId(ids[place].clone()), Value::PersonId(read)))
        }
        FactType::DoneList => None,
    }
}

fn date(chance: &mut Chance) -> PartialDate {
    let part = |chance: &mut Chance, most: usize| match chance.below(10) {
        0 => 0,
        _ => chance.below(most) + 1,
    };
    let year = part(chance, 9_998) as i16;
    let (month, day) = (part(chance, 12) as i8, part(chance, 31) as i8);
    PartialDate::new(year, month, day).unwrap_or_else(|_| Date::constant(1926, 12, 25).into())
}

fn text(chance: &mut Chance) -> String {
    const PIECES: &[&str] = &[
        "大",
        "王",
        "花",
        "子",
        "　",
        "髙",
        "﨑",
        "神\u{fa19}",
        "葛\u{e0100}",
        "辻\u{e0101}",
        "𠮷",
        "ガ",
        "ﾊﾟ",
        "ヷ",
        "(株)",
        "①",
        "12-3",
        "=cmd|'",
        "\"",
        "\\",
        "<b>",
        "नेपाल",
        "Đặng",
        "한국",
        "\u{e000}",
        "😀",
    ];
    (0..chance.below(60)).map(|_| *chance.one(PIECES)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_household_comes_back_from_its_codes_in_any_order(
        seed: u64, people in 0_usize..7, filled in 0_usize..60, paper: bool,
    ) {
        let household = Household::any(seed, people, filled);
        let medium = if paper { Medium::Paper } else { Medium::Phone };
        let sheet = match encode(&PACK, &household.facts, &keys().1, &making(medium)) {
            Err(EncodeError::TooLong) => return Ok(()),
            sheet => sheet.unwrap(),
        };
        let mut chance = Chance(seed ^ 1);
        let mut parts = Parts::new();
        let of = sheet.texts.len();
        while parts.message().is_none() {
            let at = chance.below(of);
            let before = parts.state();
            match parts.add(&sheet.texts[at]) {
                Added::New { index, .. } => {
                    prop_assert_eq!(usize::from(index), at + 1);
                    prop_assert!(!before.have.contains(&index));
                }
                Added::Repeated { index, .. } => prop_assert!(before.have.contains(&index)),
                other => prop_assert!(false, "{:?}", other),
            }
        }
        let submission = open(&parts.message().unwrap(), &[keys().0], MUNICIPALITY).unwrap();
        let mut imported = submission.import(&PACK);
        imported.at_counter.sort();
        prop_assert_eq!(imported.facts, household.expected);
        prop_assert_eq!(imported.at_counter, household.at_counter);
        prop_assert!(imported.refused.is_empty() && imported.withdrawn.is_empty());
    }

    #[test]
    fn a_missing_code_is_named_and_a_damaged_one_is_not_taken(
        seed: u64, missing: proptest::sample::Index, at: proptest::sample::Index, by in 1_u8..10,
    ) {
        let texts = sheet(&Household::any(seed, 4, 25).facts, Medium::Phone).texts;
        let missing = missing.index(texts.len());
        let mut parts = Parts::new();
        for (place, text) in texts.iter().enumerate().filter(|(place, _)| *place != missing) {
            let index = (place + 1) as u8;
            prop_assert_eq!(parts.add(text), Added::New { index, of: texts.len() as u8 });
        }
        prop_assert_eq!(parts.message(), None);
        prop_assert!(!parts.state().have.contains(&((missing + 1) as u8)));
        prop_assert_eq!(parts.state().have.len() + 1, texts.len());
        let mut damaged = texts[missing].clone().into_bytes();
        let at = at.index(damaged.len());
        damaged[at] = b'0' + (damaged[at] - b'0' + by) % 10;
        let added = parts.add(&String::from_utf8(damaged).unwrap());
        prop_assert!(matches!(added, Added::Damaged | Added::NotOurs), "{:?}", added);
        parts.add(&texts[missing]);
        prop_assert_eq!(parts.message().map(|message| message.len()), Some(joined(&texts).len()));
    }
}

#[test]
fn what_is_discreet_or_not_for_the_home_never_travels_whoever_said_it() {
    let household = Household::any(7, 3, 100);
    let said = submission(&PACK, &household.facts, &making(Medium::Paper), [0; 8]).unwrap();
    let vocabulary = PACK.vocabulary();
    let numbers = said.people.iter().chain([&said.case]).flat_map(|answers| answers.keys());
    let mut count = 0;
    for number in numbers {
        let row = PACK.questions.iter().find(|row| row.number == *number).unwrap();
        assert!(row.at_home && !row.retired, "{}", row.id);
        let open = |def: &FactDef| def.sensitivity != Sensitivity::Discreet;
        assert!(row.fact == "people" || vocabulary.get(&row.fact).is_some_and(open), "{}", row.id);
        count += 1;
    }
    assert!(count > 150, "{count}");
    assert!(household.facts.get(&Subject::Case, "dv_support").is_some());
}

#[test]
fn a_text_or_a_choice_that_cannot_travel_is_named_without_its_value() {
    let p1 = Subject::Person("p1".to_owned());
    let bell = Value::Text("大王\u{7}".to_owned());
    let long = Value::Text("大".repeat(201));
    for (subject, fact, value, code) in [
        (&p1, "name", bell, "text-not-allowed"),
        (&Subject::Case, "new_address", long, "text-not-allowed"),
        (&p1, "sex", Value::Choice("x".to_owned()), "value-without-number"),
        (&p1, "name", Value::YesNo(true), "value-without-number"),
    ] {
        let mut facts = FactSet::default();
        let answer = Answer::Known(value);
        facts.state(subject, fact, Fact { answer, source: Source::Resident, settles: false });
        let refusal = encode(&PACK, &facts, &keys().1, &making(Medium::Phone)).unwrap_err();
        assert_eq!(refusal.code(), code);
        assert!(refusal.to_string().starts_with(fact) && !refusal.to_string().contains('大'));
    }
}

#[test]
fn kana_typed_with_a_separate_mark_are_composed() {
    let mut facts = FactSet::default();
    let answer = Answer::Known(Value::Text("カ\u{3099}神\u{fa19}".to_owned()));
    let p1 = Subject::Person("p1".to_owned());
    facts.state(&p1, "name", Fact { answer, source: Source::Resident, settles: false });
    let said = submission(&PACK, &facts, &making(Medium::Phone), [0; 8]).unwrap();
    assert!(said.people[0].values().any(|given| *given == Given::Text("ガ神\u{fa19}".to_owned())));
}
