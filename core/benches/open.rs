//! A warm open to the first snapshot, against a bare open and one select of both files: side by side, in turns.

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

use rusqlite::Connection;

fn main() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let world = world::World::new();
    let phone = phone::Phone::new(&world, "bench");
    runtime.block_on(async {
        let care = phone.open_as("anna").await;
        phone::buy(&care, "tapo-3-monthly").await;
        phone::settle(&care).await;
        care.plans().await.unwrap();
        care.close().await;
    });
    phone.wire.cut(true);
    let folder = phone.folder().join("care");
    let select = |file: &str, table: &str| {
        let database = Connection::open(folder.join(file)).unwrap();
        let sql = format!("SELECT count(*) FROM {table}");
        database.query_row(&sql, [], |row| row.get::<_, i64>(0)).unwrap()
    };
    let (state_table, journal_table) = (first_table(&folder, "state.db"), first_table(&folder, "journal.db"));
    let (bare, whole) = ("bare open and select of both files", "open to snapshot, and close");
    let measured = turns::measure(vec![
        turns::Turn {
            name: bare,
            times: 10,
            run: Box::new(|| {
                select("state.db", &state_table);
                select("journal.db", &journal_table);
            }),
        },
        turns::Turn {
            name: whole,
            times: 10,
            run: Box::new(|| {
                runtime.block_on(async {
                    let care = phone.open().await;
                    assert_eq!(care.snapshot().subscriptions.len(), 1);
                    care.close().await;
                });
            }),
        },
    ]);
    measured.print();
    measured.ratio(whole, bare);
}

fn first_table(folder: &std::path::Path, file: &str) -> String {
    let database = Connection::open(folder.join(file)).unwrap();
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' LIMIT 1";
    database.query_row(sql, [], |row| row.get(0)).unwrap()
}
