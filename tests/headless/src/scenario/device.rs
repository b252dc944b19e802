//! What a phone goes through, the app aside: killed, rebooted, offline, its clock or its files changed.

use super::format::{Action, words};
use super::hand::off_by_ms;
use super::look;
use super::read::Scene;
use super::stage::Stage;
use crate::args::StoreName;
use crate::failure::Failure;
use serde_json::json;
use std::sync::atomic::Ordering;

/// Has the phone go through it.
///
/// # Errors
/// It cannot be done.
pub async fn go_through(stage: &mut Stage, scene: &Scene) -> Result<(), Failure> {
    let store = stage.store;
    let phone = stage.phone(&scene.on)?;
    match &scene.action {
        Action::Close(_) => phone.close().await,
        Action::Kill(_) => phone.dead().await,
        Action::Reinstall(_) => phone.reinstall().await?,
        Action::Reboot(_) => phone.reboot().await,
        Action::Damage(words::Damage::Journal) => phone.damage("journal.db").await?,
        Action::Damage(words::Damage::State) => phone.damage("state.db").await?,
        Action::Network(network) => {
            let off = *network == words::Network::Off;
            phone.hand.offline.store(off, Ordering::SeqCst);
        }
        Action::Receipts(receipts) => {
            let changed = *receipts == words::Receipts::Forged;
            phone.hand.forged.store(changed, Ordering::SeqCst);
        }
        Action::Clock(clock) => {
            let off_by = off_by_ms(clock.off_by.get_ref()).unwrap_or(0);
            phone.hand.off_by_ms.store(off_by, Ordering::SeqCst);
        }
        Action::Keep(name) => {
            let path = match store {
                StoreName::AppStore => "/owned",
                StoreName::Play => "/purchases",
            };
            let device = phone.device();
            let (_, shown) = device.call("GET", path, None).await.map_err(unreachable)?;
            stage.kept.insert(name.clone(), look::receipts_of(store, &shown));
        }
        Action::StoreAccount(account) => {
            let body = json!({ "apple_id": account, "google_account": account });
            stage.control(&format!("devices/{}", scene.on), body).await?;
        }
        other => return Err(other.not_done()),
    }
    Ok(())
}

/// The phone's store cannot be asked.
pub fn unreachable(error: crate::world::WireError) -> Failure {
    Failure::Unreachable(format!("the phone's store cannot be asked: {error}"))
}
