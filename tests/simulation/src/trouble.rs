//! How long things go wrong: never cloud and notifications together for two days, and then everybody is heard before more does.

const HOUR_MS: i64 = 3_600_000;
/// Faults end by themselves before cloud and notifications have been cut for two days.
const LASTS_MS: i64 = 46 * HOUR_MS;
/// Less than this between two faults is no end of trouble: the stores tell again each hour what was not taken in.
const BREATH_MS: i64 = 2 * HOUR_MS;

/// The trouble of a world.
#[derive(Debug, Default)]
pub struct Trouble {
    began_ms: i64,
    ended_ms: Option<i64>,
    now: bool,
}

impl Trouble {
    /// Something goes wrong from now on, and whether it may.
    pub fn begin(&mut self, now_ms: i64) -> bool {
        let goes_on = self.now || self.ended_ms.is_some_and(|ended| now_ms - ended < BREATH_MS);
        if !goes_on {
            self.began_ms = now_ms;
        }
        self.now = now_ms < self.began_ms + LASTS_MS;
        self.now
    }

    /// Nothing goes wrong any more. Gives whether something did.
    pub fn end(&mut self, now_ms: i64) -> bool {
        if self.now {
            self.ended_ms = Some(now_ms);
        }
        std::mem::take(&mut self.now)
    }

    /// Whether something goes wrong.
    pub fn is_on(&self) -> bool {
        self.now
    }

    /// When it ends by itself.
    pub fn ends_ms(&self) -> Option<i64> {
        self.now.then_some(self.began_ms + LASTS_MS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trouble_with_a_breath_in_it_ends_as_if_it_had_none() {
        let mut trouble = Trouble::default();
        assert!(trouble.begin(0));
        assert!(trouble.end(20 * HOUR_MS));
        assert!(trouble.begin(21 * HOUR_MS));
        assert_eq!(trouble.ends_ms(), Some(LASTS_MS));
        assert!(trouble.end(LASTS_MS));
        assert!(!trouble.begin(47 * HOUR_MS), "nobody was heard yet");
        assert!(trouble.begin(48 * HOUR_MS));
        assert_eq!(trouble.ends_ms(), Some(48 * HOUR_MS + LASTS_MS));
    }
}
