//! Opening a database: the only place that knows PRAGMAs, migrations and what to do with a file that cannot be read.
//!
//! - A file of a **newer version** is refused and left as it is: a downgraded app must not throw a journal away.
//! - An **unreadable** file is renamed together with its `-wal` and `-shm`, and a new one starts. Left behind, a WAL
//!   would be replayed into the new file.
//! - Anything else (no space, no permission, another process) is an error, and the file stays.

use super::CacheError;
use ring::digest::{Context, SHA256};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// One database: its file, how durable it is, and how each version grew out of the one before.
pub(super) struct Schema {
    pub(super) file: &'static str,
    /// `FULL`: a commit is on the disk when the call returns. `NORMAL`: the last commits may vanish with the power.
    pub(super) synchronous: &'static str,
    /// The n-th leads from version n to n + 1. Released ones never change.
    pub(super) migrations: &'static [&'static str],
    /// What all of them together declare, as [`shape_of`] hashes it: opening compares, and a test says what it has to be.
    pub(super) shape: &'static str,
    /// Whether what was read makes sense; [`CacheError::Damaged`] where not.
    pub(super) check: fn(&Connection) -> Result<(), CacheError>,
}

impl Schema {
    fn version(&self) -> i32 {
        i32::try_from(self.migrations.len()).unwrap_or(i32::MAX)
    }
}

/// How a database was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opened {
    /// The file was unreadable: it was set aside and a new one began.
    pub set_aside: bool,
}

/// Opens the database, creates it, or starts a new one beside an unreadable one.
pub(super) fn open(folder: &Path, schema: &Schema) -> Result<(Connection, Opened), CacheError> {
    refuse_newer_file(folder, schema)?;
    match try_open(folder, schema) {
        Ok(connection) => Ok((connection, Opened { set_aside: false })),
        Err(error) if is_the_files_fault(folder, schema.file, &error) => {
            Ok((start_over(folder, schema)?, Opened { set_aside: true }))
        }
        Err(error) => Err(error),
    }
}

/// Sets the file aside whatever it says, and opens a new one.
pub(super) fn start_over(folder: &Path, schema: &Schema) -> Result<Connection, CacheError> {
    set_aside(folder, schema.file)?;
    try_open(folder, schema)
}

fn try_open(folder: &Path, schema: &Schema) -> Result<Connection, CacheError> {
    let path = folder.join(schema.file);
    match std::fs::metadata(&path) {
        Ok(found) if !found.is_file() => return Err(CacheError::Damaged),
        // SQLite would open a file it may not write for reading only, and fail at the first write.
        Ok(_) => drop(OpenOptions::new().read(true).write(true).open(&path)?),
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(error.into()),
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(&path, flags)?;
    // Until the file is known to be ours, closing it must not write a WAL back into it.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    connection.busy_timeout(Duration::from_secs(2))?;
    let found: i32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found > schema.version() {
        return Err(CacheError::NewerVersion { file: schema.file });
    }
    connection.pragma_update(None, "synchronous", schema.synchronous)?;
    // Only Apple's systems have it: there fsync alone leaves the bytes in the drive's own cache.
    if cfg!(target_vendor = "apple") {
        connection.pragma_update(None, "fullfsync", true)?;
        connection.pragma_update(None, "checkpoint_fullfsync", true)?;
    }
    // What is deleted is overwritten: a person who signed out is not found in a free page.
    connection.pragma_update_and_check(None, "secure_delete", true, |_| Ok(()))?;
    migrate(
        &mut connection,
        schema,
        usize::try_from(found).map_err(|_| CacheError::Damaged)?,
    )?;
    // After the migration: so the version stands in the file itself, where `refuse_newer` looks for it.
    connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?;
    // A flipped bit in the header makes SQLite read the file and refuse every write, later.
    if connection.is_readonly(rusqlite::MAIN_DB)? {
        return Err(CacheError::ReadOnly);
    }
    if shape_of(&connection)? != schema.shape {
        return Err(CacheError::Damaged);
    }
    (schema.check)(&connection)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    Ok(connection)
}

fn migrate(connection: &mut Connection, schema: &Schema, found: usize) -> Result<(), CacheError> {
    let missing = schema.migrations.get(found..).unwrap_or(&[]);
    if missing.is_empty() {
        return Ok(());
    }
    let transaction = connection.transaction()?;
    for migration in missing {
        transaction.execute_batch(migration)?;
    }
    transaction.pragma_update(None, "user_version", schema.version())?;
    transaction.commit()?;
    if found > 0 {
        // An older file was in WAL mode already: the new version has to reach the file for `refuse_newer`.
        leave_no_trace(connection)?;
    }
    Ok(())
}

/// The hash of what the tables are declared as. A flipped letter in a declaration would otherwise open, and change what a
/// key or a constraint means.
fn shape_of(connection: &Connection) -> Result<String, CacheError> {
    let mut declared = connection.prepare("SELECT name, tbl_name, sql FROM sqlite_schema ORDER BY name")?;
    let (mut found, mut shape) = (declared.query([])?, Context::new(&SHA256));
    while let Some(row) = found.next()? {
        for column in 0..3 {
            // Each part is led by its length, so that no letter can move from one to the next; none is no empty one.
            let part: Option<String> = row.get(column)?;
            let length = part.as_ref().map_or(u64::MAX, |part| part.len() as u64);
            shape.update(&length.to_be_bytes());
            shape.update(part.unwrap_or_default().as_bytes());
        }
    }
    Ok(hex::encode(shape.finish()))
}

/// The same of a database that the migrations have just made.
#[cfg(test)]
pub(super) fn shape_made_by(schema: &Schema) -> String {
    let made = || -> Result<String, CacheError> {
        let model = Connection::open_in_memory()?;
        for migration in schema.migrations {
            model.execute_batch(migration)?;
        }
        shape_of(&model)
    };
    made().unwrap_or_default()
}

/// Refuses a folder of a newer version.
pub(super) fn refuse_newer(folder: &Path) -> Result<(), CacheError> {
    refuse_newer_file(folder, &super::journal_db::SCHEMA)?;
    refuse_newer_file(folder, &super::state::SCHEMA)
}

/// Refuses a file by the version in its header: looking with SQLite would already make files beside it.
fn refuse_newer_file(folder: &Path, schema: &Schema) -> Result<(), CacheError> {
    let mut header = [0; 64];
    let whole = File::open(folder.join(schema.file)).and_then(|mut file| file.read_exact(&mut header));
    let [.., a, b, c, d] = header;
    // Whatever else is wrong with the file is found out when it is opened.
    let readable = whole.is_ok() && header.starts_with(b"SQLite format 3\0");
    if readable && i32::from_be_bytes([a, b, c, d]) > schema.version() {
        return Err(CacheError::NewerVersion { file: schema.file });
    }
    Ok(())
}

/// The file's size in bytes, the WAL's pages included.
pub(super) fn size(connection: &Connection) -> Result<i64, CacheError> {
    let pragma = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    Ok(pragma("page_count")?.saturating_mul(pragma("page_size")?))
}

/// Writes the log back into the file and empties it: what was deleted stands in neither. Somebody who reads beside this
/// process may hinder it; closing does the same.
pub(super) fn leave_no_trace(connection: &Connection) -> Result<(), CacheError> {
    Ok(connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?)
}

/// Removes what was set aside of that file.
pub(super) fn forget_set_aside(folder: &Path, file: &str) -> Result<(), CacheError> {
    let kept = format!("{file}.unreadable-");
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error.into()),
    };
    for entry in entries {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(&kept) {
            std::fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Opens a database for reading beside its owner: no lock, no migration, nothing set aside. `None` where there is none, or
/// none that can be read now.
pub(super) fn peek(folder: &Path, schema: &Schema) -> Result<Option<Connection>, CacheError> {
    refuse_newer_file(folder, schema)?;
    let path = folder.join(schema.file);
    if !path.is_file() {
        return Ok(None);
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    // A closed database has no log, and is read as a file that nobody changes: else SQLite would make one. An owner that opens
    // it at this very moment makes the read fail or tell what was, and what is read is verified.
    let closed = !folder.join(format!("{}-wal", schema.file)).exists();
    let address = format!("file:{}?immutable={}", escaped(&path), u8::from(closed));
    let opened = Connection::open_with_flags(address, flags).and_then(|connection| {
        connection.busy_timeout(Duration::from_millis(200))?;
        let found: i32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
        Ok((connection, found))
    });
    match opened {
        Ok((_, found)) if found > schema.version() => Err(CacheError::NewerVersion { file: schema.file }),
        // An older one waits for its owner to bring it forward.
        Ok((connection, found)) => Ok((found == schema.version()).then_some(connection)),
        Err(_) => Ok(None),
    }
}

/// A path as SQLite's own addresses take it.
fn escaped(path: &Path) -> String {
    let path = path.to_string_lossy();
    path.replace('%', "%25").replace('?', "%3f").replace('#', "%23")
}

/// Whether the file's structure is whole. Reads all of it.
pub(super) fn sound(connection: &Connection) -> Result<(), CacheError> {
    let said: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if said == "ok" { Ok(()) } else { Err(CacheError::Damaged) }
}

/// Whether the bytes are to blame and not the folder. A flipped bit in the header can make SQLite say "read-only" or
/// "cannot open", so those words count as damage where the folder and the file itself can be written.
fn is_the_files_fault(folder: &Path, file: &str, error: &CacheError) -> bool {
    match error {
        CacheError::Damaged => true,
        CacheError::ReadOnly | CacheError::CannotOpen => {
            let probe = folder.join("care.probe");
            let written = std::fs::write(&probe, b"?");
            // Nothing reads the probe: one that stays is overwritten by the next.
            let _ = std::fs::remove_file(&probe);
            let file = OpenOptions::new().read(true).write(true).open(folder.join(file));
            written.is_ok() && (file.is_ok() || file.is_err_and(|error| error.kind() == ErrorKind::NotFound))
        }
        _ => false,
    }
}

/// Renames the file and what belongs to it to the first free `FILE.unreadable-N`.
pub(super) fn set_aside(folder: &Path, file: &str) -> Result<(), CacheError> {
    let named = |name: &str, suffix: &str| folder.join(format!("{name}{suffix}"));
    let mut number = 1u32;
    let kept = loop {
        let name = format!("{file}.unreadable-{number}");
        let taken = |suffix: &&str| std::fs::symlink_metadata(named(&name, suffix)).is_ok();
        if !["", "-wal", "-shm"].iter().any(taken) {
            break name;
        }
        number = number
            .checked_add(1)
            .ok_or_else(|| CacheError::unusable("too many unreadable files"))?;
    };
    // The database goes last: killed in between, the next open finds it again and never a new file beside an old WAL.
    for suffix in ["-wal", "-shm", ""] {
        match std::fs::rename(named(file, suffix), named(&kept, suffix)) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(error.into()),
        }
    }
    sync_folder(folder);
    Ok(())
}

/// Makes renames durable where the system can: elsewhere a folder cannot be opened, and needs no flushing.
fn sync_folder(folder: &Path) {
    let _ = File::open(PathBuf::from(folder)).and_then(|folder| folder.sync_all());
}
