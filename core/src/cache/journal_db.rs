//! `journal.db`: the rows that decide about money, each with a sequence and a checksum, on the disk before the call
//! returns.
//!
//! A row once appended is only ever replaced by a fold of its own purchase. Sequences grow and are never used again;
//! the head counts rows, so that a row that vanished is noticed as surely as one that changed.

use super::CacheError;
use super::open::{self, Opened, Schema};
use ring::digest::{Context, SHA256};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use std::path::Path;

pub(super) const SCHEMA: Schema = Schema {
    file: "journal.db",
    synchronous: "FULL",
    migrations: &["CREATE TABLE journal (
            seq INTEGER PRIMARY KEY, purchase TEXT NOT NULL, replaces INTEGER, body BLOB NOT NULL, checksum BLOB NOT NULL
        ) STRICT;
        CREATE INDEX journal_by_purchase ON journal (purchase, seq);
        CREATE TABLE head (
            id INTEGER PRIMARY KEY CHECK (id = 1), last_seq INTEGER NOT NULL, row_count INTEGER NOT NULL,
            installation TEXT, checksum BLOB NOT NULL
        ) STRICT;"],
    shape: "914f388c34b72ec265881b889d15070aee53295fb9aaafaf62c1b862966220d2",
    check,
};

/// The journal's file.
#[derive(Debug)]
pub struct JournalDb {
    connection: Connection,
}

/// One row of the journal.
#[derive(Clone, PartialEq, Eq)]
pub struct JournalRow {
    /// Its place: strictly growing, never used twice.
    pub seq: u64,
    /// The purchase it belongs to.
    pub purchase: String,
    /// What happened, as the journal's own module wrote it.
    pub body: Vec<u8>,
}

impl std::fmt::Debug for JournalRow {
    /// Its body holds a receipt, and the purchase's name may be a token: neither is printed.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("JournalRow")
            .field("seq", &self.seq)
            .finish_non_exhaustive()
    }
}

/// The one row that vouches for the others.
struct Head {
    last_seq: i64,
    row_count: i64,
    installation: Option<String>,
}

impl JournalDb {
    /// Opens the journal, or a new one beside an unreadable one.
    ///
    /// # Errors
    /// See [`CacheError`]; damage is none, it is told by [`Opened::set_aside`].
    pub fn open(folder: &Path) -> Result<(Self, Opened), CacheError> {
        let (connection, opened) = open::open(folder, &SCHEMA)?;
        Ok((Self { connection }, opened))
    }

    /// Reads beside the owner of the folder; `None` where there is nothing to read.
    ///
    /// # Errors
    /// [`CacheError::NewerVersion`].
    pub fn peek(folder: &Path) -> Result<Option<Self>, CacheError> {
        Ok(open::peek(folder, &SCHEMA)?.map(|connection| Self { connection }))
    }

    /// Makes sure that what was folded away can be read nowhere in the file or its log.
    ///
    /// # Errors
    /// See [`CacheError`].
    pub fn leave_no_trace(&self) -> Result<(), CacheError> {
        open::leave_no_trace(&self.connection)
    }

    /// Sets the journal aside, whole and readable as it is. It must not be open.
    ///
    /// # Errors
    /// See [`CacheError`]; it is still in its place then.
    pub fn set_aside(folder: &Path) -> Result<(), CacheError> {
        open::set_aside(folder, SCHEMA.file)
    }

    /// Appends one row; when this returns, no crash and no power loss takes it away.
    ///
    /// # Errors
    /// See [`CacheError`]; the row is not there then.
    pub fn append(&mut self, purchase: &str, body: &[u8]) -> Result<u64, CacheError> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let head = read_head(&transaction)?;
        let seq = head.last_seq.checked_add(1).ok_or(CacheError::Damaged)?;
        insert(&transaction, seq, purchase, None, body)?;
        write_head(
            &transaction,
            &Head {
                last_seq: seq,
                row_count: head.row_count.saturating_add(1),
                ..head
            },
        )?;
        transaction.commit()?;
        u64::try_from(seq).map_err(|_| CacheError::Damaged)
    }

    /// All rows, by sequence.
    ///
    /// # Errors
    /// See [`CacheError`]; [`CacheError::Damaged`] where one is not as it was written.
    pub fn rows(&self) -> Result<Vec<JournalRow>, CacheError> {
        verified_rows(&self.connection)
    }

    /// Replaces the rows of a settled purchase up to and including `through` by one row, in one transaction. The row
    /// stands at `through`; later ones stay.
    ///
    /// # Errors
    /// See [`CacheError`]; nothing changed then. `through` has to be a row of that purchase.
    pub fn fold(&mut self, purchase: &str, through: u64, body: &[u8]) -> Result<(), CacheError> {
        let through = i64::try_from(through).map_err(|_| CacheError::unusable("no such row"))?;
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let head = read_head(&transaction)?;
        let owner: Option<String> = transaction
            .query_row("SELECT purchase FROM journal WHERE seq = ?1", [through], |row| {
                row.get(0)
            })
            .optional()?;
        if owner.as_deref() != Some(purchase) {
            return Err(CacheError::unusable("no such row"));
        }
        let gone = transaction.execute(
            "DELETE FROM journal WHERE purchase = ?1 AND seq <= ?2",
            params![purchase, through],
        )?;
        insert(&transaction, through, purchase, Some(through), body)?;
        let gone = i64::try_from(gone).map_err(|_| CacheError::Damaged)?;
        write_head(
            &transaction,
            &Head {
                row_count: head.row_count.saturating_sub(gone).saturating_add(1),
                ..head
            },
        )?;
        Ok(transaction.commit()?)
    }

    /// Erases purchases whole. For settled ones whose account is erased, and no other: what is unsettled is money.
    ///
    /// # Errors
    /// See [`CacheError`]; nothing changed then.
    pub fn erase(&mut self, purchases: &[String]) -> Result<(), CacheError> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let head = read_head(&transaction)?;
        let mut gone = 0;
        for purchase in purchases {
            gone += transaction.execute("DELETE FROM journal WHERE purchase = ?1", [purchase])?;
        }
        let gone = i64::try_from(gone).map_err(|_| CacheError::Damaged)?;
        write_head(
            &transaction,
            &Head {
                row_count: head.row_count.saturating_sub(gone),
                ..head
            },
        )?;
        transaction.commit()?;
        self.leave_no_trace()
    }

    /// The installation this journal belongs to, once it was set.
    ///
    /// # Errors
    /// See [`CacheError`].
    pub fn installation(&self) -> Result<Option<String>, CacheError> {
        Ok(read_head(&self.connection)?.installation)
    }

    /// Says which installation this journal belongs to.
    ///
    /// # Errors
    /// See [`CacheError`].
    pub fn set_installation(&mut self, installation: &str) -> Result<(), CacheError> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let head = read_head(&transaction)?;
        write_head(
            &transaction,
            &Head {
                installation: Some(installation.to_owned()),
                ..head
            },
        )?;
        Ok(transaction.commit()?)
    }
}

/// Structure, then every checksum: a journal is short, and what it says is about money.
fn check(connection: &Connection) -> Result<(), CacheError> {
    open::sound(connection)?;
    verified_rows(connection).map(drop)
}

fn verified_rows(connection: &Connection) -> Result<Vec<JournalRow>, CacheError> {
    let head = read_head(connection)?;
    let mut statement =
        connection.prepare("SELECT seq, purchase, replaces, body, checksum FROM journal ORDER BY seq")?;
    let mut found = statement.query([])?;
    let mut rows = Vec::new();
    while let Some(row) = found.next()? {
        let (seq, purchase, replaces): (i64, String, Option<i64>) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let (body, checksum): (Vec<u8>, Vec<u8>) = (row.get(3)?, row.get(4)?);
        if checksum != row_checksum(seq, &purchase, replaces, &body) || seq > head.last_seq {
            return Err(CacheError::Damaged);
        }
        rows.push(JournalRow {
            seq: u64::try_from(seq).map_err(|_| CacheError::Damaged)?,
            purchase,
            body,
        });
    }
    match i64::try_from(rows.len()) {
        Ok(count) if count == head.row_count => Ok(rows),
        _ => Err(CacheError::Damaged),
    }
}

fn insert(to: &Connection, seq: i64, purchase: &str, replaces: Option<i64>, body: &[u8]) -> Result<(), CacheError> {
    let checksum = row_checksum(seq, purchase, replaces, body);
    to.execute(
        "INSERT INTO journal (seq, purchase, replaces, body, checksum) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![seq, purchase, replaces, body, checksum],
    )?;
    Ok(())
}

/// The head; a journal nothing was written to yet has none.
fn read_head(connection: &Connection) -> Result<Head, CacheError> {
    let found: Option<(i64, i64, Option<String>, Vec<u8>)> = connection
        .query_row(
            "SELECT last_seq, row_count, installation, checksum FROM head WHERE id = 1",
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
        )
        .optional()?;
    let Some((last_seq, row_count, installation, checksum)) = found else {
        return Ok(Head {
            last_seq: 0,
            row_count: 0,
            installation: None,
        });
    };
    let head = Head {
        last_seq,
        row_count,
        installation,
    };
    if checksum == head_checksum(&head) {
        Ok(head)
    } else {
        Err(CacheError::Damaged)
    }
}

fn write_head(connection: &Connection, head: &Head) -> Result<(), CacheError> {
    connection.execute(
        "INSERT OR REPLACE INTO head (id, last_seq, row_count, installation, checksum) VALUES (1, ?1, ?2, ?3, ?4)",
        params![head.last_seq, head.row_count, head.installation, head_checksum(head)],
    )?;
    Ok(())
}

fn row_checksum(seq: i64, purchase: &str, replaces: Option<i64>, body: &[u8]) -> Vec<u8> {
    let replaces = replaces.map_or([0; 8], i64::to_be_bytes);
    checksum(&[b"row", &seq.to_be_bytes(), purchase.as_bytes(), &replaces, body])
}

fn head_checksum(head: &Head) -> Vec<u8> {
    let (known, installation) = head.installation.as_ref().map_or((0u8, ""), |text| (1, text.as_str()));
    checksum(&[
        b"head",
        &head.last_seq.to_be_bytes(),
        &head.row_count.to_be_bytes(),
        &[known],
        installation.as_bytes(),
    ])
}

/// SHA-256 over the parts, each led by its length so that no byte can move from one to the next.
fn checksum(parts: &[&[u8]]) -> Vec<u8> {
    let mut context = Context::new(&SHA256);
    for part in parts {
        context.update(&(part.len() as u64).to_be_bytes());
        context.update(part);
    }
    context.finish().as_ref().to_vec()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
impl JournalDb {
    /// How many pages the file has.
    pub(super) fn pages(&self) -> i64 {
        self.connection
            .pragma_query_value(None, "page_count", |row| row.get(0))
            .unwrap()
    }

    /// Lets the file grow to that many pages and no further: a disk that is full.
    pub(super) fn limit_pages(&self, pages: i64) {
        self.connection
            .pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))
            .unwrap();
    }
}
