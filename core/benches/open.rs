//! A warm open to the first snapshot, with a small catalogue and with one of five megabytes, against two bare opens and selects
//! and one signature check: side by side, in turns.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    missing_docs
)]

#[path = "../tests/stories/both.rs"]
#[allow(dead_code, unused_macros)]
mod both;
#[path = "../tests/stories/phone.rs"]
#[allow(dead_code)]
mod phone;
#[path = "support/turns.rs"]
mod turns;
#[path = "../tests/stories/world.rs"]
#[allow(dead_code)]
mod world;

use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use rusqlite::{Connection, params};
use std::cell::RefCell;
use std::path::{Path, PathBuf};
use tapo_care::Care;

/// A plan on sale as it is stored, and how many make five megabytes.
const PADDING: usize = 5_000;
const MANY: i64 = 1_000;

fn main() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let world = world::World::new();
    let (small, large) = (phone::Phone::new(&world, "small"), phone::Phone::new(&world, "large"));
    for (phone, name) in [(&small, "anna"), (&large, "ben")] {
        runtime.block_on(async {
            let care = phone.open_as(name).await;
            phone::buy(&care, "tapo-3-monthly").await;
            phone::settle(&care).await;
            care.plans().await.unwrap();
            care.close().await;
        });
        phone.wire.cut(true);
    }
    grow_catalogue(&large.folder().join("care"));
    let reference = Reference::of(small.folder().join("care"));
    let opened: RefCell<Option<Care>> = RefCell::default();
    let open = |phone: &phone::Phone| {
        let care = runtime.block_on(phone.open());
        assert_eq!(care.snapshot().subscriptions.len(), 1);
        *opened.borrow_mut() = Some(care);
    };
    let (bare, with_small, with_large) = (
        "two bare opens and selects, and one Ed25519 check",
        "open to snapshot, catalogue of 5 kB",
        "open to snapshot, catalogue of 5 MB",
    );
    let turn = |name, run| turns::Turn { name, times: 10, run };
    let measured = turns::measure_and(
        31,
        vec![
            turn(bare, Box::new(|| reference.take())),
            turn(with_small, Box::new(|| open(&small))),
            turn(with_large, Box::new(|| open(&large))),
        ],
        || {
            if let Some(care) = opened.borrow_mut().take() {
                runtime.block_on(care.close());
            }
        },
    );
    measured.print();
    measured.ratio(with_small, bare);
    measured.ratio(with_large, bare);
    measured.ratio(with_large, with_small);
}

/// What any app with two files and one signed answer would do.
struct Reference {
    folder: PathBuf,
    tables: [(&'static str, String); 2],
    key: UnparsedPublicKey<Vec<u8>>,
    signed: (Vec<u8>, Vec<u8>),
}

impl Reference {
    fn of(folder: PathBuf) -> Self {
        let pair = Ed25519KeyPair::from_seed_unchecked(&[7; 32]).unwrap();
        let answer = vec![b' '; 4096];
        Self {
            tables: ["state.db", "journal.db"].map(|file| (file, first_table(&folder, file))),
            key: UnparsedPublicKey::new(&ED25519, pair.public_key().as_ref().to_vec()),
            signed: (pair.sign(&answer).as_ref().to_vec(), answer),
            folder,
        }
    }

    fn take(&self) {
        for (file, table) in &self.tables {
            let database = Connection::open(self.folder.join(file)).unwrap();
            let sql = format!("SELECT count(*) FROM {table}");
            assert!(database.query_row(&sql, [], |row| row.get::<_, i64>(0)).unwrap() >= 0);
        }
        self.key.verify(&self.signed.1, &self.signed.0).unwrap();
    }
}

/// Puts a thousand more plans beside the stored ones, of five kilobytes each.
fn grow_catalogue(folder: &Path) {
    let database = Connection::open(folder.join("state.db")).unwrap();
    let sql = "SELECT storefront, locale, body FROM plan ORDER BY place LIMIT 1";
    let plan = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    let (storefront, locale, body): (String, String, String) = database.query_row(sql, [], plan).unwrap();
    let padded = format!("{body}{}", " ".repeat(PADDING));
    for place in 0..MANY {
        let row = params![storefront, locale, 1000 + place, padded];
        database
            .execute("INSERT INTO plan VALUES (?1, ?2, ?3, ?4)", row)
            .unwrap();
    }
    database
        .execute("UPDATE catalogue SET plan_count = plan_count + ?1", [MANY])
        .unwrap();
    let bytes = std::fs::metadata(folder.join("state.db")).unwrap().len();
    println!("state.db of the larger one: {bytes} bytes");
}

fn first_table(folder: &Path, file: &str) -> String {
    let database = Connection::open(folder.join(file)).unwrap();
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' LIMIT 1";
    database.query_row(sql, [], |row| row.get(0)).unwrap()
}
