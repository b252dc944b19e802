//! How work runs: `detached` outlives its caller, everything else ends with it; and no port may keep the core waiting.

use crate::error::{CareError, Problem, Retry, UserAction};
use crate::ports::{LogLevel, LogLine, Ports, StoreError};
use crate::seams::Seams;
use std::future::Future;
use std::time::Duration;
use tokio::sync::oneshot;

/// How long any port but the payment sheet may take.
pub(crate) const PORT_DEADLINE: Duration = Duration::from_secs(20);

/// The ports and seams, and the few ways in which the core uses them.
#[derive(Clone)]
pub(crate) struct Platform {
    pub ports: Ports,
    pub seams: Seams,
}

/// A port did not answer in time. What it was asked for may still happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Late;

/// The task that should have answered is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Gone;

impl Platform {
    /// Writes down a step. The detail must be redacted already.
    pub fn log(&self, event: &str, detail: impl Into<String>) {
        self.write(LogLevel::Info, event, detail.into());
    }

    /// Writes down what should not have been, and what the core lives with. The detail must be redacted already.
    pub fn warn(&self, event: &str, detail: impl Into<String>) {
        self.write(LogLevel::Warn, event, detail.into());
    }

    fn write(&self, level: LogLevel, event: &str, detail: String) {
        let event = event.to_owned();
        self.ports.log.line(LogLine { level, event, detail });
    }

    /// Awaits `answer` for at most `deadline`.
    pub async fn within<T>(&self, deadline: Duration, answer: impl Future<Output = T>) -> Result<T, Late> {
        let late = self.seams.timer.sleep(deadline);
        tokio::select! {
            biased;
            value = answer => Ok(value),
            () = late => Err(Late),
        }
    }

    /// Awaits the store for at most its deadline: silence and "cannot be reached" are the same word to the user.
    pub async fn ask_store<T>(
        &self,
        operation: &str,
        answer: impl Future<Output = Result<T, StoreError>>,
    ) -> Result<T, CareError> {
        match self.within(PORT_DEADLINE, answer).await {
            Ok(Ok(value)) => Ok(value),
            Ok(Err(_)) | Err(Late) => Err(CareError::TryAgain(
                Problem::new(operation, "store_unreachable")
                    .retry(Retry::After(5))
                    .action(UserAction::CheckInternet),
            )),
        }
    }

    /// Runs `task` to its end, whatever becomes of the caller: for everything about money.
    pub async fn detached<T: Send + 'static>(&self, task: impl Future<Output = T> + Send + 'static) -> Result<T, Gone> {
        let (sender, receiver) = oneshot::channel();
        self.seams.spawner.spawn(Box::pin(async move {
            // A caller that went away does not stop the work.
            let _ = sender.send(task.await);
        }));
        receiver.await.map_err(|_| Gone)
    }
}
