//! `state.db`: the cloud's answers verbatim, the catalogue by plan and storefront, and settings. It may vanish.
//!
//! Nothing in it is believed for being there: the caller verifies a stored answer's signature on load, and a row that
//! cannot be read counts as not stored. A file found damaged while in use is set aside at the next write.

use super::CacheError;
use super::open::{self, Opened, Schema};
use crate::catalogue::{Catalogue, PlanOnSale};
use crate::cloud::SignedAnswer;
use crate::id::AccountId;
use crate::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use std::path::{Path, PathBuf};

pub(super) const SCHEMA: Schema = Schema {
    file: "state.db",
    synchronous: "NORMAL",
    // No table has a second index: one that is damaged could hide a row that was just written.
    migrations: &[
        "CREATE TABLE account (
            account TEXT PRIMARY KEY, full TEXT NOT NULL, renewed TEXT
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE catalogue (
            storefront TEXT, locale TEXT, saved INTEGER NOT NULL, etag TEXT, head TEXT NOT NULL,
            plan_count INTEGER NOT NULL, PRIMARY KEY (storefront, locale)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE plan (
            storefront TEXT, locale TEXT, place INTEGER, body TEXT NOT NULL, PRIMARY KEY (storefront, locale, place)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;",
        // When the cloud last said that this is the catalogue, in milliseconds since the epoch.
        "ALTER TABLE catalogue ADD COLUMN asked INTEGER;",
    ],
    shape: "b6bad30d793340af0b548a2845408da4b7cc7acf24fab9d58c5e775cc751e0cb",
    check,
};

/// The largest catalogue that is kept.
const CATALOGUE_LIMIT: usize = 8 * 1024 * 1024;
/// How many bytes of file are checked whole at open.
const CHECKED_AT_OPEN: i64 = 1024 * 1024;
/// A traveller's storefronts and locales; older ones are dropped.
const CATALOGUES_KEPT: i64 = 4;

/// The state's file.
#[derive(Debug)]
pub struct StateDb {
    folder: PathBuf,
    connection: Connection,
}

/// What is stored of an account. The caller verifies both before use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAccount {
    /// The last whole answer.
    pub full: SignedAnswer,
    /// The newest 304 that named its ETag.
    pub renewed: Option<SignedAnswer>,
}

/// A stored catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredCatalogue {
    /// The ETag to ask with.
    pub etag: Option<String>,
    /// When the cloud last said that this is it.
    pub asked: Option<Timestamp>,
    /// The catalogue.
    pub catalogue: Catalogue,
}

impl StateDb {
    /// Opens the state, or a new one beside an unreadable one.
    ///
    /// # Errors
    /// See [`CacheError`]; damage is none, it is told by [`Opened::set_aside`].
    pub fn open(folder: &Path) -> Result<(Self, Opened), CacheError> {
        let (connection, opened) = open::open(folder, &SCHEMA)?;
        Ok((
            Self {
                folder: folder.to_owned(),
                connection,
            },
            opened,
        ))
    }

    /// Reads beside the owner of the folder; `None` where there is nothing to read. What is read is as good as any other:
    /// the caller verifies it.
    ///
    /// # Errors
    /// [`CacheError::NewerVersion`].
    pub fn peek(folder: &Path) -> Result<Option<Self>, CacheError> {
        let folder = folder.to_owned();
        Ok(open::peek(&folder, &SCHEMA)?.map(|connection| Self { folder, connection }))
    }

    /// What is stored of the account.
    ///
    /// # Errors
    /// See [`CacheError`]; what cannot be read is `None`.
    pub fn account(&self, account: &AccountId) -> Result<Option<StoredAccount>, CacheError> {
        let found: Option<(String, Option<String>)> = read(self.connection.query_row(
            "SELECT full, renewed FROM account WHERE account = ?1",
            [account.as_str()],
            |row| Ok((row.get(0)?, row.get(1)?)),
        ))?;
        Ok(found.and_then(|(full, renewed)| {
            let renewed = renewed.and_then(|text| serde_json::from_slice(text.as_bytes()).ok());
            Some(StoredAccount {
                full: serde_json::from_slice(full.as_bytes()).ok()?,
                renewed,
            })
        }))
    }

    /// Stores a whole answer; an older renewal goes with the older answer.
    ///
    /// # Errors
    /// See [`CacheError`]; what was stored before stays.
    pub fn save_account(&mut self, account: &AccountId, full: &SignedAnswer) -> Result<(), CacheError> {
        let full = json(full)?;
        self.write(|to| {
            to.execute(
                "INSERT OR REPLACE INTO account (account, full, renewed) VALUES (?1, ?2, NULL)",
                params![account.as_str(), full],
            )
            .map(drop)
        })
    }

    /// Stores the newest 304 beside the whole answer; where there is none, there is nothing to renew.
    ///
    /// # Errors
    /// See [`CacheError`]; what was stored before stays.
    pub fn save_renewal(&mut self, account: &AccountId, renewed: &SignedAnswer) -> Result<(), CacheError> {
        let renewed = json(renewed)?;
        self.write(|to| {
            to.execute(
                "UPDATE account SET renewed = ?2 WHERE account = ?1",
                params![account.as_str(), renewed],
            )
            .map(drop)
        })
    }

    /// Forgets every account but that one, and what was set aside of this file; gives whether there was one to forget.
    ///
    /// # Errors
    /// See [`CacheError`].
    pub fn forget_all_but(&mut self, account: Option<&AccountId>) -> Result<bool, CacheError> {
        let kept = account.map_or("", AccountId::as_str);
        let others = "SELECT EXISTS (SELECT 1 FROM account WHERE account <> ?1)";
        // A table that cannot be read may hold anybody.
        if read(self.connection.query_row(others, [kept], |row| row.get(0)))? == Some(false) {
            return Ok(false);
        }
        self.write(|to| to.execute("DELETE FROM account WHERE account <> ?1", [kept]).map(drop))?;
        open::forget_set_aside(&self.folder, SCHEMA.file)?;
        self.leave_no_trace()?;
        Ok(true)
    }

    /// Makes sure that what was deleted can be read nowhere in the file or its log.
    ///
    /// # Errors
    /// See [`CacheError`].
    pub fn leave_no_trace(&self) -> Result<(), CacheError> {
        open::leave_no_trace(&self.connection)
    }

    /// Stores a catalogue that was verified on arrival, plan by plan.
    ///
    /// # Errors
    /// [`CacheError::TooLarge`] above 8 MiB, and see [`CacheError`]; what was stored before stays.
    pub fn save_catalogue(
        &mut self,
        answer: &SignedAnswer,
        storefront: &str,
        locale: &str,
        asked: Option<Timestamp>,
    ) -> Result<(), CacheError> {
        if answer.body().len() > CATALOGUE_LIMIT {
            return Err(CacheError::TooLarge);
        }
        let mut catalogue = answer.catalogue().map_err(|error| CacheError::unusable(error.name()))?;
        let plans = std::mem::take(&mut catalogue.plans)
            .iter()
            .map(json)
            .collect::<Result<Vec<_>, _>>()?;
        let head = json(&catalogue)?;
        self.write(|to| {
            to.execute(
                "DELETE FROM plan WHERE storefront = ?1 AND locale = ?2",
                params![storefront, locale],
            )?;
            to.execute(
                "INSERT OR REPLACE INTO catalogue (storefront, locale, saved, etag, head, plan_count, asked)
                 SELECT ?1, ?2, coalesce(max(saved), 0) + 1, ?3, ?4, ?5, ?6 FROM catalogue",
                params![
                    storefront,
                    locale,
                    answer.etag(),
                    head,
                    plans.len() as i64,
                    asked.map(|asked| asked.0)
                ],
            )?;
            let mut insert =
                to.prepare("INSERT INTO plan (storefront, locale, place, body) VALUES (?1, ?2, ?3, ?4)")?;
            for (place, plan) in plans.iter().enumerate() {
                insert.execute(params![storefront, locale, place as i64, plan])?;
            }
            to.execute(
                "DELETE FROM catalogue WHERE saved <= (SELECT max(saved) FROM catalogue) - ?1",
                [CATALOGUES_KEPT],
            )?;
            to.execute(
                "DELETE FROM plan WHERE (storefront, locale) NOT IN (SELECT storefront, locale FROM catalogue)",
                [],
            )
            .map(drop)
        })
    }

    /// Notes that the cloud was asked then, and said that the stored catalogue still is the one; `None`: to be asked again.
    ///
    /// # Errors
    /// See [`CacheError`]; what was stored before stays.
    pub fn confirm_catalogue(
        &mut self,
        storefront: &str,
        locale: &str,
        asked: Option<Timestamp>,
    ) -> Result<(), CacheError> {
        self.write(|to| {
            to.execute(
                "UPDATE catalogue SET asked = ?3 WHERE storefront = ?1 AND locale = ?2",
                params![storefront, locale, asked.map(|asked| asked.0)],
            )
            .map(drop)
        })
    }

    /// The stored catalogue of a storefront and locale.
    ///
    /// # Errors
    /// See [`CacheError`]; what cannot be read is `None`.
    pub fn catalogue(&self, storefront: &str, locale: &str) -> Result<Option<StoredCatalogue>, CacheError> {
        let found: Option<(Option<String>, String, i64, Option<i64>)> = read(self.connection.query_row(
            "SELECT etag, head, plan_count, asked FROM catalogue WHERE storefront = ?1 AND locale = ?2",
            params![storefront, locale],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
        ))?;
        let Some((etag, head, plan_count, asked)) = found else {
            return Ok(None);
        };
        let Ok(mut catalogue) = serde_json::from_slice::<Catalogue>(head.as_bytes()) else {
            return Ok(None);
        };
        let plans = read(self.plans(storefront, locale))?.unwrap_or_default();
        let plans: Option<Vec<PlanOnSale>> = plans
            .iter()
            .map(|plan| serde_json::from_slice(plan.as_bytes()).ok())
            .collect();
        Ok(plans.filter(|plans| plans.len() as i64 == plan_count).map(|plans| {
            catalogue.plans = plans;
            let asked = asked.map(Timestamp);
            StoredCatalogue { etag, asked, catalogue }
        }))
    }

    fn plans(&self, storefront: &str, locale: &str) -> Result<Vec<String>, rusqlite::Error> {
        let mut statement = self
            .connection
            .prepare("SELECT body FROM plan WHERE storefront = ?1 AND locale = ?2 ORDER BY place")?;
        statement.query_map([storefront, locale], |row| row.get(0))?.collect()
    }

    /// A setting.
    ///
    /// # Errors
    /// See [`CacheError`]; what cannot be read is `None`.
    pub fn setting(&self, key: &str) -> Result<Option<String>, CacheError> {
        read(
            self.connection
                .query_row("SELECT value FROM setting WHERE key = ?1", [key], |row| row.get(0)),
        )
    }

    /// Stores a setting, or removes it.
    ///
    /// # Errors
    /// See [`CacheError`]; what was stored before stays.
    pub fn set_setting(&mut self, key: &str, value: Option<&str>) -> Result<(), CacheError> {
        self.write(|to| match value {
            Some(value) => to
                .execute(
                    "INSERT OR REPLACE INTO setting (key, value) VALUES (?1, ?2)",
                    params![key, value],
                )
                .map(drop),
            None => to.execute("DELETE FROM setting WHERE key = ?1", [key]).map(drop),
        })
    }

    /// One transaction. Damage found by it costs what was stored, which the cloud tells again, and not the write.
    fn write(&mut self, job: impl Fn(&Transaction<'_>) -> Result<(), rusqlite::Error>) -> Result<(), CacheError> {
        match transact(&mut self.connection, &job) {
            Err(CacheError::Damaged) => {
                // The damaged file has to be closed before it is renamed.
                self.connection = Connection::open_in_memory()?;
                self.connection = open::start_over(&self.folder, &SCHEMA)?;
                transact(&mut self.connection, &job)
            }
            other => other,
        }
    }
}

fn transact(
    connection: &mut Connection,
    job: impl Fn(&Transaction<'_>) -> Result<(), rusqlite::Error>,
) -> Result<(), CacheError> {
    let transaction = connection.transaction()?;
    job(&transaction)?;
    Ok(transaction.commit()?)
}

/// A row, none, or none because it cannot be read.
fn read<T>(found: Result<T, rusqlite::Error>) -> Result<Option<T>, CacheError> {
    match found.optional() {
        Ok(found) => Ok(found),
        Err(error) => match CacheError::from(error) {
            CacheError::Damaged => Ok(None),
            error => Err(error),
        },
    }
}

fn json<T: serde::Serialize>(value: &T) -> Result<String, CacheError> {
    serde_json::to_string(value).map_err(|_| CacheError::unusable("json"))
}

/// Structure and order, where that is a matter of a millisecond, as with any real account. A larger file is judged row
/// by row when it is read, because open must stay quick.
fn check(connection: &Connection) -> Result<(), CacheError> {
    if open::size(connection)? <= CHECKED_AT_OPEN {
        open::sound(connection)?;
    }
    Ok(())
}
