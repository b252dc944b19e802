//! What is told of a panic: where it was, and nothing else. A panic is a bug, and its words may quote anything, a camera's name or
//! a receipt; UniFFI hands them to the app as they are, and an app hands what it is told to whoever collects crashes.

use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind, set_hook};
use std::sync::Once;

/// All that the awaiting call is told.
const TOLD: &str = "the core panicked";

/// Has every panic of this library written to the standard error by its place alone. The library has a Rust of its own, so
/// nothing of the app's is changed.
pub(crate) fn tell_only_where() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        set_hook(Box::new(|panic| {
            let place = panic.location().map(ToString::to_string).unwrap_or_default();
            // Where nobody reads it, nobody is told.
            let _ = writeln!(std::io::stderr(), "{TOLD} at {place}");
        }));
    });
}

/// Goes on with a panic in the caller, without its words.
pub(crate) fn go_on() -> ! {
    resume_unwind(Box::new(TOLD))
}

/// Runs what is not awaited, so that the words of a panic in it stay here.
pub(crate) fn contained<T>(call: impl FnOnce() -> T) -> T {
    catch_unwind(AssertUnwindSafe(call)).unwrap_or_else(|_| go_on())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::{detached, handle};
    use std::process::Command;

    const SECRET: &str = "nora.cot@mail.example";
    const CHILD: &str = "CARE_PANICS";

    /// In a process of its own, whose every word is read.
    fn panic_in_every_way() {
        tell_only_where();
        let runtime = handle().unwrap();
        let told = |call: &dyn Fn()| {
            let words = catch_unwind(AssertUnwindSafe(call)).unwrap_err();
            assert_eq!(words.downcast_ref::<&str>(), Some(&TOLD));
        };
        told(&|| contained(|| panic!("{SECRET}")));
        told(&|| runtime.block_on(detached(&runtime, async { panic!("{SECRET}") })));
        // Of a name that is cut in the middle of a letter the standard library itself says all there is.
        told(&|| contained(|| drop(format!("é{SECRET}")[1..].to_owned())));
        // Nobody awaits this one.
        let alone = runtime.spawn(async { panic!("{SECRET}") });
        let over: Result<(), _> = runtime.block_on(alone);
        assert!(over.is_err());
    }

    #[test]
    fn a_panic_tells_where_it_was_and_not_what_it_was_about() {
        if std::env::var_os(CHILD).is_some() {
            return panic_in_every_way();
        }
        let name = "panics::tests::a_panic_tells_where_it_was_and_not_what_it_was_about";
        let mut child = Command::new(std::env::current_exe().unwrap());
        let child = child
            .args(["--exact", name, "--nocapture"])
            .env(CHILD, "1")
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&[child.stdout, child.stderr].concat()).into_owned();
        assert!(child.status.success(), "{told}");
        assert_eq!(told.matches(TOLD).count(), 4, "{told}");
        assert!(told.contains("panics.rs:") && !told.contains(SECRET), "{told}");
    }
}
