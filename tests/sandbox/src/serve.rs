//! Both routers on their sockets, until told to stop.
use std::future::Future;
use std::net::TcpListener;
use std::time::Duration;

use axum::Router;
use tokio::sync::watch;

use crate::{Sandbox, SandboxError};

/// How long a call under way may still take once the end was asked for.
const PATIENCE: Duration = Duration::from_secs(2);

/// Serves a world on two listeners until `shutdown` is done; calls under way are answered first.
///
/// # Errors
/// A listener cannot be used.
pub async fn serve(
    sandbox: Sandbox,
    public: TcpListener,
    control: TcpListener,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), SandboxError> {
    let (stop, stopped) = watch::channel(false);
    let public = listen(public, sandbox.public_router(), stopped.clone())?;
    let control = listen(control, sandbox.control_router(), stopped)?;
    let served = async { tokio::try_join!(public, control).map(|_| ()) };
    tokio::pin!(served);
    tokio::select! {
        biased;
        ended = &mut served => return ended,
        () = shutdown => {}
    }
    // Nobody listening to the channel any more means both servers have ended.
    let _ = stop.send(true);
    tokio::time::timeout(PATIENCE, served).await.unwrap_or(Ok(()))
}

fn listen(
    listener: TcpListener,
    router: Router,
    mut stopped: watch::Receiver<bool>,
) -> Result<impl Future<Output = Result<(), SandboxError>>, SandboxError> {
    listener.set_nonblocking(true)?;
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let server = axum::serve(listener, router).with_graceful_shutdown(async move {
        // An error here means the sender is gone, which is an end as well.
        let _ = stopped.wait_for(|stop| *stop).await;
    });
    Ok(async move { server.await.map_err(SandboxError::from) })
}
