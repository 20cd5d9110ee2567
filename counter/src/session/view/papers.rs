//! The papers of a case as the staff window shows them.

use kakanai_rules::{FactSet, value_text};

use super::super::STAFF_LANG;
use super::{Known, label};
use crate::case::Case;
use crate::door::{PaperFieldView, PaperView};
use crate::papers::{Origin, PacketPaper, names};

/// Papers in their order.
pub fn views(
    known: &Known<'_>,
    papers: &[PacketPaper],
    case: &Case,
    facts: &FactSet,
) -> Vec<PaperView> {
    papers
        .iter()
        .map(|paper| PaperView {
            id: paper.id.clone(),
            form: paper.form.clone(),
            title: paper.title.clone(),
            people: names(facts, &paper.people),
            pages: u32::try_from(paper.paper.pages.len()).unwrap_or(u32::MAX),
            signatures: u32::try_from(paper.signatures).unwrap_or(u32::MAX),
            printed: case.printed.contains(&paper.id),
            signed: case.signed.contains(&paper.id),
            masked: false,
            fields: paper.origins.iter().map(|origin| field(known, case, facts, origin)).collect(),
        })
        .collect()
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
