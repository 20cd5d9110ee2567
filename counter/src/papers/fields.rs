//! Which facts the fields of a paper come from, so that one of them can be corrected where it is seen to be wrong.

use kakanai_forms::{Paper, Template};
use kakanai_rules::{Sensitivity, Subject, Vocabulary};

use super::household::Household;

/// A fact behind a field, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Whose.
    pub subject: Subject,
    /// Fact id.
    pub fact: String,
}

/// What a source of the form itself stands for: the first of these facts of the case that is known, else the first.
const OF_THE_FORM: [(&str, [&str; 2]); 4] = [
    ("moved_on", ["move_date", "change_date"]),
    ("address", ["new_address", "previous_address"]),
    ("address_katagaki", ["new_address_katagaki", "previous_address_katagaki"]),
    ("postal_code", ["new_postal_code", "new_postal_code"]),
];

/// The facts behind the fields of one paper, in the order of the fields. What the pack derives is corrected where it
/// comes from, and what is private is said where nobody looks over a shoulder: neither stands here.
pub(super) fn origins(
    template: &Template,
    household: Household<'_>,
    vocabulary: &Vocabulary,
    paper: &Paper,
) -> Vec<Origin> {
    let derived = |fact: &str| household.pack.derived.iter().any(|row| row.fact == fact);
    let mut origins: Vec<Origin> = Vec::new();
    let sources = template.fields.iter().filter_map(|field| field.source());
    for (namespace, fact) in sources.filter_map(|source| source.split_once('.')) {
        let (namespace, fact) = match namespace {
            "form" => match of_the_form(household, fact) {
                Some(fact) => ("case", fact),
                None => continue,
            },
            _ => (namespace, fact),
        };
        let plain = vocabulary.get(fact).is_some_and(|def| def.sensitivity == Sensitivity::Plain);
        if !plain || fact == "counter_date" || derived(fact) {
            continue;
        }
        let subjects: Vec<Subject> = match namespace {
            "case" => vec![Subject::Case],
            "person" => paper.people.iter().cloned().map(Subject::Person).collect(),
            other => {
                let whom = household.someone(other, paper.people.first().map(String::as_str));
                whom.map(Subject::Person).into_iter().collect()
            }
        };
        for subject in subjects {
            let origin = Origin { subject, fact: fact.to_owned() };
            if !origins.contains(&origin) {
                origins.push(origin);
            }
        }
    }
    origins
}

fn of_the_form(household: Household<'_>, source: &str) -> Option<&'static str> {
    let (_, facts) = OF_THE_FORM.iter().find(|(name, _)| *name == source)?;
    let known = |fact: &&&str| household.facts.value(&Subject::Case, fact).is_some();
    facts.iter().find(known).or_else(|| facts.first()).copied()
}
