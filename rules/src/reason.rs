//! Reasons: why a rule row holds or fails, with the values read, in words.

use crate::compare::date_of;
use crate::decision::Reason;
use crate::expression::Who;
use crate::fact::{Subject, Value};
use crate::index::{FactIx, Kind, Right, Rule, TermIx, Test};
use crate::language::{date_text, value_text};
use crate::situation::{Found, Scope, Situation};
use crate::truth::Truth;
use crate::verdict::holds;

/// Why a row has its truth, in words.
pub fn reason(
    situation: &Situation<'_>,
    rule: &Rule<'_>,
    person: Option<usize>,
    truth: Truth,
    lang: &str,
) -> Reason {
    let over_members = person.is_none() && rule.when.personal;
    let tried: Vec<Option<usize>> =
        if over_members { (0..situation.people()).map(Some).collect() } else { vec![person] };
    let named = tried.len() > 1;
    let mut words = Words { situation, lang, named, said: Vec::new() };
    for &who in tried.iter().filter(|who| holds(situation, rule, **who) == truth) {
        let deciding = rule.when.atoms.iter().filter(|atom| situation.atom(**atom, who) == truth);
        // A row fails by its first condition that does not hold; it holds by all of them together.
        let before = words.said.len();
        for &atom in deciding.take(if truth == Truth::No { 1 } else { usize::MAX }) {
            let Some(atom) = situation.index.atoms.get(atom) else { continue };
            let against = match atom.right {
                Right::Fact(other, _) => Some(other),
                Right::Values(_) => None,
            };
            words.fact(atom.fact, who, against);
        }
        if let Some(test) = &rule.when.test
            && (truth == Truth::Yes || words.said.len() == before)
        {
            words.test(test, Scope::of(who));
        }
    }
    let values = words.said.join("、");
    let pack = situation.index.pack;
    let own = pack
        .text(lang, &format!("rule.{}", rule.row.id), situation.on)
        .filter(|_| truth == Truth::Yes);
    let text = match own {
        Some(text) if values.is_empty() => text.to_owned(),
        Some(text) => format!("{text}（{values}）"),
        None => values,
    };
    Reason { rule: rule.row.id.clone(), text }
}

struct Words<'s, 'a> {
    situation: &'s Situation<'a>,
    lang: &'s str,
    /// Several members were looked at: say whose fact it is.
    named: bool,
    said: Vec<String>,
}

impl Words<'_, '_> {
    fn fact(&mut self, fact: FactIx, who: Option<usize>, against: Option<FactIx>) {
        let situation = self.situation;
        let Some(info) = situation.index.facts.get(fact) else { return };
        if let Kind::Derived(test) = &info.kind {
            // A named condition is told by what made it so.
            return self.test(test, Scope::of(who));
        }
        let Some(value) = self.value(fact, who) else { return };
        let pack = situation.index.pack;
        let label = match &info.kind {
            Kind::Filed(_) | Kind::Fixed(_) => return,
            Kind::Deadline(_) => self.deadline_word(),
            _ => pack.text_or_id(self.lang, &format!("fact.{}", info.id), situation.on).to_owned(),
        };
        let label = label.trim_start_matches("fact.");
        let last = against.and_then(|other| match situation.index.facts.get(other)?.kind {
            Kind::Deadline(_) => self.value(other, who),
            _ => None,
        });
        let against =
            last.map_or_else(String::new, |last| format!("、{}：{last}", self.deadline_word()));
        let said = format!("{label}：{value}{against}");
        let name = who
            .filter(|_| self.named && info.personal)
            .and_then(|member| situation.facts.people().get(member))
            .and_then(|person| situation.facts.value(&Subject::Person(person.id.clone()), "name"));
        let said = match name {
            Some(Value::Text(name)) => format!("{name} {said}"),
            _ => said,
        };
        if !self.said.contains(&said) {
            self.said.push(said);
        }
    }

    fn deadline_word(&self) -> String {
        let pack = self.situation.index.pack;
        pack.text(self.lang, "reason.deadline", self.situation.on).unwrap_or("deadline").to_owned()
    }

    fn value(&self, fact: FactIx, who: Option<usize>) -> Option<String> {
        let situation = self.situation;
        let info = situation.index.facts.get(fact)?;
        match situation.find(fact, who) {
            Found::Value(value) => {
                Some(value_text(situation.index.pack, self.lang, &info.id, value, situation.on))
            }
            Found::Between(first, last) if matches!(info.kind, Kind::Age(..)) => {
                Some(if first == last { first.to_string() } else { format!("{first}-{last}") })
            }
            Found::Between(_, last) => date_of(last).map(|day| date_text(self.lang, day.into())),
            Found::Truth(_) | Found::Missing | Found::NotSaid => None,
        }
    }

    fn test(&mut self, test: &Test, scope: Scope<'_>) {
        match test {
            Test::Constant(_) | Test::Same(..) => {}
            Test::Not(inner) => self.test(inner, scope),
            Test::All(list) => self.deciding(list, Truth::No, scope),
            Test::Any(list) => self.deciding(list, Truth::Yes, scope),
            Test::Holds(term) | Test::Among(term, _) => self.term(term, scope),
            Test::Compare(left, _, right) => {
                self.term(left, scope);
                self.term(right, scope);
            }
            Test::Members(body, ..) => {
                for member in 0..self.situation.people() {
                    if self.situation.test_member(body, member, scope) == Truth::Yes {
                        let mut members = scope.members.to_vec();
                        members.push(member);
                        let named = std::mem::replace(&mut self.named, true);
                        self.test(body, Scope { person: scope.person, members: &members });
                        self.named = named;
                    }
                }
            }
        }
    }

    /// One part of this truth decides alone; without one, all parts did together.
    fn deciding(&mut self, list: &[Test], alone: Truth, scope: Scope<'_>) {
        match list.iter().find(|one| self.situation.test(one, scope) == alone) {
            Some(one) => self.test(one, scope),
            None => list.iter().for_each(|one| self.test(one, scope)),
        }
    }

    fn term(&mut self, term: &TermIx, scope: Scope<'_>) {
        match term {
            TermIx::Value(_) => {}
            TermIx::Fact(who, fact, _) => self.about(*who, *fact, scope),
            TermIx::Age(who, _, birth, on) => {
                self.about(*who, *birth, scope);
                self.term(on, scope);
            }
        }
    }

    fn about(&mut self, who: Who, fact: FactIx, scope: Scope<'_>) {
        let person = self.situation.who(who, scope);
        self.fact(fact, person, None);
    }
}
