//! What `cargo xtask size` links: a library through which all of `Care` can be reached, and nothing else.
#![allow(improper_ctypes_definitions)]

use std::{future::Future, pin::Pin, time::Duration};
use tapo_care::{Care, Config, SubscribeRequest, ports::Ports, seams::Seams};

type Work = Pin<Box<dyn Future<Output = ()>>>;

/// Never called: it only has to be there, so that the linker keeps what a foreign library would reach.
#[unsafe(no_mangle)]
pub extern "C" fn tapo_care_size_probe(given: Box<(Config, Ports, tokio::runtime::Handle)>) -> *mut Work {
    let (config, ports, runtime) = *given;
    let work: Work = Box::pin(async move {
        let Ok(care) = Care::open(config, ports, Seams::real(runtime)).await else { return };
        let _ = care.sign_in("a".into()).await;
        let _ = care.plans().await;
        let request = SubscribeRequest { plan: "p".into(), cameras: vec![], confirmation: None };
        let _ = care.subscribe(request).await;
        let _ = care.changes().next().await;
        if let Some(outcome) = care.outcomes().next().await {
            let _ = care.outcomes().handled(&outcome.id).await;
        }
        let _ = care.select_cameras("s".into(), vec![]).await;
        let _ = care.start_trial("c".into()).await;
        let _ = care.refresh().await;
        let _ = care.restore(None).await;
        let _ = care.on_store_transactions(vec![]).await;
        let _ = care.sweep(Duration::from_secs(1)).await;
        let _ = (care.snapshot(), care.receipts());
        let _ = (care.suspend().await, care.resume().await);
        let _ = care.sign_out().await;
        care.close().await;
    });
    Box::into_raw(Box::new(work))
}
