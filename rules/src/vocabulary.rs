//! The vocabulary of facts: ids, types and listed values that every pack shares.
//!
//! The ids are part of the contract of the command line and of facts files. A pack may add facts and values
//! ([`crate::pack::Pack::facts`]), never redefine one; [`Vocabulary`] is both together.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Whom a fact is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SubjectKind {
    /// The case: one visit.
    Case,
    /// One member of the household.
    Person,
}

/// The type of a fact's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FactType {
    /// `true` or `false`.
    YesNo,
    /// One of the listed ids.
    Choice,
    /// Any of the listed ids.
    Choices,
    /// `YYYY-MM-DD`, unknown parts `00`.
    Date,
    /// A whole number.
    Number,
    /// Free text.
    Text,
    /// The id of a person of the household.
    PersonId,
    /// Procedures already done, with place and day.
    DoneList,
}

impl FactType {
    /// The name used in sheets, facts files and error messages.
    pub fn name(self) -> &'static str {
        match self {
            FactType::YesNo => "yes-no",
            FactType::Choice => "choice",
            FactType::Choices => "choices",
            FactType::Date => "date",
            FactType::Number => "number",
            FactType::Text => "text",
            FactType::PersonId => "person-id",
            FactType::DoneList => "done-list",
        }
    }
}

/// How openly a fact may be asked and shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sensitivity {
    /// Like any other.
    #[default]
    Plain,
    /// Private from the hall: answered by touch or on a pointing card.
    Private,
    /// Asked only when the person is alone; on no shared sheet or screen.
    Discreet,
}

/// What is known of a fact before anybody answers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactDef {
    /// The fact's id.
    pub id: String,
    /// About the case or a person.
    pub subject: SubjectKind,
    /// Type of the value.
    #[serde(rename = "type")]
    pub kind: FactType,
    /// Allowed ids of a choice; empty = any.
    #[serde(default)]
    pub values: Vec<String>,
    /// How openly it may be asked.
    #[serde(default)]
    pub sensitivity: Sensitivity,
}

/// All facts that a pack knows: the shared ones and its own.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    facts: BTreeMap<String, FactDef>,
}

impl Vocabulary {
    /// The shared vocabulary with `own` facts and `values` (fact id, value id) that a pack adds.
    pub fn new<'a>(
        own: &[FactDef],
        values: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Vocabulary {
        let mut facts: BTreeMap<String, FactDef> =
            shared().map(|def| (def.id.clone(), def)).collect();
        for def in own {
            facts.entry(def.id.clone()).or_insert_with(|| def.clone());
        }
        for (fact, value) in values {
            if let Some(def) = facts.get_mut(fact)
                && !def.values.is_empty()
                && !def.values.iter().any(|known| known == value)
            {
                def.values.push(value.to_owned());
            }
        }
        Vocabulary { facts }
    }

    /// The definition of a fact.
    pub fn get(&self, id: &str) -> Option<&FactDef> {
        self.facts.get(id)
    }

    /// The definition of a fact about `subject`.
    pub fn about(&self, subject: SubjectKind, id: &str) -> Option<&FactDef> {
        self.get(id).filter(|def| def.subject == subject)
    }

    /// All definitions in order of id.
    pub fn iter(&self) -> impl Iterator<Item = &FactDef> {
        self.facts.values()
    }

    /// Whether `id` is one of the shared facts, which a pack may not redefine.
    pub fn is_shared(id: &str) -> bool {
        SHARED.iter().any(|row| row.id == id)
    }
}

fn shared() -> impl Iterator<Item = FactDef> {
    SHARED.iter().map(|row| FactDef {
        id: row.id.to_owned(),
        subject: row.subject,
        kind: row.kind,
        values: row.values.iter().map(|&value| value.to_owned()).collect(),
        sensitivity: row.sensitivity,
    })
}

struct Row {
    id: &'static str,
    subject: SubjectKind,
    kind: FactType,
    values: &'static [&'static str],
    sensitivity: Sensitivity,
}

const fn row(
    id: &'static str,
    subject: SubjectKind,
    kind: FactType,
    values: &'static [&'static str],
    sensitivity: Sensitivity,
) -> Row {
    Row { id, subject, kind, values, sensitivity }
}

use FactType::{Choice, Choices, Date, DoneList, Number, PersonId, Text, YesNo};
use Sensitivity::{Discreet, Plain, Private};
use SubjectKind::{Case, Person};

#[rustfmt::skip]
const SHARED: &[Row] = &[
    row("event", Case, Choice, &["tennyu", "tenkyo", "tenshutsu", "setai", "shussei", "shibo", "konin", "rikon", "shomei", "sonota"], Plain),
    row("counter_date", Case, Date, &[], Plain),
    row("from", Case, Choice, &["same_city", "same_pref", "other_pref", "abroad"], Plain),
    row("to", Case, Choice, &["same_city", "same_pref", "other_pref", "abroad"], Plain),
    row("move_date", Case, Date, &[], Plain),
    row("planned_out_date", Case, Date, &[], Plain),
    row("out_certificate", Case, Choice, &["paper", "card", "none"], Plain),
    row("new_household", Case, YesNo, &[], Plain),
    row("joined_head_insurance", Case, Choice, &["kokuho", "shaho", "shaho_dependent", "kokuho_kumiai", "kouki", "seiho", "none", "kokuho_116"], Plain),
    row("joined_head_foreign", Case, YesNo, &[], Plain),
    row("moved_together_same_head", Case, YesNo, &[], Plain),
    row("spouse_elsewhere", Case, Choice, &["none", "work", "study", "divorce_talks", "dv", "other"], Private),
    row("spouse_elsewhere_same_livelihood", Case, YesNo, &[], Private),
    row("dv_support", Case, YesNo, &[], Discreet),
    row("public_assistance_from", Case, Date, &[], Private),
    row("last_registered", Case, Text, &[], Plain),
    row("last_lived_unregistered", Case, Text, &[], Plain),
    row("landing_date", Case, Date, &[], Plain),
    row("lived_here_since", Case, Date, &[], Plain),
    row("status_granted_date", Case, Date, &[], Plain),
    row("honseki_here", Case, YesNo, &[], Plain),
    row("setai_kind", Case, Choice, &["split", "merge", "head_change", "composition"], Plain),
    row("change_date", Case, Date, &[], Plain),
    row("same_lot", Case, YesNo, &[], Plain),
    row("leave_reason", Case, Choice, &["work", "study", "facility", "marriage", "other"], Plain),
    row("family_city_kokuho", Case, YesNo, &[], Plain),
    row("facility", Case, Choice, &["none", "tokuyo", "rouken", "yuryo", "shogai", "hospital", "jidou"], Plain),
    row("dog_registered", Case, YesNo, &[], Plain),
    row("dog_microchip", Case, YesNo, &[], Plain),
    row("has_dog", Case, YesNo, &[], Plain),
    row("has_moped", Case, YesNo, &[], Plain),
    row("has_motorbike", Case, YesNo, &[], Plain),
    row("moped_cc", Case, Number, &[], Plain),
    row("motorbike_cc", Case, Number, &[], Plain),
    row("birth_event_date", Case, Date, &[], Plain),
    row("mother_resident_here", Case, YesNo, &[], Plain),
    row("parents_city", Case, Choice, &["here", "other"], Plain),
    row("death_date", Case, Date, &[], Plain),
    row("death_known_date", Case, Date, &[], Plain),
    row("funeral_date", Case, Date, &[], Plain),
    row("marriage_date", Case, Date, &[], Plain),
    row("address_changes", Case, YesNo, &[], Plain),
    row("divorce_kind", Case, Choice, &["agreement", "court"], Plain),
    row("divorce_final_date", Case, Date, &[], Plain),
    row("filed_by", Case, PersonId, &[], Plain),
    row("also_events", Case, Choices, &["tennyu", "tenkyo", "tenshutsu", "setai", "shussei", "shibo", "konin", "rikon", "shomei", "sonota"], Plain),
    row("already_done", Case, DoneList, &[], Plain),
    row("visitor", Case, Choice, &["self", "household", "legal_representative", "agent", "undertaker"], Plain),
    row("visitor_person", Case, PersonId, &[], Plain),
    row("agent_name", Case, Text, &[], Plain),
    row("agent_address", Case, Text, &[], Plain),
    row("agent_relation", Case, Text, &[], Plain),
    row("proxy_letter", Case, YesNo, &[], Plain),
    row("id_documents", Case, Choices, &[], Plain),
    row("new_address", Case, Text, &[], Plain),
    row("new_address_katagaki", Case, Text, &[], Plain),
    row("new_postal_code", Case, Text, &[], Plain),
    row("previous_address", Case, Text, &[], Plain),
    row("previous_address_katagaki", Case, Text, &[], Plain),
    row("phone", Case, Text, &[], Plain),
    row("new_head_name", Case, Text, &[], Plain),
    row("previous_head_name", Case, Text, &[], Plain),
    row("joined_head_name", Case, Text, &[], Plain),
    row("honseki", Case, Text, &[], Plain),
    row("hittousha", Case, Text, &[], Plain),
    row("has_septic_tank", Case, YesNo, &[], Plain),
    row("public_housing", Case, YesNo, &[], Plain),
    row("water_contract", Case, YesNo, &[], Plain),
    row("name", Person, Text, &[], Plain),
    row("name_kana", Person, Text, &[], Plain),
    row("address", Person, Text, &[], Plain),
    row("birth_date", Person, Date, &[], Plain),
    row("sex", Person, Choice, &["male", "female", "unknown", "not-applicable"], Plain),
    row("moving", Person, YesNo, &[], Plain),
    row("relation", Person, Choice, &["head", "spouse", "child", "adopted_child", "spouses_child", "parent", "sibling", "grandchild", "cohabitant", "other"], Plain),
    row("relation_text", Person, Text, &[], Plain),
    row("new_relation", Person, Choice, &["head", "spouse", "child", "adopted_child", "spouses_child", "parent", "sibling", "grandchild", "cohabitant", "other"], Plain),
    row("former_head", Person, YesNo, &[], Plain),
    row("head_elsewhere", Person, YesNo, &[], Plain),
    row("nationality", Person, Choice, &["jp", "foreign"], Plain),
    row("nationality_code", Person, Text, &[], Plain),
    row("residence_status", Person, Choice, &["chuchoki", "tokuei", "ichiji_higo", "kari_taizai", "keika", "short_stay"], Plain),
    row("insurance_before", Person, Choice, &["kokuho", "shaho", "shaho_dependent", "kokuho_kumiai", "kouki", "seiho", "none", "kokuho_116"], Plain),
    row("insurance_after", Person, Choice, &["kokuho", "shaho", "shaho_dependent", "kokuho_kumiai", "kouki", "seiho", "none", "kokuho_116"], Plain),
    row("insurance_lost_date", Person, Date, &[], Plain),
    row("pension_before", Person, Choice, &["1", "2", "3", "receiving", "none"], Plain),
    row("pension", Person, Choice, &["1", "2", "3", "receiving", "none"], Plain),
    row("pension_linked", Person, YesNo, &[], Plain),
    row("mynumber_card", Person, Choice, &["none", "valid", "expired"], Plain),
    row("signature_certificate", Person, YesNo, &[], Plain),
    row("card_present", Person, YesNo, &[], Plain),
    row("card_pin_known", Person, YesNo, &[], Plain),
    row("seal_registration", Person, YesNo, &[], Plain),
    row("seal_registered_here", Person, YesNo, &[], Plain),
    row("child_allowance_recipient", Person, YesNo, &[], Plain),
    row("child_allowance_earner", Person, YesNo, &[], Plain),
    row("public_servant", Person, YesNo, &[], Plain),
    row("supported", Person, YesNo, &[], Plain),
    row("child_rearing_allowance", Person, YesNo, &[], Private),
    row("special_child_allowance", Person, YesNo, &[], Private),
    row("single_parent", Person, YesNo, &[], Private),
    row("school", Person, Choice, &["none", "nursery", "kindergarten", "kodomoen", "elementary_public", "elementary_other", "junior_high_public", "junior_high_other", "high_school", "university"], Plain),
    row("school_zone_changes", Person, YesNo, &[], Plain),
    row("care_level", Person, Choice, &["none", "yoshien1", "yoshien2", "yokaigo1", "yokaigo2", "yokaigo3", "yokaigo4", "yokaigo5"], Plain),
    row("care_certificate_paper", Person, YesNo, &[], Plain),
    row("late_elderly_by_disability", Person, YesNo, &[], Plain),
    row("disability_physical", Person, Choice, &["none", "1", "2", "3", "4", "5", "6", "7"], Private),
    row("disability_intellectual", Person, Choice, &["none", "A", "B"], Private),
    row("disability_mental", Person, Choice, &["none", "1", "2", "3"], Private),
    row("disability_part", Person, Text, &[], Private),
    row("pregnant", Person, YesNo, &[], Private),
    row("gave_birth_recently", Person, YesNo, &[], Private),
    row("newborn", Person, YesNo, &[], Plain),
    row("resident_here", Person, YesNo, &[], Plain),
    row("deceased", Person, YesNo, &[], Plain),
    row("applicant", Person, YesNo, &[], Plain),
    row("name_changes", Person, YesNo, &[], Plain),
    row("keeps_name", Person, YesNo, &[], Plain),
    row("plaintiff", Person, YesNo, &[], Plain),
    row("certificates", Person, Choices, &["juminhyo", "juminhyo_kisai", "inkan", "koseki_zenbu", "koseki_kojin", "fuhyo", "shotoku", "kazei", "nozei"], Plain),
    row("copies", Person, Number, &[], Plain),
    row("self_support_medical", Person, YesNo, &[], Private),
    row("rare_disease", Person, YesNo, &[], Private),
    row("child_chronic_disease", Person, YesNo, &[], Private),
    row("income_none", Person, YesNo, &[], Private),
    row("name_roman", Person, Text, &[], Plain),
    row("tsusho", Person, Text, &[], Plain),
    row("former_name", Person, Text, &[], Plain),
    row("residence_card_number", Person, Text, &[], Plain),
    row("status_until", Person, Date, &[], Plain),
    row("occupation", Person, Text, &[], Plain),
    row("employer", Person, Text, &[], Plain),
    row("bank_account", Person, Text, &[], Plain),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_id_stands_twice() {
        let ids: std::collections::BTreeSet<_> = SHARED.iter().map(|row| row.id).collect();
        assert_eq!(ids.len(), SHARED.len());
    }

    #[test]
    fn a_pack_adds_values_but_redefines_nothing() {
        let own = FactDef {
            id: "event".to_owned(),
            subject: SubjectKind::Person,
            kind: FactType::Text,
            values: vec![],
            sensitivity: Sensitivity::Plain,
        };
        let vocabulary = Vocabulary::new(&[own], [("event", "seijin"), ("event", "tennyu")]);
        let event = vocabulary.get("event").unwrap();
        assert_eq!(event.kind, FactType::Choice);
        assert_eq!(event.values.iter().filter(|value| *value == "tennyu").count(), 1);
        assert!(event.values.iter().any(|value| value == "seijin"));
    }
}
