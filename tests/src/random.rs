//! Random cases that can be had again: the seed is printed when the test fails, and `PEOPLE_TEST_SEED` sets it.

use std::time::{SystemTime, UNIX_EPOCH};

/// A small generator of random numbers (SplitMix64).
#[derive(Debug)]
pub struct Random {
    seed: u64,
    state: u64,
}

impl Random {
    /// One with the given seed, or another one each time.
    ///
    /// # Panics
    /// If the given seed is no number.
    #[must_use]
    pub fn new() -> Self {
        let now = || {
            let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock");
            since.as_secs() ^ u64::from(since.subsec_nanos()).rotate_left(32)
        };
        let seed = std::env::var("PEOPLE_TEST_SEED").map_or_else(
            |_| now(),
            |text| text.parse().expect("PEOPLE_TEST_SEED is a number"),
        );
        Self { seed, state: seed }
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below this one.
    #[expect(clippy::cast_possible_truncation, reason = "it is below a usize")]
    pub fn below(&mut self, bound: usize) -> usize {
        (self.number() % bound as u64) as usize
    }

    /// True once in so many times.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// One of these.
    pub fn one<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())].clone()
    }

    /// Some of these, in any order, no more than so many.
    pub fn some<T: Clone>(&mut self, of: &[T], most: usize) -> Vec<T> {
        let mut left = of.to_vec();
        let count = self.below(most.min(left.len()) + 1);
        (0..count)
            .map(|_| left.swap_remove(self.below(left.len())))
            .collect()
    }

    /// A text of up to so many of these letters.
    pub fn text(&mut self, letters: &[&str], most: usize) -> String {
        (0..self.below(most + 1)).map(|_| self.one(letters)).collect()
    }
}

impl Default for Random {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Random {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let seed = self.seed;
            // The harness shows what a failed test prints.
            #[expect(clippy::print_stderr, reason = "whoever reads of the failure needs the seed")]
            {
                eprintln!("PEOPLE_TEST_SEED={seed} makes the same cases again");
            }
        }
    }
}

/// How many random cases to try: so many, or `PEOPLE_TEST_CASES`.
///
/// # Panics
/// If that is no number.
#[must_use]
pub fn cases(usual: usize) -> usize {
    given("PEOPLE_TEST_CASES", usual)
}

/// A number that this variable gives, or the usual one.
///
/// # Panics
/// If it is no number.
#[must_use]
pub fn given(variable: &str, usual: usize) -> usize {
    std::env::var(variable).map_or(usual, |text| {
        text.parse()
            .unwrap_or_else(|_| panic!("{variable} is not a number"))
    })
}
