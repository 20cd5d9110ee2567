//! Texts: everything a resident or a clerk can meet has Japanese words, in a language that exists.

use std::collections::BTreeSet;

use super::scene::Scene;
use crate::finding::{Finding, Place};
use crate::near;
use crate::row::Row;

/// Texts that are missing, in no language, or of nothing.
pub fn check(scene: &Scene<'_>) -> Vec<Finding> {
    let mut orphans = orphans(scene);
    let mut findings = missing(scene, &mut orphans);
    findings.extend(languages(scene));
    findings.extend(untranslated(scene));
    if scene.is_town() {
        findings.extend(orphans.into_iter().filter(|row| row.cell("lang") == "ja").map(unused));
    }
    findings
}

/// A text that must be there: the place and column of what needs it, and its id.
type Needed = (Place, String, String);

fn needed(scene: &Scene<'_>, is_written: &impl Fn(&str) -> bool) -> Vec<Needed> {
    // What is asked and offered no more needs no words.
    let questions =
        scene.pack.questions.iter().filter(|row| row.retired).map(|row| row.id.as_str());
    let choices = scene.pack.choices.iter().filter(|row| row.retired).map(|row| row.id.as_str());
    let retired: [(&str, BTreeSet<&str>); 2] =
        [("questions", questions.collect()), ("choices", choices.collect())];
    let retired = &retired;
    let each = |sheet: &'static str, column: &'static str, names: &'static [&'static str]| {
        let rows = scene.rows(sheet).iter().filter(move |row| {
            !retired.iter().any(|(of, ids)| *of == sheet && ids.contains(row.cell("id")))
        });
        let rows = rows.filter(move |row| column != "group" || !row.cell(column).is_empty());
        rows.flat_map(move |row| {
            names.iter().map(move |name| {
                (row.place.clone(), column.to_owned(), name.replace("{}", row.cell(column)))
            })
        })
    };
    let notes = scene.rows("procedures").iter().flat_map(|row| {
        let notes = row.cell("notes").split_whitespace();
        notes.map(|note| (row.place.clone(), "notes".to_owned(), note.to_owned()))
    });
    // Facts are used in thousands of cells: their place is looked for only when there is something to tell.
    let facts = scene.uses().iter().filter(|used| {
        let named = scene.vocabulary.get(&used.fact).is_some()
            || kakanai_rules::derived_from(&used.fact).is_some();
        !matches!(used.sheet, "forms" | "procedures" | "follows") && named
    });
    let facts = facts
        .map(|used| (used, format!("fact.{}", used.fact)))
        .filter(|(_, text)| !is_written(text))
        .map(|(used, text)| (scene.used_at(used), scene.column(used), text));
    let offices = if scene.is_town() { scene.rows("offices") } else { &[] };
    let offices = offices
        .iter()
        .map(|row| (row.place.clone(), "id".to_owned(), format!("office.{}", row.cell("id"))));
    each("procedures", "id", &["procedure.{}"])
        .chain(each("questions", "id", &["question.{}", "question.{}.why", "question.{}.staff"]))
        .chain(each("questions", "fact", &["fact.{}"]))
        .chain(each("questions", "group", &["group.{}", "group.{}.why", "group.{}.staff"]))
        .chain(each("choices", "id", &["choice.{}"]))
        .chain(each("rules", "id", &["rule.{}"]))
        .chain(each("bring", "item", &["bring.{}"]))
        .chain(each("fees", "id", &["fee.{}"]))
        .chain(each("facts", "id", &["fact.{}"]))
        .chain(offices)
        .chain(notes)
        .chain(facts)
        .collect()
}

/// Texts that are missing. One that seems to be there under a mistyped id is taken out of `orphans`.
fn missing(scene: &Scene<'_>, orphans: &mut Vec<&Row>) -> Vec<Finding> {
    let japanese = scene.pack.texts.get("ja");
    let mut told = BTreeSet::new();
    let mut findings = Vec::new();
    let is_written = |text: &str| {
        let versions = japanese.and_then(|texts| texts.get(text));
        versions.is_some_and(|versions| versions.iter().any(|version| !version.text.is_empty()))
    };
    for (place, column, text) in needed(scene, &is_written) {
        if is_written(&text) || !told.insert(text.clone()) {
            continue;
        }
        // Only a text that belongs to nothing can be this one, mistyped.
        let stem = text.split('.').next();
        let known = orphans.iter().map(|row| row.cell("id"));
        let known = known.filter(|id| id.split('.').next() == stem).collect::<Vec<_>>();
        let add = (
            "texts 表に、この id と lang ja の行を加えてください",
            "add a row with this id and lang ja to the texts sheet",
        );
        let meant = near::nearest(&text, known.iter().copied());
        let (hint, hint_en) = near::hint(&text, known, add);
        if let Some(meant) = meant {
            orphans.retain(|row| row.cell("id") != meant);
        }
        findings.push(
            place
                .error(
                    "missing-text",
                    &column,
                    format!("「{text}」の日本語の文がありません。"),
                    &hint,
                )
                .english(format!("The Japanese text \"{text}\" is missing."), hint_en),
        );
    }
    findings
}

/// The rows of texts that belong to nothing in the pack.
fn orphans<'a>(scene: &Scene<'a>) -> Vec<&'a Row> {
    let names = |sheet: &str, column: &str| scene.cells(sheet, column);
    let (procedures, questions) = (names("procedures", "id"), names("questions", "id"));
    let groups = names("questions", "group");
    let (rules, items) = (names("rules", "id"), names("bring", "item"));
    let (offices, fees) = (names("offices", "id"), names("fees", "id"));
    let notes: BTreeSet<&str> = scene
        .rows("procedures")
        .iter()
        .flat_map(|row| row.cell("notes").split_whitespace())
        .collect();
    let belongs = |id: &str| {
        let Some((family, name)) = id.split_once('.') else { return true };
        match family {
            "procedure" => procedures.contains(name),
            "question" => {
                let stem =
                    [".why", ".staff", ".short"].iter().find_map(|end| name.strip_suffix(end));
                questions.contains(stem.unwrap_or(name))
            }
            "group" => {
                let stem = [".why", ".staff"].iter().find_map(|end| name.strip_suffix(end));
                groups.contains(stem.unwrap_or(name))
            }
            "rule" => rules.contains(name),
            "bring" => items.contains(name),
            "office" => offices.contains(name),
            "fee" => fees.contains(name),
            "form" => scene.pack.forms.contains_key(name),
            "note" => notes.contains(id),
            "fact" => {
                let derived = kakanai_rules::derived_from(name).is_some();
                name == "people" || derived || scene.vocabulary.get(name).is_some()
            }
            "choice" => name.split_once('.').is_some_and(|(fact, value)| {
                scene.vocabulary.get(fact).is_some_and(|def| {
                    def.values.is_empty() || def.values.iter().any(|known| known == value)
                })
            }),
            _ => true,
        }
    };
    scene.rows("texts").iter().filter(|row| !belongs(row.cell("id"))).collect()
}

/// Translations of a text that there is not.
fn untranslated<'a>(scene: &'a Scene<'_>) -> impl Iterator<Item = Finding> + 'a {
    let japanese = scene.pack.texts.get("ja");
    let is_there = move |id: &str| japanese.is_some_and(|texts| texts.contains_key(id));
    let rows = scene.rows("texts").iter().filter(|row| is_language(row.cell("lang")));
    rows.filter(move |row| row.cell("lang") != "ja" && !is_there(row.cell("id"))).map(unused)
}

fn unused(row: &Row) -> Finding {
    row.place
        .warning(
            "text-unused",
            "id",
            format!("「{}」という文は、どこにも出ません。", row.cell("id")),
            "つづりを確かめるか、要らなければこの行を消してください。",
        )
        .english(
            format!("The text \"{}\" is shown nowhere.", row.cell("id")),
            "Check the spelling, or delete the row if it is not needed.",
        )
}

fn languages<'a>(scene: &'a Scene<'_>) -> impl Iterator<Item = Finding> + 'a {
    let wrong = |row: &&Row| !row.cell("lang").is_empty() && !is_language(row.cell("lang"));
    scene.rows("texts").iter().filter(wrong).map(|row| {
        let lang = row.cell("lang");
        let (meant, meant_en) = MISTAKEN.iter().find(|(code, _)| *code == lang).map_or(
            (String::new(), String::new()),
            |(_, meant)| {
                (format!("「{meant}」ではありませんか。"), format!(" Did you mean \"{meant}\"?"))
            },
        );
        row.place
            .error(
                "unknown-language",
                "lang",
                format!("「{lang}」という言語の記号はありません。"),
                &format!("{meant}日本語は ja、やさしい日本語は ja-x-easy、英語は en です。"),
            )
            .english(
                format!("\"{lang}\" is no language code."),
                format!("Japanese is ja, plain Japanese ja-x-easy, English en.{meant_en}"),
            )
    })
}

/// Codes of countries that are taken for those of their languages.
const MISTAKEN: [(&str, &str); 6] =
    [("jp", "ja"), ("cn", "zh-Hans"), ("tw", "zh-Hant"), ("kr", "ko"), ("vn", "vi"), ("np", "ne")];

/// Whether a code is formed as BCP 47 says, with a two-letter language of ISO 639-1 or one of three letters.
fn is_language(code: &str) -> bool {
    let mut parts = code.split('-');
    let language = parts.next().unwrap_or_default();
    let known = match language.len() {
        2 => LANGUAGES.split_whitespace().any(|known| known == language),
        3 => language.chars().all(|letter| letter.is_ascii_lowercase()),
        _ => false,
    };
    known
        && parts.all(|part| {
            (1..=8).contains(&part.len())
                && part.chars().all(|letter| letter.is_ascii_alphanumeric())
        })
}

/// ISO 639-1.
const LANGUAGES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da \
    de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik \
    io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms \
    mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm \
    sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

#[cfg(test)]
mod tests {
    use super::is_language;

    #[test]
    fn codes_of_countries_are_no_languages() {
        for code in ["ja", "en", "zh-Hans", "pt-BR", "ja-x-easy", "fil"] {
            assert!(is_language(code), "{code}");
        }
        for code in ["", "jp", "cn", "JA", "japanese", "ja-", "ja_JP"] {
            assert!(!is_language(code), "{code}");
        }
    }
}
