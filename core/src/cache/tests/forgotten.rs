//! Brought forward from older versions, read beside the owner, and forgotten so that no file tells of it.

use super::*;

/// A state as each released version left it: the account, a catalogue, a setting.
fn as_version(version: usize) -> tempfile::TempDir {
    let folder = self::folder();
    let connection = Connection::open(folder.path().join("state.db")).unwrap();
    for migration in &state::SCHEMA.migrations[..version] {
        connection.execute_batch(migration).unwrap();
    }
    connection.pragma_update(None, "user_version", version as i64).unwrap();
    connection
        .pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))
        .unwrap();
    let full = serde_json::to_string(&account_answer()).unwrap();
    let account = "INSERT INTO account (account, full) VALUES ('acc_anna', ?1)";
    connection.execute(account, [full]).unwrap();
    let head = r#"{"storefront":"USA","terms_url":"t","privacy_url":"p","plans":[]}"#;
    let catalogue =
        "INSERT INTO catalogue (storefront, locale, saved, head, plan_count) VALUES ('USA', 'en', 1, ?1, 0)";
    connection.execute(catalogue, [head]).unwrap();
    connection
        .execute("INSERT INTO setting VALUES ('account', 'acc_anna')", [])
        .unwrap();
    folder
}

#[test]
fn a_state_of_every_version_ever_released_is_brought_forward_with_all_it_holds() {
    for version in 1..=state::SCHEMA.migrations.len() {
        let folder = as_version(version);
        assert!(version == state::SCHEMA.migrations.len() || StateDb::peek(folder.path()).unwrap().is_none());
        let (db, opened) = StateDb::open(folder.path()).unwrap();
        assert!(!opened.set_aside, "version {version}");
        assert_eq!(db.account(&anna()).unwrap().unwrap().full, account_answer());
        assert_eq!(db.catalogue("USA", "en").unwrap().unwrap().asked, None);
        assert_eq!(db.setting("account").unwrap().as_deref(), Some("acc_anna"));
        drop(db);
        let (_, opened) = StateDb::open(folder.path()).unwrap();
        assert!(!opened.set_aside, "version {version}, opened again");
    }
}

#[test]
fn a_folder_is_read_beside_its_owner_and_not_a_file_is_made_or_changed_by_it() {
    let filled = filled();
    // A name that an address would read otherwise.
    let place = self::folder();
    let folder = place.path().join("50% of #1?");
    fs::rename(filled.path(), &folder).unwrap();
    let listed = names(&folder);
    let peeked = || (StateDb::peek(&folder).unwrap(), JournalDb::peek(&folder).unwrap());
    // Nobody has it open.
    let (state, journal) = peeked();
    assert_eq!(state.unwrap().account(&anna()).unwrap().unwrap().full, account_answer());
    assert_eq!(bodies(&journal.unwrap()), [row(1, "a", "one"), row(2, "b", "two")]);
    assert_eq!(names(&folder), listed);
    // While the owner writes.
    let _owner = Folder::claim(&folder).unwrap();
    let (mut owned, _) = JournalDb::open(&folder).unwrap();
    let (_, journal) = peeked();
    owned.append("c", b"three").unwrap();
    assert_eq!(journal.unwrap().rows().unwrap().len(), 3);
    // Nothing there, nothing made.
    let empty = self::folder();
    assert!(StateDb::peek(empty.path()).unwrap().is_none());
    assert_eq!(names(empty.path()), Vec::<String>::new());
}

#[test]
fn what_is_forgotten_stands_in_no_file_not_even_in_what_was_set_aside() {
    let folder = filled();
    fs::write(folder.path().join("state.db.unreadable-1"), "acc_anna").unwrap();
    let holds = || {
        let named = |name: &String| {
            let bytes = fs::read(folder.path().join(name)).unwrap();
            bytes.windows(8).any(|window| window == b"acc_anna")
        };
        names(folder.path()).into_iter().filter(named).collect::<Vec<_>>()
    };
    let (mut db, _) = StateDb::open(folder.path()).unwrap();
    db.save_account(&anna(), &account_answer()).unwrap();
    assert!(!holds().is_empty());
    assert_eq!(
        db.forget_all_but(Some(&anna())),
        Ok(false),
        "whoever is signed in is kept"
    );
    assert_eq!(db.forget_all_but(Some(&"acc_ben".into())), Ok(true));
    assert_eq!(holds(), Vec::<String>::new());
}

#[test]
fn erased_purchases_are_gone_and_no_sequence_is_used_again() {
    let folder = filled();
    let (mut journal, _) = JournalDb::open(folder.path()).unwrap();
    journal.append("a", b"a receipt").unwrap();
    journal.erase(&["a".into(), "nobody".into()]).unwrap();
    assert_eq!(bodies(&journal), [row(2, "b", "two")]);
    let gone = |name: &str| {
        !fs::read(folder.path().join(name))
            .unwrap()
            .windows(9)
            .any(|bytes| bytes == b"a receipt")
    };
    assert!(gone("journal.db") && gone("journal.db-wal"));
    drop(journal);
    let (mut journal, opened) = JournalDb::open(folder.path()).unwrap();
    assert!(!opened.set_aside);
    assert_eq!(journal.append("c", b"four").unwrap(), 4);
}
