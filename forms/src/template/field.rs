//! One field of `form.toml`: each kind takes its keys, and a key nobody took is an error.

use super::raw::{RawDefaults, RawField, RawKind, RawWidth};
use super::{
    Align, Area, CombField, DateField, Field, FitStep, Kind, LabelField, LineField, MarkField,
    QrField, RectField, Setting, TextField, Valign, Width,
};

/// What is wrong with one key; the caller adds file and line.
pub(super) type KeyFault = (&'static str, &'static str);

/// Reads one field that begins on `line`; `repeats` says whether the form has rows.
pub(super) fn field(
    mut raw: RawField,
    line: usize,
    repeats: bool,
    defaults: &RawDefaults,
) -> Result<Field, KeyFault> {
    if raw.row && !repeats {
        return Err(("row", "a [repeat] table, when a field is part of a row"));
    }
    raw.when.iter().try_for_each(|when| named(&when.source))?;
    let kind = match raw.kind {
        RawKind::Text => Kind::Text(text(&mut raw, defaults)?),
        RawKind::Vertical => {
            raw.align.get_or_insert(Align::Center);
            raw.valign.get_or_insert(Valign::Top);
            Kind::Vertical(text(&mut raw, defaults)?)
        }
        RawKind::Comb => Kind::Comb(CombField {
            source: source(&mut raw)?,
            required: raw.required.take().unwrap_or(false),
            cells: cells(&mut raw)?,
            style: raw.font.take().unwrap_or(defaults.font),
            size: positive("size", raw.size.take().unwrap_or(defaults.size))?,
            align: raw.align.take().unwrap_or_default(),
            dakuten: raw.dakuten.take().unwrap_or_default(),
            prefix: raw.prefix.take().filter(|prefix| !prefix.is_empty()),
            width: characters(&mut raw)?,
        }),
        RawKind::Date => Kind::Date(date(&mut raw, defaults)?),
        RawKind::Check => Kind::Check(marks(&mut raw, defaults)?),
        RawKind::Circle => Kind::Circle(marks(&mut raw, defaults)?),
        RawKind::Strike => Kind::Strike(marks(&mut raw, defaults)?),
        RawKind::Barcode => Kind::Barcode(area(&mut raw)?),
        RawKind::Qr => Kind::Qr(QrField {
            source: source(&mut raw)?,
            required: raw.required.take().unwrap_or(false),
            area: area(&mut raw)?,
        }),
        RawKind::Label => Kind::Label(LabelField {
            text: raw.text.take().ok_or(("text", "the printed words"))?,
            setting: setting(&mut raw, defaults, false)?,
        }),
        RawKind::Line => Kind::Line(LineField {
            segments: segments(&mut raw)?,
            width: positive("width", points(&mut raw)?)?,
            dashed: raw.dashed.take().unwrap_or(false),
        }),
        RawKind::Rect => Kind::Rect(RectField {
            area: area(&mut raw)?,
            width: not_negative("width", points(&mut raw)?)?,
            fill: raw.fill.take().map(|fill| between_0_and_1("fill", fill)).transpose()?,
        }),
    };
    if let Some(key) = raw.left_over() {
        return Err((key, "no such key for this kind"));
    }
    let printed = matches!(raw.kind, RawKind::Label | RawKind::Line | RawKind::Rect);
    let id = match raw.id {
        Some(id) => id,
        None if printed => format!("line-{line}"),
        None => return Err(("id", "an id, so that messages can name the field")),
    };
    let label = match raw.label {
        Some(label) => label,
        None if printed => id.clone(),
        None => return Err(("label", "what the clerk calls the field")),
    };
    Ok(Field { id, label, line, row: raw.row, sheets: raw.sheets, when: raw.when, kind })
}

fn text(raw: &mut RawField, defaults: &RawDefaults) -> Result<TextField, KeyFault> {
    Ok(TextField {
        source: source(raw)?,
        required: raw.required.take().unwrap_or(false),
        texts: raw.texts.take().unwrap_or_default(),
        setting: setting(raw, defaults, true)?,
    })
}

fn source(raw: &mut RawField) -> Result<String, KeyFault> {
    let source = raw.source.take().ok_or(("source", "a vocabulary id"))?;
    named(&source)?;
    Ok(source)
}

fn named(source: &str) -> Result<(), KeyFault> {
    const SPACES: [&str; 8] =
        ["case", "person", "office", "form", "head", "visitor", "claimant", "spouse"];
    let known = source.split_once('.').is_some_and(|(space, id)| {
        SPACES.contains(&space)
            && !id.is_empty()
            && id
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
    });
    if known {
        Ok(())
    } else {
        Err((
            "source",
            "case.…, person.…, office.…, form.…, head.…, visitor.…, claimant.… or spouse.… in snake_case",
        ))
    }
}

fn setting(raw: &mut RawField, defaults: &RawDefaults, value: bool) -> Result<Setting, KeyFault> {
    let area = area(raw)?;
    setting_in(area, raw, defaults, value)
}

/// Printed words keep their size; values follow the fit list.
fn setting_in(
    area: Area,
    raw: &mut RawField,
    defaults: &RawDefaults,
    value: bool,
) -> Result<Setting, KeyFault> {
    let (style, usual) = if value {
        (defaults.font, defaults.size)
    } else {
        (defaults.label_font, defaults.label_size)
    };
    let size = positive("size", raw.size.take().unwrap_or(usual))?;
    let (min_size, fit) = if value {
        let min_size = raw.min_size.take().unwrap_or(defaults.min_size.min(size));
        (min_size, raw.fit.take().unwrap_or_else(|| defaults.fit.clone()))
    } else {
        (size, vec![FitStep::Shrink])
    };
    if positive("min_size", min_size)? > size {
        return Err(("min_size", "not more than size"));
    }
    fits(&fit)?;
    Ok(Setting {
        area,
        style: raw.font.take().unwrap_or(style),
        size,
        min_size,
        align: raw.align.take().unwrap_or_default(),
        valign: raw.valign.take().unwrap_or_default(),
        fit,
    })
}

fn cells(raw: &mut RawField) -> Result<Vec<Area>, KeyFault> {
    const EXPECTED: KeyFault = ("cells", "box and cells, or boxes");
    match (raw.boxes.take(), raw.area.take(), raw.cells.take()) {
        (Some(boxes), None, None) if !boxes.is_empty() => {
            boxes.into_iter().map(|area| check(area).map(|()| area)).collect()
        }
        (None, Some(area), Some(count)) if (1..=200).contains(&count) => {
            check(area)?;
            let w = area.w / f32::from(count);
            Ok((0..count).map(|cell| Area { x: area.x + w * f32::from(cell), w, ..area }).collect())
        }
        _ => Err(EXPECTED),
    }
}

fn date(raw: &mut RawField, defaults: &RawDefaults) -> Result<DateField, KeyFault> {
    let parts = raw.parts.take();
    let area = match &parts {
        Some(parts) => {
            let boxes = parts.boxes();
            if boxes.is_empty() {
                return Err(("parts", "at least one box"));
            }
            boxes.iter().copied().try_for_each(check)?;
            Area::around(boxes)
        }
        None => area(raw)?,
    };
    let mut setting = setting_in(area, raw, defaults, true)?;
    if parts.is_some() {
        setting.fit.retain(|step| *step != FitStep::Continue);
    }
    Ok(DateField {
        source: source(raw)?,
        required: raw.required.take().unwrap_or(false),
        calendar: raw.calendar.take().unwrap_or_default(),
        digits: raw.digits.take().unwrap_or_default(),
        first_year: raw.first_year.take().unwrap_or_default(),
        setting,
        parts,
    })
}

fn marks(raw: &mut RawField, defaults: &RawDefaults) -> Result<MarkField, KeyFault> {
    let options = raw.options.take().unwrap_or_default();
    if options.is_empty() {
        return Err(("options", "at least one option"));
    }
    options.iter().try_for_each(|option| check(option.area))?;
    Ok(MarkField {
        source: source(raw)?,
        required: raw.required.take().unwrap_or(false),
        options,
        blank: raw.blank.take().unwrap_or_default(),
        size: positive("size", raw.size.take().unwrap_or(defaults.label_size))?,
    })
}

/// Thickness of a rule in points.
fn points(raw: &mut RawField) -> Result<f32, KeyFault> {
    match raw.width.take() {
        None => Ok(0.5),
        Some(RawWidth::Points(points)) => Ok(points),
        Some(RawWidth::Characters(_)) => Err(("width", "a number of points")),
    }
}

fn characters(raw: &mut RawField) -> Result<Width, KeyFault> {
    match raw.width.take() {
        None => Ok(Width::default()),
        Some(RawWidth::Characters(width)) => Ok(width),
        Some(RawWidth::Points(_)) => Err(("width", "as_is, half or full")),
    }
}

fn segments(raw: &mut RawField) -> Result<Vec<[f32; 4]>, KeyFault> {
    let segments = raw.segments.take().unwrap_or_default();
    let good = |segment: &[f32; 4]| segment.iter().all(|length| sane(*length));
    if segments.is_empty() || !segments.iter().all(good) {
        return Err(("segments", "lists of x1, y1, x2, y2 in millimetres"));
    }
    Ok(segments)
}

/// A list of steps that says what happens.
pub(super) fn fits(fit: &[FitStep]) -> Result<(), KeyFault> {
    match fit.split_last() {
        Some((_, before)) if before.contains(&FitStep::Continue) => {
            Err(("fit", "continue as the last step"))
        }
        Some(_) => Ok(()),
        None => Err(("fit", "at least one step")),
    }
}

fn area(raw: &mut RawField) -> Result<Area, KeyFault> {
    let area = raw.area.take().ok_or(("box", "x, y, width and height in millimetres"))?;
    check(area).map(|()| area)
}

pub(super) fn check(area: Area) -> Result<(), KeyFault> {
    let sane = [area.x, area.y, area.w, area.h].into_iter().all(sane);
    if sane && area.w > 0.0 && area.h > 0.0 {
        Ok(())
    } else {
        Err(("box", "x, y, width and height in millimetres"))
    }
}

/// TOML knows nan, inf and very large numbers; paper does not.
fn sane(length: f32) -> bool {
    length.is_finite() && length.abs() < 2000.0
}

pub(super) fn positive(key: &'static str, number: f32) -> Result<f32, KeyFault> {
    if sane(number) && number > 0.0 { Ok(number) } else { Err((key, "a number above 0")) }
}

fn not_negative(key: &'static str, number: f32) -> Result<f32, KeyFault> {
    if sane(number) && number >= 0.0 { Ok(number) } else { Err((key, "0 or a number above 0")) }
}

fn between_0_and_1(key: &'static str, number: f32) -> Result<f32, KeyFault> {
    if (0.0..=1.0).contains(&number) { Ok(number) } else { Err((key, "a number from 0 to 1")) }
}
