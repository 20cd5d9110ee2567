//! The kinds of findings (指摘の種類), as the manual lists them.

use crate::finding::Severity::{self, Error, Warning};

/// One kind of finding.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    /// Its stable id.
    pub id: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What it means, in Japanese.
    pub ja: &'static str,
    /// What it means, in English.
    pub en: &'static str,
}

const fn kind(id: &'static str, severity: Severity, ja: &'static str, en: &'static str) -> Kind {
    Kind { id, severity, ja, en }
}

/// Every kind that [`crate::check`] can find, in the order of the manual.
#[rustfmt::skip]
pub const KINDS: &[Kind] = &[
    kind("syntax", Error, "ファイルか行が読めない", "a file or a row cannot be read"),
    kind("unknown-sheet", Warning, "使われない名前の表がある", "a sheet has a name that is not used"),
    kind("unknown-column", Error, "表にない列がある", "a column does not belong to the sheet"),
    kind("missing-column", Error, "なければならない列がない", "a column that must be there is missing"),
    kind("column-twice", Error, "同じ名前の列が二つある", "two columns have one name"),
    kind("id-twice", Error, "同じ id の行が二つある", "two rows have one id"),
    kind("version-unclear", Error, "上書きする行の版（from）が決まらない", "it is not clear which version of a row is overridden"),
    kind("wrong-value", Error, "書けない値がある", "a cell holds what it cannot hold"),
    kind("form", Error, "様式の枠が印刷できない", "a place on a form cannot be printed"),
    kind("form-words", Error, "様式に印刷する言葉が枠に入らない", "printed words of a form do not fit"),
    kind("form-longest", Warning, "いちばん長い値が様式の枠に入らない", "a place on a form cannot take the longest value"),
    kind("blank", Error, "白紙のPDFが様式と合わない", "the blank PDF is not the one the form names"),
    kind("unknown-field", Error, "白紙のPDFにない入力欄の名前", "a field that the blank PDF does not have"),
    kind("unknown-fact", Error, "ない項目の名前", "a fact that is not there"),
    kind("unknown-procedure", Error, "ない手続きの名前", "a procedure that is not there"),
    kind("unknown-office", Error, "ない窓口の名前", "an office that is not there"),
    kind("unknown-form", Error, "ない様式の名前", "a form that is not there"),
    kind("unknown-source", Error, "ない出典の名前", "a source that is not there"),
    kind("unknown-deadline", Error, "期限のない手続きの期限を使っている", "the last day of a procedure that has none"),
    kind("unknown-item", Error, "テストが、ない持ち物を期待している", "a test expects a thing to bring that is not there"),
    kind("unknown-person", Error, "テストが、世帯にいない人の結果を期待している", "a test expects something of a person it does not have"),
    kind("unknown-language", Error, "ない言語の記号", "a language code that is none"),
    kind("number-twice", Error, "番号が二度使われている", "a number is used twice"),
    kind("question-twice", Error, "一つの項目を二つの質問で尋ねている", "two questions ask for one fact"),
    kind("dated-overlap", Error, "同じ日に二つの版が使われる", "two versions of one row count on one day"),
    kind("dated-gap", Warning, "二つの版の間に、どれも使われない日がある", "there are days between two versions on which none counts"),
    kind("days-reversed", Error, "最後の日が最初の日より前にある", "the last day lies before the first"),
    kind("deadline-twice", Error, "一つの手続きに期限が同時に二つある", "a procedure has two last days at once"),
    kind("deadline-start", Error, "日数を数え始める日がない", "days are counted from nothing"),
    kind("deadline-whose", Error, "誰の日から数えるかが決まらない", "days are counted from a day of a person nobody has named"),
    kind("never-asked", Error, "必要な項目を尋ねる質問がない", "a fact is needed that nobody can supply"),
    kind("question-unused", Warning, "質問の答えがどこにも使われない", "nothing uses the answer to a question"),
    kind("gate-in-rule", Error, "質問を省くための項目で判定している", "something is decided by a fact that only spares questions"),
    kind("follows-twice", Error, "一つの項目に、違う値が同時に決まる", "two rows take different values of one fact at once"),
    kind("follows-open", Error, "配慮の必要な項目が、ほかの項目から知れてしまう", "a fact tells openly what it follows from"),
    kind("group-mixed", Error, "一つの画面に、見せてよい質問と見せない質問がある", "one screen asks private questions among others"),
    kind("group-discreet", Error, "配慮の必要な質問が、ほかの質問といっしょの画面にある", "a discreet question shares a screen"),
    kind("cycle", Error, "堂々巡りで決まらない", "rows need each other before any can be decided"),
    kind("no-rule", Error, "手続きを必要とする規則がない", "no rule says when a procedure is needed"),
    kind("rule-always", Error, "規則に条件がない", "a rule has no condition"),
    kind("rule-untested", Warning, "規則が当てはまるテストがない", "a rule holds in none of the tests"),
    kind("procedure-untested", Warning, "手続きの結果を確かめるテストがない", "no test expects a result for a procedure"),
    kind("test-failed", Error, "テストの結果が期待と違う", "a test came out differently"),
    kind("missing-text", Error, "日本語の文がない", "a Japanese text is missing"),
    kind("text-unused", Warning, "どこにも出ない文がある", "a text is shown nowhere"),
    kind("reading-missing", Warning, "自宅で読む文の漢字に、読みがない", "kanji of a text read at home have no reading"),
    kind("missing-office", Error, "手続きの窓口が書かれていない", "a procedure names no office"),
    kind("missing-law", Warning, "手続きの法令が書かれていない", "a procedure names no law"),
    kind("missing-article", Warning, "規則の法令と条が書かれていない", "a rule cites no article"),
    kind("missing-source", Warning, "規則の出典が書かれていない", "a rule names no source"),
    kind("checked-without-source", Error, "確認者だけがあって出典がない", "somebody checked a rule, but not against what"),
    kind("no-paper", Warning, "この窓口で行う手続きに様式がない", "a procedure done at this counter has no form"),
    kind("unknown-section", Error, "ない引き渡しファイルの名前", "a hand-over file that is not there"),
    kind("handover-twice", Error, "引き渡しファイルの中で順番か見出しが重なっている", "two columns of a hand-over file have one place or one heading"),
    kind("handover-discreet", Error, "配慮の必要な項目を引き渡そうとしている", "a discreet fact is to be handed over"),
    kind("handover-missing", Warning, "窓口で得た項目が引き渡されず、理由もない", "a fact is captured and not handed over, and nothing says why"),
    kind("sample-inherited", Error, "見本の自治体の値のまま", "a value is still the sample town's"),
    kind("sample-text", Error, "見本の自治体の名前・番号・電話が残っている", "the sample town's name, code or telephone is left"),
    kind("base-changed", Warning, "上書きのもとの行が、確認の後で変わった", "the row below an override changed after it was accepted"),
    kind("base-unseen", Warning, "上書きのもとの行を誰も確認していない", "nobody accepted the row below an override"),
];
