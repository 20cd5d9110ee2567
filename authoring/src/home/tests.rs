//! A page from a small pack and a small built page.

use std::fs;

use jiff::civil::date;
use kakanai_rules::Pack;
use sha2::{Digest, Sha256};

use super::*;
use crate::fixture::Packs;
use crate::load::load_with_findings;

const INDEX: &str = "<!doctype html>\n<html>\n  <head>\n    <script type=\"application/json\" id=\"kakanai\">\n      null\n    </script>\n    <script type=\"module\" crossorigin src=\"./assets/index-1.js\"></script>\n    <link rel=\"stylesheet\" crossorigin href=\"./assets/style-1.css\">\n  </head>\n  <body></body>\n</html>\n";

fn pack(packs: &Packs) -> Pack {
    packs
        .write("town/pack.toml", "id = \"town\"\nversion = 3\nname = \"大王町\"\nauthor = \"x\"\nmunicipality_code = \"990019\"\n")
        .write("town/questions", "id,number,fact,at_home\nevent,1,event,yes\nphone,2,phone,no\nsupport,3,dv_support,no\n")
        .write("town/choices", "id,number\nevent.tennyu,1\nevent.tenkyo,2\n")
        .write(
            "town/procedures",
            "id,scope,office,asks,notes,discreet\nmove,household,a,phone,note.move,no\nshelter,household,a,,note.shelter,yes\n",
        )
        .write(
            "town/rules",
            "id,procedure,effect,fact1,op1,value1,fact2,op2,value2,article,source\nmove-in,move,required,event,is,tennyu,,,,1条,law\nshelter-in,shelter,required,event,is,tennyu,dv_support,is,yes,2条,law\n",
        )
        .write("town/offices", "id,place\na,1階\n")
        .write(
            "town/texts",
            "id,lang,text,origin\npage.title,ja,{town}の窓口,author\npage.result.heading,ja,結果,author\n\
             question.event,ja,用件は何ですか</script>,author\nquestion.event.why,ja,必要です,author\nquestion.event.staff,ja,聞く,author\n\
             choice.event.tennyu,ja,転入,author\nchoice.event.tenkyo,ja,転居,author\nquestion.phone,ja,電話,author\n\
             procedure.move,ja,転入届,author\nprocedure.shelter,ja,秘密,author\nrule.move-in,ja,転入したため,author\n\
             rule.shelter-in,ja,秘密,author\nnote.move,ja,注意,author\nnote.shelter,ja,秘密,author\nfact.dv_support,ja,秘密,author\n\
             question.support,ja,秘密,author\nsheet.title,ja,表,author\noffice.a,ja,市民課,author\n",
        )
        .write("town/sheets/texts.en.csv", "id,lang,text,origin\npage.title,en,Before you come to {town},machine-draft\nquestion.event,en,What brings you here?,machine-draft\n")
        .write("town/sheets/texts.ne.csv", "id,lang,text,origin\nprocedure.move,ne,स्थानान्तरण,machine-draft\n")
        .write("town/readings", "id,reading\n転入,てんにゅう\n転入届,てんにゅうとどけ\n秘密,ひみつ\n");
    load_with_findings(&packs.path("town")).unwrap().pack
}

fn assets() -> Assets {
    Assets {
        index: INDEX.to_owned(),
        files: [
            ("assets/index-1.js".to_owned(), b"let end = \"</script>\";".to_vec()),
            ("assets/style-1.css".to_owned(), b"body { color: black }".to_vec()),
        ]
        .into(),
        engine: b"\0asm".to_vec(),
        postal: "{\"100\":{\"東京都千代田区\":\"0001千代田\"}}".into(),
    }
}

fn page(pack: &Pack) -> Page {
    let town = Town {
        pack,
        key: &"42".repeat(32),
        url: Some("https://example.jp/"),
        on: date(2026, 11, 20),
    };
    make_page(&town, &assets()).unwrap()
}

fn boot(html: &str) -> serde_json::Value {
    let (_, rest) = html.split_once("id=\"kakanai\">").unwrap();
    serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
}

#[test]
fn nothing_discreet_and_nothing_for_staff_is_in_any_file() {
    let packs = Packs::new();
    let pack = pack(&packs);
    for word in ["dv_support", "shelter", "秘密"] {
        assert!(crate::canonical::canonical(&pack).contains(word), "{word}");
    }
    let page = page(&pack);
    let single = single_file(&page, &assets()).unwrap();
    let texts = page.files.iter().map(|file| String::from_utf8_lossy(&file.bytes).into_owned());
    for text in texts.chain([single]) {
        for word in ["dv_support", "shelter", "秘密", "ひみつ", "聞く", "sheet.title", "電話"]
        {
            assert!(!text.contains(word), "{word} in {text}");
        }
    }
}

#[test]
fn a_row_for_everybody_that_depends_on_something_discreet_is_refused() {
    let packs = Packs::new();
    let mut pack = pack(&packs);
    let shelter = pack.rules.iter().find(|row| row.procedure == "shelter").cloned().unwrap();
    pack.rules.first_mut().unwrap().conditions = shelter.conditions;
    let town = Town { pack: &pack, key: "", url: None, on: date(2026, 11, 20) };
    let error = make_page(&town, &assets()).unwrap_err();
    assert_eq!((error.code(), error.to_string().contains("dv_support")), ("page-discreet", true));
    pack.municipality_code.clear();
    let town = Town { pack: &pack, key: "", url: None, on: date(2026, 11, 20) };
    assert_eq!(make_page(&town, &assets()).unwrap_err().code(), "page-municipality");
}

#[test]
fn the_page_itself_has_what_the_first_question_needs() {
    let packs = Packs::new();
    let pack = pack(&packs);
    let page = page(&pack);
    let index = String::from_utf8(page.files[0].bytes.clone()).unwrap();
    let boot = boot(&index);
    assert_eq!(boot["langs"], serde_json::json!(["ja", "en"]));
    assert_eq!(boot["question"]["fact"], "event");
    assert_eq!(boot["first"]["ja"]["question.event"], "用件は何ですか</script>");
    assert_eq!(boot["first"]["en"]["question.event"], "What brings you here?");
    assert_eq!(boot["first"]["ja"]["choice.event.tenkyo"], "転居");
    assert!(boot["first"]["ja"].get("page.result.heading").is_none());
    assert_eq!(boot["pack"]["hash"], crate::canonical::fingerprint(&pack)[..8]);
    assert_eq!(boot["municipality"], serde_json::json!({"code": "990019", "name": "大王町"}));
    assert_eq!(boot["url"], "https://example.jp/");
    let named = |place: &serde_json::Value| {
        let found = page.files.iter().find(|file| file.name == place.as_str().unwrap());
        serde_json::from_slice::<serde_json::Value>(&found.unwrap().bytes).unwrap()
    };
    let readings = named(&boot["files"]["readings"]);
    assert_eq!(readings, serde_json::json!({"転入": "てんにゅう", "転入届": "てんにゅうとどけ"}));
    assert_eq!(named(&boot["files"]["texts"]["en"])["lang"], "en");
    assert_eq!(named(&boot["files"]["pack"])["texts"], serde_json::json!({}));
    assert!(!index.contains("unsafe-inline") && index.contains("'wasm-unsafe-eval'"));
    assert!(index.find("Content-Security-Policy").unwrap() < index.find("<script").unwrap());
}

#[test]
fn the_single_file_holds_everything_and_allows_only_its_own_script() {
    let packs = Packs::new();
    let pack = pack(&packs);
    let page = page(&pack);
    let single = single_file(&page, &assets()).unwrap();
    assert!(!single.contains("src=") && !single.contains("href="));
    let boot = boot(&single);
    for file in [&boot["files"]["engine"], &boot["files"]["pack"], &boot["files"]["postal"]] {
        assert!(boot["inline"].get(file.as_str().unwrap()).is_some(), "{file}");
    }
    assert_eq!(boot["inline"][boot["files"]["engine"].as_str().unwrap()], "AGFzbQ==");
    let (_, script) = single.split_once("<script type=\"module\">").unwrap();
    let script = script.split_once("</script>").unwrap().0;
    assert_eq!(script, "let end = \"<\\/script>\";");
    use base64::Engine as _;
    let number = base64::prelude::BASE64_STANDARD.encode(Sha256::digest(script));
    assert!(single.contains(&format!("script-src 'sha256-{number}' 'wasm-unsafe-eval'")));
    let mut broken = assets();
    broken.files.remove("assets/index-1.js");
    assert_eq!(single_file(&page, &broken).unwrap_err().code(), "page-assets");
}

#[test]
fn the_same_parts_give_the_same_files_and_another_pack_another_worker() {
    let packs = Packs::new();
    let pack = pack(&packs);
    let (one, two) = (page(&pack), page(&pack));
    for (one, two) in one.files.iter().zip(&two.files) {
        assert_eq!(
            (&one.name, &one.bytes, &one.brotli, &one.gzip),
            (&two.name, &two.bytes, &two.brotli, &two.gzip)
        );
    }
    let worker =
        |page: &Page| page.files.iter().find(|file| file.name == "sw.js").unwrap().bytes.clone();
    let next = Pack { version: 4, ..pack.clone() };
    assert_ne!(worker(&one), worker(&page(&next)));
}

#[test]
fn what_is_packed_is_what_is_there() {
    let packs = Packs::new();
    for file in page(&pack(&packs)).files {
        let mut read = Vec::new();
        std::io::copy(&mut brotli::Decompressor::new(&file.brotli[..], 4096), &mut read).unwrap();
        assert_eq!(read, file.bytes, "{}", file.name);
        let mut read = Vec::new();
        std::io::copy(&mut flate2::read::GzDecoder::new(&file.gzip[..]), &mut read).unwrap();
        assert_eq!(read, file.bytes, "{}", file.name);
    }
}

#[test]
fn a_folder_with_anything_else_in_it_is_left_alone_and_an_old_page_is_replaced() {
    let packs = Packs::new();
    let pack = pack(&packs);
    let folder = packs.path("page");
    write_folder(&page(&pack), &folder).unwrap();
    let names = || {
        let mut names: Vec<_> =
            fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    };
    let before = names();
    assert!(before.iter().any(|name| name == "index.html.br"));
    write_folder(&page(&Pack { version: 4, ..pack.clone() }), &folder).unwrap();
    assert_eq!(names().len(), before.len());
    assert_ne!(names(), before);
    fs::remove_file(folder.join("sw.js")).unwrap();
    let error = write_folder(&page(&pack), &folder).unwrap_err();
    assert_eq!(error.code(), "page-folder");
    let read = read_assets(&folder);
    assert_eq!(read.unwrap_err().code(), "page-assets");
}

#[test]
fn sizes_say_what_is_fetched_when() {
    let packs = Packs::new();
    let page = page(&pack(&packs));
    let sizes = sizes(&page);
    let of = |name: &str| sizes.files.iter().find(|size| size.file.starts_with(name)).unwrap().br;
    assert_eq!(sizes.first.br, of("index.html") + of("assets/index") + of("assets/style"));
    assert_eq!(sizes.postal.br, of("postal"));
    assert_eq!(
        sizes.everything.br + sizes.postal.br,
        sizes.files.iter().map(|size| size.br).sum::<usize>()
    );
}
