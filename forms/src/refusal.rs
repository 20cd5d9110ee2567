//! Why a paper is not made: every finding names form, field and label, never the resident's text.

use std::fmt;

/// Why the fonts cannot draw one cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lack {
    /// No font holds the character.
    Missing,
    /// Fonts hold the base character, none this variation sequence.
    VariantMissing,
    /// A private-use code: it means something only in a font of the municipality's own (外字).
    PrivateUse,
}

impl fmt::Display for Lack {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Missing => "missing",
            Self::VariantMissing => "variant missing",
            Self::PrivateUse => "private use",
        })
    }
}

/// Where on which paper something was refused.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Form id.
    pub form: String,
    /// Field id.
    pub field: String,
    /// What the clerk calls the field.
    pub label: String,
    /// The person's id, inside rows and on papers of one person.
    pub person: Option<String>,
}

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "form {}, field {} ({})", self.form, self.field, self.label)?;
        match &self.person {
            Some(person) => write!(out, ", person {person}"),
            None => Ok(()),
        }
    }
}

/// One reason why a paper is not printed. Nothing is substituted, cut or left out without a person's word.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// No font has the exact cluster.
    #[error("{place}: no font has {}: {why}", crate::code_points(.code_points))]
    Character {
        /// Where.
        place: Place,
        /// The cluster's code points: base, then selector or marks.
        code_points: Vec<u32>,
        /// Why.
        why: Lack,
        /// The font that would draw the base form, if one has it.
        base_font: Option<String>,
    },
    /// The fit list ended without success.
    #[error("{place}: {length} characters do not fit, tried {tried:?} pt")]
    DoesNotFit {
        /// Where.
        place: Place,
        /// Length in clusters.
        length: usize,
        /// Sizes tried, in points; empty for cells.
        tried: Vec<f32>,
    },
    /// A required value is missing.
    #[error("{place}: a required value is missing")]
    Required {
        /// Where.
        place: Place,
    },
    /// A date that no era, or no single era, covers.
    #[error("{place}: the date lies in no single era")]
    NoEra {
        /// Where.
        place: Place,
    },
    /// The value's kind cannot be drawn by the field's kind.
    #[error("{place}: a {found} value where {expected} is expected")]
    WrongKind {
        /// Where.
        place: Place,
        /// What the source gave.
        found: &'static str,
        /// What the field draws.
        expected: &'static str,
    },
    /// The value is none of the field's options.
    #[error("{place}: the value is none of the options on the paper")]
    NoSuchOption {
        /// Where.
        place: Place,
    },
    /// The form repeats no rows for people, or the household has more people than papers can carry.
    #[error("{place}: too many people for this paper")]
    TooManyPeople {
        /// Where.
        place: Place,
    },
}

impl Refusal {
    /// A stable name for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Character { .. } => "character-missing",
            Self::DoesNotFit { .. } => "does-not-fit",
            Self::Required { .. } => "required-missing",
            Self::NoEra { .. } => "no-era",
            Self::WrongKind { .. } => "wrong-kind",
            Self::NoSuchOption { .. } => "no-such-option",
            Self::TooManyPeople { .. } => "too-many-people",
        }
    }

    /// Where it happened, to be said otherwise: a paper that nobody may hear of is not named.
    pub fn place_mut(&mut self) -> &mut Place {
        match self {
            Self::Character { place, .. }
            | Self::DoesNotFit { place, .. }
            | Self::Required { place }
            | Self::NoEra { place }
            | Self::WrongKind { place, .. }
            | Self::NoSuchOption { place }
            | Self::TooManyPeople { place } => place,
        }
    }

    /// Where it happened.
    pub fn place(&self) -> &Place {
        match self {
            Self::Character { place, .. }
            | Self::DoesNotFit { place, .. }
            | Self::Required { place }
            | Self::NoEra { place }
            | Self::WrongKind { place, .. }
            | Self::NoSuchOption { place }
            | Self::TooManyPeople { place } => place,
        }
    }
}

/// Code points as people write them: `U+909A U+E010E`.
pub fn code_points(points: &[u32]) -> String {
    points.iter().map(|point| format!("U+{point:04X}")).collect::<Vec<_>>().join(" ")
}

/// Everything that keeps one paper from being made, found in one pass.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
pub struct Refusals(pub Vec<Refusal>);
