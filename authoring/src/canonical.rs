//! The one way to write a compiled pack down, so that equal packs are equal bytes and have one fingerprint.

use kakanai_rules::Pack;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::row::hex;

/// The compiled pack as JSON: keys in order of their bytes at every depth, no spaces, one line feed at the end.
pub fn canonical(pack: &Pack) -> String {
    // A pack holds texts, numbers and lists under text keys: nothing that JSON cannot say.
    let json = serde_json::to_value(pack).unwrap_or_default();
    format!("{}\n", sorted(json))
}

/// What a pack says, as a number: SHA-256 of its [`canonical`] form, lowercase hexadecimal.
pub fn fingerprint(pack: &Pack) -> String {
    fingerprint_of(&canonical(pack))
}

/// The [`fingerprint`] of a pack whose [`canonical`] form is at hand.
pub fn fingerprint_of(canonical: &str) -> String {
    hex(&Sha256::digest(canonical))
}

fn sorted(value: Value) -> Value {
    match value {
        Value::Array(items) => Value::Array(items.into_iter().map(sorted).collect()),
        Value::Object(members) => {
            let mut members: Vec<_> =
                members.into_iter().map(|(key, value)| (key, sorted(value))).collect();
            members.sort_by(|(a, _), (b, _)| a.cmp(b));
            Value::Object(Map::from_iter(members))
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Packs;
    use crate::load::{PackError, load, load_with_findings};

    fn pack() -> (Packs, Pack) {
        let packs = Packs::new();
        packs
            .write("base/procedures", "id,scope,office,covered_by\np,household,a,q r\n")
            .write(
                "base/rules",
                "id,procedure,effect,fact1,op1,value1,expression,from\n\
                 r,p,required,event,is,tennyu,\"people.all(p, p.moving && p.age >= 20)\",2026-04-01\n",
            )
            .write(
                "base/deadlines",
                "id,procedure,start,days,unit,closed_day,not_before\n\
                 d,p,move_date+1,1,months,moves,birth_date-6m\n",
            )
            .write(
                "base/texts",
                "id,lang,text,origin,from\nrule.r,ja,「\"\"」,author,\nrule.r,ja,新,author,2027-04-01\n",
            )
            .write(
                "base/tests",
                "test,line,on,person,given,procedure,status,deadline,covered_by\n\
                 t,1,2026-11-20,,event=tennyu,p,undecided,-,\nt,2,,p1,copies=3,p,undecided,,-\n",
            );
        let pack = load_with_findings(&packs.path("town")).unwrap().pack;
        (packs, pack)
    }

    #[test]
    fn a_compiled_file_read_again_is_the_same_to_the_byte() {
        let (packs, pack) = pack();
        assert_eq!((pack.rules.len(), pack.deadlines.len(), pack.tests.len()), (1, 1, 1));
        let text = canonical(&pack);
        packs.write("pack.json", &text);
        let again = load(&packs.path("pack.json")).unwrap().pack;
        assert_eq!(again, pack);
        assert_eq!(canonical(&again), text);
        assert_eq!(fingerprint(&again), fingerprint(&pack));
    }

    #[test]
    fn keys_stand_in_order_and_the_fingerprint_is_that_of_the_text() {
        let (_packs, mut pack) = pack();
        let text = canonical(&pack);
        assert!(text.starts_with("{\"approver\":\"\",\"author\":\"x\",\"base\":{\"id\":\"base\","));
        assert!(text.ends_with("}\n") && text.lines().count() == 1);
        let print = fingerprint(&pack);
        assert_eq!(print.len(), 64);
        assert!(print.chars().all(|c| matches!(c, '0'..='9' | 'a'..='f')));
        pack.version += 1;
        assert_ne!(fingerprint(&pack), print);
    }

    #[test]
    fn another_format_is_refused_for_what_it_is() {
        let (packs, mut pack) = pack();
        pack.format += 1;
        packs.write("pack.json", &canonical(&pack)).write("old.json", "{\"format\":1,\"rules\":3}");
        packs.write("no.json", "{\"rules\":[]}");
        for (file, expected) in [
            ("pack.json", "format 2"),
            ("old.json", "format 2"),
            ("no.json", "a compiled pack (JSON)"),
        ] {
            match load(&packs.path(file)) {
                Err(PackError::Syntax { expected: found, .. }) => assert_eq!(found, expected),
                other => panic!("{file}: {other:?}"),
            }
        }
    }
}
