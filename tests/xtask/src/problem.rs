//! What can go wrong in a command of the project, and the exit code it ends with.

/// A reason for a command not to go through with its work.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// Asked for in a way that cannot be served, or a tool it needs is not installed. Exit code 2.
    #[error("{0}")]
    Usage(String),
    /// The work was done or tried, and did not come out well. Exit code 1.
    #[error("{0}")]
    Failed(String),
    /// A file or a process could not be used. Exit code 1.
    #[error("{what}: {source}")]
    Io {
        /// What was being done, with the path or the program.
        what: String,
        /// What the system said.
        source: std::io::Error,
    },
}

impl Problem {
    /// Turns a system error into a problem that says what was being done.
    pub fn io(what: impl Into<String>) -> impl FnOnce(std::io::Error) -> Problem {
        let what = what.into();
        move |source| Problem::Io { what, source }
    }

    /// 2 for wrong usage or a missing tool, 1 for everything else.
    pub fn exit_code(&self) -> u8 {
        match self {
            Problem::Usage(_) => 2,
            Problem::Failed(_) | Problem::Io { .. } => 1,
        }
    }
}
