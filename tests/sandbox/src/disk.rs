//! The world's file: every change is one SQLite transaction, so a process killed at any instant leaves a whole world behind.
//!
//! Several processes may hold one file: each takes the write lock for a call and reads the world again if another moved it.
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, params};

use crate::SandboxError;
use crate::world::{Sections, World};

/// Of the layout below; a file of a newer one is refused rather than misread.
const LAYOUT: i64 = 1;

#[derive(Debug)]
pub(crate) struct Disk {
    connection: Connection,
    /// SQLite's count of other connections' commits, as of the world in memory; None when that world must be read again.
    seen: Option<i64>,
    written: Sections,
    lines: usize,
}

impl Disk {
    pub(crate) fn open(path: &Path) -> Result<Disk, SandboxError> {
        let connection = Connection::open(path)?;
        connection.busy_timeout(Duration::from_secs(20))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        let layout: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        if layout > LAYOUT {
            return Err(SandboxError::NotAWorld(format!(
                "layout {layout} is newer than {LAYOUT}"
            )));
        }
        connection.execute_batch(&format!(
            "BEGIN IMMEDIATE;
             CREATE TABLE IF NOT EXISTS section (name TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID;
             CREATE TABLE IF NOT EXISTS log (n INTEGER PRIMARY KEY, line TEXT NOT NULL);
             PRAGMA user_version = {LAYOUT};
             COMMIT;"
        ))?;
        Ok(Disk {
            connection,
            seen: None,
            written: Sections::new(),
            lines: 0,
        })
    }

    /// Takes the file for one call. Gives the world it holds where the one in memory is not it; none for an empty file.
    pub(crate) fn begin(&mut self, current: Option<&World>) -> Result<Option<World>, SandboxError> {
        if !self.connection.is_autocommit() {
            // A call before this one panicked half way.
            self.abandon();
            self.forget();
        }
        self.connection.execute_batch("BEGIN IMMEDIATE")?;
        let version: i64 = self.connection.query_row("PRAGMA data_version", [], |row| row.get(0))?;
        if self.seen == Some(version) {
            return Ok(None);
        }
        let (sections, log) = self.read()?;
        self.seen = Some(version);
        self.lines = log.len();
        self.written = sections;
        if self.written.is_empty() {
            return Ok(None);
        }
        World::from_sections(&self.written, log, current.map(|world| world.keys.clone())).map(Some)
    }

    /// Writes what changed and lets go of the file.
    pub(crate) fn commit(&mut self, world: &World) -> Result<(), SandboxError> {
        let sections = world
            .sections()
            .map_err(|error| SandboxError::NotAWorld(error.to_string()))?;
        for (name, json) in &sections {
            if self.written.get(name) != Some(json) {
                self.connection
                    .prepare(
                        "INSERT INTO section (name, json) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET json = ?2",
                    )?
                    .execute(params![name, json])?;
            }
        }
        for (n, line) in world.log.iter().enumerate().skip(self.lines) {
            let n = i64::try_from(n).unwrap_or(i64::MAX);
            self.connection
                .prepare("INSERT INTO log (n, line) VALUES (?1, ?2)")?
                .execute(params![n, line])?;
        }
        self.connection.execute_batch("COMMIT")?;
        self.written = sections;
        self.lines = world.log.len();
        Ok(())
    }

    /// Lets go of the file without writing.
    pub(crate) fn abandon(&mut self) {
        // Failing here means there was nothing to roll back any more.
        let _ = self.connection.execute_batch("ROLLBACK");
    }

    /// The world in memory is not the file's any more: the next call reads it again.
    pub(crate) fn forget(&mut self) {
        self.seen = None;
    }

    fn read(&self) -> Result<(Sections, Vec<String>), SandboxError> {
        let mut rows = self.connection.prepare("SELECT name, json FROM section")?;
        let sections = rows
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<Sections, _>>()?;
        let mut rows = self.connection.prepare("SELECT line FROM log ORDER BY n")?;
        let log = rows
            .query_map([], |row| row.get(0))?
            .collect::<Result<Vec<String>, _>>()?;
        Ok((sections, log))
    }
}
