//! The project's own commands. A person and CI type the same: `cargo xtask test`.
//!
//! `run` plays the `suites` and reads what they print (`libtest`); `rules` joins the rule book (`rulebook`) with the
//! tests that cite it (`citations`) and how they came out (`results`); `package` builds what ships (`shipped`) and `size`
//! weighs it (`ledger`); `bench` runs the benches; `fuzz` drives the fuzz targets; `simulate` plays random lives of a purchase,
//! `kill` ends its process at any instant and `corrupt` damages its databases; `phrases` prints the messages of a language.

mod bench;
mod boundary;
mod citations;
mod corrupt;
mod files;
mod fuzz;
mod junit;
mod kill;
mod ledger;
mod libtest;
mod package;
mod phrases;
mod problem;
mod results;
mod rulebook;
mod rules;
mod run;
mod shipped;
mod simulate;
mod size;
mod suites;
mod swift;
mod terminal;
mod toolchain;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The project's own commands; CI calls the same ones.
#[derive(Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    after_help = "Example:\n  cargo xtask test"
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run every test whose toolchain is there, then check the rules; the last line is `N passed, N failed`
    #[command(
        after_help = "Examples:\n  cargo xtask test\n  cargo xtask test --keep-going\n  cargo xtask test purchase::slot\n\n\
        Exit code: 0 all passed, 1 something failed, 2 wrong usage. With CI=true a missing\n\
        toolchain is a failure and nothing stops early. Results: target/xtask/results.json."
    )]
    Test {
        /// Go on with the next suite after one has failed
        #[arg(long)]
        keep_going: bool,
        /// Only tests with this in their path; format, lints and rules are not run
        filter: Option<String>,
    },
    /// Show which rules the last test run proves; fail if core/RULES.md claims more
    #[command(after_help = "Examples:\n  cargo xtask rules\n  cargo xtask rules --all\n\n\
        A test cites its rules in a line directly above its attributes:\n  // Rules: R2, X5 (cloud)\n  #[test]\n\n\
        Exit code: 0 all claims proved, 1 a claim without a passing test or an unreadable line,\n\
        2 no test run to go by.")]
    Rules {
        /// Every rule, not only the claimed ones
        #[arg(long)]
        all: bool,
    },
    /// Weigh the shipped library, by crate and by section, against the ledger in bindings/size.json
    #[command(after_help = "Examples:\n  cargo xtask size\n  cargo xtask size --enter\n\n\
        Builds tapo-care-ffi alone in the profile `dist`. Exit code: 0 as heavy as the ledger says,\n\
        1 more than 2 % heavier or over 5.5 MB, 2 without binutils (nm, strip, size).")]
    Size {
        /// Write what it weighs now into the ledger
        #[arg(long)]
        enter: bool,
    },
    /// Build the shipped library alone and lay it out as a platform takes it, under target/package
    #[command(
        after_help = "Examples:\n  cargo xtask package python\n  cargo xtask package android\n\n\
        Exit code: 0 built, 1 it did not build, 2 something it needs is not installed."
    )]
    Package {
        /// For whom
        kind: package::Kind,
    },
    /// Play random lives of a purchase, each from one seed; tell the shrunk story of one that goes wrong
    #[command(after_help = "Examples:\n  cargo xtask simulate --schedules 100000 --seed 1\n  \
        cargo xtask simulate --schedules 1 --seed 4711 --tell\n  cargo xtask simulate --planted queue_trimmed --schedules 5000\n\n\
        Exit code: 0 all went well (with --planted: the bug was found), 1 not so, 2 wrong usage.")]
    Simulate {
        /// What `care-simulation` takes: --schedules N, --seed S, --planted BUG, --tell, --whole, --keep-going, --threads N
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Print every message in a language, each plural and each word, to be read against the English
    #[command(
        after_help = "Examples:\n  cargo xtask phrases --locale ru\n  cargo xtask phrases --write\n\n\
        `--write` checks the texts in as read; core/phrases/README.md says how a message is added."
    )]
    Phrases {
        /// Which language
        #[arg(long, value_name = "L", default_value = "en", conflicts_with = "write")]
        locale: String,
        /// Write what each language says now to core/phrases/tests/read
        #[arg(long)]
        write: bool,
    },
    /// Damage a phone's databases in every way: each byte flipped, cut off, random, a disk that fails at each operation
    #[command(
        after_help = "Examples:\n  cargo xtask corrupt\n  cargo xtask corrupt --every 17 --random 500 --seed 7\n\n\
        Exit code: 0 the core opened or said in a typed error why not, with no false cover and no money lost;\n\
        1 not so, 2 wrong usage."
    )]
    Corrupt {
        /// What `care-corruption` takes: --every N, --random N, --seed S
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Kill the desktop shell in the middle of a purchase, at named points and at random instants, and look at the books
    #[command(
        after_help = "Examples:\n  cargo xtask kill\n  cargo xtask kill --rounds 200 --each 1 --seed 7\n\n\
        Exit code: 0 nothing was lost, charged or granted twice, 1 something was, 2 wrong usage. CI plays 200 rounds,\n\
        and each named point once."
    )]
    Kill {
        /// Random instants, half of them at each store
        #[arg(long, value_name = "N", default_value_t = 2000)]
        rounds: u32,
        /// How often at each named point of each store
        #[arg(long, value_name = "N", default_value_t = 20)]
        each: u32,
        /// What the instants are drawn from
        #[arg(long)]
        seed: Option<u64>,
    },
    /// Run the benches, or one of them
    #[command(after_help = "Examples:\n  cargo xtask bench\n  cargo xtask bench receipts")]
    Bench {
        /// The bench to run; all of them if not given
        name: Option<String>,
    },
    /// Fuzz what reads bytes from outside, or one target of it; needs a C++ compiler, no nightly Rust
    #[command(
        after_help = "Examples:\n  cargo xtask fuzz\n  cargo xtask fuzz jws --seconds 600\n\n\
        Targets: jws, chain, play, wire. Starts from tests/fuzz/corpus; what it finds on the way stays in\n\
        target/fuzz. Exit code: 0 nothing found, 1 an input fails, 2 wrong usage or no C++ compiler."
    )]
    Fuzz {
        /// The target; all of them if not given
        target: Option<String>,
        /// How long each target runs
        #[arg(long, value_name = "N", default_value_t = fuzz::SECONDS)]
        seconds: u32,
    },
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Test { keep_going, filter } => run::test(filter, keep_going),
        Command::Rules { all } => rules::command(all),
        Command::Size { enter } => size::size(enter),
        Command::Package { kind } => package::package(kind),
        Command::Simulate { arguments } => simulate::simulate(&arguments),
        Command::Phrases { locale, write } => phrases::phrases((!write).then_some(locale.as_str())),
        Command::Corrupt { arguments } => corrupt::corrupt(&arguments),
        Command::Kill { rounds, each, seed } => kill::kill(rounds, each, seed),
        Command::Bench { name } => bench::bench(name.as_deref()),
        Command::Fuzz { target, seconds } => fuzz::command(target.as_deref(), seconds),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            let sentence = problem.to_string();
            if !sentence.is_empty() {
                eprintln!("cargo xtask: {sentence}");
            }
            ExitCode::from(problem.exit_code())
        }
    }
}
