//! The tools that suites need beyond cargo itself. A missing one leaves its suite out, and fails under `CI=true`.

use std::process::{Command, Stdio};

use crate::problem::Problem;

/// A tool that may or may not be on this machine.
#[derive(Clone, Copy, Debug)]
pub struct Toolchain {
    /// What a person calls it.
    pub name: &'static str,
    /// A command that succeeds where it is installed.
    pub probe: &'static [&'static str],
    /// How to get it.
    pub install: &'static str,
}

/// Formats Rust.
pub const RUSTFMT: Toolchain = Toolchain {
    name: "rustfmt",
    probe: &["cargo", "fmt", "--version"],
    install: "rustup component add rustfmt",
};

/// Lints Rust.
pub const CLIPPY: Toolchain = Toolchain {
    name: "clippy",
    probe: &["cargo", "clippy", "--version"],
    install: "rustup component add clippy",
};

/// Runs the boundary suite in Python.
pub const PYTHON: Toolchain = Toolchain {
    name: "python3",
    probe: &["python3", "--version"],
    install: "apt-get install python3",
};

/// Its test runner.
pub const PYTEST: Toolchain = Toolchain {
    name: "pytest",
    probe: &["python3", "-m", "pytest", "--version"],
    install: "python3 -m pip install pytest",
};

/// Asks a service what its OpenAPI document allows and forbids.
pub const SCHEMATHESIS: Toolchain = Toolchain {
    name: "schemathesis",
    probe: &["python3", "-c", "import schemathesis"],
    install: "python3 -m pip install schemathesis",
};

/// Installs Python's packages.
pub const PIP: Toolchain = Toolchain {
    name: "pip",
    probe: &["python3", "-m", "pip", "--version"],
    install: "apt-get install python3-pip",
};

/// A clang that brings Apple's headers.
pub const ZIG: Toolchain = Toolchain {
    name: "zig",
    probe: &["python3", "-m", "ziglang", "version"],
    install: "python3 -m pip install ziglang",
};

/// Compiles and runs Kotlin.
pub const JDK: Toolchain = Toolchain {
    name: "a JDK, 17 or newer",
    probe: &["javac", "-version"],
    install: "apt-get install openjdk-17-jdk-headless",
};

/// Builds `android/`.
pub const MAVEN: Toolchain = Toolchain {
    name: "mvn",
    probe: &["mvn", "--version"],
    install: "apt-get install maven",
};

/// Compiles libFuzzer.
pub const CPP: Toolchain = Toolchain {
    name: "c++",
    probe: &["c++", "--version"],
    install: "apt-get install g++",
};

/// Reads and strips libraries.
pub const BINUTILS: [Toolchain; 3] = [
    Toolchain {
        name: "nm",
        probe: &["nm", "--version"],
        install: "apt-get install binutils",
    },
    Toolchain {
        name: "strip",
        probe: &["strip", "--version"],
        install: "apt-get install binutils",
    },
    Toolchain {
        name: "size",
        probe: &["size", "--version"],
        install: "apt-get install binutils",
    },
];

impl Toolchain {
    /// Whether it is on this machine.
    pub fn present(&self) -> bool {
        let (Some(program), arguments) = (self.probe.first(), self.probe.get(1..).unwrap_or_default()) else {
            return false;
        };
        let quiet = Command::new(program)
            .args(arguments)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        quiet.is_ok_and(|status| status.success())
    }

    /// The sentence for a person who lacks it.
    pub fn lacking(&self) -> String {
        format!("{MISSING} {} ({})", self.name, self.install)
    }
}

/// The sentence for a person who lacks one of these tools; `None` where all are there.
pub fn lacking(tools: &[Toolchain]) -> Option<String> {
    tools.iter().find(|tool| !tool.present()).map(Toolchain::lacking)
}

/// A tool that is lacking as wrong usage: exit code 2.
pub fn need(tools: &[Toolchain]) -> Result<(), Problem> {
    lacking(tools).map_or(Ok(()), |why| Err(Problem::Usage(why)))
}

/// How a reason to leave a test out begins when it is a tool that is missing. A test that looks for a tool itself
/// prints `left out: missing toolchain: …`; under `CI=true` that is a failure, while any other reason is not.
pub const MISSING: &str = "missing toolchain:";

/// Whether this is CI, where nothing may be missing.
pub fn ci() -> bool {
    std::env::var("CI").is_ok_and(|value| value == "true" || value == "1")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_tool_is_named_with_the_way_to_get_it() {
        let tool = Toolchain {
            name: "swift",
            probe: &["no-such-program-here"],
            install: "see toolchains",
        };
        assert!(!tool.present());
        assert_eq!(tool.lacking(), "missing toolchain: swift (see toolchains)");
    }
}
