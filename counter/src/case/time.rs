//! How long each step of the work took, from the journal alone.

use jiff::Timestamp;

use super::Case;
use crate::event::CaseEvent;

/// Id of a step and its seconds, all visits to it together.
pub type StepTime = (String, u32);

impl Case {
    /// Seconds per step, in the order in which the steps were first opened. The time until a case is taken up again
    /// is nobody's work, and is not counted.
    pub fn step_times(&self) -> Vec<StepTime> {
        let events = self.events.iter().filter_map(|(revision, event)| {
            let stamp = self.stamps.get(revision)?;
            Some((stamp.at, event))
        });
        times(events)
    }
}

fn times<'a>(events: impl Iterator<Item = (Timestamp, &'a CaseEvent)>) -> Vec<StepTime> {
    let mut spent: Vec<(String, i64)> = Vec::new();
    let mut open: Option<usize> = None;
    let mut before: Option<Timestamp> = None;
    for (at, event) in events {
        let worked = before.filter(|_| !matches!(event, CaseEvent::Viewed {}));
        if let (Some(before), Some((_, milliseconds))) =
            (worked, open.and_then(|place| spent.get_mut(place)))
        {
            let gap = at.as_millisecond().saturating_sub(before.as_millisecond());
            *milliseconds = milliseconds.saturating_add(gap.max(0));
        }
        match event {
            CaseEvent::StepShown { step } => {
                let known = spent.iter().position(|(known, _)| known == step);
                open = Some(known.unwrap_or(spent.len()));
                if known.is_none() {
                    spent.push((step.clone(), 0));
                }
            }
            CaseEvent::Parked {} | CaseEvent::Closed {} => open = None,
            _ => {}
        }
        before = Some(at);
    }
    let seconds = |milliseconds: i64| u32::try_from(milliseconds / 1000).unwrap_or(u32::MAX);
    spent.into_iter().map(|(step, milliseconds)| (step, seconds(milliseconds))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_goes_to_the_step_that_is_open_and_a_case_that_lies_costs_nobody_time() {
        let shown = |step: &str| CaseEvent::StepShown { step: step.to_owned() };
        let viewed = CaseEvent::Viewed {};
        let journal = [
            (0, shown("document")),
            (30, shown("questions")),
            (40, viewed.clone()),
            (50, shown("document")),
            (55, CaseEvent::Parked {}),
            (5_000, viewed),
            (5_010, shown("check")),
            (5_031, CaseEvent::Closed {}),
            (6_000, CaseEvent::Previewed { paper: "guide".to_owned() }),
        ];
        let at = |second: &i64| Timestamp::from_second(*second).unwrap();
        let told = times(journal.iter().map(|(second, event)| (at(second), event)));
        // Ten seconds of the questions lie before somebody took the case up again.
        let expected = [("document", 35), ("questions", 10), ("check", 21)];
        assert_eq!(told, expected.map(|(step, seconds)| (step.to_owned(), seconds)));
    }
}
