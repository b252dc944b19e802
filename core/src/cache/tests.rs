//! The databases as a phone treats them: killed, filled up, damaged, shared, downgraded.

#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used)]

mod forgotten;

use super::*;
use crate::cloud::tests::{Reply, keys, state, stored};
use crate::id::AccountId;
use rusqlite::Connection;
use std::fs;
use std::path::Path;

fn anna() -> AccountId {
    "acc_anna".into()
}

fn account_answer() -> crate::cloud::SignedAnswer {
    let reply = Reply::new(200, &state("acc_anna"))
        .account("acc_anna")
        .etag("\"e1\"")
        .lease("2026-01-12T09:00:00Z");
    stored("/v1/account", &reply)
}

fn catalogue_answer(etag: &str, terms: &str, plans: usize) -> crate::cloud::SignedAnswer {
    let plan =
        |n| format!(r#"{{"id":"tapo-{n}","service":"tapo_care","title":"Tapo {n}","capacity":{n},"cycle":"P1M"}}"#);
    let plans: Vec<String> = (1..=plans).map(plan).collect();
    let body = format!(
        r#"{{"storefront":"USA","terms_url":"{terms}","privacy_url":"p","plans":[{}],"products_ever_sold":{{"app_store":["a"]}}}}"#,
        plans.join(",")
    );
    stored(
        "/v1/catalogue?storefront=USA&locale=en",
        &Reply::new(200, &body).etag(etag),
    )
}

#[test]
fn each_file_is_compared_with_what_its_migrations_declare() {
    for schema in [&journal_db::SCHEMA, &state::SCHEMA] {
        assert_eq!(open::shape_made_by(schema), schema.shape, "{}", schema.file);
    }
}

/// A folder in memory where there is such a thing: durability costs, and thousands of commits follow.
fn folder() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm")
        .or_else(|_| tempfile::tempdir())
        .unwrap()
}

/// A folder with both databases filled and cleanly closed.
fn filled() -> tempfile::TempDir {
    let folder = self::folder();
    let (mut journal, _) = JournalDb::open(folder.path()).unwrap();
    journal.set_installation("here").unwrap();
    journal.append("a", b"one").unwrap();
    journal.append("b", b"two").unwrap();
    let (mut state, _) = StateDb::open(folder.path()).unwrap();
    state.save_account(&anna(), &account_answer()).unwrap();
    state
        .save_catalogue(&catalogue_answer("\"c1\"", "t", 3), "USA", "en", None)
        .unwrap();
    state.set_setting("storefront", Some("USA")).unwrap();
    folder
}

fn bodies(journal: &JournalDb) -> Vec<(u64, String, String)> {
    let text = |row: JournalRow| (row.seq, row.purchase, String::from_utf8(row.body).unwrap());
    journal.rows().unwrap().into_iter().map(text).collect()
}

fn row(seq: u64, purchase: &str, body: &str) -> (u64, String, String) {
    (seq, purchase.into(), body.into())
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn the_journal_survives_reopening_and_a_kill_without_closing() {
    let folder = filled();
    let (mut journal, opened) = JournalDb::open(folder.path()).unwrap();
    assert!(!opened.set_aside);
    assert_eq!(journal.append("a", b"three").unwrap(), 3);
    // Killed: what a new process finds is the files as they are now, the WAL not yet written back.
    let after = self::folder();
    for name in ["journal.db", "journal.db-wal"] {
        fs::copy(folder.path().join(name), after.path().join(name)).unwrap();
    }
    let (journal, opened) = JournalDb::open(after.path()).unwrap();
    assert!(!opened.set_aside);
    assert_eq!(
        bodies(&journal),
        [row(1, "a", "one"), row(2, "b", "two"), row(3, "a", "three")]
    );
    assert_eq!(journal.installation().unwrap().as_deref(), Some("here"));
}

#[test]
fn a_fold_leaves_one_row_at_the_last_sequence_and_no_sequence_is_used_again() {
    let folder = filled();
    let (mut journal, _) = JournalDb::open(folder.path()).unwrap();
    journal.append("a", b"three").unwrap();
    journal.append("a", b"four").unwrap();
    journal.fold("a", 3, b"settled").unwrap();
    assert_eq!(
        bodies(&journal),
        [row(2, "b", "two"), row(3, "a", "settled"), row(4, "a", "four")]
    );
    journal.fold("a", 4, b"settled").unwrap();
    drop(journal);
    let (mut journal, opened) = JournalDb::open(folder.path()).unwrap();
    assert!(!opened.set_aside);
    assert_eq!(bodies(&journal), [row(2, "b", "two"), row(4, "a", "settled")]);
    assert_eq!(journal.append("c", b"five").unwrap(), 5);
}

#[test]
fn a_fold_through_another_purchases_row_changes_nothing() {
    let folder = filled();
    let (mut journal, _) = JournalDb::open(folder.path()).unwrap();
    for through in [2, 3, u64::MAX] {
        assert!(matches!(
            journal.fold("a", through, b"x"),
            Err(CacheError::Unusable { .. })
        ));
    }
    assert_eq!(bodies(&journal), [row(1, "a", "one"), row(2, "b", "two")]);
}

#[test]
fn a_changed_a_moved_and_a_vanished_row_each_set_the_journal_aside_with_its_wal() {
    for damage in [
        "UPDATE journal SET body = x'00' WHERE seq = 1",
        "UPDATE journal SET purchase = 'b' WHERE seq = 1",
        "UPDATE journal SET seq = 7 WHERE seq = 2",
        "UPDATE journal SET replaces = 1 WHERE seq = 1",
        "DELETE FROM journal WHERE seq = 2",
        "UPDATE head SET installation = 'there'",
        "UPDATE head SET last_seq = 1",
    ] {
        let folder = filled();
        let editor = Connection::open(folder.path().join("journal.db")).unwrap();
        editor.execute_batch(damage).unwrap();
        // Killed, so that the edit is still in the WAL.
        let after = self::folder();
        for name in ["journal.db", "journal.db-wal", "journal.db-shm"] {
            fs::copy(folder.path().join(name), after.path().join(name)).unwrap();
        }
        let (mut journal, opened) = JournalDb::open(after.path()).unwrap();
        assert!(opened.set_aside, "{damage}");
        assert!(journal.rows().unwrap().is_empty());
        assert_eq!(journal.installation().unwrap(), None);
        journal.append("c", b"new").unwrap();
        let names = names(after.path());
        assert!(names.contains(&"journal.db.unreadable-1".to_owned()), "{names:?}");
        assert!(names.contains(&"journal.db.unreadable-1-wal".to_owned()), "{names:?}");
    }
}

#[test]
fn each_unreadable_file_is_kept_under_a_name_of_its_own() {
    let folder = self::folder();
    for _ in 0..2 {
        fs::write(
            folder.path().join("journal.db"),
            "no database at all, and long enough to be one",
        )
        .unwrap();
        assert!(JournalDb::open(folder.path()).unwrap().1.set_aside);
    }
    fs::remove_file(folder.path().join("journal.db")).unwrap();
    fs::create_dir(folder.path().join("journal.db")).unwrap();
    assert!(JournalDb::open(folder.path()).unwrap().1.set_aside);
    let kept = names(folder.path())
        .into_iter()
        .filter(|name| name.contains("unreadable"))
        .count();
    assert_eq!(kept, 3);
}

#[test]
fn a_newer_versions_database_is_refused_and_no_byte_is_touched() {
    for file in ["journal.db", "state.db"] {
        let folder = filled();
        let path = folder.path().join(file);
        Connection::open(&path)
            .unwrap()
            .pragma_update(None, "user_version", 99)
            .unwrap();
        let (before, listed) = (fs::read(&path).unwrap(), names(folder.path()));
        let newer = CacheError::NewerVersion { file };
        assert_eq!(Folder::claim(folder.path()).unwrap_err(), newer);
        let opened = match file {
            "journal.db" => JournalDb::open(folder.path()).map(drop),
            _ => StateDb::open(folder.path()).map(drop),
        };
        assert_eq!(opened.unwrap_err(), newer);
        assert_eq!(fs::read(&path).unwrap(), before);
        assert_eq!(names(folder.path()), listed);
    }
}

#[test]
fn a_newer_version_that_stands_only_in_the_wal_is_refused_too() {
    let folder = filled();
    let newer = Connection::open(folder.path().join("journal.db")).unwrap();
    newer.pragma_update(None, "user_version", 99).unwrap();
    let after = self::folder();
    for name in ["journal.db", "journal.db-wal"] {
        fs::copy(folder.path().join(name), after.path().join(name)).unwrap();
    }
    let files = |at: &Path| ["journal.db", "journal.db-wal"].map(|name| fs::read(at.join(name)).unwrap());
    let before = files(after.path());
    assert_eq!(
        JournalDb::open(after.path()).unwrap_err(),
        CacheError::NewerVersion { file: "journal.db" }
    );
    assert_eq!(files(after.path()), before);
}

#[test]
fn a_folder_has_one_owner_until_it_is_dropped() {
    let folder = self::folder();
    let path = folder.path().join("a/b");
    let owner = Folder::claim(&path).unwrap();
    assert_eq!(owner.path(), path);
    assert_eq!(Folder::claim(&path).unwrap_err(), CacheError::InUse);
    drop(owner);
    assert!(Folder::claim(&path).is_ok());
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_nobody_may_write_is_called_read_only() {
    // Not a chmod: tests may run as root, to whom permissions are nothing.
    assert_eq!(Folder::claim(Path::new("/sys/care")).unwrap_err(), CacheError::ReadOnly);
    assert_eq!(
        CacheError::from(io::Error::from(io::ErrorKind::ReadOnlyFilesystem)),
        CacheError::ReadOnly
    );
    assert_eq!(
        CacheError::from(io::Error::from(io::ErrorKind::StorageFull)),
        CacheError::Full
    );
}

#[test]
fn a_full_disk_is_said_and_what_was_there_stays() {
    let folder = filled();
    let (mut journal, _) = JournalDb::open(folder.path()).unwrap();
    journal.limit_pages(journal.pages());
    assert_eq!(journal.append("a", &vec![7; 100_000]), Err(CacheError::Full));
    assert_eq!(journal.fold("a", 1, &vec![7; 100_000]), Err(CacheError::Full));
    assert_eq!(bodies(&journal), [row(1, "a", "one"), row(2, "b", "two")]);
    journal.limit_pages(1_000_000);
    assert_eq!(journal.append("a", b"three"), Ok(3));
}

#[test]
fn a_stored_account_comes_back_verbatim_with_its_newest_renewal() {
    let folder = filled();
    let (mut db, _) = StateDb::open(folder.path()).unwrap();
    let renewal = Reply::new(304, "")
        .account("acc_anna")
        .etag("\"e1\"")
        .lease("2026-01-12T09:00:00Z");
    let renewal = stored("/v1/account", &renewal);
    db.save_renewal(&anna(), &renewal).unwrap();
    let found = db.account(&anna()).unwrap().unwrap();
    assert_eq!(
        found,
        StoredAccount {
            full: account_answer(),
            renewed: Some(renewal.clone())
        }
    );
    assert_eq!(found.full.verify(&keys(), Some(&anna())), Ok(()));
    db.save_account(&anna(), &account_answer()).unwrap();
    assert_eq!(db.account(&anna()).unwrap().unwrap().renewed, None);
    assert_eq!(db.forget_all_but(Some(&anna())), Ok(false));
    assert_eq!(db.forget_all_but(None), Ok(true));
    db.save_renewal(&anna(), &renewal).unwrap();
    assert_eq!(db.account(&anna()).unwrap(), None);
}

#[test]
fn an_oversize_catalogue_is_refused_and_the_old_one_kept() {
    let folder = filled();
    let (mut db, _) = StateDb::open(folder.path()).unwrap();
    let huge = catalogue_answer("\"c2\"", &"t".repeat(8 * 1024 * 1024), 1);
    assert_eq!(db.save_catalogue(&huge, "USA", "en", None), Err(CacheError::TooLarge));
    let not_one = stored("/v1/catalogue", &Reply::new(200, "{}"));
    assert!(matches!(
        db.save_catalogue(&not_one, "USA", "en", None),
        Err(CacheError::Unusable { .. })
    ));
    let kept = db.catalogue("USA", "en").unwrap().unwrap();
    assert_eq!(kept.etag.as_deref(), Some("\"c1\""));
    assert_eq!(kept.catalogue, catalogue_answer("\"c1\"", "t", 3).catalogue().unwrap());
    assert_eq!(db.catalogue("FRA", "fr").unwrap(), None);
    db.save_catalogue(&catalogue_answer("\"c3\"", "t", 1), "USA", "en", None)
        .unwrap();
    assert_eq!(db.catalogue("USA", "en").unwrap().unwrap().catalogue.plans.len(), 1);
}

#[test]
fn catalogues_of_many_storefronts_do_not_pile_up() {
    let folder = filled();
    let (mut db, _) = StateDb::open(folder.path()).unwrap();
    for storefront in ["FRA", "DEU", "GBR", "JPN"] {
        db.save_catalogue(&catalogue_answer("\"c\"", "t", 2), storefront, "en", None)
            .unwrap();
    }
    assert_eq!(db.catalogue("USA", "en").unwrap(), None);
    assert_eq!(db.catalogue("FRA", "en").unwrap().unwrap().catalogue.plans.len(), 2);
}

#[test]
fn settings_are_set_changed_and_removed() {
    let folder = filled();
    let (mut db, _) = StateDb::open(folder.path()).unwrap();
    assert_eq!(db.setting("storefront").unwrap().as_deref(), Some("USA"));
    db.set_setting("storefront", Some("FRA")).unwrap();
    assert_eq!(db.setting("storefront").unwrap().as_deref(), Some("FRA"));
    db.set_setting("storefront", None).unwrap();
    assert_eq!(db.setting("storefront").unwrap(), None);
}

/// Opens a database and uses it in every way.
fn use_everything(folder: &Path, file: &'static str) -> Result<(), CacheError> {
    if file == "journal.db" {
        use_journal(folder)
    } else {
        use_state(folder)
    }
}

fn use_journal(folder: &Path) -> Result<(), CacheError> {
    let (mut journal, opened) = JournalDb::open(folder)?;
    let rows = bodies(&journal);
    // An emptied file is a new journal, not a damaged one.
    assert!(rows.is_empty() || (!opened.set_aside && rows == [row(1, "a", "one"), row(2, "b", "two")]));
    journal.append("c", b"more").map(drop)
}

fn use_state(folder: &Path) -> Result<(), CacheError> {
    let (mut state, _) = StateDb::open(folder)?;
    if let Some(found) = state.account(&anna())? {
        assert!(found.full == account_answer() || found.full.verify(&keys(), Some(&anna())).is_err());
    }
    state.catalogue("USA", "en")?;
    state.setting("storefront")?;
    let catalogue = catalogue_answer("\"c2\"", "t", 2);
    state.save_catalogue(&catalogue, "USA", "en", None)?;
    state.save_account(&anna(), &account_answer())?;
    state.set_setting("storefront", Some("USA"))?;
    assert_eq!(state.account(&anna())?.unwrap().full, account_answer());
    assert_eq!(
        state.catalogue("USA", "en")?.unwrap().catalogue,
        catalogue.catalogue().unwrap()
    );
    Ok(())
}

#[test]
fn no_damaged_byte_keeps_the_databases_from_opening_or_being_written() {
    let folder = filled();
    for file in ["journal.db", "state.db"] {
        let whole = fs::read(folder.path().join(file)).unwrap();
        let sampled = (100..whole.len()).filter(|at| whole[*at] != 0).step_by(7);
        for (at, flip) in (0..100).chain(sampled).flat_map(|at| [(at, 0xff), (at, 0x01)]) {
            let after = self::folder();
            let mut damaged = whole.clone();
            damaged[at] ^= flip;
            fs::write(after.path().join(file), damaged).unwrap();
            match use_everything(after.path(), file) {
                Ok(()) => {}
                // The version's own four bytes: what may be a newer version is refused, not thrown away.
                Err(CacheError::NewerVersion { .. }) if (60..64).contains(&at) => {}
                Err(error) => panic!("{file} byte {at} ^ {flip}: {error}"),
            }
        }
    }
}

#[test]
fn no_cut_off_file_keeps_the_databases_from_opening() {
    let folder = filled();
    for file in ["journal.db", "state.db"] {
        let whole = fs::read(folder.path().join(file)).unwrap();
        for length in [0, 1, 16, 99, 100, 4095, 4096, whole.len() - 4096, whole.len() - 1] {
            let after = self::folder();
            fs::write(after.path().join(file), &whole[..length]).unwrap();
            use_everything(after.path(), file).unwrap();
        }
    }
}

#[test]
fn no_damaged_wal_keeps_the_journal_from_opening() {
    let folder = filled();
    let (mut journal, _) = JournalDb::open(folder.path()).unwrap();
    journal.append("a", b"three").unwrap();
    let files = ["journal.db", "journal.db-wal", "journal.db-shm"]
        .map(|name| (name, fs::read(folder.path().join(name)).unwrap()));
    for (damaged, step) in [(1, 97), (2, 499)] {
        for at in (0..files[damaged].1.len()).step_by(step) {
            let after = self::folder();
            for (number, (name, bytes)) in files.iter().enumerate() {
                let mut bytes = bytes.clone();
                if number == damaged {
                    bytes[at] ^= 0xff;
                }
                fs::write(after.path().join(name), bytes).unwrap();
            }
            let (journal, _) = JournalDb::open(after.path()).unwrap();
            journal.rows().unwrap();
        }
    }
}
