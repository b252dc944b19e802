//! Pulling, never pushing: `changes` is conflated and shows the current snapshot first, `outcomes` repeats each until handled.
//!
//! Both end with `end`: `close` is taken in Kotlin, where it gives up the handle of any object.

use crate::runtime::{AbortOnDrop, detached, scoped, value};
use std::sync::Arc;
use tapo_care::snapshot::Snapshot;
use tapo_care::{CareError, Outcome};
use tokio::runtime::Handle;
use tokio::sync::Mutex;
use tokio::task::JoinHandle;

/// Snapshots as they change. Every reader sees the newest; what nobody read in between is skipped.
#[derive(uniffi::Object)]
pub struct Changes {
    core: Arc<tapo_care::Changes>,
    runtime: Handle,
    /// The wait in progress. It belongs to the stream and not to a caller: a caller that is cancelled just as a snapshot
    /// comes leaves it for the next one.
    waiting: Mutex<Option<(JoinHandle<Option<Snapshot>>, AbortOnDrop)>>,
}

impl Changes {
    pub(crate) fn new(core: tapo_care::Changes, runtime: Handle) -> Self {
        Self {
            core: Arc::new(core),
            runtime,
            waiting: Mutex::new(None),
        }
    }
}

#[uniffi::export]
impl Changes {
    /// The current snapshot first, then each time it differs from the last one given, also when only time has passed: a
    /// plan that ends, a lease that runs out, a day less of a trial. `None` after the end. Cancelling loses nothing.
    pub async fn next(&self) -> Option<Snapshot> {
        let mut waiting = self.waiting.lock().await;
        let (task, _) = waiting.get_or_insert_with(|| {
            let core = Arc::clone(&self.core);
            let task = self.runtime.spawn(async move { core.next().await });
            let until_the_stream_is_dropped = AbortOnDrop(task.abort_handle());
            (task, until_the_stream_is_dropped)
        });
        let ended = task.await;
        *waiting = None;
        value(ended)
    }

    /// Ends this stream: a waiting `next` gives `None`.
    pub fn end(&self) {
        self.core.close();
    }
}

/// How purchases ended, in order. The same one comes until it is handled.
#[derive(uniffi::Object)]
pub struct Outcomes {
    core: Arc<tapo_care::Outcomes>,
    runtime: Handle,
}

impl Outcomes {
    pub(crate) fn new(core: tapo_care::Outcomes, runtime: Handle) -> Self {
        Self {
            core: Arc::new(core),
            runtime,
        }
    }
}

#[uniffi::export]
impl Outcomes {
    /// The first outcome of the signed-in account that is not handled yet; waits for one. `None` after the end.
    pub async fn next(&self) -> Option<Outcome> {
        let core = Arc::clone(&self.core);
        scoped(&self.runtime, async move { core.next().await }).await
    }

    /// Remembers durably that the outcome was handled: the next one comes.
    ///
    /// # Errors
    /// [`CareError::Storage`]; then the same one comes again.
    pub async fn handled(&self, id: String) -> Result<(), CareError> {
        let core = Arc::clone(&self.core);
        detached(&self.runtime, async move { core.handled(&id).await }).await
    }

    /// Ends this stream: a waiting `next` gives `None`.
    pub fn end(&self) {
        self.core.close();
    }
}
