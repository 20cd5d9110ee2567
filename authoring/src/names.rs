//! Names that a cell may use: facts with their types, named conditions, procedures with their days.

use std::collections::{BTreeMap, BTreeSet};

use kakanai_rules::pack::{DeadlineRow, Operand};
use kakanai_rules::{FactDef, FactType, Sensitivity, SubjectKind, Vocabulary};

use crate::near;
use crate::row::Row;

/// Numbers that follow from a birth date: full years, legal age, age by the end of the fiscal year.
pub const AGES: [&str; 3] = ["age", "legal_age", "fiscal_age"];

/// Facts and procedures of a pack, as its cells name them.
pub struct Names<'a> {
    pub vocabulary: &'a Vocabulary,
    /// Facts that follow from an expression; nobody states them.
    pub derived: BTreeSet<String>,
    /// Procedures; whether each person has a last day of her own.
    procedures: BTreeMap<String, bool>,
}

impl<'a> Names<'a> {
    pub fn new(vocabulary: &'a Vocabulary, derived: BTreeSet<String>, procedures: &[Row]) -> Self {
        let procedures = procedures
            .iter()
            .map(|row| (row.cell("id").to_owned(), row.cell("scope") == "person"))
            .collect();
        Names { vocabulary, derived, procedures }
    }

    /// A fact or an age.
    pub fn fact(&self, name: &str) -> Option<FactDef> {
        definition(self.vocabulary, name)
    }

    /// Whether `name` is `deadline.PROCEDURE` (last day) or `filed.PROCEDURE` (the day it was done). That the
    /// procedure is there is for the checks to say.
    pub fn is_procedure_day(name: &str) -> bool {
        procedure_of(name).is_some()
    }

    /// Whether the name is a day of a procedure that is there.
    pub fn is_known_procedure_day(&self, name: &str) -> bool {
        procedure_of(name).is_some_and(|id| self.procedures.contains_key(id))
    }

    /// Whether each person has a last day of her own in this procedure.
    pub fn is_per_person(&self, procedure: &str) -> bool {
        self.procedures.get(procedure).copied().unwrap_or(false)
    }

    /// Finds the household procedures whose last day depends on the person too, because it is counted from a
    /// fact of hers.
    pub fn count_clocks(&mut self, deadlines: &[DeadlineRow]) {
        loop {
            let found = deadlines.iter().find(|row| {
                self.procedures.get(&row.procedure) == Some(&false)
                    && facts_of(row).any(|fact| self.is_of_person(fact))
            });
            let Some(row) = found else { break };
            self.procedures.insert(row.procedure.clone(), true);
        }
    }

    fn is_of_person(&self, name: &str) -> bool {
        match name.strip_prefix("deadline.") {
            Some(procedure) => self.is_per_person(procedure),
            None => self.fact(name).is_some_and(|def| def.subject == SubjectKind::Person),
        }
    }

    /// The name meant by one that leads nowhere, where it is close to a fact's.
    pub fn close_to(&self, name: &str) -> Option<&str> {
        near::nearest(name, self.vocabulary.iter().map(|def| def.id.as_str()).chain(AGES))
    }
}

/// The facts that decide which last day a row gives.
fn facts_of(row: &DeadlineRow) -> impl Iterator<Item = &str> {
    let compared = row.conditions.iter().flat_map(|condition| match &condition.operand {
        Operand::Fact { fact, .. } => [Some(condition.fact.as_str()), Some(fact.as_str())],
        Operand::Values(_) => [Some(condition.fact.as_str()), None],
    });
    let days = [&row.start, &row.fallback].into_iter().flatten().map(|day| day.fact.as_str());
    compared.flatten().chain(days).chain(row.dated.date_by.as_deref())
}

fn procedure_of(name: &str) -> Option<&str> {
    name.strip_prefix("deadline.")
        .or_else(|| name.strip_prefix("filed."))
        .filter(|id| !id.is_empty())
}

/// A fact's definition; ages are numbers that follow from the birth date, some others the case or the pack yields.
pub fn definition(vocabulary: &Vocabulary, fact: &str) -> Option<FactDef> {
    if let Some(def) = vocabulary.get(fact) {
        return Some(def.clone());
    }
    let built_in = |subject, kind| FactDef {
        id: fact.to_owned(),
        subject,
        kind,
        values: Vec::new(),
        sensitivity: Sensitivity::Plain,
    };
    if let Some(kind) = kakanai_rules::built_in(fact) {
        return Some(built_in(SubjectKind::Case, kind));
    }
    AGES.contains(&fact).then(|| built_in(SubjectKind::Person, FactType::Number))
}

#[cfg(test)]
mod tests {
    use kakanai_rules::expression::{Expression, Term, Who};

    use crate::fixture::Packs;
    use crate::load::load_with_findings;

    #[test]
    fn a_last_day_counted_from_a_fact_of_a_person_is_that_persons() {
        let packs = Packs::new();
        packs
            .write("base/procedures", "id,scope\na,household\nb,household\nc,household\nd,person\n")
            .write(
                "base/deadlines",
                "id,procedure,start,days,closed_day,fact1,op1,value1\n\
                 a,a,move_date,14,moves,,,\n\
                 c,c,deadline.b,1,moves,,,\n\
                 b,b,move_date,14,moves,insurance_after,is,kokuho\n",
            )
            .write(
                "base/rules",
                "id,procedure,effect,expression\n\
                 a,a,required,\"counter_date > deadline(\"\"a\"\")\"\n\
                 b,a,required,\"counter_date > deadline(\"\"b\"\")\"\n\
                 c,a,required,\"counter_date > deadline(\"\"c\"\")\"\n\
                 d,a,required,\"counter_date > deadline(\"\"d\"\")\"\n\
                 e,a,required,\"counter_date > filed(\"\"d\"\")\"\n",
            );
        let pack = load_with_findings(&packs.path("base")).unwrap().pack;
        let whose = pack.rules.iter().map(|rule| match &rule.expression {
            Some(Expression::Compare { right: Term::Fact { who, .. }, .. }) => *who,
            other => panic!("{other:?}"),
        });
        let expected = [Who::Case, Who::Person, Who::Person, Who::Person, Who::Case];
        assert_eq!(whose.collect::<Vec<_>>(), expected);
    }
}
