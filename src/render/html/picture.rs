//! Bars: numbers as pieces of a line that is a thousand wide.

/// The width of every picture in its own units.
const WIDTH: i128 = 1000;
/// What is there is seen.
const LEAST: u32 = 6;

/// A piece of the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bar {
    /// Where it begins.
    pub(super) x: u32,
    /// How wide it is.
    pub(super) width: u32,
}

/// Numbers on the line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    low: i128,
    high: i128,
}

impl Scale {
    /// A line that holds zero and all of these.
    pub(super) fn of(numbers: impl IntoIterator<Item = i128>) -> Self {
        let mut own = Self { low: 0, high: 1 };
        for number in numbers {
            own.low = own.low.min(number);
            own.high = own.high.max(number);
        }
        own
    }

    /// Where a number stands.
    pub(super) fn at(self, number: i128) -> u32 {
        let number = number.clamp(self.low, self.high);
        let at = (number - self.low) * WIDTH / (self.high - self.low);
        u32::try_from(at).unwrap_or(0)
    }

    /// From one number to another, whichever is larger.
    pub(super) fn bar(self, one: i128, other: i128) -> Bar {
        let (from, to) = (self.at(one.min(other)), self.at(one.max(other)));
        let width = match one == other {
            true => 0,
            false => (to - from).max(LEAST),
        };
        let end = u32::try_from(WIDTH).unwrap_or(0);
        Bar {
            x: from.min(end - width.min(end)),
            width,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_stand_on_the_line() {
        let scale = Scale::of([12, 7]);
        assert_eq!(scale.bar(0, 12), Bar { x: 0, width: 1000 });
        assert_eq!(scale.bar(12, 6), Bar { x: 500, width: 500 });
        assert_eq!(scale.bar(7, 7).width, 0);
        let scale = Scale::of([-5, 5]);
        assert_eq!(scale.bar(0, -5), Bar { x: 0, width: 500 });
    }

    #[test]
    fn small_is_seen_and_huge_is_no_trouble() {
        let huge = i128::from(u64::MAX);
        let scale = Scale::of([huge, -i128::from(i64::MAX)]);
        for bar in [scale.bar(huge - 1, huge), scale.bar(0, 1)] {
            assert_eq!(bar.width, LEAST);
            assert!(bar.x + bar.width <= 1000);
        }
        assert_eq!(Scale::of([]).bar(0, 0).width, 0);
    }
}
