//! The papers of a case as the staff window shows them.

use kakanai_rules::{FactSet, value_text};

use super::super::STAFF_LANG;
use super::{Known, Veiled, label};
use crate::case::Case;
use crate::door::{PaperFieldView, PaperView};
use crate::papers::{Origin, PacketPaper, names};

/// Papers in their order. What a veil lies over is counted and not named.
pub fn views(
    known: &Known<'_>,
    papers: &[PacketPaper],
    case: &Case,
    facts: &FactSet,
    veiled: &Veiled<'_>,
) -> Vec<PaperView> {
    let view = |paper: &PacketPaper| {
        let counted = PaperView {
            id: veiled.shown(&paper.id),
            form: String::new(),
            title: String::new(),
            people: Vec::new(),
            pages: u32::try_from(paper.paper.pages.len()).unwrap_or(u32::MAX),
            signatures: u32::try_from(paper.signatures).unwrap_or(u32::MAX),
            printed: case.printed.contains(&paper.id),
            signed: case.signed.contains(&paper.id),
            masked: veiled.is_masked(&paper.id),
            fields: Vec::new(),
        };
        if veiled.is_nameless(&paper.id) {
            return counted;
        }
        PaperView {
            form: paper.form.clone(),
            title: paper.title.clone(),
            people: names(facts, &paper.people),
            fields: paper.origins.iter().map(|one| field(known, case, facts, one)).collect(),
            ..counted
        }
    };
    papers.iter().map(view).collect()
}

fn field(known: &Known<'_>, case: &Case, facts: &FactSet, origin: &Origin) -> PaperFieldView {
    let Origin { subject, fact } = origin;
    let (pack, on) = (known.pack, case.counter_date);
    let value = facts.value(subject, fact);
    PaperFieldView {
        label: label(pack, fact, on),
        text: value.map(|value| value_text(pack, STAFF_LANG, fact, value, on)).unwrap_or_default(),
        fact: fact.clone(),
        person: subject.person().map(str::to_owned),
    }
}
