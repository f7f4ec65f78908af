//! The total of submissions that were checked apart. It is the one of a run over all of them.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::side::Side;
use crate::report::Total;
use crate::tally::Tally;

/// A legal entity that another submission lists before.
#[derive(Clone, Copy, Debug)]
pub(super) struct Again {
    /// The submission and its line that do not count.
    pub own: (usize, usize),
    /// Those that stand.
    pub first: (usize, usize),
}

/// Adds the submissions up, in the order in which they are given: of one legal entity in several
/// the first stands.
pub(super) fn sum(sides: &[Side]) -> (Total, Vec<Again>) {
    let mut total = Total::default();
    let mut tally = Tally::default();
    let mut seen: HashMap<u128, (usize, usize)> = HashMap::new();
    let mut again = Vec::new();
    for (at, side) in sides.iter().enumerate() {
        *total.regions.entry(side.region.clone()).or_default() += 1;
        total.claimed = total.claimed.saturating_add(side.claimed);
        total.levels.merge(side.levels);
        total.aside.merge(&side.aside);
        tally.merge(&side.rest);
        for (index, line) in side.lines.iter().enumerate() {
            let first = match seen.entry(line.digest) {
                Entry::Occupied(first) => Some(*first.get()),
                Entry::Vacant(slot) => {
                    slot.insert((at, index));
                    None
                }
            };
            if let Some(facts) = side.kinds.get(line.kind as usize) {
                tally.add(facts, first.is_some());
            }
            let own = (at, index);
            again.extend(first.map(|first| Again { own, first }));
        }
    }
    total.books = tally.books;
    total.counts = tally.counts;
    total.breakdowns = tally.breakdowns;
    (total, again)
}
