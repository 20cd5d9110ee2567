//! Names of AcroForm fields in `form.toml` become the boxes that the blank's author drew.
//!
//! This happens once, when the pack is compiled: the template that reaches the counter holds millimetres only.
//! `acro = "name"` may stand wherever `box` may; in `boxes` and `parts` a name may stand for a rectangle.

use std::collections::BTreeMap;
use std::ops::Range;

use toml_edit::{Document, Item, TableLike, Value};

use crate::blank::BlankField;
use crate::finding::{Finding, Place};
use crate::near;

/// Smallest size a paper may have, in points.
const SMALLEST: f32 = kakanai_forms::template::SMALLEST;
/// Kinds whose text the AcroForm field may align and size.
const TEXT: [&str; 3] = ["text", "comb", "date"];

/// A template without names of AcroForm fields.
pub struct Resolved {
    /// The text of the template.
    pub text: String,
    /// Lines of the original after which the text has further lines, and how many.
    added: Vec<(usize, usize)>,
}

impl Resolved {
    /// The line of `form.toml` that a line of the text came from.
    pub fn line(&self, line: usize) -> usize {
        let mut more = 0;
        for (original, added) in &self.added {
            if line > original + more + added {
                more += added;
            } else if line > original + more {
                return *original;
            } else {
                break;
            }
        }
        line - more
    }
}

/// Puts boxes for names. A text that is no TOML stays as it is: reading it as a template says what is wrong.
pub fn resolve(
    text: &str,
    file: &str,
    fields: &[BlankField],
    findings: &mut Vec<Finding>,
) -> Resolved {
    let fields = fields.iter().map(|field| (field.name.as_str(), field)).collect();
    let mut names = Names { text, file, fields, edits: Vec::new(), findings };
    if let Ok(document) = Document::parse(text) {
        for (_, item) in document.as_table() {
            names.item(item);
        }
    }
    apply(text, names.edits)
}

struct Names<'a> {
    text: &'a str,
    file: &'a str,
    fields: BTreeMap<&'a str, &'a BlankField>,
    edits: Vec<(Range<usize>, String)>,
    findings: &'a mut Vec<Finding>,
}

impl<'a> Names<'a> {
    fn item(&mut self, item: &Item) {
        match item {
            Item::Table(table) => self.table(table, "\n"),
            Item::ArrayOfTables(tables) => tables.iter().for_each(|table| self.table(table, "\n")),
            Item::Value(value) => self.value(value),
            Item::None => {}
        }
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::InlineTable(table) => self.table(table, ", "),
            Value::Array(values) => values.iter().for_each(|value| self.value(value)),
            _ => {}
        }
    }

    fn table(&mut self, table: &dyn TableLike, between: &str) {
        for (key, item) in table.iter() {
            match (key, item.as_value()) {
                ("acro", Some(Value::String(name))) => {
                    let start = table.get_key_value(key).and_then(|(key, _)| key.span());
                    if let (Some(start), Some(end)) = (start, item.span()) {
                        let span = start.start..end.end;
                        if let Some(field) = self.field(name.value(), span.start) {
                            self.edits.push((span, keys(field, table).join(between)));
                        }
                    }
                }
                ("boxes", Some(Value::Array(values))) => {
                    values.iter().for_each(|value| self.rectangle(value));
                }
                ("parts" | "eras", Some(Value::InlineTable(parts))) => self.parts(parts),
                ("parts", None) => {
                    if let Some(parts) = item.as_table() {
                        self.parts(parts);
                    }
                }
                _ => self.item(item),
            }
        }
    }

    fn parts(&mut self, parts: &dyn TableLike) {
        for (_, part) in parts.iter() {
            match part.as_value() {
                Some(Value::InlineTable(eras)) => self.parts(eras),
                Some(value) => self.rectangle(value),
                None => {}
            }
        }
    }

    /// A name where a rectangle may stand.
    fn rectangle(&mut self, value: &Value) {
        if let (Some(name), Some(span)) = (value.as_str(), value.span())
            && let Some(field) = self.field(name, span.start)
        {
            self.edits.push((span, lengths(field)));
        }
    }

    fn field(&mut self, name: &str, at: usize) -> Option<&'a BlankField> {
        let found = self.fields.get(name).copied();
        if found.is_none() {
            let place = Place {
                sheet: self.file.to_owned(),
                row: u64::try_from(line_of(self.text, at)).unwrap_or(0),
            };
            let (hint, hint_en) = near::hint(
                name,
                self.fields.keys().copied(),
                (
                    "blank.toml にある名前を書いてください。名前がなければ box に寸法を書きます",
                    "use a name that blank.toml lists, or measure and write a box",
                ),
            );
            self.findings.push(
                place
                    .error(
                        "unknown-field",
                        "acro",
                        format!("「{name}」という入力欄は、白紙のPDFにありません。"),
                        &hint,
                    )
                    .english(format!("The blank PDF has no field \"{name}\"."), hint_en),
            );
        }
        found
    }
}

/// What an AcroForm field says, as keys of the table that names it; what the table says itself stands.
fn keys(field: &BlankField, table: &dyn TableLike) -> Vec<String> {
    let mut keys = vec![format!("box = {}", lengths(field))];
    let kind = table.get("kind").and_then(Item::as_str).unwrap_or_default();
    if !TEXT.contains(&kind) {
        return keys;
    }
    let says = |key: &str| table.contains_key(key);
    if kind == "comb" && !says("cells") {
        keys.extend(field.max_len.map(|cells| format!("cells = {cells}")));
    }
    let middle_of_cells = kind == "comb" && field.align == "center";
    if !says("align") && field.align != "left" && !middle_of_cells {
        keys.push(format!("align = \"{}\"", field.align));
    }
    if let Some(size) = field.size.filter(|size| *size >= SMALLEST && !says("size")) {
        keys.push(format!("size = {size}"));
    }
    keys
}

fn lengths(field: &BlankField) -> String {
    let [x, y, w, h] = field.area;
    format!("[{x}, {y}, {w}, {h}]")
}

fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}

fn apply(text: &str, mut edits: Vec<(Range<usize>, String)>) -> Resolved {
    edits.sort_by_key(|(span, _)| span.start);
    let mut resolved = Resolved { text: String::with_capacity(text.len()), added: Vec::new() };
    let mut done = 0;
    for (span, put) in edits {
        resolved.text.push_str(text.get(done..span.start).unwrap_or_default());
        resolved.text.push_str(&put);
        done = span.end;
        let lines = put.matches('\n').count();
        if lines > 0 {
            resolved.added.push((line_of(text, span.start), lines));
        }
    }
    resolved.text.push_str(text.get(done..).unwrap_or_default());
    resolved
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(name: &str, max_len: Option<u16>) -> BlankField {
        BlankField {
            name: name.to_owned(),
            kind: "text".to_owned(),
            area: [10.5, 20.0, 70.0, 8.25],
            max_len,
            comb: max_len.is_some(),
            align: "right".to_owned(),
            size: Some(10.5),
        }
    }

    fn resolved(text: &str) -> (Resolved, Vec<Finding>) {
        let mut findings = Vec::new();
        let fields = [field("氏名", None), field("番号", Some(7))];
        let resolved = resolve(text, "town/forms/f/form.toml", &fields, &mut findings);
        (resolved, findings)
    }

    #[test]
    fn a_name_becomes_the_box_size_and_alignment_of_its_field_unless_the_form_says_otherwise() {
        let (done, findings) = resolved(
            "# head\nid = \"f\"\n[[field]]\nkind = \"text\"\nacro = \"氏名\"\nsize = 9\n\
             [[field]]\nkind = \"comb\"\nacro = \"番号\" # 7けた\n",
        );
        assert!(findings.is_empty(), "{findings:?}");
        assert_eq!(
            done.text,
            "# head\nid = \"f\"\n[[field]]\nkind = \"text\"\nbox = [10.5, 20, 70, 8.25]\n\
             align = \"right\"\nsize = 9\n[[field]]\nkind = \"comb\"\nbox = [10.5, 20, 70, 8.25]\n\
             cells = 7\nalign = \"right\"\nsize = 10.5 # 7けた\n"
        );
        let lines: Vec<usize> = (1..=13).map(|line| done.line(line)).collect();
        assert_eq!(lines, [1, 2, 3, 4, 5, 5, 6, 7, 8, 9, 9, 9, 9]);
    }

    #[test]
    fn names_stand_for_rectangles_in_options_signatures_parts_and_lists_of_cells() {
        let (done, findings) = resolved(
            "signature = [ { id = \"s\", acro = \"氏名\", signature = \"law\" } ]\n\
             field = [\n { kind = \"check\", options = [ { value = \"a\", acro = \"番号\" } ] },\n \
             { kind = \"date\", parts = { year = \"氏名\", eras = { heisei = \"氏名\" } } },\n \
             { kind = \"comb\", boxes = [\"番号\", [1, 2, 3, 4]] },\n]\n",
        );
        assert!(findings.is_empty(), "{findings:?}");
        let area = "[10.5, 20, 70, 8.25]";
        for expected in [
            format!("{{ id = \"s\", box = {area}, signature = \"law\" }}"),
            format!("{{ value = \"a\", box = {area} }}"),
            format!("{{ year = {area}, eras = {{ heisei = {area} }} }}"),
            format!("boxes = [{area}, [1, 2, 3, 4]]"),
        ] {
            assert!(done.text.contains(&expected), "{expected}\n{}", done.text);
        }
        assert_eq!(done.line(5), 5);
    }

    #[test]
    fn a_name_that_the_page_lacks_is_named_with_its_line_and_the_nearest_one() {
        let (done, findings) = resolved("[[field]]\nkind = \"text\"\nacro = \"氏各\"\n");
        let [finding] = &findings[..] else { panic!("{findings:?}") };
        assert_eq!((finding.kind.as_str(), finding.row), ("unknown-field", 3));
        assert!(finding.hint.contains("「氏名」ではありませんか"), "{}", finding.hint);
        assert!(done.text.contains("acro = \"氏各\""));
    }
}
