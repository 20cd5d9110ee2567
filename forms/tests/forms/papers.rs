//! The sample papers as files: what readers see.

use kakanai_forms::{FieldValue, Mark, packet_pdf, page_svg, paper_pdf};

use crate::support::{every_kind, fill, fonts, pdf_text, runs, samples, squeeze, tool};

#[test]
fn every_text_of_every_sample_is_read_back_exactly() {
    for (name, template, sample) in samples() {
        let papers = fill(&template, &sample).unwrap_or_else(|error| panic!("{name}: {error}"));
        let pdf = packet_pdf(&papers, &template.title, fonts()).unwrap();
        let read = pdf_text(&pdf);
        for value in sample.all() {
            if let FieldValue::Text(text) = value {
                let text = squeeze(&text);
                assert!(read.contains(&text), "{name}: {text} was read as\n{read}");
            }
        }
        assert!(read.contains("令和8年10月8日"), "{name}: today");
    }
}

#[test]
fn every_kind_of_field_comes_back_from_one_sound_paper() {
    let (template, _, values) = every_kind();
    let faults: Vec<String> = template
        .problems()
        .iter()
        .chain(&template.label_problems(fonts()).unwrap())
        .map(ToString::to_string)
        .collect();
    assert!(faults.is_empty(), "{faults:#?}");
    let papers = fill(&template, &values).unwrap();
    let [paper] = papers.as_slice() else { panic!("one paper for the household") };
    assert_eq!(paper.pages.len(), 2, "the form and one continuation page");
    assert!(runs(paper).all(|run| run.glyphs.iter().all(|glyph| glyph.id != 0)));
    let pdf = paper_pdf(paper, fonts()).unwrap();
    assert_eq!(pdf, paper_pdf(paper, fonts()).unwrap());
    tool("qpdf", &["--check"], &pdf, &[]);
    let read = pdf_text(&pdf);
    for value in values.all() {
        if let FieldValue::Text(text) = value {
            let cells = text.replace('ダ', "タ゛");
            assert!(read.contains(&squeeze(&text)) || read.contains(&cells), "{text} in {read}");
        }
    }
    assert!(read.contains("¥１００００"), "{read}");
    assert!(read.contains("転入、転居") && read.contains("別紙のとおり"), "{read}");
}

#[test]
fn every_font_is_embedded_cut_down_and_readable() {
    for (name, template, sample) in samples() {
        let pdf = packet_pdf(&fill(&template, &sample).unwrap(), "", fonts()).unwrap();
        let listing = tool("pdffonts", &[], &pdf, &[]);
        let fonts: Vec<&str> = listing.lines().skip(2).collect();
        assert!(fonts.len() >= 3, "{name}:\n{listing}");
        for line in fonts {
            let words: Vec<&str> = line.split_whitespace().collect();
            let ends = &words[words.len() - 5..words.len() - 2];
            assert_eq!(ends, ["yes", "yes", "yes"], "{name}: emb sub uni in {line}");
        }
    }
}

#[test]
fn qpdf_finds_no_fault_in_the_whole_packet() {
    let papers: Vec<_> = samples()
        .iter()
        .flat_map(|(_, template, sample)| fill(template, sample).unwrap())
        .collect();
    let pdf = packet_pdf(&papers, "手続き一式", fonts()).unwrap();
    let report = tool("qpdf", &["--check"], &pdf, &[]);
    assert!(report.contains("No syntax or stream encoding errors"), "{report}");
    let pages: usize = papers.iter().map(|paper| paper.pages.len()).sum();
    assert!(pdf.len() < 12_000 * pages, "{} bytes on {pages} pages", pdf.len());
}

#[test]
fn no_glyph_0_is_on_any_page_nor_in_any_content_stream() {
    for (name, template, sample) in samples() {
        let papers = fill(&template, &sample).unwrap();
        for run in papers.iter().flat_map(runs) {
            assert!(run.glyphs.iter().all(|glyph| glyph.id != 0), "{name}: {}", run.field);
        }
        let pdf = packet_pdf(&papers, "", fonts()).unwrap();
        let streams = tool("qpdf", &["--qdf", "--object-streams=disable"], &pdf, &["-"]);
        let shown: Vec<&str> = streams.lines().filter(|line| line.ends_with("TJ")).collect();
        assert!(shown.len() > 20, "{name}: no text operators were found");
        assert!(!shown.concat().contains("<0000>"), "{name}: glyph 0 is shown");
    }
}

#[test]
fn the_writer_refuses_glyph_0() {
    let (_, template, sample) = samples().swap_remove(0);
    let mut papers = fill(&template, &sample).unwrap();
    let marks = papers[0].pages[0].marks.iter_mut();
    let run = marks.filter_map(|mark| if let Mark::Run(run) = mark { Some(run) } else { None });
    let run = run.max_by_key(|run| run.field == "name").unwrap();
    run.glyphs[0].id = 0;
    let error = packet_pdf(&papers, "", fonts()).unwrap_err();
    assert_eq!(error.code(), "glyph-missing");
    assert!(error.to_string().contains("card-keizoku, field name"), "{error}");
}

#[test]
fn the_same_papers_give_the_same_bytes() {
    let (_, template, sample) = samples().swap_remove(0);
    let bytes = || packet_pdf(&fill(&template, &sample).unwrap(), "一式", fonts()).unwrap();
    assert_eq!(bytes(), bytes());
}

#[test]
fn metadata_holds_the_form_name_and_nothing_of_the_case() {
    for (name, template, sample) in samples() {
        let papers = fill(&template, &sample).unwrap();
        let info = tool("pdfinfo", &[], &paper_pdf(&papers[0], fonts()).unwrap(), &[]);
        assert!(info.contains(&template.title), "{name}:\n{info}");
        assert!(!info.contains("花子") && !info.contains("MIHON"), "{name}:\n{info}");
        let wide = papers[0].pages[0].width > 400.0;
        let size = if wide { "1190.55 x 841.89" } else { "595.276 x 841.89" };
        assert!(info.contains(size), "{name}: not {size}:\n{info}");
    }
}

#[test]
fn the_screen_gets_the_same_page_as_the_printer() {
    for (name, template, sample) in samples() {
        for paper in fill(&template, &sample).unwrap() {
            for page in &paper.pages {
                let svg = page_svg(page, fonts()).unwrap();
                let glyphs: usize = page
                    .marks
                    .iter()
                    .map(|mark| match mark {
                        Mark::Run(run) => run.glyphs.len(),
                        _ => 0,
                    })
                    .sum();
                assert_eq!(svg.matches("<use ").count(), glyphs, "{name}");
                assert!(!svg.contains("NaN") && !svg.contains("花子"), "{name}");
            }
        }
    }
}
