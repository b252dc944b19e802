//! README's lines of Swift as a source file: once as an app has them, once over a sandbox, where they are run.

use crate::problem::Problem;

const BEGIN: &str = "\n```swift\n";
const END: &str = "\n```\n";

/// The example, with a function around it for each of the two.
pub fn source(readme: &str) -> Result<String, Problem> {
    let lines = block(readme)?;
    Ok(format!(
        "// README's lines of Swift, as they stand there. Written by `cargo xtask test`.\n\n\
         import CareSandbox\nimport TapoCare\n\n\
         /// As an app has them: this has to compile.\n{}\n\
         /// As they are run.\n{}",
        function("shipped", "Config", &lines),
        function("example", "Sandbox", &lines),
    ))
}

fn function(name: &str, config: &str, lines: &str) -> String {
    format!(
        "public func {name}(\n    config: {config}, ports: Ports, account: AccountId, show: (Outcome) -> Void, \
         render: (Snapshot) -> Void\n) async throws {{\n{lines}\n}}\n"
    )
}

/// The one block of Swift, without its fences.
fn block(readme: &str) -> Result<String, Problem> {
    let mut blocks = readme.split(BEGIN).skip(1);
    let block = blocks.next().and_then(|rest| rest.split_once(END));
    match (block, blocks.next()) {
        (Some((lines, _)), None) => Ok(lines.to_owned()),
        _ => Err(Problem::Failed(
            "README.md has not exactly one block of Swift".to_owned(),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_stand_in_both_functions_as_they_stand_in_the_readme() {
        let readme =
            "# A\n\n```rust\nlet a;\n```\n\n```swift\nlet care = try await open(config)\nawait care.end()\n```\nB\n";
        let source = source(readme).unwrap();
        assert_eq!(
            source
                .matches("{\nlet care = try await open(config)\nawait care.end()\n}\n")
                .count(),
            2
        );
        assert!(source.contains("config: Config,") && source.contains("config: Sandbox,"));
        assert!(!source.contains("let a;"));
    }

    #[test]
    fn a_readme_without_swift_or_with_two_blocks_of_it_is_an_error() {
        assert!(source("# A\n\n```rust\n```\n").is_err());
        assert!(source("\n```swift\na\n```\n\n```swift\nb\n```\n").is_err());
    }
}
