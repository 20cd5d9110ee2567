//! Screens of questions (まとめて聞く): which open questions are said once and answered in one step.
//!
//! The pack says what belongs together and in which order; nothing here decides what is asked.

use kakanai_rules::Question;

use crate::privacy::resident_types;

/// How a screen is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AskKind {
    /// One question.
    One,
    /// The same question about several people.
    People,
    /// Yes-no rows; none ticked means no to all.
    Checklist,
    /// Fields.
    Page,
}

impl AskKind {
    /// As it crosses the door.
    pub fn id(self) -> &'static str {
        match self {
            AskKind::One => "one",
            AskKind::People => "people",
            AskKind::Checklist => "checklist",
            AskKind::Page => "page",
        }
    }
}

/// One screen.
#[derive(Debug, Clone)]
pub(crate) struct Ask {
    /// Stable while it is the same screen.
    pub id: String,
    /// How it is answered.
    pub kind: AskKind,
    /// The group whose words stand above, if it has any.
    pub group: Option<String>,
    /// Its questions, at least one.
    pub questions: Vec<Question>,
}

impl Ask {
    /// Private from the hall.
    pub fn is_private(&self) -> bool {
        self.questions.iter().any(|question| question.private)
    }

    /// Answered on the resident's window unless the clerk takes it back.
    pub fn is_the_residents(&self) -> bool {
        self.questions.iter().any(|question| question.private || resident_types(&question.fact))
    }

    /// Whether it asks for this fact of this person, or of the case.
    pub fn asks(&self, fact: &str, person: Option<&str>) -> bool {
        let this =
            |question: &Question| question.fact == fact && question.person.as_deref() == person;
        self.questions.iter().any(this)
    }
}

/// The screens of open questions, in order.
pub(crate) fn asks(open: Vec<Question>) -> Vec<Ask> {
    let mut gathered: Vec<(Option<String>, Vec<Question>)> = Vec::new();
    for question in open {
        // What the resident types stands on a screen of its own: the clerk fills the rest meanwhile.
        let group = question.group.clone().filter(|_| !resident_types(&question.fact));
        let with = |(other, questions): &&mut (Option<String>, Vec<Question>)| {
            questions.last().is_some_and(|last| match &group {
                Some(_) => *other == group && last.person == question.person,
                None => {
                    other.is_none()
                        && last.id == question.id
                        && last.person.is_some()
                        && question.person.is_some()
                }
            })
        };
        match gathered.iter_mut().find(with) {
            Some((_, questions)) => questions.push(question),
            None => gathered.push((group, vec![question])),
        }
    }
    gathered.into_iter().filter_map(|(group, questions)| screen(group, questions)).collect()
}

fn screen(group: Option<String>, questions: Vec<Question>) -> Option<Ask> {
    let first = questions.first()?;
    let several = questions.len() > 1;
    let kind = match &group {
        Some(_) if questions.iter().all(|question| question.kind == "yes-no") && several => {
            AskKind::Checklist
        }
        Some(_) if several => AskKind::Page,
        None if several => AskKind::People,
        _ => AskKind::One,
    };
    let named = match &group {
        Some(group) if several => group,
        _ => &first.id,
    };
    let id = match &first.person {
        Some(person) if kind != AskKind::People => format!("{named}/{person}"),
        _ => named.clone(),
    };
    Some(Ask { id, kind, group: group.filter(|_| several), questions })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(id: &str, person: Option<&str>, kind: &str, group: Option<&str>) -> Question {
        Question {
            id: id.to_owned(),
            number: 1,
            fact: id.to_owned(),
            person: person.map(str::to_owned),
            kind: kind.to_owned(),
            choices: Vec::new(),
            many: false,
            text: id.to_owned(),
            why: String::new(),
            staff_text: String::new(),
            private: id.starts_with("secret"),
            at_home: true,
            short: id.to_owned(),
            group: group.map(str::to_owned),
            suggested: None,
        }
    }

    #[test]
    fn what_belongs_together_is_one_screen() {
        let home = Some("home");
        let open = vec![
            question("dog", None, "yes-no", home),
            question("water", None, "yes-no", home),
            question("from", None, "choice", Some("move")),
            question("phone", None, "text", Some("move")),
            question("move_date", None, "date", Some("move")),
            question("alone", None, "yes-no", Some("left")),
            question("insurance", Some("p1"), "choice", None),
            question("insurance", Some("p2"), "choice", None),
            question("kana", Some("p1"), "text", Some("papers")),
            question("sex", Some("p1"), "choice", Some("papers")),
            question("kana", Some("p2"), "text", Some("papers")),
            question("school", Some("p2"), "choice", None),
            question("secret", None, "yes-no", None),
        ];
        let screens: Vec<(String, &str, usize)> = asks(open)
            .into_iter()
            .map(|ask| (ask.id, ask.kind.id(), ask.questions.len()))
            .collect();
        let told: Vec<(&str, &str, usize)> =
            screens.iter().map(|(id, kind, count)| (id.as_str(), *kind, *count)).collect();
        assert_eq!(
            told,
            [
                ("home", "checklist", 2),
                ("move", "page", 2),
                ("phone", "one", 1),
                ("alone", "one", 1),
                ("insurance", "people", 2),
                ("papers/p1", "page", 2),
                ("kana/p2", "one", 1),
                ("school/p2", "one", 1),
                ("secret", "one", 1),
            ]
        );
    }

    #[test]
    fn private_questions_and_the_telephone_are_the_residents_to_answer() {
        let of = |id: &str| asks(vec![question(id, None, "yes-no", None)]).remove(0);
        assert!(of("secret").is_the_residents() && of("secret").is_private());
        assert!(of("phone").is_the_residents() && !of("phone").is_private());
        assert!(!of("from").is_the_residents());
        assert!(of("from").asks("from", None) && !of("from").asks("from", Some("p1")));
    }
}
