//! `care`: the desktop shell over the same core as the phones, on a sandbox of its own or on one elsewhere.
//!
//! - `args` what can be typed · `shell` opening · `state` the folder · `world` the sandbox, embedded or elsewhere
//! - `ports` what the core is given · `trace` its log and the kill switch of the crash tests
//! - `commands` one file each · `demo` the story · `scenario` stories as data · `words` what is said, in the language of --locale · `output`, `failure`

mod args;
mod commands;
mod demo;
mod failure;
mod output;
mod ports;
mod scenario;
mod shell;
mod state;
mod trace;
mod words;
mod world;

use args::{Arguments, Colour};
use clap::Parser;
use clap::error::ErrorKind;
use failure::{Failure, WRONG_USAGE};
use output::Output;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return typed_wrongly(&error),
    };
    let output = Output::new(arguments.global.json, arguments.global.color);
    // The story is told in English, and what the core says in it too.
    let in_english = matches!(arguments.command, None | Some(args::Command::Demo));
    match words::speak(if in_english { "en" } else { &arguments.global.locale }) {
        Ok(other) => other.into_iter().for_each(|sentence| output.note(sentence)),
        Err(error) => output.note(error.to_string()),
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    let result = match runtime {
        Ok(runtime) => {
            let result = runtime.block_on(commands::run(arguments, output));
            // A call that waits for an answer does not keep the process.
            runtime.shutdown_background();
            result
        }
        Err(error) => Err(Failure::refused(
            "no_runtime",
            format!("No threads could be started: {error}."),
        )),
    };
    match result {
        Ok(code) => ExitCode::from(code),
        Err(failure) => {
            output.failure(&failure);
            ExitCode::from(failure.exit_code())
        }
    }
}

/// Help and version go to stdout; anything else is wrong usage: a sentence, as a document where JSON was asked for.
fn typed_wrongly(error: &clap::Error) -> ExitCode {
    let asked_for = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    if !asked_for && std::env::args_os().any(|argument| argument == "--json") {
        let text = error.render().to_string();
        let said = text
            .split("\n\nUsage:")
            .next()
            .unwrap_or(&text)
            .trim_start_matches("error: ");
        let sentence = said.split_whitespace().collect::<Vec<_>>().join(" ");
        Output::new(true, Colour::Never).failure(&Failure::Usage(sentence));
        return ExitCode::from(WRONG_USAGE);
    }
    // A reader that has gone is no error.
    let _ = error.print();
    if asked_for {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(WRONG_USAGE)
    }
}
