//! Residents that do not exist, for the samples that go with the data sheet.

use kakanai_rules::FactType;
use kakanai_rules::Value;
use kakanai_rules::pack::{HandoverFormat, HandoverSource, Pack, RowsOf};

/// How many rows a sample has.
pub fn rows(rows: RowsOf) -> usize {
    match rows {
        RowsOf::Case => 1,
        RowsOf::Person | RowsOf::Procedure => 2,
    }
}

/// Texts by the end of their source: of the first row and the second.
const TEXTS: [(&str, &str, &str); 26] = [
    ("head.name", "大王　花子", "大王　花子"),
    ("claimant.name", "大王　花子", "大王　花子"),
    ("spouse.name", "", ""),
    (".relation_text", "世帯主", "子"),
    (".name", "大王　花子", "大王　太郎"),
    (".name_kana", "ダイオウ　ハナコ", "ダイオウ　タロウ"),
    (".name_roman", "DAIO HANAKO", "DAIO TARO"),
    ("_head_name", "大王　花子", "大王　花子"),
    (".agent_name", "見本　次郎", "見本　次郎"),
    (".tsusho", "見本　花子", ""),
    (".former_name", "見本", ""),
    (".hittousha", "大王　花子", "大王　花子"),
    (".honseki", "みほん県みほん市見本町二丁目３番", "みほん県みほん市見本町二丁目３番"),
    ("address_katagaki", "みほん荘１０２号室", "みほん荘１０２号室"),
    ("previous_address", "見本県架空市本町１丁目２番３号", "見本県架空市本町１丁目２番３号"),
    ("address", "みほん県みほん市見本町二丁目３番４号", "みほん県みほん市見本町二丁目３番４号"),
    ("postal_code", "000-0000", "000-0000"),
    (".phone", "000-0000-0000", "000-0000-0000"),
    (".case", "A-0001", "A-0001"),
    ("person.id", "p1", "p2"),
    (".nationality_code", "JPN", "JPN"),
    ("procedure.office", "citizen", "citizen"),
    ("procedure.office_title", "市民課", "市民課"),
    ("procedure.covered_by", "", ""),
    (".residence_card_number", "AA00000000AA", ""),
    (".last_registered", "見本県架空市", "見本県架空市"),
];

/// What the two people of the samples are: a mother and her son, of Japanese nationality, who move in. An empty text is an
/// empty field.
const PEOPLE: [(&str, &str, &str); 20] = [
    (".moving", "yes", "yes"),
    (".relation", "head", "child"),
    (".new_relation", "", ""),
    (".former_head", "", ""),
    (".head_elsewhere", "", ""),
    (".sex", "female", "male"),
    (".nationality", "jp", "jp"),
    (".nationality_code", "", ""),
    (".name_roman", "", ""),
    (".tsusho", "", ""),
    (".former_name", "", ""),
    (".residence_status", "", ""),
    (".residence_card_number", "", ""),
    (".residence_card_present", "", ""),
    (".status_until", "", ""),
    (".stay_extension", "", ""),
    (".tokuei_matter", "", ""),
    (".tokuei_matter_date", "", ""),
    (".newborn", "no", "no"),
    (".deceased", "no", "no"),
];

/// The value of a source in row `row` (from 0) of a sample file.
pub fn field(
    pack: &Pack,
    format: &HandoverFormat,
    known: &HandoverSource,
    source: &str,
    row: usize,
) -> Option<Value> {
    let Some((_, first, second)) = PEOPLE.iter().find(|(end, ..)| source.ends_with(end)) else {
        return value(pack, format, known, source, row);
    };
    match (if row == 0 { *first } else { *second }, known.kind) {
        ("", _) => None,
        (id, FactType::YesNo) => Some(Value::YesNo(id == "yes")),
        (id, _) => Some(Value::Choice(id.to_owned())),
    }
}

/// An example of a source, as `row` (from 0) of a sample; `None` for an empty field.
pub fn value(
    pack: &Pack,
    format: &HandoverFormat,
    known: &HandoverSource,
    source: &str,
    row: usize,
) -> Option<Value> {
    let first = row == 0;
    let date = |text: &str| text.parse().ok().map(Value::Date);
    match known.kind {
        FactType::YesNo => Some(Value::YesNo(first)),
        FactType::Choice => choice(format, known, row).map(Value::Choice),
        FactType::Choices => choice(format, known, row).map(|id| Value::Choices(vec![id])),
        FactType::Number => Some(Value::Number(1)),
        FactType::PersonId => Some(Value::PersonId("p1".to_owned())),
        FactType::DoneList => None,
        FactType::Date if source.ends_with(".birth_date") => {
            date(if first { "1985-04-01" } else { "2019-06-01" })
        }
        FactType::Date if source.ends_with("today") || source.ends_with("counter_date") => {
            date("2026-11-20")
        }
        FactType::Date if source == "procedure.deadline" => date("2026-11-30"),
        FactType::Date => date("2026-11-14"),
        FactType::Text => {
            let text = text(pack, source, row);
            Some(text).filter(|text| !text.is_empty()).map(Value::Text)
        }
    }
}

/// A choice that the format can write.
fn choice(format: &HandoverFormat, known: &HandoverSource, row: usize) -> Option<String> {
    let values: Vec<&String> = match format {
        HandoverFormat::Codes(codes) if known.values.is_empty() => codes.keys().collect(),
        _ => known.values.iter().collect(),
    };
    values.get(row.min(values.len().checked_sub(1)?)).map(|id| (*id).clone())
}

fn text(pack: &Pack, source: &str, row: usize) -> String {
    if let Some(about) = source.strip_prefix("procedure.")
        && let Some(procedure) = pack.procedures.iter().filter(|row| !row.discreet).nth(row)
    {
        let title = pack
            .texts
            .get("ja")
            .and_then(|texts| texts.get(&format!("procedure.{}", procedure.id)));
        match about {
            "id" => return procedure.id.clone(),
            "law" => return procedure.law.clone(),
            "title" => {
                return title
                    .and_then(|versions| versions.last())
                    .map_or_else(|| procedure.id.clone(), |text| text.text.clone());
            }
            _ => {}
        }
    }
    let found = TEXTS.iter().find(|(end, ..)| source.ends_with(end));
    let text = found.map_or("見本", |(_, first, second)| if row == 0 { first } else { second });
    text.to_owned()
}
