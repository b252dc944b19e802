//! `care-sandbox up`: a world on two sockets, for as long as it is wanted. `care-sandbox openapi`: its contract.
use std::io::Write;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use care_sandbox::{Sandbox, TrustFile, WorldOptions, openapi, serve};
use clap::{Parser, Subcommand};

const EXAMPLES: &str = "Examples:
  care-sandbox up
      A world in memory on free ports; one line of JSON says where.
  care-sandbox up --file world.db --trust trust.json
      A world that outlives the process, and the file `care --trust` reads.
  care-sandbox up --port 4010 --control-port 4011 --seed 7
      Fixed ports, another seed: other ids, other keys, the same every time.
  care-sandbox openapi care-cloud
      The Care cloud's OpenAPI document; phone, store-servers and control are the others.
  care-sandbox openapi --into tests/contract
      All of them, as they are checked in.";

/// The other side of the wire: the Care cloud and the App Store, emulated, really signing, on a virtual clock.
#[derive(Parser)]
#[command(version, after_help = EXAMPLES)]
struct Options {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve a world on 127.0.0.1 until SIGTERM or Ctrl-C; prints one line of JSON with its addresses, keys and pid.
    #[command(after_help = EXAMPLES)]
    Up(Up),
    /// Print a document of the contract as OpenAPI 3.1, or write all of them.
    #[command(after_help = EXAMPLES)]
    Openapi(Openapi),
}

#[derive(clap::Args)]
struct Openapi {
    /// Which document: care-cloud, phone, store-servers, control.
    #[arg(default_value = "care-cloud")]
    name: String,
    /// Write every document into this folder instead, each as NAME.openapi.json.
    #[arg(long, value_name = "FOLDER")]
    into: Option<PathBuf>,
}

#[derive(clap::Args)]
struct Up {
    /// Port of the public side; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Port of the control API; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    control_port: u16,
    /// Everything random comes from it; a file keeps the seed it was made with.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// SQLite file the world lives in; in memory without it.
    #[arg(long, value_name = "PATH")]
    file: Option<PathBuf>,
    /// Also write the trust file here.
    #[arg(long, value_name = "FILE")]
    trust: Option<PathBuf>,
}

type Failure = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    let done = match Options::parse().command {
        Command::Up(options) => up(options),
        Command::Openapi(options) => print_openapi(&options),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("care-sandbox: {error}");
            ExitCode::FAILURE
        }
    }
}

fn up(options: Up) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    runtime.block_on(async {
        // Listening for the signal starts before anybody is told the pid.
        let end = end_asked_for()?;
        let sandbox = Sandbox::open(WorldOptions {
            seed: options.seed,
            file: options.file,
        })?;
        let public = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port))?;
        let control = TcpListener::bind((Ipv4Addr::LOCALHOST, options.control_port))?;
        let trust = sandbox.trust(&url(&public)?, &url(&control)?);
        if let Some(path) = &options.trust {
            write_whole(path, &trust)?;
        }
        announce(&trust)?;
        Ok(serve(sandbox, public, control, end).await?)
    })
}

fn print_openapi(options: &Openapi) -> Result<(), Failure> {
    let documents = openapi();
    if let Some(folder) = &options.into {
        for document in documents {
            std::fs::write(folder.join(&document.file), document.text)?;
        }
        return Ok(());
    }
    let wanted = format!("{}.openapi.json", options.name);
    let document = documents.into_iter().find(|document| document.file == wanted);
    let document = document.ok_or_else(|| format!("there is no document `{}`", options.name))?;
    std::io::stdout().lock().write_all(document.text.as_bytes())?;
    Ok(())
}

fn url(listener: &TcpListener) -> std::io::Result<String> {
    Ok(format!("http://{}", listener.local_addr()?))
}

/// Written beside and renamed, so that nobody reads half a trust file.
fn write_whole(path: &Path, trust: &TrustFile) -> Result<(), Failure> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    std::fs::write(&beside, serde_json::to_vec_pretty(trust)?)?;
    std::fs::rename(&beside, path)?;
    Ok(())
}

fn announce(trust: &TrustFile) -> Result<(), Failure> {
    let mut line = serde_json::to_value(trust)?;
    line["pid"] = std::process::id().into();
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()?;
    Ok(())
}

#[cfg(unix)]
fn end_asked_for() -> std::io::Result<impl Future<Output = ()> + Send + 'static> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn end_asked_for() -> std::io::Result<impl Future<Output = ()> + Send + 'static> {
    Ok(async {
        // Without Ctrl-C there is nothing that ends the process cleanly; it is ended from outside.
        let _ = tokio::signal::ctrl_c().await;
    })
}
