//! The sheets around the forms: what is printed, how large, and that nothing is lost over page ends.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use kakanai_forms::sheets::Words;
use kakanai_forms::sheets::blank::{BlankQuestion, QuestionPart, QuestionSheet, question_paper};
use kakanai_forms::sheets::check::{CheckLine, CheckPart, CheckSheet, SlipPart, check_paper};
use kakanai_forms::sheets::code::CodePicture;
use kakanai_forms::sheets::counters::{Counter, CountersSheet, counters_paper};
use kakanai_forms::sheets::discreet::{DiscreetSheet, discreet_paper};
use kakanai_forms::sheets::fees::{FeeLine, FeesSheet, fees_paper};
use kakanai_forms::sheets::guide::{
    GuideLine, GuideNames, GuidePart, GuideSheet, GuideThing, guide_paper,
};
use kakanai_forms::sheets::leaflet::{LeafletSheet, leaflet_paper};
use kakanai_forms::sheets::tenki::{TenkiRow, TenkiSection, TenkiSheet, tenki_paper};
use kakanai_forms::{LayoutError, Mark, Paper, paper_pdf};

use crate::support::{fonts, pdf_text, runs};

const NAME: &str = "髙﨑　𠮷葛\u{E0100}";

fn ja(text: &str) -> Words {
    Words::plain(text)
}

fn both(text: &str, japanese: &str) -> Words {
    Words::both(text, japanese)
}

fn line() -> GuideLine {
    GuideLine {
        procedure: both("Child allowance", "児童手当の請求"),
        for_whom: both(NAME, &format!("{NAME}さん")),
        deadline: both("by Friday, 16 October 2026", "令和8年10月16日(金)まで"),
        place: both("Children (floor 2, counter 12)", "こども課 2階 12番　電話 000-000-0008"),
        condition: Words::default(),
        note: ja("足りない物があっても、先に届け出てください。"),
    }
}

fn part(heading: &str, lines: usize) -> GuidePart {
    GuidePart { heading: ja(heading), lines: vec![line(); lines] }
}

fn guide(procedures: usize) -> GuideSheet {
    GuideSheet {
        title: both("Your list of procedures", "ご家族の手続きリスト"),
        municipality: "みほん市".to_owned(),
        day: "令和8年10月8日(木)".to_owned(),
        lead: vec![both("Please sign in 2 places.", "ご署名は2か所です。")],
        names: GuideNames {
            deadline: both("When", "いつまで"),
            place: both("Where", "どこで"),
            for_whom: both("For whom", "どなたの"),
            condition: both("Why", "理由"),
            note: both("Note", "ご注意"),
        },
        urgent: part("いちばん急ぐもの", 1),
        done: part("きょう申請した手続き", 1),
        later: part("これからしていただく手続き", procedures),
        bring: (
            ja("持っていくもの"),
            vec![GuideThing { thing: ja("通帳"), for_what: ja("（1番）") }],
        ),
        may: part("あてはまれば申請できる手続き", 1),
        open: part("まだ決まっていない手続き", 1),
    }
}

fn counters() -> CountersSheet {
    let counter = |done| Counter {
        done,
        place: ja("税務課 2階 1番"),
        phone: ja("電話 000-000-0014"),
        matters: vec![ja("原付の登録（ご家族全員）"), ja(&format!("税の証明（{NAME}さん）"))],
    };
    CountersSheet {
        title: ja("窓口案内シート"),
        municipality: "みほん市".to_owned(),
        day: "令和8年10月8日(木)".to_owned(),
        lead: vec![ja("上から順に窓口へお進みください。")],
        parts: vec![
            (ja("ここで済みました"), vec![counter(true)]),
            (ja("庁舎の中"), vec![counter(false); 2]),
        ],
    }
}

fn fees() -> FeesSheet {
    let fee = |count: &str, unit: &str, sum: &str| FeeLine {
        what: ja("住民票の写し"),
        for_whom: ja(NAME),
        count: count.to_owned(),
        unit: ja(unit),
        sum: ja(sum),
    };
    FeesSheet {
        title: ja("手数料票"),
        municipality: "みほん市".to_owned(),
        day: String::new(),
        lead: Vec::new(),
        names: ["内容", "数", "1通", "金額"].map(ja),
        lines: vec![fee("2", "300円", "600円"), fee("", "窓口でご案内", "窓口でご案内")],
        total: vec![ja("金額が決まっている分の合計 600円")],
    }
}

fn check(procedures: usize) -> CheckSheet {
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let three = |words: [&str; 3]| words.map(str::to_owned);
    let line = CheckLine {
        procedure: "転入届".to_owned(),
        about: words(&[NAME, "住民基本台帳法22条"]),
        place: words(&["令和8年10月16日(金)まで", "市民課 1階 1番"]),
        details: words(&["理由：引っ越してきたためです。", "持ち物：転出証明書"]),
    };
    CheckSheet {
        title: "手続きチェックシート".to_owned(),
        foot: "みほん市 A-0001".to_owned(),
        day: "令和8年10月8日(木)".to_owned(),
        lead: words(&["転入"]),
        names: ["結果", "手続き", "期限", "理由"].map(str::to_owned),
        outcomes: words(&["受付", "後日", "該当なし"]),
        parts: vec![CheckPart {
            heading: "必要な手続き".to_owned(),
            lines: vec![line; procedures],
        }],
        not_needed: (
            "必要のない手続き".to_owned(),
            three(["手続き", "対象", "理由"]),
            vec![three(["転出届", "", "転入のため"]); procedures],
        ),
        facts: ("分かっていること".to_owned(), three(["項目", "内容", "入手元"])),
        known: vec![(NAME.to_owned(), vec![three(["生年月日", "昭和60年4月1日", "カード"]); 3])],
        signatures: words(&["受付者", "確認者"]),
        remarks: "備考".to_owned(),
        slip: Some(SlipPart {
            heading: "受付票".to_owned(),
            words: words(&["どの端末でも続けられます。"]),
            codes: words(&["1／2", "2／2"]).into_iter().map(code).collect(),
        }),
    }
}

/// As large as version 13; every other square dark.
fn code(caption: String) -> CodePicture {
    let dark = (0..69 * 69).map(|at| (at / 69 + at % 69) % 2 == 0).collect();
    CodePicture { size: 69, dark, caption }
}

fn leaflet(url: &str) -> LeafletSheet {
    let step = |heading: &str| [heading, "登録もアプリもいりません。"].map(str::to_owned);
    LeafletSheet {
        title: "引っ越しの手続きは、来る前に おうちで".to_owned(),
        lead: "窓口で書くことがなくなります。".to_owned(),
        steps: ["ページを開く", "質問に答える", "コードを残す", "窓口で見せる"].map(step).to_vec(),
        open: "ここから始めます".to_owned(),
        url: url.to_owned(),
        remarks: vec!["答えは市役所の窓口でだけ開けます。".to_owned()],
        ask: "お問い合わせ".to_owned(),
        office: "市民課　000-000-0001".to_owned(),
        municipality: "みほん市".to_owned(),
    }
}

fn tenki(values: usize) -> TenkiSheet {
    let row =
        |number: usize| TenkiRow { heading: "氏名".to_owned(), value: format!("{NAME}{number}") };
    TenkiSheet {
        title: "転記シート".to_owned(),
        foot: "みほん市 A-0001".to_owned(),
        day: "令和8年10月8日(木)".to_owned(),
        names: ["番号", "項目", "内容", "転記"].map(str::to_owned),
        sections: vec![TenkiSection {
            title: "住民記録".to_owned(),
            rows: (1..=values).map(row).collect(),
        }],
    }
}

fn discreet() -> DiscreetSheet {
    DiscreetSheet {
        title: ja("個別のご案内"),
        municipality: "みほん市".to_owned(),
        day: String::new(),
        lead: vec![ja("ほかの書類と一緒にしないでください。")],
        matters: vec![(ja("申出"), vec![ja("市民課 1階 1番")])],
        facts: (ja("確認したこと"), vec![ja("項目：はい")]),
    }
}

fn questions() -> QuestionSheet {
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let part = |columns: &[&str], apart| QuestionPart {
        heading: "質問".to_owned(),
        columns: words(columns),
        apart,
        questions: vec![
            BlankQuestion {
                text: "7．引っ越しましたか。".to_owned(),
                choices: words(&["はい", "いいえ"]),
            },
            BlankQuestion { text: "9．生まれた日は。".to_owned(), choices: Vec::new() },
        ],
    };
    QuestionSheet {
        title: "質問票".to_owned(),
        foot: "みほん市".to_owned(),
        lead: Vec::new(),
        parts: vec![
            part(&["質問", "答え"], false),
            part(&["質問", "1", "2", "3", "4", "5", "6"], true),
        ],
    }
}

fn every() -> Vec<(&'static str, Result<Paper, LayoutError>)> {
    vec![
        ("guide", guide_paper(&guide(3), fonts())),
        ("counters", counters_paper(&counters(), fonts())),
        ("fees", fees_paper(&fees(), fonts())),
        ("check", check_paper(&check(3), fonts())),
        ("tenki", tenki_paper(&tenki(3), fonts())),
        ("discreet", discreet_paper(&discreet(), fonts())),
        ("leaflet", leaflet_paper(&leaflet("https://www.city.mihon.example.jp/"), fonts())),
        ("questions", question_paper(&questions(), fonts())),
    ]
}

/// Every line of text with its size, and how many squares and ticks stand on each page.
fn told(paper: &Paper) -> String {
    let mut told = String::new();
    for page in &paper.pages {
        let count =
            |wanted: fn(&Mark) -> bool| page.marks.iter().filter(|mark| wanted(mark)).count();
        let squares = count(|mark| matches!(mark, Mark::Rect { width, .. } if *width > 0.0));
        let ticks = count(|mark| matches!(mark, Mark::Tick { .. }));
        writeln!(told, "## {squares} squares, {ticks} ticks").unwrap();
        for mark in &page.marks {
            if let Mark::Run(run) = mark {
                writeln!(told, "{:.1} {:.0},{:.0} {}", run.size, run.x, run.y, run.text).unwrap();
            }
        }
    }
    told
}

#[test]
fn every_sheet_reads_as_it_was_reviewed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/forms/golden");
    let write = std::env::var("KAKANAI_GOLDEN").is_ok_and(|value| value == "write");
    for (name, paper) in every() {
        let found = told(&paper.unwrap());
        let file = folder.join(format!("sheet-{name}.txt"));
        if write {
            fs::write(&file, &found).unwrap();
        }
        let reviewed = fs::read_to_string(&file).unwrap_or_default();
        assert_eq!(found, reviewed, "{name}");
    }
}

#[test]
fn nothing_below_14_points_stands_on_what_the_resident_reads() {
    for (name, paper) in every() {
        let paper = paper.unwrap();
        let least = if ["check", "tenki", "questions"].contains(&name) { 7.5 } else { 14.0 };
        for run in runs(&paper) {
            assert!(run.size >= least, "{name}, {}: {} pt", run.field, run.size);
            assert!(run.x >= 10.0 && run.y <= 290.0, "{name}, {}: outside the margins", run.field);
        }
    }
}

#[test]
fn the_guide_runs_over_onto_further_pages_and_keeps_every_procedure() {
    for procedures in [1, 12, 40] {
        let paper = guide_paper(&guide(procedures), fonts()).unwrap();
        let read = pdf_text(&paper_pdf(&paper, fonts()).unwrap());
        // Each of `later` and `may` tells it in both languages, the short lists in one line each.
        assert_eq!(read.matches("髙﨑𠮷葛\u{E0100}さん").count(), procedures + 1);
        assert_eq!(read.matches("Childallowance").count(), procedures + 4);
        assert!(read.contains(&format!("みほん市1／{}", paper.pages.len())), "{read}");
    }
}

#[test]
fn the_japanese_stands_below_another_language_and_alone_when_no_font_has_it() {
    let mut sheet = guide(1);
    let read = |sheet: &GuideSheet| {
        pdf_text(&paper_pdf(&guide_paper(sheet, fonts()).unwrap(), fonts()).unwrap())
    };
    let told = read(&sheet);
    assert!(told.contains("Whenby"), "{told}");
    assert!(told.contains("いつまで令和8年10月16日(金)まで"), "{told}");
    sheet.lead = vec![both("\u{12000}\u{12001}", "ご署名は2か所です。")];
    assert!(read(&sheet).contains("ご署名は2か所です。"));
}

#[test]
fn a_name_no_font_has_refuses_a_sheet() {
    let mut sheet = tenki(1);
    sheet.sections[0].rows[0].value = "邉\u{E011E}".to_owned();
    let error = tenki_paper(&sheet, fonts()).err().unwrap();
    assert_eq!(error.code(), "paper-refused");
}

#[test]
fn the_head_of_a_table_stands_on_every_page_of_it() {
    let paper = tenki_paper(&tenki(120), fonts()).unwrap();
    assert!(paper.pages.len() >= 3);
    for page in &paper.pages {
        let texts: Vec<String> = page
            .marks
            .iter()
            .filter_map(
                |mark| if let Mark::Run(run) = mark { Some(run.text.clone()) } else { None },
            )
            .collect();
        assert_eq!(texts.iter().filter(|text| *text == "内容").count(), 1);
    }
    let read = pdf_text(&paper_pdf(&paper, fonts()).unwrap());
    assert!((1..=120).all(|number| read.contains(&format!("葛\u{E0100}{number}"))));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(24))]

    #[test]
    fn text_of_any_length_stays_on_its_pages(
        words in proptest::collection::vec("[ぁ-ん一-三A-Za-z0-9、。（）　]{0,400}", 0..12)
    ) {
        let mut sheet = check(1);
        let lines = &mut sheet.parts[0].lines;
        for text in &words {
            let line = CheckLine {
                procedure: text.clone(),
                about: vec![text.clone()],
                place: Vec::new(),
                details: words.clone(),
            };
            lines.push(line);
        }
        if let Ok(paper) = check_paper(&sheet, fonts()) {
            for run in runs(&paper) {
                proptest::prop_assert!(run.y > 5.0 && run.y < 290.0, "{}", run.y);
            }
        }
    }
}

#[test]
fn the_codes_of_a_slip_are_7_centimetres_wide_and_stand_side_by_side() {
    let paper = check_paper(&check(2), fonts()).unwrap();
    let marks = paper.pages.iter().flat_map(|page| &page.marks);
    let codes: Vec<_> = marks
        .filter_map(|mark| match mark {
            Mark::Modules(code) => Some(code),
            _ => None,
        })
        .collect();
    assert_eq!(codes.len(), 2);
    for code in &codes {
        let whole = code.area.w / 69.0 * 77.0;
        assert!((whole - 70.0).abs() < 0.1, "{whole} mm with the quiet zone");
    }
    assert_eq!(codes[0].area.y, codes[1].area.y);
    assert!(codes[1].area.x - codes[0].area.x >= 69.9, "each has its quiet zone");
}

#[test]
fn the_leaflet_is_one_page_with_its_code_and_nothing_below_14_points() {
    let paper = leaflet_paper(&leaflet("https://www.city.mihon.example.jp/hikkoshi/"), fonts());
    let paper = paper.unwrap();
    assert_eq!(paper.pages.len(), 1);
    assert!(runs(&paper).all(|run| run.size >= 14.0));
    let codes = paper.pages[0].marks.iter().filter(|mark| matches!(mark, Mark::Modules(_)));
    assert_eq!(codes.count(), 1);
    let endless = format!("https://example.jp/{}", "x".repeat(3_000));
    assert!(leaflet_paper(&leaflet(&endless), fonts()).is_err(), "no code holds this");
}
