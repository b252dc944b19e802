//! What the simulation finds is a story that `care run` reads and plays.

use crate::support::plain;
use care_simulation::{first_failure, scenario};

#[test]
fn the_shrunk_story_of_a_planted_bug_is_read_strictly_and_played_by_care_run() {
    // One at each store, and one with a fault, a death and a clock in it; the seeds are those near which CI finds them.
    for (bug, seed) in [("slot_ignores_hold", 150), ("queue_trimmed", 1), ("lease_ignored", 1)] {
        let (schedule, played) = first_failure(seed, 40, Some(bug), true).expect(bug);
        let text = scenario(&schedule, &played);
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(format!("{bug}.toml"));
        std::fs::write(&file, &text).unwrap();
        // 2 would be a file that is no story; without the bug the story may hold.
        let said = plain(&["run", file.to_str().unwrap()]);
        assert!(matches!(said.code, Some(0 | 1)), "{bug}: {said:?}\n{text}");
        assert!(said.out.contains(&format!("{bug} · ")), "{bug} is played: {said:?}");
    }
}
