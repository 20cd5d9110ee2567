//! Papers on their way out as the staff window shows them: characters that no font has, printers, jobs.

use jiff::civil::Date;
use kakanai_forms::{Refusal, Style, Unknown, base_forms, code_points, text_svg};
use kakanai_rules::FactSet;

use super::privacy::Veiled;
use super::{Known, label, name};
use crate::characters::{Choice, Finding, SHEETS};
use crate::door::{CharacterView, DoorError, LackingView, PlaceView, PrintJobView, PrinterView};
use crate::papers::{DISCREET, Packet, PacketPaper};
use crate::printers::ListedPrinter;
use crate::session::{Desk, JobLine, LineState, STAFF_LANG};

/// Size of the picture of a base form, in points.
const PICTURE: f32 = 36.0;

/// What keeps papers from being made, apart from what the clerk can settle.
pub fn refusals(packet: &Packet, veiled: &Veiled<'_>) -> Vec<DoorError> {
    let settles = |refusal: &&Refusal| {
        packet.findings.iter().any(|finding| finding.choice.is_none() && finding.covers(refusal))
    };
    let open = packet.refusals.iter().filter(|refusal| !settles(refusal));
    open.map(|refusal| veiled.refusal(refusal)).collect()
}

/// Places with the same value and the same choice stand together: one person's name is one matter for the clerk.
pub fn characters(
    known: &Known<'_>,
    packet: &Packet,
    facts: &FactSet,
    veiled: &Veiled<'_>,
    on: Date,
) -> Vec<CharacterView> {
    let mut groups: Vec<(&Finding, Vec<&Finding>)> = Vec::new();
    let shown = |finding: &&Finding| !veiled.hides_form(&finding.spot.form);
    for finding in packet.findings.iter().filter(shown) {
        let same = |(first, _): &&mut (&Finding, Vec<&Finding>)| {
            first.value == finding.value && first.choice == finding.choice
        };
        match groups.iter_mut().find(same) {
            Some((_, places)) => places.push(finding),
            None => groups.push((finding, vec![finding])),
        }
    }
    let mut views: Vec<CharacterView> = groups
        .into_iter()
        .map(|(first, places)| CharacterView {
            value: first.value.clone(),
            characters: first.characters.iter().map(|unknown| lacking(known, unknown)).collect(),
            base_form: Some(base_forms(&first.value, &first.characters))
                .filter(|_| first.has_base_form())
                .and_then(|text| picture(known, &text)),
            places: places.into_iter().map(|finding| place(known, finding, facts, on)).collect(),
            choice: first.choice.as_ref().map(|choice| choice.id().to_owned()),
            substitute: match &first.choice {
                Some(Choice::Substitute { text }) => Some(text.clone()),
                _ => None,
            },
        })
        .collect();
    views.sort_by_key(|view| view.choice.is_some());
    views
}

/// A text in its exact shapes, as it would stand on paper.
fn picture(known: &Known<'_>, text: &str) -> Option<String> {
    text_svg(text, Style::Mincho, PICTURE, known.fonts?).ok().map(|shape| shape.svg)
}

fn lacking(known: &Known<'_>, unknown: &Unknown) -> LackingView {
    let base = unknown.code_points.first().copied().and_then(char::from_u32);
    LackingView {
        code_points: code_points(&unknown.code_points),
        why: unknown.why.to_string().replace(' ', "-"),
        base: base
            .filter(|_| unknown.base_font.is_some())
            .and_then(|base| picture(known, &base.to_string())),
        base_font: unknown.base_font.clone(),
    }
}

fn place(known: &Known<'_>, finding: &Finding, facts: &FactSet, on: Date) -> PlaceView {
    let spot = &finding.spot;
    let text = |id: &str| known.pack.text(STAFF_LANG, id, on).map(str::to_owned);
    let sheets = spot.form == SHEETS;
    let title = if sheets { text("guide.title") } else { text(&format!("form.{}", spot.form)) };
    PlaceView {
        form: spot.form.clone(),
        title: title.unwrap_or_else(|| spot.form.clone()),
        field: spot.field.clone(),
        label: if sheets { label(known.pack, &finding.label, on) } else { finding.label.clone() },
        person: spot.person.clone(),
        person_name: spot.person.as_deref().map(|person| name(facts, person)),
    }
}

/// A printer to choose from.
pub fn printer(listed: ListedPrinter) -> PrinterView {
    let ListedPrinter { uri, name, usual, able, error } = listed;
    let state = able.as_ref().and_then(|able| {
        let state = serde_json::to_value(able.state).ok()?;
        state.as_str().map(str::to_owned)
    });
    let unusable = able.as_ref().and_then(|able| match (able.accepting, able.accepts_pdf) {
        (false, _) => Some("printer-not-accepting"),
        (true, false) => Some("printer-refused-format"),
        (true, true) => None,
    });
    let (reasons, media) = able.map(|able| (able.reasons, able.media)).unwrap_or_default();
    PrinterView {
        uri,
        name,
        usual,
        state,
        reasons: reasons.iter().map(|reason| reason.code().to_owned()).collect(),
        media: media.iter().map(|media| media.name().to_owned()).collect(),
        error: error.or(unusable).map(DoorError::of),
    }
}

/// The jobs of the last printing.
pub fn jobs(desk: &Desk, veiled: &Veiled<'_>) -> Vec<PrintJobView> {
    desk.lines.iter().map(|line| job(desk, line, veiled)).collect()
}

fn job(desk: &Desk, line: &JobLine, veiled: &Veiled<'_>) -> PrintJobView {
    let packet = desk.packet().ok();
    let papers: Vec<&PacketPaper> =
        line.keys.iter().filter_map(|key| packet.and_then(|packet| packet.paper(key))).collect();
    let all: usize = papers.iter().map(|paper| paper.paper.pages.len()).sum();
    // The discreet paper is known by whoever sent it, and by nobody who comes by.
    let named = |paper: &&&PacketPaper| paper.form != DISCREET && !veiled.is_nameless(&paper.id);
    let named = papers.iter().filter(named);
    let (state, reasons, error) = match &line.state {
        LineState::Waiting => ("waiting", Vec::new(), None),
        LineState::Sending => ("sending", Vec::new(), None),
        LineState::Printing { state, reasons } => (*state, reasons.clone(), None),
        LineState::Asked => ("asked", Vec::new(), None),
        LineState::Answered { came_out: true } => ("came-out", Vec::new(), None),
        LineState::Answered { came_out: false } => ("not-out", Vec::new(), None),
        LineState::Failed(error) => ("failed", Vec::new(), Some(error.clone())),
    };
    PrintJobView {
        papers: line.keys.iter().map(|key| veiled.shown(key)).collect(),
        titles: named.map(|paper| paper.title.clone()).collect(),
        pages: if line.pages == 0 { u32::try_from(all).unwrap_or(u32::MAX) } else { line.pages },
        media: line.media.to_owned(),
        tray: line.tray.clone(),
        printer: line.printer.clone(),
        state: state.to_owned(),
        reasons,
        error,
    }
}
