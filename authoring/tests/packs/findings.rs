//! Every kind of finding, by breaking a clean pack in one place.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use kakanai_authoring::{Finding, KINDS, Severity, check};

/// A fault: what is replaced in which file (an empty search text appends), and where it must be found.
struct Fault {
    kind: &'static str,
    edits: &'static [(&'static str, &'static str, &'static str)],
    /// File, a text of the row (empty: the file as a whole), column.
    at: (&'static str, &'static str, &'static str),
}

const fn fault(
    kind: &'static str,
    edits: &'static [(&'static str, &'static str, &'static str)],
    at: (&'static str, &'static str, &'static str),
) -> Fault {
    Fault { kind, edits, at }
}

const BRING: &str = "base/sheets/bring.csv";
const CHOICES: &str = "base/sheets/choices.csv";
const DEADLINES: &str = "base/sheets/deadlines.csv";
const FACTS: &str = "base/sheets/facts.csv";
const HANDOVER: &str = "base/sheets/handover.csv";
const HANDOVER_FILES: &str = "base/sheets/handover_files.csv";
const FOLLOWS: &str = "base/sheets/follows.csv";
const FORM: &str = "town/forms/ido/form.toml";
const GATES: &str = "base/sheets/gates.csv";
const GUIDE: &str = "town/forms/guide/form.toml";
const OFFICES: &str = "town/sheets/offices.csv";
const PROCEDURES: &str = "base/sheets/procedures.csv";
const QUESTIONS: &str = "base/sheets/questions.csv";
const READINGS: &str = "base/sheets/readings.csv";
const RULES: &str = "base/sheets/rules.csv";
const TESTS: &str = "town/sheets/tests.csv";
const TEXTS: &str = "base/sheets/texts.csv";
const TEXTS_EN: &str = "base/sheets/texts.en.csv";

#[rustfmt::skip]
const FAULTS: &[Fault] = &[
    // Files and rows that cannot be read.
    fault("syntax", &[(BRING, "inkan-seal,inkan.toroku", "inkan-seal,\"inkan.toroku")], (BRING, "inkan-seal", "")),
    fault("unknown-sheet", &[("town/sheets/note.csv", "", "id\n")], ("town/sheets/note.csv", "", "")),
    fault("unknown-column", &[(OFFICES, "id,place", "id,placee")], (OFFICES, "placee", "placee")),
    fault("missing-column", &[("town/sheets/papers.csv", "id,procedure,form\ntennyu,", "procedure,form\n")], ("town/sheets/papers.csv", "procedure", "id")),
    fault("column-twice", &[(BRING, "fact2,op2", "fact1,op2")], (BRING, "item,who", "fact1")),
    fault("id-twice", &[(BRING, "inkan-seal", "techo")], (BRING, "seal", "id")),
    fault("version-unclear", &[("sample/sheets/offices.csv", "id,place,phone\ncitizen,1階 1番,000-000-0001\n", "id,place,phone,from,until\ncitizen,1階 1番,000-000-0001,2026-01-01,2026-12-31\ncitizen,1階 2番,000-000-0001,2027-01-01,\n")], (OFFICES, "citizen", "from")),
    fault("wrong-value", &[(RULES, "inkan.toroku,except", "inkan.toroku,exept")], (RULES, "exept", "effect")),
    fault("wrong-value", &[(RULES, "insurance_after,is,kokuho", "insurance_after,is,@insurance_after+3")], (RULES, "insurance_after+3", "value3")),
    fault("wrong-value", &[(RULES, "card,card.keizoku,required,event,is,tennyu", "card,card.keizoku,required,event,is,@deadline.juki.tennyu")], (RULES, "event,is,@", "value1")),
    fault("wrong-value", &[(QUESTIONS, "planned_out_date,11,planned_out_date", "planned_out_date,11,already_done"), (DEADLINES, "planned_out_date", "move_date"), (TEXTS, "", "fact.already_done,ja,すみ,author\n")], (QUESTIONS, "already_done", "fact")),
    fault("wrong-value", &[(QUESTIONS, "", "pupil,60,school_child,no,,\n"), (TEXTS, "", "question.pupil,ja,生徒,author\nquestion.pupil.why,ja,生徒,author\nquestion.pupil.staff,ja,生徒,author\n")], (QUESTIONS, "school_child", "fact")),
    fault("wrong-value", &[(TESTS, "family,1,,2026-11-20", "family,1,,")], (TESTS, "family,1,", "on")),
    fault("wrong-value", &[(TESTS, "family,1,,2026-11-20", "family,1,,2026-11-00")], (TESTS, "2026-11-00", "on")),
    fault("form", &[(FORM, "box = [50, 100", "box = [150, 100")], (FORM, "kind = \"text\"", "address")),
    fault("form", &[(GUIDE, "", "format = 1\nid = \"guide\"\ntitle = \"案内\"\nissuer = \"なぎさ市長\"\nversion = 1\nvalid_from = \"2026-04-01\"\nlaw = \"\"\nscope = \"household\"\npaper = \"A4\"\nfield = []\n")], (GUIDE, "format", "id")),
    fault("form-words", &[(FORM, "field = [", "field = [\n  { kind = \"label\", text = \"この欄は職員が使います\", box = [10, 10, 20, 5], size = 9 },")], (FORM, "職員", "line-12")),
    fault("form-longest", &[(FORM, "required = true", "required = true, fit = [\"one_line\"]")], (FORM, "kind = \"text\"", "address")),
    fault("blank", &[(FORM, "paper = \"A4\"", "paper = \"A4\"\nblank = { page = 1, sha256 = \"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\" }")], (FORM, "blank = ", "blank")),
    // Names that lead nowhere.
    fault("unknown-field", &[(FORM, "box = [50, 100, 140, 10]", "acro = \"住所\"")], (FORM, "acro = ", "acro")),
    fault("unknown-fact", &[(RULES, "insurance_after,is,kokuho", "insurance_aftr,is,kokuho")], (RULES, "insurance_aftr", "fact3")),
    fault("unknown-fact", &[(PROCEDURES, "new_address name", "new_adress name")], (PROCEDURES, "new_adress", "asks")),
    fault("unknown-procedure", &[(BRING, "inkan-seal,inkan.toroku", "inkan-seal,inkan.torku")], (BRING, "torku", "procedure")),
    fault("unknown-procedure", &[(BRING, "inkan-seal,inkan.toroku", "inkan-seal,")], (BRING, "inkan-seal", "procedure")),
    fault("unknown-procedure", &[(PROCEDURES, "letter,juki.tennyu,here", "letter,juki.tenyu,here")], (PROCEDURES, "juki.tenyu", "covered_by")),
    fault("unknown-procedure", &[(RULES, "@deadline.juki.tennyu", "@deadline.juki.tenyu")], (RULES, "juki.tenyu", "value3")),
    fault("unknown-procedure", &[(DEADLINES, "move_date,14", "filed.juki.tenyu,14")], (DEADLINES, "filed", "fallback")),
    fault("unknown-procedure", &[(TESTS, "already_done=gakko.tennyu", "already_done=gako.tennyu")], (TESTS, "gako", "given")),
    fault("unknown-procedure", &[(TESTS, "2026-11-27,juki.tennyu", "2026-11-27,juki.tenyu")], (TESTS, "juki.tenyu", "covered_by")),
    fault("unknown-office", &[(PROCEDURES, "印鑑条例,citizen", "印鑑条例,citizn")], (PROCEDURES, "citizn", "office")),
    fault("unknown-form", &[("town/sheets/papers.csv", "juki.tennyu,ido", "juki.tennyu,idou")], ("town/sheets/papers.csv", "idou", "form")),
    fault("unknown-source", &[(RULES, "番号法17条,law", "番号法17条,lav")], (RULES, "lav", "source")),
    fault("unknown-deadline", &[(RULES, "@deadline.juki.tennyu", "@deadline.gakko.tennyu")], (RULES, "deadline.gakko", "value3")),
    fault("unknown-item", &[(TESTS, "techo.idou,required,-,,techo", "techo.idou,required,-,,!techoo")], (TESTS, "techoo", "bring")),
    fault("unknown-person", &[(TESTS, "family,12,,,p2", "family,12,,,p9")], (TESTS, "p9", "person")),
    fault("unknown-language", &[(TEXTS, "juki.tennyu,en", "juki.tennyu,jp")], (TEXTS, ",jp,", "lang")),
    // Numbers.
    fault("number-twice", &[(QUESTIONS, "new_address,13", "new_address,14")], (QUESTIONS, "moved", "number")),
    fault("number-twice", &[(CHOICES, "event.tenkyo,2", "event.tenkyo,3")], (CHOICES, "event.shomei", "number")),
    fault("wrong-value", &[(QUESTIONS, "people,2", "people,0")], (QUESTIONS, "people,0", "number")),
    fault("question-twice", &[(QUESTIONS, "moved,14,move_date,yes,yes", "moved,14,move_date,yes,no"), (TEXTS, "", "question.moved,ja,いつ,author\nquestion.moved.why,ja,いつ,author\nquestion.moved.staff,ja,いつ,author\n")], (QUESTIONS, "moved", "fact")),
    // Days.
    fault("dated-overlap", &[("town/sheets/fees.csv", "2027-03-31", "2027-04-01")], ("town/sheets/fees.csv", "400", "from")),
    fault("dated-overlap", &[(RULES, "<=,18,,,move_date", "<=,18,,,counter_date")], (RULES, "<=,18", "date_by")),
    fault("dated-gap", &[("town/sheets/fees.csv", "2027-03-31", "2027-02-28")], ("town/sheets/fees.csv", "400", "from")),
    fault("days-reversed", &[("town/sheets/fees.csv", "2027-04-01,", "2027-04-01,2026-04-01")], ("town/sheets/fees.csv", "400", "until")),
    fault("days-reversed", &[("town/pack.toml", "2027-03-31", "2026-03-31")], ("town/pack.toml", "valid_until", "valid_until")),
    fault("deadline-twice", &[(DEADLINES, "event,is not,tennyu", "event,is not,tenkyo")], (DEADLINES, "kokuho-lost", "procedure")),
    fault("deadline-twice", &[(DEADLINES, "planned_out_date,,30,,not counted,moves,together", "planned_out_date,,30,,not counted,moves,")], (DEADLINES, "card-out", "procedure")),
    fault("deadline-start", &[(DEADLINES, "jidoteate.nintei,,,,,,,move_date", "jidoteate.nintei,,,,,,,")], (DEADLINES, "jidoteate", "start")),
    fault("deadline-whose", &[(RULES, "same_pref other_pref,moving,is,yes", "same_pref other_pref,,,"), (DEADLINES, "juki.tennyu,,,,,,,move_date", "juki.tennyu,,,,,,,insurance_lost_date")], (DEADLINES, "tennyu,juki", "start")),
    // What is asked and what is used.
    fault("never-asked", &[(HANDOVER, "", "none.insurance_before,-,,,person.insurance_before,,,,判定だけ,,\n"), (RULES, "insurance_after,is,kokuho", "insurance_before,is,kokuho"), (TEXTS, "", "fact.insurance_before,ja,前の保険,author\n"), (PROCEDURES, "new_address name", "new_address name insurance_after")], (RULES, "insurance_before", "fact3")),
    fault("never-asked", &[(QUESTIONS, "any_disability,8,any_disability,no,", "any_disability,8,any_disability,no,yes")], (GATES, "techo", "gate")),
    fault("question-unused", &[(HANDOVER, "", "none.phone,-,,,case.phone,,,,判定だけ,,\n"), (PROCEDURES, "new_address name", "name"), (FORM, "case.new_address", "case.phone")], (QUESTIONS, "new_address", "fact")),
    fault("gate-in-rule", &[(RULES, "disability_physical,is not,none", "any_disability,is,yes")], (RULES, "any_disability", "fact3")),
    fault("follows-twice", &[(FOLLOWS, "", "id,fact,value,kind,fact1,op1,value1\none,moving,yes,takes,event,is,tennyu\nother,moving,no,takes,from,is,other_pref\n")], (FOLLOWS, "other,moving", "value")),
    fault("follows-open", &[(FOLLOWS, "", "id,fact,value,kind,fact1,op1,value1\none,seal_registration,no,takes,disability_physical,is not,none\n")], (FOLLOWS, "one,", "fact1")),
    fault("group-mixed", &[(QUESTIONS, "disability_physical,9,disability_physical,no,,", "disability_physical,9,disability_physical,no,,move")], (QUESTIONS, "disability_physical,9", "group")),
    fault("group-discreet", &[(FACTS, "any_disability,case,yes-no,,private,", "any_disability,case,yes-no,,discreet,"), (QUESTIONS, "any_disability,8,any_disability,no,,", "any_disability,8,any_disability,no,,move")], (QUESTIONS, "any_disability,8", "group")),
    // What can never be decided, and what always holds.
    fault("cycle", &[(PROCEDURES, "household,letter,,here,no,new_address", "household,letter,kokuho.shutoku,here,no,new_address")], (PROCEDURES, "juki.tennyu,household", "covered_by")),
    fault("cycle", &[(PROCEDURES, "household,letter,,here,no,new_address", "household,letter,juki.tennyu,here,no,new_address")], (PROCEDURES, "juki.tennyu,household", "covered_by")),
    fault("cycle", &[(FACTS, "person.fiscal_age >= 7", "person.pupil && person.fiscal_age >= 7"), (FACTS, "", "pupil,person,yes-no,,,person.school_child && person.fiscal_age <= 12\n"), (TEXTS, "", "fact.pupil,ja,じどう,author\n")], (FACTS, "pupil,person", "expression")),
    fault("cycle", &[(DEADLINES, "juki.tennyu,,,,,,,move_date", "juki.tennyu,,,,,,,deadline.jidoteate.nintei"), (DEADLINES, "jidoteate.nintei,,,,,,,move_date", "jidoteate.nintei,,,,,,,deadline.juki.tennyu")], (DEADLINES, "jidoteate,jidoteate", "start")),
    fault("cycle", &[(FACTS, "", "late,case,yes-no,,,counter_date > deadline(\"juki.tennyu\")\n"), (DEADLINES, "tennyu,juki.tennyu,,,", "tennyu,juki.tennyu,late,is,no"), (TEXTS, "", "fact.late,ja,おくれた,author\n")], (DEADLINES, "late", "fact1")),
    fault("cycle", &[(HANDOVER, "", "none.has_moped,-,,,case.has_moped,,,,判定だけ,,\nnone.has_motorbike,-,,,case.has_motorbike,,,,判定だけ,,\n"), (GATES, "", "moped,has_moped,has_motorbike,no,,,\nmotorbike,has_motorbike,has_moped,no,,,\n"), (QUESTIONS, "", "moped,50,has_moped,no,,\nmotorbike,51,has_motorbike,no,,\n"), (TEXTS, "", "fact.has_moped,ja,げんつき,author\nfact.has_motorbike,ja,バイク,author\nquestion.moped,ja,げんつき,author\nquestion.moped.why,ja,げんつき,author\nquestion.moped.staff,ja,げんつき,author\nquestion.motorbike,ja,バイク,author\nquestion.motorbike.why,ja,バイク,author\nquestion.motorbike.staff,ja,バイク,author\n")], (GATES, "moped,has_moped", "fact")),
    fault("cycle", &[(FOLLOWS, "", "id,fact,value,kind,fact1,op1,value1\none,moving,yes,takes,seal_registration,is,yes\nother,seal_registration,yes,takes,moving,is,yes\n")], (FOLLOWS, "one,", "fact1")),
    fault("no-rule", &[(PROCEDURES, "", "keisatsu,person,道路交通法94条,citizen,person,none,,elsewhere,no,,,no\n"), (TEXTS, "", "procedure.keisatsu,ja,けいさつ,author\n"), (TESTS, "techo.idou gakko.tennyu", "techo.idou gakko.tennyu keisatsu")], (PROCEDURES, "keisatsu", "id")),
    fault("rule-always", &[(RULES, "except,event,is,tennyu,age,<,15", "except,,,,,,")], (RULES, "inkan-child", "fact1")),
    fault("rule-always", &[(RULES, "except,event,is,tennyu,age,<,15,,,,,", "except,,,,,,,,,,true,")], (RULES, "inkan-child", "fact1")),
    // Tests.
    fault("rule-untested", &[(RULES, "age,<,15", "age,<,5"), (TESTS, "family,12,,,p2,,inkan.toroku,not-needed", "family,12,,,p2,,inkan.toroku,may-apply")], (RULES, "inkan-child", "id")),
    fault("procedure-untested", &[(TESTS, "jidoteate.nintei,required,2026-11-30", "juki.tennyu,required,2026-11-27")], (PROCEDURES, "jidoteate", "id")),
    fault("test-failed", &[(TESTS, "juki.tennyu,required,2026-11-27", "juki.tennyu,required,2026-11-26")], (TESTS, "2026-11-26", "deadline")),
    // Texts, law and offices.
    fault("missing-text", &[(TEXTS, "rule.inkan-child,", "rule.inkan-chld,")], (RULES, "inkan-child", "id")),
    fault("missing-text", &[(TEXTS, "question.from.staff,ja,どこから引っ越しましたか", "question.from.staff,ja,")], (QUESTIONS, "from,3", "id")),
    fault("missing-text", &[(TEXTS, "group.move.why,ja,期限のため", "group.move.why,ja,")], (QUESTIONS, "from,3", "group")),
    fault("missing-text", &[(PROCEDURES, "note.tennyu", "note.tennyu note.late")], (PROCEDURES, "note.late", "notes")),
    fault("text-unused", &[(TEXTS, "", "bring.sela,ja,登録する印鑑,author\n")], (TEXTS, "bring.sela", "id")),
    fault("text-unused", &[(TEXTS, "", "group.moove,ja,ひっこし,author\n")], (TEXTS, "group.moove", "id")),
    fault("text-unused", &[(TEXTS_EN, "", "choice.event.tenyu,en,Moving in,machine-draft\n")], (TEXTS_EN, "tenyu", "id")),
    fault("wrong-value", &[(TEXTS_EN, "question.event,en", "question.event,vi")], (TEXTS_EN, ",vi,", "lang")),
    fault("id-twice", &[(TEXTS_EN, "question.event,en", "procedure.juki.tennyu,en")], (TEXTS_EN, "procedure.juki", "id")),
    fault("reading-missing", &[(READINGS, "転校,てんこう\n", "")], (TEXTS, "転校", "text")),
    fault("wrong-value", &[(READINGS, "転校,てんこう", "転校,テンコウ")], (READINGS, "転校", "reading")),
    fault("wrong-value", &[(READINGS, "引っ越,", "ひっこ,")], (READINGS, "ひっこ", "id")),
    fault("missing-office", &[(PROCEDURES, "印鑑条例,citizen", "印鑑条例,")], (PROCEDURES, "inkan", "office")),
    fault("missing-law", &[(PROCEDURES, "person,印鑑条例,", "person,,")], (PROCEDURES, "inkan", "law")),
    fault("missing-article", &[(RULES, "番号法17条", "要確認")], (RULES, "card", "article")),
    fault("missing-source", &[(RULES, "番号法17条,law", "番号法17条,")], (RULES, "card", "source")),
    fault("checked-without-source", &[(RULES, "国民健康保険法9条,law", "国民健康保険法9条,")], (RULES, "kokuho,", "source")),
    fault("no-paper", &[("town/sheets/papers.csv", "tennyu,juki.tennyu,ido\n", "")], (PROCEDURES, "juki.tennyu,household", "done_at")),
    // What is handed over.
    fault("unknown-section", &[(HANDOVER, "tetsuzuki.law,tetsuzuki", "tetsuzki.law,tetsuzki")], (HANDOVER, "tetsuzki.law", "section")),
    fault("handover-twice", &[(HANDOVER, "jumin,7,印鑑登録", "jumin,6,印鑑登録")], (HANDOVER, "jumin.seal", "order")),
    fault("handover-twice", &[(HANDOVER, "jumin,7,印鑑登録", "jumin,7,氏名")], (HANDOVER, "jumin.seal", "heading")),
    fault("handover-twice", &[(HANDOVER, "400,,2027-04-01", "400,,2027-03-31")], (HANDOVER, "setai.address_long", "order")),
    fault("handover-discreet", &[(HANDOVER, "", "setai.dv,setai,9,支援,case.dv_support,yes:1 no:0,,,,,\n")], (HANDOVER, "setai.dv", "source")),
    fault("handover-missing", &[(HANDOVER, "none.disability,-,,,person.disability_physical,,,,担当課の書類で届ける,,\n", "")], (QUESTIONS, "disability_physical,9", "fact")),
    fault("handover-missing", &[(HANDOVER, "jumin.name,jumin,1,氏名,person.name,", "jumin.name,jumin,1,氏名,person.name_kana,")], (PROCEDURES, "juki.tennyu,household", "asks")),
    fault("unknown-fact", &[(HANDOVER, "case.planned_out_date", "case.planned_out_dat"), (HANDOVER, "", "none.out,-,,,case.planned_out_date,,,,もとの名前,,\n")], (HANDOVER, "setai.planned_out", "source")),
    fault("unknown-fact", &[(HANDOVER, "", "none.x,-,,,case.any_body,,,,ない項目,,\n")], (HANDOVER, "none.x", "source")),
    fault("unknown-procedure", &[(HANDOVER_FILES, "kokuho.shutoku", "kokuho.shutok")], (HANDOVER_FILES, "kokuho.shutok", "procedures")),
    fault("unknown-procedure", &[(HANDOVER_FILES, "juki.*", "jukki.*")], (HANDOVER_FILES, "jukki", "procedures")),
    fault("wrong-value", &[(HANDOVER_FILES, "case,tennyu", "case,tenyu")], (HANDOVER_FILES, "tenyu", "events")),
    fault("wrong-value", &[(HANDOVER, "person.moving,yes:1 no:0", "person.moving,yes:1")], (HANDOVER, "jumin.moving", "format")),
    fault("wrong-value", &[(HANDOVER, "none:0 valid:1", "non:0 valid:1")], (HANDOVER, "jumin.card", "format")),
    fault("wrong-value", &[(HANDOVER, "planned_out_date,era", "planned_out_date,text")], (HANDOVER, "setai.planned_out", "format")),
    fault("wrong-value", &[(HANDOVER, "planned_out_date,era", "planned_out_date,wareki")], (HANDOVER, "setai.planned_out", "format")),
    fault("wrong-value", &[(HANDOVER, "procedure.id,text", "procedure.status,words")], (HANDOVER, "tetsuzuki.id", "format")),
    fault("wrong-value", &[(PROCEDURES, "児童手当法7条", "児童手当法7〜8条"), (HANDOVER, "procedure.law,jis", "procedure.law,text")], (HANDOVER, "tetsuzuki.law", "format")),
    fault("wrong-value", &[(HANDOVER, "6,届出日,form.today,yyyy-mm-dd", "6,届出日,procedure.deadline,yyyy-mm-dd"), (HANDOVER, "", "none.day,-,,,case.counter_date,,,,判定だけ,,\n")], (HANDOVER, "setai.today", "source")),
    fault("wrong-value", &[(HANDOVER, "7,印鑑登録,person.seal_registration", "7,印鑑登録,person.school_child"), (HANDOVER, "", "none.seal,-,,,person.seal_registration,,,,判定だけ,,\n")], (HANDOVER, "jumin.seal", "source")),
    fault("wrong-value", &[(HANDOVER, "jumin,2,生年月日", "jumin,2,誕生日🎂")], (HANDOVER, "jumin.birth", "heading")),
    fault("wrong-value", &[(HANDOVER, "jumin.birth,jumin", "birth,jumin")], (HANDOVER, "birth,jumin", "id")),
    fault("wrong-value", &[(HANDOVER, "世帯への質問", "")], (HANDOVER, "none.any_disability", "note")),
    // What is left of the sample town, and what changed below.
    fault("sample-inherited", &[(OFFICES, "citizen,1階,000-0000-0001", "citizen,1階,")], ("sample/sheets/offices.csv", "citizen", "phone")),
    fault("sample-inherited", &[("sample/sheets/fees.csv", "", "hyo,juki.tennyu,200\n"), ("sample/sheets/texts.csv", "", "fee.hyo,ja,すみ,author\n")], ("sample/sheets/fees.csv", "hyo", "id")),
    fault("sample-text", &[("town/sheets/texts.csv", "市民課", "みほん市 市民課")], ("town/sheets/texts.csv", "みほん市", "text")),
    fault("sample-text", &[("town/pack.toml", "990027", "990019")], ("town/pack.toml", "", "municipality_code")),
    fault("base-changed", &[("sample/sheets/fees.csv", "300", "500")], ("town/sheets/fees.csv", "350", "id")),
    fault("base-unseen", &[("town/base-rows.csv", "offices,citizen", "offices,another")], (OFFICES, "citizen", "id")),
];

fn clean() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packs/clean")
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// The clean packs with some edits, and what is found in the town's.
fn broken(edits: &[(&str, &str, &str)]) -> (tempfile::TempDir, Vec<Finding>) {
    let folder = tempfile::tempdir().unwrap();
    copy(&clean(), folder.path());
    for (file, from, to) in edits {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let text = fs::read_to_string(&path).unwrap_or_default();
        let edited = if from.is_empty() {
            text + to
        } else {
            assert_eq!(text.matches(from).count().min(1), 1, "{from} in {file}");
            text.replacen(from, to, 1)
        };
        fs::write(path, edited).unwrap();
    }
    let findings = check(&folder.path().join("town")).unwrap();
    (folder, findings)
}

/// The row in which `text` first stands; 0 for the whole file.
fn row_of(file: &Path, text: &str) -> u64 {
    if text.is_empty() {
        return 0;
    }
    let content = fs::read_to_string(file).unwrap();
    let line = content.lines().position(|line| line.contains(text)).unwrap();
    u64::try_from(line + 1).unwrap()
}

/// Each fault with the row in which it must be found, and what is found.
static FOUND: LazyLock<Vec<(&Fault, u64, Vec<Finding>)>> = LazyLock::new(|| {
    let found = FAULTS.iter().map(|fault| {
        let (folder, findings) = broken(fault.edits);
        let (file, text, _) = fault.at;
        (fault, row_of(&folder.path().join(file), text), findings)
    });
    found.collect()
});

#[test]
fn a_clean_pack_has_no_findings() {
    for pack in ["base", "town"] {
        let findings = check(&clean().join(pack)).unwrap();
        assert_eq!(findings, [], "{pack}");
    }
}

#[test]
fn each_fault_is_the_only_finding_and_names_its_sheet_row_and_column() {
    let mut wrong = Vec::new();
    for (Fault { kind, at: (file, _, column), .. }, row, findings) in FOUND.iter() {
        let found: Vec<_> = findings
            .iter()
            .map(|finding| {
                let Finding { kind, sheet, row, column, .. } = finding;
                (kind.as_str(), sheet.as_str(), *row, column.as_str())
            })
            .collect();
        if found != [(*kind, *file, *row, *column)] {
            wrong.push(format!("expected {kind} {file} {row} {column}, found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_kind_has_a_fault_that_shows_it() {
    let shown: BTreeSet<&str> = FAULTS.iter().map(|fault| fault.kind).collect();
    let listed: BTreeSet<&str> = KINDS.iter().map(|kind| kind.id).collect();
    assert_eq!(shown, listed);
    assert_eq!(listed.len(), KINDS.len());
}

#[test]
fn every_finding_is_worded_in_both_languages_and_as_bad_as_its_kind() {
    for (_, _, findings) in FOUND.iter() {
        for finding in findings {
            let kind = KINDS.iter().find(|kind| kind.id == finding.kind).unwrap();
            assert_eq!(finding.severity, kind.severity, "{finding:#?}");
            for words in [&finding.text, &finding.text_en, &finding.hint, &finding.hint_en] {
                assert!(!words.is_empty(), "{finding:#?}");
            }
            let english = finding.clone().in_language("en");
            assert_eq!((&english.text, &english.hint), (&finding.text_en, &finding.hint_en));
            assert_eq!(finding.clone().in_language("ja-x-easy"), *finding);
        }
    }
}

#[test]
fn a_mistyped_name_comes_with_the_one_that_was_meant() {
    for (edit, meant) in [
        ((RULES, "insurance_after,is,kokuho", "insurance_aftr,is,kokuho"), "insurance_after"),
        ((PROCEDURES, "印鑑条例,citizen", "印鑑条例,citizn"), "citizen"),
        ((RULES, "番号法17条,law", "番号法17条,lav"), "law"),
        ((BRING, "inkan-seal,inkan.toroku", "inkan-seal,inkan.torku"), "inkan.toroku"),
        ((TEXTS, "rule.inkan-child,", "rule.inkan-chld,"), "rule.inkan-chld"),
        ((RULES, "insurance_after,is,kokuho", "insurance_after,is,kokuhoo"), "kokuho"),
        ((RULES, "same_pref other_pref", "same_pref othr_pref"), "other_pref"),
        ((RULES, "inkan.toroku,except", "inkan.toroku,exept"), "except"),
        ((TESTS, "from=other_pref", "from=othr_pref"), "other_pref"),
    ] {
        let (_folder, findings) = broken(&[edit]);
        let [finding, ..] = findings.as_slice() else { panic!("{edit:?}") };
        assert!(finding.hint.starts_with(&format!("「{meant}」")), "{finding:#?}");
        assert!(finding.hint_en.contains(&format!("\"{meant}\"?")), "{finding:#?}");
    }
}

#[test]
fn a_base_that_leads_back_to_the_pack_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    copy(&clean(), folder.path());
    let file = folder.path().join("base/pack.toml");
    let head = fs::read_to_string(&file).unwrap();
    fs::write(&file, head + "base = { id = \"town\", version = 1 }\n").unwrap();
    let error = check(&folder.path().join("town")).unwrap_err();
    assert_eq!(error.code(), "pack-base");
    assert!(error.to_string().contains("lead back"), "{error}");
}

#[test]
fn a_faulty_cell_does_not_bring_findings_elsewhere_along() {
    for edit in [
        (RULES, "required,event,in,tennyu tenkyo", "requird,event,in,tennyu tenkyo"),
        (
            DEADLINES,
            "tennyu,juki.tennyu,,,,,,,move_date,,14",
            "tennyu,juki.tennyu,,,,,,,move_date,,fourteen",
        ),
        (QUESTIONS, "insurance_after,6", "insurance_after,six"),
        (FACTS, "person.fiscal_age >= 7", "person.fiscal_age => 7"),
        (BRING, "inkan-seal,inkan.toroku,seal,each", "inkan-seal,inkan.toroku,seal,everybody"),
        (GATES, "any_disability,disability_physical,none", "any_disability,disability_physical,no"),
        (TESTS, "juki.tennyu,required,2026-11-27", "juki.tennyu,requird,2026-11-27"),
        (TESTS, "family,1,,2026-11-20", "family,1,,2026-11-00"),
        (RULES, "move_date,2024-10-01", "move_date,2024-10-00"),
        (FORM, "kind = \"text\"", "kind = \"txt\""),
        (PROCEDURES, "inkan.toroku,person", "inkan.toroku,persn"),
        (CHOICES, "mynumber_card.valid,2", "mynumber_card.valid,two"),
    ] {
        let (_folder, findings) = broken(&[edit]);
        let found: Vec<_> =
            findings.iter().map(|finding| (&finding.kind, &finding.sheet, finding.row)).collect();
        assert_eq!(found.len(), 1, "{edit:?}: {found:?}");
        assert_eq!(findings[0].severity, Severity::Error);
    }
}
