//! The form of the benchmark: one A4 page with 57 values, as rule packs write forms.
//!
//! Labels and rules, rows for four people, fitting that has to wrap and to shrink, cells, dates in parts, ticks, two
//! columns of vertical text and a QR code of 57 × 57 modules.

use std::fmt::Write;

use kakanai_forms::{FieldValue, Values};
use kakanai_text::PartialDate;

/// People on the form.
pub const PEOPLE: usize = 4;
/// Bytes that make a QR code of version 10 (57 × 57 modules) at the level of correction the forms use.
const QR_BYTES: usize = 200;

/// `form.toml` of form number `number`.
pub fn toml(number: usize) -> String {
    let mut form = format!(
        r#"format = 1
id = "bench-{number}"
title = "申請書 {number}"
issuer = "みほん市長"
version = 1
valid_from = "2026-04-01"
law = "みほん市の規則"
scope = "household"
paper = "A4"
repeat = {{ count = {PEOPLE}, pitch = 16 }}
field = [
"#
    );
    let mut field = |text: String| {
        form.push_str("  ");
        form.push_str(&text);
        form.push_str(",\n");
    };
    field(format!(
        r#"{{ kind = "label", text = "みほん市の申請書　第{number}号様式", box = [40, 10, 130, 10], size = 18, font = "gothic_bold", align = "center" }}"#
    ));
    field(r#"{ kind = "qr", id = "qr", label = "コード", source = "case.qr", box = [172, 8, 26, 26] }"#.to_owned());
    // 16 values of the case in two columns, each with its label and its frame.
    for line in 0..8 {
        let y = 36 + line * 9;
        for (side, x) in [(0, 12), (1, 105)] {
            let id = format!("case{line}{side}");
            field(format!(r#"{{ kind = "rect", box = [{x}, {y}, 24, 9], width = 0.4, fill = 0.93 }}"#));
            field(format!(r#"{{ kind = "rect", box = [{}, {y}, 62, 9], width = 0.4 }}"#, x + 24));
            field(format!(
                r#"{{ kind = "label", text = "項目の名前", box = [{}, {y}, 22, 9], size = 8.5, align = "justify" }}"#,
                x + 1
            ));
            let kind = match (line, side) {
                (7, 0) => format!(r#"kind = "comb", cells = 11, source = "case.phone", box = [{}, {}, 60, 7], size = 11"#, x + 25, y + 1),
                (7, 1) => format!(
                    r#"kind = "date", source = "case.move_date", parts = {{ era = [{0}, {y}, 14, 9], year = [{1}, {y}, 12, 9], month = [{2}, {y}, 12, 9], day = [{3}, {y}, 12, 9] }}, size = 10"#,
                    x + 25, x + 40, x + 52, x + 64
                ),
                _ => format!(r#"kind = "text", source = "case.text{}", box = [{}, {y}, 61, 9], size = 11, min_size = 6"#, (line + side) % 4, x + 24),
            };
            field(format!(r#"{{ id = "{id}", label = "項目", {kind} }}"#));
        }
    }
    // 9 values for each of 4 people.
    for (left, width) in [(12, 6), (18, 58), (76, 34), (110, 12), (122, 20), (142, 56)] {
        field(format!(r#"{{ kind = "rect", box = [{left}, 112, {width}, 16], width = 0.4, row = true }}"#));
    }
    for text in [
        r#"{ kind = "label", text = "氏名", box = [18, 106, 58, 6], size = 8, align = "center" }"#,
        r#"{ kind = "text", id = "row", label = "番号", source = "form.row", box = [12, 112, 6, 16], size = 9, align = "center", row = true }"#,
        r#"{ kind = "text", id = "kana", label = "フリガナ", source = "person.name_kana", box = [18, 112, 58, 5], size = 8, min_size = 6, row = true }"#,
        r#"{ kind = "text", id = "name", label = "氏名", source = "person.name", box = [18, 117, 58, 11], size = 14, min_size = 6.5, row = true }"#,
        r#"{ kind = "date", id = "birth", label = "生年月日", source = "person.birth_date", box = [76, 112, 34, 16], size = 10, align = "center", row = true }"#,
        r#"{ kind = "circle", id = "sex", label = "性別", source = "person.sex", size = 9, row = true, options = [{ value = "male", box = [113, 114, 6, 5], text = "男" }, { value = "female", box = [113, 121, 6, 5], text = "女" }] }"#,
        r#"{ kind = "text", id = "relation", label = "続柄", source = "person.relation_text", box = [122, 112, 20, 16], size = 11, align = "center", row = true }"#,
        r#"{ kind = "check", id = "card", label = "カード", source = "person.mynumber_card", size = 8, row = true, options = [{ value = "valid", box = [144, 114, 3.2, 3.2], text = "ある" }, { value = "none", box = [144, 121, 3.2, 3.2], text = "ない" }] }"#,
        r#"{ kind = "text", id = "work", label = "勤め先", source = "person.employer", box = [156, 112, 42, 8], size = 10, min_size = 6, row = true }"#,
        r#"{ kind = "text", id = "note", label = "備考", source = "person.note", box = [156, 120, 42, 8], size = 9, min_size = 6, row = true }"#,
    ] {
        field(text.to_owned());
    }
    // 2 vertical columns.
    for (column, x) in [(0, 168), (1, 184)] {
        field(format!(r#"{{ kind = "rect", box = [{x}, 182, 14, 90], width = 0.4 }}"#));
        field(format!(
            r#"{{ kind = "vertical", id = "vertical{column}", label = "縦書き", source = "case.text{column}", box = [{x}, 182, 14, 90], size = 11, min_size = 6 }}"#
        ));
    }
    // Notes and ruled lines.
    for line in 0..12 {
        let y = 182 + line * 8;
        field(format!(
            r#"{{ kind = "label", text = "{}　この欄には、届け出る人が確かめたことをそのまま印刷しています。", box = [12, {y}, 150, 7], size = 8 }}"#,
            line + 1
        ));
        field(format!(r#"{{ kind = "line", segments = [[12, {0}, 162, {0}]], width = 0.3, dashed = true }}"#, y + 7));
    }
    let _ = writeln!(form, "]");
    form
}

/// The resident's answers.
pub struct Household;

impl Values for Household {
    fn value(&self, source: &str, person: Option<&str>) -> FieldValue {
        let text = |text: &str| FieldValue::Text(text.to_owned());
        let number: usize = person.and_then(|id| id.trim_start_matches('p').parse().ok()).unwrap_or(0);
        match source {
            "case.qr" => FieldValue::Text("7".repeat(QR_BYTES)),
            "case.phone" => text("09000000000"),
            "case.move_date" => FieldValue::Date("2026-11-07".parse::<PartialDate>().unwrap_or_else(|_| unreachable!())),
            "case.text0" => text("みほん県みほん市中央一丁目２番３号　みほんハイツ一〇一号室"),
            "case.text1" => text("見本町四番地の五"),
            "case.text2" => text("みほん県みほん市大字見本字上見本千二百三十四番地五　みほん団地第十二号棟一五〇三号室（見本方）"),
            "case.text3" => text("大王　花子"),
            "person.name" => text(["大王　花子", "𠮷田　葛󠄂之介", "髙﨑　渡", "みほん　太郎"].get(number.wrapping_sub(1)).unwrap_or(&"")),
            "person.name_kana" => text(["ダイオウ　ハナコ", "ヨシダ　カツノスケ", "タカサキ　ワタル", "ミホン　タロウ"].get(number.wrapping_sub(1)).unwrap_or(&"")),
            "person.birth_date" => FieldValue::Date("1985-04-01".parse::<PartialDate>().unwrap_or_else(|_| unreachable!())),
            "person.sex" => FieldValue::Choice(if number % 2 == 0 { "male" } else { "female" }.to_owned()),
            "person.relation_text" => text(if number == 1 { "世帯主" } else { "子の子" }),
            "person.mynumber_card" => FieldValue::Choice(if number % 2 == 0 { "valid" } else { "none" }.to_owned()),
            "person.employer" => text("株式会社みほん商事みほん支店"),
            "person.note" => text("前の住所からの引っ越しで、届け出は初めて"),
            _ => FieldValue::Missing,
        }
    }

    fn people(&self) -> Vec<String> {
        (1..=PEOPLE).map(|number| format!("p{number}")).collect()
    }
}
