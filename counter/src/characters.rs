//! Characters that no font has: where they stand, and what the clerk chose for each place.
//!
//! Nothing is chosen by default. A choice belongs to the value it was made for: once the value changes, it is void
//! and the paper is refused again. Values are residents' data: nothing here shows them in `Debug`.

use std::collections::{BTreeMap, BTreeSet};

use kakanai_forms::template::Scope;
use kakanai_forms::{
    FieldValue, FontError, FontSet, Place, Refusal, Settlement, Settlements, Style, Template,
    Unknown, Values, base_forms, code_points,
};
use kakanai_rules::{Answer, Fact, FactSet, Source, Subject, Value};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::door::DoorError;
use crate::event::CaseEvent;
use crate::papers::{Packet, PaperError};

/// The id under which the sheets that the counter draws without a template are settled.
pub const SHEETS: &str = "guide";
/// Every sheet that is drawn without a template.
const SHEET_IDS: [&str; 6] = [SHEETS, "counters", "fees", "check", "tenki", "annex"];
/// The one field of the sheets that holds what a resident is called.
const NAME: &str = "name";
/// Longest substitute, in characters.
const SUBSTITUTE_MAX: usize = 200;
/// What stands on a sheet in place of a character that is written by hand.
const BLANK: &str = "（　）";

/// What the clerk chose for one place.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Choice {
    /// 空欄にして手書き
    ByHand,
    /// 似た字で印刷: the base form, knowing that it differs.
    BaseForm,
    /// 別の文字を入力: this text in place of the whole value.
    Substitute {
        /// The text.
        text: String,
    },
    /// 印刷しない: the paper is left out.
    NotPrinted,
}

impl Choice {
    /// Stable id.
    pub fn id(&self) -> &'static str {
        match self {
            Choice::ByHand => "by-hand",
            Choice::BaseForm => "base-form",
            Choice::Substitute { .. } => "substitute",
            Choice::NotPrinted => "not-printed",
        }
    }
}

impl std::fmt::Debug for Choice {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(self.id())
    }
}

/// A place on a paper.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Spot {
    /// Form id.
    pub form: String,
    /// Field id.
    pub field: String,
    /// The person, inside rows and on papers of one person.
    pub person: Option<String>,
}

/// The value that a choice was made for, as a digest: to see that it has changed, never to read it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ValueDigest(String);

impl ValueDigest {
    /// The digest of a value.
    pub fn of(value: &str) -> Self {
        let digest = Sha256::digest(value.as_bytes());
        Self(digest.iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

/// A place whose value holds characters no font has.
#[derive(Clone)]
pub struct Finding {
    /// Where.
    pub spot: Spot,
    /// What the clerk calls the field.
    pub label: String,
    /// The whole value.
    pub value: String,
    /// The characters.
    pub characters: Vec<Unknown>,
    /// What was chosen, if anything.
    pub choice: Option<Choice>,
}

impl Finding {
    /// Whether the clerk's choice for this place would answer a refusal.
    pub(crate) fn covers(&self, refusal: &Refusal) -> bool {
        let Refusal::Character { place, code_points, .. } = refusal else { return false };
        let sheet = self.spot.form == SHEETS && SHEET_IDS.contains(&place.form.as_str());
        (sheet || self.spot.form == place.form)
            && self.characters.iter().any(|character| character.code_points == *code_points)
    }

    /// Whether some font draws the base form of every character.
    pub fn has_base_form(&self) -> bool {
        self.characters.iter().all(|character| character.base_font.is_some())
    }
}

/// Where a choice for this place is kept: all sheets that the counter draws share one for each name.
pub(crate) fn settled_at(spot: &Spot) -> Spot {
    if SHEET_IDS.contains(&spot.form.as_str()) {
        Spot { form: SHEETS.to_owned(), field: NAME.to_owned(), person: spot.person.clone() }
    } else {
        spot.clone()
    }
}

/// Every choice of a case, by place; the last one counts.
#[derive(Debug, Clone, Default)]
pub struct Settled(BTreeMap<Spot, (Choice, ValueDigest)>);

impl Settled {
    /// Keeps a choice.
    pub fn settle(&mut self, spot: Spot, choice: Choice, value: ValueDigest) {
        self.0.insert(spot, (choice, value));
    }

    /// What holds for one form with the values of this moment.
    ///
    /// # Errors
    /// [`FontError`] when a font cannot be read.
    pub(crate) fn on_form(
        &self,
        template: &Template,
        values: &dyn Values,
        fonts: &FontSet,
    ) -> Result<OnForm, FontError> {
        let mut on = OnForm::default();
        for (spot, (choice, digest)) in self.0.iter().filter(|(spot, _)| spot.form == template.id) {
            let Some((label, value)) = value_at(template, values, spot) else { continue };
            if ValueDigest::of(&value) != *digest {
                continue;
            }
            let person = spot.person.as_deref();
            match choice {
                Choice::ByHand => on.settlements.settle(&spot.field, person, Settlement::ByHand),
                Choice::BaseForm => {
                    on.settlements.settle(&spot.field, person, Settlement::BaseForm);
                }
                Choice::Substitute { text } => {
                    let text = Settlement::Substitute(text.clone());
                    on.settlements.settle(&spot.field, person, text);
                }
                Choice::NotPrinted => {
                    on.withheld.insert(spot.person.clone());
                }
            }
            on.findings.push(Finding {
                spot: spot.clone(),
                label,
                characters: fonts.lacking(&value, Style::Mincho)?,
                value,
                choice: Some(choice.clone()),
            });
        }
        Ok(on)
    }

    /// The facts as the sheets show them: names that no font has, as the clerk chose, and what was chosen.
    ///
    /// # Errors
    /// [`FontError`] when a font cannot be read.
    pub(crate) fn on_sheets(
        &self,
        facts: &FactSet,
        fonts: &FontSet,
    ) -> Result<(FactSet, OnForm), FontError> {
        let (mut shown, mut on) = (facts.clone(), OnForm::default());
        for (spot, (choice, digest)) in self.0.iter().filter(|(spot, _)| spot.form == SHEETS) {
            let Some(person) = &spot.person else { continue };
            let subject = Subject::Person(person.clone());
            let Some(Value::Text(name)) = facts.value(&subject, NAME) else { continue };
            if ValueDigest::of(name) != *digest {
                continue;
            }
            let characters = fonts.lacking(name, Style::Gothic)?;
            let text = match choice {
                Choice::ByHand => characters.iter().fold(name.clone(), |text, character| {
                    text.replace(&cluster(&character.code_points), BLANK)
                }),
                Choice::BaseForm => base_forms(name, &characters),
                Choice::Substitute { text } => text.clone(),
                Choice::NotPrinted => {
                    on.withheld.insert(None);
                    name.clone()
                }
            };
            let answer = Answer::Known(Value::Text(text));
            shown.state(&subject, NAME, Fact { answer, source: Source::Staff, settles: true });
            on.findings.push(Finding {
                spot: spot.clone(),
                label: NAME.to_owned(),
                value: name.clone(),
                characters,
                choice: Some(choice.clone()),
            });
        }
        Ok((shown, on))
    }
}

/// What holds for one form.
#[derive(Default)]
pub(crate) struct OnForm {
    /// For the layout.
    pub settlements: Settlements,
    /// Who gets no paper of this form; `None` = nobody does.
    pub withheld: BTreeSet<Option<String>>,
    /// The places that are settled.
    pub findings: Vec<Finding>,
}

impl OnForm {
    /// The people who get a paper: no one when the paper of all is left out.
    pub fn people(&self, scope: Scope, people: Vec<String>) -> Option<Vec<String>> {
        if self.withheld.is_empty() {
            return Some(people);
        }
        match scope {
            Scope::Household => None,
            Scope::Person => {
                let gets = |person: &String| !self.withheld.contains(&Some(person.clone()));
                Some(people.into_iter().filter(gets).collect())
                    .filter(|left: &Vec<_>| !left.is_empty())
            }
        }
    }
}

/// The places of a refused form that a choice can settle: what the template fills from a value.
pub(crate) fn findings(
    refusals: &[Refusal],
    template: &Template,
    values: &dyn Values,
) -> Vec<Finding> {
    let at = |spot: &Spot| value_at(template, values, spot);
    gathered(refusals, |place| Some(spot_of(place)), at)
}

/// The same for the sheets: whose name it is that cannot be drawn.
pub(crate) fn findings_on_sheets(refusals: &[Refusal], facts: &FactSet) -> Vec<Finding> {
    let mut found = Vec::new();
    for person in facts.people() {
        let subject = Subject::Person(person.id.clone());
        let Some(Value::Text(name)) = facts.value(&subject, NAME) else { continue };
        let spot = Spot {
            form: SHEETS.to_owned(),
            field: NAME.to_owned(),
            person: Some(person.id.clone()),
        };
        let of_name = |refusal: &&Refusal| match refusal {
            Refusal::Character { code_points, .. } => name.contains(&cluster(code_points)),
            _ => false,
        };
        let refusals: Vec<Refusal> = refusals.iter().filter(of_name).cloned().collect();
        found.extend(gathered(
            &refusals,
            |_| Some(spot.clone()),
            |_| Some((NAME.to_owned(), name.clone())),
        ));
    }
    found
}

/// One finding for each place, with every character once.
fn gathered(
    refusals: &[Refusal],
    spot: impl Fn(&Place) -> Option<Spot>,
    value: impl Fn(&Spot) -> Option<(String, String)>,
) -> Vec<Finding> {
    let mut found: Vec<Finding> = Vec::new();
    for refusal in refusals {
        let Refusal::Character { place, code_points, why, base_font } = refusal else { continue };
        let Some(spot) = spot(place) else { continue };
        let character =
            Unknown { code_points: code_points.clone(), why: *why, base_font: base_font.clone() };
        if let Some(known) = found.iter_mut().find(|known| known.spot == spot) {
            if !known.characters.contains(&character) {
                known.characters.push(character);
            }
        } else if let Some((label, value)) = value(&spot) {
            let characters = vec![character];
            found.push(Finding { spot, label, value, characters, choice: None });
        }
    }
    found
}

fn spot_of(place: &Place) -> Spot {
    let Place { form, field, person, .. } = place.clone();
    Spot { form, field, person }
}

/// Label and value of a place; `None` where nothing is filled in.
fn value_at(template: &Template, values: &dyn Values, spot: &Spot) -> Option<(String, String)> {
    let field = template.fields.iter().find(|field| field.id == spot.field)?;
    match values.value(field.source()?, spot.person.as_deref()) {
        FieldValue::Missing => None,
        value => Some((field.label.clone(), value.words().join("、"))),
    }
}

fn cluster(code_points: &[u32]) -> String {
    code_points.iter().copied().filter_map(char::from_u32).collect()
}

/// The event that keeps a choice, if the place has characters to choose for and the choice can be printed.
///
/// # Errors
/// `nothing-to-settle`, `no-base-form`, `substitute-form`, `substitute-missing`; fonts that cannot be read.
pub(crate) fn settling(
    packet: &Packet,
    spot: &Spot,
    choice: &Choice,
    fonts: &FontSet,
) -> Result<CaseEvent, DoorError> {
    let about =
        |code: &str| DoorError::of(code).with("form", &spot.form).with("field", &spot.field);
    let finding = packet.findings.iter().find(|finding| finding.spot == *spot);
    let finding = finding.ok_or_else(|| about("nothing-to-settle"))?;
    match choice {
        Choice::BaseForm if !finding.has_base_form() => return Err(about("no-base-form")),
        Choice::Substitute { text } => {
            let line = text.chars().count() <= SUBSTITUTE_MAX && !text.contains(char::is_control);
            if text.trim().is_empty() || !line {
                return Err(about("substitute-form"));
            }
            let lacking = fonts.lacking(text, Style::Mincho).map_err(PaperError::Fonts)?;
            if let Some(character) = lacking.first() {
                let points = code_points(&character.code_points);
                return Err(about("substitute-missing").with("character", points));
            }
        }
        Choice::BaseForm | Choice::ByHand | Choice::NotPrinted => {}
    }
    let value = ValueDigest::of(&finding.value);
    Ok(CaseEvent::CharacterSettled { spot: spot.clone(), choice: choice.clone(), value })
}
