//! 本人確認 as the staff window shows it: what can be chosen, what the documents read suggest, who checked.

use kakanai_records::AccountId;
use kakanai_rules::Engine;

use super::super::{Desk, STAFF_LANG};
use crate::case::{Case, Identity};
use crate::door::{IdentityChecked, IdentityView};
use crate::identity::{self, Choice};
use crate::settings::local_time;

/// 本人確認 of a case.
pub fn view(engine: &Engine<'_>, desk: &Desk, case: &Case) -> IdentityView {
    let (pack, on) = (engine.pack(), case.counter_date);
    let offered = identity::offered(engine, STAFF_LANG, on);
    let mut suggested: Vec<String> = Vec::new();
    let mut cards_read: Vec<String> = Vec::new();
    let read: Vec<(&str, &str)> = case.read_here().collect();
    for (kind, person) in &read {
        let document = identity::document_read(kind);
        if offered.iter().any(|one| one.id == document)
            && !suggested.iter().any(|id| id == document)
        {
            suggested.push(document.to_owned());
        }
        if *kind == "mynumber" && !cards_read.iter().any(|id| id == person) {
            cards_read.push((*person).to_owned());
        }
    }
    IdentityView {
        checked: case.identity.as_ref().map(|checked| view_of(engine, desk, case, checked)),
        visitors: identity::visitors(pack, STAFF_LANG, on),
        suggested_person: read.first().map(|(_, person)| (*person).to_owned()),
        proxy_for: identity::proxy_for(engine, &case.facts, on),
        offered,
        suggested,
        cards_read,
    }
}

fn view_of(engine: &Engine<'_>, desk: &Desk, case: &Case, checked: &Identity) -> IdentityChecked {
    let (pack, on) = (engine.pack(), case.counter_date);
    let title = |choice| identity::title_of(pack, STAFF_LANG, on, choice);
    let stamp = case.stamp(checked.revision);
    IdentityChecked {
        visitor: title(Choice::Visitor(&checked.visitor)),
        documents: checked.documents.iter().map(|id| title(Choice::Document(id))).collect(),
        proxy_letter: checked.proxy_letter,
        by: stamp.map(|stamp| name(desk, &stamp.by)).unwrap_or_default(),
        at: stamp.map(|stamp| local_time(stamp.at)).unwrap_or_default(),
    }
}

/// The name that colleagues see; of an account that cannot be looked up, its id.
fn name(desk: &Desk, id: &AccountId) -> String {
    if let Some(me) = desk.staff.as_ref().filter(|me| me.id == *id) {
        return me.display_name.clone();
    }
    let accounts = desk.store.as_ref().and_then(|store| store.accounts().ok()).unwrap_or_default();
    let known = accounts.into_iter().find(|account| account.id == *id);
    known.map_or_else(|| id.as_str().to_owned(), |account| account.display_name)
}
