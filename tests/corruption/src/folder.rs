//! A phone's folder with everything in it, and the judge of what a damage to it may do.

use crate::both::outside;
use crate::damage::{Damage, Files};
use crate::phone::{Phone, buy, select, settle};
use crate::world::World;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use tapo_care::id::{AccountId, StoreKind};
use tapo_care::ports::StoreTransaction;
use tapo_care::snapshot::Cover;
use tapo_care::{Care, CareError};

/// What there is beside the databases.
const LOCK: &str = "care.lock";
/// The camera that anna's plan covers. No other is covered.
const COVERED: &str = "cam_porch";

/// How a core took it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judged {
    /// It opened.
    Opened,
    /// It said in a typed error why not, and left the files to somebody who can do something about it.
    Refused,
}

/// Anna's phone: a plan on one camera, and a purchase of ben's that is paid and not posted.
pub struct Folder {
    phone: Phone,
    vault: BTreeMap<String, String>,
    paid_for_ben: StoreTransaction,
    /// The files as the core left them, closed.
    pub closed: Files,
    /// The same as a kill leaves them, their logs not yet written back.
    pub killed: Files,
    /// Ben's own, from another phone.
    pub bens: Files,
}

impl Folder {
    /// Makes it, in a world of its own, on a phone with that store. The logs of the killed one are short: what a person does
    /// between two starts of the app.
    pub async fn make(store: StoreKind) -> Self {
        let world = World::new();
        let phone = Phone::at(store, &world, "phone");
        let other = Phone::at(store, &world, "other");
        let care = other.open_as("ben").await;
        settle(&care).await;
        care.close().await;
        let bens = read(&folder_of(&other));
        let care = phone.open_as("anna").await;
        buy(&care, "tapo-3-monthly").await;
        settle(&care).await;
        select(&care, &[COVERED]).await.expect("the camera can be selected");
        settle(&care).await;
        care.close().await;
        let care = phone.open().await;
        care.refresh().await.expect("the cloud answers");
        let paid_for_ben = outside(store, &world, "other", Some("ben")).await;
        phone.wire.cut(true);
        care.on_store_transactions(vec![paid_for_ben.clone()])
            .await
            .expect("what the store hands over is written down");
        let killed = read(&folder_of(&phone));
        care.close().await;
        let closed = read(&folder_of(&phone));
        let vault = phone.vault_holds();
        Self {
            phone,
            vault,
            paid_for_ben,
            closed,
            killed,
            bens,
        }
    }

    /// Judges damaged files: a start without a network, and where `online` another with one, after which all is well.
    ///
    /// # Errors
    /// What must not be.
    pub async fn judge(&self, files: &Files, online: bool) -> Result<Judged, String> {
        self.lay_out(files);
        self.phone.wire.cut(true);
        let judged = match self.start().await? {
            Some(care) => {
                no_false_access(&care)?;
                care.close().await;
                Judged::Opened
            }
            None => Judged::Refused,
        };
        if online && judged == Judged::Opened {
            self.all_is_well_again().await?;
        }
        Ok(judged)
    }

    /// Judges one damage to `files`.
    ///
    /// # Errors
    /// What must not be, with the damage.
    pub async fn judge_damage(&self, files: &Files, damage: &Damage, online: bool) -> Result<Judged, String> {
        let judged = self.judge(&damage.done_to(files), online).await;
        judged.map_err(|what| format!("{damage:?}: {what}"))
    }

    /// Lives on a phone whose disk may fail: opens, takes in ben's purchase, looks at store and cloud, switches to ben and
    /// back, and closes. Any of it may be refused by a typed error.
    ///
    /// # Errors
    /// What must not be.
    pub async fn live(&self) -> Result<(), String> {
        self.phone.wire.cut(false);
        let Some(care) = self.start().await? else {
            return Ok(());
        };
        no_false_access(&care)?;
        typed(
            "take in",
            care.on_store_transactions(vec![self.paid_for_ben.clone()]).await,
        )?;
        typed("sweep", care.sweep(std::time::Duration::from_secs(5)).await)?;
        let ben = AccountId(self.phone.world.account_id("ben").await);
        typed("sign in", care.sign_in(ben).await)?;
        let hers = care
            .snapshot()
            .cameras
            .iter()
            .any(|camera| camera.id.as_str() == COVERED);
        if hers
            && care
                .snapshot()
                .account
                .is_some_and(|account| account.as_str().contains("ben"))
        {
            return Err("ben is shown anna's camera".to_owned());
        }
        typed("suspend", care.suspend().await)?;
        typed("resume", care.resume().await)?;
        care.close().await;
        Ok(())
    }

    /// After whatever happened: with a sound disk and a network the next start grants what was paid, once, and shows it.
    ///
    /// # Errors
    /// What is not well.
    pub async fn all_is_well_again(&self) -> Result<(), String> {
        self.phone.wire.cut(false);
        let Some(care) = self.start().await? else {
            return Err("a sound disk is refused".to_owned());
        };
        let anna = AccountId(self.phone.world.account_id("anna").await);
        let done = async {
            care.sign_in(anna).await?;
            care.on_store_transactions(vec![self.paid_for_ben.clone()]).await?;
            care.sweep(std::time::Duration::from_secs(20)).await?;
            care.refresh().await
        };
        done.await.map_err(|error| format!("with a network: {error:?}"))?;
        no_false_access(&care)?;
        let covered = care
            .snapshot()
            .cameras
            .iter()
            .any(|camera| camera.cover == Cover::Covered);
        care.close().await;
        let ledger = self.phone.world.ledger().await;
        match (covered, ledger.charges.len(), ledger.grants.len()) {
            (true, 2, 2) => Ok(()),
            told => Err(format!("covered, charges and grants: {told:?}")),
        }
    }

    /// Puts the files where the core looks for them, and the vault as it was.
    pub fn lay_out(&self, files: &Files) {
        let folder = self.path();
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder");
        for (name, bytes) in files {
            fs::write(folder.join(name), bytes).expect("a file");
        }
        self.phone.vault_is(self.vault.clone());
    }

    /// Where the core looks.
    pub fn path(&self) -> PathBuf {
        folder_of(&self.phone)
    }

    /// A core; `None` where it says in a typed error that the files cannot be used.
    async fn start(&self) -> Result<Option<Care>, String> {
        match self.phone.try_open().await {
            Ok(care) => Ok(Some(care)),
            Err(error) => typed("open", Err(error)).map(|()| None),
        }
    }
}

/// Whatever a call says, it says it by a typed error that is about storage or the moment, and nothing of the core has died.
fn typed(call: &str, said: Result<(), CareError>) -> Result<(), String> {
    match said {
        Ok(()) | Err(CareError::Busy(_) | CareError::TryAgain(_) | CareError::SignIn(_)) => Ok(()),
        Err(CareError::Storage(problem)) if problem.name != "disk_gone" => Ok(()),
        Err(other) => Err(format!("{call}: {other:?}")),
    }
}

fn no_false_access(care: &Care) -> Result<(), String> {
    let shown = care.snapshot();
    let covered = shown.cameras.iter().filter(|camera| camera.cover == Cover::Covered);
    match covered
        .map(|camera| camera.id.as_str())
        .find(|camera| *camera != COVERED)
    {
        Some(camera) => Err(format!("{camera} is covered")),
        None => Ok(()),
    }
}

fn folder_of(phone: &Phone) -> PathBuf {
    phone.folder().join("care")
}

fn read(folder: &std::path::Path) -> Files {
    let entries = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("a file"));
    let named = entries.map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path()));
    named
        .filter(|(name, _)| name != LOCK)
        .map(|(name, path)| (name, fs::read(path).expect("a file")))
        .collect()
}
