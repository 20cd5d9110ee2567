//! What is left to do before a case can be ended well, counted from what the window shows.

use crate::door::{CaseView, HandoverState, LeftView, PaperView};

/// What is left, most important first; nothing of a case whose visit is over.
pub fn of(case: &CaseView) -> Vec<LeftView> {
    if case.closed {
        return Vec::new();
    }
    let papers = || case.papers.iter().chain(&case.papers_apart);
    let to_sign = |paper: &&PaperView| paper.printed && paper.signatures > 0 && !paper.signed;
    let open = case.decisions.iter().filter(|one| one.status == "required");
    // Those of a job that the printer has finished wait for one word only, which is counted by itself.
    let asked = || case.print_jobs.iter().filter(|job| job.state == "asked");
    let not_printed =
        |paper: &&PaperView| !paper.printed && !asked().any(|job| job.papers.contains(&paper.id));
    let counted = [
        ("identity", usize::from(case.identity.checked.is_none())),
        ("questions", case.questions.len()),
        ("conflicts", case.conflicts.len()),
        ("private", usize::try_from(case.private_hidden).unwrap_or(usize::MAX)),
        ("papers", case.papers.iter().filter(not_printed).count()),
        ("came-out", asked().count()),
        ("signatures", papers().filter(to_sign).count()),
        ("outcomes", open.filter(|one| one.outcome.is_none()).count()),
        ("handover", usize::from(case.handover == HandoverState::Open)),
    ];
    counted
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(what, count)| LeftView {
            what: what.to_owned(),
            count: u32::try_from(count).unwrap_or(u32::MAX),
        })
        .collect()
}
