//! The Swift package of `ios`, ready for an app: with an XCFramework, a folder of static libraries with an Info.plist, and
//! the Swift side generated from it. On a Mac the C in it is compiled by Xcode; elsewhere by zig's clang, which brings Apple's headers.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::targets;
use crate::boundary::Boundary;
use crate::files::{self, copy};
use crate::problem::Problem;
use crate::shipped;
use crate::terminal::say;
use crate::toolchain::{self, PYTHON, ZIG};
use crate::workspace::{Workspace, output};

const LIBRARY: &str = "libtapo_care_ffi.a";

/// A library of the framework: what Rust, zig and Xcode call the machine it is for.
struct Slice {
    rust: &'static str,
    zig: &'static str,
    folder: &'static str,
    simulator: bool,
}

const DEVICE: Slice = Slice {
    rust: "aarch64-apple-ios",
    zig: "aarch64-ios",
    folder: "ios-arm64",
    simulator: false,
};
const SIMULATOR: Slice = Slice {
    rust: "aarch64-apple-ios-sim",
    zig: "aarch64-ios-simulator",
    folder: "ios-arm64-simulator",
    simulator: true,
};

/// What of `ios` an app builds.
const MANIFEST: &str = "Package.swift";
const SOURCES: [&str; 2] = ["Sources/TapoCare", "Sources/TapoCareStore"];

/// Builds `TapoCareFFI.xcframework` and lays the Swift package around it.
pub fn package(workspace: &Workspace) -> Result<PathBuf, Problem> {
    let slices = here()?;
    if !cfg!(target_os = "macos") {
        toolchain::need(&[PYTHON, ZIG])?;
    }
    let folder = shipped::package_folder(workspace, "apple")?;
    let framework = folder.join("TapoCareFFI.xcframework");
    let generated = folder.join("read-out");
    let boundary = Boundary::build(workspace)?;
    for (index, slice) in slices.iter().enumerate() {
        let environment = match cfg!(target_os = "macos") {
            true => Vec::new(),
            false => zig(workspace, slice)?,
        };
        let built = shipped::build_for(workspace, slice.rust, "staticlib", &environment)?.join(LIBRARY);
        if index == 0 {
            boundary.bindings(&built, "swift", &generated)?;
        }
        let to = framework.join(slice.folder);
        copy(&built, &to.join(LIBRARY))?;
        copy(
            &generated.join("CTapoCareFFI.h"),
            &to.join("Headers").join("CTapoCareFFI.h"),
        )?;
        copy(
            &generated.join("CTapoCareFFI.modulemap"),
            &to.join("Headers").join("module.modulemap"),
        )?;
    }
    files::write(&framework.join("Info.plist"), &info(&slices))?;
    copy(
        &generated.join("TapoCareFFI.swift"),
        &folder.join("Generated").join("TapoCareFFI.swift"),
    )?;
    let package = workspace.root.join("ios");
    copy(&package.join(MANIFEST), &folder.join(MANIFEST))?;
    for source in SOURCES {
        files::copy_below(&package.join(source), &folder.join(source))?;
    }
    files::forget(&generated)?;
    Ok(folder)
}

/// The slices Rust can build here: the device's always, the simulator's where its target is installed.
fn here() -> Result<Vec<Slice>, Problem> {
    targets::need(&[DEVICE.rust])?;
    if targets::present(SIMULATOR.rust)? {
        return Ok(vec![DEVICE, SIMULATOR]);
    }
    say(&format!(
        "without a slice for the simulator: {}",
        targets::lack(&[SIMULATOR.rust])
    ));
    Ok(vec![DEVICE])
}

/// Compiles C for a slice by zig. cc-rs names machines as Apple's clang does and asks Xcode for an SDK: its own defaults
/// are switched off, and what it passes on all the same is left out.
fn zig(workspace: &Workspace, slice: &Slice) -> Result<Vec<(String, PathBuf)>, Problem> {
    let mut command = Command::new("python3");
    command.args(["-c", "import os, ziglang; print(os.path.dirname(ziglang.__file__))"]);
    let home = PathBuf::from(output(command, "python3")?.trim());
    let folder = workspace.target.join("package").join("zig").join(slice.folder);
    let (cc, ar) = (folder.join("cc"), folder.join("ar"));
    let archiver = format!("#!/bin/sh\nexec '{}' ar \"$@\"\n", home.join("zig").display());
    files::write_script(&cc, &compiler(&home, slice.zig))?;
    files::write_script(&ar, &archiver)?;
    let mut environment = targets::c_tools(slice.rust, &cc, &ar);
    environment.push(("CRATE_CC_NO_DEFAULTS".to_owned(), PathBuf::from("1")));
    Ok(environment)
}

fn compiler(home: &Path, target: &str) -> String {
    let (zig, headers) = (home.join("zig"), home.join("lib/libc/include/any-darwin-any"));
    let (zig, headers) = (zig.display(), headers.display());
    format!(
        "#!/bin/sh\n\
         # Hands everything to zig's clang but the machine and the SDK that cc-rs names.\n\
         for argument do\n\
         \x20 shift\n\
         \x20 if [ \"$skip\" ]; then skip=; continue; fi\n\
         \x20 case $argument in\n\
         \x20   --target=*|-m*-version-min=*) ;;\n\
         \x20   -isysroot|-arch|-target) skip=1 ;;\n\
         \x20   *) set -- \"$@\" \"$argument\" ;;\n\
         \x20 esac\n\
         done\n\
         exec '{zig}' cc -target {target} -isystem '{headers}' \"$@\"\n"
    )
}

/// What Xcode reads to choose a library.
fn info(slices: &[Slice]) -> String {
    let slices: String = slices.iter().map(about).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n\
         <plist version=\"1.0\">\n<dict>\n  <key>AvailableLibraries</key>\n  <array>\n{slices}  </array>\n\
         \x20 <key>CFBundlePackageType</key>\n  <string>XFWK</string>\n\
         \x20 <key>XCFrameworkFormatVersion</key>\n  <string>1.0</string>\n</dict>\n</plist>\n"
    )
}

fn about(slice: &Slice) -> String {
    let variant = match slice.simulator {
        true => "      <key>SupportedPlatformVariant</key>\n      <string>simulator</string>\n",
        false => "",
    };
    format!(
        "    <dict>\n      <key>BinaryPath</key>\n      <string>{LIBRARY}</string>\n\
         \x20     <key>HeadersPath</key>\n      <string>Headers</string>\n\
         \x20     <key>LibraryIdentifier</key>\n      <string>{}</string>\n\
         \x20     <key>LibraryPath</key>\n      <string>{LIBRARY}</string>\n\
         \x20     <key>SupportedArchitectures</key>\n      <array>\n        <string>arm64</string>\n      </array>\n\
         \x20     <key>SupportedPlatform</key>\n      <string>ios</string>\n{variant}    </dict>\n",
        slice.folder
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plist_names_both_slices_and_the_simulator_as_one() {
        let text = info(&[DEVICE, SIMULATOR]);
        assert_eq!(text.matches("<key>LibraryIdentifier</key>").count(), 2);
        assert_eq!(text.matches("<string>simulator</string>").count(), 1);
        assert!(text.contains("<string>ios-arm64-simulator</string>"));
    }

    #[cfg(unix)]
    #[test]
    fn the_compiler_gets_neither_the_machine_nor_the_sdk_that_cc_rs_names() {
        let folder = tempfile::tempdir().unwrap();
        let script = compiler(Path::new("/zig"), "aarch64-ios").replace("exec '/zig/zig'", "printf '%s\\n'");
        let file = folder.path().join("cc");
        std::fs::write(&file, script).unwrap();
        let mut command = Command::new("sh");
        command.arg(&file).args([
            "-O2",
            "--target=arm64-apple-ios",
            "-isysroot",
            "a b",
            "-arch",
            "arm64",
            "-c",
            "x y.c",
        ]);
        let said = output(command, "sh").unwrap();
        let said: Vec<&str> = said.lines().filter(|line| !line.starts_with("/zig")).collect();
        assert_eq!(said, ["cc", "-target", "aarch64-ios", "-isystem", "-O2", "-c", "x y.c"]);
    }
}
