//! A sample of `cargo xtask corrupt`: no damage to the databases invents cover, loses money or brings the core down.

#![allow(clippy::unwrap_used, clippy::panic)]

use care_corruption::{Damage, Dice, Failing, Fails, Folder, Judged};
use tapo_care::id::StoreKind;

/// On a phone with either store.
const STORES: [StoreKind; 2] = [StoreKind::AppStore, StoreKind::Play];

#[tokio::test]
async fn a_sound_folder_opens_and_is_well_also_after_a_kill() {
    for store in STORES {
        let folder = Folder::make(store).await;
        for files in [&folder.closed, &folder.killed] {
            assert_eq!(folder.judge(files, true).await, Ok(Judged::Opened));
        }
    }
}

#[tokio::test]
async fn no_flipped_byte_invents_cover_or_loses_money() {
    for store in STORES {
        let folder = Folder::make(store).await;
        for (nth, damage) in Damage::flips(&folder.closed, 421).iter().enumerate() {
            folder
                .judge_damage(&folder.closed, damage, nth % 20 == 0)
                .await
                .unwrap();
        }
    }
}

#[tokio::test]
async fn no_file_or_log_that_is_cut_off_invents_cover_or_loses_money() {
    for store in STORES {
        let folder = Folder::make(store).await;
        for files in [&folder.closed, &folder.killed] {
            for (nth, damage) in Damage::cuts(files, 499).iter().enumerate() {
                folder.judge_damage(files, damage, nth % 8 == 0).await.unwrap();
            }
        }
    }
}

#[tokio::test]
async fn no_random_damage_invents_cover_or_loses_money() {
    let seed = std::env::var("CARE_SEED").map_or(20_260_105, |seed| seed.parse().unwrap());
    println!("CARE_SEED={seed} replays this");
    for store in STORES {
        let (folder, mut dice) = (Folder::make(store).await, Dice::of(seed));
        for nth in 0..75 {
            let files = if nth % 2 == 0 { &folder.closed } else { &folder.killed };
            let damage = Damage::random(files, &mut dice);
            folder.judge_damage(files, &damage, nth % 10 == 0).await.unwrap();
        }
    }
}

#[tokio::test]
async fn another_accounts_files_show_and_cover_nothing_of_anybody() {
    for store in STORES {
        let folder = Folder::make(store).await;
        let mut swapped = folder.closed.clone();
        swapped.insert("state.db".to_owned(), folder.bens["state.db"].clone());
        assert_eq!(folder.judge(&swapped, true).await, Ok(Judged::Opened));
        let mut swapped = folder.closed.clone();
        swapped.insert("journal.db".to_owned(), folder.bens["journal.db"].clone());
        assert_eq!(folder.judge(&swapped, true).await, Ok(Judged::Opened));
    }
}

/// Awaited on this thread only, so that the guard of the failing disk stays where it was made.
#[tokio::test]
async fn a_disk_that_fails_at_any_operation_loses_no_money_and_invents_no_cover() {
    for store in STORES {
        let folder = Folder::make(store).await;
        folder.lay_out(&folder.killed);
        let counting = Failing::at(&folder.path(), i64::MAX, Fails::Once);
        folder.live().await.unwrap();
        let operations = counting.counted();
        drop(counting);
        assert!(operations > 100, "the test counts the right files: {operations}");
        for fails in [Fails::Once, Fails::FromThenOn] {
            for nth in (0..operations).step_by(59) {
                folder.lay_out(&folder.killed);
                let failing = Failing::at(&folder.path(), nth, fails);
                folder
                    .live()
                    .await
                    .unwrap_or_else(|what| panic!("{fails:?} at {nth}: {what}"));
                drop(failing);
                let well = folder.all_is_well_again().await;
                well.unwrap_or_else(|what| panic!("after {fails:?} at {nth}: {what}"));
            }
        }
    }
}
