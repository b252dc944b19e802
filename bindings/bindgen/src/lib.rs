//! What the foreign library exports, read out of the library itself, as a text a person reviews.
//!
//! The text is checked in as `bindings/api.txt`: whoever changes what Kotlin and Swift see, changes that file too.

mod signature;

use anyhow::Result;
use camino::Utf8Path;
use std::fmt::Write as _;
use uniffi_bindgen::{BindgenLoader, BindgenPaths, GlobalConfig};
use uniffi_meta::Metadata;

/// What exists only under the feature `sandbox` says so in its name, and is left out: the text is of what ships.
const NOT_SHIPPED: &str = "sandbox";

/// The exported API of a library, sorted: functions, objects, ports, records, enums, errors, names.
///
/// # Errors
/// The file cannot be read, or holds no UniFFI metadata: it was stripped.
pub fn exported(library: &Utf8Path) -> Result<String> {
    let mut text = String::new();
    for (title, mut blocks) in signature::sections(&items(library)?) {
        blocks.sort();
        write!(text, "# {title}\n\n{}\n\n", blocks.join("\n"))?;
    }
    Ok(text.trim_end().to_owned() + "\n")
}

/// Everything exported that has no documentation, by name.
///
/// # Errors
/// As [`exported`].
pub fn undocumented(library: &Utf8Path) -> Result<Vec<String>> {
    let items = items(library)?;
    Ok(items.iter().flat_map(signature::undocumented).collect())
}

fn items(library: &Utf8Path) -> Result<Vec<Metadata>> {
    let loader = BindgenLoader::new(BindgenPaths::default(), GlobalConfig::default());
    let groups = loader.load_metadata(library)?;
    let items = groups.into_values().flat_map(|group| group.items);
    Ok(items
        .filter(|item| !signature::owner(item).to_lowercase().contains(NOT_SHIPPED))
        .collect())
}
