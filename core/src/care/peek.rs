//! A look at the last state beside whoever owns the folder: for a notification extension, a widget, a second process.

use crate::account::held::{AccountView, Held, SIGNED_IN, signed_in};
use crate::cache::{JournalDb, StateDb};
use crate::camera::{Kept, kept};
use crate::catalogue::PortalWords;
use crate::config::Config;
use crate::error::CareError;
use crate::ports::{Clock, Vault};
use crate::purchase::journal;
use crate::snapshot::{Known, Snapshot, project};
use crate::storage::storage_error;
use crate::time::trusted::TrustedClock;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The last state as a snapshot, read without the folder's lock while another process may write. Asks nobody and writes
/// nothing; blocks for a few reads. It is believed as far as any: signatures, account, revision and lease are checked. What
/// cannot be read now is shown as not loaded, and left for the owner to deal with.
///
/// # Errors
/// [`CareError::Storage`] where the folder was written by a newer version.
pub fn peek(config: &Config, vault: Arc<dyn Vault>, clock: Arc<dyn Clock>) -> Result<Snapshot, CareError> {
    const OPERATION: &str = "peek";
    let failed = |error| storage_error(OPERATION, &error);
    let state = StateDb::peek(&config.folder).map_err(failed)?;
    let copy = state.as_ref().and_then(|state| state.setting(SIGNED_IN).ok()?);
    let (account, said) = signed_in(&*vault, copy);
    let stored = account.as_ref().filter(|_| said.vouches());
    let stored = stored.and_then(|account| Some((account, state.as_ref()?.account(account).ok()??)));
    let held =
        stored.and_then(|(account, stored)| Held::from_stored(stored, &config.trust.cloud_keys, account, &*vault).ok());
    let kept = account.as_ref().zip(state.as_ref());
    let kept = kept.map_or_else(Kept::default, |(account, state)| kept::stored(state, account));
    let view = AccountView {
        account,
        believed: held.map(|held| held.believed),
        answered: false,
    };
    let journal = JournalDb::peek(&config.folder).map_err(failed)?;
    let ours = |journal: &JournalDb| {
        let owner = journal.installation().ok().flatten();
        owner.is_some() && owner == vault.read(super::INSTALLATION).ok().flatten()
    };
    let rows = journal.filter(ours).and_then(|journal| journal.rows().ok());
    let purchases = rows.map_or_else(|| Ok(BTreeMap::new()), journal::purchases_of)?;
    let look = TrustedClock::load(clock, vault).look();
    Ok(project(&Known {
        account: &view,
        purchases: &purchases,
        portal: &PortalWords::default(),
        kept: &kept,
        now: look.now,
        clock_suspect: look.suspect,
        utc_offset_s: look.utc_offset_s,
    }))
}
