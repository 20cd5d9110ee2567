//! Machine-readable marks: the barcode that leads a scanned paper back to its case, and QR codes.
//!
//! Code 128 (ISO/IEC 15417) holds form id, version and case number, and nothing of a resident. Modules are
//! whole numbers here and stay so up to the paper; a code too small for readers is refused.

use code128::Code128;
use qrcode::{Color, EcLevel, QrCode};

use crate::fonts::{FontError, Style};
use crate::layout::fields::{Drawing, Here};
use crate::layout::page::{Mark, Modules};
use crate::refusal::Refusal;
use crate::template::{Align, Area, FitStep, QrField, SMALLEST, Setting, Valign};
use crate::values::FieldValue;

/// Smallest and largest module of a barcode in millimetres: 7.5 mil is what scanners at desks read.
const BAR: (f32, f32) = (0.19, 0.5);
/// Smallest module of a QR code in millimetres: four dots of a printer of 300 dpi.
const QR_MODULE: f32 = 0.33;
/// Light modules around a QR code (ISO/IEC 18004) and at both ends of a barcode.
const QR_QUIET: u16 = 4;
const BAR_QUIET: u16 = 10;
/// Height of the number below the bars in millimetres.
const NUMBER: f32 = 3.0;
/// Bars lower than this are hard to hit with a hand scanner, in millimetres.
const LOWEST: f32 = 3.0;

impl Drawing<'_> {
    pub(super) fn barcode(
        &mut self,
        here: Here<'_>,
        area: Area,
        value: &FieldValue,
    ) -> Result<(), FontError> {
        let FieldValue::Text(text) = value else {
            self.wrong_kind(here, value, "text");
            return Ok(());
        };
        if text.is_empty() {
            return Ok(());
        }
        let area = area.lowered(here.position.down);
        let Some((bars, dark, columns)) = bars(text, area) else {
            self.does_not_fit(here, text);
            return Ok(());
        };
        let field = here.field.id.clone();
        self.marks.push(Mark::Modules(Modules { field, area: bars, columns, rows: 1, dark }));
        let setting = Setting {
            area: Area { y: area.y + area.h - NUMBER, h: NUMBER, ..area },
            style: Style::Gothic,
            size: SMALLEST + 1.0,
            min_size: SMALLEST,
            align: Align::Center,
            valign: Valign::Bottom,
            fit: vec![FitStep::OneLine, FitStep::Shrink],
        };
        self.text(here, text, &setting)
    }

    pub(super) fn qr(&mut self, here: Here<'_>, field: &QrField, value: &FieldValue) {
        let text = value.words().join(",");
        if text.is_empty() {
            return;
        }
        let area = field.area.lowered(here.position.down);
        match squares(&text, area) {
            Some((area, dark, modules)) => {
                let field = here.field.id.clone();
                let (columns, rows) = (modules, modules);
                self.marks.push(Mark::Modules(Modules { field, area, columns, rows, dark }));
            }
            None => self.does_not_fit(here, &text),
        }
    }

    fn does_not_fit(&mut self, here: Here<'_>, text: &str) {
        let (length, tried) = (text.chars().count(), Vec::new());
        self.refusals.push(Refusal::DoesNotFit { place: self.place(here), length, tried });
    }
}

/// Where the code stands, its dark rectangles, and how many modules it has across.
pub(crate) type Placed = (Area, Vec<[u16; 4]>, u16);

/// The bars of a text in the upper part of `area`; `None` when it has signs Code 128 cannot say or when
/// its bars would be too fine.
pub(super) fn bars(text: &str, area: Area) -> Option<Placed> {
    if !text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) || area.h - NUMBER < LOWEST {
        return None;
    }
    let code = Code128::encode(text.as_bytes());
    let whole = u16::try_from(code.len()).ok()?;
    let module = (area.w / f32::from(whole)).min(BAR.1);
    if module < BAR.0 {
        return None;
    }
    let columns = whole.checked_sub(2 * BAR_QUIET)?;
    let dark = code
        .bar_coordinates()
        .map(|bar| {
            let x = u16::try_from(bar.x).ok()?.checked_sub(BAR_QUIET)?;
            Some([x, 0, u16::from(bar.width), 1])
        })
        .collect::<Option<Vec<_>>>()?;
    let width = module * f32::from(columns);
    let x = area.x + (area.w - width) / 2.0;
    Some((Area { x, y: area.y, w: width, h: area.h - NUMBER }, dark, columns))
}

/// The squares of a text in the middle of `area`; `None` when it holds too much for a readable code.
pub(crate) fn squares(text: &str, area: Area) -> Option<Placed> {
    let code = QrCode::with_error_correction_level(text.as_bytes(), EcLevel::M).ok()?;
    let width = code.width();
    let dark: Vec<bool> = code.into_colors().iter().map(|color| *color == Color::Dark).collect();
    drawn(&dark, width, area)
}

/// A code that was drawn up elsewhere, row by row, in the middle of `area`; `None` when its modules would be too fine.
pub(crate) fn drawn(modules: &[bool], width: usize, area: Area) -> Option<Placed> {
    let count = u16::try_from(width).ok()?;
    let module = area.w.min(area.h) / f32::from(count + 2 * QR_QUIET);
    if module < QR_MODULE {
        return None;
    }
    let mut dark: Vec<[u16; 4]> = Vec::new();
    for (y, row) in (0u16..).zip(modules.chunks(width.max(1))) {
        let mut x = 0;
        for same in row.chunk_by(PartialEq::eq) {
            let w = u16::try_from(same.len()).ok()?;
            if same.first() == Some(&true) {
                grow(&mut dark, [x, y, w, 1]);
            }
            x += w;
        }
    }
    let side = module * f32::from(count);
    let (x, y) = (area.x + (area.w - side) / 2.0, area.y + (area.h - side) / 2.0);
    Some((Area { x, y, w: side, h: side }, dark, count))
}

/// Adds a row's rectangle, or lets the one right above it grow.
fn grow(dark: &mut Vec<[u16; 4]>, [x, y, w, h]: [u16; 4]) {
    let above =
        dark.iter_mut().find(|above| above[0] == x && above[2] == w && above[1] + above[3] == y);
    match above {
        Some(above) => above[3] += h,
        None => dark.push([x, y, w, h]),
    }
}
