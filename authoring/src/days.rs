//! Day cells: `move_date`, `move_date-30`, `due_date-6m`, `birth_date+1y`, `filed.juki.tennyu`,
//! `deadline.juki.tennyu+1`, `2028-03-31`.

use kakanai_rules::FactType;
use kakanai_rules::pack::{DayRef, Shift, Unit};
use kakanai_text::PartialDate;

use crate::cells::Cells;
use crate::names::Names;

/// Longest time that may be added, in days, months or years alike: more is a slip of the keyboard.
pub const AMOUNT_MAX: i32 = 40_000;

/// What a day cell may hold.
const EXPECTED: &str = "日付の項目、filed.手続き、deadline.手続き（+14、-30、+6m、+1y を付けられます）、日付そのもの（2028-03-31）";
const EXPECTED_EN: &str = "a date fact, filed.PROCEDURE or deadline.PROCEDURE, with +14, -30, +6m or +1y if need be, or a day (2028-03-31)";

impl Cells<'_> {
    /// A day, or nothing in an empty cell.
    pub fn day(&mut self, column: &str, names: &Names<'_>) -> Option<DayRef> {
        let cell = self.optional(column)?;
        // A last day that a law names itself.
        if cell.parse().ok().and_then(PartialDate::full).is_some() {
            return Some(DayRef { fact: cell, shift: Shift::default() });
        }
        let (name, shift) = split_shift(&cell, names);
        let Some(shift) = shift else {
            self.wrong(column, &cell, EXPECTED, EXPECTED_EN);
            return None;
        };
        if !Names::is_procedure_day(name) {
            match names.fact(name) {
                None => {
                    self.unknown_fact(column, name, names);
                    return None;
                }
                Some(def) if def.kind != FactType::Date => {
                    self.wrong(column, &cell, EXPECTED, EXPECTED_EN);
                    return None;
                }
                Some(_) => {}
            }
        }
        Some(DayRef { fact: name.to_owned(), shift })
    }
}

/// A name and the time added to it; `None` where the time cannot be read.
///
/// Ids of procedures may hold `-`: a name that is known as it stands has nothing added.
pub fn split_shift<'c>(cell: &'c str, names: &Names<'_>) -> (&'c str, Option<Shift>) {
    if names.is_known_procedure_day(cell) {
        return (cell, Some(Shift::default()));
    }
    let Some((name, time)) = cell.rfind(['+', '-']).and_then(|at| cell.split_at_checked(at)) else {
        return (cell, Some(Shift::default()));
    };
    // `deadline.juki.tenyu-tokurei` is a name with a slip in it, not a name with time added.
    if !time.contains(|c: char| c.is_ascii_digit()) && Names::is_procedure_day(cell) {
        return (cell, Some(Shift::default()));
    }
    (name, time_of(time))
}

/// `+14`, `-30`, `+6m`, `+1y`.
fn time_of(time: &str) -> Option<Shift> {
    let (digits, unit) = match time.chars().last() {
        Some('d') => (time.strip_suffix('d'), Unit::Days),
        Some('m') => (time.strip_suffix('m'), Unit::Months),
        Some('y') => (time.strip_suffix('y'), Unit::Years),
        _ => (Some(time), Unit::Days),
    };
    let amount = digits?.parse::<i32>().ok().filter(|_| time.starts_with(['+', '-']))?;
    (-AMOUNT_MAX..=AMOUNT_MAX).contains(&amount).then_some(Shift { amount, unit })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use kakanai_rules::Vocabulary;

    use super::*;
    use crate::finding::Place;
    use crate::row::Row;

    #[test]
    fn a_day_is_a_date_with_time_added() {
        let place = || Place { sheet: "deadlines.csv".to_owned(), row: 2 };
        let row =
            |column: &str, cell: &str| Row::new(place(), 0, [(column.to_owned(), cell.to_owned())]);
        let vocabulary = Vocabulary::new(&[], []);
        let procedures = [row("id", "juki.tennyu"), row("id", "juki.tennyu-14")];
        let names = Names::new(&vocabulary, BTreeSet::new(), &procedures);
        let read = |cell: &str| {
            let (row, mut findings) = (row("start", cell), Vec::new());
            let day = Cells::new(&row, &mut findings).day("start", &names);
            (day, findings.first().map(|finding| finding.kind.clone()))
        };
        let day = |fact: &str, amount: i32, unit: Unit| {
            (Some(DayRef { fact: fact.to_owned(), shift: Shift { amount, unit } }), None)
        };
        let wrong = |kind: &str| (None, Some(kind.to_owned()));
        for (cell, expected) in [
            ("", (None, None)),
            ("move_date", day("move_date", 0, Unit::Days)),
            ("move_date-30", day("move_date", -30, Unit::Days)),
            ("move_date+14d", day("move_date", 14, Unit::Days)),
            ("status_until-6m", day("status_until", -6, Unit::Months)),
            ("birth_date+1y", day("birth_date", 1, Unit::Years)),
            ("filed.juki.tennyu", day("filed.juki.tennyu", 0, Unit::Days)),
            ("deadline.juki.tennyu+1", day("deadline.juki.tennyu", 1, Unit::Days)),
            ("deadline.juki.tennyu-14", day("deadline.juki.tennyu-14", 0, Unit::Days)),
            ("deadline.juki.tennyu-14+1", day("deadline.juki.tennyu-14", 1, Unit::Days)),
            ("deadline.juki.tenyu-tokurei", day("deadline.juki.tenyu-tokurei", 0, Unit::Days)),
            ("2028-03-31", day("2028-03-31", 0, Unit::Days)),
            ("2028-03-00", wrong("unknown-fact")),
            ("moved_date", wrong("unknown-fact")),
            ("event", wrong("wrong-value")),
            ("move_date+", wrong("wrong-value")),
            ("move_date+14w", wrong("wrong-value")),
            ("move_date+99999999999", wrong("wrong-value")),
            ("move_date+50000", wrong("wrong-value")),
        ] {
            assert_eq!(read(cell), expected, "{cell}");
        }
    }
}
