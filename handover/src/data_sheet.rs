//! The data sheet for whoever writes the robot (データ仕様書): every file and column, made from the pack, with a sample
//! file for each.

use jiff::civil::Date;
use kakanai_rules::pack::{HandoverColumn, HandoverFile, HandoverFormat, HandoverSource, RowsOf};
use kakanai_rules::{FactType, Pack};

use crate::export::Csv;
use crate::format::{LANG, Writing};
use crate::refusal::Refusal;
use crate::sample;
use crate::table::{Column, Row, columns};

/// The text that stands before the tables.
const ABOUT: &str = include_str!("data-sheet.ja.md");

/// One file of the data sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetFile {
    /// Name.
    pub name: String,
    /// Content.
    pub bytes: Vec<u8>,
}

/// Headings of `data-sheet.csv`.
const HEADINGS: [&str; 12] = [
    "ファイル",
    "順",
    "見出し",
    "項目ID",
    "内容",
    "型",
    "書式",
    "コード",
    "最大バイト数",
    "必須",
    "例",
    "注",
];

/// The data sheet of a pack as of the day `on`: `data-sheet.ja.md`, `data-sheet.csv` (UTF-8 with byte order mark, for
/// spreadsheets) and a sample of each file.
///
/// # Errors
/// Places at which even a sample cannot be written: faults of the pack.
pub fn data_sheet(pack: &Pack, on: Date) -> Result<Vec<SheetFile>, Vec<Refusal>> {
    let writing = Writing { pack, on };
    let mut files: Vec<&HandoverFile> = pack.handover.files.iter().collect();
    files.sort_by_key(|file| file.order);
    let vocabulary = pack.vocabulary();
    let mut refusals = Vec::new();
    let mut sheet = vec![];
    let mut parts = vec![];
    let mut table = vec![HEADINGS.map(str::to_owned).to_vec()];
    for file in &files {
        let columns = columns(pack, &vocabulary, file, on);
        if columns.is_empty() {
            continue;
        }
        let name = format!("{}.csv", file.id);
        let lines: Vec<Vec<String>> =
            (1..).zip(&columns).map(|(place, column)| described(&writing, place, column)).collect();
        parts.push(section(pack, on, file, &lines));
        table.extend(lines.into_iter().map(|line| [vec![name.clone()], line].concat()));
        let bytes = sampled(&writing, file, &columns, &mut refusals);
        sheet.push(SheetFile { name: format!("sample/{name}"), bytes });
    }
    if !refusals.is_empty() {
        return Err(refusals);
    }
    let page = page(pack, on, &files, &parts);
    sheet.insert(0, SheetFile { name: "data-sheet.ja.md".to_owned(), bytes: page.into_bytes() });
    sheet.insert(1, SheetFile { name: "data-sheet.csv".to_owned(), bytes: spreadsheet(&table) });
    Ok(sheet)
}

fn page(pack: &Pack, on: Date, files: &[&HandoverFile], parts: &[String]) -> String {
    let mut rows = String::new();
    for file in files {
        let events = match file.events.as_slice() {
            [] => "すべて".to_owned(),
            events => events
                .iter()
                .map(|event| words(pack, on, "event", event))
                .collect::<Vec<_>>()
                .join("・"),
        };
        let procedures = match file.procedures.as_slice() {
            [] => "―".to_owned(),
            procedures => procedures.join(" "),
        };
        let per = per(file.rows);
        rows += &format!(
            "| `{}.csv` | {} | {per} | {events} | {procedures} |\n",
            file.id,
            cell(&file.title)
        );
    }
    let withheld: String = pack
        .handover
        .withheld
        .iter()
        .map(|row| {
            format!(
                "| {} | `{}` | {} |\n",
                meaning(pack, on, &row.source, "―"),
                row.source,
                cell(&row.note)
            )
        })
        .collect();
    ABOUT
        .replace("{name}", &pack.name)
        .replace("{pack}", &pack.id)
        .replace("{version}", &pack.version.to_string())
        .replace("{on}", &on.to_string())
        .replace("{files}", rows.trim_end())
        .replace("{sections}", parts.join("\n").trim_end())
        .replace("{withheld}", withheld.trim_end())
}

fn section(pack: &Pack, on: Date, file: &HandoverFile, lines: &[Vec<String>]) -> String {
    let mut text = format!("### `{}.csv`　{}\n\n{}。", file.id, file.title, per(file.rows));
    if !file.events.is_empty() {
        let events: Vec<_> =
            file.events.iter().map(|event| words(pack, on, "event", event)).collect();
        text += &format!("{}のときに作ります。", events.join("・"));
    }
    if !file.procedures.is_empty() {
        text += "下の手続きのどれかが必要と判定されたときに作ります（";
        text += &file.procedures.join("、");
        text += "）。";
    }
    text +=
        "\n\n| 順 | 見出し | 内容 | 型・書式 | 最大 | 必須 | 例 |\n|--:|---|---|---|--:|---|---|\n";
    for line in lines {
        let [place, heading, id, meaning, kind, format, codes, max, required, example, note] =
            line.as_slice()
        else {
            continue;
        };
        let more = [codes.as_str(), note.as_str()].into_iter().filter(|text| !text.is_empty());
        let more: String = more.map(|text| format!("<br>{}", cell(text))).collect();
        text += &format!(
            "| {place} | {} | {}<br>`{id}` | {kind}・{format}{more} | {max} | {required} | {} |\n",
            cell(heading),
            cell(meaning),
            cell(example)
        );
    }
    text
}

/// A column in words, from its place to its note.
fn described(writing: &Writing<'_>, place: usize, shown: &Column<'_>) -> Vec<String> {
    let Column { column, source } = shown;
    let Writing { pack, on } = *writing;
    let known = source.as_ref();
    let kind = known.map_or("―", |known| match known.kind {
        FactType::Text | FactType::PersonId | FactType::DoneList => "文字",
        FactType::Number => "整数",
        FactType::Date => "日付",
        FactType::YesNo => "はい・いいえ",
        FactType::Choice => "選択",
        FactType::Choices => "選択（複数）",
    });
    let (format, codes) = format_words(pack, on, column, known);
    let value =
        known.and_then(|known| sample::value(pack, &column.format, known, &column.source, 0));
    let example = writing.field(column, known, value).unwrap_or_default();
    vec![
        place.to_string(),
        column.heading.clone(),
        column.id.clone(),
        meaning(pack, on, &column.source, &column.heading),
        kind.to_owned(),
        format,
        codes,
        column.max_bytes.map(|max| max.to_string()).unwrap_or_default(),
        if column.required { "必須".to_owned() } else { String::new() },
        example,
        column.note.clone(),
    ]
}

/// The format and the codes of a column; of a choice that stands as it is, its ids.
fn format_words(
    pack: &Pack,
    on: Date,
    column: &HandoverColumn,
    known: Option<&HandoverSource>,
) -> (String, String) {
    let fact = known.and_then(|known| known.fact.as_deref());
    let words = |fact: Option<&str>, id: &str| match fact {
        Some(fact) => words(pack, on, fact, id),
        None => own_word(id).to_owned(),
    };
    let format = match &column.format {
        HandoverFormat::Text => "そのまま",
        HandoverFormat::Jis => "そのまま（※）",
        HandoverFormat::DateDigits => "yyyymmdd",
        HandoverFormat::DateIso => "yyyy-mm-dd",
        HandoverFormat::DateEra => "和暦（令和8年11月20日）",
        HandoverFormat::Words => "ことば",
        HandoverFormat::Codes(codes) => {
            // In the order of the codes, as a table of a core system has them: 2 before 10.
            let mut codes: Vec<_> = codes.iter().map(|(id, code)| (code.len(), code, id)).collect();
            codes.sort();
            let codes = codes.iter().map(|(_, code, id)| format!("{code}＝{}", words(fact, id)));
            return ("コード".to_owned(), codes.collect::<Vec<_>>().join("、"));
        }
    };
    let ids = known.map_or(&[][..], |known| known.values.as_slice());
    let ids = ids.iter().map(|id| match words(fact, id) {
        word if word == *id => word,
        word => format!("{id}＝{word}"),
    });
    let ids = if column.format == HandoverFormat::Text { ids.collect() } else { Vec::new() };
    (format.to_owned(), ids.join("、"))
}

fn sampled(
    writing: &Writing<'_>,
    file: &HandoverFile,
    columns: &[Column<'_>],
    refusals: &mut Vec<Refusal>,
) -> Vec<u8> {
    let mut csv = Csv::new(columns, refusals);
    for number in 0..sample::rows(file.rows) {
        let row = Row { person: None, decision: None };
        let value = |source: &str| {
            let shown = columns.iter().find(|shown| shown.column.source == source)?;
            let known = shown.source.as_ref()?;
            sample::field(writing.pack, &shown.column.format, known, source, number)
        };
        csv.row(writing, columns, &row, &value, refusals);
    }
    csv.bytes
}

fn per(rows: RowsOf) -> &'static str {
    match rows {
        RowsOf::Case => "1件に1行",
        RowsOf::Person => "1人に1行",
        RowsOf::Procedure => "手続きと人ごとに1行",
    }
}

/// What a source is, in words; `without` for a fact that the pack has no label for.
fn meaning(pack: &Pack, on: Date, source: &str, without: &str) -> String {
    if let Some((_, words)) = MEANINGS.iter().find(|(name, _)| *name == source) {
        return (*words).to_owned();
    }
    let (whose, fact) = source.split_once('.').unwrap_or(("", source));
    let key = format!("fact.{fact}");
    let label = pack.text(LANG, &key, on).unwrap_or(without);
    match whose {
        "head" => format!("世帯主の{label}"),
        "visitor" => format!("来庁した人の{label}"),
        "claimant" => format!("児童手当の請求者の{label}"),
        "spouse" => format!("配偶者の{label}"),
        _ => label.to_owned(),
    }
}

const MEANINGS: [(&str, &str); 17] = [
    ("form.today", "届出の日（窓口に来た日）"),
    ("form.case", "受付番号"),
    ("form.moved_on", "異動日（引っ越した日、世帯変更では変更の日）"),
    ("form.address", "この市区町村での住所（新しい住所、なければ今の住所）"),
    ("form.address_katagaki", "方書"),
    ("form.postal_code", "郵便番号"),
    ("person.id", "この受付の中での人の番号"),
    ("procedure.id", "手続きの番号（変わらない）"),
    ("procedure.title", "手続きの名前"),
    ("procedure.status", "判定"),
    ("procedure.deadline", "期限（閉庁日なら次の開庁日）"),
    ("procedure.office", "担当窓口の番号"),
    ("procedure.office_title", "担当窓口の名前"),
    ("procedure.outcome", "窓口での取扱い"),
    ("procedure.covered_by", "この届に付記して済む届の番号"),
    ("procedure.law", "根拠の法令"),
    ("case.already_done", "ほかで済ませた手続き（番号@日付）"),
];

/// The words of the choices that are no facts.
fn own_word(id: &str) -> &str {
    match id {
        "required" => "必要",
        "may-apply" => "申請できる",
        "undecided" => "未定（情報が足りない）",
        "here" => "この窓口で届出書を作った",
        "covered" => "ほかの届に付記して済む",
        "paper" => "この窓口で、課の用紙を使う",
        "elsewhere" => "ほかの窓口・役所を案内した",
        "offered" => "申請できることを案内した",
        "open" => "決まっていない",
        other => other,
    }
}

fn words(pack: &Pack, on: Date, fact: &str, id: &str) -> String {
    let own = format!("choice.{fact}.{id}");
    let shared = format!("word.{id}");
    pack.text(LANG, &own, on).or_else(|| pack.text(LANG, &shared, on)).unwrap_or(id).to_owned()
}

/// A text as a cell of a Markdown table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', "<br>")
}

/// CSV in UTF-8 with byte order mark: what spreadsheets open without asking.
fn spreadsheet(table: &[Vec<String>]) -> Vec<u8> {
    let mut text = "\u{feff}".to_owned();
    for line in table {
        let fields = line.iter().map(|field| format!("\"{}\"", field.replace('"', "\"\"")));
        text += &fields.collect::<Vec<_>>().join(",");
        text += "\r\n";
    }
    text.into_bytes()
}
