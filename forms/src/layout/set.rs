//! Text as it stands in its box, in lines or in columns, or the notice that it stands elsewhere.

use crate::fonts::{Cluster, FontError, FontSet};
use crate::layout::annex::NOTICES;
use crate::layout::fit::{Fitted, fit, place};
use crate::layout::page::Mark;
use crate::layout::vertical::{Cell, cells, fit_columns, place_columns};
use crate::template::{FitStep, Setting};

/// Which way text runs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// Lines from left to right (横書き).
    Lines,
    /// Columns from right to left (縦書き).
    Columns,
}

/// Text that fits its box.
pub(crate) enum Set {
    /// In lines.
    Lines(Fitted),
    /// In columns.
    Columns(Fitted<Cell>),
}

/// Tries the fit list; `paragraphs` are the parts between forced line breaks. The inner error holds the
/// sizes tried, from large to small.
pub(crate) fn set(
    paragraphs: &[Vec<Cluster>],
    setting: &Setting,
    way: Way,
    fonts: &FontSet,
) -> Result<Result<Set, Vec<f32>>, FontError> {
    Ok(match way {
        Way::Lines => fit(paragraphs, setting).map(Set::Lines),
        Way::Columns => {
            let columns = paragraphs.iter().map(|paragraph| cells(paragraph, setting.style, fonts));
            fit_columns(&columns.collect::<Result<Vec<_>, _>>()?, setting).map(Set::Columns)
        }
    })
}

/// 別紙のとおり as it fits the box of a value that goes on elsewhere; `None` where values do not go on.
pub(crate) fn notice(
    setting: &Setting,
    way: Way,
    fonts: &FontSet,
) -> Result<Option<Set>, FontError> {
    if !setting.fit.contains(&FitStep::Continue) {
        return Ok(None);
    }
    let setting = Setting { fit: vec![FitStep::OneLine, FitStep::Shrink], ..setting.clone() };
    for notice in NOTICES {
        if let Ok(drawn) = fonts.clusters(notice, setting.style)?
            && let Ok(fitted) = set(&[drawn], &setting, way, fonts)?
        {
            return Ok(Some(fitted));
        }
    }
    Ok(None)
}

impl Set {
    /// Puts the text into its box.
    pub(crate) fn place(&self, field: &str, setting: &Setting, marks: &mut Vec<Mark>) {
        match self {
            Self::Lines(fitted) => place(field, fitted, setting, marks),
            Self::Columns(fitted) => place_columns(field, fitted, setting, marks),
        }
    }
}
