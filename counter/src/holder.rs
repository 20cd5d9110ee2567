//! Whose a document is (本人の突き合わせ): the holder of a card, or somebody on a sheet, among the people of a case.
//!
//! Only name and birth date, both equal character by character, decide by themselves. Whatever is merely alike is
//! proposed, and the clerk chooses.

use kakanai_rules::{FactSet, Subject, Value};
use kakanai_text::{PartialDate, is_like_name};

use crate::case::Case;

/// What a person is recognised by.
#[derive(Clone, Copy, Default)]
pub struct Traits<'a> {
    /// Name as it was written.
    pub name: Option<&'a str>,
    /// Kana.
    pub kana: Option<&'a str>,
    /// Birth date.
    pub birth_date: Option<PartialDate>,
}

/// How alike two people are; what is alike most comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// Name and birth date are equal.
    Exact,
    /// The same birth date, and the name but for spaces, width, variants or kana.
    NameWrittenOtherwise,
    /// The same birth date.
    BirthDateOnly,
    /// The same name, perhaps written otherwise.
    NameOnly,
    /// Nothing known of them is alike.
    None,
}

/// Somebody of the household.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Person id.
    pub person: String,
    /// How alike.
    pub likeness: Likeness,
}

/// Whose a document is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holder {
    /// Surely this person, who need not be in the household yet.
    Known(String),
    /// Nobody for sure: everybody in the household, those most alike first.
    Ask(Vec<Candidate>),
}

impl Likeness {
    /// Stable id.
    pub fn id(self) -> &'static str {
        match self {
            Likeness::Exact => "exact",
            Likeness::NameWrittenOtherwise => "name-written-otherwise",
            Likeness::BirthDateOnly => "birth-date-only",
            Likeness::NameOnly => "name-only",
            Likeness::None => "none",
        }
    }
}

impl<'a> Traits<'a> {
    /// From the values of facts.
    pub fn of(value: impl Fn(&str) -> Option<&'a Value>) -> Traits<'a> {
        let text = |fact: &str| match value(fact) {
            Some(Value::Text(text)) if !text.trim().is_empty() => Some(text.as_str()),
            _ => None,
        };
        let birth_date = match value("birth_date") {
            Some(Value::Date(date)) => Some(*date),
            _ => None,
        };
        Traits { name: text("name"), kana: text("name_kana"), birth_date }
    }

    /// Of a member of the household.
    pub fn of_person(facts: &'a FactSet, person: &str) -> Traits<'a> {
        let subject = Subject::Person(person.to_owned());
        Traits::of(|fact| facts.value(&subject, fact))
    }

    fn is_blank(self) -> bool {
        self.name.is_none() && self.birth_date.is_none()
    }

    /// How alike two people are.
    pub fn likeness(self, other: Traits<'_>) -> Likeness {
        let born = self.birth_date.is_some() && self.birth_date == other.birth_date;
        let written = [self.name, self.kana].into_iter().flatten();
        let named = written
            .flat_map(|one| {
                [other.name, other.kana].into_iter().flatten().map(move |two| (one, two))
            })
            .any(|(one, two)| is_like_name(one, two));
        match (born, named) {
            (true, _) if self.name.is_some() && self.name == other.name => Likeness::Exact,
            (true, true) => Likeness::NameWrittenOtherwise,
            (true, false) => Likeness::BirthDateOnly,
            (false, true) => Likeness::NameOnly,
            (false, false) => Likeness::None,
        }
    }
}

/// Everybody in the household, those most alike first.
pub fn candidates(facts: &FactSet, who: &Traits<'_>) -> Vec<Candidate> {
    let candidate = |person: &kakanai_rules::Person| Candidate {
        person: person.id.clone(),
        likeness: who.likeness(Traits::of_person(facts, &person.id)),
    };
    let mut all: Vec<Candidate> = facts.people().iter().map(candidate).collect();
    all.sort_by_key(|candidate| candidate.likeness);
    all
}

/// Whose a document with these traits is. In an empty household it is the first person's; and of one person of whom
/// nothing is known yet.
pub(crate) fn holder(case: &Case, who: &Traits<'_>) -> Holder {
    let all = candidates(&case.facts, who);
    match all.as_slice() {
        [] => Holder::Known(case.next_person()),
        [only] if Traits::of_person(&case.facts, &only.person).is_blank() => {
            Holder::Known(only.person.clone())
        }
        [first, rest @ ..]
            if first.likeness == Likeness::Exact
                && rest.first().is_none_or(|next| next.likeness != Likeness::Exact) =>
        {
            Holder::Known(first.person.clone())
        }
        _ => Holder::Ask(all),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn traits<'a>(name: &'a str, kana: &'a str, birth_date: &str) -> Traits<'a> {
        let some = |text: &'a str| (!text.is_empty()).then_some(text);
        Traits { name: some(name), kana: some(kana), birth_date: birth_date.parse().ok() }
    }

    #[test]
    fn only_name_and_birth_date_together_and_equal_decide() {
        let sheet = traits("大王　花子", "ダイオウ　ハナコ", "1985-04-01");
        for (card, likeness) in [
            (traits("大王　花子", "", "1985-04-01"), Likeness::Exact),
            (traits("大王 花子", "", "1985-04-01"), Likeness::NameWrittenOtherwise),
            (traits("大王花子", "", "1985-04-01"), Likeness::NameWrittenOtherwise),
            (traits("だいおう　はなこ", "", "1985-04-01"), Likeness::NameWrittenOtherwise),
            (traits("大王　華子", "", "1985-04-01"), Likeness::BirthDateOnly),
            (traits("", "", "1985-04-01"), Likeness::BirthDateOnly),
            (traits("大王　花子", "", "1985-04-02"), Likeness::NameOnly),
            (traits("大王　花子", "", ""), Likeness::NameOnly),
            (traits("見本　太郎", "", "1960-01-01"), Likeness::None),
            (traits("", "", ""), Likeness::None),
        ] {
            assert_eq!(card.likeness(sheet), likeness);
            assert_eq!(sheet.likeness(card), likeness);
        }
        assert_eq!(traits("", "", "").likeness(traits("", "", "")), Likeness::None);
    }
}
