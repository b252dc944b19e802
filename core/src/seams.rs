//! What a test replaces: transport, timer, entropy, disk and spawner. The product has one of each; the core has no other
//! way to reach the network, wait, roll a die, touch a file or start a task, so that one seed gives one run.

use async_trait::async_trait;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use thiserror::Error;
use tokio::sync::oneshot;

/// A boxed future that a spawner or timer takes or gives.
pub type BoxFuture = Pin<Box<dyn Future<Output = ()> + Send + 'static>>;

/// Carries one HTTP exchange.
#[async_trait]
pub trait Transport: Send + Sync + 'static {
    /// Sends and reads the whole answer, at most `request.answer_limit` bytes of it.
    ///
    /// # Errors
    /// No whole answer came; whether the request was applied is unknown.
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError>;
}

/// A request, ready to go.
#[derive(Clone)]
pub struct HttpRequest {
    /// `GET`, `POST`, `PUT`, `DELETE`.
    pub method: &'static str,
    /// Scheme, host, path and query.
    pub url: String,
    /// Lower-case names.
    pub headers: Vec<(&'static str, String)>,
    /// Empty where there is none.
    pub body: Vec<u8>,
    /// A longer answer is refused unread.
    pub answer_limit: usize,
}

impl std::fmt::Debug for HttpRequest {
    /// Headers carry tokens and bodies receipts: neither is printed.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HttpRequest")
            .field("method", &self.method)
            .finish_non_exhaustive()
    }
}

/// An answer, whole.
#[derive(Clone)]
pub struct HttpResponse {
    /// The status code.
    pub status: u16,
    /// Lower-case names.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl std::fmt::Debug for HttpResponse {
    /// A body may carry a token or a name: it is not printed.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HttpResponse")
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

impl HttpResponse {
    /// The first header of that (lower-case) name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }
}

/// Why no whole answer came.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TransportError {
    /// The other side was not reached, or the answer broke off.
    #[error("no answer: {0}")]
    NoAnswer(String),
    /// The answer was longer than asked for.
    #[error("the answer is too large")]
    TooLarge,
}

/// Waits.
pub trait Timer: Send + Sync + 'static {
    /// A future that is ready after `delay`.
    fn sleep(&self, delay: Duration) -> BoxFuture;
}

/// The only source of chance: nonces, ids, jitter.
pub trait Entropy: Send + Sync + 'static {
    /// Fills `bytes`.
    fn fill(&self, bytes: &mut [u8]);
}

impl dyn Entropy {
    /// A random UUID (version 4).
    pub fn uuid(&self) -> uuid::Uuid {
        let mut bytes = [0; 16];
        self.fill(&mut bytes);
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    }

    /// A number below `bound`, near enough uniform for jitter; 0 for a bound of 0.
    pub fn below(&self, bound: u64) -> u64 {
        let mut bytes = [0; 8];
        self.fill(&mut bytes);
        u64::from_le_bytes(bytes).checked_rem(bound).unwrap_or(0)
    }
}

/// Runs blocking work on files: on a thread of its own, or inline.
pub trait Disk: Send + Sync + 'static {
    /// Runs the job once, in the order given. A job given after another runs after it.
    fn run(&self, job: Box<dyn FnOnce() + Send>);
}

/// Runs `job` on the disk and awaits what it gives. The job runs to its end also when the caller is dropped.
///
/// # Errors
/// The disk is gone: its thread has ended.
pub async fn on_disk<T: Send + 'static>(
    disk: &Arc<dyn Disk>,
    job: impl FnOnce() -> T + Send + 'static,
) -> Result<T, DiskGone> {
    let (sender, receiver) = oneshot::channel();
    disk.run(Box::new(move || {
        // A caller that went away does not undo what was written.
        let _ = sender.send(job());
    }));
    receiver.await.map_err(|_| DiskGone)
}

/// The disk's thread has ended, so nothing more can be written.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the disk thread has ended")]
pub struct DiskGone;

/// Starts a task that runs by itself.
pub trait Spawner: Send + Sync + 'static {
    /// Runs `task` to its end.
    fn spawn(&self, task: BoxFuture);
}

/// All seams together.
#[derive(Clone)]
pub struct Seams {
    /// HTTP.
    pub transport: Arc<dyn Transport>,
    /// Waiting.
    pub timer: Arc<dyn Timer>,
    /// Chance.
    pub entropy: Arc<dyn Entropy>,
    /// Files.
    pub disk: Arc<dyn Disk>,
    /// Tasks.
    pub spawner: Arc<dyn Spawner>,
}

mod real;
pub use real::{DiskThread, HttpTransport, SystemEntropy, TokioSpawner, TokioTimer};

/// Runs disk jobs where they are called: for a simulation on paused time.
#[derive(Debug, Default)]
pub struct InlineDisk;

impl Disk for InlineDisk {
    fn run(&self, job: Box<dyn FnOnce() + Send>) {
        job();
    }
}
