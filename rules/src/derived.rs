//! Facts that follow from others: ages, and what the household's own facts already say.
//!
//! An age is reached at the end of the day before the birthday (年齢計算ニ関スル法律), so somebody born on 1 April
//! belongs to the older school year. With unknown parts of the birth date the age is a range.

use std::borrow::Cow;

use jiff::civil::Date;
use kakanai_text::PartialDate;

use crate::fact::{Answer, Fact, FactSet, Source, Subject, Value};

/// Full years on a day (満年齢) as counters use it: grows on the birthday.
pub const AGE: &str = "age";
/// The age that will have been reached by the coming 31 March (年度末年齢).
pub const FISCAL_AGE: &str = "fiscal_age";

/// Whether `fact` is derived, and from which person fact.
pub fn base_of(fact: &str) -> Option<&'static str> {
    matches!(fact, AGE | FISCAL_AGE).then_some("birth_date")
}

/// Smallest and largest value of a derived fact on the day `on`.
pub fn range(fact: &str, birth: PartialDate, on: Date) -> Option<(i64, i64)> {
    let (first, last) = birth.range()?;
    let at = |born: Date| match fact {
        FISCAL_AGE => Some(reached_by(born, end_of_fiscal_year(on))),
        AGE => Some(full_years(born, on)),
        _ => None,
    };
    Some((at(last)?, at(first)?))
}

fn full_years(born: Date, on: Date) -> i64 {
    let had_birthday = (on.month(), on.day()) >= (born.month(), born.day());
    i64::from(on.year()) - i64::from(born.year()) - i64::from(!had_birthday)
}

/// Years reached at the end of `day`: the day before the birthday already counts.
fn reached_by(born: Date, day: Date) -> i64 {
    day.tomorrow().map_or_else(|_| full_years(born, day), |next| full_years(born, next))
}

fn end_of_fiscal_year(on: Date) -> Date {
    let year = if on.month() >= 4 { on.year().saturating_add(1) } else { on.year() };
    Date::new(year, 3, 31).unwrap_or(on)
}

/// `facts` with what follows from them, so that nobody is asked for it (source `derived`):
///
/// - the new head's name (`new_head_name`) is the name of the member whose relation is `head`;
/// - on a move the previous address is the address on the document a mover showed.
pub fn complete(facts: &FactSet) -> Cow<'_, FactSet> {
    let people = || facts.people().iter().map(|person| Subject::Person(person.id.clone()));
    let is =
        |subject: &Subject, fact: &str, value: Value| facts.value(subject, fact) == Some(&value);
    let head = || {
        let head =
            people().find(|person| is(person, "relation", Value::Choice("head".to_owned())))?;
        facts.value(&head, "name").cloned()
    };
    let shown_address = || {
        let moves = ["tennyu", "tenkyo", "tenshutsu"].map(|event| Value::Choice(event.to_owned()));
        facts.value(&Subject::Case, "event").filter(|event| moves.contains(event))?;
        let document = |source: Source| {
            matches!(
                source,
                Source::Card | Source::Licence | Source::ResidenceCard | Source::Certificate
            )
        };
        people()
            .filter_map(|person| facts.get(&person, "address"))
            .find(|address| document(address.source))
            .and_then(|address| match &address.answer {
                Answer::Known(value) => Some(value.clone()),
                Answer::Unknown | Answer::Declined => None,
            })
    };
    let missing = |fact: &str| facts.get(&Subject::Case, fact).is_none();
    let mut derived: Vec<(&str, Value)> = Vec::new();
    derived
        .extend(missing("new_head_name").then(head).flatten().map(|name| ("new_head_name", name)));
    derived.extend(
        missing("previous_address")
            .then(shown_address)
            .flatten()
            .map(|address| ("previous_address", address)),
    );
    if derived.is_empty() {
        return Cow::Borrowed(facts);
    }
    let mut facts = facts.clone();
    for (fact, value) in derived {
        let statement =
            Fact { answer: Answer::Known(value), source: Source::Derived, settles: false };
        facts.state(&Subject::Case, fact, statement);
    }
    Cow::Owned(facts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_asked_what_the_household_already_said() {
        let person = Subject::Person("p1".to_owned());
        let say =
            |facts: &mut FactSet, subject: &Subject, fact: &str, value: Value, source: Source| {
                facts.state(
                    subject,
                    fact,
                    Fact { answer: Answer::Known(value), source, settles: false },
                );
            };
        let mut facts = FactSet::default();
        say(&mut facts, &Subject::Case, "event", Value::Choice("tennyu".to_owned()), Source::Staff);
        say(&mut facts, &person, "name", Value::Text("大王　花子".to_owned()), Source::Card);
        say(&mut facts, &person, "address", Value::Text("見本県".to_owned()), Source::Staff);
        assert!(matches!(complete(&facts), Cow::Borrowed(_)));
        say(&mut facts, &person, "address", Value::Text("見本県".to_owned()), Source::Card);
        say(&mut facts, &person, "relation", Value::Choice("head".to_owned()), Source::Staff);
        let complete = complete(&facts).into_owned();
        for (fact, value) in [("new_head_name", "大王　花子"), ("previous_address", "見本県")]
        {
            let derived = complete.get(&Subject::Case, fact).unwrap();
            assert_eq!(derived.source, Source::Derived);
            assert_eq!(derived.answer, Answer::Known(Value::Text(value.to_owned())));
        }
    }

    fn range_of(fact: &str, birth: &str, on: &str) -> Option<(i64, i64)> {
        range(fact, birth.parse().unwrap(), on.parse().unwrap())
    }

    #[test]
    fn born_on_the_first_of_april_belongs_to_the_older_year() {
        assert_eq!(range_of(FISCAL_AGE, "2010-04-01", "2028-03-31"), Some((18, 18)));
        assert_eq!(range_of(FISCAL_AGE, "2010-04-01", "2028-04-01"), Some((19, 19)));
        assert_eq!(range_of(FISCAL_AGE, "2010-04-02", "2028-04-01"), Some((18, 18)));
        assert_eq!(range_of(FISCAL_AGE, "2010-04-02", "2029-03-31"), Some((18, 18)));
        assert_eq!(range_of(FISCAL_AGE, "2010-04-02", "2029-04-01"), Some((19, 19)));
    }

    #[test]
    fn unknown_parts_give_a_range() {
        assert_eq!(range_of(AGE, "2000-00-00", "2026-11-20"), Some((25, 26)));
        assert_eq!(range_of(AGE, "2000-11-00", "2026-11-20"), Some((25, 26)));
        assert_eq!(range_of(AGE, "2000-10-00", "2026-11-20"), Some((26, 26)));
        assert_eq!(range_of(AGE, "0000-00-00", "2026-11-20"), None);
        assert_eq!(range_of(AGE, "2008-02-29", "2026-02-28"), Some((17, 17)));
    }
}
