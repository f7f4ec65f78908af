//! One submission from its first byte to its books: chunks in, results brought together in the
//! order of the source.

use jiff::civil::Date;

use crate::header::Header;
use crate::lang::Lang;
use crate::tally::{Difference, Tally};
use crate::tape::Doc;

/// What a rule looks at that runs when all entries are read.
#[derive(Clone, Copy, Debug)]
pub struct EndCx<'a> {
    /// The language of messages.
    pub lang: Lang,
    /// The header's tree.
    pub doc: Doc<'a>,
    /// The header.
    pub header: &'a Header,
    /// All sums.
    pub tally: &'a Tally,
    /// No entry says whether it is counted.
    pub plain: bool,
    /// Dates of sound RATs with the number of (distinct) entries that have one on that day.
    pub rat_dates: &'a [(Date, u64)],
    /// Entries that have any sound RAT.
    pub entries_with_rat: u64,
    /// From claimed to verified.
    pub difference: &'a [Difference],
}
