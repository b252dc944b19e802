//! The one tokio runtime of the process: two named threads, started by the first `open_care` and never stopped.
//!
//! Both helpers hand a future to it, so that whoever awaits only waits. A panic in it goes on in the awaiting call, without its
//! words, and UniFFI turns it into its internal error.

use crate::panics;
use std::future::Future;
use std::sync::OnceLock;
use tapo_care::CareError;
use tapo_care::error::Problem;
use tokio::runtime::{Builder, Handle, Runtime};
use tokio::task::{AbortHandle, JoinError};

/// The store, the cloud and timers are waited for, not computed: two threads are enough, and one slow port stalls no other.
const WORKERS: usize = 2;

/// The runtime's handle.
///
/// # Errors
/// [`CareError::Busy`] where the system gives no threads; a later call tries again.
pub(crate) fn handle() -> Result<Handle, CareError> {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    if let Some(runtime) = RUNTIME.get() {
        return Ok(runtime.handle().clone());
    }
    let runtime = Builder::new_multi_thread()
        .worker_threads(WORKERS)
        .thread_name("tapo-care")
        .enable_all()
        .build()
        .map_err(|error| CareError::Busy(Problem::new("open", "no_threads").id(error.kind().to_string())))?;
    // Where two calls race, one runtime is kept and the other's idle threads end.
    Ok(RUNTIME.get_or_init(|| runtime).handle().clone())
}

/// Runs `work` to its end, also when the caller is gone.
pub(crate) async fn detached<T: Send + 'static>(on: &Handle, work: impl Future<Output = T> + Send + 'static) -> T {
    value(on.spawn(work).await)
}

/// Runs `work` as long as somebody awaits it.
pub(crate) async fn scoped<T: Send + 'static>(on: &Handle, work: impl Future<Output = T> + Send + 'static) -> T {
    let task = on.spawn(work);
    let _ends_with_the_caller = AbortOnDrop(task.abort_handle());
    value(task.await)
}

/// What a task gave; a panic in it goes on here.
pub(crate) fn value<T>(ended: Result<T, JoinError>) -> T {
    match ended.map_err(JoinError::try_into_panic) {
        Ok(value) => value,
        Err(Ok(_)) => panics::go_on(),
        // The runtime never stops, and whoever aborts a task no longer awaits it.
        Err(Err(_)) => unreachable!("an awaited task was aborted"),
    }
}

/// Aborts a task once nobody awaits it.
pub(crate) struct AbortOnDrop(pub AbortHandle);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::task::Poll;
    use tokio::sync::oneshot;

    /// Polls once and drops, as a caller does that changes its mind.
    fn begin_and_leave<T>(call: impl Future<Output = T>) {
        let waker = std::task::Waker::noop();
        let mut call = Box::pin(call);
        let polled = call.as_mut().poll(&mut std::task::Context::from_waker(waker));
        assert!(matches!(polled, Poll::Pending));
    }

    #[test]
    fn what_changes_something_outlives_its_caller() {
        let (done, heard) = oneshot::channel();
        let (go, gate) = oneshot::channel::<()>();
        begin_and_leave(detached(&handle().unwrap(), async move {
            gate.await.unwrap();
            done.send("done").unwrap();
        }));
        go.send(()).unwrap();
        assert_eq!(heard.blocking_recv(), Ok("done"));
    }

    #[test]
    fn what_only_reads_ends_with_its_caller() {
        let (done, heard) = oneshot::channel::<()>();
        let (_go, gate) = oneshot::channel::<()>();
        begin_and_leave(scoped(&handle().unwrap(), async move {
            gate.await.unwrap();
            done.send(()).unwrap();
        }));
        assert!(heard.blocking_recv().is_err(), "dropped, not finished");
    }

    #[test]
    fn a_call_runs_on_a_thread_of_the_runtime_and_its_panic_reaches_the_caller() {
        let runtime = handle().unwrap();
        let name = runtime.block_on(detached(&runtime, async {
            std::thread::current().name().map(str::to_owned)
        }));
        assert_eq!(name.as_deref(), Some("tapo-care"));
        let on = runtime.clone();
        let panicked = std::thread::spawn(move || on.clone().block_on(detached(&on, async { panic!("told") })));
        assert!(panicked.join().is_err());
    }
}
