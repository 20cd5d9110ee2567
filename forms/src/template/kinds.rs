//! What a field can draw, and how text is set.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Area;
use crate::fonts::Style;

/// What a field draws.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Kind {
    /// A value as text.
    Text(TextField),
    /// A value in columns from right to left (縦書き).
    Vertical(TextField),
    /// A value with one cluster per cell (一マス一文字).
    Comb(CombField),
    /// A date in parts or as text.
    Date(DateField),
    /// A square per option, ticked when chosen.
    Check(MarkField),
    /// A printed word per option, circled when chosen.
    Circle(MarkField),
    /// A printed word per option, struck with a double line when chosen (取消線).
    Strike(MarkField),
    /// The mark of the paper (`form.mark`) as a Code 128 barcode, the number below it.
    Barcode(Area),
    /// A value as a QR code.
    Qr(QrField),
    /// Printed text.
    Label(LabelField),
    /// Printed rules.
    Line(LineField),
    /// A printed rectangle.
    Rect(RectField),
}

/// How text is set.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    /// Where.
    pub area: Area,
    /// Font.
    pub style: Style,
    /// Wanted size in points.
    pub size: f32,
    /// Smallest size allowed in points.
    pub min_size: f32,
    /// Across.
    pub align: Align,
    /// Down.
    pub valign: Valign,
    /// What is tried, in this order.
    pub fit: Vec<FitStep>,
}

/// A value as text, in lines or in columns.
#[derive(Debug, Clone, PartialEq)]
pub struct TextField {
    /// Vocabulary id.
    pub source: String,
    /// A missing value refuses the paper.
    pub required: bool,
    /// How it is set.
    pub setting: Setting,
    /// What stands for a choice, yes or no; without an entry a choice is refused.
    pub texts: BTreeMap<String, String>,
}

/// One cluster per cell.
#[derive(Debug, Clone, PartialEq)]
pub struct CombField {
    /// Vocabulary id.
    pub source: String,
    /// A missing value refuses the paper.
    pub required: bool,
    /// The cells from left to right.
    pub cells: Vec<Area>,
    /// Font.
    pub style: Style,
    /// Size in points.
    pub size: f32,
    /// Left or right, when there are more cells than clusters.
    pub align: Align,
    /// Where the marks of voiced kana (濁点・半濁点) stand.
    pub dakuten: Dakuten,
    /// What stands in the cell before the first one of the value (¥).
    pub prefix: Option<String>,
    /// Width of digits and other ASCII.
    pub width: Width,
}

/// Where the mark of a voiced kana stands in a comb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dakuten {
    /// ガ
    #[default]
    OneCell,
    /// カ゛: as banks read kana.
    TwoCells,
}

/// Width of digits and other ASCII in a comb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Width {
    /// As the value came.
    #[default]
    AsIs,
    /// 1
    Half,
    /// １
    Full,
}

/// A date.
#[derive(Debug, Clone, PartialEq)]
pub struct DateField {
    /// Vocabulary id.
    pub source: String,
    /// A missing value refuses the paper.
    pub required: bool,
    /// 和暦 or 西暦.
    pub calendar: Calendar,
    /// Printed digits.
    pub digits: Digits,
    /// 元年 or 1年.
    pub first_year: FirstYear,
    /// Boxes for the parts; without them the date is one text in `setting`.
    pub parts: Option<DateParts>,
    /// How the whole, or each part, is set; with parts its area is the one around them.
    pub setting: Setting,
}

/// Boxes for the parts of a date; a part without a box is not printed.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DateParts {
    /// Era as text.
    pub era: Option<Area>,
    /// Printed eras, of which the right one is circled.
    #[serde(default)]
    pub eras: BTreeMap<String, Area>,
    /// Year of the era, or of the Gregorian calendar.
    pub year: Option<Area>,
    /// Month.
    pub month: Option<Area>,
    /// Day.
    pub day: Option<Area>,
}

impl DateParts {
    /// Every box given.
    pub(crate) fn boxes(&self) -> Vec<Area> {
        let boxes = [self.era, self.year, self.month, self.day];
        boxes.into_iter().flatten().chain(self.eras.values().copied()).collect()
    }
}

/// How years are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Calendar {
    /// 和暦
    #[default]
    Era,
    /// 西暦
    Gregorian,
}

/// How digits of a date are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Digits {
    /// 8
    #[default]
    Arabic,
    /// ８
    FullWidth,
    /// 八
    Kanji,
}

/// How the first year of an era is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FirstYear {
    /// 元
    #[default]
    Gannen,
    /// 1
    One,
}

/// Options, one or more of which may be chosen by the value.
#[derive(Debug, Clone, PartialEq)]
pub struct MarkField {
    /// Vocabulary id.
    pub source: String,
    /// A missing value refuses the paper.
    pub required: bool,
    /// The printed options.
    pub options: Vec<MarkOption>,
    /// Values for which, on purpose, nothing is marked; any other value without option is refused.
    pub blank: Vec<String>,
    /// Size of the printed words in points.
    pub size: f32,
}

/// One option.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MarkOption {
    /// The value that marks it: a choice, `yes`, `no`, a number.
    pub value: String,
    /// Further values that mark it.
    #[serde(default)]
    pub also: Vec<String>,
    /// The square, or the ellipse around the word.
    #[serde(rename = "box")]
    pub area: Area,
    /// The printed word: right of a square, inside an ellipse.
    #[serde(default)]
    pub text: String,
}

/// A QR code in the middle of its box, its quiet zone inside.
#[derive(Debug, Clone, PartialEq)]
pub struct QrField {
    /// Vocabulary id.
    pub source: String,
    /// A missing value refuses the paper.
    pub required: bool,
    /// Where.
    pub area: Area,
}

/// Printed text; a line break is written `\n`.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelField {
    /// The words.
    pub text: String,
    /// How they are set.
    pub setting: Setting,
}

/// Printed rules.
#[derive(Debug, Clone, PartialEq)]
pub struct LineField {
    /// `[x1, y1, x2, y2]` each, in millimetres.
    pub segments: Vec<[f32; 4]>,
    /// Thickness in points.
    pub width: f32,
    /// Broken line.
    pub dashed: bool,
}

/// A printed rectangle.
#[derive(Debug, Clone, PartialEq)]
pub struct RectField {
    /// Where.
    pub area: Area,
    /// Thickness of the frame in points; 0 draws none.
    pub width: f32,
    /// Grey of the ground: 0 black, 1 white; none when absent.
    pub fill: Option<f32>,
}

/// Where text stands across its box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    /// 左
    #[default]
    Left,
    /// 中央
    Center,
    /// 右
    Right,
    /// 均等割付
    Justify,
}

/// Where text stands down its box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Valign {
    /// 上
    Top,
    /// 中央
    #[default]
    Middle,
    /// 下
    Bottom,
}

/// One step of the fit list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FitStep {
    /// One line at the wanted size.
    OneLine,
    /// At most two lines, as large as two lines can stand in the box.
    TwoLines,
    /// As many lines as the box holds, as large as possible, down to `min_size`.
    Shrink,
    /// The box says 別紙のとおり, and the whole value stands on a continuation page. Always the last step.
    Continue,
}
