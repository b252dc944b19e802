//! The commands, one file each, and which one was asked for.

mod account;
mod cameras;
mod explain;
mod outcome;
mod plans;
mod planted;
mod purchases;
mod restore;
pub mod rows;
mod run;
mod sandbox;
mod status;
mod stores;
mod subscribe;
mod trial;
mod verify;

use crate::args::{Arguments, Command, Sheet, Stores};
use crate::demo;
use crate::failure::Failure;
use crate::output::Output;
use crate::shell::{Running, Shell};
use clap::CommandFactory;
use std::io::{IsTerminal, Write};
use tapo_care::error::{CareError, Confirmation};

/// Runs what was asked for and gives the exit code.
///
/// # Errors
/// See [`Failure`].
pub async fn run(arguments: Arguments, output: Output) -> Result<u8, Failure> {
    let Arguments { global, command } = arguments;
    if global.stores == Some(Stores::Both) && !matches!(command, Some(Command::Run(_))) {
        return Err(Failure::Usage(
            "--store both is for `care run`; a phone has one store, app-store or play.".to_owned(),
        ));
    }
    let shell = || Shell::prepare(&global, output);
    match command.unwrap_or(Command::Demo) {
        Command::Demo => demo::run(&global, output).await,
        Command::Completions { shell } => {
            clap_complete::generate(shell, &mut Arguments::command(), "care", &mut std::io::stdout());
            Ok(0)
        }
        Command::Verify(wish) => verify::run(&wish, &global, output),
        Command::SignIn { name } => account::sign_in(&shell()?, &name).await,
        Command::SignOut => account::sign_out(&shell()?).await,
        Command::Erase { yes } => account::erase(&shell()?, yes).await,
        Command::Plans => plans::run(&shell()?).await,
        Command::Subscribe(wish) => subscribe::run(&shell()?, wish).await,
        Command::Status { peek: true, .. } => status::peek(&shell()?),
        Command::Status { watch: false, .. } => status::run(&shell()?).await,
        Command::Status { watch: true, .. } => status::watch(&shell()?).await,
        Command::Cameras(wish) => cameras::run(&shell()?, wish).await,
        Command::Trial { action } => trial::run(&shell()?, action).await,
        Command::Purchases(wish) => purchases::run(&shell()?, wish).await,
        Command::Restore { yes } => restore::run(&shell()?, yes).await,
        Command::Explain { camera } => explain::run(&shell()?, &camera).await,
        Command::Run(wish) => tokio::task::block_in_place(|| run::run(&global, output, &wish)),
        Command::Sandbox(what) => sandbox::run(&shell()?, what).await,
    }
}

/// Runs `work` on a core that carried on, and closes it whatever comes of it.
async fn with_core<T>(shell: &Shell, work: impl AsyncFnOnce(&Running) -> Result<T, Failure>) -> Result<T, Failure> {
    with_sheet(shell, Sheet::Pay, work).await
}

/// The same, with somebody in front of the payment sheet.
async fn with_sheet<T>(
    shell: &Shell,
    sheet: Sheet,
    work: impl AsyncFnOnce(&Running) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let running = shell.carry_on(sheet).await?;
    let result = work(&running).await;
    running.care.close().await;
    result
}

/// Asks, and once more with the token of a yes where the core wants one.
///
/// # Errors
/// It is refused, or the yes is missing.
async fn with_yes<T>(
    output: Output,
    yes: bool,
    ask: impl AsyncFn(Option<String>) -> Result<T, CareError>,
) -> Result<T, Failure> {
    match ask(None).await {
        Err(error @ CareError::ConfirmationNeeded(_)) => Ok(ask(Some(ask_for_yes(output, yes, error)?)).await?),
        asked => Ok(asked?),
    }
}

/// The token of a yes: with `--yes`, or asked for on a terminal; the error itself where nobody can be asked.
fn ask_for_yes(output: Output, yes: bool, error: CareError) -> Result<String, Failure> {
    let asked = match &error {
        CareError::ConfirmationNeeded(asked) => asked.clone(),
        _ => return Err(error.into()),
    };
    if yes {
        return Ok(asked.token);
    }
    let can_be_asked = !output.json && std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    if !can_be_asked {
        return Err(error.into());
    }
    if says_yes(output, &asked) {
        return Ok(asked.token);
    }
    output.note(crate::words::line("nothing-was-done"));
    Err(Failure::Said(1))
}

fn says_yes(output: Output, asked: &Confirmation) -> bool {
    for fact in &asked.facts {
        output.note(crate::words::say(fact));
    }
    // The question stays on its line; a terminal that cannot be written asks nobody.
    let _ = write!(
        std::io::stderr(),
        "{} [y/N] ",
        crate::words::say(&asked.problem.message)
    );
    let _ = std::io::stderr().flush();
    let mut answer = String::new();
    let read = std::io::stdin().read_line(&mut answer).is_ok();
    read && matches!(answer.trim().to_ascii_lowercase().as_str(), "y" | "yes")
}
