//! `FORMAT.md`, carried out by hand: nothing of the crate reads here what the crate wrote.

use std::path::Path;

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use kakanai_records::Role;
use rusqlite::{Connection, OpenFlags, Row};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::{PASSPHRASE, new_store, now};

fn field_list(parts: &[&[u8]]) -> Vec<u8> {
    let mut joined = Vec::new();
    for part in parts {
        joined.extend((part.len() as u32).to_be_bytes());
        joined.extend(*part);
    }
    joined
}

fn unseal(key: &[u8], domain: &str, parts: &[&[u8]], sealed: &[u8]) -> Option<Vec<u8>> {
    let aad = [domain.as_bytes(), &field_list(parts)].concat();
    let nonce = XNonce::from(<[u8; 24]>::try_from(&sealed[..24]).unwrap());
    let cipher = XChaCha20Poly1305::new(key.try_into().unwrap());
    cipher.decrypt(&nonce, Payload { msg: &sealed[24..], aad: &aad }).ok()
}

fn derived(store_key: &[u8], info: &str) -> [u8; 32] {
    let mut key = [0; 32];
    Hkdf::<Sha256>::new(None, store_key).expand(info.as_bytes(), &mut key).unwrap();
    key
}

fn store_key(folder: &Path) -> Vec<u8> {
    let file: Value =
        serde_json::from_slice(&std::fs::read(folder.join("keys.json")).unwrap()).unwrap();
    assert_eq!(file["format"], 1);
    let slot = &file["slots"][0];
    assert_eq!((&slot["kind"], &slot["kdf"]["name"]), (&"passphrase".into(), &"argon2id".into()));
    let text = |name: &str| slot[name].as_str().unwrap();
    let number = |name: &str| slot["kdf"][name].as_u64().unwrap() as u32;
    assert_eq!([number("memory_kib"), number("passes"), number("lanes")], [65_536, 3, 1]);

    let cost =
        Params::new(number("memory_kib"), number("passes"), number("lanes"), Some(32)).unwrap();
    let mut key = [0; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, cost)
        .hash_password_into(PASSPHRASE.as_bytes(), &hex::decode(text("salt")).unwrap(), &mut key)
        .unwrap();
    let id = hex::decode(text("id").replace('-', "")).unwrap();
    let wrapped = hex::decode(text("wrapped")).unwrap();
    unseal(&key, "kakanai/key-slot/v1", &[&id, text("account").as_bytes()], &wrapped).unwrap()
}

fn database(folder: &Path, store_key: &[u8]) -> Connection {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE;
    let database = Connection::open_with_flags(folder.join("store.db"), flags).unwrap();
    let digits = hex::encode(store_key);
    database.execute_batch(&format!("PRAGMA key = \"x'{digits}'\"")).unwrap();
    database
}

/// The database of the store in `folder`, past the crate.
pub fn opened(folder: &Path) -> Connection {
    database(folder, &store_key(folder))
}

fn blob(row: &Row<'_>, column: &str) -> Vec<u8> {
    row.get::<_, Option<Vec<u8>>>(column).unwrap().unwrap_or_default()
}

fn text(row: &Row<'_>, column: &str) -> Vec<u8> {
    row.get::<_, String>(column).unwrap().into_bytes()
}

fn number(row: &Row<'_>, column: &str) -> [u8; 8] {
    row.get::<_, i64>(column).unwrap().to_be_bytes()
}

fn recomputed_head(database: &Connection) -> String {
    let mut statement = database.prepare("SELECT * FROM journal ORDER BY seq").unwrap();
    let mut rows = statement.query([]).unwrap();
    let mut head = vec![0; 32];
    while let Some(row) = rows.next().unwrap() {
        let header = field_list(&[
            &number(row, "seq"),
            &blob(row, "event_id"),
            &blob(row, "case_id"),
            &number(row, "case_rev"),
            &blob(row, "epoch"),
            &text(row, "at"),
            &text(row, "account"),
            &text(row, "role"),
            &text(row, "kind"),
        ]);
        let linked = [b"kakanai/journal/v1", &head[..], &header, &blob(row, "sealed")].concat();
        head = Sha256::digest(&linked).to_vec();
        assert_eq!(blob(row, "hash"), head);
    }
    hex::encode(head)
}

#[test]
fn an_independent_reader_opens_the_store_and_comes_to_the_same_head() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = new_store(folder.path(), Role::Staff);
    let case = store.open_case("CaseOpened", "転入".as_bytes(), now()).unwrap();
    store.append(&case, "Answered", b"move_date", now()).unwrap();
    let gone = store.open_case("CaseOpened", b"", now()).unwrap();
    store.purge_case(&gone, b"retention", now()).unwrap();
    let head = store.verify().unwrap().head;
    drop(store);

    let store_key = store_key(folder.path());
    let database = database(folder.path(), &store_key);
    let version: i64 = database.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    assert_eq!(version, 2);
    assert_eq!(recomputed_head(&database), head);

    let wrapping = derived(&store_key, "kakanai/derive/case-key/v1");
    let audit = derived(&store_key, "kakanai/derive/audit/v1");
    let mut statement = database
        .prepare(
            "SELECT j.*, k.sealed AS case_key FROM journal j
             LEFT JOIN case_file f ON f.id = j.case_id LEFT JOIN case_key k USING (reception_no)
             ORDER BY seq",
        )
        .unwrap();
    let opened: Vec<_> = statement
        .query_map([], |row| {
            let (case, kind) = (blob(row, "case_id"), text(row, "kind"));
            let case_key = unseal_case_key(&wrapping, &case, &blob(row, "case_key"))
                .filter(|_| kind != b"case-purged");
            let key = case_key.as_deref().unwrap_or(&audit);
            let place: [&[u8]; 3] = [&blob(row, "event_id"), &case, &kind];
            Ok(unseal(key, "kakanai/event/v1", &place, &blob(row, "sealed")))
        })
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let plain = |text: &str| Some(text.as_bytes().to_vec());
    assert_eq!(
        opened,
        [plain(""), plain(""), plain("転入"), plain("move_date"), None, plain("retention")]
    );
}

fn unseal_case_key(wrapping: &[u8], case: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
    (sealed.len() == 72).then(|| unseal(wrapping, "kakanai/case-key/v1", &[case], sealed))?
}

#[test]
fn the_page_shows_the_schema_that_is_written() {
    let folder = tempfile::tempdir().unwrap();
    drop(new_store(folder.path(), Role::Staff));
    let database = database(folder.path(), &store_key(folder.path()));
    let squeezed = |sql: &str| {
        let code = |line: &str| line.split("--").next().unwrap_or_default().to_owned();
        sql.lines().map(code).collect::<String>().split_whitespace().collect::<String>()
    };
    let page = squeezed(include_str!("../FORMAT.md"));
    let mut statement = database
        .prepare("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        .unwrap();
    let tables: Vec<String> =
        statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert_eq!(tables.len(), 6);
    for table in tables {
        assert!(page.contains(&squeezed(&table)), "{table}");
    }
}
