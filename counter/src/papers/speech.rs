//! What the sheets say, in the resident's language and in Japanese: texts of the pack, names, places and days.
//!
//! A text of the event comes before the general one (`sheet.guide.title.shibo`), so that a pack finds other words
//! for a death without a program knowing of it.

use jiff::civil::Date;
use kakanai_forms::sheets::Words;
use kakanai_rules::{Decision, FactSet, Pack, Subject, Value, date_text};
use kakanai_text::PartialDate;

/// The language of the counter.
pub(super) const JA: &str = "ja";

/// One household's sheets in one language.
pub(super) struct Speech<'a> {
    pub pack: &'a Pack,
    pub facts: &'a FactSet,
    pub on: Date,
    pub lang: &'a str,
    event: Option<String>,
}

/// Floor and window of a place inside the building; `None` for a place elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Indoors {
    /// Floor; below ground negative.
    pub floor: i32,
    /// Window (窓口の番号), 0 without one.
    pub window: u32,
}

impl<'a> Speech<'a> {
    pub fn new(pack: &'a Pack, facts: &'a FactSet, on: Date, lang: &'a str) -> Self {
        let event = match facts.value(&Subject::Case, "event") {
            Some(Value::Choice(event)) => Some(event.clone()),
            _ => None,
        };
        Self { pack, facts, on, lang, event }
    }

    /// The same household in the language of the staff.
    pub fn japanese(&self) -> Speech<'a> {
        Speech { lang: JA, event: self.event.clone(), ..*self }
    }

    /// A text of the pack, that of the event first. What the pack does not say is left out.
    pub fn words(&self, id: &str) -> Words {
        let of_event = self.event.as_ref().map(|event| format!("{id}.{event}"));
        let found = of_event.filter(|id| self.pack.text(JA, id, self.on).is_some());
        let id = found.as_deref().unwrap_or(id);
        let text = |lang| self.pack.text(lang, id, self.on).unwrap_or_default();
        Words::both(text(self.lang), text(JA))
    }

    /// A text in Japanese.
    pub fn ja(&self, id: &str) -> String {
        self.words(id).japanese().to_owned()
    }

    /// A procedure's name.
    pub fn procedure(&self, id: &str) -> Words {
        let words = self.words(&format!("procedure.{id}"));
        if words.is_empty() { Words::plain(id) } else { words }
    }

    /// Several, with the comma of each language.
    pub fn list(&self, parts: &[Words]) -> Words {
        let comma = if self.lang.starts_with(JA) { "、" } else { ", " };
        Words::joined(parts, comma, "、")
    }

    /// Whom something is for: nobody is named when it is for everybody.
    pub fn people(&self, ids: &[String]) -> Words {
        let all = self.facts.people();
        if ids.is_empty() || all.len() <= 1 {
            return Words::default();
        }
        if all.iter().all(|person| ids.contains(&person.id)) {
            return self.words("sheet.everyone");
        }
        let person = self.words("sheet.person");
        let names = super::names(self.facts, ids);
        let named: Vec<Words> =
            names.into_iter().map(|name| person.filled("{name}", &Words::plain(name))).collect();
        self.list(&named)
    }

    /// A procedure and whom it is for.
    pub fn matter(&self, procedure: &str, people: &[String]) -> Words {
        let (procedure, people) = (self.procedure(procedure), self.people(people));
        if people.is_empty() {
            return procedure;
        }
        let text = format!("{}（{}）", procedure.text, people.text);
        Words::both(text, format!("{}（{}）", procedure.japanese(), people.japanese()))
    }

    /// An office with its floor and window.
    pub fn office(&self, id: &str) -> Words {
        let name = self.words(&format!("office.{id}"));
        let name = if name.is_empty() { Words::plain(id) } else { name };
        let place = self.pack.office(id, self.on).map(|office| office.place.as_str());
        match place.filter(|place| !place.is_empty()) {
            None => name,
            Some(place) => {
                let told = indoors(place)
                    .filter(|indoors| indoors.window > 0 && !self.lang.starts_with(JA))
                    .map_or_else(|| place.to_owned(), |indoors| self.indoors(indoors));
                let text = format!("{} {told}", name.text);
                Words::both(text, format!("{} {place}", name.japanese()))
            }
        }
    }

    fn indoors(&self, place: Indoors) -> String {
        let words = self.words("sheet.place").text;
        let words = words.replace("{floor}", &place.floor.to_string());
        words.replace("{window}", &place.window.to_string())
    }

    /// The telephone of an office.
    pub fn phone(&self, id: &str) -> String {
        self.pack.office(id, self.on).map(|office| office.phone.clone()).unwrap_or_default()
    }

    /// A day in words, with the day of the week.
    pub fn day(&self, day: PartialDate) -> Words {
        let text = match day.full() {
            Some(full) if self.lang.starts_with("en") => full.strftime("%A, %-d %B %Y").to_string(),
            _ => date_text(self.lang, day),
        };
        Words::both(text, date_text(JA, day))
    }

    /// From when and until when.
    pub fn days(&self, decision: &Decision) -> Words {
        let mut parts = Vec::new();
        if let Some(day) = decision.not_before {
            parts.push(self.words("sheet.from").filled("{day}", &self.day(day)));
        }
        if let Some(day) = decision.deadline {
            let id = if decision.overdue { "sheet.overdue" } else { "word.until" };
            parts.push(self.words(id).filled("{day}", &self.day(day)));
        }
        Words::joined(&parts, " ", "")
    }

    /// The one remark that matters to the resident; the clerk's screen has them all.
    pub fn remark(&self, procedure: &str) -> Words {
        let note = self.pack.procedure(procedure).and_then(|row| row.notes.first());
        note.map(|id| self.words(id)).unwrap_or_default()
    }
}

/// Where a place lies: one that begins with its floor (`1階 3番`, `地下1階`) is in the building.
pub(super) fn indoors(place: &str) -> Option<Indoors> {
    let (below, place) = match place.strip_prefix("地下") {
        Some(rest) => (true, rest),
        None => (false, place),
    };
    let (floor, rest) = place.split_once('階')?;
    let floor: i32 = digits(floor)?.parse().ok()?;
    let window = rest.split_once('番').and_then(|(window, _)| digits(window.trim()));
    let window = window.and_then(|window| window.parse().ok()).unwrap_or(0);
    Some(Indoors { floor: if below { -floor } else { floor }, window })
}

/// Digits in half width; nothing when there is anything else.
fn digits(text: &str) -> Option<String> {
    let half = |character: char| match character {
        '0'..='9' => Some(character),
        '０'..='９' => char::from_u32(u32::from(character) - 0xFEE0),
        _ => None,
    };
    text.chars().map(half).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_the_building_begins_with_its_floor() {
        let cases = [
            ("1階 3番", Some((1, 3))),
            ("２階１２番窓口", Some((2, 12))),
            ("地下1階 4番", Some((-1, 4))),
            ("3階", Some((3, 0))),
            ("保健センター1階", None),
            ("市役所の外", None),
            ("", None),
        ];
        for (place, expected) in cases {
            let found = indoors(place).map(|indoors| (indoors.floor, indoors.window));
            assert_eq!(found, expected, "{place}");
        }
    }
}
