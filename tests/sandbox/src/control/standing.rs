//! Every subscription as it stands at its store, whatever the cloud believes of it.
use schemars::JsonSchema;
use serde::Serialize;

use crate::contract;
use crate::world::World;
use crate::{play, store};

/// Both stores' subscriptions, the App Store's first.
#[derive(Serialize, JsonSchema)]
pub(super) struct Standings {
    subscriptions: Vec<Standing>,
}

/// A subscription at its store.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Standing {
    #[schemars(with = "contract::StoreName")]
    pub(crate) store: &'static str,
    /// The original transaction id, of Play the purchase token.
    #[schemars(with = "contract::PurchaseId")]
    pub(crate) original: String,
    pub(crate) state: StateAtStore,
    /// Whether its store gives access now.
    pub(crate) access: bool,
    /// The end of the period paid for, or of the grace that follows it.
    #[schemars(with = "contract::Moment")]
    pub(crate) until: String,
}

/// The store's own word.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum StateAtStore {
    AppStore(store::Status),
    Play(play::State),
}

pub(super) fn of(world: &World) -> Standings {
    let (app_store, play) = (world.store.standings(), world.play.standings());
    Standings {
        subscriptions: app_store.into_iter().chain(play).collect(),
    }
}
