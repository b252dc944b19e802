//! `uniffi-bindgen`: the Kotlin, Swift and Python sides of the foreign library, generated from the library itself.

mod swift;

use anyhow::Result;
use camino::Utf8PathBuf;
use clap::{Parser, Subcommand, ValueEnum};
use std::io::Write as _;
use uniffi_bindgen::bindings::{GenerateOptions, TargetLanguage, generate};

const EXAMPLES: &str = "Examples:
  cargo build -p tapo-care-ffi
  cargo run -p tapo-care-bindgen -- generate --library target/debug/libtapo_care_ffi.so --language kotlin --out-dir target/kotlin
  cargo run -p tapo-care-bindgen -- api --library target/debug/libtapo_care_ffi.so > bindings/api.txt

Generate from the unstripped library: stripping takes what this reads.";

/// Writes the bindings of tapo-care-ffi, and its exported API.
#[derive(Parser)]
#[command(name = "uniffi-bindgen", version, after_help = EXAMPLES)]
struct Options {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Generate one language's side. Run it inside the workspace: the names are in `bindings/ffi/uniffi.toml`.
    Generate {
        /// The built library, unstripped.
        #[arg(long, value_name = "FILE")]
        library: Utf8PathBuf,
        /// For which language.
        #[arg(long)]
        language: Language,
        /// Where to; made if it is not there.
        #[arg(long, value_name = "DIR")]
        out_dir: Utf8PathBuf,
    },
    /// Print what the library exports, as `bindings/api.txt` has it.
    Api {
        /// The built library, unstripped.
        #[arg(long, value_name = "FILE")]
        library: Utf8PathBuf,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum Language {
    Kotlin,
    Swift,
    Python,
}

fn main() -> Result<()> {
    match Options::parse().command {
        Command::Generate {
            library,
            language,
            out_dir,
        } => {
            generate(GenerateOptions {
                languages: vec![match language {
                    Language::Kotlin => TargetLanguage::Kotlin,
                    Language::Swift => TargetLanguage::Swift,
                    Language::Python => TargetLanguage::Python,
                }],
                source: library,
                out_dir: out_dir.clone(),
                metadata_no_deps: true,
                ..GenerateOptions::default()
            })?;
            match language {
                Language::Swift => swift::let_versions_be_asked(&out_dir),
                Language::Kotlin | Language::Python => Ok(()),
            }
        }
        Command::Api { library } => {
            let text = tapo_care_bindgen::exported(&library)?;
            Ok(std::io::stdout().lock().write_all(text.as_bytes())?)
        }
    }
}
