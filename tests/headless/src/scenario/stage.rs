//! One world and its phones, for one telling of one story.

use super::look::Cloud;
use super::phone::Phone;
use super::read::{PHONE, Scenario};
use crate::args::StoreName;
use crate::failure::Failure;
use crate::ports::Sessions;
use crate::world::World;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use tapo_care::ports::StoreTransaction;
use tempfile::TempDir;

/// Whom the phone of every story belongs to where nothing else is said.
const FIRST_ACCOUNT: &str = "anna";
/// Signed in as nobody.
const NOBODY: &str = "nobody";

/// What a story is played on.
pub struct Stage {
    /// The world.
    pub world: World,
    /// At which store it is told.
    pub store: StoreName,
    /// Asks the cloud from elsewhere.
    pub cloud: Cloud,
    /// Receipts kept under a name.
    pub kept: BTreeMap<String, Vec<StoreTransaction>>,
    phones: BTreeMap<String, Phone>,
    _folder: TempDir,
}

impl Stage {
    /// Sets it up: a fresh world, fresh phones, everybody signed in as the story says.
    ///
    /// # Errors
    /// No folder can be made, or the world says no.
    pub async fn set(scenario: &Scenario, store: StoreName, seed: u64) -> Result<Self, Failure> {
        let folder = tempfile::Builder::new()
            .prefix("care-run-")
            .tempdir()
            .map_err(|error| Failure::refused("folder_unusable", format!("No folder can be made: {error}.")))?;
        let world = World::in_memory(seed)?;
        for tester in &scenario.testers {
            let path = format!("/control/accounts/{tester}");
            world
                .control
                .ask("POST", &path, Some(&json!({ "tester": true })))
                .await?;
        }
        let mut phones = BTreeMap::new();
        for (name, setup) in &scenario.phones {
            let mut named = json!({});
            if let Some(account) = &setup.store_account {
                named["apple_id"] = json!(account);
                named["google_account"] = json!(account);
            }
            if let Some(storefront) = &setup.storefront {
                named["storefront"] = json!(storefront);
            }
            if let Some(tester) = setup.tester {
                named["tester"] = json!(tester);
            }
            let path = format!("/control/devices/{name}");
            world.control.ask("POST", &path, Some(&named)).await?;
            let mut phone = Phone::new(&world, store, name, folder.path(), seed)?;
            let first = if name == PHONE { FIRST_ACCOUNT } else { NOBODY };
            let person = setup.signed_in.as_deref().unwrap_or(first);
            if person != NOBODY {
                phone.belongs_to(Sessions::new(world.session(), None).sign_in(person).await?);
            }
            phones.insert(name.clone(), phone);
        }
        Ok(Self {
            cloud: Cloud::of(&world),
            world,
            store,
            kept: BTreeMap::new(),
            phones,
            _folder: folder,
        })
    }

    /// The phone of that name.
    ///
    /// # Errors
    /// The story has none, which reading it has ruled out.
    pub fn phone(&mut self, name: &str) -> Result<&mut Phone, Failure> {
        self.phones
            .get_mut(name)
            .ok_or_else(|| Failure::Usage(format!("there is no phone `{name}`")))
    }

    /// Moves the world.
    ///
    /// # Errors
    /// The world says no.
    pub async fn control(&self, path: &str, body: Value) -> Result<Value, Failure> {
        self.world
            .control
            .ask("POST", &format!("/control/{path}"), Some(&body))
            .await
    }

    /// Asks the world.
    ///
    /// # Errors
    /// The world says no.
    pub async fn ask(&self, path: &str) -> Result<Value, Failure> {
        self.world.control.ask("GET", &format!("/control/{path}"), None).await
    }

    /// The end of the story: every app is closed.
    pub async fn strike(mut self) {
        for phone in self.phones.values_mut() {
            phone.dead().await;
        }
    }
}
