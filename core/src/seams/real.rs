//! The product's seams: reqwest, tokio's clock, the system's entropy, one disk thread, a tokio handle.

use super::{BoxFuture, Disk, Entropy, HttpRequest, HttpResponse, Seams, Spawner, Timer, Transport, TransportError};
use async_trait::async_trait;
use once_cell::sync::OnceCell;
use ring::rand::{SecureRandom, SystemRandom};
use std::sync::{Arc, mpsc};
use std::time::Duration;

impl Seams {
    /// The product's seams over a tokio runtime, which the shell owns.
    pub fn real(runtime: tokio::runtime::Handle) -> Self {
        Self {
            transport: Arc::new(HttpTransport::default()),
            timer: Arc::new(TokioTimer),
            entropy: Arc::new(SystemEntropy::default()),
            disk: Arc::new(DiskThread::default()),
            spawner: Arc::new(TokioSpawner(runtime)),
        }
    }
}

/// HTTP by reqwest. The client costs milliseconds to build, so it is built at the first request.
#[derive(Debug, Default)]
pub struct HttpTransport {
    client: OnceCell<reqwest::Client>,
}

impl HttpTransport {
    fn client(&self) -> Result<&reqwest::Client, TransportError> {
        self.client.get_or_try_init(|| {
            // A second install is refused and harmless: the provider is the same.
            let _ = rustls::crypto::ring::default_provider().install_default();
            reqwest::Client::builder()
                .redirect(reqwest::redirect::Policy::none())
                .build()
                .map_err(|error| TransportError::NoAnswer(error.without_url().to_string()))
        })
    }
}

#[async_trait]
impl Transport for HttpTransport {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let lost = |error: reqwest::Error| TransportError::NoAnswer(error.without_url().to_string());
        let method = match request.method {
            "GET" => reqwest::Method::GET,
            "POST" => reqwest::Method::POST,
            "PUT" => reqwest::Method::PUT,
            "DELETE" => reqwest::Method::DELETE,
            other => return Err(TransportError::NoAnswer(format!("no such method: {other}"))),
        };
        let mut builder = self.client()?.request(method, &request.url).body(request.body);
        for (name, value) in &request.headers {
            builder = builder.header(*name, value);
        }
        let mut response = builder.send().await.map_err(lost)?;
        let status = response.status().as_u16();
        let headers = response
            .headers()
            .iter()
            .filter_map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned())))
            .collect();
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(lost)? {
            if body.len() + chunk.len() > request.answer_limit {
                return Err(TransportError::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(HttpResponse { status, headers, body })
    }
}

/// Waits on tokio's clock, which a test may pause.
#[derive(Debug, Default)]
pub struct TokioTimer;

impl Timer for TokioTimer {
    fn sleep(&self, delay: Duration) -> BoxFuture {
        Box::pin(tokio::time::sleep(delay))
    }
}

/// The operating system's random numbers.
#[derive(Debug)]
pub struct SystemEntropy(SystemRandom);

impl Default for SystemEntropy {
    fn default() -> Self {
        Self(SystemRandom::new())
    }
}

impl Entropy for SystemEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        // The call fails only where the system has no random numbers at all; ids then collide with nothing but themselves.
        let _ = self.0.fill(bytes);
    }
}

/// One thread that does all blocking file work, in order. It ends when the disk is dropped.
#[derive(Debug)]
pub struct DiskThread {
    jobs: mpsc::Sender<Box<dyn FnOnce() + Send>>,
}

impl Default for DiskThread {
    fn default() -> Self {
        let (jobs, queue) = mpsc::channel::<Box<dyn FnOnce() + Send>>();
        let work = move || {
            while let Ok(job) = queue.recv() {
                job();
            }
        };
        // A thread that cannot start leaves a closed channel: every job then answers `DiskGone`.
        let _ = std::thread::Builder::new().name("care-disk".into()).spawn(work);
        Self { jobs }
    }
}

impl Disk for DiskThread {
    fn run(&self, job: Box<dyn FnOnce() + Send>) {
        let _ = self.jobs.send(job);
    }
}

/// Spawns on a runtime that the shell owns.
#[derive(Debug, Clone)]
pub struct TokioSpawner(pub tokio::runtime::Handle);

impl Spawner for TokioSpawner {
    fn spawn(&self, task: BoxFuture) {
        self.0.spawn(task);
    }
}
