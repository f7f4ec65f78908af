//! The cut-off with all that follows from it: book years, deadlines, windows.

use jiff::civil::Date;

use crate::date::YearEnd;
use crate::definition::Definition;

/// The dates of one submission, from its cut-off and the definition.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// The cut-off, `tanggal_acuan`.
    pub cutoff: Date,
    /// The end of book years.
    pub year_end: YearEnd,
    /// L: the newest book year whose RAT deadline is not after the cut-off.
    pub newest: i32,
    /// The first of the book years that end at L: L-2.
    pub oldest: i32,
    /// The RAT of book year L+1 may have been held before the cut-off.
    pub next_possible: bool,
    /// Book years of activities that count, first and last.
    pub activity: (i32, i32),
    /// Calendar years of assistance that count, first and last.
    pub aid: (i32, i32),
    deadline_months: u32,
}

impl Calendar {
    /// Works the dates out. None where they leave the calendar.
    #[must_use]
    pub fn new(cutoff: Date, year_end: YearEnd, definition: &Definition) -> Option<Self> {
        let months = definition.deadline_months;
        let current = year_end.containing(cutoff);
        let reach = 3 + i32::try_from(months / 12).ok()?;
        let newest = (current - reach..=current).rev().find(|year| {
            year_end
                .deadline(*year, months)
                .is_some_and(|deadline| deadline <= cutoff)
        })?;
        let window = newest - (definition.window - 1);
        Some(Self {
            cutoff,
            year_end,
            newest,
            oldest: newest - (definition.years - 1),
            next_possible: year_end.end(newest + 1)? < cutoff,
            activity: (window, current),
            aid: (
                i32::from(year_end.begin(window)?.year()),
                i32::from(cutoff.year()),
            ),
            deadline_months: months,
        })
    }

    /// The last day for the RAT of a book year.
    #[must_use]
    pub fn deadline(&self, year: i32) -> Option<Date> {
        self.year_end.deadline(year, self.deadline_months)
    }

    /// The newest years at which the run of RATs may end: L, and L+1 where that is possible.
    pub fn ends(&self) -> impl Iterator<Item = i32> + use<> {
        let last = self.newest + i32::from(self.next_possible);
        self.newest..=last
    }

    /// Whether a book year has ended before the cut-off, so that its RAT may have been held.
    #[must_use]
    pub fn has_ended(&self, year: i32) -> bool {
        self.year_end.end(year).is_some_and(|end| end < self.cutoff)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date;

    fn calendar(cutoff: &str, end: &str) -> Calendar {
        let definition = Definition::read(crate::definition::DEFAULT.as_bytes()).unwrap();
        let year_end = YearEnd::parse(end).unwrap();
        Calendar::new(date::parse(cutoff).unwrap(), year_end, &definition).unwrap()
    }

    #[test]
    fn the_standards_two_examples() {
        let december = calendar("2025-12-31", "12-31");
        assert_eq!((december.oldest, december.newest), (2022, 2024));
        assert!(!december.next_possible);
        assert_eq!(
            (december.activity, december.aid),
            ((2022, 2025), (2022, 2025))
        );
        let march = calendar("2025-03-31", "12-31");
        assert_eq!((march.oldest, march.newest), (2021, 2023));
        assert!(march.next_possible);
    }

    #[test]
    fn the_deadline_itself_is_in_time() {
        assert_eq!(calendar("2025-06-30", "12-31").newest, 2024);
        assert_eq!(calendar("2025-06-29", "12-31").newest, 2023);
    }

    #[test]
    fn a_book_year_that_begins_in_the_year_before() {
        let june = calendar("2025-12-31", "06-30");
        assert_eq!((june.newest, june.activity), (2025, (2023, 2026)));
        assert_eq!(june.aid, (2022, 2025));
    }
}
