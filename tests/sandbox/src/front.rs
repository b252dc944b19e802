//! From HTTP to the world and back: reads a call whole, lets the fault plan at it, and answers or breaks off.
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use http::{Request, Response, StatusCode};
use serde_json::Value;

use crate::call::{Answer, Call, malformed, nothing_here};
use crate::faults::{Harm, Suffered, error_answer, error_is_signed, garbage};
use crate::sandbox::Sandbox;
use crate::world::World;
use crate::{cloud, control as controls, play, store};

/// Paths are matched on the whole call further in, because the fault plan and the signature are about the call, not the route.
pub(crate) fn public(sandbox: Sandbox) -> Router {
    Router::new().fallback(move |request: Request<Body>| {
        let sandbox = sandbox.clone();
        async move { serve_public(&sandbox, request).await }
    })
}

pub(crate) fn control(sandbox: Sandbox) -> Router {
    Router::new().fallback(move |request: Request<Body>| {
        let sandbox = sandbox.clone();
        async move {
            let Some(call) = Call::read(request).await else {
                return unreadable().into_response();
            };
            sandbox
                .change(|world| world.overhear(&call, controls::answer))
                .unwrap_or_else(|_| internal())
                .into_response()
        }
    })
}

async fn serve_public(sandbox: &Sandbox, request: Request<Body>) -> Response<Body> {
    let Some(call) = Call::read(request).await else {
        return unreadable().into_response();
    };
    // A fault that strikes is drawn apart from the call itself: a latency must not keep the world locked.
    let first = sandbox.change(|world| match strike(world, &call) {
        None => First::Answered(world.overhear(&call, ask), std::mem::take(&mut world.wait_ms)),
        Some(suffered) => First::Struck(suffered),
    });
    let suffered = match first {
        Ok(First::Answered(answer, wait_ms)) => {
            wait(wait_ms).await;
            return answer.into_response();
        }
        Ok(First::Struck(suffered)) => suffered,
        Err(_) => return internal().into_response(),
    };
    wait(suffered.wait_ms).await;

    match suffered.harm {
        Some(Harm::Down) => return broken(),
        Some(Harm::Error { status, wait_ms }) => {
            let answer = error_answer(&call, status, wait_ms);
            if call.segments().first() != Some(&"v1") || !error_is_signed(status) {
                return answer.into_response();
            }
            return sandbox
                .change(|world| cloud::sign(world, &call, answer))
                .unwrap_or_else(|_| internal())
                .into_response();
        }
        _ => {}
    }

    let Ok((answer, wait_ms)) = sandbox.change(|world| {
        let answer = world.overhear(&call, ask);
        (answer, std::mem::take(&mut world.wait_ms))
    }) else {
        return internal().into_response();
    };
    wait(wait_ms).await;
    match suffered.harm {
        Some(Harm::Lost) => broken(),
        Some(Harm::Garbage) => garbage().into_response(),
        _ => answer.into_response(),
    }
}

enum First {
    /// With the real time still to be waited.
    Answered(Answer, u64),
    Struck(Suffered),
}

/// What the fault plan has for this call; none where it has nothing.
fn strike(world: &mut World, call: &Call) -> Option<Suffered> {
    let suffered = world.strike(call);
    (suffered.wait_ms > 0 || suffered.harm.is_some()).then_some(suffered)
}

fn ask(world: &mut World, call: &Call) -> Answer {
    match call.segments().first() {
        Some(&"v1") => cloud::answer(world, call),
        Some(&"session") => cloud::session(world, call),
        Some(&"notifications") => cloud::notified(world, call),
        Some(&"device") if call.segments().get(2) == Some(&"play") => play::device(world, call),
        Some(&"device") => store::device(world, call),
        Some(&"app-store" | &"app-store-sandbox") => store::server_api(world, call),
        Some(&"play") => play::publisher(world, call),
        _ => nothing_here(),
    }
}

async fn wait(ms: u64) {
    if ms > 0 {
        tokio::time::sleep(Duration::from_millis(ms)).await;
    }
}

/// An answer whose body breaks off at once: over HTTP the connection ends, in process the body is an error.
fn broken() -> Response<Body> {
    let reset = std::io::Error::from(std::io::ErrorKind::ConnectionReset);
    Response::new(Body::from_stream(futures_util::stream::iter([Err::<Bytes, _>(reset)])))
}

fn unreadable() -> Answer {
    malformed("The request could not be read")
}

/// The world's file could not be kept: nothing was applied, and nobody may believe it was.
fn internal() -> Answer {
    Answer::problem(
        StatusCode::INTERNAL_SERVER_ERROR,
        "internal",
        "The world's file could not be kept",
        Value::Null,
    )
}
