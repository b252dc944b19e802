//! Where Swift is: on the `PATH`, or in the folder with a Debian of its own that `.ci/swift` made.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::toolchain::Toolchain;
use crate::workspace::Workspace;

/// The package is written in Swift 6.
const MAJOR: u32 = 6;

/// The file that `.ci/swift` leaves in its folder at the end.
const COMPLETE: &str = "complete";

/// Longer than the slowest machine needs, shorter than anybody waits for a test that hangs.
const DEADLINE: &str = "600";

/// What a person reads where there is none.
pub const SWIFT: Toolchain = Toolchain {
    name: "swift",
    probe: &["swift", "no-such-subcommand"],
    install: "Swift 6 from swift.org, or as root on Debian: .ci/swift install",
};

/// Mounts what a build needs, in a mount namespace of its own: whatever ends it, nothing stays mounted.
const ENTER: &str = r#"set -e
root=$1 workspace=$2 target=$3 folder=$4
shift 4
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
for shared in "$workspace" "$target"; do
    mkdir -p "$root$shared"
    mount --bind "$shared" "$root$shared"
done
exec chroot "$root" /usr/bin/env -C "$folder" "$@""#;

/// The words that end in a namespace where mounts and processes are its own, and end with it.
const NAMESPACE: [&str; 7] = [
    "unshare",
    "--mount",
    "--propagation",
    "private",
    "--pid",
    "--fork",
    "--kill-child",
];

/// A Swift that can be started.
pub enum Swift {
    /// `swift` on the `PATH`.
    Here,
    /// In the folder of a Debian that has it.
    Root(PathBuf),
}

impl Swift {
    /// The one on the `PATH`, else the one in the folder.
    pub fn find() -> Option<Swift> {
        let version = Command::new("swift").arg("--version").stderr(Stdio::null()).output();
        let here = version.is_ok_and(|said| major(&String::from_utf8_lossy(&said.stdout)) >= Some(MAJOR));
        if here {
            return Some(Swift::Here);
        }
        let root = folder()?;
        (root.join(COMPLETE).exists() && may_enter()).then_some(Swift::Root(root))
    }

    /// A command that runs at `folder` of the workspace, where `program` is one of Swift's. Past the deadline it ends.
    pub fn command(&self, workspace: &Workspace, folder: &str, program: &str) -> Command {
        let at = workspace.root.join(folder);
        let mut command = Command::new("timeout");
        command.args(["--kill-after=10", DEADLINE]);
        match self {
            Swift::Here => command.arg(program).current_dir(at),
            Swift::Root(root) => {
                let entered = command.args(NAMESPACE).args(["sh", "-c", ENTER, "sh"]);
                entered.arg(root).args([&workspace.root, &workspace.target, &at]);
                // The machine's own home is not there.
                entered.arg(program).env("HOME", workspace.target.join("swift"))
            }
        };
        command
    }
}

/// The folder of that Debian, as `.ci/swift` names it.
fn folder() -> Option<PathBuf> {
    std::env::var_os("CARE_SWIFT_ROOT")
        .map(PathBuf::from)
        .or_else(|| Some(Path::new(&std::env::var_os("HOME")?).join(".cache/tapo-care/swift")))
}

fn may_enter() -> bool {
    let mut command = Command::new(NAMESPACE[0]);
    command.args(&NAMESPACE[1..]).arg("true");
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// `Swift version 6.0.3 (swift-6.0.3-RELEASE)`, with Apple's name before it on a Mac.
fn major(said: &str) -> Option<u32> {
    let (_, version) = said.split_once("Swift version ")?;
    version.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_read_as_debian_and_apple_print_it() {
        assert_eq!(major("Swift version 6.0.3 (swift-6.0.3-RELEASE)\n"), Some(6));
        let apple = "swift-driver version: 1.115 Apple Swift version 5.10 (swiftlang-5.10.0.13)\n";
        assert_eq!(major(apple), Some(5));
        assert_eq!(major("zsh: command not found"), None);
    }

    #[test]
    fn a_machine_without_it_is_told_how_to_get_it() {
        assert!(!SWIFT.present(), "the probe never succeeds: `find` has asked already");
        assert!(SWIFT.lacking().contains(".ci/swift install"));
    }
}
